//! How the rules on state call things.

use crate::facts::{FactKey, Held, Place, example};
use crate::model::Attr;
use crate::topology::{Kept, Workload};
use crate::units::listed;

/// Where something is kept, within one unit: `on the disk of each task`.
pub(in crate::rules::state) fn place(kept: &Kept, unit: &str) -> String {
    match (&kept.place, kept.path.as_deref()) {
        (Attr::Set(Place::Disk), Some(path)) => format!("in {path} of each {unit}"),
        (Attr::Set(Place::Disk), None) => format!("on the disk of each {unit}"),
        (Attr::Set(Place::Memory), _) => format!("in the memory of each {unit}"),
        _ => format!("in each {unit} by itself"),
    }
}

/// What says so: `SESSION_DRIVER = file, of Laravel`.
pub(in crate::rules::state) fn said(all: &[&Kept]) -> String {
    listed(all.iter().map(|kept| {
        let what = format!("{} = {}", kept.evidence.attribute, kept.evidence.value);
        match (kept.declared, &kept.container) {
            (true, _) => format!("{what}, as declared"),
            (false, Some(container)) => format!("{what} of container {container}"),
            (false, None) => what,
        }
    }))
}

/// How to settle it, as a sentence with a space before it.
pub(in crate::rules::state) fn declare(workload: &Workload, key: FactKey) -> String {
    let fact = |held: Held| example([(workload.address.as_str(), vec![(key, held.as_str().to_owned())])]);
    let (shared, none) = (fact(Held::Shared), Held::None.as_str());
    format!(" If you know it, declare it in planwise.yaml: {shared}, or {}, or {none}.", Held::Local.as_str())
}
