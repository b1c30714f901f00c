//! E-mail: `{to, subject, text}` for whatever the host sends mail with.

use super::job::jobs;
use super::notice::Notices;
use crate::definition::TargetKind;
use crate::document::Cursor;
use crate::wire::{ChangeCode, Encoded, Limit, Outgoing, Request};
use serde_json::json;

/// A subject. Lines of a mail have at most 998 bytes (RFC 5322), and nobody reads one that long.
const SUBJECT: Limit = Limit::code_points(200);

/// Encodes for one mailbox; see [`super::encode`].
pub(super) fn encode(effects: &[Outgoing], at: &Cursor<'_>) -> Option<Encoded> {
    let keys = at.keys()?;
    let notices = Notices::read(&keys, TargetKind::Email);
    let to = keys.need("to").map(|c| c.texts());
    let own = super::option(&keys, "subject");
    keys.end();
    let to = to?;
    let mut out = Encoded::default();
    for job in jobs(effects, &notices.target) {
        let Some(notice) = notices.of(job.task) else { continue };
        let subject = one_line(own.as_deref().unwrap_or(&notice.subject));
        if !SUBJECT.holds(&subject) {
            out.change(ChangeCode::Clipped, job.key, "subject", SUBJECT.length(&subject), SUBJECT.most);
        }
        let mut request = Request::post(job.key, "");
        (request.method, request.path) = ("SMTP", None);
        request.target = Some(notices.target.clone());
        out.send(request, json!({"to": to, "subject": SUBJECT.clip(&subject), "text": notice.text}));
    }
    Some(out)
}

/// A line break in a subject would begin a header of the client's own.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_control()).flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}
