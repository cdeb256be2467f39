//! `aws_iam_role_policy`: a policy inside a role.

use super::shared::iam;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Permission, Relation, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_iam_role_policy",
    mode: Mode::Managed,
    noun: "IAM role policy",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.link(Relation::GrantedTo, "role");
    let mut permission = Permission::default();
    iam::read_policy(&mut reader, &mut permission, "policy", resource.body.get("policy"));
    reader.facts(Part::Grant(permission))
}
