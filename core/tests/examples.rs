//! The example definitions compile without errors, and their own dialog tests pass.

#![allow(clippy::unwrap_used)] // in helpers, outside of any `#[test]`

use frontdesk::bot::{Bot, Compiled, Files};
use frontdesk::dialog::run_tests;
use frontdesk::error::Error;
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

fn compile(folder: &Path) -> Result<Compiled, Vec<Error>> {
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let files = Files::from([("faq.csv".to_string(), read("faq.csv"))]);
    Bot::from_yaml(&read("bot.yaml"), &files)
}

#[test]
fn r089_every_example_passes_ten_dialogs_of_its_own_and_more() {
    let mut sound = true;
    for folder in folders() {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        match compile(&folder) {
            Err(errors) => {
                errors.iter().for_each(|e| println!("{name}: {e}"));
                sound = false;
            }
            Ok(Compiled { bot, warnings }) => {
                warnings.iter().for_each(|w| println!("{name}: {w}"));
                let report = run_tests(&bot);
                report.failed.iter().for_each(|failure| println!("{name}: {failure}"));
                println!("{name}: {} passed, {} failed", report.passed, report.failed.len());
                sound &= report.failed.is_empty() && report.passed >= 10;
            }
        }
    }
    assert!(sound);
}
