//! The log: what its masks are worth.

use super::Scene;
use crate::bot::LOG_KEY;
use crate::definition::LogText;
use crate::error::Code;

pub(super) fn check(scene: &Scene<'_>) {
    if scene.definition.log.text != LogText::Full && scene.bot.log_key.is_none() {
        let message =
            format!("without a secret in the file `{LOG_KEY}` who reads a mask finds its phone by trying");
        scene.root.down("log").down("text").warn(Code::LogKeyMissing, message);
    }
}
