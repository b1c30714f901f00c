//! Talk to a bot in the terminal: `cargo run --release --example chat [FOLDER] [--at TIME]`.
//!
//! FOLDER holds `bot.yaml` and the tables it names, such as `core/examples/shop` or `core/examples/agency`; the clinic
//! beside this file where none is given. What the host of a real bot would do (CRM, calendar, orders, quotes) is played
//! by [`Host`]; time passes with `/wait`.

use frontdesk::bot::{Bot, Files, value::FieldValue};
use frontdesk::definition::{Definition, Duration};
use frontdesk::dialog::{
    ControlAction, Effect, EffectKind, EffectResult, Event, EventKind, Key, Message, Mode, Operator,
    OperatorAction, Session, Turn,
};
use frontdesk::time::Timestamp;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::error::Error;
use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

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
/quit";

fn main() -> Result<(), Box<dyn Error>> {
    let (folder, start) = arguments()?;
    let bot = load(&folder)?;
    let mut chat = Chat::new(&bot, start);
    let typed = std::io::stdin().is_terminal();
    if typed {
        println!("{} is listening. Type a message, or /help.", bot.definition().name);
    }
    let mut lines = std::io::stdin().lock().lines();
    loop {
        if typed {
            print!("\n> ");
            std::io::stdout().flush()?;
        }
        let Some(line) = lines.next().transpose()? else { break };
        let line = line.trim();
        if !typed && !line.is_empty() {
            println!("> {line}");
        }
        match line.split_once(' ').unwrap_or((line, "")) {
            ("", _) => {}
            ("/quit" | "/exit", _) => break,
            (command, rest) if command.starts_with('/') => chat.command(command, rest.trim())?,
            _ => chat.say(line)?,
        }
    }
    Ok(())
}

fn arguments() -> Result<(PathBuf, Timestamp), Box<dyn Error>> {
    let mut folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/clinic");
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH)?;
    let mut start = Timestamp::from_millis(i64::try_from(elapsed.as_millis())?);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        if argument == "--at" {
            let time = arguments.next().unwrap_or_default();
            start = Timestamp::parse(&time).ok_or("--at takes a time such as 2026-11-21T12:00:00+03:00")?;
        } else {
            folder = PathBuf::from(argument);
        }
    }
    Ok((folder, start))
}

/// Compiles the bot of a folder and prints what its author should know.
fn load(folder: &Path) -> Result<Bot, Box<dyn Error>> {
    let text = std::fs::read_to_string(folder.join("bot.yaml"))
        .map_err(|e| format!("{}: {e}", folder.join("bot.yaml").display()))?;
    let loaded = Definition::from_yaml(&text).map_err(|e| listed(&e))?;
    let mut files = Files::new();
    for name in loaded.definition.faq.files() {
        files.insert(name.to_string(), std::fs::read_to_string(folder.join(name))?);
    }
    let compiled = Bot::compile(loaded, &files).map_err(|e| listed(&e))?;
    for warning in &compiled.warnings {
        eprintln!("warning: {warning}");
    }
    Ok(compiled.bot)
}

fn listed(errors: &[frontdesk::error::Error]) -> String {
    errors.iter().map(|e| format!("\n  {e}")).collect()
}

/// A dialog in the terminal.
struct Chat<'b> {
    bot: &'b Bot,
    session: Session,
    now: Timestamp,
    events: usize,
    last: Option<Turn>,
    host: Host,
}

type Done = Result<(), Box<dyn Error>>;

impl<'b> Chat<'b> {
    fn new(bot: &'b Bot, now: Timestamp) -> Self {
        let channel = bot.definition().channels.last().cloned().unwrap_or_else(|| "web".into());
        let key = Key { channel, account: "terminal".into(), user: "you".into() };
        let session = bot.open(key, now, None);
        Self { bot, session, now, events: 0, last: None, host: Host { answers: true } }
    }

    fn say(&mut self, text: &str) -> Done {
        self.event(EventKind::Message(Message { text: Some(text.into()), ..Message::default() }))
    }

    fn command(&mut self, command: &str, rest: &str) -> Done {
        let operator = |action, text: &str| {
            let text = (!text.is_empty()).then(|| text.to_string());
            EventKind::Operator(Operator { action, who: None, text })
        };
        match command {
            "/why" => self.why(),
            "/effects" => self.effects(),
            "/session" => println!("{}", pretty(&serde_json::from_str(&self.session.snapshot())?)),
            "/wait" => match Duration::parse(rest) {
                Some(length) => self.wait(length)?,
                None => println!("  /wait takes a time such as 30m, 48h, 7d"),
            },
            "/button" => {
                let message = Message { button: Some(rest.into()), ..Message::default() };
                self.event(EventKind::Message(message))?;
            }
            "/photo" => {
                let event =
                    r#"{"id":"0","kind":"message","attachments":[{"kind":"photo","ref":"photo.jpg"}]}"#;
                self.event(Event::from_json(event)?.kind)?;
            }
            "/operator" if rest.is_empty() => self.event(operator(OperatorAction::Joined, ""))?,
            "/operator" => self.event(operator(OperatorAction::Message, rest))?,
            "/left" => self.event(operator(OperatorAction::Left, ""))?,
            "/stop" => self.event(EventKind::Control { action: ControlAction::Stop })?,
            "/resume" => self.event(EventKind::Control { action: ControlAction::Resume })?,
            "/restart" => self.event(EventKind::Control { action: ControlAction::Restart })?,
            "/fact" => self.event(EventKind::Fact { name: rest.into(), data: None })?,
            "/host" => self.host.answers = rest != "off",
            "/start" => self.say(command)?,
            _ => println!("{HELP}"),
        }
        Ok(())
    }

    /// One event in, its effects shown; then the host answers what it was asked.
    fn event(&mut self, kind: EventKind) -> Done {
        let mut queue = vec![kind];
        while let Some(kind) = queue.pop() {
            self.events += 1;
            let answers = matches!(kind, EventKind::Result(_));
            let event = Event { id: self.events.to_string(), at: None, kind };
            let turn = self.bot.step(&mut self.session, &event, self.now)?;
            queue.extend(self.host.answers_to(&turn.effects, self.now));
            self.show(&turn);
            if !answers || self.last.is_none() {
                self.last = Some(turn);
            }
        }
        Ok(())
    }

    /// Time passes; timers fire on the way, each at its own time.
    fn wait(&mut self, length: Duration) -> Done {
        let end = self.now.plus(length.0);
        while let Some(due) = self.session.next_due().filter(|due| *due <= end) {
            self.now = due;
            let turn = self.bot.due(&mut self.session, due)?;
            let answers = self.host.answers_to(&turn.effects, self.now);
            self.show(&turn);
            self.last = Some(turn);
            answers.into_iter().try_for_each(|answer| self.event(answer))?;
        }
        self.now = end;
        println!("  it is {}", self.clock());
        Ok(())
    }

    fn clock(&self) -> String {
        let wall = self.now.in_zone(self.bot.zone());
        format!("{} {:02}:{:02} {}", wall.date(), wall.hour(), wall.minute(), self.bot.definition().timezone)
    }

    fn show(&self, turn: &Turn) {
        for effect in &turn.effects {
            if let Some(line) = shown(effect) {
                println!("{line}");
            }
        }
        let silent = !turn.effects.iter().any(|e| e.kind.is_reply());
        match turn.mode {
            Mode::Human if silent => println!("  (silent: a human talks; /resume gives the dialog back)"),
            Mode::Finished if silent => {
                println!("  (silent: the dialog is finished; /restart begins another)")
            }
            _ => {}
        }
    }

    fn why(&self) {
        let Some(turn) = &self.last else { return println!("  nothing has happened yet") };
        println!("{}", pretty(&serde_json::to_value(&turn.record.matched).unwrap_or_default()));
    }

    fn effects(&self) {
        for effect in self.last.iter().flat_map(|turn| &turn.effects) {
            println!("  {}", serde_json::to_string(effect).unwrap_or_default());
        }
    }
}

fn pretty(json: &Json) -> String {
    serde_json::to_string_pretty(json).unwrap_or_default()
}

/// An effect as a line; none for what only informs the host.
fn shown(effect: &Effect) -> Option<String> {
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

/// Plays the CRM, the calendar, the warehouse and the approver: leads are accepted, slots offered, bookings confirmed,
/// orders late, quotes approved.
struct Host {
    answers: bool,
}

impl Host {
    fn answers_to(&self, effects: &[Effect], now: Timestamp) -> Vec<EventKind> {
        let answer = |effect: &Effect| {
            let data = match &effect.kind {
                EffectKind::CreateLead(_) => None,
                EffectKind::Request { what, .. } => data_of(what, now),
                _ => return None,
            };
            let result =
                EffectResult { effect: effect.key.clone(), target: None, ok: true, data, error: None };
            Some(EventKind::Result(result))
        };
        if self.answers { effects.iter().filter_map(answer).collect() } else { Vec::new() }
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
