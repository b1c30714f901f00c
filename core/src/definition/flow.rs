//! Rules, flows and silence: when actions run.

use super::action::Action;
use super::basics::{Duration, Text};
use super::condition::Condition;
use crate::document::{Cursor, Named, packed};
use crate::error::Code;

/// A strict rule: the first whose condition holds runs and ends the step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its name in records; `rule N` by place where the author gives none.
    pub name: String,
    /// When it fires.
    pub condition: Condition,
    /// What it does.
    pub actions: Vec<Action>,
    /// The step goes on after it.
    pub go_on: bool,
}

packed!(Rule { name, condition, actions, go_on });

/// A dialog with a goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// Its name.
    pub name: String,
    /// What it is about, for `{topic}`.
    pub topic: Option<Text>,
    /// When it starts by itself.
    pub start: Option<Condition>,
    /// The fields it collects, in order.
    pub collect: Vec<String>,
    /// Those of them that one question asks for.
    pub together: Vec<Together>,
    /// What it does when all are there.
    pub then: Vec<Action>,
    /// What it does on events while it is open.
    pub react: Vec<Reaction>,
    /// When its goal is reached.
    pub done: Condition,
    /// What it does when answers keep failing.
    pub unsure: Unsure,
    /// What becomes of a session whose open question this definition no longer has.
    pub on_removed: OnRemoved,
}

packed!(Flow { name, topic, start, collect, together, then, react, done, unsure, on_removed });

/// What becomes of a session whose open question a newer definition no longer has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnRemoved {
    /// The flow asks for the next field that is missing.
    #[default]
    Continue,
    /// The flow begins again: what is known is not asked, times are.
    Restart,
    /// The flow is left.
    Drop,
    /// The safe way out of the flow.
    Unsure,
}

packed!(OnRemoved: 0 Continue, 1 Restart, 2 Drop, 3 Unsure);

impl OnRemoved {
    const WORDS: &'static [(&'static str, OnRemoved)] = &[
        ("continue", OnRemoved::Continue),
        ("restart", OnRemoved::Restart),
        ("drop", OnRemoved::Drop),
        ("unsure", OnRemoved::Unsure),
    ];

    /// The author's word.
    pub fn as_str(self) -> &'static str {
        Self::WORDS.iter().find(|(_, kind)| *kind == self).map_or("", |(word, _)| word)
    }
}

/// Fields that one question asks for, as long as none of them is known; what an answer leaves out is asked for by
/// the questions of the fields themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Together {
    /// The question.
    pub ask: Text,
    /// The fields, in order.
    pub fields: Vec<String>,
}

packed!(Together { ask, fields });

/// A reaction of an open flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reaction {
    /// When it fires.
    pub condition: Condition,
    /// What it does.
    pub actions: Vec<Action>,
}

packed!(Reaction { condition, actions });

/// The safe way out of a flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsure {
    /// After how many failed answers.
    pub repeat: u32,
    /// What it does.
    pub actions: Vec<Action>,
}

packed!(Unsure { repeat, actions });

/// What the bot does when nobody writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Silence {
    /// How long.
    pub after: Duration,
    /// Counted from what.
    pub since: Anchor,
    /// Only where this holds.
    pub condition: Option<Condition>,
    /// What it does.
    pub actions: Vec<Action>,
    /// Name of the vendor's template for a closed messaging window.
    pub template: Option<String>,
}

packed!(Silence { after, since, condition, actions, template });

/// What silence is counted from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Anchor {
    /// The last message of either side.
    LastMessage,
    /// The last message of the client's.
    Client,
    /// The last offer.
    Offer,
    /// The sending of a reminder.
    NoReply(String),
}

packed!(Anchor: 0 LastMessage, 1 Client, 2 Offer, 3 NoReply(item));

impl Rule {
    pub(crate) fn read(place: usize, at: &Cursor<'_>) -> Option<Self> {
        let keys = at.keys()?;
        let name = keys.get("name").map(|c| c.filled_text());
        let condition = keys.need("if").and_then(|c| Condition::read(&c));
        let actions = keys.need("do").map(|c| Action::read_list(&c));
        let go_on = keys.get("go_on").and_then(|c| c.bool()).unwrap_or(false);
        keys.end();
        let name = match name {
            Some(name) => name?,
            None => format!("rule {place}"),
        };
        Some(Self { name, condition: condition?, actions: actions?, go_on })
    }
}

impl Flow {
    pub(crate) fn read(name: String, at: &Cursor<'_>) -> Option<Self> {
        let keys = at.keys()?;
        let topic = keys.get("topic").and_then(|c| Text::read(&c));
        let start = keys.get("start").map(|c| Condition::read(&c));
        let (collect, together) = keys.get("collect").map(|c| collected(&c)).unwrap_or_default();
        let then = keys.get("then").map(|c| Action::read_list(&c)).unwrap_or_default();
        let react = keys.get("react").map(|c| c.list()).unwrap_or_default();
        let react: Vec<_> = react.iter().map(Reaction::read).collect();
        let done = keys.need("done").and_then(|c| Condition::read(&c));
        let unsure = keys.need("unsure").and_then(|c| Unsure::read(&c));
        let on_removed = keys.get("on_removed").and_then(|c| c.one_of(OnRemoved::WORDS)).unwrap_or_default();
        keys.end();
        let start = match start {
            Some(start) => Some(start?),
            None => None,
        };
        Some(Self {
            name,
            topic,
            start,
            collect,
            together,
            then,
            react: react.into_iter().collect::<Option<_>>()?,
            done: done?,
            unsure: unsure?,
            on_removed,
        })
    }

    /// The actions of all its lists.
    pub fn actions(&self) -> impl Iterator<Item = &Action> {
        let reactions = self.react.iter().flat_map(|reaction| &reaction.actions);
        self.then.iter().chain(&self.unsure.actions).chain(reactions)
    }
}

/// The fields to collect: a name each, or `{ask, fields}` for several in one question.
fn collected(at: &Cursor<'_>) -> (Vec<String>, Vec<Together>) {
    let (mut collect, mut together) = (Vec::new(), Vec::new());
    for item in at.one_or_list() {
        if !item.is_map() {
            collect.extend(item.name_of(Named::Field));
            continue;
        }
        let group = Together::read(&item);
        collect.extend(group.iter().flat_map(|g| g.fields.iter().cloned()));
        together.extend(group);
    }
    (collect, together)
}

impl Together {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        let keys = at.keys()?;
        let ask = keys.need("ask").and_then(|c| Text::read(&c));
        let fields = keys.need("fields").map(|c| c.names_of(Named::Field));
        keys.end();
        Some(Self { ask: ask?, fields: fields? })
    }
}

impl Reaction {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        let keys = at.keys()?;
        let condition = keys.need("if").and_then(|c| Condition::read(&c));
        let actions = keys.need("do").map(|c| Action::read_list(&c));
        keys.end();
        Some(Self { condition: condition?, actions: actions? })
    }
}

impl Unsure {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        let keys = at.keys()?;
        let repeat = keys.get("repeat").map_or(Some(2), |c| {
            let count = c.int()?;
            let fits = u32::try_from(count).ok().filter(|n| (1..=100).contains(n));
            if fits.is_none() {
                c.error(Code::UnknownValue, format!("`{count}` is not within 1 to 100"));
            }
            fits
        });
        let actions = keys.need("do").map(|c| Action::read_list(&c));
        keys.end();
        Some(Self { repeat: repeat?, actions: actions? })
    }
}

impl Silence {
    pub(crate) fn read(at: &Cursor<'_>) -> Option<Self> {
        let keys = at.keys()?;
        let after = keys.need("after").and_then(|c| Duration::read(&c));
        let since = keys.get("since").map(|c| {
            c.one_of(&[
                ("last_message", Anchor::LastMessage),
                ("client", Anchor::Client),
                ("offer", Anchor::Offer),
            ])
        });
        let no_reply = keys.get("no_reply").map(|c| c.name_of(Named::Reminder));
        let condition = keys.get("if").map(|c| Condition::read(&c));
        let actions = keys.need("do").map(|c| Action::read_list(&c));
        let template = keys.get("template").and_then(|c| c.filled_text());
        keys.end();
        let since = match (no_reply, since) {
            (Some(reminder), _) => Anchor::NoReply(reminder?),
            (None, Some(since)) => since?,
            (None, None) => Anchor::LastMessage,
        };
        let condition = match condition {
            Some(condition) => Some(condition?),
            None => None,
        };
        Some(Self { after: after?, since, condition, actions: actions?, template })
    }
}
