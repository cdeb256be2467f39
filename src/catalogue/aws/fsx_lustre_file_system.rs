//! `aws_fsx_lustre_file_system`: a parallel file system, which stands in the one subnet that it names.

use super::shared::fsx;
use crate::catalogue::Adapter;
use crate::facts::{Facts, Tariff};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_fsx_lustre_file_system",
    mode: Mode::Managed,
    noun: "FSx for Lustre file system",
    describe,
    tariff: &Tariff::NONE,
};

/// Exactly one subnet, in whose zone it stands: Amazon `FSx` API reference, `CreateFileSystem`, `SubnetIds`, read 2026-11-29.
pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    fsx::facts(resource, Attr::Set(false), "subnet_ids", "one subnet".into(), "another kind of file system")
}
