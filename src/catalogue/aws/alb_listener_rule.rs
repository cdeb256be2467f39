//! `aws_alb_listener_rule`: the older name of `aws_lb_listener_rule`.

use crate::catalogue::Adapter;
use crate::facts::Tariff;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_alb_listener_rule",
    mode: Mode::Managed,
    noun: "listener rule",
    describe: super::lb_listener_rule::describe,
    tariff: &Tariff::FREE,
};
