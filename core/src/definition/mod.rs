//! Floor 2: what an author writes, read strictly and checked as a whole.
//!
//! [`Definition::from_yaml`] and [`Definition::from_json`] report every error at once, each with its code,
//! path, line, column and, where a word is nearly right, a suggestion. The vocabulary is that of the contract,
//! section 14. A definition is plain data; [`crate::bot::Bot::compile`] makes a bot of it.

mod action;
mod basics;
mod check;
mod condition;
mod dialog_test;
mod endings;
mod field;
mod flow;
mod help;
mod knowledge;
mod lead;
mod preset;
mod settings;
mod target;
mod template;
mod texts;
mod walk;

pub(crate) use action::DEFAULT_WAIT;
pub use action::{Action, CancelWhat, FinishMode, Priority, Remind, RequestKind, Say};
pub use basics::{Button, Duration, Text};
pub(crate) use check::{for_each_condition, for_each_list};
pub use condition::{Condition, DataSource, Test, WordsRef};
pub use dialog_test::{DialogTest, Expected, OperatorStep, ResultStep, TestStep};
pub(crate) use endings::{final_and_open, last_status};
pub use field::{Field, FieldKind};
pub use flow::{Anchor, Flow, OnRemoved, Reaction, Rule, Silence, Together, Unsure};
pub use knowledge::{Item, Knowledge};
pub use lead::{Handoff, HandoffTarget, LAST_QUESTION, Lead};
pub use settings::{Audience, Languages, Log, LogText, Mirror, Outreach, QuietHours, ReopenAfter, Status};
pub use target::{Target, TargetKind};
pub(crate) use template::{fill, placeholders};
pub(crate) use texts::DISCLOSE;
#[cfg(feature = "channels")]
pub(crate) use texts::sentence_in;
pub(crate) use walk::{If, List, Place, conditions, lists, walk};

use crate::document::{Cursor, Keys, Named, Node, Report, Value, packed};
use crate::error::{Code, Error};
use crate::extract::Region;
use crate::time::Zone;
use preset::Rules;
use std::collections::{BTreeMap, BTreeSet};

/// A bot as its author writes it.
#[derive(Debug, Clone)]
#[allow(missing_docs)] // the keys of the contract, section 14
pub struct Definition {
    pub name: String,
    pub timezone: String,
    pub regions: Vec<String>,
    pub languages: Languages,
    pub channels: Vec<String>,
    pub platform: Option<String>,
    pub accounts: BTreeMap<String, Vec<String>>,
    pub audiences: Vec<Audience>,
    pub contact_phone_counts: bool,
    pub greeting: Vec<Action>,
    pub disclose: bool,
    pub settle: Option<Duration>,
    pub quiet_hours: Option<QuietHours>,
    pub outreach: Outreach,
    pub log: Log,
    pub statuses: Vec<Status>,
    pub texts: BTreeMap<String, Text>,
    pub words: BTreeMap<String, Vec<String>>,
    pub fields: Vec<Field>,
    pub faq: Knowledge,
    pub rules: Vec<Rule>,
    pub leads: Vec<Lead>,
    pub handoff: Handoff,
    pub flows: Vec<Flow>,
    pub silence: Vec<Silence>,
    pub reopen_after: ReopenAfter,
    pub mirror: Option<Mirror>,
    pub tests: Vec<DialogTest>,
}

packed!(Definition {
    name, timezone, regions, languages, channels, platform, accounts, audiences, contact_phone_counts,
    greeting, disclose, settle, quiet_hours, outreach, log, statuses, texts, words, fields, faq, rules, leads,
    handoff, flows, silence, reopen_after, mirror; tests
});

/// A definition with what a careful reader would ask its author.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The definition.
    pub definition: Definition,
    /// Warnings; they never stop a compile.
    pub warnings: Vec<Error>,
    /// The document it was read from: for its hash, and for the places of what only a compile finds.
    pub(crate) source: Node,
    /// The names it uses, for what stands in it unused.
    pub(crate) used: BTreeSet<(Named, String)>,
}

/// The version of the format that this crate reads.
pub const FORMAT: i64 = 1;

/// Statuses that every bot has; the last four are final.
pub const BUILT_IN_STATUSES: &[(&str, bool)] = &[
    ("in_work", false),
    ("needs_manager", false),
    ("booked", false),
    ("confirmed", false),
    ("done", true),
    ("not_fit", true),
    ("inactive", true),
    ("cancelled", true),
];

impl Definition {
    /// Reads a definition in JSON. Errors: every one found, in the order of the text.
    pub fn from_json(text: &str) -> Result<Loaded, Vec<Error>> {
        Self::from_node(&Node::from_json(text).map_err(|e| vec![e])?)
    }

    /// Reads a definition in YAML 1.2.
    #[cfg(feature = "yaml")]
    pub fn from_yaml(text: &str) -> Result<Loaded, Vec<Error>> {
        Self::from_node(&Node::from_yaml(text).map_err(|e| vec![e])?)
    }

    /// Reads a definition from a document.
    pub fn from_node(node: &Node) -> Result<Loaded, Vec<Error>> {
        let report = Report::of(node);
        let root = report.root();
        let definition = read(&root);
        let used = report.used();
        if let Some(definition) = &definition {
            check::names(definition, &root);
            check::whole(definition, &root);
            endings::check(definition, &root);
        }
        let (errors, warnings) = report.into_parts();
        match definition {
            Some(definition) if errors.is_empty() => {
                Ok(Loaded { definition, warnings, source: node.clone(), used })
            }
            _ => Err(errors),
        }
    }

    /// The field of a name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|f| f.name == name)
    }

    /// The lead of a name.
    pub fn lead(&self, name: &str) -> Option<&Lead> {
        self.leads.iter().find(|l| l.name == name)
    }

    /// The flow of a name.
    pub fn flow(&self, name: &str) -> Option<&Flow> {
        self.flows.iter().find(|f| f.name == name)
    }

    /// Whether a dialog in this status is over; none where there is no such status.
    pub fn is_final(&self, status: &str) -> Option<bool> {
        let own = self.statuses.iter().find(|s| s.name == status).map(|s| s.last);
        own.or_else(|| BUILT_IN_STATUSES.iter().find(|(name, _)| *name == status).map(|(_, last)| *last))
    }
}

fn read(root: &Cursor<'_>) -> Option<Definition> {
    let keys = root.keys()?;
    format(&keys);
    let name = keys.get("name").and_then(|c| c.filled_text()).unwrap_or_else(|| "bot".into());
    let timezone = keys.get("timezone").and_then(|c| zone(&c)).unwrap_or_else(|| "UTC".into());
    let languages = keys.get("languages").map(|c| Languages::read(&c));
    let named = |key| keys.get(key).map(|c| c.named()).unwrap_or_default();
    let listed = |key| keys.get(key).map(|c| c.list()).unwrap_or_default();
    let Rules { rules, words: preset_words } = Rules::read(&listed("rules"), root.report());
    let mut definition = Definition {
        name,
        timezone,
        regions: keys.get("region").map(|c| regions(&c)).unwrap_or_default(),
        languages: languages.unwrap_or_else(|| Some(Languages::default()))?,
        channels: keys.get("channels").map(|c| channels(&c)).unwrap_or_default(),
        platform: keys.get("platform").and_then(|c| c.filled_text()),
        accounts: named("accounts").into_iter().map(|(name, c)| (name, c.texts())).collect(),
        audiences: named("audience").into_iter().filter_map(|(name, c)| Audience::read(name, &c)).collect(),
        contact_phone_counts: keys.get("contact").is_some_and(|c| contact_phone(&c)),
        greeting: keys.get("greeting").map(|c| greeting(&c)).unwrap_or_default(),
        disclose: false,
        settle: keys.get("settle").and_then(|c| Duration::read(&c)),
        quiet_hours: keys.get("quiet_hours").and_then(|c| QuietHours::read(&c)),
        outreach: keys.get("outreach").and_then(|c| Outreach::read(&c)).unwrap_or_default(),
        log: keys.get("log").and_then(|c| Log::read(&c)).unwrap_or_default(),
        statuses: named("statuses").into_iter().filter_map(|(name, c)| Status::read(name, &c)).collect(),
        texts: named("texts").into_iter().filter_map(own_text).collect(),
        words: named("words").into_iter().map(|(name, c)| (name, words(&c))).collect(),
        fields: named("fields").into_iter().filter_map(|(name, c)| Field::read(name, &c)).collect(),
        faq: keys.get("faq").and_then(|c| Knowledge::read(&c)).unwrap_or_default(),
        rules,
        leads: named("leads").into_iter().filter_map(|(name, c)| Lead::read(name, &c)).collect(),
        handoff: keys.get("handoff").and_then(|c| Handoff::read(&c)).unwrap_or_default(),
        flows: named("flows").into_iter().filter_map(|(name, c)| Flow::read(name, &c)).collect(),
        silence: listed("silence").iter().filter_map(Silence::read).collect(),
        reopen_after: keys.get("reopen_after").map(|c| ReopenAfter::read(&c)).unwrap_or_default(),
        mirror: keys.get("mirror").and_then(|c| Mirror::read(&c)),
        tests: listed("tests").iter().filter_map(DialogTest::read).collect(),
    };
    for (list, entries) in preset_words {
        definition.words.entry(list).or_insert(entries);
    }
    if let Some(at) = keys.get("disclose") {
        disclosure(&at, &mut definition);
    }
    keys.end();
    // Maps are unordered: a definition means the same whatever face or editor wrote it.
    definition.fields.sort_by(|a, b| a.name.cmp(&b.name));
    definition.leads.sort_by(|a, b| a.name.cmp(&b.name));
    definition.flows.sort_by(|a, b| a.name.cmp(&b.name));
    definition.statuses.sort_by(|a, b| a.name.cmp(&b.name));
    Some(definition)
}

/// A built-in sentence in the author's words.
fn own_text((name, at): (String, Cursor<'_>)) -> Option<(String, Text)> {
    at.uses(Named::Sentence, &name);
    Some((name, Text::read(&at)?))
}

/// `true` for the built-in sentence, or the author's own.
fn disclosure(at: &Cursor<'_>, definition: &mut Definition) {
    if let Value::Bool(wanted) = at.node.value {
        definition.disclose = wanted;
    } else if let Some(own) = Text::read(at) {
        definition.disclose = true;
        definition.texts.insert(texts::DISCLOSE.to_string(), own);
    }
}

/// The entries of a word list; another list named in it must exist.
fn words(at: &Cursor<'_>) -> Vec<String> {
    let entries = at.one_or_list();
    let entry = |c: &Cursor<'_>| {
        let text = c.filled_text()?;
        if let Some(list) = text.strip_prefix('@') {
            c.uses(Named::Words, list);
        }
        Some(text)
    };
    entries.iter().filter_map(entry).collect()
}

fn format(keys: &Keys<'_>) {
    let Some(at) = keys.need("bot") else { return };
    let Some(version) = at.int() else { return };
    if version != FORMAT {
        at.error(Code::FormatUnknown, format!("format {version}; this version reads format {FORMAT}"));
    }
}

/// Platforms whose rules are checked; another one is the host's own.
pub const PLATFORMS: &[&str] = &["manychat", "smartsender"];

/// Channels that messages come from; `web` is the host's own on any platform.
pub const CHANNELS: &[&str] = &["telegram", "instagram", "whatsapp", "messenger", "viber", "web"];

fn channels(at: &Cursor<'_>) -> Vec<String> {
    let known: Vec<(&str, &str)> = CHANNELS
        .iter()
        .map(|name| (*name, *name))
        .chain([("facebook", "messenger"), ("What's Up", "whatsapp"), ("whats_up", "whatsapp")])
        .collect();
    at.one_or_list().iter().filter_map(|c| c.one_of(&known)).map(str::to_string).collect()
}

fn zone(at: &Cursor<'_>) -> Option<String> {
    let name = at.filled_text()?;
    if Zone::named(&name).is_none() {
        at.error(Code::ZoneUnknown, format!("`{name}` is no time zone such as Europe/Kyiv"));
    }
    Some(name)
}

fn regions(at: &Cursor<'_>) -> Vec<String> {
    let region = |c: &Cursor<'_>| {
        let code = c.filled_text()?;
        if Region::from_code(&code).is_none() {
            c.error(Code::RegionUnknown, format!("`{code}` is no country such as UA or KZ"));
        }
        Some(code)
    };
    at.one_or_list().iter().filter_map(region).collect()
}

fn contact_phone(at: &Cursor<'_>) -> bool {
    let Some(keys) = at.keys() else { return false };
    let phone = keys.get("phone").and_then(|c| c.one_of(&[("use", true), ("ignore", false)]));
    keys.end();
    phone.unwrap_or(false)
}

fn greeting(at: &Cursor<'_>) -> Vec<Action> {
    let Some(keys) = at.keys() else { return Vec::new() };
    let actions = keys.need("do").map(|c| Action::read_list(&c)).unwrap_or_default();
    keys.end();
    actions
}
