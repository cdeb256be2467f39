use std::collections::BTreeMap;

use super::shared::stores::reached;
use crate::facts::{DatastoreKind, Held, Lasting, Loss, Matter, Place};
use crate::finding::{Delta, Finding, Remedy, Severity};
use crate::model::{Address, Attr, Evidence, Text};
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement, prospect};
use crate::topology::{Datastore, DatastoreId, Reach, Topology, Workload, WorkloadId};
use crate::units::listed;

rule! {
    /// ## What it finds
    /// A cache that holds sessions and loses them with one machine: it has one node, or no replica, or a replica that nobody
    /// puts in its place.
    ///
    /// ## Why it matters
    /// A cache that only spares work may be lost: it fills again. One that holds sessions may not: all people are logged out
    /// at once, and all log in again at once, when its node fails, is patched or is resized.
    ///
    /// ## What to do
    /// Give it a replica in another zone and automatic failover; or keep sessions in a table of keys and values, which
    /// stands in several zones by itself.
    ///
    /// ## When it stays silent
    /// For caches of which nothing shows that they hold sessions: neither the environment of those who connect, nor the
    /// cache's own name, nor somebody who declares it. For caches with a replica and automatic failover, for those without
    /// nodes to see, and for stores in memory that write a log over several zones.
    ///
    /// ## What makes it undetermined
    /// A number of nodes, or a switch, that is known only after apply; sessions that may lie in this cache or elsewhere, as those
    /// that somebody declares as shared: they may lie with the client as well.
    "unreplicated-session-store", Medium, "DP2", "WAF-PERF-030", since "0.1.0",
    "Sessions in a cache that loses them with one machine",
    thresholds: [],
    sources: [
        "Amazon ElastiCache user guide, resilience, mitigating failures, and minimizing downtime with Multi-AZ; API reference of \
         CreateReplicationGroup; read 2026-11-29",
        "Laravel docs, session: drivers memcached and redis, read 2026-11-29",
        "Design principle DP2, externalise state before scaling",
    ]
}

fn check(context: Context<'_>) -> Judgement {
    let topology = context.topology;
    let users = users(topology);
    let mut judgement = Judgement::default();
    for (id, cache) in topology.numbered_datastores() {
        let Some(lasting) = cache.lasting.as_ref().filter(|_| cache.managed && !cache.replica) else { continue };
        let own: Vec<&User<'_>> = users.get(&id).map_or(&[][..], Vec::as_slice).iter().collect();
        let named = is_named(cache);
        if own.is_empty() && !named {
            continue;
        }
        let case = Case { cache, lasting, users: own, named };
        match case.judge() {
            Some(finding) => judgement.findings.push(finding),
            None => judgement.passed += 1,
        }
    }
    judgement
}

/// A workload that keeps sessions in a cache, or may.
struct User<'t> {
    workload: &'t Workload,
    reach: &'t Reach,
    evidence: Vec<&'t Evidence>,
    doubt: Option<String>,
}

/// By cache, who keeps sessions in it.
fn users(topology: &Topology) -> BTreeMap<DatastoreId, Vec<User<'_>>> {
    let mut users: BTreeMap<DatastoreId, Vec<User<'_>>> = BTreeMap::new();
    for (id, workload) in topology.numbered_workloads() {
        let Some((evidence, doubt)) = sessions(workload) else { continue };
        let caches: Vec<(&Reach, &Datastore)> = caches(topology, id);
        let several = caches.len() > 1;
        for (reach, cache) in caches {
            // Of several caches the one is meant whose name says so; where none does, nobody knows.
            let unsure = several && !is_named(cache);
            let others = || format!("{} reaches several caches", workload.address);
            let doubt = reach.doubt.clone().or_else(|| doubt.clone()).or_else(|| unsure.then(others));
            let user = User { workload, reach, evidence: evidence.clone(), doubt };
            users.entry(reach.datastore).or_default().push(user);
        }
    }
    users
}

/// The caches that a workload reaches; those that are called after sessions, where some are.
fn caches(topology: &Topology, id: WorkloadId) -> Vec<(&Reach, &Datastore)> {
    let mut all: Vec<_> = reached(topology, id, DatastoreKind::Cache).collect();
    all.dedup_by_key(|(reach, _)| reach.datastore);
    if all.iter().any(|(_, cache)| is_named(cache)) {
        all.retain(|(_, cache)| is_named(cache));
    }
    all
}

/// What says that a workload keeps sessions in a cache; and why that is not certain, if it is not.
fn sessions(workload: &Workload) -> Option<(Vec<&Evidence>, Option<String>)> {
    let keeps = &workload.keeps;
    let mut said = keeps.kept.iter().filter(|kept| kept.matter == Matter::Sessions).peekable();
    if said.peek().is_some() {
        let in_cache: Vec<&Evidence> =
            said.filter(|kept| kept.place == Attr::Set(Place::Cache)).map(|kept| &kept.evidence).collect();
        return (!in_cache.is_empty()).then_some((in_cache, None));
    }
    let told = workload.declared.iter().flat_map(|told| &told.evidence);
    let told: Vec<&Evidence> = told.filter(|piece| piece.attribute == "sessions").collect();
    match keeps.sessions {
        Some(Held::Shared) => {
            let doubt = "its sessions are declared as shared: in a cache, in a table, or with the client";
            return Some((told, Some(format!("of {} {doubt}", workload.address))));
        }
        Some(Held::Local | Held::None) => return None,
        None => {}
    }
    let elsewhere = keeps.leads.iter().any(|lead| lead.kind == Place::Table && !lead.local);
    let shown = !keeps.signs.is_empty() && !elsewhere;
    let doubt = || format!("{} has sessions, and nothing says where it keeps them", workload.address);
    shown.then(|| (keeps.signs.iter().collect(), Some(doubt())))
}

/// Whether a cache is called after sessions.
fn is_named(cache: &Datastore) -> bool {
    let mut names = std::iter::once(cache.address.as_str()).chain(cache.names.iter().map(Text::as_str));
    names.any(|name| {
        let lower = name.to_ascii_lowercase();
        lower.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| matches!(word, "session" | "sessions"))
    })
}

struct Case<'t> {
    cache: &'t Datastore,
    lasting: &'t Lasting,
    users: Vec<&'t User<'t>>,
    named: bool,
}

impl Case<'_> {
    fn judge(&self) -> Option<Finding> {
        let loss = match &self.lasting.what {
            Attr::Set(Loss::Kept) | Attr::Unset => return None,
            Attr::Set(loss) => *loss,
            Attr::Unknown(why) => {
                let reason = format!("{} of {} is {why}", self.lasting.attribute, self.cache.address);
                return Some(self.undetermined(&reason));
            }
        };
        let sure = self.named || self.users.iter().any(|user| user.doubt.is_none());
        if sure {
            return Some(self.violation(loss));
        }
        let doubt = self.users.iter().find_map(|user| user.doubt.as_deref()).unwrap_or_default();
        Some(self.undetermined(doubt))
    }

    fn evidence(&self) -> Evidence {
        Evidence::plan(&self.cache.address, self.lasting.attribute, self.lasting.value.as_str())
    }

    /// Who keeps sessions in it, in words.
    fn whose(&self) -> String {
        let sure: Vec<&Address> =
            self.users.iter().filter(|user| user.doubt.is_none()).map(|user| &user.workload.address).collect();
        if sure.is_empty() {
            "sessions, as its name says".to_owned()
        } else {
            format!("the sessions of {}", listed(sure))
        }
    }

    fn violation(&self, loss: Loss) -> Finding {
        let Datastore { noun, address, .. } = self.cache;
        let setting = format!("{} = {}", self.lasting.attribute, self.lasting.value);
        let message = match loss {
            Loss::Stranded => format!(
                "{noun} {address} holds {} and has a replica that nobody puts in the place of its primary node ({setting}): \
                 while that one is replaced, nobody can log in or stay logged in.",
                self.whose(),
            ),
            Loss::Lost | Loss::Kept => format!(
                "{noun} {address} holds {}, and no other node has a copy of them ({setting}): when its node fails, is patched \
                 or is resized, everybody is logged out at once.",
                self.whose(),
            ),
        };
        self.finding(Finding::violation(&RULE.meta, address, message))
            .measuring("users", self.users.len())
            .gravity(if loss == Loss::Lost { 2 } else { 1 })
            .remedy(self.remedy(loss))
    }

    fn remedy(&self, loss: Loss) -> Remedy {
        const DETAIL: &str =
            "a replica in another zone then takes over by itself, with all sessions but the last moment's";
        let title = format!("{} for {}", self.lasting.remedy, self.cache.address);
        let address = &self.cache.address;
        let remedy = match &self.lasting.change {
            Some((attribute, value)) => {
                Remedy::priced(title, DETAIL, vec![prospect::set(address, attribute, value.clone())])
            }
            None if loss == Loss::Stranded => {
                Remedy::new(title, DETAIL, Delta::Free("the replica is paid for already"))
            }
            None => {
                let reason = "it takes the place of this cache, and how large it has to be no plan shows";
                Remedy::new(title, DETAIL, Delta::not_priced(reason))
            }
        };
        let written = self.lasting.writing.iter();
        remedy.writing(written.map(|(attribute, value)| prospect::set(address, attribute, value.clone())).collect())
    }

    fn undetermined(&self, reason: &str) -> Finding {
        let Datastore { noun, address, .. } = self.cache;
        let message =
            format!("{noun} {address}: whether sessions are lost with one of its nodes cannot be told: {reason}.");
        self.finding(Finding::undetermined(&RULE.meta, address, message)).severity(Severity::Low)
    }

    fn finding(&self, finding: Finding) -> Finding {
        finding
            .about(self.users.iter().map(|user| &user.workload.address))
            .resting_on([&self.evidence()])
            .resting_on(self.users.iter().flat_map(|user| user.evidence.iter().copied()))
            .resting_on(self.users.iter().flat_map(|user| &user.reach.evidence))
    }
}
