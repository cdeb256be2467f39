//! `aws_appmesh_virtual_node`: a service of a mesh, and what it may call.

use super::shared::mesh;
use crate::catalogue::Adapter;
use crate::facts::Tariff;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_appmesh_virtual_node",
    mode: Mode::Managed,
    noun: "App Mesh virtual node",
    describe: mesh::part,
    tariff: &Tariff::FREE,
};
