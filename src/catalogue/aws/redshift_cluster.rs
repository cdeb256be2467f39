//! `aws_redshift_cluster`: a data warehouse.

use super::shared::billing::{count, given, said};
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Field, Lines, Site, Tariff, UsageKey};
use crate::model::Mode;
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_redshift_cluster",
    mode: Mode::Managed,
    noun: "Redshift cluster",
    describe: inert,
    tariff: &TARIFF,
};

/// Billed by the node and hour; by what is stored apart from the nodes; and by what is scanned, kept and computed beside them.
///
/// Source: Amazon Redshift pricing, not looked up again; tiers of backups in GB of 1,024 to the TB.
static TARIFF: Tariff = Tariff {
    reads: &[Field::text("node_type"), Field::number("number_of_nodes"), Field::flag("multi_az")],
    near: &[],
    usage: &[
        UsageKey { key: "managed_storage_gb", meaning: "GB of managed storage, of ra3 and newer nodes" },
        UsageKey {
            key: "excess_concurrency_scaling_secs",
            meaning: "seconds of concurrency scaling beyond the free ones",
        },
        UsageKey { key: "spectrum_data_scanned_tb", meaning: "TB that Spectrum scans in a month" },
        UsageKey { key: "backup_storage_gb", meaning: "GB of backups beyond what is free" },
    ],
    charge: Charge::By(charge),
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    const KIND: &str = "aws_redshift_cluster";
    let own = site.own();
    let class = said(own.text("node_type").map(Clone::clone), "node_type");
    let shown = class.as_ref().map_or("type unknown", |class| class.as_str());
    // Default 1: documentation of the provider, number_of_nodes. In two zones, it stands in each.
    let zones = said(own.flag("multi_az").or_default(false), "multi_az");
    let each = count(own, "number_of_nodes", 1);
    let nodes = if zones == Ok(true) { each.clone().times(2) } else { each.clone() };
    let title = format!("Cluster usage (on-demand, {shown})");
    let key = format!("{KIND}/{title}");
    lines.hours(title, key, given(&class, given(&zones, nodes)));
    if shown.starts_with("ra3") || shown.starts_with("rg") {
        // The same for nodes of any size: Amazon Redshift pricing, managed storage; the estimates of 2024-07 agree for two sizes.
        let key = format!("{KIND}/Managed storage (ra3.4xlarge)");
        lines.used(format!("Managed storage ({shown})"), "GB", key, site.usage("managed_storage_gb"));
    }
    let title = format!("Concurrency scaling ({shown})");
    let key = format!("{KIND}/{title}");
    // Each second is paid for as many nodes as the cluster has.
    let seconds = site.usage("excess_concurrency_scaling_secs");
    let nodes = own.number("number_of_nodes").or_default(Decimal::ONE).into_known().unwrap_or(Decimal::ONE);
    lines.used(title, "node-seconds", key, seconds.map(|seconds| seconds * nodes));
    lines.used("Spectrum", "TB", format!("{KIND}/Spectrum"), site.usage("spectrum_data_scanned_tb"));
    let tiers = [
        ("Backup storage (first 50 TB)", Some(50 * 1024)),
        ("Backup storage (next 450 TB)", Some(450 * 1024)),
        ("Backup storage (over 500 TB)", None),
    ];
    let keys = tiers.map(|(name, most)| (name, format!("{KIND}/{name}"), most.map(Decimal::from)));
    let tiers: Vec<_> = keys.iter().map(|(name, key, most)| (*name, key.as_str(), *most)).collect();
    lines.tiers("GB", &tiers, site.usage("backup_storage_gb"));
}
