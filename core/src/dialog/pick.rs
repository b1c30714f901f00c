//! One of several offered, picked in words: a day, a time, a part of the day, a place in the list, «любое».

use super::free::{is_light, without};
use super::hear::denies;
use super::run::Run;
use super::session::Question;
use crate::bot::value::Slot;
use crate::definition::FieldKind;
use crate::extract::answer::is_answer_word;
use crate::extract::date::{self, Precision, Wish};
use crate::text::{Span, Token, TokenKind, fold_word, tokens};
use crate::time::Timestamp;
use jiff::ToSpan;
use jiff::civil::{DateTime, Time};

/// A place in a list of options.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Nth(usize),
    Last,
    Any,
}

impl Place {
    pub(super) fn of<T>(self, offered: &[T]) -> Option<&T> {
        match self {
            Self::Nth(nth) => offered.get(nth.checked_sub(1)?),
            Self::Last => offered.last(),
            Self::Any => offered.first(),
        }
    }
}

/// Stems with their endings: the cases that name an option, not the genitive of «второго января».
#[rustfmt::skip] // one row a line would hide the code
const PLACES: &[(&str, &str, Place)] = &[
    ("перв", "ый ое ая ую", Place::Nth(1)), ("перш", "ий е а у", Place::Nth(1)), ("first", "", Place::Nth(1)),
    ("втор", "ой ое ая ую", Place::Nth(2)), ("друг", "ий е а у", Place::Nth(2)), ("second", "", Place::Nth(2)),
    ("трет", "ий ье ья ью ій є я ю", Place::Nth(3)), ("third", "", Place::Nth(3)),
    ("четверт", "ый ое ая ую ий е а у", Place::Nth(4)), ("fourth", "", Place::Nth(4)),
    ("пят", "ый ое ая ую ий е а у", Place::Nth(5)), ("fifth", "", Place::Nth(5)),
    ("последн", "ий ее яя юю", Place::Last), ("крайн", "ий ее яя юю", Place::Last),
    ("останн", "ій є я ю", Place::Last), ("last", "", Place::Last),
    ("люб", "ой ое ая ую", Place::Any), ("будь-як", "ий е а у", Place::Any), ("як", "ий-небудь", Place::Any),
    ("any", " time", Place::Any), ("whichever", "", Place::Any), ("whatever", "", Place::Any),
];

/// What an option is called, and words that choose.
#[rustfmt::skip] // one word a line would hide the code
const CHOOSING: &[&str] = &[
    "вариант", "время", "окно", "окошко", "слот", "номер", "варіант", "вікно", "віконце", "option", "one",
    "slot", "number", "выбираю", "самое", "самый", "саме", "беру", "возьму", "пусть", "будет", "лучше", "обираю", "візьму",
    "краще", "take", "ill",
];

/// The place that a message names; `rest` are its words without values.
pub(super) fn place(rest: &str) -> Option<Place> {
    let words: Vec<Token<'_>> = tokens(rest).filter(|t| t.kind != TokenKind::Emoji).collect();
    let mut found = None;
    let mut named = false;
    let mut numbered = None;
    let mut at = 0;
    while let Some(token) = words.get(at) {
        at += 1;
        let mut word = fold_word(token.text);
        // «1-й», «будь-яке»: what a hyphen joins is one word.
        if let [hyphen, end, ..] = words.get(at..).unwrap_or_default()
            && hyphen.text == "-"
            && token.span.end == hyphen.span.start
            && hyphen.span.end == end.span.start
        {
            word = format!("{word}-{}", fold_word(end.text));
            at += 2;
        }
        match of_word(&word) {
            Some(place) if found.is_none_or(|known| known == place) => found = Some(place),
            Some(_) => return None,
            None if token.kind == TokenKind::Number && numbered.is_none() => numbered = word.parse().ok(),
            None if token.kind == TokenKind::Sign => {}
            None if CHOOSING.contains(&word.as_str()) => named = true,
            // «Первый раз», "first time" tell no place.
            None if matches!(word.as_str(), "time" | "час") && found == Some(Place::Any) => {}
            None if word == "раз" || denies(&word) => return None,
            None if is_light(&word) || is_answer_word(&word) => {}
            None => return None,
        }
    }
    // A number alone may be an hour: beside «вариант» it is a place.
    found.or(numbered.filter(|_| named).map(Place::Nth))
}

fn of_word(word: &str) -> Option<Place> {
    let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
    if !digits.is_empty() && ORDINAL_ENDS.contains(&word.trim_start_matches(digits).trim_start_matches('-')) {
        return digits.parse().ok().map(Place::Nth);
    }
    let stem = |&&(stem, ends, _): &&(&str, &str, Place)| {
        word.strip_prefix(stem).is_some_and(|end| ends.split(' ').any(|known| known == end))
    };
    PLACES.iter().find(stem).map(|&(_, _, place)| place)
}

/// What follows the digits of «1-й», "2nd".
const ORDINAL_ENDS: &[&str] = &["й", "ый", "ой", "я", "ая", "е", "ое", "st", "nd", "rd", "th"];

impl Run<'_> {
    /// The slots offered that a message may mean, with the place of what tells them; all that fit where several do.
    pub(super) fn slots_meant(&self, question: &Question, text: &str) -> (Vec<Slot>, Option<Span>) {
        // What was asked last is what «первый» counts: all slots, or those of a day.
        let shown = |slot: &&Slot| self.session.buttons.iter().any(|button| button.id == slot.id);
        let shown: Vec<&Slot> = question.slots.iter().filter(shown).collect();
        let all: Vec<&Slot> = question.slots.iter().collect();
        let offered = if shown.is_empty() { &all } else { &shown };
        if let Some(slot) = place(text).and_then(|place| place.of(offered)) {
            return (vec![Slot::clone(slot)], None);
        }
        if let Some((slots, span)) = self.numbered(offered, text).or_else(|| self.numbered(&all, text)) {
            return (slots.into_iter().cloned().collect(), Some(span));
        }
        let wishes = date::wishes(text, self.now, self.bot.zone());
        let fitting = self.fitting(offered, &wishes).or_else(|| self.fitting(&all, &wishes));
        if let Some((slots, span)) = fitting {
            let rest = without(text, &[span]);
            let picked = if slots.len() > 1 { place(&rest).and_then(|place| place.of(&slots)) } else { None };
            let meant = picked.map_or_else(|| slots.clone(), |slot| vec![slot]);
            return (meant.into_iter().cloned().collect(), Some(span));
        }
        (Vec::new(), None)
    }

    fn wall(&self, slot: &Slot) -> Option<DateTime> {
        Timestamp::parse(&slot.start).map(|t| t.in_zone(self.bot.zone()))
    }

    /// The slots that any of the wishes fits; where none does, those near the part of the day it names.
    fn fitting<'s>(&self, slots: &[&'s Slot], wishes: &[Wish]) -> Option<(Vec<&'s Slot>, Span)> {
        [0, PART_EDGE].into_iter().find_map(|edge| {
            let fits = |slot: &Slot| {
                let at = self.wall(slot)?;
                wishes.iter().find(|wish| fits(wish, at, edge)).map(|wish| wish.span)
            };
            let found: Vec<(&Slot, Span)> = slots.iter().filter_map(|s| Some((*s, fits(s)?))).collect();
            let span = found
                .iter()
                .map(|(_, span)| *span)
                .reduce(|a, b| Span::new(a.start.min(b.start), a.end.max(b.end)))?;
            Some((found.into_iter().map(|(slot, _)| slot).collect(), span))
        })
    }

    /// «8», «9го» and no other word of its own: a day of the month or a full hour, whichever was offered.
    fn numbered<'s>(&self, slots: &[&'s Slot], text: &str) -> Option<(Vec<&'s Slot>, Span)> {
        let mut numbers = tokens(text).filter(|t| t.text.starts_with(|c: char| c.is_ascii_digit()));
        let token = numbers.next().filter(|_| numbers.next().is_none())?;
        let digits = token.text.trim_end_matches(|c: char| !c.is_ascii_digit());
        let number: i8 = digits.parse().ok()?;
        let mut beside = tokens(text).filter(|t| t.kind == TokenKind::Word && t.span != token.span);
        let end = fold_word(token.text.trim_start_matches(digits));
        let (mut is_day, mut is_hour) = (DAY_ENDS.contains(&end.as_str()), false);
        let plain = beside.all(|t| {
            let word = fold_word(t.text);
            let ends = DAY_ENDS.contains(&word.as_str());
            is_day |= ends;
            is_hour |= HOUR_WORDS.contains(&word.as_str());
            let known = is_light(&word) || is_answer_word(&word) || CHOOSING.contains(&word.as_str());
            ends || known && !denies(&word)
        });
        let fits = |slot: &&&Slot| {
            self.wall(slot).is_some_and(|at| {
                let hour = at.minute() == 0 && (at.hour() == number || at.hour() == number + 12);
                at.day() == number && !is_hour || hour && !is_day
            })
        };
        let fitting: Vec<&Slot> = slots.iter().filter(fits).copied().collect();
        let known = plain && (end.is_empty() || is_day) && !fitting.is_empty();
        known.then_some((fitting, token.span))
    }

    /// Several slots are meant: the question again with those only. It is no failed answer.
    pub(super) fn narrows(&mut self) -> bool {
        let Some(question) = self.session.question().filter(|q| q.request.is_none()).cloned() else {
            return false;
        };
        let field = self.definition().field(&question.field).filter(|f| f.kind == FieldKind::Slot);
        let (Some(field), Some(heard)) = (field, &self.heard) else { return false };
        let (slots, _) = self.slots_meant(&question, heard.text);
        if heard.pressed.is_some() || slots.len() < 2 {
            return false;
        }
        self.matched.why.push(format!("several fit {}", question.field));
        self.ask(field, &Question { slots, ..question });
        true
    }
}

/// Minutes by which a part of the day may be missed: 17:30 is an evening to most.
const PART_EDGE: i64 = 60;

/// What stands before an hour and before no day.
const HOUR_WORDS: &[&str] = &["в", "о", "об", "к", "ко", "at", "by"];

/// What follows the digits of a day: «9го», «8-го», "9th".
const DAY_ENDS: &[&str] = &["го", "е", "ое", "числа", "число", "st", "nd", "rd", "th"];

/// Whether a slot at that time is as wished, `edge` minutes more or less for a part of the day.
fn fits(wish: &Wish, at: DateTime, edge: i64) -> bool {
    let on_day = wish.day.is_none_or(|day| day == at.date());
    let edge = if wish.precision == Precision::PartOfDay { edge } else { 0 };
    let from = wish.time.map(|time| time.saturating_sub(edge.minutes()));
    let until = wish.until.map(|time| time.saturating_add(edge.minutes()));
    let at: Time = at.time();
    on_day
        && match wish.precision {
            Precision::Day => true,
            Precision::Minute => wish.time == Some(at),
            _ => from.is_none_or(|from| from <= at) && until.is_none_or(|until| at <= until),
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_named_alone() {
        for (text, place_of) in [
            ("второй", Some(Place::Nth(2))),
            ("Давайте первый вариант", Some(Place::Nth(1))),
            ("1-й", Some(Place::Nth(1))),
            ("вариант 2", Some(Place::Nth(2))),
            ("the second one please", Some(Place::Nth(2))),
            ("2nd option", Some(Place::Nth(2))),
            ("третє", Some(Place::Nth(3))),
            ("другий варіант", Some(Place::Nth(2))),
            ("последнее, спасибо", Some(Place::Last)),
            ("останнє", Some(Place::Last)),
            ("the last one", Some(Place::Last)),
            ("любое", Some(Place::Any)),
            ("будь-який", Some(Place::Any)),
            ("any time", Some(Place::Any)),
            ("любое время", Some(Place::Any)),
            ("другой", None),
            ("второго", None),
            ("первый раз у вас", None),
            ("не первый", None),
            ("first time here", None),
            ("будь-який час", Some(Place::Any)),
            ("первый или второй", None),
            ("2", None),
            ("завтра", None),
            ("", None),
        ] {
            assert_eq!(place(text), place_of, "{text}");
        }
    }
}
