//! Networks: what is inside, what leads out.

use super::{Stated, StoreKind};
use crate::model::{Attr, Text};

/// A private network.
#[derive(Debug, Default)]
pub struct Network {
    /// Its address ranges.
    pub cidrs: Vec<Text>,
    /// Whether it was there before Terraform took it over, so that it may hold things that no plan shows.
    pub adopted: bool,
    /// Settings without which private names of endpoints are not answered inside.
    pub naming: Vec<Stated<bool>>,
}

/// A part of a network in one zone.
#[derive(Debug)]
pub struct Subnet {
    /// The zone it lies in.
    pub zone: Attr<Text>,
    /// Its address range.
    pub cidr: Attr<Text>,
    /// Whether machines in it get public addresses unless they say otherwise.
    pub public_addresses: Attr<bool>,
}

/// Where a route begins to apply.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Destination {
    /// Everything that no other route takes.
    Default,
    /// Everything in IPv6 that no other route takes.
    DefaultV6,
    /// One half of everything: with the other half, and no better route, it takes all.
    Half,
    /// A range of addresses, or a list of ranges.
    Part,
    /// Not to be seen.
    Hidden,
}

/// What leads out of a network.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum GatewayKind {
    /// Straight to the internet, with public addresses.
    Internet,
    /// To the internet behind a shared address.
    Nat,
    /// To other networks, and from there who knows where.
    Transit,
    /// To a machine that forwards.
    Appliance,
    /// To the internet, IPv6 only.
    EgressOnly,
    /// To a data centre.
    Private,
    /// To another network, which ends there.
    Peering,
}

/// A way out of a network.
#[derive(Debug)]
pub struct Gateway {
    /// What it is.
    pub kind: GatewayKind,
    /// Whether it stands in every zone of its network, and not in that of one subnet.
    pub regional: Attr<bool>,
}

/// A public address, or what gives one to somebody.
#[derive(Debug)]
pub struct PublicAddress {
    /// Whether it is an address itself.
    pub is_address: bool,
    /// Whether it is known to belong to somebody, by what it says itself.
    pub held: bool,
    /// Whether it is billed by the hour.
    pub billed: bool,
}

/// One route.
#[derive(Debug)]
pub struct Route {
    /// What it applies to.
    pub to: Destination,
    /// What kind of thing it leads to; `None` where it stays inside the network.
    pub via: Option<GatewayKind>,
    /// Which link of the resource names that thing.
    pub slot: u16,
}

/// Routes: a whole table, or one route of its own.
#[derive(Debug, Default)]
pub struct RouteTable {
    /// Whether it is its network's main table.
    pub main: bool,
    /// Its routes.
    pub routes: Vec<Route>,
    /// Whether there are or may be routes that cannot be seen.
    pub hidden: bool,
}

/// How an endpoint is reached.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum EndpointKind {
    /// Through route tables; costs nothing.
    Gateway,
    /// Through addresses in subnets; billed by hour, zone and gigabyte.
    Interface,
    /// Through a load balancer for appliances: leads to no cloud service.
    Appliance,
}

impl EndpointKind {
    /// The word for it in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Gateway => "gateway",
            Self::Interface => "interface",
            Self::Appliance => "appliance",
        }
    }
}

/// A cloud service that a private endpoint can serve.
#[derive(Debug, Eq, PartialEq)]
pub struct Service {
    /// Its name in the endpoint's own name: `s3`, `ecr.dkr`.
    pub name: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// The whole name of its endpoint, with `{region}` where the region goes.
    pub endpoint: &'static str,
    /// The name under which it is called, with `{region}` where the region goes.
    pub host: &'static str,
    /// The kind of endpoint that serves it best.
    pub kind: EndpointKind,
    /// What it holds for those who call it, if it is there for that.
    pub holds: Option<StoreKind>,
}

/// A way to a cloud service that stays inside the network.
#[derive(Debug)]
pub struct Endpoint {
    /// The service's short name: `s3`.
    pub service: Attr<Text>,
    /// The region whose service it is; unset where its name does not say.
    pub region: Attr<Text>,
    /// How it is reached.
    pub kind: Attr<EndpointKind>,
    /// Whether the service's public name leads to it.
    pub private_dns: Stated<bool>,
}

/// A private zone of names, which answers inside the networks that it is linked to.
#[derive(Debug)]
pub struct NameZone {
    /// The names that end in this.
    pub name: Attr<Text>,
}

impl Service {
    /// Whether a private zone of this name answers for the service: its host's name, or an end of that.
    pub fn is_answered_by(&self, zone: &str) -> bool {
        let zone = zone.trim_end_matches('.').to_ascii_lowercase();
        // The names of a partition of its own end in the country's as well.
        let zone = zone.strip_suffix(".cn").unwrap_or(&zone);
        let mut own = self.host.split('.').rev();
        let mut is_own = |part: &str| own.next().is_some_and(|own| own == "{region}" || own == part);
        zone.contains('.') && zone.split('.').rev().all(&mut is_own)
    }
}

/// A range of ports; all of them for protocols without ports.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct PortRange {
    /// The first.
    pub first: i64,
    /// The last.
    pub last: i64,
}

impl PortRange {
    /// Every port.
    pub const ALL: Self = Self { first: 0, last: 65_535 };

    /// Whether `port` is in it.
    pub const fn holds(self, port: i64) -> bool {
        self.first <= port && port <= self.last
    }
}

/// Who may come in.
#[derive(Debug)]
pub struct SecurityRule {
    /// On which ports.
    pub ports: Attr<PortRange>,
    /// From which address ranges.
    pub cidrs: Vec<Text>,
    /// Whether from members of the same group.
    pub own: bool,
    /// Which link of the resource names the groups that may.
    pub slot: u16,
    /// Whether there are or may be others who may, that cannot be seen: ranges known only after apply, lists of ranges.
    pub unseen: bool,
}

/// A security group, or one rule of one: what it lets in.
#[derive(Debug, Default)]
pub struct SecurityGroup {
    /// What it lets in.
    pub admits: Vec<SecurityRule>,
    /// Whether it guards everything in its network that names no other.
    pub default: bool,
    /// Whether there are or may be rules that cannot be seen.
    pub hidden: bool,
}
