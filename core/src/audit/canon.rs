//! The order in which the library writes the keys of a record, for logs whose store keeps another one (`jsonb`).

use crate::document::{Entry, Node, Value};

/// What a map is, and so which keys it has in which order.
#[derive(Clone, Copy)]
enum Part {
    Record,
    Key,
    Event,
    Contact,
    Utm,
    Matched,
    Effect,
    Handoff,
    Target,
    Button,
    Attachment,
    /// Values of fields by name.
    Fields,
    Value,
    /// The host's own data and the search: by name, all the way down.
    Data,
}

impl Part {
    /// Its keys as they are written; none where they go by name.
    fn keys(self) -> &'static [&'static str] {
        match self {
            Part::Record => &[
                "n", "prev", "hash", "engine", "tz", "bot", "session", "dialog", "at", "now", "source",
                "opened", "contact", "event", "matched", "fields", "effects", "mode", "status",
            ],
            Part::Key => &["channel", "account", "user"],
            Part::Event => &[
                "id",
                "at",
                "kind",
                "of",
                "action",
                "who",
                "effect",
                "target",
                "ok",
                "name",
                "data",
                "error",
                "text",
                "button",
                "attachments",
                "contact",
                "edited",
                "language",
                "vector",
            ],
            Part::Contact => &["name", "phone", "language", "chat_url", "utm", "source", "entry"],
            Part::Utm => &["source", "medium", "campaign", "term", "content"],
            Part::Matched => &["rule", "passed", "flow", "faq", "score", "late", "why", "search"],
            Part::Effect => &[
                "key", "kind", "lead", "lead_key", "fields", "title", "what", "params", "status", "field",
                "value", "tag", "timer", "due", "purpose", "mode", "outcome", "code", "to", "text", "faq",
                "buttons", "language", "window", "template", "mode_rev", "utm", "ids", "chat_url",
            ],
            Part::Handoff => &["key", "kind", "reason", "priority", "summary", "language", "to", "chat_url"],
            Part::Target => &["target", "stage", "task", "text"],
            Part::Button => &["id", "title"],
            Part::Attachment => &["kind", "ref"],
            Part::Value => {
                &["id", "start", "label", "ref", "minor", "currency", "date", "time", "until", "precision"]
            }
            Part::Fields | Part::Data => &[],
        }
    }

    /// What stands under a key of it.
    fn under(self, key: &str) -> Self {
        match (self, key) {
            (Part::Record, "session") => Part::Key,
            (Part::Record, "event") => Part::Event,
            (Part::Record | Part::Event, "contact") | (Part::Record, "opened") => Part::Contact,
            (Part::Record, "matched") => Part::Matched,
            (Part::Record, "effects") => Part::Effect,
            (Part::Record | Part::Effect, "fields") => Part::Fields,
            (Part::Contact | Part::Effect, "utm") => Part::Utm,
            (Part::Effect, "buttons") => Part::Button,
            (Part::Event, "attachments") => Part::Attachment,
            (Part::Handoff, "to") => Part::Target,
            (Part::Effect, "value") | (Part::Fields, _) => Part::Value,
            _ => Part::Data,
        }
    }
}

/// Puts the keys of a record into the order in which the library writes them.
pub(super) fn order(record: &mut Node) {
    ordered(record, Part::Record);
}

fn ordered(node: &mut Node, part: Part) {
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(|item| ordered(item, part)),
        Value::Map(entries) => {
            let handoff = |e: &Entry| e.key == "kind" && e.node.as_str() == Some("handoff");
            let part = if matches!(part, Part::Effect) && entries.iter().any(handoff) {
                Part::Handoff
            } else {
                part
            };
            // The key of a text that is kept elsewhere stands where the text's would.
            let name = |e: &Entry| e.key.strip_suffix("_ref").unwrap_or(&e.key).to_string();
            let rank = |e: &Entry| {
                let known = part.keys();
                (known.iter().position(|key| *key == name(e)).unwrap_or(known.len()), e.key.clone())
            };
            entries.sort_by_cached_key(rank);
            for entry in entries {
                let under = part.under(&name(entry));
                ordered(&mut entry.node, under);
            }
        }
        _ => {}
    }
}
