//! data `aws_db_instance`: a database that this plan only reads.

use super::shared::database;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{MANY, Reader};
use crate::facts::{Availability, Datastore, DatastoreKind, Facts, LinkValue, Part, Relation};
use crate::model::{Attr, Mode, Resource, Text};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_db_instance", mode: Mode::Data, noun: "RDS instance", describe };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["address", "endpoint"]);
    reader.labels(&["id", "db_instance_identifier", "db_instance_arn", "resource_id"]);
    reader.links(Relation::GuardedBy, "vpc_security_groups");
    // Groups called `default.` hold the engine's own values.
    let groups = resource.body.get("db_parameter_groups").texts().into_known().unwrap_or_default();
    let own = groups.into_iter().filter_map(Attr::into_known).filter(|name| !name.starts_with("default."));
    let own: Vec<Text> = own.collect();
    if !own.is_empty() {
        reader.value(Relation::ParametersOf, "db_parameter_groups", MANY, LinkValue::Known(own));
    }
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
        availability_value: database::multi_az(resource),
        wider: "multi_az = true",
        zone: resource.text("availability_zone"),
        public: resource.bool("publicly_accessible"),
        port,
        database: Some(database::database(limit)),
    })))
}
