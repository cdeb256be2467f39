//! How many units there are: at least, at first, at most, and during a rollout.

use crate::facts::{Compute, Part, Relation, ScalableTarget, Stated, Surge};
use crate::graph::{Graph, NodeId};
use crate::model::{Address, Attr, Evidence, Text, Why};
use crate::units::Grouped;

/// A number of units, with what it rests on.
#[derive(Clone, Debug)]
pub struct Amount {
    /// How many.
    pub value: Attr<u64>,
    /// What says so.
    pub evidence: Evidence,
}

impl Amount {
    pub(super) fn new(address: &Address, stated: &Stated<u64>) -> Self {
        let value = stated.value.clone();
        Self { evidence: evidence(address, stated.attribute, &value, stated.source), value }
    }

    /// The number, when it is known.
    pub fn known(&self) -> Option<u64> {
        self.value.known().copied()
    }
}

fn evidence(address: &Address, attribute: &str, value: &Attr<u64>, source: crate::model::Provenance) -> Evidence {
    let value = match value {
        Attr::Set(value) => Grouped(*value).to_string(),
        Attr::Unset => "unset".to_owned(),
        Attr::Unknown(why) => format!("({why})"),
    };
    Evidence { address: address.clone(), attribute: Text::from(attribute), value, source }
}

/// How far a workload scales.
#[derive(Clone, Debug)]
pub struct Range {
    /// The fewest units.
    pub minimum: Amount,
    /// The units it starts with.
    pub desired: Amount,
    /// The most units.
    pub maximum: Amount,
    /// The most units during a rollout at full scale.
    pub rollout: Amount,
    /// Whether something scales it.
    pub scales: bool,
}

/// Collects what bounds the units of `node`.
pub(super) fn range(graph: &Graph, node: NodeId, compute: &Compute, stray: Option<&Evidence>) -> Range {
    let address = &graph.node(node).address;
    let mut range = Range {
        minimum: Amount::new(address, &compute.minimum),
        desired: Amount::new(address, &compute.desired),
        maximum: Amount::new(address, &compute.maximum),
        rollout: Amount::new(address, &compute.maximum),
        scales: false,
    };
    let scalers = scalers(graph, node);
    for (scaler, target) in &scalers {
        let scaler = &graph.node(*scaler).address;
        range.minimum = Amount::new(scaler, &target.minimum);
        range.maximum = Amount::new(scaler, &target.maximum);
        range.scales = true;
    }
    if let (true, Some(stray)) = (scalers.is_empty(), stray) {
        range.maximum = Amount { value: Attr::Unknown(Why::Computed), evidence: stray.clone() };
    }
    schedules(graph, node, &scalers, &mut range);
    // Scaling starts within its bounds.
    if let (Some(desired), Some(minimum)) = (range.desired.known(), range.minimum.known())
        && desired < minimum
    {
        range.desired = range.minimum.clone();
    }
    if let (Some(desired), Some(maximum)) = (range.desired.known(), range.maximum.known())
        && desired > maximum
        && range.scales
    {
        range.desired = range.maximum.clone();
    }
    range.rollout = rollout(address, &compute.surge, &range);
    range
}

/// What registers `node` for scaling.
fn scalers(graph: &Graph, node: NodeId) -> Vec<(NodeId, &ScalableTarget)> {
    let registered = graph.backlinks(node, Relation::Scales).into_iter();
    let chosen = graph.links(node, Relation::ScaledBy).into_iter();
    let all = registered.chain(chosen).filter(|(_, edge)| edge.is_exact());
    all.filter_map(|(scaler, _)| match graph.node(scaler).part() {
        Part::Scalable(target) if target.counts_units => Some((scaler, target.as_ref())),
        _ => None,
    })
    .collect()
}

/// A schedule may raise the bounds.
fn schedules(graph: &Graph, node: NodeId, scalers: &[(NodeId, &ScalableTarget)], range: &mut Range) {
    let of = |node| graph.backlinks(node, Relation::Scales).into_iter().filter(|(_, edge)| edge.is_exact());
    let all: Vec<_> = of(node).chain(scalers.iter().flat_map(|(scaler, _)| of(*scaler))).collect();
    for (from, _) in all {
        let Part::Schedule(schedule) = graph.node(from).part() else { continue };
        let raised = schedule.maximum.clone();
        if let (Attr::Set(to), Some(now)) = (raised, range.maximum.known())
            && to > now
        {
            range.maximum = Amount::new(&graph.node(from).address, &Stated::plan(schedule.attribute, Attr::Set(to)));
        }
    }
}

fn rollout(address: &Address, surge: &Surge, range: &Range) -> Amount {
    let Some(maximum) = range.maximum.known() else { return range.maximum.clone() };
    match surge {
        Surge::None => range.maximum.clone(),
        Surge::Percent(percent) => {
            let units = percent.value.clone().map(|percent| maximum.saturating_mul(percent.max(100)) / 100);
            let evidence = evidence(address, percent.attribute, &percent.value, percent.source);
            Amount { value: units, evidence: Evidence { value: format!("{} %", evidence.value), ..evidence } }
        }
        Surge::Minimum(why) => {
            let more = range.minimum.known().unwrap_or_default();
            let source = crate::model::Provenance::Default(why);
            let value = Attr::Set(maximum.saturating_add(more));
            Amount { evidence: evidence(address, range.minimum.evidence.attribute.as_str(), &value, source), value }
        }
    }
}
