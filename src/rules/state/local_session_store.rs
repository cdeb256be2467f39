use super::shared::stores::{beside, bound, in_cache};
use super::shared::units::{Units, in_words, units};
use super::shared::unseen::unseen;
use super::shared::words::{declare, place, said};
use crate::facts::{FactKey, Matter, Place};
use crate::finding::{Finding, Severity};
use crate::model::{Attr, Evidence};
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::{Binding, Kept, NamedStore, Topology, Workload, WorkloadId};
use crate::units::listed;

rule! {
    /// ## What it finds
    /// Something with several units that keeps sessions within each of them: in memory, in files, or in a cache that stands
    /// beside it in the same unit. Its environment says so, or somebody declares it.
    ///
    /// ## Why it matters
    /// A request that another unit answers finds no session: people are logged out at random, baskets are empty, forms are
    /// refused. Stickiness hides that until a unit fails, is replaced or is scaled in; then all of its sessions are lost at
    /// once, with every new version.
    ///
    /// ## What to do
    /// Keep sessions in a cache or a table of keys and values, or with the client in a signed cookie.
    ///
    /// ## When it stays silent
    /// Where one unit answers at most. Where sessions lie in a cache, a table or a database, on a file system that all
    /// units mount, with the client, or among the units themselves. For words that nobody knows. For containers that serve
    /// others, and for jobs that run to their end.
    /// Where no variable of something with several units that answers requests can be seen: a note on the plan says of how many.
    ///
    /// ## What makes it undetermined
    /// A value that cannot be seen; a number of units that is known only after apply; Laravel's `array`, which keeps no
    /// session at all, as is right where nobody has one; a path that may lie on a file system which is mounted.
    "local-session-store", High, "DP2", "WAF-PERF-020", since "0.1.0",
    "Sessions that each of several units keeps for itself",
    thresholds: [],
    sources: [
        "Laravel docs, session: drivers, and a centralized store for several servers; express-session README, MemoryStore; Django \
         docs, sessions, SESSION_ENGINE; Flask-Session 0.8, SESSION_TYPE; Keycloak, all configuration, cache; OAuth2 Proxy, \
         session storage; Gitea, modules/setting/session.go; read 2026-11-29",
        "Spring Boot, spring.session.store-type; Airflow, webserver.session_backend; not looked up again",
        "Design principle DP2, externalise state before scaling",
    ]
}

fn check(context: Context<'_>) -> Judgement {
    let topology = context.topology;
    let mut judgement = Judgement::default();
    for (id, workload) in topology.numbered_workloads().filter(|(_, workload)| workload.has_units()) {
        let all: Vec<&Kept> = workload.keeps.kept.iter().filter(|kept| kept.matter == Matter::Sessions).collect();
        if all.is_empty() {
            judgement.unseen.extend(unseen(topology, workload, FactKey::Sessions).cloned());
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
        let is_local = |kept: &&&Kept| kept.place.known().is_some_and(|place| place.is_local());
        let sure: Vec<&Kept> = all.iter().filter(is_local).filter(|kept| kept.doubt.is_none()).copied().collect();
        let beside = beside(self.topology, self.id, all);
        let units = units(self.topology, self.workload);
        if matches!(units, Units::One) {
            return None;
        }
        if !sure.is_empty() || beside.is_some() {
            return Some(match units {
                Units::Unclear(reason, evidence) => self.undetermined(all, &reason, Some(evidence)),
                _ => self.violation(&sure, beside),
            });
        }
        let open = all.iter().find_map(|kept| match (&kept.place, &kept.doubt) {
            (Attr::Unknown(why), _) => Some(format!("{} is {why}", kept.evidence.attribute)),
            (Attr::Set(place), Some(doubt)) if place.is_local() || *place == Place::Request => {
                Some(format!("{} is {}: {doubt}", kept.evidence.attribute, kept.evidence.value))
            }
            _ => None,
        });
        open.map(|reason| self.undetermined(all, &reason, None))
    }

    fn violation(&self, sure: &[&Kept], beside: Option<&NamedStore>) -> Finding {
        let Workload { noun, address, unit, .. } = self.workload;
        let kept = match (sure.first(), beside) {
            (Some(first), _) => format!("{} ({})", place(first, unit), said(sure)),
            (None, Some(lead)) => {
                format!("in a cache within each {unit} ({} leads to {})", lead.evidence.attribute, lead.evidence.value)
            }
            (None, None) => format!("in each {unit}"),
        };
        let sticky: Vec<&Binding> = bound(self.topology, self.id).collect();
        let effect = if sticky.is_empty() {
            format!("a request that another {unit} answers finds no session, so people are logged out at random")
        } else {
            let names = listed(sticky.iter().map(|binding| &binding.address));
            format!("{names} hides that by stickiness, until a {unit} goes and takes all of its sessions along")
        };
        let message = format!("{noun} {address} keeps sessions {kept}, and has {}: {effect}.", in_words(self.workload));
        let most = self.workload.range.maximum.known();
        let remedy = in_cache(self.topology, &[self.id], "sessions");
        let finding = self
            .finding(Finding::violation(&RULE.meta, address, message), sure)
            .severity(if sticky.is_empty() { Severity::High } else { Severity::Medium })
            .about(sticky.iter().map(|binding| &binding.address))
            .resting_on(sticky.iter().map(|binding| &binding.evidence))
            .resting_on(beside.map(|lead| &lead.evidence))
            .gravity(most.unwrap_or(u64::MAX))
            .covering(&["missing-session-store"])
            .remedy(remedy);
        match most {
            Some(most) => finding.measuring("maximum", most),
            None => finding,
        }
    }

    fn undetermined(&self, all: &[&Kept], reason: &str, evidence: Option<&Evidence>) -> Finding {
        let Workload { noun, address, .. } = self.workload;
        // How many units there are, nobody declares.
        let how = if evidence.is_none() { declare(self.workload, FactKey::Sessions) } else { String::new() };
        let message = format!(
            "{noun} {address}: whether each of several units keeps sessions for itself cannot be told: {reason}.{how}",
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
