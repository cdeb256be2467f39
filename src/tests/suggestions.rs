//! What planwise suggests to write, on a scenario in which lines stand for more than one resource.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::support::{input, project, repository};
use crate::advice::{Advice, Status};
use crate::facts::Declarations;
use crate::plan::Input;
use crate::policy::Policy;
use crate::report::Report;
use crate::run::{self, Beside};
use crate::source::{Wanted, find};

/// The report on a plan whose configuration lies in `folder`.
fn written(plan: &str, folder: &str) -> Report {
    run::check(vec![with_source(plan, folder)], &Policy::default()).unwrap()
}

fn with_source(plan: &str, folder: &str) -> Input {
    let mut input = input(plan);
    let wanted = Wanted { folder: Some(project(folder)), ..Wanted::default() };
    input.source = find(&wanted, None::<&Path>, &|_| false).unwrap().0.map(Arc::new);
    input
}

#[test]
fn lines_are_suggested_where_they_are_right_for_all_that_they_change() {
    let report = written("testdata/plans/shared-lines/plan.json", "testdata/plans/shared-lines");
    let told = report.told.iter().map(|told| &told.advice.finding);
    let written: BTreeMap<&str, Vec<String>> = told
        .filter(|finding| finding.rule.name == "previous-generation-volume")
        .map(|finding| {
            let all = finding.remedies[0].suggestions.iter();
            let file = |path: &str| path.rsplit_once("shared-lines/").unwrap().1.to_owned();
            let spelled = all.map(|one| format!("{}:{} {}", file(&one.file), one.line, one.new.join("/")));
            (finding.address.as_str(), spelled.collect())
        })
        .collect();
    let one = |line: &str| vec![line.to_owned()];
    let (alike, pair) =
        ("main.tf:5   type              = \"gp3\"", "modules/pair/main.tf:7   type              = \"gp3\"");
    let expected: BTreeMap<&str, Vec<String>> = [
        ("aws_ebs_volume.alike[\"a\"]", one(alike)),
        ("aws_ebs_volume.alike[\"b\"]", one(alike)),
        // One of them needs more than the other.
        ("aws_ebs_volume.unlike[\"a\"]", vec![]),
        ("aws_ebs_volume.unlike[\"b\"]", vec![]),
        // The same, of a module that is called twice.
        ("module.small.aws_ebs_volume.this", vec![]),
        ("module.large.aws_ebs_volume.this", vec![]),
        ("module.left.aws_ebs_volume.this", one(pair)),
        ("module.right.aws_ebs_volume.this", one(pair)),
        // `ignore_changes`, a validation of the variable, terraform.tfvars.
        ("aws_ebs_volume.frozen", vec![]),
        ("aws_ebs_volume.checked", vec![]),
        ("aws_ebs_volume.listed", vec![]),
        ("aws_ebs_volume.plain", one("variables.tf:15   default = \"gp3\"")),
        (
            "aws_ebs_volume.noted",
            one("main.tf:70   type                       = \"gp3\" # as ever/  \
                 /* before = 1 */ encrypted = true  # by default/  \
                 iops                       = 6000/  throughput                 = 250"),
        ),
        // The block stands in an override file.
        (
            "aws_instance.host",
            one("overrides_override.tf:4     volume_type = \"gp3\"/    volume_size = 2000/    \
                 iops        = 6000/    throughput  = 250"),
        ),
    ]
    .into();
    assert_eq!(written, expected);
}

/// Where the repository has a link, it has no lines; and who writes through it writes for others as well.
#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link() {
    use std::fs;
    let outer = tempfile::tempdir().unwrap();
    let (original, root) = (project("testdata/plans/shared-lines"), outer.path().canonicalize().unwrap());
    fs::create_dir_all(root.join(".git")).unwrap();
    fs::create_dir_all(root.join("live/modules")).unwrap();
    fs::create_dir_all(root.join("shared/pair")).unwrap();
    for file in ["variables.tf", "versions.tf", "overrides_override.tf"] {
        fs::copy(original.join(file), root.join("live").join(file)).unwrap();
    }
    fs::copy(original.join("main.tf"), root.join("shared/main.tf")).unwrap();
    fs::copy(original.join("modules/pair/main.tf"), root.join("shared/pair/main.tf")).unwrap();
    let link = |to: &str, from: &str| std::os::unix::fs::symlink(root.join(to), root.join(from)).unwrap();
    link("shared/main.tf", "live/main.tf");
    link("shared/pair", "live/modules/pair");
    let mut input = input("testdata/plans/shared-lines/plan.json");
    let wanted = Wanted { folder: Some(root.join("live")), ..Wanted::default() };
    input.source = find(&wanted, None::<&Path>, &|_| false).unwrap().0.map(Arc::new);
    let report = run::check(vec![input], &Policy::default()).unwrap();
    let of = |address: &str| {
        let told = report.told.iter().map(|told| &told.advice.finding);
        let finding = told
            .filter(|finding| finding.rule.name == "previous-generation-volume")
            .find(|finding| finding.address.as_str() == address)
            .unwrap();
        (finding.place.as_ref().unwrap().to_string(), finding.remedies[0].suggestions.len())
    };
    assert_eq!(of("aws_ebs_volume.alike[\"a\"]"), ("shared/main.tf:5".to_owned(), 0));
    assert_eq!(of("module.left.aws_ebs_volume.this"), ("shared/pair/main.tf:7".to_owned(), 0));
    assert_eq!(of("aws_instance.host"), ("live/overrides_override.tf:4".to_owned(), 1));
}

/// What changes nothing that runs is no way out: the service keeps to a revision that is there already.
#[test]
fn nothing_is_suggested_for_a_revision_that_stays() {
    let path = "testdata/rules/connection-exhaustion.revisions.json";
    let report = written(path, "testdata/rules/connection-exhaustion.revisions");
    let exhausted = report.told.iter().filter(|told| told.advice.finding.rule.name == "connection-exhaustion");
    let told: BTreeMap<&str, (Status, bool)> = exhausted
        .map(|told| {
            let Advice { finding, status } = &told.advice;
            let written = finding.remedies.iter().any(|remedy| !remedy.suggestions.is_empty());
            (finding.address.as_str(), (*status, written))
        })
        .collect();
    let expected: BTreeMap<&str, (Status, bool)> = [
        ("aws_db_instance.bad_kept", (Status::Existing, false)),
        ("aws_db_instance.bad_settled", (Status::Existing, false)),
        ("aws_db_instance.bad_numbered", (Status::Existing, false)),
        ("aws_db_instance.bad_default", (Status::Existing, false)),
        ("aws_db_instance.bad_rolled", (Status::Introduced, true)),
        ("aws_db_instance.good_latest", (Status::Resolved, false)),
        ("aws_db_instance.good_follows", (Status::Resolved, false)),
    ]
    .into();
    assert_eq!(told, expected);
}

/// For each finding of a rule on its own fixture that stands somewhere, the line at which it does.
fn lines(rule: &str, file: &str) -> BTreeMap<String, String> {
    let folder = format!("testdata/rules/{file}");
    let report = written(&format!("{folder}.json"), &folder);
    let text = std::fs::read_to_string(project(&folder).join("main.tf")).unwrap();
    let own = report.told.iter().map(|told| &told.advice).filter(|advice| advice.finding.rule.name == rule);
    let stand = own.filter(|advice| advice.status != Status::Resolved).map(|advice| {
        let line = advice.finding.place.as_ref().unwrap().line.unwrap();
        let words: Vec<&str> = text.lines().nth(line - 1).unwrap().split_whitespace().collect();
        (advice.finding.address.to_string(), words.join(" "))
    });
    stand.collect()
}

#[test]
fn findings_stand_at_the_line_that_decides() {
    for (rule, address, line) in [
        ("single-instance-api", "aws_ecs_service.bad_one_task", "desired_count = 1"),
        ("single-instance-api", "aws_autoscaling_group.bad_small_group", "min_size = 1"),
        // What scales it holds the number.
        ("single-instance-api", "aws_ecs_service.bad_shrinks_to_none", "min_capacity = 0"),
        ("fixed-capacity", "aws_ecs_service.bad_service", "desired_count = 3"),
        ("fixed-capacity", "aws_autoscaling_group.bad_group", "min_size = 2"),
        ("load-blind-api", "aws_ecs_service.bad_cpu", "desired_count = 2"),
        ("load-blind-api", "aws_autoscaling_group.bad_group", "min_size = 2"),
        ("monolithic-instance", "aws_instance.bad_machine", "instance_type = \"m5.8xlarge\""),
        (
            "unreachable-interface-endpoint",
            "aws_vpc_endpoint.bad_closed",
            "security_group_ids = [aws_security_group.closed_endpoint.id]",
        ),
        ("unreachable-interface-endpoint", "aws_vpc_endpoint.bad_astray", "subnet_ids = [aws_subnet.no_subnet.id]"),
        ("endpoint-zone-gap", "aws_vpc_endpoint.bad_one_of_two", "subnet_ids = [aws_subnet.one_of_two_a.id]"),
        (
            "unrouted-gateway-endpoint",
            "aws_vpc_endpoint.bad_one_of_three",
            "route_table_ids = [aws_route_table.one_of_three_a.id]",
        ),
        // The pool stands in another resource than the service.
        ("oversized-connection-pool", "aws_ecs_service.bad_threads", "{ name = \"DB_POOL_SIZE\", value = \"50\" },"),
    ] {
        assert_eq!(lines(rule, rule).get(address).map(String::as_str), Some(line), "{rule}");
    }
}

#[test]
fn what_is_missing_beside_a_resource_stands_at_its_head() {
    let path = "testdata/rules/missing-slo.json";
    let repository = repository(path);
    let beside = Beside { costing: None, repository: repository.as_ref(), pictures: false };
    let inputs = vec![with_source(path, "testdata/rules/missing-slo")];
    let report = run::check_beside(inputs, &Policy::default(), &Declarations::default(), beside).unwrap();
    let text = std::fs::read_to_string(project("testdata/rules/missing-slo/main.tf")).unwrap();
    let own = report.told.iter().map(|told| &told.advice.finding).filter(|one| one.rule.name == "missing-slo");
    let heads: Vec<&str> =
        own.map(|one| text.lines().nth(one.place.as_ref().unwrap().line.unwrap() - 1).unwrap()).collect();
    assert!(heads.len() > 2 && heads.iter().all(|line| line.starts_with("resource ")), "{heads:?}");
}

/// The first way out of each finding of a rule that is still there, as the lines to write.
fn ways_out(rule: &str, file: &str) -> BTreeMap<String, Vec<String>> {
    let folder = format!("testdata/rules/{file}");
    let report = written(&format!("{folder}.json"), &folder);
    let own = report.told.iter().map(|told| &told.advice).filter(|advice| advice.finding.rule.name == rule);
    let own = own.filter(|advice| advice.status != Status::Resolved && !advice.finding.remedies.is_empty());
    own.map(|advice| {
        let all = advice.finding.remedies.iter().flat_map(|remedy| &remedy.suggestions);
        let lines = all.flat_map(|one| &one.new).map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        (advice.finding.address.to_string(), lines.collect())
    })
    .collect()
}

#[test]
fn a_pool_is_written_where_it_is_one_variable() {
    let four = || vec!["{ name = \"DB_POOL_SIZE\", value = \"4\" },".to_owned()];
    let all = ways_out("oversized-connection-pool", "oversized-connection-pool");
    assert_eq!(all.get("aws_ecs_service.bad_threads"), Some(&four()));
    // Eight processes cannot share two connections.
    assert_eq!(all.get("aws_ecs_service.bad_unit"), Some(&Vec::new()));
    assert_eq!(
        ways_out("oversized-connection-pool", "oversized-connection-pool.update").get("aws_ecs_service.bad_grown"),
        Some(&four())
    );
    // What keeps to an earlier revision takes nothing up from its definition.
    let kept = ways_out("oversized-connection-pool", "connection-exhaustion.revisions");
    assert_eq!(kept.get("aws_ecs_service.small"), Some(&Vec::new()));
}

#[test]
fn numbers_that_a_way_out_names_are_written() {
    let lines = |all: &[&str]| all.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
    let functions = ways_out("shard-bound-consumer", "shard-bound-consumer");
    assert_eq!(
        functions.get("aws_lambda_function.bad_two_streams"),
        Some(&lines(&["reserved_concurrent_executions = 10", "parallelization_factor = 1"]))
    );
    let workers = ways_out("shard-bound-consumer", "shard-bound-consumer.workers");
    assert_eq!(workers.get("aws_ecs_service.bad_always"), Some(&lines(&["desired_count = 4"])));
    assert_eq!(workers.get("aws_ecs_service.bad_scaled"), Some(&lines(&["max_capacity = 4"])));
    let fronts = ways_out("uneven-zone-balancing", "uneven-zone-balancing");
    assert!(fronts.get("aws_lb.bad_group").is_some_and(|all| all.contains(&"desired_count = 4".to_owned())));
}
