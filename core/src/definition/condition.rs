//! Conditions: the `if` of rules, flows and reactions.

use super::basics::Duration;
use crate::document::{Cursor, Keys, Named, nearest, packed};
use crate::error::Code;

/// What must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// Every one holds.
    All(Vec<Condition>),
    /// At least one holds.
    Any(Vec<Condition>),
    /// The inner one does not hold.
    Not(Box<Condition>),
    /// The message contains a listed word, or holds nothing else (`match: whole`).
    Words {
        /// Names of lists, or the words themselves.
        words: WordsRef,
        /// `match: whole`.
        whole: bool,
    },
    /// The field is filled and this step brought it (CONTRACT section 9 says what «it» covers).
    Has(String),
    /// The value of a field compares as asked.
    Field {
        /// The field.
        name: String,
        /// All must hold; none means «is filled».
        tests: Vec<Test>,
    },
    /// The active flow; none for `flow: none`.
    Flow(Option<String>),
    /// The status is one of these.
    Status(Vec<String>),
    /// A button of this id or title was pressed.
    Button(String),
    /// This event is the named fact or result, and its data compare as asked.
    Data {
        /// A fact of the host's, or the result of a request.
        source: DataSource,
        /// Name of the fact, or kind of the request.
        name: String,
        /// The key looked into.
        key: Option<String>,
        /// All must hold.
        tests: Vec<Test>,
    },
    /// The language of the session is one of these.
    Language(Vec<String>),
    /// The channel is one of these.
    Channel(Vec<String>),
    /// The audience is one of these.
    Audience(Vec<String>),
    /// The message carries an attachment of this kind; `any` for every kind.
    Attachment(String),
    /// `mood: angry`.
    Angry,
    /// No message of the client's since the named reminder was sent, for this long.
    NoReply {
        /// The reminder.
        reminder: String,
        /// Counted from its sending.
        within: Duration,
    },
}

packed!(Condition:
    0 All(item), 1 Any(item), 2 Not(item), 3 Words { words, whole }, 4 Has(item), 5 Field { name, tests },
    6 Flow(item), 7 Status(item), 8 Button(item), 9 Data { source, name, key, tests }, 10 Language(item),
    11 Channel(item), 12 Audience(item), 13 Attachment(item), 14 Angry, 15 NoReply { reminder, within }
);

/// Word lists by name, or words in place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WordsRef {
    /// A list of `words`.
    Named(String),
    /// Words in place, as they stand in a list.
    Inline(Vec<String>),
}

packed!(WordsRef: 0 Named(item), 1 Inline(item));

/// Where data of a condition come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataSource {
    /// `fact`.
    Fact,
    /// `result`.
    Result,
}

packed!(DataSource: 0 Fact, 1 Result);

/// A comparison with a literal as the author wrote it; the type of the field gives it meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// Equal to one of them.
    Is(Vec<String>),
    /// Strictly greater.
    Over(String),
    /// Greater or equal.
    AtLeast(String),
    /// Strictly less.
    Below(String),
    /// Less or equal.
    AtMost(String),
    /// A date from today to today + this, both included.
    Within(Duration),
}

packed!(Test: 0 Is(item), 1 Over(item), 2 AtLeast(item), 3 Below(item), 4 AtMost(item), 5 Within(item));

const HEADS: &[&str] = &[
    "any",
    "all",
    "not",
    "words",
    "has",
    "field",
    "flow",
    "status",
    "button",
    "fact",
    "result",
    "language",
    "channel",
    "audience",
    "attachment",
    "mood",
    "no_reply",
];

impl Condition {
    pub(crate) fn read(at: &Cursor<'_>) -> Option<Self> {
        let keys = at.keys()?;
        let heads = keys.present(HEADS);
        let [head] = heads.as_slice() else {
            if heads.is_empty() {
                return no_condition(keys);
            }
            let message = format!("{} stand together; one condition is expected", heads.join(" and "));
            at.error_hint(Code::OneExpected, message, Some("put them under `all:` or `any:`".into()));
            return None;
        };
        let value = keys.get(head)?;
        let condition = match *head {
            "all" => several(&value).map(Condition::All),
            "any" => several(&value).map(Condition::Any),
            "not" => Condition::read(&value).map(|c| Condition::Not(Box::new(c))),
            "words" => words(&value, &keys),
            "has" => value.name_of(Named::Field).map(Condition::Has),
            "field" => {
                let tests = Test::read_all(&keys);
                value.name_of(Named::Field).map(|name| Condition::Field { name, tests })
            }
            "flow" if value.node.as_str() == Some("none") => Some(Condition::Flow(None)),
            "flow" => value.name_of(Named::Flow).map(|name| Condition::Flow(Some(name))),
            "status" => Some(Condition::Status(value.names_of(Named::Status))),
            "button" => value.filled_text().map(Condition::Button),
            "fact" => data(DataSource::Fact, &value, &keys),
            "result" => data(DataSource::Result, &value, &keys),
            "language" => Some(Condition::Language(value.texts())),
            "channel" => Some(Condition::Channel(value.texts())),
            "audience" => Some(Condition::Audience(value.texts())),
            "attachment" => value.text().map(Condition::Attachment),
            "mood" => value.one_of(&[("angry", ())]).map(|()| Condition::Angry),
            _ => no_reply(&value, &keys),
        };
        keys.end();
        condition
    }

    /// Calls `visit` with this condition and every one inside it.
    pub(crate) fn walk<'c>(&'c self, visit: &mut impl FnMut(&'c Condition)) {
        visit(self);
        match self {
            Condition::All(inner) | Condition::Any(inner) => inner.iter().for_each(|c| c.walk(visit)),
            Condition::Not(inner) => inner.walk(visit),
            _ => {}
        }
    }
}

fn no_condition(keys: Keys<'_>) -> Option<Condition> {
    let found = keys.map().named().into_iter().next().map(|(key, _)| key);
    let hint = found.as_ref().and_then(|key| nearest(key, HEADS.iter().copied()));
    let message = match found {
        Some(key) => format!("the key `{key}` is no condition"),
        None => "an empty condition".into(),
    };
    keys.map().error_hint(Code::UnknownKey, message, hint.map(|near| format!("did you mean `{near}`?")));
    None
}

fn several(at: &Cursor<'_>) -> Option<Vec<Condition>> {
    let items = at.list();
    if at.is_list() && items.is_empty() {
        at.error(Code::Empty, "an empty list of conditions");
    }
    let read: Vec<_> = items.iter().map(Condition::read).collect();
    read.into_iter().collect()
}

fn words(value: &Cursor<'_>, keys: &Keys<'_>) -> Option<Condition> {
    let whole = keys.get("match").and_then(|c| c.one_of(&[("whole", true), ("contains", false)]));
    let words = if value.is_list() {
        WordsRef::Inline(super::words(value))
    } else {
        let name = value.filled_text()?;
        let list = name.strip_prefix('@').unwrap_or(&name).to_string();
        value.uses(Named::Words, &list);
        WordsRef::Named(list)
    };
    Some(Condition::Words { words, whole: whole.unwrap_or(false) })
}

fn data(source: DataSource, value: &Cursor<'_>, keys: &Keys<'_>) -> Option<Condition> {
    let key = keys.get("key").and_then(|c| c.filled_text());
    let tests = Test::read_all(keys);
    Some(Condition::Data { source, name: value.filled_text()?, key, tests })
}

fn no_reply(value: &Cursor<'_>, keys: &Keys<'_>) -> Option<Condition> {
    let within = keys.need("for").and_then(|c| Duration::read(&c));
    Some(Condition::NoReply { reminder: value.name_of(Named::Reminder)?, within: within? })
}

impl Test {
    fn read_all(keys: &Keys<'_>) -> Vec<Test> {
        let literal = |key| keys.get(key).and_then(|c| c.literal());
        let is = keys.get("is").map(|c| c.one_or_list().iter().filter_map(Cursor::literal).collect());
        [
            is.map(Test::Is),
            literal("over").map(Test::Over),
            literal("at_least").map(Test::AtLeast),
            literal("below").map(Test::Below),
            literal("at_most").map(Test::AtMost),
            keys.get("within").and_then(|c| Duration::read(&c)).map(Test::Within),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}
