//! The parts that work alone, and the command line: JSON texts for the classes of `frontdesk/_parts.py`.

use crate::Bot;
use crate::refusal::run;
use frontdesk::bot::Files;
use frontdesk::time::Timestamp;
use frontdesk::verbs::{self, console};
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Runs a tool of the core: JSON in, JSON out.
#[pyfunction]
pub(crate) fn tool(py: Python<'_>, name: &str, bot: Option<&Bot>, argument: &str) -> PyResult<String> {
    let bot = bot.map(|bot| &bot.0.bot);
    run(py, "FrontdeskError", || verbs::tool(name, bot, argument).map_err(|e| vec![e]))
}

/// A table of questions and answers, over JSON.
#[pyclass(frozen, module = "frontdesk._frontdesk")]
pub(crate) struct Faq(verbs::Faq);

#[pymethods]
impl Faq {
    #[new]
    fn new(py: Python<'_>, name: &str, table: &str, options: &str) -> PyResult<Self> {
        run(py, "DefinitionError", || verbs::Faq::load(name, table, options)).map(Self)
    }

    fn __len__(&self) -> usize {
        self.0.len()
    }

    fn search(&self, py: Python<'_>, text: &str, top: usize) -> PyResult<String> {
        run(py, "FrontdeskError", || Ok(self.0.search(text, top)))
    }

    fn health(&self, py: Python<'_>, log: Option<&str>) -> PyResult<String> {
        run(py, "FrontdeskError", || self.0.health(log).map_err(|e| vec![e]))
    }

    fn discover(&self, py: Python<'_>, messages: &str) -> PyResult<String> {
        run(py, "FrontdeskError", || self.0.discover(messages).map_err(|e| vec![e]))
    }
}

/// One run of the command line: everything but reading files, printing and exiting.
#[pyclass(frozen, module = "frontdesk._frontdesk")]
pub(crate) struct Console(Mutex<console::Console>);

impl Console {
    fn lock(&self) -> MutexGuard<'_, console::Console> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[pymethods]
impl Console {
    #[new]
    fn new(arguments: Vec<String>) -> Self {
        Self(Mutex::new(console::Console::new(&arguments)))
    }

    #[getter]
    fn path(&self) -> Option<String> {
        self.lock().path().map(str::to_owned)
    }

    #[staticmethod]
    fn files(definition: &str) -> Vec<String> {
        console::Console::files(definition)
    }

    /// What to print and the exit code; None where a chat begins. `now` in milliseconds.
    fn run(
        &self,
        py: Python<'_>,
        definition: Option<&str>,
        files: Files,
        now: i64,
    ) -> PyResult<(String, Option<u8>)> {
        let done = || self.lock().run(definition, &files, Timestamp::from_millis(now));
        run(py, "FrontdeskError", || Ok(done())).map(|printed| (printed.text, printed.code))
    }

    /// The path and the bytes of the file that the run made.
    #[getter]
    fn output<'py>(&self, py: Python<'py>) -> Option<(String, Bound<'py, PyBytes>)> {
        let console = self.lock();
        console.output().map(|(path, bytes)| (path.to_owned(), PyBytes::new(py, bytes)))
    }

    /// What to print, and the exit code, where a file cannot be written.
    #[staticmethod]
    fn unwritten(path: &str) -> (String, Option<u8>) {
        let printed = console::Console::unwritten(path);
        (printed.text, printed.code)
    }

    /// What to print for a line of the chat; None at its end.
    fn line(&self, line: &str) -> Option<String> {
        self.lock().line(line)
    }
}
