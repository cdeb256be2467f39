//! `aws_alb`: the older name of `aws_lb`.

use super::shared::load_balancers;
use crate::catalogue::Adapter;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_alb",
    mode: Mode::Managed,
    noun: "load balancer",
    describe: super::lb::describe,
    tariff: &load_balancers::TARIFF,
};
