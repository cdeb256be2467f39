//! What the configuration's text tells beside a plan: from a binary plan, and from a folder.

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use zip::write::{SimpleFileOptions, ZipWriter};

use super::support::{input, project, snapshot, table, tree, written};
use crate::finding::{Finding, Measure, Verdict};
use crate::model::{HOLE, Provenance, Stage};
use crate::plan::Input;
use crate::policy::Policy;
use crate::report::{self, Report, Style};
use crate::run;
use crate::source::{Source, SourceError, Wanted, find};

/// A file with the layout of a binary plan, which holds the configuration in a folder: as `terraform plan -out` writes it.
fn planfile(folder: &Path, modules: &[(&str, &str)]) -> tempfile::NamedTempFile {
    planfile_made(b"of an older version", folder, modules)
}

fn planfile_made(made: &[u8], folder: &Path, modules: &[(&str, &str)]) -> tempfile::NamedTempFile {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, bytes: &[u8]| {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    };
    // Of what stands in it, the time alone is read.
    add("tfplan", made);
    let records: Vec<_> =
        modules.iter().map(|(key, dir)| serde_json::json!({ "Key": key, "Source": "", "Dir": dir })).collect();
    add("tfconfig/modules.json", serde_json::Value::from(records).to_string().as_bytes());
    for (key, dir) in modules {
        let files = tree(&folder.join(dir)).into_iter().filter(|path| path.parent() == Some(&folder.join(dir)));
        for path in files.filter(|path| path.extension().is_some_and(|ending| ending == "tf")) {
            let name = format!("tfconfig/m-{key}/{}", path.file_name().unwrap().to_string_lossy());
            add(&name, &fs::read(path).unwrap());
        }
    }
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(&writer.finish().unwrap().into_inner()).unwrap();
    file
}

const NEW_SERVICE: &[(&str, &str)] = &[("", ""), ("worker", "modules/worker")];
const BEHIND_LOCALS: &[(&str, &str)] =
    &[("", ""), ("platform", "modules/platform"), ("platform.service", "modules/platform/modules/service")];

/// What is found for a plan whose JSON says nothing of its time.
fn sought(wanted: &Wanted, plan: Option<&Path>) -> Result<(Option<Source>, Vec<String>), SourceError> {
    find(wanted, plan, &|_| false)
}

/// A scenario's plan, with the configuration from where `wanted` says.
fn with(scenario: &str, wanted: &Wanted) -> Input {
    let mut input = input(&format!("testdata/plans/{scenario}/plan.json"));
    let (mut source, notes) = sought(wanted, None).unwrap();
    if let Some(source) = &mut source {
        source.is_said_to_lie_in("");
    }
    (input.source, input.source_notes) = (source.map(Arc::new), notes);
    input
}

fn from_planfile(scenario: &str, modules: &[(&str, &str)]) -> Input {
    let file = planfile(&project(&format!("testdata/plans/{scenario}")), modules);
    with(scenario, &Wanted { planfile: Some(file.path().to_path_buf()), ..Wanted::default() })
}

fn from_folder(scenario: &str) -> Input {
    let folder = project(&format!("testdata/plans/{scenario}"));
    with(scenario, &Wanted { folder: Some(folder), ..Wanted::default() })
}

fn report(input: Input) -> Report {
    run::check(vec![input], &Policy::default()).unwrap()
}

/// A report as somebody sees it who has the scenario's folder for a repository.
fn seen(scenario: &str, report: &Report) -> String {
    let text = table(report).replace(&format!("testdata/plans/{scenario}/"), "");
    // Shorter paths break lines elsewhere.
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is said of the connections of a database.
fn connections<'r>(report: &'r Report, address: &str) -> Option<&'r Finding> {
    let findings = report.told.iter().map(|told| &told.advice.finding);
    let mut own = findings.filter(|finding| finding.rule.name == "connection-exhaustion");
    own.find(|finding| finding.address.as_str() == address)
}

fn measured(finding: &Finding, name: &str) -> u64 {
    match finding.measure.get(name) {
        Some(Measure::Number(number)) => *number,
        other => panic!("{name} is {other:?}"),
    }
}

#[test]
fn a_first_apply_is_decided_by_its_text() {
    let database = "aws_db_instance.orders";
    let alone = report(input("testdata/plans/new-service/plan.json"));
    assert_eq!(connections(&alone, database).unwrap().verdict, Verdict::Undetermined);
    assert!(alone.plans[0].notes.iter().any(|note| note.contains("--planfile tfplan")), "{:?}", alone.plans[0].notes);
    let told = report(from_planfile("new-service", NEW_SERVICE));
    let finding = connections(&told, database).unwrap();
    assert_eq!(finding.verdict, Verdict::Violation);
    // 4 tasks × 3 processes × a pool of 20, and 2 tasks × 1 process × a pool of 5; twice as many tasks during a rollout.
    assert_eq!(measured(finding, "desired"), 4 * 3 * 20 + 2 * 5);
    assert_eq!(measured(finding, "rollout"), 2 * (4 * 3 * 20 + 2 * 5));
    let places: Vec<String> = finding
        .evidence
        .iter()
        .filter_map(|piece| match &piece.source {
            Provenance::Configuration(place) => Some(format!("{} {place}", piece.attribute)),
            _ => None,
        })
        .collect();
    assert!(places.iter().any(|place| place.starts_with("DB_POOL_SIZE service.tf:")), "{places:?}");
    assert!(places.iter().any(|place| place.starts_with("DB_POOL_SIZE modules/worker/main.tf:")), "{places:?}");
    assert!(told.plans[0].notes.is_empty(), "{:?}", told.plans[0].notes);
    snapshot("plans", "new-service.planfile", &table(&told));
    snapshot("plans", "new-service.planfile.markdown", &written(|out| report::markdown(&told, out)));
    snapshot("plans", "new-service.planfile.json", &written(|out| report::json(&told, out)));
    assert_eq!(seen("new-service", &told), seen("new-service", &report(from_folder("new-service"))));
}

/// OpenTofu's own ending counts before Terraform's; what is spelled as JSON is not read, and that is said.
#[test]
fn files_of_opentofu_are_read() {
    let (outer, original) = (tempfile::tempdir().unwrap(), project("testdata/plans/new-service"));
    for path in tree(&original).iter().filter(|path| path.extension().is_some_and(|ending| ending == "tf")) {
        let copy = outer.path().join(path.strip_prefix(&original).unwrap());
        fs::create_dir_all(copy.parent().unwrap()).unwrap();
        fs::copy(path, copy.with_extension("tofu")).unwrap();
        fs::write(copy, "resource \"aws_db_instance\" \"other\" {}").unwrap();
    }
    let wanted = Wanted { folder: Some(outer.path().to_path_buf()), ..Wanted::default() };
    let found = seen("new-service", &report(with("new-service", &wanted))).replace(".tofu:", ".tf:");
    assert_eq!(found, seen("new-service", &report(from_folder("new-service"))));
    fs::write(outer.path().join("more.tf.json"), "{}").unwrap();
    let notes = report(with("new-service", &wanted)).plans[0].notes.clone();
    assert_eq!(notes, ["more.tf.json was left out: Terraform's language spelled as JSON is not read"]);
}

#[test]
fn links_behind_locals_and_keys_are_exact() {
    let (eu, us) = ("module.platform[\"eu\"].aws_db_instance.main", "module.platform[\"us\"].aws_db_instance.main");
    for told in [report(from_planfile("behind-locals", BEHIND_LOCALS)), report(from_folder("behind-locals"))] {
        let finding = connections(&told, eu).unwrap();
        assert_eq!(finding.verdict, Verdict::Violation, "{}", finding.message);
        // 6 tasks × a pool of 25, and one × a pool of 2.
        assert_eq!(measured(finding, "desired"), 6 * 25 + 2);
        assert!(connections(&told, us).is_none());
    }
}

/// Everything that can be written about an input.
fn outputs(make: &dyn Fn() -> Input) -> Vec<String> {
    let told = report(make());
    let style = Style { width: 100, quiet: false };
    let mut all = vec![
        written(|out| report::table(&told, style, out)),
        written(|out| report::json(&told, out)),
        written(|out| report::markdown(&told, out)),
        format!("{:?}", told.told.iter().map(|told| told.advice.fingerprint()).collect::<Vec<_>>()),
    ];
    for graph in run::graphs(&make(), Stage::After).unwrap() {
        let picture = graph.picture(None, 0).unwrap();
        all.push(written(|out| report::graph_json(&picture, out)));
        all.push(written(|out| report::dot(&picture, out)));
        all.push(written(|out| report::mermaid(&picture, out)));
    }
    for (name, [before, after]) in run::topologies(&make()).unwrap() {
        all.push(written(|out| report::facts(&name, &[&before, &after], out)));
    }
    all
}

fn scenarios() -> Vec<String> {
    let folders = super::support::entries(&project("testdata/plans")).into_iter().filter(|path| path.is_dir());
    folders.map(|path| super::support::stem(&path)).collect()
}

#[test]
fn no_hole_and_no_secret_is_ever_written() {
    for scenario in scenarios() {
        let make = || from_folder(&scenario);
        for output in outputs(&make) {
            assert!(!output.contains(HOLE) && !output.to_lowercase().contains("10fffd"), "{scenario}: {output}");
            assert!(!output.contains("example-token-9c41"), "{scenario}: {output}");
        }
    }
}

/// A text that is marked as sensitive stays hidden, whatever the configuration says.
#[test]
fn sensitive_marks_win() {
    let told = from_folder("new-service");
    let facts = run::topologies(&told).unwrap();
    let [_, after] = &facts[0].1;
    let shown = written(|out| report::facts("x", &[after], out));
    assert!(!shown.contains("WEBHOOK_TOKEN"));
}

/// What the text tells of a plan that knows everything changes nothing.
#[test]
fn a_plan_that_knows_everything_needs_no_text() {
    for scenario in ["running", "shop-update"] {
        let findings = |report: &Report| -> Vec<String> {
            report.told.iter().map(|told| told.advice.finding.message.clone()).collect()
        };
        let alone = report(input(&format!("testdata/plans/{scenario}/plan.json")));
        assert_eq!(findings(&alone), findings(&report(from_folder(scenario))), "{scenario}");
    }
}

/// A configuration of another time or another project is not used, and that is said where somebody named it.
#[test]
fn a_source_that_does_not_fit_is_left_alone() {
    let foreign = with("new-service", &Wanted { folder: Some(project("testdata/plans/shop")), ..Wanted::default() });
    let told = report(foreign);
    assert_eq!(connections(&told, "aws_db_instance.orders").unwrap().verdict, Verdict::Undetermined);
    assert!(
        told.plans[0].notes.iter().any(|note| note.contains("not in the configuration as the plan has it")),
        "{:?}",
        told.plans[0].notes
    );
    // The same block, changed after the plan was made: it refers to something else now.
    let folder = tempfile::tempdir().unwrap();
    for path in tree(&project("testdata/plans/new-service")) {
        let inside = path.strip_prefix(project("testdata/plans/new-service")).unwrap().to_path_buf();
        let to: PathBuf = folder.path().join(inside);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        fs::write(to, text.replace("in local.environment :", "in local.other :")).unwrap();
    }
    let changed = with("new-service", &Wanted { folder: Some(folder.path().to_path_buf()), ..Wanted::default() });
    assert_eq!(connections(&report(changed), "aws_db_instance.orders").unwrap().verdict, Verdict::Undetermined);
}

#[test]
fn what_is_named_and_cannot_be_used_is_an_error() {
    let file = |bytes: &[u8]| {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(bytes).unwrap();
        file
    };
    let encrypted = file(b"{\"meta\":{},\"encrypted_data\":\"eA==\"}");
    let named = Wanted { planfile: Some(encrypted.path().to_path_buf()), ..Wanted::default() };
    assert!(sought(&named, None).unwrap_err().to_string().contains("encrypted"));
    let found = Wanted { surroundings: Some(encrypted.path().to_path_buf()), ..Wanted::default() };
    let (_, notes) = sought(&found, Some(Path::new("/nowhere/plan.json"))).unwrap();
    assert!(notes[0].contains("encrypted"), "{notes:?}");
    let missing = Wanted { folder: Some(PathBuf::from("no/such/folder")), ..Wanted::default() };
    assert!(sought(&missing, None).is_err());
    let none = Wanted { none: true, ..found };
    assert!(matches!(sought(&none, None), Ok((None, notes)) if notes.is_empty()));
}

/// A copy of a scenario's configuration, in a folder outside of any repository; `change` gives a file's text, or leaves it out.
fn copied(scenario: &str, change: impl Fn(&str, String) -> Option<String>) -> tempfile::TempDir {
    let (folder, original) = (tempfile::tempdir().unwrap(), project(&format!("testdata/plans/{scenario}")));
    for path in tree(&original).iter().filter(|path| path.extension().is_some_and(|ending| ending == "tf")) {
        let name = path.strip_prefix(&original).unwrap();
        let Some(text) = change(&name.to_string_lossy(), fs::read_to_string(path).unwrap()) else { continue };
        let copy = folder.path().join(name);
        fs::create_dir_all(copy.parent().unwrap()).unwrap();
        fs::write(copy, text).unwrap();
    }
    folder
}

fn found_in(scenario: &str, wanted: &Wanted, plan: Option<&Path>) -> Report {
    let mut input = input(&format!("testdata/plans/{scenario}/plan.json"));
    let (source, notes) = sought(wanted, plan).unwrap();
    (input.source, input.source_notes) = (source.map(Arc::new), notes);
    report(input)
}

/// Where nobody knows where the root module lies, no file of the repository is named for one of its own.
#[test]
fn an_unknown_root_is_not_taken_for_that_of_the_repository() {
    let file = planfile(&project("testdata/plans/new-service"), NEW_SERVICE);
    let wanted = Wanted { planfile: Some(file.path().to_path_buf()), ..Wanted::default() };
    let told = found_in("new-service", &wanted, None);
    let places: Vec<_> = told.told.iter().filter_map(|told| told.advice.finding.place.clone()).collect();
    assert!(!places.is_empty() && places.iter().all(|place| place.file.starts_with("${path.root}/")), "{places:?}");
    let notes = &told.plans[0].notes;
    assert!(matches!(notes.as_slice(), [note] if note.contains("name the folder with --source")), "{notes:?}");
    let own = |text: &str| ["main.tf", "service.tf"].iter().any(|name| text.contains(&format!("\"{name}")));
    for text in [
        written(|out| report::sarif(&told, out)),
        written(|out| report::rdjson(&told, out)),
        written(|out| report::gitlab(&told, out)),
        written(|out| report::sonar(&told, out)),
        written(|out| report::github(&told, out)),
        written(|out| report::junit(&told, out)),
    ] {
        assert!(!own(&text) && !text.contains("path.root}/\"") && !text.contains("file=$"), "{text}");
        assert!(!text.contains("\"fixes\"") && !text.contains("\"suggestions\""), "{text}");
    }
    // Named as well, the folder tells; it lies in this repository.
    let folder = Some(project("testdata/plans/new-service"));
    let told = found_in("new-service", &Wanted { folder, ..wanted }, None);
    let mut places = told.told.iter().filter_map(|told| told.advice.finding.place.as_ref());
    assert!(places.all(|place| place.file.starts_with("testdata/plans/new-service/")));
    assert!(told.plans[0].notes.is_empty(), "{:?}", told.plans[0].notes);
}

/// What one of two texts has and the other has not is said, wherever it stands.
#[test]
fn a_binary_plan_and_a_folder_that_differ_are_told() {
    let file = planfile(&project("testdata/plans/new-service"), NEW_SERVICE);
    let folder = copied("new-service", |name, text| {
        Some(if name == "modules/worker/main.tf" {
            format!("{text}\nresource \"aws_vpc\" \"new\" {{}}\n")
        } else {
            text
        })
    });
    let (planfile, folder) = (Some(file.path().to_path_buf()), Some(folder.path().to_path_buf()));
    let (_, notes) = sought(&Wanted { planfile, folder, ..Wanted::default() }, None).unwrap();
    assert!(matches!(notes.as_slice(), [note] if note.contains(" differ in modules/worker/main.tf: ")), "{notes:?}");
}

/// A block that is repeated otherwise is another one, whatever else it has in common.
#[test]
fn a_block_that_is_repeated_otherwise_does_not_fit() {
    let folder = copied("new-service", |_, text| {
        Some(text.replacen(
            "resource \"aws_db_instance\" \"orders\" {",
            "resource \"aws_db_instance\" \"orders\" {\n  count = 1",
            1,
        ))
    });
    let wanted = Wanted { folder: Some(folder.path().to_path_buf()), ..Wanted::default() };
    let told = found_in("new-service", &wanted, None);
    let notes = &told.plans[0].notes;
    assert!(notes.iter().any(|note| note.starts_with("1 block of the plan is not in the configuration")), "{notes:?}");
    // For several plans, only what fits one as a whole is its own.
    let told = found_in("new-service", &Wanted { several: true, ..wanted }, None);
    assert!(told.told.iter().all(|told| told.advice.finding.place.is_none()));
    let notes = &told.plans[0].notes;
    assert!(notes.iter().any(|note| note.contains("named for several plans differs from this one's")), "{notes:?}");
    let fitting = Wanted { folder: Some(project("testdata/plans/new-service")), several: true, ..Wanted::default() };
    assert!(found_in("new-service", &fitting, None).told.iter().any(|told| told.advice.finding.place.is_some()));
}

/// What is named for a stream of plans is not taken for each of them, whether or not it fits.
#[test]
fn plans_of_one_stream_share_no_configuration_that_differs() {
    let plan = fs::read(project("testdata/plans/new-service/plan.json")).unwrap();
    let told = |times: usize, orders: &str| {
        let folder = copied("new-service", |_, text| Some(text.replace("\"aws_db_instance\" \"orders\"", orders)));
        let mut input = Input::decode("plans".to_owned(), plan.repeat(times)).unwrap();
        let wanted = Wanted { folder: Some(folder.path().to_path_buf()), ..Wanted::default() };
        input.source = sought(&wanted, None).unwrap().0.map(Arc::new);
        let told = report(input);
        let placed = |at: usize| told.told.iter().any(|told| told.plan == at && told.advice.finding.place.is_some());
        (0..times).map(placed).collect::<Vec<_>>()
    };
    let (same, other) = ("\"aws_db_instance\" \"orders\"", "\"aws_db_instance\" \"other\"");
    assert_eq!((told(1, same), told(1, other)), (vec![true], vec![true]));
    assert_eq!((told(2, same), told(2, other)), (vec![true, true], vec![false, false]));
}

/// Nobody knows to which of several plans `$PLANFILE` belongs.
#[test]
fn the_planfile_of_the_surroundings_is_for_one_plan() {
    let file = planfile(&project("testdata/plans/new-service"), NEW_SERVICE);
    let wanted = Wanted { surroundings: Some(file.path().to_path_buf()), ..Wanted::default() };
    let plan = Some(Path::new("/nowhere/plan.json"));
    assert!(sought(&wanted, plan).unwrap().0.is_some());
    assert!(sought(&Wanted { several: true, ..wanted }, plan).unwrap().0.is_none());
}

/// What stands in a file that is not read is no difference.
#[test]
fn a_file_in_json_takes_no_lines_from_the_others() {
    let folder = copied("new-service", |name, text| (name != "network.tf").then_some(text));
    let left = fs::read_dir(folder.path()).unwrap().count();
    fs::write(folder.path().join("network.tf.json"), "{}").unwrap();
    let found = || found_in("new-service", &Wanted::default(), Some(&folder.path().join("plan.json")));
    let told = found();
    assert!(left > 1 && told.told.iter().any(|told| told.advice.finding.place.is_some()));
    let notes = &told.plans[0].notes;
    assert!(
        notes
            .iter()
            .any(|note| note == "network.tf.json was left out: Terraform's language spelled as JSON is not read")
    );
    assert!(
        !notes.iter().any(|note| note.contains("differs") || note.contains("not in the configuration")),
        "{notes:?}"
    );
    // With a block that the plan has not, it is another configuration.
    fs::write(folder.path().join("more.tf"), "resource \"aws_vpc\" \"stranger\" {}").unwrap();
    assert!(found().told.iter().all(|told| told.advice.finding.place.is_none()));
}

#[test]
fn a_folder_with_json_alone_is_told() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("main.tf.json"), "{}").unwrap();
    let told = found_in("new-service", &Wanted::default(), Some(&folder.path().join("plan.json")));
    let notes = &told.plans[0].notes;
    assert!(notes.iter().any(|note| note.contains("spelled as JSON (.tf.json), which is not read")), "{notes:?}");
    let named = Wanted { folder: Some(folder.path().to_path_buf()), ..Wanted::default() };
    let notes = found_in("new-service", &named, None).plans[0].notes.clone();
    assert!(
        notes[0].starts_with("main.tf.json was left out: ") && !notes.iter().any(|note| note.contains("in common"))
    );
}

/// A binary plan that merely lies there may be of yesterday, or of another environment.
#[test]
fn a_binary_plan_that_was_found_has_to_be_of_the_same_time() {
    let made = b"\x08\x03\xaa\x01\x142026-11-30T10:07:13Z";
    let file = planfile_made(made, &project("testdata/plans/new-service"), NEW_SERVICE);
    let wanted = Wanted { surroundings: Some(file.path().to_path_buf()), ..Wanted::default() };
    let plan = Some(Path::new("/nowhere/plan.json"));
    let is_made = |time: &'static str| move |text: &str| text == time;
    let (source, notes) = find(&wanted, plan, &is_made("2026-11-30T10:07:13Z")).unwrap();
    assert!(source.is_some_and(|source| source.made() == Some("2026-11-30T10:07:13Z")) && notes.is_empty());
    let (source, notes) = find(&wanted, plan, &is_made("2026-11-30T10:07:14Z")).unwrap();
    assert!(source.is_none());
    assert!(
        matches!(notes.as_slice(), [note] if note.contains("was made at 2026-11-30T10:07:13Z, and no plan here was")),
        "{notes:?}"
    );
}

/// Data that a `check` block reads stands in the plan, and what is ephemeral is no resource.
#[test]
fn blocks_that_only_look_like_strangers_are_none() {
    let folder = copied("new-service", |name, text| {
        let check = "check \"image\" {\n  data \"aws_ami\" \"x\" {\n    owners = [\"self\"]\n  }\n}\n";
        Some(if name == "service.tf" { format!("{text}\n{check}") } else { text })
    });
    let plan = fs::read_to_string(project("testdata/plans/new-service/plan.json")).unwrap();
    let mut plan: serde_json::Value = serde_json::from_str(&plan).unwrap();
    let resources = plan["configuration"]["root_module"]["resources"].as_array_mut().unwrap();
    let block = |mode: &str, kind: &str| serde_json::json!({ "address": format!("{mode}.{kind}.x"), "mode": mode, "type": kind, "name": "x", "expressions": {} });
    resources.extend([block("data", "aws_ami"), block("ephemeral", "aws_secretsmanager_secret_version")]);
    let mut input = Input::decode("plan.json".to_owned(), plan.to_string().into_bytes()).unwrap();
    // Found, and not named: its root module has to be the plan's.
    let (source, _) = sought(&Wanted::default(), Some(&folder.path().join("plan.json"))).unwrap();
    assert!(source.as_ref().is_some_and(Source::is_own));
    input.source = source.map(Arc::new);
    let told = report(input);
    assert!(told.told.iter().any(|told| told.advice.finding.place.is_some()), "{:?}", told.plans[0].notes);
}

/// Of each plan here its own configuration lies beside it, and all of that is the plan's, however it is spelled.
#[test]
fn every_plan_has_its_own_configuration() {
    let mut number = 0;
    for path in super::support::entries(&project("testdata/rules")) {
        let folder = path.with_extension("");
        if path.extension().is_none_or(|ending| ending != "json") || !folder.is_dir() {
            continue;
        }
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let mut input = input(&format!("testdata/rules/{name}"));
        let wanted = Wanted { folder: Some(folder), ..Wanted::default() };
        input.source = sought(&wanted, None).unwrap().0.map(Arc::new);
        let told = report(input);
        let strange =
            told.plans[0].notes.iter().find(|note| note.contains("not in the configuration as the plan has it"));
        assert_eq!(strange, None, "{name}");
        number += 1;
    }
    assert!(number > 100, "{number}");
}
