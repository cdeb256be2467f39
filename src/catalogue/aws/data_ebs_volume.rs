//! data `aws_ebs_volume`: a disk that this plan only reads.

use crate::catalogue::Adapter;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_ebs_volume",
    mode: Mode::Data,
    noun: "EBS volume",
    describe: super::ebs_volume::describe,
    tariff: &super::ebs_volume::TARIFF,
};
