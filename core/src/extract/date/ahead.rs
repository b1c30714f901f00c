//! Distances from now: «через 3 дня», «часа через два», "in half an hour", «за тиждень».

use super::day::DaySaid;
use super::read::View;
use crate::extract::lexicon::{Meaning, Unit};

/// A distance that begins here.
pub(super) fn ahead(view: &View, at: usize) -> Option<(DaySaid, usize)> {
    if let Some(found) = unit_first(view, at) {
        return Some(found);
    }
    let ukrainian = match view.meaning(at)? {
        Meaning::In => false,
        Meaning::Within => true,
        _ => return None,
    };
    let start = view.past(view.past_abouts(at + 1), Meaning::Article);
    let count = count(view, start)?;
    let unit = view.unit(count.next)?;
    if ukrainian && !ukrainian_term(view.item(count.next)?.text, count.next == start) {
        return None;
    }
    // «через день» is every other day as well
    let about = count.about || (count.next == start && unit == Unit::Day);
    Some((said(Count { about, ..count }, unit), view.past_stop(count.next + 1)))
}

/// «часа через два», «минут через 20»: the unit first means «about».
fn unit_first(view: &View, at: usize) -> Option<(DaySaid, usize)> {
    let unit = view.unit(at).filter(|_| view.is(at + 1, Meaning::In))?;
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
        Some(Meaning::Couple) => {
            return Some(Count { halves: 4, about: true, next: view.past(at + 1, Meaning::Of) });
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
