//! Targets: what the team's systems are called, and what the definition sends them.

use super::{Action, Definition, check};
use serde::Serialize;
use std::collections::BTreeMap;

/// A kind of system that the crate speaks to. A target of another name is the host's own: it takes the effects as they
/// are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the names of the systems
pub enum TargetKind {
    Kommo,
    Bitrix24,
    TelegramAdmin,
    Email,
    Webhook,
}

impl TargetKind {
    /// Every kind.
    pub const ALL: [TargetKind; 5] =
        [Self::Kommo, Self::Bitrix24, Self::TelegramAdmin, Self::Email, Self::Webhook];

    /// The name of the kind in definitions.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Kommo => "kommo",
            Self::Bitrix24 => "bitrix24",
            Self::TelegramAdmin => "telegram_admin",
            Self::Email => "email",
            Self::Webhook => "webhook",
        }
    }

    /// The kind that a target's name says: its own name, alone or before an underscore, so that a bot may have two of a
    /// kind. Kommo is also found under the name it has in Russia.
    ///
    /// ```
    /// use frontdesk::definition::TargetKind;
    /// assert_eq!(TargetKind::of("telegram_admin"), Some(TargetKind::TelegramAdmin));
    /// assert_eq!(TargetKind::of("kommo_sales"), Some(TargetKind::Kommo));
    /// assert_eq!(TargetKind::of("our_crm"), None);
    /// ```
    pub fn of(target: &str) -> Option<Self> {
        const ALSO: (&str, TargetKind) = ("amocrm", TargetKind::Kommo);
        let names = Self::ALL.iter().map(|kind| (kind.as_str(), *kind)).chain([ALSO]);
        let says = |name: &str| {
            target.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
        };
        names.into_iter().find(|(name, _)| says(name)).map(|(_, kind)| kind)
    }

    /// Whether it has leads that go through stages, and tasks for people.
    pub fn is_crm(self) -> bool {
        matches!(self, Self::Kommo | Self::Bitrix24 | Self::Webhook)
    }
}

/// A target of a definition, and what it is sent.
///
/// As JSON `{name, kind?, leads?, handoff, notify, mirror}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Target<'d> {
    /// Its name.
    pub name: &'d str,
    /// What stands behind it; none where that is the host's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<TargetKind>,
    /// Leads.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub leads: Vec<&'d str>,
    /// Calls for a human.
    pub handoff: bool,
    /// Messages to the team.
    pub notify: bool,
    /// The talk, message by message.
    pub mirror: bool,
}

impl Definition {
    /// Every target that the definition names, by name: what a host has to connect before the bot runs.
    pub fn targets(&self) -> Vec<Target<'_>> {
        let mut targets: BTreeMap<&str, Target<'_>> = BTreeMap::new();
        for lead in &self.leads {
            lead.to.iter().for_each(|to| named(&mut targets, to).leads.push(&lead.name));
        }
        self.handoff.to.iter().for_each(|to| named(&mut targets, &to.name).handoff = true);
        if let Some(mirror) = &self.mirror {
            named(&mut targets, &mirror.to).mirror = true;
        }
        check::for_each_list(self, &mut |list| {
            for action in list {
                if let Action::Notify { to, .. } = action {
                    named(&mut targets, to).notify = true;
                }
            }
        });
        targets.into_values().collect()
    }
}

fn named<'t, 'd>(targets: &'t mut BTreeMap<&'d str, Target<'d>>, name: &'d str) -> &'t mut Target<'d> {
    let kind = TargetKind::of(name);
    let new = || Target { name, kind, leads: Vec::new(), handoff: false, notify: false, mirror: false };
    targets.entry(name).or_insert_with(new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_what_stands_behind_it() {
        for kind in TargetKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
            assert_eq!(TargetKind::of(kind.as_str()), Some(kind));
            assert_eq!(TargetKind::of(&format!("{}_2", kind.as_str())), Some(kind));
            assert_eq!(TargetKind::of(&format!("{}2", kind.as_str())), None);
        }
        assert_eq!(TargetKind::of("amocrm_kyiv"), Some(TargetKind::Kommo));
        for other in ["", "crm", "telegram", "bitrix", "_kommo", "Kommo"] {
            assert_eq!(TargetKind::of(other), None, "{other}");
        }
    }

    #[test]
    fn targets_are_told_with_what_they_are_sent() {
        let text = r#"{"bot": 1, "mirror": {"to": "kommo_note"}, "handoff": {"to": ["telegram_admin"]},
            "fields": {"phone": {"type": "phone"}},
            "leads": {"b": {"need": ["phone"], "to": ["kommo", "store"]}, "a": {"to": ["kommo"]}},
            "rules": [{"if": {"words": ["брак"]}, "do": [{"notify": "telegram_admin", "text": "Брак"}]}]}"#;
        let loaded = Definition::from_json(text).unwrap();
        let targets = loaded.definition.targets();
        let names: Vec<&str> = targets.iter().map(|t| t.name).collect();
        assert_eq!(names, ["kommo", "kommo_note", "store", "telegram_admin"]);
        let [kommo, note, store, admin] = targets.as_slice() else { panic!("four targets") };
        assert_eq!((kommo.leads.as_slice(), kommo.kind), (["a", "b"].as_slice(), Some(TargetKind::Kommo)));
        assert!(note.mirror && store.kind.is_none() && admin.handoff && admin.notify && !admin.mirror);
    }
}
