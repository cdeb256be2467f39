//! data `aws_rds_cluster`: a cluster that this plan only reads.

use crate::catalogue::Adapter;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_rds_cluster",
    mode: Mode::Data,
    noun: "RDS cluster",
    describe: super::rds_cluster::describe,
    tariff: &super::rds_cluster::TARIFF,
};
