//! The whole step on the clinic and on the shop, the session in memory, beside the goals of DESIGN.md, section 5.
//!
//! `cargo bench -p benches --bench step` prints for each the time of a step by kind of message and over a mix of them,
//! the time to compile the definition, and the size of a session as it grows. `-- --loop SECONDS` only steps on the
//! clinic, for a profiler.

use frontdesk::bot::{Bot, Files};
use frontdesk::dialog::{ControlAction, Event, EventKind, Key, Mode, Session};
use frontdesk::time::Timestamp;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// How often each message is measured; the median counts, to keep the neighbours' noise out.
const ROUNDS: usize = 2_000;
/// Compilations measured.
const COMPILATIONS: usize = 20;
/// Between two messages of a client.
const PAUSE_MILLIS: i64 = 20_000;

/// What clients write, by kind; a chat holds about as many of each.
type Mix = &'static [(&'static str, &'static [&'static str])];

/// A definition and what is written to it.
struct Subject {
    name: &'static str,
    definition: &'static str,
    table: &'static str,
    mix: Mix,
    goal: &'static str,
}

const CLINIC: Subject = Subject {
    name: "clinic",
    definition: include_str!("../../core/examples/clinic/bot.yaml"),
    table: include_str!("../../core/examples/clinic/faq.csv"),
    mix: CLINIC_MIX,
    goal: "hold 30, reach for 12",
};

const SHOP: Subject = Subject {
    name: "shop",
    definition: include_str!("../../core/examples/shop/bot.yaml"),
    table: include_str!("../../core/examples/shop/faq.csv"),
    mix: SHOP_MIX,
    goal: "hold 40",
};

const CLINIC_MIX: Mix = &[
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

const SHOP_MIX: Mix = &[
    ("greeting", &["Здравствуйте!", "добрый вечер", "Привет"]),
    (
        "question",
        &[
            "Скажите, сколько стоит доставка до Казани?",
            "можно ли оплатить картой при получении",
            "а посуду эту можно мыть в посудомоечной машине?",
            "How long does the delivery take?",
        ],
    ),
    (
        "order",
        &["Где мой заказ A-123456?", "Здравствуйте, когда привезут A-654321? Телефон +7 916 123-45-67"],
    ),
    (
        "dispute",
        &["Отмечено как доставлено, но у меня ничего нет", "заказ так и не пришел, курьер не звонил"],
    ),
    ("refund", &["Хочу вернуть кастрюлю, не подошла по размеру", "Отмените, пожалуйста, заказ A-909090"]),
    ("courtesy", &["спасибо большое", "ок, понятно"]),
    ("angry", &["СКОЛЬКО МОЖНО ЖДАТЬ!!! Вторую неделю ни ответа, ни посылки"]),
    ("unknown", &["А кондиционеры вы тоже чините, если сломались летом?", "asdf qwer zxcv"]),
];

fn compile(subject: &Subject) -> Bot {
    let files = Files::from([("faq.csv".to_string(), subject.table.to_string())]);
    Bot::from_yaml(subject.definition, &files).expect("an example compiles").bot
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

fn steps(subject: &Subject, bot: &Bot) {
    let (session, now) = begun(bot);
    let mut all = Vec::new();
    println!("one step on the {}, session in memory, median in microseconds", subject.name);
    for (kind, texts) in subject.mix {
        let samples: Vec<f64> = texts.iter().flat_map(|text| samples(bot, &session, text, now)).collect();
        println!("  {kind:10} {:7.1}", median(samples.clone()));
        all.extend(samples);
    }
    println!("  the mix    {:7.1}   {}", median(all), subject.goal);
}

fn compilations(subject: &Subject) {
    let milliseconds = |_| {
        let start = Instant::now();
        black_box(compile(subject));
        start.elapsed().as_secs_f64() * 1e3
    };
    println!("compiling the {}, milliseconds", subject.name);
    println!("  median     {:7.1}", median((0..COMPILATIONS).map(milliseconds).collect()));
}

/// The size of a session whose client writes on and on; in a dialog that ended it keeps its size, so the host restarts it.
fn sizes(subject: &Subject, bot: &Bot) {
    let mut session = bot.open(key(), noon(), None);
    let mut now = noon();
    let texts: Vec<&str> = subject.mix.iter().flat_map(|(_, texts)| *texts).copied().collect();
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
    let texts = CLINIC.mix.iter().flat_map(|(_, texts)| *texts);
    let events: Vec<Event> = texts.map(|text| Event::text("measured", *text)).collect();
    let start = Instant::now();
    while start.elapsed() < time {
        for event in &events {
            black_box(bot.step(&mut session.clone(), event, now).is_ok());
        }
    }
}

fn main() {
    let clinic = compile(&CLINIC);
    let mut arguments = std::env::args().skip_while(|a| a != "--loop").skip(1);
    if let Some(seconds) = arguments.next().and_then(|a| a.parse().ok()) {
        return run_for(&clinic, Duration::from_secs(seconds));
    }
    for subject in [CLINIC, SHOP] {
        let bot = compile(&subject);
        steps(&subject, &bot);
        compilations(&subject);
        sizes(&subject, &bot);
    }
}
