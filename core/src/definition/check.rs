//! The definition as a whole: every name used must exist, and what cannot work together is refused.

use super::walk::rules;
use super::{Action, Condition};
use super::{BUILT_IN_STATUSES, Definition};
use crate::document::{Cursor, Named, nearest};
use crate::error::Code;
use std::collections::BTreeSet;

/// Lists that stand in every bot, for `@name` and `words: name`.
pub(crate) const BUILT_IN_LISTS: &[&str] = &["profanity", "angry", "courtesy", "acknowledgement", "greeting"];

/// Placeholders that every text may use.
const PLACEHOLDERS: &[&str] = &["topic", "chat_url", "summary", "reason"];

/// Reports names that nothing has.
pub(super) fn names(definition: &Definition, root: &Cursor<'_>) {
    let fields: Vec<&str> = definition.fields.iter().map(|f| f.name.as_str()).collect();
    let reminders = reminders(definition);
    let known = |named: Named| -> Vec<&str> {
        match named {
            Named::Field => fields.clone(),
            Named::Placeholder => fields.iter().copied().chain(PLACEHOLDERS.iter().copied()).collect(),
            Named::Flow => definition.flows.iter().map(|f| f.name.as_str()).collect(),
            Named::Lead => definition.leads.iter().map(|l| l.name.as_str()).collect(),
            Named::Reminder => reminders.iter().copied().collect(),
            Named::Text => Vec::new(),
            Named::Sentence => super::texts::names().collect(),
            Named::Status => {
                let built_in = BUILT_IN_STATUSES.iter().map(|(name, _)| *name);
                built_in.chain(definition.statuses.iter().map(|s| s.name.as_str())).collect()
            }
            Named::Words => {
                let own = definition.words.keys().map(String::as_str);
                own.chain(BUILT_IN_LISTS.iter().copied()).collect()
            }
        }
    };
    let languages: Vec<&str> = definition.languages.all().collect();
    root.report().resolve(|named, name| {
        if named == Named::Text {
            let written: Vec<&str> = name.split(' ').collect();
            let missing: Vec<&str> = languages.iter().copied().filter(|l| !written.contains(l)).collect();
            let message = format!("no text in {}; the main language stands in", missing.join(", "));
            return (!missing.is_empty()).then_some((Code::TextMissing, message, None));
        }
        let known = known(named);
        // What an author calls a field in summaries: `field_room`.
        let labelled = || name.strip_prefix("field_").is_some_and(|field| fields.contains(&field));
        if named == Named::Sentence && labelled() {
            return None;
        }
        // Data of results and facts are the host's: `{order.status}`, `{payment.amount}`.
        if known.contains(&name) || (named == Named::Placeholder && name.contains('.')) {
            return None;
        }
        let hint = nearest(name, known.iter().copied());
        let hint = hint.map(|near| format!("did you mean `{near}`?"));
        let code = if named == Named::Placeholder { Code::UnknownPlaceholder } else { Code::UnknownName };
        Some((code, format!("no {} is called `{name}`", word(named)), hint))
    });
}

fn word(named: Named) -> &'static str {
    match named {
        Named::Field => "field",
        Named::Flow => "flow",
        Named::Lead => "lead",
        Named::Placeholder => "field or placeholder",
        Named::Reminder => "reminder",
        Named::Sentence => "built-in text",
        Named::Status => "status",
        Named::Text => "text",
        Named::Words => "word list",
    }
}

fn reminders(definition: &Definition) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    for_each_action(definition, &mut |action| {
        if let Action::Remind(remind) = action {
            names.insert(remind.name.as_str());
        }
    });
    names
}

/// Calls `visit` with every list of actions of the definition.
pub(crate) fn for_each_list<'d>(definition: &'d Definition, visit: &mut impl FnMut(&'d [Action])) {
    visit(&definition.greeting);
    visit(&definition.faq.unknown);
    definition.faq.items.iter().for_each(|item| visit(&item.then));
    definition.rules.iter().for_each(|rule| visit(&rule.actions));
    definition.silence.iter().for_each(|entry| visit(&entry.actions));
    for flow in &definition.flows {
        visit(&flow.then);
        visit(&flow.unsure.actions);
        flow.react.iter().for_each(|reaction| visit(&reaction.actions));
    }
}

fn for_each_action<'d>(definition: &'d Definition, visit: &mut impl FnMut(&'d Action)) {
    for_each_list(definition, &mut |list| list.iter().for_each(&mut *visit));
}

/// Calls `visit` with every condition of the definition.
pub(crate) fn for_each_condition<'d>(definition: &'d Definition, visit: &mut impl FnMut(&'d Condition)) {
    let rules = definition.rules.iter().map(|r| &r.condition);
    let flows = definition.flows.iter().flat_map(|f| {
        f.start.iter().chain([&f.done]).chain(f.react.iter().map(|reaction| &reaction.condition))
    });
    let silence = definition.silence.iter().filter_map(|s| s.condition.as_ref());
    rules.chain(flows).chain(silence).for_each(|c| c.walk(visit));
}

/// Reports what the definition as a whole gets wrong.
pub(super) fn whole(definition: &Definition, root: &Cursor<'_>) {
    let Some(keys) = root.keys() else { return };
    let at = |key: &'static str| keys.get(key).unwrap_or(*root);
    let mut seen = BTreeSet::new();
    for (rule, at) in rules(definition, root) {
        if !seen.insert(&rule.name) {
            let message = format!("two rules are called `{}`", rule.name);
            at.down("name").error(Code::DuplicateName, message);
        }
    }
    if definition.platform.as_deref() == Some("manychat") {
        let listed =
            definition.channels.iter().position(|c| c == "viber").map(|place| at("channels").nth(place));
        for place in listed.into_iter().chain(at("accounts").find("viber")) {
            place.error(Code::ChannelNotOnPlatform, "manychat does not serve viber; smartsender does");
        }
    }
}
