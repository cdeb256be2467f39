//! `aws_db_proxy`: shares database connections among clients.

use super::shared::aurora;
use super::shared::support::processors;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Amounts, Charge, Facts, Lines, Near, Part, Pooler, Quantity, Rate, Relation, Site, Stated, Tariff};
use crate::model::{Attr, Mode, Resource};
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_db_proxy", mode: Mode::Managed, noun: "RDS Proxy", describe, tariff: &TARIFF };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["endpoint"]);
    reader.labels(&["id", "arn", "name"]);
    reader.links(Relation::GuardedBy, "vpc_security_group_ids");
    reader.links(Relation::InSubnet, "vpc_subnet_ids");
    // The default: Amazon RDS API reference, ConnectionPoolConfiguration, MaxConnectionsPercent (10 for SQL Server, 100 for all
    // other engines); read 2026-11-25. A target group that nobody declares has it.
    let default = if resource.text("engine_family") == Attr::Set("SQLSERVER".into()) { 10 } else { 100 };
    let percent = Stated::unset("max_connections_percent")
        .or_default(default, "Amazon RDS API reference, ConnectionPoolConfiguration, MaxConnectionsPercent");
    reader.facts(Part::Pooler(Pooler { percent }))
}

/// Billed by the processors of the machines behind it, at least two of each; by their capacity units where they have those, at least
/// eight of each.
///
/// Sources: Amazon RDS Proxy pricing, by processor and hour for each machine that it serves, at least two, not looked up again; at least
/// eight capacity units: Serverworks blog, "Aurora Serverless v2 and RDS Proxy, minimum cost", 2024-06.
static TARIFF: Tariff = Tariff {
    near: &[Near::From(Relation::ThroughPooler), Near::To(Relation::PoolsFor)],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

/// What is counted of what stands behind a proxy.
struct Behind {
    processors: Quantity,
    units: Option<Quantity>,
}

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let (targets, open) = site.from(Relation::ThroughPooler);
    let target = targets.iter().find(|target| target.kind() == "aws_db_proxy_target");
    // One that is only thought of names its database itself.
    let meant = site.to(Relation::PoolsFor).0.first().copied();
    let behind = match (meant, target, open) {
        (Some(database), ..) => database_behind(&database),
        (None, Some(target), _) => behind(target),
        (None, None, Some(why)) => Err(format!("what stands behind it is open: {why}")),
        (None, None, None) => Err("no target of this proxy is in this plan".to_owned()),
    };
    match behind {
        Ok(Behind { processors, units }) => {
            if !matches!(processors, Quantity::Known(Amounts { maximum, .. }) if maximum.is_zero()) {
                lines.add("RDS Proxy", "vCPU-hours", "AmazonRDS/RDS:ProxyUsage", Rate::Hour, processors);
            }
            if let Some(units) = units {
                lines.add("RDS Proxy (serverless)", "ACU-hours", "AmazonRDS/RDS:Proxy-ASv2-Usage", Rate::Hour, units);
            }
        }
        Err(why) => {
            lines.add("RDS Proxy", "vCPU-hours", "AmazonRDS/RDS:ProxyUsage", Rate::Hour, Quantity::Unknown(why));
        }
    }
}

/// The database that a target leads to.
fn behind(target: &Site<'_>) -> Result<Behind, String> {
    let database =
        target.one(Near::To(Relation::PoolsFor))?.ok_or("the database behind its target is not in this plan")?;
    database_behind(&database)
}

fn database_behind(database: &Site<'_>) -> Result<Behind, String> {
    if database.kind() == "aws_rds_cluster" {
        return cluster(database);
    }
    let class = super::db_instance::class(database.own());
    let processors = processors(&class)?.max(Decimal::TWO);
    Ok(Behind { processors: processors.into(), units: None })
}

fn cluster(cluster: &Site<'_>) -> Result<Behind, String> {
    let own = cluster.own();
    if let Attr::Set(class) = own.text(super::rds_cluster::CLASS) {
        let processors = processors(&Ok(class.clone()))?.max(Decimal::TWO) * Decimal::from(3);
        return Ok(Behind { processors: processors.into(), units: None });
    }
    let (members, open) = aurora::members(cluster);
    if members.is_empty() {
        return Err(open.map_or_else(|| "no machine of the cluster is in this plan".to_owned(), ToOwned::to_owned));
    }
    let mut behind = Behind { processors: 0.into(), units: None };
    let mut sum = Decimal::ZERO;
    let mut serverless = 0_u32;
    for member in &members {
        let class = super::db_instance::class(member.own());
        if class.as_ref().is_ok_and(|class| *class == "db.serverless") {
            serverless += 1;
        } else {
            sum += processors(&class)?.max(Decimal::TWO);
        }
    }
    behind.processors = sum.into();
    if serverless > 0 {
        let least = |units: Decimal| units.max(Decimal::from(8));
        behind.units = Some(match aurora::units(Some(own), None) {
            Quantity::Known(each) => each.map(least).times(serverless.into()).into(),
            other => other,
        });
    }
    Ok(behind)
}
