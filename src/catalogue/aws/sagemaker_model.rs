//! `aws_sagemaker_model`: what an endpoint answers with.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::Tariff;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_sagemaker_model",
    mode: Mode::Managed,
    noun: "SageMaker model",
    describe: inert,
    tariff: &TARIFF,
};

/// It costs nothing; the machines that run it do.
static TARIFF: Tariff = Tariff::FREE;
