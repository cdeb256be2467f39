//! `aws_appmesh_route`: which requests go to which virtual nodes.

use super::shared::mesh;
use crate::catalogue::Adapter;
use crate::facts::Tariff;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_appmesh_route",
    mode: Mode::Managed,
    noun: "App Mesh route",
    describe: mesh::part,
    tariff: &Tariff::FREE,
};
