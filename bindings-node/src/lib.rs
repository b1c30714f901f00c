//! The Node face of frontdesk, raw: the verbs of the core over JSON texts. `facade/` gives them their types.

use frontdesk::bot;
use frontdesk::dialog;
use frontdesk::error::Error;
use frontdesk::time::Timestamp;
use frontdesk::verbs::{self, console};
use napi::bindgen_prelude::{Env, JsObjectValue, JsValue, Result, Uint8Array};
use napi_derive::napi;
use std::collections::HashMap;

/// A compiled bot with its warnings. Immutable; one serves all sessions.
#[napi]
pub struct Bot(bot::Compiled);

/// A session. Steps change it in place.
#[napi]
pub struct Session(dialog::Session);

/// What an event led to.
#[napi]
pub struct Turn(dialog::Turn);

/// A table of questions and answers.
#[napi]
pub struct Faq(verbs::Faq);

#[napi]
impl Bot {
    /// Compiles `{definition, files?}`.
    #[napi(factory, catch_unwind)]
    pub fn compile(env: Env, argument: String) -> Result<Self> {
        verbs::compile_json(&argument).map(Self).map_err(|errors| refusal(env, &errors))
    }

    /// The bot of a bundle.
    #[napi(factory, catch_unwind)]
    pub fn from_bundle(env: Env, bundle: Uint8Array) -> Result<Self> {
        verbs::from_bundle(&bundle).map(Self).map_err(|e| refusal(env, &[e]))
    }

    /// The bot as a page of one audience may have it.
    #[napi(catch_unwind)]
    pub fn bundle(&self, audience: String) -> Uint8Array {
        verbs::bundle(&self.0.bot, &audience).into()
    }

    /// The hash of definition and files.
    #[napi(getter, catch_unwind)]
    pub fn hash(&self) -> String {
        self.0.bot.hash().to_owned()
    }

    /// The warnings, as JSON.
    #[napi(catch_unwind)]
    pub fn warnings(&self) -> String {
        verbs::problems(&self.0.warnings)
    }

    /// Begins a session.
    #[napi(catch_unwind)]
    pub fn open(&self, env: Env, key: String, now: String, contact: Option<String>) -> Result<Session> {
        let opened = verbs::open(&self.0.bot, &key, &now, contact.as_deref());
        opened.map(Session).map_err(|e| refusal(env, &[e]))
    }

    /// Reads a stored session.
    #[napi(catch_unwind)]
    pub fn restore(&self, env: Env, snapshot: String) -> Result<Session> {
        dialog::Session::restore(&self.0.bot, &snapshot).map(Session).map_err(|e| refusal(env, &[e]))
    }

    /// Takes an event.
    #[napi(catch_unwind)]
    pub fn step(&self, env: Env, session: &mut Session, event: String, now: String) -> Result<Turn> {
        #[cfg(feature = "test-panic")]
        assert!(!event.contains("panic!"), "forced by a test");
        verbs::step(&self.0.bot, &mut session.0, &event, &now).map(Turn).map_err(|e| refusal(env, &[e]))
    }

    /// Lets due timers fire.
    #[napi(catch_unwind)]
    pub fn due(&self, env: Env, session: &mut Session, now: String) -> Result<Turn> {
        verbs::due(&self.0.bot, &mut session.0, &now).map(Turn).map_err(|e| refusal(env, &[e]))
    }

    /// Takes over a session of another version of the bot: the JSON of `{session, report}`.
    #[napi(catch_unwind)]
    pub fn migrate(&self, env: Env, snapshot: String) -> Result<String> {
        verbs::migrate(&self.0.bot, &snapshot).map_err(|e| refusal(env, &[e]))
    }

    /// Runs a tool on the bot: JSON in, JSON out.
    #[napi(catch_unwind)]
    pub fn tool(&self, env: Env, name: String, argument: String) -> Result<String> {
        verbs::tool(&name, Some(&self.0.bot), &argument).map_err(|e| refusal(env, &[e]))
    }
}

#[napi]
impl Session {
    /// The session as JSON, to store.
    #[napi(catch_unwind)]
    pub fn snapshot(&self) -> String {
        self.0.snapshot()
    }

    /// What a host asks of it, as JSON.
    #[napi(catch_unwind)]
    pub fn state(&self) -> String {
        verbs::state(&self.0)
    }
}

#[napi]
impl Turn {
    /// The turn without its record, as JSON.
    #[napi(catch_unwind)]
    pub fn head(&self) -> String {
        verbs::head(&self.0)
    }

    /// Its record, as JSON.
    #[napi(catch_unwind)]
    pub fn record(&self) -> String {
        verbs::record(&self.0)
    }

    /// The whole turn, as JSON.
    #[napi(catch_unwind)]
    pub fn text(&self) -> String {
        verbs::turn(&self.0)
    }
}

#[napi]
impl Faq {
    /// Reads and indexes a table in CSV, TSV or JSON; options are JSON.
    #[napi(factory, catch_unwind)]
    pub fn load(env: Env, name: String, text: String, options: String) -> Result<Self> {
        verbs::Faq::load(&name, &text, &options).map(Self).map_err(|errors| refusal(env, &errors))
    }

    /// How many rows it has.
    #[napi(getter, catch_unwind)]
    pub fn rows(&self) -> u32 {
        u32::try_from(self.0.len()).unwrap_or(u32::MAX)
    }

    /// The row that answers a message, as JSON.
    #[napi(js_name = "match", catch_unwind)]
    pub fn search(&self, text: String, top: u32) -> String {
        self.0.search(&text, top as usize)
    }

    /// What ails the table, as JSON; the log is a JSON list.
    #[napi(catch_unwind)]
    pub fn health(&self, env: Env, log: Option<String>) -> Result<String> {
        self.0.health(log.as_deref()).map_err(|e| refusal(env, &[e]))
    }

    /// What clients ask, in groups, as JSON; the messages are a JSON list.
    #[napi(catch_unwind)]
    pub fn discover(&self, env: Env, messages: String) -> Result<String> {
        self.0.discover(&messages).map_err(|e| refusal(env, &[e]))
    }
}

/// One run of the command line: everything but reading files, printing and exiting.
#[napi]
pub struct Console(console::Console);

#[napi]
impl Console {
    /// Reads the arguments.
    #[napi(constructor, catch_unwind)]
    pub fn new(arguments: Vec<String>) -> Self {
        Self(console::Console::new(&arguments))
    }

    /// The file of the definition.
    #[napi(getter, catch_unwind)]
    pub fn path(&self) -> Option<String> {
        self.0.path().map(str::to_owned)
    }

    /// The files that a definition names.
    #[napi(catch_unwind)]
    pub fn files(&self, definition: String) -> Vec<String> {
        console::Console::files(&definition)
    }

    /// Carries the command out, `now` in milliseconds: what to print, as JSON.
    #[napi(catch_unwind)]
    pub fn run(&mut self, definition: Option<String>, files: HashMap<String, String>, now: i64) -> String {
        let files = files.into_iter().collect();
        self.0.run(definition.as_deref(), &files, Timestamp::from_millis(now)).to_json()
    }

    /// The path of the file that the run made.
    #[napi(getter, catch_unwind)]
    pub fn output(&self) -> Option<String> {
        self.0.output().map(|(path, _)| path.to_owned())
    }

    /// The bytes of that file.
    #[napi(getter, catch_unwind)]
    pub fn bytes(&self) -> Option<Uint8Array> {
        self.0.output().map(|(_, bytes)| bytes.to_vec().into())
    }

    /// What to print where a file cannot be written, as JSON.
    #[napi(catch_unwind)]
    pub fn unwritten(&self, path: String) -> String {
        console::Console::unwritten(&path).to_json()
    }

    /// Takes a line of the chat: what to print, or null at its end.
    #[napi(catch_unwind)]
    pub fn line(&mut self, line: String) -> Option<String> {
        self.0.line(&line)
    }
}

/// Runs a tool: JSON in, JSON out.
#[napi(catch_unwind)]
pub fn tool(env: Env, name: String, argument: String) -> Result<String> {
    verbs::tool(&name, None, &argument).map_err(|e| refusal(env, &[e]))
}

/// The error for refusals: it reads like the first one and carries all of them in `errors`, as JSON.
fn refusal(env: Env, errors: &[Error]) -> napi::Error {
    let message = errors.first().map_or_else(|| "refused".to_owned(), ToString::to_string);
    let built = env.create_error(napi::Error::from_reason(message)).and_then(|mut error| {
        error.set_named_property("errors", verbs::problems(errors))?;
        Ok(error.to_unknown())
    });
    built.map_or_else(|error| error, napi::Error::from)
}
