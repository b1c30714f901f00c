//! A simulated year: thousands of random dialogs over the example bots, on a network that loses, repeats and
//! reorders, with guests who come back after minutes or months and humans who join.
//!
//! Whatever comes: nothing panics, nobody is written to in silence, no two outreaches go out together, no dialog is
//! left in the middle of a flow, and the same events give the same bytes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a test may panic

mod guest;
mod network;
#[path = "../support/mod.rs"]
mod support;

use frontdesk::bot::{Bot, Files};
use frontdesk::dialog::{EffectKind, Event, EventKind, Key, Mode, Outcome, Session, Turn};
use frontdesk::time::Timestamp;
use guest::Guest;
use network::Network;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Mutex;
use support::Random;

const DIALOGS: usize = 10_000;
const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;
/// Long after the last word: every silence, every reminder of a day named, and every reaction is over.
const AFTERMATH: i64 = 400 * DAY;

/// Every example of the project.
fn bots() -> Vec<(String, Bot)> {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut places: Vec<_> = fs::read_dir(examples).unwrap().map(|entry| entry.unwrap().path()).collect();
    places.retain(|place| place.join("bot.yaml").exists());
    places.sort();
    let bot = |place: &Path| {
        let text = |name: &str| fs::read_to_string(place.join(name));
        let table = text("faq.csv").map(|table| ("faq.csv".to_string(), table));
        let files: Files = table.into_iter().collect();
        let name = place.file_name().unwrap().to_string_lossy().into_owned();
        (name, Bot::from_yaml(&text("bot.yaml").unwrap(), &files).unwrap().bot)
    };
    places.iter().map(|place| bot(place)).collect()
}

/// What the host did, to do again.
enum Call {
    Step(Box<Event>, Timestamp),
    Due(Timestamp),
}

/// One dialog and what has come of it.
struct Dialog<'b> {
    name: &'b str,
    seed: u64,
    bot: &'b Bot,
    session: Session,
    now: Timestamp,
    calls: Vec<Call>,
    turns: Vec<Turn>,
    network: Network,
    /// Flows that were active, so that a year without one of them is noticed.
    flows: BTreeSet<String>,
}

impl<'b> Dialog<'b> {
    fn open(name: &'b str, bot: &'b Bot, seed: u64, random: &mut Random) -> Self {
        let start = Timestamp::parse("2026-01-01T00:00:00Z").unwrap();
        let now = start.plus(random.below(365 * 24 * 60) as i64 * MINUTE);
        let session = bot.open(Self::key(bot, random.below(8)), now, None);
        let (calls, turns, network, flows) = Default::default();
        Self { name, seed, bot, session, now, calls, turns, network, flows }
    }

    fn key(bot: &Bot, at: usize) -> Key {
        let channels = &bot.definition().channels;
        let channel = channels.get(at % channels.len().max(1)).cloned().unwrap_or_else(|| "web".into());
        let accounts = bot.definition().accounts.get(&channel).cloned().unwrap_or_default();
        let account = accounts.first().cloned().unwrap_or_else(|| "main".into());
        Key { channel, account, user: "guest".into() }
    }

    fn assert(&self, holds: bool, what: &str) {
        if !holds {
            let calls = self.calls.iter().map(|call| match call {
                Call::Step(event, now) => format!("{now} {}", serde_json::to_string(event).unwrap()),
                Call::Due(now) => format!("{now} due"),
            });
            let calls: Vec<String> = calls.collect();
            panic!("{} {}: {what}\n{}\n{}", self.name, self.seed, calls.join("\n"), self.session.snapshot());
        }
    }

    fn step(&mut self, event: Event) {
        let (before, mode) = (self.session.snapshot(), self.session.mode());
        self.calls.push(Call::Step(Box::new(event.clone()), self.now));
        let turn = self.bot.step(&mut self.session, &event, self.now).expect("the bot's own session");
        if turn.outcome == Outcome::Duplicate {
            self.assert(turn.effects.is_empty(), "a duplicate has effects");
            self.assert(self.session.snapshot() == before, "a duplicate changed the session");
        }
        let reopened = matches!(event.kind, EventKind::Message(_) | EventKind::Control { .. });
        self.took(turn, mode, reopened);
    }

    fn due(&mut self) {
        let mode = self.session.mode();
        self.calls.push(Call::Due(self.now));
        let turn = self.bot.due(&mut self.session, self.now).expect("the bot's own session");
        let outreach = |why: &&String| {
            ["timer silence", "timer no_reply", "timer remind"].iter().any(|timer| why.starts_with(timer))
        };
        if turn.effects.iter().any(|e| e.kind.is_reply()) {
            let fired = turn.record.matched.why.iter().filter(outreach).count();
            let replies = turn.effects.iter().filter(|e| e.kind.is_reply()).count();
            self.assert(fired <= 1 || replies <= 1, "two outreaches went out together");
        }
        self.took(turn, mode, false);
    }

    fn took(&mut self, turn: Turn, before: Mode, may_open: bool) {
        let replies = turn.effects.iter().filter(|e| e.kind.is_reply()).count();
        let finishes = turn.effects.iter().any(|e| matches!(e.kind, EffectKind::Finish { .. }));
        self.assert(turn.mode != Mode::Human || replies == 0, "replied beside a human");
        self.assert(turn.mode != Mode::Finished || finishes || replies == 0, "replied after the end");
        let quiet = before != Mode::Active && turn.mode == before && !(finishes && may_open);
        let reacts = before == Mode::Finished && !may_open;
        self.assert(!quiet || replies == 0 || reacts, "replied in silence");
        self.assert(self.session.snapshot().len() <= 64 * 1024, "the session grew over its limit");
        self.network.sees(&turn);
        self.flows.extend(self.session.flow().map(str::to_string));
        self.flows.extend(turn.record.matched.flow.clone());
        self.turns.push(turn);
    }

    /// Lets time pass as a host does: `due` is called when something is due.
    fn wait(&mut self, until: Timestamp) {
        for _ in 0..10_000 {
            match self.session.next_due().filter(|due| *due <= until) {
                Some(due) => {
                    self.now = self.now.max(due);
                    self.due();
                }
                None => {
                    self.now = self.now.max(until);
                    return;
                }
            }
        }
        self.assert(false, "timers arm each other without end");
    }

    fn play(&mut self, guest: &Guest<'_>, random: &mut Random) {
        for at in 0..random.below(24) + 3 {
            let kind = guest.happens(random, self.turns.last(), &mut self.network);
            let id = if random.below(12) == 0 { random.below(at + 1) } else { at };
            if let Some(kind) = kind {
                self.step(Event { id: id.to_string(), at: None, kind });
            }
            if random.below(40) == 0 {
                self.session =
                    Session::restore(self.bot, &self.session.snapshot()).expect("its own snapshot");
            }
            let pause =
                *random.pick(&[5_000, 20_000, MINUTE, 10 * MINUTE, 3 * 60 * MINUTE, DAY, 3 * DAY, 45 * DAY]);
            let pause = if random.below(3) == 0 { pause } else { 5_000 };
            self.wait(self.now.plus(pause));
        }
    }

    /// Nobody says anything any more: the flow must not wait for ever.
    fn end(&mut self) {
        self.wait(self.now.plus(AFTERMATH));
        self.assert(self.session.next_due().is_none(), "a timer is left after months of silence");
        if self.session.mode() != Mode::Active || self.session.flow().is_none() {
            return;
        }
        let message =
            |turn: &&Turn| matches!(turn.record.event.as_ref().map(|e| &e.kind), Some(EventKind::Message(_)));
        let silence = self.turns.iter().rev().take_while(|turn| !message(turn));
        // A silence rule that met the author's bound of outreaches has had its say too.
        let fired = |turn: &Turn| turn.record.matched.why.iter().any(|why| why.starts_with("timer silence"));
        let reached = silence.filter(|turn| turn.record.event.is_none()).any(fired);
        let settled = self.session.status() != "in_work";
        self.assert(reached || settled, "stuck in a flow: no goal, no `unsure`, no silence rule");
    }

    fn replay(&self, opened: Session) {
        let mut session = opened;
        for (call, turn) in self.calls.iter().zip(&self.turns) {
            let again = match call {
                Call::Step(event, now) => self.bot.step(&mut session, event, *now),
                Call::Due(now) => self.bot.due(&mut session, *now),
            };
            let again = serde_json::to_string(&again.unwrap()).unwrap();
            self.assert(again == serde_json::to_string(turn).unwrap(), "a replay differs");
        }
        self.assert(session.snapshot() == self.session.snapshot(), "a replay ends elsewhere");
    }
}

#[test]
fn r030_ten_thousand_dialogs_keep_their_promises() {
    let bots = bots();
    let guests: Vec<Guest<'_>> = bots.iter().map(|(_, bot)| Guest::of(bot)).collect();
    let seen = Mutex::new(BTreeSet::new());
    let one = &|seed: usize| {
        let (at, mut random) = (seed % bots.len(), Random::new(seed as u64));
        let (name, bot) = &bots[at];
        let mut dialog = Dialog::open(name, bot, seed as u64, &mut random);
        let opened = dialog.session.clone();
        dialog.play(&guests[at], &mut random);
        dialog.end();
        dialog.replay(opened);
        seen.lock().unwrap().extend(dialog.flows.into_iter().map(|flow| (name.clone(), flow)));
    };
    // Two halves at once: the bots are shared, as a host's threads share them.
    std::thread::scope(|scope| {
        for half in 0..2 {
            scope.spawn(move || (half..DIALOGS).step_by(2).for_each(one));
        }
    });
    let flows = |(name, bot): &(String, Bot)| -> Vec<_> {
        bot.definition().flows.iter().map(|flow| (name.clone(), flow.name.clone())).collect()
    };
    let all: BTreeSet<_> = bots.iter().flat_map(flows).collect();
    assert_eq!(seen.into_inner().unwrap(), all, "a year in which a flow never ran");
}

#[test]
fn looking_at_the_clock_changes_nothing() {
    for (name, bot) in &bots() {
        let guest = Guest::of(bot);
        for seed in 0..100 {
            let mut random = Random::new(seed);
            let mut dialog = Dialog::open(name, bot, seed, &mut random);
            dialog.play(&guest, &mut random);
            let (mut often, mut plain) = (dialog.session.clone(), dialog.session.clone());
            let mut effects = [Vec::new(), Vec::new()];
            let (start, end) = (dialog.now, dialog.now.plus(10 * DAY));
            let mut seconds = start;
            while seconds < end {
                seconds = seconds.plus(random.below(6 * 60) as i64 * MINUTE + 1);
                // As a host: at each time that is due, and whenever it likes besides.
                while let Some(due) = often.next_due().filter(|due| *due <= seconds) {
                    effects[0].extend(bot.due(&mut often, due).unwrap().effects);
                }
                effects[0].extend(bot.due(&mut often, seconds).unwrap().effects);
            }
            while let Some(due) = plain.next_due().filter(|due| *due <= seconds) {
                effects[1].extend(bot.due(&mut plain, due).unwrap().effects);
            }
            dialog.assert(effects[0] == effects[1], "the number of calls of `due` matters");
        }
    }
}

/// One jump over downtime: a ladder yields its last step only, everything else is as if nobody had slept.
#[test]
fn one_jump_of_time_equals_many_small_ones_but_for_the_ladders() {
    for (name, bot) in &bots() {
        let guest = Guest::of(bot);
        for seed in 0..200 {
            let mut random = Random::new(seed);
            let mut dialog = Dialog::open(name, bot, seed, &mut random);
            dialog.play(&guest, &mut random);
            let mut slept = dialog.session.clone();
            let until = dialog.now.plus(random.below(20) as i64 * DAY);
            let talked = dialog.turns.len();
            dialog.wait(until);
            let mut woken = vec![bot.due(&mut slept, until).unwrap()];
            // What quiet hours put off on waking comes in the morning.
            let morning = until.plus(DAY);
            while let Some(due) = slept.next_due().filter(|due| *due <= morning) {
                woken.push(bot.due(&mut slept, due).unwrap());
            }
            dialog.wait(morning);
            let told = |turns: &[Turn]| -> Vec<EffectKind> {
                let effects = turns.iter().flat_map(|turn| &turn.effects).map(|e| e.kind.clone());
                let kept =
                    |kind: &EffectKind| matches!(kind, EffectKind::Alert { .. } | EffectKind::Handoff(_));
                effects.filter(kept).collect()
            };
            let (small, one) = (told(&dialog.turns[talked..]), told(&woken));
            dialog.assert(small == one, &format!("a jump tells {one:?}, small steps {small:?}"));
            let replies = woken.iter().flat_map(|t| &t.effects).filter(|e| e.kind.is_reply()).count();
            let steps =
                dialog.turns[talked..].iter().flat_map(|t| &t.effects).filter(|e| e.kind.is_reply()).count();
            dialog.assert(replies <= steps, "a jump says more than small steps");
            // A reminder of an earlier dialog wakes it; one that is past its event on waking is not sent.
            let reminded =
                |turn: &Turn| turn.record.matched.why.iter().any(|why| why.starts_with("timer remind"));
            let same = slept.mode() == dialog.session.mode() || dialog.turns[talked..].iter().any(reminded);
            dialog.assert(same, "a jump ends in another mode");
            dialog.assert(slept.fields() == dialog.session.fields(), "a jump knows other fields");
        }
    }
}

/// What a log of the dialog proves: whole, the same again, and masked the same but for its marks (R140, R142, R151).
fn audited(dialog: &Dialog<'_>) {
    let lines: Vec<String> = dialog.turns.iter().map(|t| serde_json::to_string(&t.record).unwrap()).collect();
    let answer = |name: &str, bot: Option<&Bot>, argument: serde_json::Value| -> serde_json::Value {
        let answer = frontdesk::verbs::tool(name, bot, &argument.to_string());
        serde_json::from_str(&answer.unwrap()).unwrap()
    };
    let same = |records: &serde_json::Value, what: &str| {
        let verdict = answer("verify", None, serde_json::json!({ "records": records }));
        dialog.assert(verdict["ok"] == true, &format!("{what} is not whole: {verdict}"));
        let replayed = answer("replay", Some(dialog.bot), serde_json::json!({ "records": records }));
        dialog.assert(replayed["same"] == true, &format!("{what} replays otherwise: {replayed:#}"));
    };
    same(&lines.join("\n").into(), "the log");
    let argument = serde_json::json!({"records": lines.join("\n"), "level": "masked", "key": "k"});
    let masked = answer("mask", Some(dialog.bot), argument)["lines"].clone();
    for written in
        ["900 123", "900-123", "9001234567", "9161234567", "671234567", "anna", "Анна", "Пётр", "Olena"]
    {
        dialog.assert(!masked.to_string().contains(written), &format!("{written} is in the masked log"));
    }
    let verdict = answer("verify", None, serde_json::json!({ "records": masked }));
    dialog.assert(verdict["ok"] == true, &format!("the masked log is not whole: {verdict}"));
}

#[test]
fn r140_r142_r151_every_log_is_whole_replays_and_keeps_no_name_when_masked() {
    for (name, bot) in &bots() {
        let guest = Guest::of(bot);
        for seed in 0..100 {
            let mut random = Random::new(seed);
            let mut dialog = Dialog::open(name, bot, seed, &mut random);
            dialog.play(&guest, &mut random);
            audited(&dialog);
        }
    }
}
