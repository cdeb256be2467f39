//! Work that goes on after whoever waits for it has given up; and waiting behind somebody who does not wait that long.

use std::collections::BTreeSet;

use crate::finding::{Delta, Finding, Remedy, RuleMeta, Severity};
use crate::rules::{Judgement, prospect};
use crate::topology::{Layer, LayerKind, Way, Workload};
use crate::units::Millis;

use super::words::{grade, gravity, just_below, pyramid, says};

/// Judges the ways to one workload.
pub(in crate::rules::isolation) fn judge(meta: &'static RuleMeta, workload: &Workload, judgement: &mut Judgement) {
    let waits = &workload.waits;
    let Some(work) = waits.work.as_ref().filter(|_| !waits.ways.is_empty()) else { return };
    match outcome(work, &waits.ways) {
        Outcome::Passes => judgement.passed += 1,
        Outcome::Silent => {}
        Outcome::Inverted(outer, after, longest) => {
            judgement.findings.push(inverted(meta, workload, work, (outer, after, longest)));
        }
        Outcome::Open(reason, layer) => {
            let message = format!("{}; {reason}, so that it cannot be told who gives up first.", says(work));
            judgement.findings.push(
                Finding::undetermined(meta, &workload.address, message)
                    .severity(Severity::Low)
                    .about(&workload.members)
                    .about(layer.map(|layer| &layer.address))
                    .resting_on([&work.evidence])
                    .resting_on(layer.map(|layer| &layer.evidence))
                    .resting_on(waits.ways.iter().filter_map(|way| way.unseen.as_ref()).map(|(evidence, _)| evidence)),
            );
        }
    }
}

enum Outcome<'w> {
    Passes,
    Silent,
    /// The layer that gives up, after how long, and for how long the work goes on.
    Inverted(&'w Layer, u64, u64),
    /// Why it cannot be told, and where.
    Open(String, Option<&'w Layer>),
}

fn outcome<'w>(work: &'w Layer, ways: &'w [Way]) -> Outcome<'w> {
    let outers = || ways.iter().filter_map(Way::tightest);
    let Some(longest) = work.known() else {
        // Whoever can wait for ever loses nobody.
        return match outers().min_by_key(|layer| layer.known()) {
            Some(outer) if work.after.why_unknown().is_some() => Outcome::Open(says(outer), Some(outer)),
            _ => Outcome::Silent,
        };
    };
    let is_short = |layer: &&Layer| layer.known().is_some_and(|after| after <= longest);
    let certain = ways.iter().filter(|way| way.doubt.is_none()).filter_map(Way::tightest);
    if let Some((outer, after)) =
        certain.filter(is_short).filter_map(|layer| Some((layer, layer.known()?))).min_by_key(|(_, after)| *after)
    {
        return Outcome::Inverted(outer, after, longest);
    }
    for way in ways {
        if let Some(doubt) = &way.doubt
            && let Some(outer) = way.tightest().filter(is_short)
        {
            return Outcome::Open(format!("{}, and {doubt}", says(outer)), Some(outer));
        }
        if let Some(layer) = way.layers.iter().find(|layer| layer.after.why_unknown().is_some()) {
            return Outcome::Open(says(layer), Some(layer));
        }
        if let Some((evidence, usual)) = way.unseen.as_ref().filter(|(_, usual)| longest >= *usual) {
            let reason = format!(
                "how long whoever calls it waits is not in this plan ({}), {} unless somebody says otherwise",
                evidence.address,
                Millis(*usual)
            );
            return Outcome::Open(reason, None);
        }
    }
    Outcome::Passes
}

fn inverted(
    meta: &'static RuleMeta,
    workload: &Workload,
    work: &Layer,
    (outer, after, longest): (&Layer, u64, u64),
) -> Finding {
    let both = if after == longest {
        "both end at the same time, so that a caller may get an error for work that was done"
    } else {
        "the caller gets an error, and the work goes on for nobody"
    };
    let message = format!("{}, and {}: {both}.", says(work), says(outer));
    let less = just_below(after);
    let mut finding = Finding::violation(meta, &workload.address, message)
        .severity(grade(after, longest))
        .about(&workload.members)
        .about(workload.waits.ways.iter().flat_map(|way| &way.layers).map(|layer| &layer.address))
        .resting_on([&work.evidence, &outer.evidence])
        .resting_on(workload.waits.ways.iter().flat_map(|way| &way.layers).map(|layer| &layer.evidence))
        .measuring("work_ms", longest)
        .measuring("wait_ms", after)
        .gravity(gravity(after, longest))
        .remedy(
            Remedy::new(
                format!("end the work of {} after at most {}", workload.address, Millis(less)),
                "what takes longer then fails where somebody sees it; work that needs more belongs behind a queue",
                Delta::Free("a time limit costs nothing"),
            )
            .writing(prospect::set_span(work, less, false))
            .to("work_ms", less),
        );
    if matches!(outer.kind, LayerKind::Balancer | LayerKind::Edge) {
        let more = longest.saturating_add(longest / 10).div_ceil(1_000).saturating_mul(1_000);
        finding = finding.remedy(
            Remedy::new(
                format!("let {} wait for at least {}", outer.address, Millis(more)),
                "so far as callers are meant to wait that long, and whoever stands before it does too",
                Delta::Free("a time limit costs nothing"),
            )
            .writing(prospect::set_span(outer, more, true))
            .to("wait_ms", more),
        );
    }
    finding.working = pyramid(&workload.waits);
    finding
}

/// Those on the way who were told to wait longer than somebody before them.
pub(in crate::rules::isolation) fn stack<'t>(
    meta: &'static RuleMeta,
    workloads: impl Iterator<Item = &'t Workload>,
    judgement: &mut Judgement,
) {
    let mut told = BTreeSet::new();
    for workload in workloads {
        for way in workload.waits.ways.iter().filter(|way| way.doubt.is_none()) {
            for (at, inner) in way.layers.iter().enumerate().filter(|(_, layer)| layer.is_chosen()) {
                let before = way.layers.iter().take(at).filter_map(|layer| Some((layer, layer.known()?)));
                let (Some((outer, after)), Some(longest)) = (before.min_by_key(|(_, after)| *after), inner.known())
                else {
                    continue;
                };
                if !told.insert((&inner.address, &outer.address)) {
                    continue;
                }
                if longest <= after {
                    judgement.passed += 1;
                } else {
                    judgement.findings.push(useless(meta, way, (inner, longest), (outer, after)));
                }
            }
        }
    }
}

fn useless(
    meta: &'static RuleMeta,
    way: &Way,
    (inner, longest): (&Layer, u64),
    (outer, after): (&Layer, u64),
) -> Finding {
    let message = format!(
        "{}, but {}: through it, no answer arrives that takes longer, and whoever asked may ask again.",
        says(inner),
        says(outer)
    );
    let title = format!("let {} wait longer than {}, or {} no longer", outer.address, Millis(longest), inner.address);
    let mut finding = Finding::violation(meta, &inner.address, message)
        .severity(Severity::Low)
        .key(outer.address.to_string())
        .about([&outer.address])
        .resting_on([&inner.evidence, &outer.evidence])
        .measuring("work_ms", longest)
        .measuring("wait_ms", after)
        .gravity(gravity(after, longest))
        .remedy(Remedy::new(
            title,
            "each waits a little longer than what is behind it",
            Delta::Free("a time limit costs nothing"),
        ));
    finding.working = way.layers.iter().map(says).collect();
    finding
}
