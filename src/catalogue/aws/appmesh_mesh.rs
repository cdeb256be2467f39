//! `aws_appmesh_mesh`: a mesh of services.

use super::shared::mesh::RETIREMENT;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, MeshPart, Part, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_appmesh_mesh", mode: Mode::Managed, noun: "App Mesh mesh", describe, tariff: &Tariff::FREE };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "name"]);
    reader.facts(Part::Mesh(MeshPart { whole: true, retirement: Some(&RETIREMENT), ..MeshPart::default() }))
}
