//! What the people who work beside a bot must know: how to stop it, bring it back, and change its answers.

use super::Bot;
use crate::definition::fill;

impl Bot {
    /// Instructions for the team in its language, one a line: how the bot falls silent, how it comes back, what happens
    /// after the end of a dialog, and where its answers stand. Made of the definition, so they are never out of date;
    /// an author words them anew under `texts` (`help_stop`, `help_resume`, …).
    ///
    /// ```
    /// use frontdesk::{Bot, Files};
    /// let bot = Bot::from_json(
    ///     r#"{"bot": 1, "name": "Desk", "languages": {"main": "en"},
    ///         "handoff": {"bot": "pause 30m", "resume": ["/bot"]}}"#,
    ///     &Files::new(),
    /// );
    /// let instructions = bot.unwrap().bot.instructions();
    /// assert!(instructions.contains("/bot") && instructions.contains("30 min"));
    /// ```
    pub fn instructions(&self) -> String {
        let definition = self.definition();
        let (handoff, faq) = (&definition.handoff, &definition.faq);
        let commands = handoff.resume.iter().map(|c| format!("«{c}»")).collect::<Vec<_>>().join(", ");
        let pause = handoff.pause.map(|pause| (pause.0 / 60_000).to_string());
        let mut names = vec!["help_title", "help_stop"];
        names.extend((!commands.is_empty()).then_some("help_resume"));
        names.extend(pause.is_some().then_some("help_pause"));
        names.extend((commands.is_empty() && pause.is_none()).then_some("help_no_resume"));
        names.extend(["help_finished", "help_restart"]);
        names.extend(faq.file.is_some().then_some("help_table"));
        names.extend((!faq.items.is_empty()).then_some("help_items"));
        let value = |placeholder: &str| match placeholder {
            "bot" => Some(definition.name.clone()),
            "commands" => Some(commands.clone()),
            "minutes" => pause.clone(),
            "file" => faq.file.clone(),
            _ => None,
        };
        let line = |name: &&str| fill(definition.sentence(name, definition.languages.team()), value);
        names.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}
