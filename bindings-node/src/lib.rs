//! The Node face of frontdesk, raw: the verbs of the core over JSON texts. `facade/` gives them their types.

use frontdesk::bot;
use frontdesk::dialog;
use frontdesk::error::Error;
use frontdesk::time::Timestamp;
use frontdesk::verbs::{self, console};
use napi::JsString;
use napi::bindgen_prelude::{BufferSlice, Env, JsObjectValue, JsValue, Result, Uint8Array};
use napi_derive::napi;

/// A step is many small texts; the allocator of the system takes a third of its time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A compiled bot with its warnings. Immutable; one serves all sessions.
#[napi]
pub struct Bot(bot::Compiled);

/// A session. Steps change it in place.
#[napi]
pub struct Session(dialog::Session);

/// A table of questions and answers.
#[napi]
pub struct Faq(verbs::Faq);

/// One run of the command line.
#[napi]
pub struct Console(console::Console);

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
        allowed(env, verbs::from_bundle(&bundle)).map(Self)
    }

    /// The bot as a page of one audience may have it.
    #[napi(catch_unwind)]
    pub fn bundle(&self, env: Env, audience: String) -> Result<Uint8Array> {
        allowed(env, verbs::bundle(&self.0.bot, &audience)).map(Uint8Array::from)
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
        allowed(env, verbs::open(&self.0.bot, &key, &now, contact.as_deref())).map(Session)
    }

    /// Reads a stored session.
    #[napi(catch_unwind)]
    pub fn restore(&self, env: Env, snapshot: String) -> Result<Session> {
        allowed(env, dialog::Session::restore(&self.0.bot, &snapshot)).map(Session)
    }

    /// Takes an event.
    #[napi(catch_unwind)]
    pub fn step<'e>(
        &self,
        env: &'e Env,
        session: &mut Session,
        event: String,
        now: String,
    ) -> Result<Turn<'e>> {
        #[cfg(feature = "test-panic")]
        assert!(!event.contains("panic!"), "forced by a test");
        turn(env, verbs::step(&self.0.bot, &mut session.0, &event, &now))
    }

    /// Lets due timers fire.
    #[napi(catch_unwind)]
    pub fn due<'e>(&self, env: &'e Env, session: &mut Session, now: String) -> Result<Turn<'e>> {
        turn(env, verbs::due(&self.0.bot, &mut session.0, &now))
    }

    /// Takes over a session of another version of the bot: the JSON of `{session, report}`.
    #[napi(catch_unwind)]
    pub fn migrate(&self, env: Env, snapshot: String) -> Result<String> {
        allowed(env, verbs::migrate(&self.0.bot, &snapshot))
    }

    /// Runs a tool on the bot: JSON in, JSON out.
    #[napi(catch_unwind)]
    pub fn tool(&self, env: Env, name: String, argument: String) -> Result<String> {
        allowed(env, verbs::tool(&name, Some(&self.0.bot), &argument))
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
impl Faq {
    /// Reads and indexes a table in CSV, TSV or JSON; options are JSON.
    #[napi(factory, catch_unwind)]
    pub fn load(env: Env, name: String, text: String, options: String) -> Result<Self> {
        verbs::Faq::load(&name, &text, &options).map(Self).map_err(|errors| refusal(env, &errors))
    }

    /// Asks the table: JSON in, JSON out.
    #[napi(catch_unwind)]
    pub fn tool(&self, env: Env, name: String, argument: String) -> Result<String> {
        allowed(env, self.0.tool(&name, &argument))
    }
}

#[napi]
impl Console {
    /// Reads the arguments; a chat begins `now`, in milliseconds.
    #[napi(constructor, catch_unwind)]
    pub fn new(arguments: Vec<String>, now: i64) -> Self {
        Self(console::Console::new(&arguments, Timestamp::from_millis(now)))
    }

    /// Takes what came of the last answer, as JSON: what to do next.
    #[napi(catch_unwind)]
    pub fn tell(&mut self, told: String) -> String {
        self.0.tell(&told)
    }
}

/// Runs a tool: JSON in, JSON out.
#[napi(catch_unwind)]
pub fn tool(env: Env, name: String, argument: String) -> Result<String> {
    allowed(env, verbs::tool(&name, None, &argument))
}

/// The words that heads of turns are written with.
#[napi(catch_unwind)]
pub fn flat_words() -> Vec<&'static str> {
    verbs::WORDS.to_vec()
}

/// A turn as it crosses: its head, flat, and its record as the bytes of its JSON. No object of Rust lives on, whose
/// memory would wait for the collector of the host.
type Turn<'e> = (JsString<'e>, BufferSlice<'e>);

fn turn<'e>(env: &'e Env, turn: std::result::Result<dialog::Turn, Error>) -> Result<Turn<'e>> {
    let turn = allowed(*env, turn)?;
    let head = env.create_string_utf16(verbs::flat_head(&turn))?;
    Ok((head, BufferSlice::copy_from(env, turn.record.json())?))
}

fn allowed<T>(env: Env, result: std::result::Result<T, Error>) -> Result<T> {
    result.map_err(|error| refusal(env, &[error]))
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
