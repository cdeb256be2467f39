//! `aws_launch_configuration`: what machines of a group are made from, in the old style.

use super::shared::drives;
use super::shared::machine::processors;
use super::shared::machines::CONFIGURATION;
use super::shared::markets;
use super::shared::{user_data, volumes};
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Charge, Facts, Part, Relation, Tariff, Template};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_launch_configuration",
    mode: Mode::Managed,
    noun: "launch configuration",
    describe,
    tariff: &TARIFF,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "name"]);
    reader.links(Relation::GuardedBy, "security_groups");
    reader.link(Relation::ActsAs, "iam_instance_profile");
    let bid = resource.text("spot_price");
    reader.market(markets::template("spot_price", bid.as_ref().map(|bid| !bid.is_empty()), &bid));
    reader.drives(drives::of_machine(resource));
    let script = user_data::read(&mut reader, resource, &["user_data", "user_data_base64"]);
    reader.facts(Part::Template(Box::new(Template {
        size: resource.text("instance_type").into_known(),
        processors: resource.text("instance_type").known().and_then(processors),
        public_address: resource.bool("associate_public_ip_address").into_known(),
        volumes: volumes::of_configuration(resource),
        ..script
    })))
}

/// Machines that are made from it are billed with whoever starts them.
static TARIFF: Tariff = Tariff { reads: CONFIGURATION, charge: Charge::Elsewhere, ..Tariff::FREE };
