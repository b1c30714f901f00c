//! The Python face of frontdesk: the verbs of the core over JSON texts.

use frontdesk::bot::{self, Files};
use frontdesk::error::Error;
use frontdesk::verbs;
use pyo3::create_exception;
use pyo3::exceptions::PyException;
use pyo3::prelude::*;

create_exception!(
    _frontdesk,
    FrontdeskError,
    PyException,
    "A refusal, with `code`, `path`, and `errors`: all of them as a JSON list."
);

/// A compiled bot. Immutable; one serves all sessions and threads.
#[pyclass(frozen, module = "frontdesk")]
struct Bot(bot::Bot);

#[pymethods]
impl Bot {
    /// Compiles a definition in YAML or JSON, with the texts of the files that it names.
    #[staticmethod]
    #[pyo3(signature = (definition, files = Files::new()))]
    fn compile(py: Python<'_>, definition: &str, files: Files) -> PyResult<Self> {
        let compiled = py.detach(|| verbs::compile(definition, &files));
        compiled.map(|compiled| Self(compiled.bot)).map_err(|errors| raise(py, &errors))
    }

    /// The hash of definition and files.
    #[getter]
    fn hash(&self) -> &str {
        self.0.hash()
    }

    /// Begins a session: its JSON.
    #[pyo3(signature = (key, now, contact = None))]
    fn open(&self, py: Python<'_>, key: &str, now: &str, contact: Option<&str>) -> PyResult<String> {
        verbs::open(&self.0, key, now, contact).map_err(|e| raise(py, &[e]))
    }

    /// Takes an event: the JSON of `{session, turn}`.
    fn step(&self, py: Python<'_>, session: &str, event: &str, now: &str) -> PyResult<String> {
        py.detach(|| verbs::step(&self.0, session, event, now)).map_err(|e| raise(py, &[e]))
    }

    /// Lets due timers fire: the JSON of `{session, turn}`.
    fn due(&self, py: Python<'_>, session: &str, now: &str) -> PyResult<String> {
        py.detach(|| verbs::due(&self.0, session, now)).map_err(|e| raise(py, &[e]))
    }

    /// Takes over a session of another version of the bot: the JSON of `{session, report}`.
    fn migrate(&self, py: Python<'_>, session: &str) -> PyResult<String> {
        py.detach(|| verbs::migrate(&self.0, session)).map_err(|e| raise(py, &[e]))
    }
}

/// The exception for refusals: it reads like the first one and carries them all.
fn raise(py: Python<'_>, errors: &[Error]) -> PyErr {
    let Some(first) = errors.first() else { return FrontdeskError::new_err("refused") };
    let exception = FrontdeskError::new_err(first.to_string());
    let all = serde_json::to_string(errors).unwrap_or_default();
    let value = exception.value(py);
    let attributes = [("code", first.code.as_str()), ("path", &first.path), ("errors", &all)];
    match attributes.iter().try_for_each(|(name, text)| value.setattr(*name, *text)) {
        Ok(()) => exception,
        Err(error) => error,
    }
}

/// The module.
#[pymodule]
fn _frontdesk(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Bot>()?;
    module.add("FrontdeskError", module.py().get_type::<FrontdeskError>())
}
