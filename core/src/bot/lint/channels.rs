//! Platforms, messaging windows and hours.

use super::Scene;
use crate::definition::{Action, Anchor, Condition, Duration, FieldKind, PLATFORMS, Place};
use crate::document::nearest;
use crate::error::Code;

/// Channels that after 24 hours without a message of the client's deliver nothing but templates.
const WINDOWED: &[&str] = &["whatsapp", "instagram", "messenger"];

pub(super) fn check(scene: &Scene<'_>) {
    platform(scene);
    templates(scene);
    hours(scene);
}

/// R007, R008: what a platform serves, and which is enough.
fn platform(scene: &Scene<'_>) {
    let definition = scene.definition;
    let many = definition.accounts.iter().find(|(_, accounts)| accounts.len() > 1);
    match definition.platform.as_deref() {
        Some("manychat") => {
            if let Some((channel, _)) = many {
                let message = format!("manychat has one account of `{channel}`; smartsender takes several");
                scene.root.down("accounts").down(channel).warn(Code::AccountsOnManychat, message);
            }
        }
        Some("smartsender") if many.is_none() && !definition.channels.iter().any(|c| c == "viber") => {
            let message =
                "without viber and second accounts of one channel, manychat would do and is simpler";
            scene.root.down("platform").warn(Code::PlatformSimpler, message);
        }
        Some(other) if !PLATFORMS.contains(&other) => {
            if let Some(near) = nearest(&other.to_lowercase(), PLATFORMS.iter().copied()) {
                let message = format!("`{other}` is no platform that is known; did you mean `{near}`?");
                scene.root.down("platform").warn(Code::PlatformMisspelt, message);
            }
        }
        _ => {}
    }
}

/// C22: what is sent a day later needs a template where the channel closes its window.
fn templates(scene: &Scene<'_>) {
    let definition = scene.definition;
    let Some(channel) = definition.channels.iter().find(|c| WINDOWED.contains(&c.as_str())) else { return };
    let message = format!("the window of {channel} may be closed by then, and this reply has no `template`");
    for (list, at, action) in scene.actions() {
        let late = match list.of {
            Place::Silence(entry) => entry.template.is_none() && comes_late(entry.after, &entry.since),
            Place::React(_, reaction) => waits_for_reply(&reaction.condition),
            _ => false,
        };
        let bare = match action {
            Action::Say(say) => late && say.template.is_none(),
            Action::Ask(_) => late,
            // A reminder comes as long after the client's last message as the visit is away.
            Action::Remind(remind) => remind.say.template.is_none(),
            _ => false,
        };
        if bare {
            at.warn(Code::TemplateMissing, message.as_str());
        }
    }
}

fn comes_late(after: Duration, since: &Anchor) -> bool {
    after >= Duration::DAY || matches!(since, Anchor::NoReply(_))
}

fn waits_for_reply(condition: &Condition) -> bool {
    let mut waits = false;
    condition.walk(&mut |c| waits |= matches!(c, Condition::NoReply { .. }));
    waits
}

fn hours(scene: &Scene<'_>) {
    let definition = scene.definition;
    match definition.quiet_hours {
        Some(quiet) if quiet.from == quiet.to => {
            let message = "they begin when they end, so there are none";
            scene.root.down("quiet_hours").warn(Code::QuietHoursEmpty, message);
        }
        Some(_) => {}
        None => {
            let outreach = scene.actions().find(|(list, _, action)| {
                let silence = matches!(list.of, Place::Silence(_));
                matches!(action, Action::Remind(_))
                    || silence && matches!(action, Action::Say(_) | Action::Ask(_))
            });
            if let Some((_, at, _)) = outreach {
                at.warn(
                    Code::NightOutreach,
                    "without `quiet_hours` this may be sent in the middle of the night",
                );
            }
        }
    }
    let dated = |kind| matches!(kind, FieldKind::Date | FieldKind::Slot);
    let counts = definition.quiet_hours.is_some() || definition.fields.iter().any(|f| dated(f.kind));
    if counts && scene.root.find("timezone").is_none() {
        let message = "dates, slots and hours are read in UTC; name the `timezone`, such as Europe/Kyiv";
        scene.root.warn(Code::ZoneMissing, message);
    }
}
