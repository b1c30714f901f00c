//! The verbs of this floor over JSON texts: an object in, JSON out.

use super::argument::{self, Records};
use super::count::{Counter, Filter, Partial};
use super::record::Entry;
use crate::bot::Bot;
use crate::error::{Code, Error};
use crate::time::{Timestamp, Zone};
use serde::Deserialize;
use serde_json::value::RawValue;

/// A verb: the bot where one is at hand, the argument, the answer.
type Verb = fn(Option<&Bot>, &str) -> Result<String, Error>;

/// Every verb by name.
pub const VERBS: &[(&str, Verb)] = &[
    ("metrics", metrics),
    ("merge", |_, argument| merge(argument)),
    ("figures", |_, argument| super::figures::verb(argument)),
];

/// Carries out a verb; none where nothing is called so.
pub fn verb(name: &str, bot: Option<&Bot>, argument: &str) -> Option<Result<String, Error>> {
    VERBS.iter().find(|(known, _)| *known == name).map(|(_, verb)| verb(bot, argument))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Metrics<'a> {
    #[serde(borrow)]
    records: Records<'a>,
    #[serde(default)]
    zone: Option<String>,
    #[serde(default)]
    filter: Filter,
    #[serde(default)]
    now: Option<Timestamp>,
    /// Open dialogs of the part before; `[]` for the first part of a log that goes on.
    #[serde(borrow, default)]
    carry: Option<&'a RawValue>,
}

/// `metrics {records, zone?, filter?, now?, carry?}`: partial sums, or with `carry` `{partial, carry}`.
fn metrics(bot: Option<&Bot>, argument: &str) -> Result<String, Error> {
    let argument: Metrics<'_> = argument::read(argument)?;
    let zone = zone(argument.zone.as_deref(), bot)?;
    let mut counter = Counter::new(zone, argument.filter, argument.now);
    if let Some(carry) = argument.carry {
        counter.go_on(carry.get())?;
    }
    for (at, line) in argument.records.lines() {
        counter.take(&read(at, line)?)?;
    }
    if argument.carry.is_none() {
        return Ok(counter.finish().to_json());
    }
    let (partial, carry) = counter.carry();
    Ok(format!("{{\"partial\":{},\"carry\":{carry}}}", partial.to_json()))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Merge<'a> {
    #[serde(borrow)]
    partials: Vec<&'a RawValue>,
}

/// `merge {partials}`: one partial.
fn merge(argument: &str) -> Result<String, Error> {
    let argument: Merge<'_> = argument::read(argument)?;
    let mut partials = argument.partials.iter().enumerate().map(|(at, partial)| {
        let placed = |e: Error| Error { path: format!("partials[{at}].{}", e.path), ..e };
        Partial::from_json(partial.get()).map_err(placed)
    });
    let mut sum = partials.next().unwrap_or_else(|| Ok(Partial::new("UTC")))?;
    partials.try_for_each(|partial| sum.merge(partial?))?;
    Ok(sum.to_json())
}

/// The zone named, else the bot's, else UTC.
fn zone(name: Option<&str>, bot: Option<&Bot>) -> Result<Zone, Error> {
    let Some(name) = name else { return Ok(bot.map_or_else(Zone::utc, |bot| bot.zone().clone())) };
    let message = || format!("no zone is called `{name}`");
    Zone::named(name).ok_or_else(|| Error::new(Code::ZoneUnknown, "zone", message()))
}

/// A record of the argument; its path begins at its place.
pub(super) fn read(at: usize, line: &str) -> Result<Entry<'_>, Error> {
    Entry::read(line).map_err(|e| {
        let path = if e.path.is_empty() { String::new() } else { format!(".{}", e.path) };
        Error { path: format!("records[{at}]{path}"), ..e }
    })
}
