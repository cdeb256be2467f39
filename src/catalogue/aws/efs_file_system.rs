//! `aws_efs_file_system`: files, reached through mount targets.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Store, StoreKind};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_efs_file_system", mode: Mode::Managed, noun: "EFS file system", describe };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "dns_name"]);
    reader.facts(Part::Store(Store { kind: StoreKind::Files, services: &[] }))
}
