//! FAQ matching: median and p99 of a search, build time, beside the goals and the crate `bm25`.
//!
//! `cargo bench -p benches --bench faq`. Rows are drawn from the words of a shared table by a fixed sequence; without
//! the table a small list of words stands in.

use bm25::{Language, SearchEngineBuilder};
use frontdesk::faq::{Index, Options, Query, Row};
use std::hint::black_box;
use std::time::Instant;

/// Where the shared sets lie beside a checkout; the variable `FRONTDESK_DATA` names another place.
const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data");
const STAND_IN: &str =
    "запись приём врач цена доставка размер возврат оплата карта адрес график скидка гарантия ремонт";
/// Microseconds of a search: to hold, to reach.
const GOALS: [(usize, u32, u32); 3] = [(200, 20, 8), (10_000, 200, 60), (100_000, 0, 0)];
const SEARCHES: usize = 2000;

fn main() {
    let (words, messages) = material();
    println!(
        "{:>8} {:>10} {:>8} {:>8} {:>16} | bm25 {:>6} {:>8}",
        "rows", "build ms", "median", "p99", "goal us", "median", "p99"
    );
    for (count, hold, reach) in GOALS {
        let rows = rows(&words, count);
        let start = Instant::now();
        let index = Index::build(&rows, &Options::default());
        let build = start.elapsed().as_millis();
        let (median, p99) = measure(&messages, SEARCHES, |text| {
            black_box(index.search(&Query::new(text), 3));
        });
        let corpus: Vec<String> = rows.iter().map(|row| row.ask.join(" ")).collect();
        let engine = SearchEngineBuilder::<u32>::with_corpus(Language::Russian, corpus).build();
        let (peer, peer_p99) = measure(&messages, SEARCHES / 10, |text| {
            black_box(engine.search(text, 3));
        });
        let goal = if hold == 0 { "-".to_owned() } else { format!("{hold} / {reach}") };
        println!("{count:>8} {build:>10} {median:>8.1} {p99:>8.1} {goal:>16} | {peer:>11.1} {peer_p99:>8.1}");
    }
}

/// Median and p99 of a call, in microseconds.
fn measure(messages: &[String], times: usize, mut call: impl FnMut(&str)) -> (f64, f64) {
    let mut taken: Vec<f64> = messages
        .iter()
        .cycle()
        .take(times)
        .map(|message| {
            let start = Instant::now();
            call(message);
            start.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    taken.sort_unstable_by(f64::total_cmp);
    (taken[times / 2], taken[times * 99 / 100])
}

/// Words of the shared table and its messages.
fn material() -> (Vec<String>, Vec<String>) {
    let data = std::env::var("FRONTDESK_DATA").unwrap_or_else(|_| DATA.to_owned());
    let lines = |name: &str| std::fs::read_to_string(format!("{data}/faq/clinic/{name}"));
    let parse = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap_or_default();
    let (Ok(table), Ok(queries)) = (lines("kb.jsonl"), lines("queries.jsonl")) else {
        println!("the shared table is absent, a list of {} words stands in", STAND_IN.split(' ').count());
        let words: Vec<String> = STAND_IN.split(' ').map(str::to_owned).collect();
        let messages = words.windows(3).map(|three| three.join(" ")).collect();
        return (words, messages);
    };
    let asks = table.lines().map(parse).flat_map(|row| row["ask"].as_array().cloned().unwrap_or_default());
    let mut words: Vec<String> = asks
        .flat_map(|ask| {
            ask.as_str().unwrap_or_default().split_whitespace().map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    words.sort_unstable();
    words.dedup();
    let messages =
        queries.lines().map(parse).filter_map(|query| query["text"].as_str().map(str::to_owned)).collect();
    (words, messages)
}

/// Rows of two phrasings of three to seven words; a number in every third makes rows distinct as articles do.
fn rows(words: &[String], count: usize) -> Vec<Row> {
    let mut state = 1u64;
    let mut next = move |below: usize| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) as usize % below
    };
    let mut phrasing = |number: usize| {
        let mut ask: Vec<String> = (0..3 + next(5)).map(|_| words[next(words.len())].clone()).collect();
        if number.is_multiple_of(3) {
            ask.push(number.to_string());
        }
        ask.join(" ")
    };
    (0..count)
        .map(|n| Row { id: n.to_string(), ask: vec![phrasing(n), phrasing(n)], ..Row::default() })
        .collect()
}
