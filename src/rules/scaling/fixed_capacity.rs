use super::shared::service::{Floor, Service, services};
use super::shared::words::{number, through};
use crate::facts::ComputeKind;
use crate::finding::{Delta, Finding, Focus, Remedy};
use crate::model::{Address, Attr, Evidence};
use crate::rules::prospect;
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::Workload;
use crate::units::{Grouped, counted, few, listed};

rule! {
    /// ## What it finds
    /// Something that answers requests with two units or more, and always with the same number of them: nothing
    /// scales it, or its minimum is its maximum.
    ///
    /// ## Why it matters
    /// It has to be sized for the busiest hour and is paid for all day; and when a busier hour comes, requests queue
    /// up in front of it until they fail, and somebody has to change a number by hand. A group with bounds of 2 to 10
    /// and no policy looks as if it scaled, and stays at 2.
    ///
    /// ## What to do
    /// Give it a range, and a policy that moves it within: on requests per unit for what stands behind an application
    /// load balancer. Machines without a group have to be put into one first.
    ///
    /// ## When it stays silent
    /// Fewer than two units are told by `single-instance-api`, one large machine by `monolithic-instance`. Something
    /// that a schedule resizes has been thought of. Functions and platforms scale by themselves, groups of a
    /// Kubernetes or ECS cluster with what they carry; a service with one task on each machine goes with the
    /// machines. What is set to no unit at all is parked. Of workloads behind one target group it is enough that one
    /// scales. What others can find by its name only is not taken to be called.
    ///
    /// ## What makes it undetermined
    /// A bound that is known only after apply or marked as sensitive; a scaling target, a policy or a schedule of
    /// which nobody can tell what it scales; a plan that holds only a part of the configuration, so that the policy
    /// may be in the other; a balancer or a target group that is known only after apply.
    "fixed-capacity", Medium, "DP1", "WAF-PERF-020", since "0.1.0",
    "Requests that always the same number of units answer",
    thresholds: [],
    sources: [
        "Amazon EC2 Auto Scaling user guide, dynamic scaling (as-scale-based-on-demand.md), read 2026-11-25",
        "API references of predictive scaling (by default it only forecasts), read 2026-11-25",
        "Design principle DP1, separate workloads by load profile",
    ]
}

/// How the number of units of one workload changes.
enum Capacity {
    /// It does.
    Scales,
    /// It does not, because of this.
    Fixed(Why),
    /// It cannot be told.
    Unclear(String, Evidence),
}

/// Why it does not change.
#[derive(Clone, Copy)]
enum Why {
    /// A machine is one machine.
    Machines,
    /// Nothing scales it.
    Nothing,
    /// It is registered for scaling, and no policy is there.
    NoPolicy,
    /// Its bounds are the same.
    Bounds,
}

fn check(context: Context<'_>) -> Judgement {
    let mut judgement = Judgement::default();
    for service in services(context.topology) {
        let Some(first) = service.first() else { continue };
        let Floor::Of(least, _) = service.floor() else { continue };
        let capacities: Vec<Capacity> =
            service.workloads.iter().map(|workload| capacity(workload, context.topology.partial)).collect();
        if capacities.iter().any(|capacity| matches!(capacity, Capacity::Scales)) {
            judgement.passed += 1;
            continue;
        }
        // Too few units are another rule's business.
        if least < 2 {
            continue;
        }
        let unclear = capacities.iter().find_map(|capacity| match capacity {
            Capacity::Unclear(reason, evidence) => Some((reason, evidence)),
            _ => None,
        });
        // A group or a service has its target group to itself; a machine may be one of many behind it.
        let machines = first.kind == ComputeKind::Machine;
        let doubt = service.doubt.as_ref().filter(|doubt| machines || !doubt.of_others);
        let not_called = doubt.map(|doubt| (&doubt.reason, &doubt.evidence));
        if let Some((reason, evidence)) = unclear.or(not_called) {
            let message = format!(
                "{} {} answers requests through {}; whether it ever has another number of {}s cannot be told: {reason}.",
                first.noun,
                first.address,
                through(first),
                first.unit,
            );
            let finding = Finding::undetermined(&RULE.meta, &first.address, message)
                .about(service.members())
                .of_all(service.equals())
                .resting_on(service.evidence())
                .resting_on([evidence]);
            judgement.findings.push(finding);
        } else if let Some(Capacity::Fixed(why)) = capacities.first() {
            judgement.findings.push(violation(&service, first, *why, least));
        }
    }
    judgement
}

fn capacity(workload: &Workload, partial: bool) -> Capacity {
    let (scaling, range) = (&workload.scaling, &workload.range);
    if workload.kind == ComputeKind::Machine {
        return Capacity::Fixed(Why::Machines);
    }
    if !scaling.schedules.is_empty() {
        return Capacity::Scales;
    }
    let same = range.minimum.known().is_some() && range.minimum.known() == range.maximum.known();
    if scaling.moves() || workload.kind == ComputeKind::Platform {
        let hidden = [&range.minimum, &range.maximum].into_iter().find_map(|amount| match &amount.value {
            Attr::Unknown(why) => Some((why, &amount.evidence)),
            _ => None,
        });
        return match hidden {
            _ if same => Capacity::Fixed(Why::Bounds),
            Some((why, place)) => {
                Capacity::Unclear(format!("{} of {} is {why}", place.attribute, place.address), place.clone())
            }
            None => Capacity::Scales,
        };
    }
    if let Some(gap) = &scaling.gap {
        return Capacity::Unclear(gap.reason.clone(), gap.evidence.clone());
    }
    if partial {
        let evidence = Evidence::plan(&workload.address, "scaling policy", "none in this part of the plan");
        let reason = "the plan holds only a part of the configuration, and what scales it may be in the other";
        return Capacity::Unclear(reason.to_owned(), evidence);
    }
    Capacity::Fixed(if scaling.registered.is_empty() { Why::Nothing } else { Why::NoPolicy })
}

fn violation(service: &Service<'_>, first: &Workload, why: Why, least: u64) -> Finding {
    let (minimum, maximum) = (first.range.minimum.known(), first.range.maximum.known());
    let policies: Vec<&Address> = first.scaling.policies.iter().map(|policy| &policy.address).collect();
    let units = counted(least, first.unit);
    let ranged = has_range(first) && maximum.is_some_and(|most| most > least);
    let reason = match why {
        Why::Machines => "they are single machines, without a group that could add one".to_owned(),
        Why::NoPolicy => format!(
            "{} registers it for scaling from {} to {}, but no policy says when",
            listed(&first.scaling.registered),
            number(minimum),
            number(maximum),
        ),
        Why::Bounds if policies.is_empty() => format!("its minimum and its maximum are both {}", Grouped(least)),
        Why::Bounds => format!(
            "its minimum and its maximum are both {}, so that {} changes nothing",
            number(minimum),
            few(&policies)
        ),
        Why::Nothing if ranged => {
            format!("no policy moves it within its bounds of {} to {}", number(minimum), number(maximum))
        }
        Why::Nothing if service.workloads.len() > 1 => "nothing in this plan scales them".to_owned(),
        Why::Nothing => "nothing in this plan scales it".to_owned(),
    };
    let also = match service.workloads.as_slice() {
        [] | [_] => String::new(),
        [_, others @ ..] => format!(" and {}", few(others.iter().map(|workload| &workload.address))),
    };
    let verb = if also.is_empty() { "answers" } else { "answer" };
    let message = format!(
        "{} {}{also} {verb} requests through {} with {units}, however many requests there are: {reason}.",
        first.noun,
        first.address,
        through(first),
    );
    let bounds = service.workloads.iter().flat_map(|workload| [&workload.range.desired, &workload.range.maximum]);
    Finding::violation(&RULE.meta, &first.address, message)
        .about(service.members())
        .of_all(service.equals())
        .about(service.entrances())
        .about(&first.scaling.registered)
        .about(policies)
        .resting_on(bounds.map(|amount| &amount.evidence))
        .resting_on(service.evidence())
        .measuring("units", least)
        .focus(match why {
            Why::Bounds => Focus::At(first.range.maximum.evidence.clone()),
            _ => Focus::Own,
        })
        .gravity(1)
        .remedy(remedy(first, why))
}

/// Whether its bounds leave room for a policy.
fn has_range(workload: &Workload) -> bool {
    let (minimum, maximum) = (workload.range.minimum.known(), workload.range.maximum.known());
    minimum != maximum && maximum.is_some()
}

fn remedy(first: &Workload, why: Why) -> Remedy {
    let price = Delta::not_priced("it depends on the load: fewer units when there is little, more when there is much");
    let place = &first.range.maximum.evidence;
    let (title, detail) = match why {
        Why::Machines => (
            "put them into a group with a range and a scaling policy".to_owned(),
            "made from a template, and behind what these stand behind",
        ),
        Why::Bounds => (
            format!("raise {} of {}", place.attribute, place.address),
            "to what the busiest hour needs, as far as its databases have connections for it",
        ),
        Why::NoPolicy | Why::Nothing if has_range(first) => (
            "add a scaling policy".to_owned(),
            "that tracks requests per unit, or CPU where each request costs much of it",
        ),
        Why::NoPolicy | Why::Nothing => (
            "give it a range and a scaling policy".to_owned(),
            "that tracks requests per unit, or CPU where each request costs much of it",
        ),
    };
    Remedy::new(title, detail, price).trading(prospect::per_unit_less(first))
}
