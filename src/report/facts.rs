//! The settled topology as JSON, for policies of one's own: documented in `docs/facts.md`.

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::facts_state::{binding, keeps, loses};
use super::{facts_deliveries, facts_traffic};
use crate::facts::ContainerRole;
use crate::model::{Address, Attr, Evidence, Stage, Text};
use crate::topology::{
    Allowance, Amount, Budget, Consumption, Datastore, Endpoint, Exit, Front, Gateway, Hint, PublicService, Reach,
    Remote, Scale, Scaling, Spread, Storage, Subnet, Term, Topology, Workload,
};
use crate::units::{Count, Interval};

use super::facts_drives::{drive, upkeep};
use super::facts_waits::{rollout, waits};

/// Writes what the topologies of a plan hold, one per stage.
pub fn render(name: &str, topologies: &[&Topology], out: &mut dyn Write) -> io::Result<()> {
    let stages: serde_json::Map<String, Value> = topologies
        .iter()
        .map(|topology| {
            let stage = match topology.stage {
                Stage::Before => "before",
                Stage::After => "after",
            };
            (stage.to_owned(), system(topology))
        })
        .collect();
    let document = json!({ "schema_version": "1.0", "plan": name, "stages": stages });
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

fn system(topology: &Topology) -> Value {
    json!({
        "networks": topology.networks.iter().map(|network| json!({
            "address": network.address.as_str(),
            "managed": network.managed,
            "region": attr(&network.region, |region| region.as_str().into()),
            "private_zones": network.zones.iter().map(|name| attr(name, |name| name.as_str().into())).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "subnets": topology.subnets.iter().map(|subnet| self::subnet(topology, subnet)).collect::<Vec<_>>(),
        "gateways": topology.gateways.iter().map(gateway).collect::<Vec<_>>(),
        "endpoints": topology.endpoints.iter().map(|endpoint| self::endpoint(topology, endpoint)).collect::<Vec<_>>(),
        "fronts": topology.fronts.iter().map(|front| self::front(topology, front)).collect::<Vec<_>>(),
        "bindings": topology.bindings.iter().map(|one| binding(topology, one)).collect::<Vec<_>>(),
        "publics": topology.publics.iter().map(|service| public(topology, service)).collect::<Vec<_>>(),
        "workloads": topology.workloads.iter().map(|workload| self::workload(topology, workload)).collect::<Vec<_>>(),
        "datastores": topology.numbered_datastores().map(|(id, store)| datastore(store, topology.poolers_of(id))).collect::<Vec<_>>(),
        "storages": topology.storages.iter().map(|storage| self::storage(topology, storage)).collect::<Vec<_>>(),
        "drives": topology.drives.iter().map(drive).collect::<Vec<_>>(),
        "reaches": topology.reaches.iter().map(|reach| self::reach(topology, reach)).collect::<Vec<_>>(),
        "remotes": topology.remotes.iter().map(|remote| self::remote(topology, remote)).collect::<Vec<_>>(),
        "calls": topology.calls.iter().map(|call| facts_traffic::call(topology, call)).collect::<Vec<_>>(),
        "readings": topology.readings.iter().map(|reading| facts_traffic::reading(topology, reading)).collect::<Vec<_>>(),
        "batches": topology.batches.iter().map(facts_traffic::batch).collect::<Vec<_>>(),
        "meshes": topology.meshes.iter().map(facts_traffic::mesh).collect::<Vec<_>>(),
        "meshed": topology.meshed.iter().map(|meshed| facts_traffic::meshed(topology, meshed)).collect::<Vec<_>>(),
        "mesh_services": topology.hops.iter().map(facts_traffic::hop).collect::<Vec<_>>(),
        "deliveries": topology.deliveries.iter().map(facts_deliveries::delivery).collect::<Vec<_>>(),
        "budgets": topology.budgets.iter().map(|budget| self::budget(topology, budget)).collect::<Vec<_>>(),
    })
}

/// A value, `null` where it is unset, `{"unknown": why}` where it cannot be seen.
pub(super) fn attr<T>(attr: &Attr<T>, value: impl FnOnce(&T) -> Value) -> Value {
    match attr {
        Attr::Set(known) => value(known),
        Attr::Unset => Value::Null,
        Attr::Unknown(why) => json!({ "unknown": why.to_string() }),
    }
}

pub(super) fn addresses(all: &[Address]) -> Vec<&str> {
    all.iter().map(Address::as_str).collect()
}

pub(super) fn evidence(all: &[Evidence]) -> Vec<Value> {
    all.iter()
        .map(|piece| {
            json!({
                "address": piece.address.as_str(),
                "attribute": piece.attribute.as_str(),
                "value": piece.value,
                "source": piece.source.as_str(),
                "note": piece.source.note(),
            })
        })
        .collect()
}

fn count(count: Count) -> Value {
    count.bounded().map_or_else(|| "unlimited".into(), Value::from)
}

fn interval(interval: Interval) -> Value {
    json!({ "low": interval.low, "high": interval.high })
}

fn subnet(topology: &Topology, subnet: &Subnet) -> Value {
    let unknown = match &subnet.exit {
        Exit::Unknown(reason) => Some(reason),
        _ => None,
    };
    json!({
        "address": subnet.address.as_str(),
        "network": subnet.network.map(|id| topology.network(id).address.as_str()),
        "zone": attr(&subnet.zone, |zone| zone.as_str().into()),
        "exit": { "kind": subnet.exit.as_str(), "through": addresses(subnet.exit.through()), "unknown": unknown },
        "route_table": subnet.table.as_ref().map(Address::as_str),
    })
}

fn gateway(gateway: &Gateway) -> Value {
    json!({
        "address": gateway.address.as_str(),
        "noun": gateway.noun,
        "zone": attr(&gateway.zone, |zone| zone.as_str().into()),
        "regional": attr(&gateway.regional, |regional| (*regional).into()),
    })
}

fn endpoint(topology: &Topology, endpoint: &Endpoint) -> Value {
    let subnets: Vec<&str> = endpoint.subnets.iter().map(|id| topology.subnet(*id).address.as_str()).collect();
    json!({
        "address": endpoint.address.as_str(),
        "managed": endpoint.managed,
        "network": endpoint.network.map(|id| topology.network(id).address.as_str()),
        "service": attr(&endpoint.service, |name| name.as_str().into()),
        "kind": attr(&endpoint.kind, |kind| kind.as_str().into()),
        "route_tables": addresses(&endpoint.tables),
        "route_tables_unknown": endpoint.tables_hidden,
        "subnets": subnets,
        "subnets_unknown": endpoint.subnets_hidden,
        "private_dns": attr(&endpoint.private_dns, |on| (*on).into()),
        "security_groups": addresses(&endpoint.guard.groups),
    })
}

fn public(topology: &Topology, service: &PublicService) -> Value {
    let workloads: Vec<&str> = service.workloads.iter().map(|id| topology.workload(*id).address.as_str()).collect();
    let alarms = service.alarms.iter().map(|alarm| {
        let tells: Vec<&str> = alarm.tells.iter().map(|quality| quality.as_str()).collect();
        json!({ "address": alarm.address.as_str(), "tells": tells, "certain": alarm.certain })
    });
    json!({
        "address": service.address.as_str(),
        "noun": service.noun,
        "workloads": workloads,
        "entrances": addresses(&service.entrances),
        "doubt": service.doubt,
        "service": service.declared.as_ref().map(|(name, _)| name.as_str()),
        "names": service.names.iter().map(Text::as_str).collect::<Vec<_>>(),
        "alarms": alarms.collect::<Vec<_>>(),
    })
}

fn amount(amount: &Amount) -> Value {
    attr(&amount.value, |value| (*value).into())
}

fn workload(topology: &Topology, workload: &Workload) -> Value {
    let range = &workload.range;
    let placement = &workload.placement;
    let containers: Vec<Value> = (workload.containers.iter())
        .map(|container| {
            let role = match container.role {
                ContainerRole::Web => "web",
                ContainerRole::Worker => "worker",
                ContainerRole::Sidecar => "sidecar",
                ContainerRole::Unclear => "unclear",
            };
            json!({ "name": container.name.as_str(), "role": role, "essential": container.essential })
        })
        .collect();
    let entries: Vec<Value> = (workload.entries.iter())
        .map(|entry| {
            json!({
                "kind": entry.kind.as_str(),
                "through": addresses(&entry.through),
                "certain": entry.certain,
                "traffic": attr(&entry.traffic, |traffic| traffic.as_str().into()),
            })
        })
        .collect();
    let services: Vec<Value> = (workload.uses.iter())
        .map(|use_| json!({ "service": use_.service.name, "why": use_.why, "certain": use_.certain }))
        .collect();
    let subnets: Vec<&str> = topology.subnets_of(workload).map(|(_, subnet)| subnet.address.as_str()).collect();
    json!({
        "address": workload.address.as_str(),
        "members": addresses(&workload.members),
        "names": workload.names.iter().map(Text::as_str).collect::<Vec<_>>(),
        "public": attr(&workload.public, |public| (*public).into()),
        "noun": workload.noun,
        "kind": workload.kind.as_str(),
        "unit": workload.unit,
        "range": {
            "minimum": amount(&range.minimum),
            "desired": amount(&range.desired),
            "maximum": amount(&range.maximum),
            "rollout": amount(&range.rollout),
        },
        "scaling": scaling(&workload.scaling),
        "declared": workload.declared.as_deref().map_or_else(Vec::new, |declared| evidence(&declared.evidence)),
        "processors": workload.processors,
        "host": workload.host.map(|id| topology.workload(id).address.as_str()),
        "in_network": !placement.detached,
        "subnets": subnets,
        "zones": placement.zones.iter().map(Text::as_str).collect::<Vec<_>>(),
        "placement_unknown": placement.gap.as_ref().map(|gap| gap.reason.as_str()),
        "containers": containers,
        "entries": entries,
        "consumes": workload.consumes.iter().map(consumption).collect::<Vec<_>>(),
        "services": services,
        "timeouts": waits(topology, &workload.waits),
        "rollout": rollout(workload.breaker.as_ref()),
        "keeps": keeps(workload),
        "connections_per_unit": {
            "at_least": count(workload.per_unit.at_least()),
            "complete": workload.per_unit.is_complete(),
            "terms": workload.per_unit.terms.iter().map(term).collect::<Vec<_>>(),
            "upkeep": workload.per_unit.upkeep.iter().map(upkeep).collect::<Vec<_>>(),
            "unseen": workload.per_unit.unseen.iter().map(|unseen| unseen.text.as_str()).collect::<Vec<_>>(),
        },
    })
}

fn scaling(scaling: &Scaling) -> Value {
    let policies: Vec<Value> = (scaling.policies.iter())
        .map(|policy| {
            let watches: Vec<Value> = (policy.watches.iter())
                .map(|(watch, _)| {
                    json!({ "signal": watch.signal.as_str(), "metric": watch.metric.as_str(), "raw": watch.raw })
                })
                .collect();
            json!({
                "address": policy.address.as_str(),
                "watches": watches,
                "unknown": policy.gap.as_ref().map(|gap| gap.reason.as_str()),
            })
        })
        .collect();
    json!({
        "registered": addresses(&scaling.registered),
        "policies": policies,
        "schedules": scaling.schedules.iter().map(|piece| piece.address.as_str()).collect::<Vec<_>>(),
        "itself": scaling.itself.as_ref().map(|piece| piece.value.as_str()),
        "unknown": scaling.gap.as_ref().map(|gap| gap.reason.as_str()),
    })
}

fn consumption(consumption: &Consumption) -> Value {
    json!({
        "kind": consumption.kind.as_str(),
        "source": consumption.source.as_ref().map(Address::as_str),
        "certain": consumption.is_certain(),
        "doubt": consumption.doubt,
    })
}

fn term(term: &Term) -> Value {
    json!({
        "container": term.container.as_deref(),
        "processes": count(term.processes),
        "processes_stated": term.processes_stated,
        "pool": term.pool.map(count),
        "overflow": count(term.overflow),
        "threads": term.threads.map(count),
        "default_of": match term.setting {
            Hint::Default(habit) => Some(habit.name),
            _ => None,
        },
    })
}

fn front(topology: &Topology, front: &Front) -> Value {
    let targets: Vec<Value> = (front.targets.iter())
        .map(|target| {
            json!({
                "workload": topology.workload(target.workload).address.as_str(),
                "machine": target.machine.as_ref().map(Address::as_str),
                "zones": zones(&target.zones),
                "zones_unknown": target.gap.as_ref().map(|gap| gap.reason.as_str()),
            })
        })
        .collect();
    json!({
        "balancer": front.balancer.as_str(),
        "noun": front.noun,
        "managed": front.managed,
        "group": front.group.as_ref().map(Address::as_str),
        "zones": zones(&front.zones),
        "zones_unknown": front.gap.as_ref().map(|gap| gap.reason.as_str()),
        "across": attr(&front.across, |across| (*across).into()),
        "targets": targets,
        "targets_unknown": front.unseen,
    })
}

fn zones(zones: &BTreeSet<Text>) -> Vec<&str> {
    zones.iter().map(Text::as_str).collect()
}

fn spread(spread: &Spread) -> Value {
    let (kind, zone, unknown) = match spread {
        Spread::OneZone(zone) => ("one zone", attr(zone, |zone| zone.as_str().into()), None),
        Spread::SeveralZones => ("several zones", Value::Null, None),
        Spread::Unknown(reason) => ("unknown", Value::Null, Some(reason)),
    };
    json!({ "kind": kind, "zone": zone, "unknown": unknown })
}

fn storage(topology: &Topology, storage: &Storage) -> Value {
    let doors = storage.doors.as_ref().map(
        |doors| json!({ "addresses": addresses(&doors.list), "zones": zones(&doors.zones), "unknown": doors.gap }),
    );
    let users: Vec<Value> = (storage.users.iter())
        .map(|user| {
            json!({
                "workload": topology.workload(user.workload).address.as_str(),
                "machine": user.machine.as_ref().map(Address::as_str),
                "zones": zones(&user.zones),
                "zones_unknown": user.gap.as_ref().map(|gap| gap.reason.as_str()),
                "certain": user.doubt.is_none(),
                "doubt": user.doubt,
            })
        })
        .collect();
    json!({
        "address": storage.address.as_str(),
        "noun": storage.noun,
        "kind": storage.kind.as_str(),
        "managed": storage.managed,
        "spread": spread(&storage.spread),
        "doors": doors,
        "users": users,
    })
}

fn datastore(datastore: &Datastore, poolers: &[Allowance]) -> Value {
    json!({
        "address": datastore.address.as_str(),
        "names": datastore.names.iter().map(Text::as_str).collect::<Vec<_>>(),
        "noun": datastore.noun,
        "kind": datastore.kind.as_str(),
        "managed": datastore.managed,
        "engine": attr(&datastore.engine, |engine| engine.as_str().into()),
        "class": attr(&datastore.class, |class| class.as_str().into()),
        "spread": spread(&datastore.spread),
        "loses": loses(datastore),
        "members": datastore.members.iter().map(|member| member.address.as_str()).collect::<Vec<_>>(),
        "poolers": poolers.iter().map(pooler).collect::<Vec<_>>(),
    })
}

fn pooler(pooler: &Allowance) -> Value {
    json!({ "address": pooler.pooler.as_str(), "percent": amount(&pooler.percent) })
}

fn reach(topology: &Topology, reach: &Reach) -> Value {
    json!({
        "workload": topology.workload(reach.workload).address.as_str(),
        "datastore": topology.datastore(reach.datastore).address.as_str(),
        "pooler": reach.pooler.as_ref().map(Address::as_str),
        "readers_only": reach.readers_only,
        "certain": reach.is_certain(),
        "doubt": reach.doubt,
        "evidence": evidence(&reach.evidence),
    })
}

fn remote(topology: &Topology, remote: &Remote) -> Value {
    json!({
        "workload": topology.workload(remote.workload).address.as_str(),
        "home": remote.home.as_deref(),
        "region": Some(remote.region.as_str()).filter(|region| !region.is_empty()),
        "noun": remote.noun,
        "target": remote.target.as_ref().map(Address::as_str),
        "kind": remote.kind.as_str(),
        "certain": remote.doubt.is_none(),
        "doubt": remote.doubt,
        "evidence": evidence(&remote.evidence),
    })
}

fn scale(scale: Scale) -> Value {
    json!({ "desired": count(scale.desired), "redeploy": count(scale.redeploy), "maximum": count(scale.maximum), "rollout": count(scale.rollout) })
}

fn budget(topology: &Topology, budget: &Budget) -> Value {
    let capacity = match &budget.capacity {
        Ok(capacity) => json!({
            "limit": interval(capacity.maximum),
            "reserved": capacity.reserved,
            "usable": interval(capacity.usable),
            "explicit": capacity.explicit,
            "size": capacity.size.as_str(),
            "evidence": evidence(&capacity.evidence),
        }),
        Err(gap) => json!({ "unknown": gap.reason }),
    };
    let demands: Vec<Value> = (budget.demands.iter())
        .map(|demand| {
            let workloads: Vec<&str> =
                demand.workloads.iter().map(|id| topology.workload(*id).address.as_str()).collect();
            json!({
                "workloads": workloads,
                "units": {
                    "desired": demand.units.desired,
                    "redeploy": demand.units.redeploy,
                    "maximum": demand.units.maximum,
                    "rollout": demand.units.rollout,
                },
                "connections": scale(demand.connections),
                "complete": demand.is_complete(),
                "unseen": demand.unseen,
            })
        })
        .collect();
    json!({
        "datastore": topology.datastore(budget.datastore).address.as_str(),
        "readers": budget.readers,
        "capacity": capacity,
        "demands": demands,
        "total": scale(budget.total),
        "at_most": budget.at_most.map(scale),
        "possible": budget.possible.iter().map(|reach| json!({
            "workload": topology.workload(reach.workload).address.as_str(),
            "doubt": reach.doubt,
        })).collect::<Vec<_>>(),
        "complete": budget.is_complete(),
    })
}
