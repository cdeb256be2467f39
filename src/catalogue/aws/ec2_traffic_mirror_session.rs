//! `aws_ec2_traffic_mirror_session`: copies what passes an interface.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Lines, Site, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_ec2_traffic_mirror_session",
    mode: Mode::Managed,
    noun: "traffic mirror",
    describe: inert,
    tariff: &TARIFF,
};

/// By the hour.
///
/// Source: components and units as Infracost prints them, goldens of 2024-07.
static TARIFF: Tariff = Tariff { charge: Charge::By(charge), ..Tariff::FREE };

fn charge(_: &Site<'_>, lines: &mut Lines) {
    lines.hours("Traffic mirror", "aws_ec2_traffic_mirror_session/Traffic mirror", 1);
}
