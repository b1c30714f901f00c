//! The decision: which digits are a telephone number, how surely, and why.

use super::cues::Cues;
use super::shape::Grouping;
use super::{E164, PhoneOptions, Why};
use crate::extract::plan::{self, National, Region};

/// Digits that may be a number, as they stand in the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate<'d> {
    pub(super) digits: &'d str,
    pub(super) plus: bool,
    pub(super) grouping: Grouping,
    /// Other digits stand right before: only a complete number with a prefix of its own may begin here.
    pub(super) inner: bool,
}

/// A number decided on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Decision {
    pub(super) e164: E164,
    pub(super) region: Region,
    pub(super) confidence: u16,
    pub(super) why: Why,
}

/// Digits of the shortest and the longest number with all its prefixes.
pub(super) const DIGITS: std::ops::RangeInclusive<usize> = 7..=19;

/// Digits that a number without a hint has at least.
const FOREIGN_DIGITS: usize = 10;

/// Confidence that no other reading of the same digits can outdo.
const SURE: u16 = 900;
/// Confidence lost where letters were read as digits or no hint names the region.
const DOUBT: u16 = 100;

/// The surest reading of the candidate; `cues` is asked only where the digits do not speak for themselves.
pub(super) fn decide(
    candidate: Candidate<'_>,
    options: &PhoneOptions,
    cues: impl FnMut() -> Cues,
) -> Option<Decision> {
    if candidate.grouping == Grouping::Network || !may_be_number(candidate.digits, candidate.plus, options) {
        return None;
    }
    let mut judge = Judge { candidate, cues, best: None };
    if candidate.plus {
        judge.weigh(Why::Plus, international(candidate.digits));
    }
    for &region in options.regions() {
        judge.read_local(region);
    }
    if judge.best.is_none() && !candidate.plus && !candidate.inner {
        judge.read_foreign();
    }
    let Reading { why, national, confidence } = judge.best?;
    let e164 = E164::new(national.region.calling_code(), national.parts)?;
    Some(Decision { e164, region: national.region, confidence, why })
}

/// Whether digits may be a number at all, by their count; most that are tried may not.
pub(super) fn may_be_number(digits: &str, plus: bool, options: &PhoneOptions) -> bool {
    DIGITS.contains(&digits.len()) && (plus || options.may_fit(digits))
}

/// A way to read the digits, and how surely it is right.
struct Reading<'d> {
    why: Why,
    national: National<'d>,
    confidence: u16,
}

/// Weighs the readings of a candidate and keeps the surest, the first of equals.
struct Judge<'d, F> {
    candidate: Candidate<'d>,
    cues: F,
    best: Option<Reading<'d>>,
}

impl<'d, F: FnMut() -> Cues> Judge<'d, F> {
    fn weigh(&mut self, why: Why, national: Option<National<'d>>) {
        let Some(national) = national.filter(National::fits_e164) else { return };
        let Some(confidence) = confidence(why, national.assigned, self.candidate, &mut self.cues) else {
            return;
        };
        if self.best.as_ref().is_none_or(|best| best.confidence < confidence) {
            self.best = Some(Reading { why, national, confidence });
        }
    }

    fn is_sure(&self) -> bool {
        self.best.as_ref().is_some_and(|best| best.confidence >= SURE)
    }

    /// The readings of one region. After a plus sign only a trunk prefix typed by habit is left («+8 916 …»).
    fn read_local(&mut self, region: Region) {
        let (digits, territory, calling) = (self.candidate.digits, region.plan(), region.calling_code());
        for national in territory.without_trunk(digits) {
            if self.is_sure() {
                return;
            }
            self.weigh(Why::TrunkPrefix, plan::after_trunk(calling, national));
        }
        if self.candidate.plus {
            return;
        }
        for abroad in territory.without_international(digits).chain(digits.strip_prefix("00")) {
            if self.is_sure() {
                return;
            }
            self.weigh(Why::InternationalPrefix, international(abroad));
        }
        if self.is_sure() {
            return;
        }
        if let Some((code, national)) = plan::split_calling(digits)
            && code == calling
        {
            self.weigh(Why::CountryCode, plan::after_calling(code, national));
        }
        if !self.is_sure() {
            self.weigh(Why::Plan, plan::judge(calling, digits));
        }
    }

    /// The first reading without a hint: a country code written out, or the trunk prefix of a region known by its
    /// prefixes.
    fn read_foreign(&mut self) {
        let digits = self.candidate.digits;
        if digits.len() < FOREIGN_DIGITS {
            return;
        }
        if let Some((code, national)) = plan::split_calling(digits)
            && is_telling(code)
        {
            self.weigh_foreign(Why::CountryCode, plan::judge(code, national));
        }
        let dressed = self.candidate.grouping == Grouping::Phone || digits.len() > FOREIGN_DIGITS;
        if !digits.starts_with(['0', '8']) || !dressed && !(self.cues)().phone {
            return;
        }
        for region in plan::with_prefixes().filter(|r| is_telling(r.calling_code())) {
            for national in region.plan().without_trunk(digits) {
                if self.best.is_some() {
                    return;
                }
                self.weigh_foreign(Why::TrunkPrefix, plan::judge(region.calling_code(), national));
            }
        }
    }

    fn weigh_foreign(&mut self, why: Why, national: Option<National<'d>>) {
        self.weigh(why, national.filter(|n| n.assigned == Some(true)));
        if let Some(best) = &mut self.best {
            best.confidence -= DOUBT;
        }
    }
}

fn international(digits: &str) -> Option<National<'_>> {
    let (calling, national) = plan::split_calling(digits)?;
    plan::after_calling(calling, national)
}

/// Whether a bare country code tells a number from other digits: Russia's, and those of three digits.
fn is_telling(code: u16) -> bool {
    code == 7 || code > 99
}

/// How surely a reading is a telephone number; `None` refuses it.
///
/// A plus sign, or a trunk prefix in the dress of a number, needs a plausible length only: people give numbers that
/// no plan knows. Bare digits need a prefix in use or a word beside them.
fn confidence(
    why: Why,
    assigned: Option<bool>,
    candidate: Candidate<'_>,
    cues: &mut impl FnMut() -> Cues,
) -> Option<u16> {
    use Grouping::{Odd, Phone, Plain, Value};
    if why == Why::Plus {
        return Some(match assigned {
            Some(true) => 980,
            None => 920,
            Some(false) => 760,
        });
    }
    let dressed = candidate.grouping == Phone;
    if matches!(why, Why::TrunkPrefix | Why::InternationalPrefix) && dressed && assigned == Some(true) {
        return Some(940);
    }
    let cues = cues();
    if cues.other {
        return None;
    }
    let (base, needs_word) = match (why, assigned, candidate.grouping) {
        (Why::TrunkPrefix | Why::InternationalPrefix, Some(true), _) => (920, false),
        (Why::TrunkPrefix | Why::InternationalPrefix, None, _) => (820, false),
        (Why::TrunkPrefix | Why::InternationalPrefix, Some(false), Phone) => (680, false),
        (Why::CountryCode, Some(true), Plain | Phone | Odd) => (880, false),
        (Why::Plan, Some(true), Phone) => (760, false),
        (Why::Plan, Some(true), Plain) if candidate.digits.len() > 8 => (660, false),
        (Why::CountryCode | Why::Plan, None, Phone) => (560, false),
        (_, Some(true), _) => (600, true),
        (_, _, Value) => return None,
        _ => (500, true),
    };
    match (cues.phone, needs_word) {
        (true, _) => Some(base + 60),
        (false, false) => Some(base),
        (false, true) => None,
    }
}
