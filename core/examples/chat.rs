//! Talk to a bot in the terminal: `cargo run --release --example chat [FOLDER] [--at TIME]`.
//!
//! FOLDER holds `bot.yaml` and the tables it names, such as `core/examples/shop` or `core/examples/agency`; the clinic
//! beside this file where none is given. What the host of a real bot would do (CRM, calendar, orders, quotes) is
//! played; time passes with `/wait`.

use frontdesk::time::Timestamp;
use frontdesk::verbs::console::Console;
use serde_json::{Map, Value, json};
use std::error::Error;
use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let (folder, options) = arguments();
    let words =
        ["chat".to_string(), folder.join("bot.yaml").display().to_string()].into_iter().chain(options);
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH)?;
    let now = Timestamp::from_millis(i64::try_from(elapsed.as_millis())?);
    let mut console = Console::new(&words.collect::<Vec<_>>(), now);
    let typed = std::io::stdin().is_terminal();
    let (mut told, mut welcomed) = (Value::Null, false);
    loop {
        let asked: Value = serde_json::from_str(&console.tell(&told.to_string()))?;
        let text = asked.get("print").and_then(Value::as_str).unwrap_or_default();
        if let Some(code) = asked.get("exit").and_then(Value::as_u64) {
            eprint!("{text}");
            return Ok(u8::try_from(code).map_or(ExitCode::FAILURE, ExitCode::from));
        }
        if let Some(paths) = asked.get("read").and_then(Value::as_array) {
            let paths = paths.iter().filter_map(Value::as_str);
            told = read(paths, asked.get("beside").map_or(Path::new(""), |_| &folder))?;
            continue;
        }
        if typed || welcomed {
            print!("{text}");
        }
        (told, welcomed) = (line(typed)?, true);
    }
}

/// The texts of files of a folder by their names.
fn read<'p>(paths: impl Iterator<Item = &'p str>, folder: &Path) -> std::io::Result<Value> {
    let text = |path: &str| Ok((path.to_string(), std::fs::read_to_string(folder.join(path))?.into()));
    paths.map(text).collect::<std::io::Result<Map<_, _>>>().map(Value::Object)
}

/// What is typed; null at its end.
fn line(typed: bool) -> std::io::Result<Value> {
    if typed {
        print!("\n> ");
        std::io::stdout().flush()?;
    }
    let Some(line) = std::io::stdin().lock().lines().next().transpose()? else { return Ok(Value::Null) };
    if !typed && !line.trim().is_empty() {
        println!("> {}", line.trim());
    }
    Ok(json!(line))
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
