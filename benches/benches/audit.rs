//! A log of a million records, whose sessions are mixed, verified, counted and replayed in one pass, beside the memory
//! that it takes.
//!
//! `cargo bench -p benches --bench audit` writes a log of dialogs at the clinic into a temporary folder, 1.3 GB, and
//! reads it twice. Every session begins before the second record of any, and ends after the last but one of all: no
//! order needs more memory. `-- --records N` takes another length.

use frontdesk::audit::{Counter, Entry, Expected, Filter, Replayer, Verifier};
use frontdesk::bot::{Bot, Files};
use frontdesk::dialog::{Event, EventKind, Key, Message};
use frontdesk::time::Timestamp;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Records where nobody says how many.
const RECORDS: usize = 1_000_000;
/// Memory of a million records of a hundred thousand sessions, in MB.
const GOAL_COUNTED: u64 = 200;
/// Records replayed in a second: what the steps alone would take.
const GOAL_REPLAYED: u64 = 30_000;

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
    let sessions = wanted.unwrap_or(RECORDS) / SAID.len();
    let table = include_str!("../../core/examples/clinic/faq.csv");
    let files = Files::from([("faq.csv".to_string(), table.to_string())]);
    let definition = include_str!("../../core/examples/clinic/bot.yaml");
    let bot = Bot::from_yaml(definition, &files).expect("the clinic compiles").bot;

    let folder = std::env::temp_dir().join(format!("frontdesk-audit-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    let log: Vec<PathBuf> = (0..SAID.len()).map(|at| folder.join(format!("{at}.jsonl"))).collect();
    let (bytes, stepping) = write(&bot, sessions, &log);
    let records = sessions * SAID.len();
    println!("{records} records of {} bytes, {sessions} sessions mixed", bytes / records.max(1));
    row("step", records, stepping, "to make the log");

    let counted = Pass::over(&log, None);
    println!("verify and count: {} of memory at most (goal {GOAL_COUNTED} MB)", shown(counted.memory));
    let all = Pass::over(&log, Some(&bot));
    row("read", records, all.reading, "");
    row("verify", records, all.verifying, "");
    row("count", records, all.counting, "");
    row("replay", records, all.replaying, &format!("(goal {GOAL_REPLAYED})"));
    row("all", records, all.reading + all.verifying + all.counting + all.replaying, "in one pass");
    println!("verify, count and replay: {} of memory at most", shown(all.memory));
    std::fs::remove_dir_all(&folder).expect("the folder is ours");
}

fn row(what: &str, records: usize, time: Duration, beside: &str) {
    let each = time.as_secs_f64() / records.max(1) as f64;
    println!("{what:<8} {:>10.0} records/s {:>8.2} us each {beside}", 1.0 / each, each * 1e6);
}

/// Writes the log: the first records of all sessions, then the second ones. Gives its bytes, and what the steps took.
fn write(bot: &Bot, sessions: usize, log: &[PathBuf]) -> (usize, Duration) {
    let mut parts: Vec<BufWriter<File>> =
        log.iter().map(|path| BufWriter::new(File::create(path).expect("a file"))).collect();
    let (mut bytes, mut stepping) = (0, Duration::ZERO);
    for user in 0..sessions {
        let start = Instant::now();
        let lines = dialog(bot, user);
        stepping += start.elapsed();
        for (part, line) in parts.iter_mut().zip(lines) {
            writeln!(part, "{line}").expect("room for the log");
            bytes += line.len() + 1;
        }
    }
    parts.iter_mut().for_each(|part| part.flush().expect("room for the log"));
    (bytes, stepping)
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
        lines.push(turn.record.json().to_string());
    }
    lines
}

/// What one reading of a log took.
struct Pass {
    reading: Duration,
    verifying: Duration,
    counting: Duration,
    replaying: Duration,
    memory: Option<u64>,
}

impl Pass {
    /// Reads a log once: verified and counted, and replayed where the bot is given.
    fn over(log: &[PathBuf], bot: Option<&Bot>) -> Self {
        // The most memory is that from here on, where the system lets us say so.
        _ = std::fs::write("/proc/self/clear_refs", "5");
        let mut verifier = Verifier::new(Expected::default());
        let mut counter = Counter::new(frontdesk::Zone::utc(), Filter::default(), None);
        let mut replayer = bot.map(|bot| Replayer::new(vec![bot], Default::default(), false));
        let [mut reading, mut verifying, mut counting, mut replaying] = [Duration::ZERO; 4];
        let mut at = 0;
        let timed = |time: &mut Duration, start: Instant| {
            *time += start.elapsed();
            Instant::now()
        };
        lines(log, |line| {
            let start = Instant::now();
            let entry = Entry::read(line).expect("a record");
            let start = timed(&mut reading, start);
            verifier.take_entry(line, &entry).expect("within the limits");
            let start = timed(&mut verifying, start);
            counter.take(&entry).expect("within the limits");
            let start = timed(&mut counting, start);
            if let Some(replayer) = &mut replayer {
                replayer.take(at, line, &entry).expect("the bot of the log");
            }
            timed(&mut replaying, start);
            at += 1;
        });
        let verdict = verifier.finish(false);
        let start = Instant::now();
        let dialogs = counter.finish().total().dialogs;
        timed(&mut counting, start);
        let replayed = replayer.map(Replayer::finish);
        let same = replayed.as_ref().is_none_or(|replayed| replayed.same && replayed.skipped == 0);
        assert!(verdict.ok && same && dialogs as usize == verdict.sessions, "{verdict:?} {replayed:?}");
        Self { reading, verifying, counting, replaying, memory: peak_megabytes() }
    }
}

fn lines(log: &[impl AsRef<Path>], mut take: impl FnMut(&str)) {
    let mut line = String::new();
    for path in log {
        let mut part = BufReader::new(File::open(path).expect("the file is written"));
        while part.read_line(&mut line).expect("text") > 0 {
            take(line.trim_end());
            line.clear();
        }
    }
}

/// The most memory that the process has had, where the system tells.
fn peak_megabytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.split_whitespace().next()?.parse::<u64>().ok()? / 1024)
}

fn shown(megabytes: Option<u64>) -> String {
    megabytes.map_or_else(|| "an unknown amount".to_string(), |n| format!("{n} MB"))
}
