use super::shared::forecast::{tells_end, tells_gaps};
use super::shared::sums::{members, sum};
use crate::facts::ComputeKind;
use crate::finding::{Delta, Finding, Remedy, Severity, put_interval};
use crate::model::Address;
use crate::rules::prospect;
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::{Budget, Capacity, Datastore, Demand, Topology};
use crate::units::{Count, Grouped, counted, few};

rule! {
    /// ## What it finds
    /// Functions that open connections to a relational database by themselves, without a pooler in between, although
    /// nothing keeps them well below what the database takes: no bound of their own, or one that leaves them more than the
    /// threshold `share-percent` of its connections.
    ///
    /// ## Why it matters
    /// A function runs once for each call that comes in at the same time, and each of these opens connections of its own.
    /// A burst of calls becomes a burst of new connections, which cost the database more than the queries that follow, and
    /// everybody else finds the database full.
    ///
    /// ## What to do
    /// Put a pooler between the functions and the database, or bound how many of them run at once. Keep one connection in
    /// each: an execution handles one call at a time.
    ///
    /// ## When it stays silent
    /// For functions that come through a pooler, that call the database by an API, or that their own bound, or that of
    /// what triggers them, keeps below the threshold. Where `connection-exhaustion` finds that they are too many already:
    /// it says so, and offers the same ways out.
    ///
    /// ## What makes it undetermined
    /// A bound or a limit that cannot be seen. Where `connection-exhaustion` says that already, this rule does not say it
    /// again.
    "unpooled-function", Medium, "DP4", "WAF-PERF-040", since "0.1.0",
    "Functions that connect to a database directly, and that nothing keeps few",
    thresholds: [
        ("share-percent", 50, 100, "per cent of the usable connections that bounded functions may take without a pooler"),
    ],
    sources: [
        "AWS Lambda developer guide, configuring database access (awsdocs 03f7fcb, configuration-database.md), read 2026-11-23",
        "AWS Lambda developer guide, quotas (awsdocs 03f7fcb), read 2026-11-23",
        "Design principle DP4, configure connection pools explicitly",
    ]
}

fn check(context: Context<'_>) -> Judgement {
    let mut judgement = Judgement::default();
    let percent = context.policy.threshold(&RULE.meta, "share-percent");
    let topology = context.topology;
    for budget in &topology.budgets {
        let mut functions = budget.demands.iter().filter(|demand| is_of_functions(demand, topology)).peekable();
        if functions.peek().is_none() {
            continue;
        }
        let demands: Vec<&Demand> = functions.collect();
        let case = Case { topology, budget, datastore: topology.datastore(budget.datastore), demands, percent };
        match case.judge() {
            _ if tells_end(context, budget) => {}
            Some(Verdict::Passes) => judgement.passed += 1,
            Some(Verdict::Says(finding)) => judgement.findings.push(*finding),
            None if tells_gaps(context, case.datastore) => {}
            None => judgement.findings.push(case.undetermined()),
        }
    }
    judgement
}

fn is_of_functions(demand: &Demand, topology: &Topology) -> bool {
    demand.workloads.iter().all(|id| topology.workload(*id).kind == ComputeKind::Function)
}

/// What is certain.
enum Verdict {
    Passes,
    Says(Box<Finding>),
}

struct Case<'t> {
    topology: &'t Topology,
    budget: &'t Budget,
    datastore: &'t Datastore,
    demands: Vec<&'t Demand>,
    percent: u64,
}

impl<'t> Case<'t> {
    /// What can be told; nothing where it cannot.
    fn judge(&self) -> Option<Verdict> {
        let unbounded = self.demands.iter().any(|demand| demand.on_quota);
        let capacity = self.budget.capacity.as_ref().ok()?;
        let asked = self.asked();
        if unbounded || asked > Count::Of(self.share(capacity)) {
            return Some(Verdict::Says(Box::new(self.violation(capacity, unbounded, asked))));
        }
        self.demands.iter().all(|demand| demand.is_complete()).then_some(Verdict::Passes)
    }

    /// What all functions ask for at their most, at least.
    fn asked(&self) -> Count {
        self.demands.iter().fold(Count::Of(0), |sum, demand| sum.plus(demand.connections.maximum))
    }

    /// What they may ask for.
    fn share(&self, capacity: &Capacity) -> u64 {
        capacity.usable.low.saturating_mul(self.percent) / 100
    }

    fn functions(&self) -> Vec<&'t Address> {
        self.demands.iter().flat_map(|demand| members(demand, self.topology)).collect()
    }

    /// `Lambda function a opens connections to RDS instance b by itself`.
    fn opening(&self) -> String {
        let functions = self.functions();
        let noun = self.demands.first().and_then(|demand| demand.workloads.first());
        let noun = noun.map_or("function", |id| self.topology.workload(*id).noun);
        let Datastore { noun: kind, address, .. } = self.datastore;
        if functions.len() == 1 {
            format!("{noun} {} opens connections to {kind} {address} by itself, without a pooler", few(functions))
        } else {
            format!("{noun}s {} open connections to {kind} {address} by themselves, without a pooler", few(functions))
        }
    }

    fn violation(&self, capacity: &Capacity, unbounded: bool, asked: Count) -> Finding {
        let there = if capacity.usable.is_exact() { "" } else { "an estimated " };
        let usable = Grouped(capacity.usable.low);
        let rest = if unbounded {
            let upto = if self.demands.iter().all(|demand| demand.is_complete()) { "up to" } else { "at least" };
            format!(
                "and nothing bounds how many run at once but the account's quota: {upto} {asked} of {there}{usable} \
                 connections, and more as soon as the quota is raised"
            )
        } else {
            format!("and may take {asked} of {there}{usable} connections, more than {} %", self.percent)
        };
        let message = format!("{}, {rest}.", self.opening());
        let mut finding = Finding::violation(&RULE.meta, &self.datastore.address, message)
            .severity(if unbounded { Severity::Medium } else { Severity::Low })
            .key(self.key())
            .about(self.functions())
            .resting_on(self.demands.iter().flat_map(|demand| &demand.evidence))
            .resting_on(&capacity.evidence)
            .measuring("functions", self.functions().len())
            .measuring("maximum", asked)
            .gravity(asked.bounded().unwrap_or(u64::MAX));
        put_interval(&mut finding.measure, "usable_low", "usable_high", capacity.usable);
        finding.working = self.demands.iter().map(|demand| sum(demand, self.topology)).collect();
        finding.remedies = self.bound(capacity).into_iter().chain([self.pooler()]).collect();
        finding
    }

    const fn key(&self) -> &'static str {
        if self.budget.readers { "readers" } else { "" }
    }

    /// A bound that keeps them below the threshold, where each opens so many that some may run.
    fn bound(&self, capacity: &Capacity) -> Option<Remedy> {
        let [demand] = self.demands.as_slice() else { return None };
        let each = demand.per_unit.at_least().bounded()?;
        let most = self.share(capacity).checked_div(each).filter(|most| *most > 0)?;
        if most < demand.units.desired || most >= demand.units.maximum {
            return None;
        }
        let functions = members(demand, self.topology);
        let title = format!(
            "reserve at most {} {} {}",
            counted(most, "concurrent execution"),
            if functions.len() == 1 { "for" } else { "between" },
            few(functions),
        );
        let total = most.saturating_mul(each);
        let detail = format!(
            "{} at most, {} % of what is there; calls beyond the bound are throttled, and retried where a queue feeds them",
            counted(total, "connection"),
            self.percent,
        );
        let free = Delta::Free("reserved concurrency costs nothing");
        let edits = prospect::reserve(self.topology, demand, most);
        Some(Remedy::new(title, detail, free).writing(edits).to("maximum", total))
    }

    fn pooler(&self) -> Remedy {
        if let Some((_, pooler)) = self.budget.pooled.first() {
            let title = format!("send them through {pooler}, which others use already");
            return Remedy::new(title, "its share then bounds what they ask for", Delta::Free("the pooler is there"));
        }
        let title = format!("put {} between the functions and {}", self.budget.pooler, self.datastore.address);
        let detail = "executions then share connections that are open already; sessions that pin theirs share nothing";
        Remedy::priced(title, detail, prospect::pooler(self.topology, self.datastore))
    }

    fn undetermined(&self) -> Finding {
        let reason = match &self.budget.capacity {
            Err(gap) => gap.reason.clone(),
            Ok(_) => self.demands.iter().find_map(|demand| demand.unseen.first().cloned()).unwrap_or_default(),
        };
        let message =
            format!("{}; whether that is little beside what it takes cannot be told: {reason}.", self.opening());
        let gap = self.budget.capacity.as_ref().err().map(|gap| &gap.evidence);
        Finding::undetermined(&RULE.meta, &self.datastore.address, message)
            .severity(Severity::Low)
            .key(self.key())
            .about(self.functions())
            .resting_on(self.demands.iter().flat_map(|demand| &demand.evidence))
            .resting_on(gap)
            .measuring("functions", self.functions().len())
            .measuring("maximum", self.asked())
    }
}
