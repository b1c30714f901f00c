//! Effects as codecs read them.

use super::read::read;
use crate::bot::value::FieldValue;
use crate::dialog::{CreateLead, Effect, HandoffEffect, HandoffTo, ReplyButton, UpdateLead, Utm, Window};
use crate::document::{Cursor, Keys, Node, written};
use crate::error::{Code, Error};
use crate::limits;
use serde::Serialize;
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// An effect, read and not made: a codec can say nothing that a dialog has not said.
///
/// As JSON it is the effect again.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outgoing {
    /// Its key.
    pub key: String,
    /// What is to be done.
    #[serde(flatten)]
    pub kind: OutgoingKind,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[allow(missing_docs)] // the kinds and keys of `EffectKind`
pub enum OutgoingKind {
    Reply(Said),
    CreateLead(CreateLead),
    UpdateLead(UpdateLead),
    Request {
        what: String,
        params: Json,
    },
    Handoff(HandoffEffect),
    Notify {
        to: String,
        text: String,
    },
    Note {
        to: String,
        text: String,
    },
    Suggest {
        text: String,
        faq: String,
    },
    SetStatus {
        status: String,
    },
    SetField {
        field: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        value: Option<FieldValue>,
    },
    Tag {
        tag: String,
    },
    SetTimer {
        timer: String,
        due: String,
        purpose: String,
    },
    CancelTimer {
        timer: String,
    },
    Finish {
        mode: String,
        outcome: String,
    },
    Alert {
        code: String,
        text: String,
    },
}

/// A reply, as it was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Said {
    /// The text.
    pub text: String,
    /// The buttons.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub buttons: Vec<ReplyButton>,
    /// The language of the text.
    pub language: String,
    /// Whether the messaging window is open.
    pub window: Window,
    /// Name of the vendor's template for a closed window.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
    /// The revision of the mode in which it was decided.
    pub mode_rev: u64,
}

impl Outgoing {
    /// The effects of a turn.
    pub fn of(effects: &[Effect]) -> Result<Vec<Outgoing>, Error> {
        Self::from_json(&written(effects))
    }

    /// A list of effects in JSON, read strictly.
    pub fn from_json(text: &str) -> Result<Vec<Outgoing>, Error> {
        Self::from_node(&Node::from_json(text)?)
    }

    /// A list of effects in a document.
    pub fn from_node(node: &Node) -> Result<Vec<Outgoing>, Error> {
        read(node, Self::list)
    }

    /// The effects of a list; everything wrong with them is reported.
    pub(crate) fn list(at: &Cursor<'_>) -> Option<Vec<Outgoing>> {
        let items = at.list();
        if items.len() > limits::EFFECTS {
            let message = format!("{} effects; at most {} are read", items.len(), limits::EFFECTS);
            at.error(Code::Limit, message);
            return None;
        }
        items.iter().map(outgoing).collect()
    }
}

/// The keys of an effect that must stand as texts.
struct Texts<'k, 'a>(&'k Keys<'a>);

impl Texts<'_, '_> {
    fn get(&self, key: &'static str) -> Option<String> {
        self.0.need(key)?.text()
    }
}

fn outgoing(at: &Cursor<'_>) -> Option<Outgoing> {
    let keys = at.keys()?;
    let text = Texts(&keys);
    let key = text.get("key");
    let kind = keys.need("kind").and_then(|c| kind(&c, &keys));
    keys.end();
    Some(Outgoing { key: key?, kind: kind? })
}

type Read = fn(&Keys<'_>) -> Option<OutgoingKind>;

const KINDS: &[(&str, Read)] = &[
    ("reply", |k| reply(k).map(OutgoingKind::Reply)),
    ("create_lead", |k| create_lead(k).map(OutgoingKind::CreateLead)),
    ("update_lead", |k| update_lead(k).map(OutgoingKind::UpdateLead)),
    ("request", |k| {
        let params = k.need("params").map(|c| c.data());
        Some(OutgoingKind::Request { what: Texts(k).get("what")?, params: params? })
    }),
    ("handoff", |k| handoff(k).map(OutgoingKind::Handoff)),
    ("notify", |k| {
        let (to, text) = (Texts(k).get("to"), Texts(k).get("text"));
        Some(OutgoingKind::Notify { to: to?, text: text? })
    }),
    ("note", |k| {
        let (to, text) = (Texts(k).get("to"), Texts(k).get("text"));
        Some(OutgoingKind::Note { to: to?, text: text? })
    }),
    ("suggest", |k| {
        let (text, faq) = (Texts(k).get("text"), Texts(k).get("faq"));
        Some(OutgoingKind::Suggest { text: text?, faq: faq? })
    }),
    ("set_status", |k| Some(OutgoingKind::SetStatus { status: Texts(k).get("status")? })),
    ("set_field", |k| {
        let value = k.get("value").and_then(|c| field_value(&c));
        Some(OutgoingKind::SetField { field: Texts(k).get("field")?, value })
    }),
    ("tag", |k| Some(OutgoingKind::Tag { tag: Texts(k).get("tag")? })),
    ("set_timer", |k| {
        let (timer, due, purpose) = (Texts(k).get("timer"), Texts(k).get("due"), Texts(k).get("purpose"));
        Some(OutgoingKind::SetTimer { timer: timer?, due: due?, purpose: purpose? })
    }),
    ("cancel_timer", |k| Some(OutgoingKind::CancelTimer { timer: Texts(k).get("timer")? })),
    ("finish", |k| {
        let (mode, outcome) = (Texts(k).get("mode"), Texts(k).get("outcome"));
        Some(OutgoingKind::Finish { mode: mode?, outcome: outcome? })
    }),
    ("alert", |k| {
        let (code, text) = (Texts(k).get("code"), Texts(k).get("text"));
        Some(OutgoingKind::Alert { code: code?, text: text? })
    }),
];

fn kind(at: &Cursor<'_>, keys: &Keys<'_>) -> Option<OutgoingKind> {
    at.one_of(KINDS)?(keys)
}

fn reply(keys: &Keys<'_>) -> Option<Said> {
    let text = Texts(keys);
    let (said, language) = (text.get("text"), text.get("language"));
    let buttons = keys.get("buttons").map(|c| c.list()).unwrap_or_default();
    let buttons: Vec<ReplyButton> = buttons.iter().filter_map(button).collect();
    let window =
        keys.need("window").and_then(|c| c.one_of(&[("open", Window::Open), ("closed", Window::Closed)]));
    let template = keys.get("template").and_then(|c| c.text());
    let mode_rev = keys.get("mode_rev").and_then(|c| u64::try_from(c.int()?).ok()).unwrap_or(0);
    Some(Said { text: said?, buttons, language: language?, window: window?, template, mode_rev })
}

fn button(at: &Cursor<'_>) -> Option<ReplyButton> {
    let keys = at.keys()?;
    let (id, title) = (Texts(&keys).get("id"), Texts(&keys).get("title"));
    keys.end();
    Some(ReplyButton { id: id?, title: title? })
}

fn create_lead(keys: &Keys<'_>) -> Option<CreateLead> {
    let text = Texts(keys);
    let (lead, lead_key, title) = (text.get("lead"), text.get("lead_key"), text.get("title"));
    let fields = keys.need("fields").map(|c| fields(&c));
    let to = keys.need("to").map(|c| c.texts());
    let utm = keys.get("utm").and_then(|c| Utm::read(&c));
    let chat_url = keys.get("chat_url").and_then(|c| c.text());
    Some(CreateLead {
        lead: lead?,
        lead_key: lead_key?,
        fields: fields?,
        title: title?,
        to: to?,
        utm,
        chat_url,
    })
}

fn update_lead(keys: &Keys<'_>) -> Option<UpdateLead> {
    let text = Texts(keys);
    let (lead, lead_key) = (text.get("lead"), text.get("lead_key"));
    let fields = keys.need("fields").map(|c| fields(&c));
    let to = keys.need("to").map(|c| c.texts());
    let ids = keys.get("ids").map(|c| c.named()).unwrap_or_default();
    let ids = ids.into_iter().filter_map(|(target, c)| Some((target, c.text()?))).collect();
    Some(UpdateLead { lead: lead?, lead_key: lead_key?, fields: fields?, to: to?, ids })
}

fn handoff(keys: &Keys<'_>) -> Option<HandoffEffect> {
    let text = Texts(keys);
    let (reason, summary, language) = (text.get("reason"), text.get("summary"), text.get("language"));
    let priority = keys.need("priority").and_then(|c| c.one_of(&[("normal", "normal"), ("high", "high")]));
    let to = keys.need("to").map(|c| c.list()).unwrap_or_default();
    let to = to.iter().filter_map(handoff_to).collect();
    let chat_url = keys.get("chat_url").and_then(|c| c.text());
    let (reason, priority, summary, language) = (reason?, priority?, summary?, language?);
    Some(HandoffEffect { reason, priority, summary, language, to, chat_url })
}

fn handoff_to(at: &Cursor<'_>) -> Option<HandoffTo> {
    let keys = at.keys()?;
    let target = Texts(&keys).get("target");
    let text = |key| keys.get(key).and_then(|c| c.text());
    let (stage, task, text) = (text("stage"), text("task"), text("text"));
    keys.end();
    Some(HandoffTo { target: target?, stage, task, text })
}

fn fields(at: &Cursor<'_>) -> BTreeMap<String, FieldValue> {
    at.named().into_iter().filter_map(|(name, c)| Some((name, field_value(&c)?))).collect()
}

fn field_value(at: &Cursor<'_>) -> Option<FieldValue> {
    // serde reads a list as the fields of a struct in their order; no value of a field is written so.
    let value = if at.is_list() { None } else { serde_json::from_value(at.data()).ok() };
    if value.is_none() {
        at.error(Code::WrongType, format!("{} found, the value of a field expected", at.node.kind()));
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVERY: &[&str] = &[
        r#"{"key":"3.1","kind":"reply","text":"Запишем?","buttons":[{"id":"yes","title":"Да"}],"language":"ru","window":"closed","template":"visit","mode_rev":2}"#,
        r#"{"key":"3.2","kind":"create_lead","lead":"visit","lead_key":"k-7f3a","fields":{"here":true,"phone":"+79001234567","sum":{"minor":450000,"currency":"RUB"},"when":{"date":"2026-01-06","time":"10:00","precision":"minute"}},"title":"Запись","to":["kommo"],"utm":{"source":"ig"},"chat_url":"https://chat.example/7"}"#,
        r#"{"key":"3.3","kind":"update_lead","lead":"visit","lead_key":"k-7f3a","fields":{"phone":"+79001234568"},"to":["kommo"],"ids":{"kommo":"9774766"}}"#,
        r#"{"key":"3.4","kind":"request","what":"slots","params":{"service":"чистка"}}"#,
        r#"{"key":"3.5","kind":"handoff","reason":"angry","priority":"high","summary":"Клиент","language":"ru","to":[{"target":"kommo","stage":"Оператор","task":"Ответить"}]}"#,
        r#"{"key":"3.6","kind":"notify","to":"telegram_admin","text":"Лид"}"#,
        r#"{"key":"3.7","kind":"note","to":"kommo","text":"Клиент: да"}"#,
        r#"{"key":"3.8","kind":"suggest","text":"До восьми","faq":"hours"}"#,
        r#"{"key":"3.9","kind":"set_status","status":"booked"}"#,
        r#"{"key":"3.10","kind":"set_field","field":"phone"}"#,
        r#"{"key":"3.11","kind":"set_field","field":"slot","value":{"id":"s1","start":"2026-01-06T10:00:00.000Z","label":"Вт"}}"#,
        r#"{"key":"3.12","kind":"tag","tag":"vip"}"#,
        r#"{"key":"3.13","kind":"set_timer","timer":"silence.1","due":"2026-01-06T10:00:00.000Z","purpose":"silence"}"#,
        r#"{"key":"3.14","kind":"cancel_timer","timer":"silence.1"}"#,
        r#"{"key":"3.15","kind":"finish","mode":"silent","outcome":"done"}"#,
        r#"{"key":"3.16","kind":"alert","code":"request_failed","text":"500"}"#,
    ];

    #[test]
    fn every_kind_is_read_and_written_back() {
        let list = format!("[{}]", EVERY.join(","));
        let effects = Outgoing::from_json(&list).unwrap();
        assert_eq!(serde_json::to_string(&effects).unwrap(), list);
    }

    #[test]
    fn what_is_no_effect_is_refused_with_its_place() {
        for (text, code, path) in [
            ("{}", Code::WrongType, ""),
            (r#"[{"key":"1.1","kind":"replay"}]"#, Code::UnknownValue, "[0].kind"),
            (r#"[{"key":"1.1","kind":"tag","tag":7}]"#, Code::WrongType, "[0].tag"),
            (r#"[{"key":"1.1","kind":"tag","tag":"a","to":"b"}]"#, Code::UnknownKey, "[0].to"),
            (r#"[{"kind":"tag","tag":"a"}]"#, Code::MissingKey, "[0]"),
            (r#"[{"key":"1.1","kind":"set_field","field":"a","value":[1]}]"#, Code::WrongType, "[0].value"),
        ] {
            let error = Outgoing::from_json(text).unwrap_err();
            assert_eq!((error.code, error.path.as_str()), (code, path), "{text}");
        }
    }

    #[test]
    fn effects_have_a_bound() {
        let list = |n: usize| format!("[{}]", vec![r#"{"key":"1.1","kind":"tag","tag":"a"}"#; n].join(","));
        assert!(Outgoing::from_json(&list(limits::EFFECTS)).is_ok());
        assert_eq!(Outgoing::from_json(&list(limits::EFFECTS + 1)).unwrap_err().code, Code::Limit);
    }
}
