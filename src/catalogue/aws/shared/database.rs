//! How many connections RDS and Aurora take.
//!
//! - RDS defaults: Amazon RDS user guide, "Quotas and constraints", maximum number of database connections, read
//!   2026-11-23 in a verbatim mirror.
//! - Aurora: Amazon Aurora user guide (awsdocs 287c6040), "Performance and scaling", read 2026-11-23.
//! - How much of a class's memory the database gets is not published. Least squares over published observations of
//!   `max_connections` give what it lacks, in GiB: RDS for `MySQL` 0.250 + 1.72 % (13 observations), RDS for `PostgreSQL`
//!   0.235 + 1.92 % (5), Aurora `PostgreSQL` 0.262 + 2.70 % (7), Aurora `PostgreSQL` Serverless v2 0.199 + 6.17 % (4). The
//!   observations lie within 3 % of that, below 2 GiB within 6 %.

use super::db_classes::{self, Class};
use super::engine::{Engine, by_name, port, spell};
use crate::facts::{
    Availability, Cap, ConnectionLimit, Database, Datastore, DatastoreKind, Formula, LargerClass, Part, Reserve, Value,
    Variable,
};
use crate::model::{Attr, Resource, Text, Why};
use crate::units::Interval;

/// What most resources call the class of their machine.
pub(in crate::catalogue::aws) const CLASS: &str = "instance_class";

const MIB: u64 = 1 << 20;
const GIB: u64 = 1 << 30;

/// What bounds the connections of a machine of this engine and class.
pub(in crate::catalogue::aws) fn limit(
    engine: &Attr<Text>,
    version: &Attr<Text>,
    class: &Attr<Text>,
    storage_gib: &Attr<i64>,
    port: &Attr<i64>,
    class_attribute: &'static str,
) -> Attr<ConnectionLimit> {
    let engine = match engine {
        Attr::Set(name) if name.is_empty() => return Attr::Unset,
        Attr::Set(name) => match Engine::of(name, version) {
            Some(engine) => engine,
            None => return Attr::Unset,
        },
        Attr::Unset => return Attr::Unset,
        Attr::Unknown(why) => return Attr::Unknown(*why),
    };
    let size = match class {
        Attr::Set(size) => size.clone(),
        Attr::Unset => return Attr::Unknown(Why::Elsewhere),
        Attr::Unknown(why) => return Attr::Unknown(*why),
    };
    let mut variables = db_classes::find(&size).map(|class| machine(engine, class)).unwrap_or_default();
    if let Attr::Set(gib) = storage_gib
        && let Ok(gib) = u64::try_from(*gib)
    {
        variables.push((Variable::Storage, Interval::exactly(gib.saturating_mul(GIB))));
    }
    if let Attr::Set(port) = port
        && let Ok(port) = u64::try_from(*port)
    {
        variables.push((Variable::Port, Interval::exactly(port)));
    }
    let (default, source) = documented(engine, &size).unwrap_or_else(|| engine.default());
    Attr::Set(ConnectionLimit {
        parameter: "max_connections",
        default: Some(default),
        source,
        variables,
        machine: db_classes::SOURCE,
        size,
        size_attribute: class_attribute,
        cap: None,
        per_connection: engine.per_connection().0,
        per_connection_source: engine.per_connection().1,
        allowed: engine.allowed(),
        reserves: reserves(engine),
    })
}

/// Limits that the Aurora user guide prints for a class, where the formula leaves a range.
fn documented(engine: Engine, class: &str) -> Option<(Formula, &'static str)> {
    if engine != Engine::AuroraPostgres {
        return None;
    }
    let limit = match class {
        "db.t4g.medium" => 405,
        "db.t3.medium" => 420,
        "db.t3.large" | "db.t4g.large" => 844,
        "db.r6g.large" => 1722,
        "db.r6g.xlarge" | "db.x2g.large" => 3479,
        _ => return None,
    };
    Some((Formula::Number(limit), "maximum connections by class, Amazon Aurora user guide"))
}

fn reserves(engine: Engine) -> Vec<Reserve> {
    if !engine.is_postgres() {
        return Vec::new();
    }
    vec![
        Reserve {
            parameter: "superuser_reserved_connections",
            default: 3,
            source: "PostgreSQL documentation, superuser_reserved_connections",
        },
        Reserve {
            parameter: "rds.rds_superuser_reserved_connections",
            default: 2,
            source: "RDS for PostgreSQL parameters, rds.rds_superuser_reserved_connections",
        },
    ]
}

fn machine(engine: Engine, class: Class) -> Vec<(Variable, Interval)> {
    let nominal = class.memory * MIB;
    vec![
        (Variable::Memory, usable(nominal, engine.overhead())),
        (Variable::Processors, Interval::exactly(class.processors)),
    ]
}

/// The bytes that the database has, of those that its machine has.
fn usable(nominal: u64, overhead: Option<(u64, u64)>) -> Interval {
    let Some((fixed, millionths)) = overhead else {
        return Interval { low: nominal / 10 * 9, high: nominal };
    };
    let model = nominal.saturating_sub(fixed).saturating_sub(nominal / 1_000_000 * millionths);
    let margin = if nominal < 2 * GIB { 94 } else { 97 };
    Interval { low: model / 100 * margin, high: nominal }
}

/// The limit of an Aurora Serverless v2 cluster: its greatest capacity decides, at 2 GiB per unit. The documentation
/// prints it for some capacities; between them the formula holds. A static parameter: a change needs a restart.
pub(in crate::catalogue::aws) fn serverless(
    engine: &Attr<Text>,
    version: &Attr<Text>,
    minimum: &Attr<f64>,
    maximum: &Attr<f64>,
) -> Attr<ConnectionLimit> {
    let engine = engine.known().and_then(|name| Engine::of(name, version));
    let Some(engine @ (Engine::AuroraMySql | Engine::AuroraPostgres)) = engine else { return Attr::Unset };
    let maximum = match maximum {
        Attr::Set(maximum) => *maximum,
        Attr::Unset => return Attr::Unset,
        Attr::Unknown(why) => return Attr::Unknown(*why),
    };
    let Some(half_units) = half_units(maximum) else { return Attr::Unknown(Why::Malformed) };
    let nominal = half_units.saturating_mul(GIB);
    let overhead = if engine.is_postgres() { Some((GIB / 1000 * 199, 61_700)) } else { None };
    let printed: &[(u64, u64)] = match engine {
        Engine::AuroraPostgres => &[(2, 189), (8, 823), (16, 1669), (32, 3360), (64, 5000), (128, 5000), (256, 5000)],
        _ => &[(2, 90), (8, 135), (16, 1000), (32, 2000), (64, 3000), (128, 4000), (256, 5000)],
    };
    let (default, source) = match printed.iter().find(|(halves, _)| *halves == half_units) {
        Some((_, limit)) => {
            (Formula::Number(*limit), "maximum connections by capacity, Amazon Aurora user guide, Serverless v2")
        }
        None => engine.default(),
    };
    // 0 and 0.5 are the smallest minimums there are.
    let is_low = match minimum {
        Attr::Set(minimum) => *minimum <= 0.5,
        Attr::Unset => true,
        Attr::Unknown(why) => return Attr::Unknown(*why),
    };
    let cap = (engine.is_postgres() && is_low).then_some(Cap {
        limit: 2000,
        attribute: "serverlessv2_scaling_configuration.min_capacity",
        source: "a minimum capacity of 0.5 or less caps PostgreSQL at 2,000 (Amazon Aurora user guide, Serverless v2)",
        lift: "raise min_capacity to 1",
        lifted_at: 1,
    });
    Attr::Set(ConnectionLimit {
        parameter: "max_connections",
        default: Some(default),
        source,
        variables: vec![(Variable::Memory, usable(nominal, overhead))],
        machine: "2 GiB per capacity unit, Amazon Aurora user guide, Serverless v2",
        size: Text::from(format!("{maximum} ACU")),
        size_attribute: "serverlessv2_scaling_configuration.max_capacity",
        cap,
        per_connection: engine.per_connection().0,
        per_connection_source: engine.per_connection().1,
        allowed: engine.allowed(),
        reserves: reserves(engine),
    })
}

/// Capacity comes in halves of a unit, up to 256.
fn half_units(capacity: f64) -> Option<u64> {
    (1..=512_u32).find(|halves| (f64::from(*halves) / 2.0 - capacity).abs() < 0.01).map(u64::from)
}

/// A database on one machine, perhaps with a standby; `class_attribute` has its class.
pub(in crate::catalogue::aws) fn on_one_machine(resource: &Resource<'_>, class_attribute: &'static str) -> Part {
    let (engine, version) = (resource.text("engine"), resource.text("engine_version"));
    let class = resource.text(class_attribute);
    let port = port(resource.int("port"), &engine);
    let limit = limit(&engine, &version, &class, &resource.int("allocated_storage"), &port, class_attribute);
    // Default false: a machine in one zone; API reference of CreateDBInstance, MultiAZ.
    let availability = resource.bool("multi_az").or_default(false);
    Part::Datastore(Box::new(Datastore {
        kind: DatastoreKind::Database,
        engine: spell(engine, &version),
        class,
        availability: availability.map(|multi| if multi { Availability::MultiZone } else { Availability::SingleZone }),
        availability_attribute: "multi_az",
        availability_value: multi_az(resource),
        wider: "multi_az = true",
        widened: Some(("multi_az", Value::Flag(true))),
        widening: vec![("multi_az", Value::Flag(true))],
        apart: None,
        zone: resource.text("availability_zone"),
        public: resource.bool("publicly_accessible"),
        lasting: None,
        forwards: None,
        port,
        database: Some(database(limit, class_attribute)),
    }))
}

/// What `multi_az` says.
pub(in crate::catalogue::aws) fn multi_az(resource: &Resource<'_>) -> Text {
    match resource.bool("multi_az") {
        Attr::Set(multi) => Text::from(multi.to_string()),
        Attr::Unset => "unset: false".into(),
        Attr::Unknown(why) => Text::from(format!("({why})")),
    }
}

/// The part of a datastore's facts that bounds its connections.
pub(in crate::catalogue::aws) fn database(limit: Attr<ConnectionLimit>, class_attribute: &'static str) -> Database {
    Database { limit, class_attribute, readers: 0, pooler: "RDS Proxy", sized, larger }
}

/// The limit of a machine of this class, for an engine by its spoken name and version.
fn sized(engine: &Text, class: &Text) -> Option<ConnectionLimit> {
    let version = engine.rsplit_once(' ').map(|(_, version)| Text::from(version));
    let name = match by_name(engine)? {
        Engine::MySql => "mysql",
        Engine::MariaDb | Engine::MariaDb104 => "mariadb",
        Engine::Postgres => "postgres",
        Engine::AuroraMySql => "aurora-mysql",
        Engine::AuroraPostgres => "aurora-postgresql",
    };
    let version = version.filter(|version| version.starts_with(|c: char| c.is_ascii_digit()));
    limit(&Attr::Set(name.into()), &version.into(), &Attr::Set(class.clone()), &Attr::Unset, &Attr::Unset, CLASS)
        .into_known()
}

fn larger(engine: &Text, class: &Text, limit: &ConnectionLimit) -> Vec<LargerClass> {
    let Some(engine) = by_name(engine) else { return Vec::new() };
    let kept = |variable: &Variable| matches!(variable, Variable::Storage | Variable::Port);
    let others: Vec<_> = limit.variables.iter().filter(|(variable, _)| kept(variable)).copied().collect();
    (db_classes::larger(class).into_iter())
        .map(|(family, name, class)| LargerClass {
            class: name.into(),
            family,
            variables: machine(engine, class).into_iter().chain(others.iter().copied()).collect(),
        })
        .collect()
}

#[cfg(test)]
mod tests;
