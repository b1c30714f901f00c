//! The whole step on the clinic, the session in memory, beside the goals of DESIGN.md, section 5.
//!
//! `cargo bench -p benches --bench step` prints the time of a step by kind of message and over a mix of them, the
//! time to compile the clinic, and the size of a session as it grows. `-- --loop SECONDS` only steps, for a profiler.

use frontdesk::bot::{Bot, Files};
use frontdesk::dialog::{ControlAction, Event, EventKind, Key, Mode, Session};
use frontdesk::time::Timestamp;
use std::hint::black_box;
use std::time::{Duration, Instant};

const DEFINITION: &str = include_str!("../../core/examples/clinic/bot.yaml");
const TABLE: &str = include_str!("../../core/examples/clinic/faq.csv");

/// How often each message is measured; the median counts, to keep the neighbours' noise out.
const ROUNDS: usize = 2_000;
/// Compilations measured.
const COMPILATIONS: usize = 20;
/// Between two messages of a client.
const PAUSE_MILLIS: i64 = 20_000;

/// What clients write, by kind; a chat holds about as many of each.
const MIX: &[(&str, &[&str])] = &[
    ("greeting", &["Здравствуйте!", "добрый вечер", "Привет"]),
    (
        "question",
        &[
            "Скажите, а сколько у вас стоит профессиональная чистка?",
            "до скольки вы сегодня работаете",
            "Есть ли где оставить машину рядом с клиникой?",
            "Принимаете ли вы детей и с какого возраста?",
            "можно ли оплатить картой или в рассрочку",
            "Болит зуб мудрости, удаляете такие? Насколько это больно и сколько времени занимает?",
        ],
    ),
    ("courtesy", &["спасибо большое", "ок, понятно"]),
    ("phone", &["Перезвоните мне, пожалуйста: +7 (916) 123-45-67, Ирина"]),
    ("e-mail", &["пришлите прайс на irina.k@example.com"]),
    ("booking", &["Хочу записаться на завтра после обеда"]),
    ("unknown", &["А кондиционеры вы тоже чините, если сломались летом?", "asdf qwer zxcv"]),
];

fn compile() -> Bot {
    let files = Files::from([("faq.csv".to_string(), TABLE.to_string())]);
    Bot::from_yaml(DEFINITION, &files).expect("the clinic compiles").bot
}

fn noon() -> Timestamp {
    Timestamp::parse("2026-01-05T12:00:00Z").expect("a time")
}

fn key() -> Key {
    Key { channel: "telegram".into(), account: "clinic".into(), user: "79".into() }
}

/// A session that has talked a little: greeted, asked once and got an answer.
fn begun(bot: &Bot) -> (Session, Timestamp) {
    let mut session = bot.open(key(), noon(), None);
    let mut now = noon();
    for (at, text) in ["Добрый день", "Подскажите адрес"].into_iter().enumerate() {
        now = now.plus(PAUSE_MILLIS);
        bot.step(&mut session, &Event::text(format!("b{at}"), text), now).expect("a session of this bot");
    }
    (session, now.plus(PAUSE_MILLIS))
}

/// Microseconds of one step, a sample for each round; the copy of the session is not counted.
fn samples(bot: &Bot, session: &Session, text: &str, now: Timestamp) -> Vec<f64> {
    let event = Event::text("measured", text);
    let sample = |_| {
        let mut session = session.clone();
        let start = Instant::now();
        let turn = bot.step(&mut session, black_box(&event), now);
        let time = start.elapsed();
        black_box((turn.is_ok(), &session));
        time.as_secs_f64() * 1e6
    };
    (0..ROUNDS).map(sample).collect()
}

fn median(mut samples: Vec<f64>) -> f64 {
    samples.sort_by(f64::total_cmp);
    samples.get(samples.len() / 2).copied().unwrap_or_default()
}

fn steps(bot: &Bot) {
    let (session, now) = begun(bot);
    let mut all = Vec::new();
    println!("one step on the clinic, session in memory, median in microseconds");
    for (kind, texts) in MIX {
        let samples: Vec<f64> = texts.iter().flat_map(|text| samples(bot, &session, text, now)).collect();
        println!("  {kind:10} {:7.1}", median(samples.clone()));
        all.extend(samples);
    }
    println!("  the mix    {:7.1}   hold 30, reach for 12", median(all));
}

fn compilations() {
    let milliseconds = |_| {
        let start = Instant::now();
        black_box(compile());
        start.elapsed().as_secs_f64() * 1e3
    };
    println!("compiling the clinic, milliseconds");
    println!("  median     {:7.1}", median((0..COMPILATIONS).map(milliseconds).collect()));
}

/// The size of a session whose client writes on and on; in a dialog that ended it keeps its size, so the host restarts it.
fn sizes(bot: &Bot) {
    let mut session = bot.open(key(), noon(), None);
    let mut now = noon();
    let texts: Vec<&str> = MIX.iter().flat_map(|(_, texts)| *texts).copied().collect();
    println!("session as JSON, bytes");
    for (at, text) in texts.iter().cycle().enumerate().take(500) {
        now = now.plus(PAUSE_MILLIS);
        // As vendors number them.
        let event = Event { at: Some(now), ..Event::text(format!("wamid.{at:020}"), *text) };
        bot.step(&mut session, &event, now).expect("a session of this bot");
        if session.mode() == Mode::Finished {
            let restart = EventKind::Control { action: ControlAction::Restart };
            let event = Event { id: format!("restart {at}"), at: None, kind: restart };
            bot.step(&mut session, &event, now).expect("a session of this bot");
        }
        let goal = match at + 1 {
            1 => "typical 4096",
            50 => "typical 4096",
            500 => "at most 16384, hard limit 65536",
            _ => continue,
        };
        println!("  after {:3} messages {:7}   {goal}", at + 1, session.snapshot().len());
    }
}

/// Steps through the mix for some seconds and prints nothing: something for a profiler to look at.
fn run_for(bot: &Bot, time: Duration) {
    let (session, now) = begun(bot);
    let texts = MIX.iter().flat_map(|(_, texts)| *texts);
    let events: Vec<Event> = texts.map(|text| Event::text("measured", *text)).collect();
    let start = Instant::now();
    while start.elapsed() < time {
        for event in &events {
            black_box(bot.step(&mut session.clone(), event, now).is_ok());
        }
    }
}

fn main() {
    let bot = compile();
    let mut arguments = std::env::args().skip_while(|a| a != "--loop").skip(1);
    if let Some(seconds) = arguments.next().and_then(|a| a.parse().ok()) {
        return run_for(&bot, Duration::from_secs(seconds));
    }
    steps(&bot);
    compilations();
    sizes(&bot);
}
