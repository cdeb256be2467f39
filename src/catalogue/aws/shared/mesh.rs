//! AWS App Mesh, which has ended, and what shows that something is a part of it.

use jiff::civil::date;
use serde_json::Value;

use crate::catalogue::reader::Reader;
use crate::facts::{Facts, MeshPart, MeshUse, Part, Relation, Retirement, Stated};
use crate::model::{Attr, Body, Resource, Text, holds_hole};

/// When it ends, and what AWS says to use instead.
pub(in crate::catalogue::aws) static RETIREMENT: Retirement = Retirement {
    name: "AWS App Mesh",
    day: date(2026, 9, 30),
    successors: "Amazon ECS Service Connect for services of ECS, Amazon VPC Lattice for those of EKS and across networks",
    source: "AWS containers blog, Migrating from AWS App Mesh to Amazon ECS Service Connect (the end of AWS App Mesh), read 2026-11-29",
};

/// A part of a mesh that names it.
pub(in crate::catalogue::aws) fn part(resource: &Resource<'_>) -> Facts {
    reader(resource).facts(Part::Mesh(MeshPart { retirement: Some(&RETIREMENT), ..MeshPart::default() }))
}

/// The beginning of every part.
pub(in crate::catalogue::aws) fn reader<'r, 'p>(resource: &'r Resource<'p>) -> Reader<'r, 'p> {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "name"]);
    reader.link(Relation::InMesh, "mesh_name");
    reader
}

/// Whether a block is there.
pub(in crate::catalogue::aws) fn is_there(attribute: &'static str, block: &Body<'_>) -> Stated<bool> {
    let view = block.get(attribute.rsplit('.').next().unwrap_or(attribute));
    let value = match view.presence() {
        Attr::Unknown(why) => Attr::Unknown(why),
        Attr::Set(()) | Attr::Unset => Attr::Set(!view.visible_blocks().is_empty()),
    };
    Stated::plan(attribute, value)
}

/// Variables that tell the proxy of App Mesh which part of a mesh it is.
///
/// Source: AWS App Mesh user guide, Envoy image, configuration variables, not looked up again.
const VARIABLES: [&str; 2] = ["APPMESH_RESOURCE_ARN", "APPMESH_VIRTUAL_NODE_NAME"];

/// Proxies of meshes, by a part of their images' names. Which mesh they belong to, other things tell.
const PROXIES: [&str; 4] = ["envoy", "consul-dataplane", "linkerd2-proxy", "proxyv2"];

/// What makes a unit a part of a mesh, by one of its containers' image and variables.
pub(in crate::catalogue::aws) fn container<'v>(
    attribute: &'static str,
    image: &str,
    mut variables: impl Iterator<Item = (&'v str, &'v Value)>,
) -> Option<MeshUse> {
    if let Some((variable, part)) = variables.find(|(variable, _)| VARIABLES.contains(variable)) {
        let mesh = part.as_str().and_then(mesh_of).map(Text::from);
        return Some(MeshUse { attribute, value: variable.into(), mesh, retirement: Some(&RETIREMENT), certain: true });
    }
    let name = image.rsplit('/').next().unwrap_or_default().split([':', '@']).next().unwrap_or_default();
    let proxy = PROXIES.iter().any(|proxy| name.contains(proxy));
    let retirement = name.contains("appmesh").then_some(&RETIREMENT);
    proxy.then(|| MeshUse { attribute, value: name.into(), mesh: None, retirement, certain: false })
}

/// The mesh that a part belongs to: `mesh/shop/virtualNode/orders`, alone or at the end of an ARN.
///
/// Source: AWS App Mesh user guide, Envoy image, configuration variables, not looked up again.
fn mesh_of(part: &str) -> Option<&str> {
    let rest = part.strip_prefix("mesh/").or_else(|| part.split_once(":mesh/").map(|(_, rest)| rest))?;
    rest.split('/').next().filter(|name| !name.is_empty() && !holds_hole(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::HOLE;

    #[test]
    fn meshes_of_parts() {
        assert_eq!(mesh_of("mesh/shop/virtualNode/orders"), Some("shop"));
        assert_eq!(mesh_of("arn:aws:appmesh:eu-west-1:123456789012:mesh/shop/virtualGateway/in"), Some("shop"));
        for part in ["", "shop", "mesh/", &format!("mesh/{HOLE}/virtualNode/orders"), &HOLE.to_string()] {
            assert_eq!(mesh_of(part), None, "{part}");
        }
    }
}
