//! Effects as classes of Python: the same names and fields as in JSON.

use crate::value::{Instant, Of};
use frontdesk::bot::value::FieldValue;
use frontdesk::dialog::{self, EffectKind, HandoffTo, ReplyButton};
use pyo3::prelude::*;
use serde::Serialize;
use serde_json::Value as Json;
use std::collections::BTreeMap;

type Fields = BTreeMap<String, Of<FieldValue>>;

/// The table of effects: for each its class, the effect of the core, and where the fields of the one come from in the
/// other.
macro_rules! effects {
    ($($(#[$doc:meta])* $class:ident $effect:tt => { $($field:ident: $type:ty = $value:expr,)* })*) => {
        /// Something for the host to do, once. `key` is `<rev>.<n>`, unique with the session's key; results name it.
        ///
        /// Each kind is a class of its own, to be told apart with `match` or `isinstance`.
        #[pyclass(frozen, eq, module = "frontdesk")]
        #[derive(Clone, PartialEq)]
        pub(crate) enum Effect { $($(#[$doc])* $class { $($field: $type,)* key: String },)* }

        impl From<dialog::Effect> for Effect {
            fn from(dialog::Effect { key, kind }: dialog::Effect) -> Self {
                match kind { $(EffectKind::$class $effect => Self::$class { $($field: $value,)* key },)* }
            }
        }
    };
}

effects! {
    /// Send this to the client. `window` is `open` for 24 hours after the client's last message, then `closed`: only
    /// `template` may be sent. While a human talks, nothing older is to be sent.
    Reply(reply) => {
        text: String = reply.text().to_owned(),
        buttons: Vec<Of<ReplyButton>> = reply.buttons().iter().cloned().map(Of).collect(),
        language: String = reply.language().to_owned(),
        window: String = word(&reply.window()),
        template: Option<String> = reply.template().map(str::to_owned),
        mode_rev: u64 = reply.mode_rev(),
    }
    /// Create a lead at every target. `lead_key` is the CRM's idempotency key.
    CreateLead(lead) => {
        lead: String = lead.lead, fields: Fields = fields(lead.fields), title: String = lead.title,
        to: Vec<String> = lead.to, lead_key: String = lead.lead_key,
        utm: Option<Of<Json>> = lead.utm.and_then(|utm| serde_json::to_value(utm).ok()).map(Of),
        chat_url: Option<String> = lead.chat_url,
    }
    /// Change the lead at every target; `fields` are those that changed, `ids` those that targets gave.
    UpdateLead(lead) => {
        lead: String = lead.lead, fields: Fields = fields(lead.fields), to: Vec<String> = lead.to,
        lead_key: String = lead.lead_key, ids: BTreeMap<String, String> = lead.ids,
    }
    /// Find something out and answer with a `result`.
    Request { what, params } => { what: String = what.to_owned(), params: Of<Json> = Of(params), }
    /// Call a human. `priority` is `normal` or `high`.
    Handoff(handoff) => {
        reason: String = handoff.reason, priority: String = handoff.priority.to_owned(),
        summary: String = handoff.summary, language: String = handoff.language,
        to: Vec<Of<HandoffTo>> = handoff.to.into_iter().map(Of).collect(),
        chat_url: Option<String> = handoff.chat_url,
    }
    /// Tell the team.
    Notify { to, text } => { to: String = to, text: String = text, }
    /// Write a note on the client's card.
    Note { to, text } => { to: String = to, text: String = text, }
    /// Suggest an answer to the operator, and to nobody else; `faq` is the row it comes from.
    Suggest { text, faq } => { text: String = text, faq: String = faq, }
    /// The status of the dialog changed.
    SetStatus { status } => { status: String = status, }
    /// A field has a new value; None: it was taken back.
    SetField { field, value } => { field: String = field, value: Option<Of<FieldValue>> = value.map(Of), }
    /// Tag the client.
    Tag { tag } => { tag: String = tag, }
    /// A timer is set; informs, the host needs `next_due` only.
    SetTimer { timer, due, purpose } => {
        timer: String = timer, due: Instant = Instant(due), purpose: String = purpose.to_owned(),
    }
    /// A timer is taken back.
    CancelTimer { timer } => { timer: String = timer, }
    /// The dialog is over: `mode` is `silent` or `reopen`.
    Finish { mode, outcome } => { mode: String = mode.to_owned(), outcome: String = outcome, }
    /// Something that the people who run the bot must see.
    Alert { code, text } => { code: String = word(&code), text: String = text, }
}

#[pymethods]
impl Effect {
    /// `<rev>.<n>`, unique with the session's key; results name it.
    #[getter]
    fn key(slf: &Bound<'_, Self>) -> PyResult<String> {
        slf.as_any().getattr("key")?.extract() // that of the kind
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        let names: Vec<String> = slf.as_any().getattr("__match_args__")?.extract()?;
        let field = |name: &String| Ok(format!("{name}={}", slf.as_any().getattr(name.as_str())?.repr()?));
        let fields = names.iter().map(field).collect::<PyResult<Vec<_>>>()?;
        let class = slf.as_any().get_type().name()?.to_string();
        Ok(format!("{}({})", class.trim_start_matches("Effect_"), fields.join(", ")))
    }

    // Equal effects have equal keys.
    fn __hash__(slf: &Bound<'_, Self>) -> PyResult<isize> {
        slf.as_any().getattr("key")?.hash()
    }
}

fn fields(fields: BTreeMap<String, FieldValue>) -> Fields {
    fields.into_iter().map(|(name, value)| (name, Of(value))).collect()
}

/// A word of the contract, as JSON has it.
pub(crate) fn word(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default().trim_matches('"').to_owned()
}
