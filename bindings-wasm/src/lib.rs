//! The browser face of frontdesk: the verbs of the core over JSON texts.

use frontdesk::bot;
#[cfg(feature = "compile")]
use frontdesk::bot::Files;
use frontdesk::error::Error;
use frontdesk::verbs;
use js_sys::Reflect;
#[cfg(feature = "compile")]
use js_sys::{Array, Object};
use wasm_bindgen::prelude::*;

/// A compiled bot. Immutable; one serves all sessions.
#[wasm_bindgen]
pub struct Bot(bot::Bot);

#[wasm_bindgen]
impl Bot {
    /// The bot of a bundle: an error with the code `bundle_invalid` where it is cut, edited or of another version.
    #[wasm_bindgen(js_name = fromBundle)]
    pub fn from_bundle(bundle: &[u8]) -> Result<Bot, js_sys::Error> {
        verbs::from_bundle(bundle).map(Self).map_err(|e| refusal(&[e]))
    }

    /// The bot as the visitors of a page may have it.
    #[cfg(feature = "compile")]
    pub fn bundle(&self, audience: &str) -> Vec<u8> {
        verbs::bundle(&self.0, audience)
    }

    /// Compiles a definition in YAML or JSON, with the texts of the files that it names.
    #[cfg(feature = "compile")]
    pub fn compile(definition: &str, files: Option<Object>) -> Result<Bot, js_sys::Error> {
        let compiled = verbs::compile(definition, &files.as_ref().map(texts).unwrap_or_default());
        compiled.map(|compiled| Self(compiled.bot)).map_err(|errors| refusal(&errors))
    }

    /// The hash of definition and files.
    #[wasm_bindgen(getter)]
    pub fn hash(&self) -> String {
        self.0.hash().to_owned()
    }

    /// Begins a session: its JSON.
    pub fn open(&self, key: &str, now: &str, contact: Option<String>) -> Result<String, js_sys::Error> {
        verbs::open(&self.0, key, now, contact.as_deref()).map_err(|e| refusal(&[e]))
    }

    /// Takes an event: the JSON of `{session, turn}`.
    pub fn step(&self, session: &str, event: &str, now: &str) -> Result<String, js_sys::Error> {
        verbs::step(&self.0, session, event, now).map_err(|e| refusal(&[e]))
    }

    /// Lets due timers fire: the JSON of `{session, turn}`.
    pub fn due(&self, session: &str, now: &str) -> Result<String, js_sys::Error> {
        verbs::due(&self.0, session, now).map_err(|e| refusal(&[e]))
    }

    /// Takes over a session of another version of the bot: the JSON of `{session, report}`.
    pub fn migrate(&self, session: &str) -> Result<String, js_sys::Error> {
        verbs::migrate(&self.0, session).map_err(|e| refusal(&[e]))
    }
}

/// The entries of an object that are texts.
#[cfg(feature = "compile")]
fn texts(files: &Object) -> Files {
    let entries = Object::entries(files).into_iter().map(|entry| Array::from(&entry));
    entries.filter_map(|entry| Some((entry.get(0).as_string()?, entry.get(1).as_string()?))).collect()
}

/// The error for refusals: it reads like the first one and carries `code`, `path`, and all of them in `errors`.
fn refusal(errors: &[Error]) -> js_sys::Error {
    let Some(first) = errors.first() else { return js_sys::Error::new("refused") };
    let error = js_sys::Error::new(&first.to_string());
    let all = serde_json::to_string(errors).unwrap_or_default();
    for (name, text) in [("code", first.code.as_str()), ("path", &first.path), ("errors", &all)] {
        // A fresh error object takes every property.
        let _ = Reflect::set(&error, &name.into(), &text.into());
    }
    error
}
