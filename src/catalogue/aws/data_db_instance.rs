//! data `aws_db_instance`: a database that this plan only reads.

use super::db_instance::managed_secret;
use super::shared::database;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{MANY, Reader};
use crate::facts::{Facts, LinkValue, Relation};
use crate::model::{Attr, Mode, Resource, Text};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_db_instance",
    mode: Mode::Data,
    noun: "RDS instance",
    describe,
    tariff: &super::db_instance::TARIFF,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["address", "endpoint"]);
    reader.labels(&["id", "db_instance_identifier", "db_instance_arn", "resource_id"]);
    reader.links(Relation::GuardedBy, "vpc_security_groups");
    reader.link(Relation::PlacedBy, "db_subnet_group");
    managed_secret(&mut reader, resource);
    // Groups called `default.` hold the engine's own values.
    let groups = resource.body.get("db_parameter_groups").texts().into_known().unwrap_or_default();
    let own = groups.into_iter().filter_map(Attr::into_known).filter(|name| !name.starts_with("default."));
    let own: Vec<Text> = own.collect();
    if !own.is_empty() {
        reader.value(Relation::ParametersOf, "db_parameter_groups", MANY, LinkValue::Known(own));
    }
    reader.facts(database::on_one_machine(resource, "db_instance_class"))
}
