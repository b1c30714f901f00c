//! What a step costs through each face: `benches/faces/run`, which builds what it measures.
//!
//! The same message with ten effects in Rust and then in Python, Node and the module for browsers, in Node and in
//! Chromium, batch by batch in microseconds, with the reading of the event as an object of the language and the
//! freeing of the turn. A face that is not built is left out. The goals are what a face may add to the step of the core.
//!
//! Two more rows tell what a face finds when it begins: the core over JSON texts, event in and turn out, and the core
//! as WebAssembly, with nothing around it. The browser's faces are shown above that one too.

use frontdesk::bot::{Bot, Files};
use frontdesk::dialog::{Event, Key, Session};
use frontdesk::time::Timestamp;
use frontdesk::verbs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

const DEFINITION: &str = include_str!("../faces/ten.yaml");
const BATCH: i64 = 20;
const BATCHES: i64 = 1500;
/// Batches before the measured ones, for the compilers of the other languages.
const WARM_UP: usize = 500;

/// The microseconds of a step: the quickest tenth of batches, which other programs disturb least.
fn quickest(mut step: impl FnMut(&Bot, &mut Session, i64, Timestamp)) -> f64 {
    let bot = Bot::from_yaml(DEFINITION, &Files::new()).expect("the definition compiles").bot;
    let noon = Timestamp::parse("2026-01-05T10:00:00Z").expect("a time");
    let key = Key { channel: "web".into(), account: "site".into(), user: "u1".into() };
    let mut session = bot.open(key, noon, None);
    let mut batch = |batch: i64| {
        let start = Instant::now();
        (1..=BATCH).map(|k| batch * BATCH + k).for_each(|n| step(&bot, &mut session, n, noon.plus(n * 1000)));
        start.elapsed().as_secs_f64() * 1e6 / BATCH as f64
    };
    let mut samples: Vec<f64> = (0..BATCHES).map(&mut batch).skip(WARM_UP).collect();
    samples.sort_by(f64::total_cmp);
    samples.get(samples.len() / 10).copied().unwrap_or_default()
}

fn core() -> f64 {
    quickest(|bot, session, n, now| {
        let event = Event::text(format!("m{n}"), "нове замовлення");
        let turn = bot.step(session, black_box(&event), now).expect("a session of this bot");
        assert_eq!(turn.effects.len(), 10);
    })
}

fn over_texts() -> f64 {
    quickest(|bot, session, n, now| {
        let event = format!(r#"{{"id":"m{n}","kind":"message","text":"нове замовлення"}}"#);
        let turn = verbs::step(bot, session, &event, &now.to_string()).expect("a session of this bot");
        black_box(verbs::turn(&turn));
    })
}

/// What a script prints.
fn printed(program: &Path, arguments: &[&Path]) -> Option<f64> {
    let output = Command::new(program).args(arguments).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}

fn main() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| here.join("../target"), PathBuf::from);
    let script = |name: &str| here.join("faces").join(name);
    let node = Path::new("node");
    let core = core();
    println!("a step with ten effects, microseconds");
    println!("  {:30} {core:6.1}", "core");
    println!("  {:30} {:6.1}", "core over JSON texts", over_texts());
    let module = target.join("wasm32-unknown-unknown/release/inside.wasm");
    let inside = printed(node, &[&script("inside.mjs"), &module]);
    if let Some(inside) = inside {
        println!("  {:30} {inside:6.1}", "core as WebAssembly");
    }
    let definition = here.join("faces/ten.yaml");
    let (python, javascript, page) = (script("step.py"), script("step.mjs"), script("page.mjs"));
    let package = here.join("../bindings-wasm/dist/package");
    let faces: [(&str, f64, bool, &Path, [PathBuf; 2]); 4] = [
        ("Python", 2.5, false, &here.join("../.cache/python/bin/python"), [python, PathBuf::new()]),
        ("Node", 8.0, false, node, [javascript.clone(), target.join("node/index.mjs")]),
        ("browser's module in Node", 10.0, true, node, [javascript, target.join("web/node.mjs")]),
        ("browser's package in Chromium", 10.0, false, node, [page, package]),
    ];
    for (name, goal, same_module, program, [script, package]) in &faces {
        let Some(took) = printed(program, &[script, package, &definition]) else {
            println!("  {name:30}   not built");
            continue;
        };
        let above = |below: f64| took - below;
        print!("  {name:30} {took:6.1}   {:5.1} over the core   goal {goal}", above(core));
        match inside.filter(|_| *same_module) {
            Some(inside) => println!("   {:5.1} over the core as WebAssembly", above(inside)),
            None => println!(),
        }
    }
}
