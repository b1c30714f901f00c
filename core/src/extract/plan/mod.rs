//! Numbering plans: which digits can be a telephone number, and of which region.
//!
//! The facts come from the metadata of libphonenumber through `generate.py`; `table.rs` names the version.

mod table;

use std::sync::LazyLock;
use table::TERRITORIES;

/// The numbering plan of one territory.
#[derive(Debug)]
pub(super) struct Territory {
    code: &'static str,
    calling: u16,
    trunks: &'static [&'static str],
    international: &'static [&'static str],
    /// Lengths of national numbers as a set of bits.
    lengths: u32,
    prefixes: &'static [(u16, u16)],
}

const fn territory(
    code: &'static str,
    calling: u16,
    trunks: &'static [&'static str],
    international: &'static [&'static str],
    lengths: &'static [u8],
    prefixes: &'static [(u16, u16)],
) -> Territory {
    Territory { code, calling, trunks, international, lengths: bits(lengths), prefixes }
}

const fn bits(numbers: &[u8]) -> u32 {
    match numbers {
        [first, rest @ ..] => 1 << *first | bits(rest),
        [] => 0,
    }
}

impl Territory {
    /// Whether national numbers of so many digits exist.
    pub(super) fn fits(&self, digits: &str) -> bool {
        // A number that begins with the digit that leads to it could not be dialled.
        let dialable = self.prefixes.is_empty() || !digits.starts_with('0');
        dialable && digits.len() < 32 && self.lengths & 1 << digits.len() != 0
    }

    /// Whether the prefix of a national number is in use; `None` where the table keeps no prefixes.
    pub(super) fn assigned(&self, digits: &str) -> Option<bool> {
        if self.prefixes.is_empty() {
            return None;
        }
        let prefix: u16 = digits.get(..3).and_then(|p| p.parse().ok())?;
        let at = self.prefixes.partition_point(|&(_, last)| last < prefix);
        Some(self.prefixes.get(at).is_some_and(|&(first, _)| first <= prefix))
    }

    /// How many digits its numbers have without a plus sign, as a set of bits: bare, with a trunk prefix or the code.
    pub(super) fn written_lengths(&self) -> u32 {
        let prefixes = self.trunks.iter().map(|t| t.len()).chain([0, self.calling.to_string().len()]);
        prefixes.fold(0, |set, prefix| set | self.lengths << prefix)
    }

    /// What remains after each trunk prefix the digits may begin with.
    pub(super) fn without_trunk<'d>(&'static self, digits: &'d str) -> impl Iterator<Item = &'d str> {
        self.trunks.iter().filter_map(move |trunk| strip(digits, trunk))
    }

    /// What remains after each international prefix the digits may begin with.
    pub(super) fn without_international<'d>(&'static self, digits: &'d str) -> impl Iterator<Item = &'d str> {
        self.international.iter().filter_map(move |prefix| match prefix.strip_suffix('x') {
            Some(stem) => strip(digits, stem).and_then(|rest| rest.get(1..)),
            None => strip(digits, prefix),
        })
    }
}

/// What remains after a prefix; nearly all differ in the first digit.
fn strip<'d>(digits: &'d str, prefix: &str) -> Option<&'d str> {
    let same = digits.as_bytes().first() == prefix.as_bytes().first();
    if same { digits.strip_prefix(prefix) } else { None }
}

/// A territory with a numbering plan of its own, by its ISO 3166-1 code.
///
/// ```
/// use frontdesk::extract::Region;
/// assert_eq!(Region::from_code("UA").map(Region::code), Some("UA"));
/// assert_eq!(Region::from_code("ZZ"), None);
/// ```
#[derive(Clone, Copy)]
pub struct Region(&'static Territory);

impl Region {
    /// The region of an upper-case two-letter code; `None` for a code without a numbering plan.
    pub fn from_code(code: &str) -> Option<Self> {
        let geographic = |t: &&Territory| t.code == code && t.code.len() == 2;
        TERRITORIES.iter().find(geographic).map(Self)
    }

    /// Its two-letter code; `001` for the world-wide codes such as 800 and satellite phones.
    pub fn code(self) -> &'static str {
        self.0.code
    }

    /// Its calling code: 7, 380.
    pub fn calling_code(self) -> u16 {
        self.0.calling
    }

    pub(super) fn plan(self) -> &'static Territory {
        self.0
    }
}

impl PartialEq for Region {
    fn eq(&self, other: &Self) -> bool {
        (self.0.code, self.0.calling) == (other.0.code, other.0.calling)
    }
}

impl Eq for Region {}

impl std::fmt::Debug for Region {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Region({})", self.0.code)
    }
}

/// The territories behind each calling code, the main one first; every candidate asks, so the answer is one step.
static BY_CODE: LazyLock<Vec<&'static [Territory]>> = LazyLock::new(|| {
    let mut by_code: Vec<&[Territory]> = vec![&[]; 1000];
    for shared in TERRITORIES.chunk_by(|a, b| a.calling == b.calling) {
        let code = shared.first().map(|t| usize::from(t.calling));
        if let Some(slot) = code.and_then(|code| by_code.get_mut(code)) {
            *slot = shared;
        }
    }
    by_code
});

/// The regions whose numbers are told by prefix.
static WITH_PREFIXES: LazyLock<Vec<Region>> =
    LazyLock::new(|| TERRITORIES.iter().filter(|t| !t.prefixes.is_empty()).map(Region).collect());

fn sharing(calling: u16) -> &'static [Territory] {
    BY_CODE.get(usize::from(calling)).copied().unwrap_or_default()
}

/// Splits digits that begin with a calling code.
///
/// How many digits a code has follows from its first two (ITU-T E.164, list of country codes).
pub(super) fn split_calling(digits: &str) -> Option<(u16, &str)> {
    let len = match digits.as_bytes() {
        [b'1' | b'7', ..] => 1,
        [b'2', b'0' | b'7', ..]
        | [b'3', b'0'..=b'4' | b'6' | b'9', ..]
        | [b'4', b'0' | b'1' | b'3'..=b'9', ..]
        | [b'5', b'1'..=b'8', ..]
        | [b'6', b'0'..=b'6', ..]
        | [b'8', b'1' | b'2' | b'4' | b'6', ..]
        | [b'9', b'0'..=b'5' | b'8', ..] => 2,
        [b'2'..=b'9', ..] => 3,
        _ => return None,
    };
    let (code, national) = digits.split_at_checked(len)?;
    Some((code.parse().ok()?, national))
}

/// A national number under its calling code, as the plans read it.
#[derive(Debug, Clone, Copy)]
pub(super) struct National<'d> {
    /// Its digits, in the order to be joined.
    pub(super) parts: [&'d str; 3],
    pub(super) region: Region,
    /// The prefix is in use; `None` where the table cannot tell.
    pub(super) assigned: Option<bool>,
}

impl National<'_> {
    /// Whether the number with its calling code has no more digits than E.164 allows.
    pub(super) fn fits_e164(&self) -> bool {
        const DIGITS: usize = 15;
        let code = match self.region.calling_code() {
            0..10 => 1,
            10..100 => 2,
            _ => 3,
        };
        code + self.parts.iter().map(|part| part.len()).sum::<usize>() <= DIGITS
    }
}

/// Reads what follows a calling code: `09161234567`, `(0)30 901820`.
pub(super) fn after_calling(calling: u16, digits: &str) -> Option<National<'_>> {
    let main = sharing(calling).first()?;
    let stripped = || main.without_trunk(digits).find_map(|national| after_trunk(calling, national));
    if digits.starts_with('0') {
        stripped().or_else(|| judge(calling, digits))
    } else {
        judge(calling, digits).or_else(stripped)
    }
}

/// Reads what follows a trunk prefix.
pub(super) fn after_trunk(calling: u16, digits: &str) -> Option<National<'_>> {
    const ARGENTINA: u16 = 54;
    judge(calling, digits).or_else(|| (calling == ARGENTINA).then(|| argentine_mobile(digits)).flatten())
}

/// Within Argentina a mobile number is dialled 0, area, 15, number; E.164 has a 9 before the area and no 15.
/// (ITU-T E.164 national numbering plan of Argentina.)
fn argentine_mobile(digits: &str) -> Option<National<'_>> {
    let areas = if digits.starts_with("11") { 2..=2 } else { 3..=4 };
    areas.filter(|_| digits.len() == 12).find_map(|len| {
        let (area, rest) = digits.split_at_checked(len)?;
        let region = Region(sharing(54).first()?);
        Some(National { parts: ["9", area, rest.strip_prefix("15")?], region, assigned: None })
    })
}

/// Judges a national number under a calling code: the region it belongs to, if its length is possible at all.
pub(super) fn judge(calling: u16, digits: &str) -> Option<National<'_>> {
    let shared = sharing(calling);
    let first = shared.iter().find(|t| t.fits(digits))?;
    let mut assigned = first.assigned(digits);
    let mut territory = first;
    if assigned != Some(true) {
        // Most of those that share a code keep no prefixes and can claim nothing.
        let mut telling = shared.iter().filter(|t| !t.prefixes.is_empty() && t.fits(digits));
        if let Some(owner) = telling.find(|t| t.assigned(digits) == Some(true)) {
            (territory, assigned) = (owner, Some(true));
        }
    }
    Some(National { parts: [digits, "", ""], region: Region(territory), assigned })
}

/// The regions whose numbers are told by prefix; tried where no hint fits.
pub(super) fn with_prefixes() -> impl Iterator<Item = Region> {
    WITH_PREFIXES.iter().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_is_ordered_and_prefix_free() {
        assert!(TERRITORIES.is_sorted_by_key(|t| t.calling));
        for a in &TERRITORIES {
            for b in &TERRITORIES {
                let (a, b) = (a.calling.to_string(), b.calling.to_string());
                assert!(a == b || !a.starts_with(&b), "{a} {b}");
            }
        }
    }

    #[test]
    fn judges_by_length_and_prefix() {
        let judged = |calling, national| judge(calling, national).map(|v| (v.region.code(), v.assigned));
        assert_eq!(judged(7, "9161234567"), Some(("RU", Some(true))));
        assert_eq!(judged(7, "7012345678"), Some(("KZ", Some(true))));
        assert_eq!(judged(7, "1234567890"), Some(("RU", Some(false))));
        assert_eq!(judged(7, "916123456"), None);
        assert_eq!(judged(64, "33316005"), Some(("NZ", None)));
    }

    #[test]
    fn drops_trunk_prefixes_inside() {
        let parts = |n: Option<National<'_>>| n.map(|n| n.parts.concat());
        assert_eq!(parts(after_calling(44, "02079460182")).as_deref(), Some("2079460182"));
        assert_eq!(parts(after_calling(7, "89161234567")).as_deref(), Some("9161234567"));
        assert_eq!(parts(after_calling(39, "0236618300")).as_deref(), Some("0236618300"));
        assert_eq!(parts(after_trunk(54, "343155551212")).as_deref(), Some("93435551212"));
    }

    #[test]
    fn splits_prefixes() {
        for territory in &TERRITORIES {
            let code = territory.calling.to_string();
            assert_eq!(split_calling(&format!("{code}5")), Some((territory.calling, "5")));
        }
        assert_eq!(split_calling("380671234567"), Some((380, "671234567")));
        assert_eq!(split_calling("0671234567"), None);
        let rest = |code, digits: &str| -> Vec<String> {
            let plan = Region::from_code(code).unwrap().plan();
            plan.without_international(digits).map(str::to_owned).collect()
        };
        assert_eq!(rest("RU", "81038044"), ["38044"]);
        assert_eq!(rest("SG", "0011650"), ["1650"]);
    }
}
