//! `aws_emr_cluster`: machines that work on data together.

use super::shared::machines::{Disk, MACHINE_USAGE, Machine};
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Charge, Facts, Field, Lines, Near, Part, Quantity, Record, Relation, Site, Tariff};
use crate::model::{Attr, Mode, Resource};
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_emr_cluster", mode: Mode::Managed, noun: "EMR cluster", describe, tariff: &TARIFF };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    for attributes in resource.body.blocks("ec2_attributes") {
        reader.within(Relation::InSubnet, "ec2_attributes.subnet_id", crate::catalogue::reader::ONE, &attributes);
    }
    reader.facts(Part::Inert)
}

/// Billed as the machines that it runs on, and a fee for each.
///
/// Source: Amazon EMR pricing, on Amazon EC2, not looked up again.
static TARIFF: Tariff = Tariff {
    reads: &[
        Field::blocks("master_instance_group", GROUP),
        Field::blocks("core_instance_group", GROUP),
        Field::blocks("master_instance_fleet", &[]),
    ],
    near: &[Near::To(Relation::InSubnet), Near::From(Relation::TargetIs)],
    usage: MACHINE_USAGE,
    charge: Charge::By(charge),
};

pub(super) const GROUP: &[Field] = &[
    Field::text("instance_type"),
    Field::number("instance_count").left_open(),
    Field::text("bid_price"),
    Field::blocks(
        "ebs_config",
        &[
            Field::text("type"),
            Field::number("size"),
            Field::number("iops"),
            Field::number("throughput"),
            Field::number("volumes_per_instance").left_open(),
        ],
    ),
];

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let own = site.own();
    if !own.blocks("master_instance_fleet").is_unset() {
        lines.not_priced("Machines", "which machine types an instance fleet takes is decided when it starts them");
        return;
    }
    for name in ["master_instance_group", "core_instance_group"] {
        match own.block(name) {
            Attr::Set(group) => bill(site, lines, name, group),
            Attr::Unset => {}
            Attr::Unknown(why) => lines.not_priced("Machines", format!("{name} is {why}")),
        }
    }
    lines.not_priced("EMR fee", "planwise has no prices of what EMR adds to its machines");
}

pub(super) fn bill(site: &Site<'_>, lines: &mut Lines, name: &'static str, group: &Record) {
    // Defaults: one instance, one volume of each sort: provider documentation of aws_emr_cluster, not looked up again.
    let count = Quantity::of("instance_count", &group.number("instance_count").or_default(Decimal::ONE));
    let chosen = match group.text("instance_type") {
        Attr::Set(chosen) => Ok(chosen.clone()),
        Attr::Unset => Err(format!("{name}.instance_type is not set")),
        Attr::Unknown(why) => Err(format!("{name}.instance_type is {why}")),
    };
    let mut disks = Vec::new();
    for config in group.blocks("ebs_config").into_known().unwrap_or_default() {
        let volumes = config.number("volumes_per_instance").or_default(Decimal::ONE);
        let disk = Disk {
            kind: config.text("type").map(Clone::clone),
            size: Quantity::of("ebs_config.size", &config.number("size"))
                .times(Quantity::of("volumes_per_instance", &volumes)),
            iops: config.number("iops"),
            throughput: config.number("throughput"),
        };
        disks.push((name.into(), disk));
    }
    let spot = Attr::Set(!group.text("bid_price").is_unset());
    let machine = Machine { size: chosen, spot, disks: Ok(disks), ..Machine::unknown("") };
    lines.part(name);
    machine.bill(site, lines, &machine.all(count));
    lines.whole();
}
