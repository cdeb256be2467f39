//! The parts that resources play.

use super::{
    Alarm, Balancer, BuildProject, Capacity, Compute, Consumer, DatabaseMember, Datastore, DatastoreKind,
    DeliveryPipeline, Edge, Endpoint, EventTarget, Gateway, Integration, JobQueue, Link, Listener, MeshPart, NameZone,
    Need, Network, ParameterGroup, Permission, Policy, Pooler, PoolerShare, PublicAddress, RouteTable, ScalableTarget,
    Schedule, SecurityGroup, Source, Stated, Stickiness, Storage, Store, Subnet, TargetGroup, Template, Wait,
};
use crate::model::{Attr, Text};

/// All that is known of one resource from its own attributes. There are as many as there are resources: what few have stands
/// behind a pointer.
#[derive(Debug)]
pub struct Facts {
    /// The part that it plays.
    pub part: Part,
    /// The names by which others refer to it: id, ARN, name, endpoint.
    pub names: Box<[Text]>,
    /// Names that only tell which one it is: nobody connects to it by them.
    pub labels: Labels,
    /// Attributes of a network that name its own main route table.
    pub main_tables: &'static [&'static str],
    /// Its neighbours.
    pub links: Box<[Link]>,
    /// The name under which only its readers are reached, and the attribute that has it.
    pub readers: Option<Box<(&'static str, Option<Text>)>>,
    /// Whether that name leads to some of them only.
    pub in_part: bool,
    /// The region that it lives in.
    pub region: Attr<Text>,
    /// Where that cannot be told, the region that its own attributes give away: good enough for its price.
    pub evident: Option<Box<Attr<Text>>>,
    /// Whether only those inside a network get to it, of what others may be let in to.
    pub secluded: Option<Box<Stated<bool>>>,
    /// Its tags for planwise.
    pub tags: Option<Box<super::Tags>>,
    /// What a person calls such a thing: `ECS service`.
    pub noun: &'static str,
    /// How it is billed.
    pub tariff: &'static super::Tariff,
    /// What that depends on.
    pub billing: super::Record,
    /// What it was chosen from a range for.
    pub choices: Option<Box<super::Choices>>,
    /// How the capacity is bought that it runs on.
    pub market: Option<Box<super::MarketChoice>>,
    /// What it says of disks, and of the machines that have them.
    pub drives: Option<Box<super::Drives>>,
    /// What its cloud has to offer beside it.
    pub offers: Option<&'static super::Offers>,
}

/// Names of something that is connected to, which do not lead there: an identifier, an ARN.
#[derive(Debug, Default)]
pub struct Labels {
    /// The attributes that have them.
    pub attributes: &'static [&'static str],
    /// Those that are known.
    pub names: Vec<Text>,
}

/// What a resource is, whichever cloud it belongs to.
#[derive(Debug)]
#[allow(missing_docs, reason = "each variant is documented at its type, or below at `Role`")]
pub enum Part {
    Network(Network),
    Subnet(Subnet),
    RouteTable(RouteTable),
    /// Puts a subnet, a network's default or an endpoint into a route table.
    Association,
    Gateway(Gateway),
    Endpoint(Endpoint),
    /// Says of an endpoint whether the service's public name leads to it.
    EndpointNaming(Stated<bool>),
    NameZone(NameZone),
    PublicAddress(PublicAddress),
    /// Says whether machines are held close together, in one zone.
    PlacementGroup(Attr<bool>),
    SecurityGroup(SecurityGroup),
    Compute(Box<Compute>),
    Template(Box<Template>),
    Cluster,
    /// Something that makes the machines of a cluster need more services.
    ClusterNeeds(Vec<Need>),
    Capacity(Capacity),
    Balancer(Box<Balancer>),
    Listener(Listener),
    TargetGroup(TargetGroup),
    /// Registers a target with a group.
    Attachment,
    /// Takes requests; with how long it waits for an answer where an integration does not say so.
    Api(Wait),
    Integration(Integration),
    Edge(Box<Edge>),
    /// Keeps the clients of a balancer with one of its targets.
    Sticky(Box<Stickiness>),
    Scalable(Box<ScalableTarget>),
    /// Units of a workload that are kept ready.
    Ready(Stated<u64>),
    Policy(Policy),
    Schedule(Schedule),
    Alarm(Alarm),
    Source(Box<Source>),
    Consumer(Box<Consumer>),
    EventTarget(Box<EventTarget>),
    JobQueue(JobQueue),
    Delivery(Box<DeliveryPipeline>),
    BuildProject(Box<BuildProject>),
    Mesh(MeshPart),
    Datastore(Box<Datastore>),
    DatabaseMember(Box<DatabaseMember>),
    ParameterGroup(ParameterGroup),
    SubnetGroup,
    Pooler(Pooler),
    PoolerShare(PoolerShare),
    /// Connects a pooler with the database behind it.
    PoolerTarget,
    Store(Store),
    Storage(Box<Storage>),
    /// Where a file system is reached from one zone.
    Door,
    /// Gives a disk to a machine.
    DiskAttachment,
    /// Holds the content of a store, such as the value of a secret.
    Content,
    Identity(Permission),
    Permission(Permission),
    /// Connects an identity with what it may do.
    Grant(Permission),
    /// Another name of what its link leads to.
    Alias,
    /// Understood, and without bearing on scaling, routes, zones or connections.
    Inert,
}

/// The kind of part, for finding neighbours.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Role {
    /// A private network.
    Network,
    /// A part of a network in one zone.
    Subnet,
    /// Where the traffic of subnets goes.
    RouteTable,
    /// See [`Part::Association`].
    Association,
    /// A way out of a network.
    Gateway,
    /// A way to a cloud service that stays inside the network.
    Endpoint,
    /// See [`Part::EndpointNaming`].
    EndpointNaming,
    /// Answers names inside a network.
    NameZone,
    /// A public address, or what gives one to somebody.
    PublicAddress,
    /// See [`Part::PlacementGroup`].
    PlacementGroup,
    /// Who may talk to whom.
    SecurityGroup,
    /// Something that runs.
    Compute,
    /// What a unit of something that runs is made from.
    Template,
    /// Where containers run together.
    Cluster,
    /// See [`Part::ClusterNeeds`].
    ClusterNeeds,
    /// Ties containers to machines.
    Capacity,
    /// A load balancer.
    Balancer,
    /// One port or rule of a balancer.
    Listener,
    /// What a balancer forwards to.
    TargetGroup,
    /// See [`Part::Attachment`].
    Attachment,
    /// See [`Part::Sticky`].
    Sticky,
    /// An API gateway.
    Api,
    /// See [`Integration`](super::Integration).
    Integration,
    /// See [`Edge`](super::Edge).
    Edge,
    /// Registers something for scaling.
    Scalable,
    /// See [`Part::Ready`].
    Ready,
    /// When to scale.
    Policy,
    /// What to scale to, and when.
    Schedule,
    /// Watches a metric.
    Alarm,
    /// Where work comes from: a queue, a topic, a stream, a schedule.
    Source,
    /// Ties a source to its consumer.
    Consumer,
    /// See [`Source`](super::Source) and [`EventTarget`].
    EventTarget,
    /// Where jobs wait until there is capacity for them.
    JobQueue,
    /// Builds, tests and deploys step by step.
    Delivery,
    /// Runs the script of a build.
    BuildProject,
    /// A mesh of services, or a part of one that is no node.
    Mesh,
    /// A service of a mesh.
    MeshNode,
    /// A relational database.
    Database,
    /// A cache, or another datastore of which nobody counts the connections.
    Cache,
    /// A machine of a database cluster.
    DatabaseMember,
    /// A database's settings.
    ParameterGroup,
    /// The subnets of a datastore.
    SubnetGroup,
    /// Shares database connections.
    Pooler,
    /// See [`Part::PoolerShare`].
    PoolerShare,
    /// See [`Part::PoolerTarget`].
    PoolerTarget,
    /// A service that holds things: objects, tables, images, secrets, files.
    Store,
    /// A disk or a file system.
    Storage,
    /// See [`Part::Door`].
    Door,
    /// See [`Part::DiskAttachment`].
    DiskAttachment,
    /// See [`Part::Content`].
    Content,
    /// What a workload acts as.
    Identity,
    /// What an identity may do.
    Permission,
    /// See [`Part::Grant`].
    Grant,
    /// See [`Part::Alias`].
    Alias,
    /// See [`Part::Inert`].
    Inert,
}

impl Part {
    /// Its kind.
    pub const fn role(&self) -> Role {
        match self {
            Self::Network(_) => Role::Network,
            Self::Subnet(_) => Role::Subnet,
            Self::RouteTable(_) => Role::RouteTable,
            Self::Association => Role::Association,
            Self::Gateway(_) => Role::Gateway,
            Self::Endpoint(_) => Role::Endpoint,
            Self::EndpointNaming(_) => Role::EndpointNaming,
            Self::NameZone(_) => Role::NameZone,
            Self::PublicAddress(_) => Role::PublicAddress,
            Self::PlacementGroup(_) => Role::PlacementGroup,
            Self::SecurityGroup(_) => Role::SecurityGroup,
            Self::Compute(_) => Role::Compute,
            Self::Template(_) => Role::Template,
            Self::Cluster => Role::Cluster,
            Self::ClusterNeeds(_) => Role::ClusterNeeds,
            Self::Capacity(_) => Role::Capacity,
            Self::Balancer(_) => Role::Balancer,
            Self::Listener(_) => Role::Listener,
            Self::TargetGroup(_) => Role::TargetGroup,
            Self::Attachment => Role::Attachment,
            Self::Api(_) => Role::Api,
            Self::Sticky(_) => Role::Sticky,
            Self::Integration(_) => Role::Integration,
            Self::Edge(_) => Role::Edge,
            Self::Scalable(_) => Role::Scalable,
            Self::Ready(_) => Role::Ready,
            Self::Policy(_) => Role::Policy,
            Self::Schedule(_) => Role::Schedule,
            Self::Alarm(_) => Role::Alarm,
            Self::Source(_) => Role::Source,
            Self::Consumer(_) => Role::Consumer,
            Self::EventTarget(_) => Role::EventTarget,
            Self::JobQueue(_) => Role::JobQueue,
            Self::Delivery(_) => Role::Delivery,
            Self::BuildProject(_) => Role::BuildProject,
            Self::Mesh(part) if part.node.is_some() => Role::MeshNode,
            Self::Mesh(_) => Role::Mesh,
            Self::Datastore(datastore) => match datastore.kind {
                DatastoreKind::Database => Role::Database,
                DatastoreKind::Cache | DatastoreKind::Documents | DatastoreKind::Search => Role::Cache,
            },
            Self::DatabaseMember(_) => Role::DatabaseMember,
            Self::ParameterGroup(_) => Role::ParameterGroup,
            Self::SubnetGroup => Role::SubnetGroup,
            Self::Pooler(_) => Role::Pooler,
            Self::PoolerShare(_) => Role::PoolerShare,
            Self::PoolerTarget => Role::PoolerTarget,
            Self::Store(_) => Role::Store,
            Self::Storage(_) => Role::Storage,
            Self::Door => Role::Door,
            Self::DiskAttachment => Role::DiskAttachment,
            Self::Content => Role::Content,
            Self::Identity(_) => Role::Identity,
            Self::Permission(_) => Role::Permission,
            Self::Grant(_) => Role::Grant,
            Self::Alias => Role::Alias,
            Self::Inert => Role::Inert,
        }
    }
}
