//! The example definitions compile without a warning, and their own dialog tests pass.

#![allow(clippy::panic, clippy::unwrap_used)] // in helpers, outside of any `#[test]`

use frontdesk::bot::{Bot, Files};
use frontdesk::dialog::run_tests;
use std::path::Path;

fn passes(name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name);
    let read = |file: &str| std::fs::read_to_string(folder.join(file)).unwrap();
    let files = Files::from([("faq.csv".to_string(), read("faq.csv"))]);
    let compiled = Bot::from_yaml(&read("bot.yaml"), &files).unwrap_or_else(|errors| panic!("{errors:#?}"));
    for warning in &compiled.warnings {
        println!("{warning}");
    }
    let report = run_tests(&compiled.bot);
    report.failed.iter().for_each(|failure| println!("{failure}"));
    assert!(
        report.failed.is_empty(),
        "{} of {} failed",
        report.failed.len(),
        report.failed.len() + report.passed
    );
    assert!(compiled.warnings.is_empty());
    assert!(report.passed >= 12, "{} tests", report.passed);
}

#[test]
fn r089_the_shops_own_tests_pass() {
    passes("shop");
}

#[test]
fn r089_the_agencys_own_tests_pass() {
    passes("agency");
}
