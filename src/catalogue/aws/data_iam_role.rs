//! data `aws_iam_role`: a role that this plan only reads: what it may do stands elsewhere.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Permission, Tariff};
use crate::model::{Mode, Resource, Why};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_iam_role", mode: Mode::Data, noun: "IAM role", describe, tariff: &Tariff::FREE };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["arn", "name", "id"]);
    reader.facts(Part::Identity(Permission { hidden: Some(Why::Elsewhere), ..Permission::default() }))
}
