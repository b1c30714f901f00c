//! What only the module «everything» has: definitions, tables and values without a bot.

use crate::{Bot, Result, allowed, refusal};
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
    pub fn bundle(&self, audience: &str) -> Result<Vec<u8>> {
        allowed(verbs::bundle(&self.0.bot, audience))
    }

    /// Runs a tool on the bot: JSON in, JSON out.
    pub fn tool(&self, name: &str, argument: &str) -> Result<String> {
        allowed(verbs::tool(name, Some(&self.0.bot), argument))
    }
}

#[wasm_bindgen]
impl Faq {
    /// Reads and indexes a table in CSV, TSV or JSON; options are JSON.
    pub fn load(name: &str, text: &str, options: &str) -> Result<Faq> {
        verbs::Faq::load(name, text, options).map(Self).map_err(|errors| refusal(&errors))
    }

    /// Asks the table: JSON in, JSON out.
    pub fn tool(&self, name: &str, argument: &str) -> Result<String> {
        allowed(self.0.tool(name, argument))
    }
}

/// Runs a tool: JSON in, JSON out.
#[wasm_bindgen]
pub fn tool(name: &str, argument: &str) -> Result<String> {
    allowed(verbs::tool(name, None, argument))
}
