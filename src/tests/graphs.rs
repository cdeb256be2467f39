//! The graph and the topology of scenarios, in every language they are written in.

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

#[test]
fn facts_of_every_scenario() {
    for folder in entries(&project("testdata/plans")).into_iter().filter(|path| path.is_dir()) {
        let name = stem(&folder);
        for (plan, [before, after]) in run::topologies(&input(&format!("testdata/plans/{name}/plan.json"))).unwrap() {
            snapshot("facts", &name, &written(|out| report::facts(&plan, &[&before, &after], out)));
        }
    }
}
