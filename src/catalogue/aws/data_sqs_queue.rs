//! data `aws_sqs_queue`: a queue that this plan only reads.

use crate::catalogue::Adapter;
use crate::facts::Tariff;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_sqs_queue",
    mode: Mode::Data,
    noun: "SQS queue",
    describe: super::sqs_queue::describe,
    tariff: &Tariff::FREE,
};
