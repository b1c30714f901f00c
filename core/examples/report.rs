//! The page of a week: `cargo run --example report -- log.jsonl [bot.yaml [faq.csv]] > report.html`

use frontdesk::audit::{Report, report};
use frontdesk::bot::{Bot, Files};
use std::error::Error;
use std::fs::read_to_string;

fn main() -> Result<(), Box<dyn Error>> {
    let mut paths = std::env::args().skip(1);
    let log = read_to_string(paths.next().ok_or("the path of a log is missing")?)?;
    let definition = paths.next().map(read_to_string).transpose()?;
    let table = paths.next().map(read_to_string).transpose()?;
    let files: Files = table.map(|table| ("faq.csv".to_string(), table)).into_iter().collect();
    let bot = definition.map(|text| Bot::from_yaml(&text, &files)).transpose();
    let bot = bot.map_err(|errors| errors.iter().map(|error| format!("{error}\n")).collect::<String>())?;
    print!("{}", report(bot.as_ref().map(|compiled| &compiled.bot), || log.lines(), &Report::default())?);
    Ok(())
}
