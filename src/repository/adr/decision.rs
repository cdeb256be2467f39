//! What a decision says.

use jiff::civil::Date;

use crate::model::Place;

/// A decision on record.
#[derive(Clone, Debug)]
pub struct Decision {
    /// Its number, where it has one.
    pub number: Option<u64>,
    /// Its title, without the number.
    pub title: String,
    /// Whether it holds.
    pub standing: Standing,
    /// The day on which it was made.
    pub date: Option<Date>,
    /// Its file, and the line of its title.
    pub place: Place,
    /// Its sections, in their order.
    pub sections: Vec<Section>,
    /// All of its words, in lower case and without code.
    pub words: String,
    /// The addresses and names that it has in code, as they are written.
    pub names: Vec<String>,
    /// What it decides about that bears on performance, with the words that say so.
    pub topics: Vec<(Topic, String)>,
    /// What it says of performance.
    pub performance: Option<Performance>,
    /// What it puts off, wherever it says so.
    pub debts: Vec<Debt>,
}

/// Whether a decision holds.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Standing {
    /// It does.
    Accepted,
    /// It is being talked about.
    Proposed,
    /// It does not, or no longer: rejected, deprecated, superseded.
    Gone(String),
    /// Nothing says, or something that is none of these.
    Unsaid,
}

/// A section: what stands below a heading, up to the next one of its level or above.
#[derive(Clone, Debug)]
pub struct Section {
    /// How deep the heading is: 1 is the title.
    pub level: usize,
    /// The heading.
    pub title: String,
    /// Its line.
    pub line: usize,
    /// The lines below it, up to the next heading of any level, without code.
    pub lines: Vec<(usize, String)>,
}

/// What bears on performance.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[allow(missing_docs, reason = "their own names")]
pub enum Topic {
    Scaling,
    Database,
    Cache,
    Network,
}

impl Topic {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Scaling => "scaling",
            Self::Database => "a database",
            Self::Cache => "a cache",
            Self::Network => "the network",
        }
    }
}

/// What a decision says of performance.
#[derive(Clone, Debug)]
pub struct Performance {
    /// The line of its heading.
    pub line: usize,
    /// What load it is for.
    pub throughput: Option<Part>,
    /// How it scales.
    pub strategy: Option<Part>,
    /// What it makes worse.
    pub created: Option<Part>,
    /// What it lives with.
    pub accepted: Option<Part>,
    /// Response times that it promises or has measured.
    pub latencies: Vec<Latency>,
    /// Requests in a second.
    pub rates: Vec<Bound>,
    /// The fewest units.
    pub minimum: Option<Bound>,
    /// The most units.
    pub maximum: Option<Bound>,
    /// What it scales on.
    pub signals: Vec<(Scales, String, usize)>,
}

/// A part of it.
#[derive(Clone, Debug)]
pub struct Part {
    /// The line of its heading.
    pub line: usize,
    /// Whether something stands there that is no placeholder.
    pub filled: bool,
}

/// A number with its line.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Bound {
    /// The number.
    pub value: u64,
    /// The line.
    pub line: usize,
}

/// A response time.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Latency {
    /// 95 of P95.
    pub percentile: u64,
    /// In milliseconds.
    pub milliseconds: u64,
    /// The line.
    pub line: usize,
}

/// What something scales on.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[allow(missing_docs, reason = "their own names")]
pub enum Scales {
    Requests,
    Cpu,
    Memory,
    Backlog,
    Schedule,
}

impl Scales {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Requests => "requests",
            Self::Cpu => "CPU",
            Self::Memory => "memory",
            Self::Backlog => "what waits in a queue",
            Self::Schedule => "the clock",
        }
    }
}

/// Something that is put off.
#[derive(Clone, Debug)]
pub struct Debt {
    /// Its name in the register: `PERF-DEBT-2026-003`.
    pub id: String,
    /// What it is, in the decision's words.
    pub title: String,
    /// The line that names it.
    pub line: usize,
    /// When it is to be paid, as it is written, with the last day of that.
    pub target: Option<(String, Date, usize)>,
    /// Whether it says that it is paid.
    pub paid: bool,
}
