//! How requests come in.

use crate::model::Attr;

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

/// What a balancer forwards to.
#[derive(Debug)]
pub struct TargetGroup {
    /// What it is sent.
    pub traffic: Attr<Traffic>,
}
