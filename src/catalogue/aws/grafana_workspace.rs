//! `aws_grafana_workspace`: shows metrics of many sources.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Lines, Site, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_grafana_workspace",
    mode: Mode::Managed,
    noun: "Grafana workspace",
    describe: inert,
    tariff: &TARIFF,
};

/// By the person.
///
/// Source: components as Infracost prints them, golden of 2025-07-06.
static TARIFF: Tariff = Tariff {
    usage: &[
        meter::key("editors_administrator_licenses", "people who edit or administrate"),
        meter::key("viewer_licenses", "people who only look"),
    ],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let editors = site.usage("editors_administrator_licenses");
    lines.used(
        "Editor/administrator licenses",
        "users",
        "aws_grafana_workspace/Editor/administrator licenses",
        editors,
    );
    let viewers = site.usage("viewer_licenses");
    lines.used("Viewer licenses", "users", "aws_grafana_workspace/Viewer licenses", viewers);
}
