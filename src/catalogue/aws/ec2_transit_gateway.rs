//! `aws_ec2_transit_gateway`: joins networks; where traffic goes from there is decided elsewhere.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Gateway, GatewayKind, Part, Tariff};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_ec2_transit_gateway",
    mode: Mode::Managed,
    noun: "transit gateway",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn"]);
    reader.facts(Part::Gateway(Gateway { kind: GatewayKind::Transit, regional: Attr::Unset }))
}
