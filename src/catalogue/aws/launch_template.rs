//! `aws_launch_template`: what machines of a group are made from.

use super::shared::drives;
use super::shared::machine::processors;
use super::shared::machines::TEMPLATE;
use super::shared::markets;
use super::shared::revisions;
use super::shared::{user_data, volumes};
use crate::catalogue::Adapter;
use crate::catalogue::reader::{MANY, ONE, Reader};
use crate::facts::{Charge, Facts, MarketChoice, Part, Relation, Tariff, Template};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_launch_template", mode: Mode::Managed, noun: "launch template", describe, tariff: &TARIFF };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "name"]);
    reader.links(Relation::GuardedBy, "vpc_security_group_ids");
    for (slot, interface) in resource.body.blocks("network_interfaces").iter().enumerate() {
        reader.within(Relation::GuardedBy, "network_interfaces.security_groups", MANY.slot(slot), interface);
        reader.within(Relation::InSubnet, "network_interfaces.subnet_id", ONE.slot(slot), interface);
    }
    for profile in resource.body.blocks("iam_instance_profile") {
        reader.within(Relation::ActsAs, "iam_instance_profile.name", ONE, &profile);
        reader.within(Relation::ActsAs, "iam_instance_profile.arn", ONE, &profile);
    }
    let addresses = resource.body.blocks("network_interfaces");
    let public_address = addresses.iter().find_map(|one| one.bool("associate_public_ip_address").into_known());
    reader.market(market(resource));
    reader.drives(drives::of_template(resource));
    let script = user_data::read(&mut reader, resource, &["user_data"]);
    reader.facts(Part::Template(Box::new(Template {
        size: resource.text("instance_type").into_known(),
        processors: resource.text("instance_type").known().and_then(processors),
        public_address,
        volumes: volumes::of_template(resource),
        versions: revisions::versions(resource),
        ..script
    })))
}

/// How its machines are bought, where it says so.
fn market(resource: &Resource<'_>) -> Option<MarketChoice> {
    const TYPE: &str = "instance_market_options.market_type";
    let options = resource.body.get("instance_market_options");
    let stated = match resource.chosen("instance_market_options", options.presence()) {
        Attr::Unknown(why) => Attr::Unknown(why),
        _ => options.visible_blocks().first().map_or(Attr::Unset, |options| options.text("market_type")),
    };
    // Reserved blocks of capacity are neither.
    markets::template(TYPE, stated.as_ref().map(|kind| *kind == "spot"), &stated)
}

/// Machines that are made from it are billed with whoever starts them.
pub(super) static TARIFF: Tariff = Tariff { reads: TEMPLATE, charge: Charge::Elsewhere, ..Tariff::FREE };
