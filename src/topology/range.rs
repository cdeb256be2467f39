//! How many units there are: at least, at first, at most, and during a rollout.

use crate::facts::{Amounts, Compute, Part, Relation, ScalableTarget, Stated, Surge};
use crate::graph::{Graph, NodeId};
use crate::model::{Address, Attr, Evidence, Provenance, Text, Why};
use crate::units::{Decimal, Grouped};

/// A number of units, with what it rests on.
#[derive(Clone, Debug)]
pub struct Amount {
    /// How many.
    pub value: Attr<u64>,
    /// What says so.
    pub evidence: Evidence,
    /// Whether its attribute would take another number.
    pub is_number: bool,
}

impl Amount {
    pub(super) fn new(address: &Address, stated: &Stated<u64>) -> Self {
        let value = stated.value.clone();
        let evidence = evidence(address, stated.attribute, &value, stated.source.clone());
        Self { evidence, value, is_number: stated.unit > 0 }
    }

    /// The number, when it is known.
    pub fn known(&self) -> Option<u64> {
        self.value.known().copied()
    }
}

fn evidence(address: &Address, attribute: &str, value: &Attr<u64>, source: Provenance) -> Evidence {
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
    /// What the most units cannot be set below where they stand.
    pub floor: u64,
    /// Whether something scales it.
    pub scales: bool,
    growth: Growth,
}

/// How a number of units grows during a rollout, as far as that is known.
#[derive(Clone, Copy, Debug)]
enum Growth {
    /// To so many per cent.
    Percent(u64),
    /// To twice as many.
    Twice,
    /// By so many units.
    By(u64),
}

impl Growth {
    const NONE: Self = Self::By(0);

    fn of(self, units: u64) -> u64 {
        match self {
            Self::Percent(percent) => units.saturating_mul(percent) / 100,
            Self::Twice => units.saturating_mul(2),
            Self::By(more) => units.saturating_add(more),
        }
    }

    /// The most units of which a rollout makes no more than `during`.
    fn within(self, during: u64) -> u64 {
        match self {
            // Rounded down: the greatest number whose percentage is still below the next whole one.
            Self::Percent(percent) => {
                (during.saturating_add(1).saturating_mul(100).saturating_sub(1)).checked_div(percent).unwrap_or(during)
            }
            Self::Twice => during / 2,
            Self::By(more) => during.saturating_sub(more),
        }
    }
}

impl Range {
    /// The numbers that a bill counts; none where it cannot be told how many there are at first. What bounds them may be hidden:
    /// then they stay as they start.
    pub fn amounts(&self) -> Option<Amounts> {
        let known = |amount: &Amount| amount.known().map(Decimal::from);
        let expected = known(&self.desired)?;
        let minimum = known(&self.minimum).unwrap_or(expected).min(expected);
        let maximum = known(&self.maximum).unwrap_or(expected).max(expected);
        Some(Amounts { minimum, expected, maximum })
    }

    /// How many units there are, at least, while `units` of them are replaced.
    pub fn during(&self, units: u64) -> u64 {
        self.growth.of(units)
    }

    /// The most units of which a rollout makes no more than `during`.
    pub fn within(&self, during: u64) -> u64 {
        self.growth.within(during)
    }

    /// Whether a second set of units takes over from the first during a rollout.
    pub const fn is_doubled(&self) -> bool {
        matches!(self.growth, Growth::Twice)
    }

    /// Whether a percentage bounds a rollout.
    pub const fn is_percentage(&self) -> bool {
        matches!(self.growth, Growth::Percent(_))
    }
}

/// Collects what bounds the units of `node`.
pub(super) fn range(graph: &Graph, node: NodeId, compute: &Compute, stray: Option<&Evidence>) -> Range {
    let address = &graph.node(node).address;
    let mut range = Range {
        minimum: Amount::new(address, &compute.minimum),
        desired: Amount::new(address, &compute.desired),
        maximum: Amount::new(address, &compute.maximum),
        rollout: Amount::new(address, &compute.maximum),
        floor: 0,
        scales: false,
        growth: Growth::NONE,
    };
    let scalers = scalers(graph, node);
    for (scaler, target) in &scalers {
        let scaler = &graph.node(*scaler).address;
        range.minimum = Amount::new(scaler, &target.minimum);
        range.maximum = Amount::new(scaler, &target.maximum);
        range.scales = true;
    }
    if let (true, Some(stray)) = (scalers.is_empty(), stray) {
        range.maximum = Amount { value: Attr::Unknown(Why::Computed), evidence: stray.clone(), is_number: false };
    }
    range.floor = range.minimum.known().unwrap_or(0);
    schedules(graph, node, compute, &scalers, &mut range);
    ready(graph, node, &mut range);
    // Scaling lifts to its lower bound. Above the upper one a service stays until an alarm lets it scale in: Amazon ECS
    // developer guide, service auto scaling, read 2026-11-25.
    if let (Some(desired), Some(minimum)) = (range.desired.known(), range.minimum.known())
        && desired < minimum
    {
        range.desired = range.minimum.clone();
    }
    (range.growth, range.rollout) = rollout(address, &compute.surge, &range);
    range
}

/// What registers `node` for scaling.
pub(super) fn scalers(graph: &Graph, node: NodeId) -> Vec<(NodeId, &ScalableTarget)> {
    let registered = graph.backlinks(node, Relation::Scales).into_iter();
    let chosen = graph.links(node, Relation::ScaledBy).into_iter();
    let all = registered.chain(chosen).filter(|(_, edge)| edge.is_exact());
    all.filter_map(|(scaler, _)| match graph.node(scaler).part() {
        Part::Scalable(target) if target.counts_units => Some((scaler, target.as_ref())),
        _ => None,
    })
    .collect()
}

/// A schedule may raise the bounds, and one that cannot be seen may raise them to anything.
fn schedules(graph: &Graph, node: NodeId, compute: &Compute, scalers: &[(NodeId, &ScalableTarget)], range: &mut Range) {
    let of = |node| graph.backlinks(node, Relation::Scales).into_iter().filter(|(_, edge)| edge.is_exact());
    let all: Vec<_> = of(node).chain(scalers.iter().flat_map(|(scaler, _)| of(*scaler))).collect();
    for (from, _) in all {
        let Part::Schedule(schedule) = graph.node(from).part() else { continue };
        let weight = compute.own.weight.unwrap_or(1).max(1);
        let to = schedule.maximum.clone().map(|to| to.div_ceil(weight));
        let raises = match (&to, &range.maximum.value) {
            (Attr::Set(to), Attr::Set(now)) => to > now,
            (Attr::Unknown(_), Attr::Set(_)) => true,
            _ => false,
        };
        if raises {
            let stated = Stated::plan(schedule.attribute, to);
            range.maximum = Amount::new(&graph.node(from).address, &stated);
            range.floor = schedule.minimum.known().copied().unwrap_or(0);
        }
    }
}

/// Units that are kept ready are there from the beginning; several settings, each for a version of its own, add up.
fn ready(graph: &Graph, node: NodeId, range: &mut Range) {
    let mut kept: Option<Amount> = None;
    for (from, edge) in graph.backlinks(node, Relation::Scales) {
        let Part::Ready(stated) = graph.node(from).part() else { continue };
        if !edge.is_exact() {
            continue;
        }
        let more = Amount::new(&graph.node(from).address, stated);
        let sum = match (kept.as_ref().map(|kept| &kept.value), &more.value) {
            (Some(Attr::Set(so_far)), Attr::Set(more)) => Attr::Set(so_far.saturating_add(*more)),
            (Some(hidden @ Attr::Unknown(_)), _) => hidden.clone(),
            (_, value) => value.clone(),
        };
        kept = Some(Amount { value: sum, ..more });
    }
    if let Some(kept) = kept {
        range.minimum = kept.clone();
        range.desired = kept;
    }
}

fn rollout(address: &Address, surge: &Surge, range: &Range) -> (Growth, Amount) {
    let growth = match surge {
        Surge::None => Growth::NONE,
        Surge::Percent(percent) => match percent.value.known() {
            Some(percent) => Growth::Percent((*percent).max(100)),
            None => Growth::NONE,
        },
        Surge::Twice(_) => Growth::Twice,
        Surge::Minimum(_) => Growth::By(range.minimum.known().unwrap_or_default()),
        Surge::More(more) => Growth::By(more.value.known().copied().unwrap_or_default()),
    };
    let Some(maximum) = range.maximum.known() else { return (growth, range.maximum.clone()) };
    let value = Attr::Set(growth.of(maximum));
    let amount = match surge {
        Surge::None => range.maximum.clone(),
        Surge::Percent(percent) => {
            let evidence = evidence(address, percent.attribute, &percent.value, percent.source.clone());
            let value = match percent.value {
                Attr::Unknown(why) => Attr::Unknown(why),
                Attr::Set(_) | Attr::Unset => value,
            };
            let evidence = Evidence { value: format!("{} %", evidence.value), ..evidence };
            Amount { value, evidence, is_number: true }
        }
        Surge::More(more) => {
            let evidence = evidence(address, more.attribute, &more.value, more.source.clone());
            Amount { value, evidence, is_number: true }
        }
        Surge::Twice(attribute) => {
            let shown = "a second set of units beside the first";
            Amount { value, evidence: Evidence::plan(address, *attribute, shown), is_number: false }
        }
        Surge::Minimum(why) => {
            let Evidence { address, attribute, value: minimum, .. } = range.minimum.evidence.clone();
            let shown = format!("{minimum}, once more while a version is rolled out");
            let evidence = Evidence { address, attribute, value: shown, source: Provenance::Default(why) };
            Amount { value, evidence, is_number: false }
        }
    };
    (growth, amount)
}
