//! data `aws_db_instance`: a database that this plan only reads.

use super::shared::database;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Availability, Datastore, DatastoreKind, Facts, Part, Relation};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_db_instance", mode: Mode::Data, noun: "RDS instance", describe };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "db_instance_identifier", "db_instance_arn", "address", "endpoint", "resource_id"]);
    reader.links(Relation::GuardedBy, "vpc_security_groups");
    let (engine, version) = (resource.text("engine"), resource.text("engine_version"));
    let class = resource.text("db_instance_class");
    let port = database::port(resource.int("port"), &engine);
    let limit = database::limit(&engine, &version, &class, &resource.int("allocated_storage"), &port);
    let availability = resource.bool("multi_az").or_default(false);
    reader.facts(Part::Datastore(Box::new(Datastore {
        kind: DatastoreKind::Database,
        engine: database::spell(engine, &version),
        class,
        availability: availability.map(|multi| if multi { Availability::MultiZone } else { Availability::SingleZone }),
        availability_attribute: "multi_az",
        zone: resource.text("availability_zone"),
        port,
        database: Some(database::database(limit)),
    })))
}
