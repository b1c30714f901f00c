//! The recorded vectors, replayed through the harness: the answers are the same to the byte.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a test may panic

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// The cases and answers of a file, as they are written.
fn vectors(text: &str) -> Vec<(&str, &str)> {
    let vector = |line| -> Option<(&str, &str)> {
        let inner = str::strip_prefix(line, "{\"case\":")?.strip_suffix('}')?;
        inner.split_once(",\"answer\":")
    };
    text.lines().map(|line| vector(line).expect("a case and its answer")).collect()
}

fn answers(cases: &str, arguments: &[&str]) -> String {
    let mut harness = Command::new(env!("CARGO_BIN_EXE_harness"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the harness starts");
    let mut input = harness.stdin.take().expect("a pipe");
    let cases = cases.to_string();
    let writer = std::thread::spawn(move || input.write_all(cases.as_bytes()));
    let output = harness.wait_with_output().expect("the harness ends");
    writer.join().expect("the writer ends").expect("every case is taken");
    assert!(output.status.success());
    String::from_utf8(output.stdout).expect("answers are text")
}

/// C18: a bundle answers as the definition that it was made of.
#[test]
fn bundles_give_the_same_bytes() {
    for text in files() {
        let vectors = vectors(&text);
        let cases: String = vectors.iter().map(|(case, _)| format!("{case}\n")).collect();
        let (whole, bundled) = (answers(&cases, &[]), answers(&cases, &["--bundled"]));
        assert_eq!(whole.lines().count(), vectors.len());
        for ((case, _), (whole, bundled)) in vectors.iter().zip(whole.lines().zip(bundled.lines())) {
            assert_eq!(bundled, whole, "{case}");
        }
        assert_eq!(bundled.len(), whole.len());
    }
}

/// The texts of the recorded vectors.
fn files() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors");
    let files = std::fs::read_dir(folder).expect("the vectors");
    files.map(|file| std::fs::read_to_string(file.expect("a file").path()).expect("text")).collect()
}

#[test]
fn every_recorded_answer_is_given_again() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors");
    let mut replayed = 0;
    for entry in std::fs::read_dir(folder).expect("the vectors") {
        let path = entry.expect("a file").path();
        let text = std::fs::read_to_string(&path).expect("text");
        let vectors = vectors(&text);
        let cases: String = vectors.iter().map(|(case, _)| format!("{case}\n")).collect();
        let given = answers(&cases, &[]);
        assert_eq!(given.lines().count(), vectors.len(), "{}", path.display());
        for ((case, answer), given) in vectors.iter().zip(given.lines()) {
            assert_eq!(given, *answer, "{}: {case}", path.display());
            replayed += 1;
        }
    }
    assert!(replayed >= 150, "{replayed} vectors");
}
