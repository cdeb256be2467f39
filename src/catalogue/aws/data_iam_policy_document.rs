//! data `aws_iam_policy_document`: a policy, written as blocks: its actions are known before its resources are.

use super::shared::iam;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Permission, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_iam_policy_document",
    mode: Mode::Data,
    noun: "IAM policy document",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    let mut permission = Permission::default();
    iam::read_statements(&mut reader, &mut permission, resource.body.get("statement"));
    reader.facts(Part::Permission(permission))
}
