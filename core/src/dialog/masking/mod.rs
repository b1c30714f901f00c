//! What a record keeps of a client, where the definition wants less than everything.
//!
//! `masked`: phones, e-mails, names, links and ids become marks such as `[phone:1f0c9a62d5e3]`. The part after the colon
//! is a digest under the host's key (the file `log.key`), so that the same value has the same mark in every record
//! and nobody without the key can find the value by trying; without one anybody can, and the lint says so. `reference`:
//! besides, every text stands under `text_ref` (`title_ref`, …) as its digest, under which the host keeps it elsewhere.
//! `off`: texts and values are left out; of what was asked of the calendar and what it answered stays what figures
//! count: the kinds of the parameters (`[phone]`, `[email]`, `[time]`, else `[off]`) and whether the time was taken.
//!
//! What stands in the definition is the author's and public ([`crate::bot::Published`]). Ids of slots and buttons are
//! left or masked whole, so that a press still finds what it pressed when the record is replayed.
//!
//! The hash of a record is made of what is kept, so the chain of a masked log is proved as any other.

mod place;
mod text;
mod told;

use super::session::Session;
use crate::bot::value::FieldValue;
use crate::bot::{Bot, Published, hex};
use crate::definition::{FieldKind, LogText};
use crate::document::{Entry, Node, Value};
use crate::extract::PhoneOptions;
use crate::extract::personal::{self, LONG_NUMBER};
use crate::text::fold_word;
use crate::text::name::Names;
use crate::time::Timestamp;
use place::Place;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use text::LONG_REFERENCE;
use told::Told;

/// Keys of texts that `reference` keeps elsewhere and `off` nowhere.
const TEXTS: &[&str] = &["text", "title", "summary", "button", "error", "label", "word", "from", "to_text"];
/// Hexadecimal digits of a mark.
const MARK: usize = 12;

/// How records of a session are masked.
pub(crate) struct Masks<'m> {
    level: LogText,
    key: &'m str,
    phones: &'m PhoneOptions,
    names: Names,
    /// Phones and addresses of the client: masked whoever else says them.
    own: BTreeSet<String>,
    /// Links to the chat, which may name the client.
    links: BTreeSet<String>,
    bot: Option<&'m Bot>,
    /// The field that the client was asked for when the event came.
    question: Option<String>,
    /// What the record at hand tells beside.
    told: Told,
}

/// What a calendar says of a time that somebody else has: the figures count it.
fn says_taken(entry: &Entry) -> bool {
    entry.key == "taken" && matches!(entry.node.value, Value::Bool(_))
}

/// A record with its hash, which is made of all that stands in it.
pub(crate) fn sealed(mut record: Node) -> (Node, String) {
    let hash = hex(&Sha256::digest(record.to_text()));
    if let Value::Map(entries) = &mut record.value {
        let at = entries.iter().position(|e| !matches!(e.key.as_str(), "n" | "prev")).unwrap_or(0);
        let node = Node::new(Value::Text(hash.clone()), Default::default());
        entries.insert(at, Entry { key: "hash".to_string(), at: Default::default(), node });
    }
    (record, hash)
}

/// HMAC-SHA256 (RFC 2104) of a value of a kind, in hexadecimal.
pub(crate) fn digest_of(key: &str, kind: &str, value: &str) -> String {
    let mut block = [0_u8; 64];
    let hashed = Sha256::digest(key);
    let key = if key.len() > block.len() { hashed.as_slice() } else { key.as_bytes() };
    block.iter_mut().zip(key).for_each(|(block, byte)| *block = *byte);
    let pad = |with: u8| block.map(|byte| byte ^ with);
    let inner =
        Sha256::new().chain_update(pad(0x36)).chain_update(kind).chain_update([0]).chain_update(value);
    let outer = Sha256::new().chain_update(pad(0x5c)).chain_update(inner.finalize());
    hex(&outer.finalize())
}

impl<'m> Masks<'m> {
    /// The masks of a bot for what these sessions know; none where everything is kept.
    pub(crate) fn of(bot: &'m Bot, sessions: &[&Session]) -> Option<Self> {
        let level = bot.definition().log.text;
        if level == LogText::Full {
            return None;
        }
        let mut masks = Self::new(level, bot.log_key().unwrap_or_default(), bot.phone_options(), Some(bot));
        for session in sessions {
            names_of(bot, session)
                .chain(session.former.iter().map(String::as_str))
                .for_each(|n| masks.names.add(n));
            masks.learn_link(session.contact.chat_url.as_deref().unwrap_or_default());
            let values = session.fields.values().filter_map(|value| match value {
                FieldValue::Text(text) => Some(text.as_str()),
                _ => None,
            });
            session.contact.phone.as_deref().into_iter().chain(values).for_each(|text| masks.learn_own(text));
            let photos = session.fields.values().filter_map(|value| match value {
                FieldValue::Photo(photo) if photo.reference.len() >= LONG_REFERENCE => Some(&photo.reference),
                _ => None,
            });
            photos.for_each(|reference| masks.learn_link(reference));
        }
        let asked = sessions.first().and_then(|session| session.question());
        masks.question = asked.map(|question| question.field.clone());
        Some(masks)
    }

    /// Masks that know no name yet.
    pub(crate) fn new(level: LogText, key: &'m str, phones: &'m PhoneOptions, bot: Option<&'m Bot>) -> Self {
        let (names, own, links, question, told) = Default::default();
        Self { level, key, phones, names, own, links, bot, question, told }
    }

    /// A name that is to be found from now on.
    #[cfg(feature = "audit")]
    pub(crate) fn learn(&mut self, name: &str) {
        self.names.add(name);
    }

    /// A phone or address that is the client's, whatever the definition says.
    pub(crate) fn learn_own(&mut self, text: &str) {
        self.own.extend(personal::found(text, self.phones).into_iter().map(|found| found.value));
    }

    /// A link that is to be found from now on.
    pub(crate) fn learn_link(&mut self, link: &str) {
        if !link.is_empty() {
            self.links.insert(link.to_string());
        }
    }

    /// Collects the texts of a record that stand elsewhere, by their references.
    #[cfg(feature = "audit")]
    pub(crate) fn texts(&self, record: &Node, into: &mut std::collections::BTreeMap<String, String>) {
        self.texts_in(record, "", Place::Above, into);
    }

    #[cfg(feature = "audit")]
    fn texts_in(
        &self,
        node: &Node,
        key: &str,
        place: Place,
        into: &mut std::collections::BTreeMap<String, String>,
    ) {
        match &node.value {
            Value::Map(entries) => {
                let place = place.inside(key);
                for entry in entries {
                    match entry.node.as_str().filter(|_| self.is_referred(&entry.key, place)) {
                        Some(text) => _ = into.insert(self.reference(text), text.to_string()),
                        None => self.texts_in(&entry.node, &entry.key, place, into),
                    }
                }
            }
            Value::List(items) => items.iter().for_each(|item| self.texts_in(item, key, place, into)),
            _ => {}
        }
    }

    /// Masks a record.
    pub(crate) fn apply(&mut self, record: &mut Node) {
        self.told = Told::of(self, record);
        self.value(record, "", Place::Above, "");
    }

    /// Masks what stands under a key of a place; it is of a field where one is named.
    fn value(&self, node: &mut Node, key: &str, place: Place, field: &str) {
        match &mut node.value {
            Value::Map(entries)
                if self.level == LogText::Off && (place, key) == (Place::Effect, "params") =>
            {
                entries.iter_mut().for_each(|e| e.node.value = Value::Text(self.trace(&e.node)));
            }
            Value::Map(entries) if self.level == LogText::Off && (place, key) == (Place::Event, "data") => {
                entries.retain(says_taken);
            }
            Value::Map(entries) => {
                let text_of = |key| entries.iter().find(|e| e.key == key).and_then(|e| e.node.as_str());
                let place = match place.inside(key) {
                    Place::Effect if text_of("kind") == Some("reply") => Place::Reply,
                    place => place,
                };
                let named = text_of("field").filter(|_| place == Place::Effect).unwrap_or(field).to_string();
                entries.retain(|e| {
                    (place, e.key.as_str()) != (Place::Event, "vector") && !self.drops(&e.key, &e.node, place)
                });
                for entry in entries.iter_mut() {
                    let name = entry.key.clone();
                    let of_itself = matches!(place, Place::Fields | Place::Data);
                    self.value(&mut entry.node, &name, place, if of_itself { &name } else { &named });
                    if self.is_referred(&name, place) && entry.node.as_str().is_some() {
                        entry.key.push_str("_ref");
                    } else if place == Place::Data {
                        entry.key = self.masked(&name);
                    }
                }
            }
            Value::List(items) => items.iter_mut().for_each(|item| self.value(item, key, place, field)),
            Value::Text(text) => *text = self.text(text, key, place, field),
            Value::Int(number) if place == Place::Data => {
                let digits = number.unsigned_abs().to_string();
                if digits.len() >= LONG_NUMBER {
                    node.value = Value::Text(self.mark("integer", &digits));
                }
            }
            _ => {}
        }
    }

    /// Whether a member is not kept at all.
    fn drops(&self, key: &str, node: &Node, place: Place) -> bool {
        let dropped = match key {
            "value" | "search" => true,
            "params" => !matches!(node.value, Value::Map(_)),
            "data" => !matches!(&node.value, Value::Map(entries) if entries.iter().any(says_taken)),
            _ => TEXTS.contains(&key) && matches!(node.value, Value::Text(_)),
        };
        self.level == LogText::Off && place != Place::Fields && dropped
    }

    /// Whether the host keeps the text elsewhere: its digest stands here. (What was masked in it is masked in the digest.)
    fn is_referred(&self, key: &str, place: Place) -> bool {
        self.level == LogText::Reference && place != Place::Fields && TEXTS.contains(&key)
    }

    fn text(&self, text: &str, key: &str, place: Place, field: &str) -> String {
        let is_time = matches!(place, Place::Value | Place::Data) && Timestamp::parse(text).is_some();
        if place.is_ours(key) || is_time {
            return text.to_string();
        }
        match (place, key) {
            (Place::Fields, _) if self.level == LogText::Off => self.trace_of(text),
            _ if self.is_referred(key, place) => self.reference(text),
            (Place::Session, "user") => self.mark("user", text),
            (Place::Event, "id" | "of" | "edited") => self.mark("id", text),
            (Place::Contact, "name") => self.mark("name", &fold_word(text)),
            (Place::Fields, _) | (Place::Effect, "value") => self.of_field(text, field),
            (_, "chat_url" | "ref") => self.mark("link", text),
            (Place::Event, "button")
            | (Place::Button | Place::Value | Place::Data, "id")
            | (Place::Ids, _) => self.id(text),
            (Place::Button, "title") if self.is_label(text) => text.to_string(),
            (Place::Event, "text") if self.is_label(text) && !self.asks(FieldKind::Name) => text.to_string(),
            (Place::Data, _) if self.is_kept_as_text(field) => self.mark("text", text),
            (Place::Matched, _) => self.searched(text),
            _ => self.masked(text),
        }
    }

    /// The value of a field: an option is the author's.
    fn of_field(&self, text: &str, field: &str) -> String {
        match self.kind_of(field) {
            Some(FieldKind::Choice) if self.is_label(text) => text.to_string(),
            _ if self.is_kept_as_text(field) => self.mark("text", text),
            _ => self.masked(text),
        }
    }

    /// Whether a field holds what a client wrote, where texts are kept elsewhere.
    fn is_kept_as_text(&self, field: &str) -> bool {
        self.level == LogText::Reference && self.kind_of(field) == Some(FieldKind::Text)
    }

    fn kind_of(&self, field: &str) -> Option<FieldKind> {
        match (self.bot, field) {
            (Some(bot), _) => bot.definition().field(field).map(|field| field.kind),
            (None, "name") => Some(FieldKind::Name),
            (None, "phone") => Some(FieldKind::Phone),
            (None, "email") => Some(FieldKind::Email),
            _ => None,
        }
    }

    /// Whether the client was asked for a field of a kind.
    fn asks(&self, kind: FieldKind) -> bool {
        self.told.asked == Some(kind)
    }

    fn published(&self) -> Option<&'m Published> {
        self.bot.map(Bot::published)
    }

    fn is_label(&self, text: &str) -> bool {
        self.published().is_some_and(|published| published.is_label(text))
    }

    /// The id of a slot, a button or a deal: as it is, or a mark as a whole, so that a press still names what was offered.
    /// A title that stands for an id is masked as the title is.
    fn id(&self, id: &str) -> String {
        if self.is_label(id) {
            return id.to_string();
        }
        let masked = self.masked(id);
        let opaque = id.contains(|c: char| c.is_ascii_digit()) && !id.contains([' ', '@']);
        if opaque && masked != id { self.mark("id", id) } else { masked }
    }

    /// What kind of value it is, and nothing of the value.
    fn trace(&self, node: &Node) -> String {
        match node.as_str() {
            Some(text) => self.trace_of(text),
            None if node.get("start").or(node.get("date")).is_some() => "[time]".to_string(),
            None => "[off]".to_string(),
        }
    }

    /// `[phone]`, `[email]`, else `[off]`.
    fn trace_of(&self, text: &str) -> String {
        let masked = self.masked(text);
        let kind = ["phone", "email"].into_iter().find(|kind| masked.contains(&format!("[{kind}:")));
        format!("[{}]", kind.unwrap_or("off"))
    }

    /// `[phone:1f0c9a62d5e3]`
    fn mark(&self, kind: &str, value: &str) -> String {
        let digest = digest_of(self.key, kind, value);
        format!("[{kind}:{}]", digest.get(..MARK).unwrap_or_default())
    }

    /// Under what the host keeps a text.
    fn reference(&self, text: &str) -> String {
        digest_of(self.key, "text", text)
    }
}

/// The names that a session knows its client by.
pub(super) fn names_of<'s>(bot: &'s Bot, session: &'s Session) -> impl Iterator<Item = &'s str> {
    let is_name = |field: &str| bot.definition().field(field).is_some_and(|f| f.kind == FieldKind::Name);
    let fields = session.fields.iter().filter_map(move |(field, value)| match value {
        FieldValue::Text(name) if is_name(field) => Some(name.as_str()),
        _ => None,
    });
    session.contact.name.as_deref().into_iter().chain(fields)
}

#[cfg(test)]
#[allow(clippy::string_slice)] // a test may panic
mod tests {
    use super::*;
    use crate::extract::Region;

    fn shown(text: &str, names: &[&str]) -> String {
        let phones = PhoneOptions::new(Region::from_code("RU"));
        let mut masks = Masks::new(LogText::Masked, "key", &phones, None);
        names.iter().for_each(|name| masks.names.add(name));
        masks.learn_link("https://t.me/anna_k");
        let masked = masks.masked(text);
        // The digests differ by value only; what kind stands where is what matters here.
        let mut out = String::new();
        for part in masked.split_inclusive(']') {
            let digest = part.rfind('[').and_then(|open| part[open..].find(':').map(|colon| open + colon));
            match digest.filter(|_| part.ends_with(']')) {
                Some(colon) => out.push_str(&format!("{}]", &part[..colon])),
                None => out.push_str(part),
            }
        }
        out
    }

    #[test]
    fn what_is_personal_becomes_a_mark_and_nothing_else_does() {
        for (text, masked) in [
            ("перезвоните на 8 (900) 123-45-67", "перезвоните на [phone]"),
            ("мой телефон 123-45-67", "мой телефон [number]"),
            ("или 123 45 67, это дом", "или [number], это дом"),
            ("8,900,123,45,67 или 8*900*123*45*67", "[number] или [number]"),
            ("01.12.2026-05.12.2026, 2026-12-25", "01.12.2026-05.12.2026, 2026-12-25"),
            ("счёт 900123456789, да", "счёт [number], да"),
            ("5.900 123 45 67 и 5.1234-56-78 90", "5.[number] и 5.[number]"),
            ("1,500,000,000 или 2.500.000.000", "1,500,000,000 или 2.500.000.000"),
            ("пишите: anna@mail.ru", "пишите: [email]"),
            ("анна@почта напишите", "[nick] напишите"),
            ("Скажите Кравцу, что Ольга Петрова ждёт", "Скажите [name], что [name] [name] ждёт"),
            ("меня зовут Хельга", "меня зовут [name]"),
            ("Olena, thanks", "[name], thanks"),
            ("заявка k-0123456789abcdef не подтверждена", "заявка [lead] не подтверждена"),
            ("чат: https://t.me/anna_k", "чат: [link]"),
            ("8 марта к Анне, Наташке и Серёже", "8 марта к [name], [name] и [name]"),
            ("С уважением, Аристарх Вальдшнеп", "С уважением, [name] [name]"),
            ("Ф.И.О.: Хвостов Пантелей", "Ф.И.О.: [name] [name]"),
            ("меня зовут аристарх вальдшнеп", "меня зовут [name] [name]"),
            ("Кравцу123 звонил", "[name]123 звонил"),
            ("?phone=%2B79001234567&n=%D0%90%D0%BD%D0%BD%D0%B0", "?phone=[phone]&n=[name]"),
            ("скидка 50%, 100%25", "скидка 50%, 100%25"),
            ("+7 900 123-45-67 доб. 12", "[phone] доб. 12"),
            (
                "от 30 000 до 120 000 рублей, 2026-12-25 в 15:00",
                "от 30 000 до 120 000 рублей, 2026-12-25 в 15:00",
            ),
            ("Напоминаем: 8 января, 15:00, Чистка.", "Напоминаем: 8 января, 15:00, Чистка."),
        ] {
            assert_eq!(shown(text, &["Кравец"]), masked, "{text}");
        }
    }

    #[test]
    fn a_key_is_the_librarys_at_its_own_place_only() {
        let phones = PhoneOptions::new(Region::from_code("RU"));
        let mut masks = Masks::new(LogText::Masked, "key", &phones, None);
        let written = r#"{"status":"booked","event":{"kind":"fact","data":{"status":"8 900 123-45-67","sum":79001234567,
            "+79001234567":{"kind":"Анна"},"id":"5:1768899600","amount":1500}},"matched":{"rule":"Анна"},
            "effects":[{"kind":"reply","buttons":[{"id":"5:1768899600","title":"в 10:00"}]}]}"#;
        let mut record = Node::from_json(written).unwrap();
        masks.apply(&mut record);
        let masked = record.to_text();
        for part in ["9001234567", "123-45-67", "1768899600", "\"kind\":\"Анна\""] {
            assert!(!masked.contains(part), "{part}: {masked}");
        }
        for part in ["\"status\":\"booked\"", "\"sum\":\"[integer:", "\"amount\":1500", "\"rule\":\"Анна\""]
        {
            assert!(masked.contains(part), "{part}: {masked}");
        }
        let id = masked.split("\"id\":\"[id:").nth(1).and_then(|rest| rest.split(']').next()).unwrap();
        assert_eq!(masked.matches(id).count(), 2, "the slot and its button: {masked}");
    }

    #[test]
    fn digests_are_hmac_as_any_language_makes_it() {
        let short = "cd72a28c5efabf720e96a57cc0bd6c4112e6d1a78b5bbd5a3b321f609d2a29e5";
        assert_eq!(digest_of("key", "text", "Привет"), short);
        let long = "e76c22312e4a2475a87654b0f48e5a590b29502d92b2a77af01862c3fcd360fc";
        assert_eq!(digest_of(&"k".repeat(100), "text", "Привет"), long);
    }
}
