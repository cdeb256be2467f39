//! `aws_iam_role`: what a workload acts as.

use super::shared::{iam, managed_policies};
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Permission, Relation, Tariff};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_iam_role", mode: Mode::Managed, noun: "IAM role", describe, tariff: &Tariff::FREE };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["arn", "name", "id"]);
    let mut permission = Permission::default();
    for block in resource.body.get("inline_policy").visible_blocks() {
        iam::read_policy(&mut reader, &mut permission, "inline_policy.policy", block.get("policy"));
    }
    match resource.chosen("managed_policy_arns", resource.body.get("managed_policy_arns").texts()) {
        Attr::Set(arns) => {
            for arn in arns {
                match arn {
                    Attr::Set(arn) => managed_policies::add(&mut permission, &arn),
                    Attr::Unset => {}
                    Attr::Unknown(why) => permission.hidden = Some(why),
                }
            }
        }
        Attr::Unset => {}
        Attr::Unknown(why) => permission.hidden = Some(why),
    }
    reader.links(Relation::Grants, "managed_policy_arns");
    reader.facts(Part::Identity(permission))
}
