//! `aws_db_proxy`: shares database connections among clients.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Pooler, Relation, Stated, Tariff};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_db_proxy", mode: Mode::Managed, noun: "RDS Proxy", describe, tariff: &Tariff::NONE };

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
