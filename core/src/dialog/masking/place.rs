//! Where in a record a value stands: what the library wrote there, and what came from outside.

/// The part of a record whose keys are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Above the record itself.
    Above,
    Record,
    Session,
    Contact,
    Event,
    Attachment,
    Matched,
    Effect,
    /// An effect that the client sees.
    Reply,
    /// A button of a reply.
    Button,
    /// Who is told of a handoff.
    Target,
    /// Ids that targets gave.
    Ids,
    /// Values by the names of their fields.
    Fields,
    /// A value that is a map: a slot, a date, money, a photo.
    Value,
    /// What the host brings and gets: `data`, `params`, marks of a campaign.
    Data,
}

impl Place {
    /// The place of what stands under a key.
    pub(super) fn inside(self, key: &str) -> Place {
        match (self, key) {
            (Place::Above, _) => Place::Record,
            (Place::Record, "session") => Place::Session,
            (Place::Record, "opened") | (Place::Record | Place::Event, "contact") => Place::Contact,
            (Place::Record, "event") => Place::Event,
            (Place::Record, "matched") => Place::Matched,
            (Place::Record, "effects") => Place::Effect,
            (Place::Record | Place::Effect, "fields") => Place::Fields,
            (Place::Event, "attachments") => Place::Attachment,
            (Place::Event, "data") | (Place::Contact | Place::Effect, "utm") | (Place::Effect, "params") => {
                Place::Data
            }
            (Place::Reply, "buttons") => Place::Button,
            (Place::Effect, "to") => Place::Target,
            (Place::Effect, "ids") => Place::Ids,
            (Place::Effect, "value") | (Place::Fields, _) => Place::Value,
            (same, _) => same,
        }
    }

    /// Whether the text under a key is the library's or the author's own: nothing in it is a client's.
    pub(super) fn is_ours(self, key: &str) -> bool {
        let ours: &[&str] = match self {
            Place::Record => &["prev", "hash", "bot", "engine", "tz", "now", "at", "mode", "status"],
            Place::Session => &["channel", "account"],
            Place::Event => &["kind", "at", "action"],
            Place::Matched => &["rule", "passed", "flow", "faq"],
            Place::Effect | Place::Reply => &[
                "key", "kind", "language", "window", "template", "lead", "what", "priority", "faq", "status",
                "field", "due", "purpose", "mode", "outcome", "code", "to",
            ],
            Place::Target => &["target", "stage", "task"],
            Place::Value => &["date", "time", "until", "precision", "currency"],
            _ => &[],
        };
        ours.contains(&key)
    }
}
