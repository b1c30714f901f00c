//! FAQ matching beside the crate `bm25` and npm's `minisearch`: build time, median and p99 of a search, memory.
//!
//! `npm install --prefix .cache/peers minisearch@7` once, then `cargo bench -p benches --bench faq`. Rows are drawn from the words of a shared table by a fixed sequence; without
//! the table a small list of words stands in.

use bm25::{Language, SearchEngineBuilder};
use frontdesk::faq::{Index, Options, Query, Row};
use std::hint::black_box;
use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Instant;

/// Where the shared sets lie beside a checkout; the variable `FRONTDESK_DATA` names another place.
const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data");
const STAND_IN: &str =
    "запись приём врач цена доставка размер возврат оплата карта адрес график скидка гарантия ремонт";
/// Microseconds of a search: to hold, to reach.
const GOALS: [(usize, u32, u32); 3] = [(200, 20, 8), (10_000, 200, 60), (100_000, 0, 0)];
const SEARCHES: usize = 2000;
/// Measures one matcher and prints its figures as JSON: `--alone NAME ROWS`.
const ALONE: &str = "--alone";
/// Searches of a peer; fewer, since they take milliseconds.
const PEER_SEARCHES: usize = 200;

fn main() {
    let (words, messages) = material();
    if let [.., flag, name, count] = std::env::args().collect::<Vec<_>>().as_slice()
        && flag == ALONE
    {
        return alone(name, &rows(&words, count.parse().unwrap_or(0)), &messages);
    }
    println!(
        "{:>8} {:<12} {:>9} {:>10} {:>10} {:>9}  goal us",
        "rows", "", "build ms", "median us", "p99 us", "MB"
    );
    for (count, hold, reach) in GOALS {
        let rows = rows(&words, count);
        let goal = if hold == 0 { String::new() } else { format!("{hold} / {reach}") };
        for name in ["frontdesk", "bm25"] {
            show(count, name, in_a_process(name, count), if name == "frontdesk" { &goal } else { "" });
        }
        let texts: Vec<String> = rows.iter().map(text_of).collect();
        show(count, "minisearch", minisearch(&texts, &messages), "");
    }
}

fn text_of(row: &Row) -> String {
    row.ask.join(" ")
}

/// Runs this program again for one matcher, so that its memory is not what another one left behind.
fn in_a_process(name: &str, rows: usize) -> Result<Figures, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let run = Command::new(program).args([ALONE, name, &rows.to_string()]).output();
    Figures::read(&run.map_err(|error| error.to_string())?.stdout)
}

fn alone(name: &str, rows: &[Row], messages: &[String]) {
    let figures = if name == "bm25" {
        bm25(&rows.iter().map(text_of).collect::<Vec<_>>(), messages)
    } else {
        ours(rows, messages)
    };
    let Figures { build_ms, median, p99, megabytes } = figures;
    let bytes = megabytes * 1e6;
    println!("{}", serde_json::json!({"build": build_ms, "median": median, "p99": p99, "memory": bytes}));
}

/// What a matcher costs.
struct Figures {
    build_ms: f64,
    median: f64,
    p99: f64,
    /// What the index holds, by the pages of the process or as its runtime says.
    megabytes: f64,
}

impl Figures {
    /// From the last line that a process printed.
    fn read(printed: &[u8]) -> Result<Self, String> {
        let line = printed.trim_ascii_end().rsplit(|&byte| byte == b'\n').next().unwrap_or_default();
        let told: serde_json::Value = serde_json::from_slice(line).map_err(|error| error.to_string())?;
        let [build_ms, median, p99, bytes] =
            ["build", "median", "p99", "memory"].map(|key| told[key].as_f64().unwrap_or(f64::NAN));
        Ok(Self { build_ms, median, p99, megabytes: bytes / 1e6 })
    }
}

fn show(rows: usize, name: &str, figures: Result<Figures, String>, goal: &str) {
    let Figures { build_ms, median, p99, megabytes } = match figures {
        Ok(figures) => figures,
        Err(why) => return println!("{rows:>8} {name} skipped: {why}"),
    };
    println!("{rows:>8} {name:<12} {build_ms:>9.0} {median:>10.1} {p99:>10.1} {megabytes:>9.1}  {goal}");
}

fn ours(rows: &[Row], messages: &[String]) -> Figures {
    // The lexicon is read once in the life of a process.
    Index::build(&[], &Options::default());
    let (before, start) = (resident(), Instant::now());
    let index = Index::build(rows, &Options::default());
    let build_ms = start.elapsed().as_secs_f64() * 1e3;
    let megabytes = resident() - before;
    let (median, p99) = measure(messages, SEARCHES, |text| {
        black_box(index.search(&Query::new(text), 3));
    });
    Figures { build_ms, median, p99, megabytes }
}

fn bm25(texts: &[String], messages: &[String]) -> Figures {
    let (before, start) = (resident(), Instant::now());
    let engine = SearchEngineBuilder::<u32>::with_corpus(Language::Russian, texts).build();
    let build_ms = start.elapsed().as_secs_f64() * 1e3;
    let megabytes = resident() - before;
    let (median, p99) = measure(messages, PEER_SEARCHES, |text| {
        black_box(engine.search(text, 3));
    });
    Figures { build_ms, median, p99, megabytes }
}

/// The package of npm, in Node; put there by `npm install --prefix .cache/peers minisearch@7`.
fn minisearch(texts: &[String], messages: &[String]) -> Result<Figures, String> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let peers = format!("{root}/.cache/peers");
    if !std::path::Path::new(&peers).join("node_modules/minisearch").exists() {
        return Err("`npm install --prefix .cache/peers minisearch@7` brings it".to_owned());
    }
    let mut node = Command::new("node")
        .arg("--expose-gc")
        .arg(format!("{root}/benches/peers/minisearch.mjs"))
        .env("PEERS", peers)
        .env("SEARCHES", (PEER_SEARCHES.min(20_000_000 / texts.len() / 10)).to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("node does not start: {error}"))?;
    let input = serde_json::json!({"rows": texts, "messages": messages}).to_string();
    node.stdin.take().map(|mut stdin| stdin.write_all(input.as_bytes()));
    let output = node.wait_with_output().map_err(|error| error.to_string())?;
    Figures::read(&output.stdout)
}

/// Megabytes of memory the process has in use; 0 where the system does not tell.
fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = status.split(' ').nth(1).and_then(|pages| pages.parse::<f64>().ok());
    pages.unwrap_or(0.0) * 4096.0 / 1e6
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
