//! `aws_fsx_ontap_file_system`: a file system for several protocols.

use super::shared::fsx;
use crate::catalogue::Adapter;
use crate::facts::{Facts, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_fsx_ontap_file_system",
    mode: Mode::Managed,
    noun: "FSx for ONTAP file system",
    describe,
    tariff: &Tariff::NONE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    fsx::read(resource, None)
}
