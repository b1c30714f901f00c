//! A whole log masked afterwards: for an export, or for a log that was kept in full.

use super::chain::Verifier;
use super::record::Entry;
use crate::bot::Bot;
use crate::definition::{FieldKind, LogText};
use crate::dialog::{Contact, Key, Masks, sealed};
use crate::document::{Entry as Member, Node, Value};
use crate::error::{Code, Error};
use crate::extract::PhoneOptions;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Masks a log: a first pass shows it to [`Rechain::learn`], a second one takes each line through [`Rechain::mask`].
/// A log that is not whole is refused: its mask would be a whole one.
///
/// The masked log is a chain of its own. Names that a client told at the end are masked from the beginning, which the
/// library cannot do as it goes.
#[derive(Debug)]
pub struct Rechain<'b> {
    bot: Option<&'b Bot>,
    level: LogText,
    key: String,
    /// Of the log as it was; nothing is masked before it has said its verdict.
    verifier: Option<Verifier>,
    phones: PhoneOptions,
    names: HashMap<Key, BTreeSet<String>>,
    /// Phones and addresses.
    own: HashMap<Key, BTreeSet<String>>,
    links: HashMap<Key, BTreeSet<String>>,
    heads: HashMap<Key, String>,
    texts: BTreeMap<String, String>,
}

impl<'b> Rechain<'b> {
    /// A log masked at a level with a secret. The bot tells which fields are names and how phones are written; without
    /// one a field called `name` is, and phones need their country code. Error: `empty` for a secret that is none.
    pub fn new(bot: Option<&'b Bot>, level: LogText, key: &str) -> Result<Self, Error> {
        if key.is_empty() {
            let message = "the secret is empty: whoever tries values finds what marks stand for";
            return Err(Error::new(Code::Empty, "key", message));
        }
        let phones = bot.map_or_else(|| PhoneOptions::new(None), |bot| bot.phone_options().clone());
        let (names, own, links, heads, texts) = Default::default();
        let (key, verifier) = (key.to_string(), Some(Verifier::of_part()));
        Ok(Self { bot, level, key, verifier, phones, names, own, links, heads, texts })
    }

    /// Learns the names, phones, addresses and links that a record tells. Error: `limit` above a million sessions.
    pub fn learn(&mut self, line: &str) -> Result<(), Error> {
        if let Some(verifier) = &mut self.verifier {
            verifier.take(line)?;
        }
        // What is no record is told by the verdict.
        let Ok(entry) = Entry::read(line) else { return Ok(()) };
        let is_name = |field: &str| match self.bot {
            Some(bot) => bot.definition().field(field).is_some_and(|f| f.kind == FieldKind::Name),
            None => field == "name",
        };
        let told = entry.fields.iter().filter(|(field, _)| is_name(field));
        let told = told.filter_map(|(_, value)| serde_json::from_str::<String>(value.get()).ok());
        let contacts: Vec<Contact> = [entry.contact, entry.opened]
            .into_iter()
            .flatten()
            .filter_map(|raw| serde_json::from_str(raw.get()).ok())
            .collect();
        let names: Vec<String> = told.chain(contacts.iter().filter_map(|c| c.name.clone())).collect();
        let links: Vec<String> = contacts.iter().filter_map(|c| c.chat_url.clone()).collect();
        let values =
            entry.fields.values().filter_map(|value| serde_json::from_str::<String>(value.get()).ok());
        let own: Vec<String> = values.chain(contacts.iter().filter_map(|c| c.phone.clone())).collect();
        if !own.is_empty() {
            self.own.entry(entry.session.to_key()).or_default().extend(own);
        }
        if !names.is_empty() {
            self.names.entry(entry.session.to_key()).or_default().extend(names);
        }
        if !links.is_empty() {
            self.links.entry(entry.session.to_key()).or_default().extend(links);
        }
        Ok(())
    }

    /// The record masked, linked to the masked one before it.
    ///
    /// # Errors
    /// What [`Verifier`] finds in the log, with the code that it gives and the place of the record.
    pub fn mask(&mut self, line: &str) -> Result<String, Error> {
        if let Some(broken) = self.verifier.take().and_then(|verifier| verifier.finish(false).broken) {
            return Err(Error::new(broken.code, format!("records[{}]", broken.at), broken.message));
        }
        let entry = Entry::read(line)?;
        if entry.purged.is_some() {
            return Ok(line.to_string());
        }
        let key = entry.session.to_key();
        let mut masks = Masks::new(self.level, &self.key, &self.phones, self.bot);
        self.names.get(&key).into_iter().flatten().for_each(|name| masks.learn(name));
        self.own.get(&key).into_iter().flatten().for_each(|own| masks.learn_own(own));
        self.links.get(&key).into_iter().flatten().for_each(|link| masks.learn_link(link));
        let mut node = Node::from_json(line)?;
        masks.texts(&node, &mut self.texts);
        if let Value::Map(members) = &mut node.value {
            members.retain(|m| m.key != "hash");
            relink(members, self.heads.get(&key));
        }
        masks.apply(&mut node);
        let (node, hash) = sealed(node);
        if !entry.is_aside() {
            self.heads.insert(key, hash);
        }
        Ok(node.to_text())
    }

    /// The texts that the level `reference` keeps elsewhere, by their references.
    pub fn texts(self) -> BTreeMap<String, String> {
        self.texts
    }
}

fn relink(members: &mut [Member], head: Option<&String>) {
    if let (Some(prev), Some(head)) = (members.iter_mut().find(|m| m.key == "prev"), head) {
        prev.node.value = Value::Text(head.clone());
    }
}
