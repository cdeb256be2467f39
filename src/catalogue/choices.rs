//! What resources were chosen from a range for: classes of machines and kinds of disks, by the attributes that say them.

use super::generations::{CACHES, DATABASES, MACHINES, SEARCH, Service};
use crate::facts::{Choices, DiskChoice, DiskSuccessor, MachineChoice, Pace};
use crate::model::{Attr, Body, Mode, Resource, Text, Why};

/// Who says the class of a machine: type, attribute, and the service whose classes these are.
static SAYS_CLASS: &[(&str, &str, &Service)] = &[
    ("aws_instance", "instance_type", &MACHINES),
    ("aws_launch_template", "instance_type", &MACHINES),
    ("aws_launch_configuration", "instance_type", &MACHINES),
    ("aws_eks_node_group", "instance_types", &MACHINES),
    ("aws_db_instance", "instance_class", &DATABASES),
    ("aws_rds_cluster_instance", "instance_class", &DATABASES),
    ("aws_rds_cluster", "db_cluster_instance_class", &DATABASES),
    ("aws_elasticache_cluster", "node_type", &CACHES),
    ("aws_elasticache_replication_group", "node_type", &CACHES),
    ("aws_opensearch_domain", "cluster_config.instance_type", &SEARCH),
];

/// Who says the kind of disks: type and attribute.
static SAYS_KIND: &[(&str, &str)] = &[
    ("aws_ebs_volume", "type"),
    ("aws_instance", "root_block_device.volume_type"),
    ("aws_instance", "ebs_block_device.volume_type"),
    ("aws_launch_configuration", "root_block_device.volume_type"),
    ("aws_launch_configuration", "ebs_block_device.volume_type"),
    ("aws_launch_template", "block_device_mappings.ebs.volume_type"),
];

/// What a managed resource was chosen for.
pub(super) fn of(resource: &Resource<'_>) -> Option<Box<Choices>> {
    if resource.mode != Mode::Managed {
        return None;
    }
    let says = SAYS_CLASS.iter().find(|(kind, ..)| *kind == resource.kind);
    let machine = says.and_then(|(_, attribute, service)| machine(resource, attribute, service));
    let kinds = SAYS_KIND.iter().filter(|(kind, _)| *kind == resource.kind);
    let disks: Vec<DiskChoice> = kinds.filter_map(|(_, attribute)| disks(resource, attribute)).collect();
    let burst = super::burst::of(resource);
    (machine.is_some() || !disks.is_empty() || burst.is_some()).then(|| Box::new(Choices { machine, disks, burst }))
}

fn machine(resource: &Resource<'_>, attribute: &'static str, service: &'static Service) -> Option<MachineChoice> {
    let listed = attribute == "instance_types";
    let class = if listed {
        match resource.chosen(attribute, resource.body.get(attribute).texts()) {
            // Of several, each is wanted for the case that another cannot be had.
            Attr::Set(texts) => texts.into_iter().reduce(|_, _| Attr::Unset).unwrap_or(Attr::Unset),
            Attr::Unset => Attr::Unset,
            Attr::Unknown(why) => Attr::Unknown(why),
        }
    } else if let Some((block, name)) = attribute.split_once('.') {
        resource.body.block(block).map_or(Attr::Unset, |block| block.text(name))
    } else {
        resource.text(attribute)
    };
    let (successors, arm) = match &class {
        Attr::Unset => return None,
        Attr::Unknown(_) => (Vec::new(), None),
        Attr::Set(class) => (service.successors(class), service.arm(class)),
    };
    if class.known().is_some() && successors.is_empty() && arm.is_none() {
        return None;
    }
    let [caution, arm_caution] = service.cautions;
    let (needs_x86, arm_by) = needs_x86(resource);
    let arm = match (arm, needs_x86) {
        (Some(arm), Attr::Set(false) | Attr::Unset) => Attr::Set(Text::from(arm)),
        (Some(_), Attr::Unknown(why)) => Attr::Unknown(why),
        _ => Attr::Unset,
    };
    let successors = successors.into_iter().map(Text::from).collect();
    let source = service.source;
    Some(MachineChoice { attribute, listed, class, successors, arm, arm_by, caution, arm_caution, source })
}

/// Whether what runs on it is known to need x86, and what says so.
///
/// - Windows: Amazon EC2 user guide, Windows instances, which lists no Graviton types.
/// - Oracle and SQL Server: Amazon RDS user guide, supported DB engines for DB instance classes: no Graviton classes for
///   them. Read 2023-06-10.
fn needs_x86(resource: &Resource<'_>) -> (Attr<bool>, &'static str) {
    match resource.kind {
        "aws_db_instance" => {
            let engine = resource.text("engine");
            // A replica has the engine of what it copies.
            let copied = engine.is_unset() && !resource.text("replicate_source_db").is_unset();
            let engine = if copied { Attr::Unknown(Why::Elsewhere) } else { engine };
            let needs = engine.map(|engine| {
                ["oracle", "sqlserver", "custom-", "db2"].iter().any(|prefix| engine.starts_with(prefix))
            });
            (needs, "engine")
        }
        "aws_eks_node_group" => (resource.text("ami_type").map(|image| image.starts_with("WINDOWS")), "ami_type"),
        // Only Windows has a password that can be asked for, and runs scripts of this kind.
        "aws_instance" | "aws_launch_template" | "aws_launch_configuration" => {
            let asked = resource.bool("get_password_data") == Attr::Set(true);
            let script = resource.body.text("user_data").into_known().unwrap_or_default();
            (Attr::Set(asked || WINDOWS_SCRIPT.iter().any(|begin| script.contains(begin))), "user_data")
        }
        _ => (Attr::Set(false), ""),
    }
}

/// How a script for Windows begins, and how it does where the whole is written in base 64.
const WINDOWS_SCRIPT: [&str; 2] = ["<powershell>", "PHBvd2Vyc2hlbGw"];

fn disks(resource: &Resource<'_>, attribute: &'static str) -> Option<DiskChoice> {
    let (path, name) = attribute.rsplit_once('.').unwrap_or(("", attribute));
    if path.is_empty() {
        let kind = resource.text(name);
        // A snapshot gives its size to what is made of it.
        let size = resource.int("size");
        return choice(attribute, &[(kind.or_default(DEFAULT.into()), size)]);
    }
    let first = path.split('.').next().unwrap_or_default();
    let mut blocks: Vec<Body<'_>> = resource.body.get(first).visible_blocks();
    for step in path.split('.').skip(1) {
        blocks = blocks.iter().flat_map(|block| block.get(step).visible_blocks()).collect();
    }
    // What a block leaves open, the image decides, or the cloud.
    let settle = |kind: Attr<Text>| if kind == Attr::Unknown(Why::Computed) { Attr::Unset } else { kind };
    let disks: Vec<_> = blocks.iter().map(|block| (settle(block.text(name)), block.int("volume_size"))).collect();
    choice(attribute, &disks)
}

/// The kind of a volume where nobody says it.
///
/// Source: Amazon EC2 API reference, `CreateVolume`, `VolumeType`, not looked up again.
const DEFAULT: &str = "gp2";

fn choice(attribute: &'static str, disks: &[(Attr<Text>, Attr<i64>)]) -> Option<DiskChoice> {
    let is_old = |kind: &Attr<Text>| kind.known().is_some_and(|kind| *kind == "gp2");
    let old: Vec<&(Attr<Text>, Attr<i64>)> = disks.iter().filter(|(kind, _)| is_old(kind)).collect();
    let count = u64::try_from(old.len()).unwrap_or(u64::MAX);
    if old.is_empty() {
        let class = disks.iter().map(|(kind, _)| kind).find(|kind| kind.why_unknown().is_some())?.clone();
        return Some(DiskChoice { attribute, class, count, gigabytes: Attr::Unset, mixed: false, successor: None });
    }
    let sizes = old.iter().map(|(_, size)| size.clone().and_then(super::reader::unsigned));
    let gigabytes = sizes.reduce(|a, b| match (a, b) {
        (Attr::Set(a), Attr::Set(b)) => Attr::Set(a.max(b)),
        (Attr::Set(_), other) | (other, _) => other,
    });
    let gigabytes = gigabytes.unwrap_or(Attr::Unset);
    let successor = Some(successor(gigabytes.known().copied(), attribute));
    Some(DiskChoice {
        attribute,
        class: Attr::Set("gp2".into()),
        count,
        gigabytes,
        mixed: disks.len() > old.len(),
        successor,
    })
}

/// What follows a gp2 volume.
///
/// A gp3 volume has 3,000 operations and 125 MB a second in its price. A gp2 volume has 3 operations a second for each GB, at
/// least 100 and at most 16,000, and up to 250 MB a second from 334 GB on; a smaller one has hardly more than gp3 includes,
/// and reaches 3,000 operations in bursts only.
///
/// Sources: Amazon EBS user guide, general purpose SSD volumes, as told by cloudonaut.io, "How to choose an EBS volume
/// type", 2021-01-19, and by dev.to, "Which is cheaper, EBS gp2 or gp3"; both not looked up again.
fn successor(gigabytes: Option<u64>, attribute: &'static str) -> DiskSuccessor {
    const INCLUDED: Pace = Pace { operations: 3000, megabytes: 125 };
    let matched = gigabytes.map(|size| {
        let operations = size.saturating_mul(3).clamp(100, 16_000);
        INCLUDED.max(Pace { operations, megabytes: if size >= 334 { 250 } else { 125 } })
    });
    let attributes = match attribute {
        "type" => ["iops", "throughput"],
        "root_block_device.volume_type" => ["root_block_device.iops", "root_block_device.throughput"],
        "ebs_block_device.volume_type" => ["ebs_block_device.iops", "ebs_block_device.throughput"],
        _ => ["block_device_mappings.ebs.iops", "block_device_mappings.ebs.throughput"],
    };
    let source = "Amazon EBS user guide, general purpose SSD volumes";
    DiskSuccessor { class: "gp3", included: INCLUDED, matched, attributes, source }
}
