//! `aws_default_vpc`: the network that every account has, taken over by Terraform.

use crate::catalogue::Adapter;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_default_vpc", mode: Mode::Managed, noun: "VPC", describe: super::vpc::describe };
