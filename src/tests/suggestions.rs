//! What planwise suggests to write, on a scenario in which lines stand for more than one resource.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::support::{input, project};
use crate::policy::Policy;
use crate::run;
use crate::source::{Wanted, find};

#[test]
fn lines_are_suggested_where_they_are_right_for_all_that_they_change() {
    let mut input = input("testdata/plans/shared-lines/plan.json");
    let wanted = Wanted { folder: Some(project("testdata/plans/shared-lines")), ..Wanted::default() };
    input.source = find(&wanted, None::<&Path>, &|_| false).unwrap().0.map(Arc::new);
    let report = run::check(vec![input], &Policy::default()).unwrap();
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
