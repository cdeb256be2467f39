//! Plans that nobody writes on purpose, or somebody on bad purpose: they are read in bounded time, or refused, and what
//! is read of them does not depend on the number of threads.

use std::sync::mpsc;
use std::time::Duration;

use serde_json::{Value, json};

use super::fixture::{arguments, block, change, created, input, led_to, plan, read_names};
use super::support::{on_threads, written};
use crate::facts::{Relation, Role};
use crate::graph::NodeId;
use crate::model::{Found, Stage, Why};
use crate::plan::PlanError;
use crate::{report, run};

/// Fails where `work` goes on without end, instead of never coming back. What is measured takes well under a second.
fn ends<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let (done, wait) = mpsc::channel();
    let worker = std::thread::spawn(move || done.send(work()));
    match wait.recv_timeout(Duration::from_secs(60)) {
        Ok(answer) => answer,
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("it does not end"),
        // It has failed, and said why.
        Err(mpsc::RecvTimeoutError::Disconnected) => panic!("{:?}", worker.join().err()),
    }
}

/// What is wrong with a text, and at which byte; nothing where it is a plan.
fn wrong(text: &str) -> Option<(String, usize)> {
    let input = input(text);
    match read_names(&input).map(|plans| plans.len()) {
        Ok(_) => None,
        Err(PlanError::Syntax { problem, byte, .. }) => Some((problem, byte)),
        Err(other) => Some((other.to_string(), 0)),
    }
}

/// As long as to be read by two threads.
fn padding() -> String {
    "y".repeat(1 << 20)
}

/// The state is walked over while another thread checks that it is JSON, so the walk meets brackets that close nothing.
#[test]
fn brackets_that_close_nothing_end_the_walk() {
    let before = r#"{"format_version":"1.2","resource_changes":[],"prior_state":{"values":{"root_module":"#;
    for inside in [r#"{"child_modules":[}"#, r#"{"resources":[}"#, r#"{"resources":[{"address":]}]}"#, "{]}", "[}"] {
        let opened = format!("{before}{inside}");
        let missing = opened.matches(['{', '[']).count() - opened.matches(['}', ']']).count();
        // By the number of its brackets it is whole.
        let text = format!("{opened}{}", "}".repeat(missing));
        let expected = before.len()..before.len() + inside.len();
        let (problem, byte) = ends(move || wrong(&text)).unwrap();
        assert!(expected.contains(&byte), "{inside}: {problem} at {byte}, not in {expected:?}");
    }
}

/// Large inputs are taken apart by their brackets, small ones read from end to end: both say the same.
#[test]
fn a_trailing_comma_is_refused_at_any_size() {
    for padding in [String::new(), padding()] {
        for list in ["[]", r#"[{"address":"aws_sqs_queue.q"}]"#] {
            let whole = format!(r#"{{"format_version":"1.2","x":"{padding}","resource_changes":{list}"#);
            assert_eq!(wrong(&format!("{whole}}}")), None);
            let expected = ("key must be a string".to_owned(), whole.len() + 1);
            assert_eq!(wrong(&format!("{whole},}}")), Some(expected), "{list} behind {}", padding.len());
        }
        let list = format!(r#"{{"format_version":"1.2","x":"{padding}","resource_changes":[{{}}"#);
        assert_eq!(wrong(&format!("{list},]}}")), Some(("expected value".to_owned(), list.len() + 1)));
    }
}

/// A second thread begins where `resource_changes` seems to stand; a key of that name further inside is none of the plan's.
#[test]
fn the_plans_own_changes_are_read() {
    let changes = json!([change("aws_sqs_queue.q", &["create"], Value::Null, json!({ "name": "own" }))]);
    for inner in ["[7]", "[{]", "{}"] {
        // The broken one stands in a text, where it breaks nothing.
        let decoy =
            if inner == "[{]" { json!(format!("\"resource_changes\":{inner}")).to_string() } else { inner.into() };
        let text = format!(
            r#"{{"format_version":"1.2","x":{{"resource_changes":{decoy}}},"y":"{}","resource_changes":{changes}}}"#,
            padding()
        );
        let input = input(&text);
        let plans = read_names(&input).unwrap();
        let names: Vec<_> = plans[0].instances.iter().map(|instance| instance.after.as_deref()).collect();
        assert_eq!(names, [Some("own")], "{inner}");
    }
}

/// Each level takes room on the stack of whoever goes down by calling itself.
#[test]
fn nesting_without_end_fills_no_stack() {
    const TIMES: usize = 50_000;
    let nested = |times: usize, inside: &str| format!("{}{inside}{}", "[".repeat(times), "]".repeat(times));
    // What nobody reads may nest as it likes.
    for key in ["planned_values", "prior_state", "variables", "something_new"] {
        let text = format!(r#"{{"format_version":"1.2","resource_changes":[],"{key}":{}}}"#, nested(TIMES, ""));
        assert_eq!(wrong(&text), None, "{key}");
    }
    let change = format!(r#"{{"format_version":"1.2","resource_changes":[{}]}}"#, nested(TIMES, ""));
    assert_eq!(wrong(&change), None);
    let modules = format!("{}{{}}{}", r#"{"root_module":"#.repeat(TIMES), "}".repeat(TIMES));
    let told = wrong(&format!(r#"{{"format_version":"1.2","planned_values":{modules}}}"#)).unwrap();
    assert_eq!(told.0, "modules are nested more than 128 deep");
    // An expression is looked into as deep as blocks nest, and no deeper.
    let reference = r#"{"references":["aws_vpc.v.id","aws_vpc.v"]}"#;
    for (times, expected) in [(5, 1), (TIMES, 0)] {
        let mut plan = plan(&[created("aws_vpc.v", &["id"]), created("aws_subnet.s", &["vpc_id"])]);
        let subnet = block("aws_subnet.s", &[("vpc_id", &["aws_vpc.v.id", "aws_vpc.v"])]);
        plan["configuration"]["root_module"]["resources"] = json!([block("aws_vpc.v", &[]), subnet]);
        let text = plan.to_string().replace(reference, &nested(times, reference));
        let (hits, _) = led_to(&text, "aws_subnet.s", "vpc_id");
        assert_eq!(hits.len(), expected, "{times}");
    }
}

/// What is no JSON is not called another kind of object, nor one of another version.
#[test]
fn broken_json_is_broken_before_it_is_anything_else() {
    let told = [
        r#"{"foo": [1 2]}"#,
        r#"{"foo": {"resource_changes": [1 2]}}"#,
        r#"{"version": 4, "serial": 1, "lineage": [1 2]}"#,
        r#"{"format_version": "9.0", "resource_changes": [1 2]}"#,
    ];
    for text in told {
        let byte = text.find("2]").unwrap();
        assert_eq!(wrong(text), Some(("expected `,` or `]`".to_owned(), byte)), "{text}");
    }
}

/// A module that takes `in` and gives it back as `out`.
fn passing(source: &[&str], resources: &[Value]) -> Value {
    json!({ "expressions": arguments(&[("in", source)]), "module": {
        "variables": { "in": {} }, "outputs": { "out": { "expression": { "references": ["var.in"] } } }, "resources": resources,
    } })
}

/// So many modules that hand a network on from one to the next, with a subnet in each.
fn chain(length: usize) -> String {
    let subnet = block("aws_subnet.s", &[("vpc_id", &["var.in"])]);
    let mut changes = vec![created("aws_vpc.v", &["id"])];
    let mut calls = json!({});
    for at in 0..length {
        let earlier = at.checked_sub(1).map(|earlier| format!("module.m{earlier}"));
        let output = earlier.as_ref().map(|module| format!("{module}.out"));
        let source = match (&output, &earlier) {
            (Some(output), Some(module)) => vec![output.as_str(), module],
            _ => vec!["aws_vpc.v.id", "aws_vpc.v"],
        };
        calls[format!("m{at}")] = passing(&source, std::slice::from_ref(&subnet));
        changes.push(created(&format!("module.m{at}.aws_subnet.s"), &["id", "vpc_id"]));
    }
    let mut plan = plan(&changes);
    plan["configuration"]["root_module"] = json!({ "resources": [block("aws_vpc.v", &[])], "module_calls": calls });
    plan.to_string()
}

/// A value is handed on further than the stack is deep: whoever is asked first, each finds its end.
#[test]
fn a_long_way_is_gone_to_its_end() {
    const LENGTH: usize = 400;
    let text = chain(LENGTH);
    let drawn = |threads| {
        let text = text.clone();
        ends(move || {
            on_threads(threads, || {
                let graphs = run::graphs(&input(&text), Stage::After).unwrap();
                written(|out| report::graph_json(&graphs[0].picture(None, 0).unwrap(), out))
            })
        })
    };
    let alone = drawn(1);
    assert_eq!(alone, drawn(8));
    let picture: Value = serde_json::from_str(&alone).unwrap();
    let to_network = |edge: &&Value| edge["to"] == "aws_vpc.v" && edge["exact"] == true;
    assert_eq!(picture["edges"].as_array().unwrap().iter().filter(to_network).count(), LENGTH);
}

/// A module around a subnet, and around it another, so deep; each hands on `p` and `q`, both made of both of the outer ones.
fn doubling(depth: usize) -> Value {
    (0..depth).rev().fold(
        json!({ "resources": [block("aws_subnet.a", &[("vpc_id", &["var.p", "var.q"])])] }),
        |inside, level| {
            let sources: &[&str] = if level == 0 { &["local.x"] } else { &["var.p", "var.q"] };
            json!({ "module_calls": { "m": { "expressions": arguments(&[("p", sources), ("q", sources)]), "module": inside } } })
        },
    )
}

/// Each step has two ways, which makes 2^36: each place is gone to once.
#[test]
fn ways_that_double_end() {
    // Nearly as deep as serde reads.
    const DEPTH: usize = 36;
    let address = format!("{}.aws_subnet.a", ["module.m"; DEPTH].join("."));
    let mut plan = plan(&[created(&address, &["id", "vpc_id"])]);
    plan["configuration"]["root_module"] = doubling(DEPTH);
    let text = plan.to_string();
    let (hits, lost) = ends(move || led_to(&text, &address, "vpc_id"));
    assert_eq!((hits, lost), (vec![], vec!["local.x".to_owned()]));
}

/// Terraform forbids it; a broken file may hold it.
#[test]
fn what_goes_round_in_a_circle_ends() {
    let module = |sources: &[(&str, &[&str])]| {
        let outputs = json!({ "p": { "expression": { "references": ["var.p", "var.q"] } }, "q": { "expression": { "references": ["var.q", "var.p"] } } });
        json!({ "expressions": arguments(sources), "module": { "variables": { "p": {}, "q": {} }, "outputs": outputs } })
    };
    let of = |name: &str| [format!("module.{name}.p"), format!("module.{name}.q")];
    let calls = |to: &[&str]| -> Value {
        let last = to.len() - 1;
        let call = |(at, name): (usize, &&str)| {
            let sources = of(to[if at == 0 { last } else { at - 1 }]);
            let sources: Vec<&str> = sources.iter().map(String::as_str).collect();
            ((*name).to_owned(), module(&[("p", &sources), ("q", &sources)]))
        };
        to.iter().enumerate().map(call).collect()
    };
    for circle in [&["a"][..], &["a", "b"], &["a", "b", "c"]] {
        let mut plan = plan(&[created("aws_subnet.s", &["id", "vpc_id"])]);
        let subnet = block("aws_subnet.s", &[("vpc_id", &["module.a.p", "module.a"])]);
        plan["configuration"]["root_module"] = json!({ "resources": [subnet], "module_calls": calls(circle) });
        let text = plan.to_string();
        let (hits, lost) = ends(move || led_to(&text, "aws_subnet.s", "vpc_id"));
        assert_eq!((hits, lost), (vec![], vec!["what is handed round in a circle".to_owned()]), "{circle:?}");
    }
}

/// No resource shows the module that the network's id goes through.
#[test]
fn a_value_is_followed_through_a_module_without_resources() {
    let mut plan = plan(&[
        created("aws_vpc.v", &["id"]),
        created("aws_vpc.w", &["id"]),
        created("aws_subnet.s", &["id", "vpc_id"]),
    ]);
    plan["configuration"]["root_module"] = json!({
        "resources": [
            block("aws_vpc.v", &[]), block("aws_vpc.w", &[]),
            block("aws_subnet.s", &[("vpc_id", &["module.p.out", "module.p"])]),
        ],
        "module_calls": { "p": passing(&["aws_vpc.v.id", "aws_vpc.v"], &[]) },
    });
    let expected = (vec![("aws_vpc.v".to_owned(), Found::Reference)], vec![]);
    assert_eq!(led_to(&plan.to_string(), "aws_subnet.s", "vpc_id"), expected);
}

/// Where `module_address` is there and empty, the address itself tells; not that of the entry before.
#[test]
fn a_module_that_is_null_is_read_off_the_address() {
    let places = ["module.a.", "module.b.", ""];
    let pair = |place: &str| {
        [created(&format!("{place}aws_vpc.v"), &["id"]), created(&format!("{place}aws_subnet.s"), &["vpc_id"])]
    };
    let mut changes: Vec<Value> = places.iter().flat_map(|place| pair(place)).collect();
    for change in &mut changes {
        change["module_address"] = Value::Null;
    }
    let resources =
        json!([block("aws_vpc.v", &[]), block("aws_subnet.s", &[("vpc_id", &["aws_vpc.v.id", "aws_vpc.v"])])]);
    let mut plan = plan(&changes);
    plan["configuration"]["root_module"] = json!({ "resources": resources, "module_calls": {
        "a": { "module": { "resources": resources } }, "b": { "module": { "resources": resources } },
    } });
    for place in places {
        let expected = (vec![(format!("{place}aws_vpc.v"), Found::Reference)], vec![]);
        assert_eq!(led_to(&plan.to_string(), &format!("{place}aws_subnet.s"), "vpc_id"), expected);
    }
}

/// More than one thread takes at a time.
const MANY: usize = 600;

fn many() -> Vec<String> {
    let queue = |at: usize| {
        let name = json!({ "name": format!("n{at}") });
        change(&format!("aws_sqs_queue.q{at:03}"), &["create"], Value::Null, name).to_string()
    };
    (0..MANY).rev().map(queue).collect()
}

fn of_changes(changes: &[String]) -> String {
    format!(r#"{{"format_version":"1.2","resource_changes":[{}]}}"#, changes.join(","))
}

#[test]
fn many_changes_are_read_in_order_by_any_number_of_threads() {
    let input = input(&of_changes(&many()));
    let expected: Vec<_> =
        (0..MANY).map(|at| (format!("aws_sqs_queue.q{at:03}"), Some(format!("n{at}")), Some(MANY - 1 - at))).collect();
    for threads in [1, 8] {
        let plans = on_threads(threads, || read_names(&input).unwrap());
        let found: Vec<_> =
            plans[0].instances.iter().map(|at| (at.address.to_string(), at.after.clone(), at.position)).collect();
        assert_eq!(found, expected, "{threads}");
    }
}

#[test]
fn of_several_errors_the_first_is_told() {
    let mut changes = many();
    for at in [130, 300, 599] {
        changes[at] = r#"{"address":"aws_sqs_queue.broken","change":tru}"#.to_owned();
    }
    let text = of_changes(&changes);
    let first = text.find("tru}").unwrap();
    for threads in [1, 8] {
        let told = on_threads(threads, || wrong(&text)).unwrap();
        assert_eq!(told, ("expected ident".to_owned(), first + 3), "{threads}");
    }
}

/// An identifier is given once. Where many resources have one, each of them is not joined with each that names it.
#[test]
fn resources_of_one_name_are_not_all_joined() {
    let links = |times: usize, written: bool| {
        let network = |at: usize| {
            change(&format!("aws_vpc.v{at}"), &["no-op"], json!({ "id": "vpc-1" }), json!({ "id": "vpc-1" }))
        };
        let subnet = |at: usize| {
            let values = json!({ "id": format!("subnet-{at}"), "vpc_id": "vpc-1" });
            change(&format!("aws_subnet.s{at}"), &["no-op"], values.clone(), values)
        };
        let all: Vec<Value> = (0..times).flat_map(|at| [network(at), subnet(at)]).collect();
        let mut plan = plan(&all);
        if written {
            let blocks = (0..times).flat_map(|at| {
                let (name, id) = (format!("aws_vpc.v{at}"), format!("aws_vpc.v{at}.id"));
                let subnet = block(&format!("aws_subnet.s{at}"), &[("vpc_id", &[id.as_str(), name.as_str()])]);
                [block(&name, &[]), subnet]
            });
            plan["configuration"]["root_module"]["resources"] = blocks.collect();
        }
        let graphs = run::graphs(&input(&plan.to_string()), Stage::After).unwrap();
        let graph = &graphs[0];
        let subnets = graph.having(Role::Subnet);
        assert_eq!(subnets.len(), times);
        let open = |node: &NodeId| graph.open(*node, Relation::InNetwork).map(|open| open.why).collect::<Vec<_>>();
        let told: Vec<_> = subnets.iter().flat_map(open).collect();
        (subnets.iter().map(|node| graph.links(*node, Relation::InNetwork).len()).sum::<usize>(), told)
    };
    assert_eq!(links(1, false), (1, vec![]));
    // Which of three it is cannot be told; each may be.
    assert_eq!(links(3, false), (9, vec![]));
    assert_eq!(links(40, false), (0, vec![Why::Alike; 40]));
    // The configuration tells which is meant, however many there are.
    assert_eq!(links(40, true), (40, vec![]));
}
