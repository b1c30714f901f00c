//! Codecs over JSON texts: `decode` and `encode` of every channel.

use crate::channels::{self, Channel};
use crate::document::{Node, Position, Value, nearest};
use crate::error::{Code, Error};
use crate::wire::Outgoing;

/// `{channel, payload, options?}` to `{events, key?, contact?, reply?, conversations?, ignored?}`, see
/// [`channels::decode`].
pub(super) fn decode(argument: &str) -> Result<String, Error> {
    let argument = Argument::read(argument, "payload")?;
    let decoded = channels::decode(argument.channel()?, argument.part("payload")?, &argument.options())?;
    Ok(super::written(&decoded))
}

/// `{channel, effects, options?}` to `{payloads, changes, requests}`, see [`channels::encode`].
pub(super) fn encode(argument: &str) -> Result<String, Error> {
    let argument = Argument::read(argument, "effects")?;
    let channel = argument.channel()?;
    let effects = Outgoing::from_node(argument.part("effects")?).map_err(|mut error| {
        error.path.insert_str(0, "effects");
        error
    })?;
    Ok(super::written(&channels::encode(channel, &effects, &argument.options())?))
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

    fn channel(&self) -> Result<Channel, Error> {
        let node = self.part("channel")?;
        let wrong =
            || Error::new(Code::WrongType, "channel", format!("{} found, a text expected", node.kind()));
        let name = node.as_str().ok_or_else(wrong)?;
        Channel::named(name).ok_or_else(|| unknown(name))
    }
}

fn unknown(name: &str) -> Error {
    let error = Error::new(Code::UnknownValue, "channel", format!("no channel is called `{name}`"));
    match nearest(name, Channel::NAMES.iter().map(|(known, _)| *known)) {
        Some(near) => error.with_hint(format!("did you mean `{near}`?")),
        None => error,
    }
}
