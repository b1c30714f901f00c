//! Op `extract`.
use crate::Answer;
use crate::values::values;
use frontdesk::extract::{Email, Phone, PhoneOptions, Region, emails, phones};
use serde_json::{Value, json};

pub(crate) fn extract(case: &Value) -> Answer {
    let text = case.get("text").and_then(Value::as_str).unwrap_or_default();
    let region = case.get("region").and_then(Value::as_str).and_then(Region::from_code);
    let phones: Vec<Value> = phones(text, &PhoneOptions::new(region)).map(|p| phone(text, &p)).collect();
    let emails: Vec<Value> = emails(text).map(|e| email(text, &e)).collect();
    let mut answer = json!({"phones": phones, "emails": emails});
    if let Some(keys) = answer.as_object_mut() {
        let empty = |v: &Value| v.is_null() || v.as_array().is_some_and(Vec::is_empty);
        keys.extend(values(text, case).into_iter().filter(|(_, value)| !empty(value)));
    }
    Ok(answer)
}

fn phone(text: &str, phone: &Phone<'_>) -> Value {
    let span = phone.span.in_code_points(text);
    let mut out =
        json!({"e164": phone.e164.as_str(), "raw": phone.raw, "start": span.start, "end": span.end});
    if let (Some(ext), Some(keys)) = (phone.ext, out.as_object_mut()) {
        keys.insert("ext".into(), ext.into());
    }
    out
}

fn email(text: &str, email: &Email<'_>) -> Value {
    let span = email.span.in_code_points(text);
    json!({"address": email.address, "raw": email.raw, "start": span.start, "end": span.end})
}
