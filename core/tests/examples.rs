//! The example definitions compile without errors, and their own dialog tests pass.

#![allow(clippy::unwrap_used, clippy::panic)] // in helpers, outside of any `#[test]`

use frontdesk::bot::{Bot, Compiled, Files};
use frontdesk::dialog::run_tests;
use std::fs;
use std::path::{Path, PathBuf};

/// Every folder of the examples that holds a bot.
fn folders() -> Vec<PathBuf> {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let entries = fs::read_dir(examples).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = entries.filter(|folder| folder.join("bot.yaml").exists()).collect();
    folders.sort();
    folders
}

fn compile(folder: &Path) -> Compiled {
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let files = Files::from([("faq.csv".to_string(), read("faq.csv"))]);
    Bot::from_yaml(&read("bot.yaml"), &files).unwrap_or_else(|errors| {
        errors.iter().for_each(|e| println!("{e}"));
        panic!("{} does not compile", folder.display())
    })
}

#[test]
fn r089_every_example_passes_ten_dialogs_of_its_own_and_more() {
    let mut failed = false;
    for folder in folders() {
        let compiled = compile(&folder);
        compiled.warnings.iter().for_each(|w| println!("{}: {w}", folder.display()));
        let report = run_tests(&compiled.bot);
        report.failed.iter().for_each(|failure| println!("{failure}"));
        println!("{}: {} passed, {} failed", folder.display(), report.passed, report.failed.len());
        failed |= !report.failed.is_empty() || report.passed < 10;
    }
    assert!(!failed);
}
