//! SLO files: the shapes that people write, and what is wrong with them.

use std::fs;

use super::support::project;
use crate::repository::slo::{Aim, Given, ProblemKind, Service, Shape, Slo, read, services};
use crate::units::plain;

/// The documents of a file of the project, and what is wrong with them.
fn file(name: &str) -> (Vec<Slo>, Vec<String>) {
    let text = fs::read_to_string(project("testdata/slos").join(name)).unwrap();
    told(&text)
}

fn told(text: &str) -> (Vec<Slo>, Vec<String>) {
    let slos = read("slo.yml", text).unwrap().slos;
    let problems = services(&slos).iter().flat_map(Service::problems).map(|problem| problem.to_string()).collect();
    (slos, problems)
}

fn number(aim: Given<Aim>) -> Option<String> {
    match aim {
        Given::Set(aim) => Some(plain(aim.value)),
        Given::Unset => None,
        Given::Unclear(reason) => Some(format!("unclear: {reason}")),
    }
}

/// P50, P95, P99, availability, error rate.
fn aims(slos: &[Slo]) -> [Option<String>; 5] {
    let all = services(slos);
    let [service] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!(service.name, "payment-api");
    let [p50, p95, p99] = [50, 95, 99].map(|percentile| number(service.latency(percentile.into())));
    [p50, p95, p99, number(service.availability()), number(service.error_rate())]
}

/// The principle's own three shapes say the same, each in its own way; so do those of three tools.
#[test]
fn every_shape_is_read() {
    let all = [
        ("template.yml", Shape::Listed, ["200", "200", "500"]),
        ("observability.yml", Shape::Listed, ["200", "200", "500"]),
        ("definition.yml", Shape::Mapped, ["500", "500", "500"]),
        ("openslo.yml", Shape::OpenSlo, ["500", "500", "500"]),
        ("sloth.yml", Shape::Sloth, ["500", "500", "500"]),
        ("pyrra.yml", Shape::Pyrra, ["500", "500", "500"]),
    ];
    for (name, shape, times) in all {
        let (slos, problems) = file(name);
        assert!(problems.is_empty(), "{name}: {problems:#?}");
        assert!(slos.iter().all(|slo| slo.shape == shape), "{name}");
        let wanted = [times[0], times[1], times[2], "0.999", "0.001"].map(|text| Some(text.to_owned()));
        assert_eq!(aims(&slos), wanted, "{name}");
    }
}

/// The template with one thing changed, and what is said of it.
#[test]
fn each_field_that_is_missing_or_wrong_is_named() {
    let template = fs::read_to_string(project("testdata/slos/template.yml")).unwrap();
    let all = [
        ("service: \"payment-api\"\n", "", "slo.yml:2: missing: no service is named"),
        ("service: \"payment-api\"", "service: TODO", "slo.yml:2: missing: no service is named"),
        (
            "- name: \"availability\"",
            "- name: freshness",
            "slo.yml:2: missing: payment-api has no objective for its availability",
        ),
        (
            "\"success_rate\"\n    target: 99.9 ",
            "\"success_rate\"\n    target: 9.99 ",
            "slo.yml:6: wrong: the target of availability is 9.99",
        ),
        ("target: 99.9 ", "target: 100 ", "leaves no error budget"),
        ("target: 99.9 ", "target: 999 ", "more than all requests"),
        ("target: 99.9      # 99.9%", "target: 0.999     # 99.9%\n    unit: percent #", "which means 0.999 %"),
        ("target: 99.9 ", "target: high ", "slo.yml:6: wrong: the target of availability is `high`"),
        ("target: 99.9 ", "target: -99.9 ", "the target of availability is -99.9"),
        ("    target: 99.9      # 99.9% of requests succeed\n", "", "slo.yml:4: missing: availability has no target"),
        (
            "target: 99.9 ",
            "target: {{ .Values.target }} ",
            "slo.yml:6: unclear: the target of availability is filled in later",
        ),
        (
            "latency_p95\"\n    sli: \"request_latency_p95\"",
            "latency\"\n    sli: latency",
            "slo.yml:8: missing: payment-api has no objective for its P95 latency: latency names no percentile",
        ),
        ("\"latency_p99\"\n", "\"latency_p999\"\n", "payment-api has no objective for its P99 latency"),
        ("sli: \"request_latency_p99\"", "sli: \"request_latency_p95\"", "slo.yml:13: wrong: latency_p99 measures P95"),
        (
            "target: 500       # P99 < 500ms\n    unit: \"ms\"",
            "target: 100\n    unit: ms",
            "slo.yml:13: wrong: P99 is to be 100 ms, less than P95 with 200 ms",
        ),
        (
            "target: 500       # P99 < 500ms\n    unit: \"ms\"",
            "target: 0.5",
            "the target of latency_p99 is 0.5 without a unit",
        ),
        (
            "unit: \"ms\"\n    window: \"30d\"\nerror",
            "unit: s\n    window: 30d\nerror",
            "unclear: the target of latency_p99 is 500 s, longer than callers wait",
        ),
        ("target: 200 ", "target: 0.2 ", "unclear: the target of latency_p95 is 0.2 ms, faster than a network answers"),
        (
            "unit: \"ms\"\n    window: \"30d\"\nerror",
            "unit: furlongs\n    window: 30d\nerror",
            "wrong: the unit of latency_p99 is `furlongs`",
        ),
        ("requests succeed\n    window: \"30d\"", "requests succeed", "slo.yml:4: missing: availability has no window"),
        (
            "requests succeed\n    window: \"30d\"",
            "requests succeed\n    window: 30",
            "slo.yml:7: wrong: the window of availability is `30`",
        ),
        (
            "error_budget:\n  period: \"30d\"\n  policy: \"feature_freeze_on_exhaustion\"\n",
            "",
            "missing: payment-api has no error budget",
        ),
        (
            "  policy: \"feature_freeze_on_exhaustion\"\n",
            "",
            "missing: nothing is said of what happens when the error budget",
        ),
        ("policy: \"feature_freeze_on_exhaustion\"", "policy: TBD", "missing: nothing is said of what happens"),
        ("  period: \"30d\"", "  period: \"soon\"", "wrong: the period of the error budget is `soon`"),
    ];
    for (before, after, problem) in all {
        assert!(template.contains(before), "{before}");
        let (_, problems) = told(&template.replacen(before, after, 1));
        assert!(problems.iter().any(|told| told.contains(problem)), "{after}: {problems:#?}");
    }
}

/// What looks wrong and is not.
#[test]
fn units_are_told_apart() {
    let template = fs::read_to_string(project("testdata/slos/template.yml")).unwrap();
    let all = [
        ("target: 99.9 ", "target: 0.999 "),
        ("target: 99.9 ", "target: \"99.9%\" "),
        ("target: 500       # P99 < 500ms\n    unit: \"ms\"", "target: 0.5\n    unit: s"),
        ("target: 500       # P99 < 500ms\n    unit: \"ms\"", "target: 0.5s"),
        ("target: 500       # P99 < 500ms\n    unit: \"ms\"", "target_seconds: 0.5"),
        ("target: 500       # P99 < 500ms\n    unit: \"ms\"", "target: 0.5  # seconds"),
        ("target: 500       # P99 < 500ms\n    unit: \"ms\"", "target: 500"),
        ("window: \"30d\"\nerror", "window: monthly\nerror"),
    ];
    for (before, after) in all {
        assert!(template.contains(before), "{before}");
        let (slos, problems) = told(&template.replacen(before, after, 1));
        assert!(problems.is_empty(), "{after}: {problems:#?}");
        assert_eq!(aims(&slos)[2..], ["500", "0.999", "0.001"].map(|text| Some(text.to_owned())), "{after}");
    }
}

/// 0.1 is a tenth or a thousandth; what else the file says decides, and else nobody.
#[test]
fn error_rates_are_never_guessed() {
    let rate = |availability: &str, rate: &str| {
        let text = format!(
            "service: payment-api\nslos:\n  - name: availability\n    target: {availability}\n  - name: error_rate\n    target: {rate}\n"
        );
        number(services(&told(&text).0)[0].error_rate()).unwrap()
    };
    assert_eq!(rate("99.9", "0.1"), "0.001");
    assert_eq!(rate("99.9", "0.001"), "0.001");
    assert_eq!(rate("0.999", "0.005"), "0.005");
    assert_eq!(rate("99.9", "0.1%"), "0.001");
    assert_eq!(rate("99.9", "0.5"), "0.005");
    assert_eq!(rate("99.9", "0.05  # percent"), "0.0005");
    assert!(rate("99.9", "0.05").contains("it may be 5 % or 0.05 %"));
    assert!(rate("99.9", "99.9").contains("lets 99.9 % of all requests fail"));
}

/// 43.2 minutes are 0.1 % of 30 days; 43 is rounded, 432 is wrong.
#[test]
fn budgets_are_worked_out() {
    let text = fs::read_to_string(project("testdata/slos/definition.yml")).unwrap();
    let with = |minutes: &str| {
        told(&text.replace("error_budget_minutes: 43.2", &format!("error_budget_minutes: {minutes}"))).1
    };
    assert!(with("43").is_empty());
    assert!(
        with("432")[0].contains("the error budget is 432 minutes, and 0.1 % of 30d are 43.2; write 43.2"),
        "{:?}",
        with("432")
    );
}

#[test]
fn what_tools_mean_otherwise_is_named() {
    let openslo = fs::read_to_string(project("testdata/slos/openslo.yml")).unwrap();
    let (_, problems) = told(&openslo.replace("target: 0.999", "target: 99.9"));
    assert!(problems[0].contains("OpenSLO has a ratio there; write `targetPercent: 99.9`"), "{problems:#?}");
    let (_, problems) = told(&openslo.replace("  alertPolicies:\n    - alertPolicyRef: payment-api-burn\n", ""));
    assert!(problems[0].contains("nothing is said of what happens"), "{problems:#?}");
    let sloth = fs::read_to_string(project("testdata/slos/sloth.yml")).unwrap();
    let (_, problems) = told(&sloth.replace("objective: 99.9", "objective: 0.999"));
    assert!(problems[0].contains("which means 0.999 %"), "{problems:#?}");
    let pyrra = fs::read_to_string(project("testdata/slos/pyrra.yml")).unwrap();
    let (_, problems) = told(&pyrra.replace("  window: 4w", "  window: 4w\n  alerting:\n    disabled: true"));
    assert!(problems[0].contains("nothing is said of what happens"), "{problems:#?}");
}

#[test]
fn several_objectives_of_one_kind_are_not_mixed_up() {
    let text = "service: payment-api\nslos:\n  - {name: latency_p95_search, target: 800ms}\n  - {name: latency_p95_buy, target: 200ms}\n";
    let all = told(text).0;
    let aim = services(&all)[0].latency(95.into());
    assert!(matches!(&aim, Given::Unclear(reason) if reason.contains("two objectives for P95")), "{aim:?}");
}

/// Numbers that no file has, and texts that end early: nothing of it stops the program.
#[test]
fn nothing_overflows() {
    let template = fs::read_to_string(project("testdata/slos/template.yml")).unwrap();
    let far =
        ["79228162514264337593543950335", "1e300", "0.0000000000000000000000000001", ".inf", ".nan", "'", "\u{1F600}"];
    for word in far {
        for unit in ["ms", "s", "%", "ratio", "us", ""] {
            for (before, after) in [
                ("target: 99.9 ", format!("target: {word} \n    unit: '{unit}'")),
                ("target: 500 ", format!("target: {word}{unit} ")),
                ("name: \"availability\"", format!("name: error_rate\n    unit: '{unit}'\n    objective: {word}")),
                ("window: \"30d\"", format!("window: {word}{unit}")),
            ] {
                if let Ok(reading) = read("slo.yml", &template.replacen(before, &after, 1)) {
                    for service in services(&reading.slos) {
                        drop((service.problems(), service.error_rate()));
                    }
                }
            }
        }
    }
    for end in (0..template.len()).filter(|end| template.is_char_boundary(*end)) {
        let _ = read("slo.yml", &template[..end]);
    }
}

#[test]
fn what_is_no_slo_file_says_so() {
    let error = |text| read("slo.yml", text).unwrap_err().to_string();
    for text in ["", "a: 1\n", "- 1\n", "kind: Deployment\napiVersion: apps/v1\n"] {
        assert!(error(text).contains("slo.yml holds no SLO"), "{text}");
    }
    assert!(error("service: [\n").contains("it is not YAML"), "{}", error("service: [\n"));
    assert!(
        error("service: a\nservice: b\n").contains("the key service is there twice"),
        "{}",
        error("service: a\nservice: b\n")
    );
    // A file that has lost its objectives is one all the same.
    let (_, problems) = told("service: shop\nslos:\n");
    assert!(problems.len() >= 5, "{problems:#?}");
    assert!(problems.iter().all(|problem| problem.contains(ProblemKind::Missing.as_str())), "{problems:#?}");
}
