//! data `aws_efs_file_system`: a file system that this plan only reads.

use crate::catalogue::Adapter;
use crate::facts::Tariff;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_efs_file_system",
    mode: Mode::Data,
    noun: "EFS file system",
    describe: super::efs_file_system::describe,
    tariff: &Tariff::FREE,
};
