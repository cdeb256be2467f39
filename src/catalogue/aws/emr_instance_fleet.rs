//! `aws_emr_instance_fleet`: machines of several types that an EMR cluster takes on for a while, and that keep no data.

use super::shared::markets;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Charge, Facts, Part, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_emr_instance_fleet",
    mode: Mode::Managed,
    noun: "EMR task instance fleet",
    describe,
    tariff: &TARIFF,
};

/// All fleets that are added to a cluster are task fleets: documentation of the provider, `aws_emr_instance_fleet`, read
/// 2026-11-29.
pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id"]);
    let units = |name| resource.int(name);
    reader.market(Some(markets::task_fleet(&units("target_on_demand_capacity"), &units("target_spot_capacity"))));
    reader.facts(Part::Inert)
}

static TARIFF: Tariff = Tariff {
    charge: Charge::NotPriced("which machine types an instance fleet takes is decided when it starts them"),
    ..Tariff::FREE
};
