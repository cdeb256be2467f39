//! `aws_db_proxy_target`: connects a proxy with the database behind it.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Near, Part, Relation, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_db_proxy_target", mode: Mode::Managed, noun: "RDS Proxy target", describe, tariff: &TARIFF };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.link(Relation::ThroughPooler, "db_proxy_name");
    reader.link(Relation::PoolsFor, "db_instance_identifier");
    reader.link(Relation::PoolsFor, "db_cluster_identifier");
    reader.facts(Part::PoolerTarget)
}

/// Nothing is billed for it; the proxy is, by the database that it leads to.
static TARIFF: Tariff = Tariff { near: &[Near::To(Relation::PoolsFor)], ..Tariff::FREE };
