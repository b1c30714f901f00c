//! A message of the client's, in the order of the contract, section 7.

use super::condition::names_field;
use super::event::Message;
use super::handoff::Ignored;
use super::lists::ListRef;
use super::run::Run;
use super::session::Mode;
use super::voice::ReplyButton;
use crate::bot::value::FieldValue;
use crate::bot::words::GREETING;
use crate::definition::{Condition, FieldKind, FinishMode, Priority, Rule};
use crate::extract::answer::yes_no;
use crate::limits;
use crate::text::Lang;
use crate::text::language::is_foreign;

/// The fact of a chat opened by its start button.
pub(super) const STARTED: &str = "started";

impl<'a> Run<'a> {
    pub(super) fn message(&mut self, message: &'a Message) -> Ignored {
        let entered = self.enters(message);
        match self.session.finish_mode() {
            Some(FinishMode::Silent) if !entered && (message.edited.is_some() || !self.may_reopen()) => {
                return Some("finished");
            }
            Some(FinishMode::Reopen) if message.edited.is_some() => return self.corrected(message),
            Some(FinishMode::Reopen) if !entered && self.press_wakes(message) => {}
            Some(FinishMode::Silent) => self.begin_anew(),
            Some(FinishMode::Reopen) => self.next_dialog(),
            None => {}
        }
        self.client_wrote();
        if is_start(message) {
            return self.started(message);
        }
        if self.waits_for_more(message) {
            return None;
        }
        self.take(message)
    }

    /// What the client says, heard and answered.
    pub(super) fn take(&mut self, message: &'a Message) -> Ignored {
        self.contact_phone();
        self.hear(message);
        self.choose_language(message);
        if self.session.mode == Mode::Human {
            self.update_leads();
            self.suggest();
            return Some("human");
        }
        self.keep_question();
        self.answer_message();
        self.rerun_changed();
        self.update_leads();
        self.arm_silence();
        None
    }

    /// Takes over what the channel tells of the client. True where the client came by a new entry: the start button,
    /// another advertisement or link (C26).
    fn enters(&mut self, message: &Message) -> bool {
        let known = &self.session.contact;
        let told = message.contact.as_ref();
        let new_link = told.is_some_and(|c| c.entry.is_some() && c.entry != known.entry);
        let new_mark = told.is_some_and(|c| c.utm.is_some() && c.utm != known.utm);
        if let Some(contact) = told {
            self.session.contact.update(contact);
        }
        new_link || new_mark || is_start(message)
    }

    /// Keeps the entry point that led the client to the chat.
    pub(super) fn entered_by(&mut self, entry: Option<&str>) {
        let fits = |entry: &&str| !entry.is_empty() && entry.len() <= limits::CONTACT_BYTES;
        if let Some(entry) = entry.filter(fits) {
            self.session.contact.entry = Some(entry.to_string());
        }
    }

    /// Whether a dialog that finished silently has been over for as long as the author wants.
    fn may_reopen(&self) -> bool {
        let after = self.definition().reopen_after.after(&self.session.status);
        let over = self.session.finished.as_ref().map(|f| f.at);
        after.zip(over).is_some_and(|(after, over)| over.plus(after.0) <= self.now)
    }

    /// The client opened the chat by its start button: the fact `started`, else a greeting.
    fn started(&mut self, message: &Message) -> Ignored {
        let link = message.text.as_deref().and_then(|text| text.trim().strip_prefix("/start "));
        self.entered_by(link.map(str::trim));
        let ignored = self.fact(STARTED, None);
        self.arm_silence();
        ignored
    }

    /// A message of a closed dialog was edited: its lead learns of it, and no new dialog begins.
    fn corrected(&mut self, message: &'a Message) -> Ignored {
        self.hear(message);
        self.update_leads();
        Some("finished")
    }

    /// The first stage that takes the message ends the step.
    fn answer_message(&mut self) {
        let press = |c: &Condition| names_button(c);
        let _ = self.pressed().is_some() && self.react(press)
            || self.rules()
            || self.offered_row()
            || self.flow_takes()
            || self.react(|c| !brings_no_words(c))
            || self.flow_starts()
            || self.greeting()
            || self.faq()
            || self.foreign()
            || self.unknown();
    }

    pub(super) fn pressed(&self) -> Option<&ReplyButton> {
        self.heard.as_ref()?.pressed.as_ref()
    }

    /// A press on a button of a dialog that waits to be reopened goes on in that dialog.
    fn press_wakes(&mut self, message: &Message) -> bool {
        let Some(pressed) = &message.button else { return false };
        let names = |c: &Condition| matches!(c, Condition::Button(name) if name == pressed);
        let reacts = self.open_flows().into_iter().filter_map(|name| self.definition().flow(name));
        let mut wakes = false;
        reacts.flat_map(|f| &f.react).for_each(|r| r.condition.walk(&mut |c| wakes |= names(c)));
        if wakes {
            self.wake();
        }
        wakes
    }

    /// The channel's own phone counts as given only where the definition says so.
    fn contact_phone(&mut self) {
        let Some(phone) = self.session.contact.phone.clone() else { return };
        let Some(field) = self.definition().fields.iter().find(|f| f.kind == FieldKind::Phone) else {
            return;
        };
        if !self.definition().contact_phone_counts || self.session.fields.contains_key(&field.name) {
            return;
        }
        let read = crate::extract::phones(&phone, self.bot.phone_options()).next();
        if let Some(read) = read {
            self.set_field(&field.name, Some(FieldValue::Text(read.e164.to_string())));
        }
    }

    /// Keeps what the client asked last, for the summary of a handoff.
    fn keep_question(&mut self) {
        self.asked_before.clone_from(&self.session.last_question);
        let Some(heard) = &self.heard else { return };
        if !heard.carried {
            self.keep_words();
        }
    }

    /// Keeps the words of the message where they say anything: no press, no courtesy, no values alone.
    fn keep_words(&mut self) {
        let Some(heard) = &self.heard else { return };
        let asks = heard.pressed.is_none() && heard.reading.has_words;
        if asks && !self.asks_nothing() {
            let most = limits::FIELD_BYTES;
            let cut = heard.text.char_indices().take_while(|(at, c)| at + c.len_utf8() <= most).count();
            self.session.last_question = Some(heard.text.chars().take(cut).collect());
        }
    }

    /// Tells why a condition took the message. One that it met by its words took a question, though values stand
    /// beside them: «верните деньги, заезд был 20 января».
    pub(super) fn matched_by(&mut self, condition: &Condition) {
        self.matched.why = self.reasons(condition);
        if self.is_met_by_words(condition) {
            self.keep_words();
        }
    }

    /// Rules top-down. A rule that names the field which a waiting list has just been given comes after the list.
    fn rules(&mut self) -> bool {
        let claimed = self.claim_contacts();
        let fired = self.first_rule();
        self.brought.extend(claimed);
        fired
    }

    /// A phone or an address that the active flow collects is given for the flow's purpose: to find an order, to
    /// prove an identity. It is no contact that a rule may act on (C7).
    fn claim_contacts(&mut self) -> Vec<String> {
        let definition = self.definition();
        let Some(flow) = self.session.flow().and_then(|name| definition.flow(name)) else {
            return Vec::new();
        };
        let contact = |name: &&String| {
            let kind = definition.field(name).map(|f| f.kind);
            matches!(kind, Some(FieldKind::Phone | FieldKind::Email))
        };
        flow.collect.iter().filter(contact).filter_map(|name| self.brought.take(name)).collect()
    }

    fn first_rule(&mut self) -> bool {
        let answered =
            self.heard.as_ref().and_then(|h| h.answered.clone()).filter(|f| self.list_waits_for(f));
        for rule in &self.definition().rules {
            if answered.as_ref().is_some_and(|field| names_field(&rule.condition, field)) {
                break;
            }
            if !self.rule_holds(&rule.condition) {
                continue;
            }
            // A dialog that ended has nothing to go on with.
            if self.run_rule(rule) || self.voice.is_none() {
                // The list that this message answered goes on all the same, unless the dialog is over.
                if let Some(field) = answered {
                    self.answered(&field);
                }
                return true;
            }
        }
        answered.is_some_and(|field| self.answered(&field))
    }

    /// Runs a rule that holds. True where it ends the step.
    pub(super) fn run_rule(&mut self, rule: &Rule) -> bool {
        self.matched_by(&rule.condition);
        self.run_list(&ListRef::Rule(rule.name.clone()), 0);
        if rule.go_on {
            self.matched.passed.push(rule.name.clone());
        } else {
            self.matched.rule = Some(rule.name.clone());
        }
        !rule.go_on
    }

    fn list_waits_for(&self, field: &str) -> bool {
        self.session.waiting.iter().any(|w| w.asks(field) && !self.session.is_covered(w))
    }

    /// The open question takes a valid answer; a flow takes corrections and values of its fields.
    fn flow_takes(&mut self) -> bool {
        let Some(heard) = &self.heard else { return false };
        if let Some(field) = heard.answered.clone() {
            return self.answered(&field);
        }
        let Some(question) = self.session.question().cloned() else {
            return self.flow_has_new_values();
        };
        if self.skip_optional() {
            return true;
        }
        if let Some(value) = self.free_answer(&question)
            && !self.refuses_free_answer(&question.field)
        {
            // A text that answers is no question of the client's.
            self.session.last_question = self.asked_before.take();
            self.set_field(&question.field, Some(value));
            return self.answered(&question.field);
        }
        if self.flow_has_new_values() {
            return true;
        }
        let corrects = self.only_corrects();
        if corrects {
            self.ask_again();
        }
        corrects
    }

    /// Other values of the active flow came: it asks on for what is missing.
    fn flow_has_new_values(&mut self) -> bool {
        let Some(active) = &self.session.flow else { return false };
        let Some(flow) = self.definition().flow(&active.name) else { return false };
        if !flow.collect.iter().any(|f| self.brought.contains(f)) {
            return false;
        }
        self.matched.flow = Some(flow.name.clone());
        self.advance();
        true
    }

    /// The flow whose start holds by the longest phrase; a start by words yields to a row matched strictly.
    fn flow_starts(&mut self) -> bool {
        if self.awaits_human() {
            return false;
        }
        let active = self.session.flow();
        let candidates = self.definition().flows.iter().filter(|f| active != Some(f.name.as_str()));
        let starting = candidates.filter_map(|f| {
            let start = f.start.as_ref().filter(|c| self.holds(c))?;
            Some((self.phrase_length(start), f, start))
        });
        // The first of the longest: ties go by name.
        let best = starting.reduce(|best, next| if next.0 > best.0 { next } else { best });
        let Some((letters, flow, start)) = best else { return false };
        // A start that is all the client said is as strict as can be; one that is a word among others may be
        // part of a question that the table knows.
        let by_a_word = letters > 0 && self.pressed().is_none() && !self.is_whole_start(start);
        if by_a_word && self.faq_asks_the_same() {
            return false;
        }
        self.matched_by(start);
        self.start_flow(&flow.name);
        true
    }

    /// A greeting and nothing else.
    fn greeting(&mut self) -> bool {
        let Some(heard) = &self.heard else { return false };
        self.bot.lexicon().whole(&[GREETING], &heard.reading) && self.greet()
    }

    /// Greets, where the author says how.
    pub(super) fn greet(&mut self) -> bool {
        if self.definition().greeting.is_empty() {
            return false;
        }
        self.matched.why = vec!["greeting".to_string()];
        self.run_list(&ListRef::Greeting, 0);
        true
    }

    /// A language that the bot does not answer in, where the author wants a human for it. Asked last: a rule or row
    /// may know the words all the same.
    fn foreign(&mut self) -> bool {
        let languages = &self.definition().languages;
        let (Some(heard), true) = (&self.heard, languages.unknown_to_human) else { return false };
        let known: Option<Vec<Lang>> = languages.all().map(Lang::from_code).collect();
        // Of a language without word lists nobody can say that a text is not in it.
        if self.is_never_a_miss() || !known.is_some_and(|known| is_foreign(heard.text, &known)) {
            return false;
        }
        self.matched.why = vec!["unknown language".to_string()];
        self.hand_off("language", Priority::Normal);
        true
    }

    /// Nothing took the message: the question again, or `faq.unknown`, or nothing where it was no question.
    fn unknown(&mut self) -> bool {
        if self.narrows() {
            return true;
        }
        if self.is_never_a_miss() {
            if self.matched.why.is_empty() {
                self.matched.why = vec!["no question".to_string()];
            }
            return true;
        }
        if self.asks_on() {
            return true;
        }
        if self.session.question().is_some_and(|q| q.request.is_none()) {
            self.answer_failed();
            return true;
        }
        if !self.awaits_human() {
            self.run_list(&ListRef::Unknown, 0);
        }
        true
    }

    fn is_never_a_miss(&self) -> bool {
        let Some(heard) = &self.heard else { return true };
        let said_nothing = heard.message.attachments.is_empty() && !heard.reading.has_words;
        // To an open question a no is an answer, polite as it may be.
        let asked = self.session.question().is_some_and(|q| q.request.is_none());
        let refuses = asked && yes_no(heard.text) == Some(false);
        let courtesy = heard.reading.has_words && self.asks_nothing() && !refuses;
        heard.pressed.is_some() || heard.carried || said_nothing || courtesy
    }

    /// Courtesy, or words that acknowledge: «спасибо, подумаю». Who waits angrily asks all the same.
    pub(super) fn asks_nothing(&self) -> bool {
        let Some(heard) = &self.heard else { return true };
        let lexicon = self.bot.lexicon();
        lexicon.only_courtesy(&heard.reading) || lexicon.only_acknowledges(&heard.reading) && !self.angry()
    }
}

/// `/start`, which a messenger sends when its start button is pressed, with what the link carried.
fn is_start(message: &Message) -> bool {
    let text = message.text.as_deref().unwrap_or_default().trim();
    text == "/start" || text.starts_with("/start ")
}

fn names_button(condition: &Condition) -> bool {
    let mut names = false;
    condition.walk(&mut |c| names |= matches!(c, Condition::Button(_)));
    names
}

/// Conditions that no message meets by itself.
fn brings_no_words(condition: &Condition) -> bool {
    matches!(condition, Condition::Data { .. } | Condition::NoReply { .. })
}
