//! A chart as SVG. Boxes stand in the columns and rows of the chart; colours are classes, so that a page or a viewer
//! in the dark gives them others.

use super::chart::{Arrow, Chart, Kind, Node};
use super::paths::Paths;
use crate::audit::transcript::escaped;

const WIDTH: usize = 232;
const HEIGHT: usize = 64;
const ACROSS: usize = 96;
/// Between rows: of a flow, whose arrows run there, and of the overview.
const DOWN: usize = 34;
const CLOSE: usize = 14;
const MARGIN: usize = 12;
/// Letters of a line and of a title, in the widest common font, and lines of a text.
const LETTERS: usize = 29;
const TITLE: usize = 26;
const LINES: usize = 2;

/// The colours of a chart, in the light and in the dark.
pub const STYLE: &str = "\
.chart{--ink:#1c2330;--dim:#5b6474;--line:#9aa4b5;--box:#fff;--edge:#cfd6e0;--blue:#2f63c8;--green:#157a52;--amber:#9a5b00;--grey:#667085}\
@media(prefers-color-scheme:dark){.chart{--ink:#e8ebf1;--dim:#a4aebd;--line:#69748a;--box:#1b212c;--edge:#394355;--blue:#86acf5;--green:#5cc79a;--amber:#e5ab5a;--grey:#98a2b3}}\
.chart text{font:12px system-ui,sans-serif;fill:var(--dim)}\
.chart .title{font-weight:600;font-size:13px;fill:var(--ink)}\
.chart .count{font-weight:600;fill:var(--ink);font-size:12px;paint-order:stroke;stroke:var(--box);stroke-width:5px;stroke-linejoin:round}\
.chart .left{font-size:11.5px}\
.chart rect{fill:var(--box);stroke:var(--edge)}\
.chart path{fill:none;stroke:var(--line);stroke-linecap:round}\
.chart path.none{stroke-dasharray:3 5;opacity:.55}\
.chart .head{fill:var(--line);stroke:none}\
.chart .bar{stroke:none;fill:var(--grey)}\
.chart .question .bar,.chart .start .bar{fill:var(--blue)}.chart .goal .bar{fill:var(--green)}\
.chart .human .bar{fill:var(--amber)}";

/// The chart as SVG; with counts, every arrow says how many dialogs took it. A `whole` one is a file of its own and
/// brings its style; one inside of a page takes [`STYLE`] from there.
pub fn svg(chart: &Chart, counts: Option<&Paths>, whole: bool) -> String {
    let columns = chart.nodes.iter().map(|n| n.column + 1).max().unwrap_or(1);
    let apart = HEIGHT + if chart.flow.is_some() { DOWN } else { CLOSE };
    let y = |node: &Node| MARGIN + node.row * apart / 10;
    let bottom = chart.nodes.iter().map(|n| y(n) + HEIGHT).max().unwrap_or(0);
    let (width, height) = (columns * (WIDTH + ACROSS) - ACROSS + 2 * MARGIN, bottom + MARGIN);
    let style =
        if whole { format!("<style>{STYLE}.chart{{background:var(--box)}}</style>") } else { String::new() };
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" role=\"img\"><title>{}</title>{style}",
        escaped(&chart.title)
    );
    let most = counts.map_or(0, |paths| {
        let beside = chart.arrows.iter().filter(|arrow| !arrow.aside);
        beside.map(|arrow| paths.of(&arrow.mark)).max().unwrap_or(0)
    });
    let drawn = |arrow: &Arrow| {
        let (from, to) = (chart.nodes.get(arrow.from)?, chart.nodes.get(arrow.to)?);
        let (port, start) = (port(chart, arrow), from.kind == Kind::Start);
        let ends = Ends { from: (x(from), y(from)), to: (x(to), y(to)), port, start };
        Some(line(arrow, ends, counts.map(|paths| (paths.of(&arrow.mark), most))))
    };
    let (lines, labels): (Vec<String>, Vec<String>) = chart.arrows.iter().filter_map(drawn).unzip();
    out.extend(lines);
    out.extend(chart.nodes.iter().map(|node| square(node, y(node), counts)));
    out.extend(labels);
    out.push_str("</svg>");
    out
}

fn x(node: &Node) -> usize {
    MARGIN + node.column * (WIDTH + ACROSS)
}

/// Where an arrow leaves the side of its box: those of one box apart, in the order of where they go.
fn port(chart: &Chart, arrow: &Arrow) -> usize {
    let row = |arrow: &Arrow| chart.nodes.get(arrow.to).map_or(0, |node| node.row);
    let beside: Vec<&Arrow> = chart.arrows.iter().filter(|one| one.from == arrow.from).collect();
    let before = beside.iter().filter(|one| row(one) < row(arrow)).count();
    HEIGHT * (2 * before + 1) / (2 * beside.len()).max(1)
}

/// The upper left corners of two boxes, where the arrow leaves the first one, and whether that is the start.
struct Ends {
    from: (usize, usize),
    to: (usize, usize),
    port: usize,
    start: bool,
}

fn square(node: &Node, y: usize, counts: Option<&Paths>) -> String {
    let x = x(node);
    let class = match node.kind {
        Kind::Start => "start",
        Kind::Question => "question",
        Kind::Step => "step",
        Kind::Rule => "rule",
        Kind::Answers => "answers",
        Kind::Goal => "goal",
        Kind::Human => "human",
        Kind::End => "end",
    };
    // The whole text for a pointer, where it is cut for the eye.
    let hint = escaped(&format!("{}\n{}", node.title, node.text));
    let count = node.mark.as_ref().and_then(|mark| Some(counts?.of(mark)));
    let room = TITLE - count.map_or(0, |n| n.to_string().len() + 3);
    let title = wrapped(&node.title, room, 1).join("");
    let lines = wrapped(&node.text, LETTERS, LINES);
    let top = match lines.len() {
        0 => y + 37,
        1 => y + 28,
        _ => y + 21,
    };
    let mut out = format!(
        "<g class=\"{class}\"><title>{hint}</title><rect x=\"{x}\" y=\"{y}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" rx=\"9\"/>\
         <rect class=\"bar\" x=\"{x}\" y=\"{}\" width=\"4\" height=\"{}\" rx=\"2\"/>\
         <text class=\"title\" x=\"{}\" y=\"{top}\">{}</text>",
        y + 10,
        HEIGHT - 20,
        x + 15,
        escaped(&title)
    );
    if let Some(count) = count {
        let right = x + WIDTH - 12;
        out.push_str(&format!(
            "<text class=\"title\" text-anchor=\"end\" x=\"{right}\" y=\"{top}\">{count}</text>"
        ));
    }
    for (n, line) in lines.iter().enumerate() {
        out.push_str(&format!("<text x=\"{}\" y=\"{}\">{}</text>", x + 15, top + 17 + n * 15, escaped(line)));
    }
    out + "</g>"
}

/// An arrow and its label: down inside of a column, a curve or a corner to the next. `count` is that of the arrow and
/// the greatest of the chart.
fn line(arrow: &Arrow, ends: Ends, count: Option<(u64, u64)>) -> (String, String) {
    let thick = count.map_or(15, |(n, most)| 12 + (n * 40).checked_div(most).unwrap_or(0));
    let class = if count.is_some_and(|(n, _)| n == 0) { " class=\"none\"" } else { "" };
    let stroke = format!("{class} stroke-width=\"{}.{}\"", thick / 10, thick % 10);
    let label = |x: usize, y: usize, anchor: &str| match count {
        Some((n, _)) if n > 0 => {
            format!("<text class=\"count\" text-anchor=\"{anchor}\" x=\"{x}\" y=\"{y}\">{n}</text>")
        }
        _ => String::new(),
    };
    let ((left, top), (right, end)) = (ends.from, ends.to);
    if left == right {
        let (middle, top) = (left + WIDTH / 2, top + HEIGHT);
        let head = format!("M{} {}l5 9l5 -9z", middle - 5, end - 9);
        let path =
            format!("<path d=\"M{middle} {top}V{}\"{stroke}/><path class=\"head\" d=\"{head}\"/>", end - 8);
        return (path, label(middle + 10, top + DOWN / 2 + 4, "start"));
    }
    let side = if arrow.aside { HEIGHT / 2 } else { ends.port };
    let (x1, y1, x2, y2) = (left + WIDTH, top + side, right, end + HEIGHT / 2);
    let head = format!("M{} {}l9 5l-9 5z", x2 - 9, y2 - 5);
    let path = if arrow.aside {
        format!("M{x1} {y1}H{}V{y2}H{}", x1 + ACROSS / 3, x2 - 8)
    } else {
        let bend = ACROSS * 6 / 10;
        format!("M{x1} {y1}C{} {y1} {} {y2} {} {y2}", x1 + bend, x2 - 8 - bend, x2 - 8)
    };
    let path = format!("<path d=\"{path}\"{stroke}/><path class=\"head\" d=\"{head}\"/>");
    // At the end of an arrow aside; else where it begins, for many end together. Boxes of their own say the first ones.
    let label = match (arrow.aside, ends.start) {
        (true, _) => label(x2 - 16, y2 - 6, "end"),
        (false, true) => String::new(),
        (false, false) => label(x1 + 6, y1 + 4, "start"),
    };
    (path, label)
}

/// Words in lines of so many letters; what does not fit ends in dots.
fn wrapped(text: &str, letters: usize, lines: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let room = out.last().is_some_and(|line| line.chars().count() + 1 + word.chars().count() <= letters);
        if !room && out.len() < lines {
            out.push(clipped(word, letters));
            continue;
        }
        let Some(line) = out.last_mut() else { break };
        line.push(' ');
        line.push_str(word);
        if !room {
            *line = clipped(&format!("{line}…"), letters);
            break;
        }
    }
    out
}

fn clipped(text: &str, letters: usize) -> String {
    if text.chars().nth(letters).is_none() {
        return text.to_string();
    }
    text.chars().take(letters.saturating_sub(1)).chain(['…']).collect()
}
