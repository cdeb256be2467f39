//! `aws_eks_node_group`: machines of a Kubernetes cluster.

use super::shared::drives;
use super::shared::machines::{Disk, GROUP_USAGE, Machine, group_units};
use super::shared::markets;
use super::shared::revisions;
use super::shared::services;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader, unsigned};
use crate::facts::{
    Caller, Charge, Compute, ComputeKind, Facts, Field, Hosting, Lines, Near, Need, Part, Quantity, Relation, Site,
    Stated, Surge, Tariff, Template,
};
use crate::model::{Attr, Mode, Resource, Text, Why};

const WHY: &str = "EKS nodes start with images from Amazon ECR and call Amazon EC2";

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_eks_node_group", mode: Mode::Managed, noun: "EKS node group", describe, tariff: &TARIFF };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "node_group_name"]);
    reader.link(Relation::InCluster, "cluster_name");
    // Its machines are members of the cluster's own group unless a launch template says otherwise.
    reader.link(Relation::GuardedBy, "cluster_name");
    reader.links(Relation::InSubnet, "subnet_ids");
    reader.link(Relation::ActsAs, "node_role_arn");
    for template in resource.body.blocks("launch_template") {
        let how = ONE.at(revisions::of_machines(&template));
        reader.within(Relation::UsesTemplate, "launch_template.id", how, &template);
        reader.within(Relation::UsesTemplate, "launch_template.name", how, &template);
    }
    reader.market(Some(markets::nodes(&resource.text("capacity_type"))));
    let classes = resource.chosen("instance_types", resource.body.get("instance_types").texts());
    reader.drives(match classes {
        Attr::Set(names) => drives::of_group(names, "instance_types"),
        Attr::Unset => None,
        Attr::Unknown(why) => drives::of_group([Attr::Unknown(why)], "instance_types"),
    });
    let scaling = resource.body.block("scaling_config");
    let count = |attribute: &'static str| {
        let name = attribute.rsplit('.').next().unwrap_or(attribute);
        let value = scaling.as_ref().map_or(Attr::Unset, |scaling| scaling.int(name).and_then(unsigned));
        Stated::plan(attribute, value)
    };
    // A node starts with images from ECR and calls EC2 for its addresses: Amazon EKS user guide, private clusters
    // (awsdocs 4d52b4d), read 2026-11-23.
    reader.facts(Part::Compute(Box::new(Compute {
        kind: ComputeKind::NodePool,
        unit: "node",
        minimum: count("scaling_config.min_size"),
        desired: count("scaling_config.desired_size"),
        maximum: count("scaling_config.max_size"),
        surge: Surge::None,
        quota: None,
        hosting: Attr::Set(Hosting::Own),
        size: Attr::Unset,
        public_address: Attr::Unset,
        attached: Stated::plan("subnets", Attr::Set(true)),
        zones: Vec::new(),
        // What runs on it are pods, which this resource does not show.
        own: Template { hidden: Some(Why::Elsewhere), attribute: "cluster_name", ..Template::default() },
        gathers: None,
        entry: None,
        findable: None,
        source: None,
        needs: [&services::EC2, &services::ECR_API, &services::ECR_DKR, &services::S3]
            .map(|service| Need {
                service,
                certain: true,
                caller: Caller::Platform,
                attribute: "cluster_name",
                value: resource.text("cluster_name").into_known().unwrap_or_else(|| "a node".into()),
                why: WHY,
                // Addresses are asked for when pods come and go; images are pulled in gigabytes.
                chatter: service.name == services::EC2.name,
                vital: true,
                by_gateway: service.name == services::S3.name,
            })
            .to_vec(),
        likeness: 0,
        breaker: None,
    })))
}

/// Its machines are billed with it, by its range.
static TARIFF: Tariff = Tariff {
    reads: &[
        Field::texts("instance_types"),
        Field::text("capacity_type"),
        Field::text("ami_type"),
        Field::number("disk_size"),
    ],
    near: &[Near::To(Relation::UsesTemplate), Near::To(Relation::InSubnet), Near::From(Relation::TargetIs)],
    usage: GROUP_USAGE,
    charge: Charge::By(charge),
};

/// Defaults `t3.medium`, 20 GB (50 GB with Windows): Amazon EKS API reference, `CreateNodegroup`, not looked up again.
const SIZE: &str = "t3.medium";

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let own = site.own();
    let windows = own.text("ami_type").known().is_some_and(|kind| kind.starts_with("WINDOWS"));
    let root: u32 = if windows { 50 } else { 20 };
    let mut machine = match site.one(Near::To(Relation::UsesTemplate)) {
        Ok(Some(template)) => {
            let machine = Machine::made_from(&template, Some(root));
            let silent = template.own().text("instance_type").is_unset();
            if silent { Machine { size: Ok(SIZE.into()), ..machine } } else { machine }
        }
        Err(why) => Machine::unknown(&why),
        Ok(None) => {
            let chosen = Quantity::of("disk_size", &own.number("disk_size").or_default(root.into()));
            let disk = Disk { size: chosen, ..Disk::plain(root) };
            Machine { size: Ok(SIZE.into()), disks: Ok(vec![(Text::default(), disk)]), ..Machine::unknown("") }
        }
    };
    let first = match own.texts("instance_types") {
        Attr::Set(types) => types.first().cloned().unwrap_or(Attr::Unset),
        Attr::Unset => Attr::Unset,
        Attr::Unknown(why) => Attr::Unknown(why),
    };
    match first {
        Attr::Set(chosen) => machine.size = Ok(chosen),
        Attr::Unknown(why) => machine.size = Err(format!("instance_types is {why}")),
        Attr::Unset => {}
    }
    machine.spot = own.text("capacity_type").map(|kind| kind == "SPOT");
    machine.system = windows.then_some("windows");
    machine.bill(site, lines, &machine.all(group_units(site).into()));
}
