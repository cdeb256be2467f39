//! `aws_alb_listener`: the older name of `aws_lb_listener`.

use super::shared::load_balancers;
use crate::catalogue::Adapter;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_alb_listener",
    mode: Mode::Managed,
    noun: "listener",
    describe: super::lb_listener::describe,
    tariff: &load_balancers::LISTENER,
};
