//! What a step costs through each face: `cargo bench -p benches --bench faces`, after `tests/run python node wasm`.
//!
//! The same message with ten effects in Rust and then in Python, Node and the module for browsers, medians in
//! microseconds; a face that is not built is left out. The goals are what a face may add to the step of the core.

use frontdesk::bot::{Bot, Files};
use frontdesk::dialog::{Event, Key};
use frontdesk::time::Timestamp;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

const DEFINITION: &str = include_str!("../faces/ten.yaml");
const STEPS: i64 = 30_000;
/// Steps before the measured ones, for the compilers of the other languages.
const WARM_UP: usize = 10_000;

/// The median step of the core in microseconds.
fn core() -> f64 {
    let bot = Bot::from_yaml(DEFINITION, &Files::new()).expect("the definition compiles").bot;
    let noon = Timestamp::parse("2026-01-05T10:00:00Z").expect("a time");
    let key = Key { channel: "web".into(), account: "site".into(), user: "u1".into() };
    let mut session = bot.open(key, noon, None);
    let step = |n: i64| {
        let event = Event::text(format!("m{n}"), "нове замовлення");
        let now = noon.plus(n * 1000);
        let start = Instant::now();
        let turn = bot.step(&mut session, black_box(&event), now).expect("a session of this bot");
        let time = start.elapsed().as_secs_f64() * 1e6;
        assert_eq!(turn.effects.len(), 10);
        time
    };
    let mut samples: Vec<f64> = (0..STEPS).map(step).skip(WARM_UP).collect();
    samples.sort_by(f64::total_cmp);
    samples.get(samples.len() / 2).copied().unwrap_or_default()
}

/// What a script prints: its median.
fn face(program: &Path, arguments: &[&Path]) -> Option<f64> {
    let output = Command::new(program).args(arguments).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}

fn main() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| here.join("../target"), PathBuf::from);
    let definition = here.join("faces/ten.yaml");
    let core = core();
    println!("a step with ten effects, median in microseconds");
    println!("  core    {core:6.1}");
    let script = |name: &str| here.join("faces").join(name);
    let (python, javascript) = (script("step.py"), script("step.mjs"));
    let node = Path::new("node");
    let faces: [(&str, f64, &Path, [PathBuf; 2]); 3] = [
        ("Python", 2.5, &here.join("../.cache/python/bin/python"), [python, PathBuf::new()]),
        ("Node", 8.0, node, [javascript.clone(), target.join("node/index.mjs")]),
        ("browser", 10.0, node, [javascript, target.join("web/node.mjs")]),
    ];
    for (name, hold, program, [script, package]) in &faces {
        match face(program, &[script, package, &definition]) {
            Some(median) => {
                let over = median - core;
                println!(
                    "  {name:7} {median:6.1}   {over:5.1} over the core; hold {hold}, reach for {}",
                    hold / 2.0
                );
            }
            None => println!("  {name:7}   not built"),
        }
    }
}
