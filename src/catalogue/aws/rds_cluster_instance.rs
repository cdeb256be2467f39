//! `aws_rds_cluster_instance`: a machine of an Aurora cluster.

use super::db_instance::parameters;
use super::shared::database;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{DatabaseMember, Facts, Part, Relation, Tariff};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_rds_cluster_instance",
    mode: Mode::Managed,
    noun: "Aurora instance",
    describe,
    tariff: &Tariff::NONE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["endpoint"]);
    reader.labels(&["id", "identifier", "arn", "dbi_resource_id"]);
    reader.link(Relation::MemberOf, "cluster_identifier");
    parameters(&mut reader, resource, "db_parameter_group_name");
    let class = resource.text(database::CLASS);
    // A serverless machine has the limit of its cluster.
    let limit = match &class {
        Attr::Set(class) if class == "db.serverless" => Attr::Unset,
        _ => {
            let (engine, version) = (resource.text("engine"), resource.text("engine_version"));
            database::limit(&engine, &version, &class, &Attr::Unset, &resource.int("port"), database::CLASS)
        }
    };
    reader.facts(Part::DatabaseMember(Box::new(DatabaseMember {
        class,
        class_attribute: database::CLASS,
        zone: resource.text("availability_zone"),
        public: resource.bool("publicly_accessible"),
        limit,
    })))
}
