//! `aws_autoscaling_traffic_source_attachment`: registers a group with a source of traffic.

use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader};
use crate::facts::{Facts, Part, Relation, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_autoscaling_traffic_source_attachment",
    mode: Mode::Managed,
    noun: "Auto Scaling attachment",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.link(Relation::TargetIs, "autoscaling_group_name");
    for source in resource.body.blocks("traffic_source") {
        reader.within(Relation::TargetOf, "traffic_source.identifier", ONE, &source);
    }
    reader.facts(Part::Attachment)
}
