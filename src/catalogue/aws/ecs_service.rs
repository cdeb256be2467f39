//! `aws_ecs_service`: containers that run on, and scale together.

use super::ecs_cluster_capacity_providers::is_serverless;
use super::shared::machines::{CROSS_ZONE, STRATEGY, Shares, Task, address, cross_zone};
use super::shared::markets::{self, Says};
use super::shared::revisions;
use super::shared::services;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{MANY, ONE, Reader, last_part};
use crate::facts::{
    Breaker, Caller, Charge, Compute, ComputeKind, EntryKind, Facts, Field, Hosting, Lines, MeshUse, Near, Need, Part,
    Relation, Runs, Site, Stated, Surge, Tariff, Template,
};
use crate::model::{Attr, Body, Mode, Resource, Text, Why};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_ecs_service", mode: Mode::Managed, noun: "ECS service", describe, tariff: &TARIFF };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "name"]);
    if let (Attr::Set(cluster), Attr::Set(name)) = (resource.text("cluster"), resource.text("name")) {
        reader.name(format!("{}/{name}", last_part(&cluster)));
    }
    reader.link(Relation::InCluster, "cluster");
    let how = ONE.at(revisions::of_task(&resource.text("task_definition")));
    reader.top(Relation::UsesTemplate, "task_definition", how, |name| name);
    let body = &resource.body;
    for network in body.blocks("network_configuration") {
        reader.within(Relation::InSubnet, "network_configuration.subnets", MANY, &network);
        reader.within(Relation::GuardedBy, "network_configuration.security_groups", MANY, &network);
    }
    if let Attr::Unknown(why) = body.get("load_balancer").presence() {
        reader.value(
            Relation::ServedThrough,
            "load_balancer.target_group_arn",
            // There may be none at all.
            MANY.slot(usize::MAX),
            crate::facts::LinkValue::Unknown(why),
        );
    }
    for (slot, balancer) in body.blocks("load_balancer").iter().enumerate() {
        let how = MANY.slot(slot);
        reader.within(Relation::ServedThrough, "load_balancer.target_group_arn", how, balancer);
        reader.within(Relation::ServedThrough, "load_balancer.elb_name", how, balancer);
    }
    let strategy = body.blocks("capacity_provider_strategy");
    for (slot, provider) in strategy.iter().enumerate() {
        if !is_serverless(&provider.text("capacity_provider")) {
            reader.within(Relation::RunsOn, "capacity_provider_strategy.capacity_provider", ONE.slot(slot), provider);
        }
    }
    let hosting = if strategy.is_empty() {
        resource.text("launch_type").and_then(|kind| match kind.as_str() {
            "" => Attr::Unset,
            "FARGATE" => Attr::Set(Hosting::Serverless),
            "EC2" | "EXTERNAL" => Attr::Set(Hosting::Shared),
            _ => Attr::Unknown(Why::Malformed),
        })
    } else if strategy.iter().all(|provider| is_serverless(&provider.text("capacity_provider"))) {
        Attr::Set(Hosting::Serverless)
    } else {
        Attr::Set(Hosting::Shared)
    };
    reader.market(markets::containers(&resource.text("launch_type"), body.get("capacity_provider_strategy"), &SAYS));
    let daemon = resource.text("scheduling_strategy") == Attr::Set("DAEMON".into());
    let desired = if daemon {
        // One on each machine of the cluster.
        Stated::plan("machines of the cluster", Attr::Unknown(Why::Elsewhere))
    } else {
        reader.count("desired_count").or_default(0, "aws_ecs_service documentation, desired_count")
    };
    let public_address = body
        .block("network_configuration")
        .map_or(Attr::Unset, |network| network.bool("assign_public_ip"))
        .or_default(false);
    // A service that others of its namespace call by an alias: Amazon ECS developer guide, Service Connect.
    let connects = body.blocks("service_connect_configuration");
    let aliases = connects.iter().flat_map(|connect| connect.blocks("service"));
    let served = aliases.into_iter().any(|service| !service.blocks("client_alias").is_empty());
    let command = resource.bool("enable_execute_command") == Attr::Set(true);
    reader.facts(Part::Compute(Box::new(Compute {
        kind: ComputeKind::ContainerService,
        unit: "task",
        minimum: desired.clone(),
        maximum: desired.clone(),
        desired,
        surge: surge(resource, daemon),
        quota: None,
        hosting,
        size: Attr::Unset,
        public_address,
        attached: Stated::plan("subnets", Attr::Set(true)),
        zones: Vec::new(),
        own: Template {
            runs: if daemon { Runs::OnEachMachine } else { Runs::InRange },
            mesh: mesh(&connects),
            ..Template::default()
        },
        gathers: gathers(resource).map(Box::new),
        entry: served.then_some(EntryKind::Mesh),
        findable: (!body.blocks("service_registries").is_empty()).then_some("service_registries"),
        source: None,
        needs: if command { vec![exec()] } else { Vec::new() },
        likeness: 0,
        breaker: breaker(resource).map(Box::new),
    })))
}

/// What says on what its tasks run.
const SAYS: Says = Says { launch: "launch_type", strategy: "capacity_provider_strategy", billed: true };

/// A service that calls others by their aliases, or is called by one: Amazon ECS developer guide, Service Connect, read
/// 2026-11-29.
fn mesh(connects: &[Body<'_>]) -> Option<Box<MeshUse>> {
    let on = connects.iter().find(|connect| connect.bool("enabled") == Attr::Set(true))?;
    let value = on.text("namespace").into_known().unwrap_or_else(|| "enabled".into());
    Some(Box::new(MeshUse {
        attribute: "service_connect_configuration",
        value,
        mesh: None,
        retirement: None,
        certain: true,
    }))
}

/// How many tasks a rollout runs at most, in percent of the desired ones: the service definition's
/// `maximumPercent`, 200 by default, 100 for daemons; a blue/green deployment runs both sets whole, and so do linear and
/// canary ones, which only shift the traffic in another way (both revisions run until the bake time is over).
///
/// Source: Amazon ECS developer guide, service definition parameters (awsdocs 49232cf), read 2026-11-23.
fn surge(resource: &Resource<'_>, daemon: bool) -> Surge {
    const DEFAULT: &str = "Amazon ECS service definition, maximumPercent";
    let body = &resource.body;
    let strategy = body.block("deployment_configuration").map(|block| block.text("strategy"));
    let controller = body.block("deployment_controller").map(|block| block.text("type"));
    if let Some(Attr::Set(strategy)) = &strategy
        && matches!(strategy.as_str(), "BLUE_GREEN" | "LINEAR" | "CANARY")
    {
        return Surge::Twice("deployment_configuration.strategy");
    }
    if controller == Some(Attr::Set("CODE_DEPLOY".into())) {
        return Surge::Twice("deployment_controller.type");
    }
    // 200 is what the provider writes where nothing is set; it takes that for unset in a daemon.
    let percent = match resource.int("deployment_maximum_percent") {
        Attr::Set(200) if daemon => Attr::Unset,
        percent => percent.and_then(crate::catalogue::reader::unsigned),
    };
    let percent = Stated::plan("deployment_maximum_percent", percent);
    Surge::Percent(percent.or_default(if daemon { 100 } else { 200 }, DEFAULT))
}

/// What gives a rollout up whose tasks do not come up: the circuit breaker, or an alarm. Both are for rolling updates by ECS itself,
/// and the circuit breaker not for services behind a classic load balancer; daemons are left out.
///
/// Source: Amazon ECS API reference, `DeploymentCircuitBreaker` and `DeploymentAlarms`, read 2026-11-29. Nothing does so by
/// default: Amazon ECS developer guide, deployment circuit breaker.
fn breaker(resource: &Resource<'_>) -> Option<Breaker> {
    const DEFAULT: &str = "off, Amazon ECS developer guide, deployment circuit breaker";
    let body = &resource.body;
    let daemon = resource.text("scheduling_strategy") == Attr::Set("DAEMON".into());
    let controller = body.block("deployment_controller").map_or(Attr::Unset, |block| block.text("type"));
    let elsewhere = controller.known().is_some_and(|kind| *kind != "ECS");
    let shifts = body.block("deployment_configuration").map(|block| block.text("strategy"));
    let shifts = shifts.is_some_and(|kind| matches!(kind, Attr::Set(kind) if kind != "ROLLING"));
    let is_classic = |name: &Attr<Text>| !name.is_unset() && name.known().is_none_or(|name| !name.is_empty());
    let classic = body.blocks("load_balancer").iter().any(|block| is_classic(&block.text("elb_name")));
    if daemon || elsewhere || shifts || classic {
        return None;
    }
    let read = |block: &str, attribute: &str, path: &'static str| {
        let value = match (body.get(block).presence(), &controller) {
            (Attr::Unknown(why), _) => Attr::Unknown(why),
            (_, Attr::Unknown(why)) => Attr::Unknown(*why),
            _ => body.block(block).map_or(Attr::Unset, |block| block.bool(attribute)),
        };
        Stated::plan(path, value).or_default(false, DEFAULT)
    };
    Some(Breaker {
        stops: vec![
            read("deployment_circuit_breaker", "enable", "deployment_circuit_breaker.enable"),
            read("alarms", "enable", "alarms.enable"),
        ],
        goes_back: vec![
            read("deployment_circuit_breaker", "rollback", "deployment_circuit_breaker.rollback"),
            read("alarms", "rollback", "alarms.rollback"),
        ],
    })
}

fn exec() -> Need {
    Need {
        service: &services::SSM_MESSAGES,
        certain: true,
        caller: Caller::Platform,
        attribute: "enable_execute_command",
        value: "true".into(),
        why: "ECS Exec opens sessions to its tasks",
        chatter: true,
        vital: false,
        by_gateway: false,
    }
}

/// A placement strategy that packs tasks onto few machines, or strews them, whichever zones those stand in. Nothing, or a
/// spread, comes first otherwise: by default over zones.
///
/// Source: Amazon ECS developer guide, task placement strategies (awsdocs 49232cf), read 2026-11-29.
fn gathers(resource: &Resource<'_>) -> Option<(&'static str, Text)> {
    let strategies = resource.body.blocks("ordered_placement_strategy");
    let zonal = |field: Attr<Text>| field.known().is_some_and(|field| field.ends_with("availability-zone"));
    let spreads =
        strategies.iter().any(|one| one.text("type") == Attr::Set("spread".into()) && zonal(one.text("field")));
    let first = strategies.first()?.text("type").into_known()?;
    (!spreads && matches!(first.as_str(), "binpack" | "random")).then_some(("ordered_placement_strategy.type", first))
}

/// Tasks on machines of the cloud are billed by their size; on other machines they are billed with those.
static TARIFF: Tariff = Tariff {
    reads: &[
        Field::text("launch_type"),
        Field::text("scheduling_strategy"),
        Field::blocks("capacity_provider_strategy", STRATEGY),
        Field::blocks("deployment_controller", &[Field::text("type")]),
        Field::blocks("network_configuration", &[Field::flag("assign_public_ip")]),
    ],
    near: &[Near::To(Relation::UsesTemplate), Near::To(Relation::InCluster), Near::To(Relation::InSubnet)],
    usage: &[CROSS_ZONE],
    charge: Charge::By(charge),
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let own = site.own();
    let controller = own.block("deployment_controller").and_then(|controller| controller.text("type"));
    let external = controller.known().is_some_and(|kind| *kind == "EXTERNAL");
    let daemon = own.text("scheduling_strategy").known().is_some_and(|kind| *kind == "DAEMON");
    // Daemons run on somebody's own machines only; an external controller's tasks are those of its task sets.
    if external || daemon {
        return;
    }
    match shares(site) {
        Ok(shares) => {
            let task = match site.one(Near::To(Relation::UsesTemplate)) {
                Ok(Some(definition)) => Task::of(definition.own()),
                Ok(None) => Task::unknown("task_definition is not set"),
                Err(why) => Task::unknown(&why),
            };
            shares.bill(&task, lines);
            if let Some(tasks) = shares.all() {
                let network = own.block("network_configuration");
                let public = network.and_then(|network| network.flag("assign_public_ip"));
                // Default false: Amazon ECS API reference, AwsVpcConfiguration, not looked up again.
                address(site, lines, &public.or_default(false), &tasks);
            }
        }
        Err(why) => lines.not_priced("Fargate tasks", why),
    }
    cross_zone(site, lines);
}

/// Which of its tasks run on machines of the cloud.
///
/// Source: Amazon ECS API reference, `CreateService`: without a launch type and a strategy the cluster's default strategy counts,
/// and without that the launch type is EC2; not looked up again.
fn shares(site: &Site<'_>) -> Result<Shares, String> {
    let own = site.own();
    match (own.blocks("capacity_provider_strategy"), own.text("launch_type")) {
        (Attr::Set(strategy), _) => Ok(Shares::of(strategy, &site.units().into())),
        (_, Attr::Set(kind)) if kind == "FARGATE" => Ok(Shares::usual(site.units().into())),
        (_, Attr::Set(_)) => Ok(Shares::default()),
        (Attr::Unknown(why), _) => Err(format!("capacity_provider_strategy is {why}")),
        (_, Attr::Unknown(why)) => Err(format!("launch_type is {why}")),
        (Attr::Unset, Attr::Unset) => {
            let Some(cluster) = site.one(Near::To(Relation::InCluster))? else { return Ok(Shares::default()) };
            let of_cluster = |one: &Site<'_>| match one.own().blocks("default_capacity_provider_strategy") {
                Attr::Set(strategy) => Some(Ok(Shares::of(strategy, &site.units().into()))),
                Attr::Unset => None,
                Attr::Unknown(why) => Some(Err(format!("the cluster's default_capacity_provider_strategy is {why}"))),
            };
            if let Some(shares) = of_cluster(&cluster) {
                return shares;
            }
            let (around, _) = cluster.from(Relation::InCluster);
            let providers = around.iter().find(|one| one.kind() == "aws_ecs_cluster_capacity_providers");
            providers.and_then(of_cluster).unwrap_or_else(|| Ok(Shares::default()))
        }
    }
}
