//! How a workload scales.

use super::Stated;
use crate::model::Attr;

/// Registers something for scaling, within bounds.
#[derive(Debug)]
pub struct ScalableTarget {
    /// The fewest units.
    pub minimum: Stated<u64>,
    /// The most units.
    pub maximum: Stated<u64>,
    /// Whether it is the number of units that scales.
    pub counts_units: bool,
}

/// What a policy looks at.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Signal {
    /// Processor load.
    Cpu,
    /// Memory in use.
    Memory,
    /// Bytes in or out.
    Network,
    /// Requests per unit.
    Requests,
    /// Messages or records that wait.
    Backlog,
    /// Calls at a time.
    Concurrency,
    /// Something else.
    Other,
    /// Not to be seen.
    Hidden,
}

impl Signal {
    /// The word for it in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cpu => "CPU",
            Self::Memory => "memory",
            Self::Network => "network",
            Self::Requests => "requests",
            Self::Backlog => "backlog",
            Self::Concurrency => "concurrency",
            Self::Other => "other",
            Self::Hidden => "unknown",
        }
    }
}

/// When to scale.
#[derive(Debug)]
pub struct Policy {
    /// What it looks at.
    pub signals: Vec<Signal>,
}

/// What to scale to, at a certain time.
#[derive(Debug)]
pub struct Schedule {
    /// The fewest units from then on, and those that it starts with: the most cannot be fewer.
    pub minimum: Attr<u64>,
    /// The most units from then on.
    pub maximum: Attr<u64>,
    /// The attribute that has it.
    pub attribute: &'static str,
}

/// Watches a metric.
#[derive(Debug)]
pub struct Alarm {
    /// What it looks at.
    pub signals: Vec<Signal>,
}
