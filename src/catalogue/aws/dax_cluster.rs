//! `aws_dax_cluster`: a cache before a table.

use super::shared::billing::{given, needed, said};
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Field, Lines, Site, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_dax_cluster", mode: Mode::Managed, noun: "DAX cluster", describe: inert, tariff: &TARIFF };

/// Billed by the node and hour.
///
/// Source: Amazon `DynamoDB` pricing, DAX, not looked up again.
static TARIFF: Tariff = Tariff {
    reads: &[Field::text("node_type"), Field::number("replication_factor")],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let own = site.own();
    let kind = said(own.text("node_type").map(Clone::clone), "node_type");
    let shown = kind.as_ref().map_or("type unknown", |kind| kind.as_str());
    let number = given(&kind, needed(own, "replication_factor"));
    lines.hours(format!("DAX (on-demand, {shown})"), format!("AmazonDAX/{shown}"), number);
}
