//! data `aws_subnet`: a subnet that this plan only reads.

use crate::catalogue::Adapter;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_subnet",
    mode: Mode::Data,
    noun: "subnet",
    describe: super::subnet::describe,
    tariff: &super::subnet::TARIFF,
};
