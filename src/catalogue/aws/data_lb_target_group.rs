//! data `aws_lb_target_group`: a target group that this plan only reads.

use crate::catalogue::Adapter;
use crate::facts::Tariff;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_lb_target_group",
    mode: Mode::Data,
    noun: "target group",
    describe: super::lb_target_group::describe,
    tariff: &Tariff::FREE,
};
