//! The fields of a lead. The list is closed: Bitrix24 passes over a field that it does not know, without a word.

use super::number;
use super::options::{Entity, Options};
use crate::bot::value::{FieldValue, money_in_words};
use crate::crm::field::{Source, of_lead, plain};
use crate::dialog::CreateLead;
use crate::document::{Cursor, nearest};
use crate::error::Code;
use crate::extract::money::Money;
use serde_json::{Map, Value as Json, json};

/// Fields that take a text, under their names in `crm.item.*` and in `crm.lead.*`.
const FIELDS: &[(&str, &str)] = &[
    ("title", "TITLE"),
    ("honorific", "HONORIFIC"),
    ("name", "NAME"),
    ("secondName", "SECOND_NAME"),
    ("lastName", "LAST_NAME"),
    ("birthdate", "BIRTHDATE"),
    ("companyTitle", "COMPANY_TITLE"),
    ("post", "POST"),
    ("sourceId", "SOURCE_ID"),
    ("sourceDescription", "SOURCE_DESCRIPTION"),
    ("stageId", "STATUS_ID"),
    ("statusDescription", "STATUS_DESCRIPTION"),
    ("currencyId", "CURRENCY_ID"),
    ("opportunity", "OPPORTUNITY"),
    ("comments", "COMMENTS"),
    ("assignedById", "ASSIGNED_BY_ID"),
    ("originatorId", "ORIGINATOR_ID"),
    ("originId", "ORIGIN_ID"),
    ("utmSource", "UTM_SOURCE"),
    ("utmMedium", "UTM_MEDIUM"),
    ("utmCampaign", "UTM_CAMPAIGN"),
    ("utmTerm", "UTM_TERM"),
    ("utmContent", "UTM_CONTENT"),
];

/// Fields that a deal does not have: its contact has them.
const OF_LEADS_ONLY: &[&str] = &[
    "honorific",
    "name",
    "secondName",
    "lastName",
    "birthdate",
    "companyTitle",
    "post",
    "statusDescription",
];

/// Ways to reach a client, of which a lead has several.
const WAYS: &[(&str, &str)] = &[("phone", "PHONE"), ("email", "EMAIL"), ("web", "WEB"), ("im", "IM")];

/// Where a value goes.
#[derive(Clone)]
pub(super) enum Place {
    /// A field of every lead, by its name in `crm.item.*`.
    Field(&'static str),
    /// A way to reach the client.
    Way(&'static str),
    /// A field of this portal: `ufCrm_1639669411830`, `UF_CRM_1639669411830`.
    Own(String),
}

impl Place {
    pub(super) fn read(at: &Cursor<'_>) -> Option<Self> {
        let name = at.filled_text()?;
        let place = Self::of(&name);
        if place.is_none() {
            let known = FIELDS.iter().map(|(new, _)| *new).chain(WAYS.iter().map(|(name, _)| *name));
            let near = nearest(&name, known).map(|near| format!("did you mean `{near}`?"));
            at.error_hint(Code::UnknownValue, format!("`{name}` is no field of a lead"), near);
        }
        place
    }

    fn of(name: &str) -> Option<Self> {
        let field = FIELDS.iter().find(|(new, old)| *new == name || *old == name);
        let way = || WAYS.iter().find(|(new, old)| *new == name || *old == name);
        let own = || name.starts_with("ufCrm") || name.starts_with("UF_CRM_") || name.starts_with("parentId");
        match field {
            Some((new, _)) => Some(Self::Field(new)),
            None => way().map(|(_, kind)| Self::Way(kind)).or_else(|| own().then(|| Self::Own(name.into()))),
        }
    }

    /// Where a value of this name goes on every portal.
    fn usual(name: &str) -> Option<Self> {
        let mark = name.strip_prefix("utm.").map(|mark| format!("UTM_{}", mark.to_uppercase()));
        match (name, mark) {
            ("name" | "phone" | "email", _) => Self::of(name),
            (_, mark) => Self::of(&mark?),
        }
    }
}

/// The values of a lead, each at its place.
pub(super) struct Card<'e> {
    placed: Vec<(Place, FieldValue)>,
    rest: Vec<Source<'e>>,
}

impl<'e> Card<'e> {
    pub(super) fn of_lead(desk: &Options, lead: &'e CreateLead) -> Self {
        Self::of(desk, of_lead(lead, desk.transcript.as_deref()))
    }

    pub(super) fn of(desk: &Options, sources: Vec<Source<'e>>) -> Self {
        let mut card = Self { placed: Vec::new(), rest: Vec::new() };
        for source in sources {
            let place = match desk.fields.get(source.name) {
                Some(None) => continue,
                Some(Some(place)) => Some(place.clone()),
                None => Place::usual(source.name),
            };
            match place.filter(|place| desk.has(place)) {
                Some(place) => card.placed.push((place, source.value)),
                None => card.rest.push(source),
            }
        }
        card
    }

    pub(super) fn has_fields(&self) -> bool {
        !self.placed.is_empty()
    }

    /// What the lead has no field for, as lines.
    pub(super) fn rest(&self, desk: &Options) -> Vec<String> {
        desk.words.lines(&self.rest)
    }

    /// The fields under the names of the chosen methods.
    pub(super) fn fields(&self, desk: &Options) -> Json {
        Json::Object(self.map(desk))
    }

    fn map(&self, desk: &Options) -> Map<String, Json> {
        let mut fields = Map::new();
        let mut ways: Vec<(&str, String)> = Vec::new();
        for (place, value) in &self.placed {
            match place {
                Place::Field("opportunity") => {
                    if let FieldValue::Money(money) = value {
                        let amount = money_in_words(&Money { minor: money.minor, currency: None });
                        fields.insert(desk.field_name("opportunity"), amount.into());
                        if let Some(currency) = &money.currency {
                            fields.insert(desk.field_name("currencyId"), currency.as_str().into());
                        }
                    } else {
                        fields.insert(desk.field_name("opportunity"), plain(value).into());
                    }
                }
                Place::Field(name) => _ = fields.insert(desk.field_name(name), plain(value).into()),
                Place::Own(name) => _ = fields.insert(name.clone(), own_value(value)),
                Place::Way(kind) => ways.push((kind, plain(value))),
            }
        }
        desk.put_ways(&mut fields, ways);
        fields
    }

    /// The body that creates the lead.
    pub(super) fn creation(&self, desk: &Options, lead: &CreateLead, stage: Option<String>) -> Json {
        let mut fields = Map::new();
        let mut put = |name: &str, value: Json| fields.insert(desk.field_name(name), value);
        put("title", lead.title.as_str().into());
        put("stageId", stage.unwrap_or_else(|| desk.stage.clone()).into());
        put("sourceId", desk.source.as_str().into());
        put("originatorId", desk.originator.as_str().into());
        put("originId", lead.lead_key.as_str().into());
        if let Some(assigned) = &desk.assigned {
            put("assignedById", number(assigned));
        }
        let rest = self.rest(desk);
        let placed = self.map(desk);
        let comments = desk.field_name("comments");
        let said = placed.get(&comments).and_then(Json::as_str).map(str::to_string);
        let comment: Vec<String> = said.into_iter().chain(rest).collect();
        fields.extend(placed);
        if !comment.is_empty() {
            fields.insert(comments, comment.join("\n").into());
        }
        if desk.old {
            return json!({"fields": fields, "params": {"REGISTER_SONET_EVENT": "Y"}});
        }
        let mut payload = json!({"entityTypeId": desk.entity.type_id(), "fields": fields});
        desk.keep_names(&mut payload);
        payload
    }
}

impl Options {
    /// Whether what the dialog has in the CRM has such a field.
    fn has(&self, place: &Place) -> bool {
        self.entity == Entity::Lead
            || match place {
                Place::Field(name) => !OF_LEADS_ONLY.contains(name),
                Place::Way(_) => false,
                Place::Own(_) => true,
            }
    }

    /// The name of a field in the chosen methods.
    pub(super) fn field_name(&self, new: &str) -> String {
        if (new, self.old, self.entity) == ("stageId", true, Entity::Deal) {
            return "STAGE_ID".to_string();
        }
        let old = FIELDS.iter().find(|(name, _)| *name == new).map_or(new, |(_, old)| *old);
        if self.old { old } else { new }.to_string()
    }

    fn put_ways(&self, fields: &mut Map<String, Json>, ways: Vec<(&str, String)>) {
        for (kind, value) in ways {
            let (list, way) = if self.old {
                (kind, json!({"VALUE": value, "VALUE_TYPE": "WORK"}))
            } else {
                ("fm", json!({"typeId": kind, "valueType": "WORK", "value": value}))
            };
            let list = fields.entry(list).or_insert_with(|| json!([]));
            if let Some(list) = list.as_array_mut() {
                list.push(way);
            }
        }
    }

    /// Own fields under their original names are passed over unless the request says that they are.
    pub(super) fn keep_names(&self, payload: &mut Json) {
        let original =
            |place: &Option<Place>| matches!(place, Some(Place::Own(name)) if name.starts_with("UF_CRM_"));
        let wanted = !self.old && self.fields.values().any(original);
        if let (true, Some(keys)) = (wanted, payload.as_object_mut()) {
            keys.insert("useOriginalUfNames".into(), "Y".into());
        }
    }
}

/// The value of a field of the portal's own; a yes is `Y`.
fn own_value(value: &FieldValue) -> Json {
    match value {
        FieldValue::YesNo(yes) => if *yes { "Y" } else { "N" }.into(),
        other => plain(other).into(),
    }
}
