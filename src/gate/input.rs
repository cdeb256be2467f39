//! Reads a result: what kind of file it is, its content tells.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;

use super::error::GateError;
use super::metric::Percentile;
use super::node::Node;
use super::run::{Run, tame};
use super::{gatling, jmeter, k6_lines, k6_machine, k6_summary, locust, refuse};

/// What is looked at to tell what a file is.
const HEAD: u64 = 64 * 1024;
/// A summary is some kilobytes long, some megabytes with thousands of endpoints.
const LONGEST: u64 = 64 << 20;

/// What the command line says of all results.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Which percentiles stand in a file that has them by their places only.
    pub percentiles: Option<Vec<Percentile>>,
    /// The endpoints that limits are for: of samples, these are counted in any case.
    pub endpoints: Vec<String>,
}

/// A result that waits to be read.
pub struct Source {
    name: String,
    reader: Box<dyn Read>,
}

impl Source {
    /// A file.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn file(name: &str, path: &Path) -> Result<Self, GateError> {
        let file = File::open(path).map_err(|error| unreadable(name, &error))?;
        if file.metadata().is_ok_and(|data| data.is_dir()) {
            return Err(GateError::new(name, "it is a folder", "name the file in it that holds the result"));
        }
        Ok(Self { name: name.to_owned(), reader: Box::new(file) })
    }

    /// Standard input.
    pub fn stdin(name: &str) -> Self {
        Self { name: name.to_owned(), reader: Box::new(io::stdin()) }
    }

    /// What is in memory.
    pub fn bytes(name: &str, bytes: Vec<u8>) -> Self {
        Self { name: name.to_owned(), reader: Box::new(Cursor::new(bytes)) }
    }
}

pub(super) fn unreadable(name: &str, error: &io::Error) -> GateError {
    match error.kind() {
        io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => GateError::new(
            name,
            "its packed data are damaged or end early",
            "the run or its upload broke off: run the test again",
        ),
        kind => GateError::new(name, format!("it cannot be read: {kind}"), "name the file that the load test wrote"),
    }
}

/// Reads a run.
///
/// # Errors
/// When the file is no result, is broken, or tells of no request.
pub fn read(source: Source, options: &Options) -> Result<Run, GateError> {
    let Source { name, mut reader } = source;
    let mut head = peek(&name, &mut reader)?;
    if head.starts_with(&[0x1F, 0x8B]) {
        reader = Box::new(MultiGzDecoder::new(Cursor::new(head).chain(reader)));
        head = peek(&name, &mut reader)?;
    }
    if let Some(rest) = head.strip_prefix(b"\xEF\xBB\xBF") {
        head = rest.to_vec();
    }
    if head.trim_ascii().is_empty() {
        return Err(GateError::new(&name, "it is empty", "did the load test run to its end? look into its log"));
    }
    if head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]) || head.iter().take(4).any(|byte| *byte == 0)
    {
        return Err(GateError::new(
            &name,
            "it is not UTF-8",
            "let the tool write the file itself, or save it as UTF-8",
        ));
    }
    let is_samples = is_samples(&head);
    let mut all = Cursor::new(head).chain(reader);
    if is_samples {
        return k6_lines::read(&name, &mut all, options);
    }
    let mut text = Vec::new();
    all.take(LONGEST + 1).read_to_end(&mut text).map_err(|error| unreadable(&name, &error))?;
    if u64::try_from(text.len()).is_ok_and(|length| length > LONGEST) {
        return Err(GateError::new(&name, "it is too long to be a summary", "name the file that the load test wrote"));
    }
    let text = String::from_utf8(text).map_err(|_| {
        GateError::new(&name, "it is not UTF-8", "let the tool write the file itself, or save it as UTF-8")
    })?;
    whole(&name, text.trim(), options)
}

fn peek(name: &str, reader: &mut dyn Read) -> Result<Vec<u8>, GateError> {
    let mut head = Vec::new();
    reader.take(HEAD).read_to_end(&mut head).map_err(|error| unreadable(name, &error))?;
    Ok(head)
}

/// Whether a file holds a sample of k6 in each line.
fn is_samples(head: &[u8]) -> bool {
    let head = head.trim_ascii_start();
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    match serde_json::from_slice::<serde_json::Value>(line) {
        Ok(line) => {
            let kind = line.get("type").and_then(serde_json::Value::as_str);
            matches!(kind, Some("Metric" | "Point")) && line.get("metric").is_some()
        }
        // The only line may be cut off.
        Err(_) => [&br#"{"type":"Metric""#[..], br#"{"type":"Point""#, br#"{"metric":""#]
            .iter()
            .any(|begin| line.starts_with(begin)),
    }
}

/// Reads a file that is there as a whole.
fn whole(name: &str, text: &str, options: &Options) -> Result<Run, GateError> {
    if text.starts_with("Type,") || text.starts_with("\"Type\",") {
        return locust::read(name, text);
    }
    if !text.starts_with(['{', '[']) {
        return Err(refuse::text(name, text));
    }
    serde_json::from_str::<serde::de::IgnoredAny>(text).map_err(|error| refuse::broken(name, &error))?;
    let root = Node(text);
    if let Some(metrics) = root.get("metrics").filter(|metrics| metrics.is_object()) {
        return k6_summary::read(name, metrics);
    }
    if root.at(&["results", "metrics"]).is_some() && root.get("version").is_some() {
        return k6_machine::read(name, root);
    }
    if root.get("numberOfRequests").is_some() || root.at(&["stats", "numberOfRequests"]).is_some() {
        return gatling::read(name, root, options);
    }
    if jmeter::is_statistics(root) {
        return jmeter::read(name, root, options);
    }
    let keys: Vec<_> = root.members().into_iter().map(|(key, _)| tame(&key)).collect();
    Err(refuse::json(name, &keys))
}
