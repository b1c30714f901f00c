//! Halves of characters in JSON.
//!
//! A program that counts in UTF-16 and cuts a text may cut an emoji in half, and writes that half as an escape:
//! `"Вітаю \ud83d"`. It stands for no character, but the message of the client must not be lost for it.

use std::borrow::Cow;

/// JSON in which every half of a character is U+FFFD, what JavaScript makes of it where it writes UTF-8. The escapes are
/// of one length, so that everything keeps its place.
pub(crate) fn whole(json: &str) -> Cow<'_, str> {
    if !json.contains("\\u") {
        return Cow::Borrowed(json);
    }
    let (mut out, mut written) = (String::new(), 0);
    for half in halves(json) {
        out.push_str(json.get(written..half).unwrap_or_default());
        out.push_str("\\ufffd");
        written = half + ESCAPE;
    }
    if written == 0 {
        return Cow::Borrowed(json);
    }
    out.push_str(json.get(written..).unwrap_or_default());
    Cow::Owned(out)
}

/// Bytes of `\ud83d`.
const ESCAPE: usize = 6;

/// Where the escapes of halves stand that have no other half beside them.
fn halves(json: &str) -> Vec<usize> {
    let mut alone = Vec::new();
    let mut first = None;
    let mut at = 0;
    while let Some(plain) = json.get(at..).and_then(|rest| rest.find('\\')) {
        if plain > 0 {
            alone.extend(first.take());
        }
        at += plain;
        match json.get(at..at + ESCAPE).and_then(unit) {
            Some(0xD800..0xDC00) => alone.extend(first.replace(at)),
            Some(0xDC00..0xE000) if first.take().is_none() => alone.push(at),
            Some(0xDC00..0xE000) => {}
            _ => {
                alone.extend(first.take());
                at += 2;
                continue;
            }
        }
        at += ESCAPE;
    }
    alone.extend(first);
    alone
}

/// The UTF-16 unit of an escape.
fn unit(escape: &str) -> Option<u16> {
    let digits = escape.strip_prefix("\\u").filter(|digits| !digits.starts_with('+'))?;
    u16::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_half_alone_becomes_the_mark_of_what_is_lost() {
        for (json, expected) in [
            (r#""a\ud83d""#, r#""a\ufffd""#),
            (r#""\uDE00b\n""#, r#""\ufffdb\n""#),
            (r#""\ud83d\ud83d\ude00\ude00""#, r#""\ufffd\ud83d\ude00\ufffd""#),
            (r#""\ud83d \ude00""#, r#""\ufffd \ufffd""#),
            (r#""\ud83d\n\ude00""#, r#""\ufffd\n\ufffd""#),
            (r#""\u0434\ud83d\ude00 \\ud83d""#, r#""\u0434\ud83d\ude00 \\ud83d""#),
            (r#""\\\ud83d""#, r#""\\\ufffd""#),
            ("\"\\я\\ud83\"", "\"\\я\\ud83\""),
        ] {
            assert_eq!(whole(json), expected, "{json}");
        }
    }

    proptest! {
        #[test]
        fn reads_as_utf16_does(units in proptest::collection::vec(
            prop_oneof![Just(0xD83D_u16), Just(0xDE00), Just(0x5C), Just(0x75), Just(0x62), Just(0x434)], 0..12,
        )) {
            let escaped: String = units.iter().map(|unit| format!("\\u{unit:04x}")).collect();
            let read: String = serde_json::from_str(&whole(&format!("\"{escaped}\""))).unwrap();
            prop_assert_eq!(read, String::from_utf16_lossy(&units));
        }
    }
}
