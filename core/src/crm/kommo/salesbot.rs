//! Salesbot waits at a `return_url` for what it is to show.
//!
//! Facts: <https://developers.kommo.com/reference/salesbot-widget-block-execution-confirmation>.

use super::options::Options;
use crate::crm::job::{Job, Task};
use crate::wire::{ChangeCode, Encoded, Limit, Request, Said};
use serde_json::{Value as Json, json};

/// A text that is shown at once.
const TEXT: Limit = Limit::code_points(80);
const BUTTONS: usize = 25;
/// Handlers of one continuation, and a block waits for one continuation only.
const HANDLERS: usize = 10;

/// The one continuation that carries every reply of the list.
pub(super) fn encode(desk: &Options, jobs: &[Job<'_>], out: &mut Encoded) {
    let Some(return_url) = &desk.return_url else { return };
    let replies = jobs.iter().filter_map(|job| match job.task {
        Task::Reply(said) => Some((job.key, said)),
        _ => None,
    });
    let mut handlers: Vec<Json> = Vec::new();
    let mut first = None;
    for (key, said) in replies {
        first = first.or(Some(key));
        let shown = shown(key, said, out);
        let room = HANDLERS.saturating_sub(handlers.len());
        if shown.len() > room {
            out.change(ChangeCode::Dropped, key, "text", handlers.len() + shown.len(), HANDLERS);
        }
        handlers.extend(shown.into_iter().take(room));
    }
    if let Some(key) = first {
        let payload = json!({"data": {"status": "success"}, "execute_handlers": handlers});
        out.send(Request::post(key, return_url.as_str()), payload);
    }
}

/// A reply in as many parts as it needs; the last one carries the buttons.
fn shown(key: &str, said: &Said, out: &mut Encoded) -> Vec<Json> {
    let parts = TEXT.split(&said.text);
    if parts.len() > 1 {
        out.change(ChangeCode::Split, key, "text", TEXT.length(&said.text), TEXT.most);
    }
    if said.buttons.len() > BUTTONS {
        out.change(ChangeCode::Dropped, key, "buttons", said.buttons.len(), BUTTONS);
    }
    let titles: Vec<&str> = said.buttons.iter().take(BUTTONS).map(|b| b.title.as_str()).collect();
    let last = parts.len().saturating_sub(1);
    let handler = |(place, part): (usize, &&str)| {
        let params = if place == last && !titles.is_empty() {
            json!({"type": "buttons", "value": part, "buttons": titles})
        } else {
            json!({"type": "text", "value": part})
        };
        json!({"handler": "show", "params": params})
    };
    parts.iter().enumerate().map(handler).collect()
}
