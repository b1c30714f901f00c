//! Extraction of telephone numbers and e-mail addresses beside its rivals, its goals and its promises.
//!
//! `cargo bench -p benches --bench extract` prints everything in one run. A path to a message set as JSON lines with
//! `text` and `default_region` may follow: `-- path/to/chat.jsonl`.

use frontdesk::extract::{PhoneOptions, Region, emails, phones};
use linkify::{LinkFinder, LinkKind};
use regex::Regex;
use rlibphonenumber::phonenumber_matcher::{Leniency, PHONE_MATCHER_FACTORY};
use serde_json::Value;
use std::hint::black_box;
use std::time::{Duration, Instant};

const CORPUS: &str = include_str!("../../core/tests/extract/corpus.jsonl");
/// How long each figure is measured; the best of several rounds counts, to keep the neighbours' noise out.
const ROUND: Duration = Duration::from_millis(100);
const ROUNDS: usize = 5;

struct Message {
    text: String,
    options: PhoneOptions,
    region: Option<rlibphonenumber::Region>,
}

fn messages(lines: &str) -> Vec<Message> {
    let message = |line: &str| {
        let row: Value = serde_json::from_str(line).ok()?;
        let region = row.get("region").or(row.get("default_region")).and_then(Value::as_str);
        Some(Message {
            text: row.get("text")?.as_str()?.to_owned(),
            options: PhoneOptions::new(region.and_then(Region::from_code)),
            region: region.and_then(|code| code.parse().ok()),
        })
    };
    lines.lines().filter_map(message).collect()
}

/// Seconds of one call, the best of several rounds.
fn seconds(mut call: impl FnMut()) -> f64 {
    let round = |call: &mut dyn FnMut()| {
        let (start, mut calls) = (Instant::now(), 0_u32);
        while start.elapsed() < ROUND {
            call();
            calls += 1;
        }
        start.elapsed().as_secs_f64() / f64::from(calls)
    };
    (0..ROUNDS).map(|_| round(&mut call)).fold(f64::INFINITY, f64::min)
}

/// Messages a second over a whole set.
fn rate(messages: &[Message], mut call: impl FnMut(&Message)) -> f64 {
    messages.len() as f64 / seconds(|| messages.iter().for_each(&mut call))
}

fn sink<T>(value: T) {
    let _ = black_box(value);
}

fn both(message: &Message) {
    phones(&message.text, &message.options).for_each(sink);
    emails(&message.text).for_each(sink);
}

fn against_rivals(name: &str, messages: &[Message]) {
    let pattern = Regex::new(r"\+?\d[\d\-\(\) ]{8,}\d").expect("the pattern of the rival");
    let mut links = LinkFinder::new();
    links.kinds(&[LinkKind::Email]);
    let ours = rate(messages, both);
    let theirs = rate(messages, |m| {
        let found = PHONE_MATCHER_FACTORY.create_matcher(&m.text, Leniency::Valid, u64::MAX, m.region);
        found.for_each(sink);
    });
    let only_phones = rate(messages, |m| phones(&m.text, &m.options).for_each(sink));
    let only_emails = rate(messages, |m| emails(&m.text).for_each(sink));
    let linkify = rate(messages, |m| links.links(&m.text).for_each(sink));
    let naive = rate(messages, |m| pattern.find_iter(&m.text).for_each(sink));
    println!("{name}: {} messages, millions a second on one thread", messages.len());
    println!("  phones and e-mails     {:7.3}   goal 2, reach for 5", ours / 1e6);
    println!("  phones alone           {:7.3}", only_phones / 1e6);
    println!("  e-mails alone          {:7.3}", only_emails / 1e6);
    println!(
        "  rlibphonenumber        {:7.3}   we are {:.0} times as fast, goal 50",
        theirs / 1e6,
        ours / theirs
    );
    println!("  linkify, e-mails       {:7.3}", linkify / 1e6);
    println!("  naive pattern, phones  {:7.3}", naive / 1e6);
}

/// Texts with nothing to find, beside a plain scan of their bytes.
fn nothing_to_find() {
    let options = PhoneOptions::new(Region::from_code("RU"));
    println!("nothing to find, gigabytes a second");
    for (name, sentence) in [
        (
            "Russian",
            "Добрый вечер, подскажите, пожалуйста, можно ли прийти без записи и как к вам лучше доехать? ",
        ),
        (
            "English",
            "Hello, could you please tell me whether you are open on the weekend and how to find you? ",
        ),
    ] {
        let long = sentence.repeat(100);
        for (length, text) in [("one sentence", sentence), ("a hundred", long.as_str())] {
            let gigabytes = |seconds: f64| text.len() as f64 / seconds / 1e9;
            let ours = seconds(|| {
                black_box(phones(black_box(text), &options).count());
                black_box(emails(black_box(text)).count());
            });
            let scan = seconds(|| sink(black_box(text).bytes().filter(|b| b.is_ascii_digit()).count()));
            println!(
                "  {name}, {length:12}  {:6.2}   (counting its digits {:.2})",
                gigabytes(ours),
                gigabytes(scan)
            );
        }
    }
}

/// A hostile text twice as long must not take more than 2.5 times as long.
fn hostile_texts() {
    let options = PhoneOptions::new(["RU", "UA", "US"].into_iter().filter_map(Region::from_code));
    println!("hostile texts: microseconds for 16 KiB, and the factor for twice as much; goal 2.5");
    for piece in [
        "1-",
        "1 ",
        "((((",
        "a@",
        "a@a.",
        "+",
        "+7 ",
        "8",
        "8 9",
        "собака ",
        "a dot ",
        "@ ",
        "89161234567 ",
        "о",
        "9О",
        "восемь ",
        "1.1.1985 ",
        "доб. 1 ",
        "1:",
        "☎",
        "/1",
        "a.",
        "заказ 8916123456 ",
        "x@x.xx,",
        "1\n",
        "8 916 555 01 0",
    ] {
        let (once, twice) = (piece.repeat(16_384 / piece.len()), piece.repeat(32_768 / piece.len()));
        let time = |text: &str| {
            seconds(|| {
                black_box(phones(black_box(text), &options).count());
                black_box(emails(black_box(text)).count());
            })
        };
        let (once, twice) = (time(&once), time(&twice));
        let verdict = if twice / once <= 2.5 { "" } else { "   TOO SLOW" };
        println!("  {piece:18?} {:9.1}   {:.2}{verdict}", once * 1e6, twice / once);
    }
}

fn main() {
    against_rivals("the project's corpus", &messages(CORPUS));
    for path in std::env::args().skip(1).filter(|a| !a.starts_with("--")) {
        match std::fs::read_to_string(&path) {
            Ok(lines) => against_rivals(&path, &messages(&lines)),
            Err(error) => println!("{path}: skipped, {error}"),
        }
    }
    nothing_to_find();
    hostile_texts();
}
