//! The attribute that names a neighbour.

use super::part::Role;
use crate::model::{Only, Text, Why};

/// What one resource is to another.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[allow(missing_docs, reason = "each name reads as `a <name> b`; `expects` says what b may be")]
pub enum Relation {
    InNetwork,
    InSubnet,
    InCluster,
    Joins,
    RoutesTo,
    InTable,
    MainTableOf,
    GuardedBy,
    Admits,
    RuleOf,
    EndpointOf,
    ZoneOf,
    UsesTemplate,
    RunsOn,
    MachinesOf,
    ServedThrough,
    ForwardsTo,
    ListensOn,
    TargetOf,
    TargetIs,
    StickyAt,
    PartOfApi,
    Asks,
    Calls,
    ReadsFrom,
    DeliversTo,
    Submits,
    DrawsOn,
    InMesh,
    SendsTo,
    BuildsWith,
    FailsTo,
    RuledBy,
    ActsAs,
    PlumbsAs,
    GrantedTo,
    Grants,
    Scales,
    ScaledBy,
    Sizes,
    Configures,
    BilledWith,
    SetsOff,
    Watches,
    NameOf,
    MemberOf,
    ParametersOf,
    PlacedBy,
    PluggedInto,
    PackedBy,
    PoolsFor,
    ThroughPooler,
    ReplicaOf,
    ContentOf,
    Mounts,
    DoorOf,
    Beside,
    TakesAddress,
    PassesOn,
    ConnectsTo,
    Mentions,
}

use Role as R;

impl Relation {
    /// The parts that the other end may play.
    pub const fn expects(self) -> &'static [Role] {
        match self {
            Self::InNetwork => &[R::Network],
            Self::InSubnet => &[R::Subnet],
            Self::InCluster | Self::Joins => &[R::Cluster],
            Self::RoutesTo => &[R::Gateway, R::Endpoint, R::Compute],
            // A network stands for the main table that it comes with.
            Self::InTable | Self::MainTableOf => &[R::RouteTable, R::Network],
            // Some clusters come with a group of their own for their machines.
            Self::GuardedBy | Self::Admits | Self::RuleOf => &[R::SecurityGroup, R::Cluster],
            Self::EndpointOf => &[R::Endpoint],
            Self::ZoneOf => &[R::NameZone],
            Self::UsesTemplate => &[R::Template],
            Self::RunsOn => &[R::Capacity],
            Self::MachinesOf => &[R::Compute],
            Self::ServedThrough | Self::ForwardsTo | Self::TargetOf => &[R::TargetGroup, R::Balancer],
            Self::ListensOn => &[R::Balancer, R::Listener],
            Self::TargetIs => &[R::Compute, R::Balancer],
            Self::StickyAt => &[R::Balancer],
            Self::PartOfApi => &[R::Api],
            Self::Asks => &[R::Balancer, R::Api, R::Integration],
            Self::Calls => &[R::Compute, R::Listener, R::Balancer, R::Source],
            Self::ReadsFrom => &[R::Source, R::Store],
            Self::DeliversTo => &[R::Compute, R::Source, R::Template, R::Cluster, R::JobQueue],
            // What a job is made of; and where a queue's jobs run.
            Self::Submits => &[R::Template],
            Self::DrawsOn => &[R::Compute],
            Self::InMesh => &[R::Mesh],
            Self::SendsTo => &[R::MeshNode],
            Self::BuildsWith => &[R::BuildProject],
            Self::RuledBy => &[R::Source],
            Self::FailsTo => &[R::Source, R::Store],
            Self::ActsAs | Self::PlumbsAs | Self::GrantedTo => &[R::Identity],
            Self::Grants => &[R::Permission],
            Self::Scales => &[R::Compute, R::Scalable, R::Database, R::Source],
            Self::ScaledBy => &[R::Scalable],
            // What a datastore or a table may hold or serve: no number of units of a workload.
            Self::Sizes => &[R::Store, R::Cache],
            Self::Configures => &[R::Store],
            // Machines of clusters that have no bearing on anything else.
            Self::BilledWith => &[R::Inert, R::Cache],
            Self::SetsOff => &[R::Policy],
            Self::Watches => &[R::Balancer, R::TargetGroup, R::Api, R::Compute],
            Self::NameOf => &[
                R::Compute,
                R::Pooler,
                R::Cache,
                R::Database,
                R::Balancer,
                R::Source,
                R::Store,
                R::Storage,
                R::Endpoint,
            ],
            Self::MemberOf => &[R::Database, R::Cache],
            Self::ReplicaOf => &[R::Database, R::Store],
            Self::ParametersOf => &[R::ParameterGroup],
            Self::PlacedBy => &[R::SubnetGroup],
            // A network interface, which may be a route's next hop.
            Self::PluggedInto => &[R::Gateway],
            Self::PackedBy => &[R::PlacementGroup],
            Self::PoolsFor => &[R::Database],
            Self::ThroughPooler => &[R::Pooler],
            Self::ContentOf => &[R::Store],
            Self::Mounts | Self::DoorOf => &[R::Storage],
            Self::Beside => &[R::Compute, R::Subnet, R::Storage],
            Self::TakesAddress => &[R::PublicAddress],
            Self::ConnectsTo => &[R::Database, R::Pooler],
            Self::PassesOn => &[R::Database, R::Cache, R::Pooler, R::Source, R::Store, R::Storage],
            Self::Mentions => {
                &[R::Database, R::Cache, R::Pooler, R::Source, R::Store, R::Storage, R::Endpoint, R::Balancer]
            }
        }
    }

    /// Whether a value that is known only after apply can be told by what else there is: only where the value is
    /// certainly a name of such a part, not one of many texts.
    pub const fn allows_elimination(self) -> bool {
        !matches!(
            self,
            Self::Mentions
                | Self::PassesOn
                | Self::Asks
                | Self::Calls
                | Self::DeliversTo
                | Self::FailsTo
                | Self::SetsOff
                | Self::Watches
                | Self::Grants
                | Self::Joins
                | Self::Beside
                | Self::PluggedInto
                | Self::BilledWith
        )
    }

    /// Whether the other end does its work by it: what nobody has in this way may have no use.
    pub const fn is_use(self) -> bool {
        matches!(
            self,
            Self::RoutesTo | Self::ListensOn | Self::ServedThrough | Self::TargetOf | Self::TakesAddress | Self::Mounts
        )
    }

    /// Whether it stands for getting in touch: then an identifier of the other end is not enough.
    pub const fn is_contact(self) -> bool {
        matches!(self, Self::Mentions | Self::PassesOn | Self::ConnectsTo)
    }

    /// The words for it in reports: `a <words> b`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InNetwork => "in network",
            Self::InSubnet => "in subnet",
            Self::InCluster => "in cluster",
            Self::Joins => "joins",
            Self::RoutesTo => "routes to",
            Self::InTable => "in route table",
            Self::MainTableOf => "main table of",
            Self::GuardedBy => "guarded by",
            Self::Admits => "admits",
            Self::RuleOf => "rule of",
            Self::EndpointOf => "belongs to endpoint",
            Self::ZoneOf => "belongs to zone",
            Self::UsesTemplate => "uses template",
            Self::RunsOn => "runs on",
            Self::MachinesOf => "machines of",
            Self::ServedThrough => "served through",
            Self::ForwardsTo => "forwards to",
            Self::ListensOn => "listens on",
            Self::TargetOf => "target of",
            Self::TargetIs => "has target",
            Self::StickyAt => "keeps the clients of",
            Self::PartOfApi => "part of API",
            Self::Asks => "asks",
            Self::Calls => "calls",
            Self::ReadsFrom => "reads from",
            Self::DeliversTo => "delivers to",
            Self::Submits => "submits",
            Self::DrawsOn => "draws on",
            Self::InMesh => "in mesh",
            Self::SendsTo => "sends to",
            Self::BuildsWith => "builds with",
            Self::FailsTo => "fails to",
            Self::RuledBy => "ruled by",
            Self::ActsAs => "acts as",
            Self::PlumbsAs => "is started as",
            Self::GrantedTo => "granted to",
            Self::Grants => "grants",
            Self::Scales => "scales",
            Self::ScaledBy => "scaled by",
            Self::Sizes => "sets the size of",
            Self::Configures => "configures",
            Self::BilledWith => "is billed with",
            Self::SetsOff => "sets off",
            Self::Watches => "watches",
            Self::NameOf => "another name of",
            Self::MemberOf => "member of",
            Self::ParametersOf => "has parameters of",
            Self::PlacedBy => "placed by",
            Self::PluggedInto => "plugged into",
            Self::PackedBy => "packed by",
            Self::PoolsFor => "pools for",
            Self::ThroughPooler => "part of pooler",
            Self::ReplicaOf => "replica of",
            Self::ContentOf => "content of",
            Self::Mounts => "mounts",
            Self::DoorOf => "door of",
            Self::Beside => "stands beside",
            Self::TakesAddress => "takes address",
            Self::PassesOn => "passes on",
            Self::ConnectsTo => "connects to",
            Self::Mentions => "mentions",
        }
    }
}

/// What a link's attribute holds.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum LinkValue {
    /// These names, all of them.
    Known(Vec<Text>),
    /// So many names that cannot be seen, and these that can.
    Partly {
        /// Names that can be seen.
        known: Vec<Text>,
        /// How many cannot.
        hidden: usize,
        /// Why.
        why: Why,
    },
    /// It cannot be seen how many or which.
    Unknown(Why),
}

/// Which revision of a neighbour is meant, where it has several.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Revision {
    /// The neighbour as it is at any time.
    #[default]
    Current,
    /// The one that the neighbour calls its default.
    Default,
    /// That of this number.
    Numbered(u32),
    /// That whose name it is: each revision has a name of its own.
    Named,
}

/// An attribute that names one or more neighbours.
#[derive(Clone, Debug)]
pub struct Link {
    /// What the neighbour is to the resource.
    pub relation: Relation,
    /// The attribute, as a dotted path through blocks.
    pub attribute: &'static str,
    /// What it holds.
    pub value: LinkValue,
    /// Whether it may name several.
    pub plural: bool,
    /// Of repeated blocks, the position of the one that it stands in.
    pub slot: u16,
    /// Which revision of the neighbour it means.
    pub revision: Revision,
    /// What tells this block from its siblings in the configuration.
    pub only: Option<Box<Only>>,
}
