//! What one record tells of how it is to be masked: what was asked and refused, what came with the message.

use super::Masks;
use crate::definition::FieldKind;
use crate::document::{Node, Value};
use crate::extract::{name, personal};
use crate::text::layout::from_latin;
use crate::text::{Lang, Span, TokenKind, fold_word, tokens};
use std::collections::BTreeSet;

/// Words of the longest answer that may be a name or an address; a longer one is a sentence.
const MOST_WORDS: usize = 5;
/// Digits of the shortest part of a phone: «8900», and in the next message the rest.
const PART_OF_PHONE: usize = 3;

/// What a record tells beside its values.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// What the client was asked for.
    pub(super) asked: Option<FieldKind>,
    /// The answer to a question for a name or an address, where it was refused and nothing else took it.
    pub(super) refused: Option<String>,
    /// Words of the message that are masked where they stand in it, folded: the search shows them one by one.
    pub(super) words: BTreeSet<String>,
    /// Digits of the answer to a question for a phone.
    pub(super) digits: BTreeSet<String>,
    /// References of what was sent.
    pub(super) refs: Vec<String>,
}

impl Told {
    pub(super) fn of(masks: &Masks<'_>, record: &Node) -> Self {
        let matched = record.get("matched");
        let why: Vec<&str> = matched.and_then(|m| m.get("why")).map(texts).unwrap_or_default();
        let of = |prefix: &str| why.iter().find_map(|why| why.strip_prefix(prefix));
        let failed = of("no answer to ");
        let field = failed.or_else(|| of("answers ")).or(masks.question.as_deref());
        let asked = field.and_then(|field| masks.kind_of(field));
        let mut told = Self { asked, ..Self::default() };
        let Some(event) = record.get("event") else { return told };
        let sent = event.get("attachments").map(items).unwrap_or_default();
        told.refs = sent.iter().filter_map(|sent| Some(sent.get("ref")?.as_str()?.to_string())).collect();
        let Some(text) = event.get("text").and_then(Node::as_str) else { return told };
        let taken = ["rule", "faq"].iter().any(|key| matched.is_some_and(|m| m.get(key).is_some()));
        told.words = words_of(masks, text);
        match asked {
            Some(FieldKind::Name | FieldKind::Email) if failed.is_some() && !taken && may_tell(text) => {
                let words = tokens(text).filter(|t| t.kind == TokenKind::Word).map(|t| fold_word(t.text));
                told.words.extend(words.filter(|word| name::may_be(word)));
                told.refused = Some(text.trim().to_string());
            }
            Some(FieldKind::Phone) => told.digits = parts_of_phones(masks, text),
            _ => {}
        }
        told
    }
}

/// The words of names, addresses and nicks in a text, folded, and as they are read in Latin letters.
fn words_of(masks: &Masks<'_>, text: &str) -> BTreeSet<String> {
    let found = personal::found(text, masks.phones);
    let addresses =
        found.iter().filter(|found| matches!(found.kind, "email" | "nick")).map(|found| found.span);
    let spans: Vec<Span> = masks.lookalikes(text).chain(addresses).collect();
    let words = spans.iter().flat_map(|span| tokens(span.of(text))).filter(|t| t.kind == TokenKind::Word);
    let spelled = |word: &str| [Lang::Ru, Lang::Uk].map(|lang| fold_word(&from_latin(word, lang)));
    let words = words.flat_map(|t| spelled(t.text).into_iter().chain([fold_word(t.text)]));
    words.filter(|word| word.chars().nth(2).is_some()).collect()
}

/// The kind of the mark of an answer that was refused: what stands for it is refused as well, and of its alphabet.
pub(super) fn kind_of(refused: &str) -> &'static str {
    if refused.is_ascii() { "latin" } else { "words" }
}

/// Whether an answer may be a name or an address after all: short, no question, and not of words of ordinary talk alone.
fn may_tell(text: &str) -> bool {
    let words: Vec<&str> = tokens(text).filter(|t| t.kind == TokenKind::Word).map(|t| t.text).collect();
    (1..=MOST_WORDS).contains(&words.len())
        && !text.contains('?')
        && (text.contains('@') || words.iter().any(|word| name::may_be(word)))
}

/// Digits that are in no whole phone.
fn parts_of_phones(masks: &Masks<'_>, text: &str) -> BTreeSet<String> {
    let mut rest = text.to_string();
    for whole in personal::found(text, masks.phones) {
        rest = rest.replace(whole.span.of(text), " ");
    }
    personal::digits(&rest, PART_OF_PHONE).map(str::to_string).collect()
}

fn items(node: &Node) -> Vec<&Node> {
    if let Value::List(items) = &node.value { items.iter().collect() } else { Vec::new() }
}

fn texts(node: &Node) -> Vec<&str> {
    items(node).into_iter().filter_map(Node::as_str).collect()
}
