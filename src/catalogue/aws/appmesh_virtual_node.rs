//! `aws_appmesh_virtual_node`: a service of a mesh, and what it may call.

use super::shared::mesh::{self, RETIREMENT};
use crate::catalogue::Adapter;
use crate::facts::{Facts, MeshNode, MeshPart, Part, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_appmesh_virtual_node",
    mode: Mode::Managed,
    noun: "App Mesh virtual node",
    describe,
    tariff: &Tariff::FREE,
};

/// Its listeners say how proxies treat it that call it.
///
/// Sources: AWS App Mesh API reference, `OutlierDetection` (a unit is taken out after so many answers of 5xx in a row, at least one
/// whatever the greatest share is) and `VirtualNodeHttpConnectionPool` (limits of the calling proxy), read 2026-11-30; the other
/// pools not looked up again.
pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let listeners = resource.body.block("spec").map(|spec| spec.blocks("listener")).unwrap_or_default();
    let all = |attribute| listeners.iter().map(|listener| mesh::is_there(attribute, listener)).collect();
    let node =
        MeshNode { takes_out: all("spec.listener.outlier_detection"), bounds: all("spec.listener.connection_pool") };
    let part = MeshPart { retirement: Some(&RETIREMENT), node: Some(Box::new(node)), ..MeshPart::default() };
    mesh::reader(resource).facts(Part::Mesh(part))
}
