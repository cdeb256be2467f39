//! What the facts say of state: what units keep, what binds clients to them, and what a cache loses.

use serde_json::{Value, json};

use super::facts::{attr, evidence};
use crate::facts::{Loss, VolumeKind};
use crate::model::Address;
use crate::topology::{Binding, Datastore, Kept, LocalVolume, Topology, Workload};

/// What the units of a workload keep beyond a request.
pub(super) fn keeps(workload: &Workload) -> Value {
    json!({
        "said": workload.keeps.kept.iter().map(kept).collect::<Vec<_>>(),
        "session_signs": workload.keeps.signs.iter().map(|sign| sign.attribute.as_str()).collect::<Vec<_>>(),
        "local_volumes": workload.keeps.volumes.iter().map(volume).collect::<Vec<_>>(),
    })
}

fn kept(kept: &Kept) -> Value {
    json!({
        "what": kept.matter.as_str(),
        "place": attr(&kept.place, |place| place.as_str().into()),
        "certain": kept.doubt.is_none(),
        "doubt": kept.doubt,
        "evidence": evidence(std::slice::from_ref(&kept.evidence)),
    })
}

fn volume(volume: &LocalVolume) -> Value {
    let kind = match volume.kind {
        VolumeKind::Shared => "shared",
        VolumeKind::Machine => "folder of the machine",
        VolumeKind::Unit => "of the unit",
        VolumeKind::LeftBehind => "disk left behind",
        VolumeKind::Fleeting => "fleeting disk",
    };
    json!({
        "kind": kind,
        "mounted_at": volume.mounts.iter().map(|(_, path)| path.as_str()).collect::<Vec<_>>(),
        "evidence": evidence(std::slice::from_ref(&volume.evidence)),
    })
}

/// Something that may bind clients to units.
pub(super) fn binding(topology: &Topology, binding: &Binding) -> Value {
    let workloads: Vec<&str> = binding.workloads.iter().map(|id| topology.workload(*id).address.as_str()).collect();
    json!({
        "address": Address::as_str(&binding.address),
        "noun": binding.noun,
        "on": attr(&binding.on, |on| (*on).into()),
        "by": attr(&binding.by, |by| by.as_str().into()),
        "workloads": workloads,
        "workloads_possible":
            binding.possible.iter().map(|id| topology.workload(*id).address.as_str()).collect::<Vec<_>>(),
        "workloads_unknown": binding.unseen,
    })
}

/// What a cache loses with one of its machines.
pub(super) fn loses(datastore: &Datastore) -> Value {
    datastore.lasting.as_ref().map_or(Value::Null, |lasting| {
        attr(&lasting.what, |what| match what {
            Loss::Lost => "what lies on it".into(),
            Loss::Stranded => "its place".into(),
            Loss::Kept => "nothing".into(),
        })
    })
}
