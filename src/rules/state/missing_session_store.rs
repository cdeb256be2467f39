use super::shared::stores::{bound, in_cache, names, reached};
use super::shared::units::{Units, in_words, units};
use super::shared::unseen::unseen;
use super::shared::words::declare;
use crate::facts::{Binds, DatastoreKind, FactKey, Matter, Place};
use crate::finding::{Finding, Severity};
use crate::model::{Attr, Evidence};
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::{Binding, Kept, Topology, Workload, WorkloadId};
use crate::units::listed;

rule! {
    /// ## What it finds
    /// Something with several units that has sessions, as stickiness or its environment shows, and nothing in reach that
    /// could keep them for all units: no cache, no table of keys and values, no database.
    ///
    /// ## Why it matters
    /// What is kept nowhere else is kept in the units. It is gone with each of them, with every new version and every time
    /// that fewer are needed; so nobody dares to scale.
    ///
    /// ## What to do
    /// Add a cache or a table of keys and values, and keep sessions there; or keep them with the client in a signed cookie
    /// and declare that.
    ///
    /// ## When it stays silent
    /// For what shows no sessions, such as an API whose callers bring a token along. Where a cache or a table is in reach,
    /// or is named by a variable. Where its environment says where sessions are: then `local-session-store` judges that.
    /// Where one unit answers at most.
    /// Where no variable of something with several units that answers requests can be seen: a note on the plan says of how many.
    ///
    /// ## What makes it undetermined
    /// Variables that show sessions and not where they are, such as a key that signs them: they may lie with the client, or
    /// in a database that is in reach; parts of the workload that cannot be seen; sessions that are to lie in a cache or a
    /// table of which the plan shows nothing.
    "missing-session-store", Medium, "DP2", "WAF-PERF-020", since "0.1.0",
    "Sessions, and nothing in reach that could keep them",
    thresholds: [],
    sources: [
        "Application Load Balancers guide, sticky sessions: for servers that maintain state, read 2026-11-29",
        "express-session README: secret, and MemoryStore by default; read 2026-11-29",
        "Design principle DP2, externalise state before scaling",
    ]
}

fn check(context: Context<'_>) -> Judgement {
    let topology = context.topology;
    let mut judgement = Judgement::default();
    for (id, workload) in topology.numbered_workloads().filter(|(_, workload)| workload.has_units()) {
        let sticky: Vec<&Binding> =
            bound(topology, id).filter(|binding| binding.by != Attr::Set(Binds::Address)).collect();
        let sessions = workload.keeps.kept.iter().filter(|kept| kept.matter == Matter::Sessions);
        let case = Case { topology, id, workload, sticky, sessions: sessions.collect() };
        if !case.has_sessions() {
            judgement.unseen.extend(unseen(topology, workload, FactKey::Sessions).cloned());
            continue;
        }
        if matches!(units(topology, workload), Units::One) {
            continue;
        }
        match case.judge() {
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
    sticky: Vec<&'t Binding>,
    sessions: Vec<&'t Kept>,
}

impl Case<'_> {
    fn has_sessions(&self) -> bool {
        let shown = !self.sticky.is_empty() || !self.workload.keeps.signs.is_empty() || !self.sessions.is_empty();
        shown && self.workload.keeps.sessions.is_none()
    }

    fn judge(&self) -> Option<Finding> {
        let reaches = |kind| reached(self.topology, self.id, kind).next().is_some();
        let stored =
            reaches(DatastoreKind::Cache) || names(self.workload, Place::Cache) || names(self.workload, Place::Table);
        if stored {
            return None;
        }
        let database = reaches(DatastoreKind::Database) || names(self.workload, Place::Database);
        let beside = self.workload.keeps.leads.iter().any(|lead| lead.local && lead.kind == Place::Cache);
        if !self.sessions.is_empty() {
            // A cache within the unit is another rule's.
            return if beside { None } else { self.said(database) };
        }
        let hidden = self.workload.keeps.hidden.as_ref();
        let signs = &self.workload.keeps.signs;
        match (self.sticky.is_empty(), database, hidden) {
            (_, true, _) if signs.is_empty() => None,
            (false, false, None) => Some(match units(self.topology, self.workload) {
                Units::Unclear(reason, evidence) => self.undetermined(&reason, Some(evidence)),
                _ => self.violation(),
            }),
            (_, false, Some(gap)) => {
                let place = &gap.evidence;
                let reason = format!("{} of {} cannot be seen ({})", place.attribute, place.address, gap.reason);
                Some(self.undetermined(&reason, Some(&gap.evidence)))
            }
            (_, true, _) => {
                Some(self.undetermined("they may lie in its database, in its units, or with the client", None))
            }
            (true, false, None) => Some(self.undetermined("they may lie in its units, or with the client", None)),
        }
    }

    /// Its environment says where they are, and the plan shows no such thing.
    fn said(&self, database: bool) -> Option<Finding> {
        let lost = self.sessions.iter().find(|kept| match kept.place {
            Attr::Set(Place::Cache | Place::Table) => true,
            Attr::Set(Place::Database) => !database,
            _ => false,
        })?;
        let place = lost.place.known().map_or("store", |place| place.as_str());
        let reason = format!(
            "{} is {}, and the plan shows no {place} that it reaches",
            lost.evidence.attribute, lost.evidence.value
        );
        Some(self.undetermined(&reason, Some(&lost.evidence)))
    }

    fn violation(&self) -> Finding {
        let Workload { noun, address, unit, .. } = self.workload;
        let binds = listed(self.sticky.iter().map(|binding| &binding.address));
        let message = format!(
            "{noun} {address} has {}, {binds} binds each client to one of them, and nothing that it reaches could keep \
             sessions for all: no cache, no table, no database. So they lie in the {unit}s, and each {unit} that goes takes \
             those of its clients along.",
            in_words(self.workload),
        );
        let most = self.workload.range.maximum.known();
        let finding = self
            .finding(Finding::violation(&RULE.meta, address, message))
            .gravity(most.unwrap_or(u64::MAX))
            .remedy(in_cache(self.topology, &[self.id], "sessions"));
        match most {
            Some(most) => finding.measuring("maximum", most),
            None => finding,
        }
    }

    fn undetermined(&self, reason: &str, evidence: Option<&Evidence>) -> Finding {
        let Workload { noun, address, .. } = self.workload;
        let signs = self.workload.keeps.signs.iter().map(|sign| sign.attribute.to_string());
        let shown = signs.chain(self.sticky.iter().map(|binding| format!("stickiness of {}", binding.address)));
        let shown = listed(shown.chain(self.sessions.iter().map(|kept| kept.evidence.attribute.to_string())));
        let message = format!(
            "{noun} {address} has sessions ({shown} shows that) and several {}s, and where they are kept cannot be told: \
             {reason}.{}",
            self.workload.unit,
            declare(self.workload, FactKey::Sessions),
        );
        self.finding(Finding::undetermined(&RULE.meta, address, message)).severity(Severity::Low).resting_on(evidence)
    }

    fn finding(&self, finding: Finding) -> Finding {
        finding
            .about(self.sticky.iter().map(|binding| &binding.address))
            .resting_on(self.sticky.iter().map(|binding| &binding.evidence))
            .resting_on(&self.workload.keeps.signs)
            .resting_on([&self.workload.range.maximum.evidence])
    }
}
