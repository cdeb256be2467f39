//! `aws_elasticache_serverless_cache`: a cache without nodes to see, over several zones.

use super::elasticache_replication_group::cache;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Availability, Facts, Relation, Tariff};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_elasticache_serverless_cache",
    mode: Mode::Managed,
    noun: "ElastiCache serverless cache",
    describe,
    tariff: &Tariff::NONE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["arn", "id", "name"]);
    reader.links(Relation::GuardedBy, "security_group_ids");
    reader.links(Relation::InSubnet, "subnet_ids");
    reader.facts(cache(
        resource,
        "node_type",
        (Attr::Set(Availability::MultiZone), "engine", "serverless".into(), ""),
        Attr::Unset,
        None,
    ))
}
