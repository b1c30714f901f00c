//! Names of days with one slip of the finger: «послезвтра», «поседельник», «завтар».

use super::Meaning::{self, Day, Weekday};

const MONDAY: Meaning = Weekday { day: 1, sure: true };
const TUESDAY: Meaning = Weekday { day: 2, sure: true };
const WEDNESDAY: Meaning = Weekday { day: 3, sure: true };
const THURSDAY: Meaning = Weekday { day: 4, sure: true };
const FRIDAY: Meaning = Weekday { day: 5, sure: true };
const SATURDAY: Meaning = Weekday { day: 6, sure: true };
const SUNDAY: Meaning = Weekday { day: 7, sure: true };

/// Names of a length that a slip leaves plain, by their first letter, which is the one rarely missed.
fn days(first: char) -> &'static [(&'static str, Meaning)] {
    match first {
        'п' => &[
            ("послезавтра", Day(2)),
            ("післязавтра", Day(2)),
            ("понедельник", MONDAY),
            ("понеділок", MONDAY),
            ("пятница", FRIDAY),
            ("пятницу", FRIDAY),
        ],
        'з' => &[("завтра", Day(1))],
        'с' => &[
            ("сегодня", Day(0)),
            ("сьогодні", Day(0)),
            ("суббота", SATURDAY),
            ("субботу", SATURDAY),
            ("суботу", SATURDAY),
        ],
        'в' => &[("вторник", TUESDAY), ("вівторок", TUESDAY), ("воскресенье", SUNDAY)],
        'ч' => &[("четверг", THURSDAY)],
        't' => &[("tomorrow", Day(1)), ("tuesday", TUESDAY), ("thursday", THURSDAY)],
        'm' => &[("monday", MONDAY)],
        'w' => &[("wednesday", WEDNESDAY)],
        's' => &[("saturday", SATURDAY)],
        _ => &[],
    }
}

/// The day whose name a folded word is but for one slip.
pub(super) fn day(folded: &str) -> Option<Meaning> {
    let days = days(folded.chars().next()?).iter();
    let near = |name: &str| name.len().abs_diff(folded.len()) <= 2 && is_one_slip(folded, name);
    days.filter(|(name, _)| near(name)).map(|(_, day)| *day).next()
}

/// A letter missed, wrong, too many or swapped with the next. One too many or too few at the end is another word:
/// «завтрак», "mondays".
fn is_one_slip(typed: &str, name: &str) -> bool {
    let (mut a, mut b) = (typed.chars(), name.chars());
    while !a.as_str().is_empty() && a.clone().next() == b.clone().next() {
        a.next();
        b.next();
    }
    let inside = a.clone().next_back() == b.clone().next_back();
    while !a.as_str().is_empty() && a.clone().next_back() == b.clone().next_back() {
        a.next_back();
        b.next_back();
    }
    match (a.next(), a.next(), a.next(), b.next(), b.next(), b.next()) {
        (Some(_), None, _, None, ..) | (None, _, _, Some(_), None, _) => inside,
        (Some(_), None, _, Some(_), None, _) => true,
        (Some(one), Some(two), None, Some(first), Some(second), None) => one == second && two == first,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_forgiven() {
        for (word, expected) in [
            ("послезватра", Day(2)),
            ("зватра", Day(1)),
            ("затра", Day(1)),
            ("понедельнк", MONDAY),
            ("пятнциу", FRIDAY),
            ("субоботу", SATURDAY),
            ("вторнек", TUESDAY),
            ("понеділк", MONDAY),
            ("tomorrpw", Day(1)),
        ] {
            assert_eq!(day(word), Some(expected), "{word}");
        }
        for word in
            ["завтрак", "завтраки", "вторники", "четверка", "mondays", "пятно", "понедельничный", "зав", ""]
        {
            assert_eq!(day(word), None, "{word}");
        }
    }
}
