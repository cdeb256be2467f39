//! `aws_route53_zone_association`: lets a private zone answer in one more network.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Relation, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_route53_zone_association",
    mode: Mode::Managed,
    noun: "zone association",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.link(Relation::ZoneOf, "zone_id");
    reader.link(Relation::InNetwork, "vpc_id");
    reader.facts(Part::Association)
}
