//! `aws_route53_zone`: names; a private zone answers inside its networks.

use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader};
use crate::facts::{Facts, NameZone, Part, Relation, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_route53_zone", mode: Mode::Managed, noun: "hosted zone", describe, tariff: &Tariff::NONE };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "zone_id", "arn"]);
    for (slot, network) in resource.body.blocks("vpc").iter().enumerate() {
        reader.within(Relation::InNetwork, "vpc.vpc_id", ONE.slot(slot), network);
    }
    reader.facts(Part::NameZone(NameZone { name: resource.text("name") }))
}
