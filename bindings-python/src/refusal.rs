//! Refusals and panics of the core as exceptions of `frontdesk._values`.

use crate::value::Of;
use frontdesk::error::{Code, Error};
use pyo3::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs the core without the interpreter, so that other threads go on. A panic is a bug of ours and must not end
/// the host: it becomes an exception like any other. `kind` is the class of a refusal that has none of its own.
pub(crate) fn run<T: Send>(
    py: Python<'_>,
    kind: &str,
    work: impl FnOnce() -> Result<T, Vec<Error>> + Send,
) -> PyResult<T> {
    match py.detach(|| catch_unwind(AssertUnwindSafe(work))) {
        Ok(done) => done.map_err(|errors| raise(py, kind, &errors)),
        Err(panic) => {
            let told =
                panic.downcast_ref::<&str>().copied().or(panic.downcast_ref::<String>().map(String::as_str));
            let told = format!("a bug of this library: {}", told.unwrap_or("panicked"));
            Err(raise(py, kind, &[Error::new(Code::Internal, "", told)]))
        }
    }
}

/// The exception for refusals.
pub(crate) fn raise(py: Python<'_>, kind: &str, errors: &[Error]) -> PyErr {
    let class = match errors.first().map(|first| first.code) {
        Some(Code::Limit) => "LimitError",
        Some(Code::SnapshotInvalid | Code::BotMismatch) => "SessionError",
        Some(Code::Internal) => "FrontdeskError",
        _ => kind,
    };
    let message = errors.first().map_or_else(String::new, ToString::to_string);
    let errors: Vec<Of<Error>> = errors.iter().cloned().map(Of).collect();
    let raised =
        py.import("frontdesk._values").and_then(|values| values.getattr(class)?.call1((message, errors)));
    raised.map_or_else(|error| error, PyErr::from_value)
}

/// The refusal of something that is no instant.
pub(crate) fn time_invalid(py: Python<'_>, message: &str) -> PyErr {
    raise(py, "FrontdeskError", &[Error::new(Code::TimeInvalid, "now", message)])
}
