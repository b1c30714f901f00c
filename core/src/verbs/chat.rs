//! A bot to talk to in a terminal: lines in, lines out, with a clock that the talker moves.

use crate::bot::{Bot, value::FieldValue};
use crate::definition::Duration;
use crate::dialog::{
    Attachment, ControlAction, Effect, EffectKind, EffectResult, Event, EventKind, Key, Message, Mode,
    Operator, OperatorAction, Session, Turn,
};
use crate::document::written;
use crate::error::Error;
use crate::time::Timestamp;
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, VecDeque};

const HELP: &str = "\
/why             what the last turn matched, with scores
/effects         what the host was told to do, as JSON
/session         what the session holds, as JSON
/wait 48h        time passes
/button TITLE    press a button (its number or title works as a message, too)
/photo           send a photo
/operator [TEXT] a human joins, or writes TEXT
/left            the human leaves
/stop /resume /restart
/fact NAME       the host tells a fact, such as no_show
/host off|on     stop or start answering as CRM, calendar, warehouse and approver
/quit
";

/// Results that the played host gives to one line, so that a list which asks again at every answer ends.
const ANSWERS: usize = 100;
/// Calls of `due` during one `/wait`, so that timers which arm each other end.
const DUE_CALLS: usize = 10_000;

/// A dialog in a terminal. What the host of a real bot would do (CRM, calendar, orders, quotes) is played, time passes by command.
///
/// ```
/// use frontdesk::verbs::chat::Chat;
/// use frontdesk::{Bot, Timestamp};
///
/// let greeter = "bot: 1\nregion: UA\nlanguages: { main: uk }\nchannels: [web]\ngreeting: { do: [ { say: Вітаю! } ] }\n";
/// let bot = Bot::from_yaml(greeter, &Default::default()).unwrap().bot;
/// let mut chat = Chat::new(bot, Timestamp::parse("2026-01-05T10:00:00Z").unwrap());
/// assert_eq!(chat.line("Привіт").unwrap(), "bot: Вітаю!\n");
/// assert_eq!(chat.line("/quit"), None);
/// ```
#[derive(Debug)]
pub struct Chat {
    bot: Bot,
    session: Session,
    now: Timestamp,
    events: usize,
    last: Option<Turn>,
    host_answers: bool,
}

impl Chat {
    /// A chat that begins now, on the last channel of the definition.
    pub fn new(bot: Bot, now: Timestamp) -> Self {
        let channel = bot.definition().channels.last().cloned().unwrap_or_else(|| "web".into());
        let key = Key { channel, account: "terminal".into(), user: "you".into() };
        let session = bot.open(key, now, None);
        Self { bot, session, now, events: 0, last: None, host_answers: true }
    }

    /// Takes a line, a message or a command, and gives what is to be shown; none at `/quit`.
    pub fn line(&mut self, line: &str) -> Option<String> {
        let line = line.trim();
        let shown = match line.split_once(' ').unwrap_or((line, "")) {
            ("", _) => Ok(String::new()),
            ("/quit" | "/exit", _) => return None,
            (command, rest) if command.starts_with('/') => self.command(command, rest.trim()),
            _ => self.say(line),
        };
        // The session is of this bot, so no step is refused; were one, it is to be seen and not to end the chat.
        Some(shown.unwrap_or_else(|error| format!("  {error}\n")))
    }

    fn say(&mut self, text: &str) -> Result<String, Error> {
        self.event(EventKind::Message(Message { text: Some(text.into()), ..Message::default() }))
    }

    fn command(&mut self, command: &str, rest: &str) -> Result<String, Error> {
        let operator = |action, text: &str| {
            let text = (!text.is_empty()).then(|| text.to_string());
            EventKind::Operator(Operator { action, who: None, text })
        };
        match command {
            "/why" => Ok(self.why()),
            "/effects" => Ok(self.effects()),
            "/session" => Ok(pretty(&self.session)),
            "/wait" => match Duration::parse(rest) {
                Some(length) => self.wait(length),
                None => Ok("  /wait takes a time such as 30m, 48h, 7d\n".to_string()),
            },
            "/button" => {
                let message = Message { button: Some(rest.into()), ..Message::default() };
                self.event(EventKind::Message(message))
            }
            "/photo" => {
                let photo = Attachment { kind: "photo".into(), reference: Some("photo.jpg".into()) };
                self.event(EventKind::Message(Message { attachments: vec![photo], ..Message::default() }))
            }
            "/operator" if rest.is_empty() => self.event(operator(OperatorAction::Joined, "")),
            "/operator" => self.event(operator(OperatorAction::Message, rest)),
            "/left" => self.event(operator(OperatorAction::Left, "")),
            "/stop" => self.event(EventKind::Control { action: ControlAction::Stop }),
            "/resume" => self.event(EventKind::Control { action: ControlAction::Resume }),
            "/restart" => self.event(EventKind::Control { action: ControlAction::Restart }),
            "/fact" => self.event(EventKind::Fact { name: rest.into(), data: None }),
            "/host" => {
                self.host_answers = rest != "off";
                Ok(String::new())
            }
            "/start" => self.say(command),
            _ => Ok(HELP.to_string()),
        }
    }

    /// One event in, its effects shown; then the host answers what it was asked.
    fn event(&mut self, kind: EventKind) -> Result<String, Error> {
        let mut shown = String::new();
        let mut queue = VecDeque::from([kind]);
        for _ in 0..=ANSWERS {
            let Some(kind) = queue.pop_front() else { break };
            self.events += 1;
            let answers = matches!(kind, EventKind::Result(_));
            let event = Event { id: self.events.to_string(), at: None, kind };
            let turn = self.bot.step(&mut self.session, &event, self.now)?;
            queue.extend(self.host_answers_to(&turn.effects));
            shown.push_str(&in_lines(&turn));
            // `/why` is asked about what the client did, not about the host's answer to it.
            if !answers || self.last.is_none() {
                self.last = Some(turn);
            }
        }
        Ok(shown)
    }

    /// Time passes; timers fire on the way, each at its own time.
    fn wait(&mut self, length: Duration) -> Result<String, Error> {
        let end = self.now.plus(length.0);
        let mut shown = String::new();
        for _ in 0..DUE_CALLS {
            let Some(due) = self.session.next_due().filter(|due| *due <= end) else { break };
            self.now = due;
            let turn = self.bot.due(&mut self.session, due)?;
            shown.push_str(&in_lines(&turn));
            for answer in self.host_answers_to(&turn.effects) {
                shown.push_str(&self.event(answer)?);
            }
            self.last = Some(turn);
        }
        self.now = end;
        let wall = self.now.in_zone(self.bot.zone());
        let (date, hour, minute) = (wall.date(), wall.hour(), wall.minute());
        let zone = &self.bot.definition().timezone;
        Ok(format!("{shown}  it is {date} {hour:02}:{minute:02} {zone}\n"))
    }

    fn why(&self) -> String {
        let nothing = || "  nothing has happened yet\n".to_string();
        self.last.as_ref().map_or_else(nothing, |turn| pretty(&turn.record.matched))
    }

    fn effects(&self) -> String {
        let line = |effect| format!("  {}\n", written(effect));
        self.last.iter().flat_map(|turn| &turn.effects).map(line).collect()
    }

    /// The CRM, the calendar, the warehouse and the approver, played: leads are accepted, slots offered, bookings
    /// confirmed, orders late, quotes approved.
    fn host_answers_to(&self, effects: &[Effect]) -> Vec<EventKind> {
        let answer = |effect: &Effect| {
            let data = match &effect.kind {
                EffectKind::CreateLead(_) => None,
                EffectKind::Request { what, .. } => data_of(what, self.now),
                _ => return None,
            };
            let result =
                EffectResult { effect: effect.key.clone(), target: None, ok: true, data, error: None };
            Some(EventKind::Result(result))
        };
        if self.host_answers { effects.iter().filter_map(answer).collect() } else { Vec::new() }
    }
}

/// What the host of a real bot would look up.
fn data_of(what: &str, now: Timestamp) -> Option<Json> {
    Some(match what {
        "slots" => slots(now),
        "order" => json!({"status": "delayed", "eta": "15.01", "amount": 4500, "verified": true}),
        "quote" => json!({"amount": 82_000, "text": "works, materials, mounting"}),
        "approval" => json!({"approved": true, "who": "terminal"}),
        "payment_link" => json!({"url": "https://pay.example/1"}),
        _ => return None,
    })
}

/// Three slots on the next two days, at 9, 12 and 15 o'clock UTC.
fn slots(now: Timestamp) -> Json {
    const DAY: i64 = 86_400_000;
    let midnight = now.as_millis() - now.as_millis().rem_euclid(DAY);
    let slot = |(number, (days, hour)): (usize, (i64, i64))| {
        let start = Timestamp::from_millis(midnight + days * DAY + hour * 3_600_000);
        json!({"id": format!("slot{}", number + 1), "start": start.to_string()})
    };
    let slots: Vec<Json> = [(1, 9), (1, 12), (2, 15)].into_iter().enumerate().map(slot).collect();
    json!({ "slots": slots })
}

fn in_lines(turn: &Turn) -> String {
    let mut lines: String = turn.effects.iter().filter_map(in_a_line).map(|line| line + "\n").collect();
    let silent = !turn.effects.iter().any(|e| e.kind.is_reply());
    match turn.mode {
        Mode::Human if silent => {
            lines.push_str("  (silent: a human talks; /resume gives the dialog back)\n");
        }
        Mode::Finished if silent => {
            lines.push_str("  (silent: the dialog is finished; /restart begins another)\n");
        }
        _ => {}
    }
    lines
}

/// An effect as a line; none for what only informs the host.
fn in_a_line(effect: &Effect) -> Option<String> {
    let line = match &effect.kind {
        EffectKind::Reply(reply) => {
            let buttons: String = reply.buttons().iter().map(|b| format!(" [{}]", b.title)).collect();
            return Some(format!("bot: {}{buttons}", reply.text()));
        }
        EffectKind::CreateLead(lead) => {
            format!("lead {} -> {}: {} ({})", lead.lead, lead.to.join(", "), lead.title, fields(&lead.fields))
        }
        EffectKind::UpdateLead(lead) => format!("lead {} changed: {}", lead.lead, fields(&lead.fields)),
        EffectKind::Request { what, params } => format!("request {what} {params}"),
        EffectKind::Handoff(handoff) => {
            format!(
                "a human is called: {}, priority {}; {}",
                handoff.reason, handoff.priority, handoff.summary
            )
        }
        EffectKind::Notify { to, text } => format!("notice to {to}: {text}"),
        EffectKind::Note { to, text } => format!("note to {to}: {text}"),
        EffectKind::Suggest { text, .. } => format!("suggested to the operator: {text}"),
        EffectKind::SetStatus { status } => format!("status {status}"),
        EffectKind::Tag { tag } => format!("tag {tag}"),
        EffectKind::Finish { mode, outcome } => format!("finished {mode}, outcome {outcome}"),
        EffectKind::Alert { text, .. } => format!("alert: {text}"),
        EffectKind::SetField { .. } | EffectKind::SetTimer { .. } | EffectKind::CancelTimer { .. } => {
            return None;
        }
    };
    Some(format!("  * {line}"))
}

fn fields(fields: &BTreeMap<String, FieldValue>) -> String {
    let plain = |value: &FieldValue| match serde_json::to_value(value) {
        Ok(Json::String(text)) => text,
        Ok(other) => other.to_string(),
        Err(_) => String::new(),
    };
    fields.iter().map(|(name, value)| format!("{name} {}", plain(value))).collect::<Vec<_>>().join(", ")
}

fn pretty(value: &impl serde::Serialize) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

#[cfg(feature = "yaml")]
#[cfg(test)]
mod tests {
    use super::*;

    const DESK: &str = "
bot: 1
region: RU
timezone: Europe/Moscow
channels: [web]
fields: { phone: { type: phone } }
rules: [ { if: { has: phone }, do: [ { lead: callback }, { say: Спасибо! }, { finish: silent } ] } ]
leads: { callback: { need: [phone], to: [crm], confirm_within: 5m } }
";

    fn chat() -> Chat {
        let bot = Bot::from_yaml(DESK, &Default::default()).unwrap().bot;
        Chat::new(bot, Timestamp::parse("2026-01-05T12:00:00Z").unwrap())
    }

    #[test]
    fn a_lead_is_shown_and_confirmed_by_the_played_host() {
        let mut chat = chat();
        let shown = chat.line("8 900 123-45-67").unwrap();
        assert!(shown.contains("lead callback -> crm"), "{shown}");
        assert!(shown.contains("bot: Спасибо!\n"), "{shown}");
        let shown = chat.line("/wait 1h").unwrap();
        assert_eq!(shown, "  it is 2026-01-05 16:00 Europe/Moscow\n");
        assert!(chat.line("ау").unwrap().contains("silent"));
    }

    #[test]
    fn without_a_host_the_alert_comes_in_time() {
        let mut chat = chat();
        chat.line("/host off").unwrap();
        chat.line("8 900 123-45-67").unwrap();
        assert!(chat.line("/wait 10m").unwrap().contains("alert: "));
    }

    #[test]
    fn every_command_answers() {
        let mut chat = chat();
        for command in ["/why", "/wait soon", "/operator", "/why", "/effects", "/session", "/help"] {
            assert!(!chat.line(command).unwrap().is_empty() || command == "/effects", "{command}");
        }
        assert_eq!(chat.line("  "), Some(String::new()));
        assert_eq!(chat.line("/exit"), None);
    }
}
