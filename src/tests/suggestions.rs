//! What planwise suggests to write, on a scenario in which lines stand for more than one resource.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::support::{input, project};
use crate::advice::{Advice, Status};
use crate::policy::Policy;
use crate::report::Report;
use crate::run;
use crate::source::{Wanted, find};

/// The report on a plan whose configuration lies in `folder`.
fn written(plan: &str, folder: &str) -> Report {
    let mut input = input(plan);
    let wanted = Wanted { folder: Some(project(folder)), ..Wanted::default() };
    input.source = find(&wanted, None::<&Path>, &|_| false).unwrap().0.map(Arc::new);
    run::check(vec![input], &Policy::default()).unwrap()
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
        ("aws_db_instance.bad_numbered", (Status::Existing, false)),
        ("aws_db_instance.bad_default", (Status::Existing, false)),
        ("aws_db_instance.bad_rolled", (Status::Introduced, true)),
        ("aws_db_instance.good_latest", (Status::Resolved, false)),
        ("aws_db_instance.good_follows", (Status::Resolved, false)),
    ]
    .into();
    assert_eq!(told, expected);
}
