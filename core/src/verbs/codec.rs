//! Codecs over JSON texts: `decode` and `encode` of every channel, CRM and notice.

use crate::channels::{self, Channel};
use crate::crm;
use crate::definition::TargetKind;
use crate::document::{Node, Position, Value, nearest};
use crate::error::{Code, Error};
use crate::wire::Outgoing;

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
