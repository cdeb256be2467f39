use super::shared::service::{Doubt, is_large, services};
use super::shared::words::through;
use crate::finding::{Delta, Finding, Remedy};
use crate::model::{Evidence, Provenance};
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::Workload;
use crate::units::counted;

/// From how many processors on a machine is large.
pub(super) const LARGE: &str = "large-machine-processors";

rule! {
    /// ## What it finds
    /// One large machine, without a group around it, that answers all requests of a balancer or an API.
    ///
    /// ## Why it matters
    /// It can grow in one direction only: a larger machine, with a stop in between, until there is no larger one. It
    /// is paid for at the peak all day, and when it fails everything fails.
    ///
    /// ## What to do
    /// Several smaller machines in a group, with its state moved out of them first: sessions, files and locks. Until
    /// then a group of exactly one at least replaces it when it fails.
    ///
    /// ## When it stays silent
    /// Machines with fewer processors are told by `single-instance-api`, several that share a target group by
    /// `fixed-capacity`, and so are groups of any size. A machine that nobody is seen to call, such as a build
    /// machine without a balancer, is not judged, nor is an appliance that packets pass through. The number of
    /// processors is taken from the name of the type, four for each `xlarge`; types whose names have no such size,
    /// such as `i3.metal`, are not taken to be large.
    ///
    /// ## What makes it undetermined
    /// A machine type that is known only after apply, or comes with a template that is; a target group that may be
    /// another machine's, or is not managed in this plan, so that others may answer behind it.
    "monolithic-instance", Medium, "DP1", "WAF-PERF-020", since "0.1.0",
    "One large machine that answers everything",
    thresholds: [
        ("large-machine-processors", 16, 1024, "how many processors a large machine has, at least"),
    ],
    sources: [
        "Amazon RDS user guide, hardware specifications of the same machine sizes (4xlarge: 16 vCPUs), read 2023-06-10",
        "Design principle DP1, separate workloads by load profile",
    ]
}

fn check(context: Context<'_>) -> Judgement {
    let large = context.policy.threshold(&RULE.meta, LARGE);
    let mut judgement = Judgement::default();
    for service in services(context.topology) {
        let Some(machine) = service.machine() else { continue };
        let evidence = size(machine);
        let finding = match (&machine.size, &service.doubt) {
            (None, _) => {
                let message = format!(
                    "{} {} alone answers requests through {}, and how large it is cannot be told: its machine type is not \
                     to be seen. From {} on it would be a monolith.",
                    machine.noun,
                    machine.address,
                    through(machine),
                    counted(large, "processor"),
                );
                Finding::undetermined(&RULE.meta, &machine.address, message)
            }
            (Some(_), _) if !is_large(machine, large) => {
                judgement.passed += 1;
                continue;
            }
            (Some(kind), Some(Doubt { reason, evidence: doubt, .. })) => {
                let message = format!(
                    "{} {} is one large machine ({kind}); whether it alone answers requests cannot be told: {reason}.",
                    machine.noun, machine.address,
                );
                Finding::undetermined(&RULE.meta, &machine.address, message).resting_on([doubt])
            }
            (Some(kind), None) => violation(machine, kind, large),
        };
        judgement.findings.push(
            finding
                .about(service.members())
                .about(service.entrances())
                .resting_on(service.evidence())
                .resting_on([&evidence]),
        );
    }
    judgement
}

fn size(machine: &Workload) -> Evidence {
    let value = match (&machine.size, machine.processors) {
        (Some(kind), Some(count)) => format!("{kind}, {}", counted(count, "processor")),
        (Some(kind), None) => kind.to_string(),
        (None, _) => "(not to be seen)".to_owned(),
    };
    let source = match machine.processors {
        Some(_) => Provenance::Catalogue("four processors for each xlarge in the name of the type"),
        None => Provenance::Plan,
    };
    let attribute = machine.size_attribute.unwrap_or("machine type").into();
    Evidence { address: machine.address.clone(), attribute, value, source }
}

fn violation(machine: &Workload, kind: &str, large: u64) -> Finding {
    let processors = machine.processors.unwrap_or(large);
    let message = format!(
        "{} {} ({kind}, {}) alone answers requests through {}, without a group around it: more load needs a larger \
         machine and a stop, and when it fails nobody answers.",
        machine.noun,
        machine.address,
        counted(processors, "processor"),
        through(machine),
    );
    Finding::violation(&RULE.meta, &machine.address, message)
        .measuring("processors", processors)
        .covering(&["single-instance-api", "fixed-capacity"])
        .gravity(processors)
        .remedy(Remedy::new(
            "run several smaller machines in a group",
            "what it keeps to itself (sessions, files, locks) has to move out first; the group then grows with the \
                 requests, and shrinks when there are few",
            Delta::not_priced("it depends on how many smaller machines the load needs"),
        ))
}
