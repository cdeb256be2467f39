use std::collections::BTreeMap;

use super::shared::calls;
use super::shared::words::through;
use crate::facts::{Call, CallKind, Quota, SourceKind};
use crate::finding::{Delta, Finding, Remedy, Severity};
use crate::model::{Account, Attr, Evidence, Text};
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::{Consumption, Workload};
use crate::units::{Grouped, few, listed};

rule! {
    /// ## What it finds
    /// A function that is fed by a queue, a topic or a store of objects, with nothing that bounds how many of it run at a time, beside functions
    /// that answer requests: all of them draw on the account's one pool of concurrent executions. Calls to one's own
    /// services and to somebody else's that share one declared pool of connections.
    ///
    /// ## Why it matters
    /// A backlog is worked off with all the executions that there are, and then requests are turned away, although nothing is
    /// wrong with what answers them. In the same way a slow answer from outside fills a pool of connections, and calls within
    /// wait behind it. A bulkhead keeps the one from sinking the other.
    ///
    /// ## What to do
    /// Bound how many calls at a time the trigger makes, or how many executions the function gets: what waits in a queue waits
    /// a little longer. Or reserve executions for what answers requests, which are then its own whatever others do. Give calls to the
    /// outside a pool of their own.
    ///
    /// ## When it stays silent
    /// One function alone has the pool for itself; one that does both is told by `shared-scaling-domain`. Whoever has
    /// reserved executions draws on no pool, and takes no more than these from others. Executions that are kept ready are there for requests
    /// as well, up to their number. Functions of other accounts and regions draw on other pools. A way in that only hands work
    /// over keeps nobody waiting. A trigger with a bound of its own below the pool's size, a schedule, events of a rule, and a stream,
    /// whose shards bound it.
    ///
    /// ## What makes it undetermined
    /// A reservation or a bound that is known only after apply; a queue that keeps messages in order, and runs as many calls
    /// as it has groups of them; a trigger, or a way in, that may belong to another function; providers with credentials of
    /// their own, of which nothing shows whether they work in one account.
    "shared-concurrency", Medium, "DP6", "WAF-PERF-080", since "0.1.0",
    "Background work and requests that draw on one pool",
    thresholds: [],
    sources: [
        "AWS Lambda developer guide, configuring reserved concurrency, read 2026-11-29",
        "AWS Lambda developer guide, scaling behaviour for Amazon SQS event source mappings, and quotas, read 2026-11-29",
        "Design principle DP6, isolate I/O-intensive workloads",
    ]
}

fn check(context: Context<'_>) -> Judgement {
    let mut judgement = Judgement::default();
    let workloads = &context.topology.workloads;
    let pools = pools(workloads);
    for pool in &pools {
        if !pool.called.is_empty() {
            pool.judge(&mut judgement);
        } else if let Some(other) = pools.iter().find(|other| !other.called.is_empty() && pool.may_be(other)) {
            pool.apart(other, &mut judgement);
        }
    }
    for workload in workloads {
        shared_pools(workload, &mut judgement);
    }
    judgement
}

/// The pools that there are: each region of an account has one of its own.
fn pools(workloads: &[Workload]) -> Vec<Pool<'_>> {
    let mut pools: Vec<Pool<'_>> = Vec::new();
    for workload in workloads {
        let Some(quota) = &workload.quota else { continue };
        let region = workload.region.known();
        let is_own = |pool: &Pool<'_>| {
            pool.region == region && pool.accounts.iter().any(|account| account.is(&quota.account) == Some(true))
        };
        // Whoever is in the account of both joins two that seemed to be apart.
        let (own, others): (Vec<_>, Vec<_>) = pools.into_iter().partition(is_own);
        let mut pool = own.into_iter().reduce(Pool::join).unwrap_or_else(|| Pool::new(region, quota));
        pool.take(workload, quota);
        pools = others;
        pools.push(pool);
    }
    pools
}

/// What draws on one pool.
struct Pool<'t> {
    region: Option<&'t Text>,
    quota: &'t Quota,
    /// How its account is known.
    accounts: Vec<&'t Account>,
    /// Executions that are set apart for single functions.
    reserved: u64,
    /// Functions that answer requests; with why that is not certain, or not certainly from the pool.
    called: Vec<(&'t Workload, Option<String>)>,
    /// Functions that work in the background, and answer no requests.
    fed: Vec<&'t Workload>,
}

/// How much of the pool background work may take.
enum Takes {
    /// No more than others can spare.
    Bounded,
    /// All of it.
    All,
    /// It cannot be told, for this reason.
    Open(String),
}

impl<'t> Pool<'t> {
    fn new(region: Option<&'t Text>, quota: &'t Quota) -> Self {
        Self { region, quota, accounts: Vec::new(), reserved: 0, called: Vec::new(), fed: Vec::new() }
    }

    fn join(mut self, other: Self) -> Self {
        self.accounts.extend(other.accounts);
        self.reserved = self.reserved.saturating_add(other.reserved);
        self.called.extend(other.called);
        self.fed.extend(other.fed);
        self
    }

    /// Whether it may be the same as another one, as far as anything tells.
    fn may_be(&self, other: &Self) -> bool {
        let mut pairs = self.accounts.iter().flat_map(|own| other.accounts.iter().map(move |other| own.is(other)));
        self.region == other.region && pairs.all(|same| same.is_none())
    }

    fn take(&mut self, workload: &'t Workload, quota: &'t Quota) {
        if !self.accounts.contains(&&quota.account) {
            self.accounts.push(&quota.account);
        }
        self.reserved = self.reserved.saturating_add(workload.range.maximum.known().unwrap_or(0));
        // Nobody waits for what is only handed over: it is kept, and tried again.
        let mut waited_for = workload.entries.iter().filter(|entry| !entry.hands_over).peekable();
        if waited_for.peek().is_none() {
            if workload.consumes.iter().any(|consumed| is_any_amount(workload, consumed)) {
                self.fed.push(workload);
            }
            return;
        }
        // What it is certain to have, the others cannot take.
        if workload.range.maximum.known().is_some() || workload.range.minimum.known().is_some_and(|ready| ready > 0) {
            return;
        }
        let certain = waited_for.any(|entry| entry.certain);
        let doubt = match &workload.range.maximum.value {
            Attr::Unknown(why) => Some(format!("what is reserved for {} is {why}", workload.address)),
            _ => (!certain).then(|| format!("what calls {} may lead to another one", workload.address)),
        };
        self.called.push((workload, doubt));
    }

    fn size(&self) -> u64 {
        self.quota.units.saturating_sub(self.reserved)
    }

    /// Says of those that work in the background that nothing shows whether they draw on the pool of another one.
    fn apart(&self, other: &Self, judgement: &mut Judgement) {
        for workload in self.fed.iter().filter(|workload| !matches!(self.takes(workload), Takes::Bounded)) {
            let message = format!(
                "{} {} works off {}, and {}; whether from the same pool cannot be told: nothing shows whether both are in one \
                 account.",
                workload.noun,
                workload.address,
                Self::sources(workload),
                other.answering(),
            );
            let finding = Finding::undetermined(&RULE.meta, &workload.address, message);
            judgement.findings.push(other.about(finding, workload).severity(Severity::Low));
        }
    }

    fn judge(&self, judgement: &mut Judgement) {
        for workload in &self.fed {
            let certain = self.called.iter().filter(|(_, doubt)| doubt.is_none()).count() > 0;
            let doubt = || self.called.iter().find_map(|(_, doubt)| doubt.clone()).unwrap_or_default();
            match self.takes(workload) {
                Takes::Bounded => judgement.passed += 1,
                Takes::All if certain => judgement.findings.push(self.violation(workload)),
                Takes::All => judgement.findings.push(self.open(workload, &doubt())),
                Takes::Open(reason) => judgement.findings.push(self.open(workload, &reason)),
            }
        }
    }

    /// How much of the pool a function takes that works in the background.
    fn takes(&self, workload: &Workload) -> Takes {
        match &workload.range.maximum.value {
            // Its own reservation is no part of the pool.
            Attr::Set(_) => return Takes::Bounded,
            Attr::Unknown(why) => return Takes::Open(format!("what is reserved for it is {why}")),
            Attr::Unset => {}
        }
        let (mut sum, mut open) = (0_u64, None);
        for consumed in workload.consumes.iter().filter(|consumed| is_any_amount(workload, consumed)) {
            let reason = match consumed.bound.as_ref().map(|bound| &bound.value) {
                Some(Attr::Set(bound)) => {
                    sum = sum.saturating_add(*bound);
                    continue;
                }
                Some(Attr::Unknown(why)) => {
                    Some(format!("how many calls at a time {} leads to is {why}", consumed.name()))
                }
                Some(Attr::Unset) | None => consumed.doubt.clone().or_else(|| in_order(workload, consumed)),
            };
            match reason {
                None => return Takes::All,
                Some(reason) => open = Some(reason),
            }
        }
        match open {
            _ if sum >= self.size() => Takes::All,
            Some(reason) => Takes::Open(reason),
            None => Takes::Bounded,
        }
    }

    fn sources(workload: &Workload) -> String {
        listed(workload.consumes.iter().filter(|consumed| is_any_amount(workload, consumed)).map(Consumption::name))
    }

    fn open(&self, workload: &Workload, reason: &str) -> Finding {
        let message = format!(
            "{} {} works off {}, and {} from the same pool of {} {}s; whether it can take all of them cannot be told: \
             {reason}.",
            workload.noun,
            workload.address,
            Self::sources(workload),
            self.answering(),
            Grouped(self.size()),
            workload.unit,
        );
        self.about(Finding::undetermined(&RULE.meta, &workload.address, message), workload)
    }

    /// `aws_lambda_function.api answers requests`.
    fn answering(&self) -> String {
        let names = few(self.called.iter().map(|(workload, _)| &workload.address));
        match self.called.as_slice() {
            [(only, None)] => format!("{names} answers requests through {}", through(only)),
            [_] => format!("{names} answers requests"),
            _ => format!("{names} answer requests"),
        }
    }

    fn about(&self, finding: Finding, workload: &Workload) -> Finding {
        let heavy = workload.consumes.iter().any(|consumed| is_heavy(consumed) && is_any_amount(workload, consumed));
        let sources = workload.consumes.iter().filter(|consumed| is_any_amount(workload, consumed));
        finding
            .severity(if heavy { Severity::Medium } else { Severity::Low })
            .about(&workload.members)
            .about(sources.clone().filter_map(|consumed| consumed.source.as_ref()))
            .about(self.called.iter().map(|(called, _)| &called.address))
            .resting_on(sources.flat_map(|consumed| consumed.evidence.iter().chain(bound(consumed))))
            .resting_on([&workload.range.maximum.evidence])
            .resting_on(self.called.iter().flat_map(|(called, _)| {
                called.entries.iter().map(|entry| &entry.evidence).chain([&called.range.maximum.evidence])
            }))
            .measuring("pool", self.size())
            .measuring("called", self.called.len())
    }

    fn violation(&self, workload: &Workload) -> Finding {
        let message = format!(
            "{} {} works off {} with as many {}s as it gets, and {} from the same pool of {} of them: a backlog takes the \
             whole pool, and requests are turned away.",
            workload.noun,
            workload.address,
            Self::sources(workload),
            workload.unit,
            self.answering(),
            Grouped(self.size()),
        );
        let free = || Delta::Free("a bound costs nothing, and neither does a reservation");
        let by_queue = workload
            .consumes
            .iter()
            .filter(|one| is_any_amount(workload, one))
            .all(|one| one.kind == SourceKind::Queue);
        let bounded = if by_queue {
            Remedy::new(
                "bound how many calls at a time the trigger makes",
                "what waits in the queue waits a little longer, and nothing is turned away",
                free(),
            )
        } else {
            Remedy::new(
                format!("reserve a number of {}s for {}", workload.unit, workload.address),
                "it never takes more than these; what is turned away is kept, and tried again",
                free(),
            )
        };
        let certain = self.called.iter().filter(|(_, doubt)| doubt.is_none()).map(|(called, _)| &called.address);
        let apart = Remedy::new(
            format!("reserve {}s for {}", workload.unit, few(certain)),
            format!(
                "as many as it needs at its peak: they are its own then, and its limit; {} of the pool cannot be reserved",
                Grouped(self.quota.unreservable)
            ),
            free(),
        );
        let mut finding = self.about(Finding::violation(&RULE.meta, &workload.address, message), workload);
        let certain = u64::try_from(self.called.iter().filter(|(_, doubt)| doubt.is_none()).count());
        finding.gravity = certain.unwrap_or(u64::MAX);
        finding.working = vec![format!(
            "{} {}s of the account in this region ({}) − {} reserved = {}",
            Grouped(self.quota.units),
            workload.unit,
            self.quota.assumption,
            Grouped(self.reserved),
            Grouped(self.size()),
        )];
        finding.remedy(bounded).remedy(apart)
    }
}

fn bound(consumed: &Consumption) -> Option<&Evidence> {
    consumed.bound.as_ref().map(|bound| &bound.evidence)
}

/// Whether there may be any amount of it: the clock and most events give little, and the shards of a stream are given.
fn is_any_amount(workload: &Workload, consumed: &Consumption) -> bool {
    match consumed.kind {
        SourceKind::Queue | SourceKind::Topic => true,
        SourceKind::Events => consumed.source.as_ref().is_some_and(|source| workload.stores.contains(source)),
        SourceKind::Stream => consumed.bound.as_ref().is_some_and(|bound| bound.known().is_some()),
        SourceKind::Schedule => false,
    }
}

/// Objects may be few; what queues up is not.
const fn is_heavy(consumed: &Consumption) -> bool {
    matches!(consumed.kind, SourceKind::Queue | SourceKind::Topic | SourceKind::Stream)
}

/// Why a queue may lead to few calls at a time, if it may.
fn in_order(workload: &Workload, consumed: &Consumption) -> Option<String> {
    let hold = workload.waits.holds.iter().find(|hold| Some(&hold.queue.address) == consumed.source.as_ref())?;
    let queue = &hold.queue.address;
    match &hold.ordered {
        Attr::Set(true) => {
            Some(format!("{queue} keeps messages in order, and leads to one call for each group of them"))
        }
        Attr::Unknown(why) => Some(format!("whether {queue} keeps messages in order is {why}")),
        Attr::Set(false) | Attr::Unset => None,
    }
}

/// Pools that calls to one's own services share with calls to somebody else's.
fn shared_pools(workload: &Workload, judgement: &mut Judgement) {
    let mut pools: BTreeMap<&Text, Vec<(&Call, Evidence)>> = BTreeMap::new();
    for (call, evidence) in calls::of(workload) {
        if let Some(pool) = &call.pool {
            pools.entry(pool).or_default().push((call, evidence));
        }
    }
    for (pool, calls) in pools {
        let of = |kind: CallKind| {
            let names = calls.iter().filter(|(call, _)| call.kind == kind).map(|(call, _)| call.to.as_str());
            listed(names)
        };
        let (own, others) = (of(CallKind::Internal), of(CallKind::External));
        if own.is_empty() || others.is_empty() {
            judgement.passed += 1;
            continue;
        }
        let message = format!(
            "{} {} calls {own} and, outside, {others} through one pool, {pool}: when the outside is slow, its calls fill the \
             pool, and those within wait behind them.",
            workload.noun, workload.address,
        );
        judgement.findings.push(
            Finding::violation(&RULE.meta, &workload.address, message)
                .severity(Severity::Medium)
                .key(format!("pool {pool}"))
                .about(&workload.members)
                .resting_on(calls.iter().map(|(_, evidence)| evidence))
                .measuring("calls", calls.len())
                .gravity(u64::try_from(calls.len()).unwrap_or(u64::MAX))
                .remedy(Remedy::new(
                    format!("give the calls to {others} a pool of their own"),
                    "small, and with a short time to wait for a place in it",
                    Delta::Free("a setting of the application"),
                )),
        );
    }
}
