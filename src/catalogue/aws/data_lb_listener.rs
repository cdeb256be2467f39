//! data `aws_lb_listener`: a listener that this plan only reads.

use crate::catalogue::Adapter;
use crate::facts::Tariff;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_lb_listener",
    mode: Mode::Data,
    noun: "listener",
    describe: super::lb_listener::describe,
    tariff: &Tariff::FREE,
};
