//! `aws_docdb_cluster_instance`: a machine of a cluster of `DocumentDB`.

use super::shared::billing::{MILLION, used};
use super::shared::cluster::{credits, machine};
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Charge, DatabaseMember, Facts, Field, Lines, Near, Part, Relation, Site, Tariff, UsageKey};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_docdb_cluster_instance",
    mode: Mode::Managed,
    noun: "DocumentDB instance",
    describe,
    tariff: &TARIFF,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["endpoint"]);
    reader.labels(&["id", "identifier", "arn", "dbi_resource_id"]);
    reader.link(Relation::BilledWith, "cluster_identifier");
    reader.link(Relation::MemberOf, "cluster_identifier");
    reader.facts(Part::DatabaseMember(Box::new(DatabaseMember {
        class: resource.text("instance_class"),
        class_attribute: "instance_class",
        zone: resource.text("availability_zone"),
        public: Attr::Set(false),
        limit: Attr::Unset,
    })))
}

/// Billed by the hour of its class; what its cluster stores, reads and writes stands with it.
///
/// Source: Amazon `DocumentDB` pricing, not looked up again.
static TARIFF: Tariff = Tariff {
    reads: &[Field::text("instance_class")],
    near: &[Near::To(Relation::BilledWith)],
    usage: &[
        UsageKey { key: "data_storage_gb", meaning: "GB that the cluster stores" },
        UsageKey { key: "monthly_io_requests", meaning: "reads of and writes to its storage in a month" },
        UsageKey {
            key: "monthly_cpu_credit_hrs",
            meaning: "vCPU-hours beyond its share in a month, of a t3 or t4g class",
        },
    ],
    charge: Charge::By(charge),
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    const KIND: &str = "aws_docdb_cluster_instance";
    let (class, optimised) = machine(site, lines, KIND);
    let mut add = used(KIND, lines);
    if optimised == Ok(true) {
        add.line("Storage (I/O-optimized)", "GB", site.usage("data_storage_gb"));
    } else {
        add.line("Storage", "GB", site.usage("data_storage_gb"));
        add.per("I/O requests", ("1M requests", MILLION), site.usage("monthly_io_requests"));
    }
    credits(site, lines, KIND, &class);
}
