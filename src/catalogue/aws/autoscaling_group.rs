//! `aws_autoscaling_group`: machines that scale together.

use super::shared::drives;
use super::shared::machines::{GROUP_USAGE, Machine, Mixed, POLICY, group_units};
use super::shared::markets;
use super::shared::revisions;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{MANY, ONE, Reader};
use crate::facts::{
    Amounts, Charge, Compute, ComputeKind, Facts, Field, Hosting, Lines, Near, Part, Record, Relation, Revision, Site,
    Stated, Surge, Tariff, Template,
};
use crate::model::{Attr, Body, Mode, Provenance, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_autoscaling_group",
    mode: Mode::Managed,
    noun: "Auto Scaling group",
    describe,
    tariff: &TARIFF,
};

/// The attribute that names the kinds of machines that a group may start.
const CLASS: &str = "mixed_instances_policy.launch_template.override.instance_type";

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "name"]);
    reader.links(Relation::InSubnet, "vpc_zone_identifier");
    reader.link(Relation::PackedBy, "placement_group");
    reader.links(Relation::ServedThrough, "target_group_arns");
    reader.links(Relation::ServedThrough, "load_balancers");
    // It never changes: what is to be another one is made anew.
    reader.top(Relation::UsesTemplate, "launch_configuration", ONE.at(Revision::Named), |name| name);
    // A group is made in exactly one of three ways. Where one of them can be seen, the provider marks the others as known
    // only after apply, in whole blocks: terraform-provider-aws, internal/service/autoscaling/group.go, read 2026-11-29.
    let visible = |name| resource.body.get(name).visible_blocks();
    let is_told = !resource.text("launch_configuration").is_unset()
        || ["launch_template", "mixed_instances_policy"].into_iter().any(|name| !visible(name).is_empty());
    let way = |name| if is_told { visible(name) } else { resource.body.blocks(name) };
    let mixed = way("mixed_instances_policy");
    for template in way("launch_template") {
        let how = ONE.at(revisions::of_machines(&template));
        reader.within(Relation::UsesTemplate, "launch_template.id", how, &template);
        reader.within(Relation::UsesTemplate, "launch_template.name", how, &template);
    }
    for mixed in &mixed {
        for specification in
            mixed.blocks("launch_template").iter().flat_map(|t| t.blocks("launch_template_specification"))
        {
            const ID: &str = "mixed_instances_policy.launch_template.launch_template_specification.launch_template_id";
            const NAME: &str =
                "mixed_instances_policy.launch_template.launch_template_specification.launch_template_name";
            let how = ONE.at(revisions::of_machines(&specification));
            reader.within(Relation::UsesTemplate, ID, how, &specification);
            reader.within(Relation::UsesTemplate, NAME, how, &specification);
        }
    }
    let overrides = overrides(&mixed);
    reader.drives(drives::of_group(overrides.iter().map(|one| one.text("instance_type")), CLASS));
    for (slot, one) in overrides.iter().enumerate() {
        // The same block may tell machines of its own kind their own template.
        for specification in one.blocks("launch_template_specification") {
            const ID: &str =
                "mixed_instances_policy.launch_template.override.launch_template_specification.launch_template_id";
            const NAME: &str =
                "mixed_instances_policy.launch_template.override.launch_template_specification.launch_template_name";
            let how = ONE.slot(slot + 1).at(revisions::of_machines(&specification));
            reader.within(Relation::UsesTemplate, ID, how, &specification);
            reader.within(Relation::UsesTemplate, NAME, how, &specification);
        }
    }
    for (slot, source) in resource.body.get("traffic_source").visible_blocks().iter().enumerate() {
        reader.within(Relation::ServedThrough, "traffic_source.identifier", MANY.slot(slot), source);
    }
    let policy = resource.body.get("mixed_instances_policy");
    let visible = policy.visible_blocks();
    reader.market(Some(if is_told && visible.is_empty() {
        // It is made in another way, which can be seen.
        markets::group(None, &visible)
    } else {
        markets::group(Some(policy), &visible)
    }));
    let zones = resource.body.get("availability_zones").texts().into_known().unwrap_or_default();
    let minimum = reader.count("min_size");
    let mut desired = reader.count("desired_capacity");
    if desired.value.is_unset() {
        // Default: the minimum; API reference of CreateAutoScalingGroup, DesiredCapacity.
        desired = Stated { attribute: "min_size", ..minimum.clone() };
    }
    let mut maximum = reader.count("max_size");
    let mut minimum = minimum;
    let weights = weights(&overrides);
    if let Some((least, most)) = &weights {
        minimum = weighed(minimum, most);
        desired = weighed(desired, most);
        maximum = weighed(maximum, least);
    }
    (desired, maximum) = warm(&resource.body, desired, maximum);
    let weight = weights.and_then(|(least, _)| least.into_known());
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
        own: Template { scaled_by_cluster: cluster_tag(&resource.body), weight, ..Template::default() },
        gathers: None,
        entry: None,
        findable: None,
        source: None,
        needs: Vec::new(),
        likeness: 0,
        breaker: None,
    })))
}

/// The kinds of machines that a group may start.
fn overrides<'b>(mixed: &[Body<'b>]) -> Vec<Body<'b>> {
    let templates = mixed.iter().flat_map(|mixed| mixed.blocks("launch_template"));
    templates.flat_map(|template| template.blocks("override")).collect()
}

/// For how many units of its group's size a machine counts, at least and at most; `None` where each counts for one.
fn weights(overrides: &[Body<'_>]) -> Option<(Attr<u64>, Attr<u64>)> {
    let mut ends: Option<(Attr<u64>, Attr<u64>)> = None;
    for one in overrides {
        let weight = match one.text("weighted_capacity") {
            Attr::Set(text) => text.parse::<u64>().ok().filter(|weight| *weight > 0).map_or(Attr::Unset, Attr::Set),
            Attr::Unset => continue,
            Attr::Unknown(why) => return Some((Attr::Unknown(why), Attr::Unknown(why))),
        };
        let Attr::Set(weight) = weight else { continue };
        ends = Some(match ends {
            Some((Attr::Set(least), Attr::Set(most))) => (Attr::Set(weight.min(least)), Attr::Set(weight.max(most))),
            _ => (Attr::Set(weight), Attr::Set(weight)),
        });
    }
    ends
}

/// How many machines so many units of capacity are: as many as it takes to fulfil them.
fn weighed(units: Stated<u64>, weight: &Attr<u64>) -> Stated<u64> {
    const SOURCE: &str = "units of capacity over the weight of a machine, Amazon EC2 Auto Scaling user guide, instance weights, \
                          read 2026-11-25";
    let value = match (units.value, weight) {
        (Attr::Set(units), Attr::Set(weight)) => Attr::Set(units.div_ceil(*weight)),
        (Attr::Set(_), Attr::Unknown(why)) => Attr::Unknown(*why),
        (units, _) => units,
    };
    Stated { value, attribute: units.attribute, source: Provenance::Default(SOURCE), unit: 0 }
}

/// Machines of a running warm pool work like the others: up to the prepared capacity, and at least the pool's own minimum beyond
/// what is desired: Amazon EC2 Auto Scaling API reference, `PutWarmPool`, read 2026-11-25. In other states they stand still.
fn warm(body: &Body<'_>, desired: Stated<u64>, maximum: Stated<u64>) -> (Stated<u64>, Stated<u64>) {
    const SOURCE: &str =
        "machines of a running warm pool, Amazon EC2 Auto Scaling API reference, PutWarmPool, read 2026-11-25";
    let Some(pool) = body.block("warm_pool").filter(|pool| pool.text("pool_state") == Attr::Set("Running".into()))
    else {
        return (desired, maximum);
    };
    let (Attr::Set(most), Attr::Set(first)) = (&maximum.value, &desired.value) else { return (desired, maximum) };
    let number = |name| pool.int(name).into_known().and_then(|number| u64::try_from(number).ok());
    let prepared = number("max_group_prepared_capacity").unwrap_or(*most);
    let spare = number("min_size").unwrap_or(0);
    let stated = |count: u64| Stated {
        value: Attr::Set(count),
        attribute: "warm_pool.max_group_prepared_capacity",
        source: Provenance::Default(SOURCE),
        unit: 1,
    };
    let (at_first, at_most) = (prepared.max(first + spare), prepared.max(most + spare));
    let maximum = if at_most > *most { stated(at_most) } else { maximum };
    (stated(at_first), maximum)
}

/// What is replaced may be launched before it is terminated: an instance refresh says how far beyond the group's size, and where it
/// does not, the group's maintenance policy: Amazon EC2 Auto Scaling user guide, instance maintenance policies, read 2026-11-25.
fn surge(body: &Body<'_>) -> Surge {
    let preferences = body.block("instance_refresh").and_then(|refresh| refresh.block("preferences"));
    let refresh = preferences.map_or(Attr::Unset, |preferences| preferences.int("max_healthy_percentage"));
    let policy = body.block("instance_maintenance_policy");
    let policy = policy.map_or(Attr::Unset, |policy| policy.int("max_healthy_percentage"));
    let (percent, attribute) = match refresh {
        Attr::Unset => (policy, "instance_maintenance_policy.max_healthy_percentage"),
        refresh => (refresh, "instance_refresh.preferences.max_healthy_percentage"),
    };
    match percent {
        Attr::Set(percent) if percent > 100 => {
            Surge::Percent(Stated::plan(attribute, Attr::Set(percent.unsigned_abs())))
        }
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

/// Its machines are billed with it, by its range.
static TARIFF: Tariff = Tariff {
    reads: &[
        Field::blocks("mixed_instances_policy", POLICY),
        Field::number("min_size"),
        Field::number("desired_capacity"),
        Field::number("max_size"),
    ],
    near: &[Near::To(Relation::UsesTemplate), Near::To(Relation::InSubnet), Near::From(Relation::TargetIs)],
    usage: GROUP_USAGE,
    charge: Charge::By(charge),
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let mut machine = match site.one(Near::To(Relation::UsesTemplate)) {
        Ok(Some(template)) => Machine::made_from(&template, None),
        Ok(None) => Machine::unknown("no launch template is set"),
        Err(why) => Machine::unknown(&why),
    };
    let units = group_units(site);
    // What is hidden here hides the template as well.
    let running = match site.own().block("mixed_instances_policy") {
        Attr::Set(policy) => {
            let mixed = Mixed::of(policy);
            mixed.change(&mut machine);
            mixed.split(units, stated(site.own()))
        }
        Attr::Unset | Attr::Unknown(_) => machine.all(units.into()),
    };
    machine.bill(site, lines, &running);
}

/// The group's own numbers: units of capacity.
fn stated(own: &Record) -> Result<Amounts, String> {
    let number = |name: &str| match own.number(name) {
        Attr::Set(number) => Ok(Some(number)),
        Attr::Unset => Ok(None),
        Attr::Unknown(why) => Err(format!("{name} is {why}")),
    };
    let minimum = number("min_size")?.unwrap_or_default();
    let expected = number("desired_capacity")?.unwrap_or(minimum);
    Ok(Amounts { minimum, expected, maximum: number("max_size")?.unwrap_or(expected) })
}
