//! Ops on bots and sessions: `bot`, `lint`, `bot.test`, `open`, `step`, `due`, `snapshot`, `restore`, `migrate`.

use frontdesk::bot::knowledge::CLIENT;
use frontdesk::bot::{Bot, Compiled, Files};
use frontdesk::definition::Definition;
use frontdesk::dialog::{Contact, Event, Key, Session, run_tests};
use frontdesk::document::{Node, Value};
use frontdesk::error::{Code, Error};
use frontdesk::time::Timestamp;
use frontdesk::verbs;
use serde_json::json;
use std::collections::HashMap;

/// Bots and sessions by the names that cases give them.
#[derive(Default)]
pub(crate) struct Dialogs {
    bots: HashMap<String, Compiled>,
    /// The same bots out of their bundles, where dialogs are to run on those.
    bundled: Option<HashMap<String, Bot>>,
    sessions: HashMap<String, (String, Session)>,
}

type Line = Result<String, Error>;

impl Dialogs {
    /// Dialogs that run on bundles.
    pub(crate) fn on_bundles() -> Self {
        Self { bundled: Some(HashMap::new()), ..Self::default() }
    }

    /// The answer to an op; none where there is no such op.
    pub(crate) fn answer(&mut self, op: &str, case: &Node) -> Option<Line> {
        Some(match op {
            "bot" => self.compile(case),
            "lint" => self.lint(case),
            "bot.test" => self.test(case),
            "open" => self.open(case),
            "step" => self.step(case),
            "due" => self.due(case),
            "snapshot" => self.snapshot(case),
            "restore" => self.restore(case),
            "migrate" => self.migrate(case),
            _ => return None,
        })
    }

    fn compile(&mut self, case: &Node) -> Line {
        let name = text(case, "bot")?;
        let definition = part(case, "definition")?;
        let files = files(case);
        let compiled = match definition.as_str() {
            Some(text) => verbs::compile(text, &files),
            None => Definition::from_node(definition).and_then(|loaded| Bot::compile(loaded, &files)),
        };
        match compiled {
            Ok(compiled) => {
                let mut hash = compiled.bot.hash().to_string();
                if let Some(bundled) = &mut self.bundled {
                    let bot = Bot::from_bundle(&compiled.bot.bundle(CLIENT)?)?;
                    hash = bot.hash().to_string();
                    bundled.insert(name.clone(), bot);
                }
                let answer = json!({"hash": hash, "warnings": warnings(&compiled)});
                self.bots.insert(name, compiled);
                Ok(answer.to_string())
            }
            Err(errors) => Ok(json!({ "errors": errors }).to_string()),
        }
    }

    fn lint(&mut self, case: &Node) -> Line {
        Ok(json!({"warnings": warnings(self.bot(&text(case, "bot")?)?)}).to_string())
    }

    fn test(&mut self, case: &Node) -> Line {
        line(&run_tests(&self.bot(&text(case, "bot")?)?.bot))
    }

    fn open(&mut self, case: &Node) -> Line {
        let name = text(case, "bot")?;
        let bot = self.running(&name)?;
        let now = now(case)?;
        let key = Key::from_node(part(case, "key")?)?;
        let contact = case.get("contact").map(Contact::from_node).transpose()?;
        let session = bot.open(key, now, contact);
        self.keep(case, name, session)
    }

    fn step(&mut self, case: &Node) -> Line {
        self.turn(case, |bot, session| {
            let now = now(case)?;
            bot.step(session, &Event::from_node(part(case, "event")?)?, now)
        })
    }

    fn due(&mut self, case: &Node) -> Line {
        self.turn(case, |bot, session| bot.due(session, now(case)?))
    }

    fn turn(
        &mut self,
        case: &Node,
        take: impl Fn(&Bot, &mut Session) -> Result<frontdesk::dialog::Turn, Error>,
    ) -> Line {
        let name = text(case, "session")?;
        let (bot, mut session) = self.sessions.remove(&name).ok_or_else(|| missing("session", &name))?;
        let turn = self.running(&bot).and_then(|running| take(running, &mut session));
        self.sessions.insert(name, (bot, session));
        line(&turn?)
    }

    fn snapshot(&mut self, case: &Node) -> Line {
        let name = text(case, "session")?;
        let (_, session) = self.sessions.get(&name).ok_or_else(|| missing("session", &name))?;
        Ok(format!("{{\"snapshot\":{}}}", session.snapshot()))
    }

    fn restore(&mut self, case: &Node) -> Line {
        let bot = text(case, "bot")?;
        self.bot(&bot)?;
        let snapshot = part(case, "snapshot")?;
        // A snapshot that was cut is no JSON any more, so it may come as a text too.
        let stored = snapshot.as_str().map_or_else(|| snapshot.to_json().to_string(), str::to_string);
        let session = Session::restore(self.running(&bot)?, &stored)?;
        self.keep(case, bot, session)
    }

    fn migrate(&mut self, case: &Node) -> Line {
        let (name, bot) = (text(case, "session")?, text(case, "bot")?);
        let mut session = match case.get("snapshot") {
            Some(stored) => Session::from_json(&stored.to_json().to_string())?,
            None => self.sessions.get(&name).ok_or_else(|| missing("session", &name))?.1.clone(),
        };
        let report = line(&self.bot(&bot)?.bot.migrate(&mut session))?;
        let (mode, status) = (line(&session.mode())?, line(&session.status())?);
        self.sessions.insert(name, (bot, session));
        Ok(format!("{{\"mode\":{mode},\"status\":{status},\"report\":{report}}}"))
    }

    fn keep(&mut self, case: &Node, bot: String, session: Session) -> Line {
        let answer = json!({"mode": session.mode(), "status": session.status()});
        self.sessions.insert(text(case, "session")?, (bot, session));
        Ok(answer.to_string())
    }

    /// The bot that dialogs run on.
    pub(crate) fn running(&self, name: &str) -> Result<&Bot, Error> {
        match &self.bundled {
            Some(bundled) => bundled.get(name).ok_or_else(|| missing("bot", name)),
            None => Ok(&self.bot(name)?.bot),
        }
    }

    fn bot(&self, name: &str) -> Result<&Compiled, Error> {
        self.bots.get(name).ok_or_else(|| missing("bot", name))
    }
}

fn line(value: &impl serde::Serialize) -> Line {
    serde_json::to_string(value).map_err(|e| Error::new(Code::SyntaxInvalid, "", e.to_string()))
}

fn warnings(compiled: &Compiled) -> Vec<serde_json::Value> {
    let warning = |w: &Error| json!({"code": w.code, "path": w.path, "message": w.message});
    compiled.warnings.iter().map(warning).collect()
}

fn files(case: &Node) -> Files {
    let Some(Value::Map(entries)) = case.get("files").map(|files| &files.value) else { return Files::new() };
    entries.iter().filter_map(|e| Some((e.key.clone(), e.node.as_str()?.to_string()))).collect()
}

fn now(case: &Node) -> Result<Timestamp, Error> {
    let written = text(case, "now")?;
    let message = || format!("`{written}` is no RFC 3339 time");
    Timestamp::parse(&written).ok_or_else(|| Error::new(Code::TimeInvalid, "now", message()))
}

fn part<'c>(case: &'c Node, key: &str) -> Result<&'c Node, Error> {
    case.get(key).ok_or_else(|| Error::new(Code::MissingKey, "", format!("the key `{key}` is missing")))
}

pub(crate) fn text(case: &Node, key: &str) -> Result<String, Error> {
    let found = part(case, key)?;
    let message = || format!("{} found, a text expected", found.kind());
    found.as_str().map(str::to_string).ok_or_else(|| Error::new(Code::WrongType, key, message()))
}

fn missing(kind: &str, name: &str) -> Error {
    Error::new(Code::UnknownName, kind, format!("no {kind} is called `{name}`"))
}
