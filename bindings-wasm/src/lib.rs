//! The browser face of frontdesk, raw: the verbs of the core over texts. `bindings-node/facade/` gives them types.

#[cfg(feature = "compile")]
pub mod compile;

use frontdesk::error::Error;
use frontdesk::{bot, dialog, verbs};
use js_sys::{Array, Reflect, Uint8Array, Uint16Array};
use wasm_bindgen::prelude::*;

type Result<T> = std::result::Result<T, js_sys::Error>;

/// A compiled bot with its warnings. Immutable; one serves all sessions.
#[wasm_bindgen]
pub struct Bot(bot::Compiled);

/// A session. Steps change it in place.
#[wasm_bindgen]
pub struct Session(dialog::Session);

#[wasm_bindgen]
impl Bot {
    /// The bot of a bundle: an error with the code `bundle_invalid` where it is cut, edited or of another version.
    #[wasm_bindgen(js_name = fromBundle)]
    pub fn from_bundle(bundle: &[u8]) -> Result<Bot> {
        allowed(verbs::from_bundle(bundle)).map(Self)
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
        allowed(verbs::open(&self.0.bot, key, now, contact.as_deref())).map(Session)
    }

    /// Reads a stored session.
    pub fn restore(&self, snapshot: &str) -> Result<Session> {
        allowed(dialog::Session::restore(&self.0.bot, snapshot)).map(Session)
    }

    /// Takes an event.
    pub fn step(&self, session: &mut Session, event: &str, now: &str) -> Result<Array> {
        #[cfg(feature = "test-panic")]
        assert!(!event.contains("panic!"), "forced by a test");
        turn(verbs::step(&self.0.bot, &mut session.0, event, now))
    }

    /// Lets due timers fire.
    pub fn due(&self, session: &mut Session, now: &str) -> Result<Array> {
        turn(verbs::due(&self.0.bot, &mut session.0, now))
    }

    /// Takes over a session of another version of the bot: the JSON of `{session, report}`.
    pub fn migrate(&self, snapshot: &str) -> Result<String> {
        allowed(verbs::migrate(&self.0.bot, snapshot))
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

/// The words that heads of turns are written with.
#[wasm_bindgen(js_name = flatWords)]
pub fn flat_words() -> Vec<String> {
    verbs::WORDS.map(str::to_owned).to_vec()
}

/// A turn as it crosses: its head, flat, and its record as the bytes of its JSON.
fn turn(turn: std::result::Result<dialog::Turn, Error>) -> Result<Array> {
    let turn = allowed(turn)?;
    let head = Uint16Array::from(verbs::flat_head(&turn).as_slice());
    Ok(Array::of2(&head, &Uint8Array::from(turn.record.json().as_bytes())))
}

fn allowed<T>(result: std::result::Result<T, Error>) -> Result<T> {
    result.map_err(|error| refusal(&[error]))
}

/// The error for refusals: it reads like the first one and carries all of them in `errors`, as JSON.
fn refusal(errors: &[Error]) -> js_sys::Error {
    let error = js_sys::Error::new(&errors.first().map_or_else(|| "refused".to_owned(), ToString::to_string));
    let _ = Reflect::set(&error, &"errors".into(), &verbs::problems(errors).into()); // a fresh object takes it
    error
}
