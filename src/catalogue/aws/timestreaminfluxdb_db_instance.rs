//! `aws_timestreaminfluxdb_db_instance`: measurements over time, in `InfluxDB`.

use super::shared::billing::{given, needed, said};
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Field, Lines, Site, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_timestreaminfluxdb_db_instance",
    mode: Mode::Managed,
    noun: "Timestream for InfluxDB instance",
    describe: inert,
    tariff: &TARIFF,
};

/// Billed by the hour of its class and by what is allocated on its disk, twice as much with a standby.
///
/// Source: Amazon Timestream for `InfluxDB` pricing, not looked up again.
static TARIFF: Tariff = Tariff {
    reads: &[
        Field::text("db_instance_type"),
        Field::text("deployment_type"),
        Field::text("db_storage_type"),
        Field::number("allocated_storage"),
    ],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let own = site.own();
    let class = said(own.text("db_instance_type").map(Clone::clone), "db_instance_type");
    // Default in one zone: documentation of the provider, deployment_type.
    let standby = own.text("deployment_type").map(|kind| kind.starts_with("WITH_MULTIAZ")).or_default(false);
    let standby = said(standby, "deployment_type");
    let zones = if standby == Ok(true) { "Multi-AZ" } else { "Single-AZ" };
    let shown = class.as_ref().map_or("class unknown", |class| class.as_str());
    let title = format!("Database instance (on-demand, {zones}, {shown})");
    let key = format!("AmazonTimestream/{shown}/{zones}");
    lines.hours(title, key, given(&class, given(&standby, 1)));
    let disk =
        said(own.text("db_storage_type").map(Clone::clone).or_default("InfluxIOIncludedT1".into()), "db_storage_type");
    let key = format!("AmazonTimestream/storage/{}/{zones}", disk.as_ref().map_or("", |disk| disk.as_str()));
    let allocated = given(&standby, given(&disk, needed(own, "allocated_storage")));
    lines.monthly("Storage", "GB", key, allocated);
}
