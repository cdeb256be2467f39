use super::shared::stores::{beside, certain, in_cache};
use super::shared::units::{Units, in_words, units};
use super::shared::unseen::unseen;
use super::shared::words::{declare, place, said};
use crate::facts::{DatastoreKind, FactKey, Matter, Place};
use crate::finding::{Delta, Finding, Remedy, Severity};
use crate::model::{Attr, Evidence};
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::{Kept, NamedStore, Topology, Workload, WorkloadId};

rule! {
    /// ## What it finds
    /// Something with several units that takes its locks in a file, in the memory of each, or in a cache within each. Its
    /// environment says so, or somebody declares it.
    ///
    /// ## Why it matters
    /// A lock that only one unit sees holds nobody back in the others: two of them send the same invoice, run the same job of
    /// the night, or write over each other's work. With one unit it never shows.
    ///
    /// ## What to do
    /// Take locks where all units see them: in a cache (`SET key value NX PX`), in a table with a conditional write, or in
    /// the database.
    ///
    /// ## When it stays silent
    /// Where one unit runs at most. For locks in a cache, a table or a database, and for folders on a file system that all
    /// units mount. For a cache in files or in memory that holds no locks: its loss costs time and nothing else. For jobs that
    /// run to their end.
    /// Where no variable of something with several units that answers requests can be seen: a note on the plan says of how many.
    ///
    /// ## What makes it undetermined
    /// A value that cannot be seen; a file that may guard no more than what runs beside it; Laravel's cache, which holds its
    /// locks as well, and nobody sees whether it takes any, unless it has its jobs planned by it; a number of units that is
    /// known only after apply.
    "local-lock", Medium, "DP2", "WAF-PERF-020", since "0.1.0",
    "Locks that only one of several units sees",
    thresholds: [],
    sources: [
        "Symfony docs, lock: stores and their scope, LOCK_DSN; Laravel docs, cache: atomic locks, and scheduling: running tasks on \
         one server; Directus, configuration, synchronization: redis for several containers; read 2026-11-29",
        "Design principle DP2, externalise state before scaling",
    ]
}

fn check(context: Context<'_>) -> Judgement {
    let topology = context.topology;
    let mut judgement = Judgement::default();
    for (id, workload) in topology.numbered_workloads().filter(|(_, workload)| workload.has_units()) {
        let all: Vec<&Kept> = workload.keeps.kept.iter().filter(|kept| kept.matter == Matter::Locks).collect();
        if all.is_empty() {
            judgement.unseen.extend(unseen(topology, workload, FactKey::Locks).cloned());
            continue;
        }
        let case = Case { topology, id, workload };
        match case.judge(&all) {
            Some(finding) => judgement.findings.push(finding),
            None => judgement.passed += 1,
        }
    }
    judgement
}

struct Case<'t> {
    topology: &'t Topology,
    id: WorkloadId,
    workload: &'t Workload,
}

impl Case<'_> {
    fn judge(&self, all: &[&Kept]) -> Option<Finding> {
        let beside = beside(self.topology, self.id, all);
        let is_local = |kept: &Kept| {
            let in_cache = beside.is_some() && kept.place == Attr::Set(Place::Cache);
            in_cache || kept.place.known().is_some_and(|place| place.is_local())
        };
        let local = all.iter().copied().filter(|kept| is_local(kept));
        let sure: Vec<&Kept> = local.filter(|kept| kept.doubt.is_none()).collect();
        let units = units(self.topology, self.workload);
        match (sure.first(), units) {
            (_, Units::One) => None,
            (Some(first), Units::Several) => Some(self.violation(first, &sure, beside)),
            (Some(_), Units::Unclear(reason, evidence)) => Some(self.undetermined(&sure, &reason, Some(evidence))),
            (None, _) => {
                // Where locks are said to be elsewhere, a cache of its own holds none.
                if all.iter().any(|kept| kept.doubt.is_none() && kept.place.known().is_some()) {
                    return None;
                }
                let open = all.iter().find_map(|kept| match (&kept.place, &kept.doubt) {
                    (Attr::Unknown(why), _) => Some(format!("{} is {why}", kept.evidence.attribute)),
                    (Attr::Set(_), Some(doubt)) if is_local(kept) => {
                        Some(format!("{} is {}: {doubt}", kept.evidence.attribute, kept.evidence.value))
                    }
                    _ => None,
                });
                open.map(|reason| self.undetermined(all, &reason, None))
            }
        }
    }

    fn violation(&self, first: &Kept, sure: &[&Kept], beside: Option<&NamedStore>) -> Finding {
        let Workload { noun, address, unit, .. } = self.workload;
        let lead = beside.filter(|_| first.place == Attr::Set(Place::Cache));
        let (place, leads) = match lead {
            Some(lead) => {
                let leads = format!(", and {} leads to {}", lead.evidence.attribute, lead.evidence.value);
                (format!("in a cache within each {unit}"), leads)
            }
            None => (place(first, unit), String::new()),
        };
        let message = format!(
            "{noun} {address} takes its locks {place} ({}{leads}), and has {}: a lock that one {unit} holds does not hold back \
             the others, so two of them may do at once what one alone should.",
            said(sure),
            in_words(self.workload),
        );
        let most = self.workload.range.maximum.known();
        let finding = self
            .finding(Finding::violation(&RULE.meta, address, message), sure)
            .resting_on(lead.map(|lead| &lead.evidence))
            .gravity(most.unwrap_or(u64::MAX))
            .remedy(self.remedy());
        match most {
            Some(most) => finding.measuring("maximum", most),
            None => finding,
        }
    }

    fn remedy(&self) -> Remedy {
        let cache = certain(self.topology, self.id, DatastoreKind::Cache);
        match certain(self.topology, self.id, DatastoreKind::Database).filter(|_| cache.is_none()) {
            Some(database) => Remedy::new(
                format!("take locks in {}", database.address),
                "it is there already, and all units reach it; an advisory lock, or a row in a table, does",
                Delta::Free("the database is there already"),
            ),
            None => in_cache(self.topology, &[self.id], "locks"),
        }
    }

    fn undetermined(&self, all: &[&Kept], reason: &str, evidence: Option<&Evidence>) -> Finding {
        let Workload { noun, address, .. } = self.workload;
        // How many units there are, nobody declares.
        let how = if evidence.is_none() { declare(self.workload, FactKey::Locks) } else { String::new() };
        let message = format!(
            "{noun} {address}: whether each of several units takes locks that the others do not see cannot be told: {reason}.{how}",
        );
        self.finding(Finding::undetermined(&RULE.meta, address, message), all)
            .severity(Severity::Low)
            .resting_on(evidence)
    }

    fn finding(&self, finding: Finding, kept: &[&Kept]) -> Finding {
        finding
            .about(kept.iter().map(|kept| &kept.evidence.address))
            .resting_on(kept.iter().map(|kept| &kept.evidence))
            .resting_on([&self.workload.range.maximum.evidence])
    }
}
