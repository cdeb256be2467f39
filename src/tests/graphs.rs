//! The graph and the topology of scenarios, in every language they are written in.

use serde_json::{Value, json};

use super::fixture::{self, change, plan};
use super::support::{entries, input, project, snapshot, stem, written};
use crate::model::Stage;
use crate::{report, run};

#[test]
fn every_language() {
    let picture = run::graphs(&input("testdata/plans/nested-modules/plan.json"), Stage::After).unwrap();
    let [graph] = picture.as_slice() else { panic!("one plan, one graph") };
    let whole = graph.picture(None, 0).unwrap();
    snapshot("graphs", "nested-modules.json", &written(|out| report::graph_json(&whole, out)));
    let near = graph.picture(Some(whole.nodes[0].address.as_str()), 1).unwrap();
    snapshot("graphs", "near.dot", &written(|out| report::dot(&near, out)));
    snapshot("graphs", "near.mermaid", &written(|out| report::mermaid(&near, out)));
    assert!(graph.picture(Some("aws_vpc.nowhere"), 1).is_none());
}

/// A name is one thing in each region.
#[test]
fn equal_names_are_told_apart_by_region() {
    let in_region = |address: &str, region: &str, mut values: Value| {
        values["region"] = json!(region);
        change(address, &["create"], Value::Null, values)
    };
    let plan = plan(&[
        in_region("aws_ecs_cluster.eu", "eu-west-1", json!({ "name": "main" })),
        in_region("aws_ecs_cluster.us", "us-east-1", json!({ "name": "main" })),
        in_region("aws_ecs_service.s", "us-east-1", json!({ "name": "s", "cluster": "main" })),
    ]);
    let graphs = run::graphs(&fixture::input(&plan.to_string()), Stage::After).unwrap();
    let picture = graphs[0].picture(None, 0).unwrap();
    let ends = picture.edges.iter().map(|edge| picture.nodes[edge.to].address.as_str());
    assert_eq!(ends.collect::<Vec<_>>(), ["aws_ecs_cluster.us"]);
}

#[test]
fn facts_of_every_scenario() {
    for folder in entries(&project("testdata/plans")).into_iter().filter(|path| path.is_dir()) {
        let name = stem(&folder);
        for (plan, [before, after]) in run::topologies(&input(&format!("testdata/plans/{name}/plan.json"))).unwrap() {
            snapshot("facts", &name, &written(|out| report::facts(&plan, &[&before, &after], out)));
        }
    }
}
