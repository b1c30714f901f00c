//! Whether a condition holds in this step.

use super::run::Run;
use crate::bot::list_name;
use crate::bot::value::FieldValue;
use crate::bot::words::{ANGRY, COURTESY};
use crate::definition::{Condition, Field, FieldKind, Test, WordsRef};
use crate::document::data::digits;
use crate::extract::date::plus_days;
use crate::text::fold_word;
use crate::time::written;
use jiff::civil::Date;
use serde_json::Value as Json;
use std::cmp::Ordering;

impl Run<'_> {
    /// Whether the condition holds.
    pub(super) fn holds(&self, condition: &Condition) -> bool {
        self.eval(condition, false)
    }

    /// `whenever`: under `not`, where `has` means filled or empty whatever this step brought.
    fn eval(&self, condition: &Condition, whenever: bool) -> bool {
        match condition {
            Condition::All(inner) => self.all(inner, whenever),
            Condition::Any(inner) => inner.iter().any(|c| self.eval(c, whenever)),
            Condition::Not(inner) => !self.eval(inner, true),
            Condition::Has(field) => self.filled_field(field) && (whenever || self.brought.contains(field)),
            Condition::Words { words, whole } => self.words_hold(words, *whole),
            Condition::Field { name, tests } => self.field_holds(name, tests),
            Condition::Flow(name) => self.session.flow() == name.as_deref(),
            Condition::Status(names) => names.contains(&self.session.status),
            Condition::Button(name) => self.presses(name),
            Condition::Data { source, name, key, tests } => self.told.as_ref().is_some_and(|told| {
                told.source == *source && told.name == *name && data_holds(told.data, key.as_deref(), tests)
            }),
            Condition::Language(names) => names.contains(&self.session.language),
            Condition::Channel(names) => names.contains(&self.session.key.channel),
            Condition::Audience(names) => names.iter().any(|name| name == self.audience()),
            Condition::Attachment(kind) => self.heard.as_ref().is_some_and(|heard| {
                heard.message.attachments.iter().any(|a| kind == "any" || a.kind == *kind)
            }),
            Condition::Angry => self.angry(),
            Condition::NoReply { reminder, .. } => self.unanswered.as_ref() == Some(reminder),
        }
    }

    /// All hold; of the `has` among them, one brought value is enough for all.
    fn all(&self, inner: &[Condition], whenever: bool) -> bool {
        let has = |c: &Condition| if let Condition::Has(field) = c { Some(field.clone()) } else { None };
        let fields: Vec<String> = inner.iter().filter_map(has).collect();
        let fresh = whenever || fields.is_empty() || fields.iter().any(|f| self.brought.contains(f));
        fresh
            && inner.iter().all(|c| match c {
                Condition::Has(field) => self.filled_field(field),
                _ => self.eval(c, whenever),
            })
    }

    fn filled_field(&self, field: &str) -> bool {
        self.session.fields.contains_key(field) && !(self.judges_rule && self.session.lent.contains(field))
    }

    /// Whether the condition of a rule holds.
    pub(super) fn rule_holds(&mut self, condition: &Condition) -> bool {
        self.judges_rule = true;
        let holds = self.holds(condition);
        self.judges_rule = false;
        holds
    }

    fn words_hold(&self, words: &WordsRef, whole: bool) -> bool {
        let Some(heard) = &self.heard else { return false };
        let list = list_name(words);
        let lexicon = self.bot.lexicon();
        if whole {
            heard.is_words_only() && lexicon.whole(&[&list], &heard.reading)
        } else {
            lexicon.contains(&list, &heard.reading)
        }
    }

    pub(super) fn angry(&self) -> bool {
        let Some(heard) = &self.heard else { return false };
        let lexicon = self.bot.lexicon();
        lexicon.contains(ANGRY, &heard.reading)
            || (heard.reading.shouts() && !lexicon.contains(COURTESY, &heard.reading))
    }

    fn presses(&self, name: &str) -> bool {
        let pressed = self.heard.as_ref().and_then(|h| h.pressed.as_ref());
        pressed.is_some_and(|b| b.id == name || b.title == name)
    }

    fn field_holds(&self, name: &str, tests: &[Test]) -> bool {
        let Some(value) = self.session.fields.get(name) else { return false };
        let field = self.definition().field(name);
        tests.iter().all(|test| self.test(value, field, test))
    }

    fn test(&self, value: &FieldValue, field: Option<&Field>, test: &Test) -> bool {
        let order = |literal: &String| compare(value, literal, self);
        match test {
            Test::Is(literals) => literals.iter().any(|l| equals(value, field, l)),
            Test::Over(literal) => order(literal) == Some(Ordering::Greater),
            Test::AtLeast(literal) => matches!(order(literal), Some(Ordering::Greater | Ordering::Equal)),
            Test::Below(literal) => order(literal) == Some(Ordering::Less),
            Test::AtMost(literal) => matches!(order(literal), Some(Ordering::Less | Ordering::Equal)),
            Test::Within(length) => {
                let today = self.now.in_zone(self.bot.zone()).date();
                let days = length.0 / crate::definition::Duration::DAY.0;
                let last = plus_days(today, days.min(36_525)).unwrap_or(Date::MAX);
                date_of(value, self).is_some_and(|date| date >= today && date <= last)
            }
        }
    }

    /// What of a condition held, for the record: «words booking: запишите», «has phone».
    pub(super) fn reasons(&self, condition: &Condition) -> Vec<String> {
        let mut reasons = Vec::new();
        condition.walk(&mut |c| {
            if self.eval(c, true)
                && let Some(reason) = self.reason(c)
            {
                reasons.push(reason);
            }
        });
        reasons
    }

    fn reason(&self, condition: &Condition) -> Option<String> {
        match condition {
            Condition::Words { words, .. } => {
                let heard = self.heard.as_ref()?;
                let list = list_name(words);
                let hit = self.bot.lexicon().hits(&list, &heard.reading).into_iter().next()?;
                let typed = hit.span.of(heard.text);
                let shown = if let WordsRef::Named(name) = words { name.as_str() } else { hit.word };
                Some(format!("words {shown}: {typed}"))
            }
            Condition::Has(field) => Some(format!("has {field}")),
            Condition::Field { name, .. } => Some(format!("field {name}")),
            Condition::Button(name) => Some(format!("button {name}")),
            Condition::Data { name, .. } => Some(format!("told {name}")),
            Condition::Angry => Some("mood angry".into()),
            Condition::Attachment(kind) => Some(format!("attachment {kind}")),
            Condition::NoReply { reminder, .. } => Some(format!("no reply to {reminder}")),
            _ => None,
        }
    }

    /// Whether what the client said in words is among what holds of a condition.
    pub(super) fn is_met_by_words(&self, condition: &Condition) -> bool {
        let mut met = false;
        condition.walk(&mut |c| {
            met |= matches!(c, Condition::Words { .. } | Condition::Angry) && self.eval(c, true);
        });
        met
    }

    /// Letters of the longest listed phrase that a start condition holds by; zero where it holds by no words.
    pub(super) fn phrase_length(&self, condition: &Condition) -> usize {
        let mut longest = 0;
        condition.walk(&mut |c| {
            if let (Condition::Words { words, .. }, Some(heard)) = (c, &self.heard) {
                let hits = self.bot.lexicon().hits(&list_name(words), &heard.reading);
                longest = hits.iter().map(|hit| hit.word.chars().count()).fold(longest, usize::max);
            }
        });
        longest
    }

    /// Whether the words of a start condition, and values that were read, are all that the message says.
    pub(super) fn is_whole_start(&self, condition: &Condition) -> bool {
        let Some(heard) = &self.heard else { return false };
        let mut lists = Vec::new();
        condition.walk(&mut |c| {
            if let Condition::Words { words, .. } = c {
                lists.push(list_name(words));
            }
        });
        let lists: Vec<&str> = lists.iter().map(String::as_str).collect();
        self.bot.lexicon().nothing_beside(&lists, &heard.reading, &heard.options)
    }
}

/// Whether the condition names a field by `has` or `field`.
pub(super) fn names_field(condition: &Condition, field: &str) -> bool {
    let mut names = false;
    condition.walk(&mut |c| {
        names |= matches!(c, Condition::Has(name) | Condition::Field { name, .. } if name == field);
    });
    names
}

/// Whether the condition names this fact or result.
pub(super) fn names_told(condition: &Condition, run: &Run<'_>) -> bool {
    let Some(told) = &run.told else { return false };
    let mut names = false;
    condition.walk(&mut |c| {
        names |= matches!(c, Condition::Data { source, name, .. } if *source == told.source && *name == told.name);
    });
    names
}

fn data_holds(data: Option<&Json>, key: Option<&str>, tests: &[Test]) -> bool {
    let Some(key) = key else { return true };
    let Some(value) = data.and_then(|d| d.get(key)) else { return false };
    let text = match value {
        Json::String(text) => text.clone(),
        Json::Bool(yes) => yes.to_string(),
        Json::Number(number) => digits(number).unwrap_or_default(),
        _ => return tests.is_empty(),
    };
    tests.iter().all(|test| match test {
        Test::Is(literals) => literals.iter().any(|l| same_words(&text, l)),
        Test::Over(l) => decimal_order(&text, l) == Some(Ordering::Greater),
        Test::AtLeast(l) => matches!(decimal_order(&text, l), Some(Ordering::Greater | Ordering::Equal)),
        Test::Below(l) => decimal_order(&text, l) == Some(Ordering::Less),
        Test::AtMost(l) => matches!(decimal_order(&text, l), Some(Ordering::Less | Ordering::Equal)),
        Test::Within(_) => false,
    })
}

fn equals(value: &FieldValue, field: Option<&Field>, literal: &str) -> bool {
    match value {
        FieldValue::Text(text) => {
            let option = field.filter(|f| f.kind == FieldKind::Choice).and_then(|f| {
                f.options.iter().find(|o| o.id == literal || o.title.all().any(|t| t == literal))
            });
            option.map_or_else(|| same_words(text, literal), |option| option.id == *text)
                || decimal_order(text, literal) == Some(Ordering::Equal)
        }
        FieldValue::YesNo(yes) => {
            matches!((yes, literal), (true, "true" | "yes" | "да") | (false, "false" | "no" | "нет"))
        }
        FieldValue::Money(money) => {
            decimal(literal).is_some_and(|d| d == i128::from(money.minor) * (SCALE / 100))
        }
        FieldValue::Date(date) => literal == date.date.to_string(),
        FieldValue::Slot(slot) => literal == slot.id,
        FieldValue::Photo(photo) => literal == photo.reference,
    }
}

fn same_words(a: &str, b: &str) -> bool {
    a == b || fold_word(a) == fold_word(b)
}

fn compare(value: &FieldValue, literal: &str, run: &Run<'_>) -> Option<Ordering> {
    match value {
        FieldValue::Text(text) => decimal_order(text, literal),
        FieldValue::Money(money) => Some((i128::from(money.minor) * (SCALE / 100)).cmp(&decimal(literal)?)),
        FieldValue::Date(_) | FieldValue::Slot(_) => {
            Some(date_of(value, run)?.cmp(&written::date(literal.trim())?))
        }
        FieldValue::YesNo(_) | FieldValue::Photo(_) => None,
    }
}

fn date_of(value: &FieldValue, run: &Run<'_>) -> Option<Date> {
    match value {
        FieldValue::Date(date) => Some(date.date),
        FieldValue::Slot(slot) => {
            Some(crate::time::Timestamp::parse(&slot.start)?.in_zone(run.bot.zone()).date())
        }
        _ => None,
    }
}

/// Decimals are compared as whole billionths, without floats.
const SCALE: i128 = 1_000_000_000;

fn decimal_order(a: &str, b: &str) -> Option<Ordering> {
    Some(decimal(a)?.cmp(&decimal(b)?))
}

fn decimal(text: &str) -> Option<i128> {
    let text = text.trim();
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, part) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
    let numeric = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 18 || part.len() > 9 || !numeric(whole) || !numeric(part) {
        return None;
    }
    let part = format!("{part:0<9}").parse::<i128>().ok()?;
    let value = whole.parse::<i128>().ok()? * SCALE + part;
    Some(if negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c10_decimals_compare_exactly() {
        assert_eq!(decimal_order("50000", "50000.0"), Some(Ordering::Equal));
        assert_eq!(decimal_order("50000.01", "50000"), Some(Ordering::Greater));
        assert_eq!(decimal_order("-1.5", "-1.25"), Some(Ordering::Less));
        assert_eq!(decimal_order("5 кг", "5"), None);
    }
}
