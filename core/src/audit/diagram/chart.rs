//! A definition as boxes and arrows, each at its place in a grid.

use super::paths::Sign;
use crate::audit::words::{Words, words};
use crate::bot::Bot;
use crate::definition::{Action, Button, Condition, Definition, Flow, Text, WordsRef};
use std::collections::BTreeMap;

/// Boxes and arrows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// The flow; none for the overview.
    pub flow: Option<String>,
    /// What stands over it.
    pub title: String,
    /// The boxes.
    pub nodes: Vec<Node>,
    /// The arrows, by the places of their boxes.
    pub arrows: Vec<Arrow>,
}

/// A box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// Its first line.
    pub title: String,
    /// What stands below, of any length.
    pub text: String,
    /// Its column, and its row in tenths.
    pub column: usize,
    /// See `column`.
    pub row: usize,
    /// Dialogs that came here, as a mark of [`super::Paths`]; none where arrows say it.
    pub mark: Option<String>,
}

/// What a box is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // the words say it
pub enum Kind {
    Start,
    Question,
    Step,
    Rule,
    Answers,
    Goal,
    Human,
    End,
}

/// An arrow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrow {
    /// Where from, a place among the boxes.
    pub from: usize,
    /// Where to.
    pub to: usize,
    /// Dialogs that took it, as a mark of [`super::Paths`].
    pub mark: String,
    /// It leads aside.
    pub aside: bool,
}

impl Chart {
    /// The overview without its first column, as narrow as a phone wants it: the numbers stand in the boxes all the same.
    pub(crate) fn narrow(&self) -> Chart {
        let kept = |at: usize| self.nodes.get(at).is_some_and(|node| node.column > 0);
        if self.flow.is_some() {
            return self.clone();
        }
        // The start is the last of the boxes: the places of the others stay.
        let nodes = self.nodes.iter().filter(|node| node.column > 0);
        let nodes = nodes.map(|node| Node { column: node.column - 1, ..node.clone() }).collect();
        let arrows = self.arrows.iter().filter(|arrow| kept(arrow.from)).cloned().collect();
        Chart { nodes, arrows, ..self.clone() }
    }
}

/// Rows of the grid are counted in tenths.
const ROW: usize = 10;

/// The overview of a bot, then its flows in the order of their names.
pub fn charts(bot: &Bot, language: &str) -> Vec<Chart> {
    let author = Author { definition: bot.definition(), words: words(language), language };
    let flows = author.definition.flows.iter().map(|flow| author.flow(flow));
    std::iter::once(author.overview()).chain(flows).collect()
}

/// Says in words what an author wrote.
struct Author<'b> {
    definition: &'b Definition,
    words: &'static Words,
    language: &'b str,
}

impl<'b> Author<'b> {
    fn text(&self, text: &'b Text) -> &'b str {
        text.pick(self.language, &self.definition.languages.main)
    }

    /// From the first message over rules, flows and the table to leads, humans and ends.
    fn overview(&self) -> Chart {
        let mut nodes = Vec::new();
        let mut leads: Vec<(usize, String)> = Vec::new();
        let source = |kind, title: &str, text: String, mark: String| Node {
            kind,
            title: title.to_string(),
            text,
            column: 1,
            row: 0,
            mark: Some(mark),
        };
        let outcomes = |lists: &[&[Action]]| -> Vec<String> {
            let signs = lists.iter().flat_map(|list| Sign::all(list));
            let mut outcomes: Vec<String> = signs.filter_map(|sign| sign.outcome()).collect();
            outcomes.sort();
            outcomes.dedup();
            outcomes.retain(|to| !to.starts_with("status."));
            outcomes
        };
        let d = self.definition;
        for rule in &d.rules {
            let node = source(
                Kind::Rule,
                &rule.name,
                self.condition(&rule.condition),
                format!("rule.{}", rule.name),
            );
            leads.extend(outcomes(&[&rule.actions]).into_iter().map(|to| (nodes.len(), to)));
            nodes.push(node);
        }
        for flow in &d.flows {
            let start = flow.start.as_ref().map(|start| self.condition(start)).unwrap_or_default();
            let reactions = flow.react.iter().map(|reaction| reaction.actions.as_slice());
            let lists: Vec<&[Action]> =
                [flow.then.as_slice(), &flow.unsure.actions].into_iter().chain(reactions).collect();
            leads.extend(outcomes(&lists).into_iter().map(|to| (nodes.len(), to)));
            nodes.push(source(Kind::Question, self.name_of(flow), start, format!("flow.{}", flow.name)));
        }
        let faq = d.faq.items.iter().map(|item| item.then.as_slice()).collect::<Vec<_>>();
        let rest = [
            (!d.greeting.is_empty(), self.words.greeting, "greeting", vec![d.greeting.as_slice()]),
            (true, self.words.faq, "faq", faq),
            (true, self.words.unknown, "unknown", vec![d.faq.unknown.as_slice()]),
            (!d.silence.is_empty(), self.words.silence, "silence", Vec::new()),
        ];
        for (_, title, mark, lists) in rest.into_iter().filter(|(there, ..)| *there) {
            leads.extend(outcomes(&lists).into_iter().map(|to| (nodes.len(), to)));
            let says = lists.iter().copied().map(|list| self.actions(list)).find(|text| !text.is_empty());
            nodes.push(source(Kind::Answers, title, says.unwrap_or_default(), mark.to_string()));
        }
        let sources = nodes.len();
        nodes.iter_mut().enumerate().for_each(|(at, node)| node.row = at * ROW);
        let mut ends: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        leads.iter().for_each(|(from, to)| ends.entry(to.clone()).or_default().push(*from));
        // Each beside the middle of those that lead to it.
        let mut ends: Vec<(usize, String)> = ends
            .into_iter()
            .map(|(to, from)| (from.iter().sum::<usize>() * ROW / from.len().max(1), to))
            .collect();
        ends.sort();
        let spread = sources.saturating_sub(1) * ROW;
        let places: BTreeMap<String, usize> =
            ends.iter().enumerate().map(|(at, (_, to))| (to.clone(), sources + at)).collect();
        let count = ends.len();
        for (at, (_, to)) in ends.iter().enumerate() {
            let node = self.outcome(to);
            nodes.push(Node { row: (2 * at + 1) * spread / (2 * count).max(1), ..node });
        }
        let entry = nodes.len();
        nodes.push(Node {
            kind: Kind::Start,
            title: self.words.messages.to_string(),
            text: self.definition.channels.join(", "),
            column: 0,
            row: spread / 2,
            mark: None,
        });
        let arrow = |from, to, mark| Arrow { from, to, mark, aside: false };
        let mark = |at: usize| nodes.get(at).and_then(|n| n.mark.clone()).unwrap_or_default();
        let mut arrows: Vec<Arrow> = (0..sources).map(|at| arrow(entry, at, mark(at))).collect();
        let led = leads
            .iter()
            .filter_map(|(from, to)| Some(arrow(*from, *places.get(to)?, format!("{}>{to}", mark(*from)))));
        arrows.extend(led);
        Chart { flow: None, title: self.words.overview.to_string(), nodes, arrows }
    }

    fn outcome(&self, outcome: &str) -> Node {
        let node = |kind, title: &str, text: String| Node {
            kind,
            title: title.to_string(),
            text,
            column: 2,
            row: 0,
            mark: Some(outcome.to_string()),
        };
        match outcome.split_once('.') {
            Some(("lead", name)) => {
                let lead = self.definition.leads.iter().find(|lead| lead.name == name);
                let to = lead.map(|lead| lead.to.join(", ")).unwrap_or_default();
                node(Kind::Goal, &format!("{}: {name}", self.words.lead_sent), to)
            }
            _ if outcome == "handoff" => node(Kind::Human, self.words.handed, String::new()),
            _ => node(Kind::End, self.words.finished, String::new()),
        }
    }

    fn name_of(&self, flow: &'b Flow) -> &'b str {
        flow.topic.as_ref().map_or(flow.name.as_str(), |topic| self.text(topic))
    }

    /// Down from the start over the questions to the goal; what else may happen beside them.
    fn flow(&self, flow: &Flow) -> Chart {
        let name = &flow.name;
        let mark = |what: String| format!("flow.{name}.{what}");
        let mut nodes: Vec<Node> = Vec::new();
        let mut arrows: Vec<Arrow> = Vec::new();
        let down = |nodes: &mut Vec<Node>, kind, title: String, text: String| {
            nodes.push(Node { kind, title, text, column: 0, row: nodes.len() * ROW, mark: None });
            nodes.len() - 1
        };
        let start = flow.start.as_ref().map(|start| self.condition(start)).unwrap_or_default();
        let mut last = down(&mut nodes, Kind::Start, self.words.start.to_string(), start);
        let mut passed = mark("start".to_string());
        let mut connect = |arrows: &mut Vec<Arrow>, to: usize, passed: &mut String, next: String| {
            arrows.push(Arrow { from: last, to, mark: std::mem::replace(passed, next), aside: false });
            last = to;
        };
        for field in &flow.collect {
            let asked = self.definition.fields.iter().find(|f| f.name == *field).and_then(|f| f.ask.first());
            let group =
                flow.together.iter().find(|group| group.fields.contains(field)).map(|group| &group.ask);
            let text = group.or(asked).map(|text| text.pick(self.language, &self.definition.languages.main));
            let at = down(&mut nodes, Kind::Question, field.clone(), text.unwrap_or_default().to_string());
            connect(&mut arrows, at, &mut passed, mark(format!("ask.{field}")));
        }
        let questions = nodes.len() - 1;
        for (n, sign) in Sign::all(&flow.then).iter().enumerate() {
            let (kind, title, text) = self.step(sign);
            let at = down(&mut nodes, kind, title, text);
            connect(&mut arrows, at, &mut passed, mark(format!("then.{n}")));
        }
        let done = down(&mut nodes, Kind::Goal, self.words.goal.to_string(), self.condition(&flow.done));
        connect(&mut arrows, done, &mut passed, String::new());
        let aside =
            |nodes: &mut Vec<Node>, arrows: &mut Vec<Arrow>, from, row, kind, (title, text), mark: String| {
                arrows.push(Arrow { from, to: nodes.len(), mark, aside: true });
                nodes.push(Node { kind, title, text, column: 1, row, mark: None });
            };
        let unsure = (self.words.unsure.to_string(), self.actions(&flow.unsure.actions));
        let middle = questions.div_ceil(2);
        // Who takes it has begun the flow, and come no one knows how far.
        aside(&mut nodes, &mut arrows, 0, middle * ROW, Kind::Human, unsure, mark("unsure".to_string()));
        // Reactions stand beside the end, below the way out. They may come in a later dialog, which has not been there.
        let first = (done + 1).saturating_sub(flow.react.len()).max(middle + 1);
        let react = nodes.len();
        if !flow.react.is_empty() {
            let (title, row) = (self.words.reactions.to_string(), (done + 1) * ROW);
            nodes.push(Node { kind: Kind::Start, title, text: String::new(), column: 0, row, mark: None });
        }
        for (n, reaction) in flow.react.iter().enumerate() {
            let told = (self.condition(&reaction.condition), self.actions(&reaction.actions));
            let row = (first + n) * ROW;
            aside(&mut nodes, &mut arrows, react, row, Kind::Rule, told, mark(format!("react.{n}")));
        }
        Chart { flow: Some(name.clone()), title: self.name_of(flow).to_string(), nodes, arrows }
    }

    fn step(&self, sign: &Sign) -> (Kind, String, String) {
        let w = self.words;
        match sign {
            Sign::Lead(name) => {
                let lead = self.definition.leads.iter().find(|lead| lead.name == *name);
                let to = lead.map(|lead| lead.to.join(", ")).unwrap_or_default();
                (Kind::Step, format!("{}: {name}", w.lead_sent), to)
            }
            Sign::Status(status) => (Kind::Step, format!("{}: {status}", w.status), String::new()),
            Sign::Handoff(reason) => (Kind::Human, w.handed.to_string(), reason.clone()),
            Sign::Request(what) => (Kind::Step, format!("{}: {what}", w.asked_host), String::new()),
            Sign::Finish => (Kind::End, w.finished.to_string(), String::new()),
        }
    }

    /// «кнопка Записаться · слова booking»
    fn condition(&self, condition: &Condition) -> String {
        let w = self.words;
        let mut parts: Vec<String> = Vec::new();
        condition.walk(&mut |c| {
            let part = match c {
                Condition::Words { words: WordsRef::Named(name), .. } => format!("{}: {name}", w.words),
                Condition::Words { words: WordsRef::Inline(words), .. } => {
                    format!("«{}»", words.join("», «"))
                }
                Condition::Has(field) => format!("{}: {field}", w.has),
                Condition::Button(name) => format!("{}: {}", w.button, self.title_of(name)),
                Condition::Data { name, .. } => format!("{}: {name}", w.told),
                Condition::Status(statuses) => {
                    format!("{}: {}", w.status.to_lowercase(), statuses.join(", "))
                }
                Condition::NoReply { reminder, .. } => format!("{}: {reminder}", w.no_reply),
                Condition::Angry => w.angry.to_string(),
                Condition::Field { name, .. } => name.clone(),
                _ => return,
            };
            parts.push(part);
        });
        if parts.is_empty() { w.otherwise.to_string() } else { parts.join(" · ") }
    }

    /// The title of a button that stands anywhere in the definition under this id.
    fn title_of(&self, id: &str) -> String {
        let options = self.definition.fields.iter().flat_map(|field| &field.options);
        let found: Option<&Button> = options.into_iter().find(|button| button.id == id);
        found.map_or(id.to_string(), |button| self.text(&button.title).to_string())
    }

    fn actions(&self, actions: &[Action]) -> String {
        let w = self.words;
        let told = |action: &Action| {
            Some(match action {
                Action::Say(say) => {
                    format!("«{}»", say.text.pick(self.language, &self.definition.languages.main))
                }
                Action::Ask(field) => format!("{} {field}", w.asks),
                Action::Lead(name) => format!("{} {name}", w.lead_sent.to_lowercase()),
                Action::Status(status) => format!("{} {status}", w.status.to_lowercase()),
                Action::Handoff { .. } => w.call_human.to_string(),
                Action::Finish(_) => w.finish.to_string(),
                Action::Start(flow) => format!("{} {flow}", w.flow),
                Action::Request { what, .. } => format!("{} {}", w.asked_host.to_lowercase(), what.as_str()),
                _ => return None,
            })
        };
        actions.iter().filter_map(told).collect::<Vec<_>>().join(" → ")
    }
}
