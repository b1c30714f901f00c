//! The team's chat in Telegram: notices with a link to the client's chat (R012, R013).

use super::job::jobs;
use super::notice::Notices;
use super::result::{Answer, Outcome, flag_at, id_at};
use crate::definition::TargetKind;
use crate::document::Cursor;
use crate::wire::{ChangeCode, Encoded, Limit, Outgoing, Request};
use serde_json::{Map, Value as Json, json};

/// A message, counted as Telegram counts entities.
const TEXT: Limit = Limit::utf16(4096);

/// Encodes for one chat; see [`super::encode`].
pub(super) fn encode(effects: &[Outgoing], at: &Cursor<'_>) -> Option<Encoded> {
    let keys = at.keys()?;
    let notices = Notices::read(&keys, TargetKind::TelegramAdmin);
    let chat = keys.need("chat_id").and_then(|c| c.id());
    let thread = super::id_option(&keys, "thread_id");
    keys.end();
    let chat = chat?;
    let mut out = Encoded::default();
    for job in jobs(effects, &notices.target) {
        let Some(notice) = notices.of(job.task) else { continue };
        let parts = TEXT.split(&notice.text);
        if parts.len() > 1 {
            out.change(ChangeCode::Split, job.key, "text", TEXT.length(&notice.text), TEXT.most);
        }
        let last = parts.len().saturating_sub(1);
        for (place, part) in parts.into_iter().enumerate() {
            let mut message = Map::from_iter([
                ("chat_id".to_string(), number(&chat)),
                ("text".to_string(), Json::from(part)),
            ]);
            if let Some(thread) = &thread {
                message.insert("message_thread_id".into(), number(thread));
            }
            // Telegram refuses the whole message for a button whose address it does not take.
            let link = notice.link.as_deref().filter(|link| place == last && is_web(link));
            if let Some(link) = link {
                let button = json!({"text": notices.words.own("open_chat"), "url": link});
                message.insert("reply_markup".into(), json!({"inline_keyboard": [[button]]}));
            }
            let mut request = Request::post(job.key, "sendMessage");
            request.target = Some(notices.target.clone());
            out.send(request, message.into());
        }
    }
    Some(out)
}

/// What the answer to a message means.
pub(super) fn outcome(answer: &Answer<'_>) -> Outcome {
    let Some(body) = answer.body else {
        return if answer.went_well() { answer.unreadable() } else { answer.refusal("") };
    };
    match flag_at(body, "ok") {
        Some(true) => Outcome::done(body.get("result").and_then(|message| id_at(message, "message_id"))),
        Some(false) => {
            let code = id_at(body, "error_code").unwrap_or_default();
            let wait = body.get("parameters").and_then(|node| id_at(node, "retry_after"));
            let passes = code == "429" || code.starts_with('5');
            let about = id_at(body, "description").unwrap_or_default();
            let refused = if answer.went_well() {
                answer.refusal(format!("{code} {about}").trim())
            } else {
                answer.refusal(&about)
            };
            let wait = wait.and_then(|seconds| seconds.parse::<i64>().ok()).map(Json::from);
            refused.worth_a_retry(passes).with("retry_after", wait)
        }
        None if answer.went_well() => answer.unreadable(),
        None => answer.refusal(""),
    }
}

fn is_web(link: &str) -> bool {
    let web = link.starts_with("https://") || link.starts_with("http://") || link.starts_with("tg://");
    web && !link.contains(char::is_whitespace)
}

/// A chat is a number, or the name of a public one.
fn number(id: &str) -> Json {
    id.parse::<i64>().map_or_else(|_| Json::from(id), Json::from)
}
