//! `aws_spot_instance_request`: one machine on spare capacity.

use super::instance::machine;
use super::shared::machines::{INSTANCE, MACHINE_USAGE, Machine};
use super::shared::revisions;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader};
use crate::facts::{Charge, Facts, Lines, Near, Part, Relation, Site, Tariff};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_spot_instance_request",
    mode: Mode::Managed,
    noun: "Spot instance request",
    describe,
    tariff: &TARIFF,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "spot_instance_id"]);
    reader.link(Relation::InSubnet, "subnet_id");
    for template in resource.body.blocks("launch_template") {
        let how = ONE.at(revisions::of_machines(&template));
        reader.within(Relation::UsesTemplate, "launch_template.id", how, &template);
        reader.within(Relation::UsesTemplate, "launch_template.name", how, &template);
    }
    reader.facts(Part::Inert)
}

/// Billed as a machine, less what spare capacity saves on average.
static TARIFF: Tariff = Tariff {
    reads: INSTANCE,
    near: &[Near::To(Relation::UsesTemplate), Near::To(Relation::InSubnet), Near::From(Relation::TargetIs)],
    usage: MACHINE_USAGE,
    charge: Charge::By(charge),
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let machine = Machine { spot: Attr::Set(true), ..machine(site) };
    machine.bill(site, lines, &machine.all(1.into()));
}
