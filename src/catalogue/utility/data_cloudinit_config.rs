//! `data.cloudinit_config`: a boot script made from parts; what they refer to, it passes on.

use crate::catalogue::Adapter;
use crate::catalogue::reader::{MANY, Reader};
use crate::facts::{Facts, LinkValue, Part, Relation, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "cloudinit_config", mode: Mode::Data, noun: "boot script", describe, tariff: &Tariff::FREE };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.value(Relation::PassesOn, "part.content", MANY, LinkValue::Known(Vec::new()));
    reader.facts(Part::Alias)
}
