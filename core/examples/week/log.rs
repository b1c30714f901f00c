//! Dialogs played against the clinic's bot with a simulated host, and their records in the order of time.

use crate::guests::{Act, Flaw, Guest, guest, troubles};
use crate::support::Random;
use frontdesk::bot::{Bot, Files};
use frontdesk::dialog::{
    Contact, EffectKind, EffectResult, Event, EventKind, Key, Message, Operator, OperatorAction, Session,
    Turn,
};
use frontdesk::time::Timestamp;
use serde_json::{Value as Json, json};
use std::collections::HashSet;

const BOT: &str = include_str!("../clinic/bot.yaml");
const TABLE: &str = include_str!("../clinic/faq.csv");
const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const DAY: i64 = 24 * 60 * MINUTE;
/// Monday of the week shown, `2026-W47` in Moscow, and how many dialogs each day brings, of 100.
const MONDAY: &str = "2026-11-16T00:00:00+03:00";
const DAYS: [usize; 7] = [18, 17, 16, 17, 15, 10, 7];
const CHANNELS: &[&str] = &["telegram", "telegram", "instagram", "whatsapp", "whatsapp", "web"];

/// The records of that week, with so many dialogs, and of a somewhat quieter one before it, as JSON lines.
pub(crate) fn weeks(dialogs: usize) -> String {
    let bot = compiled(BOT);
    let careless =
        compiled(&BOT.replace("collect: [service, when, name, phone, note]", "collect: [service, when]"));
    let monday = Timestamp::parse(MONDAY).expect("a time");
    let mut random = Random::new(47);
    let (mut records, mut users) = (Vec::new(), HashSet::new());
    for (monday, dialogs) in [(monday.plus(-7 * DAY), dialogs * 6 / 7), (monday, dialogs)] {
        let mut guests: Vec<(Guest, usize)> =
            (0..dialogs).map(|_| (guest(&mut random), DAYS.len())).collect();
        guests.extend(troubles(&mut random).into_iter().map(|guest| (guest, 3)));
        for (guest, days) in guests {
            let mut user = 100_000 + random.below(900_000);
            while !users.insert(user) {
                user += 1; // every guest is somebody else
            }
            let began = began(monday, days, &mut random);
            let bot = if guest.flaw == Flaw::Careless { &careless } else { &bot };
            let channel = *random.pick(CHANNELS);
            let mut stage = Stage::open(bot, channel, user.to_string(), began, guest.flaw);
            guest.acts.iter().for_each(|act| stage.play(act, &mut random));
            stage.pass(monday.plus(7 * DAY));
            records.append(&mut stage.records);
        }
    }
    // It is Monday morning, and nobody knows yet what comes.
    records.retain(|(at, _)| *at < monday.plus(7 * DAY));
    records.sort_by_key(|(at, _)| *at);
    records.into_iter().map(|(_, record)| record + "\n").collect()
}

fn compiled(definition: &str) -> Bot {
    let files = Files::from([("faq.csv".to_string(), TABLE.to_string())]);
    Bot::from_yaml(definition, &files).expect("the clinic compiles").bot
}

/// Some time of one of the first days, from nine to nine, the busiest in the evening.
fn began(monday: Timestamp, days: usize, random: &mut Random) -> Timestamp {
    let mut left = random.below(DAYS.iter().take(days).sum());
    let day = DAYS.iter().position(|share| {
        let here = left < *share;
        left = left.saturating_sub(*share);
        here
    });
    let minute = 9 * 60 + random.below(720).max(random.below(720));
    monday.plus(day.unwrap_or(0) as i64 * DAY + minute as i64 * MINUTE + random.below(60_000) as i64)
}

/// A dialog and its host.
struct Stage<'b> {
    bot: &'b Bot,
    session: Session,
    now: Timestamp,
    flaw: Flaw,
    events: usize,
    /// Buttons under the last reply, by id.
    buttons: Vec<String>,
    /// When the visit is.
    visit: Option<Timestamp>,
    records: Vec<(Timestamp, String)>,
}

impl<'b> Stage<'b> {
    fn open(bot: &'b Bot, channel: &str, user: String, now: Timestamp, flaw: Flaw) -> Self {
        let key = Key { channel: channel.into(), account: "main".into(), user };
        let session = bot.open(key, now, Some(Contact::default()));
        Self { bot, session, now, flaw, events: 0, buttons: Vec::new(), visit: None, records: Vec::new() }
    }

    fn play(&mut self, act: &Act, random: &mut Random) {
        let message = |message| EventKind::Message(message);
        match act {
            Act::Says(text) => {
                self.told(message(Message { text: Some(text.clone()), ..Message::default() }), random)
            }
            Act::Presses(at) => {
                let Some(id) = self.buttons.get(at % self.buttons.len().max(1)).cloned() else { return };
                self.visit = Timestamp::parse(&id).or(self.visit);
                self.told(message(Message { button: Some(id), ..Message::default() }), random);
            }
            Act::Button(id) => {
                self.told(message(Message { button: Some(id.to_string()), ..Message::default() }), random);
            }
            Act::Operator(who, minutes, text) => {
                self.pass(self.now.plus(minutes * MINUTE));
                let (who, text) = (Some(who.to_string()), Some(text.to_string()));
                self.told(
                    EventKind::Operator(Operator { action: OperatorAction::Message, who, text }),
                    random,
                );
            }
            Act::Minutes(minutes) => self.pass(self.now.plus(minutes * MINUTE)),
            Act::Misses => {
                if let Some(visit) = self.visit {
                    self.pass(visit.plus(40 * MINUTE));
                    self.told(EventKind::Fact { name: "no_show".into(), data: None }, random);
                }
            }
        }
    }

    /// An event some seconds later, and what the host answers to what it led to.
    fn told(&mut self, kind: EventKind, random: &mut Random) {
        self.pass(self.now.plus((4 + random.below(50)) as i64 * SECOND));
        let mut open = self.step(kind);
        while let Some((effect, what, target)) = open.pop() {
            self.pass(self.now.plus((600 + random.below(2_500)) as i64));
            let data = Some(self.answer(&what, random)).filter(|data| !data.is_null());
            let result = EffectResult { effect, target, ok: true, data, error: None };
            let more = self.step(EventKind::Result(result));
            open.extend(more);
        }
    }

    fn answer(&self, what: &str, random: &mut Random) -> Json {
        match what {
            "slots" => {
                let midnight = self.now.as_millis().div_euclid(DAY) * DAY;
                let slot = |days: usize| {
                    let hour = 7 + random.below(9) as i64;
                    let start =
                        Timestamp::from_millis(midnight).plus((1 + days as i64) * DAY + hour * 60 * MINUTE);
                    json!({"id": start.to_string(), "start": start.to_string()})
                };
                json!({"slots": (0..3).map(slot).collect::<Vec<_>>()})
            }
            "lead" => json!({"id": (40_000 + random.below(9_000)).to_string()}),
            _ => Json::Null,
        }
    }

    fn step(&mut self, kind: EventKind) -> Vec<(String, String, Option<String>)> {
        self.events += 1;
        let event = Event { id: self.events.to_string(), at: None, kind };
        let turn = self.bot.step(&mut self.session, &event, self.now).expect("the bot's own session");
        self.took(turn)
    }

    /// Calls `due` as a host does, up to a time.
    fn pass(&mut self, until: Timestamp) {
        while let Some(due) = self.session.next_due().filter(|due| *due <= until) {
            self.now = self.now.max(due);
            let turn = self.bot.due(&mut self.session, self.now).expect("the bot's own session");
            self.took(turn);
        }
        self.now = self.now.max(until);
    }

    /// Keeps the record; what the host is to answer.
    fn took(&mut self, turn: Turn) -> Vec<(String, String, Option<String>)> {
        self.records.push((self.now, serde_json::to_string(&turn.record).expect("a record")));
        let mut open = Vec::new();
        for effect in &turn.effects {
            let key = || effect.key.clone();
            match &effect.kind {
                EffectKind::Reply(reply) => {
                    self.buttons = reply.buttons().iter().map(|button| button.id.clone()).collect();
                }
                EffectKind::Request { what, .. } => open.push((key(), what.to_string(), None)),
                EffectKind::CreateLead(lead) if self.flaw != Flaw::Unconfirmed => {
                    open.extend(
                        lead.to.iter().map(|target| (key(), "lead".to_string(), Some(target.clone()))),
                    );
                }
                EffectKind::UpdateLead(lead) => {
                    open.extend(
                        lead.to.iter().map(|target| (key(), "lead".to_string(), Some(target.clone()))),
                    );
                }
                _ => {}
            }
        }
        open
    }
}
