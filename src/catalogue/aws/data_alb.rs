//! data `aws_alb`: a load balancer that this plan only reads, by its older name.

use crate::catalogue::Adapter;
use crate::facts::Tariff;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_alb",
    mode: Mode::Data,
    noun: "load balancer",
    describe: super::lb::describe,
    tariff: &Tariff::FREE,
};
