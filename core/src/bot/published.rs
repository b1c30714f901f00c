//! What the author of a bot says in public: names, phones and addresses that stand in the definition.
//!
//! A masked record need not hide them, and a bot that listens for a name must find it when the record is replayed.

use super::{Bot, lists};
use crate::definition::{Action, Button, Condition, Text, for_each_condition, for_each_list};
use crate::extract::{PhoneOptions, name, personal};
use crate::text::folded_words;
use crate::text::name::Names;
use std::collections::BTreeSet;

/// What stands in a definition and is nobody's secret.
#[derive(Debug, Default)]
pub(crate) struct Published {
    /// Names that messages are compared with: in words, options, buttons and questions.
    heard: Names,
    /// Names that the bot says.
    said: Names,
    /// Phones, addresses and numbers that messages are compared with, spelled as [`personal::found`] does.
    heard_values: BTreeSet<String>,
    /// Those that the bot says.
    said_values: BTreeSet<String>,
    /// Ids and titles of buttons and options, folded.
    labels: BTreeSet<String>,
}

impl Published {
    /// What stands in a definition and its tables. Cost: one reading of every text.
    pub(super) fn of(bot: &Bot) -> Self {
        let mut published = Self::default();
        let definition = bot.definition();
        let options = &bot.phone_options;
        lists(definition).values().flatten().for_each(|word| published.hear(word, options));
        for_each_condition(definition, &mut |condition| {
            if let Condition::Button(label) = condition {
                published.label(label, options);
            }
        });
        for_each_list(definition, &mut |actions| actions.iter().for_each(|a| published.action(a, options)));
        for field in &definition.fields {
            field.options.iter().for_each(|option| published.button(option, options));
            field.ask.iter().chain(&field.retry).for_each(|text| published.say(text, options));
        }
        for answer in bot.knowledge.answers() {
            answer.ask.iter().for_each(|asked| published.hear(asked, options));
            answer.buttons.iter().for_each(|button| published.button(button, options));
            answer.then.iter().for_each(|action| published.action(action, options));
            published.say(&answer.say, options);
        }
        definition.texts.values().for_each(|text| published.say(text, options));
        definition
            .leads
            .iter()
            .filter_map(|lead| lead.title.as_ref())
            .for_each(|t| published.say(t, options));
        published
    }

    /// Whether a name may stay in what a client writes.
    pub(crate) fn hears(&self, name: &str) -> bool {
        self.heard.has(name)
    }

    /// Whether a name may stay in what the bot writes.
    pub(crate) fn says(&self, name: &str) -> bool {
        self.said.has(name) || self.heard.has(name)
    }

    /// Whether a phone, address or number may stay in what a client writes.
    pub(crate) fn hears_value(&self, value: &str) -> bool {
        self.heard_values.contains(value)
    }

    /// Whether it may stay in what the bot writes.
    pub(crate) fn says_value(&self, value: &str) -> bool {
        self.said_values.contains(value) || self.heard_values.contains(value)
    }

    /// Whether a text is the id or title of a button or option.
    pub(crate) fn is_label(&self, text: &str) -> bool {
        self.labels.contains(&folded_words(text))
    }

    fn action(&mut self, action: &Action, options: &PhoneOptions) {
        let say = match action {
            Action::Say(say) => say,
            Action::Remind(remind) => &remind.say,
            Action::Notify { text: Some(text), .. } => return self.say(text, options),
            _ => return,
        };
        self.say(&say.text, options);
        say.buttons.iter().for_each(|button| self.button(button, options));
    }

    fn button(&mut self, button: &Button, options: &PhoneOptions) {
        self.label(&button.id, options);
        button.title.all().for_each(|title| self.label(title, options));
    }

    fn label(&mut self, label: &str, options: &PhoneOptions) {
        self.labels.insert(folded_words(label));
        self.hear(label, options);
    }

    fn hear(&mut self, text: &str, options: &PhoneOptions) {
        name::lookalikes(text).iter().for_each(|name| self.heard.add(name.span.of(text)));
        self.heard_values.extend(values(text, options));
    }

    fn say(&mut self, text: &Text, options: &PhoneOptions) {
        for text in text.all() {
            name::lookalikes(text).iter().for_each(|name| self.said.add(name.span.of(text)));
            self.said_values.extend(values(text, options));
        }
    }
}

fn values(text: &str, options: &PhoneOptions) -> impl Iterator<Item = String> {
    personal::found(text, options).into_iter().map(|found| found.value)
}
