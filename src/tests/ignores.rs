//! What comments and tags of the configuration let off.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::support::{input, project, terms, tree};
use crate::facts::Declarations;
use crate::finding::Verdict;
use crate::plan::Input;
use crate::policy::{Policy, parse_date};
use crate::report::Report;
use crate::run::{self, Costing};
use crate::source::{Wanted, find};

const RULE: &str = "missing-circuit-breaker";
const API: &str = "resource \"aws_ecs_service\" \"api\" {";
const WORKER: &str = "module \"worker\" {";

/// The scenario `new-service`, with the text of its files changed.
fn changed(change: &dyn Fn(String) -> String, policy: &Policy) -> Report {
    run::check(vec![scenario(change)], policy).unwrap()
}

fn scenario(change: &dyn Fn(String) -> String) -> Input {
    with_files("testdata/plans/new-service/plan.json", "testdata/plans/new-service", change)
}

/// A plan with the files of a folder, their text changed.
fn with_files(plan: &str, folder: &str, change: &dyn Fn(String) -> String) -> Input {
    let (outer, original) = (tempfile::tempdir().unwrap(), project(folder));
    for path in tree(&original).iter().filter(|path| path.extension().is_some_and(|ending| ending == "tf")) {
        let copy = outer.path().join(path.strip_prefix(&original).unwrap());
        fs::create_dir_all(copy.parent().unwrap()).unwrap();
        fs::write(copy, change(fs::read_to_string(path).unwrap())).unwrap();
    }
    let mut input = input(plan);
    let wanted = Wanted { folder: Some(outer.path().to_path_buf()), ..Wanted::default() };
    let mut source = find(&wanted, None::<&Path>, &|_| false).unwrap().0.unwrap();
    source.is_said_to_lie_in("");
    input.source = Some(Arc::new(source));
    input
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
    let idle = notes("# planwise:ignore shared-nat why");
    assert!(idle.contains("1 exemption exempts nothing here: service.tf:") && idle.contains(" (shared-nat)"), "{idle}");
    let over = notes(&format!("# planwise:ignore {RULE} why until=2027-01-01"));
    assert!(over.contains("1 exemption expired") && over.contains(&format!(" ({RULE})")), "{over}");
    // Whoever wants to see all of it does.
    let policy = Policy { no_ignore: true, ..policy };
    let told = changed(&|text| text.replace(API, &format!("# planwise:ignore {RULE} why\n{API}")), &policy);
    assert_eq!((of(&told, false).len(), of(&told, true).len()), (2, 0));
}

/// Of each of two plans, the services that are told; the first or the second has a comment.
fn told_of_both(comment_in: usize) -> [[Vec<String>; 2]; 2] {
    let comment = format!("# planwise:ignore {RULE} rollouts are watched\n{API}");
    let input = |at: usize| scenario(&|text| if at == comment_in { text.replace(API, &comment) } else { text });
    let policy = Policy::default();
    let report = run::check(vec![input(0), input(1)], &policy).unwrap();
    let checked = [0, 1].map(|plan| {
        let told = report.told.iter().filter(|told| told.plan == plan).map(|told| &told.advice);
        told.filter(|advice| advice.finding.rule.name == RULE)
            .map(|advice| advice.finding.address.to_string())
            .collect()
    });
    let (terms, declared) = (terms(), Declarations::default());
    let costing = Costing { terms: &terms, said: &[] };
    let counsel = run::advise(vec![input(0), input(1)], &policy, &declared, &costing, None, None).unwrap();
    let advised = [0, 1].map(|plan| {
        let told = counsel.plans[plan].advice.iter().filter(|advice| advice.finding.rule.name == RULE);
        told.map(|advice| advice.finding.address.to_string()).collect()
    });
    [checked, advised]
}

#[test]
fn a_comment_lets_off_nothing_in_another_plan() {
    let (one, both) = (
        vec!["module.worker.aws_ecs_service.this".to_owned()],
        vec!["aws_ecs_service.api".to_owned(), "module.worker.aws_ecs_service.this".to_owned()],
    );
    let first = [one.clone(), both.clone()];
    assert_eq!(told_of_both(0), [first.clone(), first]);
    let second = [both, one];
    assert_eq!(told_of_both(1), [second.clone(), second]);
}

#[test]
fn a_comment_that_two_plans_have_is_told_once() {
    let comment = |text: &str| format!("# planwise:ignore {text}\n{API}");
    let inputs = |text: &str| {
        vec![scenario(&|file| file.replace(API, &comment(text))), scenario(&|file| file.replace(API, &comment(text)))]
    };
    let policy = Policy { as_of: parse_date("2027-01-02").ok(), ..Policy::default() };
    let report = run::check(inputs(&format!("{RULE} why")), &policy).unwrap();
    assert_eq!((of(&report, true).len(), &report.notes), (2, &Vec::new()));
    let idle = run::check(inputs("shared-nat why"), &policy).unwrap().notes;
    assert!(idle.len() == 1 && idle[0].starts_with("1 exemption exempts nothing here: "), "{idle:?}");
    let over = run::check(inputs(&format!("{RULE} why until=2027-01-01")), &policy).unwrap().notes;
    assert!(over.len() == 1 && over[0].starts_with("1 exemption expired, and what it let off "), "{over:?}");
}

#[test]
fn what_is_alike_is_let_off_together() {
    const RULE: &str = "arm-alternative";
    let (web, too) = ("resource \"aws_instance\" \"bad_web\" {", "resource \"aws_instance\" \"web_too\" {");
    let report = |on: &[&str]| {
        let commented = |text: String| {
            let comment = |text: String, block: &&str| {
                text.replace(block, &format!("# planwise:ignore {RULE} no image\n{block}"))
            };
            on.iter().fold(text, comment)
        };
        let input = with_files("testdata/rules/arm-alternative.json", "testdata/rules/arm-alternative", &commented);
        run::check(vec![input], &Policy::default()).unwrap()
    };
    let message = |report: &Report| {
        let mut told = report.told.iter().map(|told| &told.advice.finding);
        told.find(|finding| finding.rule.name == RULE && finding.alike.len() == 3)
            .map(|finding| finding.message.clone())
    };
    assert!(message(&report(&[])).unwrap().ends_with("the same with ARM processors."));
    let one = report(&[web]);
    let left = " Some of these are exempted; it stays because of aws_instance.web_too[0] and aws_instance.web_too[1].";
    assert!(message(&one).unwrap().ends_with(left), "{:?}", message(&one));
    assert_eq!((one.exempted.len(), one.notes.as_slice()), (0, &[][..]));
    let others = report(&[too]);
    assert!(message(&others).unwrap().ends_with("it stays because of aws_instance.bad_web."), "{:?}", message(&others));
    let all = report(&[web, too]);
    assert_eq!((message(&all), all.exempted.len(), all.notes.as_slice()), (None, 1, &[][..]));
}

#[test]
fn machines_behind_one_entrance_are_alike() {
    let report = run::check(vec![input("testdata/rules/fixed-capacity.machines.json")], &Policy::default()).unwrap();
    let told =
        report.told.iter().map(|told| &told.advice.finding).filter(|finding| finding.rule.name == "fixed-capacity");
    let several: Vec<_> = told.filter(|finding| finding.alike.len() > 1).collect();
    assert!(!several.is_empty());
    for finding in several {
        assert_eq!(finding.alike[0], finding.address);
        let named = finding.alike.iter().all(|address| finding.message.contains(address.as_str()));
        assert!(named || finding.verdict == Verdict::Undetermined, "{}", finding.message);
    }
}

/// What somebody decided of one environment is not decided of another that is made of files that look alike.
#[test]
fn comments_speak_for_the_plan_that_they_belong_to() {
    let folder = tempfile::tempdir().unwrap();
    let original = project("testdata/plans/shop");
    for path in tree(&original).iter().filter(|path| path.extension().is_some_and(|ending| ending == "tf")) {
        let text = fs::read_to_string(path).unwrap();
        let database = "resource \"aws_db_instance\" \"shop\" {";
        let text = text.replace(database, &format!("# planwise:ignore * development only\n{database}"));
        let copy = folder.path().join(path.strip_prefix(&original).unwrap());
        fs::create_dir_all(copy.parent().unwrap()).unwrap();
        fs::write(copy, text).unwrap();
    }
    let exempted = |wanted: Wanted, plan: Option<&Path>| {
        let mut input = input("testdata/plans/shop/plan.json");
        input.source = find(&wanted, plan, &|_| false).unwrap().0.map(Arc::new);
        let report = run::check(vec![input], &Policy::default()).unwrap();
        let note = report.plans[0].notes.iter().find(|note| note.contains("planwise:ignore"));
        (report.exempted.len(), note.cloned().unwrap_or_default())
    };
    let named = || Wanted { folder: Some(folder.path().to_path_buf()), ..Wanted::default() };
    let (all, note) = exempted(named(), None);
    assert!(all > 1 && note.is_empty(), "{all} {note}");
    // It lies there.
    assert_eq!(exempted(Wanted::default(), Some(&folder.path().join("plan.json"))), (all, String::new()));
    // Named for several plans, of which this may be another's.
    let (number, note) = exempted(Wanted { several: true, ..named() }, None);
    assert_eq!(number, 0);
    assert!(
        note.starts_with("the comment planwise:ignore lets nothing off here: the configuration was named for several"),
        "{note}"
    );
}

#[test]
fn a_comment_on_a_block_lets_off_all_of_its_machines() {
    let (web, shop) = ("resource \"aws_instance\" \"web\" {", "resource \"aws_instance\" \"shop\" {");
    let told = |block: &str| {
        let commented = |text: String| text.replace(block, &format!("# planwise:ignore * it goes\n{block}"));
        let input = with_files("testdata/plans/fleet/plan.json", "testdata/plans/fleet", &commented);
        let report = run::check(vec![input], &Policy::default()).unwrap();
        let of = |told: &crate::report::Told| {
            let finding = &told.advice.finding;
            (finding.rule.name == "local-session-store").then(|| finding.address.to_string())
        };
        let exempted: Vec<String> = report.exempted.iter().filter_map(|one| of(&one.told)).collect();
        (report.told.iter().filter_map(of).collect::<Vec<_>>(), exempted)
    };
    let (a, b) = ("aws_instance.web[\"a\"]".to_owned(), "aws_instance.shop[\"b\"]".to_owned());
    assert_eq!(told(web), (vec![b.clone()], vec![a.clone()]));
    assert_eq!(told(shop), (vec![a], vec![b]));
}
