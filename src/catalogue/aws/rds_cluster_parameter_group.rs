//! `aws_rds_cluster_parameter_group`: a database cluster's settings.

use super::db_parameter_group::describe_group;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Tariff};
use crate::model::{Attr, Mode, Resource, Text};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_rds_cluster_parameter_group",
    mode: Mode::Managed,
    noun: "cluster parameter group",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["arn"]);
    for attribute in ["id", "name"] {
        if let Attr::Set(name) = resource.text(attribute) {
            reader.name(spell(&name));
        }
    }
    describe_group(reader, resource)
}

/// A group for single instances may have the same name, and is another thing.
pub(super) fn spell(name: &Text) -> Text {
    Text::from(format!("{name} (cluster)"))
}
