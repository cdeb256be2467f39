//! `aws_iam_policy_attachment`: gives roles, users and groups a policy.

use super::shared::managed_policies;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Permission, Relation, Tariff};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_iam_policy_attachment",
    mode: Mode::Managed,
    noun: "IAM policy attachment",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.links(Relation::GrantedTo, "roles");
    let mut permission = Permission::default();
    match resource.text("policy_arn") {
        Attr::Set(arn) if managed_policies::is_managed(&arn) => managed_policies::add(&mut permission, &arn),
        _ => reader.link(Relation::Grants, "policy_arn"),
    }
    reader.facts(Part::Grant(permission))
}
