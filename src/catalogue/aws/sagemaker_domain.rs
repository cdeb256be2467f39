//! `aws_sagemaker_domain`: where people work on models.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_sagemaker_domain",
    mode: Mode::Managed,
    noun: "SageMaker domain",
    describe: inert,
    tariff: &TARIFF,
};

/// Billed by the machines and the storage that people take.
static TARIFF: Tariff =
    Tariff { charge: Charge::NotPriced("what people start in a SageMaker domain is not in any plan"), ..Tariff::FREE };
