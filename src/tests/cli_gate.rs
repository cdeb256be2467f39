//! `planwise gate` as its users run it.

use std::fs;

use super::{code, err, out, piped, planwise, project, run, snapshot};

const SUMMARY: &str = "testdata/results/k6_handle_summary.json";
const LOCUST: &str = "testdata/results/locust_stats.csv";

#[test]
fn a_gate_that_nothing_can_fail_is_refused() {
    let output = run(&["gate", SUMMARY]);
    assert_eq!((code(&output), out(&output).as_str()), (2, ""));
    assert!(err(&output).contains("nothing could fail\n  hint: give limits"), "{}", err(&output));
    let off = ["p95=off", "p99=off", "error-rate=off", "throughput=off"];
    let mut args = vec!["gate", SUMMARY, "--baseline", "no-such-baseline.json"];
    for off in off {
        args.extend(["--regression", off]);
    }
    assert_eq!(code(&run(&args)), 2);
}

#[test]
fn exit_codes_tell_good_from_bad_from_unknown() {
    let gatling = "testdata/results/gatling_stats.json";
    for (args, expected) in [
        (vec![gatling, "--p95", "200ms"], 0),
        (vec![gatling, "--p95", "182ms"], 1),
        (vec![gatling, "--p95", "<=182ms"], 0),
        // Of 3,000 requests 3 failed, which is 0.1%, and not below it.
        (vec![gatling, "--defaults"], 1),
        (vec![gatling, "--defaults", "--error-rate", "0.2%"], 0),
        (vec![gatling, "--throughput", "50/s"], 0),
        (vec![gatling, "--throughput", "50.001/s"], 1),
        (vec![gatling, "--endpoint", "shop / pay:p95=300ms"], 1),
        (vec![gatling, "--endpoint", "shop / pay:p95=400ms"], 0),
        (vec![gatling, "--endpoint", "shop / play:p95=400ms"], 2),
        (vec![gatling, "--p90", "200ms"], 2),
        (vec![gatling, "--p95", "200"], 2),
        // All own limits are kept, and a threshold of k6's own is not.
        (vec![SUMMARY, "--defaults"], 1),
        (vec!["testdata/results/k6_default_summary.json", "--defaults"], 2),
        (vec!["testdata/results/k6_default_summary.json", "--p95", "200ms", "--error-rate", "0.1%"], 0),
        (vec![gatling, LOCUST, "--p95", "200ms"], 1),
        (vec![gatling, gatling, "--p95", "200ms"], 2),
        (vec!["a=testdata/results/gatling_stats.json", "a=testdata/results/locust_stats.csv", "--p95", "1s"], 2),
        (vec!["testdata/results", "--p95", "1s"], 2),
        (vec!["no-such-file.json", "--p95", "1s"], 2),
        (vec!["-", "-", "--p95", "1s"], 2),
    ] {
        let all: Vec<&str> = ["gate"].into_iter().chain(args).collect();
        let output = run(&all);
        assert_eq!(code(&output), expected, "{all:?}: {}{}", out(&output), err(&output));
        assert_eq!(out(&output).is_empty(), expected == 2, "{all:?}");
    }
}

#[test]
fn results_may_come_through_a_pipe() {
    let samples = fs::read(project().join("testdata/results/k6_samples.json")).unwrap();
    let output = piped(&["gate", "-", "--p95", "<=200ms", "--endpoint", "name:/home:p99=199ms"], &samples);
    assert_eq!(code(&output), 0, "{}", err(&output));
    snapshot("gate_piped", &out(&output));
}

/// First run, good run, worse run: only a good run is kept.
#[test]
fn a_baseline_lives_from_good_runs() {
    let folder = tempfile::tempdir().unwrap();
    let (base, now) = (folder.path().join("baseline.json"), folder.path().join("stats.json"));
    let report = fs::read_to_string(project().join("testdata/results/gatling_global_stats.json")).unwrap();
    let gate = |p99: &str, more: &[&str]| {
        fs::write(&now, report.replace("431", p99)).unwrap();
        let mut command = planwise(&["gate", now.to_str().unwrap(), "--baseline", base.to_str().unwrap()]);
        let output = command.args(more).output().unwrap();
        (code(&output), out(&output) + &err(&output))
    };
    let kept = || fs::read_to_string(&base).unwrap();
    let (status, text) = gate("431", &["--p99", "500ms"]);
    assert!(status == 0 && text.contains("first run") && !base.exists(), "{text}");
    // A run that fails is no baseline.
    let (status, text) = gate("431", &["--p99", "400ms", "--update-baseline"]);
    assert!(status == 1 && text.contains("a run that failed is no baseline") && !base.exists(), "{text}");
    let (status, text) = gate("400", &["--p99", "500ms", "--update-baseline"]);
    assert!(status == 0 && text.contains("was written"), "{text}");
    let first = kept();
    // Exactly a tenth more is not more than a tenth.
    let (status, text) = gate("440", &[]);
    assert!(status == 0 && text.contains("+10%") && kept() == first, "{text}");
    let (status, text) = gate("441", &["--update-baseline"]);
    assert!(status == 1 && text.contains("P99 got worse, from 400 ms to 441 ms (+10.3%)") && kept() == first, "{text}");
    assert_eq!(gate("441", &["--regression", "p99=11%"]).0, 0);
    assert_eq!(gate("441", &["--regression", "p99=off"]).0, 0);
    let (status, text) = gate("300", &["--update-baseline"]);
    assert!(status == 0 && text.contains("-25%") && kept() != first, "{text}");
    assert_eq!(gate("400", &[]).0, 1, "it is compared with the last good run");
    // What cannot be read is no first run, and is not written over.
    fs::write(&base, "{").unwrap();
    let (status, text) = gate("400", &["--p99", "500ms", "--update-baseline"]);
    assert!(status == 2 && text.contains("it is no baseline") && kept() == "{", "{text}");
}

#[test]
fn reports_go_into_files() {
    let folder = tempfile::tempdir().unwrap();
    let names = ["json", "markdown", "junit", "table"];
    let outputs: Vec<_> = names.iter().map(|name| format!("{name}={}", folder.path().join(name).display())).collect();
    let mut args = vec!["gate", LOCUST, "--defaults", "--quiet"];
    for output in &outputs {
        args.extend(["--output", output]);
    }
    let output = run(&args);
    assert_eq!(code(&output), 1);
    snapshot("gate_quiet", &out(&output));
    for name in names {
        assert!(fs::metadata(folder.path().join(name)).unwrap().len() > 0, "{name}");
    }
}

/// What is typed counts before the SLO, and the SLO before the principle's limits.
#[test]
fn limits_may_stand_in_an_slo_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shop.yml");
    let slo = "service: shop\nslos:\n  - name: latency_p95\n    target: 182\n    unit: ms\n    window: 30d\n";
    fs::write(&file, slo).unwrap();
    let gate = |more: &[&str]| {
        let args = ["gate", "testdata/results/gatling_stats.json", "--slo", file.to_str().unwrap()];
        let output = planwise(&args).args(more).output().unwrap();
        (code(&output), out(&output) + &err(&output))
    };
    let (status, text) = gate(&[]);
    assert!(status == 0 && text.contains("<= 182 ms  passed (SLO "), "{text}");
    assert_eq!(gate(&["--p95", "182ms"]).0, 1);
    // P95 from the SLO, the error rate of exactly 0.1% from the principle.
    let (status, text) = gate(&["--defaults"]);
    assert!(status == 1 && text.contains("1 of 3 demands not kept"), "{text}");
    assert_eq!(gate(&["--service", "pay"]).0, 2);
}
