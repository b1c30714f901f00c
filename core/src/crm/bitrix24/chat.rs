//! Chats: what a bot says there, and who takes over.

use super::number;
use super::options::Options;
use crate::wire::{ChangeCode, Encoded, Limit, Request, Said};
use serde_json::{Map, Value as Json, json};

/// A message; a longer one Bitrix24 would cut.
const TEXT: Limit = Limit::code_points(20_000);

/// A reply of a bot, or the automatic message of an open line. Nothing where the host names no chat: then the talk goes
/// through another channel.
pub(super) fn say(desk: &Options, said: &Said, key: &str, out: &mut Encoded) {
    let chat = &desk.chat;
    let bot = chat.bot_id.as_ref().zip(chat.dialog_id.as_ref());
    if bot.is_none() && chat.chat_id.is_none() {
        return;
    }
    let text = match bot {
        Some(_) => said.text.clone(),
        None => numbered(said, key, out),
    };
    let parts = TEXT.split(&text);
    if parts.len() > 1 {
        out.change(ChangeCode::Split, key, "text", TEXT.length(&text), TEXT.most);
    }
    let last = parts.len().saturating_sub(1);
    for (place, part) in parts.into_iter().enumerate() {
        if let Some((bot, dialog)) = bot {
            let mut fields = Map::from_iter([("message".to_string(), Json::from(part))]);
            if place == last && !said.buttons.is_empty() {
                fields.insert("keyboard".into(), keyboard(desk, said));
            }
            let mut payload = json!({"botId": number(bot), "dialogId": dialog, "fields": fields});
            if let (Some(token), Some(keys)) = (&chat.bot_token, payload.as_object_mut()) {
                keys.insert("botToken".into(), token.as_str().into());
            }
            out.send(Request::post(key, "imbot.v2.Chat.Message.send"), payload);
        } else if let Some(chat) = &chat.chat_id {
            let payload = json!({"CHAT_ID": number(chat), "NAME": "DEFAULT", "MESSAGE": part});
            out.send(Request::post(key, "imopenlines.bot.session.message.send"), payload);
        }
    }
}

/// The buttons below each other.
fn keyboard(desk: &Options, said: &Said) -> Json {
    let button = |button: &crate::dialog::ReplyButton| match &desk.chat.command {
        Some(command) => json!({"TEXT": button.title, "COMMAND": command, "COMMAND_PARAMS": button.id}),
        None => json!({"TEXT": button.title, "COMMAND": button.id}),
    };
    let rows = said.buttons.iter().map(button).flat_map(|button| [json!({"TYPE": "NEWLINE"}), button]);
    rows.skip(1).collect::<Vec<_>>().into()
}

/// An automatic message has no buttons: a number typed presses one.
fn numbered(said: &Said, key: &str, out: &mut Encoded) -> String {
    if said.buttons.is_empty() {
        return said.text.clone();
    }
    out.change(ChangeCode::Numbered, key, "buttons", said.buttons.len(), 0);
    let lines = said.buttons.iter().enumerate().map(|(n, button)| format!("\n{}. {}", n + 1, button.title));
    format!("{}\n{}", said.text, lines.collect::<String>())
}

/// The open line goes to a human: to the one the host names, else to whoever is free.
pub(super) fn hand_over(desk: &Options, key: &str, out: &mut Encoded) {
    let Some(mut payload) = of_line(desk) else { return };
    let method = match &desk.chat.transfer {
        Some(to) => {
            payload.extend(to.clone());
            "imopenlines.bot.session.transfer"
        }
        None => "imopenlines.bot.session.operator",
    };
    out.send(Request::post(key, method), payload.into());
}

/// The talk in an open line is over.
pub(super) fn finish(desk: &Options, key: &str, out: &mut Encoded) {
    if let Some(payload) = of_line(desk) {
        out.send(Request::post(key, "imopenlines.bot.session.finish"), payload.into());
    }
}

fn of_line(desk: &Options) -> Option<Map<String, Json>> {
    let chat = desk.chat.chat_id.as_ref()?;
    let mut payload = Map::from_iter([("CHAT_ID".to_string(), number(chat))]);
    if let Some(client) = &desk.chat.client_id {
        payload.insert("CLIENT_ID".into(), client.as_str().into());
    }
    Some(payload)
}
