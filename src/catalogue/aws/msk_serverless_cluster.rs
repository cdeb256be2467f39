//! `aws_msk_serverless_cluster`: messages in order, billed by use.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Lines, Quantity, Site, Tariff, UsageKey};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_msk_serverless_cluster",
    mode: Mode::Managed,
    noun: "MSK Serverless cluster",
    describe: inert,
    tariff: &TARIFF,
};

/// Billed by the hour, its partitions, what goes in and out, and what it keeps.
///
/// Source: Amazon MSK pricing, serverless, not looked up again.
static TARIFF: Tariff = Tariff {
    usage: &[
        UsageKey { key: "partitions", meaning: "Partitions on average" },
        UsageKey { key: "monthly_data_in_gb", meaning: "GB that are written in a month" },
        UsageKey { key: "monthly_data_out_gb", meaning: "GB that are read in a month" },
        UsageKey { key: "storage_gb", meaning: "GB that are kept" },
    ],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    lines.hours("Cluster", "aws_msk_serverless_cluster/Cluster", 1);
    let partitions = Quantity::Used(site.usage("partitions"));
    lines.hours("Partitions", "aws_msk_serverless_cluster/Partitions", partitions);
    for (name, key) in
        [("Data in", "monthly_data_in_gb"), ("Data out", "monthly_data_out_gb"), ("Storage", "storage_gb")]
    {
        lines.used(name, "GB", format!("aws_msk_serverless_cluster/{name}"), site.usage(key));
    }
}
