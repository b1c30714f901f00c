//! A log of a million records verified, counted and replayed in one pass, beside the memory that it takes.
//!
//! `cargo bench -p benches --bench audit` makes the log as it goes, dialogs at the clinic a thousand at a time, and
//! measures what reads it. `-- --records N` takes another length.

use frontdesk::audit::{Counter, Entry, Expected, Filter, Replayer, Verifier};
use frontdesk::bot::{Bot, Files};
use frontdesk::dialog::{Event, EventKind, Key, Message};
use frontdesk::time::Timestamp;
use std::time::{Duration, Instant};

/// Records where nobody says how many.
const RECORDS: usize = 1_000_000;
/// Dialogs made at once.
const CHUNK: usize = 1_000;

const SAID: &[&str] = &[
    "Здравствуйте!",
    "Скажите, а сколько у вас стоит профессиональная чистка?",
    "до скольки вы сегодня работаете",
    "А где вы находитесь?",
    "Принимаете ли вы детей и с какого возраста?",
    "можно ли оплатить картой",
    "пришлите прайс на irina.k@example.com",
    "А кондиционеры вы тоже чините, если сломались летом?",
    "спасибо за ответ, подумаю",
    "Перезвоните мне, пожалуйста: +7 (916) 123-45-67, Ирина",
];

fn main() {
    let mut arguments = std::env::args();
    let wanted = arguments.find(|a| a == "--records").and_then(|_| arguments.next()?.parse().ok());
    let wanted = wanted.unwrap_or(RECORDS);
    let table = include_str!("../../core/examples/clinic/faq.csv");
    let files = Files::from([("faq.csv".to_string(), table.to_string())]);
    let definition = include_str!("../../core/examples/clinic/bot.yaml");
    let bot = Bot::from_yaml(definition, &files).expect("the clinic compiles").bot;

    let mut verifier = Verifier::new(Expected::default());
    let mut counter = Counter::new(bot.zone().clone(), Filter::default(), None);
    let mut replayer = Replayer::new(vec![&bot], Default::default(), true);
    let [mut reading, mut verifying, mut counting, mut replaying] = [Duration::ZERO; 4];
    let (mut records, mut bytes, mut user) = (0, 0, 0);
    while records < wanted {
        let lines: Vec<String> = (0..CHUNK).flat_map(|at| dialog(&bot, user + at)).collect();
        user += CHUNK;
        let start = Instant::now();
        let entries: Vec<Entry<'_>> = lines.iter().map(|line| Entry::read(line).expect("a record")).collect();
        reading += start.elapsed();
        let start = Instant::now();
        for (line, entry) in lines.iter().zip(&entries) {
            verifier.take_entry(line, entry).expect("within the limits");
        }
        verifying += start.elapsed();
        let start = Instant::now();
        for entry in &entries {
            counter.take(entry).expect("within the limits");
        }
        counting += start.elapsed();
        let start = Instant::now();
        for (at, (line, entry)) in lines.iter().zip(&entries).enumerate() {
            replayer.take(at, line, entry).expect("the bot of the log");
        }
        replaying += start.elapsed();
        records += lines.len();
        bytes += lines.iter().map(String::len).sum::<usize>();
    }
    let (verdict, replayed) = (verifier.finish(false), replayer.finish());
    let dialogs = counter.finish().total().dialogs;
    assert!(verdict.ok && replayed.same, "{verdict:?} {replayed:?}");
    println!("{records} records of {} bytes, {dialogs} dialogs", bytes / records.max(1));
    let row = |what: &str, time: Duration| {
        let each = time.as_secs_f64() / records as f64;
        println!("{what:<10} {:>10.0} records/s {:>8.2} us each", 1.0 / each, each * 1e6);
    };
    row("read", reading);
    row("verify", verifying);
    row("count", counting);
    row("replay", replaying);
    row("all", reading + verifying + counting + replaying);
    println!(
        "memory     {:>10} MB at most, {} lines of it in the making",
        peak_megabytes(),
        CHUNK * SAID.len()
    );
}

/// The records of one dialog.
fn dialog(bot: &Bot, user: usize) -> Vec<String> {
    let key = Key { channel: "telegram".into(), account: "main".into(), user: user.to_string() };
    let mut now = Timestamp::from_millis(1_767_600_000_000 + user as i64 * 7_000);
    let mut session = bot.open(key, now, None);
    let mut lines = Vec::with_capacity(SAID.len());
    for (at, said) in SAID.iter().enumerate() {
        now = now.plus(20_000);
        let message = Message { text: Some((*said).to_string()), ..Message::default() };
        let event = Event { id: at.to_string(), at: None, kind: EventKind::Message(message) };
        let turn = bot.step(&mut session, &event, now).expect("the session is of this bot");
        lines.push(serde_json::to_string(&turn.record).expect("JSON"));
    }
    lines
}

/// The most memory that the process has had, where the system tells.
fn peak_megabytes() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.map_or_else(|| "?".to_string(), |k| (k / 1024).to_string())
}
