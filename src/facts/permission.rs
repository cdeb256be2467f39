//! What a workload may do in its cloud.

use super::{Service, SourceKind};
use crate::model::{Text, Why};

/// Who makes a call that is allowed.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Caller {
    /// The workload's own code.
    Code,
    /// The platform that runs it: it pulls images, writes logs, hands out secrets.
    Platform,
    /// A poller of the cloud's that brings the workload its work; where there is none, the code itself.
    Poller,
}

/// A call of a cloud service that is allowed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ServiceCall {
    /// Who makes it.
    pub caller: Caller,
    /// The service.
    pub service: &'static Service,
    /// The permission that says so, as the cloud spells it.
    pub action: Text,
    /// Whether it is the platform's own chatter: too little to pay for an endpoint where there is another way out.
    pub chatter: bool,
    /// Whether a gateway endpoint alone serves it.
    pub by_gateway: bool,
    /// The region of what it may be called for, where all of that has one.
    pub region: Option<Text>,
}

/// A permission to take messages from a source.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Consumes {
    /// The kind of source.
    pub kind: SourceKind,
    /// Whether it is spelled out; a wildcard allows it too, but intends who knows what.
    pub explicit: bool,
    /// The permission that says so, as the cloud spells it.
    pub action: Text,
    /// Which link of the resource names the sources; none names all of them.
    pub slot: u16,
}

/// What is allowed.
#[derive(Clone, Debug, Default)]
pub struct Permission {
    /// Services that may be called.
    pub calls: Vec<ServiceCall>,
    /// Sources that may be read.
    pub consumes: Vec<Consumes>,
    /// Why there may be more that cannot be seen, if there may.
    pub hidden: Option<Why>,
}

/// A cloud service that something needs by what it is, not by what it may do.
#[derive(Clone, Debug, Eq, PartialEq)]
#[allow(clippy::struct_excessive_bools, reason = "four independent things that are asked of a need")]
pub struct Need {
    /// The service.
    pub service: &'static Service,
    /// Who calls it.
    pub caller: Caller,
    /// The attribute that says so.
    pub attribute: &'static str,
    /// What it says.
    pub value: Text,
    /// What it is needed for.
    pub why: &'static str,
    /// Whether it is certain; otherwise something that cannot be seen may ask for it.
    pub certain: bool,
    /// Whether it is the platform's own chatter: too little to pay for an endpoint where there is another way out.
    pub chatter: bool,
    /// Whether a gateway endpoint alone serves it.
    pub by_gateway: bool,
    /// Whether a unit cannot start without it.
    pub vital: bool,
}
