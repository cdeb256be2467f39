//! `aws_emr_instance_group`: machines that an EMR cluster takes on for a while, and that keep no data.

use super::emr_cluster::{GROUP, bill};
use super::shared::machines::MACHINE_USAGE;
use super::shared::markets;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Charge, Facts, Lines, Near, Part, Relation, Site, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_emr_instance_group",
    mode: Mode::Managed,
    noun: "EMR task instance group",
    describe,
    tariff: &TARIFF,
};

/// All groups that are added to a cluster are task groups: documentation of the provider, `aws_emr_instance_group`, read
/// 2026-11-29.
pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id"]);
    reader.market(Some(markets::task_group(&resource.text("bid_price"))));
    reader.facts(Part::Inert)
}

/// Billed as the machines of its cluster are.
///
/// Source: Amazon EMR pricing, on Amazon EC2, not looked up again.
static TARIFF: Tariff = Tariff {
    reads: GROUP,
    near: &[Near::To(Relation::InSubnet), Near::From(Relation::TargetIs)],
    usage: MACHINE_USAGE,
    charge: Charge::By(charge),
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    bill(site, lines, "task group", site.own());
    lines.not_priced("EMR fee", "planwise has no prices of what EMR adds to its machines");
}
