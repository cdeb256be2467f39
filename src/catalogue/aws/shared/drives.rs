//! Disks with what is paid for their speed, and the classes of the machines that have them.
//!
//! - gp3 has 3,000 operations and 125 MB a second in its price; gp2, magnetic and throughput-optimised disks take no such wish:
//!   Amazon EC2 API reference, `EbsBlockDevice`, `Iops`, read 2026-11-29.
//! - RDS: gp3 has 12,000 operations and 500 MB a second in its price from 400 GiB on, of Oracle from 200 GiB on; of SQL Server
//!   at no size: hashicorp/terraform-provider-aws#28382, and Amazon RDS user guide, DB instance storage, not looked up again.
//! - RDS on gp2: 3 operations a second for each GiB, at least 100, and 3,000 in bursts out of 5.4 million credits: Amazon RDS user
//!   guide, Storage (awsdocs 0352288b), read 2026-11-29.

use super::lanes;
use crate::catalogue::reader::unsigned;
use crate::facts::{Credits, Disk, DiskRate, Drives, MachineClass, Pace};
use crate::model::{Attr, Body, Resource, Text, Why};

/// What gp3 has in its price.
const GP3: Pace = Pace { operations: 3000, megabytes: 125 };

/// What gp3 has in its price where RDS lays a database over several volumes.
const STRIPED: Pace = Pace { operations: 12_000, megabytes: 500 };

/// What is said of a machine: of its class, and of the disks in its blocks.
pub(in crate::catalogue::aws) fn of_machine(resource: &Resource<'_>) -> Option<Drives> {
    let mut disks = Vec::new();
    for (block, attributes) in BLOCKS {
        let several = resource.body.get(block).visible_blocks();
        for (at, body) in several.iter().enumerate() {
            let name = if *block == "root_block_device" { (*block).into() } else { format!("{block}[{at}]").into() };
            disks.extend(in_block(body, name, *attributes));
        }
    }
    some(class(resource.text("instance_type"), "instance_type"), disks)
}

/// What is said in a launch template.
pub(in crate::catalogue::aws) fn of_template(resource: &Resource<'_>) -> Option<Drives> {
    const ATTRIBUTES: [&str; 2] = ["block_device_mappings.ebs.iops", "block_device_mappings.ebs.throughput"];
    let mut disks = Vec::new();
    for (at, mapping) in resource.body.get("block_device_mappings").visible_blocks().iter().enumerate() {
        for body in mapping.get("ebs").visible_blocks() {
            disks.extend(in_block(&body, format!("block_device_mappings[{at}]").into(), ATTRIBUTES));
        }
    }
    some(class(resource.text("instance_type"), "instance_type"), disks)
}

/// What io1 and io2 have in their price: no operations, and so many megabytes as go with these.
const PROVISIONED: [u64; 2] = [0, u64::MAX];

/// Blocks of disks, with the attributes of their speed.
const BLOCKS: &[(&str, [&str; 2])] = &[
    ("root_block_device", ["root_block_device.iops", "root_block_device.throughput"]),
    ("ebs_block_device", ["ebs_block_device.iops", "ebs_block_device.throughput"]),
];

fn some(class: Option<MachineClass>, disks: Vec<Disk>) -> Option<Drives> {
    let classes: Vec<MachineClass> = class.into_iter().collect();
    (!classes.is_empty() || !disks.is_empty()).then(|| Drives { classes, hidden: None, disks })
}

/// A class that an attribute names, if it names one.
pub(in crate::catalogue::aws) fn class(name: Attr<Text>, attribute: &'static str) -> Option<MachineClass> {
    if name.is_unset() {
        return None;
    }
    let lane = name.known().and_then(|name| lanes::find(name));
    let wider = name.known().map_or_else(Vec::new, |name| lanes::wider(name));
    Some(MachineClass {
        attribute,
        name,
        lane,
        wider: wider.into_iter().map(|(name, lane)| (name.into(), lane)).collect(),
    })
}

/// The classes that a group may start, where it names them in a list.
pub(in crate::catalogue::aws) fn of_group(
    names: impl IntoIterator<Item = Attr<Text>>,
    attribute: &'static str,
) -> Option<Drives> {
    let mut drives = Drives::default();
    for name in names {
        match class(name, attribute) {
            Some(class) => drives.classes.push(MachineClass { wider: Vec::new(), ..class }),
            None => drives.hidden = Some(Why::Elsewhere),
        }
    }
    (!drives.classes.is_empty() || drives.hidden.is_some()).then_some(drives)
}

fn in_block(body: &Body<'_>, name: Text, [iops, throughput]: [&'static str; 2]) -> Option<Disk> {
    let kind = opened(body.text("volume_type"));
    // Of what a block leaves open, a plan says the same as of what is told only after apply. Kinds without a speed of their own
    // are given one by somebody.
    let given = kind.known().is_some_and(|kind| matches!(kind.as_str(), "io1" | "io2"));
    let number = |name: &str| {
        let seen = body.int(name);
        if given { seen } else { opened(seen) }.and_then(unsigned)
    };
    volume(name, kind, [(iops, number("iops")), (throughput, number("throughput"))])
}

fn opened<T>(seen: Attr<T>) -> Attr<T> {
    match seen {
        Attr::Unknown(Why::Computed) => Attr::Unset,
        seen => seen,
    }
}

/// A volume on its own.
pub(in crate::catalogue::aws) fn of_volume(resource: &Resource<'_>) -> Option<Drives> {
    let number = |name| resource.int(name).and_then(unsigned);
    let rates = [("iops", number("iops")), ("throughput", number("throughput"))];
    let disk = volume(Text::default(), resource.text("type"), rates)?;
    Some(Drives { disks: vec![disk], ..Drives::default() })
}

/// A volume of Amazon EC2, if its kind takes wishes for its speed; by default it is gp2, which takes none.
fn volume(name: Text, kind: Attr<Text>, asked: [(&'static str, Attr<u64>); 2]) -> Option<Disk> {
    let included = match kind.known().map(Text::as_str) {
        Some("gp3") => [GP3.operations, GP3.megabytes],
        Some("io1" | "io2") => PROVISIONED,
        Some(_) => return None,
        None if kind.is_unset() => return None,
        None => [GP3.operations, GP3.megabytes],
    };
    let [operations, mut megabytes] = rates(asked, included);
    if included == PROVISIONED {
        megabytes.asked = Attr::Unset;
    }
    Some(Disk { name, kind, operations, megabytes, credits: None })
}

fn rates(asked: [(&'static str, Attr<u64>); 2], included: [u64; 2]) -> [DiskRate; 2] {
    let [first, second] = asked;
    let [operations, megabytes] = included;
    let rate = |(attribute, asked), included| DiskRate { attribute, asked, included };
    [rate(first, operations), rate(second, megabytes)]
}

/// What is said of a database: its class and its disk. Aurora has no disk of its own.
///
/// The machines of RDS are those of Amazon EC2 that are called the same: Amazon RDS user guide, DB instance storage, which refers to
/// EBS-optimised instances for what a class carries, not looked up again.
pub(in crate::catalogue::aws) fn of_database(
    resource: &Resource<'_>,
    class_attribute: &'static str,
    (default, size): (&str, Attr<i64>),
) -> Option<Drives> {
    let engine = resource.text("engine");
    if engine.known().is_some_and(|engine| engine.starts_with("aurora")) {
        return None;
    }
    let name = resource.text(class_attribute);
    let machine = |name: &Text| name.strip_prefix("db.").map(str::to_owned);
    let lane = name.known().and_then(machine).and_then(|kind| lanes::find(&kind));
    let wider = name.known().and_then(machine).map_or_else(Vec::new, |kind| lanes::wider(&kind));
    let wider = wider.into_iter().map(|(name, lane)| (format!("db.{name}"), lane));
    // Of those that RDS has not, nobody can have one.
    let wider = wider.filter(|(name, _)| super::db_classes::find(name).is_some());
    let wider = wider.map(|(name, lane)| (name.into(), lane)).collect();
    let classes = vec![MachineClass { attribute: class_attribute, name, lane, wider }];
    let number = |name| resource.int(name).and_then(unsigned);
    let asked = [("iops", number("iops")), ("storage_throughput", number("storage_throughput"))];
    let kind = resource.text("storage_type").or_default(default.into());
    let disk = disk_of_database(&engine, kind, &size.and_then(unsigned), asked);
    Some(Drives { classes, hidden: None, disks: disk.into_iter().collect() })
}

fn disk_of_database(
    engine: &Attr<Text>,
    kind: Attr<Text>,
    size: &Attr<u64>,
    asked: [(&'static str, Attr<u64>); 2],
) -> Option<Disk> {
    let name = Text::default();
    let included = match kind.known().map(Text::as_str) {
        Some("io1" | "io2") => PROVISIONED,
        Some("gp2") => {
            let size = size.known().copied()?;
            let [operations, megabytes] = rates(asked.map(|(attribute, _)| (attribute, Attr::Unset)), [0, 0]);
            return credits(engine, size).map(|credits| Disk {
                name,
                kind,
                operations,
                megabytes,
                credits: Some(credits),
            });
        }
        Some("gp3") | None => {
            let pace = gp3(engine, size.known().copied());
            [pace.operations, pace.megabytes]
        }
        Some(_) => return None,
    };
    let [operations, mut megabytes] = rates(asked, included);
    if included == PROVISIONED {
        megabytes.asked = Attr::Unset;
    }
    Some(Disk { name, kind, operations, megabytes, credits: None })
}

/// What gp3 has in its price: where its size cannot be told, as much as it may be.
fn gp3(engine: &Attr<Text>, size: Option<u64>) -> Pace {
    let engine = engine.known().map_or("", Text::as_str);
    let from = match engine {
        engine if engine.contains("sqlserver") => None,
        engine if engine.contains("oracle") => Some(200),
        _ => Some(400),
    };
    match (from, size) {
        (Some(from), Some(size)) if size < from => GP3,
        (None, _) => GP3,
        _ => STRIPED,
    }
}

/// What a gp2 disk of a database lives on, if it is so small that it does.
fn credits(engine: &Attr<Text>, gigabytes: u64) -> Option<Credits> {
    const BURST: u64 = 3000;
    const BALANCE: u64 = 5_400_000;
    let sustained = gigabytes.saturating_mul(3).max(100);
    let short = BURST.checked_sub(sustained).filter(|short| *short > 0)?;
    // A larger one is laid over several volumes, each with a burst of its own.
    let gives = gp3(engine, Some(gigabytes));
    let striped = gives == STRIPED;
    (!striped).then(|| Credits {
        gigabytes,
        sustained,
        burst: BURST,
        minutes: BALANCE / short / 60,
        attribute: "storage_type",
        steady: "gp3",
        gives,
        source: "Amazon RDS user guide, Storage, I/O credits and burst performance (awsdocs 0352288b), read 2026-11-29",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn postgres() -> Attr<Text> {
        Attr::Set("postgres".into())
    }

    /// 20 GiB: 3 x 20 = 60, at least 100; 5.4 million / (3,000 - 100) = 1,862 s, 31 minutes. 100 GiB: 300, and 5.4 million / 2,700 =
    /// 2,000 s, 33 minutes: both as the user guide's table has them (1,862 and 2,000 seconds).
    #[test]
    fn credits_of_a_database() {
        let of = |size| credits(&postgres(), size).map(|credits| (credits.sustained, credits.minutes));
        assert_eq!(of(20), Some((100, 31)));
        assert_eq!(of(100), Some((300, 33)));
        assert_eq!(of(400), None);
        assert_eq!(of(2000), None);
    }

    #[test]
    fn what_gp3_has_in_its_price() {
        let of = |engine: &str, size| gp3(&Attr::Set(engine.into()), size).operations;
        assert_eq!(of("postgres", Some(399)), 3000);
        assert_eq!(of("postgres", Some(400)), 12_000);
        assert_eq!(of("oracle-ee", Some(200)), 12_000);
        assert_eq!(of("sqlserver-se", Some(1000)), 3000);
        assert_eq!(of("postgres", None), 12_000);
    }

    #[test]
    fn only_what_is_beyond_the_price_is_paid() {
        let disk = |kind: &str, iops: u64| {
            let asked = [("iops", Attr::Set(iops)), ("throughput", Attr::Set(125))];
            volume("d".into(), Attr::Set(kind.into()), asked)
                .map(|disk| (disk.operations.paid(), disk.megabytes.paid()))
        };
        assert_eq!(disk("gp3", 3000), Some((Attr::Unset, Attr::Unset)));
        assert_eq!(disk("gp3", 6000), Some((Attr::Set(6000), Attr::Unset)));
        assert_eq!(disk("io2", 1000), Some((Attr::Set(1000), Attr::Unset)));
        assert!(disk("gp2", 300).is_none());
    }
}
