//! What a message says about time: expressions of a day and a time, not yet placed in the calendar.

use super::clock::{self, Sure, TimeSaid};
use super::day::{self, DaySaid};
use crate::extract::items::{Item, Kind, Number, items};
use crate::extract::lexicon::{Meaning, Part, Unit};
use crate::text::Span;
use crate::text::case::lowercase;

/// Whether a date was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Unasked,
    Asked,
}

/// Numbers that are looked at in one group; one with more is nothing that is read here.
const LONGEST_CLUSTER: usize = 4;

/// The most words and signs between a day and its time: «завтра, если можно, мне удобно в 15».
const FILLERS: usize = 6;

/// How many words apart a day and its time may stand.
const WORDS_APART: usize = 6;

/// A day, a time, or both, said in one breath.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said {
    pub(super) span: Span,
    pub(super) day: Option<DaySaid>,
    pub(super) time: Option<TimeSaid>,
    pub(super) part: Option<Part>,
}

/// The expressions of a text, in order.
pub(super) fn expressions(text: &str, mode: Mode) -> Vec<Said> {
    items(text, speaks_of_time).map(|items| expressions_in(&items, mode)).unwrap_or_default()
}

/// The expressions of a text that is read already.
pub(super) fn expressions_in(items: &[Item<'_>], mode: Mode) -> Vec<Said> {
    let view = View { items, mode };
    let mut out = Vec::new();
    let mut at = 0;
    while at < items.len() {
        let instead = |before| items.get(before).is_some_and(|item: &Item<'_>| item.text == "instead");
        let denied = match view.meaning(at) {
            Some(Meaning::Not) => !matches!(view.meaning(at + 1), Some(Meaning::Sooner | Meaning::Later)),
            Some(Meaning::Of) => at.checked_sub(1).is_some_and(instead),
            Some(Meaning::From) => view.moves_from(at),
            _ => false,
        };
        let start = at + usize::from(denied);
        match view.expression(start, denied) {
            Some((said, next)) => {
                if !denied && view.counts(&said, start, next) && !view.is_not_meant(&said, start, next) {
                    out.push(said);
                }
                at = next.max(at + 1);
            }
            None => at += 1,
        }
    }
    out
}

/// Words without which, and without a number, a text holds no date.
pub(in crate::extract) fn speaks_of_time(meaning: Meaning) -> bool {
    use Meaning::*;
    matches!(
        meaning,
        Day(_)
            | Tonight
            | Weekday { .. }
            | Part(_)
            | PartName(_)
            | HalfBefore(_)
            | Half
            | Noon
            | Weekend
            | Unit(_)
            | Month(_)
    )
}

/// The items of a text with the questions that the readers ask of them.
#[derive(Clone, Copy)]
pub(super) struct View<'a, 't> {
    items: &'a [Item<'t>],
    pub(super) mode: Mode,
}

impl<'a, 't> View<'a, 't> {
    pub(super) fn item(&self, at: usize) -> Option<&'a Item<'t>> {
        self.items.get(at)
    }

    pub(super) fn meaning(&self, at: usize) -> Option<Meaning> {
        match self.item(at)?.kind {
            Kind::Word(meaning) => Some(meaning),
            _ => None,
        }
    }

    pub(super) fn is(&self, at: usize, meaning: Meaning) -> bool {
        self.meaning(at) == Some(meaning)
    }

    pub(super) fn number(&self, at: usize) -> Option<Number> {
        match self.item(at)?.kind {
            Kind::Number(number) => Some(number),
            _ => None,
        }
    }

    /// A number that is typed or said as a plain count.
    pub(super) fn cardinal(&self, at: usize) -> Option<Number> {
        self.number(at).filter(|n| !n.ordinal)
    }

    pub(super) fn sign(&self, at: usize) -> Option<char> {
        match self.item(at)?.kind {
            Kind::Sign(c) => Some(c),
            _ => None,
        }
    }

    pub(super) fn glued(&self, at: usize) -> bool {
        self.item(at).is_some_and(|item| item.glued)
    }

    pub(super) fn unit(&self, at: usize) -> Option<Unit> {
        match self.meaning(at)? {
            Meaning::Unit(unit) => Some(unit),
            Meaning::PartOf(Part::Day) => Some(Unit::Day), // «3 дня»
            _ => None,
        }
    }

    /// The place after a word that may stand there.
    pub(super) fn past(&self, at: usize, meaning: Meaning) -> usize {
        at + usize::from(self.is(at, meaning))
    }

    /// The place after up to three words such as «где-то», «около».
    pub(super) fn past_abouts(&self, at: usize) -> usize {
        (at..at + 3).find(|&at| !self.is(at, Meaning::About)).unwrap_or(at + 3)
    }

    /// The place after the full stop of an abbreviation such as «дек.».
    pub(super) fn past_stop(&self, at: usize) -> usize {
        let inside = self.sign(at) == Some('.') && self.glued(at) && self.item(at + 1).is_some();
        at + usize::from(inside)
    }

    /// Numbers glued by signs (25.12.2026, 15:30), with the signs between them.
    pub(super) fn cluster(&self, at: usize) -> Option<Cluster> {
        let first = self.cardinal(at).filter(|n| n.digits > 0)?;
        let mut cluster = Cluster { numbers: [first; 3], signs: [' '; 2], len: 1, next: at + 1 };
        while cluster.len <= LONGEST_CLUSTER {
            let glued = self.glued(cluster.next) && self.glued(cluster.next + 1);
            let (Some(sign), Some(number)) = (self.sign(cluster.next), self.number(cluster.next + 1)) else {
                break;
            };
            if !glued || !matches!(sign, '.' | ':' | '/' | '-' | ',') || number.digits == 0 {
                break;
            }
            if let Some(slot) = cluster.numbers.get_mut(cluster.len) {
                *slot = number;
            }
            if let Some(slot) = cluster.signs.get_mut(cluster.len - 1) {
                *slot = sign;
            }
            cluster.len += 1;
            cluster.next += 2;
        }
        Some(cluster)
    }

    /// Whether what stands here does not turn the number before it into a count, a price or a size.
    pub(super) fn lets_number_be(&self, at: usize) -> bool {
        let Some(item) = self.item(at) else { return true };
        match item.kind {
            Kind::Number(_) => self.mode == Mode::Asked,
            Kind::Other => self.mode == Mode::Asked || reads_as_verb(item.text),
            Kind::Sign(c) => {
                !(matches!(c, '%' | '$' | '€' | '₴' | '₽' | '°' | '+' | '*' | '=') || c == '/' && item.glued)
            }
            Kind::Word(meaning) => !matches!(
                meaning,
                Meaning::Power(_)
                    | Meaning::Hundred
                    | Meaning::Currency(_)
                    | Meaning::Counted
                    | Meaning::Label
                    | Meaning::Unit(_)
                    | Meaning::Month(_)
            ),
        }
    }

    /// Whether what stands here makes the number before it something else in any case.
    pub(super) fn forbids_number(&self, at: usize) -> bool {
        !matches!(self.item(at).map(|i| i.kind), Some(Kind::Other | Kind::Number(_)))
            && !self.lets_number_be(at)
    }

    /// Whether what stands here is counted by the number before it: «5 гостей», «2 букета».
    pub(super) fn counts_things(&self, number: i8, at: usize) -> bool {
        const MANY: [&str; 6] = ["ов", "ев", "ей", "ых", "их", "ів"];
        const FEW: [&str; 5] = ["а", "я", "ы", "и", "і"];
        let Some(Item { text, kind: Kind::Other, .. }) = self.item(at) else { return false };
        let ends = |ends: &[&str]| ends.iter().any(|end| text.ends_with(end));
        let name = text.starts_with(char::is_uppercase);
        !name && !reads_as_verb(text) && (ends(&MANY) || matches!(number, 2..=4 | 22..=24) && ends(&FEW))
    }

    /// Whether nothing in the same breath stands before this place.
    pub(super) fn begins_clause(&self, at: usize) -> bool {
        at.checked_sub(1).is_none_or(|before| self.sign(before).is_some())
    }

    /// «запишите на 4»: a verb or the like, where a thing would have the number count («столик на 4»).
    pub(super) fn follows_verb(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.item(before));
        before.is_some_and(|item| match item.kind {
            Kind::Word(meaning) => matches!(meaning, Meaning::Follower | Meaning::And | Meaning::Part(_)),
            Kind::Other => reads_as_verb(item.text),
            _ => false,
        })
    }

    /// Whether the number here carries a label, as in «версия 12.03», «№ 5», "$12.05".
    pub(super) fn labelled(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).and_then(|at| self.item(at)) else { return false };
        match before.kind {
            Kind::Sign(c) => {
                matches!(c, '№' | '#' | '$' | '€' | '₴' | '₽' | '+')
                    || (matches!(c, '.' | '/' | ':' | '-' | '_' | '=') && before.glued && self.glued(at))
            }
            Kind::Word(meaning) => matches!(meaning, Meaning::Label | Meaning::Currency(_) | Meaning::Price),
            Kind::Other => self.glued(at),
            Kind::Number(_) => false,
        }
    }

    /// The expression that begins here; of a denied one («не завтра, в пятницу») only the first part.
    fn expression(&self, start: usize, denied: bool) -> Option<(Said, usize)> {
        let mut said = Said { span: Span::new(0, 0), day: None, time: None, part: None };
        let (mut at, mut end, mut first) = (start, start, None);
        while let Some((from, next)) = self.component(at, &mut said) {
            first.get_or_insert(from);
            end = next;
            at = self.filler(next);
            if denied && (at > next || day::day(self, at).is_some()) {
                break;
            }
        }
        let (first, last) = (self.item(first?)?, self.item(end.checked_sub(1)?)?);
        said.span = Span::new(first.span.start, last.span.end);
        let apart = if denied { None } else { self.apart(end, &mut said) };
        Some((said, apart.unwrap_or(end)))
    }

    /// Reads one more part of the expression; the place where it begins and the one after it.
    fn component(&self, at: usize, said: &mut Said) -> Option<(usize, usize)> {
        // «завтра могу, в пятницу нет» names two days, «завтра, в пятницу» one
        let follows_word = at.checked_sub(1).is_some_and(|last| self.is(last, Meaning::Follower))
            || at.checked_sub(2).is_some_and(|last| self.is(last, Meaning::Follower));
        if let Some((day, next)) = day::day(self, at)
            && (said.day.is_none() || !follows_word)
            && let Some(day) = DaySaid::with(said.day, day)
            && !(said.time.is_some() && matches!(day, DaySaid::Moment { .. }))
        {
            said.day = Some(day);
            return Some((at, next));
        }
        if said.time.is_none()
            && !matches!(said.day, Some(DaySaid::Moment { .. }))
            && let Some((time, next)) = clock::time(self, at, said.day.is_some())
            && (time.sure > Sure::AfterDay || said.day.is_some() || self.mode == Mode::Asked)
        {
            said.time = Some(time);
            return Some((at, next));
        }
        if said.part.is_none()
            && let Some((part, next)) = clock::part(self, at, said.day.is_some())
        {
            said.part = Some(part);
            return Some((at, next));
        }
        None
    }

    /// A time that belongs to the day some words before it, or a day to a time: «завтра хочу на стрижку в 15:00».
    /// The span stays that of the first part, so that the words between are not taken for the date.
    fn apart(&self, from: usize, said: &mut Said) -> Option<usize> {
        let (day, time) = (said.day.is_some(), said.time.is_some() || said.part.is_some());
        if day == time || said.day == Some(DaySaid::Behind) {
            return None;
        }
        for at in from..from + WORDS_APART {
            if day
                && let Some((found, next)) =
                    clock::time(self, at, false).filter(|(t, _)| t.sure == Sure::Alone)
            {
                let own_day = day::day(self, self.filler(next)).is_some();
                return (!own_day).then(|| {
                    said.time = Some(found);
                    clock::part(self, next, true).map_or(next, |(part, next)| {
                        said.part = Some(part);
                        next
                    })
                });
            }
            let (found_day, found_part) = (day::day(self, at), clock::part(self, at, false));
            if day && let Some((part, next)) = found_part {
                said.part = Some(part);
                return Some(next);
            }
            if let Some((found, next)) = found_day {
                let free = !day && !matches!(found, DaySaid::Moment { .. });
                let own_time = clock::time(self, self.filler(next), true).is_some();
                return (free && !own_time).then(|| {
                    said.day = Some(found);
                    next
                });
            }
            match self.item(at)?.kind {
                Kind::Sign(',') if day => {}
                Kind::Sign(_) | Kind::Number(_) | Kind::Word(Meaning::And | Meaning::Not) => return None,
                Kind::Word(_) | Kind::Other => {}
            }
        }
        None
    }

    /// The place after what may stand between a day and a time.
    fn filler(&self, at: usize) -> usize {
        let mut at = at;
        for _ in 0..FILLERS {
            let skipped = match self.item(at).map(|item| item.kind) {
                Some(Kind::Sign(',' | '(' | ')')) => true,
                Some(Kind::Sign('-')) => !self.glued(at) || self.meaning(at + 1) == Some(Meaning::About),
                Some(Kind::Word(Meaning::About | Meaning::Article | Meaning::Follower)) => true,
                _ => false,
            };
            if !skipped {
                break;
            }
            at += 1;
        }
        at
    }

    fn counts(&self, said: &Said, start: usize, end: usize) -> bool {
        let before = start.checked_sub(1).and_then(|at| self.meaning(at));
        let ago = self.is(end, Meaning::Past) && !matches!(said.day, Some(DaySaid::Moment { .. }));
        if matches!(before, Some(Meaning::Every | Meaning::Past)) || ago {
            return false;
        }
        match (said.day, said.time) {
            (Some(DaySaid::Behind), _) => false,
            (Some(_), _) => true,
            (None, Some(time)) => time.sure == Sure::Alone || self.mode == Mode::Asked,
            (None, None) => said.part.is_some(),
        }
    }
}

/// A Russian or Ukrainian verb after a number: the number counts no things, for those stand in the genitive.
fn reads_as_verb(word: &str) -> bool {
    const ENDS: [&str; 11] = ["ете", "ите", "йте", "єте", "іть", "ться", "тись", "тися", "ать", "ить", "ешь"];
    let lower = lowercase(word);
    ENDS.iter().any(|end| lower.ends_with(end))
}

/// See [`View::cluster`]; longer ones than a date have keep their first three numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cluster {
    numbers: [Number; 3],
    signs: [char; 2],
    pub(super) len: usize,
    pub(super) next: usize,
}

impl Cluster {
    pub(super) fn one(&self) -> Option<Number> {
        let [one, ..] = self.numbers;
        (self.len == 1).then_some(one)
    }

    pub(super) fn two(&self) -> Option<(Number, char, Number)> {
        let ([one, two, _], [sign, _]) = (self.numbers, self.signs);
        (self.len == 2).then_some((one, sign, two))
    }

    /// Three numbers with the same sign between them.
    pub(super) fn three(&self) -> Option<(Number, Number, Number, char)> {
        let ([one, two, three], [a, b]) = (self.numbers, self.signs);
        (self.len == 3 && a == b).then_some((one, two, three, a))
    }
}
