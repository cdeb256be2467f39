//! `aws_eip_association`: gives a machine a public address.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, PublicAddress, Relation, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_eip_association",
    mode: Mode::Managed,
    noun: "Elastic IP association",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.link(Relation::TargetIs, "instance_id");
    reader.link(Relation::TakesAddress, "allocation_id");
    reader.link(Relation::TakesAddress, "public_ip");
    reader.facts(Part::PublicAddress(PublicAddress { is_address: false, held: true, billed: false }))
}
