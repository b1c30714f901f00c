//! Distances from now: «через 3 дня», «часа через два», "in half an hour", «за тиждень».

use super::day::DaySaid;
use super::read::View;
use crate::extract::lexicon::{Meaning, Unit};

/// A distance that begins here.
pub(super) fn ahead(view: &View, at: usize) -> Option<(DaySaid, usize)> {
    if let Some(found) = unit_first(view, at) {
        return Some(found);
    }
    if let Some(found) = from_a_day(view, at) {
        return Some(found);
    }
    let ukrainian = match view.meaning(at)? {
        Meaning::In => false,
        Meaning::Within => true,
        _ => return None,
    };
    let start = view.past(view.past_abouts(at + 1), Meaning::Article);
    let coming = view.past(start, Meaning::Next); // "in the next two days"
    let counted = count(view, coming).filter(|count| count.next > coming);
    let (start, count) = match counted {
        Some(count) => (coming, count),
        None => (start, count(view, start)?),
    };
    let unit = view.unit(count.next)?;
    if ukrainian && !ukrainian_term(view.item(count.next)?.text, count.next == start) {
        return None;
    }
    // «через день» is every other day as well
    let about = count.about || (count.next == start && unit == Unit::Day);
    let (halves, next) = and_a_half(view, count.next + 1, count.halves);
    Some((said(Count { about, halves, ..count }, unit), view.past_stop(next)))
}

/// «час с половиной», "an hour and a half": the halves with that one, and the place after it.
fn and_a_half(view: &View, at: usize, halves: i64) -> (i64, usize) {
    let half = view.past(at + 1, Meaning::Article);
    let joined =
        matches!(view.meaning(at), Some(Meaning::And | Meaning::From)) && view.is(half, Meaning::Half);
    if joined { (halves + 1, half + 1) } else { (halves, at) }
}

/// "two weeks from today", "a week from tomorrow".
fn from_a_day(view: &View, at: usize) -> Option<(DaySaid, usize)> {
    let count = count(view, view.past(at, Meaning::Article))?;
    let each = match view.unit(count.next)? {
        Unit::Day => 1,
        Unit::Week => 7,
        _ => return None,
    };
    let from = view.is(count.next + 1, Meaning::From) && count.halves % 2 == 0;
    let start = match view.meaning(count.next + 2) {
        Some(Meaning::Day(days)) => i64::from(days),
        _ => (view.item(count.next + 2)?.text == "now").then_some(0)?,
    };
    from.then_some((DaySaid::Relative(count.halves / 2 * each + start), count.next + 3))
}

/// «часа через два», «минут через 20»: the unit first means «about».
fn unit_first(view: &View, at: usize) -> Option<(DaySaid, usize)> {
    let within = view.is(at + 1, Meaning::Within) && ukrainian_term(view.item(at)?.text, false);
    let unit = view.unit(at).filter(|_| within || view.is(at + 1, Meaning::In))?;
    let count = count(view, at + 2).filter(|count| count.next > at + 2 && view.unit(count.next).is_none())?;
    Some((said(Count { about: true, ..count }, unit), count.next))
}

/// How many units, in halves: «полтора» is 3.
#[derive(Debug, Clone, Copy)]
struct Count {
    halves: i64,
    about: bool,
    next: usize,
}

/// No unit is ever counted higher than this.
const MOST: u64 = 1000;

fn count(view: &View, at: usize) -> Option<Count> {
    let exact = |halves, next| Some(Count { halves, about: false, next });
    match view.meaning(at) {
        Some(Meaning::Few(few)) => {
            return Some(Count {
                halves: i64::from(few) * 2,
                about: true,
                next: view.past(at + 1, Meaning::Of),
            });
        }
        Some(Meaning::OneAndHalf) => return exact(3, at + 1),
        Some(Meaning::Half) => return exact(1, view.past(at + 1, Meaning::Article)),
        _ => {}
    }
    let Some(number) = view.cardinal(at) else { return exact(2, at) };
    let halves = i64::try_from(number.value).ok().filter(|_| (1..=MOST).contains(&number.value))? * 2;
    let half = view.cluster(at).and_then(|cluster| Some((cluster.two()?, cluster.next)));
    if let Some(((_, ',' | '.', tenths), next)) = half
        && tenths.value == 5
    {
        return exact(halves + 1, next); // «1,5 часа»
    }
    match view.sign(at + 1) == Some('-') && view.cardinal(at + 2).is_some() {
        true => Some(Count { halves, about: true, next: at + 3 }), // «2-3 дня»
        false => exact(halves, at + 1),
    }
}

fn said(count: Count, unit: Unit) -> DaySaid {
    let halves = count.halves;
    let (amount, unit, odd) = match (unit, halves % 2) {
        (Unit::Minute, _) => return DaySaid::Moment { minutes: halves / 2 },
        (Unit::HalfHour, _) => return DaySaid::Moment { minutes: 30 },
        (Unit::Hour, _) => return DaySaid::Moment { minutes: halves * 30 },
        (Unit::HalfYear, _) => (halves * 3, Unit::Month, false),
        (_, 0) => (halves / 2, unit, false),
        (Unit::Day, _) => (halves / 2 + 1, unit, true),
        (Unit::Week, _) => (halves * 7 / 2, Unit::Day, true),
        (Unit::Month, _) => (halves * 15, Unit::Day, true),
        (Unit::Year, _) => (halves * 6, Unit::Month, true),
    };
    DaySaid::Ahead { amount, unit, about: count.about || odd }
}

/// «за» tells when in Ukrainian («за тиждень») and how much in Russian («за день»); «за годину» is a price.
fn ukrainian_term(unit: &str, bare: bool) -> bool {
    let unit = crate::text::fold_word(unit);
    match bare {
        true => matches!(unit.as_str(), "тиждень" | "півгодини" | "рік"),
        false => {
            unit.starts_with("тиж")
                || unit.starts_with("хвилин")
                || unit.starts_with("годин")
                || unit.starts_with("місяц")
                || matches!(unit.as_str(), "дні" | "днів" | "роки" | "років" | "хв")
        }
    }
}
