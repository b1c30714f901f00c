//! Leads: created once, kept up to date, confirmed or missed.

use super::effect::{AlertCode, CreateLead, EffectKind, UpdateLead};
use super::event::EffectResult;
use super::run::Run;
use super::session::{Key, LeadState, Purpose};
use crate::bot::hex;
use crate::bot::value::FieldValue;
use crate::definition::Lead;
use crate::document::{data, written};
use crate::limits;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Keys of updates that results may still name, beside that of the creation.
const UPDATES_REMEMBERED: usize = 8;

impl Run<'_> {
    /// Creates a lead once per dialog; the second time it tells what changed since, if anything. A flow that still
    /// reacts goes on with the lead of the dialog it belongs to.
    pub(super) fn send_lead(&mut self, lead: &Lead, flow: Option<&str>) {
        let reacting = self.session.reacting.iter().find(|f| Some(f.name.as_str()) == flow);
        let dialog = reacting.map_or(self.session.dialog, |f| f.dialog);
        if let Some(at) = self.session.leads.iter().position(|l| l.name == lead.name && l.dialog == dialog) {
            return self.update_lead(at);
        }
        let key = lead_key(&self.session.key, dialog, &lead.name);
        let language = self.definition().languages.team();
        let main = &self.definition().languages.main;
        let title = lead.title.as_ref().map(|t| self.filled(t.pick(language, main), language));
        let fields = self.session.fields.clone();
        let effect = self.effect(EffectKind::CreateLead(CreateLead {
            lead: lead.name.clone(),
            lead_key: key.clone(),
            fields: fields.clone(),
            title: title.unwrap_or_else(|| lead.name.clone()),
            to: lead.to.clone(),
            utm: self.session.contact.utm.clone(),
            chat_url: self.session.contact.chat_url.clone(),
        }));
        self.make_room();
        self.session.leads.push(LeadState {
            name: lead.name.clone(),
            key: key.clone(),
            dialog,
            effects: vec![effect],
            sent: digests(&fields),
            to: lead.to.clone(),
            confirmed: Default::default(),
            ids: BTreeMap::new(),
            alerted: false,
        });
        if let Some(within) = lead.confirm_within.filter(|_| !lead.to.is_empty()) {
            self.set_timer(&format!("confirm.{key}"), within.0, Purpose::Confirm { lead_key: key });
        }
    }

    /// The oldest confirmed lead goes first, then the oldest.
    fn make_room(&mut self) {
        let leads = &mut self.session.leads;
        if leads.len() >= limits::LEADS {
            let old = leads.iter().position(|l| l.missing().next().is_none()).unwrap_or(0);
            leads.remove(old);
        }
    }

    /// Tells every lead of this dialog what changed since it was sent.
    pub(super) fn update_leads(&mut self) {
        if self.changed.is_empty() {
            return;
        }
        let dialog = self.session.dialog;
        let of_dialog = |(_, l): &(usize, &LeadState)| l.dialog == dialog;
        let leads: Vec<usize> =
            self.session.leads.iter().enumerate().filter(of_dialog).map(|(at, _)| at).collect();
        leads.into_iter().for_each(|at| self.update_lead(at));
    }

    fn update_lead(&mut self, at: usize) {
        let Some(lead) = self.session.leads.get(at) else { return };
        let new = |(name, value): &(&String, &FieldValue)| lead.sent.get(*name) != Some(&digest(value));
        let fields: BTreeMap<_, _> = self
            .session
            .fields
            .iter()
            .filter(new)
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        if fields.is_empty() {
            return;
        }
        let update = UpdateLead {
            lead: lead.name.clone(),
            lead_key: lead.key.clone(),
            fields: fields.clone(),
            to: lead.to.clone(),
            ids: lead.ids.clone(),
        };
        let effect = self.effect(EffectKind::UpdateLead(update));
        let Some(lead) = self.session.leads.get_mut(at) else { return };
        lead.sent.extend(digests(&fields));
        lead.effects.push(effect);
        if lead.effects.len() > UPDATES_REMEMBERED {
            lead.effects.remove(1);
        }
    }

    /// Takes the answer of a target. False where no lead has such an effect.
    pub(super) fn lead_result(&mut self, result: &EffectResult) -> bool {
        let Some(at) = self.session.leads.iter().position(|l| l.effects.contains(&result.effect)) else {
            return false;
        };
        let Some(lead) = self.session.leads.get_mut(at) else { return false };
        if let Some(target) = result.target.as_ref().filter(|t| !lead.to.contains(t)) {
            let text = format!(
                "`{target}` answered for the lead `{}`, which goes to {}",
                lead.name,
                lead.to.join(", ")
            );
            self.alert(AlertCode::TargetUnknown, text);
            return true;
        }
        let targets = result.target.iter().cloned().collect::<Vec<_>>();
        let targets = if targets.is_empty() { lead.to.clone() } else { targets };
        let late = lead.alerted;
        if result.ok {
            if let Some(id) = result.data.as_ref().and_then(|d| d.get("id")).and_then(id_text) {
                targets.iter().for_each(|t| {
                    lead.ids.insert(t.clone(), id.clone());
                });
            }
            lead.confirmed.extend(targets);
            if lead.missing().next().is_none() {
                let key = lead.key.clone();
                self.cancel_timers(|p| *p == Purpose::Confirm { lead_key: key.clone() });
            }
            self.matched.why = vec![if late { "resolved" } else { "confirmed" }.to_string()];
            return true;
        }
        let name = lead.name.clone();
        let unwatched = self.definition().lead(&name).is_none_or(|l| l.confirm_within.is_none());
        let error = result.error.as_deref().unwrap_or("no reason given");
        let text = format!("the lead `{name}` was refused by {}: {error}", targets.join(", "));
        self.matched.why = vec!["refused".to_string()];
        if unwatched {
            self.alert(AlertCode::RequestFailed, text);
        }
        true
    }

    /// The time to confirm a lead is over.
    pub(super) fn lead_unconfirmed(&mut self, key: &str) {
        let Some(lead) = self.session.leads.iter_mut().find(|l| l.key == key && !l.alerted) else { return };
        let missing: Vec<&str> = lead.missing().collect();
        if missing.is_empty() {
            return;
        }
        let text =
            format!("the lead `{}` ({}) is not confirmed by {}", lead.name, lead.key, missing.join(", "));
        lead.alerted = true;
        self.alert(AlertCode::LeadUnconfirmed, text);
    }
}

fn digests(fields: &BTreeMap<String, FieldValue>) -> BTreeMap<String, String> {
    fields.iter().map(|(name, value)| (name.clone(), digest(value))).collect()
}

/// Enough of a value to see that it changed.
fn digest(value: &FieldValue) -> String {
    let digest = Sha256::digest(written(value));
    hex(digest.get(..6).unwrap_or_default())
}

fn id_text(id: &Json) -> Option<String> {
    match id {
        Json::String(text) => (text.len() <= limits::LABEL_BYTES).then(|| text.clone()),
        Json::Number(number) => data::digits(number),
        _ => None,
    }
}

/// The same for session key, dialog and lead, whatever happens between: the CRM's idempotency key.
fn lead_key(key: &Key, dialog: u32, lead: &str) -> String {
    let parts = [key.channel.as_str(), &key.account, &key.user, &dialog.to_string(), lead];
    let digest = Sha256::digest(parts.join("\0"));
    format!("k-{}", hex(digest.get(..8).unwrap_or_default()))
}
