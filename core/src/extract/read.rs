//! Every kind of value in one call.

use super::date::{self, Date};
use super::items::items;
use super::money::{self, Amount};
use super::name::{self, Name};
use super::number::speaks_of_number;
use super::{Email, Phone, PhoneOptions, emails, phones};
use crate::time::{Timestamp, Zone};

/// The kinds that [`read`] looks for beside telephone numbers and e-mail addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// Days and times.
    pub dates: bool,
    /// Sums of money.
    pub amounts: bool,
    /// The name that a client introduces himself by.
    pub name: bool,
}

impl Wanted {
    /// Every kind.
    pub const ALL: Self = Self { dates: true, amounts: true, name: true };
}

/// What the values of a text depend on beside the text.
#[derive(Debug, Clone, Copy)]
pub struct Context<'c> {
    /// Where telephone numbers without a country code belong.
    pub phones: &'c PhoneOptions,
    /// What «завтра» is relative to.
    pub now: Timestamp,
    /// The zone of the client's clock.
    pub zone: &'c Zone,
    /// The kinds that the caller has a use for; others are not looked for.
    pub wanted: Wanted,
}

/// The values of a text, of each kind in the order of the text.
///
/// Values of two kinds may share a place («18:30» and 30): which of them counts is for the caller to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<'t> {
    /// See [`phones`].
    pub phones: Vec<Phone<'t>>,
    /// See [`emails`].
    pub emails: Vec<Email<'t>>,
    /// See [`date::dates`].
    pub dates: Vec<Date>,
    /// See [`money::amounts`].
    pub amounts: Vec<Amount>,
    /// See [`name::introduced`].
    pub name: Option<Name>,
}

/// Reads every kind of value that a message may carry unasked.
///
/// Dates and sums share one reading of the words, which costs more than all else: want them only where a field takes
/// them. Not for a text of which one kind is wanted: ask that kind's own
/// function.
///
/// ```
/// use frontdesk::extract::{self, Context, PhoneOptions, Region, Wanted};
/// use frontdesk::time::{Timestamp, Zone};
/// let context = Context {
///     phones: &PhoneOptions::new(Region::from_code("UA")),
///     now: Timestamp::parse("2026-11-21T10:00:00Z").unwrap(),
///     zone: &Zone::named("Europe/Kyiv").unwrap(),
///     wanted: Wanted::ALL,
/// };
/// let found = extract::read("Мене звати Ярина, 067 123 45 67, завтра о 15:00, бюджет 1500 грн", &context);
/// assert_eq!(found.phones[0].e164.as_str(), "+380671234567");
/// assert_eq!(found.dates[0].value.start().to_string(), "2026-11-22T15:00:00");
/// assert_eq!(found.amounts[0].minor, 150_000);
/// assert_eq!(found.name.unwrap().value, "Ярина");
/// ```
pub fn read<'t>(text: &'t str, context: &Context<'_>) -> Found<'t> {
    let Wanted { dates, amounts, name } = context.wanted;
    let telling = |meaning| dates && date::speaks_of_time(meaning) || speaks_of_number(meaning);
    let items = if dates || amounts { items(text, telling).unwrap_or_default() } else { Vec::new() };
    Found {
        phones: phones(text, context.phones).collect(),
        emails: emails(text).collect(),
        dates: if dates { date::dates_in(&items, context.now, context.zone) } else { Vec::new() },
        amounts: if amounts { money::amounts_in(&items) } else { Vec::new() },
        name: if name { name::introduced(text) } else { None },
    }
}
