//! Sums of money.

use super::items::{Item, Kind, items};
use super::lexicon::Meaning;
use super::number::{self, Decimal, is_unit_of_time, past_group, power_at, quantity, span_of, word};
use crate::document::stored;
use crate::text::Span;
use crate::text::case::lowercase;
use serde::{Deserialize, Serialize};

/// A sum as a field holds it: minor units (kopecks, cents) and the currency where it was said.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// Hundredths of the currency.
    pub minor: i64,
    /// ISO 4217; none where the client named no currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
}

stored!(Money { minor; currency });

/// Which end of a sum was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// The sum itself.
    Exact,
    /// «от 30к»: at least.
    From,
    /// «до 100 тысяч»: at most.
    To,
    /// «от 30 до 50 тысяч»: `minor` to `upto`.
    Range,
}

/// A sum found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// Its place, with the words of its bound and currency.
    pub span: Span,
    /// Hundredths of the currency; all currencies read here have two digits after the point.
    pub minor: i64,
    /// The upper end of a range.
    pub upto: Option<i64>,
    /// ISO 4217: RUB, UAH, USD, EUR, KZT, BYN, PLN, GBP; none where it was not named.
    pub currency: Option<&'static str>,
    /// Which end was said.
    pub bound: Bound,
    /// A currency, a word of price or «тысяч» makes it money; without them it is a number that may be anything
    /// and counts only where a sum was asked for.
    pub certain: bool,
}

impl Amount {
    /// The sum as a field holds it: of a range the upper end, which is what a client can pay.
    pub fn money(&self) -> Money {
        Money { minor: self.upto.unwrap_or(self.minor), currency: self.currency.map(str::to_owned) }
    }
}

/// The sums of a text, in order: «50 тысяч», «от 30к», «1,5 млн», «1 500 грн», "$200", «30-50к», «тысяч пятьдесят».
///
/// Counts («5 дней», «3 этажа»), shares («5%»), dates, times and phones are no sums. A bare number is one with
/// [`Amount::certain`] false.
///
/// ```
/// use frontdesk::extract::money::{Bound, amounts};
/// let found = amounts("бюджет от 30 до 50 тысяч рублей");
/// assert_eq!((found[0].minor, found[0].upto, found[0].currency), (3_000_000, Some(5_000_000), Some("RUB")));
/// assert_eq!(found[0].bound, Bound::Range);
/// ```
pub fn amounts(text: &str) -> Vec<Amount> {
    items(text, number::speaks_of_number).map(|items| amounts_in(&items)).unwrap_or_default()
}

/// [`amounts`] of a text that is read already.
pub(super) fn amounts_in(items: &[Item<'_>]) -> Vec<Amount> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < items.len() {
        match amount(items, at) {
            Some((amount, next)) => {
                out.push(amount);
                at = next.max(at + 1);
            }
            None => at = past_group(items, at),
        }
    }
    out
}

/// One side of an amount: a number with its currency before or after it.
struct Sum {
    value: Decimal,
    currency: Option<&'static str>,
    next: usize,
}

fn amount(items: &[Item<'_>], start: usize) -> Option<(Amount, usize)> {
    let (bound, at) = bound(items, start);
    let first = sum(items, at)?;
    let second = range_end(items, first.next, bound).filter(|last| {
        first.currency.is_none() || last.currency.is_none() || first.currency == last.currency
    });
    let last = second.as_ref().unwrap_or(&first);
    let (mut value, next) = (first.value, last.next);
    let currency = first.currency.or(last.currency);
    if let Some(last) = &second
        && value.power == 0
        && last.value.power > 0
        && value.mantissa < 1000
    {
        value = value.times_ten_to(last.value.power)?; // «30-50к»
    }
    let (low, high) = (value.hundredths()?, second.as_ref().map(|s| s.value.hundredths()));
    let upto = match high {
        Some(high) => Some(high.filter(|&high| high > low)?),
        None => None,
    };
    let power = last.value.power > 0;
    if counts_something(items, next, currency, power) {
        return None;
    }
    let priced =
        (start > 0 && priced_before(items, start)) || matches!(word(items, next), Some(Meaning::Price));
    let certain = currency.is_some() || priced || (power && ends_here(items, next));
    let bound = match (upto, bound) {
        (Some(_), _) => Bound::Range,
        (None, Some(bound)) => bound,
        (None, None) => Bound::Exact,
    };
    let span = span_of(items, start, next)?;
    Some((Amount { span, minor: low, upto, currency, bound, certain }, next))
}

/// «от», «до», «не больше», "at least", with the place after them.
fn bound(items: &[Item<'_>], at: usize) -> (Option<Bound>, usize) {
    let negated = word(items, at) == Some(Meaning::Not);
    let place = at + usize::from(negated || word(items, at) == Some(Meaning::At));
    let bound = match (word(items, place), negated) {
        (Some(Meaning::AtLeast), false) | (Some(Meaning::AtMost), true) => Some(Bound::From),
        (Some(Meaning::AtMost), false) | (Some(Meaning::AtLeast), true) => Some(Bound::To),
        (Some(Meaning::Since | Meaning::From), false) if place == at => Some(Bound::From),
        (Some(Meaning::To), false) if place == at => Some(Bound::To),
        _ => None,
    };
    match bound {
        Some(_) => (bound, place + 1 + usize::from(word(items, place + 1) == Some(Meaning::Of))), // "less than"
        None => (None, at),
    }
}

/// «до 50 тысяч», «- 50к» after the first sum.
fn range_end(items: &[Item<'_>], at: usize, bound: Option<Bound>) -> Option<Sum> {
    let hyphen = items.get(at).is_some_and(|item| item.kind == Kind::Sign('-'));
    let until = word(items, at) == Some(Meaning::To) && bound == Some(Bound::From)
        || word(items, at) == Some(Meaning::And) && bound == Some(Bound::From);
    if !(hyphen || until) {
        return None;
    }
    sum(items, at + 1)
}

fn sum(items: &[Item<'_>], at: usize) -> Option<Sum> {
    let (before, place) = match currency(items, at) {
        Some(code) if number_follows(items, at + 1) => (Some(code), at + 1),
        _ => (None, at),
    };
    let (value, next) = inverted(items, place).or_else(|| quantity(items, place))?;
    let dotted = items.get(next).is_some_and(|i| i.kind == Kind::Sign('.') && i.glued)
        && currency(items, next + 1).is_some();
    let after = next + usize::from(dotted);
    match currency(items, after) {
        Some(code) if before.is_none() => {
            Some(Sum { value, currency: Some(code), next: past_stop(items, after + 1) })
        }
        _ => Some(Sum { value, currency: before, next }),
    }
}

fn past_stop(items: &[Item<'_>], at: usize) -> usize {
    let stop = items.get(at).is_some_and(|item| item.kind == Kind::Sign('.') && item.glued);
    at + usize::from(stop && items.get(at + 1).is_some())
}

fn number_follows(items: &[Item<'_>], at: usize) -> bool {
    matches!(items.get(at).map(|item| item.kind), Some(Kind::Number(_)))
}

/// «тысяч пятьдесят»: the power first means «about».
fn inverted(items: &[Item<'_>], at: usize) -> Option<(Decimal, usize)> {
    let plural = |text: &str| text.chars().count() > 4 && !lowercase(text).ends_with(['а', 'у']);
    let power = power_at(items, at).filter(|_| items.get(at).is_some_and(|item| plural(item.text)))?;
    if !number_follows(items, at + 1) {
        return None;
    }
    let (value, next) = quantity(items, at + 1)?;
    let about = value.power == 0 && (2..1000).contains(&value.mantissa);
    about.then_some((value.times_ten_to(power)?, next))
}

fn currency(items: &[Item<'_>], at: usize) -> Option<&'static str> {
    match items.get(at)?.kind {
        Kind::Word(Meaning::Currency(code)) => Some(code),
        Kind::Sign('$') => Some("USD"),
        Kind::Sign('€') => Some("EUR"),
        Kind::Sign('₽') => Some("RUB"),
        Kind::Sign('₴') => Some("UAH"),
        Kind::Sign('₸') => Some("KZT"),
        Kind::Sign('£') => Some("GBP"),
        _ => None,
    }
}

/// Whether the word after the number says that it counts something, or the sign that it is a share.
fn counts_something(items: &[Item<'_>], at: usize, currency: Option<&str>, power: bool) -> bool {
    if currency.is_some() {
        return false;
    }
    let unit = is_unit_of_time(items, at)
        || matches!(
            word(items, at),
            Some(Meaning::Counted | Meaning::Month(_) | Meaning::DayOfMonth | Meaning::HalfDay { .. })
        );
    let share = items.get(at).is_some_and(|item| matches!(item.kind, Kind::Sign('%' | '°' | '№')));
    share || (unit && !power) || (power && matches!(word(items, at), Some(Meaning::Counted)))
}

fn priced_before(items: &[Item<'_>], start: usize) -> bool {
    let near = |back: usize| start.checked_sub(back).and_then(|at| word(items, at));
    let sign = start
        .checked_sub(1)
        .and_then(|at| items.get(at))
        .is_some_and(|item| matches!(item.kind, Kind::Sign(':' | '-' | '=')));
    matches!(near(1), Some(Meaning::Price))
        || matches!((sign || near(1).is_some(), near(2)), (true, Some(Meaning::Price)))
}

/// Whether no noun follows that «50 тысяч» could count.
fn ends_here(items: &[Item<'_>], at: usize) -> bool {
    !matches!(items.get(at).map(|item| item.kind), Some(Kind::Other | Kind::Number(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    type Expected = (i64, Option<i64>, Option<&'static str>, Bound, bool);

    fn one(text: &str) -> Expected {
        let found = amounts(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        let a = &found[0];
        (a.minor / 100, a.upto.map(|u| u / 100), a.currency, a.bound, a.certain)
    }

    #[test]
    fn reads_sums_as_people_write_them() {
        use Bound::*;
        for (text, expected) in [
            ("50 тысяч", (50_000, None, None, Exact, true)),
            ("от 30к", (30_000, None, None, From, true)),
            ("1,5 млн", (1_500_000, None, None, Exact, true)),
            ("1 500 грн", (1_500, None, Some("UAH"), Exact, true)),
            ("$200", (200, None, Some("USD"), Exact, true)),
            ("200$", (200, None, Some("USD"), Exact, true)),
            ("до 100 тыс. руб.", (100_000, None, Some("RUB"), To, true)),
            ("тысяч пятьдесят", (50_000, None, None, Exact, true)),
            ("пятьдесят тысяч", (50_000, None, None, Exact, true)),
            ("от 30 до 50 тысяч", (30_000, Some(50_000), None, Range, true)),
            ("30-50к", (30_000, Some(50_000), None, Range, true)),
            ("500–700 руб", (500, Some(700), Some("RUB"), Range, true)),
            ("не больше 20 000 ₽", (20_000, None, Some("RUB"), To, true)),
            ("мінімум десять тисяч гривень", (10_000, None, Some("UAH"), From, true)),
            ("at least 2 thousand dollars", (2_000, None, Some("USD"), From, true)),
            ("from $200 to $300", (200, Some(300), Some("USD"), Range, true)),
            ("€1,500", (1_500, None, Some("EUR"), Exact, true)),
            ("полтора миллиона", (1_500_000, None, None, Exact, true)),
            ("две тысячи пятьсот рублей", (2_500, None, Some("RUB"), Exact, true)),
            ("бюджет 300000", (300_000, None, None, Exact, true)),
            ("від 5 до 7 тис грн", (5_000, Some(7_000), Some("UAH"), Range, true)),
            ("50 к", (50_000, None, None, Exact, true)),
            ("15000", (15_000, None, None, Exact, false)),
            ("2 тыщи", (2_000, None, None, Exact, true)),
            ("less than 70 euros", (70, None, Some("EUR"), To, true)),
            ("пол миллиона", (500_000, None, None, Exact, true)),
        ] {
            assert_eq!(one(text), expected, "{text}");
        }
        assert_eq!(amounts("99,90 грн")[0].minor, 9_990);
    }

    /// R045: one message answers three questions.
    #[test]
    fn r045_a_budget_among_other_answers() {
        assert_eq!(one("40 тысяч, одежда, через две недели").0, 40_000);
    }

    #[test]
    fn counts_shares_and_groups_are_no_certain_money() {
        for text in [
            "сделайте скидку 5%",
            "два имплантата",
            "1",
            "на 3 этаже",
            "5 дней",
            "в 15:30",
            "25.12.2026",
            "+7 999 123-45-67",
            "50 тысяч подписчиков",
            "спасибо",
            "нам 10 лет",
        ] {
            assert!(amounts(text).iter().all(|a| !a.certain), "{text}");
        }
    }
}
