//! The settings of the whole bot: languages, hours, log, channels.

use super::basics::{Duration, Text, language};
use crate::document::{Cursor, Named, packed};
use crate::error::Code;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Languages of the bot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Languages {
    /// The one everything is written in.
    pub main: String,
    /// Others it answers in.
    pub also: Vec<String>,
    /// The team's, for summaries.
    pub team: Option<String>,
    /// A client who writes in none of them gets a human instead of the main language.
    pub unknown_to_human: bool,
}

packed!(Languages { main, also, team, unknown_to_human });

impl Default for Languages {
    fn default() -> Self {
        Self { main: "ru".into(), also: Vec::new(), team: None, unknown_to_human: false }
    }
}

impl Languages {
    /// Every language the client may be answered in, the main one first.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.main).chain(&self.also).map(String::as_str)
    }

    /// The configured language that a locale such as `ru_RU` means.
    pub fn spoken(&self, locale: &str) -> Option<&str> {
        let code = locale.split(['_', '-']).next().unwrap_or_default().to_ascii_lowercase();
        self.all().find(|l| *l == code)
    }

    /// The language of summaries.
    pub fn team(&self) -> &str {
        self.team.as_ref().unwrap_or(&self.main)
    }

    pub(crate) fn read(at: &Cursor<'_>) -> Option<Self> {
        let keys = at.keys()?;
        let main = keys.need("main").and_then(|c| language(&c));
        let also = keys.get("also").map(|c| c.one_or_list().iter().filter_map(language).collect());
        let team = keys.get("team").and_then(|c| language(&c));
        let unknown = keys.get("unknown").and_then(|c| c.one_of(&[("main", false), ("handoff", true)]));
        keys.end();
        Some(Self {
            main: main?,
            also: also.unwrap_or_default(),
            team,
            unknown_to_human: unknown.unwrap_or(false),
        })
    }
}

/// Hours in which no outreach is sent, in minutes of the day; the first counts, the last does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuietHours {
    /// From this minute.
    pub from: u16,
    /// To this minute.
    pub to: u16,
}

packed!(QuietHours { from, to });

impl QuietHours {
    pub(crate) fn read(at: &Cursor<'_>) -> Option<Self> {
        let keys = at.keys()?;
        let from = keys.need("from").and_then(|c| minute(&c));
        let to = keys.need("to").and_then(|c| minute(&c));
        keys.end();
        Some(Self { from: from?, to: to? })
    }
}

fn minute(at: &Cursor<'_>) -> Option<u16> {
    let text = at.text()?;
    let parsed = text.split_once(':').and_then(|(hour, minute)| {
        let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
        (hour < 24 && minute < 60).then_some(hour * 60 + minute)
    });
    if parsed.is_none() {
        at.error(Code::TimeInvalid, format!("`{text}` is no time of day such as \"21:00\""));
    }
    parsed
}

/// How much of a dialog the record keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogText {
    /// Everything.
    #[default]
    Full,
    /// Phones, e-mails and names as keyed digests.
    Masked,
    /// A reference to the text, which the host keeps.
    Reference,
    /// No text.
    Off,
}

packed!(LogText: 0 Full, 1 Masked, 2 Reference, 3 Off);

/// What is written down and for how long.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Log {
    /// How much of the texts.
    pub text: LogText,
    /// For how long.
    pub keep: Option<Duration>,
    /// Share of dialogs for review, in percent.
    pub review: Option<u8>,
}

packed!(Log { text, keep, review });

impl Log {
    pub(crate) fn read(at: &Cursor<'_>) -> Option<Self> {
        let keys = at.keys()?;
        let text = keys.get("text").and_then(|c| {
            c.one_of(&[
                ("full", LogText::Full),
                ("masked", LogText::Masked),
                ("reference", LogText::Reference),
                ("off", LogText::Off),
            ])
        });
        let keep = keys.get("keep").and_then(|c| Duration::read(&c));
        let review = keys.get("review").and_then(|c| percent(&c));
        keys.end();
        Some(Self { text: text.unwrap_or_default(), keep, review })
    }
}

fn percent(at: &Cursor<'_>) -> Option<u8> {
    let text = at.literal()?;
    let value = text.strip_suffix('%').and_then(|n| n.trim().parse().ok()).filter(|n| *n <= 100);
    if value.is_none() {
        at.error(Code::UnknownValue, format!("`{text}` is no share such as `5%`"));
    }
    value
}

/// A status of the dialog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Its name.
    pub name: String,
    /// What people call it.
    pub title: Option<Text>,
    /// Whether a dialog in it is over.
    pub last: bool,
}

packed!(Status { name, title, last });

impl Status {
    pub(crate) fn read(name: String, at: &Cursor<'_>) -> Option<Self> {
        let keys = at.keys()?;
        let title = keys.get("title").and_then(|c| Text::read(&c));
        let last = keys.get("final").and_then(|c| c.bool()).unwrap_or(false);
        keys.end();
        Some(Self { name, title, last })
    }
}

/// Bounds of what the bot sends unasked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outreach {
    /// Least time between two.
    pub min_gap: Option<Duration>,
    /// Most per dialog.
    pub max: Option<u32>,
}

packed!(Outreach { min_gap, max });

impl Outreach {
    pub(crate) fn read(at: &Cursor<'_>) -> Option<Self> {
        let keys = at.keys()?;
        let min_gap = keys.get("min_gap").and_then(|c| Duration::read(&c));
        let max = keys.get("max").and_then(|c| u32::try_from(c.int()?).ok());
        keys.end();
        Some(Self { min_gap, max })
    }
}

/// When a message of the client's opens the next dialog after one that finished silently.
///
/// By default 30 days after a goal (`done`), never after anything else: who met a stop word stays unanswered. Authors
/// write a length of time or `never` for every end, or a map by the status at the end: `{done: 60d, not_fit: never}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReopenAfter {
    by_status: BTreeMap<String, Option<Duration>>,
    others: Option<Duration>,
}

packed!(ReopenAfter { by_status, others });

impl Default for ReopenAfter {
    fn default() -> Self {
        let goal = ("done".to_string(), Some(Duration(30 * Duration::DAY.0)));
        Self { by_status: BTreeMap::from([goal]), others: None }
    }
}

impl ReopenAfter {
    /// How long after an end in this status; none: never.
    pub fn after(&self, status: &str) -> Option<Duration> {
        self.by_status.get(status).copied().unwrap_or(self.others)
    }

    pub(crate) fn read(at: &Cursor<'_>) -> Self {
        let length = |c: &Cursor<'_>| if c.node.as_str() == Some("never") { None } else { Duration::read(c) };
        if !at.is_map() {
            return Self { by_status: BTreeMap::new(), others: length(at) };
        }
        let mut read = Self::default();
        for (status, at) in at.named() {
            at.uses(Named::Status, &status);
            read.by_status.insert(status, length(&at));
        }
        read
    }
}

/// The talk mirrored to a target, message by message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mirror {
    /// The target.
    pub to: String,
    /// Answers of the FAQ are suggested to the operator.
    pub suggest: bool,
}

packed!(Mirror { to, suggest });

impl Mirror {
    pub(crate) fn read(at: &Cursor<'_>) -> Option<Self> {
        let keys = at.keys()?;
        let to = keys.need("to").and_then(|c| c.filled_text());
        let suggest = keys.get("suggest").and_then(|c| c.bool()).unwrap_or(false);
        keys.end();
        Some(Self { to: to?, suggest })
    }
}

/// Who belongs to an audience: every session of these channels or accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audience {
    /// Its name; `staff` for the team.
    pub name: String,
    /// Channels.
    pub channels: Vec<String>,
    /// Accounts.
    pub accounts: Vec<String>,
}

packed!(Audience { name, channels, accounts });

impl Audience {
    pub(crate) fn read(name: String, at: &Cursor<'_>) -> Option<Self> {
        let keys = at.keys()?;
        let channels = keys.get("channels").map(|c| c.texts()).unwrap_or_default();
        let accounts = keys.get("accounts").map(|c| c.texts()).unwrap_or_default();
        keys.end();
        Some(Self { name, channels, accounts })
    }
}
