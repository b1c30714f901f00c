//! Refusals and panics of the core as exceptions of `frontdesk._values`.

use frontdesk::error::{Code, Error};
use frontdesk::verbs;
use pyo3::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs the core without the interpreter, so that other threads go on. A panic is a bug of ours and must not end
/// the host: it becomes an exception like any other. `kind` is the class of a refusal that has none of its own.
pub(crate) fn run_all<T: Send>(
    py: Python<'_>,
    kind: &str,
    work: impl FnOnce() -> Result<T, Vec<Error>> + Send,
) -> PyResult<T> {
    let done = py.detach(|| catch_unwind(AssertUnwindSafe(work))).unwrap_or_else(|panic| {
        let told = panic.downcast_ref::<&str>().copied();
        let told = told.or(panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("panicked");
        Err(vec![Error::new(Code::Internal, "", format!("a bug of this library: {told}"))])
    });
    done.map_err(|errors| raise(py, kind, &errors))
}

/// The same for work that ends with one refusal.
pub(crate) fn run<T: Send>(py: Python<'_>, work: impl FnOnce() -> Result<T, Error> + Send) -> PyResult<T> {
    run_all(py, "FrontdeskError", || work().map_err(|error| vec![error]))
}

/// The exception for refusals.
pub(crate) fn raise(py: Python<'_>, kind: &str, errors: &[Error]) -> PyErr {
    let message = errors.first().map_or_else(String::new, ToString::to_string);
    let values = py.import("frontdesk._values");
    let raised = values.and_then(|v| v.call_method1("refusal", (kind, message, verbs::problems(errors))));
    raised.map_or_else(|error| error, PyErr::from_value)
}
