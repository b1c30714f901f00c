//! What crosses between Python and the core: times, documents, values.

use crate::refusal;
use frontdesk::bot::value::FieldValue;
use frontdesk::dialog::{HandoffTo, Record, ReplyButton};
use frontdesk::document::{Entry, Node, Position, Value as Tree};
use frontdesk::error::{Code, Error};
use frontdesk::limits::{DOCUMENT_DEPTH, NUMBER_MAX};
use frontdesk::time::Timestamp;
use frontdesk::verbs;
use pyo3::exceptions::PyTypeError;
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDateTime, PyDict, PyFloat, PyInt, PyList, PyString, PyTzInfo};
use pyo3::{intern, type_hint_identifier};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::value::RawValue;

/// An instant: `datetime` with a zone, or RFC 3339; leaves as a `datetime` in UTC.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Instant(pub(crate) Timestamp);

impl FromPyObject<'_, '_> for Instant {
    type Error = PyErr;
    const INPUT_TYPE: PyStaticExpr = type_hint_identifier!("frontdesk", "Instant");

    fn extract(given: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let py = given.py();
        let clock = given.cast::<PyDateTime>().is_ok();
        if clock && !given.getattr(intern!(py, "tzinfo"))?.is_none() {
            let seconds: f64 = given.call_method0(intern!(py, "timestamp"))?.extract()?;
            // Microseconds are exact in a float until the year 2255; what is below a millisecond is cut.
            return Ok(Self(Timestamp::from_millis(((seconds * 1e6).round() as i64).div_euclid(1000))));
        }
        // A text, or what reads like one: a datetime without a zone is no instant.
        let hint = if clock { "pass datetime.now(timezone.utc)" } else { "pass a datetime with a zone" };
        let read = verbs::time(&given.str()?.to_string_lossy()).map(Self);
        read.map_err(|error| refusal::raise(py, "FrontdeskError", &[error.with_hint(hint)]))
    }
}

impl<'py> IntoPyObject<'py> for Instant {
    type Target = PyDateTime;
    type Output = Bound<'py, PyDateTime>;
    type Error = PyErr;
    const OUTPUT_TYPE: PyStaticExpr = type_hint_identifier!("datetime", "datetime");

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        PyDateTime::from_timestamp(py, self.0.as_millis() as f64 / 1000.0, Some(&*PyTzInfo::utc(py)?))
    }
}

/// A document: a mapping, or its JSON as a text; the core reads both as strictly.
pub(crate) struct Document(pub(crate) Node);

impl FromPyObject<'_, '_> for Document {
    type Error = PyErr;
    const INPUT_TYPE: PyStaticExpr = type_hint_identifier!("frontdesk", "Document");

    fn extract(given: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let Ok(text) = given.cast::<PyString>() else { return tree(&given, 0).map(Self) };
        let read = Node::from_json(&whole(&text)?).map(|node| Self(node.without_positions()));
        read.map_err(|error| refusal::raise(given.py(), "FrontdeskError", &[error]))
    }
}

/// A text of whole characters: half of one, which UTF-8 cannot hold, is U+FFFD.
fn whole(text: &Bound<'_, PyString>) -> PyResult<String> {
    let mended = |_| text.py().import("frontdesk._values")?.call_method1("whole", (text,))?.extract();
    text.extract().or_else(mended)
}

fn tree(given: &Bound<'_, PyAny>, depth: usize) -> PyResult<Node> {
    if depth > DOCUMENT_DEPTH {
        let deep = Error::new(Code::Limit, "", format!("nested deeper than {DOCUMENT_DEPTH} levels"));
        return Err(refusal::raise(given.py(), "FrontdeskError", &[deep]));
    }
    let entry = |(key, value): (Bound<'_, PyAny>, Bound<'_, PyAny>)| {
        Ok(Entry { key: whole(key.cast()?)?, at: Position::default(), node: tree(&value, depth + 1)? })
    };
    let value = if let Ok(text) = given.cast::<PyString>() {
        Tree::Text(whole(text)?)
    } else if let Ok(map) = given.cast::<PyDict>() {
        Tree::Map(map.iter().map(entry).collect::<PyResult<_>>()?)
    } else if let Ok(yes) = given.cast::<PyBool>() {
        Tree::Bool(yes.is_true())
    } else if let Ok(number) = given.cast::<PyInt>() {
        let kept = number.extract::<i64>().ok().filter(|n| n.unsigned_abs() <= NUMBER_MAX);
        kept.map_or_else(|| Tree::Refused(number.to_string()), Tree::Int)
    } else if given.is_none() {
        Tree::Null
    } else if let Ok(list) = given.cast::<PyList>() {
        Tree::List(list.iter().map(|item| tree(&item, depth + 1)).collect::<PyResult<_>>()?)
    } else if given.is_instance_of::<PyFloat>() {
        Tree::Refused(given.repr()?.to_string())
    } else {
        let plain = given.py().import("frontdesk._values")?.call_method1("plain", (given,))?;
        return tree(&plain, depth + 1);
    };
    Ok(Node { value, at: Position::default(), written: None })
}

/// A value whose class is written in Python, in `frontdesk/_values.py`; it crosses as JSON when it is asked for.
#[derive(Clone, PartialEq)]
pub(crate) struct Of<T>(pub(crate) T);

/// The class of a value in Python.
pub(crate) trait Shape {
    const CLASS: &'static str;
}

macro_rules! shapes {
    ($($type:ty: $class:literal,)*) => { $(impl Shape for $type { const CLASS: &'static str = $class; })* };
}

shapes! {
    Error: "Problem",
    FieldValue: "FieldValue",
    HandoffTo: "Target",
    Record: "Data",
    ReplyButton: "Button",
    State: "SessionState",
    serde_json::Value: "Data",
}

/// A state as the core has written it.
#[derive(Serialize)]
pub(crate) struct State(pub(crate) Box<RawValue>);

impl<'py, T: Shape + Serialize> IntoPyObject<'py> for Of<T> {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;
    const OUTPUT_TYPE: PyStaticExpr = type_hint_identifier!("frontdesk", T::CLASS);

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        let json = serde_json::to_string(&self.0).unwrap_or_default();
        py.import(intern!(py, "frontdesk._values"))?.call_method1("read", (T::CLASS, json))
    }
}

impl<T: Shape + DeserializeOwned> FromPyObject<'_, '_> for Of<T> {
    type Error = PyErr;
    const INPUT_TYPE: PyStaticExpr = type_hint_identifier!("frontdesk", T::CLASS);

    fn extract(given: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let json = given.py().import("frontdesk._values")?.call_method1("written", (given,))?;
        let read = serde_json::from_str(&json.extract::<String>()?);
        read.map(Self).map_err(|_| PyTypeError::new_err(format!("no {}", T::CLASS)))
    }
}
