//! `aws_appmesh_gateway_route`: which requests of a virtual gateway go to which service.

use super::shared::mesh;
use crate::catalogue::Adapter;
use crate::facts::Tariff;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_appmesh_gateway_route",
    mode: Mode::Managed,
    noun: "App Mesh gateway route",
    describe: mesh::part,
    tariff: &Tariff::FREE,
};
