//! Telephone numbers as people type them in chats.
//!
//! One scan from left to right finds runs of digits with phone punctuation; inside a run the surest reading of the
//! groups wins. A plus sign or a trunk prefix with a plausible length is a number even if no plan knows its prefix;
//! bare digits need a prefix in use or a word beside them («тел», «звоните», "call"), and a word that names something
//! else («заказ», «ИНН», "invoice") refuses them.
//!
//! # What is missed, and why
//!
//! - Letters as digits of a keypad (`1-800-FLOWERS`): any word of seven letters would be a candidate.
//! - Commas and square brackets between groups (`8,903,555 …`, `8[903]…`): they part numbers far more often.
//! - Bare digits right after a word that names something else, even if a person would call them («карта 8903…»).
//! - A local number without its area code: it has no E.164 form.
//! - Bare digits of ten with a foreign trunk prefix (`0671234567` in a Russian chat) without a calling word, and bare
//!   digits of regions whose prefixes the table does not keep: the same digits are ids and sums.
//! - A number glued to Latin letters (`300forme`, `id8903…`): it is an identifier.
//! - Number words in languages other than the four.
//!
//! Facts of numbering plans: the metadata of libphonenumber, see `plan/generate.py`.

mod context;
mod cues;
mod decide;
mod extension;
mod find;
mod scan;
mod shape;
mod spoken;
mod window;
mod word_list;

use crate::extract::plan::Region;
use crate::text::{Span, fold_word};
use find::Finder;
use std::fmt;

/// What helps to read numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PhoneOptions {
    regions: Vec<Region>,
    /// Digits that numbers of the regions have, as a set of bits.
    lengths: u32,
}

impl PhoneOptions {
    /// Options with the regions that numbers without a country code may belong to, the likeliest first.
    ///
    /// Regions are hints: a number with a country code is found whatever they are.
    pub fn new(regions: impl IntoIterator<Item = Region>) -> Self {
        let regions: Vec<Region> = regions.into_iter().collect();
        let lengths = regions.iter().fold(0, |set, region| set | region.plan().written_lengths());
        Self { regions, lengths }
    }

    /// Whether digits without a plus sign may be a number at all; most prefixes of a number are none.
    fn may_fit(&self, digits: &str) -> bool {
        const ABROAD: usize = 10;
        digits.len() >= ABROAD || digits.starts_with('0') || self.lengths & 1 << digits.len() != 0
    }

    /// The regions hinted at.
    pub fn regions(&self) -> &[Region] {
        &self.regions
    }
}

/// A number in E.164 form: a plus sign and up to 15 digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct E164 {
    len: u8,
    bytes: [u8; 16],
}

impl E164 {
    fn new(calling: u16, national: [&str; 3]) -> Option<Self> {
        let mut bytes = [0; 16];
        let code = [calling / 100, calling / 10 % 10, calling % 10].map(|d| b'0' + d as u8);
        let (plus, digits) = bytes.split_first_mut()?;
        *plus = b'+';
        let code = code.iter().skip_while(|&&digit| digit == b'0');
        let mut len = 1;
        for (slot, &digit) in digits.iter_mut().zip(code) {
            *slot = digit;
            len += 1;
        }
        for part in national {
            bytes.get_mut(len..len + part.len())?.copy_from_slice(part.as_bytes());
            len += part.len();
        }
        Some(Self { len: len as u8, bytes })
    }

    /// The number as text: `+79001234567`.
    pub fn as_str(&self) -> &str {
        let used = self.bytes.get(..usize::from(self.len)).unwrap_or_default();
        std::str::from_utf8(used).unwrap_or_default()
    }
}

impl fmt::Debug for E164 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for E164 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What the decision for a number rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Why {
    /// A plus sign and a country code.
    Plus,
    /// An international prefix: 00, 8 10, 011.
    InternationalPrefix,
    /// The prefix of calls inside the country: 8 in Russia, 0 in Ukraine.
    TrunkPrefix,
    /// A country code without a plus sign.
    CountryCode,
    /// Bare digits that fit the numbering plan.
    Plan,
}

impl Why {
    /// A stable name for logs.
    pub fn as_str(self) -> &'static str {
        match self {
            Why::Plus => "plus",
            Why::InternationalPrefix => "international_prefix",
            Why::TrunkPrefix => "trunk_prefix",
            Why::CountryCode => "country_code",
            Why::Plan => "plan",
        }
    }
}

/// A telephone number found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phone<'t> {
    /// The number in E.164 form, without its extension.
    pub e164: E164,
    /// The number as typed, its extension included.
    pub raw: &'t str,
    /// Where `raw` stands.
    pub span: Span,
    /// Digits to dial after the call is taken.
    pub ext: Option<&'t str>,
    /// The region the number belongs to.
    pub region: Region,
    /// How sure the decision is, 0 to 1000; 500 and more is worth acting on.
    pub confidence: u16,
    /// What the decision rests on.
    pub why: Why,
}

/// The telephone numbers of a text, from left to right.
///
/// Numbers in words («восемь девятьсот три …») are read in Russian, Ukrainian, Belarusian and English. Not for
/// checking one number in a form field: this looks for what a person means, not for what a network will route.
///
/// Cost: one pass, linear in the text; a text with fewer than seven digits and no number words is only scanned.
///
/// ```
/// use frontdesk::extract::{PhoneOptions, Region, phones};
/// let options = PhoneOptions::new(Region::from_code("RU"));
/// let found: Vec<_> = phones("Мой номер 8-900-123-45-67 доб. 12, заказ №89001234567", &options).collect();
/// assert_eq!(found.len(), 1);
/// assert_eq!(found[0].e164.as_str(), "+79001234567");
/// assert_eq!(found[0].ext, Some("12"));
/// ```
pub fn phones<'t>(text: &'t str, options: &PhoneOptions) -> impl Iterator<Item = Phone<'t>> {
    let mut spoken = spoken::phones(text, options).into_iter().peekable();
    let mut written = Finder::new(text, options).peekable();
    std::iter::from_fn(move || {
        let Some(next) = spoken.peek().map(|p| p.span) else { return written.next() };
        if let Some(phone) = written.next_if(|p| p.span.end <= next.start) {
            return Some(phone);
        }
        while written.next_if(|p| p.span.overlaps(next)).is_some() {}
        spoken.next()
    })
}

/// Whether a word beside a phone or an address only names it: «тел», «вайбер», «почта».
pub(crate) fn names_contact(word: &str) -> bool {
    const MAIL: &[&str] = &["email", "mail", "имейл", "мейл", "мыло", "почта", "пошта"];
    matches!(cues::of_word(word), Some(cues::Cue::Phone | cues::Cue::Number))
        || MAIL.contains(&fold_word(word).as_str())
}
