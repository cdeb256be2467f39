//! data `aws_ec2_transit_gateway`: a transit gateway that this plan only reads.

use crate::catalogue::Adapter;
use crate::facts::Tariff;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_ec2_transit_gateway",
    mode: Mode::Data,
    noun: "transit gateway",
    describe: super::ec2_transit_gateway::describe,
    tariff: &Tariff::FREE,
};
