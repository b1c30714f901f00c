//! Times of day as people say them.

use super::read::{Cluster, Mode, View};
use crate::extract::items::Number;
use crate::extract::lexicon::{Meaning, Part, Unit};
use crate::text::case::lowercase;

/// A time of day, not yet settled between morning and evening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TimeSaid {
    pub(super) shape: Shape,
    pub(super) sure: Sure,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    At(Hour),
    Between(Hour, Hour),
    After(Hour),
    Until(Hour),
}

/// An hour as said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hour {
    pub(super) hour: i8,
    pub(super) minute: i8,
    pub(super) half: HalfOfDay,
}

/// What was said about the half of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HalfOfDay {
    /// Nothing.
    Unsaid,
    /// It is as written: 15:00, 03:30.
    Written,
    /// A part of the day stands beside it.
    Part(Part),
    Am,
    Pm,
}

/// What a time needs to be taken for one when nobody asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sure {
    /// A day before it: before a day or alone it counts something.
    AfterDay,
    /// A day beside it.
    WithDay,
    Alone,
}

/// How an hour was spelt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Spelt {
    /// «3»
    Bare,
    /// «15.00», «15-00», «15 00»
    Dotted,
    /// «3 часа»
    Hours,
    /// «15:00», «3 дня», "3pm", «полтретьего»
    Clearly,
}

/// A time that begins here, with its prepositions.
pub(super) fn time(view: &View, at: usize, after_day: bool) -> Option<(TimeSaid, usize)> {
    let at = at + usize::from(view.unit(at) == Some(Unit::Hour) && is_hour_cue(view.meaning(at + 1))); // «часов в пять»
    let cue = view.meaning(at);
    let start = match cue {
        Some(Meaning::Not) if view.is(at + 1, Meaning::Sooner) => {
            let (hour, spelt, next) = hour(view, view.past_abouts(at + 2), true)?;
            return bounded(view, Shape::After(hour), spelt, next);
        }
        Some(Meaning::Not) if view.is(at + 1, Meaning::Later) => {
            let (hour, spelt, next) = hour(view, view.past_abouts(at + 2), true)?;
            return bounded(view, Shape::Until(hour), spelt, next);
        }
        Some(
            Meaning::At
            | Meaning::On
            | Meaning::By
            | Meaning::From
            | Meaning::Since
            | Meaning::To
            | Meaning::After
            | Meaning::Before
            | Meaning::About,
        ) => view.past_abouts(at + 1),
        _ => at,
    };
    let cue = cue.filter(|_| start > at);
    if view.labelled(start) || counts_days(view, cue, start) {
        return None;
    }
    let (first, spelt, next) = match one_o_clock(view, start) {
        Some(found) if after_day && cue == Some(Meaning::At) => found,
        _ => hour(view, start, cue.is_some() || after_day)?,
    };
    if let Some((last, second, end)) = end_of_range(view, next, cue, spelt) {
        let spelt = spelt.max(second);
        let cue_fits = match cue {
            Some(Meaning::From) => true,
            Some(Meaning::At | Meaning::By | Meaning::About | Meaning::On) => {
                spelt > Spelt::Bare || after_day
            }
            Some(Meaning::Since) => spelt > Spelt::Dotted,
            _ => spelt > Spelt::Dotted,
        };
        if view.forbids_number(end) {
            return None;
        }
        let alone = cue_fits && view.lets_number_be(end) || spelt == Spelt::Clearly;
        let sure = if alone { Sure::Alone } else { Sure::WithDay };
        return Some((TimeSaid { shape: Shape::Between(first, last), sure }, end));
    }
    match cue {
        Some(Meaning::From | Meaning::After) => bounded(view, Shape::After(first), spelt, next),
        Some(Meaning::Since) => {
            let (said, next) = bounded(view, Shape::After(first), spelt, next)?;
            Some((
                TimeSaid { sure: if spelt == Spelt::Clearly { said.sure } else { Sure::WithDay }, ..said },
                next,
            ))
        }
        Some(Meaning::To | Meaning::Before) => {
            let (said, next) = bounded(view, Shape::Until(first), spelt, next)?;
            // English "to 4" is a bound only beside a beginning or a day; "until 4" stands alone
            let weak = spelt < Spelt::Clearly && view.item(at)?.text.eq_ignore_ascii_case("to");
            Some((TimeSaid { sure: if weak { Sure::WithDay } else { said.sure }, ..said }, next))
        }
        _ => at_hour(view, at, cue, (first, spelt), next),
    }
}

/// «на 3 дня», «2 ночи», «на 2-3 ночі»: a stay; «в 3 ночи», «на 5 дня» are times, for five days are «дней».
fn counts_days(view: &View, cue: Option<Meaning>, at: usize) -> bool {
    let is_range = view.sign(at + 1) == Some('-') && view.cardinal(at + 2).is_some();
    let last = if is_range { at + 2 } else { at };
    let few = view.cardinal(last).is_some_and(|n| (2..=4).contains(&n.value));
    let on = cue == Some(Meaning::On) || at.checked_sub(1).is_some_and(|before| view.is(before, Meaning::On));
    match view.meaning(last + 1) {
        Some(Meaning::PartOf(Part::Day)) => few && on,
        Some(Meaning::PartOf(Part::Night)) => few && (on || cue.is_none()),
        _ => false,
    }
}

fn is_hour_cue(meaning: Option<Meaning>) -> bool {
    matches!(meaning, Some(Meaning::At | Meaning::On | Meaning::By | Meaning::To | Meaning::After))
}

/// «в час» beside a day; alone it may be «per hour».
fn one_o_clock(view: &View, at: usize) -> Option<(Hour, Spelt, usize)> {
    let bare = view.item(at)?.text == "час" && half_of_day(view, at + 1).is_none();
    bare.then_some((Hour { hour: 1, minute: 0, half: HalfOfDay::Unsaid }, Spelt::Hours, at + 1))
}

/// «утром», «в обед», «после обеда», "in the morning"; beside a day also «завтра вечер», "tomorrow morning".
pub(super) fn part(view: &View, at: usize, after_day: bool) -> Option<(Part, usize)> {
    let greeting = at.checked_sub(1).and_then(|before| view.item(before)).is_some_and(|item| {
        let word = crate::text::fold_word(item.text);
        word.starts_with("добр") || word == "good"
    });
    if greeting {
        return None;
    }
    let start = view.past(at + 1, Meaning::Article);
    if let Some(found) = half_of_daylight(view, at) {
        return Some(found);
    }
    match (view.meaning(at)?, view.meaning(start)) {
        (Meaning::Part(part), _) => Some((part, at + 1)),
        (Meaning::At | Meaning::In | Meaning::By | Meaning::On, Some(Meaning::PartName(part))) => {
            Some((part, start + 1))
        }
        (Meaning::To | Meaning::Before, Some(Meaning::PartName(Part::Lunch))) => {
            Some((Part::Morning, start + 1))
        }
        (Meaning::After, Some(Meaning::PartName(Part::Lunch))) => Some((Part::Day, start + 1)),
        (Meaning::After, Some(Meaning::Work)) => Some((Part::Evening, start + 1)),
        (Meaning::Through, Some(Meaning::PartName(Part::Lunch))) => Some((Part::Day, start + 1)), // «по обіді»
        (Meaning::From, Some(Meaning::PartOf(part))) if after_day || part != Part::Day => {
            Some((part, start + 1))
        }
        (Meaning::By | Meaning::After, Some(Meaning::PartOf(Part::Evening))) => {
            Some((Part::Evening, start + 1))
        }
        (Meaning::PartName(part) | Meaning::PartOf(part), _) if after_day || view.mode == Mode::Asked => {
            Some((part, at + 1))
        }
        (Meaning::PartName(part), Some(Meaning::Day(0..))) => Some((part, at + 1)),
        _ => None,
    }
}

/// «в первой половине дня».
fn half_of_daylight(view: &View, at: usize) -> Option<(Part, usize)> {
    let at = view.past(view.past(at, Meaning::At), Meaning::On);
    let half = view.number(at).filter(|n| n.ordinal)?;
    let said = view.is(at + 1, Meaning::Half) && view.is(at + 2, Meaning::PartOf(Part::Day));
    let part = if half.value == 1 { Part::Morning } else { Part::Day };
    said.then_some((part, at + 3))
}

fn bounded(view: &View, shape: Shape, spelt: Spelt, next: usize) -> Option<(TimeSaid, usize)> {
    if view.forbids_number(next) {
        return None;
    }
    let sure = if spelt >= Spelt::Hours || view.lets_number_be(next) { Sure::Alone } else { Sure::WithDay };
    Some((TimeSaid { shape, sure }, next))
}

fn at_hour(
    view: &View,
    at: usize,
    cue: Option<Meaning>,
    (hour, spelt): (Hour, Spelt),
    next: usize,
) -> Option<(TimeSaid, usize)> {
    let clear = view.lets_number_be(next);
    if spelt < Spelt::Hours && view.forbids_number(next) {
        return None;
    }
    if spelt == Spelt::Bare && cue == Some(Meaning::On) && view.counts_things(hour.hour, next) {
        return None;
    }
    let sure = match (spelt, cue) {
        (Spelt::Clearly, _) => Sure::Alone,
        (Spelt::Hours, Some(Meaning::At | Meaning::By)) => Sure::Alone,
        // «на 2 часа» is a length, «на 16 часов» a time; so is «15 ч», while «2 часа» is not
        (Spelt::Hours, Some(Meaning::On)) if hour.hour > 8 => Sure::Alone,
        (Spelt::Hours, None) if (9..=21).contains(&hour.hour) && clear => Sure::Alone,
        (Spelt::Hours, _) => Sure::WithDay,
        (Spelt::Dotted, Some(_)) => Sure::Alone,
        (Spelt::Bare, Some(Meaning::At | Meaning::By)) if clear => Sure::Alone,
        (Spelt::Bare, None) if !clear => return None,
        (Spelt::Bare, None) if !view.begins_clause(at) => Sure::AfterDay,
        (Spelt::Bare, Some(Meaning::On)) if !view.begins_clause(at) && !view.follows_verb(at) => {
            Sure::AfterDay
        }
        _ => Sure::WithDay,
    };
    Some((TimeSaid { shape: Shape::At(hour), sure }, next))
}

/// «до 18», «- 18», "to 6pm" after the first hour of a range.
fn end_of_range(view: &View, at: usize, cue: Option<Meaning>, first: Spelt) -> Option<(Hour, Spelt, usize)> {
    let joined = match view.meaning(at) {
        Some(Meaning::To | Meaning::Through) => true,
        Some(Meaning::And) => cue == Some(Meaning::From), // "between 2 and 4"
        _ => view.sign(at) == Some('-'),
    };
    if !joined {
        return None;
    }
    let (hour, spelt, next) = hour(view, view.past_abouts(at + 1), first == Spelt::Dotted)?;
    Some((hour, spelt, next))
}

/// The hour itself: «15:30», «3 часа дня», «полтретьего», «без четверти три», "half past two", "3 p.m.".
fn hour(view: &View, at: usize, cued: bool) -> Option<(Hour, Spelt, usize)> {
    if let Some(found) = idiom(view, at) {
        return Some(found);
    }
    let (hour, minute, spelt, next) = digits(view, at, cued).or_else(|| words(view, at))?;
    if !(0..=24).contains(&hour) || !(0..60).contains(&minute) {
        return None;
    }
    let written = hour > 12 || hour == 0 || (view.item(at)?.text.starts_with('0') && spelt != Spelt::Bare);
    let unsaid = if written { HalfOfDay::Written } else { HalfOfDay::Unsaid };
    let (half, end) = half_of_day(view, next).map_or((unsaid, next), |(half, end)| (half, end));
    if half != unsaid && hour > 12 {
        // «15 дня» is no hour of a clock, «18:00 вечера» is
        return (spelt > Spelt::Bare).then_some((
            Hour { hour, minute, half: HalfOfDay::Written },
            spelt,
            end,
        ));
    }
    let three_days = half == HalfOfDay::Part(Part::Day) && spelt == Spelt::Bare && !cued;
    if three_days {
        return None;
    }
    let spelt = if end > next { Spelt::Clearly } else { spelt };
    Some((Hour { hour: hour % 24, minute, half }, spelt, end))
}

type Digits = (i8, i8, Spelt, usize);

fn digits(view: &View, at: usize, cued: bool) -> Option<Digits> {
    let cluster = view.cluster(at)?;
    if let Some(one) = cluster.one() {
        return if one.digits <= 2 { bare(view, one, at, cued) } else { None };
    }
    if let Some((hour, minute, _, ':')) = cluster.three() {
        return written(hour, minute, Spelt::Clearly, cluster.next);
    }
    if let Some(found) = pair_of_clocks(view, &cluster, at) {
        return Some(found);
    }
    let (hour, sign, minute) = cluster.two()?;
    match sign {
        ':' => written(hour, minute, Spelt::Clearly, cluster.next),
        // «10-18» is a stretch, «15-00» and «15-20» are a time
        '-' if minute.value % 5 != 0 || minute.digits != 2 => {
            small(hour).map(|h| (h, 0, Spelt::Bare, at + 1))
        }
        '.' | '-' => written(hour, minute, Spelt::Dotted, cluster.next),
        _ => None,
    }
}

/// «10:00-18:00» and «10.00-12.00»: the first clock of the two.
fn pair_of_clocks(view: &View, cluster: &Cluster, at: usize) -> Option<Digits> {
    if cluster.len < 3 || view.sign(at + 1) == Some('-') && view.sign(at + 3) != Some(':') {
        return None;
    }
    let sign = view.sign(at + 1)?;
    if sign == '-' {
        return small(view.number(at)?).map(|h| (h, 0, Spelt::Bare, at + 1)); // «9-10:30»
    }
    let dash = view.sign(at + 3) == Some('-') && cluster.len <= 4;
    let spelt = if sign == ':' { Spelt::Clearly } else { Spelt::Dotted };
    if !dash || !matches!(sign, ':' | '.') {
        return None;
    }
    written(view.number(at)?, view.number(at + 2)?, spelt, at + 3)
}

fn written(hour: Number, minute: Number, spelt: Spelt, next: usize) -> Option<Digits> {
    let minute = small(minute).filter(|_| minute.digits == 2)?;
    Some((small(hour).filter(|_| hour.digits <= 2)?, minute, spelt, next))
}

fn small(number: Number) -> Option<i8> {
    i8::try_from(number.value).ok()
}

/// «15», «15 ч», «15 ч 30 мин», «15 30».
fn bare(view: &View, hour: Number, at: usize, cued: bool) -> Option<Digits> {
    let hour = small(hour)?;
    if view.unit(at + 1) == Some(Unit::Hour) || is_short_hour(view, at + 1) {
        return Some(with_minutes(view, hour, at + 2));
    }
    if let Some(minute) = view.cardinal(at + 1)
        && minute.digits == 2
        && (cued || view.mode == Mode::Asked)
        && !view.glued(at + 1)
        && minute.value < 60
        && view.cluster(at + 1).is_some_and(|cluster| cluster.len == 1)
        && view.lets_number_be(at + 2)
    {
        return Some((hour, small(minute)?, Spelt::Dotted, at + 2));
    }
    Some((hour, 0, Spelt::Bare, at + 1))
}

/// Ukrainian «15 год.», which spells a Russian year.
fn is_short_hour(view: &View, at: usize) -> bool {
    view.item(at).is_some_and(|item| item.text == "год") && view.unit(at) == Some(Unit::Year)
}

fn with_minutes(view: &View, hour: i8, at: usize) -> Digits {
    let at = view.past_stop(at);
    if let Some(minute) = view.cardinal(at).and_then(small)
        && view.unit(at + 1) == Some(Unit::Minute)
    {
        return (hour, minute, Spelt::Hours, at + 2);
    }
    (hour, 0, Spelt::Hours, at)
}

/// «три», «три часа», «о третій», «пять тридцать», «час дня».
fn words(view: &View, at: usize) -> Option<Digits> {
    if view.unit(at) == Some(Unit::Hour) {
        let hour = half_of_day(view, at + 1).is_some() || view.mode == Mode::Asked;
        return hour.then_some((1, 0, Spelt::Hours, at + 1));
    }
    if view.is(at + 1, Meaning::Half) {
        return None; // «на першу половину дня»
    }
    let number = view.number(at).filter(|n| (n.digits == 0 || n.ordinal) && !is_collective(view, at))?;
    let hour = small(number)?;
    if number.ordinal && !is_feminine(view.item(at)?.text) {
        return None; // «о третій», not «третьего»
    }
    if view.unit(at + 1) == Some(Unit::Hour) {
        return Some(with_minutes(view, hour, at + 2));
    }
    if let Some(minute) = view.cardinal(at + 1)
        && minute.digits == 0
        && (10..60).contains(&minute.value)
    {
        return Some((hour, small(minute)?, Spelt::Hours, at + 2));
    }
    Some((hour, 0, Spelt::Bare, at + 1))
}

/// «двое», «на двоих», «двох»: a count of people, never an hour.
fn is_collective(view: &View, at: usize) -> bool {
    let ends = |item: &crate::extract::items::Item| {
        ["ое", "оих", "ро", "рых", "ох"].iter().any(|end| item.text.ends_with(end))
    };
    view.number(at).is_some_and(|n| !n.ordinal) && view.item(at).is_some_and(ends)
}

/// «третій», «третю», «15-й», «11ту»: an ordinal that agrees with the hour.
pub(super) fn is_feminine(ordinal: &str) -> bool {
    let lower = lowercase(ordinal);
    let typed = lower.starts_with(|c: char| c.is_ascii_digit());
    let ends: &[&str] =
        if typed { &["й", "ту", "та", "ї", "ій"] } else { &["ій", "у", "ої", "ю", "а", "я"] };
    ends.iter().any(|end| lower.ends_with(end))
}

/// «полтретьего», «половина третьего», «пів на третю», «четверть третьего», «без пяти три», "half past two".
fn idiom(view: &View, at: usize) -> Option<(Hour, Spelt, usize)> {
    let (hour, minute, next) = match view.meaning(at) {
        Some(Meaning::Noon) => {
            let noon = Hour { hour: 12, minute: 0, half: HalfOfDay::Written };
            return Some((noon, Spelt::Clearly, at + 1));
        }
        Some(Meaning::HalfBefore(hour)) => (i8::try_from(hour).ok()? - 1, 30, at + 1),
        Some(Meaning::Half) if view.is(at + 1, Meaning::PastHour) => {
            (small(view.cardinal(at + 2)?)?, 30, at + 3)
        }
        Some(Meaning::Half) if view.item(at)?.text == "half" => (small(view.cardinal(at + 1)?)?, 30, at + 2),
        Some(Meaning::Quarter) if view.is(at + 1, Meaning::PastHour) => {
            (small(view.cardinal(at + 2)?)?, 15, at + 3)
        }
        Some(Meaning::Quarter) if view.is(at + 1, Meaning::To) => {
            (small(view.cardinal(at + 2)?)? - 1, 45, at + 3)
        }
        Some(Meaning::Half) => (
            ordinal_hour(view, view.past(at + 1, Meaning::On))? - 1,
            30,
            at + 2 + usize::from(view.is(at + 1, Meaning::On)),
        ),
        Some(Meaning::Quarter) => (
            ordinal_hour(view, view.past(at + 1, Meaning::On))? - 1,
            15,
            at + 2 + usize::from(view.is(at + 1, Meaning::On)),
        ),
        Some(Meaning::Without | Meaning::Within) => {
            let (minutes, next) = match view.meaning(at + 1) {
                Some(Meaning::Quarter) => (15, at + 2),
                _ => (small(view.cardinal(at + 1)?)?, at + 2),
            };
            let next = next + usize::from(view.unit(next) == Some(Unit::Minute));
            let hour = view.number(next).filter(|n| n.digits <= 2).and_then(small)?;
            if view.is(at, Meaning::Within) && !view.number(next)?.ordinal {
                return None; // «за чверть третя»; «за 5 минут 3 заказа» is none
            }
            (hour - 1, 60 - minutes, next + 1)
        }
        _ => return None,
    };
    if !(0..=12).contains(&hour) || !(1..60).contains(&minute) {
        return None;
    }
    let (half, end) = half_of_day(view, next).unwrap_or((HalfOfDay::Unsaid, next));
    let hour = if hour == 0 { 12 } else { hour };
    Some((Hour { hour, minute, half }, Spelt::Clearly, end))
}

fn ordinal_hour(view: &View, at: usize) -> Option<i8> {
    view.number(at).filter(|n| n.ordinal && (1..=12).contains(&n.value)).and_then(small)
}

/// «дня», "pm", "p.m.", "in the evening".
fn half_of_day(view: &View, at: usize) -> Option<(HalfOfDay, usize)> {
    match view.meaning(at) {
        Some(Meaning::PartOf(part)) => return Some((HalfOfDay::Part(part), at + 1)),
        Some(Meaning::HalfDay { pm }) => {
            return Some((if pm { HalfOfDay::Pm } else { HalfOfDay::Am }, at + 1));
        }
        Some(Meaning::In | Meaning::At) => {
            let name = view.past(at + 1, Meaning::Article);
            if let Some(Meaning::PartName(part)) = view.meaning(name) {
                return Some((HalfOfDay::Part(part), name + 1));
            }
        }
        Some(Meaning::PartName(Part::Lunch) | Meaning::Noon) => {
            return Some((HalfOfDay::Part(Part::Lunch), at + 1));
        } // "12 noon"
        _ => {}
    }
    let letter = view.item(at)?.text;
    let dotted = view.sign(at + 1) == Some('.') && view.item(at + 2)?.text.eq_ignore_ascii_case("m");
    let half = match letter {
        "p" | "P" => HalfOfDay::Pm,
        "a" | "A" => HalfOfDay::Am,
        _ => return None,
    };
    dotted.then_some((half, at + 3 + usize::from(view.sign(at + 3) == Some('.'))))
}
