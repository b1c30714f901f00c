//! What only the module «everything» has: definitions, tables and values without a bot.

use crate::{Bot, Result, refusal};
use frontdesk::bot::Files;
use frontdesk::verbs::{self, Units};
use js_sys::{Array, Object};
use wasm_bindgen::prelude::*;

/// A table of questions and answers.
#[wasm_bindgen]
pub struct Faq(verbs::Faq);

#[wasm_bindgen]
impl Bot {
    /// Compiles a definition in YAML or JSON with the texts of the files that it names; `object`: its lines say
    /// nothing to anybody.
    pub fn compile(definition: &str, files: &Object, object: bool) -> Result<Bot> {
        let compile = if object { verbs::compile_object } else { verbs::compile };
        compile(definition, &texts(files)).map(Self).map_err(|errors| refusal(&errors))
    }

    /// The bot as a page of one audience may have it.
    pub fn bundle(&self, audience: &str) -> Vec<u8> {
        verbs::bundle(&self.0.bot, audience)
    }

    /// Runs the dialog tests of the definition: a report as JSON.
    pub fn test(&self) -> String {
        verbs::test(&self.0.bot)
    }
}

#[wasm_bindgen]
impl Faq {
    /// Reads and indexes a table in CSV, TSV or JSON; options are JSON.
    pub fn load(name: &str, text: &str, options: &str) -> Result<Faq> {
        verbs::Faq::load(name, text, options).map(Self).map_err(|errors| refusal(&errors))
    }

    /// How many rows it has.
    #[wasm_bindgen(getter)]
    pub fn rows(&self) -> u32 {
        u32::try_from(self.0.len()).unwrap_or(u32::MAX)
    }

    /// The row that answers a message, as JSON.
    #[wasm_bindgen(js_name = "match")]
    pub fn search(&self, text: &str, top: u32) -> String {
        self.0.search(text, top as usize)
    }

    /// What ails the table, as JSON; the log is a JSON list.
    pub fn health(&self, log: Option<String>) -> Result<String> {
        self.0.health(log.as_deref()).map_err(|e| refusal(&[e]))
    }

    /// What clients ask, in groups, as JSON; the messages are a JSON list.
    pub fn discover(&self, messages: &str) -> Result<String> {
        self.0.discover(messages).map_err(|e| refusal(&[e]))
    }
}

/// The values of a text, as JSON; options are JSON, places in UTF-16 units.
#[wasm_bindgen]
pub fn extract(text: &str, options: &str) -> Result<String> {
    verbs::extract(text, options, Units::Utf16).map_err(|e| refusal(&[e]))
}

/// Where listed words stand in a text, as JSON; the list is JSON, places are in UTF-16 units.
#[wasm_bindgen]
pub fn words(words: &str, text: &str) -> Result<String> {
    verbs::words(words, text, Units::Utf16).map_err(|e| refusal(&[e]))
}

/// The entries of an object that are texts.
fn texts(files: &Object) -> Files {
    let entries = Object::entries(files).into_iter().map(|entry| Array::from(&entry));
    entries.filter_map(|entry| Some((entry.get(0).as_string()?, entry.get(1).as_string()?))).collect()
}
