//! `aws_rds_cluster`: an Aurora cluster, or RDS over three zones.

use super::db_instance::supported_longer;
use super::db_instance::{managed_secret, parameters};
use super::shared::billing::said;
use super::shared::rds::{self, Copies, Watched};
use super::shared::support::{self, Extended};
use super::shared::{aurora, billing, database, drives, engine};
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{
    Availability, Charge, Database, Datastore, DatastoreKind, Facts, Field, Lines, Near, Part, Relation, Site, Stated,
    Tariff, UsageKey,
};
use crate::model::{Attr, Mode, Resource, Text};

/// Of clusters of RDS that are no Aurora.
pub(super) const CLASS: &str = "db_cluster_instance_class";

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_rds_cluster", mode: Mode::Managed, noun: "RDS cluster", describe, tariff: &TARIFF };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["endpoint"]);
    reader.labels(&["id", "cluster_identifier", "arn", "cluster_resource_id"]);
    reader.readers("reader_endpoint");
    managed_secret(&mut reader, resource);
    reader.links(Relation::GuardedBy, "vpc_security_group_ids");
    reader.link(Relation::PlacedBy, "db_subnet_group_name");
    reader.link(Relation::ReplicaOf, "replication_source_identifier");
    parameters(&mut reader, resource, "db_cluster_parameter_group_name");
    let (engine, version) = (resource.text("engine"), resource.text("engine_version"));
    let aurora = engine.as_ref().map(|engine| engine.starts_with("aurora"));
    let mode = resource.text("engine_mode");
    let first_serverless = mode == Attr::Set(Text::from("serverless"));
    let availability = aurora.clone().map(|aurora| {
        // Multi-AZ clusters of RDS have three machines in three zones; the first Serverless has none to see.
        if aurora && !first_serverless { Availability::ByMembers } else { Availability::MultiZone }
    });
    let port = engine::port(resource.int("port"), &engine);
    let scaling = resource.body.block("serverlessv2_scaling_configuration");
    let class = resource.text(CLASS);
    let limit = match scaling {
        Some(scaling) => {
            let of = |name: &str| scaling.get(name).number();
            database::serverless(&engine, &version, &of("min_capacity"), &of("max_capacity"))
        }
        None if first_serverless => Attr::Unset,
        None => database::limit(&engine, &version, &class, &Attr::Unset, &port, CLASS),
    };
    if aurora == Attr::Set(false) {
        // Default io1: documentation of the provider, storage_type of Multi-AZ DB clusters, not looked up again.
        reader.drives(drives::of_database(resource, CLASS, ("io1", resource.int("allocated_storage"))));
    }
    reader.facts(Part::Datastore(Box::new(Datastore {
        kind: DatastoreKind::Database,
        engine: engine::spell(engine, &version),
        class,
        availability,
        availability_attribute: "engine",
        availability_value: resource.text("engine").into_known().unwrap_or_default(),
        wider: "a second instance of the cluster",
        widened: None,
        widening: Vec::new(),
        apart: None,
        zone: Attr::Unset,
        public: Attr::Unset,
        lasting: None,
        forwards: forwards(resource),
        port,
        // One machine of a Multi-AZ cluster writes, two answer readers: Amazon RDS user guide, "Connecting to a Multi-AZ DB
        // cluster", read 2026-11-25.
        database: Some(Database {
            readers: if aurora == Attr::Set(false) { 2 } else { 0 },
            ..database::database(limit, CLASS)
        }),
    })))
}

/// Whether a secondary cluster of a global database hands writes on to the primary, which stands in another region: not unless it
/// is told to. A cluster that joins a global database with neither a user nor a snapshot of its own is a secondary.
///
/// Source: Amazon Aurora user guide, Aurora global databases, write forwarding, and `CreateDBCluster`,
/// `EnableGlobalWriteForwarding`: it does nothing in a primary; read 2026-11-29.
fn forwards(resource: &Resource<'_>) -> Option<Stated<bool>> {
    const OWN: [&str; 3] = ["master_username", "snapshot_identifier", "restore_to_point_in_time"];
    let is_member = resource.body.get("global_cluster_identifier").presence() != Attr::Unset
        && !resource.leaves_open("global_cluster_identifier");
    let is_first =
        OWN.iter().any(|name| resource.body.get(name).presence() != Attr::Unset && !resource.leaves_open(name));
    let forwards = Stated::plan("enable_global_write_forwarding", resource.bool("enable_global_write_forwarding"));
    (is_member && !is_first).then(|| forwards.or_default(false, "Amazon Aurora user guide, write forwarding"))
}

/// Billed by what it stores, reads, writes and keeps; as a cluster over three zones, by its machines and disks as well.
///
/// Source: Amazon Aurora pricing and Amazon RDS pricing, Multi-AZ with two readable standbys, not looked up again.
pub(super) static TARIFF: Tariff = Tariff {
    reads: &[
        Field::text("engine"),
        Field::text("engine_mode"),
        Field::text("engine_version"),
        Field::text("engine_lifecycle_support"),
        Field::text(CLASS),
        Field::text("storage_type"),
        Field::number("allocated_storage"),
        Field::number("max_allocated_storage"),
        Field::number("iops"),
        Field::number("storage_throughput"),
        Field::number("backup_retention_period"),
        Field::number("backtrack_window"),
        Field::text("database_insights_mode"),
        Field::flag("performance_insights_enabled"),
        Field::number("performance_insights_retention_period"),
        Field::blocks(
            "scaling_configuration",
            &[Field::flag("auto_pause"), Field::number("min_capacity"), Field::number("max_capacity")],
        ),
        Field::blocks(
            "serverlessv2_scaling_configuration",
            &[Field::number("min_capacity"), Field::number("max_capacity")],
        ),
    ],
    near: &[Near::From(Relation::MemberOf), Near::From(Relation::Scales)],
    usage: &[
        UsageKey { key: "storage_gb", meaning: "GB that the cluster stores" },
        UsageKey { key: "read_requests_per_sec", meaning: "reads of its storage in a second" },
        UsageKey { key: "write_requests_per_sec", meaning: "writes to its storage in a second" },
        UsageKey { key: "backup_snapshot_size_gb", meaning: "GB of one day's backup" },
        UsageKey { key: "average_statements_per_hr", meaning: "statements in an hour, for backtracking" },
        UsageKey { key: "change_records_per_statement", meaning: "change records of a statement, for backtracking" },
        UsageKey { key: "backtrack_window_hrs", meaning: "hours to go back, where the plan does not say" },
        UsageKey { key: "snapshot_export_size_gb", meaning: "GB of snapshots exported to S3 in a month" },
        UsageKey { key: "capacity_units_per_hr", meaning: "Aurora capacity units in use, of the first Serverless" },
        UsageKey {
            key: "monthly_additional_performance_insights_requests",
            meaning: "Performance Insights requests in a month beyond the free million",
        },
    ],
    charge: Charge::By(charge),
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let own = site.own();
    let name = said(own.text("engine").map(Clone::clone), "engine");
    let is_aurora = name.as_ref().is_ok_and(|name| name.starts_with("aurora"));
    if !is_aurora && !own.text(CLASS).is_unset() {
        return over_three_zones(site, lines, &name);
    }
    if own.text("engine_mode").known().is_some_and(|mode| *mode == "serverless") {
        aurora::first_serverless(site, lines);
    } else {
        readers(site, lines, &name);
    }
    aurora::stored(site, lines, &name);
}

/// Adds readers that come and go with the load.
fn readers(site: &Site<'_>, lines: &mut Lines, name: &Result<Text, String>) {
    let (members, _) = aurora::members(site);
    let Some(more) = aurora::readers(site, members.len()) else { return };
    let first = members.first().ok_or_else(|| "no machine of the cluster is in this plan".to_owned());
    let class = first.and_then(|first| super::db_instance::class(first.own()));
    let engine = name.clone().and_then(|name| rds::engine(&name, &Attr::Unset));
    let optimised = aurora::is_optimised(site.own()).unwrap_or_default();
    let factor = if optimised { aurora::OPTIMISED } else { 1.into() };
    if class.as_ref().is_ok_and(|class| *class == "db.serverless") {
        let units = aurora::units(Some(site.own()), None).times(more);
        let key = "AmazonRDS/Aurora:ServerlessV2Usage";
        lines
            .add("Aurora serverless v2 (autoscaling)", "ACU-hours", key, crate::facts::Rate::Hour, units)
            .times(factor);
        return;
    }
    let title = format!("Database instance (on-demand, {}, autoscaling)", rds::shown(&class));
    rds::machines(lines, title, (&class, &engine, "single"), more).times(factor);
}

/// Adds a cluster of RDS: three machines in three zones, each with its disk. The book's price is for all three.
fn over_three_zones(site: &Site<'_>, lines: &mut Lines, name: &Result<Text, String>) {
    let own = site.own();
    let class = said(own.text(CLASS).map(Clone::clone), CLASS);
    let engine = name.clone().and_then(|name| rds::engine(&name, &Attr::Unset));
    let title = format!("Database instance (on-demand, Multi-AZ cluster, {})", rds::shown(&class));
    rds::machines(lines, title, (&class, &engine, "multi-2"), 1.into());
    let allocated = said(own.number("allocated_storage"), "allocated_storage");
    // Default io1: documentation of the provider, storage_type of Multi-AZ DB clusters, not looked up again.
    let kind = billing::text(own, "storage_type", "io1");
    let spoken = name.as_ref().map_or("", Text::as_str);
    rds::storage(site, lines, spoken, &rds::size(own, allocated), (kind, Ok(Copies::Three)));
    rds::insights(site, lines, "aws_db_instance", &class, Watched::Machines(3));
    if let (true, Attr::Set(version)) = (supported_longer(own), own.text("engine_version")) {
        support::extended(lines, spoken, version, site.day(), Extended::Machines(&class, 3));
    }
}
