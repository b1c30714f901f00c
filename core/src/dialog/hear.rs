//! What a message says: values, the button pressed, the words that are left.

use super::event::Message;
use super::free::without;
use super::pick::{self, Place};
use super::run::Run;
use super::session::Question;
use super::voice::ReplyButton;
use crate::bot::value::{FieldValue, Photo, Slot};
use crate::bot::words::Reading;
use crate::definition::{Condition, Field, FieldKind};
use crate::extract::date::DateValue;
use crate::extract::{self, answer, date, money, number};
use crate::text::case::lowercase;
use crate::text::{Span, folded_words, tokens};
use jiff::civil;
use std::collections::BTreeSet;

/// A message, heard.
pub(super) struct Heard<'a> {
    pub(super) message: &'a Message,
    pub(super) text: &'a str,
    /// Spans of extracted values: invisible to word lists and FAQ.
    pub(super) hidden: Vec<Span>,
    /// Spans of phones, addresses and order numbers.
    pub(super) contacts: Vec<Span>,
    /// Spans of options of choices: values, and words too.
    pub(super) options: Vec<Span>,
    pub(super) reading: Reading<'a>,
    pub(super) pressed: Option<ReplyButton>,
    /// The message carried the value of a field.
    pub(super) carried: bool,
    /// The open question was answered by a value.
    pub(super) answered: Option<String>,
}

impl Heard<'_> {
    /// Whether nothing but words came. A value, though word lists do not see it, is something else than courtesy:
    /// «8 900 123-45-67, спасибо» is no farewell.
    pub(super) fn is_words_only(&self) -> bool {
        self.hidden.is_empty() && self.answered.is_none()
    }

    /// The text without the values found in it.
    pub(super) fn words(&self) -> String {
        without(self.text, &self.hidden)
    }
}

/// A value found in a message.
struct Found {
    span: Span,
    kind: FieldKind,
    value: FieldValue,
    /// The only field it can be for: an order by mask, a choice by its options.
    field: Option<String>,
}

impl<'a> Run<'a> {
    /// Hears a message: finds its values, fills fields with them, and reads the words that are left.
    pub(super) fn hear(&mut self, message: &'a Message) {
        let text = message.text.as_deref().unwrap_or_default();
        let pressed = self.press(message, text);
        let reading = self.bot.lexicon().read(text, &[]);
        let found = if pressed.is_some() { Vec::new() } else { self.values(text, &reading) };
        let options = found.iter().filter(|f| f.kind == FieldKind::Choice).map(|f| f.span).collect();
        self.heard = Some(Heard {
            message,
            text,
            hidden: Vec::new(),
            contacts: Vec::new(),
            options,
            reading,
            pressed,
            carried: false,
            answered: None,
        });
        self.assign(found, text);
        self.photo(message);
    }

    /// The button that a message presses: by id or title, by typed title or number, or by a yes where one stood.
    fn press(&self, message: &Message, text: &str) -> Option<ReplyButton> {
        let shown = &self.session.buttons;
        if let Some(pressed) = &message.button {
            let known = shown.iter().find(|b| b.id == *pressed || b.title == *pressed);
            let plain = || ReplyButton { id: pressed.clone(), title: pressed.clone() };
            return Some(known.cloned().unwrap_or_else(plain));
        }
        if shown.is_empty() {
            return None;
        }
        let typed = folded_words(text);
        if typed.is_empty() {
            return None;
        }
        if let Some(button) = shown.iter().find(|b| folded_words(&b.title) == typed) {
            return Some(button.clone());
        }
        if let Ok(number) = typed.parse::<usize>() {
            return shown.get(number.checked_sub(1)?).cloned();
        }
        match shown.as_slice() {
            [only] if answer::yes_no(text) == Some(true) => Some(only.clone()),
            _ => None,
        }
    }

    /// Every value that a message may carry without being asked, in the order of the text.
    fn values(&self, text: &str, reading: &Reading<'_>) -> Vec<Found> {
        let definition = self.definition();
        let mut found: Vec<Found> = Vec::new();
        let mut add = |span, kind, value, field| {
            let free = !found.iter().any(|f| f.span.overlaps(span));
            if free {
                found.push(Found { span, kind, value, field });
            }
        };
        // An order number wins over a phone: «заказ №89001234567» (C6).
        for (field, finder) in self.bot.orders() {
            for (span, number) in finder.find(text) {
                add(span, FieldKind::Order, FieldValue::Text(number), Some(field.clone()));
            }
        }
        let wants = |kind| definition.fields.iter().any(|f| f.kind == kind);
        let context = extract::Context {
            phones: self.bot.phone_options(),
            now: self.now,
            zone: self.bot.zone(),
            wanted: extract::Wanted {
                dates: wants(FieldKind::Date),
                amounts: wants(FieldKind::Money),
                name: wants(FieldKind::Name),
            },
        };
        let values = extract::read(text, &context);
        for email in values.emails {
            add(email.span, FieldKind::Email, FieldValue::Text(email.address), None);
        }
        for phone in values.phones {
            let extension = phone.ext.map(|ext| format!(";ext={ext}")).unwrap_or_default();
            let value = FieldValue::Text(format!("{}{extension}", phone.e164));
            add(phone.span, FieldKind::Phone, value, None);
        }
        for date in values.dates {
            let (value, field) = match self.day_of_time(&date) {
                Some((field, day)) => (DateValue { date: day, ..date.value }, Some(field)),
                None => (date.value, None),
            };
            add(date.span, FieldKind::Date, FieldValue::Date(value), field);
        }
        for amount in values.amounts.iter().filter(|a| a.certain) {
            add(amount.span, FieldKind::Money, self.money(amount), None);
        }
        if let Some(name) = values.name {
            add(name.span, FieldKind::Name, FieldValue::Text(name.value), None);
        }
        for (field, option, span) in self.bot.options_in(reading) {
            add(span, FieldKind::Choice, FieldValue::Text(option.to_string()), Some(field.to_string()));
        }
        found.sort_by_key(|f| f.span);
        let corrected: Vec<FieldKind> =
            found.iter().filter(|f| !is_denied(text, f.span)).map(|f| f.kind).collect();
        found.retain(|f| !is_denied(text, f.span) || !corrected.contains(&f.kind));
        found
    }

    /// The field and the day that a time without one belongs to: the day that the open flow holds already.
    fn day_of_time(&self, time: &date::Date) -> Option<(String, civil::Date)> {
        let today = self.now.in_zone(self.bot.zone()).date();
        let day = |field: &String| match self.session.fields.get(field)? {
            FieldValue::Date(held) if held.date >= today => Some((field.clone(), held.date)),
            _ => None,
        };
        let flow = self.open_flows().into_iter().next().filter(|_| !time.day_said);
        flow.and_then(|name| self.definition().flow(name))?.collect.iter().rev().find_map(day)
    }

    /// A sum of money; in the currency of the bot's region where the client named none.
    pub(super) fn money(&self, amount: &money::Amount) -> FieldValue {
        let mut money = amount.money();
        money.currency.get_or_insert_with(|| self.bot.currency().to_string());
        FieldValue::Money(money)
    }

    /// Fills fields with the values found. What answers the open question fills that field only.
    fn assign(&mut self, found: Vec<Found>, text: &'a str) {
        let asked = self.session.question().cloned();
        let mut filled = BTreeSet::new();
        // A phone or an address is no word, whether a field takes it or not.
        let contact = |f: &&Found| matches!(f.kind, FieldKind::Phone | FieldKind::Email | FieldKind::Order);
        let contacts: Vec<Span> = found.iter().filter(contact).map(|f| f.span).collect();
        let mut hidden = Vec::new();
        let mut carried = false;
        let mut answered = None;
        if let Some(question) = &asked
            && let Some((value, span)) = self.answer(question, text, &found)
            && !self.is_asked_about(&question.field, text)
        {
            hidden.extend(span.filter(|span| span.end > span.start));
            self.set_field(&question.field, Some(value));
            filled.insert(question.field.clone());
            answered = Some(question.field.clone());
            carried = true;
        }
        // A day that several slots offered have narrows the question and is no value of another field.
        if let (Some(question), None) = (&asked, &answered)
            && !question.slots.is_empty()
        {
            hidden.extend(self.slots_meant(question, text).1);
        }
        for value in found {
            if span_taken(&hidden, value.span) {
                continue;
            }
            let Some(field) = self.field_for(&value, &filled) else { continue };
            // A service that is only mentioned is still a question about it; alone it is an answer.
            let spoken = value.kind != FieldKind::Choice;
            if self.session.fields.contains_key(&field) && self.is_asked_about(&field, text) {
                continue;
            }
            if spoken {
                hidden.push(value.span);
            }
            carried |= spoken || value.span.of(text).len() == text.trim().len();
            self.set_field(&field, Some(value.value));
            filled.insert(field);
        }
        let Some(heard) = &mut self.heard else { return };
        heard.carried |= carried;
        heard.answered = answered;
        hidden.extend(&contacts);
        heard.contacts = contacts;
        hidden.sort_unstable();
        hidden.dedup();
        if hidden != heard.hidden {
            heard.reading = self.bot.lexicon().read(text, &hidden);
            heard.hidden = hidden;
        }
    }

    /// Whether a typed message names an option only in a question that the FAQ knows word for word: «Больно ли
    /// ставить имплант?» chooses nothing.
    fn is_asked_about(&self, field: &str, text: &str) -> bool {
        let Some(field) = self.definition().field(field).filter(|f| f.kind == FieldKind::Choice) else {
            return false;
        };
        let pressed = self.heard.as_ref().is_some_and(|h| h.pressed.is_some());
        let alone =
            field.options.iter().any(|o| o.title.all().any(|t| folded_words(t) == folded_words(text)));
        !pressed && !alone && self.faq_matches_strictly()
    }

    /// The field that an unasked value fills: the first empty one of its type in the active or starting flow,
    /// else the one named like its type, else the only one of that type.
    fn field_for(&self, found: &Found, filled: &BTreeSet<String>) -> Option<String> {
        if found.field.is_some() {
            return found.field.clone();
        }
        let definition = self.definition();
        let of_kind = |name: &&String| definition.field(name).is_some_and(|f| f.kind == found.kind);
        let empty = |name: &&String| !self.session.fields.contains_key(*name) && !filled.contains(*name);
        let active = self.session.flow().or_else(|| self.starting_flow());
        let flow = active.and_then(|name| definition.flow(name));
        if let Some(field) = flow.and_then(|f| f.collect.iter().filter(of_kind).find(empty)) {
            return Some(field.clone());
        }
        let word = found.kind.as_str();
        if definition.field(word).is_some_and(|f| f.kind == found.kind) && !filled.contains(word) {
            return Some(word.to_string());
        }
        let mut of_type = definition.fields.iter().filter(|f| f.kind == found.kind);
        match (of_type.next(), of_type.next()) {
            (Some(only), None) if !filled.contains(&only.name) => Some(only.name.clone()),
            _ => None,
        }
    }

    /// The value that answers a question of a typed field. Texts and names are taken later, when no rule has
    /// taken the message.
    fn answer(&self, question: &Question, text: &str, found: &[Found]) -> Option<(FieldValue, Option<Span>)> {
        let field = self.definition().field(&question.field)?;
        let of_kind = |kind| found.iter().find(|f| f.kind == kind).map(|f| (f.value.clone(), Some(f.span)));
        let whole = Some(Span::new(0, text.len()));
        match field.kind {
            FieldKind::Phone | FieldKind::Email => of_kind(field.kind),
            FieldKind::Choice => self.chosen(field).map(|value| (value, None)),
            FieldKind::Slot => self.slot(question, text).map(|(slot, span)| (FieldValue::Slot(slot), span)),
            FieldKind::Date => {
                let dates = date::dates_expected(text, self.now, self.bot.zone());
                dates.into_iter().next().map(|d| (FieldValue::Date(d.value), Some(d.span)))
            }
            FieldKind::Money => {
                let amount = money::amounts(text).into_iter().find(|a| !is_denied(text, a.span))?;
                Some((self.money(&amount), Some(amount.span)))
            }
            FieldKind::Number => {
                let dates = date::dates(text, self.now, self.bot.zone());
                let dated = |n: &number::Number| dates.iter().any(|d| d.day_said && d.span.overlaps(n.span));
                let mut numbers = number::numbers(text).into_iter();
                let number = numbers.find(|n| !is_denied(text, n.span) && !dated(n))?;
                Some((FieldValue::Text(number.value), Some(number.span)))
            }
            FieldKind::Order => of_kind(FieldKind::Order).or_else(|| self.loose_order(field, text)),
            FieldKind::YesNo => {
                // What is told after a leading yes or no is words like any other.
                let span = answer::yes_no(text).and(whole);
                answer::yes_no_expected(text).map(|yes| (FieldValue::YesNo(yes), span))
            }
            FieldKind::Text | FieldKind::Name | FieldKind::Photo => None,
        }
    }

    /// An order number where the author gives no pattern: the only token with a digit.
    fn loose_order(&self, field: &Field, text: &str) -> Option<(FieldValue, Option<Span>)> {
        if field.mask.is_some() || field.regex.is_some() {
            return None;
        }
        let mut with_digit = tokens(text).filter(|t| t.text.bytes().any(|b| b.is_ascii_digit()));
        let (token, more) = (with_digit.next()?, with_digit.next());
        more.is_none().then(|| (FieldValue::Text(token.text.to_string()), Some(token.span)))
    }

    fn chosen(&self, field: &Field) -> Option<FieldValue> {
        let pressed = self.heard.as_ref().and_then(|h| h.pressed.as_ref());
        if let Some(pressed) = pressed {
            let option = field.options.iter().find(|o| o.id == pressed.id)?;
            return Some(FieldValue::Text(option.id.clone()));
        }
        let heard = self.heard.as_ref()?;
        let options = self.bot.options_in(&heard.reading).into_iter();
        let mut named =
            options.filter(|(name, _, span)| *name == field.name && !is_denied(heard.text, *span));
        let option = match (named.next(), named.next()) {
            (Some((_, option, _)), None) => Some(option),
            (None, _) => self.bot.option_in_part(&field.name, &heard.reading).or_else(|| {
                let place = pick::place(heard.text).filter(|place| *place != Place::Any)?;
                place.of(&field.options).map(|option| option.id.as_str())
            }),
            _ => None,
        };
        option.map(|option| FieldValue::Text(option.to_string()))
    }

    /// The slot pressed, or the only one meant, with the place of what tells it.
    fn slot(&self, question: &Question, text: &str) -> Option<(Slot, Option<Span>)> {
        let pressed = self.heard.as_ref().and_then(|h| h.pressed.as_ref());
        if let Some(pressed) = pressed {
            return question.slots.iter().find(|s| s.id == pressed.id).map(|slot| (slot.clone(), None));
        }
        match self.slots_meant(question, text) {
            (slots, span) if slots.len() == 1 => slots.into_iter().next().map(|slot| (slot, span)),
            _ => None,
        }
    }

    /// A photo fills the open question for one, else the photo field of the active flow or of one that it starts.
    fn photo(&mut self, message: &Message) {
        let Some(photo) = message.attachments.iter().find(|a| a.kind == "photo") else { return };
        let definition = self.definition();
        let is_photo = |name: &&String| definition.field(name).is_some_and(|f| f.kind == FieldKind::Photo);
        let asked = self.session.question().map(|q| q.field.clone()).filter(|f| is_photo(&f));
        let collected = |flow: &str| definition.flow(flow)?.collect.iter().find(is_photo).cloned();
        let active = || self.session.flow().and_then(collected);
        let starting = || self.starting_flow().and_then(collected);
        let Some(field) = asked.clone().or_else(active).or_else(starting) else { return };
        let reference = photo.reference.clone().unwrap_or_default();
        self.set_field(&field, Some(FieldValue::Photo(Photo { reference })));
        if let Some(heard) = &mut self.heard {
            heard.carried = true;
            heard.answered = asked.or(heard.answered.take());
        }
    }

    /// The flow that this message would start, where none is active.
    pub(super) fn starting_flow(&self) -> Option<&'a str> {
        let flows = self.definition().flows.iter();
        let starts = |c: &Option<Condition>| c.as_ref().is_some_and(|c| self.holds(c));
        flows.filter(|f| starts(&f.start)).map(|f| f.name.as_str()).next()
    }
}

/// Whether a value is named only to say that it is another: «не 15, а 16».
fn is_denied(text: &str, span: Span) -> bool {
    let before = text.get(..span.start).and_then(|before| before.split_whitespace().next_back());
    let word = before.unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric());
    denies(word)
}

/// Whether the word takes back what stands after it.
pub(super) fn denies(word: &str) -> bool {
    matches!(lowercase(word).as_str(), "не" | "ні" | "not")
}

fn span_taken(hidden: &[Span], span: Span) -> bool {
    hidden.iter().any(|h| h.overlaps(span))
}
