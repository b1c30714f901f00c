//! A chart as Mermaid, for documents and wikis that draw it themselves.

use super::chart::{Chart, Kind};
use super::paths::Paths;

/// Letters of a box: what is longer makes it unreadable.
const LETTERS: usize = 60;

/// The chart as Mermaid text; with counts, every arrow says how many dialogs took it.
///
/// ```
/// use frontdesk::audit::diagram::{charts, mermaid};
/// use frontdesk::{Bot, Files};
///
/// let bot = Bot::from_yaml("bot: 1\ngreeting: { do: [ { say: Hello! } ] }", &Files::new()).unwrap().bot;
/// assert!(mermaid(&charts(&bot, "en")[0], None).starts_with("flowchart LR\n"));
/// ```
pub fn mermaid(chart: &Chart, counts: Option<&Paths>) -> String {
    let direction = if chart.flow.is_some() { "TD" } else { "LR" };
    let mut out = format!("flowchart {direction}\n");
    for (at, node) in chart.nodes.iter().enumerate() {
        let text = if node.text.is_empty() { String::new() } else { format!("<br/>{}", quoted(&node.text)) };
        let label = format!("{}{text}", quoted(&node.title));
        let (open, close) = match node.kind {
            Kind::Start | Kind::Goal | Kind::End => ("([", "])"),
            Kind::Question => ("[/", "/]"),
            Kind::Human => ("{{", "}}"),
            Kind::Step | Kind::Rule | Kind::Answers => ("[", "]"),
        };
        out.push_str(&format!("  n{at}{open}\"{label}\"{close}\n"));
    }
    for arrow in &chart.arrows {
        let line = if arrow.aside { "-.->" } else { "-->" };
        let count = counts.map(|paths| format!("|{}|", paths.of(&arrow.mark))).unwrap_or_default();
        out.push_str(&format!("  n{} {line}{count} n{}\n", arrow.from, arrow.to));
    }
    out
}

/// Text inside of quotes: Mermaid reads entities there, and nothing else.
fn quoted(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().take(LETTERS) {
        match c {
            '"' => out.push_str("#quot;"),
            '#' => out.push_str("#35;"),
            '<' => out.push_str("#lt;"),
            '>' => out.push_str("#gt;"),
            '&' => out.push_str("#amp;"),
            '\n' => out.push(' '),
            c => out.push(c),
        }
    }
    if text.chars().nth(LETTERS).is_some() {
        out.push('…');
    }
    out
}
