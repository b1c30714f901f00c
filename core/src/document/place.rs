//! The path of a place in a JSON text, for errors of readers that know offsets only.

/// The path of what ends or breaks off at a line and a column (both from 1, a column in bytes): `flow.question.slots[2]`.
///
/// Works on any text, also one that is no JSON; then it names how far the text made sense.
pub(crate) fn path_at(text: &str, line: usize, column: usize) -> String {
    let lines = text.split_inclusive('\n').take(line.saturating_sub(1));
    let end = lines.map(str::len).sum::<usize>() + column;
    let mut levels: Vec<Level> = Vec::new();
    let mut quoted: Option<usize> = None;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().take(end) {
        if let Some(start) = quoted {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => {
                    quoted = None;
                    if let Some(Level::Map { key, in_key: true }) = levels.last_mut() {
                        *key = text.get(start..at).unwrap_or_default();
                    }
                }
                _ => {}
            }
            continue;
        }
        match (byte, levels.last_mut()) {
            (b'"', _) => quoted = Some(at + 1),
            (b'{', _) => levels.push(Level::Map { key: "", in_key: true }),
            (b'[', _) => levels.push(Level::List(0)),
            (b':', Some(Level::Map { in_key, .. })) => *in_key = false,
            (b',', Some(Level::Map { in_key, .. })) if at + 1 < end => *in_key = true,
            (b',', Some(Level::List(place))) if at + 1 < end => *place += 1,
            (b'}' | b']', _) => _ = levels.pop(),
            _ => {}
        }
    }
    levels.iter().fold(String::new(), |path, level| match level {
        Level::List(place) => format!("{path}[{place}]"),
        Level::Map { key, .. } if path.is_empty() || key.is_empty() => format!("{path}{key}"),
        Level::Map { key, .. } => format!("{path}.{key}"),
    })
}

/// A list or map that is open at a place.
enum Level<'t> {
    List(usize),
    Map {
        key: &'t str,
        /// A key comes next, not a value.
        in_key: bool,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "read, never looked at")]
    struct Inner {
        list: Vec<u8>,
        name: Option<String>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "read, never looked at")]
    struct Outer {
        inner: Inner,
        n: u8,
    }

    #[test]
    fn names_the_place_that_serde_stopped_at() {
        for (text, path) in [
            (r#"{"inner":{"list":[1,2,"x"]},"n":1}"#, "inner.list[2]"),
            (r#"{"inner":{"list":[1],"name":7},"n":1}"#, "inner.name"),
            (r#"{"inner":{"list":[],"name":"\"},\\"},"n":{}}"#, "n"),
            ("{\n \"inner\": {\n  \"list\": [1,\n  2, -3]}}", "inner.list[2]"),
            (r#"{"inner":{"name":"a"},"n":1}"#, "inner"),
            (r#"{"inner":{"list":[]}}"#, ""),
            (r#"{"inner":{"list":[],"other":1},"n":1}"#, "inner.other"),
            (r#"{"inner":{"list":[],"name":"а"#, "inner.name"),
            ("", ""),
            ("]}", ""),
        ] {
            let error = serde_json::from_str::<Outer>(text).unwrap_err();
            assert_eq!(path_at(text, error.line(), error.column()), path, "{text}: {error}");
        }
    }
}
