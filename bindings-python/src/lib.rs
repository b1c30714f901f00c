//! The Python face of frontdesk: classes over the core. It decides nothing about dialogs.

mod effect;
mod parts;
mod refusal;
mod value;

use effect::{Effect, word};
use frontdesk::bot::{self, Files};
use frontdesk::definition::Definition;
use frontdesk::dialog::{self, Contact, Event, Key, Record, Report};
use frontdesk::{Error, verbs};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyString};
use std::sync::{Mutex, MutexGuard, PoisonError};
use value::{Document, Instant, Of, State};

/// A definition compiled. Immutable; one serves all sessions and threads.
#[pyclass(frozen, module = "frontdesk")]
struct Bot(bot::Compiled);

#[pymethods]
impl Bot {
    /// Compiles a definition, a text in YAML or JSON or a mapping, with the texts of the files that it names.
    ///
    /// Raises DefinitionError with every error found. Takes milliseconds: compile once.
    #[staticmethod]
    #[pyo3(signature = (definition: "Document", files = Files::new()))]
    fn compile(py: Python<'_>, definition: &Bound<'_, PyAny>, files: Files) -> PyResult<Self> {
        if let Ok(text) = definition.cast::<PyString>() {
            let text = text.to_cow()?;
            return refusal::run(py, "DefinitionError", || verbs::compile(&text, &files)).map(Self);
        }
        let Document(node) = definition.extract()?;
        let compile = || bot::Bot::compile(Definition::from_node(&node)?, &files);
        refusal::run(py, "DefinitionError", compile).map(Self)
    }

    /// The bot of a bundle. Raises DefinitionError, `bundle_invalid`, for one that is cut, edited or of another version.
    #[staticmethod]
    fn from_bundle(py: Python<'_>, bundle: &[u8]) -> PyResult<Self> {
        refusal::run(py, "DefinitionError", || verbs::from_bundle(bundle).map_err(one)).map(Self)
    }

    /// The bot as a page of one audience may have it: the same hash, and the same turns for every event of that
    /// audience. Rows, rules and words of others are not in it, nor warnings and tests.
    #[pyo3(signature = (audience = "client"))]
    fn bundle<'py>(&self, py: Python<'py>, audience: &str) -> PyResult<Bound<'py, PyBytes>> {
        let bundle = || Ok(verbs::bundle(&self.0.bot, audience));
        refusal::run(py, "FrontdeskError", bundle).map(|bundle| PyBytes::new(py, &bundle))
    }

    /// The hash of definition and files: the same meaning gives the same hash, whatever spelled it.
    #[getter]
    fn hash(&self) -> &str {
        self.0.bot.hash()
    }

    /// What a careful reader would ask the author.
    #[getter]
    fn warnings(&self) -> Vec<Of<Error>> {
        self.0.warnings.iter().cloned().map(Of).collect()
    }

    /// Begins a session for a key {channel, account, user}; `contact` is what the channel tells of the client.
    ///
    /// Nothing is said yet. Raises FrontdeskError for what is no key, time or contact.
    #[pyo3(signature = (key, now, contact = None))]
    fn open(
        &self,
        py: Python<'_>,
        key: Document,
        now: Instant,
        contact: Option<Document>,
    ) -> PyResult<Session> {
        let open = || {
            let key = Key::from_node(&key.0)?;
            let contact = contact.map(|contact| Contact::from_node(&contact.0)).transpose()?;
            Ok(self.0.bot.open(key, now.0, contact))
        };
        refusal::run(py, "FrontdeskError", || open().map_err(one)).map(Session::new)
    }

    /// Reads a stored session: what `Session.to_json` or `Session.snapshot` gave.
    ///
    /// Raises SessionError: `snapshot_invalid` for a cut or edited one, `bot_mismatch` for one of another bot or
    /// version.
    #[pyo3(signature = (snapshot: "Document"))]
    fn restore(&self, py: Python<'_>, snapshot: &Bound<'_, PyAny>) -> PyResult<Session> {
        let text = document_text(snapshot)?;
        let restore = || dialog::Session::restore(&self.0.bot, &text).map_err(one);
        refusal::run(py, "SessionError", restore).map(Session::new)
    }

    /// Takes an event, a mapping or its JSON, at the time `now`; the session changes in place.
    ///
    /// Fires no timers: call `due` at `next_due`. Raises FrontdeskError for what is no event, SessionError for a
    /// session of another bot; the session is unchanged then. Takes some tens of microseconds, and lets other threads run.
    fn step(&self, py: Python<'_>, session: &Session, event: Document, now: Instant) -> PyResult<Turn> {
        let step = || {
            let event = Event::from_node(&event.0).map_err(one)?;
            let mut session = session.lock();
            #[cfg(feature = "test-panic")]
            assert!(event.id != "panic!", "forced by a test");
            self.0.bot.step(&mut session, &event, now.0).map_err(one)
        };
        refusal::run(py, "FrontdeskError", step).map(Turn::new)
    }

    /// Fires the timers that are due at `now`; the session changes in place. Raises as `step` does.
    fn due(&self, py: Python<'_>, session: &Session, now: Instant) -> PyResult<Turn> {
        let due = || self.0.bot.due(&mut session.lock(), now.0).map_err(one);
        refusal::run(py, "FrontdeskError", due).map(Turn::new)
    }

    /// Runs the dialog tests of the definition.
    fn test(&self, py: Python<'_>) -> PyResult<Of<Report>> {
        refusal::run(py, "FrontdeskError", || Ok(Of(dialog::run_tests(&self.0.bot))))
    }

    /// Takes over a stored session of another version of the bot: the session, and what became of its parts, each
    /// `{"code": …, "path": …}`. Raises SessionError as `restore` does, `bot_mismatch` excepted.
    #[pyo3(signature = (snapshot: "Document") -> "tuple[Session, Data]")]
    fn migrate(
        &self,
        py: Python<'_>,
        snapshot: &Bound<'_, PyAny>,
    ) -> PyResult<(Session, Of<serde_json::Value>)> {
        let text = document_text(snapshot)?;
        let migrate = || {
            let mut session = dialog::Session::from_json(&text).map_err(one)?;
            let report = self.0.bot.migrate(&mut session);
            Ok((session, serde_json::to_value(report).unwrap_or_default()))
        };
        let (session, report) = refusal::run(py, "SessionError", migrate)?;
        Ok((Session::new(session), Of(report)))
    }

    /// What the team must know, in its language: how to stop the bot, bring it back, and change its answers.
    fn instructions(&self, py: Python<'_>) -> PyResult<String> {
        refusal::run(py, "FrontdeskError", || Ok(verbs::instructions(&self.0.bot)))
    }
}

/// The JSON of a document: a text as it is, anything else written.
fn document_text(document: &Bound<'_, PyAny>) -> PyResult<String> {
    match document.cast::<PyString>() {
        Ok(text) => Ok(text.to_string()),
        Err(_) => Ok(document.extract::<Document>()?.0.to_json().to_string()),
    }
}

fn one(error: Error) -> Vec<Error> {
    vec![error]
}

/// A dialog between steps. `step` and `due` change it in place; threads may share it, one step at a time.
#[pyclass(frozen, module = "frontdesk")]
struct Session(Mutex<dialog::Session>);

impl Session {
    fn new(session: dialog::Session) -> Self {
        Self(Mutex::new(session))
    }

    /// The core changes a session at the very end of a step, so one whose step panicked is whole. Nobody needs the
    /// interpreter while holding it, so waiting for it with the interpreter held ends.
    fn lock(&self) -> MutexGuard<'_, dialog::Session> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[pymethods]
impl Session {
    /// What a host asks of it between steps. Read anew at each access.
    #[getter]
    fn state(&self) -> PyResult<Of<State>> {
        let state = serde_json::value::RawValue::from_string(verbs::state(&self.lock()));
        state.map(|state| Of(State(state))).map_err(|e| PyValueError::new_err(e.to_string()))
    }

    /// The session as a dict, to store.
    #[pyo3(signature = () -> "Data")]
    fn snapshot(&self) -> PyResult<Of<serde_json::Value>> {
        serde_json::from_str(&self.to_json()).map(Of).map_err(|e| PyValueError::new_err(e.to_string()))
    }

    /// The session as JSON, to store: the same bytes on every face.
    fn to_json(&self) -> String {
        self.lock().snapshot()
    }
}

/// What an event, or the time, led to.
#[pyclass(frozen, module = "frontdesk")]
struct Turn {
    turn: dialog::Turn,
    effects: PyOnceLock<Vec<Py<Effect>>>,
}

impl Turn {
    fn new(turn: dialog::Turn) -> Self {
        Self { turn, effects: PyOnceLock::new() }
    }
}

#[pymethods]
impl Turn {
    /// `applied`, `duplicate` (seen before; nothing changed) or `ignored`.
    #[getter]
    fn outcome(&self) -> String {
        word(&self.turn.outcome)
    }

    /// Why it was ignored.
    #[getter]
    fn reason(&self) -> Option<&'static str> {
        self.turn.reason
    }

    /// What the host is to do, in order.
    #[getter]
    fn effects(&self, py: Python<'_>) -> PyResult<Vec<Py<Effect>>> {
        // Made the way of the enum, not with `Py::new`: each becomes an object of its own class.
        let class = |effect| Effect::from(effect).into_pyobject(py).map(Bound::unbind);
        let made = self.effects.get_or_try_init(py, || self.turn.effects.iter().map(class).collect())?;
        Ok(made.iter().map(|effect| effect.clone_ref(py)).collect())
    }

    /// `active`, `human` or `finished`.
    #[getter]
    fn mode(&self) -> String {
        word(&self.turn.mode)
    }

    /// The status of the dialog.
    #[getter]
    fn status(&self) -> &str {
        &self.turn.status
    }

    /// When `due` is to be called next.
    #[getter]
    fn next_due(&self) -> Option<Instant> {
        self.turn.next_due.map(Instant)
    }

    /// What happened and why, to keep. Read anew at each access.
    #[getter]
    fn record(&self) -> Of<Record> {
        Of(self.turn.record.clone())
    }

    /// The turn as JSON: the same bytes on every face.
    fn to_json(&self) -> String {
        serde_json::to_string(&self.turn).unwrap_or_default()
    }
}

/// What `frontdesk` is made of.
#[pymodule(gil_used = false)]
mod _frontdesk {
    #[pymodule_export]
    use super::{
        Bot, Session, Turn,
        effect::Effect,
        parts::{Console, Faq, tool},
    };
}
