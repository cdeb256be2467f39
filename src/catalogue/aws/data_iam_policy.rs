//! data `aws_iam_policy`: a policy that this plan only reads.

use crate::catalogue::Adapter;
use crate::facts::Tariff;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_iam_policy",
    mode: Mode::Data,
    noun: "IAM policy",
    describe: super::iam_policy::describe,
    tariff: &Tariff::FREE,
};
