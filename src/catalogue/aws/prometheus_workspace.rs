//! `aws_prometheus_workspace`: keeps metrics.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Lines, Site, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_prometheus_workspace",
    mode: Mode::Managed,
    noun: "Prometheus workspace",
    describe: inert,
    tariff: &TARIFF,
};

/// By the sample that comes in, the sample that a query looks at, and the GB.
///
/// Source: Amazon Managed Service for Prometheus pricing, not looked up again.
static TARIFF: Tariff = Tariff {
    usage: &[
        meter::key("monthly_samples_ingested", "samples that come in, in a month"),
        meter::key("monthly_samples_queried", "samples that queries look at in a month"),
        meter::key("storage_gb", "GB of metrics"),
    ],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let millions = |key: &str| meter::per(site.usage(key), 1_000_000);
    let ingested = millions("monthly_samples_ingested");
    lines.used("Samples ingested", "1M samples", "aws_prometheus_workspace/Samples ingested", ingested);
    let queried = millions("monthly_samples_queried");
    lines.used("Samples queried", "1M samples", "aws_prometheus_workspace/Samples queried", queried);
    lines.used("Storage", "GB", "aws_prometheus_workspace/Storage", site.usage("storage_gb"));
}
