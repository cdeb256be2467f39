//! Writes something to try things on: `cargo bench --bench generate -- SIZE_MB FILE` a plan, with `offer` or `offer-csv`
//! before it a price file.

#![allow(clippy::print_stderr, reason = "a tool for the people who work on this crate")]

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::process::ExitCode;

mod offer;
mod plan;

const USAGE: &str = "usage: cargo bench --bench generate -- [offer | offer-csv] SIZE_MB FILE";

fn main() -> ExitCode {
    // `cargo bench` adds `--bench`.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let (kind, megabytes, file) = match arguments.as_slice() {
        [megabytes, file] => ("plan", megabytes, file),
        [kind, megabytes, file] => (kind.as_str(), megabytes, file),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    let Ok(megabytes) = megabytes.parse::<u64>() else {
        eprintln!("SIZE_MB is a whole number of megabytes, not {megabytes}");
        return ExitCode::from(2);
    };
    match generate(kind, megabytes, file) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            eprintln!("{USAGE}");
            ExitCode::from(2)
        }
        Err(error) => {
            eprintln!("{file}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Writes a file; says whether such a kind is known.
fn generate(kind: &str, megabytes: u64, file: &str) -> io::Result<bool> {
    let bytes = megabytes * 1_000_000;
    if !["plan", "offer", "offer-csv"].contains(&kind) {
        return Ok(false);
    }
    let mut out = BufWriter::new(File::create(file)?);
    match kind {
        "offer" => offer::json(&mut out, bytes)?,
        "offer-csv" => offer::csv(&mut out, bytes)?,
        _ => plan::write(&mut out, bytes)?,
    }
    out.flush()?;
    Ok(true)
}
