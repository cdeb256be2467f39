//! `aws_docdb_cluster`: documents on one or several machines.

use super::shared::billing::kept;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Availability, Charge, Datastore, DatastoreKind, Facts, Field, Part, Relation, Tariff, UsageKey};
use crate::model::{Attr, Mode, Resource, Text};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_docdb_cluster", mode: Mode::Managed, noun: "DocumentDB cluster", describe, tariff: &TARIFF };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["endpoint"]);
    reader.labels(&["id", "cluster_identifier", "arn", "cluster_resource_id"]);
    reader.readers("reader_endpoint");
    reader.links(Relation::GuardedBy, "vpc_security_group_ids");
    reader.link(Relation::PlacedBy, "db_subnet_group_name");
    reader.facts(Part::Datastore(Box::new(Datastore {
        kind: DatastoreKind::Documents,
        engine: Attr::Set("DocumentDB".into()),
        class: Attr::Unset,
        availability: Attr::Set(Availability::ByMembers),
        availability_attribute: "cluster_members",
        availability_value: Text::default(),
        wider: "a second instance of the cluster",
        widened: None,
        widening: Vec::new(),
        apart: None,
        zone: Attr::Unset,
        public: Attr::Set(false),
        forwards: None,
        port: resource.int("port"),
        database: None,
        lasting: None,
    })))
}

/// Billed by what is kept of it for more than a day; its machines by what they are and store.
///
/// Source: Amazon `DocumentDB` pricing, not looked up again.
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
    usage: &[UsageKey { key: "backup_storage_gb", meaning: "GB of backups beyond what is free" }],
    charge: Charge::By(|site, lines| {
        let stored = site.usage("backup_storage_gb");
        // Default 1 day, which is free: API reference of CreateDBCluster, BackupRetentionPeriod.
        if stored.is_some() || kept(site, "backup_storage_gb", &site.own().number("backup_retention_period")).is_some()
        {
            lines.used("Backup storage", "GB", "aws_docdb_cluster/Backup storage", stored);
        }
    }),
};
