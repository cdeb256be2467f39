use super::shared::naming::{Match, declare, is_nameless, of_service};
use crate::finding::{Delta, Finding, Focus, Remedy};
use crate::repository::Repository;
use crate::repository::slo::{Service, services};
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::{PublicService, Topology};
use crate::units::few;

rule! {
    /// ## What it finds
    /// A service that callers from outside reach, and that no SLO in the repository names: through a balancer that is
    /// not internal, an API, a URL or a platform. An API with many functions is one service.
    ///
    /// ## Why it matters
    /// Without an objective nobody can say whether the service is good enough: not whoever is woken at night, and not
    /// whoever decides between a feature and a repair. Scaling, timeouts and load tests have nothing to aim at. It is
    /// cheapest to agree on before the first deployment.
    ///
    /// ## What to do
    /// `planwise slo init PLAN` writes a template for each such service. Agree on its numbers. Where the SLO is there
    /// under another name, say which one it is: in planwise.yaml, or by a tag `planwise:service`.
    ///
    /// ## When it stays silent
    /// Without a repository (`--no-repo`, or a plan outside of one). Internal balancers, private APIs and what only
    /// consumes a queue are not asked for. Names are compared without their spelling, and without words such as `api`
    /// or `prod`. Folders: `docs/slos`, `docs/slo`, `slos`, `slo`, `monitoring/slos`, `observability/slos`, `openslo`, and
    /// those that planwise.yaml names.
    ///
    /// ## What makes it undetermined
    /// A balancer whose scheme is not to be seen; an SLO whose name is a part of the service's name, or the other way
    /// round; a service that the plan only calls `main` or the like, beside an SLO that nothing else claims; an SLO
    /// file that cannot be read, or whose service a template fills in.
    "missing-slo", Medium, "DP5", "WAF-PERF-050", since "0.1.0",
    "Public services that no SLO names",
    thresholds: [],
    sources: [
        "Design principle DP5, define SLOs before the first deployment (WAF2p/framework, design-principles.adoc), read 2026-11-29",
    ]
}

fn check(context: Context<'_>) -> Judgement {
    let mut judgement = Judgement::default();
    let (Some(repository), topology) = (context.repository, context.topology) else { return judgement };
    let slos = services(&repository.slos);
    for service in &topology.publics {
        match judge(service, topology, repository, &slos) {
            Some(finding) => judgement.findings.push(finding),
            None => judgement.passed += 1,
        }
    }
    judgement
}

fn judge(
    service: &PublicService,
    topology: &Topology,
    repository: &Repository,
    slos: &[Service<'_>],
) -> Option<Finding> {
    let (best, slo) = slos
        .iter()
        .map(|slo| (of_service(slo, service), Some(slo)))
        .max_by_key(|(how, _)| *how)
        .unwrap_or((Match::Other, None));
    if best == Match::Named {
        return None;
    }
    let way = service.entrances.last().map_or_else(|| "an address of its own".to_owned(), ToString::to_string);
    let subject = format!("{} {}", service.noun, service.address);
    let reached = if service.entrances.is_empty() || service.entrances.contains(&service.address) {
        format!("{subject} is reached from outside")
    } else {
        format!("{subject} is reached from outside through {way}")
    };
    let name = service.called();
    let doubt = service.doubt.clone().or_else(|| open(service, topology, repository, slos, (best, slo)));
    let finding = if let Some(reason) = doubt {
        let message = format!("{subject} may be reached from outside without an SLO that names it: {reason}.");
        Finding::undetermined(&RULE.meta, &service.address, message)
    } else {
        let held = match slos {
            [] => "and the repository holds no SLO at all".to_owned(),
            all => format!(
                "and no SLO in the repository names it: there are those of {}",
                few(all.iter().map(|slo| slo.name.as_str()))
            ),
        };
        let message = format!("{reached}, {held}. Nobody can say when it is good enough.");
        Finding::violation(&RULE.meta, &service.address, message).gravity(1).remedy(Remedy::new(
                format!("write docs/slos/{name}.yml"),
                format!(
                    "`planwise slo init PLAN` writes the template: availability, P95, P99, window, error budget and its policy; if there \
                     is one under another name, say so in planwise.yaml: {}",
                    declare(service, topology, "NAME")
                ),
                Delta::Free("a file beside the code, and no resource"),
            ))
    };
    let addresses = service.workloads.iter().map(|id| &topology.workload(*id).address);
    // None of its attributes is amiss: what is missing is a file.
    let finding = finding.focus(Focus::Whole);
    Some(finding.about(addresses).about(&service.entrances).resting_on(&service.evidence))
}

/// Why it may be that an SLO names it all the same, if it may.
fn open(
    service: &PublicService,
    topology: &Topology,
    repository: &Repository,
    slos: &[Service<'_>],
    (best, slo): (Match, Option<&Service<'_>>),
) -> Option<String> {
    if let (Match::Perhaps, Some(slo)) = (best, slo) {
        let file = slo.slos.first().map_or("", |slo| slo.file.as_str());
        let how = declare(service, topology, &slo.name);
        return Some(format!(
            "{file} names {}, which may be this one; if it is, say so in planwise.yaml: {how}",
            slo.name
        ));
    }
    if let Some(error) = repository.unread_slos.first() {
        let text = error.to_string();
        return Some(format!("an SLO file cannot be read: {}", text.lines().next().unwrap_or_default()));
    }
    let templated = slos.iter().flat_map(|slo| &slo.slos).find(|slo| slo.service.is_unclear());
    if let Some(slo) = templated {
        return Some(format!("{} names a service that is filled in later", slo.file));
    }
    let claimed = |slo: &&Service<'_>| topology.publics.iter().any(|other| of_service(slo, other) == Match::Named);
    let free = slos.iter().find(|slo| !claimed(slo))?;
    let how = declare(service, topology, &free.name);
    is_nameless(service).then(|| {
        format!("the plan does not tell which service it is, and that of {} is free; if it is this one, say so in planwise.yaml: {how}", free.name)
    })
}
