use super::shared::forecast::tells_end;
use super::shared::remedies::smaller;
use super::shared::sums::members;
use crate::facts::ComputeKind;
use crate::finding::{Delta, Finding, Focus, Remedy, Severity};
use crate::model::Evidence;
use crate::rules::prospect;
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::{Budget, Capacity, Datastore, Demand, Hint, Term, Workload};
use crate::units::{Count, Grouped, counted};

rule! {
    /// ## What it finds
    /// A connection pool that cannot be used: one that is much larger than the number of threads in its process, or with
    /// which a single unit holds many times the connections that its database can work on at once.
    ///
    /// ## Why it matters
    /// A thread uses one connection at a time; what a pool has beyond that is never in use. And a database works on as many
    /// queries at once as it has processors, and on some more that wait for a disk. Connections beyond that make it switch
    /// between them instead of finishing any: everything takes longer, and each of them costs memory all the while.
    ///
    /// ## What to do
    /// As many connections as threads, or fewer. Start with what the database can work on at once, divided among the units
    /// that share it, and let callers wait for a connection for a moment: the queue in front of a small pool is shorter than
    /// the one inside the database.
    ///
    /// ## How the figures come about
    /// What a database works on at once is (processors × 2) + 1, the last for one disk: the formula that `HikariCP`'s advice on
    /// pool sizing takes from the `PostgreSQL` project. It counts all active connections of one database server. The rule asks
    /// less: it finds a single unit, all of its processes together, with more than the threshold `formula-percent` of that,
    /// and says beside it what all units come to. Both percentages are judgements of planwise's: connections are idle
    /// between queries, and those are not counted by the formula.
    ///
    /// ## When it stays silent
    /// For functions and for tasks that run to their end. For pools that cannot be seen, and for defaults that nobody chose.
    /// For servers that answer many requests on one thread. For databases whose processors scale with the load. Where
    /// connections run out: `connection-exhaustion` says to what size each pool has to shrink.
    ///
    /// ## What makes it undetermined
    /// A class whose processors are not known, where a unit holds more than a small machine could use.
    "oversized-connection-pool", Low, "DP4", "WAF-PERF-040", since "0.1.0",
    "Connection pool larger than its threads, or its database, can use",
    thresholds: [
        ("thread-percent", 200, 10_000, "per cent of the threads of its process that a pool may be"),
        ("formula-percent", 400, 100_000, "per cent of (processors × 2) + 1 of its database that a single unit may hold"),
    ],
    sources: [
        "HikariCP, About Pool Sizing (linked from brettwooldridge/HikariCP 604d7d58 README), read 2026-11-23",
        "Gunicorn 27 gunicorn/config.py, threads; Puma ff2e2126 lib/puma/configuration.rb; read 2026-11-23",
        "Design principle DP4, configure connection pools explicitly",
    ]
}

fn check(context: Context<'_>) -> Judgement {
    let mut judgement = Judgement::default();
    for budget in &context.topology.budgets {
        let exhausted = tells_end(context, budget);
        for demand in &budget.demands {
            let [only] = demand.workloads.as_slice() else { continue };
            let workload = context.topology.workload(*only);
            if matches!(workload.kind, ComputeKind::Function | ComputeKind::Task | ComputeKind::Batch) {
                continue;
            }
            let datastore = context.topology.datastore(budget.datastore);
            let case = Case { context, budget, demand, workload, datastore };
            let told = case.idle().or_else(|| case.judge_formula().filter(|_| !exhausted));
            match told {
                Some(finding) => judgement.findings.push(finding),
                None if demand.pools_seen && !exhausted => judgement.passed += 1,
                None => {}
            }
        }
    }
    judgement
}

/// Few database machines have fewer processors.
const SMALL_MACHINE: u64 = 2;

/// What a machine with so many processors works on at once, on one disk.
const fn at_once(processors: u64) -> u64 {
    processors.saturating_mul(2).saturating_add(1)
}

struct Case<'t> {
    context: Context<'t>,
    budget: &'t Budget,
    demand: &'t Demand,
    workload: &'t Workload,
    datastore: &'t Datastore,
}

impl Case<'_> {
    fn threshold(&self, name: &str) -> u64 {
        self.context.policy.threshold(&RULE.meta, name)
    }

    /// A pool that the threads of its process cannot use up.
    fn idle(&self) -> Option<Finding> {
        let percent = self.threshold("thread-percent");
        let is_idle = |pool: u64, threads: u64| pool.saturating_mul(100) > threads.saturating_mul(percent);
        let mut all = self.demand.per_unit.terms.iter().filter_map(|term| {
            let pool = stated(term)?;
            let threads = term.threads?.bounded()?;
            is_idle(pool, threads).then_some((term, pool, threads))
        });
        let (term, pool, threads) = all.next()?;
        // Of several, each takes a number of its own.
        let knob = term.pool_knob.as_ref().filter(|_| all.next().is_none());
        let edits = knob.map(|knob| prospect::set_variable(knob, pool, threads));
        let Workload { noun, address, .. } = self.workload;
        let container = term.container.as_ref().map_or_else(String::new, |name| format!(" in {name}"));
        let message = format!(
            "{noun} {address} has a pool of {}{container} in each process for {} {}, and a process with {} uses no more than {} \
             of them at once.",
            counted(pool, "connection"),
            self.datastore.noun,
            self.datastore.address,
            counted(threads, "thread"),
            Grouped(threads),
        );
        let remedy = Remedy::new(
            format!("set the pool of {address} to {}", Grouped(threads)),
            "one connection for each thread; the rest is never used, and counts against the database's limit where a pool is \
             filled in advance",
            Delta::Free("a setting of the application"),
        );
        let remedy = remedy.writing(edits.into_iter().collect());
        let finding = self.finding(Finding::violation(&RULE.meta, address, message), "threads", Some(term));
        Some(
            finding
                .measuring("pool", pool)
                .measuring("threads", threads)
                .gravity(pool)
                .remedy(remedy.to("pool", threads)),
        )
    }

    /// A unit that holds more than its database can work on.
    fn judge_formula(&self) -> Option<Finding> {
        let unit = self.demand.per_unit.at_least().bounded().filter(|_| self.is_chosen())?;
        let capacity = self.budget.capacity.as_ref().ok()?;
        let percent = self.threshold("formula-percent");
        let beyond = |useful: u64| unit.saturating_mul(100) > useful.saturating_mul(percent);
        match capacity.processors {
            Some(processors) => {
                let useful = at_once(processors).saturating_mul(capacity.machines);
                beyond(useful).then(|| self.violation(capacity, unit, (processors, useful)))
            }
            // Only a class that is not in the table has no processors; capacity that scales has none to speak of.
            None if self.datastore.class.known().is_some_and(|class| *class == capacity.size) => {
                beyond(at_once(SMALL_MACHINE)).then(|| self.undetermined(capacity, unit))
            }
            None => None,
        }
    }

    /// Whether somebody chose every pool.
    fn is_chosen(&self) -> bool {
        let by_default = |term: &Term| matches!(term.setting, Hint::Default(_));
        self.demand.pools_seen && !self.demand.per_unit.terms.iter().any(by_default)
    }

    fn violation(&self, capacity: &Capacity, unit: u64, (processors, useful): (u64, u64)) -> Finding {
        let Workload { noun, address, unit: word, .. } = self.workload;
        let machine = if capacity.machines > 1 {
            format!("{} of {}", counted(capacity.machines, "reader"), capacity.size)
        } else {
            capacity.size.to_string()
        };
        let all = self.budget.total.maximum;
        let message = format!(
            "a single {word} of {noun} {address} holds {}, and {} {} ({machine}) works on about {} at once: (2 × {}) + 1. All \
             that connect to it hold {all} at the maximum.",
            counted(unit, "connection"),
            self.datastore.noun,
            self.datastore.address,
            Grouped(useful),
            counted(processors, "processor"),
        );
        let callers: u64 = self.budget.demands.iter().map(|demand| demand.units.maximum).fold(0, u64::saturating_add);
        let share = useful.checked_div(callers).unwrap_or(0).max(1);
        // Each process has a pool of its own: what does not divide evenly is left out.
        let processes = self.demand.per_unit.processes().bounded().unwrap_or(u64::MAX);
        let each = share.checked_div(processes).unwrap_or(0);
        let edits = if each > 0 { smaller(std::slice::from_ref(self.demand), each) } else { Vec::new() };
        let share = if edits.is_empty() { share } else { each.saturating_mul(processes) };
        let remedy = Remedy::new(
            format!("start with {} in each {word} of {address}", counted(share, "connection")),
            format!(
                "about {} for all {} that share the database, and more only where a load test shows that callers wait for a \
                 connection while the database is idle",
                Grouped(useful),
                counted(callers, "unit"),
            ),
            Delta::Free("a setting of the application"),
        );
        let machine = Evidence::plan(&capacity.machine, "processors", processors.to_string());
        let remedy = remedy.writing(edits);
        let largest = self.demand.per_unit.terms.iter().max_by_key(|term| term.pool);
        let finding =
            self.finding(Finding::violation(&RULE.meta, address, message), self.datastore.address.as_str(), largest);
        finding
            .resting_on(&capacity.evidence)
            .resting_on([&machine])
            .measuring("unit", unit)
            .measuring("useful", useful)
            .measuring("maximum", all)
            .gravity(unit)
            .remedy(remedy.to("unit", share))
    }

    fn undetermined(&self, capacity: &Capacity, unit: u64) -> Finding {
        let Workload { noun, address, unit: word, .. } = self.workload;
        let message = format!(
            "a single {word} of {noun} {address} holds {}; whether {} {} can work on so many cannot be told: how many processors \
             {} has is not known.",
            counted(unit, "connection"),
            self.datastore.noun,
            self.datastore.address,
            capacity.size,
        );
        let finding =
            self.finding(Finding::undetermined(&RULE.meta, address, message), self.datastore.address.as_str(), None);
        finding.resting_on(&capacity.evidence).measuring("unit", unit)
    }

    /// A finding with what all of them have; where its pool is one variable, that is where to look.
    fn finding(&self, finding: Finding, key: &str, term: Option<&Term>) -> Finding {
        let callers = members(self.demand, self.context.topology);
        let knob = term.and_then(|term| term.pool_knob.as_ref());
        let of_pool =
            |piece: &&Evidence| knob.is_some_and(|(on, name)| piece.address == *on && piece.attribute == *name);
        let pool = self.demand.evidence.iter().find(of_pool);
        finding
            .focus(pool.map_or(Focus::Own, |pool| Focus::At(pool.clone())))
            .severity(Severity::Low)
            .key(key)
            .about(callers)
            .about([&self.datastore.address])
            .resting_on(pool)
            .resting_on(&self.demand.evidence)
    }
}

/// The size of a pool that somebody chose, where it is a number.
fn stated(term: &Term) -> Option<u64> {
    if matches!(term.setting, Hint::Default(_)) {
        return None;
    }
    match (term.pool, term.most, term.processes) {
        (Some(Count::Of(pool)), _, _) => Some(pool),
        _ => None,
    }
}
