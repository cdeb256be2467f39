//! Calls of cloud services, each from one subnet.

use crate::facts::EndpointKind;
use crate::model::Attr;
use crate::topology::{Exit, Served, ServiceUse, Subnet, SubnetId, Topology, Workload};

/// A service that a workload calls from one of its subnets.
#[derive(Clone, Debug)]
pub(in crate::rules::routing) struct Call<'t> {
    pub(in crate::rules::routing) workload: &'t Workload,
    pub(in crate::rules::routing) use_: &'t ServiceUse,
    pub(in crate::rules::routing) at: SubnetId,
    pub(in crate::rules::routing) subnet: &'t Subnet,
    /// Which endpoint serves it.
    pub(in crate::rules::routing) served: Served,
}

/// Every call that leaves from a subnet that is known.
pub(in crate::rules::routing) fn calls(topology: &Topology) -> impl Iterator<Item = Call<'_>> {
    let workloads = topology.workloads.iter().filter(|workload| !workload.placement.detached);
    workloads.flat_map(move |workload| {
        workload.uses.iter().flat_map(move |use_| {
            topology.subnets_of(workload).map(move |(at, subnet)| {
                let served = topology.served(at, use_.service, use_.by_gateway);
                Call { workload, use_, at, subnet, served }
            })
        })
    })
}

/// Whether a call has another way out that no endpoint need replace.
pub(in crate::rules::routing) fn leaves_anyway(workload: &Workload, use_: &ServiceUse, subnet: &Subnet) -> bool {
    match &subnet.exit {
        Exit::Internet => has_public_address(workload, subnet),
        // The platform's chatter never pays for an endpoint; and what may be called, for little, is not worth a question.
        Exit::Nat(_) | Exit::Appliance(_) => {
            use_.chatter || (!use_.certain && use_.service.kind == EndpointKind::Interface)
        }
        _ => false,
    }
}

/// Whether a workload's units in a public subnet have the public address without which they get nowhere from there.
fn has_public_address(workload: &Workload, subnet: &Subnet) -> bool {
    match (&workload.public_address, &subnet.public_addresses) {
        (Attr::Set(public), _) => *public,
        (Attr::Unset, Attr::Set(public)) => *public,
        // Nobody says so; what stands in a public subnet is there for its address.
        _ => true,
    }
}

/// A number of things, for messages and measures.
pub(in crate::rules::routing) fn size(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
