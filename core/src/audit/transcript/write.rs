//! Transcripts as text, Markdown, HTML and JSON lines.

use super::{Line, Style, Who};
use crate::audit::words::words;
use crate::time::Timestamp;
use serde::Deserialize;

/// How a transcript is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// A line each.
    #[default]
    Text,
    /// For cards of CRMs and for mail.
    Markdown,
    /// One page that needs nothing else.
    Html,
    /// One JSON object for each line.
    Jsonl,
}

pub(super) fn all(lines: &[Line], style: &Style) -> String {
    match style.format {
        Format::Text => sections(lines, style, |title| format!("{title}\n"), |line| format!("{line}\n")),
        Format::Markdown => sections(
            lines,
            style,
            |title| format!("## {}\n\n", markdown(&title)),
            |line| format!("- {line}\n"),
        ),
        Format::Html => html(lines, style),
        Format::Jsonl => {
            lines.iter().map(|line| serde_json::to_string(line).unwrap_or_default() + "\n").collect()
        }
    }
}

/// Dialog by dialog, a title over each.
fn sections(
    lines: &[Line],
    style: &Style,
    title: impl Fn(String) -> String,
    row: impl Fn(String) -> String,
) -> String {
    let mut out = String::new();
    for dialog in dialogs(lines) {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(
            &dialog.first().map(|line| title(title_of(line, style).replace('\n', " "))).unwrap_or_default(),
        );
        for line in dialog {
            let (when, who, text) = (clock(line.at, style), who(line, style), said(line, style));
            let written = match style.format {
                Format::Markdown => format!("{when} **{}:** {}", markdown(&who), markdown(&text)),
                _ => format!("{when} {who}: {text}"),
            };
            out.push_str(&row(written.replace('\n', "\n  ")));
        }
    }
    out
}

fn dialogs(lines: &[Line]) -> impl Iterator<Item = &[Line]> {
    lines.chunk_by(|a, b| a.session == b.session && a.dialog == b.dialog)
}

fn title_of(line: &Line, style: &Style) -> String {
    let key = &line.session;
    let date = line.at.in_zone(&style.zone).date();
    let word = words(&style.language).dialog;
    let [channel, account, user] = [&key.channel, &key.account, &key.user].map(|part| harmless(part));
    format!("{channel} · {account} · {user} · {word} {} · {date}", line.dialog)
}

fn clock(at: Timestamp, style: &Style) -> String {
    let wall = at.in_zone(&style.zone);
    format!("{} {:02}:{:02}:{:02}", wall.date(), wall.hour(), wall.minute(), wall.second())
}

fn who(line: &Line, style: &Style) -> String {
    let words = words(&style.language);
    let role = match line.who {
        Who::Client => words.client,
        Who::Bot => words.bot,
        Who::Operator => words.human,
        Who::System => words.system,
    };
    match &line.name {
        Some(name) => format!("{role} {}", harmless(name)),
        None => role.to_string(),
    }
}

/// The text, what is no talk after its kind, and why where that is wanted.
fn said(line: &Line, style: &Style) -> String {
    let words = words(&style.language);
    let text = match (line.kind.as_str(), line.text.as_str()) {
        ("operator", did) => words.of_human(did).to_string(),
        ("message" | "reply", text) => text.to_string(),
        (kind, text) => format!("{}: {text}", words.of_kind(kind)),
    };
    match line.why.as_ref().filter(|_| style.why) {
        Some(why) => harmless(&format!("{text} ({why})")),
        None => harmless(&text),
    }
}

/// A text without what moves a cursor, colours a terminal or turns the direction of what follows; every line break is
/// one.
fn harmless(text: &str) -> String {
    let is_break =
        |c: char| matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    // Embeddings, overrides and isolates of UAX #9.
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let shown = text.replace("\r\n", "\n");
    let shown = shown.chars().map(|c| if is_break(c) { '\n' } else { c });
    shown.filter(|c| matches!(c, '\n' | '\t') || !(c.is_control() || turns(*c))).collect()
}

/// A text in which nothing is markup (CommonMark): not inside of a line, nor what a line begins with.
fn markdown(text: &str) -> String {
    let mut lines = text.split('\n');
    let first = lines.next().map(inline).unwrap_or_default();
    lines.fold(first, |mut out, line| {
        let line = line.trim_start();
        let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, rest) = line.split_at_checked(digits).unwrap_or_default();
        let begins = rest.starts_with(['-', '+', '=']) && digits == 0;
        let numbers = rest.starts_with(['.', ')']) && digits > 0;
        let escape = if begins || numbers { "\\" } else { "" };
        out.push_str(&format!("\n{number}{escape}{}", inline(rest)));
        out
    })
}

fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let entity =
            c == '&' && chars.peek().is_some_and(|next| *next == '#' || next.is_ascii_alphanumeric());
        if entity || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

pub(in crate::audit) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

const STYLE: &str = "body{font:16px/1.45 system-ui,sans-serif;margin:1rem auto;max-width:44rem;padding:0 1rem}\
h2{font-size:1rem;margin:1.5rem 0 .5rem}p{margin:.3rem 0;white-space:pre-wrap}time{color:#777;font-size:.8em}\
.client b{color:#06c}.bot b{color:#2a7a2a}.operator b{color:#a50}.system{color:#777;font-size:.9em}\
@media(prefers-color-scheme:dark){body{background:#161616;color:#ddd}.client b{color:#6bf}.bot b{color:#7c7}\
.operator b{color:#fb6}}";

fn html(lines: &[Line], style: &Style) -> String {
    let mut out = format!(
        "<!doctype html><html lang=\"{}\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{}</title><style>{STYLE}</style>\n",
        escaped(&style.language),
        lines.first().map(|line| escaped(&title_of(line, style))).unwrap_or_default(),
    );
    for dialog in dialogs(lines) {
        let title = dialog.first().map(|line| title_of(line, style)).unwrap_or_default();
        out.push_str(&format!("<section><h2>{}</h2>\n", escaped(&title)));
        for line in dialog {
            let class = match line.who {
                Who::Client => "client",
                Who::Bot => "bot",
                Who::Operator => "operator",
                Who::System => "system",
            };
            out.push_str(&format!(
                "<p class=\"{class}\"><time datetime=\"{}\">{}</time> <b>{}:</b> {}</p>\n",
                line.at,
                escaped(&clock(line.at, style)),
                escaped(&who(line, style)),
                escaped(&said(line, style)),
            ));
        }
        out.push_str("</section>\n");
    }
    out.push_str("</html>\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r157_what_a_client_wrote_is_no_markup_and_no_command() {
        for (text, written) in [
            ("цена\n1. да\n2) нет", "цена\n1\\. да\n2\\) нет"),
            ("тема\n===\n  - раз\n+ два", "тема\n\\===\n\\- раз\n\\+ два"),
            ("# так\n    код", "\\# так\nкод"),
            ("&lt;b&gt; 3-4 + 5 = 9. Да", "\\&lt;b\\&gt; 3-4 + 5 = 9. Да"),
            ("2026", "2026"),
        ] {
            assert_eq!(markdown(text), written, "{text}");
        }
        assert_eq!(harmless("\u{1b}[31mкрасный\u{1b}[0m"), "[31mкрасный[0m");
        assert_eq!(harmless("\u{202e}тевирп\u{202c} a\r\nb\rc\u{2028}d\te\u{0}"), "тевирп a\nb\nc\nd\te");
    }
}
