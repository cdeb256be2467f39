//! data `aws_lambda_function`: a function that this plan only reads.

use crate::catalogue::Adapter;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_lambda_function",
    mode: Mode::Data,
    noun: "Lambda function",
    describe: super::lambda_function::describe,
    tariff: &super::lambda_function::TARIFF,
};
