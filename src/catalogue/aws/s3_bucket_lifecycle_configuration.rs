//! `aws_s3_bucket_lifecycle_configuration`: when objects of a bucket move to another storage class, or go.

use super::shared::objects;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Relation, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_s3_bucket_lifecycle_configuration",
    mode: Mode::Managed,
    noun: "S3 lifecycle rules",
    describe,
    tariff: &TARIFF,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.link(Relation::Configures, "bucket");
    reader.facts(Part::Inert)
}

/// Nothing is billed for it; the bucket is, by the classes that it names.
static TARIFF: Tariff = Tariff { reads: objects::RULES, ..Tariff::FREE };
