//! What a record keeps of a client, where the definition wants less than everything.
//!
//! `masked`: phones, e-mails, names, links and ids become marks such as `[phone:1f0c9a62d5e3]`. The part after the colon
//! is a digest under the host's key (the file `log.key`), so that the same value has the same mark in every record
//! and nobody without the key can find the value by trying; without one anybody can, and the lint says so. `reference`: besides, every text stands under
//! `text_ref` (`title_ref`, …) as its digest, under which the host keeps it elsewhere. `off`: texts and values are left
//! out; of what was asked of the calendar and what it answered stays what figures count: the kinds of the parameters
//! (`[phone]`, `[email]`, `[time]`, else `[off]`) and whether the time was taken.
//!
//! The hash of a record is made of what is kept, so the chain of a masked log is proved as any other.

use super::session::Session;
use crate::bot::value::FieldValue;
use crate::bot::{Bot, hex};
use crate::definition::{FieldKind, LogText};
use crate::document::{Entry, Node, Value};
use crate::extract::{self, PhoneOptions, name};
use crate::text::case::lowercase;
use crate::text::name::Names;
use crate::text::{Span, TokenKind, fold_word, tokens};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// Keys whose texts are the library's or the author's own: nothing in them is a client's.
const OURS: &[&str] = &[
    "prev",
    "hash",
    "bot",
    "engine",
    "tz",
    "now",
    "at",
    "due",
    "key",
    "effect",
    "kind",
    "channel",
    "account",
    "source",
    "mode",
    "status",
    "start",
    "date",
    "time",
    "until",
    "precision",
    "currency",
    "purpose",
    "window",
    "language",
];
/// Keys of texts that `reference` keeps elsewhere and `off` nowhere.
const TEXTS: &[&str] = &["text", "title", "summary", "button", "error", "label", "word", "from", "to_text"];
/// Digits of the shortest number that is nobody's price.
const LONG_NUMBER: usize = 9;
/// Digits of the shortest number that is a phone where hyphens stand in it.
const HYPHENATED_NUMBER: usize = 7;
/// Hexadecimal digits of a mark.
const MARK: usize = 12;

/// How records of a session are masked.
pub(crate) struct Masks<'m> {
    level: LogText,
    key: &'m str,
    phones: &'m PhoneOptions,
    names: Names,
    /// Links to the chat, which may name the client.
    links: BTreeSet<String>,
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
        let mut masks = Self::new(level, bot.log_key().unwrap_or_default(), bot.phone_options());
        for session in sessions {
            masks.names.add(session.contact.name.as_deref().unwrap_or_default());
            masks.learn_link(session.contact.chat_url.as_deref().unwrap_or_default());
            for (field, value) in &session.fields {
                let name = bot.definition().field(field).is_some_and(|f| f.kind == FieldKind::Name);
                if let (true, FieldValue::Text(name)) = (name, value) {
                    masks.names.add(name);
                }
            }
        }
        Some(masks)
    }

    /// Masks that know no name yet.
    pub(crate) fn new(level: LogText, key: &'m str, phones: &'m PhoneOptions) -> Self {
        Self { level, key, phones, names: Names::default(), links: BTreeSet::new() }
    }

    /// A name that is to be found from now on.
    #[cfg(feature = "audit")]
    pub(crate) fn learn(&mut self, name: &str) {
        self.names.add(name);
    }

    /// A link that is to be found from now on.
    pub(crate) fn learn_link(&mut self, link: &str) {
        if !link.is_empty() {
            self.links.insert(link.to_string());
        }
    }

    /// Collects the texts of a record that stand elsewhere, by their references.
    #[cfg(feature = "audit")]
    pub(crate) fn texts(&self, node: &Node, into: &mut std::collections::BTreeMap<String, String>) {
        match &node.value {
            Value::Map(entries) => {
                for entry in entries {
                    let kept = self.level == LogText::Reference && TEXTS.contains(&entry.key.as_str());
                    match entry.node.as_str().filter(|_| kept) {
                        Some(text) => _ = into.insert(self.reference(text), text.to_string()),
                        None => self.texts(&entry.node, into),
                    }
                }
            }
            Value::List(items) => items.iter().for_each(|item| self.texts(item, into)),
            _ => {}
        }
    }

    /// Masks a record.
    pub(crate) fn apply(&self, record: &mut Node) {
        self.value(record, "", "");
    }

    fn value(&self, node: &mut Node, key: &str, parent: &str) {
        match &mut node.value {
            Value::Map(entries) if self.level == LogText::Off && key == "params" => {
                entries.iter_mut().for_each(|e| e.node.value = Value::Text(self.kind(&e.node)));
            }
            Value::Map(entries) if self.level == LogText::Off && key == "data" => {
                entries.retain(says_taken);
            }
            Value::Map(entries) => {
                entries.retain(|e| e.key != "vector" && !self.drops(&e.key, &e.node));
                for entry in entries.iter_mut() {
                    // Keys of `fields` and `params` are the author's; their values are the client's.
                    let name = entry.key.clone();
                    self.value(&mut entry.node, &name, key);
                    self.refer(entry);
                }
            }
            Value::List(items) => items.iter_mut().for_each(|item| self.value(item, key, parent)),
            Value::Text(text) => *text = self.text(text, key, parent),
            _ => {}
        }
    }

    /// Whether a member is not kept at all.
    fn drops(&self, key: &str, node: &Node) -> bool {
        let dropped = match key {
            "value" | "search" => true,
            "params" => !matches!(node.value, Value::Map(_)),
            "data" => !matches!(&node.value, Value::Map(entries) if entries.iter().any(says_taken)),
            _ => false,
        };
        self.level == LogText::Off
            && (dropped || TEXTS.contains(&key) && matches!(node.value, Value::Text(_)))
    }

    /// A text that the host keeps elsewhere: its digest stands here. (What was masked in it is masked in the digest.)
    fn refer(&self, entry: &mut Entry) {
        if self.level == LogText::Reference
            && TEXTS.contains(&entry.key.as_str())
            && entry.node.as_str().is_some()
        {
            entry.key.push_str("_ref");
        }
    }

    fn text(&self, text: &str, key: &str, parent: &str) -> String {
        let fields = matches!(parent, "fields" | "params");
        if !fields && OURS.contains(&key) {
            return text.to_string();
        }
        if self.level == LogText::Off && fields {
            return self.kind_of(text);
        }
        match (key, parent) {
            ("user", "session") => self.mark("user", text),
            ("id", "event") | ("of" | "edited", _) => self.mark("id", text),
            ("chat_url" | "ref", _) => self.mark("link", text),
            ("name", "contact" | "opened") => self.mark("name", &fold_word(text)),
            _ if self.level == LogText::Reference && TEXTS.contains(&key) && !fields => self.reference(text),
            _ => self.masked(text),
        }
    }

    /// What kind of value it is, and nothing of the value.
    fn kind(&self, node: &Node) -> String {
        match node.as_str() {
            Some(text) => self.kind_of(text),
            None if node.get("start").or(node.get("date")).is_some() => "[time]".to_string(),
            None => "[off]".to_string(),
        }
    }

    /// `[phone]`, `[email]`, else `[off]`.
    fn kind_of(&self, text: &str) -> String {
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

    /// A text with its phones, e-mails, names and long numbers as marks.
    pub(crate) fn masked(&self, text: &str) -> String {
        let mut found: Vec<(Span, String)> = Vec::new();
        let mut add = |span: Span, mark: String| {
            if !found.iter().any(|(other, _)| other.overlaps(span)) {
                found.push((span, mark));
            }
        };
        for link in &self.links {
            for (at, _) in text.match_indices(link.as_str()) {
                add(Span::new(at, at + link.len()), self.mark("link", link));
            }
        }
        for (span, lead) in lead_keys(text) {
            add(span, self.mark("lead", lead));
        }
        for email in extract::emails(text) {
            add(email.span, self.mark("email", &email.address));
        }
        for phone in extract::phones(text, self.phones) {
            add(phone.span, self.mark("phone", phone.e164.as_str()));
        }
        for span in at_signs(text) {
            add(span, self.mark("email", &lowercase(span.of(text))));
        }
        for (span, digits) in long_numbers(text) {
            add(span, self.mark("number", &digits));
        }
        let known =
            tokens(text).filter(|t| t.kind == TokenKind::Word && self.names.has(t.text)).map(|t| t.span);
        for span in known.chain(name::lookalikes(text)) {
            add(span, self.mark("name", &fold_word(span.of(text))));
        }
        found.sort_by_key(|(span, _)| *span);
        let mut out = String::with_capacity(text.len());
        let mut from = 0;
        for (span, mark) in found {
            out.push_str(text.get(from..span.start).unwrap_or_default());
            out.push_str(&mark);
            from = span.end;
        }
        out.push_str(text.get(from..).unwrap_or_default());
        out
    }
}

/// Idempotency keys of leads: digests of the session's key, which may be a phone that a patient reader finds again.
fn lead_keys(text: &str) -> impl Iterator<Item = (Span, &str)> {
    text.match_indices("k-").filter_map(|(at, _)| {
        let lead = text.get(at..at + 18)?;
        let hex = lead.bytes().skip(2).all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        hex.then_some((Span::new(at, at + 18), lead))
    })
}

/// Whatever stands around an `@` without a space, addresses or not.
fn at_signs(text: &str) -> Vec<Span> {
    let sign = text.match_indices('@').map(|(at, _)| at);
    let around = |at: usize| {
        let start = text.get(..at)?.rfind(char::is_whitespace).map_or(0, |space| space + 1);
        let end = text.get(at..)?.find(char::is_whitespace).map_or(text.len(), |space| at + space);
        let start = (start..=at).find(|start| text.is_char_boundary(*start))?;
        (end - start > 2).then(|| Span::new(start, end))
    };
    sign.filter_map(around).collect()
}

/// Digits with what people put between them: spaces, hyphens and brackets, or one sign all along.
struct Digits {
    start: usize,
    end: usize,
    /// Where the last group of digits begins.
    group: usize,
    /// The sign; a space stands for the first kind.
    sign: Option<char>,
}

impl Digits {
    fn at(at: usize) -> Self {
        Self { start: at, end: at + 1, group: at, sign: None }
    }

    fn add(&mut self, at: usize) {
        if self.end < at {
            self.group = at;
        }
        self.end = at + 1;
    }

    /// The digits alone, where they may be a phone: a price and a date are shorter or grouped otherwise.
    fn long(&self, text: &str) -> Option<(Span, String)> {
        let written = text.get(self.start..self.end)?;
        let groups = written.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty());
        let groups: Vec<usize> = groups.map(str::len).collect();
        let count: usize = groups.iter().sum();
        let thousands =
            matches!(groups.as_slice(), [1..=3, rest @ ..] if rest.iter().all(|group| *group == 3));
        let price = thousands && matches!(self.sign, Some(',' | '.'));
        let date = written.len() == 10 && written.get(4..5) == Some("-") && written.get(7..8) == Some("-");
        let hyphens = count >= HYPHENATED_NUMBER && written.contains('-') && !date;
        let phone = count >= LONG_NUMBER && !price || hyphens || groups == [3, 2, 2];
        phone.then(|| {
            (Span::new(self.start, self.end), written.chars().filter(char::is_ascii_digit).collect())
        })
    }
}

/// What stands between digits, and how many bytes of it at most.
fn sign_of(c: char) -> Option<(char, usize)> {
    match c {
        ' ' | '-' | '(' | ')' => Some((' ', 3)),
        ',' | '.' | '*' | '/' | '_' | '|' | '+' => Some((c, 1)),
        _ => None,
    }
}

/// Numbers as long as phones.
fn long_numbers(text: &str) -> Vec<(Span, String)> {
    let mut found = Vec::new();
    let mut open: Option<Digits> = None;
    for (at, c) in text.char_indices() {
        open = match (open, sign_of(c)) {
            (Some(mut run), _) if c.is_ascii_digit() => {
                run.add(at);
                Some(run)
            }
            (None, _) if c.is_ascii_digit() => Some(Digits::at(at)),
            (Some(run), Some((sign, most))) if at < run.end + most => match run.sign {
                None => Some(Digits { sign: Some(sign), ..run }),
                Some(known) if known == sign => Some(run),
                Some(_) => {
                    // «8.900 123-45-67»: the last group may begin a number with another sign.
                    let long = run.long(text);
                    let goes_on = long.is_none() && at == run.end;
                    found.extend(long);
                    goes_on.then_some(Digits { start: run.group, sign: Some(sign), ..run })
                }
            },
            (run, _) => {
                found.extend(run.and_then(|run| run.long(text)));
                None
            }
        };
    }
    found.extend(open.and_then(|run| run.long(text)));
    found
}

#[cfg(test)]
#[allow(clippy::string_slice)] // a test may panic
mod tests {
    use super::*;
    use crate::extract::Region;

    fn shown(text: &str, names: &[&str]) -> String {
        let phones = PhoneOptions::new(Region::from_code("RU"));
        let mut masks = Masks::new(LogText::Masked, "key", &phones);
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
            ("анна@почта напишите", "[email] напишите"),
            ("Скажите Кравцу, что Ольга Петрова ждёт", "Скажите [name], что [name] [name] ждёт"),
            ("меня зовут Хельга", "меня зовут [name]"),
            ("Olena, thanks", "[name], thanks"),
            ("заявка k-0123456789abcdef не подтверждена", "заявка [lead] не подтверждена"),
            ("чат: https://t.me/anna_k", "чат: [link]"),
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
    fn digests_are_hmac_as_any_language_makes_it() {
        let short = "cd72a28c5efabf720e96a57cc0bd6c4112e6d1a78b5bbd5a3b321f609d2a29e5";
        assert_eq!(digest_of("key", "text", "Привет"), short);
        let long = "e76c22312e4a2475a87654b0f48e5a590b29502d92b2a77af01862c3fcd360fc";
        assert_eq!(digest_of(&"k".repeat(100), "text", "Привет"), long);
    }
}
