//! `aws_sagemaker_endpoint_configuration`: which machines an endpoint has.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_sagemaker_endpoint_configuration",
    mode: Mode::Managed,
    noun: "SageMaker endpoint configuration",
    describe: inert,
    tariff: &TARIFF,
};

/// Its machines are billed with the endpoint.
static TARIFF: Tariff = Tariff { charge: Charge::Elsewhere, ..Tariff::FREE };
