//! `aws_neptune_cluster`: a graph on one or several machines.

use super::shared::billing::{MILLION, kept, said, used};
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Charge, Facts, Field, Lines, Part, Site, Tariff, UsageKey};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_neptune_cluster", mode: Mode::Managed, noun: "Neptune cluster", describe, tariff: &TARIFF };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "cluster_identifier", "arn"]);
    reader.facts(Part::Inert)
}

/// Billed by what it stores, reads, writes and keeps; its machines by what they are.
///
/// Source: Amazon Neptune pricing, not looked up again.
static TARIFF: Tariff = Tariff {
    reads: &[
        Field::text("storage_type"),
        Field::number("backup_retention_period"),
        Field::blocks(
            "serverless_v2_scaling_configuration",
            &[Field::number("min_capacity"), Field::number("max_capacity")],
        ),
    ],
    near: &[],
    usage: &[
        UsageKey { key: "storage_gb", meaning: "GB that the cluster stores" },
        UsageKey { key: "monthly_io_requests", meaning: "reads of and writes to its storage in a month" },
        UsageKey { key: "backup_storage_gb", meaning: "GB of backups beyond what is free" },
    ],
    charge: Charge::By(charge),
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let own = site.own();
    let optimised = said(own.text("storage_type").map(|kind| *kind == "iopt1").or_default(false), "storage_type");
    let mut add = used("aws_neptune_cluster", lines);
    match &optimised {
        Ok(true) => add.line("Storage (I/O-optimized)", "GB", site.usage("storage_gb")),
        Ok(false) => {
            add.line("Storage", "GB", site.usage("storage_gb"));
            add.per("I/O requests", ("1M requests", MILLION), site.usage("monthly_io_requests"));
        }
        Err(why) => lines.not_priced("Storage", why.clone()),
    }
    // Default 1 day, which is free: documentation of the provider, backup_retention_period.
    let stored = site.usage("backup_storage_gb");
    if stored.is_some() || kept(site, "backup_storage_gb", &own.number("backup_retention_period")).is_some() {
        lines.used("Backup storage", "GB", "aws_neptune_cluster/Backup storage", stored);
    }
}
