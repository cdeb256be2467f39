use crate::finding::{Delta, Finding, Measure, Remedy, Severity, put_interval};
use crate::model::Evidence;
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::{Budget, Capacity, Datastore, Demand, Gap, Topology};
use crate::units::{Count, Grouped, counted, listed, plural};

rule! {
    /// ## What it finds
    /// A database whose connections run out: the sum over all workloads that reach it of units × processes ×
    /// (pool + overflow), at the number they start with, at their most, and while they are rolled out, against
    /// `max_connections` less what is kept back for administrators.
    ///
    /// ## Why it matters
    /// A database that is out of connections refuses new ones to everybody, old and new alike. It happens when load
    /// is highest, because that is when everything scales out, and adding units makes it worse.
    ///
    /// ## What to do
    /// Cheapest first: a smaller pool in each process (a pool need not be larger than what the database works on at
    /// once); a lower maximum; a pooler between the workloads and the database; a larger class.
    ///
    /// ## How the figures come about
    /// The limit is what a parameter group sets, as a number or a formula, or the engine's default for the class. A
    /// formula over memory gives a range: how much of its class's memory a database gets is not published, so that the
    /// lower end comes from published observations, less a margin, and the upper end from all of it. The rule
    /// goes by the lower end. Pools and processes are read from environment variables, connection strings and
    /// commands; without a word of processes there is one. A function opens one pool per concurrent execution; functions
    /// without reserved concurrency share the account's default of 1,000.
    ///
    /// A violation is critical where the desired number of units is too many already: it happens on the day of the apply.
    ///
    /// ## When it stays silent
    /// When everything fits. When all workloads come through a pooler, which bounds what the database sees.
    ///
    /// ## What makes it undetermined
    /// A pool that cannot be seen, where one connection per process would fit: the finding says how large it may be. A
    /// parameter group, a class or a maximum that is not in the plan. Who reaches the database, where that
    /// can be guessed but not told. If even one connection per process is too many, it is a violation all the same.
    "connection-exhaustion", High, "DP4", "WAF-PERF-040", since "0.1.0",
    "Database that runs out of connections when its callers scale",
    thresholds: [
        ("headroom-percent", 0, "per cent of the usable connections that must stay free at full scale"),
    ],
    sources: [
        "Amazon RDS user guide, maximum number of database connections, read 2026-11-23",
        "Amazon Aurora user guide, maximum connections (awsdocs 287c6040), read 2026-11-23",
        "PostgreSQL documentation, superuser_reserved_connections",
        "Amazon ECS developer guide, service definition parameters (awsdocs 49232cf), read 2026-11-23",
        "AWS Lambda developer guide, quotas (awsdocs 03f7fcb), read 2026-11-23",
        "Design principle DP4, configure connection pools explicitly",
    ]
}

fn check(context: Context<'_>) -> Judgement {
    let mut judgement = Judgement::default();
    let headroom = context.policy.threshold(&RULE.meta, "headroom-percent").min(99);
    for budget in &context.topology.budgets {
        let case = Case { topology: context.topology, budget, datastore: context.topology.datastore(budget.datastore) };
        if !case.datastore.managed {
            continue;
        }
        match case.judge(headroom) {
            Some(finding) => judgement.findings.push(finding),
            None => judgement.passed += 1,
        }
    }
    judgement
}

struct Case<'t> {
    topology: &'t Topology,
    budget: &'t Budget,
    datastore: &'t Datastore,
}

impl Case<'_> {
    fn judge(&self, headroom: u64) -> Option<Finding> {
        let capacity = match &self.budget.capacity {
            Ok(capacity) => capacity,
            Err(gap) => return self.without_limit(gap),
        };
        let room = capacity.usable.low - capacity.usable.low * headroom / 100;
        let total = self.budget.total;
        if total.rollout > Count::Of(room) {
            return Some(self.violation(capacity, room));
        }
        if self.budget.is_complete() {
            return None;
        }
        Some(self.undetermined(capacity, room))
    }

    fn violation(&self, capacity: &Capacity, room: u64) -> Finding {
        let total = self.budget.total;
        let room_count = Count::Of(room);
        let (severity, when) = if total.desired > room_count {
            (Severity::Critical, "already at the desired number of units")
        } else if total.maximum > room_count {
            (Severity::High, "at the maximum number of units")
        } else {
            (Severity::High, "while its callers are rolled out at the maximum number of units")
        };
        let least = if self.budget.is_complete() { "" } else { "at least " };
        let peak = if total.maximum > room_count { total.maximum } else { total.rollout };
        let of = if capacity.maximum.is_exact() || capacity.explicit { "" } else { "an estimated " };
        let mut message = format!(
            "{} {} ({}) runs out of connections {when}: {least}{peak} are asked for, {of}{} are there.",
            self.datastore.noun,
            self.datastore.address,
            capacity.size,
            Grouped(room),
        );
        if let Some(breaking) = self.breaking(room) {
            message.push(' ');
            message.push_str(&breaking);
        }
        let callers = self.budget.demands.iter().flat_map(|demand| demand.members(self.topology));
        let mut finding = Finding::violation(&RULE.meta, &self.datastore.address, message)
            .severity(severity)
            .key(if self.budget.readers { "readers" } else { "" })
            .about(callers.collect::<Vec<_>>())
            .resting_on(&capacity.evidence)
            .resting_on(self.budget.demands.iter().flat_map(|demand| &demand.evidence))
            .measuring("desired", total.desired)
            .measuring("maximum", total.maximum)
            .measuring("rollout", total.rollout)
            .gravity(peak.bounded().unwrap_or(u64::MAX).saturating_sub(room));
        put_interval(&mut finding.measure, "limit_low", "limit_high", capacity.maximum);
        put_interval(&mut finding.measure, "usable_low", "usable_high", capacity.usable);
        finding.working = self.working(capacity);
        finding.remedies = self.remedies(capacity, room);
        finding
    }

    /// The whole sum, line by line.
    fn working(&self, capacity: &Capacity) -> Vec<String> {
        let mut lines = Vec::new();
        for demand in &self.budget.demands {
            lines.push(demand.sum(self.topology));
        }
        let total = self.budget.total;
        lines.push(format!(
            "asked for: {} at the desired number of units, {} at the maximum, {} during a rollout at the maximum",
            total.desired, total.maximum, total.rollout
        ));
        let basis = if capacity.explicit { "set" } else { "the engine's default" };
        let mut limit = format!("limit: {} ({basis}, {})", capacity.maximum, capacity.size);
        if capacity.reserved > 0 {
            limit.push_str(&format!(", less {} kept back = {} usable", capacity.reserved, capacity.usable));
        }
        lines.push(limit);
        for (workload, pooler) in &self.budget.pooled {
            lines.push(format!(
                "{} comes through {pooler} and is not counted",
                self.topology.workload(*workload).address
            ));
        }
        let possible: Vec<_> =
            self.budget.possible.iter().map(|reach| &self.topology.workload(reach.workload).address).collect();
        if !possible.is_empty() {
            lines.push(format!("not counted, because nothing shows whether they connect: {}", listed(&possible)));
        }
        lines
    }

    /// At what scale it breaks: the largest caller grows, the others stay at their desired number.
    fn breaking(&self, room: u64) -> Option<String> {
        let demand = self.budget.demands.iter().max_by_key(|demand| demand.connections.maximum)?;
        let each = demand.per_unit.at_least().bounded().filter(|each| *each > 0)?;
        let others = self.budget.total.desired.bounded()?.checked_sub(demand.connections.desired.bounded()?)?;
        let fit = room.saturating_sub(others) / each;
        let (workload, most) = (self.topology.workload(*demand.workloads.first()?), demand.units.maximum);
        if fit >= most || room < others {
            return None;
        }
        let unit = workload.unit;
        let scale = format!("It breaks at {} of {}", Grouped(fit + 1), counted(most, unit));
        Some(if self.budget.demands.len() > 1 {
            format!("{scale} of {}, with the others at their desired number.", workload.address)
        } else {
            format!("{scale}.")
        })
    }

    fn remedies(&self, capacity: &Capacity, room: u64) -> Vec<Remedy> {
        let (pool, most) = (self.smaller_pool(room), self.lower_maximum(room));
        let remedies = [pool, most, self.reserve(room), Some(self.pooler()), self.larger_class(capacity, room)];
        remedies.into_iter().flatten().collect()
    }

    /// Pools cut in proportion, so that the sum fits during a rollout.
    fn smaller_pool(&self, room: u64) -> Option<Remedy> {
        let demands = &self.budget.demands;
        let per_pool: u64 = demands
            .iter()
            .map(|demand| {
                demand.units.rollout.saturating_mul(demand.per_unit.processes().bounded().unwrap_or(u64::MAX))
            })
            .fold(0, u64::saturating_add);
        let size = room.checked_div(per_pool).filter(|size| *size > 0)?;
        let fits = Count::Of(size.saturating_mul(per_pool));
        let visible = demands.iter().all(|demand| demand.per_unit.is_complete());
        let title = format!("{} at {size} per process", if visible { "cap every pool" } else { "set every pool" });
        let detail = format!(
            "{} processes at most, {} connections during a rollout at full scale of {} that are there; \
             overflow counts as a part of the pool",
            Grouped(per_pool),
            fits,
            Grouped(room),
        );
        Some(Remedy::new(title, detail, Delta::Free("a setting of the application")).to("rollout", fits))
    }

    /// The largest caller's maximum lowered until the sum fits.
    fn lower_maximum(&self, room: u64) -> Option<Remedy> {
        let demand = self.budget.demands.iter().max_by_key(|demand| demand.connections.rollout)?;
        let [only] = demand.workloads.as_slice() else { return None };
        let workload = self.topology.workload(*only);
        let each = demand.per_unit.at_least().bounded().filter(|each| *each > 0)?;
        let rest = self.budget.total.rollout.bounded()?.checked_sub(demand.connections.rollout.bounded()?)?;
        let during = room.checked_sub(rest)? / each;
        // Units and rollout grow in proportion.
        let most = during.saturating_mul(demand.units.maximum) / demand.units.rollout.max(1);
        if most == 0 || most < demand.units.desired || most >= demand.units.maximum {
            return None;
        }
        let rollout = most.saturating_mul(demand.units.rollout) / demand.units.maximum.max(1);
        let total = rollout.saturating_mul(each).saturating_add(rest);
        let place = &workload.range.maximum.evidence;
        let title = format!("lower {} of {} to {}", place.attribute, place.address, Grouped(most));
        let detail = format!(
            "{} instead of {}, {} connections during a rollout of {} that are there; less work gets done at a peak",
            counted(most, workload.unit),
            Grouped(demand.units.maximum),
            Grouped(total),
            Grouped(room),
        );
        Some(
            Remedy::new(title, detail, Delta::Free("fewer units at a peak cost less, never more")).to("rollout", total),
        )
    }

    /// Functions that share a bound nobody set: one connection each, and a bound that fits.
    fn reserve(&self, room: u64) -> Option<Remedy> {
        let demand = self.budget.demands.iter().find(|demand| demand.is_shared(self.topology))?;
        let rest = self.budget.total.rollout.bounded()?.checked_sub(demand.connections.rollout.bounded()?)?;
        let fits = room.checked_sub(rest).filter(|fits| *fits > 0 && *fits < demand.units.maximum)?;
        let workloads: Vec<_> = demand.members(self.topology);
        let title = format!(
            "reserve at most {} between {}, with one connection in each",
            counted(fits, "concurrent execution"),
            listed(&workloads),
        );
        let detail = "an execution handles one call at a time and needs no second connection; calls beyond the bound are \
                      throttled, and retried where a queue feeds them";
        let total = fits.saturating_add(rest);
        Some(Remedy::new(title, detail, Delta::Free("reserved concurrency costs nothing")).to("rollout", total))
    }

    fn pooler(&self) -> Remedy {
        let title = format!("put {} between the callers and {}", self.budget.pooler, self.datastore.address);
        let detail = "many clients then share few connections; sessions that pin theirs (temporary tables, session \
                      variables, prepared statements) share nothing";
        Remedy::new(
            title,
            detail,
            Delta::NotPriced("billed by the size of its database: the amount comes with the price book"),
        )
    }

    fn larger_class(&self, capacity: &Capacity, room: u64) -> Option<Remedy> {
        let peak = self.budget.total.rollout.bounded()?;
        // What must stay free grows with the limit.
        let needed = |usable: u64| usable.saturating_mul(room) / capacity.usable.low.max(1);
        let (class, usable) = self.budget.larger.iter().find(|(_, usable)| needed(usable.low) >= peak)?;
        let title = format!("move {} to {class}", self.datastore.address);
        let detail = format!(
            "{usable} usable connections instead of {}, against {} at the peak",
            capacity.usable,
            Grouped(peak)
        );
        let priced = Delta::NotPriced("the difference between the two classes comes with the price book");
        let mut remedy = Remedy::new(title, detail, priced);
        put_interval(&mut remedy.measure, "usable_low", "usable_high", *usable);
        Some(remedy)
    }

    fn undetermined(&self, capacity: &Capacity, room: u64) -> Finding {
        let mut unseen: Vec<&str> = Vec::new();
        for demand in self.budget.demands.iter().filter(|demand| !demand.complete) {
            unseen.extend(demand.unseen.iter().map(String::as_str));
        }
        unseen.extend(self.budget.possible.iter().filter_map(|reach| reach.doubt.as_deref()));
        unseen.sort_unstable();
        unseen.dedup();
        let shown = unseen.iter().take(3).copied();
        let more = unseen.len().saturating_sub(3);
        let mut reasons = shown.collect::<Vec<_>>().join("; ");
        if more > 0 {
            reasons.push_str(&format!("; and {more} more"));
        }
        let bound = self.bound(room);
        let message = format!(
            "{} {} ({}) takes {} usable connections, and what is asked for cannot be seen: {reasons}. {bound}",
            self.datastore.noun, self.datastore.address, capacity.size, capacity.usable,
        );
        let mut finding = self.incomplete(message).resting_on(&capacity.evidence);
        put_interval(&mut finding.measure, "usable_low", "usable_high", capacity.usable);
        finding.working = self.working(capacity);
        finding
    }

    /// What can be said where a pool cannot be seen: how large it may be.
    fn bound(&self, room: u64) -> String {
        let processes = |demand: &Demand| {
            demand.units.rollout.saturating_mul(demand.per_unit.processes().bounded().unwrap_or(u64::MAX))
        };
        let (seen, unseen): (Vec<_>, Vec<_>) = self.budget.demands.iter().partition(|demand| demand.complete);
        let taken = seen.iter().filter_map(|demand| demand.connections.rollout.bounded()).fold(0, u64::saturating_add);
        let open: u64 = unseen.iter().map(|demand| processes(demand)).fold(0, u64::saturating_add);
        match room.saturating_sub(taken).checked_div(open) {
            Some(size) => {
                let units = unseen.iter().map(|demand| demand.units.rollout).fold(0, u64::saturating_add);
                format!(
                    "It fits while each of the {} holds at most {} during a rollout at full scale. \
                     Set the pool in the environment, for instance as DB_POOL_SIZE.",
                    counted(open, "process"),
                    counted(size, if units == 0 { "connection each" } else { "connection" }),
                )
            }
            None => "Set the pool in the environment of what connects, for instance as DB_POOL_SIZE.".to_owned(),
        }
    }

    /// Nothing can be said of the limit; that matters only to those who ask for connections.
    fn without_limit(&self, gap: &Gap) -> Option<Finding> {
        if self.budget.demands.is_empty() {
            return None;
        }
        let total = self.budget.total;
        let callers: Vec<_> = self.budget.demands.iter().flat_map(|demand| demand.members(self.topology)).collect();
        let message = format!(
            "how many connections {} {} takes cannot be told: {}. {} {} for up to {} of them.",
            self.datastore.noun,
            self.datastore.address,
            gap.reason,
            listed(&callers),
            if callers.len() == 1 { "asks" } else { "ask" },
            total.rollout,
        );
        Some(self.incomplete(message).resting_on([&gap.evidence]))
    }

    fn incomplete(&self, message: String) -> Finding {
        let total = self.budget.total;
        let callers: Vec<_> = self.budget.demands.iter().flat_map(|demand| demand.members(self.topology)).collect();
        let possible = self.budget.possible.iter().map(|reach| &self.topology.workload(reach.workload).address);
        let doubts: Vec<&Evidence> = self.budget.possible.iter().flat_map(|reach| &reach.evidence).collect();
        Finding::undetermined(&RULE.meta, &self.datastore.address, message)
            .key(if self.budget.readers { "readers" } else { "" })
            .about(callers)
            .about(possible.collect::<Vec<_>>())
            .resting_on(self.budget.demands.iter().flat_map(|demand| &demand.evidence))
            .resting_on(doubts)
            .measuring("desired", Measure::from(total.desired))
            .measuring("maximum", Measure::from(total.maximum))
            .measuring("rollout", Measure::from(total.rollout))
    }
}

impl Demand {
    /// The addresses of those who ask.
    fn members<'t>(&self, topology: &'t Topology) -> Vec<&'t crate::model::Address> {
        self.workloads.iter().map(|id| &topology.workload(*id).address).collect()
    }

    /// Whether those who ask have no bound of their own.
    fn is_shared(&self, topology: &Topology) -> bool {
        self.workloads.iter().any(|id| topology.workload(*id).range.maximum.value.is_unset())
    }

    /// `aws_ecs_service.api: 6 to 30 tasks (60 during a rollout) × 4 processes × pool 10 = 1,200`.
    fn sum(&self, topology: &Topology) -> String {
        let unit = self.workloads.first().map_or("unit", |id| topology.workload(*id).unit);
        let who = match self.members(topology).as_slice() {
            [first, rest @ ..] if !rest.is_empty() => {
                format!("{first} and {} that share its bound", counted(u64::try_from(rest.len()).unwrap_or(0), "other"))
            }
            few => listed(few),
        };
        let units = if self.units.desired == self.units.maximum {
            counted(self.units.maximum, unit)
        } else {
            format!("{} to {}", Grouped(self.units.desired), counted(self.units.maximum, unit))
        };
        let rollout = if self.units.rollout == self.units.maximum {
            String::new()
        } else {
            format!(" ({} during a rollout)", Grouped(self.units.rollout))
        };
        let terms: Vec<String> = self.per_unit.terms.iter().map(term).collect();
        let each = if terms.len() > 1 { format!("({})", terms.join(" + ")) } else { terms.concat() };
        let at_least = if self.complete { "" } else { "at least " };
        format!("{who}: {units}{rollout} × {each} = {at_least}{}", self.connections.maximum)
    }
}

/// `4 processes × pool 10`, with the container's name where there are several.
fn term(term: &crate::topology::Term) -> String {
    let name = term.container.as_ref().map_or_else(String::new, |name| format!("{name}: "));
    let processes = match (term.processes, term.processes_stated) {
        (count, true) => format!("{count} {}", plural(count.bounded().unwrap_or(2), "process")),
        (_, false) => "1 process".to_owned(),
    };
    let pool = match term.pool {
        Some(Count::Unbounded) => "an unlimited pool".to_owned(),
        Some(pool) if term.overflow == Count::Of(0) => format!("pool {pool}"),
        Some(pool) => format!("(pool {pool} + overflow {})", term.overflow),
        None => "a pool that cannot be seen".to_owned(),
    };
    format!("{name}{processes} × {pool}")
}
