//! What several units may keep where nobody sees what their variables say.

use super::units::{Units, units};
use crate::facts::FactKey;
use crate::model::Evidence;
use crate::topology::{Topology, Workload};

/// The variables that would have to be seen to tell what a workload keeps, where it answers requests with several units and nobody
/// declares it.
///
/// A finding on each such workload would tell nothing about it. So the run says once how many there are.
pub(in crate::rules::state) fn unseen<'t>(
    topology: &Topology,
    workload: &'t Workload,
    key: FactKey,
) -> Option<&'t Evidence> {
    let what = workload.declared.as_deref().map(|told| &told.what);
    let declared = what.is_some_and(|what| match key {
        FactKey::Sessions => what.sessions.is_some(),
        FactKey::Files => what.files.is_some(),
        FactKey::Locks => what.locks.is_some(),
        _ => false,
    });
    let several = || matches!(units(topology, workload), Units::Several);
    workload.keeps.unseen.as_ref().filter(|_| !declared && !workload.entries.is_empty() && several())
}
