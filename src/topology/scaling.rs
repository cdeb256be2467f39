//! What changes how many units there are, and what it looks at.

use crate::facts::{ComputeKind, Hosting, Part, Relation, Role, Watch};
use crate::graph::{Graph, NodeId};
use crate::model::{Address, Attr, Evidence, Text};

use super::range::scalers;
use super::workload::{Gap, Workload, gap};

/// When a workload scales.
#[derive(Clone, Debug)]
pub struct ScalingPolicy {
    /// The policy.
    pub address: Address,
    /// What it looks at, itself or through its alarms, each with what says so.
    pub watches: Vec<(Watch, Evidence)>,
    /// Why it may look at something else, if it may.
    pub gap: Option<Gap>,
}

/// Everything that changes how many units a workload has.
#[derive(Clone, Debug, Default)]
pub struct Scaling {
    /// What registers it, so that it can be scaled.
    pub registered: Vec<Address>,
    /// The policies that scale it with its load.
    pub policies: Vec<ScalingPolicy>,
    /// What scales it by the clock.
    pub schedules: Vec<Evidence>,
    /// What scales it without a policy: the platform, or the cluster that it is a part of.
    pub itself: Option<Evidence>,
    /// Why something else may scale it, if it may.
    pub gap: Option<Gap>,
}

impl Scaling {
    /// Whether something certainly sets its number of units after it was made.
    pub fn moves(&self) -> bool {
        !self.policies.is_empty() || !self.schedules.is_empty() || self.itself.is_some()
    }
}

/// What scales something that cannot be told, and so may scale anything of its kind.
#[derive(Debug, Default)]
pub(super) struct Strays {
    groups: Option<Gap>,
    services: Option<Gap>,
}

impl Strays {
    pub(super) fn of(graph: &Graph) -> Self {
        let mut strays = Self::default();
        for role in [Role::Scalable, Role::Policy, Role::Schedule] {
            for node in graph.having(role) {
                let Some(open) = graph.open(*node, Relation::Scales).next() else { continue };
                let address = &graph.node(*node).address;
                let kind = match graph.node(*node).part() {
                    Part::Scalable(target) if !target.counts_units => continue,
                    Part::Scalable(_) => Some(ComputeKind::ContainerService),
                    Part::Policy(policy) => Some(policy.scales),
                    _ => None,
                };
                let found = gap(address, open.attribute, open.why, lost(address, &open.reason()));
                if kind != Some(ComputeKind::ContainerService) && strays.groups.is_none() {
                    strays.groups = Some(found.clone());
                }
                if kind != Some(ComputeKind::MachineGroup) && strays.services.is_none() {
                    strays.services = Some(found);
                }
            }
        }
        strays
    }

    fn of_kind(&self, kind: ComputeKind) -> Option<&Gap> {
        match kind {
            ComputeKind::MachineGroup => self.groups.as_ref(),
            ComputeKind::ContainerService => self.services.as_ref(),
            _ => None,
        }
    }
}

fn lost(address: &Address, reason: &str) -> String {
    format!("what {address} scales is {reason}")
}

/// Collects what scales `workload`.
pub(super) fn scaling(graph: &Graph, strays: &Strays, workload: &Workload) -> Scaling {
    let node = workload.node;
    let mut found = Scaling { itself: itself(graph, workload), ..Scaling::default() };
    let targets: Vec<NodeId> = scalers(graph, node).into_iter().map(|(target, _)| target).collect();
    found.registered = targets.iter().map(|target| graph.node(*target).address.clone()).collect();
    let around = std::iter::once(node).chain(targets.iter().copied());
    for (holder, edge) in around.flat_map(|at| graph.backlinks(at, Relation::Scales)) {
        let address = &graph.node(holder).address;
        if !edge.is_exact() {
            let reason = format!("{address} scales it or another one");
            let evidence = Evidence::plan(address, edge.attribute, format!("{} or another", workload.address));
            found.gap = found.gap.take().or(Some(Gap { reason, evidence }));
            continue;
        }
        match graph.node(holder).part() {
            Part::Policy(policy) if policy.enabled == Attr::Set(false) => {}
            Part::Policy(policy) => found.policies.push(self::policy(graph, holder, &policy.watches, policy.alarmed)),
            Part::Schedule(_) => {
                found.schedules.push(Evidence::plan(address, edge.attribute, workload.address.to_string()));
            }
            _ => {}
        }
    }
    found.policies.dedup_by(|a, b| a.address == b.address);
    if found.gap.is_none() && found.policies.is_empty() {
        found.gap = strays.of_kind(workload.kind).cloned();
    }
    found
}

/// What a policy looks at: metrics of its own, or those of the alarms that set it off.
fn policy(graph: &Graph, node: NodeId, watches: &[Watch], alarmed: bool) -> ScalingPolicy {
    let address = graph.node(node).address.clone();
    let shown = |holder: &Address, watch: &Watch| {
        let value = if watch.metric.is_empty() { "(not to be seen)" } else { watch.metric.as_str() };
        (watch.clone(), Evidence::plan(holder, Text::from(watch.attribute), value))
    };
    let mut all: Vec<(Watch, Evidence)> = watches.iter().map(|watch| shown(&address, watch)).collect();
    let mut missing = None;
    if alarmed {
        for (alarm, _) in graph.backlinks(node, Relation::SetsOff) {
            let holder = &graph.node(alarm).address;
            if let Part::Alarm(alarm) = graph.node(alarm).part()
                && alarm.acts != Attr::Set(false)
            {
                all.extend(alarm.watches.iter().map(|watch| shown(holder, watch)));
            }
        }
        if all.is_empty() {
            let reason = format!("what sets off {address} is not in this plan");
            let evidence = Evidence::plan(&address, "arn", "named by no alarm");
            missing = Some(Gap { reason, evidence });
        }
    }
    ScalingPolicy { address, watches: all, gap: missing }
}

/// What scales a workload without a policy in the plan.
fn itself(graph: &Graph, workload: &Workload) -> Option<Evidence> {
    let address = &workload.address;
    match workload.kind {
        ComputeKind::Function => return Some(Evidence::plan(address, "id", "runs once for each call")),
        ComputeKind::Platform => {
            let fixed = workload.range.minimum.known().is_some()
                && workload.range.minimum.known() == workload.range.maximum.known();
            let what = if workload.hosting == Attr::Set(Hosting::Serverless) {
                "scaled by its platform, with the requests"
            } else {
                "scaled by its platform"
            };
            return (!fixed).then(|| Evidence::plan(address, "id", what));
        }
        _ => {}
    }
    if let Some((holder, attribute)) =
        workload.parts(graph).into_iter().find_map(|(holder, part)| Some((holder, part.scaled_by_cluster?)))
    {
        return Some(Evidence::plan(holder, attribute, "machines of a cluster, which scales them"));
    }
    if let Some((provider, edge)) =
        graph.backlinks(workload.node, Relation::MachinesOf).into_iter().find(|(_, edge)| edge.is_exact())
    {
        return Some(Evidence::plan(&graph.node(provider).address, edge.attribute, "carries the containers of others"));
    }
    None
}
