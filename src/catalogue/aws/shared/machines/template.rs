//! Machines as a resource, a launch template or a launch configuration describes them.

use super::disk::{DISK, Disk, owned};
use super::machine::Machine;
use crate::facts::{Field, Record, Site};
use crate::model::{Attr, Text};

/// What the bill of one machine depends on.
pub(in crate::catalogue::aws) const INSTANCE: &[Field] = &[
    Field::text("instance_type"),
    Field::text("tenancy"),
    Field::flag("monitoring"),
    Field::flag("ebs_optimized"),
    Field::flag("associate_public_ip_address"),
    Field::blocks("credit_specification", &[Field::text("cpu_credits").left_open()]),
    Field::blocks("instance_market_options", &[Field::text("market_type").left_open()]),
    Field::blocks("network_interface", &[]),
    Field::blocks("primary_network_interface", &[]),
    Field::blocks("root_block_device", DISK),
    Field::blocks("ebs_block_device", DISK),
];

/// What the bill of machines depends on that are made from a launch template.
pub(in crate::catalogue::aws) const TEMPLATE: &[Field] = &[
    Field::text("instance_type"),
    Field::flag("ebs_optimized"),
    Field::blocks("placement", &[Field::text("tenancy")]),
    Field::blocks("monitoring", &[Field::flag("enabled")]),
    Field::blocks("credit_specification", &[Field::text("cpu_credits")]),
    Field::blocks("instance_market_options", &[Field::text("market_type")]),
    Field::blocks("instance_requirements", &[]),
    Field::blocks(
        "network_interfaces",
        &[Field::flag("associate_public_ip_address"), Field::text("network_interface_id")],
    ),
    Field::blocks("block_device_mappings", &[Field::text("device_name"), Field::blocks("ebs", DISK)]),
];

/// What the bill of machines depends on that are made from a launch configuration.
pub(in crate::catalogue::aws) const CONFIGURATION: &[Field] = &[
    Field::text("instance_type"),
    Field::text("placement_tenancy"),
    Field::flag("enable_monitoring"),
    Field::flag("ebs_optimized"),
    Field::flag("associate_public_ip_address"),
    Field::text("spot_price"),
    Field::blocks("root_block_device", DISK),
    Field::blocks("ebs_block_device", DISK),
];

/// The size of a root disk of which nobody says anything: that of Amazon's own Linux images, as infracost/infracost takes it,
/// `internal/resources/aws/ebs_volume.go`, snapshot of 2026-08-21.
const ROOT_GB: u32 = 8;

/// Under which names images have their root disk: Amazon EC2 user guide, device names for volumes, not looked up again.
const ROOTS: [&str; 2] = ["/dev/sda1", "/dev/xvda"];

impl Machine {
    /// The machine that a resource is; what it leaves out, its launch template says.
    pub(in crate::catalogue::aws) fn of_instance(site: &Site<'_>, template: Option<Self>) -> Self {
        let own = site.own();
        let plugged =
            !own.blocks("network_interface").is_unset() || !own.blocks("primary_network_interface").is_unset();
        let public = if plugged { Attr::Set(false) } else { own.flag("associate_public_ip_address") };
        let machine = Self {
            size: size(own),
            tenancy: owned(&own.text("tenancy")),
            spot: is_spot(own),
            monitored: own.flag("monitoring"),
            credits: credits(own),
            optimized: own.flag("ebs_optimized"),
            public,
            system: None,
            disks: Ok(disks(own, ROOT_GB)),
        };
        match template {
            Some(template) => machine.over(own, template),
            None => machine,
        }
    }

    /// What is said here, and of the rest what the template says.
    fn over(self, own: &Record, template: Self) -> Self {
        let has_disks = !own.blocks("root_block_device").is_unset() || !own.blocks("ebs_block_device").is_unset();
        Self {
            size: if own.text("instance_type").is_unset() { template.size } else { self.size },
            tenancy: self.tenancy.or(template.tenancy),
            spot: self.spot.or(template.spot),
            monitored: self.monitored.or(template.monitored),
            credits: self.credits.or(template.credits),
            optimized: self.optimized.or(template.optimized),
            public: self.public.or(template.public),
            system: self.system.or(template.system),
            disks: if has_disks { self.disks } else { template.disks },
        }
    }

    /// The machines that a launch template or a launch configuration describes, with root disks of this many GB where it
    /// does not say.
    pub(in crate::catalogue::aws) fn made_from(template: &Site<'_>, root: Option<u32>) -> Self {
        let (own, root) = (template.own(), root.unwrap_or(ROOT_GB));
        if template.kind() == "aws_launch_configuration" {
            Self::configured(own, root)
        } else {
            Self::templated(own, root)
        }
    }

    fn templated(own: &Record, root: u32) -> Self {
        let within = |block: &str, field: &str| match own.block(block) {
            Attr::Set(block) => owned(&block.text(field)),
            Attr::Unset => Attr::Unset,
            Attr::Unknown(why) => Attr::Unknown(why),
        };
        let interface = own.block("network_interfaces");
        let public = interface.clone().and_then(|interface| match interface.text("network_interface_id") {
            Attr::Unset => interface.flag("associate_public_ip_address"),
            // An interface that is there already is given no address.
            Attr::Set(_) | Attr::Unknown(_) => Attr::Set(false),
        });
        let size = match size(own) {
            Err(_) if !own.blocks("instance_requirements").is_unset() => {
                Err("its machine types are chosen by their properties".to_owned())
            }
            size => size,
        };
        Self {
            size,
            tenancy: within("placement", "tenancy"),
            spot: is_spot(own),
            monitored: own.block("monitoring").and_then(|block| block.flag("enabled")),
            credits: credits(own),
            optimized: own.flag("ebs_optimized"),
            public,
            system: None,
            disks: mapped(own, root),
        }
    }

    fn configured(own: &Record, root: u32) -> Self {
        Self {
            size: size(own),
            tenancy: owned(&own.text("placement_tenancy")),
            spot: own.text("spot_price").map(|_| true),
            // Default true: Amazon EC2 Auto Scaling API reference, CreateLaunchConfiguration, not looked up again.
            monitored: own.flag("enable_monitoring").or_default(true),
            credits: Attr::Unset,
            optimized: own.flag("ebs_optimized"),
            public: own.flag("associate_public_ip_address"),
            system: None,
            disks: Ok(disks(own, root)),
        }
    }
}

fn size(own: &Record) -> Result<Text, String> {
    match own.text("instance_type") {
        Attr::Set(size) => Ok(size.clone()),
        Attr::Unset => Err("instance_type is not set".to_owned()),
        Attr::Unknown(why) => Err(format!("instance_type is {why}")),
    }
}

fn is_spot(own: &Record) -> Attr<bool> {
    own.block("instance_market_options").and_then(|options| options.text("market_type")).map(|kind| kind == "spot")
}

fn credits(own: &Record) -> Attr<Text> {
    owned(&own.block("credit_specification").and_then(|credits| credits.text("cpu_credits")))
}

/// The root disk, which is always there, and the others.
fn disks(own: &Record, root: u32) -> Vec<(Text, Disk)> {
    let first = own.block("root_block_device");
    let first = first.known().map_or_else(|| Disk::plain(root), |block| Disk::of_block(block, root));
    let mut all = vec![("root_block_device".into(), first)];
    let others = own.blocks("ebs_block_device").into_known().unwrap_or_default();
    let others = others.iter().enumerate();
    all.extend(others.map(|(at, block)| (format!("ebs_block_device[{at}]").into(), Disk::of_block(block, ROOT_GB))));
    all
}

/// The disks that a launch template maps, and the root disk if it is not among them.
fn mapped(own: &Record, root: u32) -> Result<Vec<(Text, Disk)>, String> {
    let mappings = match own.blocks("block_device_mappings") {
        Attr::Set(mappings) => mappings,
        Attr::Unset => &[],
        Attr::Unknown(why) => return Err(format!("block_device_mappings is {why}")),
    };
    let is_root =
        |mapping: &Record| mapping.text("device_name").known().is_none_or(|name| ROOTS.contains(&name.as_str()));
    let mut all = Vec::with_capacity(mappings.len() + 1);
    if !mappings.iter().any(is_root) {
        all.push(("root_block_device".into(), Disk::plain(root)));
    }
    for (at, mapping) in mappings.iter().enumerate() {
        // A mapping without one is of the machine's own disks, or takes one away.
        if let Attr::Set(disk) = mapping.block("ebs") {
            let default = if is_root(mapping) { root } else { ROOT_GB };
            all.push((format!("block_device_mapping[{at}]").into(), Disk::of_block(disk, default)));
        }
    }
    Ok(all)
}
