//! The verbs of this floor over JSON texts: an object in, JSON out.

use super::argument::{self, Records, dot};
use super::chain::{Expected, Head, Verifier};
use super::count::{Counter, Filter, Partial};
use super::marks::Resolver;
use super::purge::{Kept, Purge};
use super::rechain::Rechain;
use super::record::Entry;
use super::replay::Replayer;
use super::sample::Sampler;
use super::transcript::{Format, Style, Transcript};
use super::what_if::WhatIf;
use crate::bot::{Bot, Files};
use crate::definition::{Duration, LogText};
use crate::dialog::{Key, digest_of};
use crate::error::{Code, Error};
use crate::time::{Timestamp, Zone};
use serde::{Deserialize, Serialize};
use serde_json::json;
use serde_json::value::RawValue;

type Answer = Result<String, Error>;

fn written(value: &impl Serialize) -> Answer {
    serde_json::to_string(value).map_err(|e| Error::new(Code::SyntaxInvalid, "", e.to_string()))
}

/// A record of the argument; its path begins at its place.
pub(crate) fn read(at: usize, line: &str) -> Result<Entry<'_>, Error> {
    Entry::read(line).map_err(|e| {
        let path = format!("records[{at}]{}{}", dot(&e.path), e.path);
        Error { path, ..e }
    })
}

/// The zone named, else the bot's, else UTC.
pub(crate) fn zone(name: Option<&str>, bot: Option<&Bot>) -> Result<Zone, Error> {
    let Some(name) = name else { return Ok(bot.map_or_else(Zone::utc, |bot| bot.zone().clone())) };
    let message = || format!("no zone is called `{name}`");
    Zone::named(name).ok_or_else(|| Error::new(Code::ZoneUnknown, "zone", message()))
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
    /// Open dialogs of the part before.
    #[serde(borrow, default)]
    carry: Option<&'a RawValue>,
    /// The log goes on: open dialogs are carried and not closed.
    #[serde(default)]
    open: bool,
}

/// `metrics {records, zone?, filter?, now?, carry?, open?}`: partial sums, or where the log goes on `{partial, carry}`.
pub(crate) fn metrics(bot: Option<&Bot>, argument: &str) -> Answer {
    let argument: Metrics<'_> = argument::read(argument)?;
    argument.filter.check()?;
    let zone = zone(argument.zone.as_deref(), bot)?;
    let mut counter = Counter::new(zone, argument.filter, argument.now);
    if let Some(carry) = argument.carry {
        counter.go_on(carry.get())?;
    }
    for (at, line) in argument.records.lines() {
        counter.take(&read(at, line)?)?;
    }
    if !argument.open {
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
pub(crate) fn merge(argument: &str) -> Answer {
    let argument: Merge<'_> = argument::read(argument)?;
    let mut partials = argument.partials.iter().enumerate().map(|(at, partial)| {
        let placed = |e: Error| {
            let path = format!("partials[{at}]{}{}", dot(&e.path), e.path);
            Error { path, ..e }
        };
        Partial::from_json(partial.get()).map_err(placed)
    });
    let mut sum = partials.next().unwrap_or_else(|| Ok(Partial::new("UTC")))?;
    partials.try_for_each(|partial| sum.merge(partial?))?;
    Ok(sum.to_json())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Verify<'a> {
    #[serde(borrow)]
    records: Records<'a>,
    #[serde(default)]
    session: Option<Key>,
    #[serde(default)]
    bots: Vec<String>,
    #[serde(default)]
    heads: Vec<Head>,
    #[serde(default)]
    from: Option<Vec<Head>>,
}

/// `verify {records, session?, bots?, heads?, from?}`: `{ok, records, sessions, broken?, heads?}`.
pub(crate) fn verify(argument: &str) -> Answer {
    let Verify { records, session, bots, heads, from } = argument::read(argument)?;
    let tell_heads = from.is_some();
    let expected = Expected { session, bots, heads, from: from.unwrap_or_default() };
    let mut verifier = Verifier::new(expected);
    for (_, line) in records.lines() {
        verifier.take(line)?;
    }
    written(&verifier.finish(tell_heads))
}

/// A definition that a log was made with.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Source<'a> {
    #[serde(borrow)]
    definition: &'a RawValue,
    #[serde(default)]
    files: Files,
}

fn compiled(at: usize, source: &Source<'_>) -> Result<Bot, Error> {
    let raw = source.definition.get();
    let compiled = match serde_json::from_str::<String>(raw) {
        #[cfg(feature = "yaml")]
        Ok(text) if !text.trim_start().starts_with('{') => Bot::from_yaml(&text, &source.files),
        Ok(text) => Bot::from_json(&text, &source.files),
        Err(_) => Bot::from_json(raw, &source.files),
    };
    let first = |errors: Vec<Error>| errors.into_iter().next();
    let fallback = || Error::new(Code::SyntaxInvalid, "", "no definition");
    compiled.map(|compiled| compiled.bot).map_err(|errors| {
        let error = first(errors).unwrap_or_else(fallback);
        Error { path: format!("bots[{at}].{}", error.path), ..error }
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Replay<'a> {
    #[serde(borrow)]
    records: Records<'a>,
    /// Other bots of the log, by their definitions.
    #[serde(borrow, default)]
    bots: Vec<Source<'a>>,
    #[serde(default)]
    texts: Resolver,
    #[serde(default)]
    by_session: bool,
}

/// A reference is the digest of its text under the secret of whoever wrote it: another text is found out where that is
/// the bot, or some other text shows that the secret is the bot's. Error: `log_edited` at the text.
fn prove(texts: &Resolver, bot: &Bot) -> Result<(), Error> {
    let Some(secret) = bot.log_key() else { return Ok(()) };
    let is_reference = |key: &str| key.len() == 64 && key.bytes().all(|b| b.is_ascii_hexdigit());
    let references = texts.iter().filter(|(key, _)| is_reference(key));
    let (own, others): (Vec<_>, Vec<_>) =
        references.partition(|(key, text)| digest_of(secret, "text", text) == **key);
    let is_secret_of_all = !own.is_empty() || bot.definition().log.text == LogText::Reference;
    match others.first().filter(|_| is_secret_of_all) {
        None => Ok(()),
        Some((key, _)) => {
            let message = "the text is not the one whose digest, under the bot's `log.key`, this is";
            Err(Error::new(Code::LogEdited, format!("texts.{key}"), message))
        }
    }
}

/// `replay {records, bots?, texts?, by_session?}` of a bot: `{steps, same, skipped?, difference?}`.
pub(crate) fn replay(bot: &Bot, argument: &str) -> Answer {
    let Replay { records, bots, texts, by_session } = argument::read(argument)?;
    let others = bots.iter().enumerate().map(|(at, s)| compiled(at, s)).collect::<Result<Vec<_>, _>>()?;
    prove(&texts, bot)?;
    let bots = std::iter::once(bot).chain(&others).collect();
    let mut replayer = Replayer::new(bots, texts, by_session);
    for (at, line) in records.lines() {
        replayer.take(at, line, &read(at, line)?)?;
    }
    written(&replayer.finish())
}

/// `what_if {records, bots?, texts?}` of the edited bot: `{dialogs, otherwise, skipped, groups}`.
pub(crate) fn what_if(bot: &Bot, argument: &str) -> Answer {
    let Replay { records, bots, texts, .. } = argument::read(argument)?;
    let old = bots.iter().enumerate().map(|(at, s)| compiled(at, s)).collect::<Result<Vec<_>, _>>()?;
    prove(&texts, bot)?;
    let mut what_if = WhatIf::new(bot, old.iter().collect(), texts);
    for (at, line) in records.lines() {
        what_if.take(at, line, &read(at, line)?)?;
    }
    written(&what_if.finish())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sampled<'a> {
    #[serde(borrow)]
    records: Records<'a>,
    #[serde(default)]
    zone: Option<String>,
    /// In percent.
    #[serde(default)]
    share: Option<u64>,
    #[serde(default)]
    week: Option<String>,
}

/// `sample {records, zone?, share?, week?}`: `{weeks: [{week, dialogs, chosen}]}`.
pub(crate) fn sample(bot: Option<&Bot>, argument: &str) -> Answer {
    let argument: Sampled<'_> = argument::read(argument)?;
    argument.week.as_deref().map(super::figures::span).transpose()?;
    let percent = |share: u64| {
        let message = || format!("`{share}` is no share in percent, 0 to 100");
        let percent = u8::try_from(share).ok().filter(|percent| *percent <= 100);
        percent.ok_or_else(|| Error::new(Code::UnknownValue, "share", message()))
    };
    let share = argument.share.map(percent).transpose()?;
    let share = share.or_else(|| bot.and_then(|bot| bot.definition().log.review));
    let mut sampler = Sampler::new(zone(argument.zone.as_deref(), bot)?, share, argument.week);
    for (at, line) in argument.records.lines() {
        sampler.take(&read(at, line)?);
    }
    written(&json!({ "weeks": sampler.finish() }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written<'a> {
    #[serde(borrow)]
    records: Records<'a>,
    #[serde(default)]
    format: Format,
    #[serde(default)]
    session: Option<Key>,
    #[serde(default)]
    dialog: Option<u32>,
    #[serde(default)]
    zone: Option<String>,
    #[serde(default)]
    language: Option<String>,
    #[serde(default)]
    why: bool,
}

/// `transcript {records, format?, session?, dialog?, zone?, language?, why?}`: `{text}`.
pub(crate) fn transcript(bot: Option<&Bot>, argument: &str) -> Answer {
    let argument: Written<'_> = argument::read(argument)?;
    let style = argument.style(bot)?;
    let mut transcript = Transcript::default();
    for (at, line) in argument.records.lines() {
        let entry = read(at, line)?;
        let session = argument.session.as_ref().is_none_or(|wanted| *wanted == entry.session.to_key());
        if session && argument.dialog.is_none_or(|wanted| wanted == entry.dialog) {
            transcript.take(&entry);
        }
    }
    written(&json!({ "text": transcript.write(&style) }))
}

/// How a transcript is to look, by the argument of [`transcript`].
pub(crate) fn style(bot: Option<&Bot>, argument: &str) -> Result<Style, Error> {
    argument::read::<Written<'_>>(argument)?.style(bot)
}

impl Written<'_> {
    fn style(&self, bot: Option<&Bot>) -> Result<Style, Error> {
        argument::language(self.language.as_deref())?;
        let team = bot.map_or("en", |bot| bot.definition().languages.team());
        let language = self.language.as_deref().unwrap_or(team).to_string();
        Ok(Style { format: self.format, zone: zone(self.zone.as_deref(), bot)?, language, why: self.why })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Purged<'a> {
    #[serde(borrow)]
    records: Records<'a>,
    now: Timestamp,
    #[serde(default)]
    keep: Option<String>,
}

/// `purge {records, now, keep?}`: `{lines, purged}`; `keep` is the bot's where it is not given.
pub(crate) fn purge(bot: Option<&Bot>, argument: &str) -> Answer {
    let argument: Purged<'_> = argument::read(argument)?;
    let mut purge = purge_of(bot, argument.keep.as_deref(), argument.now)?;
    for (at, line) in argument.records.lines() {
        purge.survey(&read(at, line)?);
    }
    let mut kept: Vec<String> = Vec::new();
    for (at, line) in argument.records.lines() {
        match purge.keep(&read(at, line)?) {
            Kept::Whole => kept.push(line.trim().to_string()),
            Kept::Tombstone(stone) => kept.push(stone),
            Kept::Gone => {}
        }
    }
    written(&json!({"lines": kept, "purged": purge.purged()}))
}

/// Forgets what is older than `keep`, which is the bot's where it is not given.
pub(crate) fn purge_of(bot: Option<&Bot>, keep: Option<&str>, now: Timestamp) -> Result<Purge, Error> {
    let given = keep.map(|keep| {
        let message = || format!("`{keep}` is no length of time such as 12mo");
        Duration::parse(keep).ok_or_else(|| Error::new(Code::DurationInvalid, "keep", message()))
    });
    let keep = given.transpose()?.or_else(|| bot.and_then(|bot| bot.definition().log.keep));
    let keep = keep.ok_or_else(|| Error::new(Code::MissingKey, "keep", "for how long is not said"))?;
    Ok(Purge::new(now, keep.0))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Masked<'a> {
    #[serde(borrow)]
    records: Records<'a>,
    level: LogText,
    key: String,
}

/// `mask {records, level, key}`: `{lines, texts?}`. A log that `verify` does not find whole is refused.
pub(crate) fn mask(bot: Option<&Bot>, argument: &str) -> Answer {
    let argument: Masked<'_> = argument::read(argument)?;
    let mut rechain = Rechain::new(bot, argument.level, &argument.key)?;
    for (_, line) in argument.records.lines() {
        rechain.learn(line)?;
    }
    let placed = |at: usize, e: Error| match e.path.starts_with("records[") {
        true => e,
        false => Error { path: format!("records[{at}]{}{}", dot(&e.path), e.path), ..e },
    };
    let mask = |(at, line): (usize, &str)| rechain.mask(line).map_err(|e| placed(at, e));
    let lines = argument.records.lines().map(mask).collect::<Result<Vec<_>, _>>()?;
    let texts = rechain.texts();
    let mut answer = json!({ "lines": lines });
    if let (false, Some(keys)) = (texts.is_empty(), answer.as_object_mut()) {
        keys.insert("texts".to_string(), json!(texts));
    }
    written(&answer)
}

pub(crate) use super::diagram::verb as diagram;
pub(crate) use super::figures::verb as figures;
pub(crate) use super::report::verb as report;
