//! `aws_vpclattice_service`: a service that other networks can call.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Lines, Site, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_vpclattice_service",
    mode: Mode::Managed,
    noun: "VPC Lattice service",
    describe: inert,
    tariff: &TARIFF,
};

/// By the hour, the GB and the request.
///
/// Source: Amazon VPC Lattice pricing, not looked up again.
static TARIFF: Tariff = Tariff {
    usage: &[
        meter::key("monthly_data_processed_gb", "GB that pass through the service in a month"),
        meter::key("monthly_requests", "requests in a month"),
    ],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    lines.hours("VPC Lattice service", "aws_vpclattice_service/VPC Lattice service", 1);
    let processed = site.usage("monthly_data_processed_gb");
    lines.used("Data processed", "GB", "aws_vpclattice_service/Data processed", processed);
    let requests = meter::per(site.usage("monthly_requests"), 1_000_000);
    lines.used("Requests", "1M requests", "aws_vpclattice_service/Requests", requests);
}
