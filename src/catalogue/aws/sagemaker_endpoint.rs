//! `aws_sagemaker_endpoint`: machines that answer with a model.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_sagemaker_endpoint",
    mode: Mode::Managed,
    noun: "SageMaker endpoint",
    describe: inert,
    tariff: &TARIFF,
};

/// Billed by the hour of the machines that its configuration names.
static TARIFF: Tariff =
    Tariff { charge: Charge::NotPriced("planwise has no prices of SageMaker machines"), ..Tariff::FREE };
