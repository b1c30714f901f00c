//! Plots of the page, as SVG that scales. Every bar and dot says its value to a pointer and to a screen reader.

use crate::audit::transcript::escaped;

const WIDTH: usize = 360;
const HEIGHT: usize = 176;
const TOP: usize = 18;
const BOTTOM: usize = 22;
const SIDE: usize = 8;

/// One row of values, as long as the labels.
pub(super) struct Series<'a> {
    /// The class that colours it, `a`, `b`, `c`.
    pub(super) class: &'a str,
    pub(super) name: &'a str,
    pub(super) values: Vec<Option<u64>>,
}

/// Stacked bars with their sums on top.
pub(super) fn bars(
    title: &str,
    labels: &[String],
    series: &[Series<'_>],
    shown: impl Fn(u64) -> String,
    total: impl Fn(usize) -> Option<String>,
) -> String {
    let sum = |at: usize| series.iter().filter_map(|s| s.values.get(at).copied().flatten()).sum::<u64>();
    let most = (0..labels.len()).map(sum).max().unwrap_or(0);
    let mut body = String::new();
    for (at, label) in labels.iter().enumerate() {
        let (centre, width) = place(at, labels.len());
        let left = centre.saturating_sub(width / 2);
        let mut below = 0;
        for one in series {
            let Some(value) = one.values.get(at).copied().flatten().filter(|v| *v > 0) else { continue };
            let (from, to) = (height(below, most), height(below + value, most));
            body.push_str(&format!(
                "<rect class=\"{}\" x=\"{left}\" y=\"{}\" width=\"{width}\" height=\"{}\" rx=\"2\"><title>{}</title></rect>",
                one.class,
                floor() - to,
                (to - from).saturating_sub(1).max(1),
                escaped(&format!("{label}: {} — {}", one.name, shown(value))),
            ));
            below += value;
        }
        if let Some(total) = total(at) {
            let y = floor() - height(below, most) - 5;
            body.push_str(&format!(
                "<text class=\"value\" x=\"{centre}\" y=\"{y}\">{}</text>",
                escaped(&total)
            ));
        }
    }
    framed(title, labels, body)
}

/// Lines with dots; a gap where there is no value.
pub(super) fn lines(
    title: &str,
    labels: &[String],
    series: &[Series<'_>],
    shown: impl Fn(u64) -> String,
) -> String {
    let most = series.iter().flat_map(|s| s.values.iter().flatten()).copied().max().unwrap_or(0);
    let mut body = String::new();
    for one in series {
        let points: Vec<(usize, usize, usize, u64)> = one
            .values
            .iter()
            .enumerate()
            .filter_map(|(at, value)| {
                let value = (*value)?;
                Some((at, place(at, labels.len()).0, floor() - height(value, most), value))
            })
            .collect();
        let path: Vec<String> = points.iter().map(|(_, x, y, _)| format!("{x},{y}")).collect();
        body.push_str(&format!("<polyline class=\"{}\" points=\"{}\"/>", one.class, path.join(" ")));
        for (at, x, y, value) in &points {
            let label = labels.get(*at).map(String::as_str).unwrap_or_default();
            let hint = escaped(&format!("{label}: {} — {}", one.name, shown(*value)));
            body.push_str(&format!(
                "<circle class=\"{}\" cx=\"{x}\" cy=\"{y}\" r=\"3.5\"><title>{hint}</title></circle>",
                one.class
            ));
        }
        let best = points.iter().max_by_key(|(at, _, _, value)| (*value, usize::MAX - at));
        if let Some((_, x, y, value)) = best {
            let x = (*x).clamp(SIDE + 16, WIDTH - SIDE - 16);
            let text = escaped(&shown(*value));
            body.push_str(&format!("<text class=\"value\" x=\"{x}\" y=\"{}\">{text}</text>", y - 8));
        }
    }
    framed(title, labels, body)
}

/// The line that the bars stand on.
fn floor() -> usize {
    HEIGHT - BOTTOM
}

fn height(value: u64, most: u64) -> usize {
    let room = (floor() - TOP) as u64;
    usize::try_from((value * room).checked_div(most).unwrap_or(0)).unwrap_or(0)
}

/// The centre of a bar and its width.
fn place(at: usize, count: usize) -> (usize, usize) {
    let step = (WIDTH - 2 * SIDE) / count.max(1);
    (SIDE + at * step + step / 2, (step * 6 / 10).clamp(2, 40))
}

fn framed(title: &str, labels: &[String], body: String) -> String {
    let mut out = format!(
        "<svg class=\"plot\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\"><title>{}</title>\
         <path class=\"floor\" d=\"M{SIDE} {}H{}\"/>",
        escaped(title),
        floor(),
        WIDTH - SIDE
    );
    out.push_str(&body);
    // Of many labels every second, third… one, so that they stay apart.
    let every = labels.len().div_ceil(11).max(1);
    for (at, label) in labels.iter().enumerate().filter(|(at, _)| at % every == 0) {
        let x = place(at, labels.len()).0;
        out.push_str(&format!("<text x=\"{x}\" y=\"{}\">{}</text>", HEIGHT - 6, escaped(label)));
    }
    out + "</svg>"
}
