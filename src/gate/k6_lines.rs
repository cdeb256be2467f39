//! k6's samples, one a line: `k6 run --out json=samples.json`. They are many, so they are read as they come.
//!
//! Source: grafana/k6, internal/output/json/wrapper.go at 4815d6c (the lines), read on 2026-11-29.

use std::io::Read;

use memchr::{memchr_iter, memmem};

use super::error::GateError;
use super::input::{Options, unreadable};
use super::run::{Run, empty};
use super::tally::{DURATION, FAILED, Tally};

/// A line is some hundred bytes long; one that is longer than this is no sample.
const LONGEST: usize = 1 << 20;

/// Reads all lines.
pub(super) fn read(name: &str, input: &mut dyn Read, options: &Options) -> Result<Run, GateError> {
    let mut tally = Tally::new(&options.endpoints);
    let mut lines = 0_u64;
    let mut buffer = vec![0; LONGEST];
    let mut filled = 0;
    loop {
        let got = input.read(buffer.get_mut(filled..).unwrap_or_default()).map_err(|error| unreadable(name, &error))?;
        if got == 0 {
            break;
        }
        filled += got;
        let mut start = 0;
        let held = buffer.get(..filled).unwrap_or_default();
        for end in memchr_iter(b'\n', held) {
            lines += 1;
            let line = held.get(start..end).unwrap_or_default();
            take(&mut tally, line).map_err(|what| broken(name, lines, &what))?;
            start = end + 1;
        }
        if start == 0 && filled == LONGEST {
            return Err(broken(name, lines + 1, "it is longer than a million bytes"));
        }
        buffer.copy_within(start..filled, 0);
        filled -= start;
    }
    let rest = buffer.get(..filled).unwrap_or_default().trim_ascii();
    if !rest.is_empty() {
        let what =
            |what: String| GateError::new(name, format!("line {}, the last, is cut off: {what}", lines + 1), CUT_OFF);
        // What was cut off may look like a line that nobody needs.
        serde_json::from_slice::<serde::de::IgnoredAny>(rest).map_err(|error| what(error.to_string()))?;
        take(&mut tally, rest).map_err(what)?;
    }
    finish(name, tally)
}

const CUT_OFF: &str = "the run or its upload broke off, so what is there is not the whole run: run the test again";

fn broken(name: &str, line: u64, what: &str) -> GateError {
    GateError::new(
        name,
        format!("line {line} is no sample of k6: {what}"),
        "give the file of `k6 run --out json=FILE` as k6 wrote it; several runs belong into several files",
    )
}

fn finish(name: &str, tally: Tally) -> Result<Run, GateError> {
    let trends = tally.trends().join(", ");
    let run = tally.run(name);
    match run.whole.requests {
        Some(0) if !trends.is_empty() && !trends.contains(DURATION) => Err(GateError::new(
            name,
            format!("there is no sample of {DURATION}, so the run made no HTTP requests"),
            format!("it measured {trends}; the gate is for HTTP requests"),
        )),
        Some(0) | None => Err(empty(name)),
        Some(_) => run.checked(),
    }
}

fn take(tally: &mut Tally, line: &[u8]) -> Result<(), String> {
    let line = line.trim_ascii();
    if line.is_empty() {
        return Ok(());
    }
    if !(line.starts_with(b"{") && line.ends_with(b"}")) {
        return Err("it is no JSON object".to_owned());
    }
    if is_needed(line) { tally.line(line) } else { Ok(()) }
}

/// Whether a line may be one that counts: of ten, two are.
fn is_needed(line: &[u8]) -> bool {
    const POINT: &[u8] = br#"","type":"Point""#;
    // As k6 writes samples: the name first.
    if let Some(rest) = line.strip_prefix(br#"{"metric":""#) {
        let end = memchr::memchr(b'"', rest).unwrap_or(rest.len());
        if let Some((name, _)) = rest.split_at_checked(end).filter(|(_, behind)| behind.starts_with(POINT)) {
            return name == DURATION.as_bytes() || name == FAILED.as_bytes();
        }
    }
    // Who defines a metric says so near the beginning.
    let head = line.get(..160).unwrap_or(line);
    memmem::find(head, br#""Metric""#).is_some()
        || memmem::find(line, DURATION.as_bytes()).is_some()
        || memmem::find(line, FAILED.as_bytes()).is_some()
}
