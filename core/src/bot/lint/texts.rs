//! Languages in which nothing is written. Single texts that miss one are found where they are read.

use super::Scene;
use crate::document::Named;
use crate::error::Code;
use std::collections::BTreeSet;

pub(super) fn check(scene: &Scene<'_>) {
    let definition = scene.definition;
    // The name under which a text by language is noted: the languages it is written in.
    let by_language = scene.used.iter().filter(|(named, _)| *named == Named::Text);
    let mut written: BTreeSet<&str> = by_language.flat_map(|(_, languages)| languages.split(' ')).collect();
    for answer in scene.bot.knowledge.answers() {
        written.extend(definition.languages.also.iter().map(String::as_str).filter(|l| answer.say.names(l)));
    }
    for (place, language) in definition.languages.also.iter().enumerate() {
        if !written.contains(language.as_str()) {
            let message = format!(
                "nothing is written in `{language}`; who writes it is answered in `{}`",
                definition.languages.main
            );
            scene.root.down("languages").down("also").nth(place).warn(Code::LanguageUnspoken, message);
        }
    }
}
