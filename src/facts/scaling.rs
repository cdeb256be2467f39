//! How a workload scales.

use super::{ComputeKind, Stated};
use crate::model::{Attr, Text};

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
    /// Something else that the cloud measures.
    Other,
    /// A metric that somebody publishes: what it means, only they know.
    Custom,
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
            Self::Custom => "custom",
            Self::Hidden => "unknown",
        }
    }
}

/// A metric that is looked at.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Watch {
    /// What it stands for.
    pub signal: Signal,
    /// What it is called; empty where it cannot be seen.
    pub metric: Text,
    /// The attribute that names it.
    pub attribute: &'static str,
    /// Whether it is all that waits, however many units there are, where a value per unit is asked for.
    pub raw: bool,
}

/// When to scale.
#[derive(Debug)]
pub struct Policy {
    /// What it looks at itself.
    pub watches: Vec<Watch>,
    /// Whether alarms set it off instead.
    pub alarmed: bool,
    /// What such a policy scales.
    pub scales: ComputeKind,
    /// Whether it scales at all.
    pub enabled: Attr<bool>,
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
    pub watches: Vec<Watch>,
    /// What that tells of those who call what it watches; nothing where it tells nothing of them.
    pub tells: Vec<Quality>,
    /// Whether it does anything.
    pub acts: Attr<bool>,
}

/// What callers notice of a service.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Quality {
    /// How long an answer takes.
    Latency,
    /// Whether there is one.
    Errors,
}

impl Quality {
    /// The word for it in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Latency => "latency",
            Self::Errors => "errors",
        }
    }
}
