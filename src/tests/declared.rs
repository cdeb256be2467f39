//! What is said beside a plan: in `planwise.yaml`, and in tags.

use std::fs;

use serde_json::Value;

use super::support::{input, project, snapshot, table, written};
use crate::advice::Status;
use crate::config::Config;
use crate::facts::{Declaration, Declarations, Declared, FactKey};
use crate::finding::{RuleMeta, Severity, Verdict};
use crate::model::Pattern;
use crate::policy::{Exemptions, FailOn, PACKS, Policy, RuleSettings, parse_date};
use crate::report::{self, Basis, Report};
use crate::{rules, run};

const UNDECLARED: &str = "testdata/plans/undeclared/plan.json";
const TAGGED: &str = "testdata/plans/tagged/plan.json";

fn metas() -> Vec<&'static RuleMeta> {
    rules::all().into_iter().map(|rule| &rule.meta).collect()
}

/// The report on a plan by what `text` says, on a day.
fn checked(plan: &str, text: &str, day: &str) -> Report {
    let config = Config::read("planwise.yaml", text, &metas()).unwrap();
    let exemptions = Exemptions { list: config.exemptions, as_of: parse_date(day).ok() };
    let policy = Policy { exemptions, ..Policy::default() };
    let mut report = run::check_declared(vec![input(plan)], &policy, &Declarations::new(config.declared)).unwrap();
    report.fail_on = Some(Severity::High);
    report.basis = Some(Basis { config: Some("planwise.yaml".to_owned()), policy: "default".to_owned() });
    report
}

fn beside() -> String {
    fs::read_to_string(project("testdata/plans/undeclared/planwise.yaml")).unwrap()
}

fn verdicts(report: &Report, rule: &str) -> Vec<(Verdict, Status)> {
    let told = report.told.iter().map(|told| &told.advice).filter(|advice| advice.finding.rule.name == rule);
    told.map(|advice| (advice.finding.verdict, advice.status)).collect()
}

fn notes(report: &Report) -> Vec<&str> {
    report.plans.iter().flat_map(|plan| &plan.notes).chain(&report.notes).map(String::as_str).collect()
}

/// The same stack: nothing is said, the file says it, tags say it.
#[test]
fn what_is_declared_decides() {
    let rule = "connection-exhaustion";
    let decided = [(Verdict::Violation, Status::Introduced)];
    assert_eq!(verdicts(&checked(UNDECLARED, "", ""), rule), [(Verdict::Undetermined, Status::Introduced)]);
    let declared = checked(UNDECLARED, &beside(), "2027-03-31");
    assert_eq!(verdicts(&declared, rule), decided);
    let tagged = checked(TAGGED, "", "");
    assert_eq!(verdicts(&tagged, rule), decided);
    // Both come to the same sum, from different places.
    let finding = |report: &Report| {
        report.told.iter().map(|told| told.advice.finding.clone()).find(|finding| finding.rule.name == rule).unwrap()
    };
    let (one, other) = (finding(&declared), finding(&tagged));
    assert_eq!((&one.message, &one.working), (&other.message, &other.working));
    let places = |finding: &crate::finding::Finding| -> Vec<String> {
        let declared = finding.evidence.iter().filter(|piece| piece.source.as_str() == "declared");
        declared.filter_map(|piece| piece.source.note().map(ToOwned::to_owned)).collect()
    };
    assert_eq!(places(&one), ["planwise.yaml:16", "planwise.yaml:17", "planwise.yaml:15"]);
    assert_eq!(places(&other).len(), 3);
    assert!(places(&other).iter().any(|place| place == "tag planwise:pool-size of aws_ecs_task_definition.api"));
    // And who says that he is a worker is one.
    assert_eq!(verdicts(&tagged, "queue-blind-worker"), decided);
}

/// One exemption holds or is over, one holds for good, and one meets nothing.
#[test]
fn exemptions_in_every_format() {
    for (name, day) in [("holding", "2027-03-31"), ("over", "2027-04-01")] {
        let report = checked(UNDECLARED, &beside(), day);
        let exempted: Vec<_> = report.exempted.iter().map(|one| one.told.advice.finding.rule.name).collect();
        let all: &[&str] =
            if name == "holding" { &["queue-blind-worker", "shared-nat"] } else { &["queue-blind-worker"] };
        assert_eq!(exempted, all);
        assert!(notes(&report).iter().any(|note| note.contains("exempts nothing here: planwise.yaml:10")));
        snapshot("report", &format!("exemptions-{name}.table"), &table(&report));
        snapshot("report", &format!("exemptions-{name}.markdown"), &written(|out| report::markdown(&report, out)));
        snapshot("report", &format!("exemptions-{name}.json"), &written(|out| report::json(&report, out)));
        validate(&written(|out| report::json(&report, out)));
    }
}

fn validate(text: &str) {
    let schema: Value = serde_json::from_slice(&fs::read(project("docs/report.schema.json")).unwrap()).unwrap();
    let document: Value = serde_json::from_str(text).unwrap();
    let errors: Vec<_> =
        jsonschema::validator_for(&schema).unwrap().iter_errors(&document).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

/// What is exempted fails nothing, what was exempted fails again.
#[test]
fn an_exemption_ends_with_its_last_day() {
    let text = "exemptions:\n  - rule: '*'\n    address: '**'\n    reason: a sketch\n    until: 2027-03-31\n";
    let shop = |day| checked("testdata/plans/shop/plan.json", text, day);
    let (holds, over) = (shop("2027-03-31"), shop("2027-04-01"));
    assert!(!holds.is_failure() && over.is_failure());
    assert!(holds.told.iter().all(|told| told.advice.status == Status::Resolved));
    assert!(over.exempted.is_empty());
    let message = &over.told[0].advice.finding.message;
    assert!(message.ends_with("It was exempted until 2027-03-31 (planwise.yaml:2: a sketch)."), "{message}");
    assert!(notes(&over).iter().any(|note| note.contains("1 exemption expired")), "{:?}", notes(&over));
}

#[test]
fn what_meets_nothing_is_noted() {
    let text = "workloads:\n  aws_ecs_service.apo:\n    pool-size: 3\n  aws_ecs_service.api:\n    connects-to: [aws_db_instance.order]\n  aws_ecs_service.worker:\n    connects-to: nothing\n";
    let report = checked(UNDECLARED, text, "");
    let notes = notes(&report);
    assert!(notes.iter().any(|note| note.contains("aws_ecs_service.apo (planwise.yaml:3)")), "{notes:#?}");
    assert!(notes.iter().any(|note| note.contains("connects-to names aws_db_instance.order, and")), "{notes:#?}");
    // The plan shows that it connects to another one: what is declared counts, and the report says so.
    assert!(notes.iter().any(|note| note.contains("in the plan it connects to aws_db_instance.orders")), "{notes:#?}");
    assert_eq!(verdicts(&report, "connection-exhaustion"), []);
    // Of a rule that is not applied, no exemption is missed.
    let exempt = "exemptions: [{ rule: shared-nat, address: x.y, reason: why }]";
    let config = Config::read("planwise.yaml", exempt, &metas()).unwrap();
    let exemptions = Exemptions { list: config.exemptions, as_of: None };
    let policy = Policy { exemptions, skip: vec!["shared-nat".to_owned()], ..Policy::default() };
    assert!(run::check(vec![input(UNDECLARED)], &policy).unwrap().notes.is_empty());
}

/// Tags that say nothing are told, as a class where they are many.
#[test]
fn tags_that_say_nothing_are_noted() {
    let report = checked("testdata/rules/connection-exhaustion.declared.json", "", "");
    snapshot("report", "tags.notes", &notes(&report).join("\n"));
}

/// Whoever names a pooler comes through it.
#[test]
fn poolers_stand_for_what_is_behind_them() {
    let plan = "testdata/rules/connection-exhaustion.paths.json";
    let reaches = |text: &str| {
        let declared = Declarations::new(Config::read("planwise.yaml", text, &metas()).unwrap().declared);
        let (_, [_, after]) = run::topologies_declared(&input(plan), &declared).unwrap().remove(0);
        let of = |reach: &crate::topology::Reach| {
            let (workload, datastore) = (after.workload(reach.workload), after.datastore(reach.datastore));
            (
                workload.address.to_string(),
                datastore.address.to_string(),
                reach.pooler.as_ref().map(ToString::to_string),
            )
        };
        (after.reaches.iter().map(of).collect::<Vec<_>>(), after.heard.strangers.len())
    };
    let (all, _) = reaches("");
    let (_, behind, pooler) = all.iter().find(|(.., pooler)| pooler.is_some()).unwrap().clone();
    let pooler = pooler.unwrap();
    let (other, _, _) = all.iter().find(|(_, datastore, pooler)| pooler.is_none() && *datastore != behind).unwrap();
    let said = |to: &str| {
        format!("workloads:\n  {}:\n    connects-to: {}\n", crate::facts::quoted(other), crate::facts::quoted(to))
    };
    let of_other = |text: &str| {
        let (all, strangers) = reaches(text);
        (all.into_iter().filter(|(workload, ..)| workload == other).collect::<Vec<_>>(), strangers)
    };
    assert_eq!(of_other(&said(&pooler)), (vec![(other.clone(), behind.clone(), Some(pooler))], 0));
    assert_eq!(of_other(&said(&behind)), (vec![(other.clone(), behind, None)], 0));
    assert_eq!(of_other(&said("aws_db_proxy.nowhere")), (vec![], 1));
}

/// How work arrives, where somebody says so: it closes what is open, and goes before what is seen.
#[test]
fn load_profiles_are_put_in() {
    let arrives = |plan: &str, address: &str, profile: &str| {
        let text = format!("workloads:\n  {address}:\n    load-profile: {profile}\n");
        let declared = Declarations::new(Config::read("planwise.yaml", &text, &metas()).unwrap().declared);
        let mut all = run::topologies_declared(&input(plan), &declared).unwrap();
        let (_, [_, after]) = all.remove(0);
        let workload = after.workloads.iter().find(|workload| workload.address.as_str() == address).unwrap();
        let entries: Vec<_> = workload.entries.iter().map(crate::topology::Entry::name).collect();
        let sources: Vec<_> = workload.consumes.iter().map(crate::topology::Consumption::name).collect();
        let certain = workload.entries.iter().all(|entry| entry.certain)
            && workload.consumes.iter().all(crate::topology::Consumption::is_certain);
        assert!(certain && workload.entry_gap.is_none());
        (entries.join(" "), sources.join(" "), after.heard.remarks.len())
    };
    let is = |entries: &str, sources: &str, remarks| (entries.to_owned(), sources.to_owned(), remarks);
    let worker = "aws_ecs_service.worker";
    assert_eq!(arrives(UNDECLARED, worker, "synchronous"), is("a way that is declared", "", 0));
    assert_eq!(arrives(UNDECLARED, worker, "asynchronous"), is("", "a queue", 0));
    assert_eq!(arrives(UNDECLARED, worker, "batch"), is("", "a schedule", 0));
    assert_eq!(arrives(UNDECLARED, worker, "streaming"), is("", "a stream", 0));
    // The shop's API answers requests and works off a queue.
    let (shop, api) = ("testdata/plans/shop/plan.json", "aws_ecs_service.api");
    assert_eq!(arrives(shop, api, "synchronous"), is("aws_lb.shop", "", 1));
    assert_eq!(arrives(shop, api, "asynchronous"), is("", "aws_sqs_queue.orders", 1));
}

/// The facts that a plan lacks, by what its budgets lack.
fn lacking(plan: &str, said: &Declarations) -> Vec<Declared> {
    let mut all = Vec::new();
    let mut say = |of: &crate::model::Address, key, words: &[&str]| {
        let mut what = Declaration::default();
        what.set(key, words, "here").unwrap();
        all.push(Declared { of: Pattern::new(of.as_str()), what, place: "here".into(), by_tag: false });
    };
    for (_, [_, after]) in run::topologies_declared(&input(plan), said).unwrap() {
        for budget in &after.budgets {
            for id in budget.demands.iter().flat_map(|demand| &demand.workloads) {
                let workload = after.workload(*id);
                workload.per_unit.missing().into_iter().for_each(|key| say(&workload.address, key, &["2"]));
            }
            for reach in &budget.possible {
                let seen = after.reaches_of(reach.workload).iter().filter(|reach| reach.is_certain());
                let names = seen.chain([reach]).map(|reach| after.datastore(reach.datastore).address.as_str());
                say(&after.workload(reach.workload).address, FactKey::ConnectsTo, &names.collect::<Vec<_>>());
            }
        }
    }
    all
}

/// Whoever does what undetermined budgets ask for has all of them decided, in few rounds.
#[test]
fn what_is_asked_for_decides() {
    let rules = project("testdata/rules");
    let files = super::support::entries(&rules).into_iter().map(|path| super::support::stem(&path));
    let files =
        files.filter(|name| name.starts_with("connection-exhaustion") && rules.join(format!("{name}.json")).exists());
    let mut plans: std::collections::BTreeSet<String> =
        files.map(|name| format!("testdata/rules/{name}.json")).collect();
    plans.extend(
        ["first-apply", "handed-on", "nested-modules", "new-service", "undeclared"]
            .map(|name| format!("testdata/plans/{name}/plan.json")),
    );
    let policy = Policy { only: vec!["connection-exhaustion".to_owned()], ..Policy::default() };
    let mut asked = 0;
    for plan in plans {
        let mut list: Vec<Declared> = Vec::new();
        for round in 0.. {
            let said = Declarations::new(list.clone());
            let report = run::check_declared(vec![input(&plan)], &policy, &said).unwrap();
            let asks = |told: &&report::Told| told.advice.finding.message.contains("declare it in planwise.yaml");
            let open: Vec<_> = report.told.iter().filter(asks).map(|told| &told.advice.finding.message).collect();
            if open.is_empty() {
                break;
            }
            asked += open.len();
            assert!(round < 4, "{plan}: {open:#?}");
            list.extend(lacking(&plan, &said));
        }
    }
    assert!(asked > 40, "{asked} are too few to be all");
}

/// Three processes with a pool of their own that a file contradicts.
#[test]
fn contradictions_are_noted() {
    let text = "workloads:\n  '**':\n    pool-size: 1\n    processes: 1\n    load-profile: batch\n";
    let report = checked("testdata/plans/shop/plan.json", text, "");
    snapshot("report", "contradictions.notes", &notes(&report).join("\n"));
}

#[test]
fn facts_show_what_is_declared() {
    let config = Config::read("planwise.yaml", &beside(), &metas()).unwrap();
    let declared = Declarations::new(config.declared);
    let mut all = run::topologies_declared(&input(UNDECLARED), &declared).unwrap();
    let (name, [before, after]) = all.remove(0);
    let facts = written(|out| report::facts(&name, &[&before, &after], out));
    let facts: Value = serde_json::from_str(&facts).unwrap();
    let schema: Value = serde_json::from_slice(&fs::read(project("docs/facts.schema.json")).unwrap()).unwrap();
    assert!(jsonschema::is_valid(&schema, &facts));
    let workloads = facts["stages"]["after"]["workloads"].as_array().unwrap();
    let api = workloads.iter().find(|workload| workload["address"] == "aws_ecs_service.api").unwrap();
    assert_eq!(api["declared"].as_array().unwrap().len(), 3);
    assert_eq!(api["connections_per_unit"]["at_least"], 60);
    assert_eq!(api["connections_per_unit"]["complete"], true);
}

fn yaml(text: &str) -> Value {
    if text.trim().is_empty() { Value::Null } else { serde_saphyr::from_str(text).unwrap() }
}

/// The schema takes what the program takes, and refuses what it refuses.
#[test]
fn the_schema_says_what_the_program_says() {
    let schema: Value = serde_json::from_slice(&fs::read(project("docs/planwise.schema.json")).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let page = fs::read_to_string(project("docs/config.md")).unwrap();
    let shown = page.split("```yaml\n").nth(1).unwrap().split("```").next().unwrap();
    let good = [
        &beside(),
        shown,
        "",
        "# nothing",
        "policy: strict",
        "fail-on: none\nundetermined: fail\n",
        "rules:\n  shared-nat: { enabled: false, severity: low }\n  connection-exhaustion: { thresholds: { headroom-percent: 5 } }\n",
        "exemptions: [{ rule: '*', address: '**', key: readers, reason: why, until: '2027-01-01' }]",
        "workloads: { a.b: { pool-size: unlimited, overflow: 0, processes: 1, connects-to: nothing, load-profile: batch } }",
        "workloads: { a.b: { connects-to: [c.d, 'e.f[\"x\"]'] } }",
        "workloads: { a.b: }",
        "cost: { usage: u.yml, prices: p.book, region: r, max-increase: [100, 10%], max-total: 5000, discount: 5% }",
        "cost: { max-increase: 10%, discounts: { AmazonEC2: 12.5 }, currency: { code: EUR, per-usd: 0.92 } }",
        "cost: { own-prices: [{ key: a/b, unit: hours, region: r, usd: 0.1, source: us, as-of: '2026-01-01' }] }",
    ];
    for text in good {
        let mut config =
            Config::read("planwise.yaml", text, &metas()).unwrap_or_else(|error| panic!("{text}: {error}"));
        config.over(RuleSettings::default(), &metas()).unwrap();
        assert!(validator.is_valid(&yaml(text)), "{text}");
    }
    let bad = [
        "polcy: strict",
        "fail-on: dire",
        "undetermined: maybe",
        "rules: { shared-nat: { sevrity: low } }",
        "rules: { shared-nat: { severity: dire } }",
        "exemptions: [{ rule: '*', address: '**' }]",
        "exemptions: [{ rule: '*', reason: why }]",
        "exemptions: [{ rule: '*', address: '**', reason: ' ' }]",
        "exemptions: [{ rule: '*', address: '**', reason: why, until: soon }]",
        "exemptions: [{ rule: '*', address: '**', reason: why, til: '2027-01-01' }]",
        "exemptions: { rule: '*' }",
        "workloads: { a.b: { pool-size: 0 } }",
        "workloads: { a.b: { pool-size: many } }",
        "workloads: { a.b: { pool-size: 1.5 } }",
        "workloads: { a.b: { overflow: -1 } }",
        "workloads: { a.b: { processes: unlimited } }",
        "workloads: { a.b: { connects-to: [] } }",
        "workloads: { a.b: { load-profile: sync } }",
        "workloads: { a.b: { pool: 3 } }",
        "workloads: [a.b]",
        "cost: { max-increase: much }",
        "cost: { max-total: 10% }",
        "cost: { discount: 101 }",
        "cost: { currency: { code: EUR } }",
        "cost: { own-prices: [{ key: a/b }] }",
        "[]",
    ];
    for text in bad {
        let read = Config::read("planwise.yaml", text, &metas());
        let read = read.and_then(|mut config| config.over(RuleSettings::default(), &metas()));
        assert!(read.is_err(), "{text}");
        assert!(!validator.is_valid(&yaml(text)), "{text}");
    }
}

/// The keys that the program knows, by what it says of one that it does not.
#[test]
fn the_schema_has_every_key() {
    let schema: Value = serde_json::from_slice(&fs::read(project("docs/planwise.schema.json")).unwrap()).unwrap();
    let page = fs::read_to_string(project("docs/config.md")).unwrap()
        + &fs::read_to_string(project("docs/policy.md")).unwrap();
    for (text, place) in [
        ("qqqqqqqqqqqq: 1", "/properties"),
        ("rules: { shared-nat: { qqqqqqqqqqqq: 1 } }", "/$defs/setting/properties"),
        ("exemptions: [{ qqqqqqqqqqqq: 1 }]", "/$defs/exemption/properties"),
        ("workloads: { a.b: { qqqqqqqqqqqq: 1 } }", "/$defs/workload/properties"),
        ("cost: { qqqqqqqqqqqq: 1 }", "/$defs/cost/properties"),
    ] {
        let error = Config::read("planwise.yaml", text, &metas()).unwrap_err().to_string();
        let (_, known) = error.lines().next().unwrap().rsplit_once("there is one of ").unwrap();
        let mut known: Vec<&str> = known.split(", ").map(|name| name.trim_matches('`')).collect();
        let mut written: Vec<&str> =
            schema.pointer(place).unwrap().as_object().unwrap().keys().map(String::as_str).collect();
        known.sort_unstable();
        written.sort_unstable();
        assert_eq!(known, written, "{place}");
        let missing: Vec<_> = known.iter().filter(|key| !page.contains(*key)).collect();
        assert!(missing.is_empty(), "not in docs/config.md or docs/policy.md: {missing:?}");
    }
}

/// Every pack can be used, stands in the page, and is the file that ships.
#[test]
fn packs_can_be_used() {
    let page = fs::read_to_string(project("docs/policy.md")).unwrap();
    for pack in &PACKS {
        let file = format!("policies/{}.yaml", pack.name);
        assert_eq!(fs::read_to_string(project(&file)).unwrap(), pack.text);
        assert!(page.contains(&format!("[`{}`](../{file})", pack.name)), "{}", pack.name);
        let settings = RuleSettings::built_in(&metas()).unwrap().with(&file, pack.text, &metas()).unwrap();
        let changes = settings != RuleSettings::built_in(&metas()).unwrap();
        assert_eq!(changes, pack.name != "default", "{}", pack.name);
        let policy = Policy { rules: settings, ..Policy::default() };
        assert!(metas().iter().all(|meta| policy.applies(meta)));
    }
    let files = super::support::entries(&project("policies"));
    assert_eq!(files.len(), PACKS.len(), "{files:?}");
}

/// The severities of the WAF++ catalogue (WAF2p/framework, commit 9a44fbb): every rule has that of its control.
#[test]
fn the_catalogues_policy_has_its_severities() {
    let controls = [
        ("WAF-PERF-010", "high"),
        ("WAF-PERF-020", "high"),
        ("WAF-PERF-030", "medium"),
        ("WAF-PERF-040", "high"),
        ("WAF-PERF-030", "medium"),
        ("WAF-PERF-050", "high"),
        ("WAF-PERF-060", "medium"),
        ("WAF-PERF-070", "medium"),
        ("WAF-PERF-080", "low"),
        ("WAF-PERF-090", "medium"),
        ("WAF-PERF-100", "medium"),
    ];
    let pack = crate::policy::pack("waf-pp").unwrap();
    let page = fs::read_to_string(project("docs/policy.md")).unwrap();
    let written = yaml(pack.text);
    for meta in metas() {
        let (control, severity) = controls.iter().find(|(control, _)| *control == meta.control).unwrap();
        assert_eq!(
            written["rules"][meta.name]["severity"], *severity,
            "policies/waf-pp.yaml: {} ({control})",
            meta.name
        );
        let row = page.lines().find(|line| line.starts_with(&format!("| {control} "))).unwrap();
        assert!(row.contains(&format!("`{}`", meta.name)), "docs/policy.md: {} belongs to {control}", meta.name);
    }
}

/// What is strict lets less pass, and fails on what cannot be told.
#[test]
fn strict_is_stricter() {
    let pack = crate::policy::pack("strict").unwrap();
    let settings = RuleSettings::built_in(&metas()).unwrap().with("strict", pack.text, &metas()).unwrap();
    assert_eq!((settings.fail_on(), settings.open_fails()), (Some(FailOn(Some(Severity::Medium))), true));
    let policy = Policy { rules: settings, only: vec!["connection-exhaustion".to_owned()], ..Policy::default() };
    let mut report = run::check(vec![input(UNDECLARED)], &policy).unwrap();
    report.fail_on = Some(Severity::Medium);
    assert!(!report.is_failure());
    report.open_fails = true;
    assert!(report.is_failure());
    assert!(table(&report).contains("1 case undetermined, which fails this run"), "{}", table(&report));
    let quiet = written(|out| report::table(&report, report::Style { width: 80, quiet: true }, out));
    assert!(
        quiet.starts_with("high connection-exhaustion aws_db_instance.orders: undetermined: RDS instance"),
        "{quiet}"
    );
    // What was there before fails nothing, whether it can be told or not.
    let mut applied = run::check(vec![input("testdata/rules/connection-exhaustion.declared.json")], &policy).unwrap();
    (applied.fail_on, applied.open_fails) = (Some(Severity::Medium), true);
    assert!(!applied.is_failure());
}
