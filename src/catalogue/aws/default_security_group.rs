//! `aws_default_security_group`: a network's default group, taken over by Terraform.

use crate::catalogue::Adapter;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_default_security_group",
    mode: Mode::Managed,
    noun: "security group",
    describe: super::security_group::describe,
};
