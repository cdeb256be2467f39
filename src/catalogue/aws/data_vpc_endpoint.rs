//! data `aws_vpc_endpoint`: an endpoint that this plan only reads.

use crate::catalogue::Adapter;
use crate::facts::Tariff;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_vpc_endpoint",
    mode: Mode::Data,
    noun: "VPC endpoint",
    describe: super::vpc_endpoint::describe,
    tariff: &Tariff::FREE,
};
