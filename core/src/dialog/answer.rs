//! Answers: the table's, verbatim; the best rows to the host or the client where none is sure enough.

use super::effect::EffectKind;
use super::lists::ListRef;
use super::run::Run;
use super::session::{Matching, Mode, Purpose, Topic};
use super::voice::ReplyButton;
use crate::bot::knowledge::{Answer, Search};
use crate::definition::RequestKind;
use crate::faq::{Candidate, Query, Repair, Why};
use serde_json::{Map, Value as Json, json};
use std::rc::Rc;

/// Rows that a search looks at: the answer, its rivals, and what `choose` may offer.
const CANDIDATES: usize = 5;

/// Rows that the host is asked about at most, and how long it has to choose one.
const ASKED_ROWS: usize = 10;
const MATCH_WAIT: i64 = 10_000;
/// A best score, of 1000, under which no row is worth asking the host about.
const HOPELESS_BELOW: u16 = 100;

/// The score, of 1000, of a message that is nearly a row's own phrasing: word forms and courtesy apart.
const NEARLY_LITERAL: u16 = 700;

impl<'a> Run<'a> {
    /// A row offered by `choose` was pressed.
    pub(super) fn offered_row(&mut self) -> bool {
        // Only what was offered: the id of a row of another audience opens nothing.
        let Some(pressed) = self.pressed().filter(|p| self.session.buttons.contains(p)).cloned() else {
            return false;
        };
        let Some(id) = pressed.id.strip_prefix("faq:") else { return false };
        let Some(answer) = self.bot.knowledge().answer(id) else { return false };
        self.matched.faq = Some(answer.id.clone());
        self.matched.why = vec!["chosen".to_string()];
        self.give(answer);
        true
    }

    /// What the FAQ knows of the message; searched once a step.
    fn search(&self) -> Option<Rc<Search<'a>>> {
        self.search.get_or_init(|| self.search_rows().map(Rc::new)).clone()
    }

    fn search_rows(&self) -> Option<Search<'a>> {
        let heard = self.heard.as_ref()?;
        if heard.text.is_empty() || heard.pressed.is_some() {
            return None;
        }
        let query =
            Query { text: heard.text, hidden: &heard.hidden, vector: heard.message.vector.as_deref() };
        let top = if self.definition().faq.ask_host { ASKED_ROWS } else { CANDIDATES };
        Some(self.bot.knowledge().search(self.audience(), &query, top))
    }

    /// Whether the message says what a row asks in the row's own words. Only that wins over the words of a start:
    /// «хочу записаться к врачу» may be a row of the table, «хочу записаться на чистку» says more than it.
    pub(super) fn faq_asks_the_same(&self) -> bool {
        let Some(heard) = &self.heard else { return false };
        self.search().is_some_and(|s| s.answer().is_some_and(|answer| answer.is_asked_by(heard.text)))
    }

    /// Whether the message is nearly word for word what a row asks: then it answers no question of the bot's.
    pub(super) fn faq_matches_strictly(&self) -> bool {
        self.search()
            .is_some_and(|s| s.found.strict && s.found.score >= NEARLY_LITERAL && s.answer().is_some())
    }

    /// The FAQ answers, or offers the rows that are too close to call.
    pub(super) fn faq(&mut self) -> bool {
        let Some(search) = self.search() else { return false };
        if self.bot.knowledge().is_mute(self.audience()) || self.is_never_a_question() {
            return false;
        }
        self.matched.score = Some(search.found.score);
        self.matched.search = explained(&search);
        let close = search.close();
        if self.definition().faq.choose && close.len() > 1 {
            self.offer(&close);
            return true;
        }
        if let Some(answer) = search.answer() {
            self.matched.faq = Some(answer.id.clone());
            self.give(answer);
            return true;
        }
        self.ask_host(&search)
    }

    /// An unclear message goes out with the best rows; the host may name one of them, and never writes itself.
    fn ask_host(&mut self, search: &Search<'_>) -> bool {
        let unclear = search.found.score >= HOPELESS_BELOW && !search.answers.is_empty();
        if !self.definition().faq.ask_host || !unclear || self.session.question().is_some() {
            return false;
        }
        let Some(heard) = &self.heard else { return false };
        let row = |a: &&Answer| json!({"id": a.id, "ask": a.ask});
        let rows: Vec<Json> = search.answers.iter().map(row).collect();
        let params = json!({"text": heard.text, "language": self.session.language, "rows": rows});
        let rows = search.answers.iter().map(|a| a.id.clone()).collect();
        let close = search.close().iter().map(|a| a.id.clone()).collect();
        let effect = self.effect(EffectKind::Request { what: RequestKind::Match.as_str(), params });
        self.set_timer(&format!("wait.{effect}"), MATCH_WAIT, Purpose::Wait { effect: effect.clone() });
        // The latest question is the one that counts; an older one is answered by nobody any more.
        if let Some(old) = self.session.matching.replace(Matching { effect, rows, close }) {
            self.cancel_timers(|p| *p == Purpose::Wait { effect: old.effect.clone() });
        }
        true
    }

    /// The host chose a row that it was offered, or none.
    pub(super) fn host_chose(&mut self, effect: &str, chosen: Option<&str>) -> bool {
        let Some(matching) = self.session.matching.take_if(|m| m.effect == effect) else { return false };
        self.cancel_timers(|p| matches!(p, Purpose::Wait { effect: waited } if waited == effect));
        if self.session.mode != Mode::Active {
            return true;
        }
        let offered = chosen.filter(|id| matching.rows.iter().any(|row| row == id));
        if let Some(answer) = offered.and_then(|id| self.bot.knowledge().answer(id)) {
            self.matched.faq = Some(answer.id.clone());
            self.matched.why = vec!["chosen by the host".to_string()];
            self.give(answer);
            return true;
        }
        let close: Vec<&Answer> =
            matching.close.iter().filter_map(|id| self.bot.knowledge().answer(id)).collect();
        if self.definition().faq.choose && close.len() > 1 {
            self.offer(&close);
        } else if !self.awaits_human() {
            self.run_list(&ListRef::Unknown, 0);
        }
        true
    }

    /// Courtesy alone asks nothing; the FAQ must not guess at it. Who thinks it over or waits asks only what a row
    /// asks in the same words.
    fn is_never_a_question(&self) -> bool {
        let Some(heard) = &self.heard else { return true };
        self.bot.lexicon().only_courtesy(&heard.reading)
            || self.asks_nothing() && !self.faq_matches_strictly()
    }

    fn offer(&mut self, rows: &[&Answer]) {
        let title = |a: &&Answer| a.ask.first().cloned().unwrap_or_default();
        let buttons =
            rows.iter().map(|a| ReplyButton { id: format!("faq:{}", a.id), title: title(a) }).collect();
        let text = self.definition().sentence("choose", &self.session.language).to_string();
        self.say(text, buttons, None);
    }

    /// Suggests the answer to the operator who talks, and to nobody else.
    pub(super) fn suggest(&mut self) {
        if !self.definition().mirror.as_ref().is_some_and(|m| m.suggest) || self.is_never_a_question() {
            return;
        }
        let Some(answer) = self.search().and_then(|s| s.answer()) else { return };
        let text = self.answer_text(answer);
        self.effect(EffectKind::Suggest { text, faq: answer.id.clone() });
    }

    fn answer_text(&self, answer: &Answer) -> String {
        let language = &self.session.language;
        let text = answer.say.pick(language, &self.definition().languages.main);
        if answer.template { self.filled(text, language) } else { text.to_string() }
    }

    /// Gives an answer and what follows it; inside a flow, the open question again.
    fn give(&mut self, answer: &'a Answer) {
        if answer.topic.is_some() {
            self.set_topic(Topic::Faq(answer.id.clone()));
        }
        let text = self.answer_text(answer);
        let buttons = self.buttons(&answer.buttons);
        self.say(text, buttons, None);
        let open = self.session.question().cloned();
        self.run_list(&ListRef::Faq(answer.id.clone()), 0);
        if self.session.question() == open.as_ref() {
            self.ask_again();
        }
    }
}

/// The explanation of a search, with its best rows by name.
fn explained(search: &Search<'_>) -> Json {
    let candidates: Vec<Json> = search
        .answers
        .iter()
        .zip(&search.found.candidates)
        .take(3)
        .map(|(answer, c)| json!({"faq": answer.id, "score": c.score}))
        .collect();
    let Why { words, repairs, runner_up, needed, rejected } = &search.found.why;
    let mut why = Map::new();
    let mut tell = |key: &str, value: Json| why.insert(key.to_string(), value);
    tell("candidates", Json::Array(candidates));
    tell("needed", Json::from(*needed));
    if !words.is_empty() {
        tell("words", words.iter().map(|w| json!({"word": w.word, "weight": w.weight})).collect());
    }
    if !repairs.is_empty() {
        let undone = |r: &Repair| json!({"kind": r.kind, "from": r.from, "to": r.to});
        tell("repairs", repairs.iter().map(undone).collect());
    }
    if let Some(Candidate { row, score }) = runner_up {
        tell("runner_up", json!({"row": row, "score": score}));
    }
    if let Some(rejected) = rejected {
        tell("rejected", json!(rejected));
    }
    Json::Object(why)
}
