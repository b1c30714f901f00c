//! Op `extract`.
use crate::Answer;
use crate::values::values;
use frontdesk::extract::{Email, Phone, PhoneOptions, Region, emails, phones};
use frontdesk::text::Ruler;
use serde_json::{Value, json};

pub(crate) fn extract(case: &Value) -> Answer {
    let text = case.get("text").and_then(Value::as_str).unwrap_or_default();
    let region = case.get("region").and_then(Value::as_str).and_then(Region::from_code);
    let ruler = Ruler::code_points(text);
    let phones: Vec<Value> = phones(text, &PhoneOptions::new(region)).map(|p| phone(&ruler, &p)).collect();
    let emails: Vec<Value> = emails(text).map(|e| email(&ruler, &e)).collect();
    let mut answer = json!({"phones": phones, "emails": emails});
    if let Some(keys) = answer.as_object_mut() {
        keys.extend(values(text, case));
    }
    Ok(answer)
}

fn phone(ruler: &Ruler<'_>, phone: &Phone<'_>) -> Value {
    let span = ruler.place(phone.span);
    let mut out =
        json!({"e164": phone.e164.as_str(), "raw": phone.raw, "start": span.start, "end": span.end});
    if let (Some(ext), Some(keys)) = (phone.ext, out.as_object_mut()) {
        keys.insert("ext".into(), ext.into());
    }
    out
}

fn email(ruler: &Ruler<'_>, email: &Email<'_>) -> Value {
    let span = ruler.place(email.span);
    json!({"address": email.address, "raw": email.raw, "start": span.start, "end": span.end})
}
