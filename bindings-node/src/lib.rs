//! The Node face of frontdesk: the verbs of the core over JSON texts.

use frontdesk::bot::{self, Files};
use frontdesk::error::Error;
use frontdesk::verbs;
use napi::bindgen_prelude::{Env, JsObjectValue, JsValue, Result};
use napi_derive::napi;
use std::collections::HashMap;

/// A compiled bot. Immutable; one serves all sessions.
#[napi]
pub struct Bot(bot::Bot);

#[napi]
impl Bot {
    /// Compiles a definition in YAML or JSON, with the texts of the files that it names.
    #[napi(factory, catch_unwind)]
    pub fn compile(env: Env, definition: String, files: Option<HashMap<String, String>>) -> Result<Self> {
        let files: Files = files.unwrap_or_default().into_iter().collect();
        let compiled = verbs::compile(&definition, &files);
        compiled.map(|compiled| Self(compiled.bot)).map_err(|errors| refusal(env, &errors))
    }

    /// The hash of definition and files.
    #[napi(getter, catch_unwind)]
    pub fn hash(&self) -> String {
        self.0.hash().to_owned()
    }

    /// Begins a session: its JSON.
    #[napi(catch_unwind)]
    pub fn open(&self, env: Env, key: String, now: String, contact: Option<String>) -> Result<String> {
        verbs::open(&self.0, &key, &now, contact.as_deref()).map_err(|e| refusal(env, &[e]))
    }

    /// Takes an event: the JSON of `{session, turn}`.
    #[napi(catch_unwind)]
    pub fn step(&self, env: Env, session: String, event: String, now: String) -> Result<String> {
        verbs::step(&self.0, &session, &event, &now).map_err(|e| refusal(env, &[e]))
    }

    /// Lets due timers fire: the JSON of `{session, turn}`.
    #[napi(catch_unwind)]
    pub fn due(&self, env: Env, session: String, now: String) -> Result<String> {
        verbs::due(&self.0, &session, &now).map_err(|e| refusal(env, &[e]))
    }

    /// Takes over a session of another version of the bot: the JSON of `{session, report}`.
    #[napi(catch_unwind)]
    pub fn migrate(&self, env: Env, session: String) -> Result<String> {
        verbs::migrate(&self.0, &session).map_err(|e| refusal(env, &[e]))
    }
}

/// The error for refusals: it reads like the first one and carries `code`, `path`, and all of them in `errors`.
fn refusal(env: Env, errors: &[Error]) -> napi::Error {
    let Some(first) = errors.first() else { return napi::Error::from_reason("refused") };
    let all = serde_json::to_string(errors).unwrap_or_default();
    let attributes = [("code", first.code.as_str()), ("path", &first.path), ("errors", &all)];
    let built = env.create_error(napi::Error::from_reason(first.to_string())).and_then(|mut error| {
        attributes.iter().try_for_each(|(name, text)| error.set_named_property(name, *text))?;
        Ok(error.to_unknown())
    });
    match built {
        Ok(error) => napi::Error::from(error),
        Err(error) => error,
    }
}
