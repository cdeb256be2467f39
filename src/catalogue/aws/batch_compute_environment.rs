//! `aws_batch_compute_environment`: machines for batch jobs.

use super::shared::machines::{Disk, MACHINE_USAGE, Machine, Task, vcpus};
use super::shared::markets;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{MANY, ONE, Reader};
use crate::facts::{
    Amounts, Charge, Compute, ComputeKind, Facts, Field, Hosting, Lines, Near, Part, Quantity, Record, Relation, Site,
    Stated, Surge, Tariff, Template,
};
use crate::model::{Attr, Mode, Resource, Text, Why};
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_batch_compute_environment",
    mode: Mode::Managed,
    noun: "Batch compute environment",
    describe,
    tariff: &TARIFF,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "compute_environment_name", "name"]);
    let resources = resource.body.block("compute_resources");
    if let Some(resources) = &resources {
        reader.within(Relation::InSubnet, "compute_resources.subnets", MANY, resources);
        reader.within(Relation::GuardedBy, "compute_resources.security_group_ids", MANY, resources);
        reader.within(Relation::ActsAs, "compute_resources.instance_role", ONE, resources);
    }
    let is = |name, word: &str| matches!(resource.text(name), Attr::Set(text) if text.eq_ignore_ascii_case(word));
    // Of one that is not managed somebody else buys the machines; what is switched off runs nothing.
    if !is("type", "unmanaged") && !is("state", "disabled") {
        reader.market(resources.as_ref().map(markets::jobs));
    }
    let kind = resources.map_or(Attr::Unset, |resources| resources.text("type"));
    let hosting = kind.map(|kind| if kind.starts_with("FARGATE") { Hosting::Serverless } else { Hosting::Own });
    // It is bounded by processors; how many jobs that is, those decide that are handed to it.
    let jobs = || Stated::plan("submitted jobs", Attr::Unknown(Why::Elsewhere));
    reader.facts(Part::Compute(Box::new(Compute {
        kind: ComputeKind::Batch,
        unit: "job",
        minimum: Stated::plan("compute_resources.min_vcpus", Attr::Set(0)),
        desired: jobs(),
        maximum: jobs(),
        surge: Surge::None,
        quota: None,
        hosting,
        size: Attr::Unset,
        public_address: Attr::Unset,
        attached: Stated::plan("subnets", Attr::Set(true)),
        zones: Vec::new(),
        own: Template { hidden: Some(Why::Elsewhere), attribute: "compute_resources", ..Template::default() },
        gathers: None,
        entry: None,
        findable: None,
        source: None,
        needs: Vec::new(),
        likeness: 0,
        breaker: None,
    })))
}

/// Billed by the machines or the tasks that its jobs run on, as many as its bounds allow.
static TARIFF: Tariff = Tariff {
    reads: &[
        Field::text("type"),
        Field::blocks(
            "compute_resources",
            &[
                Field::text("type"),
                Field::texts("instance_type"),
                Field::number("min_vcpus").left_open(),
                Field::number("desired_vcpus").left_open(),
                Field::number("max_vcpus"),
            ],
        ),
    ],
    near: &[Near::To(Relation::InSubnet), Near::From(Relation::TargetIs)],
    usage: MACHINE_USAGE,
    charge: Charge::By(charge),
};

/// GB of the root disk of machines with Amazon's image for containers: Amazon ECS developer guide, Amazon ECS-optimized AMI
/// storage configuration, not looked up again.
const ROOT_GB: u32 = 30;

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let own = site.own();
    if own.text("type").known().is_some_and(|kind| kind.eq_ignore_ascii_case("unmanaged")) {
        // Somebody else starts its machines.
        return;
    }
    let resources = match own.block("compute_resources") {
        Attr::Set(resources) => resources,
        other => {
            let why = other.why_unknown().map_or_else(|| "not set".to_owned(), |why| why.to_string());
            lines.not_priced("Jobs", format!("compute_resources is {why}"));
            return;
        }
    };
    let (all, kind) = match (bounds(resources), resources.text("type")) {
        (Ok(all), Attr::Set(kind)) => (all, kind),
        (Err(why), _) => {
            lines.not_priced("Jobs", why);
            return;
        }
        (Ok(_), other) => {
            let why = other.why_unknown().map_or_else(|| "not set".to_owned(), |why| why.to_string());
            lines.not_priced("Jobs", format!("compute_resources.type is {why}"));
            return;
        }
    };
    if kind.starts_with("FARGATE") {
        // How much memory a job takes beside its processors, no compute environment says.
        let task = Task::sized(Decimal::ONE.into(), Quantity::Used(None));
        task.bill(lines, &all.into(), kind == "FARGATE_SPOT");
        return;
    }
    let (chosen, each) = match size(resources) {
        Ok(found) => found,
        Err(why) => {
            lines.hours("Instance usage", "AmazonEC2/instance", Quantity::Unknown(why));
            return;
        }
    };
    let count = all.map(|all| all.checked_div(each).unwrap_or(all).ceil());
    let disk = vec![("root_block_device".into(), Disk::plain(ROOT_GB))];
    let machine = Machine {
        size: Ok(chosen),
        spot: Attr::Set(kind == "SPOT"),
        public: Attr::Unset,
        disks: Ok(disk),
        ..Machine::unknown("")
    };
    machine.bill(site, lines, &machine.all(count.into()));
}

/// How many vCPUs it runs. Defaults: none at the least; as many as at the least to begin with: AWS Batch API reference,
/// `ComputeResource`, not looked up again.
fn bounds(resources: &Record) -> Result<Amounts, String> {
    let number = |name: &str| match resources.number(name) {
        Attr::Set(number) => Ok(Some(number)),
        Attr::Unset => Ok(None),
        Attr::Unknown(why) => Err(format!("compute_resources.{name} is {why}")),
    };
    let minimum = number("min_vcpus")?.unwrap_or_default();
    let expected = number("desired_vcpus")?.unwrap_or(minimum).max(minimum);
    let maximum = number("max_vcpus")?.ok_or("compute_resources.max_vcpus is not set")?;
    Ok(Amounts { minimum, expected, maximum: maximum.max(expected) })
}

/// The machine type that comes first, and how many vCPUs one has. Of a family its `xlarge` stands for all: machines of a family
/// cost the same by the vCPU.
fn size(resources: &Record) -> Result<(Text, Decimal), String> {
    let first = match resources.texts("instance_type") {
        Attr::Set(types) => types.first().cloned().unwrap_or(Attr::Unset),
        Attr::Unset => Attr::Unset,
        Attr::Unknown(why) => Attr::Unknown(why),
    };
    let name = match first {
        Attr::Set(name) => name,
        Attr::Unset => return Err("compute_resources.instance_type is not set".to_owned()),
        Attr::Unknown(why) => return Err(format!("compute_resources.instance_type is {why}")),
    };
    if name.starts_with("optimal") || name.starts_with("default") {
        return Err(format!("AWS Batch chooses the machine types: {name}"));
    }
    let size: Text = if name.contains('.') { name } else { format!("{name}.xlarge").into() };
    let each = vcpus(&size).ok_or_else(|| format!("how many vCPUs {size} has, its name does not say"))?;
    Ok((size, each.into()))
}
