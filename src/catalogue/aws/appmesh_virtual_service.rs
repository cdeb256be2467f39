//! `aws_appmesh_virtual_service`: the name by which services of a mesh call one.

use super::shared::mesh::{self, RETIREMENT};
use crate::catalogue::Adapter;
use crate::catalogue::reader::ONE;
use crate::facts::{Facts, MeshPart, Part, Relation, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_appmesh_virtual_service",
    mode: Mode::Managed,
    noun: "App Mesh virtual service",
    describe,
    tariff: &Tariff::FREE,
};

/// It is provided by a virtual node itself, or by a router whose routes lead to some.
pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = mesh::reader(resource);
    let provider = resource.body.block("spec").and_then(|spec| spec.block("provider"));
    if let Some(node) = provider.and_then(|provider| provider.block("virtual_node")) {
        reader.within(Relation::SendsTo, "spec.provider.virtual_node.virtual_node_name", ONE, &node);
    }
    reader.facts(Part::Mesh(MeshPart { retirement: Some(&RETIREMENT), ..MeshPart::default() }))
}
