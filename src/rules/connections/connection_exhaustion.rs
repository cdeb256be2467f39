use super::shared::declare::declare;
use super::shared::remedies::Remedies;
use super::shared::room::Room;
use super::shared::sums::{members, sum};
use crate::finding::{Finding, Measure, Severity, Verdict, put_interval};
use crate::model::Evidence;
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::{Budget, Capacity, Datastore, Demand, Gap, Hint, Reach, Topology, WorkloadId};
use crate::units::{Count, Grouped, Interval, counted, listed};

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
    /// commands. What a command or the database's address says beats a name that a framework documents, and that beats a
    /// name that is a convention. Without a word of processes there is one, save for programs that start as many as there
    /// are processors: how many those are is not known. Programs that come ready-made, such as Keycloak or n8n, keep the pool
    /// that they document where nobody sets one; code of one's own may set another. Pools for several databases add up where all of them are on one
    /// server. A pooler on the same machine counts in place of those who connect to it. A function opens one pool per concurrent execution; functions
    /// without reserved concurrency share the account's default of 1,000.
    ///
    /// A violation is critical where the desired number of units is too many already: it happens on the day of the apply.
    /// Where a limit is an estimate and what is asked for lies within its range, or where it takes a failover to a smaller
    /// machine of the cluster, connections may run out, and the violation is high.
    ///
    /// ## When it stays silent
    /// When everything fits, even if all connect that may. When all workloads come through one pooler, which bounds what the
    /// database sees; the shares of several are added up, and so are a pooler's and what others ask for directly. For a database that this plan only reads, unless what this plan shows is too much already: who
    /// else connects to it stands elsewhere.
    ///
    /// ## What makes it undetermined
    /// A pool that cannot be seen, where one connection per process would fit: the finding says how large it may be. Two
    /// settings that differ, of which nothing tells which one is read, if only the smaller fits. A parameter group, a class,
    /// a pooler's share or a maximum that is not in the plan. A caller that the database lets in, and that calls its own
    /// database by a name that nothing in the plan has. Readers that scale, where only more of them take what is
    /// asked for. Readers behind an endpoint that leads to some of them only, where one alone does not take what is asked
    /// for and all together do. Who reaches the database, where that can be guessed but not told. If even one connection
    /// per process is too many, it is a violation all the same. Pools, processes and who connects to what can be declared
    /// in planwise.yaml or in tags; the finding shows how.
    "connection-exhaustion", Critical, "DP4", "WAF-PERF-040", since "0.1.0",
    "Database that runs out of connections when its callers scale",
    thresholds: [
        ("headroom-percent", 0, 99, "per cent of the usable connections that must stay free at full scale"),
    ],
    sources: [
        "Amazon RDS user guide, maximum number of database connections, read 2026-11-23",
        "Amazon Aurora user guide, maximum connections (awsdocs 287c6040), read 2026-11-23",
        "PostgreSQL documentation, superuser_reserved_connections",
        "Amazon ECS developer guide, service definition parameters (awsdocs 49232cf), read 2026-11-23",
        "AWS Lambda developer guide, quotas (awsdocs 03f7fcb), read 2026-11-23",
        "Amazon RDS API reference, ConnectionPoolConfiguration, read 2026-11-25",
        "Amazon RDS user guide, connecting to a Multi-AZ DB cluster, read 2026-11-25",
        "Amazon ECS developer guide, service auto scaling, read 2026-11-25",
        "Design principle DP4, configure connection pools explicitly",
    ]
}

fn check(context: Context<'_>) -> Judgement {
    let mut judgement = Judgement::default();
    let headroom = context.policy.threshold(&RULE.meta, "headroom-percent");
    for budget in &context.topology.budgets {
        let case = Case { topology: context.topology, budget, datastore: context.topology.datastore(budget.datastore) };
        match case.judge(headroom) {
            // Who else connects to a database of another plan is not to be seen here: only what is too much already counts.
            Some(finding) if !case.datastore.managed && finding.verdict == Verdict::Undetermined => {}
            Some(finding) => judgement.findings.push(finding),
            None if !case.datastore.managed => {}
            None => judgement.passed += 1,
        }
    }
    judgement
}

/// The limit, line by line.
fn limit(capacity: &Capacity) -> String {
    let basis = match (capacity.explicit, capacity.lifted) {
        (true, Some(_)) => "more is set, and takes no effect",
        (true, None) => "set",
        (false, _) => "the engine's default",
    };
    let mut line = format!("limit: {} ({basis}, {})", capacity.each, capacity.size);
    let several = capacity.machines > 1;
    if several {
        line.push_str(&format!(" × {}", counted(capacity.machines, "reader")));
    }
    match (capacity.reserved, several) {
        (0, false) => {}
        (0, true) => line.push_str(&format!(" = {} usable", capacity.usable)),
        (reserved, several) => {
            let each = if several { " in each" } else { "" };
            line.push_str(&format!(", less {reserved} kept back{each} = {} usable", capacity.usable));
        }
    }
    line
}

/// When connections run out.
struct Moment {
    severity: Severity,
    /// `runs out`, or `may run out`.
    runs_out: &'static str,
    when: String,
    /// How many are asked for then.
    asked: Count,
}

impl Moment {
    const CERTAIN: &'static str = "runs out";
    const POSSIBLE: &'static str = "may run out";
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
        let room = Room::new(capacity, headroom);
        let total = self.budget.total;
        if total.rollout > Count::Of(room.free) {
            return Some(match capacity.scaled_out {
                Some((machines, usable)) if total.rollout <= Count::Of(room.of(usable)) => {
                    self.until_scaled(capacity, machines, usable)
                }
                _ => self.violation(capacity, room),
            });
        }
        let fits = self.budget.at_most.is_some_and(|most| most.rollout <= Count::Of(room.free));
        if self.budget.is_complete() || fits {
            return None;
        }
        Some(self.undetermined(capacity, room))
    }

    fn violation(&self, capacity: &Capacity, room: Room) -> Finding {
        let total = self.budget.total;
        let Moment { severity, runs_out, when, asked } = self.moment(capacity, room);
        // There is no more than unlimited.
        let whole = (self.budget.is_complete() && self.datastore.managed) || asked == Count::Unbounded;
        let least = if whole { "" } else { "at least " };
        let peak = total.maximum.max(asked);
        let there = match capacity.usable {
            usable if runs_out == Moment::CERTAIN && capacity.largest.is_some() => {
                let most = capacity.largest.unwrap_or(usable);
                format!("{most} are there, and {usable} once {} is the one that writes", capacity.machine)
            }
            usable if usable.is_exact() => format!("{} are there", Grouped(usable.low)),
            usable if Count::Of(room.most) >= asked => format!("an estimated {usable} are there"),
            usable => format!("an estimated {} are there", Grouped(usable.low)),
        };
        let there = match capacity.scaled_out {
            Some((machines, most)) => format!("{there}, and {most} with {}", counted(machines, "reader")),
            None => there,
        };
        let readers = if self.budget.readers { "for its readers, " } else { "" };
        let mut message = format!(
            "{readers}{} {} ({}) {runs_out} of connections {when}: {least}{asked} are asked for, {there}{}.",
            self.datastore.noun,
            self.datastore.address,
            capacity.size,
            room.kept_free(),
        );
        if asked < total.maximum {
            message.push_str(&format!(" At the maximum it is {}.", total.maximum));
        }
        if let Some(breaking) = self.breaking(room.free) {
            message.push(' ');
            message.push_str(&breaking);
        }
        let callers = self.budget.demands.iter().flat_map(|demand| members(demand, self.topology));
        let mut finding = Finding::violation(&RULE.meta, &self.datastore.address, message)
            .severity(severity)
            .key(if self.budget.readers { "readers" } else { "" })
            .about(callers.collect::<Vec<_>>())
            .resting_on(&capacity.evidence)
            .resting_on(self.budget.demands.iter().flat_map(|demand| &demand.evidence))
            .resting_on(self.budget.shares.iter().map(|share| &share.evidence))
            .measuring("desired", total.desired)
            .measuring("redeploy", total.redeploy)
            .measuring("maximum", total.maximum)
            .measuring("rollout", total.rollout)
            .gravity(peak.bounded().unwrap_or(u64::MAX).saturating_sub(room.free));
        put_interval(&mut finding.measure, "limit_low", "limit_high", capacity.maximum);
        put_interval(&mut finding.measure, "usable_low", "usable_high", capacity.usable);
        finding.working = self.working(capacity);
        let (topology, budget, datastore) = (self.topology, self.budget, self.datastore);
        finding.remedies = Remedies { topology, budget, datastore, capacity, room }.all();
        finding
    }

    /// When connections run out: where that is certain before where it may be.
    fn moment(&self, capacity: &Capacity, room: Room) -> Moment {
        let total = self.budget.total;
        if total.desired == Count::Unbounded {
            let when = "when its callers open as many as they are free to".to_owned();
            return Moment { severity: Severity::High, runs_out: Moment::CERTAIN, when, asked: total.desired };
        }
        let last = if self.budget.demands.is_empty() {
            "when its poolers take what they may"
        } else {
            "while its callers are rolled out at the maximum number of units"
        };
        let moments = [
            (Severity::Critical, "already at the desired number of units", total.desired),
            (Severity::High, "with the next rollout, at the desired number of units", total.redeploy),
            (
                Severity::High,
                if self.budget.demands.is_empty() { last } else { "at the maximum number of units" },
                total.maximum,
            ),
            (Severity::High, last, total.rollout),
        ];
        let beyond = |room: u64| moments.iter().find(|(_, _, asked)| *asked > Count::Of(room));
        let largest = capacity.largest.map(|largest| room.of(Interval::exactly(largest.high)));
        if let Some((severity, when, asked)) = beyond(largest.unwrap_or(0).max(room.most)) {
            return Moment { severity: *severity, runs_out: Moment::CERTAIN, when: (*when).to_owned(), asked: *asked };
        }
        let (when, asked) = beyond(room.free).map_or((last, total.rollout), |(_, when, asked)| (*when, *asked));
        let when = match capacity.largest {
            Some(_) => format!("{when}, once {} is the one that writes", capacity.machine),
            None => when.to_owned(),
        };
        Moment { severity: Severity::High, runs_out: Moment::POSSIBLE, when, asked }
    }

    /// Readers that are too few at first, and enough once more were added.
    fn until_scaled(&self, capacity: &Capacity, machines: u64, usable: Interval) -> Finding {
        let message = format!(
            "for its readers, {} {} ({}) takes {} usable connections at {}, and {usable} at {}, to which these scale; {} are \
             asked for. Whether readers are added before connections run out cannot be told.",
            self.datastore.noun,
            self.datastore.address,
            capacity.size,
            capacity.usable,
            counted(capacity.machines, "reader"),
            counted(machines, "reader"),
            self.budget.total.rollout,
        );
        let mut finding = self.incomplete(message).resting_on(&capacity.evidence);
        put_interval(&mut finding.measure, "usable_low", "usable_high", capacity.usable);
        finding.working = self.working(capacity);
        finding
    }

    /// The whole sum, line by line.
    fn working(&self, capacity: &Capacity) -> Vec<String> {
        let mut lines = Vec::new();
        for demand in &self.budget.demands {
            lines.push(sum(demand, self.topology));
        }
        let total = self.budget.total;
        lines.push(format!(
            "asked for: {} at the desired number of units ({} during a rollout), {} at the maximum ({} during a rollout)",
            total.desired, total.redeploy, total.maximum, total.rollout
        ));
        lines.push(limit(capacity));
        for share in &self.budget.shares {
            let percent = share.percent.known().map_or_else(|| "1 to 100".to_owned(), u64::to_string);
            let taken = match share.most {
                most if most == share.connections => Grouped(most).to_string(),
                most => format!("{} to {}", Grouped(share.connections), Grouped(most)),
            };
            let beside = if self.budget.demands.is_empty() { "" } else { ", beside those who come directly" };
            lines.push(format!("{}: up to {percent} % of the limit = {taken}{beside}", share.pooler));
        }
        for (workload, pooler) in &self.budget.pooled {
            lines.push(format!(
                "{} comes through {pooler} and is not counted by itself",
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

    fn undetermined(&self, capacity: &Capacity, room: Room) -> Finding {
        let mut unseen: Vec<&str> = Vec::new();
        for demand in self.budget.demands.iter().filter(|demand| !demand.is_complete()) {
            unseen.extend(demand.unseen.iter().map(String::as_str));
        }
        unseen.extend(self.budget.shares.iter().flat_map(|share| &share.unseen).map(String::as_str));
        let asked = if self.budget.readers { "what is asked of each reader" } else { "what is asked for" };
        let what = if unseen.is_empty() { "who connects" } else { asked };
        unseen.extend(self.budget.possible.iter().filter_map(|reach| reach.doubt.as_deref()));
        unseen.sort_unstable();
        unseen.dedup();
        let shown = unseen.iter().take(3).copied();
        let more = unseen.len().saturating_sub(3);
        let mut reasons = shown.collect::<Vec<_>>().join("; ");
        if more > 0 {
            reasons.push_str(&format!("; and {more} more"));
        }
        let bound = self.bound(room.free);
        let declare = declare(self.budget, self.topology);
        let message = format!(
            "{} {} ({}) takes {} usable connections, and {what} cannot be seen: {reasons}. {}{declare}",
            self.datastore.noun,
            self.datastore.address,
            capacity.size,
            capacity.usable,
            bound.trim_end(),
        );
        let mut finding = self.incomplete(message).resting_on(&capacity.evidence);
        put_interval(&mut finding.measure, "usable_low", "usable_high", capacity.usable);
        finding.working = self.working(capacity);
        finding
    }

    /// What can be said where not everything can be seen: how large a pool may be, or how much is asked for certainly.
    fn bound(&self, room: u64) -> String {
        let demands = &self.budget.demands;
        if demands.is_empty() {
            return "Nothing certain connects to it.".to_owned();
        }
        let at_least = self.budget.total.rollout;
        let plain = || format!("What can be seen asks for {at_least} of {}.", Grouped(room));
        // How large a pool may be depends on how many there are, and on what poolers take.
        let hidden = self.budget.shares.iter().any(|share| !share.unseen.is_empty());
        if hidden || demands.iter().any(|demand| !demand.units_seen) {
            return if at_least == Count::Of(0) { "What can be seen asks for none.".to_owned() } else { plain() };
        }
        let mut taken = self.shares();
        let mut open = 0_u64;
        let mut hint = None;
        for demand in demands {
            for term in &demand.per_unit.terms {
                let (units, count) = (demand.units.rollout, |count: Count| count.bounded().unwrap_or(u64::MAX));
                if term.pool.is_some() {
                    taken = taken.saturating_add(count(Count::Of(units).times(term.at_least())));
                } else {
                    hint = hint.or(Some(&term.setting));
                    open = open.saturating_add(units.saturating_mul(count(term.processes)));
                }
            }
        }
        let Some(size) = room.saturating_sub(taken).checked_div(open) else { return plain() };
        let holders = match open {
            1 => "its one process holds".to_owned(),
            _ => format!("each of the {} holds", counted(open, "process")),
        };
        let fits = if self.budget.possible.is_empty() { "It fits" } else { "Without those that may connect, it fits" };
        let size = counted(size, "connection");
        format!(
            "{fits} while {holders} at most {size} during a rollout at full scale. {}",
            match hint {
                Some(Hint::Check(key)) => format!("Compare {key} with that."),
                Some(Hint::Default(habit) | Hint::Usual(habit)) => {
                    format!("Set the pool in the environment, for instance as {}.", habit.setting)
                }
                Some(Hint::Set(key)) => format!("Set the pool in the environment, for instance as {key}."),
                None => String::new(),
            }
        )
    }

    /// What poolers take for certain.
    fn shares(&self) -> u64 {
        let certain = self.budget.shares.iter().filter(|share| share.certain);
        certain.map(|share| share.connections).fold(0, u64::saturating_add)
    }

    /// Nothing can be said of the limit; that matters only to those who ask for connections.
    fn without_limit(&self, gap: &Gap) -> Option<Finding> {
        let demands = &self.budget.demands;
        let direct = |reach: &&Reach| reach.pooler.is_none();
        let possible: Vec<_> = self.budget.possible.iter().filter(direct).map(|reach| reach.workload).collect();
        let address_of = |id: WorkloadId| &self.topology.workload(id).address;
        let callers: Vec<_> = demands.iter().flat_map(|demand| members(demand, self.topology)).collect();
        let asked = if demands.iter().all(Demand::is_complete) { "up to" } else { "at least" };
        let who = match (callers.as_slice(), possible.as_slice()) {
            ([], []) => return None,
            ([], possible) => {
                let verb = if possible.len() == 1 { "connects" } else { "connect" };
                format!(
                    "Whether {} {verb} to it cannot be told either.",
                    listed(possible.iter().copied().map(address_of))
                )
            }
            (callers, _) => {
                let verb = if callers.len() == 1 { "asks" } else { "ask" };
                format!("{} {verb} for {asked} {} of them.", listed(callers), self.budget.total.rollout)
            }
        };
        let Datastore { noun, address, .. } = self.datastore;
        let message = format!("how many connections {noun} {address} takes cannot be told: {}. {who}", gap.reason);
        Some(self.incomplete(message).resting_on([&gap.evidence]))
    }

    fn incomplete(&self, message: String) -> Finding {
        let total = self.budget.total;
        let callers: Vec<_> = self.budget.demands.iter().flat_map(|demand| members(demand, self.topology)).collect();
        let possible = self.budget.possible.iter().map(|reach| &self.topology.workload(reach.workload).address);
        let doubts: Vec<&Evidence> = self.budget.possible.iter().flat_map(|reach| &reach.evidence).collect();
        Finding::undetermined(&RULE.meta, &self.datastore.address, message)
            .severity(Severity::High)
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
