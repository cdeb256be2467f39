//! `aws_rds_cluster`: an Aurora cluster, or RDS over three zones.

use super::db_instance::{managed_secret, parameters};
use super::shared::{database, engine};
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Availability, Database, Datastore, DatastoreKind, Facts, Part, Relation, Stated, Tariff};
use crate::model::{Attr, Mode, Resource, Text};

/// Of clusters of RDS that are no Aurora.
const CLASS: &str = "db_cluster_instance_class";

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_rds_cluster", mode: Mode::Managed, noun: "RDS cluster", describe, tariff: &Tariff::NONE };

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
    reader.facts(Part::Datastore(Box::new(Datastore {
        kind: DatastoreKind::Database,
        engine: engine::spell(engine, &version),
        class,
        availability,
        availability_attribute: "engine",
        availability_value: resource.text("engine").into_known().unwrap_or_default(),
        wider: "a second instance of the cluster",
        widened: None,
        apart: None,
        zone: Attr::Unset,
        public: Attr::Unset,
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
