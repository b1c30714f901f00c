//! The reference definition compiles unchanged and its own dialog tests pass.

#![allow(clippy::panic)] // in a helper, outside of any `#[test]`

use frontdesk::bot::{Bot, Files};
use frontdesk::dialog::run_tests;

fn clinic() -> Bot {
    let files =
        Files::from([("faq.csv".to_string(), include_str!("../examples/clinic/faq.csv").to_string())]);
    let compiled = Bot::from_yaml(include_str!("../examples/clinic/bot.yaml"), &files);
    match compiled {
        Ok(compiled) => {
            for warning in &compiled.warnings {
                println!("{warning}");
            }
            compiled.bot
        }
        Err(errors) => panic!("{errors:#?}"),
    }
}

#[test]
fn the_clinics_own_tests_pass() {
    let report = run_tests(&clinic());
    for failure in &report.failed {
        println!("{failure}");
    }
    assert!(report.failed.is_empty());
    assert!(report.passed >= 8, "the reference tests and more");
}
