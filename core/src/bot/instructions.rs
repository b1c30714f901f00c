//! What the people who work beside a bot must know: how to stop it, bring it back, and change its answers.

use super::Bot;
use crate::definition::{Action, Target, TargetKind, fill, for_each_list};
use std::collections::BTreeSet;

impl Bot {
    /// Instructions for the team in its language, one a line: how the bot falls silent, how it comes back, what happens
    /// after the end of a dialog, where its answers stand, and what its channels and targets need. Made of the
    /// definition, so they are never out of date; an author words them anew under `texts` (`help_stop`, `help_resume`, …).
    ///
    /// ```
    /// use frontdesk::{Bot, Files};
    /// let bot = Bot::from_json(
    ///     r#"{"bot": 1, "name": "Desk", "languages": {"main": "en"},
    ///         "handoff": {"bot": "pause 30m", "resume": ["/bot"], "to": ["telegram_admin"]}}"#,
    ///     &Files::new(),
    /// );
    /// let instructions = bot.unwrap().bot.instructions();
    /// assert!(instructions.contains("/bot") && instructions.contains("30 min"));
    /// assert!(instructions.contains("telegram_admin gets: calls for a person."));
    /// ```
    pub fn instructions(&self) -> String {
        let definition = self.definition();
        let (handoff, faq) = (&definition.handoff, &definition.faq);
        let commands = handoff.resume.iter().map(|c| format!("«{c}»")).collect::<Vec<_>>().join(", ");
        let pause = handoff.pause.map(|pause| (pause.0 / 60_000).to_string()).unwrap_or_default();
        let file = faq.file.clone().unwrap_or_default();
        let line = |name: &str| {
            let values =
                [("bot", &definition.name), ("commands", &commands), ("minutes", &pause), ("file", &file)];
            self.line(name, &values.map(|(name, value)| (name, value.as_str())))
        };
        let mut names = vec!["help_title", "help_stop"];
        names.extend((!commands.is_empty()).then_some("help_resume"));
        names.extend((!pause.is_empty()).then_some("help_pause"));
        names.extend((commands.is_empty() && pause.is_empty()).then_some("help_no_resume"));
        names.extend(["help_finished", "help_restart"]);
        names.extend((!file.is_empty()).then_some("help_table"));
        names.extend((!faq.items.is_empty()).then_some("help_items"));
        let mut lines: Vec<String> = names.into_iter().map(line).collect();
        lines.extend(self.of_channels());
        lines.extend(definition.targets().iter().map(|target| self.of_target(target)));
        for target in &handoff.to {
            if let Some(stage) = &target.stage {
                lines.push(self.line("help_stage", &[("target", &target.name), ("stage", stage)]));
            }
        }
        lines.join("\n")
    }

    /// A sentence of the instructions in the team's language.
    fn line(&self, name: &str, values: &[(&str, &str)]) -> String {
        let definition = self.definition();
        let value = |wanted: &str| {
            values.iter().find(|(name, _)| *name == wanted).map(|(_, value)| (*value).to_string())
        };
        fill(definition.help(name, definition.languages.team()), value)
    }

    /// What the platform needs, else each channel; then the templates that they must have approved.
    fn of_channels(&self) -> Vec<String> {
        let definition = self.definition();
        let mut lines = match definition.platform.as_deref() {
            Some("manychat") => vec![self.line("help_manychat", &[])],
            Some("smartsender") => vec![self.line("help_smartsender", &[])],
            _ => definition.channels.iter().filter_map(|channel| self.of_channel(channel)).collect(),
        };
        let templates = self.templates().into_iter().collect::<Vec<_>>().join(", ");
        if !templates.is_empty() {
            lines.push(self.line("help_templates", &[("templates", &templates)]));
        }
        lines
    }

    fn of_channel(&self, channel: &str) -> Option<String> {
        let (name, shown) = match channel {
            "telegram" => ("help_telegram", ""),
            "viber" => ("help_viber", ""),
            "instagram" => ("help_echoes", "Instagram"),
            "messenger" => ("help_echoes", "Messenger"),
            "whatsapp" => ("help_echoes", "WhatsApp"),
            _ => return None,
        };
        Some(self.line(name, &[("channel", shown)]))
    }

    /// Every template that a text names.
    fn templates(&self) -> BTreeSet<&str> {
        let definition = self.definition();
        let entries = definition.silence.iter().filter_map(|entry| entry.template.as_deref());
        let mut templates: BTreeSet<&str> = entries.collect();
        for_each_list(definition, &mut |list| {
            templates.extend(list.iter().filter_map(|action| match action {
                Action::Say(say) => say.template.as_deref(),
                Action::Remind(remind) => remind.say.template.as_deref(),
                _ => None,
            }));
        });
        templates
    }

    /// What a target is sent, and what it needs.
    fn of_target(&self, target: &Target<'_>) -> String {
        let leads = target.leads.join(", ");
        let gets = [
            (!leads.is_empty(), "help_leads"),
            (target.handoff, "help_calls"),
            (target.notify, "help_notices"),
            (target.mirror, "help_talk"),
        ];
        let gets = gets.into_iter().filter(|(sent, _)| *sent);
        let gets: Vec<String> = gets.map(|(_, name)| self.line(name, &[("leads", &leads)])).collect();
        let needs = match target.kind {
            Some(TargetKind::Kommo) => "help_kommo",
            Some(TargetKind::Bitrix24) => "help_bitrix24",
            Some(TargetKind::TelegramAdmin) => "help_telegram_admin",
            Some(TargetKind::Email) => "help_email",
            Some(TargetKind::Webhook) => "help_webhook",
            None => "help_own",
        };
        let (gets, needs) = (gets.join(", "), self.line(needs, &[]));
        self.line("help_target", &[("target", target.name), ("gets", &gets), ("needs", &needs)])
    }
}
