//! data `aws_s3_bucket`: a bucket that this plan only reads.

use crate::catalogue::Adapter;
use crate::facts::Tariff;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_s3_bucket",
    mode: Mode::Data,
    noun: "S3 bucket",
    describe: super::s3_bucket::describe,
    tariff: &Tariff::FREE,
};
