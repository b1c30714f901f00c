//! The FAQ: what happens where no row fits, and rows that nobody may hear.

use super::Scene;
use super::never::is_audience;
use crate::error::Code;

pub(super) fn check(scene: &Scene<'_>) {
    let definition = scene.definition;
    if !scene.bot.knowledge.is_empty() && definition.faq.unknown.is_empty() {
        let message = "a question that no row answers gets nothing; say so and call a human under `unknown`";
        scene.root.down("faq").warn(Code::UnknownMissing, message);
    }
    for (row, answer) in scene.bot.knowledge.answers().iter().enumerate() {
        if let Some(name) = answer.audience.as_ref().filter(|name| !is_audience(definition, name)) {
            let message = format!("no audience is called `{name}`, so nobody is ever told this");
            scene.warn_row(row, "audience", Code::AudienceUnknown, message);
        }
    }
    for audience in definition.audiences.iter().filter(|a| a.channels.is_empty() && a.accounts.is_empty()) {
        let message = format!("nobody is `{}`: it has neither channels nor accounts", audience.name);
        scene.root.down("audience").down(&audience.name).warn(Code::AudienceEmpty, message);
    }
}
