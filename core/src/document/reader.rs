//! Strict reading: a cursor over the document that reports what it did not expect and goes on.

use super::node::{Entry, Node, Position, Value};
use crate::error::{Code, Error};
use crate::time::Timestamp;
use std::cell::RefCell;
use std::collections::BTreeSet;

/// What a name in a document stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Named {
    Field,
    Flow,
    Lead,
    Placeholder,
    Reminder,
    Sentence,
    Status,
    /// A text by language; its «name» is the languages it is written in, parted by spaces.
    Text,
    Words,
}

/// Collects errors, warnings and the names used while a document is read.
pub(crate) struct Report<'n> {
    document: &'n Node,
    uses: RefCell<Vec<(Named, String, Found)>>,
    errors: RefCell<Vec<Found>>,
    warnings: RefCell<Vec<Found>>,
}

/// An error with the node that it is about. Its path is worked out at the end, for all of them in one walk, so a cursor
/// carries none.
struct Found {
    node: *const Node,
    error: Error,
}

impl<'n> Report<'n> {
    /// A report of one document.
    pub(crate) fn of(document: &'n Node) -> Self {
        Self { document, uses: RefCell::default(), errors: RefCell::default(), warnings: RefCell::default() }
    }

    /// A cursor on the whole document.
    pub(crate) fn root(&self) -> Cursor<'_> {
        Cursor { node: self.document, report: self }
    }

    /// The names used so far.
    pub(crate) fn used(&self) -> BTreeSet<(Named, String)> {
        self.uses.borrow().iter().map(|(named, name, _)| (*named, name.clone())).collect()
    }

    /// The collected errors and warnings, in the order of the document.
    pub(crate) fn into_parts(self) -> (Vec<Error>, Vec<Error>) {
        let mut errors = in_order(self.document, self.errors.into_inner());
        // A map may be read more than once; what is wrong with it is told once.
        errors.dedup();
        (errors, in_order(self.document, self.warnings.into_inner()))
    }

    /// Takes over what the reading of another document found.
    pub(crate) fn take_over(&self, other: Report<'_>) {
        let Report { document, uses, errors, warnings } = other;
        let (mut uses, mut errors, mut warnings) =
            (uses.into_inner(), errors.into_inner(), warnings.into_inner());
        let used = uses.iter_mut().map(|(_, _, found)| found);
        name_paths(document, used.chain(&mut errors).chain(&mut warnings).collect());
        self.uses.borrow_mut().append(&mut uses);
        self.errors.borrow_mut().append(&mut errors);
        self.warnings.borrow_mut().append(&mut warnings);
    }

    /// Reports every used name that `known` does not hold; the error was prepared where the name stands.
    pub(crate) fn resolve(&self, judge: impl Fn(Named, &str) -> Option<(Code, String, Option<String>)>) {
        for (named, name, Found { node, mut error }) in self.uses.take() {
            if let Some((code, message, hint)) = judge(named, &name) {
                (error.code, error.message, error.hint) = (code, message, hint);
                let list = if code.is_warning() { &self.warnings } else { &self.errors };
                list.borrow_mut().push(Found { node, error });
            }
        }
    }

    /// The first error, for inputs that report one.
    pub(crate) fn into_first<T>(self, value: Option<T>) -> Result<T, Error> {
        let mut errors = self.errors.into_inner();
        errors.truncate(1);
        name_paths(self.document, errors.iter_mut().collect());
        match (errors.pop(), value) {
            (None, Some(value)) => Ok(value),
            (Some(found), _) => Err(found.error),
            (None, None) => Err(Error::new(Code::SyntaxInvalid, "", "nothing could be read")),
        }
    }
}

fn in_order(document: &Node, mut found: Vec<Found>) -> Vec<Error> {
    name_paths(document, found.iter_mut().collect());
    let mut errors: Vec<Error> = found.into_iter().map(|found| found.error).collect();
    errors.sort_by_key(|error| (error.line, error.column));
    errors
}

/// Names the path of everything found in a document, as an author reads it: `rules[2].do[0]`.
fn name_paths(document: &Node, mut found: Vec<&mut Found>) {
    if !found.is_empty() {
        found.sort_by_key(|found| found.node);
        name_below(document, &mut String::new(), &mut found);
    }
}

/// `found` stands in the order of the nodes' addresses.
fn name_below(node: &Node, path: &mut String, found: &mut [&mut Found]) {
    let here: *const Node = node;
    let first = found.partition_point(|found| found.node < here);
    for found in found.iter_mut().skip(first).take_while(|found| found.node == here) {
        found.error.path.clone_from(path);
    }
    let end = path.len();
    match &node.value {
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                path.push_str(&format!("[{index}]"));
                name_below(item, path, found);
                path.truncate(end);
            }
        }
        Value::Map(entries) => {
            for entry in entries {
                if end > 0 {
                    path.push('.');
                }
                path.push_str(&entry.key);
                name_below(&entry.node, path, found);
                path.truncate(end);
            }
        }
        _ => {}
    }
}

/// A node of a document that is read; every reading method reports what is wrong and answers `None`.
#[derive(Clone, Copy)]
pub(crate) struct Cursor<'a> {
    pub(crate) node: &'a Node,
    report: &'a Report<'a>,
}

impl<'a> Cursor<'a> {
    /// Reports an error here.
    pub(crate) fn error(&self, code: Code, message: impl Into<String>) {
        self.push(code, message.into(), None, self.node.at);
    }

    /// Reports an error here with a suggestion.
    pub(crate) fn error_hint(&self, code: Code, message: impl Into<String>, hint: Option<String>) {
        self.push(code, message.into(), hint, self.node.at);
    }

    /// Reports a warning here.
    pub(crate) fn warn(&self, code: Code, message: impl Into<String>) {
        let found = self.found(code, message.into(), None, self.node.at);
        self.report.warnings.borrow_mut().push(found);
    }

    /// Reports a warning at a place of another document: `faq.csv:12`.
    pub(crate) fn warn_elsewhere(&self, place: &str, code: Code, message: impl Into<String>) {
        let found = Found { node: std::ptr::null(), error: Error::new(code, place, message) };
        self.report.warnings.borrow_mut().push(found);
    }

    fn push(&self, code: Code, message: String, hint: Option<String>, at: Position) {
        let found = self.found(code, message, hint, at);
        self.report.errors.borrow_mut().push(found);
    }

    fn found(&self, code: Code, message: String, hint: Option<String>, at: Position) -> Found {
        let known = |n: u32| (n > 0).then_some(n);
        let (line, column) = (known(at.line), known(at.column));
        Found { node: self.node, error: Error { code, path: String::new(), message, line, column, hint } }
    }

    pub(super) fn wanted(&self, what: &str) {
        let code =
            if matches!(self.node.value, Value::Refused(_)) { Code::NumberRefused } else { Code::WrongType };
        let found = match &self.node.value {
            Value::Text(text) => format!("`{text}`"),
            Value::Int(number) => format!("`{number}`"),
            Value::Bool(yes) => format!("`{yes}`"),
            Value::Refused(text) => format!("`{text}`"),
            _ => self.node.kind().to_string(),
        };
        self.error(code, format!("{found} found, {what} expected"));
    }

    /// Whether the node is a list.
    pub(crate) fn is_list(&self) -> bool {
        matches!(self.node.value, Value::List(_))
    }

    /// Whether the node is a map.
    pub(crate) fn is_map(&self) -> bool {
        matches!(self.node.value, Value::Map(_))
    }

    /// A text; an unquoted YAML scalar as it was written.
    pub(crate) fn text(&self) -> Option<String> {
        match (&self.node.value, &self.node.written) {
            (Value::Text(text), _) => Some(text.clone()),
            (Value::Null | Value::List(_) | Value::Map(_), _) | (_, None) => {
                self.wanted("a text");
                None
            }
            (_, Some(written)) => Some(written.clone()),
        }
    }

    /// A text that says something.
    pub(crate) fn filled_text(&self) -> Option<String> {
        let text = self.text()?;
        if text.trim().is_empty() {
            self.error(Code::Empty, "an empty text");
            return None;
        }
        Some(text)
    }

    /// A text of at most so many bytes.
    pub(crate) fn bounded_text(&self, most: usize) -> Option<String> {
        let text = self.text()?;
        if text.len() > most {
            self.error(Code::Limit, format!("{} bytes; at most {most} are read", text.len()));
            return None;
        }
        Some(text)
    }

    /// An instant as RFC 3339 writes it.
    pub(crate) fn instant(&self) -> Option<Timestamp> {
        let text = self.text()?;
        let instant = Timestamp::parse(&text);
        if instant.is_none() {
            self.error(Code::TimeInvalid, format!("`{text}` is no RFC 3339 time"));
        }
        instant
    }

    /// A scalar as a text, whatever its type: a value to compare with.
    pub(crate) fn literal(&self) -> Option<String> {
        match (&self.node.value, &self.node.written) {
            (Value::Null | Value::List(_) | Value::Map(_) | Value::Refused(_), None) => {
                self.wanted("a value");
                None
            }
            (_, Some(written)) => Some(written.clone()),
            (Value::Bool(yes), None) => Some(yes.to_string()),
            (Value::Int(number), None) => Some(number.to_string()),
            (_, None) => self.text(),
        }
    }

    /// A list of filled texts, or one text for a list of one.
    pub(crate) fn texts(&self) -> Vec<String> {
        self.one_or_list().iter().filter_map(Cursor::filled_text).collect()
    }

    /// Notes that a name is used here, to be resolved when the whole document is read.
    pub(crate) fn uses(&self, named: Named, name: &str) {
        let found = self.found(Code::UnknownValue, String::new(), None, self.node.at);
        self.report.uses.borrow_mut().push((named, name.to_string(), found));
    }

    /// The name of something defined elsewhere in the document.
    pub(crate) fn name_of(&self, named: Named) -> Option<String> {
        let name = self.filled_text()?;
        self.uses(named, &name);
        Some(name)
    }

    /// Several such names.
    pub(crate) fn names_of(&self, named: Named) -> Vec<String> {
        self.one_or_list().iter().filter_map(|c| c.name_of(named)).collect()
    }

    /// The report that collects what is found here.
    pub(crate) fn report(&self) -> &'a Report<'a> {
        self.report
    }

    /// A yes or no.
    pub(crate) fn bool(&self) -> Option<bool> {
        if let Value::Bool(yes) = self.node.value {
            return Some(yes);
        }
        self.wanted("true or false");
        None
    }

    /// A whole number within ±(2^53 − 1).
    pub(crate) fn int(&self) -> Option<i64> {
        if let Value::Int(number) = self.node.value {
            return Some(number);
        }
        self.wanted("a whole number");
        None
    }

    /// The items of a list.
    pub(crate) fn list(&self) -> Vec<Cursor<'a>> {
        let Value::List(items) = &self.node.value else {
            self.wanted("a list");
            return Vec::new();
        };
        self.items(items)
    }

    /// The items of a list, or the one value that stands for a list of one.
    pub(crate) fn one_or_list(&self) -> Vec<Cursor<'a>> {
        match &self.node.value {
            Value::List(items) => self.items(items),
            _ => vec![*self],
        }
    }

    fn items(&self, items: &'a [Node]) -> Vec<Cursor<'a>> {
        items.iter().map(|node| self.at(node)).collect()
    }

    /// The same reading at another node.
    pub(super) fn at(&self, node: &'a Node) -> Cursor<'a> {
        Cursor { node, report: self.report }
    }

    /// The value under a key; none where the place is no map or has no such key.
    pub(crate) fn find(&self, key: &str) -> Option<Cursor<'a>> {
        let Value::Map(entries) = &self.node.value else { return None };
        let entry = entries.iter().find(|e| e.key == key)?;
        Some(self.at(&entry.node))
    }

    /// The value under a key; this place where the key does not stand.
    pub(crate) fn down(&self, key: &str) -> Cursor<'a> {
        self.find(key).unwrap_or(*self)
    }

    /// An item of a list; this place where it is the one value that stands for a list of one.
    pub(crate) fn nth(&self, index: usize) -> Cursor<'a> {
        let Value::List(items) = &self.node.value else { return *self };
        items.get(index).map_or(*self, |node| self.at(node))
    }

    /// One of the words listed; the nearest is suggested otherwise.
    pub(crate) fn one_of<T: Clone>(&self, words: &[(&str, T)]) -> Option<T> {
        let text = self.text()?;
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == text) {
            return Some(value.clone());
        }
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let hint = nearest(&text, known.iter().copied());
        self.error_hint(
            Code::UnknownValue,
            format!("`{text}` is none of {}", known.join(", ")),
            hint.map(|near| format!("did you mean `{near}`?")),
        );
        None
    }

    /// The keys of a map. Duplicates are reported at once, keys never asked for by [`Keys::end`].
    pub(crate) fn keys(&self) -> Option<Keys<'a>> {
        let keys = self.keys_or_none();
        self.is_map().then_some(keys)
    }

    /// The keys of a map, none where it is no map.
    pub(crate) fn keys_or_none(&self) -> Keys<'a> {
        let entries: &[Entry] = match &self.node.value {
            Value::Map(entries) => entries,
            _ => {
                self.wanted("a map");
                &[]
            }
        };
        let mut seen = BTreeSet::new();
        for entry in entries {
            if !seen.insert(&entry.key) {
                self.at(&entry.node).push(
                    Code::DuplicateKey,
                    format!("the key `{}` stands twice", entry.key),
                    None,
                    entry.at,
                );
            }
        }
        Keys { map: *self, entries, asked: RefCell::new(Vec::new()) }
    }

    /// Every entry of a map whose keys are names of the author's.
    pub(crate) fn named(&self) -> Vec<(String, Cursor<'a>)> {
        let Some(keys) = self.keys() else { return Vec::new() };
        let entry = |e: &'a Entry| (e.key.clone(), keys.at(e));
        keys.entries.iter().map(entry).collect()
    }

    /// Free data of the host, checked for duplicate keys and refused numbers.
    pub(crate) fn data(&self) -> serde_json::Value {
        self.check_data();
        self.node.to_json()
    }

    fn check_data(&self) {
        match &self.node.value {
            Value::Refused(_) => self.wanted("a whole number within ±(2^53 − 1)"),
            Value::List(_) => self.list().iter().for_each(Cursor::check_data),
            Value::Map(_) => self.named().iter().for_each(|(_, value)| value.check_data()),
            _ => {}
        }
    }
}

/// The keys of one map.
pub(crate) struct Keys<'a> {
    map: Cursor<'a>,
    entries: &'a [Entry],
    asked: RefCell<Vec<&'static str>>,
}

impl<'a> Keys<'a> {
    /// The cursor of the map itself.
    pub(crate) fn map(&self) -> &Cursor<'a> {
        &self.map
    }

    /// The value under a key that may be absent.
    pub(crate) fn get(&self, key: &'static str) -> Option<Cursor<'a>> {
        self.asked.borrow_mut().push(key);
        self.entries.iter().find(|e| e.key == key).map(|e| self.at(e))
    }

    /// The value under a key that must stand.
    pub(crate) fn need(&self, key: &'static str) -> Option<Cursor<'a>> {
        let found = self.get(key);
        if found.is_none() {
            self.map.error(Code::MissingKey, format!("the key `{key}` is missing"));
        }
        found
    }

    /// Which of the keys stand, in the order given.
    pub(crate) fn present(&self, keys: &[&'static str]) -> Vec<&'static str> {
        keys.iter().copied().filter(|key| self.entries.iter().any(|e| e.key == *key)).collect()
    }

    /// Reports every key that nobody asked for.
    pub(crate) fn end(self) {
        let asked = self.asked.borrow();
        for entry in self.entries.iter().filter(|e| !asked.iter().any(|key| *key == e.key)) {
            let hint = nearest(&entry.key, asked.iter().copied());
            self.at(entry).push(
                Code::UnknownKey,
                format!("the key `{}` is not known here", entry.key),
                hint.map(|near| format!("did you mean `{near}`?")),
                entry.at,
            );
        }
    }

    fn at(&self, entry: &'a Entry) -> Cursor<'a> {
        self.map.at(&entry.node)
    }
}

/// The known word nearest to a misspelt one, within a third of its letters.
pub(crate) fn nearest<'w>(word: &str, known: impl Iterator<Item = &'w str>) -> Option<String> {
    let letters = word.chars().count();
    let near = known.map(|k| (distance(word, k), k)).min_by_key(|&(d, k)| (d, k))?;
    (near.0 <= (letters / 3).max(1)).then(|| near.1.to_string())
}

/// Edit distance with swaps of neighbours counted as one (optimal string alignment).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let mut previous = None;
    for (row, x) in a.chars().enumerate() {
        let mut next = vec![row + 1];
        for (column, &y) in b.iter().enumerate() {
            let cell = |line: &[usize], at: usize| line.get(at).copied().unwrap_or(usize::MAX - 1);
            let mut best = (cell(&last, column) + usize::from(x != y))
                .min(cell(&last, column + 1) + 1)
                .min(cell(&next, column) + 1);
            if let Some(left) = column.checked_sub(1)
                && previous == Some(y)
                && b.get(left) == Some(&x)
            {
                best = best.min(cell(&before, left) + 1);
            }
            next.push(best);
        }
        before = std::mem::replace(&mut last, next);
        previous = Some(x);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_the_nearest_word() {
        let known = ["finish", "status", "handoff"];
        assert_eq!(nearest("finsih", known.into_iter()), Some("finish".into()));
        assert_eq!(nearest("stauts", known.into_iter()), Some("status".into()));
        assert_eq!(nearest("reply", known.into_iter()), None);
    }

    #[test]
    fn reports_everything_at_once_with_paths() {
        let node = Node::from_json(r#"{"a": 1.5, "b": {"c": "x", "c": "y", "d": 1}}"#).unwrap();
        let report = Report::of(&node);
        let keys = report.root().keys().unwrap();
        assert_eq!(keys.get("a").unwrap().int(), None);
        let inner = keys.get("b").unwrap().keys().unwrap();
        inner.get("c");
        inner.end();
        keys.end();
        let (errors, _) = report.into_parts();
        let found: Vec<_> = errors.iter().map(|e| (e.code, e.path.as_str())).collect();
        assert_eq!(
            found,
            [(Code::NumberRefused, "a"), (Code::DuplicateKey, "b.c"), (Code::UnknownKey, "b.d")]
        );
    }
}
