//! `aws_neptune_cluster_instance`: a machine of a cluster of Neptune.

use super::shared::cluster::{credits, machine};
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Charge, Facts, Field, Near, Part, Relation, Tariff, UsageKey};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_neptune_cluster_instance",
    mode: Mode::Managed,
    noun: "Neptune instance",
    describe,
    tariff: &TARIFF,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.link(Relation::BilledWith, "cluster_identifier");
    reader.facts(Part::Inert)
}

/// Billed by the hour of its class.
///
/// Source: Amazon Neptune pricing, not looked up again.
static TARIFF: Tariff = Tariff {
    reads: &[Field::text("instance_class")],
    near: &[Near::To(Relation::BilledWith)],
    usage: &[UsageKey {
        key: "monthly_cpu_credit_hrs",
        meaning: "vCPU-hours beyond its share in a month, of a t3 or t4g class",
    }],
    charge: Charge::By(|site, lines| {
        const KIND: &str = "aws_neptune_cluster_instance";
        let (class, _) = machine(site, lines, KIND);
        credits(site, lines, KIND, &class);
    }),
};
