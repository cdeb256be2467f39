//! `aws_dynamodb_table_replica`: a table's replica in another region, which answers there.

use super::shared::billing::flag;
use super::shared::dynamodb;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Charge, Facts, Field, Lines, Near, Part, Relation, Site, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_dynamodb_table_replica",
    mode: Mode::Managed,
    noun: "DynamoDB table replica",
    describe,
    tariff: &TARIFF,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.link(Relation::ReplicaOf, "global_table_arn");
    reader.facts(Part::Inert)
}

/// Billed as the table's copy in the region of this resource.
static TARIFF: Tariff = Tariff {
    reads: &[Field::flag("point_in_time_recovery")],
    near: &[Near::To(Relation::ReplicaOf)],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    match site.one(Near::To(Relation::ReplicaOf)) {
        Ok(Some(table)) if table.kind() == "aws_dynamodb_table" => {
            let keeps = flag(site.own(), "point_in_time_recovery", false) != Ok(false);
            dynamodb::copy(&table, lines, None, keeps);
        }
        Ok(_) => lines.not_priced("Replica", "its table is not in this plan"),
        Err(why) => lines.not_priced("Replica", why),
    }
}
