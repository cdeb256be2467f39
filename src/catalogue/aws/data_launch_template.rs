//! data `aws_launch_template`: a launch template that this plan only reads.

use crate::catalogue::Adapter;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_launch_template",
    mode: Mode::Data,
    noun: "launch template",
    describe: super::launch_template::describe,
    tariff: &super::launch_template::TARIFF,
};
