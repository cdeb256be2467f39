//! data `aws_ecr_repository`: a repository that this plan only reads.

use crate::catalogue::Adapter;
use crate::facts::Tariff;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_ecr_repository",
    mode: Mode::Data,
    noun: "ECR repository",
    describe: super::ecr_repository::describe,
    tariff: &Tariff::FREE,
};
