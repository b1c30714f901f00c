//! What the team is told in words, in a chat or by mail.

use super::field::{Source, Words, of_fields, of_lead};
use super::job::Task;
use super::target;
use crate::definition::TargetKind;
use crate::dialog::{CreateLead, HandoffEffect, HandoffTo};
use crate::document::Keys;

/// A message to the team.
pub(super) struct Notice {
    /// What it is about, in one line.
    pub(super) subject: String,
    /// All of it; the link stands in it too.
    pub(super) text: String,
    /// The way to the chat.
    pub(super) link: Option<String>,
}

/// What a target of notices is told.
pub(super) struct Notices {
    pub(super) target: String,
    pub(super) words: Words,
    transcript: Option<String>,
    chat_url: Option<String>,
    alerts: bool,
}

impl Notices {
    /// Reads `target, language, timezone, labels, transcript_url, chat_url, alerts` of the options.
    pub(super) fn read(keys: &Keys<'_>, kind: TargetKind) -> Self {
        Self {
            target: target(keys, kind),
            words: Words::read(keys),
            transcript: super::desk::transcript(keys),
            chat_url: super::option(keys, "chat_url"),
            alerts: keys.get("alerts").and_then(|c| c.bool()).unwrap_or(false),
        }
    }

    /// The message that a task means; none for what the team is not told.
    pub(super) fn of(&self, task: Task<'_>) -> Option<Notice> {
        match task {
            Task::Create(lead) => Some(self.created(lead)),
            Task::Update(lead) => {
                let subject = format!("{}: {}", self.words.own("lead_changed"), lead.lead);
                Some(self.notice(subject, None, &of_fields(&lead.fields), self.chat_url.clone()))
            }
            Task::Handoff(call, Some(to)) => Some(self.called(call, to)),
            Task::Tell(text) => {
                let subject = text.lines().next().unwrap_or_default().to_string();
                Some(self.notice(subject, Some(text), &[], self.chat_url.clone()))
            }
            Task::Alert { code, text } if self.alerts => {
                Some(self.notice(code.to_string(), Some(text), &[], self.chat_url.clone()))
            }
            _ => None,
        }
    }

    fn created(&self, lead: &CreateLead) -> Notice {
        let sources = of_lead(lead, self.transcript.as_deref());
        let told: Vec<Source<'_>> = sources.into_iter().filter(|s| s.name != "chat_url").collect();
        let link = lead.chat_url.clone().or_else(|| self.chat_url.clone());
        self.notice(lead.title.clone(), None, &told, link)
    }

    fn called(&self, handoff: &HandoffEffect, to: &HandoffTo) -> Notice {
        let text = to.text.clone().unwrap_or_else(|| call(handoff));
        let link = handoff.chat_url.clone().or_else(|| self.chat_url.clone());
        self.notice(handoff.reason.clone(), Some(&text), &[], link)
    }

    /// A text, else its subject; a line for each value; the link where nothing above says it.
    fn notice(
        &self,
        subject: String,
        text: Option<&str>,
        values: &[Source<'_>],
        link: Option<String>,
    ) -> Notice {
        let mut lines = vec![text.unwrap_or(&subject).to_string()];
        lines.extend(self.words.lines(values));
        let told = |link: &String| lines.iter().any(|line| line.contains(link.as_str()));
        lines.extend(link.clone().filter(|link| !told(link)));
        Notice { subject, text: lines.join("\n"), link }
    }
}

/// Why a human is called, what is known, and where: `faq_miss: Вопрос: «…» https://…`.
pub(super) fn call(handoff: &HandoffEffect) -> String {
    let link = handoff.chat_url.as_deref().map(|link| format!(" {link}")).unwrap_or_default();
    let about = if handoff.summary.is_empty() { String::new() } else { format!(": {}", handoff.summary) };
    format!("{}{about}{link}", handoff.reason)
}
