//! Writes a plan to try things on: `cargo bench --bench generate -- SIZE_MB FILE`.

#![allow(clippy::print_stderr, reason = "a tool for the people who work on this crate")]

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::process::ExitCode;

mod plan;

fn main() -> ExitCode {
    // `cargo bench` adds `--bench`.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let [megabytes, file] = arguments.as_slice() else {
        eprintln!("usage: cargo bench --bench generate -- SIZE_MB FILE");
        return ExitCode::from(2);
    };
    let Ok(megabytes) = megabytes.parse::<u64>() else {
        eprintln!("SIZE_MB is a whole number of megabytes, not {megabytes}");
        return ExitCode::from(2);
    };
    match generate(megabytes, file) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{file}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn generate(megabytes: u64, file: &str) -> io::Result<()> {
    let mut out = BufWriter::new(File::create(file)?);
    plan::write(&mut out, megabytes * 1_000_000)?;
    out.flush()
}
