//! The browser face of frontdesk, raw: the verbs of the core over JSON texts. The facade that it shares with Node,
//! `bindings-node/facade/`, gives them their types.

use frontdesk::bot::{self, Files};
use frontdesk::dialog;
use frontdesk::error::Error;
use frontdesk::verbs::{self, Units};
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;

type Result<T> = std::result::Result<T, js_sys::Error>;

/// A compiled bot with its warnings. Immutable; one serves all sessions.
#[wasm_bindgen]
pub struct Bot(bot::Compiled);

/// A session. Steps change it in place.
#[wasm_bindgen]
pub struct Session(dialog::Session);

/// What an event led to.
#[wasm_bindgen]
pub struct Turn(dialog::Turn);

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

    /// The hash of definition and files.
    #[wasm_bindgen(getter)]
    pub fn hash(&self) -> String {
        self.0.bot.hash().to_owned()
    }

    /// The warnings, as JSON.
    pub fn warnings(&self) -> String {
        verbs::problems(&self.0.warnings)
    }

    /// Begins a session.
    pub fn open(&self, key: &str, now: &str, contact: Option<String>) -> Result<Session> {
        let opened = verbs::open(&self.0.bot, key, now, contact.as_deref());
        opened.map(Session).map_err(|e| refusal(&[e]))
    }

    /// Reads a stored session.
    pub fn restore(&self, snapshot: &str) -> Result<Session> {
        dialog::Session::restore(&self.0.bot, snapshot).map(Session).map_err(|e| refusal(&[e]))
    }

    /// Takes an event.
    pub fn step(&self, session: &mut Session, event: &str, now: &str) -> Result<Turn> {
        #[cfg(feature = "test-panic")]
        assert!(!event.contains("panic!"), "forced by a test");
        verbs::step(&self.0.bot, &mut session.0, event, now).map(Turn).map_err(|e| refusal(&[e]))
    }

    /// Lets due timers fire.
    pub fn due(&self, session: &mut Session, now: &str) -> Result<Turn> {
        verbs::due(&self.0.bot, &mut session.0, now).map(Turn).map_err(|e| refusal(&[e]))
    }

    /// Takes over a session of another version of the bot: the JSON of `{session, report}`.
    pub fn migrate(&self, snapshot: &str) -> Result<String> {
        verbs::migrate(&self.0.bot, snapshot).map_err(|e| refusal(&[e]))
    }

    /// What the team must know, in its language.
    pub fn instructions(&self) -> String {
        verbs::instructions(&self.0.bot)
    }

    /// Runs the dialog tests of the definition: a report as JSON.
    pub fn test(&self) -> String {
        verbs::test(&self.0.bot)
    }
}

#[wasm_bindgen]
impl Session {
    /// The session as JSON, to store.
    pub fn snapshot(&self) -> String {
        self.0.snapshot()
    }

    /// What a host asks of it, as JSON.
    pub fn state(&self) -> String {
        verbs::state(&self.0)
    }
}

#[wasm_bindgen]
impl Turn {
    /// The turn without its record, as JSON.
    pub fn head(&self) -> String {
        verbs::head(&self.0)
    }

    /// Its record, as JSON.
    pub fn record(&self) -> String {
        verbs::record(&self.0)
    }

    /// The whole turn, as JSON.
    pub fn text(&self) -> String {
        verbs::turn(&self.0)
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

/// The error for refusals: it reads like the first one and carries all of them in `errors`, as JSON.
fn refusal(errors: &[Error]) -> js_sys::Error {
    let error = js_sys::Error::new(&errors.first().map_or_else(|| "refused".to_owned(), ToString::to_string));
    // A fresh error object takes every property.
    let _ = Reflect::set(&error, &"errors".into(), &verbs::problems(errors).into());
    error
}
