//! What only the module «everything» has: definitions, tables and values without a bot.

use crate::{Bot, Result, refusal};
use frontdesk::verbs;
use wasm_bindgen::prelude::*;

/// A table of questions and answers.
#[wasm_bindgen]
pub struct Faq(verbs::Faq);

#[wasm_bindgen]
impl Bot {
    /// Compiles `{definition, files?}`.
    pub fn compile(argument: &str) -> Result<Bot> {
        verbs::compile_json(argument).map(Self).map_err(|errors| refusal(&errors))
    }

    /// The bot as a page of one audience may have it.
    pub fn bundle(&self, audience: &str) -> Vec<u8> {
        verbs::bundle(&self.0.bot, audience)
    }

    /// Runs a tool on the bot: JSON in, JSON out.
    pub fn tool(&self, name: &str, argument: &str) -> Result<String> {
        verbs::tool(name, Some(&self.0.bot), argument).map_err(|e| refusal(&[e]))
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

/// Runs a tool: JSON in, JSON out.
#[wasm_bindgen]
pub fn tool(name: &str, argument: &str) -> Result<String> {
    verbs::tool(name, None, argument).map_err(|e| refusal(&[e]))
}
