//! What comments and tags of the configuration let off.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::support::{input, project, tree};
use crate::policy::{Policy, parse_date};
use crate::report::Report;
use crate::run;
use crate::source::{Wanted, find};

const RULE: &str = "missing-circuit-breaker";
const API: &str = "resource \"aws_ecs_service\" \"api\" {";
const WORKER: &str = "module \"worker\" {";

/// The scenario `new-service`, with the text of its files changed.
fn changed(change: &dyn Fn(String) -> String, policy: &Policy) -> Report {
    let (outer, original) = (tempfile::tempdir().unwrap(), project("testdata/plans/new-service"));
    for path in tree(&original).iter().filter(|path| path.extension().is_some_and(|ending| ending == "tf")) {
        let copy = outer.path().join(path.strip_prefix(&original).unwrap());
        fs::create_dir_all(copy.parent().unwrap()).unwrap();
        fs::write(copy, change(fs::read_to_string(path).unwrap())).unwrap();
    }
    let mut input = input("testdata/plans/new-service/plan.json");
    let wanted = Wanted { folder: Some(outer.path().to_path_buf()), ..Wanted::default() };
    let mut source = find(&wanted, None::<&Path>).unwrap().0.unwrap();
    source.is_said_to_lie_in("");
    input.source = Some(Arc::new(source));
    run::check(vec![input], policy).unwrap()
}

fn of(report: &Report, exempted: bool) -> Vec<String> {
    let told = report.told.iter().filter(|_| !exempted);
    let all = told.chain(report.exempted.iter().filter(|_| exempted).map(|one| &one.told));
    let all = all.filter(|told| told.advice.finding.rule.name == RULE);
    all.map(|told| told.advice.finding.address.to_string()).collect()
}

#[test]
fn a_comment_lets_off_what_it_stands_on_and_nothing_else() {
    let (api, worker) = ("aws_ecs_service.api".to_owned(), "module.worker.aws_ecs_service.this".to_owned());
    let policy = Policy { as_of: parse_date("2027-01-01").ok(), ..Policy::default() };
    let plain = changed(&|text| text, &policy);
    assert_eq!(of(&plain, false), [api.clone(), worker.clone()]);
    for comment in [
        format!("# planwise:ignore {RULE} rollouts are watched\n{API}"),
        format!("{API} # planwise:ignore {RULE} rollouts are watched"),
        format!("{API}\n  // planwise:ignore {RULE} rollouts are watched"),
        format!("/* planwise:ignore shared-nat,{RULE} rollouts are watched until=2027-01-01 */\n# and more\n{API}"),
    ] {
        let told = changed(&|text| text.replace(API, &comment), &policy);
        assert_eq!((of(&told, false), of(&told, true)), (vec![worker.clone()], vec![api.clone()]), "{comment}");
        assert_eq!(told.exempted[0].reason, "rollouts are watched");
        assert!(told.exempted[0].place.starts_with("service.tf:"), "{}", told.exempted[0].place);
    }
    // On a call: everything below it.
    let comment = format!("# planwise:ignore * it goes\n{WORKER}");
    let told = changed(&|text| text.replace(WORKER, &comment), &policy);
    assert_eq!((of(&told, false), of(&told, true)), (vec![api.clone()], vec![worker.clone()]));
}

#[test]
fn a_comment_that_says_nothing_is_told() {
    let policy = Policy { as_of: parse_date("2027-01-02").ok(), ..Policy::default() };
    let notes = |comment: &str| {
        let told = changed(&|text| text.replace(API, &format!("{comment}\n{API}")), &policy);
        assert_eq!(of(&told, true), Vec::<String>::new(), "{comment}");
        let mut notes = told.plans[0].notes.clone();
        notes.extend(told.notes);
        notes.join("; ")
    };
    assert!(notes(&format!("# planwise:ignore {RULE}")).contains("gives no reason"));
    assert!(notes("# planwise:ignore missing-circuit-braker why").contains("did you mean missing-circuit-breaker?"));
    assert!(notes(&format!("# planwise:ignore {RULE} why\n")).contains("stands on no resource and no module"));
    assert!(notes("# planwise:ignore shared-nat why").contains("1 exemption exempts nothing here: service.tf:"));
    let over = format!("# planwise:ignore {RULE} why until=2027-01-01");
    assert!(notes(&over).contains("1 exemption expired"));
    // Whoever wants to see all of it does.
    let policy = Policy { no_ignore: true, ..policy };
    let told = changed(&|text| text.replace(API, &format!("# planwise:ignore {RULE} why\n{API}")), &policy);
    assert_eq!((of(&told, false).len(), of(&told, true).len()), (2, 0));
}
