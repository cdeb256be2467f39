//! Every plan that can be had, through every format: a report, or an error that names the reason; never a panic.

use std::path::Path;

use super::support::{project, skip, tree, written};
use crate::model::Stage;
use crate::plan::Input;
use crate::policy::Policy;
use crate::report::{self, Style};
use crate::run;

/// Puts one file through everything; says whether it is a plan.
fn pass(path: &Path) -> bool {
    let (Ok(plan), Ok(again)) = (Input::file(path), Input::file(path)) else { return false };
    let report = match run::check(vec![again], &Policy::default()) {
        Ok(report) => report,
        Err(error) => {
            let text = error.to_string();
            assert!(text.contains("hint: "), "{}: {text}", path.display());
            return false;
        }
    };
    for plan in &report.plans {
        assert!(plan.understood <= plan.resources);
        assert_eq!(plan.understood + plan.not_understood.values().sum::<usize>(), plan.resources);
    }
    for told in &report.told {
        let finding = &told.advice.finding;
        assert!(!finding.message.is_empty() && finding.subjects.contains(&finding.address), "{}", path.display());
        assert!(!finding.evidence.is_empty(), "{}: {} rests on nothing", path.display(), finding.message);
    }
    written(|out| report::table(&report, Style { width: 80, quiet: false }, out));
    written(|out| report::markdown(&report, out));
    written(|out| report::atlantis(&report, out));
    written(|out| report::conftest(&report, out));
    written(|out| report::run_task(&report, out));
    let json = written(|out| report::json(&report, out));
    let _: serde_json::Value = serde_json::from_str(&json).unwrap();
    for stage in [Stage::Before, Stage::After] {
        for graph in run::graphs(&plan, stage).unwrap() {
            let picture = graph.picture(None, 0).unwrap();
            written(|out| report::dot(&picture, out));
            written(|out| report::mermaid(&picture, out));
            let json = written(|out| report::graph_json(&picture, out));
            let _: serde_json::Value = serde_json::from_str(&json).unwrap();
        }
    }
    for (name, [before, after]) in run::topologies(&plan).unwrap() {
        written(|out| report::facts(&name, &[&before, &after], out));
    }
    true
}

#[test]
fn every_plan_of_the_project() {
    let files = tree(&project("testdata")).into_iter();
    let read = files.filter(|path| path.extension().is_some_and(|ending| ending == "json")).filter(|path| pass(path));
    assert!(read.count() >= 10);
}

/// Plans of public repositories, where they are at hand.
#[test]
fn every_public_plan() {
    let folder = project("../shared/plans");
    if !folder.is_dir() {
        return skip("every_public_plan: there is no ../shared/plans");
    }
    let (mut plans, mut refused) = (0, 0);
    for path in tree(&folder) {
        if pass(&path) {
            plans += 1;
        } else {
            refused += 1;
        }
    }
    assert!(plans > 300 && refused > 10, "{plans} plans, {refused} refused");
}
