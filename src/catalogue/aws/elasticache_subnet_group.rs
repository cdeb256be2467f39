//! `aws_elasticache_subnet_group`: the subnets that a cache may stand in.

use crate::catalogue::Adapter;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_elasticache_subnet_group",
    mode: Mode::Managed,
    noun: "cache subnet group",
    describe: super::db_subnet_group::describe,
};
