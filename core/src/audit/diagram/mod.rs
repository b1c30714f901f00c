//! The flows of a definition drawn, with the number of dialogs on every arrow.
//!
//! A [`Walker`] counts how far dialogs came, as [`Paths`] that add up; [`charts`] makes boxes and arrows of a bot, an
//! overview of everything and one chart for each flow; [`mermaid`] writes them for documents, [`svg`] draws them.

mod chart;
mod mermaid;
mod paths;
mod svg;

pub use chart::{Arrow, Chart, Kind, Node, charts};
pub use mermaid::mermaid;
pub use paths::{Paths, Walker};
pub use svg::{STYLE, svg};

use super::argument::{self, Records};
use super::verbs::{read, zone};
use crate::bot::Bot;
use crate::error::{Code, Error};
use serde::Deserialize;

/// How a diagram is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Format {
    #[default]
    Mermaid,
    Svg,
    /// The counts alone, to be added up.
    Counts,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Argument<'a> {
    #[serde(borrow, default)]
    records: Option<Records<'a>>,
    /// Counts of parts of a log.
    #[serde(default)]
    counts: Vec<Paths>,
    #[serde(default)]
    format: Format,
    /// The flow; the overview where absent.
    #[serde(default)]
    flow: Option<String>,
    #[serde(default)]
    language: Option<String>,
}

/// `diagram {records?, counts?, format?, flow?, language?}` of a bot: a text, or the counts.
pub(crate) fn verb(bot: &Bot, argument: &str) -> Result<String, Error> {
    let argument: Argument<'_> = argument::read(argument)?;
    argument::language(argument.language.as_deref())?;
    let mut paths = Paths::default();
    argument.counts.iter().for_each(|part| paths.merge(part));
    if let Some(records) = &argument.records {
        let mut walker = Walker::new(bot, zone(None, Some(bot))?, None);
        for (at, line) in records.lines() {
            walker.take(&read(at, line)?)?;
        }
        paths.merge(&walker.finish());
    }
    let counts = Some(&paths).filter(|_| argument.records.is_some() || !argument.counts.is_empty());
    let written = |text: &str| serde_json::to_string(text).unwrap_or_default();
    let chart = chart_of(bot, argument.flow.as_deref(), argument.language.as_deref())?;
    Ok(match argument.format {
        Format::Counts => serde_json::to_string(&paths).unwrap_or_default(),
        Format::Mermaid => written(&mermaid(&chart, counts)),
        Format::Svg => written(&svg(&chart, counts, true)),
    })
}

/// The chart of a flow, or the overview. Error: `unknown_name` at `flow`.
pub(super) fn chart_of(bot: &Bot, flow: Option<&str>, language: Option<&str>) -> Result<Chart, Error> {
    let charts = charts(bot, language.unwrap_or(&bot.definition().languages.main));
    let found = charts.into_iter().find(|chart| chart.flow.as_deref() == flow);
    let message = || format!("no flow is called `{}`", flow.unwrap_or_default());
    found.ok_or_else(|| Error::new(Code::UnknownName, "flow", message()))
}
