//! `aws_db_proxy_default_target_group`: how much of a database's connections a proxy may take.

use crate::catalogue::Adapter;
use crate::catalogue::reader::{Reader, unsigned};
use crate::facts::{Facts, Part, PoolerShare, Relation};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_db_proxy_default_target_group",
    mode: Mode::Managed,
    noun: "RDS Proxy target group",
    describe,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "name"]);
    reader.link(Relation::ThroughPooler, "db_proxy_name");
    let pool = resource.body.block("connection_pool_config");
    let percent = pool.map_or(Attr::Unset, |pool| pool.int("max_connections_percent").and_then(unsigned));
    reader
        .facts(Part::PoolerShare(PoolerShare { percent, attribute: "connection_pool_config.max_connections_percent" }))
}
