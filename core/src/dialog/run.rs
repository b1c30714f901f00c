//! One step in the making: the session as it changes, the effects so far, and the right to speak.

use super::effect::{AlertCode, Effect, EffectKind};
use super::event::Message;
use super::hear::Heard;
use super::lists::ListRef;
use super::session::{Mode, Session, Topic};
use super::turn::Matched;
use super::voice::{Draft, ReplyButton, Voice, Window};
use crate::bot::Bot;
use crate::bot::knowledge::Search;
use crate::bot::value::FieldValue;
use crate::definition::{Action, Button, DISCLOSE, DataSource, Definition, FieldKind, Text, fill};
use crate::document::data;
use crate::limits;
use crate::text::language::{detect, is_foreign};
use crate::text::{Lang, TokenKind, fold_word, tokens};
use crate::time::Timestamp;
use serde_json::Value as Json;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// A step in the making.
pub(super) struct Run<'a> {
    pub(super) bot: &'a Bot,
    pub(super) session: Session,
    pub(super) now: Timestamp,
    /// Gone when the dialog finishes or a human joins; nothing speaks without it.
    pub(super) voice: Option<Voice>,
    pub(super) effects: Vec<Effect>,
    pub(super) matched: Matched,
    /// The burst that may end in this step, as one message.
    pub(super) burst: Option<&'a Message>,
    /// The message of this step.
    pub(super) heard: Option<Heard<'a>>,
    /// What the FAQ knows of it, once somebody asked.
    pub(super) search: OnceCell<Option<Rc<Search<'a>>>>,
    /// What the client had asked last before this step.
    pub(super) asked_before: Option<String>,
    /// The fact or result of this step, with its data.
    pub(super) told: Option<Told<'a>>,
    /// The reminder that nobody answered, where that is what this step is about.
    pub(super) unanswered: Option<String>,
    /// Fields that this step brought a new or changed value of, or mentioned first in this dialog.
    pub(super) brought: BTreeSet<String>,
    /// Fields whose value changed.
    pub(super) changed: BTreeMap<String, Option<FieldValue>>,
    /// A known value of a field was replaced by another.
    pub(super) corrects: bool,
    /// Replies are unasked for.
    pub(super) outreach: bool,
    /// The vendor's template of the entry that speaks.
    pub(super) template: Option<String>,
    /// Flows whose `then` has run in this step.
    pub(super) then_ran: BTreeSet<String>,
    /// Flows of which a reaction has run to its end in this step.
    pub(super) reacted: BTreeSet<String>,
    /// The reason of the last handoff of this step, for `{reason}`.
    pub(super) reason: Option<String>,
    /// The list that led to those which run now.
    pub(super) origin: Option<ListRef>,
    /// How many flows this step has started.
    pub(super) starts: usize,
    /// The earlier dialog that a list of this step belongs to.
    pub(super) acts_in: Option<u32>,
    /// A rule is judged: contacts that were given for a flow's own purpose are not there.
    pub(super) judges_rule: bool,
    /// Actions left before the limit.
    pub(super) budget: usize,
}

/// Whether the text is in the language and not merely in its letters. Latin ones alone are no proof: «crjkmrj» is
/// Russian on the wrong layout, «skolko» Russian in Latin letters.
fn is_written_in(text: &str, lang: Lang) -> bool {
    let mut words = tokens(text).filter(|t| t.kind == TokenKind::Word).map(|t| fold_word(t.text));
    lang != Lang::En || words.any(|word| lang.shows_in(&word))
}

/// Where a session in English gets a message in other letters that is clear of no language: the first that has the
/// letters. Of a session in Cyrillic nothing follows, see [`is_written_in`].
fn leaves_latin(text: &str, session: &str, known: &[Lang]) -> Option<Lang> {
    let left = session == Lang::En.code() && is_foreign(text, &[Lang::En]);
    known.iter().copied().find(|&lang| left && !is_foreign(text, &[lang]))
}

/// A fact or result with its data.
#[derive(Clone)]
pub(super) struct Told<'a> {
    pub(super) source: DataSource,
    pub(super) name: String,
    pub(super) data: Option<&'a Json>,
}

impl<'a> Run<'a> {
    pub(super) fn new(bot: &'a Bot, session: Session, now: Timestamp) -> Self {
        let voice = Voice::of(session.mode);
        Self {
            bot,
            session,
            now,
            voice,
            effects: Vec::new(),
            matched: Matched::default(),
            burst: None,
            heard: None,
            search: OnceCell::new(),
            asked_before: None,
            told: None,
            unanswered: None,
            brought: BTreeSet::new(),
            changed: BTreeMap::new(),
            corrects: false,
            outreach: false,
            template: None,
            then_ran: BTreeSet::new(),
            reacted: BTreeSet::new(),
            reason: None,
            origin: None,
            starts: 0,
            acts_in: None,
            judges_rule: false,
            budget: limits::ACTIONS_PER_STEP,
        }
    }

    pub(super) fn definition(&self) -> &'a Definition {
        self.bot.definition()
    }

    /// Adds an effect and gives its key.
    pub(super) fn effect(&mut self, kind: EffectKind) -> String {
        let key = format!("{}.{}", self.session.rev, self.effects.len() + 1);
        self.effects.push(Effect { key: key.clone(), kind });
        key
    }

    pub(super) fn alert(&mut self, code: AlertCode, text: String) {
        self.effect(EffectKind::Alert { code, text });
    }

    /// Sets who talks. A change of mode is a new revision of it, and takes or gives the voice.
    pub(super) fn set_mode(&mut self, mode: Mode) {
        if self.session.mode != mode {
            self.session.mode = mode;
            self.session.mode_rev += 1;
        }
        if mode != Mode::Finished {
            self.session.finished = None;
        }
        self.voice = Voice::of(mode);
    }

    pub(super) fn set_status(&mut self, status: &str) {
        self.session.status = status.to_string();
        self.effect(EffectKind::SetStatus { status: status.to_string() });
    }

    /// Fills a field, or takes its value back. A changed one is an effect; a first mention in this dialog counts
    /// as brought.
    pub(super) fn set_field(&mut self, field: &str, value: Option<FieldValue>) {
        let same = self.session.fields.get(field) == value.as_ref();
        let given = self.is_given_anew(field, value.is_some(), same);
        let first = value.is_some() && (self.session.mentioned.insert(field.to_string()) || given);
        if value.is_some() && (first || !same) {
            self.brought.insert(field.to_string());
        }
        if same {
            return;
        }
        if value.as_ref().is_some_and(|v| !self.has_room(field, v)) {
            let text = format!("the fields are full; the new value of `{field}` stands in the record only");
            return self.alert(AlertCode::Limit, text);
        }
        self.corrects |= value.is_some() && self.session.fields.contains_key(field);
        match value.clone() {
            Some(value) => self.session.fields.insert(field.to_string(), value),
            None => self.session.fields.remove(field),
        };
        self.changed.insert(field.to_string(), value.clone());
        self.effect(EffectKind::SetField { field: field.to_string(), value });
    }

    /// Keeps whether a contact was given for a flow's own purpose. True where one that had been is now given as a
    /// contact.
    fn is_given_anew(&mut self, field: &str, filled: bool, same: bool) -> bool {
        let was_lent = self.session.lent.contains(field);
        if filled && self.lends(field) {
            // A contact that is known stays one, though it is told again.
            if was_lent || !same {
                self.session.lent.insert(field.to_string());
            }
            return false;
        }
        self.session.lent.remove(field);
        filled && was_lent
    }

    /// Whether the flow that asks, or that this message starts, wants a contact for a purpose of its own: no lead of it
    /// needs the contact (C7).
    fn lends(&self, field: &str) -> bool {
        let definition = self.definition();
        let kind = definition.field(field).map(|f| f.kind);
        if !matches!(kind, Some(FieldKind::Phone | FieldKind::Email)) {
            return false;
        }
        let flow =
            self.session.flow().or_else(|| self.starting_flow()).and_then(|name| definition.flow(name));
        let needs = |a: &Action| matches!(a, Action::Lead(name) if definition.lead(name).is_some_and(|l| l.need.iter().any(|n| n == field)));
        flow.is_some_and(|flow| flow.collect.iter().any(|f| f == field) && !flow.actions().any(needs))
    }

    fn has_room(&self, field: &str, value: &FieldValue) -> bool {
        let others =
            self.session.fields.iter().filter(|(name, _)| *name != field).map(|(_, v)| v.text_bytes());
        others.sum::<usize>() + value.text_bytes() <= limits::FIELDS_BYTES
    }

    /// Speaks, if there is a voice to speak with.
    pub(super) fn say(&mut self, text: String, buttons: Vec<ReplyButton>, template: Option<String>) {
        // Placeholders without a value may leave nothing to say; no channel sends an empty message.
        if text.trim().is_empty() {
            return;
        }
        self.disclose();
        self.speak(text, buttons, template);
    }

    /// Says once, before anything else, that a bot talks. A closed window takes templates only; then it waits.
    fn disclose(&mut self) {
        let open = Window::at(self.now, self.session.last_client) == Window::Open;
        if !self.definition().disclose || self.session.disclosed || !open || self.voice.is_none() {
            return;
        }
        self.session.disclosed = true;
        let language = &self.session.language;
        let text = self.filled(self.definition().sentence(DISCLOSE, language), language);
        self.speak(text, Vec::new(), None);
    }

    fn speak(&mut self, text: String, buttons: Vec<ReplyButton>, template: Option<String>) {
        let Some(voice) = &self.voice else { return };
        let reply = voice.reply(Draft {
            text,
            buttons: buttons.clone(),
            language: self.session.language.clone(),
            window: Window::at(self.now, self.session.last_client),
            template: template.or_else(|| self.template.clone()),
            mode_rev: self.session.mode_rev,
        });
        if !buttons.is_empty() {
            self.session.buttons = buttons;
        }
        self.effect(EffectKind::Reply(reply));
    }

    /// A text of the definition in the client's language, its placeholders filled.
    pub(super) fn text(&self, text: &Text) -> String {
        let language = &self.session.language;
        self.filled(text.pick(language, &self.definition().languages.main), language)
    }

    /// A template with its placeholders filled, values in the words of a language.
    pub(super) fn filled(&self, template: &str, language: &str) -> String {
        fill(template, |name| self.placeholder(name, language))
    }

    fn placeholder(&self, name: &str, language: &str) -> Option<String> {
        if let Some(value) = self.session.fields.get(name) {
            return Some(value.in_words(
                self.definition(),
                self.definition().field(name),
                self.bot.zone(),
                language,
            ));
        }
        match name {
            "topic" => self.topic(language),
            "chat_url" => self.session.contact.chat_url.clone(),
            "summary" => Some(self.summary()),
            "reason" => self.reason.clone(),
            _ => self.data_placeholder(name),
        }
    }

    /// `{order.status}`: the last result or fact of a name. A status is told only where the host has not said
    /// that the client's identity is unproved.
    fn data_placeholder(&self, name: &str) -> Option<String> {
        let (name, key) = name.split_once('.')?;
        let data = self.session.data.get(name)?;
        if data.get("verified") == Some(&Json::Bool(false)) {
            return None;
        }
        match data.get(key)? {
            Json::String(text) => Some(text.clone()),
            Json::Number(number) => data::digits(number),
            _ => None,
        }
    }

    fn topic(&self, language: &str) -> Option<String> {
        let main = &self.definition().languages.main;
        let text = match self.session.topic.as_ref()? {
            Topic::Flow(name) => self.definition().flow(name)?.topic.as_ref()?,
            Topic::Faq(id) => self.bot.knowledge().answer(id)?.topic.as_ref()?,
        };
        Some(text.pick(language, main).to_string())
    }

    /// Buttons in the client's language.
    pub(super) fn buttons(&self, buttons: &[Button]) -> Vec<ReplyButton> {
        let main = &self.definition().languages.main;
        let title = |b: &Button| b.title.pick(&self.session.language, main).to_string();
        buttons.iter().map(|b| ReplyButton { id: b.id.clone(), title: title(b) }).collect()
    }

    /// Remembers the plain values of a result or fact, for placeholders, within the limits of a session.
    pub(super) fn remember(&mut self, name: &str, data: Option<&Json>) {
        let Some(Json::Object(data)) = data else { return };
        let mut room = limits::DATA_BYTES;
        let mut fits = |key: &str, value: &Json| {
            let bytes = match value {
                Json::String(text) => key.len() + text.len(),
                Json::Bool(_) | Json::Number(_) => key.len(),
                _ => return false,
            };
            let left = room.checked_sub(bytes);
            room = left.unwrap_or(room);
            left.is_some()
        };
        let kept = data.iter().filter(|(key, value)| fits(key, value)).take(limits::DATA_VALUES);
        let kept = kept.map(|(key, value)| (key.clone(), value.clone())).collect();
        // What came before goes in any case: stale data would be told as news.
        self.session.data.remove(name);
        if self.session.data.len() < limits::DATA_NAMES {
            self.session.data.insert(name.to_string(), Json::Object(kept));
        }
    }

    /// Who the client is, of the audiences of the definition.
    pub(super) fn audience(&self) -> &'a str {
        if let Some(only) = self.bot.only_audience() {
            return only;
        }
        let key = &self.session.key;
        let named = self
            .definition()
            .audiences
            .iter()
            .find(|a| a.channels.contains(&key.channel) || a.accounts.contains(&key.account));
        named.map_or(crate::bot::knowledge::CLIENT, |a| a.name.as_str())
    }

    /// The language of the session follows what the client writes, among those of the definition; what shows too
    /// little keeps it. The language of the device decides only before the client has written anything telling.
    pub(super) fn choose_language(&mut self, message: &Message) {
        let languages = &self.definition().languages;
        let known: Vec<Lang> = languages.all().filter_map(Lang::from_code).collect();
        // Values have no language: the letter of an order number is no English article.
        let text = self.heard.as_ref().map(Heard::words).unwrap_or_default();
        let written = detect(&text, &known).filter(|lang| is_written_in(&text, *lang));
        let written = written.or_else(|| leaves_latin(&text, &self.session.language, &known)).map(Lang::code);
        let device = message.language.as_deref().filter(|_| self.session.last_question.is_none());
        if let Some(language) = written.or_else(|| device.and_then(|l| languages.spoken(l))) {
            self.session.language = language.to_string();
        }
    }

    /// Whether a human was called and has not come yet.
    pub(super) fn awaits_human(&self) -> bool {
        !self.session.handoffs.is_empty()
    }
}
