//! `aws_rds_cluster_parameter_group`: a database cluster's settings.

use crate::catalogue::Adapter;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_rds_cluster_parameter_group",
    mode: Mode::Managed,
    noun: "cluster parameter group",
    describe: super::db_parameter_group::describe,
};
