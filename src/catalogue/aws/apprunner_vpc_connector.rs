//! `aws_apprunner_vpc_connector`: ties App Runner services to subnets.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Relation, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_apprunner_vpc_connector",
    mode: Mode::Managed,
    noun: "App Runner VPC connector",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "vpc_connector_name"]);
    reader.links(Relation::InSubnet, "subnets");
    reader.links(Relation::GuardedBy, "security_groups");
    reader.facts(Part::SubnetGroup)
}
