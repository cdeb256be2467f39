//! How the rules on isolation call things.

use crate::finding::Severity;
use crate::model::Attr;
use crate::topology::{Layer, LayerKind, Waits, Workload};
use crate::units::{Millis, listed};

/// What requests certainly reach a workload through.
pub(in crate::rules::isolation) fn through(workload: &Workload) -> String {
    let mut names: Vec<String> = Vec::new();
    for entry in workload.entries.iter().filter(|entry| entry.certain && !entry.hands_over) {
        let name = entry.name();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    listed(names)
}

/// `REST API a gives up after 29 s (its default)`.
pub(in crate::rules::isolation) fn says(layer: &Layer) -> String {
    let after = match &layer.after {
        Attr::Set(after) if layer.kind == LayerKind::Work => format!("up to {}", Millis(*after)),
        Attr::Set(after) => Millis(*after).to_string(),
        Attr::Unset => return format!("{} {} waits as long as it takes", layer.noun, layer.address),
        Attr::Unknown(why) => format!("a time that is {why} ({})", layer.evidence.attribute),
    };
    let does = match layer.kind {
        LayerKind::Edge | LayerKind::Gateway => format!("gives up after {after}"),
        LayerKind::Balancer => format!("closes a connection after {after} without a byte"),
        LayerKind::Work if layer.known().is_none() => format!("works on a request for {after}"),
        LayerKind::Work => format!("works {after} on a request"),
        LayerKind::Statement => format!("ends a statement after {after}"),
        LayerKind::Queue => format!("hides a message for {after}"),
        LayerKind::KeepAlive => format!("closes a connection that it keeps after {after}"),
    };
    let default = if layer.is_chosen() { "" } else { " (its default)" };
    format!("{} {} {does}{default}", layer.noun, layer.address)
}

/// The whole pyramid that the plan shows, from the outside in: one line for each layer.
pub(in crate::rules::isolation) fn pyramid(waits: &Waits) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let outer = waits.ways.iter().flat_map(|way| &way.layers);
    let inner = waits.statements.iter().filter(|limit| limit.doubt.is_none()).map(|limit| &limit.layer);
    for layer in outer.chain(&waits.work).chain(inner) {
        let line = says(layer);
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}

/// How bad it is that `inner` goes on after `outer` has given up: little where both end at almost the same time.
pub(in crate::rules::isolation) const fn grade(outer: u64, inner: u64) -> Severity {
    if inner <= outer.saturating_add(outer / 10) { Severity::Low } else { Severity::Medium }
}

/// Whole seconds of what is too much, for comparing.
pub(in crate::rules::isolation) const fn gravity(outer: u64, inner: u64) -> u64 {
    inner.saturating_sub(outer) / 1_000 + 1
}

/// A little less than this: a second, or a tenth where that is less.
pub(in crate::rules::isolation) fn just_below(after: u64) -> u64 {
    after.saturating_sub(1_000.min(after / 10))
}
