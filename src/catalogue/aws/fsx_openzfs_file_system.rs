//! `aws_fsx_openzfs_file_system`: ZFS over NFS.

use super::shared::fsx;
use crate::catalogue::Adapter;
use crate::facts::{Facts, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_fsx_openzfs_file_system",
    mode: Mode::Managed,
    noun: "FSx for OpenZFS file system",
    describe,
    tariff: &Tariff::NONE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    fsx::read(resource, None)
}
