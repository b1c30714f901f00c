//! Grouping: how digits are set apart tells a telephone number from a date, a card or a price.

use super::scan::{Gap, Group, Run};

/// How the groups of a candidate look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grouping {
    /// One group.
    Plain,
    /// As telephone numbers are written: brackets, dashes, pairs at the end, an area code first.
    Phone,
    /// Groups that say nothing.
    Odd,
    /// Thousands apart, a decimal fraction, or a passport: a value, unless a word says otherwise.
    Value,
    /// Four small numbers with dots: an address of a network.
    Network,
}

pub(super) fn grouping(run: &Run, groups: &[Group]) -> Grouping {
    let len = |g: &Group| g.to - g.from;
    let gaps = || groups.iter().skip(1).map(|g| g.gap);
    let (Some(first), Some(last)) = (groups.first(), groups.last()) else { return Grouping::Odd };
    let sized = |sizes: &[usize]| groups.iter().map(len).eq(sizes.iter().copied());
    if groups.len() == 1 {
        return Grouping::Plain;
    }
    if gaps().all(|g| g == Gap::Dot) {
        let small = |g: &Group| {
            run.digits.get(g.from..g.to).and_then(|d| d.parse().ok()).is_some_and(|n: u16| n < 256)
        };
        let trunk = run.digits.get(first.from..first.to).is_some_and(|d| d.starts_with('0') && d.len() > 1);
        match groups.len() {
            2 => return Grouping::Value,
            4 if !trunk && groups.iter().all(small) => return Grouping::Network,
            _ => {}
        }
    }
    let loose = gaps().all(|g| matches!(g, Gap::Space | Gap::Dot));
    let thousands = groups.len() > 2 && len(first) < 3 && groups.iter().skip(1).all(|g| len(g) == 3);
    if loose && thousands || sized(&[4, 6]) || sized(&[2, 2, 6]) {
        return Grouping::Value;
    }
    if let [area, rest] = groups
        && len(area) > 3
        && rest.gap == Gap::Dash
    {
        return Grouping::Odd; // «8926-5554433» is a phone unless a word says otherwise
    }
    let pairs = groups.len() > 2 && matches!(len(last), 2 | 4);
    let area_first = groups.len() == 2 && matches!(len(first), 2 | 3);
    let dressed = gaps().any(|g| matches!(g, Gap::Dash | Gap::Paren));
    if dressed || pairs || area_first || sized(&[3, 3, 3]) { Grouping::Phone } else { Grouping::Odd }
}

/// Marks the groups that are dates, times and bank cards; no telephone number takes them in.
pub(super) fn bar_values(run: &mut Run) {
    if run.groups.len() < 2 {
        return;
    }
    let digits = &run.digits;
    let text = |g: &Group| digits.get(g.from..g.to).unwrap_or_default();
    let mut at = 0;
    while let Some(rest) = run.groups.get(at..).filter(|r| !r.is_empty()) {
        let taken = match rest {
            [a, b, c, d, ..] if [a, b, c, d].iter().all(|g| g.to - g.from == 4) => 4,
            [a, b, c, ..]
                if b.gap == c.gap
                    && matches!(b.gap, Gap::Dot | Gap::Slash | Gap::Dash)
                    && is_date([text(a), text(b), text(c)], b.gap, at == 0) =>
            {
                3
            }
            [a, b, ..] if b.gap == Gap::Slash && is_year(text(b)) && is_part(text(a), 12) => 2,
            [a, b, ..] if b.gap == Gap::Dash && is_year(text(a)) && is_year(text(b)) => 2,
            [a, b, ..] if b.barred && a.to - a.from == 8 => 1,
            _ => 0,
        };
        for group in run.groups.iter_mut().skip(at).take(taken) {
            group.barred = true;
        }
        at += taken.max(1);
    }
}

fn is_date([a, b, c]: [&str; 3], gap: Gap, leads: bool) -> bool {
    let day_and_month = |a, b| is_part(a, 31) && is_part(b, 12) || is_part(a, 12) && is_part(b, 31);
    let short_year = leads && c.len() == 2 && gap != Gap::Dash && day_and_month(a, b);
    is_year(c) && day_and_month(a, b) || is_year(a) && day_and_month(b, c) || short_year
}

fn is_part(digits: &str, most: u8) -> bool {
    digits.len() <= 2 && digits.parse().is_ok_and(|n: u8| (1..=most).contains(&n))
}

fn is_year(digits: &str) -> bool {
    digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
}

#[cfg(test)]
mod tests {
    use super::super::scan::next_digit;
    use super::*;

    fn run(text: &str) -> Run {
        let mut run = Run::default();
        run.read(text, 0, next_digit(text, 0).unwrap());
        bar_values(&mut run);
        run
    }

    #[test]
    fn bars_dates_and_cards() {
        for text in ["25.12.2025", "2014-04-12", "3/10/84", "4276 3800 1234 5678", "03/2016", "2024-2025"] {
            assert!(run(text).groups.iter().all(|g| g.barred), "{text}");
        }
        assert!(run("8 916 555 01 02").groups.iter().all(|g| !g.barred));
    }

    #[test]
    fn names_groupings() {
        for (text, expected) in [
            ("89161234567", Grouping::Plain),
            ("8 916 555-01-02", Grouping::Phone),
            ("067 123 45 67", Grouping::Phone),
            ("1 250 000", Grouping::Value),
            ("4509 123456", Grouping::Value),
            ("55.751244", Grouping::Value),
            ("192.168.100.101", Grouping::Network),
            ("067.123.45.67", Grouping::Phone),
            ("8905-1112233", Grouping::Odd),
        ] {
            let run = run(text);
            assert_eq!(grouping(&run, &run.groups), expected, "{text}");
        }
    }
}
