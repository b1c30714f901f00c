//! Replay: the bots of a log take its events again, and must do the same.

use super::argument::dot;
use super::marks::{OFF, Resolver, TIME, is_alike, is_masked, unmask, whole_number};
use super::record::Entry;
use super::sessions::Sessions;
use crate::bot::Bot;
use crate::dialog::{Contact, Event, Key, Session, Turn};
use crate::document::{Node, Packed, Unpacking};
use crate::error::{Code, Error};
use serde::Serialize;
use serde_json::Value as Json;
use std::ops::Deref;

/// What a replay found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Replayed {
    /// Records replayed.
    pub steps: u64,
    /// Whether everything went the same.
    pub same: bool,
    /// Records that could not be replayed: the beginning of their session was purged, or their texts are kept
    /// elsewhere and were not handed in.
    #[serde(skip_serializing_if = "is_zero")]
    pub skipped: u64,
    /// The first record that went otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub difference: Option<Difference>,
}

fn is_zero(n: &u64) -> bool {
    *n == 0
}

/// What went otherwise.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// The record's place in the log, from 0.
    pub at: usize,
    /// Whose.
    pub session: Key,
    /// Its number.
    pub n: u64,
    /// The rule, flow, row or reason that the record names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    /// The one that was followed now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is: Option<String>,
    /// Where the two part: `effects[0].text`.
    pub path: String,
    /// What the record says there; null where nothing.
    pub expected: Json,
    /// What was done now.
    pub got: Json,
}

/// Replays a log in one pass: each session of it is kept as its JSON, or one in all where the log is sorted by session.
/// Bots are borrowed or shared (`&Bot`, `Arc<Bot>`).
#[derive(Debug)]
pub struct Replayer<B> {
    bots: Vec<B>,
    resolver: Resolver,
    by_session: bool,
    sessions: Sessions<Option<Session>>,
    replayed: Replayed,
}

impl<B: Deref<Target = Bot>> Replayer<B> {
    /// A replayer that knows these bots, and what marks and references stand for where that is known. `by_session` says
    /// that the records of each session stand together: a session is forgotten when the next one begins.
    ///
    /// ```
    /// use frontdesk::audit::{Entry, Replayer};
    /// use frontdesk::{Bot, Event, Files, Key, Timestamp};
    ///
    /// let bot = Bot::from_yaml("bot: 1\ngreeting: { do: [ { say: Вітаю! } ] }", &Files::new()).unwrap().bot;
    /// let now = Timestamp::parse("2026-01-05T10:00:00Z").unwrap();
    /// let key = Key { channel: "web".into(), account: "site".into(), user: "7".into() };
    /// let mut session = bot.open(key, now, None);
    /// let turn = bot.step(&mut session, &Event::text("1", "Привет"), now).unwrap();
    /// let line = serde_json::to_string(&turn.record).unwrap();
    ///
    /// let mut replayer = Replayer::new(vec![&bot], Default::default(), false);
    /// replayer.take(0, &line, &Entry::read(&line).unwrap()).unwrap();
    /// assert!(replayer.finish().same);
    /// ```
    pub fn new(bots: Vec<B>, resolver: Resolver, by_session: bool) -> Self {
        let replayed = Replayed { steps: 0, same: true, skipped: 0, difference: None };
        Self { bots, resolver, by_session, sessions: Sessions::default(), replayed }
    }

    /// Takes the next record. After the first difference nothing is replayed any more.
    ///
    /// # Errors
    /// `bot_mismatch` where the record is of a bot that was not handed in, `limit` above a million sessions.
    pub fn take(&mut self, at: usize, line: &str, entry: &Entry<'_>) -> Result<(), Error> {
        if self.replayed.difference.is_some() || entry.purged.is_some() || entry.n == 0 {
            return Ok(());
        }
        let bot = bot_of(&self.bots, entry, at)?;
        if self.by_session && entry.n == 1 && !entry.is_aside() {
            self.sessions.clear();
        }
        let known = self.sessions.of(&entry.session)?;
        let Some(session) = opened(known, bot, entry, &self.resolver) else {
            self.replayed.skipped += 1;
            return Ok(());
        };
        if session.bot().hash != bot.hash() {
            bot.migrate(session);
        }
        let taken = taken(bot, session, entry, &self.resolver);
        let Some(turn) = taken.map_err(|e| of_event(at, e))? else {
            *known = None;
            self.replayed.skipped += 1;
            return Ok(());
        };
        self.replayed.steps += 1;
        if turn.record.json() == line.trim() {
            return Ok(());
        }
        let part = parting(line, &turn.record.whole());
        match part {
            None if entry.is_aside() => {}
            None => session.follow(entry.hash),
            Some((path, expected, got)) => {
                let again = serde_json::to_string(&turn.record.whole()).unwrap_or_default();
                self.replayed.same = false;
                self.replayed.difference = Some(Difference {
                    at,
                    session: entry.session.to_key(),
                    n: entry.n,
                    was: entry.cause(),
                    is: Entry::read(&again).ok().and_then(|entry| entry.cause()),
                    path,
                    expected,
                    got,
                });
            }
        }
        Ok(())
    }

    /// What was found.
    pub fn finish(self) -> Replayed {
        self.replayed
    }
}

/// The bot of a record.
pub(super) fn bot_of<'b, B: Deref<Target = Bot>>(
    bots: &'b [B],
    entry: &Entry<'_>,
    at: usize,
) -> Result<&'b Bot, Error> {
    bots.iter().map(|bot| &**bot).find(|bot| bot.hash() == entry.bot).ok_or_else(|| {
        let short: String = entry.bot.chars().take(12).collect();
        let message = format!("the record is of the bot {short}, which was not handed in");
        Error::new(Code::BotMismatch, format!("records[{at}].bot"), message)
    })
}

/// The session of a record, begun with its first one. None where the beginning is missing.
pub(super) fn opened<'s>(
    session: &'s mut Option<Session>,
    bot: &Bot,
    entry: &Entry<'_>,
    resolver: &Resolver,
) -> Option<&'s mut Session> {
    if entry.n == 1 && session.is_none() {
        *session = Some(bot.open(entry.session.to_key(), entry.now, contact_at_opening(entry, resolver)));
    }
    session.as_mut()
}

/// As the host stores it; an empty text where there is none.
impl Packed for Option<Session> {
    fn put(&self, out: &mut Vec<u8>) {
        self.as_ref().map(Session::snapshot).unwrap_or_default().put(out);
    }

    fn take(from: &mut Unpacking<'_>) -> Self {
        Session::from_json(from.text()).ok()
    }
}

/// What was known of a client when the session was opened: written apart where the first message told something else.
fn contact_at_opening(entry: &Entry<'_>, resolver: &Resolver) -> Option<Contact> {
    let told = entry.raw_event.is_some_and(|raw| raw.get().contains("\"contact\":"));
    let raw = entry.opened.or(entry.contact.filter(|_| !told))?;
    let mut node = Node::from_json(raw.get()).ok()?;
    unmask(&mut node, resolver)?;
    Contact::from_node(&node).ok()
}

/// The turn that a record tells of, taken again. None where its texts are not at hand.
pub(super) fn taken(
    bot: &Bot,
    session: &mut Session,
    entry: &Entry<'_>,
    resolver: &Resolver,
) -> Result<Option<Turn>, Error> {
    let Some(raw) = entry.raw_event else { return bot.due(session, entry.now).map(Some) };
    let mut node = Node::from_json(raw.get())?.without_positions();
    let masked = is_masked(&entry.session.user);
    if masked && (says_nothing(entry) || unmask(&mut node, resolver).is_none()) {
        return Ok(None);
    }
    bot.step(session, &Event::from_node(&node)?, entry.now).map(Some)
}

/// An error of the event of a record, with its place.
pub(super) fn of_event(at: usize, error: Error) -> Error {
    let path = format!("records[{at}].event{}{}", dot(&error.path), error.path);
    Error { path, ..error }
}

/// Whether the event is a message of which nothing was kept.
fn says_nothing(entry: &Entry<'_>) -> bool {
    let kept = |raw: &serde_json::value::RawValue| {
        ["text", "button", "attachments"].iter().any(|key| raw.get().contains(key))
    };
    entry.message().is_some() && !entry.raw_event.is_some_and(kept)
}

/// Keys that say how a record came about and not what happened: another version of the library writes others, and a
/// masked message is found with other scores.
const ABOUT: &[&str] =
    &["hash", "prev", "engine", "tz", "event", "contact", "opened", "search", "score", "session"];

/// Where a record and what was done now part.
fn parting(line: &str, got: &Json) -> Option<(String, Json, Json)> {
    let recorded: Json = serde_json::from_str(line).unwrap_or_default();
    difference(&recorded, got, String::new())
}

/// The first place in which a value is not what was recorded, marks being equal to anything.
pub(super) fn difference(recorded: &Json, got: &Json, path: String) -> Option<(String, Json, Json)> {
    let other = || Some((path.clone(), recorded.clone(), got.clone()));
    match (recorded, got) {
        (Json::Object(recorded), Json::Object(got)) => {
            let inner = |key: &str| if path.is_empty() { key.to_string() } else { format!("{path}.{key}") };
            let kept_elsewhere = |key: &str| recorded.contains_key(&format!("{key}_ref"));
            let judged = |key: &&String| {
                !ABOUT.contains(&key.as_str()) && !key.ends_with("_ref") && !kept_elsewhere(key)
            };
            let extra = got.keys().filter(|key| !recorded.contains_key(*key));
            recorded.keys().chain(extra).filter(judged).find_map(|key| {
                let null = Json::Null;
                difference(recorded.get(key).unwrap_or(&null), got.get(key).unwrap_or(&null), inner(key))
            })
        }
        (Json::Array(recorded), Json::Array(got)) => {
            let longest = recorded.len().max(got.len());
            (0..longest).find_map(|at| {
                let null = Json::Null;
                let pair = (recorded.get(at).unwrap_or(&null), got.get(at).unwrap_or(&null));
                difference(pair.0, pair.1, format!("{path}[{at}]"))
            })
        }
        (Json::String(recorded), Json::String(got)) if is_alike(recorded, got) => None,
        (Json::String(mark), Json::Number(_)) if whole_number(mark).is_some() => None,
        // A photo, a slot or a number may stand behind the mark of a text that was left out.
        (Json::String(mark), _) if matches!(mark.as_str(), OFF | TIME) => None,
        _ if recorded == got => None,
        _ => other(),
    }
}
