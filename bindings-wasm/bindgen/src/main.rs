//! Writes the JavaScript around a WebAssembly module: `bindgen module.wasm folder [bundler|web|node]`, by default for
//! Node, to test with.

use std::process::ExitCode;
use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (module, folder, host) = match arguments.as_slice() {
        [module, folder] => (*module, *folder, "node"),
        [module, folder, host @ ("bundler" | "web" | "node")] => (*module, *folder, *host),
        _ => {
            eprintln!("usage: bindgen module.wasm folder [bundler|web|node]");
            return ExitCode::from(2);
        }
    };
    let mut bindgen = Bindgen::new();
    let bindgen = bindgen.input_path(module).typescript(true);
    let chosen = match host {
        "bundler" => bindgen.bundler(true),
        "web" => bindgen.web(true),
        _ => bindgen.nodejs(true),
    };
    let made = chosen.and_then(|bindgen| bindgen.generate(folder));
    match made {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{module}: {error:#}");
            ExitCode::FAILURE
        }
    }
}
