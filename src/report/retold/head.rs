//! Whether a file is a report of `planwise check`, told from all that is none before any of it is read.

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::report::markdown_text::clip;

/// The first number of the versions that are read.
const MAJOR: &str = "1";

/// What a report is read for: it decides what helps whoever named another file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Purpose {
    /// A comment, of one report or of many.
    Comment,
    /// To be held against another.
    Diff,
}

/// A file that is no report that can be read.
#[derive(Debug, thiserror::Error)]
#[error("{name}: {problem}\n  hint: {hint}")]
pub struct RetoldError {
    name: String,
    problem: String,
    hint: &'static str,
}

/// Why a file cannot be read.
pub(super) enum Refusal {
    /// It is something else, or a part of a report.
    NoReport(String),
    /// It says no more than why its plan could not be analysed.
    NotAnalysed(String),
    /// It is the plan that a report could be written on.
    Plan,
    /// It is of this version, which is another one.
    Version(String),
}

impl Refusal {
    /// The same of a file called `name`, with what to do.
    pub(super) fn of(self, name: &str, purpose: Purpose) -> RetoldError {
        let (problem, hint) = match (self, purpose) {
            (Self::Plan, _) => {
                ("it is a plan, not a report".to_owned(), "planwise check PLAN --output json=FILE makes one of it")
            }
            (Self::NotAnalysed(reason), _) => (
                // It is anybody's text, and may be long.
                format!("its plan could not be analysed: {}", clip(&reason, 600).escape_debug()),
                "let planwise check write it again, once that is put right",
            ),
            (Self::Version(version), purpose) => (
                format!("its schema_version is {version}, and this planwise reads {MAJOR}"),
                match purpose {
                    Purpose::Comment => "let the same version of planwise write and read it",
                    Purpose::Diff => "write both reports with the version of planwise that compares them",
                },
            ),
            (Self::NoReport(problem), Purpose::Comment) => {
                (problem, "name files that `planwise check --format json` or `--output json=FILE` wrote")
            }
            (Self::NoReport(problem), Purpose::Diff) => {
                (problem, "planwise check PLAN --output json=FILE writes a report that can be compared")
            }
        };
        RetoldError { name: name.to_owned(), problem, hint }
    }
}

/// Enough of a file to say what it is.
#[derive(Deserialize)]
#[serde(expecting = "an object")]
struct Head {
    schema_version: Option<String>,
    /// A plan's.
    format_version: Option<IgnoredAny>,
    /// A bill's.
    totals: Option<IgnoredAny>,
    plans: Option<IgnoredAny>,
    findings: Option<IgnoredAny>,
    summary: Option<IgnoredAny>,
}

/// The text of a report, without what may stand before it; else why it is none.
pub(super) fn report(text: &[u8]) -> Result<&[u8], Refusal> {
    let no = |problem: &str| Err(Refusal::NoReport(problem.to_owned()));
    // A file of another tool may begin with a byte order mark.
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    if text.starts_with(b"\xff\xfe") || text.starts_with(b"\xfe\xff") {
        return no("it is UTF-16, as some shells write it behind >; a report is UTF-8");
    }
    if text.trim_ascii().is_empty() {
        return no("it is empty");
    }
    let head: Head = serde_json::from_slice(text).map_err(|error| {
        let is_object = text.trim_ascii_start().starts_with(b"{");
        Refusal::NoReport(match (error.is_data(), is_object) {
            (true, false) => "it is no report: a report is one JSON object".to_owned(),
            (true, true) => format!("it is no report: {error}"),
            (false, _) => format!("it is no whole JSON document: {error}"),
        })
    })?;
    let Some(version) = head.schema_version else {
        return if head.format_version.is_some() {
            Err(Refusal::Plan)
        } else {
            no("it is no report: it has no schema_version")
        };
    };
    if head.totals.is_some() && head.findings.is_none() {
        return no("it is a bill, of `planwise cost`, and no report of `planwise check`");
    }
    if version.split('.').next() != Some(MAJOR) {
        // It is anybody's text, and may be long.
        return Err(Refusal::Version(clip(&version, 20).escape_debug().collect()));
    }
    let parts = [("plans", head.plans), ("findings", head.findings), ("summary", head.summary)];
    match parts.iter().find(|(_, part)| part.is_none()) {
        Some((name, _)) => no(&format!("it is no report of `planwise check`: it has no {name}")),
        None => Ok(text),
    }
}
