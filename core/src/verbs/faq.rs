//! The table of questions and answers alone, by the names of its rows.

use super::tools::{read, unknown};
use crate::document::{Cursor, Keys};
use crate::error::{Code, Error};
use crate::faq::table::{self, Table, TableRow};
use crate::faq::{Index, Options, Query, Row, Threshold, discover, health};
use serde_json::{Map, Value as Json, json};

/// A table ready to be asked; immutable, so threads share it.
///
/// ```
/// use frontdesk::verbs::Faq;
/// let faq = Faq::load("faq.csv", "question,answer\nWhere are you?,On Sadovaya\nHave you parking?,Yes\n", "{}").unwrap();
/// let found = faq.search("where r you", 1);
/// assert!(found.starts_with(r#"{"answer":"Where are you?","#));
/// assert!(found.contains(r#""say":"On Sadovaya""#));
/// ```
#[derive(Debug)]
pub struct Faq {
    table: Table,
    rows: Vec<Row>,
    index: Index,
}

impl Faq {
    /// Reads and indexes a table in CSV, TSV or JSON, see [`table::read`]. `options` is JSON
    /// `{threshold?: strict|normal|eager, synonyms?: [[word, word]]}`. Errors: every one found.
    pub fn load(name: &str, text: &str, options: &str) -> Result<Self, Vec<Error>> {
        let options = read(options, self::options).map_err(|e| vec![e])?;
        let table = table::read(name, text)?;
        let rows = table.to_rows();
        let index = Index::build(&rows, &options);
        Ok(Self { table, rows, index })
    }

    /// A question to the table as JSON in, JSON out: `match` `{text, top?}` (see [`search`](Self::search); the 3 best
    /// where `top` is absent), `health` `{log?: [text]}`, `discover` `{messages: [text]}`, `rows` `{}` (how many).
    ///
    /// # Errors
    /// `unknown_value` at `name` for another name; those of reading the argument.
    pub fn tool(&self, name: &str, argument: &str) -> Result<String, Error> {
        const NAMES: [&str; 4] = ["discover", "health", "match", "rows"];
        read(argument, |keys| {
            let texts = |key| keys.get(key).map(|c| c.texts());
            Some(match name {
                "discover" => Ok(self.discover(&keys.need("messages")?.texts())),
                "health" => Ok(self.health(texts("log").as_deref())),
                "match" => {
                    let top = keys.get("top").map_or(Some(3), |c| count(&c));
                    Ok(self.search(&keys.need("text")?.text()?, top?))
                }
                "rows" => Ok(self.len().to_string()),
                _ => Err(unknown(name, NAMES.into_iter())),
            })
        })?
    }

    /// How many rows it has.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it has no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The row that answers a message, or none: `{answer: id or null, say?, score, candidates: [{id, score}],
    /// close?: [id], why}`. Scores are 0 to 1000, candidates the `top` best whatever the threshold, `close` two or
    /// three rows too close to call. `say` is a text, or a map by language where the table names languages.
    pub fn search(&self, text: &str, top: usize) -> String {
        let found = self.index.search(&Query::new(text), top);
        let candidate = |c: &crate::faq::Candidate| json!({"id": self.id(c.row), "score": c.score});
        let candidates: Vec<Json> = found.candidates.iter().map(candidate).collect();
        let mut why = json!(found.why);
        if let (Some(runner_up), Some(keys)) = (&found.why.runner_up, why.as_object_mut()) {
            keys.insert("runner_up".to_string(), candidate(runner_up));
        }
        let mut answer = json!({
            "answer": found.answer.map(|row| self.id(row)), "score": found.score, "candidates": candidates, "why": why,
        });
        if let Some(keys) = answer.as_object_mut() {
            if let Some(row) = found.answer.and_then(|row| self.table.rows.get(row)) {
                keys.insert("say".to_string(), say(row));
            }
            if !found.close.is_empty() {
                keys.insert("close".to_string(), found.close.iter().map(|&row| self.id(row)).collect());
            }
        }
        answer.to_string()
    }

    /// What ails the table: `[{id, line, code, phrasing?, other?, remedy}]`. `log`, messages of clients, tells which
    /// rows nobody asks for; that is not judged without one.
    pub fn health(&self, log: Option<&[String]>) -> String {
        let matched: Option<Vec<usize>> = log.map(|log| {
            log.iter().filter_map(|text| self.index.search(&Query::new(text), 1).answer).collect()
        });
        let answers: Vec<String> = self.table.rows.iter().map(|row| say(row).to_string()).collect();
        let answers: Vec<&str> = answers.iter().map(String::as_str).collect();
        let findings = health::examine(&self.rows, &answers, &self.index, matched.as_deref());
        let finding = |f: &health::Finding| {
            let row = self.table.rows.get(f.row)?;
            let mut told = json!({
                "id": row.id, "line": row.line, "code": f.ailment.code(), "remedy": f.ailment.remedy(),
                "phrasing": f.phrasing.and_then(|at| row.ask.get(at)), "other": f.other.map(|row| self.id(row)),
            });
            told.as_object_mut()?.retain(|_, value| !value.is_null());
            Some(told)
        };
        findings.iter().filter_map(finding).collect::<Json>().to_string()
    }

    /// What clients ask: messages in groups that ask the same, the largest first: `[{question, times, near?}]`; `near`
    /// is the row that the question may join as a phrasing.
    pub fn discover(&self, messages: &[String]) -> String {
        let messages: Vec<&str> = messages.iter().map(String::as_str).collect();
        let group = |group: discover::Group| {
            let question = messages.get(group.representative).copied().unwrap_or_default();
            let mut told = Map::new();
            told.insert("question".to_string(), question.into());
            told.insert("times".to_string(), group.questions.len().into());
            if let Some(row) = group.near {
                told.insert("near".to_string(), self.id(row).into());
            }
            Json::Object(told)
        };
        discover::groups(&messages, &self.index).into_iter().map(group).collect::<Json>().to_string()
    }

    fn id(&self, row: usize) -> &str {
        self.rows.get(row).map_or("", |row| &row.id)
    }
}

/// The answer of a row: a text, or a map by language.
fn say(row: &TableRow) -> Json {
    match row.say.get(&None) {
        Some(text) if row.say.len() == 1 => text.clone().into(),
        _ => {
            let entry = |(language, text): (&Option<crate::text::Lang>, &String)| {
                (language.map_or("", |l| l.code()).to_string(), Json::from(text.clone()))
            };
            Json::Object(row.say.iter().map(entry).collect())
        }
    }
}

/// A whole number that counts something.
fn count(at: &Cursor<'_>) -> Option<usize> {
    let number = at.int()?;
    let count = usize::try_from(number).ok();
    if count.is_none() {
        at.error(Code::UnknownValue, format!("`{number}` found, 0 or more expected"));
    }
    count
}

fn options(keys: &Keys<'_>) -> Option<Options> {
    const THRESHOLDS: [(&str, Threshold); 3] =
        [("strict", Threshold::Strict), ("normal", Threshold::Normal), ("eager", Threshold::Eager)];
    let mut options = Options::default();
    if let Some(threshold) = keys.get("threshold").and_then(|c| c.one_of(&THRESHOLDS)) {
        options.threshold = threshold;
    }
    let groups = keys.get("synonyms").map(|c| c.list()).unwrap_or_default();
    options.synonyms = groups.iter().map(Cursor::texts).collect();
    Some(options)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "id;Вопрос;Ответ;answer_en\nцех;Где ваша мастерская?;На Подоле;In Podil\n\
        шторы;Сколько стоит пошив штор?|Цена пошива;900 грн;\nлён;Как стирать лён?;При 40°;\n";

    fn faq() -> Faq {
        Faq::load("faq.csv", TABLE, "{}").unwrap()
    }

    fn json(text: &str) -> Json {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn rows_answer_by_name() {
        let found = json(&faq().search("сколько стоит пошить шторы", 2));
        assert_eq!((&found["answer"], &found["say"]), (&json!("шторы"), &json!("900 грн")));
        assert_eq!(found["candidates"].as_array().unwrap().len(), 2);
        let found = json(&faq().search("где мастерская", 1));
        assert_eq!(found["say"], json!({"": "На Подоле", "en": "In Podil"}));
        let none = json(&faq().search("кондиционер сломался", 1));
        assert!(none["answer"].is_null() && none.get("say").is_none());
    }

    #[test]
    fn health_and_discovery_name_rows() {
        let log = ["где ваша мастерская", "цена пошива", "делаете скатерти", "скатерти делаете?"];
        let asked = |name, argument: Json| json(&faq().tool(name, &argument.to_string()).unwrap());
        let findings = asked("health", json!({"log": log}));
        let never = findings.as_array().unwrap().iter().find(|f| f["code"] == "faq_never_matched").unwrap();
        assert_eq!(never["id"], "лён");
        assert!(!faq().health(None).contains("faq_never_matched"));
        let groups = asked("discover", json!({"messages": log}));
        assert_eq!(groups[0], json!({"question": "делаете скатерти", "times": 2}));
        assert_eq!(asked("rows", json!({})), 3);
        assert_eq!(asked("match", json!({"text": "где мастерская"}))["answer"], "цех");
    }

    #[test]
    fn options_and_logs_are_read_strictly() {
        let code = |options| Faq::load("t", "q,a\nа,б\n", options).unwrap_err()[0].code;
        assert_eq!(code(r#"{"threshold":"loose"}"#), Code::UnknownValue);
        assert_eq!(code(r#"{"synonym":[]}"#), Code::UnknownKey);
        let code = |name, argument| faq().tool(name, argument).unwrap_err().code;
        assert_eq!(code("discover", "{}"), Code::MissingKey);
        assert_eq!(code("match", r#"{"text": 1}"#), Code::WrongType);
        assert_eq!(code("match", r#"{"text": "а", "top": -1}"#), Code::UnknownValue);
        assert_eq!(code("macth", "{}"), Code::UnknownValue);
        assert!(Faq::load("t", "q,a\nа,б\n", r#"{"threshold":"eager","synonyms":[["а","б"]]}"#).is_ok());
        assert!(Faq::load("t", "[]", "{}").unwrap().is_empty());
        let cut = Faq::load("t", r#"[{"ask": "где", "say": "тут \ud83d"}]"#, "{}").unwrap();
        assert_eq!(json(&cut.search("где", 1))["say"], "тут \u{FFFD}");
    }
}
