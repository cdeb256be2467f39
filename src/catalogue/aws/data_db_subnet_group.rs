//! data `aws_db_subnet_group`: a subnet group that this plan only reads.

use crate::catalogue::Adapter;
use crate::facts::Tariff;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_db_subnet_group",
    mode: Mode::Data,
    noun: "DB subnet group",
    describe: super::db_subnet_group::describe,
    tariff: &Tariff::FREE,
};
