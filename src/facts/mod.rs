//! The vocabulary in which every cloud is described: the only words that the topology and the rules know.

mod address;
mod call;
mod change;
mod choice;
mod command;
mod compute;
mod data;
mod declared;
mod delivery;
mod drive;
mod entry;
mod environment;
mod habit;
mod keep;
mod keep_words;
mod limit;
mod lines;
mod link;
mod mesh;
mod messaging;
mod network;
mod part;
mod permission;
mod program;
mod record;
mod remote;
mod scaling;
mod setting;
mod stated;
mod storage;
mod tariff;
mod time_limit;
mod upkeep;
mod variable;

pub use call::{Call, CallKind, CallWords};
pub use change::{Added, Change, Offer, Offers};
pub use choice::{Beyond, Burst, Choices, DiskChoice, DiskSuccessor, MachineChoice, Market, MarketChoice, Pace};
pub use command::Line;
pub use compute::{
    Breaker, Capacity, Compute, ComputeKind, Container, ContainerRole, Hosting, Job, Quota, Runs, Spared, Surge,
    Template, Versions,
};
pub use data::{
    Availability, Database, DatabaseMember, Datastore, DatastoreKind, LargerClass, Lasting, Loss, ParameterGroup,
    Pooler, PoolerShare, SetParameter, Store, StoreKind,
};
pub use declared::{
    Declaration, Declarations, Declared, FactKey, Held, Profile, Said, TAG, Tag, Tags, example, quoted,
};
pub use delivery::{
    BuildProject, BuildScript, DeliveryAction, DeliveryPipeline, DeliveryStage, DeliveryWork, ProjectUse,
};
pub use drive::{Credits, Disk, Drives, Lane, MachineClass, Rate as DiskRate};
pub use entry::{
    Balancer, Binds, Edge, EntryKind, Integration, Listener, Speech, Stickiness, Takes, TargetGroup, Traffic, Wait,
};
pub use environment::Environment;
pub use habit::Habit;
pub use keep::{Keeping, Keeps, Lead, Matter, Place};
pub use limit::{Cap, ConnectionLimit, Formula, FormulaError, Reserve, Variable};
pub use lines::{Line as BillLine, Lines, Quantity, Rate};
pub use link::{Link, LinkValue, Relation, Revision};
pub use mesh::{MeshNode, MeshPart, MeshRoute, MeshUse, Retirement};
pub use messaging::{Consumer, EventTarget, JobQueue, Source, SourceKind};
pub use network::{
    Destination, Endpoint, EndpointKind, Gateway, GatewayKind, NameZone, Network, PortRange, PublicAddress, Route,
    RouteTable, SecurityGroup, SecurityRule, Service, Subnet,
};
pub use part::{Facts, Labels, Part, Role};
pub use permission::{Caller, Consumes, Need, Permission, ServiceCall};
pub use record::{Field, Record, Value};
pub use remote::{Regional, RemoteKind, is_aside};
pub use scaling::{Alarm, Policy, Quality, ScalableTarget, Schedule, Signal, Watch};
pub use setting::{Known, Meaning, Reading, Setting, Voice};
pub use stated::Stated;
pub use storage::{Mount, Storage, StorageKind, Volume, VolumeKind};
pub use tariff::{Amounts, Charge, Near, Neighbours, Plot, Site, Tariff, UsageKey};
pub use time_limit::{Ends, TimeLimit};
pub use upkeep::{Kept, Upkeep};
