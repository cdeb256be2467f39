//! `aws_iam_policy`: what somebody may do.

use super::shared::iam;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Permission, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_iam_policy", mode: Mode::Managed, noun: "IAM policy", describe, tariff: &Tariff::FREE };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["arn", "id"]);
    let mut permission = Permission::default();
    iam::read_policy(&mut reader, &mut permission, "policy", resource.body.get("policy"));
    reader.facts(Part::Permission(permission))
}
