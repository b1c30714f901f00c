//! The Python face of frontdesk: classes over the core, to which `frontdesk/_bot.py` and `frontdesk/_parts.py` add what
//! crosses as JSON. It decides nothing about dialogs.

mod effect;
mod parts;
mod refusal;
mod value;

use effect::{Effect, word};
use frontdesk::bot::Compiled;
use frontdesk::dialog::{self, Event, Record};
use frontdesk::verbs;
use pyo3::prelude::*;
use refusal::{run, run_all};
use serde_json::value::RawValue;
use std::sync::{Mutex, MutexGuard, PoisonError};
use value::{Document, Instant, Of, State};

/// A step is many small texts; the allocator of the system takes a third of its time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A definition compiled, over JSON but for its steps. Immutable; one serves all sessions and threads.
#[pyclass(frozen, subclass, module = "frontdesk._frontdesk")]
struct Bot(Compiled);

/// What a bot is made of: `{definition, files?}` as JSON, or a bundle.
#[derive(FromPyObject)]
enum Source {
    Definition(String),
    Bundle(Vec<u8>),
}

#[pymethods]
impl Bot {
    #[new]
    fn new(py: Python<'_>, source: Source) -> PyResult<Self> {
        let made = || match source {
            Source::Definition(argument) => verbs::compile_json(&argument),
            Source::Bundle(bundle) => verbs::from_bundle(&bundle).map_err(|error| vec![error]),
        };
        run_all(py, "DefinitionError", made).map(Self)
    }

    fn _bundle(&self, py: Python<'_>, audience: &str) -> PyResult<Vec<u8>> {
        run(py, || verbs::bundle(&self.0.bot, audience))
    }

    /// The hash of definition and files: the same meaning gives the same hash, whatever spelled it.
    #[getter]
    fn hash(&self) -> &str {
        self.0.bot.hash()
    }

    /// What a careful reader would ask the author.
    #[getter]
    fn warnings(&self) -> Vec<Of<frontdesk::Error>> {
        self.0.warnings.iter().cloned().map(Of).collect()
    }

    fn _open(&self, py: Python<'_>, key: &str, now: Instant, contact: Option<&str>) -> PyResult<Session> {
        run(py, || verbs::open(&self.0.bot, key, &now.0.to_string(), contact)).map(Mutex::new).map(Session)
    }

    fn _restore(&self, py: Python<'_>, snapshot: &str) -> PyResult<Session> {
        run(py, || dialog::Session::restore(&self.0.bot, snapshot)).map(Mutex::new).map(Session)
    }

    fn _migrate(&self, py: Python<'_>, snapshot: &str) -> PyResult<String> {
        run(py, || verbs::migrate(&self.0.bot, snapshot))
    }

    /// Takes an event, a mapping or its JSON, at the time `now`; the session changes in place.
    ///
    /// Fires no timers: call `due` at `next_due`. Raises FrontdeskError for what is no event, SessionError for a
    /// session of another bot; the session is unchanged then. Takes some tens of microseconds, and lets other threads run.
    fn step(&self, py: Python<'_>, session: &Session, event: Document, now: Instant) -> PyResult<Turn> {
        let step = || {
            let event = Event::from_node(&event.0)?;
            let mut session = session.lock();
            #[cfg(feature = "test-panic")]
            assert!(event.id != "panic!", "forced by a test");
            self.0.bot.step(&mut session, &event, now.0)
        };
        Turn::new(py, run(py, step)?)
    }

    /// Fires the timers that are due at `now`; the session changes in place. Raises as `step` does.
    fn due(&self, py: Python<'_>, session: &Session, now: Instant) -> PyResult<Turn> {
        Turn::new(py, run(py, || self.0.bot.due(&mut session.lock(), now.0))?)
    }
}

/// A dialog between steps. `step` and `due` change it in place; threads may share it, one step at a time.
#[pyclass(frozen, module = "frontdesk")]
struct Session(Mutex<dialog::Session>);

impl Session {
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
    fn state(&self) -> Of<State> {
        Of(State(RawValue::from_string(verbs::state(&self.lock())).unwrap_or_default()))
    }

    /// The session as a dict, to store.
    #[pyo3(signature = () -> "Data")]
    fn snapshot(&self) -> Of<serde_json::Value> {
        Of(serde_json::from_str(&self.to_json()).unwrap_or_default())
    }

    /// The session as JSON, to store: the same bytes on every face.
    fn to_json(&self) -> String {
        self.lock().snapshot()
    }
}

/// What an event, or the time, led to.
#[pyclass(frozen, module = "frontdesk")]
struct Turn {
    /// `applied`, `duplicate` (seen before; nothing changed) or `ignored`.
    #[pyo3(get)]
    outcome: String,
    /// Why it was ignored.
    #[pyo3(get)]
    reason: Option<&'static str>,
    /// What the host is to do, in order.
    #[pyo3(get)]
    effects: Vec<Py<Effect>>,
    /// `active`, `human` or `finished`.
    #[pyo3(get)]
    mode: String,
    /// The status of the dialog.
    #[pyo3(get)]
    status: String,
    /// When `due` is to be called next.
    #[pyo3(get)]
    next_due: Option<Instant>,
    /// The turn of the core, without its effects: the record has them too.
    turn: dialog::Turn,
}

impl Turn {
    fn new(py: Python<'_>, mut turn: dialog::Turn) -> PyResult<Self> {
        // Made the way of the enum, not with `Py::new`: each becomes an object of its own class.
        let class = |effect| Effect::from(effect).into_pyobject(py).map(Bound::unbind);
        let effects = std::mem::take(&mut turn.effects).into_iter().map(class).collect::<PyResult<_>>()?;
        let (outcome, mode, status) = (word(&turn.outcome), word(&turn.mode), turn.status.clone());
        let next_due = turn.next_due.map(Instant);
        Ok(Self { outcome, reason: turn.reason, effects, mode, status, next_due, turn })
    }
}

#[pymethods]
impl Turn {
    /// What happened and why, to keep. Read anew at each access.
    #[getter]
    fn record(&self) -> Of<Record> {
        Of(self.turn.record.clone())
    }

    /// The turn as JSON: the same bytes on every face.
    fn to_json(&self) -> String {
        let effects = self.turn.record.effects.clone();
        verbs::turn(&dialog::Turn { effects, ..self.turn.clone() })
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
