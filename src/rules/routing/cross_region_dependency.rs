use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{ComputeKind, RemoteKind, SourceKind};
use crate::finding::{Delta, Finding, Remedy, Severity};
use crate::model::{Address, Text};
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::{Remote, Workload, WorkloadId};
use crate::units::listed;

use super::shared::size;

rule! {
    /// ## What it finds
    /// A workload that, on the way to an answer, calls something in another region: a database or a cache that it reaches,
    /// a queue, a topic, a stream, a table or a bucket that it speaks of, or an address in its environment that names
    /// another region. And a database that hands on what is written to it to its original in another region.
    ///
    /// ## Why it matters
    /// Within a region a call stays in a city; between two it travels hundreds or thousands of kilometres and back, and light
    /// in a fibre takes ten milliseconds for each thousand. What asks a database ten times for one request waits ten times.
    /// What leaves a region is billed by the gigabyte. And two regions have to be well for the workload to be, instead of one.
    ///
    /// ## What to do
    /// Run the workload beside its data, or keep what it reads in its own region: a read replica, a table or a bucket that is
    /// replicated there. Put what it only writes into a queue of its own region, and carry it over from there, where nobody
    /// waits.
    ///
    /// ## When it stays silent
    /// For copies in another region beside an original in the workload's own, and for everything whose name, or whose
    /// variable, speaks of backups, archives, logs, replicas, a standby or recovery: no request waits for those. For tables
    /// that have a replica in the workload's region. For secrets, parameters, keys, images and logs, which are read at the
    /// start or written by the platform. For services of the whole world, and addresses that name no region or are handed on
    /// to browsers (`NEXT_PUBLIC_API_URL`, an object in a bucket). For tasks that run to their end, and what only a schedule
    /// starts. What a boot script or a secret says is not looked at for regions.
    ///
    /// ## What makes it undetermined
    /// Functions and calls of which nobody can see what starts them; callers that can be guessed but not told; a workload
    /// that speaks of several regions, and whose own is not known.
    "cross-region-dependency", High, "DP3", "WAF-PERF-070", since "0.1.0",
    "Workload that waits for another region",
    thresholds: [],
    sources: [
        "AWS General Reference, service endpoints and ARN formats by region, read 2026-11-29",
        "Amazon Aurora user guide, write forwarding in a global database: writes go to the primary region, read 2026-11-29",
        "Amazon DynamoDB developer guide, global tables: each replica answers in its own region, read 2026-11-29",
        "Design principle DP3, latency-optimised routing",
    ]
}

fn check(context: Context<'_>) -> Judgement {
    let topology = context.topology;
    let mut calls: BTreeMap<(WorkloadId, &Text, bool), Vec<&Remote>> = BTreeMap::new();
    for remote in &topology.remotes {
        calls.entry((remote.workload, &remote.region, remote.writes)).or_default().push(remote);
    }
    let mut judgement = Judgement::default();
    let mut told: BTreeSet<WorkloadId> = BTreeSet::new();
    for ((id, region, _), remotes) in &calls {
        let group = Group { workload: topology.workload(*id), region, remotes };
        if let Some(finding) = group.judge() {
            told.insert(*id);
            judgement.findings.push(finding);
        }
    }
    let all: BTreeSet<WorkloadId> =
        calls.keys().map(|(id, ..)| *id).chain(topology.reaches.iter().map(|one| one.workload)).collect();
    judgement.passed += all.difference(&told).count();
    judgement
}

/// How a workload is started.
enum Start {
    /// Somebody waits for its answer.
    Request,
    /// Work waits for it.
    Work,
    /// It runs by itself.
    Itself,
    /// Nobody waits for it.
    Nobody,
    /// Nothing shows it.
    Unseen,
}

fn start(workload: &Workload) -> Start {
    let certain = workload.consumes.iter().filter(|consumption| consumption.is_certain());
    let kinds: Vec<SourceKind> = certain.map(|consumption| consumption.kind).collect();
    if workload.entries.iter().any(|entry| entry.certain) {
        Start::Request
    } else if kinds.iter().any(|kind| *kind != SourceKind::Schedule) {
        Start::Work
    } else if !kinds.is_empty() || matches!(workload.kind, ComputeKind::Task | ComputeKind::Batch) {
        Start::Nobody
    } else if workload.kind == ComputeKind::Function {
        Start::Unseen
    } else {
        Start::Itself
    }
}

/// What one workload calls in one region.
struct Group<'t> {
    workload: &'t Workload,
    region: &'t Text,
    remotes: &'t [&'t Remote],
}

impl<'t> Group<'t> {
    fn judge(&self) -> Option<Finding> {
        let start = start(self.workload);
        if matches!(start, Start::Nobody) {
            return None;
        }
        let home = self.remotes.iter().find_map(|remote| remote.home.as_ref());
        let Some(home) = home else {
            return Some(self.undetermined("which region is its own cannot be seen, and it speaks of several"));
        };
        let called: Vec<&Remote> =
            self.remotes.iter().copied().filter(|remote| remote.kind != RemoteKind::Default).collect();
        let sure: Vec<&Remote> = called.iter().copied().filter(|remote| remote.doubt.is_none()).collect();
        if sure.is_empty() && called.is_empty() {
            return self.by_default(&start, home);
        }
        if sure.is_empty() {
            let doubt = called.first().and_then(|remote| remote.doubt.clone()).unwrap_or_default();
            return Some(self.undetermined(&doubt));
        }
        let data = sure.iter().any(|remote| remote.kind == RemoteKind::Data);
        let severity = match (start, data) {
            (Start::Request, true) => Severity::High,
            (Start::Request, false) | (Start::Work | Start::Itself, true) => Severity::Medium,
            (Start::Work, false) => Severity::Low,
            _ => return Some(self.undetermined("nothing shows what starts it")),
        };
        Some(self.violation(&sure, home, severity))
    }

    /// Everything goes to another region that is not told where to go.
    fn by_default(&self, start: &Start, home: &Text) -> Option<Finding> {
        let uses = self.workload.uses.iter().filter(|use_| use_.certain && !use_.to_start && !use_.chatter);
        let services: BTreeSet<&str> = uses.map(|use_| use_.service.title).collect();
        if services.is_empty() {
            return None;
        }
        if !matches!(start, Start::Request) {
            return Some(self.undetermined("nothing shows whether anybody waits for what it calls"));
        }
        let remote = self.remotes.first()?;
        let evidence = remote.evidence.first()?;
        let Workload { noun, address, .. } = self.workload;
        let message = format!(
            "{noun} {address} runs in {home}, and {} of {} sends what it calls to {} ({}): every call waits for another region.",
            evidence.attribute,
            evidence.address,
            self.region,
            listed(&services),
        );
        let remedy = Remedy::new(
            format!("leave {} out of {}, or set it to {home}", evidence.attribute, evidence.address),
            "the platform says by itself in which region it runs",
            Delta::not_priced("what leaves a region is billed by the gigabyte, and no longer does"),
        );
        let finding = Finding::violation(&RULE.meta, address, message).severity(Severity::Medium);
        Some(self.finding(finding).measuring("calls", services.len()).gravity(size(services.len())).remedy(remedy))
    }

    fn finding(&self, finding: Finding) -> Finding {
        let targets = self.remotes.iter().filter_map(|remote| remote.target.as_ref());
        let key = if self.region.is_empty() { "writes" } else { self.region.as_str() };
        finding
            .key(key)
            .about(targets)
            .resting_on(self.workload.entries.first().map(|entry| &entry.evidence))
            .resting_on(self.remotes.iter().flat_map(|remote| &remote.evidence))
    }

    fn undetermined(&self, reason: &str) -> Finding {
        let Workload { noun, address, .. } = self.workload;
        let place = if self.region.is_empty() { "another region" } else { self.region.as_str() };
        let message = format!(
            "{noun} {address} speaks of {} in {place}; whether it waits for another region cannot be told: {reason}.",
            things(self.remotes)
        );
        self.finding(Finding::undetermined(&RULE.meta, address, message).severity(Severity::Low))
    }

    fn violation(&self, sure: &[&'t Remote], home: &Text, severity: Severity) -> Finding {
        let Workload { noun, address, .. } = self.workload;
        let things = things(sure);
        let data = sure.iter().any(|remote| remote.kind == RemoteKind::Data);
        let writes = sure.iter().any(|remote| remote.writes);
        let message = if writes {
            format!(
                "{noun} {address} writes to {things} in {home}, which hands on what is written to its original in another region: \
                 each write waits for that region and back.",
            )
        } else {
            let each = if data { "each query" } else { "each call" };
            format!(
                "{noun} {address} runs in {home} and calls {things} in {}: {each} waits for another region, and what crosses is \
                 billed by the gigabyte.",
                self.region,
            )
        };
        let severity = if writes { severity.min(Severity::Medium) } else { severity };
        let finding = Finding::violation(&RULE.meta, address, message)
            .severity(severity)
            .measuring("calls", sure.len())
            .gravity(size(sure.len()).saturating_add(if data { 1000 } else { 0 }));
        let what: BTreeSet<String> = sure.iter().map(|remote| short(remote)).collect();
        let what = listed(what);
        self.finding(finding).remedy(self.remedy(data, writes, home, &what))
    }

    fn remedy(&self, data: bool, writes: bool, home: &Text, what: &str) -> Remedy {
        let address = &self.workload.address;
        let price =
            Delta::not_priced("a copy is billed like the original; what leaves a region is billed by the gigabyte");
        let (title, detail) = if writes {
            (
                format!("send what {address} writes to a queue in {home}, or write where the original stands"),
                "reads stay in the workload's region; what is written is carried over where nobody waits",
            )
        } else if data {
            (
                format!("run {address} in {}, or keep a read replica of {what} in {home}", self.region),
                "what is read is then answered in its own region; what is written still goes to the original",
            )
        } else {
            (
                format!("keep {what} in {home}, or a copy that is replicated there"),
                "each call is then answered in the workload's own region",
            )
        };
        Remedy::new(title, detail, price).to("calls", 0_usize)
    }
}

/// What is called, by its address or by the variable that names it.
fn short(remote: &Remote) -> String {
    let by = remote.evidence.first().map(|piece| piece.attribute.as_str()).unwrap_or_default();
    remote.target.as_ref().map_or_else(|| format!("what {by} names"), Address::to_string)
}

/// The same, with what people call such a thing.
fn things(remotes: &[&Remote]) -> String {
    let name = |remote: &&Remote| match &remote.target {
        Some(target) => format!("{} {target}", remote.noun),
        None => format!("{} ({})", short(remote), remote.noun),
    };
    let names: BTreeSet<String> = remotes.iter().map(name).collect();
    listed(names)
}
