//! `aws_default_security_group`: a network's default group, taken over by Terraform.

use crate::catalogue::Adapter;
use crate::facts::{Facts, Part, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_default_security_group",
    mode: Mode::Managed,
    noun: "security group",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut facts = super::security_group::describe(resource);
    if let Part::SecurityGroup(group) = &mut facts.part {
        group.default = true;
    }
    facts
}
