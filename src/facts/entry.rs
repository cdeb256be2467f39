//! How requests come in.

use super::Stated;
use crate::model::{Attr, Text};

/// The way requests come in.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum EntryKind {
    /// Through a load balancer.
    Balancer,
    /// Through an API gateway.
    Api,
    /// Through an address of its own.
    Url,
    /// Through the platform that it runs on.
    Platform,
    /// By its name, from services of the same mesh.
    Mesh,
    /// In a way that the plan does not show; somebody says that they do.
    Declared,
}

impl EntryKind {
    /// The words for it in reports: "is called through ...".
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Balancer => "load balancer",
            Self::Api => "API gateway",
            Self::Url => "URL",
            Self::Platform => "platform",
            Self::Mesh => "name in the service mesh",
            Self::Declared => "declared way",
        }
    }
}

/// One port of a balancer, or one of its rules.
#[derive(Debug)]
pub struct Listener;

/// What a balancer forwards.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Traffic {
    /// Requests, which it counts.
    Requests,
    /// Connections, whatever goes through them.
    Connections,
    /// Packets, on their way through an appliance.
    Packets,
}

impl Traffic {
    /// The word for it in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Requests => "requests",
            Self::Connections => "connections",
            Self::Packets => "packets",
        }
    }
}

/// A load balancer, which has a node in each of its zones.
#[derive(Debug)]
pub struct Balancer {
    /// Whether each of its nodes sends to targets in all of its zones, and not in its own alone.
    pub across: Stated<bool>,
    /// Whether clients come to each zone alike, and do not stay in their own.
    pub alike: Attr<bool>,
    /// Zones that it names itself, without subnets.
    pub zones: Vec<Text>,
    /// After how many milliseconds without a byte it closes a connection, where it waits for answers.
    pub idle: Option<Stated<u64>>,
}

/// What a balancer forwards to.
#[derive(Debug)]
pub struct TargetGroup {
    /// What it is sent.
    pub traffic: Attr<Traffic>,
    /// What may be registered with it.
    pub takes: Attr<Takes>,
    /// Whether a node sends to targets in all zones, where the group has it otherwise than its balancer.
    pub across: Option<Box<Stated<bool>>>,
    /// How requests are put to its targets; unset where it forwards no requests.
    pub speech: Stated<Speech>,
    /// Whether it keeps clients with one of its targets, where it says anything of that.
    pub sticky: Option<Box<Stickiness>>,
}

/// How requests are put.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Speech {
    /// HTTP/1.1: one request after the other on each connection.
    One,
    /// HTTP/2: many at a time on one connection.
    Two,
    /// gRPC, which is made on HTTP/2.
    Calls,
}

impl Speech {
    /// The word for it in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::One => "HTTP/1.1",
            Self::Two => "HTTP/2",
            Self::Calls => "gRPC",
        }
    }
}

/// What keeps a client with the unit that answered it first.
#[derive(Clone, Debug)]
pub struct Stickiness {
    /// Whether it is on.
    pub on: Stated<bool>,
    /// By what a client is known again.
    pub by: Attr<Binds>,
}

/// By what a client is known again.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Binds {
    /// A cookie.
    Cookie,
    /// The address that it comes from.
    Address,
}

impl Binds {
    /// The words for it in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cookie => "cookie",
            Self::Address => "source address",
        }
    }
}

/// What may be registered with a group of targets.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Takes {
    /// What has an address: machines, containers.
    Places,
    /// A function.
    Functions,
    /// Another balancer.
    Balancers,
}

/// Connects an API, an address or a permission to call with the workload behind it.
#[derive(Debug)]
pub struct Integration {
    /// The way in.
    pub kind: EntryKind,
    /// How long a caller is kept waiting there.
    pub wait: Wait,
}

/// How long a way in waits for the answer of what is behind it, in milliseconds.
#[derive(Clone, Debug)]
pub enum Wait {
    /// So long; unset where what it belongs to says so.
    For(Stated<u64>),
    /// Not at all: it hands the work over, or the answer comes by another way.
    Never,
    /// As long as it takes.
    Forever,
    /// Another resource says it; so long where nobody says otherwise.
    Elsewhere(u64),
}

/// Answers close to the caller, and asks what is behind it for the rest.
#[derive(Debug)]
pub struct Edge {
    /// For each block that names one of these, how long it waits there, in milliseconds.
    pub waits: Vec<Stated<u64>>,
}
