//! `data.template_file`: a text made from others; what its variables refer to, it passes on.

use crate::catalogue::Adapter;
use crate::catalogue::reader::{MANY, Reader};
use crate::facts::{Facts, LinkValue, Part, Relation, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "template_file", mode: Mode::Data, noun: "template", describe, tariff: &Tariff::FREE };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.value(Relation::PassesOn, "vars", MANY, LinkValue::Known(Vec::new()));
    reader.facts(Part::Alias)
}
