//! `aws_db_proxy_default_target_group`: how much of a database's connections a proxy may take.

use crate::catalogue::Adapter;
use crate::catalogue::reader::{Reader, unsigned};
use crate::facts::{Facts, Part, PoolerShare, Relation, Stated, Tariff};
use crate::model::{Attr, Mode, Resource, Why};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_db_proxy_default_target_group",
    mode: Mode::Managed,
    noun: "RDS Proxy target group",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "name"]);
    reader.link(Relation::ThroughPooler, "db_proxy_name");
    let hidden = resource.body.get("connection_pool_config").presence().why_unknown();
    let percent = match (resource.body.block("connection_pool_config"), hidden) {
        // Left to the provider, or to the cloud, it is the proxy's default.
        (None, Some(why)) if !resource.leaves_open("connection_pool_config") => Attr::Unknown(why),
        (None, _) => Attr::Unset,
        (Some(pool), _) => match pool.int("max_connections_percent") {
            Attr::Unknown(Why::Computed) if resource.leaves_open("connection_pool_config") => Attr::Unset,
            percent => percent.and_then(unsigned),
        },
    };
    let percent = Stated::plan("connection_pool_config.max_connections_percent", percent);
    reader.facts(Part::PoolerShare(PoolerShare { percent }))
}
