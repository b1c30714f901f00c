//! What a bot listens for: names, phones and addresses that stand in words, options, buttons and questions of the
//! definition. The author has published them, and they must be found again when a masked record is replayed.

use super::{Bot, lists};
use crate::definition::{Action, Button, Condition, for_each_condition, for_each_list};
use crate::extract::{PhoneOptions, name, personal};
use crate::text::folded_words;
use crate::text::name::Names;
use std::collections::BTreeSet;

/// What messages are compared with, and is nobody's secret.
#[derive(Debug, Default)]
pub(crate) struct Published {
    names: Names,
    /// Phones, addresses and numbers, spelled as [`personal::found`] does.
    values: BTreeSet<String>,
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
        }
        for answer in bot.knowledge.answers() {
            answer.ask.iter().for_each(|asked| published.hear(asked, options));
            answer.buttons.iter().for_each(|button| published.button(button, options));
            answer.then.iter().for_each(|action| published.action(action, options));
        }
        published
    }

    /// Whether the bot listens for a name.
    pub(crate) fn has_name(&self, name: &str) -> bool {
        self.names.has(name)
    }

    /// Whether the bot listens for a phone, address or number.
    pub(crate) fn has_value(&self, value: &str) -> bool {
        self.values.contains(value)
    }

    /// Whether a text is the id or title of a button or option.
    pub(crate) fn is_label(&self, text: &str) -> bool {
        self.labels.contains(&folded_words(text))
    }

    fn action(&mut self, action: &Action, options: &PhoneOptions) {
        let say = match action {
            Action::Say(say) => say,
            Action::Remind(remind) => &remind.say,
            _ => return,
        };
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
        name::lookalikes(text).iter().for_each(|name| self.names.add(name.span.of(text)));
        self.values.extend(personal::found(text, options).into_iter().map(|found| found.value));
    }
}
