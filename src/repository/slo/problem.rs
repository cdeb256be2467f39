//! What may be wrong with an SLO file.

use std::fmt;

use crate::model::{Place, Text};

/// How bad it is.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum ProblemKind {
    /// Something is not said.
    Missing,
    /// Something makes no sense.
    Wrong,
    /// Something cannot be told, and may be right.
    Unclear,
}

impl ProblemKind {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Wrong => "wrong",
            Self::Unclear => "unclear",
        }
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Problem {
    /// How bad it is.
    pub kind: ProblemKind,
    /// What it is about, in a word or two that stay: `p95`, `window of latency_p99`.
    pub field: Text,
    /// The file.
    pub file: Text,
    /// The line.
    pub line: u64,
    /// What is wrong, in a sentence without a full stop.
    pub what: String,
    /// What to write instead.
    pub way_out: String,
}

impl Problem {
    /// Where to look.
    pub fn place(&self) -> Place {
        usize::try_from(self.line)
            .map_or_else(|_| Place::file(self.file.clone()), |line| Place::line(self.file.clone(), line))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, file, line, what, way_out, .. } = self;
        write!(f, "{file}:{line}: {}: {what}; {way_out}", kind.as_str())
    }
}

/// Why a file cannot be read at all.
#[derive(Clone, Debug, thiserror::Error)]
pub enum SloError {
    /// It is not YAML.
    #[error("{file}: {problem}\n  hint: docs/slo.md shows the shapes that are read")]
    Shape {
        /// The file.
        file: String,
        /// What is wrong, and where.
        problem: String,
    },
    /// It has no objective.
    #[error(
        "{file} holds no SLO\n  hint: it has neither `slos` nor an object of OpenSLO, Sloth or Pyrra; `planwise slo init PLAN` writes one"
    )]
    NoSlo {
        /// The file.
        file: String,
    },
}

impl SloError {
    /// What the YAML reader says of a file, as others would say it.
    pub(super) fn misread(file: &str, error: &serde_saphyr::Error) -> Self {
        let whole = error.to_string();
        let first = whole.lines().next().unwrap_or_default();
        let problem = first.strip_prefix("error: ").unwrap_or(first);
        let problem = match problem.split_once("duplicate mapping key: ") {
            Some((place, key)) => {
                format!("{place}the key {} is there twice", key.split_once(", set ").map_or(key, |(key, _)| key))
            }
            None => format!("it is not YAML: {problem}"),
        };
        Self::Shape { file: file.to_owned(), problem }
    }
}
