//! `aws_keyspaces_table`: rows of a table that speaks Cassandra.

use super::shared::billing::{needed, said};
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Field, Lines, Quantity, Site, Tariff, UsageKey};
use crate::model::Mode;
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_keyspaces_table",
    mode: Mode::Managed,
    noun: "Keyspaces table",
    describe: inert,
    tariff: &TARIFF,
};

/// Billed by requests, or by capacity that is kept ready; by what it stores and keeps.
///
/// Source: Amazon Keyspaces pricing, not looked up again.
static TARIFF: Tariff = Tariff {
    reads: &[
        Field::blocks(
            "capacity_specification",
            &[
                Field::text("throughput_mode"),
                Field::number("read_capacity_units"),
                Field::number("write_capacity_units"),
            ],
        ),
        Field::blocks("point_in_time_recovery", &[Field::text("status")]),
    ],
    near: &[],
    usage: &[
        UsageKey { key: "monthly_write_request_units", meaning: "writes of 1 KB in a month, of an on-demand table" },
        UsageKey { key: "monthly_read_request_units", meaning: "reads of 4 KB in a month, of an on-demand table" },
        UsageKey { key: "storage_gb", meaning: "GB that the table stores" },
        UsageKey { key: "pitr_backup_storage_gb", meaning: "GB kept for recovery" },
    ],
    charge: Charge::By(charge),
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let own = site.own();
    let specification = own.block("capacity_specification");
    let mode = specification.clone().and_then(|block| block.text("throughput_mode"));
    // Default PAY_PER_REQUEST: API reference of CreateTable, CapacitySpecification.
    let provisioned = said(mode.map(|mode| *mode == "PROVISIONED").or_default(false), "capacity_specification");
    let block = specification.into_known();
    for (capacity, request, attribute, usage) in [
        (
            "Write capacity unit (WCU)",
            "Write request unit (WRU)",
            "write_capacity_units",
            "monthly_write_request_units",
        ),
        ("Read capacity unit (RCU)", "Read request unit (RRU)", "read_capacity_units", "monthly_read_request_units"),
    ] {
        match (&provisioned, block) {
            (Ok(true), Some(block)) => {
                lines.hours(capacity, format!("aws_keyspaces_table/{capacity}"), needed(block, attribute));
            }
            (Err(why), _) => {
                let key = format!("aws_keyspaces_table/{capacity}");
                lines.hours(capacity, key, Quantity::Unknown(why.clone()));
            }
            (Ok(_), _) => {
                let used = site.usage(usage).map(|requests| requests / Decimal::from(1_000_000));
                lines.used(request, "1M requests", format!("aws_keyspaces_table/{request}"), used);
            }
        }
    }
    lines.used("Data storage", "GB", "aws_keyspaces_table/Data storage", site.usage("storage_gb"));
    let recovery = own.block("point_in_time_recovery").and_then(|block| block.text("status"));
    if recovery.known().is_some_and(|status| *status == "ENABLED") {
        let kept = site.usage("pitr_backup_storage_gb");
        let name = "Point-In-Time Recovery (PITR) backup storage";
        lines.used(name, "GB", format!("aws_keyspaces_table/{name}"), kept);
    }
}
