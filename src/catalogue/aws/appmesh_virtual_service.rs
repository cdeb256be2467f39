//! `aws_appmesh_virtual_service`: the name by which services of a mesh call one.

use super::shared::mesh;
use crate::catalogue::Adapter;
use crate::facts::Tariff;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_appmesh_virtual_service",
    mode: Mode::Managed,
    noun: "App Mesh virtual service",
    describe: mesh::part,
    tariff: &Tariff::FREE,
};
