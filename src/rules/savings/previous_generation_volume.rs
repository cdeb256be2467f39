use crate::facts::{Change, DiskChoice, DiskSuccessor, Pace, Value};
use crate::finding::{Delta, Finding, Remedy, Severity};
use crate::model::{Attr, Evidence, Text};
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::LedgerEntry;
use crate::units::counted;

rule! {
    /// ## What it finds
    /// A disk of a kind that a later one follows which costs less for each gigabyte: gp2, which gp3 follows. On its own, or
    /// as a disk of a machine or of a template of machines.
    ///
    /// ## Why it matters
    /// gp3 costs a fifth less for each gigabyte, and has 3,000 operations and 125 MB a second at any size. A small gp2
    /// volume has those in bursts only: what it gives at all times grows with its size.
    ///
    /// ## What to do
    /// Change the type. That can be done while the volume is in use. From 1,000 GB on a gp2 volume has more than 3,000
    /// operations a second, from 334 GB on up to 250 MB: where that is needed, ask gp3 for as much. It still costs less.
    ///
    /// ## When it stays silent
    /// For disks of databases: there gp3 is no cheaper for each gigabyte. For io1, which io2 follows at the same price.
    /// For magnetic disks: whether another kind is cheaper depends on how much is read and written. For disks of machines
    /// whose kind the image decides.
    ///
    /// ## What makes it undetermined
    /// A kind that is known only after apply.
    "previous-generation-volume", Low, "DP6", "WAF-PERF-090", since "0.1.0",
    "Disk of an earlier kind than one that costs less",
    thresholds: [],
    sources: [
        "Amazon EBS user guide, general purpose SSD volumes, as told by cloudonaut.io, How to choose an EBS volume type, \
         2021-01-19, read 2026-11-29",
        "Amazon EBS list prices of 2025-10-28, all regions: gp3 at 0.8 of gp2 for each GB and month",
        "Design principle DP6, isolate I/O-intensive workloads",
    ]
}

fn check(context: Context<'_>) -> Judgement {
    let mut judgement = Judgement::default();
    for entry in context.topology.ledger.entries().iter().filter(|entry| entry.managed) {
        for disk in entry.choices().map(|choices| choices.disks.as_slice()).unwrap_or_default() {
            match (&disk.class, &disk.successor) {
                (Attr::Set(class), Some(successor)) => {
                    judgement.findings.push(violation(entry, disk, class, successor));
                }
                (Attr::Unknown(why), _) => {
                    let (noun, address, attribute) = (entry.noun(), &entry.address, disk.attribute);
                    let message = format!(
                        "{noun} {address}: whether its disk is of an earlier kind cannot be told; {attribute} is {why}."
                    );
                    judgement.findings.push(
                        Finding::undetermined(&RULE.meta, address, message)
                            .key(attribute)
                            .severity(Severity::Info)
                            .of_each([address])
                            .resting_on(&[Evidence::plan(address, attribute, format!("({why})"))]),
                    );
                }
                _ => judgement.passed += 1,
            }
        }
    }
    judgement
}

fn violation(entry: &LedgerEntry, disk: &DiskChoice, class: &Text, successor: &DiskSuccessor) -> Finding {
    let (noun, address) = (entry.noun(), &entry.address);
    let size = disk.gigabytes.known();
    let what = match (disk.count, size) {
        (1, Some(size)) => format!("{size} GB of {class}"),
        (1, None) => format!("a disk of {class}"),
        (count, Some(size)) => format!("{} of {class}, of up to {} GB", counted(count, "disk"), size),
        (count, None) => format!("{} of {class}", counted(count, "disk")),
    };
    let message = format!("{noun} {address} has {what}: {} costs less for each gigabyte.", successor.class);
    Finding::violation(&RULE.meta, address, message)
        .of_each([address])
        .key(disk.attribute)
        .resting_on(&[Evidence::plan(address, disk.attribute, class.as_str())])
        .measuring("disks", disk.count)
        .gravity(size.copied().unwrap_or(1).max(1))
        .remedy(remedy(entry, disk, successor))
}

fn remedy(entry: &LedgerEntry, disk: &DiskChoice, successor: &DiskSuccessor) -> Remedy {
    let address = &entry.address;
    let set = |attribute: &str, value| Change::Set { address: address.clone(), attribute: attribute.into(), value };
    let mut changes = vec![set(disk.attribute, Value::Text(successor.class.into()))];
    let included = told(successor.included);
    let more = successor.matched.filter(|pace| *pace != successor.included);
    let mut title = format!("change {} of {address} to {}", disk.attribute, successor.class);
    let detail = match (more, successor.matched) {
        (Some(pace), _) => {
            title = format!("{title} with {}", told(pace));
            for (attribute, (number, least)) in
                successor.attributes.iter().zip(pace.numbers().into_iter().zip(successor.included.numbers()))
            {
                if number > least {
                    changes.push(set(attribute, Value::Number(number)));
                }
            }
            format!(
                "that is what it has now, at its best; where the {included} suffice that are included, it costs less still"
            )
        }
        (None, Some(_)) => format!("its {included} are at least what it has now at all times"),
        (None, None) => format!(
            "{included} are included; from 1,000 GB or 334 GB on, what it has now is more operations or more megabytes a \
             second, which would have to be asked for"
        ),
    };
    if disk.mixed || (disk.count > 1 && more.is_some()) {
        return Remedy::new(
            title,
            detail,
            Delta::not_priced("its disks differ, and each would have to be priced by itself"),
        );
    }
    Remedy::priced(title, detail, changes)
}

fn told(pace: Pace) -> String {
    format!("{} operations and {} MB a second", pace.operations, pace.megabytes)
}
