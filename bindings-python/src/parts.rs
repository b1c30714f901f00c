//! What crosses as JSON: the tools of the core, the table of questions and answers, the command line.

use crate::Bot;
use crate::refusal::{run, run_all};
use frontdesk::time::Timestamp;
use frontdesk::verbs::{self, console};
use pyo3::prelude::*;
use std::sync::{Mutex, PoisonError};

/// Runs a tool of the core: JSON in, JSON out.
#[pyfunction]
pub(crate) fn tool(py: Python<'_>, name: &str, bot: Option<&Bot>, argument: &str) -> PyResult<String> {
    run(py, || verbs::tool(name, bot.map(|bot| &bot.0.bot), argument))
}

/// A table of questions and answers, over JSON.
#[pyclass(frozen, module = "frontdesk._frontdesk")]
pub(crate) struct Faq(verbs::Faq);

#[pymethods]
impl Faq {
    #[new]
    fn new(py: Python<'_>, name: &str, table: &str, options: &str) -> PyResult<Self> {
        run_all(py, "DefinitionError", || verbs::Faq::load(name, table, options)).map(Self)
    }

    /// Asks the table: JSON in, JSON out.
    fn tool(&self, py: Python<'_>, name: &str, argument: &str) -> PyResult<String> {
        run(py, || self.0.tool(name, argument))
    }
}

/// One run of the command line.
#[pyclass(frozen, module = "frontdesk._frontdesk")]
pub(crate) struct Console(Mutex<console::Console>);

#[pymethods]
impl Console {
    /// Reads the arguments; a chat begins `now`, in milliseconds.
    #[new]
    fn new(arguments: Vec<String>, now: i64) -> Self {
        Self(Mutex::new(console::Console::new(&arguments, Timestamp::from_millis(now))))
    }

    /// Takes what came of the last answer, as JSON: what to do next.
    fn tell(&self, py: Python<'_>, told: &str) -> PyResult<String> {
        run(py, || Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).tell(told)))
    }
}
