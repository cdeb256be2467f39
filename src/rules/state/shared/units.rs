//! How many units share the work, so that what one of them keeps the others miss.

use crate::facts::ComputeKind;
use crate::model::{Attr, Evidence};
use crate::topology::{Amount, Topology, Workload};
use crate::units::{Grouped, counted, plural};

/// How many units a workload has at most.
#[derive(Debug)]
pub(in crate::rules::state) enum Units<'t> {
    /// One, or none.
    One,
    /// More than one.
    Several,
    /// It cannot be told, for this reason.
    Unclear(String, &'t Evidence),
}

/// How many units a workload has at most.
pub(in crate::rules::state) fn units<'t>(topology: &Topology, workload: &'t Workload) -> Units<'t> {
    let most = &workload.range.maximum;
    // What registers a service for scaling may be in the other part of the configuration.
    let alone = workload.kind == ComputeKind::ContainerService && workload.scaling.registered.is_empty();
    match most.known() {
        Some(most) if most > 1 => Units::Several,
        Some(_) if topology.partial && alone => {
            let reason = "the plan holds only a part of the configuration, and what scales it may be in the other";
            Units::Unclear(reason.to_owned(), &most.evidence)
        }
        Some(_) => Units::One,
        None if workload.kind == ComputeKind::Function && most.value.is_unset() => Units::Several,
        None => {
            let least = [&workload.range.minimum, &workload.range.desired].into_iter().filter_map(Amount::known);
            if least.max().is_some_and(|least| least > 1) {
                return Units::Several;
            }
            let place = &most.evidence;
            let why = match most.value {
                Attr::Unknown(why) => why.to_string(),
                _ => "not set".to_owned(),
            };
            Units::Unclear(format!("{} of {} is {why}", place.attribute, place.address), place)
        }
    }
}

/// How many there are, in words: `2 to 10 tasks`. Of equal machines the first is named, so it has `2 others like it`.
pub(in crate::rules::state) fn in_words(workload: &Workload) -> String {
    let unit = workload.unit;
    let (least, most) = (workload.range.minimum.known(), workload.range.maximum.known());
    match (least, most) {
        (_, Some(most)) if workload.kind == ComputeKind::Machine && most > 1 => {
            format!("{} like it", counted(most.saturating_sub(1), "other"))
        }
        (_, None) if workload.kind == ComputeKind::Function => format!("one {unit} for each call at a time"),
        (Some(least), Some(most)) if least < most => format!("{} to {} {unit}s", Grouped(least), Grouped(most)),
        (_, Some(most)) => format!("{} {}", Grouped(most), plural(most, unit)),
        (_, None) => format!("several {unit}s"),
    }
}
