//! data `aws_lb`: a load balancer that this plan only reads.

use crate::catalogue::Adapter;
use crate::facts::Tariff;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_lb",
    mode: Mode::Data,
    noun: "load balancer",
    describe: super::lb::describe,
    tariff: &Tariff::FREE,
};
