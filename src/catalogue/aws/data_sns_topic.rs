//! data `aws_sns_topic`: a topic that this plan only reads.

use crate::catalogue::Adapter;
use crate::facts::Tariff;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_sns_topic",
    mode: Mode::Data,
    noun: "SNS topic",
    describe: super::sns_topic::describe,
    tariff: &Tariff::FREE,
};
