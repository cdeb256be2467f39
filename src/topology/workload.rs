//! Workloads: what scales as one unit.

use std::collections::BTreeMap;

use crate::facts::{
    Compute, ComputeKind, Container, ContainerRole, Environment, Hosting, Part, Quota, Relation, Role, Template,
};
use crate::graph::{Graph, Node, NodeId};
use crate::model::{Address, Attr, Evidence, Text, Why};
use crate::units::listed;

use super::breaker::{Breaker, breaker};
use super::consumption::Consumption;
use super::declared::Told;
use super::entry::Entry;
use super::host::{hosts, joined};
use super::identity::names;
use super::keep::Keeps;
use super::need::ServiceUse;
use super::network::Places;
use super::placement::{Placement, has_public_address, placement};
use super::pool::PerUnit;
use super::range::{Range, range};
use super::scaling::{Scaling, Strays, scaling};
use super::wait::Waits;

/// A workload's position in the topology.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct WorkloadId(pub(super) usize);

/// Something that cannot be told, and why.
#[derive(Clone, Debug)]
pub struct Gap {
    /// Why, in words.
    pub reason: String,
    /// Where one would have to look.
    pub evidence: Evidence,
}

/// A container of a workload's units.
#[derive(Clone, Debug)]
pub struct WorkloadContainer {
    /// Its name.
    pub name: Text,
    /// The part it plays.
    pub role: ContainerRole,
    /// Whether the unit ends with it.
    pub essential: bool,
    /// The resource that declares it.
    pub holder: Address,
    /// The attribute that does.
    pub attribute: &'static str,
}

/// What scales as one unit.
#[derive(Debug)]
pub struct Workload {
    /// Its address: that of the group, service or function; of several equal machines the first.
    pub address: Address,
    /// Everything that it consists of, itself first.
    pub members: Vec<Address>,
    /// The equal machines that are told under its address, itself first; of anything else itself alone.
    pub equals: Vec<Address>,
    /// What people call it: its name in the cloud, that of its service.
    pub names: Vec<Text>,
    /// What a person calls it.
    pub noun: &'static str,
    /// What it is.
    pub kind: ComputeKind,
    /// What one unit is called.
    pub unit: &'static str,
    /// The region it runs in.
    pub region: Attr<Text>,
    /// How far it scales.
    pub range: Range,
    /// Where its units stand.
    pub placement: Placement,
    /// Whose machines it runs on.
    pub hosting: Attr<Hosting>,
    /// The machines it runs on, where they are a workload of their own.
    pub host: Option<WorkloadId>,
    /// Whether a unit in a public subnet has a public address; unset where the subnet decides.
    pub public_address: Attr<bool>,
    /// Its machine type.
    pub size: Option<Text>,
    /// Its own attribute that says so, where one does.
    pub size_attribute: Option<&'static str>,
    /// Its containers.
    pub containers: Vec<WorkloadContainer>,
    /// Why there may be containers that cannot be seen, if there may.
    pub hidden_containers: Option<Why>,
    /// How requests come in.
    pub entries: Vec<Entry>,
    /// Why there may be others, if there may.
    pub entry_gap: Option<Gap>,
    /// Whether people get to it from outside of its network; unset where something else says so.
    pub public: Attr<bool>,
    /// Where work comes from when nobody waits for the answer.
    pub consumes: Vec<Consumption>,
    /// Stores that call it for each object that is put into them.
    pub stores: Vec<Address>,
    /// What would hand work to it, if it were switched on.
    pub(super) switched_off: Option<Evidence>,
    /// Cloud services that it uses.
    pub uses: Vec<ServiceUse>,
    /// How many connections one unit opens.
    pub per_unit: PerUnit,
    /// What it draws on together with others, where it has no bound of its own.
    pub quota: Option<Quota>,
    /// What changes how many units there are.
    pub scaling: Scaling,
    /// How many processors one of its machines has, at least.
    pub processors: Option<u64>,
    /// What somebody says of it that the plan cannot show.
    pub declared: Option<Box<Told>>,
    /// How long everybody waits who has to do with it.
    pub waits: Waits,
    /// What stops a rollout of it that fails; none where nothing could.
    pub breaker: Option<Breaker>,
    /// What its units keep beyond a request.
    pub keeps: Keeps,
    pub(super) node: NodeId,
    /// Itself, its equals, and its templates.
    pub(super) nodes: Vec<NodeId>,
    pub(super) templates: Vec<NodeId>,
    /// The attribute that names its template, where one does.
    pub template_attribute: Option<&'static str>,
    pub(super) groups: Vec<NodeId>,
    /// Why it may be in other security groups, if it may.
    pub(super) groups_gap: Option<String>,
    pub(super) template_gap: Option<Gap>,
    pub(super) host_network: bool,
    /// Whether it only carries the units of others.
    pub carries_others: bool,
}

/// All workloads, with their positions by node.
#[derive(Debug, Default)]
pub(super) struct Workloads {
    pub(super) list: Vec<Workload>,
    pub(super) by_node: BTreeMap<NodeId, WorkloadId>,
}

impl Workloads {
    pub(super) fn at(&self, node: NodeId) -> Option<WorkloadId> {
        self.by_node.get(&node).copied()
    }

    /// For each node the workloads that consist of it, or are made from it.
    pub(super) fn owners(&self) -> BTreeMap<NodeId, Vec<WorkloadId>> {
        let mut owners: BTreeMap<NodeId, Vec<WorkloadId>> = BTreeMap::new();
        for (at, workload) in self.list.iter().enumerate() {
            for node in &workload.nodes {
                owners.entry(*node).or_default().push(WorkloadId(at));
            }
        }
        owners
    }
}

/// Finds every workload, with what it is made of, where it stands and how far it scales.
pub(super) fn workloads(graph: &Graph, places: &Places) -> Workloads {
    let mut all = Workloads::default();
    let mut alike: BTreeMap<(String, u64), WorkloadId> = BTreeMap::new();
    let stray = stray_scaler(graph);
    for node in graph.having(Role::Compute) {
        let resource = graph.node(*node);
        let Part::Compute(compute) = resource.part() else { continue };
        if !resource.managed {
            continue;
        }
        // Machines that one block makes alike are one workload of fixed size.
        if compute.kind == ComputeKind::Machine
            && let Some(block) = without_key(resource.address.as_str())
        {
            let first = *alike.entry((block, compute.likeness)).or_insert(WorkloadId(all.list.len()));
            if let Some(workload) = all.list.get_mut(first.0) {
                workload.join(graph, places, *node, compute);
                all.by_node.insert(*node, first);
                continue;
            }
        }
        let scaler = stray.as_ref().filter(|_| compute.kind == ComputeKind::ContainerService);
        let workload = Workload::new(graph, places, *node, compute, scaler);
        all.by_node.insert(*node, WorkloadId(all.list.len()));
        all.list.push(workload);
    }
    let strays = Strays::of(graph);
    for workload in &mut all.list {
        workload.scaling = scaling(graph, &strays, workload);
    }
    hosts(graph, &mut all);
    all
}

impl Workload {
    fn new(graph: &Graph, places: &Places, node: NodeId, compute: &Compute, stray: Option<&Evidence>) -> Self {
        let resource = graph.node(node);
        let mut templates = Vec::new();
        let mut template_gap = None;
        for (template, edge) in graph.links(node, Relation::UsesTemplate) {
            if edge.is_exact() {
                templates.push(template);
            } else {
                let reason = "one of several templates".to_owned();
                let value = format!("{} or another", graph.node(template).address);
                template_gap = Some(Gap { reason, evidence: Evidence::plan(&resource.address, edge.attribute, value) });
            }
        }
        templates.sort_unstable();
        templates.dedup();
        // Each machine of a group is made from one of them.
        if compute.kind == ComputeKind::MachineGroup && templates.len() > 1 {
            let names = listed(templates.iter().map(|template| &graph.node(*template).address));
            let reason = "one of several templates, by the kind of its machines".to_owned();
            template_gap = Some(Gap { reason, evidence: Evidence::plan(&resource.address, "launch_template", names) });
        }
        if templates.is_empty()
            && let Some(open) = graph.open(node, Relation::UsesTemplate).next()
        {
            template_gap = Some(gap(&resource.address, open.attribute, open.why, open.reason()));
        }
        let parts = templates.iter().filter_map(|template| match graph.node(*template).part() {
            Part::Template(template) => Some(template.as_ref()),
            _ => None,
        });
        let parts: Vec<&Template> = std::iter::once(&compute.own).chain(parts).collect();
        let groups_gap = groups_gap(graph, node, &templates, template_gap.as_ref());
        // A connector places a platform's units in a network, an interface a machine, each with groups of its own.
        let connectors = [Relation::PlacedBy, Relation::PluggedInto].into_iter();
        let connectors =
            connectors.flat_map(|relation| graph.links(node, relation)).filter(|(_, edge)| edge.is_exact());
        let groups = std::iter::once(node).chain(templates.iter().copied()).chain(connectors.map(|(to, _)| to));
        let groups = groups.flat_map(|node| graph.links(node, Relation::GuardedBy));
        let mut groups: Vec<NodeId> = groups.filter(|(_, edge)| edge.is_exact()).map(|(group, _)| group).collect();
        groups.sort_unstable();
        groups.dedup();
        let holders = std::iter::once(node).chain(templates.iter().copied()).map(|node| &graph.node(node).address);
        let containers = holders.zip(parts.iter()).flat_map(|(holder, part)| {
            part.containers.iter().map(|container| WorkloadContainer {
                attribute: part.attribute,
                name: container.name.clone(),
                role: container.role,
                essential: container.essential,
                holder: holder.clone(),
            })
        });
        let containers = containers.collect();
        let mut members = vec![resource.address.clone()];
        members.extend(templates.iter().map(|template| graph.node(*template).address.clone()));
        Self {
            address: resource.address.clone(),
            members,
            equals: vec![resource.address.clone()],
            noun: resource.noun(),
            kind: compute.kind,
            unit: compute.unit,
            names: names(graph, node),
            region: super::network::region(graph, node),
            range: range(graph, node, compute, stray),
            placement: placement(graph, places, node, &templates, compute),
            hosting: compute.hosting.clone(),
            public_address: if has_public_address(graph, node) {
                Attr::Set(true)
            } else {
                compute.public_address.clone().or(parts.iter().find_map(|part| part.public_address).into())
            },
            host: None,
            containers,
            size_attribute: size_attribute(resource, compute),
            size: compute.size.known().cloned().or_else(|| parts.iter().find_map(|part| part.size.clone())),
            hidden_containers: parts.iter().filter(|part| part.takes_containers).find_map(|part| part.hidden),
            entries: Vec::new(),
            entry_gap: None,
            public: Attr::Unset,
            consumes: Vec::new(),
            stores: Vec::new(),
            switched_off: None,
            uses: Vec::new(),
            per_unit: PerUnit::default(),
            quota: compute.quota.clone(),
            scaling: Scaling::default(),
            processors: parts.iter().find_map(|part| part.processors),
            declared: None,
            waits: Waits::default(),
            breaker: breaker(&resource.address, compute),
            keeps: Keeps::default(),
            node,
            nodes: std::iter::once(node).chain(templates.iter().copied()).collect(),
            host_network: parts.iter().any(|part| part.host_network),
            carries_others: graph.backlinks(node, Relation::MachinesOf).iter().any(|(_, edge)| edge.is_exact())
                || joined(graph, node, &templates).is_some(),
            template_attribute: graph.links(node, Relation::UsesTemplate).first().map(|(_, edge)| edge.attribute),
            templates,
            groups,
            groups_gap,
            template_gap,
        }
    }

    /// Takes in one more machine of the same block.
    fn join(&mut self, graph: &Graph, places: &Places, node: NodeId, compute: &Compute) {
        self.members.push(graph.node(node).address.clone());
        self.equals.push(graph.node(node).address.clone());
        self.nodes.push(node);
        for amount in
            [&mut self.range.minimum, &mut self.range.desired, &mut self.range.maximum, &mut self.range.rollout]
        {
            if let Attr::Set(count) = &mut amount.value {
                *count += 1;
                amount.evidence.value = count.to_string();
            }
        }
        let more = placement(graph, places, node, &self.templates, compute);
        self.placement.subnets.extend(more.subnets);
        self.placement.subnets.sort_unstable();
        self.placement.subnets.dedup();
        self.placement.zones.extend(more.zones);
        self.placement.gap = self.placement.gap.take().or(more.gap);
    }

    /// The templates that it is made from, its own part first, each with the resource that holds it.
    pub(super) fn parts<'g>(&self, graph: &'g Graph) -> Vec<(&'g Address, &'g Template)> {
        let own = match graph.node(self.node).part() {
            Part::Compute(compute) => Some((&graph.node(self.node).address, &compute.own)),
            _ => None,
        };
        let templates = self.templates.iter().filter_map(|template| {
            let node = graph.node(*template);
            match node.part() {
                Part::Template(template) => Some((&node.address, template.as_ref())),
                _ => None,
            }
        });
        own.into_iter().chain(templates).collect()
    }

    /// Its containers, each with the resource that declares it.
    pub(super) fn container_parts<'g>(&self, graph: &'g Graph) -> Vec<(&'g Address, &'g Container)> {
        let parts = self.parts(graph).into_iter();
        parts.flat_map(|(holder, part)| part.containers.iter().map(move |container| (holder, container))).collect()
    }

    /// Its environments, each with the resource that declares it.
    pub(super) fn environments<'g>(&self, graph: &'g Graph) -> Vec<(&'g Address, &'g Environment)> {
        let parts = self.parts(graph);
        let own = parts.iter().map(|(holder, part)| (*holder, &part.environment));
        let containers =
            self.container_parts(graph).into_iter().map(|(holder, container)| (holder, &container.environment));
        own.chain(containers).collect()
    }

    /// Why some of what it is made from cannot be seen, if it cannot.
    pub(super) fn hidden_part(&self, graph: &Graph) -> Option<Gap> {
        if let Some(gap) = &self.template_gap {
            return Some(gap.clone());
        }
        self.parts(graph).into_iter().find_map(|(holder, part)| {
            let why = part.hidden?;
            Some(gap(holder, part.attribute, why, why.to_string()))
        })
    }
}

/// Why some of the security groups that a workload's resources name cannot be told, if they cannot.
fn groups_gap(graph: &Graph, node: NodeId, templates: &[NodeId], template_gap: Option<&Gap>) -> Option<String> {
    let of = |holder: NodeId| {
        let open = graph.open(holder, Relation::GuardedBy).next().map(crate::graph::Open::reason);
        let unsure = || graph.links(holder, Relation::GuardedBy).iter().any(|(_, edge)| !edge.is_exact());
        open.or_else(|| unsure().then(|| "one of several".to_owned()))
    };
    let own = std::iter::once(node).chain(templates.iter().copied()).find_map(of);
    own.or_else(|| template_gap.map(|gap| gap.reason.clone()))
}

/// Something that cannot be seen, as a gap.
pub(super) fn gap(address: &Address, attribute: &str, why: Why, reason: String) -> Gap {
    Gap { reason, evidence: Evidence::plan(address, Text::from(attribute), format!("({why})")) }
}

/// The attribute that says what kind of machine something is.
fn size_attribute(resource: &Node, compute: &Compute) -> Option<&'static str> {
    let choices = resource.facts.as_ref()?.choices.as_deref()?;
    let machine = choices.machine.as_ref().filter(|_| compute.size.known().is_some())?;
    Some(machine.attribute)
}

/// The block that makes an instance, when it makes several.
fn without_key(address: &str) -> Option<String> {
    let inner = address.strip_suffix(']')?;
    let open = if inner.ends_with('"') { inner.find("[\"")? } else { inner.rfind('[')? };
    inner.split_at_checked(open).map(|(block, _)| block.to_owned())
}

/// A scalable target whose workload cannot be told may belong to any.
fn stray_scaler(graph: &Graph) -> Option<Evidence> {
    graph.having(Role::Scalable).iter().find_map(|node| {
        // What scales something else than a number of units says nothing of them.
        let Part::Scalable(target) = graph.node(*node).part() else { return None };
        let open = graph.open(*node, Relation::Scales).next().filter(|_| target.counts_units)?;
        Some(Evidence::plan(&graph.node(*node).address, open.attribute, format!("({})", open.reason())))
    })
}

#[cfg(test)]
mod tests {
    use super::without_key;

    #[test]
    fn blocks_of_instances() {
        assert_eq!(without_key("aws_instance.a[0]").as_deref(), Some("aws_instance.a"));
        assert_eq!(without_key("module.m[1].aws_instance.a[\"x]\"]").as_deref(), Some("module.m[1].aws_instance.a"));
        assert_eq!(without_key("module.m[1].aws_instance.a"), None);
    }
}
