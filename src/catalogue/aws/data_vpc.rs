//! data `aws_vpc`: a private network that this plan only reads.

use crate::catalogue::Adapter;
use crate::facts::Tariff;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_vpc", mode: Mode::Data, noun: "VPC", describe: super::vpc::describe, tariff: &Tariff::FREE };
