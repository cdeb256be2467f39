//! `aws_appmesh_virtual_gateway`: lets requests into a mesh.

use super::shared::mesh;
use crate::catalogue::Adapter;
use crate::facts::Tariff;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_appmesh_virtual_gateway",
    mode: Mode::Managed,
    noun: "App Mesh virtual gateway",
    describe: mesh::part,
    tariff: &Tariff::FREE,
};
