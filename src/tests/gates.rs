//! Results of load tests: what each kind of file tells, to the last digit, and what no file may pass for.

use std::fs;
use std::io::Write as _;

use super::docs::validate;
use super::support::{entries, project, snapshot, written};
use crate::gate::{
    Against, Allowance, Baseline, Bound, Format, GateError, Judgement, Limit, Metric, Options, Origin, Percentile, Run,
    Source, Terms, defaults, judge, positions, read,
};
use crate::report::{self, Style};
use crate::units::plain;

fn bytes(file: &str) -> Vec<u8> {
    fs::read(project("testdata/results").join(file)).unwrap()
}

fn read_as(file: &str, bytes: Vec<u8>, options: &Options) -> Result<Run, GateError> {
    read(Source::bytes(file, bytes), options)
}

fn run_of(file: &str) -> Run {
    read_as(file, bytes(file), &Options::default()).unwrap()
}

/// What a run tells: `p95 187.432`, `error-rate 0.0007`.
fn told(run: &Run, endpoint: Option<&str>) -> Vec<String> {
    let measures = endpoint.map_or(&run.whole, |name| run.endpoints_named(name).next().unwrap());
    measures.values.iter().map(|(metric, reading)| format!("{} {}", metric.key(), plain(reading.value))).collect()
}

fn endpoints(run: &Run) -> Vec<&str> {
    run.endpoints.iter().map(|endpoint| endpoint.name.as_str()).collect()
}

const K6_WHOLE: [&str; 7] =
    ["p50 38.25", "p90 140.018", "p95 187.432", "p99 412.9", "p100 812.774", "error-rate 0.0007", "throughput 83.2"];

#[test]
fn a_summary_and_its_export_tell_the_same() {
    for (file, format) in [("k6_handle_summary.json", Format::K6Summary), ("k6_summary_export.json", Format::K6Export)]
    {
        let run = run_of(file);
        assert_eq!((run.format, run.whole.requests), (format, Some(10_000)), "{file}");
        assert_eq!(told(&run, None), K6_WHOLE, "{file}");
        assert_eq!(endpoints(&run), ["name:/checkout"], "{file}");
        // 6 of 1,200 requests failed.
        assert!(told(&run, Some("name:/checkout")).contains(&"error-rate 0.005".to_owned()), "{file}");
        // In one file `true` is good, in the other bad.
        let own: Vec<_> =
            run.own.iter().map(|own| (own.metric.as_str(), own.expression.as_str(), own.passed)).collect();
        assert_eq!(
            own,
            [
                ("http_req_failed", "rate<0.001", Some(true)),
                ("http_req_duration", "p(95)<200", Some(true)),
                ("http_req_duration{name:/checkout}", "p(95)<300", Some(false)),
                ("http_req_failed{name:/checkout}", "rate<0.01", Some(true)),
            ],
            "{file}"
        );
    }
}

/// k6 writes zeros for what has a threshold and was never called.
#[test]
fn what_was_never_called_is_not_fast() {
    let zeros = r#"{ "values": { "avg": 0, "min": 0, "med": 0, "max": 0, "p(90)": 0, "p(95)": 0, "p(99)": 0 } }"#;
    let idle =
        format!(r#"{{ "metrics": {{ "http_req_duration": {zeros}, "http_req_duration{{name:/pay}}": {zeros} }} }}"#);
    let error = read_as("idle.json", idle.into_bytes(), &Options::default()).unwrap_err().to_string();
    assert!(error.contains("the run made no requests"), "{error}");
    let text = String::from_utf8(bytes("k6_handle_summary.json")).unwrap();
    let text =
        text.replacen(r#""metrics": {"#, &format!(r#""metrics": {{ "http_req_duration{{name:/pay}}": {zeros},"#), 1);
    let run = read_as("part.json", text.into_bytes(), &Options::default()).unwrap();
    assert_eq!(endpoints(&run), ["name:/checkout"]);
}

#[test]
fn a_machine_readable_summary_has_no_p99_in_either_spelling() {
    let text = String::from_utf8(bytes("k6_machine_readable.json")).unwrap();
    for text in [text.clone(), text.replace("p(95)", "p95").replace("p(90)", "p90")] {
        let run = read_as("c.json", text.into_bytes(), &Options::default()).unwrap();
        assert_eq!((run.format, run.whole.requests), (Format::K6Machine, Some(10_000)));
        // 10,000 requests in 120 seconds are 83.333… by the second.
        let expected =
            ["p50 38.25", "p90 140.018", "p95 187.432", "p100 812.774", "error-rate 0.0007", "throughput 83.333333333"];
        assert_eq!(told(&run, None), expected);
        let error = judge(vec![run], &Terms { limits: defaults(), against: None }).unwrap_err().to_string();
        assert!(error.contains("holds no P99") && error.contains("--new-machine-readable-summary=false"), "{error}");
    }
}

/// 21 requests took 10, 20, … 210 ms, one after the other within 20 seconds; the slowest failed.
///
/// P50 is at 0.5 × 20 = 10: 110. P95 at 19: 200. P99 at 19.8: 200 + 0.8 × 10 = 208. The first request took 70 ms, so the run
/// lasts 20.07 s, and 21 / 20.07 is 1.046337818….
#[test]
fn samples_are_counted() {
    let expected = [
        "p50 110",
        "p90 190",
        "p95 200",
        "p99 208",
        "p100 210",
        "error-rate 0.0476190476190476190476190476",
        "throughput 1.046337818",
    ];
    let plain = bytes("k6_samples.json");
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(&plain).unwrap();
    let packed = packed.finish().unwrap();
    let marked = [b"\xEF\xBB\xBF".to_vec(), plain.clone()].concat();
    let old = String::from_utf8(plain.clone()).unwrap().replace('\n', "\r\n").into_bytes();
    for (name, bytes) in [("plain", plain), ("gzip", packed), ("with a mark", marked), ("with other line ends", old)] {
        let run = read_as(name, bytes, &Options::default()).unwrap();
        assert_eq!((run.format, run.whole.requests), (Format::K6Lines, Some(21)), "{name}");
        assert_eq!(told(&run, None), expected, "{name}");
        assert_eq!(endpoints(&run), ["group:::pay", "name:/checkout", "name:/home"], "{name}");
        // 70, 140 and 210 ms: P95 is at 1.9, so 140 + 0.9 × 70.
        let checkout = told(&run, Some("name:/checkout"));
        assert_eq!(checkout[2..4], ["p95 203", "p99 208.6"], "{name}");
        assert_eq!(run.own.len(), 2);
        assert!(run.own.iter().all(|own| own.passed.is_none()));
    }
}

#[test]
fn samples_are_counted_by_any_tags() {
    let wanted = ["status:500", "name:/home,method:GET", "scenario:other"].map(str::to_owned).to_vec();
    let options = Options { endpoints: wanted, ..Options::default() };
    let run = read_as("samples", bytes("k6_samples.json"), &options).unwrap();
    assert_eq!(run.endpoints_named("status:500").next().unwrap().requests, Some(1));
    assert_eq!(run.endpoints_named("name:/home,method:GET").next().unwrap().requests, Some(18));
    assert_eq!(run.endpoints_named("scenario:other").next(), None, "what was not called is no fast endpoint");
}

/// Older versions of k6 write the metric's name last.
#[test]
fn samples_may_name_their_metric_last() {
    let text = String::from_utf8(bytes("k6_samples.json")).unwrap();
    let turned: Vec<_> = text
        .lines()
        .map(|line| match line.strip_prefix("{\"metric\":\"").and_then(|rest| rest.split_once("\",")) {
            Some((metric, rest)) => format!("{{{},\"metric\":\"{metric}\"}}", rest.strip_suffix('}').unwrap()),
            None => line.to_owned(),
        })
        .collect();
    let run = read_as("turned", turned.join("\n").into_bytes(), &Options::default()).unwrap();
    assert_eq!(told(&run, None), told(&run_of("k6_samples.json"), None));
}

#[test]
fn many_names_are_told_together() {
    use std::fmt::Write as _;
    let mut text = String::new();
    for id in 0..300 {
        writeln!(
            text,
            r#"{{"metric":"http_req_duration","type":"Point","data":{{"time":"2026-11-29T10:00:00Z","value":{id},"tags":{{"name":"/{id}"}}}}}}"#
        )
        .unwrap();
    }
    let options = Options { endpoints: vec!["name:/299".to_owned()], ..Options::default() };
    let run = read_as("ids", text.into_bytes(), &options).unwrap();
    assert_eq!((run.whole.requests, run.endpoints.len()), (Some(300), 201));
    assert!(run.endpoints_named("name:/299").next().is_some(), "what is asked for is counted in any case");
    assert!(run.notes.iter().any(|note| note.contains("more than 200 names")), "{:?}", run.notes);
}

/// Made by Locust 2.47.0: see testdata/README.md.
#[test]
fn locust_rounds() {
    let run = run_of("locust_stats.csv");
    assert_eq!((run.format, run.whole.requests), (Format::Locust, Some(846)));
    let expected = [
        "p50 9",
        "p66 32",
        "p75 44",
        "p80 73",
        "p90 130",
        "p95 250",
        "p98 300",
        "p99 600",
        "p99.9 620",
        "p99.99 620",
        // 3 of 846.
        "error-rate 0.0035460992907801418439716312",
        "throughput 44.461798242682086",
    ];
    assert_eq!(told(&run, None), expected);
    assert_eq!(endpoints(&run), ["GET /", "GET /search", "POST /checkout, step 1"]);
    let p95 = run.whole.values[&Metric::Percentile(Percentile::P95)];
    assert_eq!((plain(p95.low), plain(p95.high)), ("245".to_owned(), "255".to_owned()));
    // A limit within what rounding hides is told as such.
    let limit = |text: &str| Limit {
        bound: Bound::parse(Metric::Percentile(Percentile::P95), text).unwrap(),
        endpoint: None,
        origin: Origin::Typed,
    };
    let judged = judge(vec![run], &Terms { limits: vec![limit("252ms"), limit("300ms")], against: None }).unwrap();
    let close: Vec<_> = judged.runs[0].checks.iter().map(|check| (check.passed, check.is_close)).collect();
    assert_eq!(close, [(true, true), (true, false)]);
}

/// The total is the last row, whatever stands where it has no type; a request may be called as it is.
#[test]
fn the_last_row_of_locust_is_the_total() {
    let text = String::from_utf8(bytes("locust_stats.csv")).unwrap();
    let read = |text: &str| read_as("l", text.as_bytes().to_vec(), &Options::default());
    let typed = read(&text.replace("\n,Aggregated", "\nNone,Aggregated")).unwrap();
    assert_eq!((typed.whole.requests, endpoints(&typed)), (Some(846), endpoints(&run_of("locust_stats.csv"))));
    let called = read(&text.replace("\nGET,/search,", "\n,Aggregated,")).unwrap();
    assert_eq!(called.whole.requests, Some(846));
    assert_eq!(endpoints(&called), ["Aggregated", "GET /", "POST /checkout, step 1"]);
    let (before, _) = text.split_once("\n,Aggregated").unwrap();
    let cut = read(&before.replace("\nGET,/search,", "\n,Aggregated,")).unwrap_err().to_string();
    assert!(cut.contains("which is the last, is not there"), "{cut}");
}

#[test]
fn numbers_of_gatling_may_be_texts() {
    for file in ["gatling_stats.json", "gatling_old_stats.json", "gatling_global_stats.json"] {
        let run = run_of(file);
        assert_eq!((run.format, run.whole.requests), (Format::Gatling, Some(3_000)), "{file}");
        let expected = ["p50 41", "p75 66", "p95 182", "p99 431", "error-rate 0.001", "throughput 50"];
        assert_eq!(told(&run, None), expected, "{file}");
        assert!(run.notes[0].contains("P50, P75, P95 and P99"), "{file}: {:?}", run.notes);
    }
    let run = run_of("gatling_stats.json");
    assert_eq!(endpoints(&run), ["home", "shop", "shop / pay"]);
    assert_eq!(told(&run, Some("shop / pay"))[4], "error-rate 0.003");
}

#[test]
fn the_order_of_percentiles_is_configured() {
    let options = |list: &str| Options { percentiles: Some(positions(list).unwrap()), ..Options::default() };
    let run = read_as("g", bytes("gatling_stats.json"), &options("50,90,99,99.9")).unwrap();
    assert_eq!(told(&run, None)[..4], ["p50 41", "p90 66", "p99 182", "p99.9 431"]);
    assert!(run.notes.is_empty());
    let run = read_as("j", bytes("jmeter_statistics.json"), &options("95,99,99.9")).unwrap();
    assert_eq!(told(&run, None)[..4], ["p50 31", "p95 150", "p99 198.95", "p99.9 420.99"]);
    for (file, list) in [("gatling_stats.json", "95,99"), ("jmeter_statistics.json", "50,75,95,99")] {
        let error = read_as(file, bytes(file), &options(list)).unwrap_err().to_string();
        assert!(error.contains("percentiles, and "), "{error}");
    }
    // The first versions of Gatling had two places, for P95 and P99.
    let text = String::from_utf8(bytes("gatling_global_stats.json")).unwrap();
    let text = text.replace("percentiles3", "other3").replace("percentiles4", "other4");
    let run = read_as("old", text.into_bytes(), &Options::default()).unwrap();
    assert_eq!(told(&run, None)[..2], ["p95 41", "p99 66"]);
}

#[test]
fn jmeter_counts_what_failed() {
    let run = run_of("jmeter_statistics.json");
    assert_eq!((run.format, run.whole.requests), (Format::JMeter, Some(4_000)));
    // 3 of 4,000: the file's own errorPct is in percent.
    let expected = ["p50 31", "p90 150", "p95 198.95", "p99 420.99", "error-rate 0.00075", "throughput 66.62"];
    assert_eq!(told(&run, None), expected);
    assert_eq!(endpoints(&run), ["HTTP home", "HTTP pay"]);
    // Without its texts JMeter calls the total by the key of its name.
    let text = String::from_utf8(bytes("jmeter_statistics.json")).unwrap();
    let text = text.replace("\"Total\"", "\"[res_key=reportgenerator_summary_total]\"");
    let text = text.replace("\"HTTP home\"", "\"Total\"");
    let run = read_as("untold", text.into_bytes(), &Options::default()).unwrap();
    assert_eq!((told(&run, None), endpoints(&run)), (expected.map(str::to_owned).to_vec(), vec!["HTTP pay", "Total"]));
}

/// A file that does not tell what is asked for is refused, with what to do; never is it taken for a good run.
#[test]
fn what_is_no_result_is_refused() {
    let mut all = String::new();
    for path in entries(&project("testdata/results/refused")) {
        let name = path.file_name().unwrap().to_str().unwrap();
        let error = read_as(name, fs::read(&path).unwrap(), &Options::default()).unwrap_err().to_string();
        assert!(error.starts_with(&format!("{name}: ")) && error.contains("\n  hint: "), "{error}");
        all.push_str(&error);
        all.push('\n');
    }
    snapshot("gate", "refused", &all);
}

/// Whatever is left of a file tells the same as the whole, or nothing.
#[test]
fn a_file_that_is_cut_off_tells_nothing_else() {
    for path in entries(&project("testdata/results")).into_iter().filter(|path| path.is_file()) {
        let name = path.file_name().unwrap().to_str().unwrap();
        let whole = fs::read(&path).unwrap();
        let text = whole.trim_ascii_end().len();
        let expected = told(&run_of(name), None);
        // Of a long file, each byte near its end, and some before.
        let near = whole.len().saturating_sub(1_500);
        for end in (0..whole.len()).filter(|end| *end > near || end % 29 == 0) {
            let Ok(run) = read_as(name, whole[..end].to_vec(), &Options::default()) else { continue };
            // Of samples, those before a line's end are a run of their own.
            let is_run_of_its_own =
                run.format == Format::K6Lines && matches!(whole[end], b'\n') || whole[end - 1] == b'\n';
            // Of a table, half of the last column is not used.
            let is_last_column = run.format == Format::Locust && end + 4 >= text;
            let may_be = end >= text || is_run_of_its_own || is_last_column;
            assert!(may_be, "{name}: the first {end} bytes are taken for a run");
            if !is_run_of_its_own || end >= text {
                assert_eq!(told(&run, None), expected, "{name} at {end}");
            }
        }
    }
}

/// A byte, changed: an error or a run, and never the end of the program.
#[test]
fn damaged_files_break_nothing() {
    for file in ["k6_default_summary.json", "locust_stats.csv", "gatling_old_stats.json", "jmeter_statistics.json"] {
        let whole = bytes(file);
        for at in (0..whole.len()).step_by(7) {
            for byte in [b'"', b'}', b'9', 0xFF] {
                let mut damaged = whole.clone();
                damaged[at] = byte;
                let _ = read_as(file, damaged, &Options::default());
            }
        }
    }
}

#[test]
fn names_cannot_write_on_the_terminal() {
    let text = String::from_utf8(bytes("jmeter_statistics.json")).unwrap();
    let text = text.replace("\"HTTP pay\" :", "\"x\" :").replace("\"HTTP pay\": {", "\"a\\u001b[31m|<b>\\n\": {");
    let run = read_as("j", text.into_bytes(), &Options::default()).unwrap();
    assert!(run.endpoints.iter().all(|endpoint| !endpoint.name.contains(char::is_control)), "{:?}", endpoints(&run));
}

fn against(baseline: Option<Baseline>, allowed: &[&str]) -> Against {
    let allowed: Vec<_> = allowed.iter().map(|text| Allowance::parse(text).unwrap()).collect();
    Against { name: "baseline.json".to_owned(), baseline, allowed: Allowance::settle(&allowed) }
}

/// A run against the principle's limits and a baseline that was better; with an endpoint, and with k6's own thresholds.
fn awkward() -> Judgement {
    let run = run_of("k6_handle_summary.json");
    let mut before = run.clone();
    for (metric, value) in [
        (Metric::Percentile(Percentile::P95), "190"),
        (Metric::Percentile(Percentile::P99), "375.36"),
        (Metric::ErrorRate, "0"),
        (Metric::Throughput, "83.2"),
    ] {
        let reading = crate::gate::Reading::exact(value.parse().unwrap());
        before.whole.values.insert(metric, reading);
    }
    let mut baseline = Baseline::default();
    baseline.record(&before);
    let mut limits = defaults();
    let checkout = |text: &str, origin| Limit {
        bound: Bound::parse(Metric::Percentile(Percentile::P95), text).unwrap(),
        endpoint: Some("name:/checkout".to_owned()),
        origin,
    };
    limits.push(checkout("341.07ms", Origin::Typed));
    limits.push(checkout("<=341.07ms", Origin::Slo("docs/slos/shop.yml: latency".to_owned())));
    let locust = run_of("locust_stats.csv");
    let mut judgement =
        judge(vec![run, locust], &Terms { limits, against: Some(against(Some(baseline), &[])) }).unwrap();
    judgement.shows_endpoints = true;
    judgement.updated = Some(false);
    judgement
}

fn table(judgement: &Judgement, quiet: bool) -> String {
    let mut stream = anstream::StripStream::new(Vec::new());
    report::gate_table(judgement, Style { width: 100, quiet }, &mut stream).unwrap();
    String::from_utf8(stream.into_inner()).unwrap()
}

#[test]
fn every_format_says_it() {
    let judgement = awkward();
    snapshot("gate", "table", &table(&judgement, false));
    snapshot("gate", "quiet", &table(&judgement, true));
    snapshot("gate", "json", &written(|out| report::gate_json(&judgement, out)));
    snapshot("gate", "markdown", &written(|out| report::gate_markdown(&judgement, out)));
    snapshot("gate", "junit", &written(|out| report::gate_junit(&judgement, out)));
}

#[test]
fn the_first_run_says_that_it_is_the_first() {
    let runs = || vec![run_of("k6_samples.json")];
    let first = judge(runs(), &Terms { limits: Vec::new(), against: Some(against(None, &["p99=5%"])) }).unwrap();
    assert!(!first.is_failure());
    snapshot("gate", "first_run", &table(&first, false));
    // Another name is the same run where there is only one.
    let mut baseline = Baseline::default();
    baseline.record(&run_of("k6_default_summary.json"));
    let renamed =
        judge(runs(), &Terms { limits: Vec::new(), against: Some(against(Some(baseline.clone()), &["p99=off"])) })
            .unwrap();
    assert_eq!(renamed.runs[0].compared_with.as_deref(), Some("k6_default_summary.json"));
    baseline.record(&run_of("locust_stats.csv"));
    let unknown = judge(runs(), &Terms { limits: Vec::new(), against: Some(against(Some(baseline), &[])) }).unwrap();
    assert!(table(&unknown, false).contains("first run of k6_samples.json"), "{}", table(&unknown, false));
}

#[test]
fn judgements_follow_their_schema() {
    let first =
        judge(vec![run_of("k6_samples.json")], &Terms { limits: Vec::new(), against: Some(against(None, &[])) })
            .unwrap();
    let bare = judge(vec![run_of("jmeter_statistics.json")], &Terms { limits: defaults(), against: None }).unwrap();
    let all = [("awkward", awkward()), ("first", first), ("bare", bare)];
    let text = all.map(|(name, one)| (name.to_owned(), written(|out| report::gate_json(&one, out))));
    validate("docs/gate.schema.json", text.to_vec());
}

#[test]
fn an_endpoint_that_is_not_there_is_no_fast_one() {
    let limit = |name: &str| Limit { endpoint: Some(name.to_owned()), ..defaults().remove(0) };
    let judged =
        |file: &str, name: &str| judge(vec![run_of(file)], &Terms { limits: vec![limit(name)], against: None });
    let error = judged("locust_stats.csv", "GET /chekcout").unwrap_err().to_string();
    assert!(
        error.contains("there is no endpoint GET /chekcout\n  hint: it has GET /, GET /search and POST"),
        "{error}"
    );
    let error = judged("k6_default_summary.json", "/checkout").unwrap_err().to_string();
    assert!(error.contains("only the parts that a threshold of the test names"), "{error}");
    // Each tool's file has a hint of its own.
    let error = judged("gatling_global_stats.json", "home").unwrap_err().to_string();
    assert!(error.contains("give js/stats.json") && !error.contains("k6"), "{error}");
    for (file, part) in
        [("locust_stats.csv", "Locust"), ("jmeter_statistics.json", "JMeter"), ("k6_samples.json", "samples")]
    {
        let mut run = run_of(file);
        run.endpoints.clear();
        let error = judge(vec![run], &Terms { limits: vec![limit("/home")], against: None }).unwrap_err().to_string();
        assert!(error.contains(part) && error.contains("k6") == (part == "samples"), "{error}");
    }
    // Of several runs, one has to have it.
    let runs = vec![run_of("locust_stats.csv"), run_of("gatling_stats.json")];
    let both = judge(runs, &Terms { limits: vec![limit("home")], against: None }).unwrap();
    assert_eq!(both.runs.iter().map(|run| run.checks.len()).collect::<Vec<_>>(), [0, 1]);
}
