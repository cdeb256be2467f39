use crate::facts::Retirement;
use crate::finding::{Delta, Finding, Remedy, Severity};
use crate::model::{Address, Evidence, Provenance};
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::{Mesh, Meshed, Topology};
use crate::units::counted;

use super::shared::size;

rule! {
    /// ## What it finds
    /// A service mesh, parts of one, or proxies that belong to one, of a service that its cloud has ended, or is about
    /// to end.
    ///
    /// ## Why it matters
    /// From that day on its console and its resources are out of reach: routes cannot be changed, and proxies that start
    /// anew get no configuration. A plan that makes or changes such resources fails, and so may the calls between
    /// services.
    ///
    /// ## What to do
    /// Move the services to what follows it. A service cannot be a part of both, so that a second set of services is
    /// made beside the first, and the traffic is shifted.
    ///
    /// ## When it stays silent
    /// For meshes that go on: those that the platform of the containers runs, those of a network, and those that
    /// somebody runs himself.
    ///
    /// ## What makes it undetermined
    /// A proxy beside the containers that looks like one of such a mesh, where no mesh is in the plan, or several are.
    "retired-service-mesh", High, "DP3", "WAF-PERF-070", since "0.1.0",
    "Service mesh whose service has ended, or is about to end",
    thresholds: [],
    sources: [
        "AWS App Mesh user guide, end of support notice: after 2026-09-30 neither its console nor its resources can be accessed; read 2026-11-29",
        "AWS containers blog, Migrating from AWS App Mesh to Amazon ECS Service Connect; read 2026-11-29",
        "Design principle DP3, latency-optimised routing: service mesh for frequent hops",
    ]
}

fn check(context: Context<'_>) -> Judgement {
    let mut judgement = Judgement::default();
    // Without a day the end of what had ended when this was written is past.
    let day = context.policy.exemptions.as_of;
    let is_over = |ends: &Retirement| day.is_none_or(|day| day > ends.day);
    let topology = context.topology;
    for mesh in &topology.meshes {
        match mesh.retirement {
            Some(ends) => judgement.findings.push(of_mesh(topology, mesh, ends, is_over(ends))),
            None => judgement.passed += 1,
        }
    }
    let ends = |meshed: &&Meshed| meshed.retirement.is_some();
    let is_told = |meshed: &Meshed| topology.meshes.iter().any(|mesh| meshed.is_of(mesh, &topology.meshes));
    judgement.passed += topology.meshed.iter().filter(|meshed| !ends(meshed)).count();
    // Where the mesh is in the plan, its proxies are a part of that finding.
    for meshed in topology.meshed.iter().filter(ends).filter(|meshed| !is_told(meshed)) {
        if let Some(ends) = meshed.retirement {
            judgement.findings.push(of_proxy(topology, meshed, ends, is_over(ends)));
        }
    }
    judgement
}

fn ended(ends: &Retirement, over: bool) -> String {
    if over {
        format!("{}, which ended on {}", ends.name, ends.day)
    } else {
        format!("{}, which ends on {}", ends.name, ends.day)
    }
}

fn by(address: &Address, ends: &Retirement) -> Evidence {
    let source = Provenance::Catalogue(ends.source);
    Evidence { source, ..Evidence::plan(address, "end of service", format!("{}: {}", ends.name, ends.day)) }
}

fn severity(over: bool) -> Severity {
    if over { Severity::High } else { Severity::Medium }
}

fn remedy(ends: &Retirement) -> Remedy {
    Remedy::new(
        format!("move its services to what follows {}", ends.name),
        format!(
            "{}; beside the old ones, since a service cannot be a part of both, and shift the traffic",
            ends.successors
        ),
        Delta::not_priced("for as long as both run side by side, units are paid twice"),
    )
}

fn of_mesh(topology: &Topology, mesh: &Mesh, ends: &Retirement, over: bool) -> Finding {
    let parts = match mesh.parts.len() {
        0 => String::new(),
        number => format!(", with {} in this plan,", counted(size(number), "other part")),
    };
    let consequence = if over {
        "its resources can no longer be read or changed, and proxies that start anew get no configuration"
    } else {
        "from then on its resources can no longer be read or changed, and proxies that start anew get no configuration"
    };
    let message = format!("{} {}{parts} belongs to {}: {consequence}.", mesh.noun, mesh.address, ended(ends, over));
    let members = topology.meshed.iter().filter(|meshed| meshed.is_of(mesh, &topology.meshes));
    let members: Vec<&Address> = members.map(|meshed| &topology.workload(meshed.workload).address).collect();
    Finding::violation(&RULE.meta, &mesh.address, message)
        .severity(severity(over))
        .about(&mesh.parts)
        .about(members.iter().copied())
        .resting_on(&mesh.evidence)
        .resting_on(&[by(&mesh.address, ends)])
        .measuring("parts", mesh.parts.len())
        .measuring("workloads", members.len())
        .gravity(size(mesh.parts.len()).saturating_add(1))
        .remedy(remedy(ends))
}

fn of_proxy(topology: &Topology, meshed: &Meshed, ends: &Retirement, over: bool) -> Finding {
    let workload = topology.workload(meshed.workload);
    let (noun, address) = (workload.noun, &workload.address);
    let Evidence { address: holder, attribute, value, .. } = &meshed.evidence;
    if !meshed.certain {
        let several = topology.meshes.iter().any(|mesh| mesh.retirement.is_some());
        let message = format!(
            "{noun} {address}: whether it is a part of {}, cannot be told; its proxy ({value} in {attribute} of {holder}) \
             looks like one of it, and {}.",
            ended(ends, over),
            if several { "nothing shows of which mesh" } else { "no mesh is in this plan" },
        );
        return Finding::undetermined(&RULE.meta, address, message)
            .severity(Severity::Medium)
            .about(&workload.members)
            .resting_on([&meshed.evidence, &by(address, ends)]);
    }
    let called = meshed.mesh.as_ref().map_or_else(|| "a mesh".to_owned(), |name| format!("mesh {name}"));
    let message = format!(
        "{noun} {address} is a part of {called} of {} ({value} in {attribute} of {holder}): a proxy that starts anew \
         gets no configuration{}.",
        ended(ends, over),
        if over { "" } else { " from then on" },
    );
    Finding::violation(&RULE.meta, address, message)
        .severity(severity(over))
        .about(&workload.members)
        .resting_on([&meshed.evidence, &by(address, ends)])
        .gravity(1)
        .remedy(remedy(ends))
}
