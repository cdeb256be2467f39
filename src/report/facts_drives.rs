//! What the facts say of disks and of the upkeep of pools: see `facts`.

use serde_json::{Value, json};

use crate::facts::{MachineClass, Pace, Upkeep};
use crate::model::{Attr, Evidence, Text};
use crate::topology::{Drive, Mounted};

fn text(attr: &Attr<Text>) -> Value {
    match attr {
        Attr::Set(known) => known.as_str().into(),
        Attr::Unset => Value::Null,
        Attr::Unknown(why) => json!({ "unknown": why.to_string() }),
    }
}

fn number(attr: &Attr<u64>) -> Value {
    match attr {
        Attr::Set(known) => (*known).into(),
        Attr::Unset => Value::Null,
        Attr::Unknown(why) => json!({ "unknown": why.to_string() }),
    }
}

fn pace(pace: Pace) -> Value {
    json!({ "operations": pace.operations, "megabytes": pace.megabytes })
}

pub(super) fn drive(drive: &Drive) -> Value {
    json!({
        "address": drive.address.as_str(),
        "noun": drive.noun,
        "named_by": drive.named_by.as_str(),
        "classes": drive.classes.iter().map(class).collect::<Vec<_>>(),
        "unknown": drive.gap,
        "disks": drive.disks.iter().map(disk).collect::<Vec<_>>(),
    })
}

fn class(class: &MachineClass) -> Value {
    json!({
        "name": text(&class.name),
        "sustained": class.lane.map(|lane| pace(lane.sustained)),
        "peak": class.lane.map(|lane| pace(lane.peak)),
    })
}

fn disk(mounted: &Mounted) -> Value {
    let disk = &mounted.disk;
    let credits = disk.credits.as_ref();
    json!({
        "at": mounted.at.as_str(),
        "name": disk.name.as_str(),
        "kind": text(&disk.kind),
        "operations": number(&disk.operations.paid()),
        "megabytes": number(&disk.megabytes.paid()),
        "credits": credits.map(|credits| json!({ "sustained": credits.sustained, "burst": credits.burst })),
        "doubt": mounted.doubt,
    })
}

pub(super) fn upkeep((what, piece): &(Upkeep, Evidence)) -> Value {
    json!({
        "what": what.as_str(),
        "address": piece.address.as_str(),
        "attribute": piece.attribute.as_str(),
        "value": piece.value,
    })
}
