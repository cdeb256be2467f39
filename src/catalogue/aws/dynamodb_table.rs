//! `aws_dynamodb_table`: items in a table; it may feed a stream.

use super::shared::{dynamodb, services};
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Charge, Facts, Field, Near, Part, Relation, Store, StoreKind, Tariff, UsageKey};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_dynamodb_table", mode: Mode::Managed, noun: "DynamoDB table", describe, tariff: &TARIFF };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["arn", "id", "name", "stream_arn"]);
    // Replicas of a global table answer in their own regions: Amazon DynamoDB developer guide, global tables, read 2026-11-29.
    let replicas = resource.body.get("replica").visible_blocks().into_iter();
    let copies = replicas.filter_map(|replica| replica.text("region_name").into_known()).collect();
    reader.facts(Part::Store(Store { kind: StoreKind::Table, services: services::only::DYNAMODB, copies }))
}

/// Billed by capacity that is kept ready, or by requests; and by what is stored, copied and kept.
pub(super) static TARIFF: Tariff = Tariff {
    reads: &[
        Field::text("billing_mode"),
        Field::text("table_class"),
        Field::number("read_capacity"),
        Field::number("write_capacity"),
        Field::flag("stream_enabled"),
        Field::blocks("point_in_time_recovery", &[Field::flag("enabled")]),
        Field::blocks(
            "global_secondary_index",
            &[Field::text("name"), Field::number("read_capacity"), Field::number("write_capacity")],
        ),
        Field::blocks("replica", &[Field::text("region_name"), Field::flag("point_in_time_recovery")]),
    ],
    near: &[Near::From(Relation::Sizes)],
    usage: &[
        UsageKey {
            key: "monthly_write_request_units",
            meaning: "write request units in a month, of an on-demand table",
        },
        UsageKey { key: "monthly_read_request_units", meaning: "read request units in a month, of an on-demand table" },
        UsageKey { key: "storage_gb", meaning: "GB that the table stores" },
        UsageKey { key: "pitr_backup_storage_gb", meaning: "GB of the table and its local indexes, kept for recovery" },
        UsageKey { key: "on_demand_backup_storage_gb", meaning: "GB of backups made on demand" },
        UsageKey { key: "monthly_data_restored_gb", meaning: "GB restored from backups in a month" },
        UsageKey { key: "monthly_streams_read_request_units", meaning: "reads of its stream in a month" },
    ],
    charge: Charge::By(dynamodb::table),
};
