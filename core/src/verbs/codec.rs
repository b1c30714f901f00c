//! Codecs over JSON texts: `decode` and `encode` of every channel, CRM and notice.

use crate::bot::Bot;
use crate::channels::{self, Channel};
use crate::crm;
use crate::definition::TargetKind;
use crate::document::{Node, Position, Value, nearest};
use crate::error::{Code, Error};
use crate::wire::Outgoing;
use serde_json::json;
use std::collections::BTreeMap;

/// `{channel, payload, options?}` to `{events, key?, contact?, reply?, conversations?, ignored?, token?}`, see
/// [`channels::decode`] and [`crm::decode`].
pub(super) fn decode(argument: &str) -> Result<String, Error> {
    let argument = Argument::read(argument, "payload")?;
    let (codec, payload, options) =
        (argument.codec("effect")?, argument.part("payload")?, argument.options());
    let decoded = match codec {
        Codec::Channel(channel) => channels::decode(channel, payload, &options),
        Codec::Target(kind) => crm::decode(kind, payload, &options),
    };
    Ok(super::written(&decoded?))
}

/// `{channel, effects, options?}` to `{payloads, changes, requests}`, see [`channels::encode`] and
/// [`crm::encode`].
pub(super) fn encode(argument: &str) -> Result<String, Error> {
    let argument = Argument::read(argument, "effects")?;
    let (codec, options) = (argument.codec("target")?, argument.options());
    let effects = Outgoing::from_node(argument.part("effects")?).map_err(|mut error| {
        error.path.insert_str(0, "effects");
        error
    })?;
    let encoded = match codec {
        Codec::Channel(channel) => channels::encode(channel, &effects, &options),
        Codec::Target(kind) => crm::encode(kind, &effects, &options),
    };
    Ok(super::written(&encoded?))
}

/// The targets of a bot, and the options by which [`crm::encode`] tells people about them:
/// `{targets: [{name, kind?, leads?, handoff, notify, mirror}], options: {language, timezone, labels?, titles?}}`.
pub(super) fn targets(bot: &Bot) -> String {
    let definition = bot.definition();
    let language = definition.languages.team();
    let mut labels = BTreeMap::new();
    let mut titles: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
    for field in &definition.fields {
        let label = definition.label(&field.name, language);
        if label != field.name {
            labels.insert(field.name.as_str(), label);
        }
        for option in &field.options {
            let title = option.title.pick(language, &definition.languages.main);
            if title != option.id {
                titles.entry(&field.name).or_default().insert(&option.id, title);
            }
        }
    }
    let mut options = json!({"language": language, "timezone": definition.timezone});
    if let Some(options) = options.as_object_mut() {
        options.extend((!labels.is_empty()).then(|| ("labels".to_string(), json!(labels))));
        options.extend((!titles.is_empty()).then(|| ("titles".to_string(), json!(titles))));
    }
    super::written(&json!({"targets": definition.targets(), "options": options}))
}

/// What speaks a vendor's format.
enum Codec {
    Channel(Channel),
    Target(TargetKind),
}

/// The argument of a codec.
struct Argument(Node);

impl Argument {
    /// Reads an argument that has `channel`, `options` and one key more.
    fn read(text: &str, subject: &str) -> Result<Self, Error> {
        let node = Node::from_json(text)?.without_positions();
        if let Value::Map(entries) = &node.value
            && let Some(odd) =
                entries.iter().find(|e| !["channel", "options", subject].contains(&e.key.as_str()))
        {
            let message = format!("the key `{}` is not known here", odd.key);
            return Err(Error::new(Code::UnknownKey, odd.key.clone(), message));
        }
        Ok(Self(node))
    }

    fn part(&self, key: &str) -> Result<&Node, Error> {
        self.0.get(key).ok_or_else(|| Error::new(Code::MissingKey, "", format!("the key `{key}` is missing")))
    }

    fn options(&self) -> Node {
        let none = || Node::new(Value::Null, Position::default());
        self.0.get("options").cloned().unwrap_or_else(none)
    }

    /// The codec of the name. A webhook is a channel, and a target where the options have the key that only one of a
    /// target has.
    fn codec(&self, of_target: &str) -> Result<Codec, Error> {
        let node = self.part("channel")?;
        let wrong =
            || Error::new(Code::WrongType, "channel", format!("{} found, a text expected", node.kind()));
        let name = node.as_str().ok_or_else(wrong)?;
        let channel = Channel::named(name).map(Codec::Channel);
        let target = TargetKind::ALL.into_iter().find(|kind| kind.as_str() == name).map(Codec::Target);
        let asked = self.0.get("options").is_some_and(|options| options.get(of_target).is_some());
        let codec = if asked { target.or(channel) } else { channel.or(target) };
        codec.ok_or_else(|| unknown(name))
    }
}

fn unknown(name: &str) -> Error {
    let error = Error::new(Code::UnknownValue, "channel", format!("no channel is called `{name}`"));
    let targets = TargetKind::ALL.into_iter().map(TargetKind::as_str);
    match nearest(name, Channel::NAMES.iter().map(|(known, _)| *known).chain(targets)) {
        Some(near) => error.with_hint(format!("did you mean `{near}`?")),
        None => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bot::Files;
    use crate::verbs::compile;

    const BOT: &str = r#"{"bot": 1, "timezone": "Europe/Kyiv", "languages": {"main": "uk"},
        "fields": {"tel": {"type": "phone"}, "size": {"type": "choice", "options": [{"id": "big", "title": "Велика"}]}},
        "texts": {"field_size": "Розмір"}, "handoff": {"to": ["telegram_admin"]},
        "leads": {"order": {"need": ["tel"], "to": ["kommo_sales", "store"]}}}"#;

    #[test]
    fn targets_come_with_the_options_that_the_definition_knows() {
        let told = targets(&compile(BOT, &Files::new()).unwrap().bot);
        let expected = json!({
            "targets": [
                {"name": "kommo_sales", "kind": "kommo", "leads": ["order"], "handoff": false, "notify": false, "mirror": false},
                {"name": "store", "leads": ["order"], "handoff": false, "notify": false, "mirror": false},
                {"name": "telegram_admin", "kind": "telegram_admin", "handoff": true, "notify": false, "mirror": false},
            ],
            "options": {"language": "uk", "timezone": "Europe/Kyiv", "labels": {"tel": "Телефон", "size": "Розмір"},
                "titles": {"size": {"big": "Велика"}}},
        });
        assert_eq!(serde_json::from_str::<serde_json::Value>(&told).unwrap(), expected);
        let options = &expected["options"];
        let argument = json!({"channel": "telegram_admin", "options": {"chat_id": 1}, "effects": [{
            "key": "1.1", "kind": "create_lead", "lead": "order", "lead_key": "k", "title": "Замовлення",
            "fields": {"size": "big", "tel": "+380501234567"}, "to": ["telegram_admin"],
        }]});
        let mut argument = argument;
        argument["options"].as_object_mut().unwrap().extend(options.as_object().unwrap().clone());
        let sent = encode(&argument.to_string()).unwrap();
        assert!(sent.contains("Замовлення\\nРозмір: Велика\\nТелефон: +380501234567"), "{sent}");
    }

    #[test]
    fn a_name_is_a_channel_a_target_or_a_slip() {
        let refused = |argument: &str| encode(argument).map_err(|e| (e.code, e.path, e.hint)).unwrap_err();
        let (code, path, hint) = refused(r#"{"channel": "komo", "effects": []}"#);
        assert_eq!((code, path.as_str()), (Code::UnknownValue, "channel"));
        assert_eq!(hint.as_deref(), Some("did you mean `kommo`?"));
        assert_eq!(refused(r#"{"effects": []}"#).0, Code::MissingKey);
        let effects = r#"[{"key": "1.1", "kind": "tag", "tag": "vip"}]"#;
        let count = |options: &str| {
            let sent =
                encode(&format!(r#"{{"channel": "webhook", "effects": {effects}, "options": {options}}}"#));
            sent.unwrap().contains("vip")
        };
        assert!(count("{}") && !count(r#"{"target": "webhook"}"#), "a tag names no target");
        let answer =
            r#"{"channel": "webhook", "payload": {"id": 7}, "options": {"effect": "1.1", "status": 200}}"#;
        assert!(decode(answer).unwrap().contains(r#""ok":true,"data":{"id":"7"}"#));
    }
}
