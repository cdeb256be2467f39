//! The system: what several resources together mean. Built by a fixed list of passes, each of which only adds.

mod admission;
mod budget;
mod build;
mod capacity;
mod consumption;
mod datastore;
mod demand;
mod endpoint;
mod entry;
mod need;
mod network;
mod permission;
mod placement;
mod pool;
mod range;
mod reach;
mod workload;

pub use budget::Budget;
pub use build::Topology;
pub use capacity::Capacity;
pub use consumption::{Consumption, Origin};
pub use datastore::{Datastore, DatastoreId, Member, Spread};
pub use demand::{Demand, Line, Scale};
pub use endpoint::{Endpoint, Served};
pub use entry::Entry;
pub use need::ServiceUse;
pub use network::{Exit, Network, NetworkId, Subnet, SubnetId};
pub use placement::Placement;
pub use pool::{Hint, PerUnit, Term};
pub use range::{Amount, Range};
pub use reach::Reach;
pub use workload::{Gap, Workload, WorkloadContainer, WorkloadId};
