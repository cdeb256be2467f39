//! What the bill of each resource depends on: its own attributes, its neighbours', and how many units it runs.

use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use super::range::Range;
use super::workload::Workloads;
use crate::facts::{Amounts, Choices, ComputeKind, Facts, MarketChoice, Near, Neighbours, Offers, Record, Tariff};
use crate::graph::{Graph, Node, NodeId};
use crate::model::{Address, Attr, Text, Why};

/// Every resource of one stage, as its tariff sees it.
#[derive(Debug, Default)]
pub struct Ledger {
    entries: Vec<Entry>,
    /// The region of all resources that tell one, if it is the same for all of them.
    likely: Option<Attr<Text>>,
    /// Positions by address, once somebody asks.
    by_address: OnceLock<FxHashMap<Address, usize>>,
    /// By position, whose tariffs look at it, once somebody asks.
    dependents: OnceLock<Vec<Vec<usize>>>,
}

/// One resource.
#[derive(Debug)]
pub struct Entry {
    /// Its address.
    pub address: Address,
    /// Its Terraform type.
    pub kind: Text,
    /// Whether Terraform manages it in this plan, so that it stands on the bill.
    pub managed: bool,
    facts: Option<Arc<Facts>>,
    near: Box<[(Near, Surroundings)]>,
    units: Option<Box<Result<Amounts, String>>>,
}

/// Neighbours of one sort.
#[derive(Debug, Default)]
struct Surroundings {
    certain: Vec<usize>,
    open: Option<String>,
}

static NOWHERE: Attr<Text> = Attr::Unknown(Why::Elsewhere);

impl Entry {
    /// How it is billed; `None` of a type that nobody has described.
    pub fn tariff(&self) -> Option<&'static Tariff> {
        self.facts.as_ref().map(|facts| facts.tariff)
    }

    /// What a person calls it.
    pub fn noun(&self) -> &'static str {
        self.facts.as_ref().map_or("resource", |facts| facts.noun)
    }

    /// What it was chosen from a range for.
    pub fn choices(&self) -> Option<&Choices> {
        self.facts.as_ref()?.choices.as_deref()
    }

    /// How the capacity is bought that it runs on.
    pub fn market(&self) -> Option<&MarketChoice> {
        self.facts.as_ref()?.market.as_deref()
    }

    /// What its bill depends on.
    pub fn record(&self) -> Option<&Record> {
        self.facts.as_ref().map(|facts| &facts.billing)
    }

    /// The region that it lives in.
    pub fn region(&self) -> &Attr<Text> {
        self.facts.as_ref().map_or(&NOWHERE, |facts| facts.evident.as_deref().unwrap_or(&facts.region))
    }

    /// Its neighbours of one sort; none of a sort that its tariff does not ask for.
    pub fn near(&self, near: Near) -> Neighbours<'_> {
        let found = self.near.iter().find(|(sort, _)| *sort == near);
        debug_assert!(found.is_some() || self.tariff().is_none(), "no tariff asks for {near:?} of {}", self.kind);
        found.map_or_else(Neighbours::default, |(_, found)| Neighbours {
            certain: &found.certain,
            open: found.open.as_deref(),
        })
    }

    /// All its neighbours that its tariff asks for.
    pub fn neighbours(&self) -> impl Iterator<Item = usize> {
        self.near.iter().flat_map(|(_, found)| found.certain.iter().copied())
    }

    /// How many units it runs, or why that cannot be told; `None` if it does not run, or does not scale.
    pub fn units(&self) -> Option<&Result<Amounts, String>> {
        self.units.as_deref()
    }
}

impl Ledger {
    /// Every resource, in address order; what is no resource comes last.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Adds something that is billed without being a resource of the plan.
    pub fn add(&mut self, address: Address, kind: Text, facts: Arc<Facts>) {
        self.entries.push(Entry {
            address,
            kind,
            managed: true,
            facts: Some(facts),
            near: Box::default(),
            units: None,
        });
        // Whoever asked before was told of fewer.
        (self.by_address, self.dependents) = (OnceLock::new(), OnceLock::new());
    }

    /// The position of a resource.
    pub fn position(&self, address: &Address) -> Option<usize> {
        let index = self
            .by_address
            .get_or_init(|| self.entries.iter().enumerate().map(|(at, entry)| (entry.address.clone(), at)).collect());
        index.get(address).copied()
    }

    /// The region of all resources that tell one, if it is the same for all of them: likely that of the others as well.
    pub fn likely_region(&self) -> Option<&Attr<Text>> {
        self.likely.as_ref()
    }

    /// How the capacity is bought that a resource runs on.
    pub fn market(&self, address: &Address) -> Option<&MarketChoice> {
        self.entries.get(self.position(address)?)?.market()
    }

    /// What the cloud of a resource has to offer beside it.
    pub fn offers(&self, address: &Address) -> Option<&'static Offers> {
        self.entries.get(self.position(address)?)?.facts.as_ref()?.offers
    }

    /// The resources whose tariffs look at the one at a position.
    pub fn dependents(&self, at: usize) -> &[usize] {
        let dependents = self.dependents.get_or_init(|| {
            let mut all = vec![Vec::new(); self.entries.len()];
            for (at, entry) in self.entries.iter().enumerate() {
                for near in entry.neighbours() {
                    if let Some(list) = all.get_mut(near) {
                        list.push(at);
                    }
                }
            }
            all
        });
        dependents.get(at).map_or(&[], Vec::as_slice)
    }
}

/// Writes down what bills depend on.
pub(super) fn ledger(graph: &Graph, workloads: &Workloads) -> Ledger {
    let positions: FxHashMap<NodeId, usize> = graph.nodes().enumerate().map(|(at, node)| (node, at)).collect();
    let mut entries: Vec<Entry> = graph.nodes().map(|id| entry(graph, &positions, id)).collect();
    for workload in &workloads.list {
        // Of several equal machines, each is billed for itself; functions and tasks are billed by what they do.
        if matches!(workload.kind, ComputeKind::Machine | ComputeKind::Function | ComputeKind::Task) {
            continue;
        }
        if let Some(entry) = positions.get(&workload.node).and_then(|at| entries.get_mut(*at)) {
            entry.units = Some(Box::new(units(&workload.range)));
        }
    }
    let likely = likely(&entries);
    Ledger { entries, likely, ..Ledger::default() }
}

fn likely(entries: &[Entry]) -> Option<Attr<Text>> {
    let mut told = entries.iter().filter_map(|entry| entry.region().known());
    let first = told.next()?;
    told.all(|other| other == first).then(|| Attr::Set(first.clone()))
}

fn entry(graph: &Graph, positions: &FxHashMap<NodeId, usize>, id: NodeId) -> Entry {
    let node = graph.node(id);
    let near = node.facts.as_ref().map_or(&[][..], |facts| facts.tariff.near);
    let near = near.iter().map(|near| (*near, surroundings(graph, positions, id, *near))).collect();
    Entry {
        address: node.address.clone(),
        kind: node.kind.clone(),
        managed: node.managed && !node.external,
        facts: node.facts.clone(),
        near,
        units: None,
    }
}

fn surroundings(graph: &Graph, positions: &FxHashMap<NodeId, usize>, id: NodeId, near: Near) -> Surroundings {
    let (links, relation) = match near {
        Near::To(relation) => (graph.links(id, relation), relation),
        Near::From(relation) => (graph.backlinks(id, relation), relation),
    };
    let mut found = Surroundings::default();
    for (other, edge) in links {
        let node = graph.node(other);
        if !edge.is_exact() {
            found.open = Some(format!("it may be {}", node.address));
        } else if !is_visible(node) {
            found.open = Some(format!("{} is not in this plan", node.address));
        } else if let Some(at) = positions.get(&other)
            && !found.certain.contains(at)
        {
            found.certain.push(*at);
        }
    }
    if let Near::To(_) = near
        && let Some(open) = graph.open(id, relation).next()
    {
        found.open = Some(format!("{} is {}", open.attribute, open.reason()));
    }
    found
}

/// Whether a tariff can see what a neighbour is like: what stands outside the plan has only a name.
fn is_visible(node: &Node) -> bool {
    let reads = |facts: &Arc<Facts>| !facts.tariff.reads.is_empty();
    !node.external && (node.managed || node.facts.as_ref().is_some_and(reads))
}

/// A workload's units, as its bill counts them.
fn units(range: &Range) -> Result<Amounts, String> {
    range.amounts().ok_or_else(|| {
        let evidence = &range.desired.evidence;
        format!("{} of {} is {}", evidence.attribute, evidence.address, evidence.value.trim_matches(['(', ')']))
    })
}
