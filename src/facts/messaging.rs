//! Where work comes from when nobody waits for the answer.

use super::Stated;
use crate::model::Attr;

/// The kind of source.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum SourceKind {
    /// Messages wait until somebody takes them.
    Queue,
    /// Messages are handed to everyone who subscribed.
    Topic,
    /// Records are kept in order, in shards.
    Stream,
    /// Something happened.
    Events,
    /// The clock.
    Schedule,
}

impl SourceKind {
    /// The word for it in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queue => "queue",
            Self::Topic => "topic",
            Self::Stream => "stream",
            Self::Events => "event rule",
            Self::Schedule => "schedule",
        }
    }
}

impl Source {
    /// A source that nothing switches off.
    pub const fn always(kind: SourceKind) -> Self {
        Self {
            kind,
            works: Stated::plan("state", Attr::Set(true)),
            shards: Attr::Unset,
            every: None,
            permitted: true,
            service: None,
            hides: None,
            ordered: Attr::Set(false),
        }
    }
}

/// A source of work.
#[derive(Debug)]
pub struct Source {
    /// What it is.
    pub kind: SourceKind,
    /// Whether work comes from it: not where it is switched off, or only keeps its target warm.
    pub works: Stated<bool>,
    /// Of a stream, how many shards it has; unset where that is not fixed.
    pub shards: Attr<u64>,
    /// Of a schedule, after how many seconds it fires again, at the soonest, where that is told.
    pub every: Option<u64>,
    /// Whether the cloud's permissions decide who reads from it; a broker asks for a password.
    pub permitted: bool,
    /// The service that serves it, for those who call it from inside a network.
    pub service: Option<&'static super::Service>,
    /// Of a queue, for how many milliseconds it hides a message from others once somebody has taken it.
    pub hides: Option<Stated<u64>>,
    /// Of a queue, whether messages that belong together wait for each other.
    pub ordered: Attr<bool>,
}

/// Takes work from a source and calls a function with it.
#[derive(Debug)]
pub struct Consumer {
    /// How many calls at a time, at most.
    pub concurrency: Stated<u64>,
    /// Of a stream, how many calls at a time for each shard.
    pub per_shard: Stated<u64>,
    /// Whether it works at all.
    pub enabled: Stated<bool>,
    /// What it reads from, as far as its own attributes tell.
    pub reads: SourceKind,
    /// For how many milliseconds it gathers messages before it makes a call.
    pub gathers: Stated<u64>,
}

/// Where jobs wait until there is capacity for them.
#[derive(Debug)]
pub struct JobQueue {
    /// How many places their jobs may run in.
    pub places: Attr<u64>,
}

/// Hands work on to a target.
#[derive(Debug)]
pub struct EventTarget {
    /// The source, where it is a part of the same resource.
    pub source: Option<Source>,
    /// Whether it only keeps its target warm.
    pub warms: bool,
}
