//! `aws_fsx_windows_file_system`: Windows shares.

use super::shared::fsx;
use crate::catalogue::Adapter;
use crate::facts::{Facts, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_fsx_windows_file_system",
    mode: Mode::Managed,
    noun: "FSx for Windows file system",
    describe,
    tariff: &Tariff::NONE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    fsx::read(resource, Some("SINGLE_AZ_1"))
}
