//! A lead with its contact.

use super::number;
use super::options::{Options, Place, Stage};
use crate::bot::value::FieldValue;
use crate::crm::field::{Source, of_lead, plain};
use crate::dialog::CreateLead;
use crate::wire::{ChangeCode, Encoded};
use serde_json::{Map, Value as Json, json};

/// Values of custom fields that one lead or contact takes.
const CUSTOM_FIELDS: usize = 40;

/// The values of a lead, each at its place.
#[derive(Default)]
pub(super) struct Card<'e> {
    contact: Vec<(Place, Source<'e>)>,
    lead: Vec<Json>,
    price: Option<i64>,
    /// Values that the account has no place for.
    pub(super) rest: Vec<Source<'e>>,
}

impl<'e> Card<'e> {
    pub(super) fn of(desk: &Options, sources: Vec<Source<'e>>, key: &str, out: &mut Encoded) -> Self {
        let mut card = Self::default();
        for source in sources {
            match desk.place(source.name) {
                Some(Place::Lead(field)) => card.lead.push(custom(&field, &source.value)),
                Some(Place::Price) => match &source.value {
                    FieldValue::Money(money) => {
                        if money.minor % 100 != 0 {
                            out.change(ChangeCode::Clipped, key, &source.path, 2, 0);
                        }
                        card.price = Some(money.minor / 100);
                    }
                    _ => card.rest.push(source),
                },
                Some(Place::Nowhere) => {}
                Some(place) => card.contact.push((place, source)),
                None => card.rest.push(source),
            }
        }
        card
    }

    pub(super) fn has_contact(&self) -> bool {
        !self.contact.is_empty()
    }

    /// What would go to the contact has no place where nobody knows its id.
    pub(super) fn give_up_contact(&mut self) {
        self.rest.extend(self.contact.drain(..).map(|(_, source)| source));
    }

    /// The keys of the lead; none where it has none.
    pub(super) fn lead_fields(&self, key: &str, out: &mut Encoded) -> Option<Json> {
        let mut keys = Map::new();
        if let Some(price) = self.price {
            keys.insert("price".into(), price.into());
        }
        if !self.lead.is_empty() {
            keys.insert("custom_fields_values".into(), within(self.lead.clone(), key, out));
        }
        (!keys.is_empty()).then_some(Json::Object(keys))
    }

    /// The keys of the contact.
    pub(super) fn contact_fields(&self, key: &str, out: &mut Encoded) -> Json {
        let mut keys = Map::new();
        let mut custom_fields = Vec::new();
        for (place, source) in &self.contact {
            let value = plain(&source.value);
            match place {
                Place::Name => _ = keys.insert("first_name".into(), value.into()),
                Place::Phone => custom_fields.push(work("PHONE", value)),
                Place::Email => custom_fields.push(work("EMAIL", value)),
                Place::Contact(field) => custom_fields.push(custom(field, &source.value)),
                Place::Price | Place::Lead(_) | Place::Nowhere => {}
            }
        }
        if !custom_fields.is_empty() {
            keys.insert("custom_fields_values".into(), within(custom_fields, key, out));
        }
        Json::Object(keys)
    }
}

/// The body of a complex lead. One lead a request: Kommo looks for duplicates between requests only.
pub(super) fn create(
    desk: &Options,
    lead: &CreateLead,
    stage: Option<Stage>,
    tags: &[&str],
    key: &str,
    out: &mut Encoded,
) -> Json {
    let card = Card::of(desk, of_lead(lead, desk.transcript.as_deref()), key, out);
    for source in &card.rest {
        out.change(ChangeCode::Dropped, key, &source.path, 1, 0);
    }
    let mut keys = Map::new();
    keys.insert("name".into(), lead.title.as_str().into());
    keys.insert("request_id".into(), lead.lead_key.as_str().into());
    let mut add = |more: Option<Json>| {
        if let Some(Json::Object(more)) = more {
            keys.extend(more);
        }
    };
    add(desk.pipeline.as_ref().map(|id| json!({"pipeline_id": number(id)})));
    add(desk.responsible.as_ref().map(|id| json!({"responsible_user_id": number(id)})));
    add(stage.or_else(|| desk.stage.clone()).map(|stage| stage.keys()));
    add(card.lead_fields(key, out));
    let mut embedded = Map::new();
    let tags = desk.tags.iter().map(String::as_str).chain(tags.iter().copied());
    let tags: Vec<Json> = tags.map(|tag| json!({"name": tag})).collect();
    if !tags.is_empty() {
        embedded.insert("tags".into(), tags.into());
    }
    if card.has_contact() {
        embedded.insert("contacts".into(), json!([card.contact_fields(key, out)]));
    }
    if let Some(metadata) = &desk.metadata {
        embedded.insert("metadata".into(), metadata.clone());
    }
    if !embedded.is_empty() {
        keys.insert("_embedded".into(), embedded.into());
    }
    json!([keys])
}

/// A value of a custom field, by id or code.
fn custom(field: &str, value: &FieldValue) -> Json {
    let value = match value {
        FieldValue::YesNo(yes) => Json::Bool(*yes),
        other => plain(other).into(),
    };
    match field.parse::<i64>() {
        Ok(id) => json!({"field_id": id, "values": [{"value": value}]}),
        Err(_) => json!({"field_code": field, "values": [{"value": value}]}),
    }
}

fn work(code: &str, value: String) -> Json {
    json!({"field_code": code, "values": [{"enum_code": "WORK", "value": value}]})
}

/// As many custom fields as Kommo takes.
fn within(mut fields: Vec<Json>, key: &str, out: &mut Encoded) -> Json {
    if fields.len() > CUSTOM_FIELDS {
        out.change(ChangeCode::Dropped, key, "fields", fields.len(), CUSTOM_FIELDS);
        fields.truncate(CUSTOM_FIELDS);
    }
    fields.into()
}
