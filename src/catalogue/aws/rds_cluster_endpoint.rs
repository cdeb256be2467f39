//! `aws_rds_cluster_endpoint`: another name of an Aurora cluster, or of some of its machines.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Relation, Tariff};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_rds_cluster_endpoint",
    mode: Mode::Managed,
    noun: "RDS cluster endpoint",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.labels(&["id", "arn", "cluster_endpoint_identifier"]);
    // One of the type READER leads to machines that answer readers only; one of the type ANY may lead to the one that writes:
    // Amazon RDS API reference, CreateDBClusterEndpoint, EndpointType, read 2026-11-29.
    if resource.text("custom_endpoint_type") == Attr::Set("READER".into()) {
        reader.readers("endpoint");
        let lists = ["static_members", "excluded_members"].map(|members| resource.body.get(members).items());
        if lists.iter().any(|list| !matches!(list, Attr::Unset) && list.known().is_none_or(|list| !list.is_empty())) {
            reader.in_part();
        }
    } else {
        reader.names(&["endpoint"]);
    }
    reader.link(Relation::NameOf, "cluster_identifier");
    reader.facts(Part::Alias)
}
