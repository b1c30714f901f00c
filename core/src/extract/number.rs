//! Numbers, in digits and in words, as decimal strings.

use super::items::{Item, Kind, Number as Whole, items};
use super::lexicon::{Meaning, Unit};
use crate::text::Span;

/// A number found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// Its place.
    pub span: Span,
    /// A decimal string without needless zeros: `2.5`, `1500`.
    pub value: String,
}

/// The numbers of a text, in order: «2,5», «1 500», «двадцать пять», «полторы тысячи», "two hundred".
///
/// Ordinals, times, dates, phones and other groups of digits are none.
///
/// ```
/// use frontdesk::extract::number::numbers;
/// let found: Vec<_> = numbers("нас двое, стаж 2,5 года").into_iter().map(|n| n.value).collect();
/// assert_eq!(found, ["2", "2.5"]);
/// ```
pub fn numbers(text: &str) -> Vec<Number> {
    let Some(items) = items(text, speaks_of_number) else { return Vec::new() };
    let mut out = Vec::new();
    let mut at = 0;
    while at < items.len() {
        match quantity(&items, at) {
            Some((quantity, next)) => {
                if let Some(span) = span_of(&items, at, next) {
                    out.push(Number { span, value: quantity.to_string() });
                }
                at = next.max(at + 1);
            }
            None => at = past_group(&items, at),
        }
    }
    out
}

/// The number of an answer to «how many?»; none where the answer holds no number or several.
///
/// ```
/// use frontdesk::extract::number::expected;
/// assert_eq!(expected("человек пять"), Some("5".into()));
/// assert_eq!(expected("5 или 6"), None);
/// ```
pub fn expected(text: &str) -> Option<String> {
    let mut found = numbers(text).into_iter();
    let first = found.next()?;
    found.next().is_none().then_some(first.value)
}

/// Words that carry a number alone.
pub(super) fn speaks_of_number(meaning: Meaning) -> bool {
    matches!(
        meaning,
        Meaning::Power(_) | Meaning::Hundred | Meaning::HalfOf(_) | Meaning::OneAndHalf | Meaning::Few(_)
    )
}

/// A decimal number: `mantissa` / 10^`scale`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Decimal {
    pub(super) mantissa: i64,
    pub(super) scale: u8,
    /// The power of ten said or written after it: «тысяч» is 3.
    pub(super) power: u8,
}

impl Decimal {
    fn whole(mantissa: i64) -> Self {
        Self { mantissa, scale: 0, power: 0 }
    }

    /// The number in hundredths, halves away from zero; none where it is out of range.
    pub(super) fn hundredths(self) -> Option<i64> {
        let up = 2 + u32::from(self.power);
        let down = u32::from(self.scale);
        if up >= down {
            return self.mantissa.checked_mul(10i64.checked_pow(up - down)?);
        }
        let unit = 10i64.checked_pow(down - up)?;
        Some((self.mantissa.checked_add(unit / 2)?) / unit)
    }

    /// The same number a power higher.
    pub(super) fn times_ten_to(self, power: u8) -> Option<Self> {
        let raised = Self { power: self.power.checked_add(power)?, ..self };
        raised.hundredths().map(|_| raised)
    }

    fn plus(self, other: Self) -> Option<Self> {
        let sum = self.hundredths()?.checked_add(other.hundredths()?)?;
        (sum % 100 == 0).then(|| Self::whole(sum / 100))
    }
}

impl std::fmt::Display for Decimal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (mut digits, mut scale) = (self.mantissa.to_string(), usize::from(self.scale));
        let shift = scale.min(usize::from(self.power));
        scale -= shift;
        digits.extend(std::iter::repeat_n('0', usize::from(self.power) - shift));
        let (whole, rest) =
            digits.split_at_checked(digits.len().saturating_sub(scale)).unwrap_or((&digits, ""));
        let rest = rest.trim_end_matches('0');
        let whole = if whole.is_empty() { "0" } else { whole };
        match (rest, scale > digits.len()) {
            ("", _) => f.write_str(whole),
            (rest, false) => write!(f, "{whole}.{rest}"),
            (rest, true) => write!(f, "{whole}.{}{rest}", "0".repeat(scale - digits.len())),
        }
    }
}

/// A number that begins here, with its powers of ten: «2,5 млн», «две тысячи пятьсот», «1 500».
pub(super) fn quantity(items: &[Item<'_>], at: usize) -> Option<(Decimal, usize)> {
    let (mut total, mut next) = scaled(items, at)?;
    let mut power = total.power;
    // «две тысячи пятьсот»: each part is lower than the power before it
    while power > 0
        && let Some((part, end)) = scaled(items, next)
        && part.power < power
        && below(part, power)
    {
        total = total.plus(part)?;
        next = end;
        power = part.power;
    }
    Some((total, next))
}

fn below(part: Decimal, power: u8) -> bool {
    let limit = 10i64.checked_pow(u32::from(power) + 2);
    part.scale == 0 && part.hundredths().zip(limit).is_some_and(|(value, limit)| value < limit)
}

fn scaled(items: &[Item<'_>], at: usize) -> Option<(Decimal, usize)> {
    let (base, mut next) = match word(items, at) {
        Some(Meaning::OneAndHalf) => (Decimal { mantissa: 15, scale: 1, power: 0 }, at + 1),
        Some(Meaning::Few(2)) => (Decimal::whole(2), at + 1),
        Some(Meaning::HalfOf(power)) => (Decimal { mantissa: 5, scale: 1, power }, at + 1),
        Some(Meaning::Half) if matches!(word(items, at + 1), Some(Meaning::Power(_))) => {
            (Decimal { mantissa: 5, scale: 1, power: 0 }, at + 1)
        }
        Some(Meaning::Power(3)) if !is_letter(items, at) => (Decimal::whole(1), at),
        _ => simple(items, at)?,
    };
    let mut number = base;
    if word(items, next) == Some(Meaning::Hundred) && base.power == 0 {
        number = Decimal { mantissa: number.mantissa.checked_mul(100)?, ..number };
        next += 1;
        let tail = next + usize::from(word(items, next) == Some(Meaning::And));
        if let Some(Whole { value, digits: 0, ordinal: false }) = whole(items, tail)
            && value < 100
        {
            number.mantissa = number.mantissa.checked_add(i64::try_from(value).ok()?)?;
            next = tail + 1;
        }
    }
    while let Some(power) = power_at(items, next) {
        number = number.times_ten_to(power)?;
        next += 1;
        let stop = matches!(items.get(next), Some(Item { kind: Kind::Sign('.'), glued: true, .. }));
        next += usize::from(stop && items.get(next + 1).is_some());
    }
    Some((number, next))
}

/// A power of ten after a number; «50 к» is one too, «к» before anything else is a preposition.
pub(super) fn power_at(items: &[Item<'_>], at: usize) -> Option<u8> {
    match word(items, at)? {
        Meaning::Power(power) => Some(power),
        Meaning::By if matches!(items.get(at)?.text, "к" | "К") => {
            let follows = items.get(at + 1).map(|item| item.kind);
            let free = matches!(
                follows,
                None | Some(Kind::Sign(_) | Kind::Word(Meaning::Currency(_) | Meaning::And | Meaning::To))
            );
            free.then_some(3)
        }
        _ => None,
    }
}

fn is_letter(items: &[Item<'_>], at: usize) -> bool {
    items.get(at).is_some_and(|item| item.text.chars().count() < 3)
}

/// Digits with their groups and fraction, or number words.
fn simple(items: &[Item<'_>], at: usize) -> Option<(Decimal, usize)> {
    let first = whole(items, at).filter(|n| !n.ordinal)?;
    let mut number = Decimal::whole(i64::try_from(first.value).ok()?);
    let mut next = at + 1;
    if first.digits == 0 {
        return Some((number, next));
    }
    if in_group(items, at)
        || items.get(at).is_some_and(|i| i.glued) && before(items, at).is_some_and(|i| i.kind == Kind::Other)
    {
        return None;
    }
    let grouped = (1..=3).contains(&first.digits) && !items.get(at)?.text.starts_with('0');
    let mut sign = None;
    while grouped
        && let Some((group, by, end)) = group(items, next).filter(|&(_, by, _)| sign.is_none_or(|s| s == by))
    {
        number.mantissa = number.mantissa.checked_mul(1000)?.checked_add(group)?;
        sign = Some(by);
        next = end;
    }
    if let Some((digits, end)) = fraction(items, next, sign) {
        let scale = digits.digits;
        let shift = 10i64.checked_pow(u32::from(scale))?;
        number.mantissa =
            number.mantissa.checked_mul(shift)?.checked_add(i64::try_from(digits.value).ok()?)?;
        number.scale = scale;
        next = end;
    }
    let goes_on = glued_sign(items, next)
        && whole(items, next + 1).is_some_and(|n| n.digits > 0)
        && items.get(next + 1)?.glued
        && items.get(next).is_some_and(|i| matches!(i.kind, Kind::Sign('.' | ':' | '/' | ',')));
    (!goes_on).then_some((number, next))
}

/// «500» in «1 500», "1.500" or "1'500": three digits after one sign or a space.
fn group(items: &[Item<'_>], at: usize) -> Option<(i64, char, usize)> {
    let item = items.get(at)?;
    let (sign, place) = match item.kind {
        Kind::Sign(c) if matches!(c, '.' | ',' | '\'' | '’') && item.glued && items.get(at + 1)?.glued => {
            (c, at + 1)
        }
        Kind::Number(_) if !item.glued => (' ', at),
        _ => return None,
    };
    let digits = whole(items, place).filter(|n| n.digits == 3 && !n.ordinal)?;
    Some((i64::try_from(digits.value).ok()?, sign, place + 1))
}

fn fraction(items: &[Item<'_>], at: usize, grouped_by: Option<char>) -> Option<(Whole, usize)> {
    let Kind::Sign(sign) = items.get(at)?.kind else { return None };
    let glued = items.get(at)?.glued && items.get(at + 1)?.glued;
    let digits = whole(items, at + 1).filter(|n| n.digits > 0 && n.digits <= 6 && !n.ordinal)?;
    (glued && matches!(sign, '.' | ',') && grouped_by != Some(sign)).then_some((digits, at + 2))
}

/// Whether a sign glues this number to one before it, as in 15:30.
fn in_group(items: &[Item<'_>], at: usize) -> bool {
    let Some(sign) = before(items, at) else { return false };
    let glued = items.get(at).is_some_and(|item| item.glued) && sign.glued;
    let joins = matches!(sign.kind, Kind::Sign(':' | '/' | '.' | ',' | '_'));
    glued && joins && at.checked_sub(2).and_then(|first| whole(items, first)).is_some()
}

fn glued_sign(items: &[Item<'_>], at: usize) -> bool {
    items.get(at).is_some_and(|item| item.glued && matches!(item.kind, Kind::Sign(_)))
}

fn before<'a, 't>(items: &'a [Item<'t>], at: usize) -> Option<&'a Item<'t>> {
    items.get(at.checked_sub(1)?)
}

/// The place after a group of digits that is no number (a time, a date), so that none of its parts is one.
pub(super) fn past_group(items: &[Item<'_>], at: usize) -> usize {
    let mut next = at + 1;
    while whole(items, at).is_some()
        && glued_sign(items, next)
        && items.get(next + 1).is_some_and(|item| item.glued && matches!(item.kind, Kind::Number(_)))
    {
        next += 2;
    }
    next
}

pub(super) fn word(items: &[Item<'_>], at: usize) -> Option<Meaning> {
    match items.get(at)?.kind {
        Kind::Word(meaning) => Some(meaning),
        _ => None,
    }
}

fn whole(items: &[Item<'_>], at: usize) -> Option<Whole> {
    match items.get(at)?.kind {
        Kind::Number(number) => Some(number),
        _ => None,
    }
}

/// The text from one item to before another.
pub(super) fn span_of(items: &[Item<'_>], from: usize, to: usize) -> Option<Span> {
    Some(Span::new(items.get(from)?.span.start, items.get(to.checked_sub(1)?)?.span.end))
}

/// Whether what stands here is a length of time.
pub(super) fn is_unit_of_time(items: &[Item<'_>], at: usize) -> bool {
    matches!(word(items, at), Some(Meaning::Unit(unit)) if unit != Unit::HalfHour)
        || matches!(word(items, at), Some(Meaning::PartOf(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_digits_and_words() {
        for (text, value) in [
            ("2,5", "2.5"),
            ("0.05", "0.05"),
            ("1 500", "1500"),
            ("1.500.000", "1500000"),
            ("12 345,60", "12345.6"),
            ("двадцать пять", "25"),
            ("п'ятдесят шість", "56"),
            ("сто двадцать три", "123"),
            ("две тысячи пятьсот", "2500"),
            ("полторы тысячи", "1500"),
            ("один мільйон двісті тисяч", "1200000"),
            ("two hundred and fifty", "250"),
            ("twenty-one", "21"),
            ("three thousand two hundred", "3200"),
            ("нас четверо", "4"),
            ("пара", "2"),
            ("около 7 штук", "7"),
            ("тысяча", "1000"),
            ("5к", "5000"),
        ] {
            assert_eq!(expected(text).as_deref(), Some(value), "{text}");
        }
    }

    #[test]
    fn groups_of_digits_are_no_numbers() {
        for text in [
            "15:30",
            "25.12.2026",
            "1.2.3.4",
            "+7 999 123-45-67",
            "iPhone15",
            "без чисел",
            "первый",
            "192.168.0.1",
        ] {
            assert_eq!(numbers(text), [], "{text}");
        }
    }

    #[test]
    fn several_numbers_answer_nothing() {
        assert_eq!(expected("два или три"), None);
        assert_eq!(numbers("пять, десять и 15").len(), 3);
    }
}
