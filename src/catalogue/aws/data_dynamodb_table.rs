//! data `aws_dynamodb_table`: a table that this plan only reads.

use crate::catalogue::Adapter;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_dynamodb_table",
    mode: Mode::Data,
    noun: "DynamoDB table",
    describe: super::dynamodb_table::describe,
    tariff: &super::dynamodb_table::TARIFF,
};
