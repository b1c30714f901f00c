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
    cues: impl Fn() -> Cues,
) -> Option<Decision> {
    let possible = DIGITS.contains(&candidate.digits.len()) && candidate.grouping != Grouping::Network;
    if !possible || !candidate.plus && !options.may_fit(candidate.digits) {
        return None;
    }
    let cues = std::cell::LazyCell::new(cues);
    let judged = |(why, national): (Why, National<'_>)| {
        let confidence = confidence(why, national.assigned, candidate, || *cues)?;
        let e164 = E164::new(national.region.calling_code(), national.parts)?;
        Some(Decision { e164, region: national.region, confidence, why })
    };
    let mut hinted: Option<Decision> = None;
    for decision in readings(candidate, options.regions()).filter_map(judged) {
        hinted = hinted.filter(|best| best.confidence >= decision.confidence).or(Some(decision));
        if decision.confidence >= SURE {
            break;
        }
    }
    hinted.or_else(|| {
        if candidate.plus || candidate.inner {
            return None;
        }
        let dressed = candidate.grouping == Grouping::Phone || candidate.digits.len() > 10;
        let elsewhere = foreign(candidate.digits);
        let found = elsewhere
            .filter(|(why, _)| *why == Why::CountryCode || dressed || cues.phone)
            .filter_map(judged)
            .next()?;
        Some(Decision { confidence: found.confidence - DOUBT, ..found })
    })
}

/// Every way to read the digits with the regions hinted at.
fn readings<'d>(candidate: Candidate<'d>, regions: &[Region]) -> impl Iterator<Item = (Why, National<'d>)> {
    let digits = candidate.digits;
    let explicit = candidate.plus.then(|| international(digits).map(|n| (Why::Plus, n))).flatten();
    let local = regions.iter().flat_map(move |&region| local(digits, region, candidate.plus));
    explicit.into_iter().chain(local)
}

fn international(digits: &str) -> Option<National<'_>> {
    let (calling, national) = plan::split_calling(digits)?;
    plan::after_calling(calling, national)
}

/// The readings of one region. After a plus sign only a trunk prefix typed by habit is left («+8 916 …»).
fn local(digits: &str, region: Region, plus: bool) -> impl Iterator<Item = (Why, National<'_>)> {
    let (territory, calling) = (region.plan(), region.calling_code());
    let abroad = territory
        .without_international(digits)
        .chain(digits.strip_prefix("00"))
        .filter_map(international)
        .map(|n| (Why::InternationalPrefix, n));
    let trunk = territory
        .without_trunk(digits)
        .filter_map(move |rest| plan::after_trunk(calling, rest))
        .map(|n| (Why::TrunkPrefix, n));
    let code = plan::split_calling(digits)
        .filter(|&(code, _)| code == calling)
        .and_then(|(code, rest)| plan::after_calling(code, rest))
        .map(|n| (Why::CountryCode, n));
    let bare = plan::judge(calling, digits).map(|n| (Why::Plan, n));
    trunk.chain(abroad.chain(code).chain(bare).filter(move |_| !plus))
}

/// Readings without a hint: a country code written out, or the trunk prefix of a region known by its prefixes.
fn foreign(digits: &str) -> impl Iterator<Item = (Why, National<'_>)> {
    let long = digits.len() >= FOREIGN_DIGITS;
    let code = plan::split_calling(digits)
        .filter(|&(code, _)| long && is_telling(code))
        .and_then(|(code, rest)| plan::judge(code, rest))
        .map(|n| (Why::CountryCode, n));
    let led = long && digits.starts_with(['0', '8']);
    let regions =
        led.then(plan::with_prefixes).into_iter().flatten().filter(|r| is_telling(r.calling_code()));
    let trunk = regions.flat_map(move |region| {
        let rests = region.plan().without_trunk(digits);
        rests.filter_map(move |rest| plan::judge(region.calling_code(), rest)).map(|n| (Why::TrunkPrefix, n))
    });
    code.into_iter().chain(trunk).filter(|(_, n)| n.assigned == Some(true))
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
    cues: impl Fn() -> Cues,
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
