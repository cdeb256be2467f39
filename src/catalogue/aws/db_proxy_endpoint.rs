//! `aws_db_proxy_endpoint`: another name of a proxy.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Charge, Facts, Field, Lines, Part, Quantity, Relation, Site, Tariff, UsageKey};
use crate::model::{Attr, Mode, Resource};
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_db_proxy_endpoint",
    mode: Mode::Managed,
    noun: "RDS Proxy endpoint",
    describe,
    tariff: &TARIFF,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["endpoint"]);
    reader.labels(&["id", "arn"]);
    reader.link(Relation::NameOf, "db_proxy_name");
    reader.facts(Part::Alias)
}

/// Billed as an interface endpoint in each of its subnets: only the endpoint that a proxy comes with is free.
///
/// Source: Amazon RDS Proxy pricing, additional endpoints, not looked up again.
static TARIFF: Tariff = Tariff {
    reads: &[Field::texts("vpc_subnet_ids")],
    near: &[],
    usage: &[UsageKey { key: "monthly_data_processed_gb", meaning: "GB that pass through the endpoint in a month" }],
    charge: Charge::By(charge),
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let subnets = match site.own().texts("vpc_subnet_ids") {
        Attr::Set(subnets) => Decimal::from(subnets.len()).into(),
        Attr::Unset => Quantity::Unknown("vpc_subnet_ids is not set".to_owned()),
        Attr::Unknown(why) => Quantity::Unknown(format!("vpc_subnet_ids is {why}")),
    };
    lines.hours("Endpoint (Interface)", "aws_vpc_endpoint/Endpoint (Interface)", subnets);
    let passed = site.usage("monthly_data_processed_gb");
    lines.used("Data processed", "GB", "aws_vpc_endpoint/Data processed (first 1PB)", passed);
}
