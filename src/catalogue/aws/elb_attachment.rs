//! `aws_elb_attachment`: registers a machine with a classic load balancer.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Relation, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_elb_attachment",
    mode: Mode::Managed,
    noun: "load balancer attachment",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.link(Relation::TargetOf, "elb");
    reader.link(Relation::TargetIs, "instance");
    reader.facts(Part::Attachment)
}
