//! Addresses in an environment that say in which region the thing stands.

use crate::model::Text;

/// What is called in a region.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum RemoteKind {
    /// A database or a cache, asked many times for one request.
    Data,
    /// A queue, a bucket, a table, an interface.
    Call,
    /// Whatever is called without a word of its region.
    Default,
}

impl RemoteKind {
    /// The word for it in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Call => "call",
            Self::Default => "default",
        }
    }
}

/// A variable that names a region.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Regional {
    /// The variable.
    pub variable: Text,
    /// The region.
    pub region: Text,
    /// What stands there, as people call it: `SQS queue`.
    pub noun: &'static str,
    /// What it is.
    pub kind: RemoteKind,
}

/// Words in the names of things that no request waits for: copies for a day that hopefully never comes, and what is written
/// away.
const ASIDE: &[&str] = &[
    "archive",
    "archives",
    "audit",
    "backup",
    "backups",
    "dr",
    "failover",
    "fallback",
    "log",
    "logging",
    "logs",
    "recovery",
    "replica",
    "replicas",
    "replication",
    "secondary",
    "snapshots",
    "standby",
    "terraform",
    "tfstate",
    "trail",
];

/// Whether a name speaks of something that no request waits for.
pub fn is_aside(name: &str) -> bool {
    let mut words = name.split(|c: char| !c.is_ascii_alphanumeric());
    words.any(|word| ASIDE.iter().any(|aside| word.eq_ignore_ascii_case(aside)))
}
