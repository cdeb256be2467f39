//! `aws_lb_cookie_stickiness_policy`: keeps the clients of a classic load balancer with one instance.

use super::app_cookie_stickiness_policy::describe;
use crate::catalogue::Adapter;
use crate::facts::Tariff;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_lb_cookie_stickiness_policy",
    mode: Mode::Managed,
    noun: "stickiness policy",
    describe,
    tariff: &Tariff::FREE,
};
