//! `aws_appmesh_virtual_router`: spreads the requests for a virtual service.

use super::shared::mesh;
use crate::catalogue::Adapter;
use crate::facts::Tariff;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_appmesh_virtual_router",
    mode: Mode::Managed,
    noun: "App Mesh virtual router",
    describe: mesh::part,
    tariff: &Tariff::FREE,
};
