//! Free answers: a text or a name, where nothing stricter took the message.

use super::hear::{Heard, denies};
use super::run::Run;
use super::session::Question;
use crate::bot::value::FieldValue;
use crate::definition::FieldKind;
use crate::extract::{self, answer, date, name};
use crate::limits;
use crate::text::{Lang, Span, Token, TokenKind, fold_word, tokens};

/// Words around a value that takes the place of another; light words and «нет», «давайте» need no mention.
#[rustfmt::skip] // one word a line would hide the code
const CORRECTING: &[&str] = &[
    "вернее", "точнее", "лучше", "перепутал", "перепутала", "ошибся", "ошиблась", "ошибка", "опечатка", "пусть",
    "таки", "нужен", "нужна", "нужны", "исправьте", "перенесите", "перенесіть", "поменяйте", "измените", "краще", "точніше", "переплутав",
    "переплутала", "помилився", "помилилася", "помилка", "нехай", "потрібен", "потрібна", "виправте", "змініть",
    "actually", "rather", "instead", "mean", "meant", "wait", "oops", "mistake", "make", "change",
];

/// Days that one message takes back: each is looked for in all that follows its «не».
const MOST_DENIED: usize = 4;

impl Run<'_> {
    /// The text or name that answers a question.
    pub(super) fn free_answer(&self, question: &Question) -> Option<FieldValue> {
        let heard = self.heard.as_ref()?;
        let field = self.definition().field(&question.field)?;
        match field.kind {
            FieldKind::Name => heard.name().map(FieldValue::Text),
            FieldKind::Text => {
                let text = heard.own_text();
                let fits = !text.is_empty() && text.len() <= limits::FIELD_BYTES;
                fits.then_some(FieldValue::Text(text))
            }
            _ => None,
        }
    }

    /// A text or name is refused where the FAQ matches the message strictly, or where it is mere courtesy or signs.
    pub(super) fn refuses_free_answer(&self, field: &str) -> bool {
        let Some(heard) = &self.heard else { return true };
        let name = self.definition().field(field).is_some_and(|f| f.kind == FieldKind::Name);
        let courtesy = self.asks_nothing() && name;
        let nothing = !heard.reading.has_words;
        nothing || courtesy || self.only_corrects() || self.faq_matches_strictly()
    }

    /// Whether the message puts another value in the place of a known one and says nothing else: «нет, не 5000, а
    /// 15000», «ой, не завтра, а в пятницу».
    pub(super) fn only_corrects(&self) -> bool {
        let Some(heard) = self.heard.as_ref().filter(|_| self.corrects) else { return false };
        let options = self.bot.options_in(&heard.reading).into_iter().map(|(_, _, span)| span);
        let mut values: Vec<Span> = heard.hidden.iter().copied().chain(options).collect();
        values.extend(self.denied_dates(heard.text));
        let words = tokens(heard.text).filter(|t| t.kind == TokenKind::Word);
        let mut own = words.filter(|t| !values.iter().any(|v| v.overlaps(t.span)));
        own.all(|token| {
            let word = fold_word(token.text);
            is_light(&word) || answer::is_answer_word(&word) || CORRECTING.contains(&word.as_str())
        })
    }

    /// The days that a text takes back: that of «не завтра, а в пятницу».
    fn denied_dates(&self, text: &str) -> Vec<Span> {
        let denials = tokens(text).filter(|t| denies(t.text)).take(MOST_DENIED);
        let after = denials.filter_map(|denial| {
            let from = denial.span.end;
            let rest = text.get(from..)?;
            let said = date::dates(rest, self.now, self.bot.zone()).into_iter().next()?.span;
            let between = tokens(rest.get(..said.start)?);
            let near = between.map(|t| fold_word(t.text)).all(|word| is_light(&word));
            near.then(|| Span::new(from + said.start, from + said.end))
        });
        after.collect()
    }
}

impl Heard<'_> {
    /// The name that the message is, or that stands beside its other values: «Анна, 8 900 123-45-67».
    fn name(&self) -> Option<String> {
        let beside = || {
            let around = |t: &Token<'_>| extract::names_contact(t.text) || is_light(&fold_word(t.text));
            let around = tokens(self.text).filter(around).map(|t| t.span);
            let mut cut: Vec<Span> = self.hidden.iter().copied().chain(around).collect();
            cut.sort_unstable();
            name::beside(&without(self.text, &cut))
        };
        let name = name::expected(self.text);
        name.or_else(|| beside().filter(|_| !self.hidden.is_empty())).map(|name| name.value)
    }

    /// The text without the clauses that only bring a contact and the courtesy after them: «Ленина 5, тел. 8 900
    /// 123-45-67, спасибо» is an address.
    fn own_text(&self) -> String {
        if self.contacts.is_empty() {
            return self.text.trim().to_string();
        }
        let (mut kept, mut says, mut after_contact) = (String::new(), false, false);
        for clause in self.clauses() {
            let own = self.says_own(clause);
            after_contact = !own && (after_contact || self.brings_contact(clause));
            says |= own;
            if !after_contact {
                kept.push_str(clause.of(self.text));
            }
        }
        let text = kept.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';'));
        if says { text.to_string() } else { String::new() }
    }

    fn brings_contact(&self, clause: Span) -> bool {
        self.contacts.iter().any(|contact| contact.overlaps(clause))
            || tokens(clause.of(self.text)).any(|t| extract::names_contact(t.text))
    }

    /// Whether a clause says more than a contact, its name and courtesy.
    fn says_own(&self, clause: Span) -> bool {
        let mut words = tokens(clause.of(self.text)).filter(|t| t.kind != TokenKind::Sign);
        words.any(|t| {
            let place = Span::new(clause.start + t.span.start, clause.start + t.span.end);
            let contact = self.contacts.iter().any(|contact| contact.overlaps(place));
            !contact && !extract::names_contact(t.text) && !is_light(&fold_word(t.text))
        })
    }

    /// The clauses of the text, each with the sign that ends it; a sign inside a contact ends none.
    fn clauses(&self) -> Vec<Span> {
        let mut clauses = Vec::new();
        let mut from = 0;
        for (at, c) in self.text.char_indices() {
            let end = at + c.len_utf8();
            let followed = self.text.get(end..).is_some_and(|rest| !rest.starts_with(char::is_whitespace));
            let ends = match c {
                ',' | ';' | '\n' => true,
                '.' | '!' => !followed,
                _ => false,
            };
            if ends && !self.contacts.iter().any(|contact| contact.overlaps(Span::new(at, end))) {
                clauses.push(Span::new(from, end));
                from = end;
            }
        }
        clauses.push(Span::new(from, self.text.len()));
        clauses
    }
}

/// A word of grammar or politeness in any of the languages, which asks nothing.
pub(super) fn is_light(folded: &str) -> bool {
    let is = |test: fn(Lang, &str) -> bool| Lang::ALL.into_iter().any(|lang| test(lang, folded));
    is(Lang::is_light) && !is(Lang::is_asking)
}

/// A text without some places in it, in their order.
pub(super) fn without(text: &str, places: &[Span]) -> String {
    let mut left = String::with_capacity(text.len());
    let mut from = 0;
    for span in places {
        left.push_str(text.get(from..span.start).unwrap_or_default());
        left.push(' ');
        from = from.max(span.end);
    }
    left.push_str(text.get(from..).unwrap_or_default());
    left
}
