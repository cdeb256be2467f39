//! Statements that run on after whoever wants their answer has gone.

use std::collections::BTreeMap;

use crate::finding::{Delta, Finding, Remedy, RuleMeta, Severity};
use crate::model::Attr;
use crate::rules::Judgement;
use crate::topology::{Layer, StatementLimit, Topology, Waits, Way, Workload};
use crate::units::{Millis, few};

use super::words::{grade, gravity, just_below, pyramid, says};

/// Who is gone before a statement ends.
struct Gone<'t> {
    workload: &'t Workload,
    limit: &'t StatementLimit,
    /// Who gives up first, and after how long.
    outer: &'t Layer,
    after: u64,
}

/// Who gives up first of those who wait for a workload's answer, itself included.
pub(in crate::rules::isolation) fn first(waits: &Waits) -> Option<&Layer> {
    let certain = waits.ways.iter().filter(|way| way.doubt.is_none()).filter_map(Way::tightest);
    waits.work.iter().filter(|work| !work.after.is_unset()).chain(certain).min_by_key(|layer| layer.known())
}

/// Judges what databases do with the statements of workloads: a database once for all of them.
pub(in crate::rules::isolation) fn judge(meta: &'static RuleMeta, topology: &Topology, judgement: &mut Judgement) {
    let mut gone: BTreeMap<String, Vec<Gone<'_>>> = BTreeMap::new();
    let mut open = BTreeMap::new();
    for workload in &topology.workloads {
        for limit in &workload.waits.statements {
            let Some(outer) = first(&workload.waits) else { continue };
            let key = if limit.by_caller { &workload.address } else { &topology.datastore(limit.datastore).address };
            match (&limit.layer.after, outer.known()) {
                (Attr::Set(statement), Some(after)) if *statement < after => judgement.passed += 1,
                (Attr::Set(_), Some(after)) if limit.doubt.is_none() => {
                    gone.entry(key.to_string()).or_default().push(Gone { workload, limit, outer, after });
                }
                // It may not reach the database at all.
                (Attr::Set(_), Some(_)) | (Attr::Unset, _) => {}
                (Attr::Unknown(_), _) | (_, None) => {
                    open.entry(key.to_string()).or_insert((workload, limit, outer));
                }
            }
        }
    }
    judgement.findings.extend(gone.values().filter_map(|all| violation(meta, topology, all)));
    let rest = open.into_iter().filter(|(key, _)| !gone.contains_key(key));
    judgement.findings.extend(rest.map(|(_, (workload, limit, outer))| {
        let message = format!(
            "{}, and {}: which of them is first cannot be told.",
            says(&limit.layer),
            if outer.address == workload.address { says(outer) } else { format!("{} waits for it", says(outer)) },
        );
        Finding::undetermined(meta, &limit.layer.address, message)
            .severity(Severity::Low)
            .key("statement")
            .about(&workload.members)
            .about([&outer.address])
            .resting_on([&limit.layer.evidence, &outer.evidence])
    }));
}

fn violation(meta: &'static RuleMeta, topology: &Topology, all: &[Gone<'_>]) -> Option<Finding> {
    let worst = all.iter().min_by_key(|gone| gone.after)?;
    let statement = worst.limit.layer.known()?;
    let datastore = topology.datastore(worst.limit.datastore);
    let others = all.iter().filter(|gone| gone.workload.address != worst.workload.address);
    let others = few(others.map(|gone| &gone.workload.address));
    let others = if others.is_empty() { String::new() } else { format!(" The same is true of {others}.") };
    let said = if worst.limit.by_caller {
        format!("{} {} lets its statements run for {}", worst.workload.noun, worst.workload.address, Millis(statement))
    } else {
        format!("{} {} lets a statement run for {}", datastore.noun, datastore.address, Millis(statement))
    };
    let waiting = if worst.outer.address == worst.workload.address {
        says(worst.outer)
    } else {
        format!("{} before {}", says(worst.outer), worst.workload.address)
    };
    let message = format!(
        "{said}, and {waiting}: by then nobody waits for the answer, and the statement still holds its connection and its \
         locks.{others}"
    );
    let less = just_below(worst.after);
    let mut finding = Finding::violation(meta, &worst.limit.layer.address, message)
        .severity(grade(worst.after, statement))
        .key("statement")
        .about([&datastore.address])
        .about([&worst.limit.layer.evidence.address])
        .about(all.iter().map(|gone| &gone.workload.address))
        .resting_on(all.iter().flat_map(|gone| [&gone.limit.layer.evidence, &gone.outer.evidence]))
        .measuring("statement_ms", statement)
        .measuring("wait_ms", worst.after)
        .gravity(gravity(worst.after, statement))
        .remedy(
            Remedy::new(
                format!("end statements after at most {}", Millis(less)),
                "a report that needs longer can ask for it on its own connection",
                Delta::Free("a setting of the database"),
            )
            .to("statement_ms", less),
        );
    finding.working = pyramid(&worst.workload.waits);
    Some(finding)
}
