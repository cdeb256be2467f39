//! Comments on pull requests, read back by a parser that reads them as GitHub does.

use std::fmt::Write as _;
use std::sync::LazyLock;

use comrak::nodes::NodeValue;
use comrak::{Arena, Options, parse_document};
use serde_json::{Value, json};

use super::formats::full;
use super::support::{check, input, project, snapshot, written};
use crate::finding::Suggestion;
use crate::model::Place;
use crate::policy::Policy;
use crate::report::{self, CommentTerms, Host, Purpose, Retold};
use crate::run::{self, Beside};

const HOSTS: [Host; 4] = [Host::GitHub, Host::GitLab, Host::Azure, Host::Bitbucket];

/// A generator of numbers that is the same everywhere: xorshift, by G. Marsaglia (2003).
pub(super) struct Dice(pub(super) u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(end).unwrap()).unwrap()
    }
}

/// What might end something, or begin something.
const NASTY: &[&str] = &[
    "`",
    "``",
    "```",
    "````\n",
    "~~~",
    "|",
    "\\|",
    "\\",
    "\\\\|",
    "<!--",
    "-->",
    "</details>",
    "<details>",
    "</summary>",
    "<b>",
    "<script>alert(1)</script>",
    "<img src=x onerror=y>",
    "&lt;",
    "&#124;",
    "&amp;",
    "*",
    "**",
    "_",
    "__",
    "~~",
    "[x](http://a.b)",
    "![x](http://a.b/c.png)",
    "<http://a.b>",
    "http://a.b/c",
    "https://a.b",
    "www.a.b",
    "WWW.a.b",
    "ftp://a.b",
    "me@a.b",
    "@team",
    "#12",
    "o/n#12",
    "GH-12",
    "$x$",
    "$$",
    "$`x`$",
    "[^1]",
    "[^1]: x",
    "[a]: http://a.b",
    "\n\n",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "    ",
    "\n    x",
    "\n- x",
    "- ",
    "+ ",
    "1. ",
    "12) ",
    "# ",
    "### x",
    "\n===",
    "\n---",
    "---",
    "> ",
    ">",
    "- [ ] x",
    "|---|---|\n",
    "\n|a|b|\n|---|---|",
    ":-:",
    "/close",
    "\n/merge",
    "\u{0}",
    "\u{7}",
    "\u{1b}[31m",
    "\u{202e}",
    "\u{2028}",
    "\u{feff}",
    "\u{a0}",
    "😀",
    "é",
    "%%",
    "}",
    "{{",
    "end\n",
    "mermaid",
    "http",
    ":",
    "://",
    "!",
    "(",
    ")",
    "\"",
    "'",
    "a",
    "aws_db_instance.a",
    ". ",
    ".",
];

pub(super) fn nasty(dice: &mut Dice, number: usize) -> String {
    let mut text = String::new();
    let pieces = dice.below(6);
    for piece in 0..=pieces {
        if piece == pieces / 2 {
            write!(text, "{number}").unwrap();
        }
        text.push_str(NASTY[dice.below(NASTY.len())]);
    }
    text
}

/// Gives everything in a report that somebody may have chosen another text; keeps what is a word of the format.
fn spoil(value: &mut Value, key: &str, text: &mut impl FnMut() -> String) {
    const WORDS: &[&str] = &[
        "severity",
        "verdict",
        "status",
        "kind",
        "amount",
        "minimum",
        "maximum",
        "margin",
        "expected",
        "schema_version",
        "name",
        "unit",
        "fail_on",
        "version",
        "terraform_version",
        "principle",
        "control",
        "fingerprint",
        "limit",
        "reached",
        "source",
    ];
    match value {
        // Numbers by name: nothing of it stands in a comment, and a text there is `unlimited`.
        Value::Object(_) if key == "measure" => {}
        Value::String(said) if !WORDS.contains(&key) => *said = text(),
        Value::Array(items) => items.iter_mut().for_each(|item| spoil(item, key, text)),
        Value::Object(fields) if ["not_understood", "not_priced"].contains(&key) => {
            *fields = fields.values().cloned().map(|count| (text(), count)).collect();
        }
        Value::Object(fields) => fields.iter_mut().for_each(|(key, value)| spoil(value, key, text)),
        _ => {}
    }
}

/// The made-up report as JSON, with a place and lines to write.
fn awkward() -> Value {
    let mut report = full();
    for told in &mut report.told {
        let finding = &mut told.advice.finding;
        finding.place = Some(Place::line("infra/main.tf", 12));
        finding.inner_place = Some(Place::line("modules/x/main.tf", 3));
        let lines = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect();
        finding.remedies[0].suggestions = vec![Suggestion {
            file: "infra/main.tf".into(),
            line: 12,
            old: lines(&["  a = 1", "  b = 1"]),
            new: lines(&["  a = 2", "  c = 1", "  d = 1"]),
        }];
    }
    let mut value: Value = serde_json::from_str(&written(|out| report::json(&report, out))).unwrap();
    let shop = check("testdata/plans/shop/plan.json");
    let shop: Value = serde_json::from_str(&written(|out| report::json(&shop, out))).unwrap();
    value["cost"] = shop["cost"].clone();
    value["cost"]["after"]["not_priced"] = json!({ "a": 2 });
    for finding in value["findings"].as_array_mut().unwrap() {
        let amount = json!({ "kind": "amount", "amount": "21.9", "minimum": "0", "maximum": "30", "margin": "1", "reason": "a" });
        finding["remedies"][1]["monthly_delta"] = amount;
    }
    value
}

fn retold(value: &Value) -> Retold {
    Retold::read("a.json", value.to_string().as_bytes(), Purpose::Comment).unwrap()
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    let extension = &mut options.extension;
    (extension.table, extension.autolink, extension.strikethrough, extension.tasklist) = (true, true, true, true);
    (extension.footnotes, extension.alerts, extension.math_dollars, extension.math_code) = (true, true, true, true);
    options
}

/// The tags in a piece of HTML, without what stands between them.
fn tags(html: &str) -> String {
    html.split('<').skip(1).filter_map(|part| Some(format!("<{}>", part.split_once('>')?.0))).collect()
}

/// What a page is made of: everything but its words.
pub(super) fn structure(page: &str) -> Vec<String> {
    let arena = Arena::new();
    let mut parts = Vec::new();
    for node in parse_document(&arena, page, &options()).descendants() {
        let depth = node.ancestors().count();
        let part = match &node.data.borrow().value {
            NodeValue::Text(text) => {
                let called = text.split('@').skip(1).any(|rest| rest.starts_with(|c: char| c.is_alphanumeric()));
                assert!(!called, "somebody is called: {text}");
                continue;
            }
            NodeValue::Code(_) | NodeValue::SoftBreak => continue,
            NodeValue::HtmlBlock(block) if block.literal.starts_with("<!-- planwise:report") => "mark".to_owned(),
            NodeValue::HtmlBlock(block) => format!("html {}", tags(&block.literal)),
            NodeValue::HtmlInline(html) => format!("html {html}"),
            NodeValue::CodeBlock(block) => format!("code {} {}", block.info, block.literal.lines().count()),
            NodeValue::Heading(heading) => format!("heading {}", heading.level),
            other => {
                let name = format!("{other:?}");
                name.split([' ', '(', '{']).next().unwrap_or_default().to_owned()
            }
        };
        parts.push(format!("{depth} {part}"));
    }
    parts
}

/// Nothing in a report ends its cell, fence or fold, becomes a link or a picture, or calls anybody: what a comment is made
/// of stays the same, whatever the words are.
#[test]
fn hostile_words_change_no_structure() {
    let sound = awkward();
    let mut plain = sound.clone();
    let mut number = 0;
    spoil(&mut plain, "", &mut || {
        number += 1;
        format!("text {number}")
    });
    let terms = |host| CommentTerms { host, tag: Some("--> <b> `x`".to_owned()) };
    let expected = HOSTS.map(|host| structure(&report::comment(&[retold(&plain)], &terms(host))));
    for (host, parts) in HOSTS.iter().zip(&expected) {
        let count = |word: &str| parts.iter().filter(|part| part.ends_with(word)).count();
        // Of four tables one is of all plans, one of findings, two of evidence.
        assert_eq!((count(" Table"), count(" Link"), count(" Image")), (4, 0, 0), "{host:?}: {parts:#?}");
        assert_eq!(parts.iter().any(|part| part.contains("<details>")), *host != Host::Bitbucket, "{host:?}");
    }
    for seed in 1..=400 {
        let mut dice = Dice(0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(seed));
        let mut hostile = sound.clone();
        let mut number = 0;
        spoil(&mut hostile, "", &mut || {
            number += 1;
            nasty(&mut dice, number)
        });
        for (host, expected) in HOSTS.into_iter().zip(&expected) {
            let page = report::comment(&[retold(&hostile)], &terms(host));
            let found = structure(&page);
            let at = found.iter().zip(expected).position(|(found, expected)| found != expected);
            let at = at.unwrap_or_else(|| found.len().min(expected.len()));
            assert_eq!(found.get(at), expected.get(at), "seed {seed}, {host:?}, part {at}:\n{page}");
        }
    }
}

/// Texts of nothing but spaces leave no mark open.
#[test]
fn blank_words_change_no_structure() {
    let sound = awkward();
    let page = |text: &str| {
        let mut report = sound.clone();
        for finding in report["findings"].as_array_mut().unwrap() {
            finding["message"] = text.into();
            finding["remedies"][0]["title"] = text.into();
            finding["remedies"][0]["detail"] = text.into();
            finding["evidence"][0]["value"] = text.into();
        }
        structure(&report::comment(&[retold(&report)], &CommentTerms::default()))
    };
    assert_eq!(page("  \n "), page("text"));
}

/// Whatever there is to say, a comment is no longer than its host takes, and says what it leaves out.
#[test]
fn comments_fit_and_say_what_is_missing() {
    let sound = awkward();
    for (number, length) in [(1, 10), (40, 100), (400, 300), (4_000, 100), (3, 200_000)] {
        let mut report = sound.clone();
        let findings = report["findings"].as_array().unwrap().clone();
        let many: Vec<Value> = (0..number)
            .flat_map(|at| {
                findings.iter().cloned().map(move |mut finding| {
                    finding["address"] = format!("aws_thing.a{at}").into();
                    finding["message"] = "x😀 ".repeat(length / 4).into();
                    finding["working"] = json!(vec!["y".repeat(length); 3]);
                    finding
                })
            })
            .collect();
        report["findings"] = many.into();
        report["notes"] = json!(vec!["z".repeat(length); number]);
        for host in HOSTS {
            let page = report::comment(&[retold(&report)], &CommentTerms { host, tag: None });
            let units: usize = page.encode_utf16().count();
            assert!(units <= host.limit(), "{host:?}: {units} for {number} of {length}");
            assert!(
                page.contains("These plans introduce") && page.contains("resources understood"),
                "{host:?}: {page}"
            );
            let details = page.matches("**1\\. ").count();
            let is_whole = details == 2 * number;
            assert_eq!(
                page.contains("Not shown"),
                !is_whole || units > host.limit() / 2 && page.contains("Not shown"),
                "{host:?}"
            );
        }
    }
}

/// Fifteen findings of one project in one plan; it fails by one of them, or does not.
fn project_of(name: &str, fails: bool) -> Value {
    static SOUND: LazyLock<Value> = LazyLock::new(awkward);
    let mut report = SOUND.clone();
    let plan = report["plans"][0].clone();
    report["plans"] = json!([plan]);
    report["plans"][0]["project"] = name.into();
    let finding = report["findings"][0].clone();
    let findings = (0..15).map(|at| {
        let mut finding = finding.clone();
        finding["address"] = format!("aws_ecs_service.service_number_{at}").into();
        finding["message"] = "This service opens more connections than its database takes at once.".into();
        finding["fails_run"] = fails.into();
        finding
    });
    report["findings"] = findings.collect();
    report["exempted"] = json!([]);
    report["notes"] = json!([]);
    report["summary"]["failed"] = fails.into();
    report
}

/// The more projects there are, the less is told of each; but what there is room for is told, and those that fail are named.
#[test]
fn detail_goes_step_by_step() {
    for number in [36, 40, 150, 300] {
        let runs: Vec<Retold> =
            (0..number).map(|at| retold(&project_of(&format!("project-{at}"), at >= number / 2))).collect();
        for host in [Host::GitHub, Host::Azure] {
            let page = report::comment(&runs, &CommentTerms { host, tag: None });
            let units = page.encode_utf16().count();
            assert!(units <= host.limit() && 3 * units > host.limit(), "{host:?}: {units} for {number}");
            assert!(page.contains("Not shown, to fit into a comment on"), "{host:?}: {number}");
            for at in number / 2..number {
                assert!(page.contains(&format!("| `project-{at}` | **fails** |")), "{host:?}: {at} of {number}");
            }
            let told = page.matches("| Severity | Resource |").count();
            assert!(told == number || number > 40 && told >= 15, "{host:?}: {told} of {number}");
        }
    }
    // Where not all that fail can be named, it is told how many.
    let runs: Vec<Retold> = (0..320).map(|at| retold(&project_of(&format!("project-{at}"), at > 4))).collect();
    let page = report::comment(&runs, &CommentTerms::default());
    assert!(page.contains("\nAnd 20 projects more, of which 15 fail.\n"), "{page}");
}

/// A bill above a limit, and no finding.
fn over_limit(name: &str, plans: usize) -> Value {
    let mut report = project_of(name, false);
    report["findings"] = json!([]);
    report["plans"] = vec![report["plans"][0].clone(); plans].into();
    for plan in 0..plans {
        report["plans"][plan]["project"] = Value::Null;
        report["plans"][plan]["path"] = format!("{name}-{plan}.json").into();
    }
    report["cost"]["guard_rails"] = json!([
        { "name": "max-total", "unit": "amount", "limit": "10", "reached": "812.5", "verdict": "exceeded" },
        { "name": "max-increase", "unit": "amount", "limit": "900", "reached": "12", "verdict": "kept" },
    ]);
    report["summary"]["failed"] = true.into();
    report
}

/// A limit that fails a run is named at the head, with the run, and none of its plans passes.
#[test]
fn limits_that_fail_a_run_stand_at_the_head() {
    let sound = project_of("sound", false);
    let page = report::comment(
        &[over_limit("one", 1), over_limit("two", 2), sound].map(|run| retold(&run)),
        &CommentTerms::default(),
    );
    let (head, rest) = page.split_once("| Plan | Verdict |").unwrap();
    let limit = "**Max-total 10 is exceeded: \\$812.50 a month, and \\$10.00 are allowed.**";
    assert!(
        head.contains("### planwise: 3 of 4 plans fail.") && head.contains("2 limits of the bill are exceeded"),
        "{head}"
    );
    assert!(head.contains(&format!("\n`one-0.json`: {limit}\n")), "{head}");
    assert!(head.contains(&format!("\n`two-0.json` and `two-1.json`: {limit}\n")), "{head}");
    assert!(
        head.contains("\n`two-0.json` and `two-1.json`: Max-increase 900 is kept: \\$12.00 more a month.\n"),
        "{head}"
    );
    assert_eq!(rest.matches("| **fails** (limit of the bill) |").count(), 3, "{rest}");
    assert_eq!(rest.matches("| passes |").count(), 1, "{rest}");
    // Several plans of one run alike.
    let page = report::comment(&[retold(&over_limit("two", 2))], &CommentTerms::default());
    assert!(page.contains("**The check fails.**") && page.contains(limit) && !page.contains("passes"), "{page}");
}

/// What was read in part, or not at all, is not clean.
#[test]
fn a_plan_that_nobody_understood_is_not_clean() {
    let mut clean = project_of("clean", false);
    clean["findings"] = json!([]);
    clean.as_object_mut().unwrap().remove("cost");
    for (field, value) in [("errored", false.into()), ("complete", Value::Null), ("understood", 1.into())] {
        clean["plans"][0][field] = value;
    }
    assert!(retold(&clean).is_clean());
    for (field, value) in [("errored", true.into()), ("complete", false.into()), ("understood", 0.into())] {
        let mut partial = clean.clone();
        partial["plans"][0]["resources"] = 3.into();
        partial["plans"][0][field] = value;
        assert!(!retold(&partial).is_clean(), "{field}");
    }
}

/// Amounts of one currency are added up, those of two stand beside each other, and what is read twice is told.
#[test]
fn bills_add_up_by_currency() {
    let of = |name: &str, currency: &str| {
        let mut report = project_of(name, false);
        report["cost"]["currency"] = currency.into();
        retold(&report)
    };
    let of_two = report::comment(&[of("a", "USD"), of("b", "EUR"), of("c", "EUR")], &CommentTerms::default());
    let bills: Vec<&str> = of_two.lines().filter(|line| line.starts_with("**Monthly cost")).collect();
    let [dollars, euros] = bills.as_slice() else { panic!("{bills:?}") };
    let dollars_alone = report::comment(&[of("a", "USD")], &CommentTerms::default());
    let euros_alone = report::comment(&[of("b", "EUR"), of("c", "EUR")], &CommentTerms::default());
    assert!(dollars_alone.contains(dollars) && euros_alone.contains(euros), "{bills:?}");
    assert!(dollars.contains('$') && euros.contains("EUR "), "{bills:?}");
    assert!(!of_two.contains("counts each time"), "{of_two}");
    let twice = report::comment(&[of("a", "USD"), of("a", "USD")], &CommentTerms::default());
    assert!(
        twice.contains("\n> `a`: its plan `a.json` is read 2 times, and counts each time: leave out all but one\n"),
        "{twice}"
    );
}

/// A pipe in a name has a sign before it in tables alone.
#[test]
fn pipes_are_told_apart_in_tables_only() {
    let mut report = project_of("shop", true);
    let address = "aws_ecs_service.api[\"x|y\"]";
    report["findings"] = json!([report["findings"][0]]);
    report["findings"][0]["address"] = address.into();
    report["findings"][0]["message"] = format!("{address} opens too many connections").into();
    let page = report::comment(&[retold(&report)], &CommentTerms::default());
    let (table, other): (Vec<&str>, Vec<&str>) =
        page.lines().filter(|line| line.contains("api[\"x")).partition(|line| line.starts_with('|'));
    assert!(
        !table.is_empty() && table.iter().all(|line| line.contains("`aws_ecs_service.api[\"x\\|y\"]`")),
        "{table:?}"
    );
    assert!(other.len() > 1 && other.iter().all(|line| line.contains(address)), "{other:?}");
}

/// What could not be analysed stands before all others, with the reason, and can be held against nothing.
#[test]
fn what_could_not_be_analysed_stands_first() {
    let refused = written(|out| {
        report::json_refusal("plan.json", Some("broken"), "plan.json: it ends | early\n  hint: @me", out)
    });
    let read = |purpose| Retold::read("x.json", refused.as_bytes(), purpose);
    let broken = || read(Purpose::Comment).unwrap();
    assert!(!broken().is_clean());
    let runs = [retold(&project_of("shop", true)), broken()];
    for host in HOSTS {
        let page = report::comment(&runs, &CommentTerms { host, tag: None });
        assert!(page.contains("### planwise: 2 of 2 projects fail."), "{page}");
        assert!(page.contains("; 1 plan could not be analysed\n"), "{page}");
        assert!(
            page.contains("\n**`broken` could not be analysed:** plan.json: it ends \\| early   hint: @\u{200b}me.\n"),
            "{page}"
        );
        let (broken, shop) = (page.find("| `broken` | **not analysed** |"), page.find("| `shop` | **fails** |"));
        assert!(broken.is_some() && broken < shop, "{page}");
    }
    let alone = report::comment(&[broken()], &CommentTerms::default());
    assert!(
        alone.contains("### planwise: This plan could not be analysed\n") && !alone.contains("understood"),
        "{alone}"
    );
    let said = read(Purpose::Diff).unwrap_err().to_string();
    assert!(said.starts_with("x.json: its plan could not be analysed: plan.json: it ends | early\\n"), "{said}");
}

/// Many projects in one comment: the worst first, each in the table, what they cost added up.
#[test]
fn many_projects_make_one_comment() {
    let of = |path: &str, project: Option<&str>| {
        let mut report = check(path);
        report.plans[0].project = project.map(str::to_owned);
        let text = written(|out| report::json(&report, out));
        Retold::read("report.json", text.as_bytes(), Purpose::Comment).unwrap()
    };
    let runs = [
        of("testdata/plans/shop-repaired/plan.json", Some("repaired")),
        of("testdata/plans/shop-update/plan.json", Some("update")),
        of("testdata/plans/traps/plan.json", Some("traps")),
        of("testdata/plans/n8n/plan.json", Some("n8n")),
    ];
    for (name, host) in [("many", Host::GitHub), ("many.bitbucket", Host::Bitbucket)] {
        let page = report::comment(&runs, &CommentTerms { host, tag: Some("all".to_owned()) });
        snapshot("report", &format!("{name}.comment"), &page);
    }
    assert!(!runs[0].is_clean() || !runs[1].is_clean());
}

/// One run gives the same comment from its report as from its JSON.
#[test]
fn a_report_and_its_json_give_the_same_comment() {
    for name in ["shop", "shop-update", "running", "first-apply"] {
        let report = check(&format!("testdata/plans/{name}/plan.json"));
        let json = written(|out| report::json(&report, out));
        let run = Retold::read("report.json", json.as_bytes(), Purpose::Comment).unwrap();
        assert_eq!(report::comment(&[run], &CommentTerms::default()), written(|out| report::markdown(&report, out)));
    }
}

#[test]
fn what_is_no_report_says_what_it_is() {
    let whole = awkward().to_string();
    let change = |from: &str, to: &str| {
        assert!(whole.contains(from), "{from}");
        whole.replacen(from, to, 1).into_bytes()
    };
    let texts: Vec<Vec<u8>> = vec![
        b"".to_vec(),
        b" \n".to_vec(),
        b"\xff\xfe{\0}\0".to_vec(),
        b"[]".to_vec(),
        b"7".to_vec(),
        b"{}".to_vec(),
        b"{".to_vec(),
        b"planwise: no problem found".to_vec(),
        br#"{"schema_version":1}"#.to_vec(),
        br#"{"format_version":"1.2"}"#.to_vec(),
        br#"{"schema_version":"1.0","totals":{}}"#.to_vec(),
        br#"{"schema_version":"2.0","plans":[]}"#.to_vec(),
        br#"{"schema_version":"2\u001b[31m and much more than a version","plans":[]}"#.to_vec(),
        br#"{"schema_version":"1.0","plans":[],"changes":[],"summary":{}}"#.to_vec(),
        br#"{"schema_version":"1.0","plans":[],"findings":[],"summary":{}}"#.to_vec(),
        whole.as_bytes()[..whole.len() / 2].to_vec(),
        format!("{whole}{whole}").into_bytes(),
        change(r#""severity":"high""#, r#""severity":"awful""#),
        change(r#""verdict":"violation""#, r#""verdict":"perhaps""#),
        change(r#""status":"introduced""#, r#""status":"new""#),
        change(r#""fail_on":"high""#, r#""fail_on":"mild""#),
        change(r#""maximum":"30""#, r#""maximum":"about 30""#),
        change(r#""plan":0"#, r#""plan":7"#),
    ];
    for (purpose, name) in [(Purpose::Comment, "no-report.comment"), (Purpose::Diff, "no-report.diff")] {
        let told = texts.iter().map(|text| Retold::read("x.json", text, purpose).unwrap_err().to_string());
        snapshot("report", name, &told.collect::<Vec<_>>().join("\n"));
    }
}

/// Does something to every object in a document, one at a time; `path` is where it is.
fn each_object(value: &mut Value, path: &str, see: &mut impl FnMut(&str, &mut serde_json::Map<String, Value>)) {
    match value {
        Value::Object(fields) => {
            see(path, fields);
            fields.iter_mut().for_each(|(key, value)| each_object(value, &format!("{path}.{key}"), see));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| each_object(item, path, see)),
        _ => {}
    }
}

/// What a later version adds is not in the way, wherever it stands.
#[test]
fn what_is_new_is_stepped_over() {
    let mut later = awkward();
    let page = report::comment(&[retold(&later)], &CommentTerms::default());
    later["schema_version"] = "1.9".into();
    let mut number = 0;
    each_object(&mut later, "", &mut |path, fields| {
        // These hold names, and what stands there is a part of the report.
        if !["measure", "not_understood", "not_priced", "incomplete"].iter().any(|name| path.ends_with(name)) {
            fields.insert("something".to_owned(), json!([1, null, "new"]));
            number += 1;
        }
    });
    // A bill is told from a report by this.
    later["totals"] = json!({});
    assert!(number > 30, "{number}");
    assert_eq!(report::comment(&[retold(&later)], &CommentTerms::default()), page);
}

/// A field may be missing where the first version did not have it, or where nobody reads it; nowhere else.
#[test]
fn what_is_missing_is_refused_unless_it_came_later() {
    let sound = awkward();
    let mut fields: Vec<(String, String)> = Vec::new();
    each_object(&mut sound.clone(), "", &mut |path, object| {
        let names = object.keys().map(|name| (path.to_owned(), name.clone()));
        fields.extend(names.filter(|_| !path.ends_with("measure") && !path.ends_with("not_understood")));
    });
    fields.sort();
    fields.dedup();
    let mut needed = Vec::new();
    for (at, name) in &fields {
        let mut less = sound.clone();
        each_object(&mut less, "", &mut |path, object| {
            if path == at {
                object.remove(name);
            }
        });
        let results = [Purpose::Comment, Purpose::Diff]
            .map(|purpose| Retold::read("x.json", less.to_string().as_bytes(), purpose).map_err(|e| e.to_string()));
        match results {
            [Ok(_), Ok(_)] => {}
            [Err(said), Err(_)] => {
                let is_told = [&format!("missing field `{name}` at line 1 column "), &format!("it has no {name}\n")];
                assert!(is_told.iter().any(|told| said.contains(*told)) || name == "kind", "{at}.{name}: {said}");
                needed.push(format!("{at}.{name}"));
            }
            [comment, diff] => panic!("{at}.{name}: {comment:?} and {diff:?}"),
        }
    }
    snapshot("report", "needed-fields", &needed.join("\n"));
    let page = std::fs::read_to_string(project("docs/json.md")).unwrap();
    let (_, line) = page.split_once("- May be missing: ").unwrap();
    let (line, _) = line.split_once("\n- ").unwrap();
    let documented: Vec<&str> = line.split('`').skip(1).step_by(2).collect();
    for name in &documented {
        assert!(!needed.contains(&format!(".{name}")), "{name}");
    }
    for name in ["config", "exempted", "cost", "findings.place", "plans.project", "summary.left_out"] {
        assert!(documented.contains(&name), "{name}");
    }
}

/// The neighbourhoods of the worst new findings are drawn where they are small, and only where somebody asks.
#[test]
fn small_neighbourhoods_are_drawn() {
    let drawn = |pictures| {
        let beside = Beside { pictures, ..Beside::default() };
        let inputs = vec![input("testdata/plans/shop/plan.json")];
        let mut report =
            run::check_beside(inputs, &Policy::default(), &crate::facts::Declarations::default(), beside).unwrap();
        assert!(report.pictures.values().all(|picture| (2..=12).contains(&picture.nodes.len())));
        HOSTS.map(|host| {
            report.host = host;
            written(|out| report::markdown(&report, out)).matches("```mermaid\nflowchart LR\n").count()
        })
    };
    let [github, gitlab, azure, bitbucket] = drawn(true);
    assert!((1..=3).contains(&github) && github == gitlab, "{github}");
    assert_eq!((azure, bitbucket), (0, 0));
    assert_eq!(drawn(false), [0; 4]);
}
