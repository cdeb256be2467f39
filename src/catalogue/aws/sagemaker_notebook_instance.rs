//! `aws_sagemaker_notebook_instance`: a machine with notebooks.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_sagemaker_notebook_instance",
    mode: Mode::Managed,
    noun: "SageMaker notebook instance",
    describe: inert,
    tariff: &TARIFF,
};

/// Billed by the hour of its machine type, and its storage.
static TARIFF: Tariff =
    Tariff { charge: Charge::NotPriced("planwise has no prices of SageMaker machines"), ..Tariff::FREE };
