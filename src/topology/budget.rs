//! Connection budgets: what a database takes against what all workloads that reach it may ask for.

use crate::facts::{
    ComputeKind, ConnectionLimit, DatastoreKind, Formula, FormulaError, LargerClass, ParameterGroup, Part, Relation,
    Role, SetParameter, SourceKind, Variable,
};
use crate::graph::{Graph, NodeId};
use crate::model::{Address, Attr, Evidence, Provenance, Text};
use crate::units::{Count, Interval};

use super::consumption::Origin;
use super::datastore::{Datastore, DatastoreId};
use super::pool::PerUnit;
use super::reach::Reach;
use super::workload::{Gap, Workload, WorkloadId, Workloads, gap};

/// How many connections a database takes.
#[derive(Clone, Debug)]
pub struct Capacity {
    /// All of them.
    pub maximum: Interval,
    /// Those that ordinary users get.
    pub usable: Interval,
    /// What is kept back from them.
    pub reserved: u64,
    /// Whether somebody set the limit, instead of leaving it to the engine.
    pub explicit: bool,
    /// The class or capacity that it is computed for.
    pub size: Text,
    /// What the engine would take by itself, where somebody set less.
    pub by_default: Option<Interval>,
    /// Who set it.
    pub set_by: Option<Evidence>,
    /// What lifts a bound that holds it down, and how many connections there are then.
    pub lifted: Option<(&'static str, u64)>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
}

/// Connections at different scales.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Scale {
    /// At the number of units that a workload starts with.
    pub desired: Count,
    /// While every workload is rolled out at the number of units that it starts with.
    pub redeploy: Count,
    /// At the most units.
    pub maximum: Count,
    /// While every workload is rolled out at its most units.
    pub rollout: Count,
}

/// What one workload asks for, or several that share one bound.
#[derive(Clone, Debug)]
pub struct Demand {
    /// The workloads.
    pub workloads: Vec<WorkloadId>,
    /// How many connections one unit opens.
    pub per_unit: PerUnit,
    /// The units, as far as they are known.
    pub units: Line,
    /// The connections that they add up to, at least.
    pub connections: Scale,
    /// Whether the figures are all there is to it; otherwise they are the least there can be.
    pub complete: bool,
    /// What they rest on.
    pub evidence: Vec<Evidence>,
    /// What is missing, in words.
    pub unseen: Vec<String>,
}

/// Units at different scales.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Line {
    /// Those that it starts with.
    pub desired: u64,
    /// Those during a rollout of that number.
    pub redeploy: u64,
    /// The most.
    pub maximum: u64,
    /// The most during a rollout.
    pub rollout: u64,
}

/// What a pooler may take of a database's connections.
#[derive(Clone, Debug)]
pub struct Share {
    /// The pooler.
    pub pooler: Address,
    /// So many per cent.
    pub percent: u64,
    /// That is so many connections.
    pub connections: u64,
    /// What says so.
    pub evidence: Evidence,
}

/// One database's budget.
#[derive(Debug)]
pub struct Budget {
    /// The database.
    pub datastore: DatastoreId,
    /// Whether it is that of the machines that answer readers.
    pub readers: bool,
    /// What it takes, or why that cannot be told.
    pub capacity: Result<Capacity, Gap>,
    /// What is asked for.
    pub demands: Vec<Demand>,
    /// All of it, at least.
    pub total: Scale,
    /// Reaches that are not certain.
    pub possible: Vec<Reach>,
    /// What is asked for at most, if all of those connect as well; `None` where that cannot be told.
    pub at_most: Option<Scale>,
    /// Workloads that come through a pooler, with it.
    pub pooled: Vec<(WorkloadId, Address)>,
    /// What poolers may take, where that is stated, beside those who come directly.
    pub shares: Vec<Share>,
    /// The pooler that its cloud offers for it.
    pub pooler: &'static str,
    /// Larger classes, smallest first, with the connections that each leaves to ordinary users.
    pub larger: Vec<(Text, Interval)>,
}

impl Budget {
    /// Whether every figure is there.
    pub fn is_complete(&self) -> bool {
        self.possible.is_empty() && self.demands.iter().all(|demand| demand.complete)
    }
}

/// Draws up the budget of every database that somebody reaches.
pub(super) fn budgets(
    graph: &Graph,
    workloads: &Workloads,
    datastores: &[Datastore],
    reaches: &[Reach],
) -> Vec<Budget> {
    let mut by_datastore: std::collections::BTreeMap<DatastoreId, Vec<&Reach>> = std::collections::BTreeMap::new();
    for reach in reaches {
        by_datastore.entry(reach.datastore).or_default().push(reach);
    }
    let mut budgets = Vec::new();
    for (id, reaches) in by_datastore {
        let Some(datastore) = datastores.get(id.0) else { continue };
        if datastore.kind != DatastoreKind::Database {
            continue;
        }
        let capacity = Sizing::new(graph, datastore);
        // The only machine of a cluster answers its readers too: Amazon Aurora user guide, reader endpoints.
        let alone = datastore.members.len() == 1;
        for readers in [false, true] {
            let mine: Vec<&Reach> =
                reaches.iter().copied().filter(|reach| (reach.readers_only && !alone) == readers).collect();
            if mine.is_empty() {
                continue;
            }
            let certain: Vec<&Reach> = mine.iter().copied().filter(|reach| reach.is_certain()).collect();
            let (demands, all) = (demands(workloads, &certain), demands(workloads, &mine));
            let sum = |demands: &[Demand]| demands.iter().fold(Scale::NONE, |sum, demand| sum.plus(demand.connections));
            let taken = capacity.capacity(readers);
            let shares =
                if demands.is_empty() { Vec::new() } else { shares(graph, workloads, &mine, taken.as_ref().ok()) };
            // Beside those who come directly stands what poolers may take.
            let with_shares = |mut scale: Scale| {
                for share in &shares {
                    scale.maximum = scale.maximum.plus(Count::Of(share.connections));
                    scale.rollout = scale.rollout.plus(Count::Of(share.connections));
                }
                scale
            };
            let total = with_shares(sum(&demands));
            let at_most = all.iter().all(|demand| demand.complete).then(|| with_shares(sum(&all)));
            budgets.push(Budget {
                datastore: id,
                readers,
                capacity: taken,
                shares,
                total,
                at_most,
                possible: mine.iter().filter(|reach| !reach.is_certain()).map(|reach| (*reach).clone()).collect(),
                pooled: (mine.iter().filter(|reach| reach.is_certain()))
                    .filter_map(|reach| Some((reach.workload, reach.pooler.clone()?)))
                    .collect(),
                larger: capacity.larger(),
                pooler: capacity.pooler(),
                demands,
            });
        }
    }
    budgets
}

/// What the poolers that somebody comes through may take.
fn shares(graph: &Graph, workloads: &Workloads, reaches: &[&Reach], capacity: Option<&Capacity>) -> Vec<Share> {
    let Some(capacity) = capacity else { return Vec::new() };
    let poolers: std::collections::BTreeSet<&Address> =
        reaches.iter().filter(|reach| reach.is_certain()).filter_map(|reach| reach.pooler.as_ref()).collect();
    let mut shares = Vec::new();
    for node in graph.having(Role::PoolerShare) {
        let Part::PoolerShare(share) = graph.node(*node).part() else { continue };
        let Attr::Set(percent) = share.percent else { continue };
        for (pooler, edge) in graph.links(*node, Relation::ThroughPooler) {
            let address = &graph.node(pooler).address;
            if edge.is_exact() && poolers.contains(address) {
                // Its clients may ask for less.
                let clients: Vec<Reach> = (reaches.iter())
                    .filter(|reach| reach.pooler.as_ref() == Some(address))
                    .map(|reach| Reach { pooler: None, ..(*reach).clone() })
                    .collect();
                let asked = demands(workloads, &clients.iter().collect::<Vec<_>>());
                let most = asked.iter().fold(Count::Of(0), |sum, demand| sum.plus(demand.connections.rollout));
                let most = if asked.iter().all(|demand| demand.complete) { most } else { Count::Unbounded };
                let allowed = capacity.maximum.low.saturating_mul(percent) / 100;
                shares.push(Share {
                    pooler: address.clone(),
                    percent,
                    connections: most.bounded().map_or(allowed, |most| most.min(allowed)),
                    evidence: Evidence::plan(
                        &graph.node(*node).address,
                        "connection_pool_config.max_connections_percent",
                        percent.to_string(),
                    ),
                });
            }
        }
    }
    shares
}

impl Scale {
    /// No connections at all.
    pub const NONE: Self =
        Self { desired: Count::Of(0), redeploy: Count::Of(0), maximum: Count::Of(0), rollout: Count::Of(0) };

    /// The sums at each scale.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            desired: self.desired.plus(other.desired),
            redeploy: self.redeploy.plus(other.redeploy),
            maximum: self.maximum.plus(other.maximum),
            rollout: self.rollout.plus(other.rollout),
        }
    }
}

/// How the limit of a database comes about.
struct Sizing<'g> {
    graph: &'g Graph,
    datastore: &'g Datastore,
    /// The resources that may name parameter groups, each with the limit of its machine.
    machines: Vec<(NodeId, Attr<ConnectionLimit>)>,
}

impl<'g> Sizing<'g> {
    fn new(graph: &'g Graph, datastore: &'g Datastore) -> Self {
        let own = match graph.node(datastore.node).part() {
            Part::Datastore(facts) => facts.database.as_ref().map_or(Attr::Unset, |database| database.limit.clone()),
            _ => Attr::Unset,
        };
        let mut machines: Vec<(NodeId, Attr<ConnectionLimit>)> = Vec::new();
        for member in &datastore.members {
            if let Part::DatabaseMember(facts) = graph.node(member.node).part() {
                machines.push((member.node, facts.limit.clone().or(own.clone())));
            }
        }
        if machines.is_empty() {
            machines.push((datastore.node, own.or_else_known(|| of_source(graph, datastore.node))));
        }
        Self { graph, datastore, machines }
    }

    /// What one machine takes: of a cluster the one that writes, which may be any of them, so that the smallest counts. Those
    /// who only read are spread over the others.
    fn capacity(&self, readers: bool) -> Result<Capacity, Gap> {
        let mut all = Vec::new();
        for (machine, limit) in &self.machines {
            all.push(self.of_machine(*machine, limit)?);
        }
        let several = u64::try_from(self.datastore.members.len().saturating_sub(1)).unwrap_or(0);
        let smallest = all.into_iter().min_by_key(|capacity| capacity.usable.low);
        let Some(mut capacity) = smallest else { return Err(self.unknown_engine()) };
        if readers && several > 1 {
            let times = |interval: Interval| Interval {
                low: interval.low.saturating_mul(several),
                high: interval.high.saturating_mul(several),
            };
            (capacity.maximum, capacity.usable) = (times(capacity.maximum), times(capacity.usable));
            capacity.reserved = capacity.reserved.saturating_mul(several);
        }
        Ok(capacity)
    }

    fn of_machine(&self, machine: NodeId, limit: &Attr<ConnectionLimit>) -> Result<Capacity, Gap> {
        let address = &self.graph.node(machine).address;
        let limit = match limit {
            Attr::Set(limit) => limit,
            Attr::Unset => return Err(self.unknown_engine()),
            Attr::Unknown(why) => {
                return Err(gap(
                    address,
                    self.class_attribute(machine),
                    *why,
                    format!("the class or the capacity of {address} is {why}"),
                ));
            }
        };
        let mut evidence = Vec::new();
        let set = self.parameter(machine, limit.parameter)?;
        let (formula, explicit) = match set {
            Some((formula, shown)) => {
                evidence.push(shown);
                (formula, true)
            }
            None => match &limit.default {
                Some(formula) => (formula.clone(), false),
                None => return Err(self.unknown_engine()),
            },
        };
        let value = formula.evaluate(&limit.variables).map_err(|error| no_value(address, limit, &error))?;
        let mut maximum = value;
        let mut lifted = None;
        if let (Some((cap, why)), false) = (limit.cap, explicit) {
            if maximum.low > cap {
                lifted = Some((limit.lift, maximum.low));
            }
            maximum = Interval { low: maximum.low.min(cap), high: maximum.high.min(cap) };
            evidence.push(Evidence {
                address: self.datastore.address.clone(),
                attribute: "serverlessv2_scaling_configuration.min_capacity".into(),
                value: format!("at most {}", Count::Of(cap)),
                source: Provenance::Default(why),
            });
        }
        evidence.push(Evidence::plan(address, limit.size_attribute, limit.size.as_str()));
        if let Some((_, memory)) = limit.variables.iter().find(|(variable, _)| *variable == Variable::Memory)
            && formula.reads(Variable::Memory)
        {
            evidence.push(Evidence {
                address: address.clone(),
                attribute: "memory".into(),
                value: gibibytes(*memory),
                source: Provenance::Catalogue(limit.machine),
            });
        }
        if !explicit {
            evidence.push(Evidence {
                address: address.clone(),
                attribute: limit.parameter.into(),
                value: maximum.to_string(),
                source: Provenance::Default(limit.source),
            });
        }
        let mut reserved = 0;
        for reserve in &limit.reserves {
            let (kept, source) = match self.parameter(machine, reserve.parameter)? {
                Some((formula, shown)) => {
                    let kept = formula.evaluate(&limit.variables).map_err(|error| no_value(address, limit, &error))?;
                    (kept.high, shown.source)
                }
                None => (reserve.default, Provenance::Default(reserve.source)),
            };
            reserved += kept;
            evidence.push(Evidence {
                address: address.clone(),
                attribute: reserve.parameter.into(),
                value: kept.to_string(),
                source,
            });
        }
        let (usable, size) = (maximum.less(reserved), limit.size.clone());
        let by_default =
            limit.default.as_ref().filter(|_| explicit).and_then(|own| own.evaluate(&limit.variables).ok());
        let by_default = by_default.filter(|own| own.low > maximum.high);
        let set_by = evidence.first().filter(|_| explicit).cloned();
        Ok(Capacity { maximum, usable, reserved, explicit, size, by_default, set_by, lifted, evidence })
    }

    /// The value that a parameter group sets, if one does.
    fn parameter(&self, machine: NodeId, name: &str) -> Result<Option<(Formula, Evidence)>, Gap> {
        let graph = self.graph;
        let mut holders = vec![machine];
        if machine != self.datastore.node {
            holders.push(self.datastore.node);
        }
        let mut hidden = None;
        for holder in holders {
            let address = &graph.node(holder).address;
            if let Some(open) = graph.open(holder, Relation::ParametersOf).next() {
                let which = open.lost.as_ref().map_or_else(String::new, |name| format!(" {name}"));
                let reason = format!("the parameter group{which} of {address} is {}", open.why);
                hidden = Some(gap(address, open.attribute, open.why, reason));
            }
            for (group, edge) in graph.links(holder, Relation::ParametersOf) {
                let group = graph.node(group);
                let Part::ParameterGroup(facts) = group.part() else { continue };
                if !edge.is_exact() {
                    let reason = format!("which parameter group {address} has cannot be told");
                    let evidence = Evidence::plan(address, edge.attribute, group.address.to_string());
                    hidden = Some(Gap { reason, evidence });
                    continue;
                }
                if let Some(found) = find(facts, name) {
                    return set(&group.address, found);
                }
                if facts.hidden {
                    let reason = format!("the parameters of {} are known only after apply", group.address);
                    let evidence = Evidence::plan(&group.address, "parameter", "(known only after apply)");
                    hidden = Some(Gap { reason, evidence });
                }
            }
        }
        hidden.map_or(Ok(None), Err)
    }

    fn unknown_engine(&self) -> Gap {
        let Datastore { address, engine, .. } = self.datastore;
        let engine = match engine {
            Attr::Set(engine) => engine.to_string(),
            Attr::Unset => "not set".to_owned(),
            Attr::Unknown(why) => format!("({why})"),
        };
        Gap {
            reason: format!("planwise knows no connection limit for the engine of {address} ({engine})"),
            evidence: Evidence::plan(address, "engine", engine),
        }
    }

    /// What the class of a machine is called.
    fn class_attribute(&self, machine: NodeId) -> &'static str {
        match self.graph.node(machine).part() {
            Part::DatabaseMember(facts) => facts.class_attribute,
            Part::Datastore(facts) => facts.database.as_ref().map_or("class", |database| database.class_attribute),
            _ => "class",
        }
    }

    fn pooler(&self) -> &'static str {
        match self.graph.node(self.datastore.node).part() {
            Part::Datastore(facts) => facts.database.as_ref().map_or("a pooler", |database| database.pooler),
            _ => "a pooler",
        }
    }

    /// Larger classes with what they would leave to ordinary users; a limit that somebody set does not grow with them.
    fn larger(&self) -> Vec<(Text, Interval)> {
        let (Ok(capacity), Part::Datastore(facts)) =
            (self.capacity(false), self.graph.node(self.datastore.node).part())
        else {
            return Vec::new();
        };
        let Some((_, Attr::Set(limit))) = self.machines.first() else { return Vec::new() };
        let formula = match self
            .parameter(self.machines.first().map_or(self.datastore.node, |(node, _)| *node), limit.parameter)
        {
            Ok(Some((formula, _))) => Some(formula),
            Ok(None) => limit.default.clone(),
            Err(_) => None,
        };
        let (Some(formula), Some(database)) = (formula, facts.database.as_ref()) else {
            return Vec::new();
        };
        let grown = |larger: LargerClass| {
            let value = formula.evaluate(&larger.variables).ok()?.less(capacity.reserved);
            (value.low > capacity.usable.low).then_some((larger.class, value))
        };
        (database.larger)(facts).into_iter().filter_map(grown).collect()
    }
}

fn find<'f>(group: &'f ParameterGroup, name: &str) -> Option<&'f SetParameter> {
    group.parameters.iter().find(|parameter| parameter.name == name)
}

fn set(group: &Address, parameter: &SetParameter) -> Result<Option<(Formula, Evidence)>, Gap> {
    let attribute = Text::from(format!("parameter.{}", parameter.name));
    match &parameter.value {
        Attr::Set(Ok(formula)) => {
            let text = parameter.text.known().map_or_else(String::new, ToString::to_string);
            Ok(Some((formula.clone(), Evidence::plan(group, attribute, text))))
        }
        Attr::Set(Err(error)) => {
            let reason = format!("{} in {group} {error}", parameter.name);
            let text = parameter.text.known().map_or_else(String::new, ToString::to_string);
            Err(Gap { reason, evidence: Evidence::plan(group, attribute, text) })
        }
        Attr::Unset => Ok(None),
        Attr::Unknown(why) => Err(gap(group, &attribute, *why, format!("{} in {group} is {why}", parameter.name))),
    }
}

/// What the workloads of direct reaches ask for.
fn demands(workloads: &Workloads, reaches: &[&Reach]) -> Vec<Demand> {
    let mut demands = Vec::new();
    let mut sharing: Vec<(WorkloadId, &Workload, &Reach)> = Vec::new();
    for reach in reaches.iter().filter(|reach| reach.pooler.is_none()) {
        let Some(workload) = workloads.list.get(reach.workload.0) else { continue };
        if workload.kind != ComputeKind::Function {
            demands.push(plain(reach.workload, workload, reach));
            continue;
        }
        let triggered = bounded_by_triggers(workload);
        match (&workload.range.maximum.value, triggered) {
            (Attr::Unset, None) => sharing.push((reach.workload, workload, reach)),
            (Attr::Unset, Some((units, evidence))) => demands.push(run_by(reach, workload, units, evidence)),
            (Attr::Set(reserved), Some((units, evidence))) if units < *reserved => {
                demands.push(run_by(reach, workload, units, evidence));
            }
            _ => demands.push(plain(reach.workload, workload, reach)),
        }
    }
    demands.extend(shared(workloads, &sharing));
    demands
}

/// What a function asks for that its triggers bound.
fn run_by(reach: &Reach, workload: &Workload, units: u64, evidence: Evidence) -> Demand {
    let units = Line { desired: 0, redeploy: 0, maximum: units, rollout: units };
    let mut demand = demand(reach.workload, workload, reach, units);
    demand.evidence.push(evidence);
    demand
}

/// The bound that a function's triggers set together, if each sets one and nothing else calls it.
fn bounded_by_triggers(workload: &Workload) -> Option<(u64, Evidence)> {
    if !workload.entries.is_empty() || workload.entry_gap.is_some() {
        return None;
    }
    let triggers = workload.consumes.iter().filter(|consumption| consumption.origin == Origin::Trigger);
    let mut bound: Option<(u64, Evidence)> = None;
    for trigger in triggers {
        let first = trigger.evidence.first()?;
        let (units, evidence) = match (trigger.kind, &trigger.concurrency) {
            (SourceKind::Queue, Attr::Set(units)) => {
                (*units, Evidence::plan(&first.address, "scaling_config.maximum_concurrency", units.to_string()))
            }
            (SourceKind::Stream, Attr::Set(units)) => {
                let address = trigger.source.as_ref().unwrap_or(&first.address);
                (*units, Evidence::plan(address, "shards", format!("{units} calls at a time")))
            }
            // One call at each tick: whatever fires once a minute or less often is over before it fires again.
            (SourceKind::Schedule, _) => {
                let source = Provenance::Assumption("one call at a time for each schedule");
                let (address, attribute, value) = (first.address.clone(), "schedule".into(), "1".to_owned());
                (1, Evidence { address, attribute, value, source })
            }
            _ => return None,
        };
        bound = Some((bound.map_or(0, |(sum, _)| sum).saturating_add(units), evidence));
    }
    bound
}

/// Functions without a bound of their own draw on what the account has left.
///
/// 1,000 concurrent executions per account and region unless it was raised, of which 100 cannot be reserved: AWS Lambda
/// developer guide, quotas (awsdocs/aws-lambda-developer-guide 03f7fcb), read 2026-11-23.
fn shared(workloads: &Workloads, sharing: &[(WorkloadId, &Workload, &Reach)]) -> Option<Demand> {
    const ACCOUNT: u64 = 1000;
    const UNRESERVABLE: u64 = 100;
    const WHY: &str = "the default quota of concurrent executions of an account, AWS Lambda developer guide";
    let (first, workload, reach) = sharing.iter().max_by_key(|(_, workload, _)| workload.per_unit.at_least())?;
    let functions = workloads.list.iter().filter(|other| {
        other.kind == ComputeKind::Function && (other.region == workload.region || other.region.known().is_none())
    });
    let reserved = functions.filter_map(|workload| workload.range.maximum.known()).fold(0, u64::saturating_add);
    let left = ACCOUNT.saturating_sub(reserved).max(UNRESERVABLE);
    let units = Line { desired: 0, redeploy: 0, maximum: left, rollout: left };
    let mut demand = demand(*first, workload, reach, units);
    demand.evidence.push(Evidence {
        address: workload.address.clone(),
        attribute: "reserved_concurrent_executions".into(),
        value: format!("unreserved, up to {}", Count::Of(left)),
        source: Provenance::Assumption(WHY),
    });
    for (id, workload, reach) in sharing {
        if id != first {
            demand.workloads.push(*id);
            demand.unseen.extend(workload.per_unit.unseen.iter().cloned());
            demand.complete &= workload.per_unit.is_complete();
            demand.evidence.extend(reach.evidence.iter().cloned());
        }
    }
    Some(demand)
}

/// What a workload with a range of its own asks for.
fn plain(id: WorkloadId, workload: &Workload, reach: &Reach) -> Demand {
    let range = &workload.range;
    let desired = range.desired.known().or(range.minimum.known());
    // Where the most cannot be seen, there are at least as many as at first; one if that cannot be seen either.
    let least = desired.unwrap_or(1);
    let maximum = range.maximum.known().unwrap_or(least);
    let rollout = range.rollout.known().unwrap_or(maximum);
    // A rollout takes as much more of few as of many.
    let redeploy = least.saturating_mul(rollout).checked_div(maximum).unwrap_or(least).max(least);
    let units = Line { desired: least, redeploy, maximum, rollout };
    let mut demand = demand(id, workload, reach, units);
    let stated = [&range.desired, &range.maximum].into_iter().filter(|amount| !amount.value.is_unset());
    demand.evidence.extend(stated.map(|amount| amount.evidence.clone()));
    if range.rollout.evidence != range.maximum.evidence {
        demand.evidence.push(range.rollout.evidence.clone());
    }
    for (amount, what) in [(&range.desired, "the number"), (&range.maximum, "the greatest number")] {
        if let Attr::Unknown(why) = amount.value {
            let Evidence { address, attribute, .. } = &amount.evidence;
            let unseen = format!("{what} of {} ({attribute} of {address}) is {why}", workload.address);
            if !demand.unseen.contains(&unseen) {
                demand.unseen.push(unseen);
            }
            demand.complete = false;
        }
    }
    demand
}

fn demand(id: WorkloadId, workload: &Workload, reach: &Reach, units: Line) -> Demand {
    let each = workload.per_unit.at_least();
    let times = |units| Count::Of(units).times(each);
    let connections = Scale {
        desired: times(units.desired),
        redeploy: times(units.redeploy),
        maximum: times(units.maximum),
        rollout: times(units.rollout),
    };
    let mut unseen = workload.per_unit.unseen.clone();
    let complete = workload.per_unit.is_complete();
    if !complete && unseen.is_empty() {
        unseen.push(format!("nothing in the environment of {} sets a pool", workload.address));
    }
    let mut evidence = reach.evidence.clone();
    evidence.extend(workload.per_unit.evidence.iter().cloned());
    Demand { workloads: vec![id], per_unit: workload.per_unit.clone(), units, connections, complete, evidence, unseen }
}

/// A limit whose formula has no value.
fn no_value(address: &Address, limit: &ConnectionLimit, error: &FormulaError) -> Gap {
    let reason = format!("{} of {address} {error} ({})", limit.parameter, limit.size);
    Gap { reason, evidence: Evidence::plan(address, limit.size_attribute, limit.size.as_str()) }
}

/// The limit of a replica that does not say its engine: it has that of its source.
fn of_source(graph: &Graph, replica: NodeId) -> Option<ConnectionLimit> {
    let source = graph.link(replica, Relation::ReplicaOf)?;
    match (graph.node(source).part(), graph.node(replica).part()) {
        (Part::Datastore(source), Part::Datastore(own)) => {
            (own.database.as_ref()?.sized)(source.engine.known()?, own.class.known()?)
        }
        _ => None,
    }
}

/// Memory as people say it, in GiB with one decimal.
fn gibibytes(memory: Interval) -> String {
    let tenths = |bytes: u64| {
        let tenths = bytes.saturating_mul(10) / (1 << 30);
        if tenths.is_multiple_of(10) { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) }
    };
    if memory.is_exact() {
        format!("{} GiB", tenths(memory.high))
    } else {
        format!("{} to {} GiB for the database", tenths(memory.low), tenths(memory.high))
    }
}
