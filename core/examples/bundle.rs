//! Makes the bundle of a definition for the visitors of a page: `bundle bot.yaml [table.csv …] > bot.bundle`.

use frontdesk::bot::{Bot, Files};
use std::error::Error;
use std::io::Write;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let definition = arguments.next().ok_or("usage: bundle bot.yaml [table.csv …] > bot.bundle")?;
    let mut files = Files::new();
    for path in arguments {
        let name = Path::new(&path).file_name().unwrap_or_default().to_string_lossy().into_owned();
        files.insert(name, std::fs::read_to_string(&path)?);
    }
    match Bot::from_yaml(&std::fs::read_to_string(definition)?, &files) {
        Ok(compiled) => std::io::stdout().write_all(&compiled.bot.bundle("client")?)?,
        Err(errors) => {
            errors.iter().for_each(|error| eprintln!("{error}"));
            return Err("the definition does not compile".into());
        }
    }
    Ok(())
}
