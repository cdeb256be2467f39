//! `aws_instance`: one machine.

use super::shared::drives;
use super::shared::machine::processors;
use super::shared::machines::{INSTANCE, MACHINE_USAGE, Machine};
use super::shared::revisions;
use super::shared::user_data;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader};
use crate::facts::{
    Charge, Compute, ComputeKind, Facts, Hosting, Lines, Near, Part, Relation, Site, Stated, Surge, Tariff, Template,
};
use crate::model::{Attr, Mode, Resource, Text};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_instance", mode: Mode::Managed, noun: "EC2 instance", describe, tariff: &TARIFF };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn"]);
    reader.link(Relation::InSubnet, "subnet_id");
    reader.links(Relation::GuardedBy, "vpc_security_group_ids");
    reader.link(Relation::ActsAs, "iam_instance_profile");
    for template in resource.body.blocks("launch_template") {
        let how = ONE.at(revisions::of_machines(&template));
        reader.within(Relation::UsesTemplate, "launch_template.id", how, &template);
        reader.within(Relation::UsesTemplate, "launch_template.name", how, &template);
    }
    for interface in resource.body.blocks("network_interface") {
        reader.within(Relation::PluggedInto, "network_interface.network_interface_id", ONE, &interface);
    }
    for interface in resource.body.blocks("primary_network_interface") {
        reader.within(Relation::PluggedInto, "primary_network_interface.network_interface_id", ONE, &interface);
    }
    reader.drives(drives::of_machine(resource));
    let script = user_data::read(&mut reader, resource, &["user_data", "user_data_base64"]);
    let zone = resource.text("availability_zone");
    if zone.why_unknown().is_some() {
        // It may be that of a disk or of a subnet.
        reader.top(Relation::Beside, "availability_zone", ONE, |zone| zone);
    }
    let zone = zone.into_known();
    let size = resource.text("instance_type");
    let one = || Stated::plan("machines", Attr::Set(1)).counted_in(0);
    reader.facts(Part::Compute(Box::new(Compute {
        kind: ComputeKind::Machine,
        unit: "instance",
        minimum: one(),
        desired: one(),
        maximum: one(),
        surge: Surge::None,
        quota: None,
        hosting: Attr::Set(Hosting::Own),
        public_address: resource.bool("associate_public_ip_address"),
        attached: Stated::plan("subnets", Attr::Set(true)),
        zones: zone.into_iter().collect(),
        own: Template { size: size.clone().into_known(), processors: size.known().and_then(processors), ..script },
        size,
        gathers: None,
        entry: None,
        findable: None,
        source: None,
        needs: Vec::new(),
        likeness: likeness(resource),
        breaker: None,
    })))
}

/// A number that machines share which do the same work: those that differ at most in their place and their name.
fn likeness(resource: &Resource<'_>) -> u64 {
    use std::hash::{Hash as _, Hasher as _};
    let mut hasher = rustc_hash::FxHasher::default();
    for attribute in ["ami", "instance_type", "iam_instance_profile", "user_data", "user_data_base64", "key_name"] {
        match resource.text(attribute) {
            Attr::Set(text) => text.hash(&mut hasher),
            Attr::Unset => Text::default().hash(&mut hasher),
            Attr::Unknown(why) => (why as u8).hash(&mut hasher),
        }
    }
    hasher.finish()
}

/// Billed by the hour, with its disks and its public address.
pub(super) static TARIFF: Tariff = Tariff {
    reads: INSTANCE,
    near: &[Near::To(Relation::UsesTemplate), Near::To(Relation::InSubnet), Near::From(Relation::TargetIs)],
    usage: MACHINE_USAGE,
    charge: Charge::By(charge),
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let machine = machine(site);
    machine.bill(site, lines, &machine.all(1.into()));
}

/// The machine with what its launch template says of it.
pub(super) fn machine(site: &Site<'_>) -> Machine {
    let template = match site.one(Near::To(Relation::UsesTemplate)) {
        Ok(template) => template.map(|template| Machine::made_from(&template, None)),
        Err(why) => Some(Machine::unknown(&why)),
    };
    Machine::of_instance(site, template)
}
