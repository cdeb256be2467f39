//! data `aws_efs_access_point`: another name of a file system, which this plan only reads.

use crate::catalogue::Adapter;
use crate::facts::Tariff;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_efs_access_point",
    mode: Mode::Data,
    noun: "EFS access point",
    describe: super::efs_access_point::describe,
    tariff: &Tariff::FREE,
};
