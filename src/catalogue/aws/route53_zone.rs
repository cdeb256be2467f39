//! `aws_route53_zone`: names; a private zone answers inside its networks.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader};
use crate::facts::{Charge, Facts, Lines, NameZone, Part, Relation, Site, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_route53_zone", mode: Mode::Managed, noun: "hosted zone", describe, tariff: &TARIFF };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "zone_id", "arn"]);
    for (slot, network) in resource.body.blocks("vpc").iter().enumerate() {
        reader.within(Relation::InNetwork, "vpc.vpc_id", ONE.slot(slot), network);
    }
    reader.facts(Part::NameZone(NameZone { name: resource.text("name") }))
}

/// By the month; the lower price from the 26th zone of an account on is not taken.
///
/// Source: components and units as Infracost prints them, goldens of 2024-07.
static TARIFF: Tariff = Tariff { charge: Charge::By(charge), ..Tariff::FREE };

fn charge(_: &Site<'_>, lines: &mut Lines) {
    lines.monthly("Hosted zone", "months", "aws_route53_zone/Hosted zone", 1).in_region(meter::GLOBAL);
}
