//! Talk to a bot in the terminal: `cargo run --release --example chat [FOLDER] [--at TIME]`.
//!
//! FOLDER holds `bot.yaml` and the tables it names, such as `core/examples/shop` or `core/examples/agency`; the clinic
//! beside this file where none is given. What the host of a real bot would do (CRM, calendar, orders, quotes) is
//! played; time passes with `/wait`.

use frontdesk::bot::Files;
use frontdesk::time::Timestamp;
use frontdesk::verbs::console::Console;
use std::error::Error;
use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

fn main() -> Result<(), Box<dyn Error>> {
    let (folder, options) = arguments();
    let path = folder.join("bot.yaml");
    let words = ["chat".to_string(), path.display().to_string()].into_iter().chain(options);
    let mut console = Console::new(&words.collect::<Vec<_>>());
    let definition = std::fs::read_to_string(&path).ok();
    let mut files = Files::new();
    for name in definition.as_deref().map(Console::files).unwrap_or_default() {
        let text = std::fs::read_to_string(folder.join(&name))?;
        files.insert(name, text);
    }
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH)?;
    let now = Timestamp::from_millis(i64::try_from(elapsed.as_millis())?);
    let printed = console.run(definition.as_deref(), &files, now);
    match printed.code {
        Some(_) => Err(printed.text.into()),
        None => talk(&printed.text, console),
    }
}

/// The folder of the bot, and what remains of the arguments.
fn arguments() -> (PathBuf, Vec<String>) {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = arguments.first().filter(|first| !first.starts_with('-')).map(PathBuf::from);
    if folder.is_some() {
        arguments.remove(0);
    }
    (folder.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/clinic")), arguments)
}

fn talk(welcome: &str, mut console: Console) -> Result<(), Box<dyn Error>> {
    let typed = std::io::stdin().is_terminal();
    if typed {
        print!("{welcome}");
    }
    let mut lines = std::io::stdin().lock().lines();
    loop {
        if typed {
            print!("\n> ");
            std::io::stdout().flush()?;
        }
        let Some(line) = lines.next().transpose()? else { return Ok(()) };
        if !typed && !line.trim().is_empty() {
            println!("> {}", line.trim());
        }
        let Some(shown) = console.line(&line) else { return Ok(()) };
        print!("{shown}");
    }
}
