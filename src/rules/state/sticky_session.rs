use super::shared::stores::{certain, in_cache};
use super::shared::units::{Units, in_words, units};
use crate::facts::{Binds, ComputeKind, DatastoreKind, Held, Matter};
use crate::finding::{Delta, Finding, Remedy, Severity};
use crate::model::{Address, Attr, Evidence};
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::{Binding, Topology, Workload, WorkloadId};
use crate::units::listed;

rule! {
    /// ## What it finds
    /// A balancer that sends each client to the unit which answered it first, in front of something that has several units.
    ///
    /// ## Why it matters
    /// Stickiness is there because a unit remembers something of its clients. So a unit that fails, is replaced or is
    /// scaled in takes that with it, and its clients start anew. New units get new clients only: just when load rises,
    /// those who caused it stay where they are. By the address that clients come from, everybody behind one company's
    /// gateway is one client.
    ///
    /// ## What to do
    /// Keep sessions where all units reach them, in a cache or a table of keys and values, or with the client in a signed
    /// cookie. Then switch stickiness off.
    ///
    /// ## When it stays silent
    /// Where one unit answers at most, where stickiness is switched off, and for groups that nothing is behind. For
    /// functions, which no balancer keeps clients with. For appliances that packets pass through: they have to come back
    /// the same way. For the stickiness of a listener's action, which keeps a client with one target group, such as that of a
    /// new version, and not with a unit of it.
    ///
    /// ## What makes it undetermined
    /// A switch, or a number of units, that is known only after apply; targets that cannot be told.
    "sticky-session", Medium, "DP2", "WAF-PERF-020", since "0.1.0",
    "Clients that are bound to one of several units",
    thresholds: [],
    sources: [
        "Application Load Balancers guide, sticky sessions; Classic Load Balancers guide, sticky sessions; Network Load Balancers \
         guide, sticky sessions; read 2026-11-29",
        "AWS Elastic Beanstalk developer guide, general options (awsdocs 5d7c96f), read 2026-11-29",
        "Design principle DP2, externalise state before scaling",
    ]
}

fn check(context: Context<'_>) -> Judgement {
    let topology = context.topology;
    let mut judgement = Judgement::default();
    for binding in &topology.bindings {
        let answers: Vec<WorkloadId> =
            binding.workloads.iter().copied().filter(|id| answers_here(topology, *id)).collect();
        let possible: Vec<WorkloadId> =
            binding.possible.iter().copied().filter(|id| answers_here(topology, *id)).collect();
        if answers.is_empty() && possible.is_empty() {
            continue;
        }
        let doubtful = answers.is_empty();
        let case = Case { topology, binding, answers: if doubtful { possible } else { answers } };
        match if doubtful { case.possibly() } else { case.judge() } {
            Some(finding) => judgement.findings.push(finding),
            None => judgement.passed += 1,
        }
    }
    judgement
}

/// Whether a balancer can keep clients with units of a workload. Machines that carry the containers of others hand on what
/// they are sent.
fn answers_here(topology: &Topology, id: WorkloadId) -> bool {
    let workload = topology.workload(id);
    workload.has_units() && workload.kind != ComputeKind::Function
}

struct Case<'t> {
    topology: &'t Topology,
    binding: &'t Binding,
    answers: Vec<WorkloadId>,
}

impl<'t> Case<'t> {
    fn workloads(&self) -> impl Iterator<Item = &'t Workload> {
        self.answers.iter().map(|id| self.topology.workload(*id))
    }

    fn judge(&self) -> Option<Finding> {
        if self.binding.on.known() == Some(&false) {
            return None;
        }
        let mut open: Option<(String, &'t Evidence)> = None;
        let mut several = self.answers.len() > 1;
        for workload in self.workloads() {
            match units(self.topology, workload) {
                Units::One => {}
                Units::Several => several = true,
                Units::Unclear(reason, evidence) => open = open.or(Some((reason, evidence))),
            }
        }
        match (&self.binding.on, several) {
            (Attr::Set(_), true) => Some(self.violation()),
            (Attr::Unknown(why), true) => {
                let place = &self.binding.evidence;
                Some(self.undetermined(&format!("{} of {} is {why}", place.attribute, place.address), None))
            }
            (_, false) => {
                let unseen = self.binding.unseen.clone().map(|reason| (reason, None));
                let reason = open.map(|(reason, evidence)| (reason, Some(evidence))).or(unseen);
                reason.map(|(reason, evidence)| self.undetermined(&reason, evidence))
            }
            (Attr::Unset, true) => None,
        }
    }

    /// Nobody can tell whether anything answers behind it.
    fn possibly(&self) -> Option<Finding> {
        let several = |workload: &&Workload| !matches!(units(self.topology, workload), Units::One);
        let first = self.workloads().find(several).filter(|_| self.binding.on.known() != Some(&false))?;
        let reason = format!("{} {} may answer behind it, or behind another one", first.noun, first.address);
        Some(self.undetermined(&reason, None))
    }

    fn units(&self) -> String {
        listed(self.workloads().map(|workload| {
            let has = in_words(workload);
            // A platform brings its balancer along.
            let own = workload.address == self.binding.address;
            if workload.kind == ComputeKind::Machine && workload.range.maximum.known() == Some(1) {
                return format!("{} {} stands behind it", workload.noun, workload.address);
            }
            if own { format!("it has {has}") } else { format!("{} {} has {has}", workload.noun, workload.address) }
        }))
    }

    fn violation(&self) -> Finding {
        let Binding { address, noun, evidence, by, .. } = self.binding;
        let unit = self.workloads().next().map_or("unit", |workload| workload.unit);
        let setting = format!("{} = {}", evidence.attribute, evidence.value);
        let by_address = *by == Attr::Set(Binds::Address);
        let message = if by_address {
            format!(
                "{noun} {address} sends everything that comes from one address to the same {unit} ({setting}), and {}: \
                 everybody behind one gateway meets one of them, whatever its load, and what it remembers is gone with it.",
                self.units(),
            )
        } else {
            format!(
                "{noun} {address} sends each client to the {unit} that answered it first ({setting}), and {}: whatever \
                 that {unit} remembers of its clients is gone when it fails, is replaced or is scaled in, and a new one \
                 takes no load off the others.",
                self.units(),
            )
        };
        let most: Option<u64> = self.workloads().map(|workload| workload.range.maximum.known()).sum();
        let severity = if by_address { Severity::Low } else { Severity::Medium };
        let finding = Finding::violation(&RULE.meta, address, message)
            .severity(severity)
            .about(self.addresses())
            .resting_on([evidence])
            .resting_on(self.workloads().map(|workload| &workload.range.maximum.evidence))
            .measuring("workloads", self.answers.len())
            .gravity(most.unwrap_or(u64::MAX))
            .remedy(self.remedy());
        match most {
            Some(most) => finding.measuring("maximum", most),
            None => finding,
        }
    }

    fn addresses(&self) -> impl Iterator<Item = &'t Address> {
        self.workloads().map(|workload| &workload.address)
    }

    /// Switching it off is enough where sessions are kept elsewhere already.
    fn remedy(&self) -> Remedy {
        let place = &self.binding.evidence;
        let off = if place.attribute == "load_balancer" {
            format!("remove {}", place.address)
        } else {
            format!("set {} of {} to false", place.attribute, place.address)
        };
        if self.workloads().all(is_shared) {
            let detail = "its sessions are kept where all units reach them, so any of them may answer";
            return Remedy::new(off, detail, Delta::Free("a setting"));
        }
        let stored = in_cache(self.topology, &self.answers, "what units remember of their clients");
        let there = self.answers.iter().all(|id| certain(self.topology, *id, DatastoreKind::Cache).is_some());
        let detail = if there {
            "then any unit answers any client, and one that goes takes nothing along".to_owned()
        } else {
            format!("then any unit answers any client; {}", stored.detail)
        };
        Remedy { title: format!("{}, and {off}", stored.title), detail, ..stored }
    }

    fn undetermined(&self, reason: &str, evidence: Option<&Evidence>) -> Finding {
        let Binding { address, noun, .. } = self.binding;
        let message =
            format!("{noun} {address}: whether it binds clients to one of several units cannot be told: {reason}.");
        Finding::undetermined(&RULE.meta, address, message)
            .severity(Severity::Low)
            .about(self.addresses())
            .resting_on([&self.binding.evidence])
            .resting_on(evidence)
    }
}

/// Whether a workload keeps its sessions where all units reach them, as its environment says, or somebody.
fn is_shared(workload: &Workload) -> bool {
    let keeps = &workload.keeps;
    let mut sessions = keeps.kept.iter().filter(|kept| kept.matter == Matter::Sessions).peekable();
    let said = sessions.peek().is_some();
    let shared = |place: &Attr<crate::facts::Place>| place.known().is_some_and(|place| !place.is_local());
    matches!(keeps.sessions, Some(Held::Shared | Held::None)) || (said && sessions.all(|kept| shared(&kept.place)))
}
