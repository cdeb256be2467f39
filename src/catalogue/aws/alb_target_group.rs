//! `aws_alb_target_group`: the older name of `aws_lb_target_group`.

use crate::catalogue::Adapter;
use crate::facts::Tariff;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_alb_target_group",
    mode: Mode::Managed,
    noun: "target group",
    describe: super::lb_target_group::describe,
    tariff: &Tariff::FREE,
};
