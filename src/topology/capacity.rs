//! How many connections a database takes, and what says so.

use crate::facts::{
    Cap, ConnectionLimit, Formula, FormulaError, LargerClass, ParameterGroup, Part, Relation, SetParameter, Variable,
};
use crate::graph::{Graph, NodeId};
use crate::model::{Address, Attr, Evidence, Provenance, Text};
use crate::units::{Count, Interval};

use super::datastore::Datastore;
use super::workload::{Gap, gap};

/// How many connections a database takes.
#[derive(Clone, Debug)]
pub struct Capacity {
    /// What one machine takes.
    pub each: Interval,
    /// The machines over which connections are spread.
    pub machines: u64,
    /// What all of these take.
    pub maximum: Interval,
    /// Those that ordinary users get.
    pub usable: Interval,
    /// What each machine keeps back from them.
    pub reserved: u64,
    /// Whether somebody set the limit, instead of leaving it to the engine.
    pub explicit: bool,
    /// The class or capacity that it is computed for.
    pub size: Text,
    /// What ordinary users would get if the limit were left to the engine, where somebody set less.
    pub by_default: Option<Interval>,
    /// Who set it.
    pub set_by: Option<Evidence>,
    /// What lifts a bound that holds it down, and what ordinary users get then.
    pub lifted: Option<(Cap, Interval)>,
    /// The machine in question.
    pub machine: Address,
    /// What ordinary users get of the largest machine of the cluster, which may be the one that writes; where this one is
    /// smaller, it counts after a failover.
    pub largest: Option<Interval>,
    /// The most machines that its scaling adds up to, where it scales, and what ordinary users get of them.
    pub scaled_out: Option<(u64, Interval)>,
    /// How many processors one machine has, where its class tells.
    pub processors: Option<u64>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
}

/// A larger class, and what it would leave to ordinary users.
#[derive(Clone, Debug)]
pub struct Larger {
    /// Its family.
    pub family: &'static str,
    /// Its name.
    pub class: Text,
    /// How many connections ordinary users would get.
    pub usable: Interval,
}

/// How the limit of a database comes about.
pub(super) struct Sizing<'g> {
    pub(super) graph: &'g Graph,
    pub(super) datastore: &'g Datastore,
    /// The resources that may name parameter groups, each with the limit of its machine.
    pub(super) machines: Vec<(NodeId, Attr<ConnectionLimit>)>,
    /// Over how many machines the connections in question are spread, at least.
    spread: u64,
    /// And at most, where something adds machines.
    most: u64,
    /// Whether the machines in question answer readers.
    readers: bool,
}

impl<'g> Sizing<'g> {
    pub(super) fn new(graph: &'g Graph, datastore: &'g Datastore, readers: bool) -> Self {
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
        // One machine of a cluster writes; those who only read are spread over the others.
        let (spread, most) = if readers { (datastore.readers.least, datastore.readers.most) } else { (1, 1) };
        Self { graph, datastore, machines, spread: spread.max(1), most: most.max(1), readers }
    }

    /// What the machines in question take: of a cluster any of them may write, so that the smallest counts.
    pub(super) fn capacity(&self) -> Result<Capacity, Gap> {
        let mut all = Vec::new();
        for (machine, limit) in &self.machines {
            all.push(self.of_machine(*machine, limit)?);
        }
        let largest = all.iter().map(|capacity| capacity.usable).max_by_key(|usable| usable.high);
        let least = all.into_iter().min_by_key(|capacity| capacity.usable.low).ok_or_else(|| self.unknown_engine())?;
        let largest = largest.filter(|largest| !self.readers && largest.high > least.usable.high);
        Ok(Capacity { largest, ..least })
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
        let (mut maximum, mut lifted) = (value, None);
        if let Some(cap) = limit.cap.filter(|cap| !explicit || maximum.high > cap.limit) {
            lifted = (maximum.low > cap.limit).then_some((cap, maximum));
            maximum = maximum.at_most(cap.limit);
            evidence.push(Evidence {
                address: self.datastore.address.clone(),
                attribute: cap.attribute.into(),
                value: format!("at most {}", Count::Of(cap.limit)),
                source: Provenance::Default(cap.source),
            });
        }
        evidence.push(Evidence::plan(address, limit.size_attribute, limit.size.as_str()));
        if let Some(memory) = find_variable(&limit.variables, Variable::Memory)
            && formula.reads(Variable::Memory)
        {
            evidence.push(Evidence {
                address: address.clone(),
                attribute: "memory".into(),
                value: gibibytes(memory),
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
        let own = limit.default.as_ref().filter(|_| explicit).and_then(|own| own.evaluate(&limit.variables).ok());
        let own = own.map(|own| limit.cap.map_or(own, |cap| own.at_most(cap.limit)));
        let usable = |limit: Interval| limit.less(reserved).times(self.spread);
        let scaled_out = (self.most > self.spread).then(|| (self.most, maximum.less(reserved).times(self.most)));
        Ok(Capacity {
            machine: address.clone(),
            largest: None,
            scaled_out,
            processors: find_variable(&limit.variables, Variable::Processors).map(|processors| processors.low),
            each: maximum,
            machines: self.spread,
            maximum: maximum.times(self.spread),
            usable: usable(maximum),
            reserved,
            explicit,
            size: limit.size.clone(),
            by_default: own.filter(|own| own.low > maximum.high).map(usable),
            set_by: evidence.first().filter(|_| explicit).cloned(),
            lifted: lifted.map(|(how, limit)| (how, usable(limit))),
            evidence,
        })
    }

    /// The value that a parameter group sets, if one does.
    pub(super) fn parameter(&self, machine: NodeId, name: &str) -> Result<Option<(Formula, Evidence)>, Gap> {
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
                if let Some(why) = facts.hidden {
                    let reason = format!("the parameters of {} are {why}", group.address);
                    hidden = Some(gap(&group.address, "parameter", why, reason));
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

    pub(super) fn pooler(&self) -> &'static str {
        match self.graph.node(self.datastore.node).part() {
            Part::Datastore(facts) => facts.database.as_ref().map_or("a pooler", |database| database.pooler),
            _ => "a pooler",
        }
    }

    /// Larger classes with what they would leave to ordinary users; a limit that somebody set does not grow with them.
    pub(super) fn larger(&self, capacity: &Capacity) -> Vec<Larger> {
        let Part::Datastore(facts) = self.graph.node(self.datastore.node).part() else { return Vec::new() };
        let (Some(database), Some((machine, Attr::Set(limit)))) = (facts.database.as_ref(), self.machines.first())
        else {
            return Vec::new();
        };
        let (Attr::Set(engine), Attr::Set(class)) = (&facts.engine, &self.datastore.class) else { return Vec::new() };
        let Ok(set) = self.parameter(*machine, limit.parameter) else { return Vec::new() };
        // Of machines that differ, a class for all of them would be a guess at what each is for.
        if self.datastore.members.windows(2).any(|pair| matches!(pair, [a, b] if a.class != b.class)) {
            return Vec::new();
        }
        let grown = |larger: LargerClass| {
            // What somebody set goes by the machine's memory if it is a formula; the engine's own default may be another for
            // each class.
            let limit = if let Some((formula, _)) = &set {
                formula.evaluate(&larger.variables).ok()?
            } else {
                let limit = (database.sized)(engine, &larger.class)?;
                limit.default.as_ref()?.evaluate(&larger.variables).ok()?
            };
            let usable = limit.less(capacity.reserved).times(self.spread);
            (usable.low > capacity.usable.low).then_some(Larger { family: larger.family, class: larger.class, usable })
        };
        (database.larger)(engine, class, limit).into_iter().filter_map(grown).collect()
    }
}

/// What is known of a machine's variable.
pub(super) fn find_variable(variables: &[(Variable, Interval)], wanted: Variable) -> Option<Interval> {
    variables.iter().find(|(variable, _)| *variable == wanted).map(|(_, interval)| *interval)
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
pub(super) fn gibibytes(memory: Interval) -> String {
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
