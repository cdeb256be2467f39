//! `aws_alb_target_group_attachment`: the older name of `aws_lb_target_group_attachment`.

use crate::catalogue::Adapter;
use crate::facts::Tariff;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_alb_target_group_attachment",
    mode: Mode::Managed,
    noun: "target group attachment",
    describe: super::lb_target_group_attachment::describe,
    tariff: &Tariff::FREE,
};
