//! `aws_db_instance`: a relational database on one machine, perhaps with a standby.

use super::rds_cluster_parameter_group::spell as cluster_group;
use super::shared::database;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader};
use crate::facts::{Facts, Relation, Tariff};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_db_instance", mode: Mode::Managed, noun: "RDS instance", describe, tariff: &Tariff::NONE };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["address", "endpoint"]);
    reader.labels(&["id", "identifier", "arn", "resource_id"]);
    managed_secret(&mut reader, resource);
    reader.links(Relation::GuardedBy, "vpc_security_group_ids");
    reader.link(Relation::PlacedBy, "db_subnet_group_name");
    reader.link(Relation::ReplicaOf, "replicate_source_db");
    parameters(&mut reader, resource, "parameter_group_name");
    reader.facts(database::on_one_machine(resource, database::CLASS))
}

/// Links a parameter group; groups called `default.` hold the engine's own values.
pub(super) fn parameters(reader: &mut Reader<'_, '_>, resource: &Resource<'_>, attribute: &'static str) {
    let default = resource.text(attribute).known().is_some_and(|name| name.starts_with("default."));
    if !default {
        let cluster = attribute == "db_cluster_parameter_group_name";
        reader.top(Relation::ParametersOf, attribute, ONE, |name| if cluster { cluster_group(&name) } else { name });
    }
}

/// The secret that RDS keeps the password in: whoever reads it connects.
pub(super) fn managed_secret(reader: &mut Reader<'_, '_>, resource: &Resource<'_>) {
    for secret in resource.body.blocks("master_user_secret") {
        if let Attr::Set(arn) = secret.text("secret_arn") {
            reader.name(arn);
        }
    }
}
