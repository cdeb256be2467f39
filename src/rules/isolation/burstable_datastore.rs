use std::collections::BTreeSet;

use super::shared::load::Load;
use crate::facts::{Beyond, Burst, Change, Value};
use crate::finding::{Finding, Remedy, Severity};
use crate::model::{Address, Attr, Evidence, Provenance, Text};
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::{LedgerEntry, Topology};
use crate::units::{few, listed};

rule! {
    /// ## What it finds
    /// A database, a cache, a search domain or a broker of a class that has its processors for a share of the time only, where
    /// many units reach it.
    ///
    /// ## Why it matters
    /// Such a class does more than its share out of credits that it earned while it had little to do. A system at work
    /// leaves it no such time: the credits are spent when they are needed most, and then it slows down, or each hour of
    /// a processor is billed beside it. All who wait for it slow down together, and add units that only wait as well.
    ///
    /// ## What to do
    /// Take the smallest class of at least the same memory that has its processors for itself. Where the load is truly low,
    /// keep the class, watch its credits, and exempt it with that reason.
    ///
    /// ## When it stays silent
    /// For datastores that nobody certainly reaches, or that few units reach, as in a trial: fewer than the threshold, or
    /// half as many where the datastore is kept in several zones. For serverless capacity, and for
    /// machines of one's own that run a database. What runs for each call or to its end counts as one unit, however many there may
    /// be at once.
    ///
    /// ## What makes it undetermined
    /// A class that is known only after apply, of a datastore that many units reach.
    "burstable-datastore", Medium, "DP6", "WAF-PERF-090", since "0.1.0",
    "Datastore that lives on processor credits behind many units",
    thresholds: [
        ("units", 4, 1_000_000, "units that have to reach it before it is named; half as many where it stands in several zones"),
    ],
    sources: [
        "Amazon RDS user guide, DB instance classes (read 2023-06-10); repost.aws, per vCPU-Hour of T3 CPU Credits, read 2026-11-29",
        "Amazon Neptune user guide, T3 burstable instance class, read 2026-11-29",
        "ElastiCache node types and OpenSearch Service instance types, lists of 2025-04-24",
        "Amazon MQ, MSK and MemoryDB price lists of 2025-06-01",
        "Design principle DP6, isolate I/O-intensive workloads",
    ]
}

fn check(context: Context<'_>) -> Judgement {
    let topology = context.topology;
    let units = context.policy.threshold(&RULE.meta, "units");
    let mut judgement = Judgement::default();
    let mut judge = |case: Option<Case<'_>>| match case.map(|case| case.finding(units)) {
        Some(Some(finding)) => judgement.findings.push(finding),
        Some(None) => judgement.passed += 1,
        None => {}
    };
    let mut met: BTreeSet<&Address> = BTreeSet::new();
    for (id, datastore) in topology.numbered_datastores().filter(|(_, datastore)| datastore.managed) {
        let machines: Vec<&Address> =
            std::iter::once(&datastore.address).chain(datastore.members.iter().map(|member| &member.address)).collect();
        met.extend(&machines);
        judge(Load::on(topology, id).map(|load| Case {
            noun: datastore.noun,
            address: &datastore.address,
            machines: machines.into_iter().filter_map(|address| Machine::at(topology, address)).collect(),
            members: datastore.members.len(),
            load,
        }));
    }
    // Brokers are sources of work, not datastores.
    for entry in topology.ledger.entries().iter().filter(|entry| entry.managed && !met.contains(&entry.address)) {
        let Some(machine) = Machine::of(entry) else { continue };
        judge(Load::of_source(topology, &entry.address).map(|load| Case {
            noun: entry.noun(),
            address: &entry.address,
            machines: vec![machine],
            members: 0,
            load,
        }));
    }
    judgement
}

/// A machine that lives on credits, or may.
struct Machine<'t> {
    address: &'t Address,
    burst: &'t Burst,
}

impl<'t> Machine<'t> {
    fn at(topology: &'t Topology, address: &Address) -> Option<Self> {
        Self::of(topology.ledger.entries().get(topology.ledger.position(address)?)?)
    }

    fn of(entry: &'t LedgerEntry) -> Option<Self> {
        Some(Self { address: &entry.address, burst: entry.choices()?.burst.as_ref()? })
    }

    fn evidence(&self) -> Evidence {
        let value = match &self.burst.class {
            Attr::Set(class) => class.to_string(),
            Attr::Unset => "unset".to_owned(),
            Attr::Unknown(why) => format!("({why})"),
        };
        Evidence::plan(self.address, self.burst.attribute, value)
    }
}

/// A datastore with those who reach it.
struct Case<'t> {
    noun: &'static str,
    address: &'t Address,
    machines: Vec<Machine<'t>>,
    /// How many machines it has that are resources of their own.
    members: usize,
    load: Load<'t>,
}

impl Case<'_> {
    fn finding(&self, units: u64) -> Option<Finding> {
        if self.machines.is_empty() || !self.load.reaches_to(units) {
            return None;
        }
        let bursts: Vec<&Machine<'_>> =
            self.machines.iter().filter(|machine| machine.burst.class.known().is_some()).collect();
        let finding = match (bursts.first(), self.machines.first()) {
            (Some(first), _) => self.violation(&bursts, first, units),
            (None, Some(hidden)) => {
                let why = hidden.burst.class.why_unknown().map_or_else(String::new, |why| why.to_string());
                let message = format!(
                    "{} {}: whether it lives on processor credits cannot be told; {} of {} is {why}.",
                    self.noun, self.address, hidden.burst.attribute, hidden.address
                );
                Finding::undetermined(&RULE.meta, self.address, message).severity(Severity::Info)
            }
            (None, None) => return None,
        };
        let evidence: Vec<Evidence> = self.machines.iter().map(Machine::evidence).collect();
        let finding = finding.about(self.machines.iter().map(|machine| machine.address)).about(self.load.addresses());
        Some(finding.resting_on(&evidence).resting_on(self.load.evidence()))
    }

    fn violation(&self, bursts: &[&Machine<'_>], first: &Machine<'_>, units: u64) -> Finding {
        let mut classes: Vec<&Text> = bursts.iter().filter_map(|machine| machine.burst.class.known()).collect();
        classes.dedup();
        let beyond = match first.burst.beyond {
            Beyond::Billed => {
                "what it does beyond its share of a processor comes out of credits, and is billed by the hour after that"
            }
            Beyond::Stops => {
                "what it does beyond its share of a processor comes out of credits, and it slows down when they are spent"
            }
            Beyond::Unsaid => "what it does beyond its share of a processor comes out of credits",
        };
        let message = format!(
            "{} {} runs {}on {}, and {} {} it: {beyond}.",
            self.noun,
            self.address,
            if bursts.len() < self.members {
                format!("{} of its {} machines ", bursts.len(), self.members)
            } else {
                String::new()
            },
            listed(&classes),
            self.load.in_words(),
            self.load.verb(),
        );
        let heavy = self.load.is_heavy(units);
        let table = Evidence {
            source: Provenance::Catalogue(first.burst.source),
            ..Evidence::plan(first.address, "credits", "lives on processor credits")
        };
        let finding = Finding::violation(&RULE.meta, self.address, message)
            .severity(if heavy { Severity::Medium } else { Severity::Low })
            .gravity(if heavy { 2 } else { 1 })
            .measuring("units", self.load.units)
            .measuring("workloads", self.load.addresses().len())
            .resting_on(&[table]);
        Self::remedies(bursts, first).into_iter().fold(finding, Finding::remedy)
    }

    /// The classes that come next: the cheapest of them is shown.
    fn remedies(bursts: &[&Machine<'_>], first: &Machine<'_>) -> Vec<Remedy> {
        let next = |class: &Text| {
            let alike = bursts.iter().filter(|machine| machine.burst.steady.contains(class));
            let alike: Vec<&Address> = alike.map(|machine| machine.address).collect();
            let attribute = first.burst.attribute;
            let change = |address: &&Address| Change::Set {
                address: (*address).clone(),
                attribute: attribute.into(),
                value: Value::Text(class.clone()),
            };
            let changes = alike.iter().map(change).collect();
            let caution = match first.burst.caution {
                "" => String::new(),
                caution => format!("; {caution}"),
            };
            let detail = format!("it has at least the same memory, and its processors for itself{caution}");
            let title = format!("change {attribute} of {} to {class}", few(&alike));
            Remedy::priced(title, detail, changes).rivalling("a class without credits")
        };
        first.burst.steady.iter().map(next).collect()
    }
}
