//! Meshes, and who is a part of which.

use super::support::check;
use crate::finding::Measure;

/// Of several meshes each counts its own members.
#[test]
fn each_mesh_has_its_own_members() {
    let report = check("testdata/rules/retired-service-mesh.several.json");
    let told = report.told.iter().map(|told| &told.advice.finding);
    let own = told.filter(|finding| finding.rule.name == "retired-service-mesh");
    let members = own.filter(|finding| finding.measure.contains_key("workloads"));
    let members = members.map(|finding| (finding.address.to_string(), format!("{:?}", finding.measure["workloads"])));
    let members: Vec<_> = members.collect();
    let of = |name: &str, number: u64| (format!("aws_appmesh_mesh.{name}"), format!("{:?}", Measure::from(number)));
    assert_eq!(members, [of("bad_office", 1), of("bad_shop", 2)]);
}
