//! What answers requests behind one way in: a workload, or several that share it.

use crate::facts::{ComputeKind, EntryKind, Hosting, Traffic};
use crate::model::{Address, Attr, Evidence, Why};
use crate::topology::{Amount, Entry, Topology, Workload};

/// Workloads that answer the same requests.
#[derive(Debug)]
pub(in crate::rules::scaling) struct Service<'t> {
    /// All of them, in the order of their addresses.
    pub(in crate::rules::scaling) workloads: Vec<&'t Workload>,
    /// Why it may be that nobody calls it, or that others answer as well, if it may.
    pub(in crate::rules::scaling) doubt: Option<Doubt>,
    /// Whether the plan is only a part of what the configuration makes.
    partial: bool,
}

/// Something about a service that cannot be told.
#[derive(Debug)]
pub(in crate::rules::scaling) struct Doubt {
    /// Why.
    pub(in crate::rules::scaling) reason: String,
    /// Where one would have to look.
    pub(in crate::rules::scaling) evidence: Evidence,
    /// Whether it is certainly called, and others may answer as well.
    pub(in crate::rules::scaling) of_others: bool,
}

/// The fewest units of something.
#[derive(Debug)]
pub(in crate::rules::scaling) enum Floor<'t> {
    /// So many, by this.
    Of(u64, &'t Amount),
    /// It cannot be told, for this reason.
    Unclear(String, Evidence),
    /// As many as there are machines.
    AsMachines,
}

/// Everything that is called, or may be, and whose units somebody counts.
pub(in crate::rules::scaling) fn services(topology: &Topology) -> Vec<Service<'_>> {
    let called: Vec<&Workload> = topology.workloads.iter().filter(|workload| is_called(workload)).collect();
    let mut all: Vec<Service<'_>> = Vec::new();
    let mut of_target: std::collections::BTreeMap<&Address, usize> = std::collections::BTreeMap::new();
    for workload in called {
        let targets: Vec<&Address> = certain(workload)
            .filter(|entry| entry.kind == EntryKind::Balancer)
            .filter_map(|entry| entry.through.first())
            .collect();
        let known = targets.iter().find_map(|target| of_target.get(target)).copied();
        let at = known.unwrap_or_else(|| {
            all.push(Service { workloads: Vec::new(), doubt: None, partial: topology.partial });
            all.len() - 1
        });
        for target in targets {
            of_target.entry(target).or_insert(at);
        }
        if let Some(service) = all.get_mut(at) {
            service.workloads.push(workload);
            let doubt = doubt(workload);
            service.doubt = service.doubt.take().or(doubt);
        }
    }
    all.retain(|service| service.workloads.iter().all(|workload| is_counted(workload)));
    all
}

fn certain(workload: &Workload) -> impl Iterator<Item = &Entry> {
    workload.entries.iter().filter(|entry| entry.certain && entry.traffic != Attr::Set(Traffic::Packets))
}

fn is_called(workload: &Workload) -> bool {
    let passes_on = workload.entries.iter().any(|entry| entry.traffic == Attr::Set(Traffic::Packets));
    certain(workload).next().is_some() || (workload.entry_doubt().is_some() && !passes_on)
}

/// Whether somebody decides how many units it has: not for code that runs per call, nor for what carries others.
fn is_counted(workload: &Workload) -> bool {
    let counted = match workload.kind {
        ComputeKind::Machine | ComputeKind::MachineGroup | ComputeKind::ContainerService => true,
        ComputeKind::Platform => workload.hosting != Attr::Set(Hosting::Serverless),
        ComputeKind::Function | ComputeKind::Task | ComputeKind::NodePool | ComputeKind::Batch => false,
    };
    counted && !workload.carries_others
}

fn doubt(workload: &Workload) -> Option<Doubt> {
    if certain(workload).next().is_none() {
        let gap = workload.entry_doubt()?;
        let reason = format!("what sends it requests is {}", gap.reason);
        return Some(Doubt { reason, evidence: gap.evidence.clone(), of_others: false });
    }
    let shared = certain(workload).find_map(|entry| Some((entry.unseen.clone()?, entry.evidence.clone())));
    shared.map(|(reason, evidence)| Doubt { reason, evidence, of_others: true })
}

/// The fewest units that a workload has once it runs.
fn floor(workload: &Workload, partial: bool) -> Floor<'_> {
    let (minimum, desired) = (&workload.range.minimum, &workload.range.desired);
    let scaled = !workload.scaling.policies.is_empty() || workload.scaling.itself.is_some();
    if desired.value == Attr::Unknown(Why::Elsewhere) {
        return Floor::AsMachines;
    }
    if let (false, Some(gap)) = (scaled, &workload.scaling.gap) {
        return match (minimum.known(), desired.known()) {
            (Some(least), _) if least > 1 => Floor::Of(least, minimum),
            // A group's own bound holds, whatever scales it.
            (Some(least), Some(first)) if first < 2 && workload.kind == ComputeKind::MachineGroup => {
                Floor::Of(least, minimum)
            }
            _ => Floor::Unclear(gap.reason.clone(), gap.evidence.clone()),
        };
    }
    let amount = if scaled { minimum } else { desired };
    // What registers a service for scaling, and so lifts it to a minimum, may be in the other part.
    let alone = workload.kind == ComputeKind::ContainerService && workload.scaling.registered.is_empty();
    if partial && alone && amount.known().is_some_and(|count| count < 2) {
        let reason = "the plan holds only a part of the configuration, and what scales it may be in the other";
        return Floor::Unclear(reason.to_owned(), amount.evidence.clone());
    }
    match &amount.value {
        Attr::Set(count) => Floor::Of(*count, amount),
        Attr::Unset => Floor::Of(0, amount),
        Attr::Unknown(why) => {
            let place = &amount.evidence;
            Floor::Unclear(format!("{} of {} is {why}", place.attribute, place.address), place.clone())
        }
    }
}

impl<'t> Service<'t> {
    /// The workload that speaks for all.
    pub(in crate::rules::scaling) fn first(&self) -> Option<&'t Workload> {
        self.workloads.first().copied()
    }

    /// The fewest units of all together, where something decides them; the evidence of those that do not say.
    pub(in crate::rules::scaling) fn floor(&self) -> Floor<'t> {
        let mut sum = 0_u64;
        let mut last = None;
        let mut unclear = None;
        for workload in &self.workloads {
            match floor(workload, self.partial) {
                Floor::Of(count, amount) => {
                    sum = sum.saturating_add(count);
                    last = last.or(Some(amount));
                }
                Floor::AsMachines => return Floor::AsMachines,
                other @ Floor::Unclear(..) => unclear = unclear.or(Some(other)),
            }
        }
        match (unclear, last) {
            // What can be seen suffices, whatever the others have.
            (Some(_), Some(amount)) if sum > 1 => Floor::Of(sum, amount),
            (Some(unclear), _) => unclear,
            (None, Some(amount)) => Floor::Of(sum, amount),
            (None, None) => Floor::AsMachines,
        }
    }

    /// The one machine that answers everything, if there is only one.
    pub(in crate::rules::scaling) fn machine(&self) -> Option<&'t Workload> {
        match self.workloads.as_slice() {
            [only] if only.kind == ComputeKind::Machine && only.range.maximum.known() == Some(1) => Some(only),
            _ => None,
        }
    }

    /// Everything that it consists of.
    pub(in crate::rules::scaling) fn members(&self) -> impl Iterator<Item = &'t Address> {
        self.workloads.iter().flat_map(|workload| &workload.members)
    }

    /// All that answer, each machine by itself.
    pub(in crate::rules::scaling) fn equals(&self) -> impl Iterator<Item = &'t Address> {
        self.workloads.iter().flat_map(|workload| &workload.equals)
    }

    /// What requests come through.
    pub(in crate::rules::scaling) fn entrances(&self) -> impl Iterator<Item = &'t Address> {
        self.workloads.iter().flat_map(|workload| workload.entries.iter().flat_map(|entry| &entry.through))
    }

    /// What says that it is called.
    pub(in crate::rules::scaling) fn evidence(&self) -> impl Iterator<Item = &'t Evidence> {
        self.workloads.iter().flat_map(|workload| workload.entries.iter().map(|entry| &entry.evidence))
    }
}

/// Whether a machine is large.
pub(in crate::rules::scaling) fn is_large(machine: &Workload, processors: u64) -> bool {
    machine.processors.is_some_and(|count| count >= processors)
}
