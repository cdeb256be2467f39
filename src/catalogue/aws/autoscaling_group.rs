//! `aws_autoscaling_group`: machines that scale together.

use crate::catalogue::Adapter;
use crate::catalogue::reader::{MANY, ONE, Reader};
use crate::facts::{Compute, ComputeKind, Facts, Hosting, Part, Relation, Stated, Surge, Template};
use crate::model::{Attr, Body, Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_autoscaling_group", mode: Mode::Managed, noun: "Auto Scaling group", describe };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "name"]);
    reader.links(Relation::InSubnet, "vpc_zone_identifier");
    reader.link(Relation::PackedBy, "placement_group");
    reader.links(Relation::ServedThrough, "target_group_arns");
    reader.links(Relation::ServedThrough, "load_balancers");
    reader.link(Relation::UsesTemplate, "launch_configuration");
    for template in resource.body.blocks("launch_template") {
        reader.within(Relation::UsesTemplate, "launch_template.id", ONE, &template);
        reader.within(Relation::UsesTemplate, "launch_template.name", ONE, &template);
    }
    for mixed in resource.body.blocks("mixed_instances_policy") {
        for specification in
            mixed.blocks("launch_template").iter().flat_map(|t| t.blocks("launch_template_specification"))
        {
            const ID: &str = "mixed_instances_policy.launch_template.launch_template_specification.launch_template_id";
            const NAME: &str =
                "mixed_instances_policy.launch_template.launch_template_specification.launch_template_name";
            reader.within(Relation::UsesTemplate, ID, ONE, &specification);
            reader.within(Relation::UsesTemplate, NAME, ONE, &specification);
        }
    }
    for (slot, source) in resource.body.get("traffic_source").visible_blocks().iter().enumerate() {
        reader.within(Relation::ServedThrough, "traffic_source.identifier", MANY.slot(slot), source);
    }
    let zones = resource.body.get("availability_zones").texts().into_known().unwrap_or_default();
    let minimum = reader.count("min_size");
    let mut desired = reader.count("desired_capacity");
    if desired.value.is_unset() {
        // Default: the minimum; API reference of CreateAutoScalingGroup, DesiredCapacity.
        desired = Stated { attribute: "min_size", ..minimum.clone() };
    }
    let maximum = reader.count("max_size");
    reader.facts(Part::Compute(Box::new(Compute {
        kind: ComputeKind::MachineGroup,
        unit: "instance",
        minimum,
        desired,
        maximum,
        surge: surge(&resource.body),
        quota: None,
        hosting: Attr::Set(Hosting::Own),
        size: Attr::Unset,
        public_address: Attr::Unset,
        attached: Stated::plan("subnets", Attr::Set(true)),
        zones: zones.into_iter().filter_map(Attr::into_known).collect(),
        own: Template { scaled_by_cluster: cluster_tag(&resource.body), ..Template::default() },
        entry: None,
        findable: None,
        source: None,
        needs: Vec::new(),
        likeness: 0,
    })))
}

/// An instance refresh may launch before it terminates: `max_healthy_percentage` says how far beyond the group's size.
fn surge(body: &Body<'_>) -> Surge {
    let preferences = body.block("instance_refresh").and_then(|refresh| refresh.block("preferences"));
    match preferences.map(|preferences| preferences.int("max_healthy_percentage")) {
        Some(Attr::Set(percent)) if percent > 100 => Surge::Percent(Stated::plan(
            "instance_refresh.preferences.max_healthy_percentage",
            Attr::Set(percent.unsigned_abs()),
        )),
        _ => Surge::None,
    }
}

/// The attribute with a tag by which a Kubernetes cluster knows its machines: their number goes with the pods.
///
/// Source: eksctl user guide, auto scaling (tags for automatic discovery), read 2026-11-25.
fn cluster_tag(body: &Body<'_>) -> Option<&'static str> {
    let of_cluster = |tag: &Body<'_>| match tag.text("key") {
        Attr::Set(key) => key.starts_with("k8s.io/cluster-autoscaler/") || key.starts_with("kubernetes.io/cluster/"),
        _ => false,
    };
    body.blocks("tag").iter().any(of_cluster).then_some("tag")
}
