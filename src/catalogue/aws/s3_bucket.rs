//! `aws_s3_bucket`: objects.

use super::shared::{objects, services};
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Charge, Facts, Part, Store, StoreKind, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_s3_bucket", mode: Mode::Managed, noun: "S3 bucket", describe, tariff: &TARIFF };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "bucket", "bucket_domain_name", "bucket_regional_domain_name"]);
    reader.facts(Part::Store(Store { kind: StoreKind::Objects, services: services::only::S3, copies: Box::default() }))
}

/// Billed by what it holds, class by class, and by requests.
static TARIFF: Tariff =
    Tariff { reads: objects::OWN, near: objects::NEAR, usage: objects::USAGE, charge: Charge::By(objects::objects) };
