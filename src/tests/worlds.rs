//! Which of the two worlds, before and after, an object lands in.

use serde_json::{Value, json};

use super::fixture::{change, input, plan, read_names, stored};
use crate::model::{Action, Mode};

/// Of each instance its address, and its name before and after.
fn worlds(plan: &Value) -> Vec<(String, Option<String>, Option<String>)> {
    let input = input(&plan.to_string());
    let plans = read_names(&input).unwrap();
    let [plan] = plans.as_slice() else { panic!("one plan") };
    let of = |at: &crate::plan::Instance<String>| (at.address.to_string(), at.before.clone(), at.after.clone());
    plan.instances.iter().map(of).collect()
}

fn named(name: &str) -> Value {
    json!({ "name": name })
}

fn row(address: &str, before: &str, after: &str) -> (String, Option<String>, Option<String>) {
    let side = |name: &str| (!name.is_empty()).then(|| name.to_owned());
    (address.to_owned(), side(before), side(after))
}

#[test]
fn every_action_lands_where_it_belongs() {
    let none = Value::Null;
    let changes = [
        change("aws_sqs_queue.created", &["create"], none.clone(), named("new")),
        change("aws_sqs_queue.deleted", &["delete"], named("old"), none.clone()),
        change("aws_sqs_queue.forgotten", &["forget"], named("old"), none.clone()),
        change("aws_sqs_queue.kept", &["no-op"], named("same"), named("same")),
        change("aws_sqs_queue.replaced", &["delete", "create"], named("old"), named("new")),
        change("aws_sqs_queue.replaced_later", &["create", "delete"], named("old"), named("new")),
        change("aws_sqs_queue.updated", &["update"], named("old"), named("new")),
        change("aws_sqs_queue.unheard", &["transmogrify"], named("old"), named("new")),
        change("aws_sqs_queue.without", &[], none.clone(), none),
    ];
    let expected = [
        row("aws_sqs_queue.created", "", "new"),
        row("aws_sqs_queue.deleted", "old", ""),
        // Terraform lets go of it; it lives on.
        row("aws_sqs_queue.forgotten", "old", "old"),
        row("aws_sqs_queue.kept", "same", "same"),
        row("aws_sqs_queue.replaced", "old", "new"),
        row("aws_sqs_queue.replaced_later", "old", "new"),
        row("aws_sqs_queue.unheard", "old", "new"),
        row("aws_sqs_queue.updated", "old", "new"),
    ];
    assert_eq!(worlds(&plan(&changes)), expected);
}

#[test]
fn every_list_of_actions_is_one_action() {
    let table: &[(&[&str], Action)] = &[
        (&["no-op"], Action::Keep),
        (&["create"], Action::Create),
        (&["read"], Action::Read),
        (&["update"], Action::Update),
        (&["delete"], Action::Delete),
        (&["forget"], Action::Forget),
        (&["delete", "create"], Action::Replace),
        (&["create", "delete"], Action::Replace),
        // The old object is let go of, not deleted; for the plan's world it is replaced all the same.
        (&["create", "forget"], Action::Replace),
        // Of a version that has words of its own: what is there before and after tells.
        (&["transmogrify"], Action::Update),
    ];
    for (actions, expected) in table {
        let plan = plan(&[change("aws_sqs_queue.q", actions, named("old"), named("new"))]);
        let input = input(&plan.to_string());
        let plans = read_names(&input).unwrap();
        assert_eq!(plans[0].instances[0].action, *expected, "{actions:?}");
    }
}

#[test]
fn imported_and_moved_objects_were_there_before() {
    let mut imported = change("aws_sqs_queue.imported", &["no-op"], named("same"), named("same"));
    imported["change"]["importing"] = json!({ "id": "q" });
    let mut moved = change("aws_sqs_queue.moved", &["update"], named("old"), named("new"));
    moved["previous_address"] = json!("aws_sqs_queue.earlier");
    let mut plan = plan(&[imported, moved]);
    // The state knows the moved one by its old address: it is not a second object.
    plan["prior_state"] = json!({ "values": { "root_module": { "resources": [
        { "address": "aws_sqs_queue.earlier", "mode": "managed", "type": "aws_sqs_queue", "name": "earlier", "values": named("old") },
    ] } } });
    assert_eq!(
        worlds(&plan),
        [row("aws_sqs_queue.imported", "same", "same"), row("aws_sqs_queue.moved", "old", "new")]
    );
}

/// What a failed replacement left behind stands beside the current object, until it is deleted.
#[test]
fn deposed_objects_stand_beside_the_current_one() {
    let current = change("aws_sqs_queue.q", &["no-op"], named("current"), named("current"));
    let mut deposed = change("aws_sqs_queue.q", &["delete"], named("left"), Value::Null);
    deposed["deposed"] = json!("ab12cd34");
    let expected =
        [row("aws_sqs_queue.q", "current", "current"), row("aws_sqs_queue.q (deposed ab12cd34)", "left", "")];
    assert_eq!(worlds(&plan(&[current, deposed])), expected);
}

/// A change of the deposed object alone says nothing of the current one, which the state has.
#[test]
fn a_deposed_objects_change_hides_nothing() {
    let mut deposed = change("aws_sqs_queue.q", &["delete"], named("left"), Value::Null);
    deposed["deposed"] = json!("ab12cd34");
    let mut plan = plan(&[deposed]);
    plan["prior_state"] = state(&[stored("aws_sqs_queue.q", "current"), left_behind("aws_sqs_queue.q", "ab12cd34")]);
    let expected =
        [row("aws_sqs_queue.q", "current", "current"), row("aws_sqs_queue.q (deposed ab12cd34)", "left", "")];
    assert_eq!(worlds(&plan), expected);
}

/// In whatever order a state lists them.
#[test]
fn the_state_has_deposed_objects_too() {
    let current = change("aws_sqs_queue.q", &["no-op"], named("current"), named("current"));
    let both = [stored("aws_sqs_queue.q", "current"), left_behind("aws_sqs_queue.q", "ab12cd34")];
    let [first, second] = both.clone();
    for resources in [both, [second, first]] {
        let mut plan = plan(std::slice::from_ref(&current));
        plan["prior_state"] = state(&resources);
        let expected =
            [row("aws_sqs_queue.q", "current", "current"), row("aws_sqs_queue.q (deposed ab12cd34)", "left", "left")];
        assert_eq!(worlds(&plan), expected);
    }
}

/// An object whose drift is that it is gone stays deposed, and takes nothing from the current one.
#[test]
fn the_drift_of_a_deposed_object_is_not_the_current_ones() {
    let mut drift = change("aws_sqs_queue.q", &["delete"], named("left"), Value::Null);
    drift["deposed"] = json!("ab12cd34");
    let mut plan = plan(&[change("aws_sqs_queue.q", &["update"], named("old"), named("new"))]);
    plan["resource_drift"] = json!([drift]);
    assert_eq!(worlds(&plan), [row("aws_sqs_queue.q", "old", "new")]);
}

/// Some tools write every key: an empty one is none.
#[test]
fn an_empty_deposed_key_is_none() {
    let mut current = change("aws_sqs_queue.q", &["no-op"], named("current"), named("current"));
    current["deposed"] = json!("");
    let mut in_state = stored("aws_sqs_queue.q", "current");
    in_state["deposed_key"] = json!("");
    let mut plan = plan(&[current]);
    plan["prior_state"] = state(&[in_state]);
    assert_eq!(worlds(&plan), [row("aws_sqs_queue.q", "current", "current")]);
}

fn state(resources: &[Value]) -> Value {
    json!({ "values": { "root_module": { "resources": resources } } })
}

/// What a failed replacement left behind, called `left`.
fn left_behind(address: &str, key: &str) -> Value {
    let mut left = stored(address, "left");
    left["deposed_key"] = json!(key);
    left
}

#[test]
fn what_a_state_marks_as_sensitive_is_hidden() {
    let mut secret = stored("aws_sqs_queue.q", "s3cr3t");
    secret["sensitive_values"] = json!({ "name": true });
    let mut plan = plan(&[]);
    plan["prior_state"] = state(&[secret]);
    assert_eq!(worlds(&plan), [row("aws_sqs_queue.q", "Unknown(Sensitive)", "Unknown(Sensitive)")]);
}

/// Terraform 0.12 writes addresses in a state without their module: an equal one in the root is another object.
#[test]
fn a_state_may_leave_the_module_out_of_addresses() {
    let mut plan = plan(&[change("aws_sqs_queue.q", &["no-op"], named("root"), named("root"))]);
    plan["prior_state"] = json!({ "values": { "root_module": { "child_modules": [
        { "address": "module.m", "resources": [stored("aws_sqs_queue.q", "inner")] },
    ] } } });
    let expected = [row("aws_sqs_queue.q", "root", "root"), row("module.m.aws_sqs_queue.q", "inner", "inner")];
    assert_eq!(worlds(&plan), expected);
}

/// A plan with `-target` shows a part of the changes; the state has the rest of the system, and the data sources that were read.
#[test]
fn the_state_fills_in_what_changes_leave_out() {
    let mut plan = plan(&[change("aws_sqs_queue.q", &["update"], named("old"), named("new"))]);
    plan["complete"] = json!(false);
    plan["prior_state"] = json!({ "values": { "root_module": {
        "resources": [
            { "address": "aws_sqs_queue.q", "mode": "managed", "type": "aws_sqs_queue", "name": "q", "values": named("old") },
            { "address": "data.aws_vpc.main", "mode": "data", "type": "aws_vpc", "name": "main", "values": named("read") },
        ],
        "child_modules": [{ "address": "module.m[\"a.b\"]", "resources": [
            { "address": "module.m[\"a.b\"].aws_sqs_queue.r[0]", "mode": "managed", "type": "aws_sqs_queue", "name": "r", "index": 0, "values": named("rest") },
        ] }],
    } } });
    let expected = [
        row("aws_sqs_queue.q", "old", "new"),
        row("data.aws_vpc.main", "read", "read"),
        row("module.m[\"a.b\"].aws_sqs_queue.r[0]", "rest", "rest"),
    ];
    assert_eq!(worlds(&plan), expected);
    let input = input(&plan.to_string());
    let plans = read_names(&input).unwrap();
    assert_eq!(plans[0].complete, Some(false));
    assert_eq!(plans[0].instances[1].mode, Mode::Data);
}

/// What changed outside Terraform is told a second time in `resource_drift`; it is one object all the same.
#[test]
fn drift_is_not_added_twice() {
    let mut plan = plan(&[change("aws_sqs_queue.q", &["update"], named("drifted"), named("mended"))]);
    plan["resource_drift"] = json!([
        change("aws_sqs_queue.q", &["update"], named("old"), named("drifted")),
        change("aws_sqs_queue.gone", &["delete"], named("gone"), Value::Null),
    ]);
    assert_eq!(worlds(&plan), [row("aws_sqs_queue.q", "drifted", "mended")]);
}

/// What exists only while Terraform runs belongs to neither world.
#[test]
fn ephemeral_values_are_no_objects() {
    for action in ["open", "no-op"] {
        let mut secret = change("ephemeral.aws_secretsmanager_secret_version.s", &[action], Value::Null, named("x"));
        secret["mode"] = json!("ephemeral");
        assert!(worlds(&plan(&[secret])).is_empty(), "{action}");
    }
}

/// Every key of an entry may be missing, null or of another kind; what can be told from the rest is told.
#[test]
fn entries_may_be_thin() {
    let plan = plan(&[
        json!({ "address": "module.a.data.aws_vpc.v", "change": { "actions": ["read"], "before": null, "after": named("read") } }),
        json!({ "type": "aws_sqs_queue", "name": "no_address", "module_address": null, "index": null, "change": { "actions": ["create"], "after": named("new") } }),
        json!({ "address": "aws_sqs_queue.no_change" }),
        json!({ "address": 7, "type": ["x"], "change": "none" }),
        json!(null),
        json!("text"),
    ]);
    let expected = [row("aws_sqs_queue.no_address", "", "new"), row("module.a.data.aws_vpc.v", "", "read")];
    assert_eq!(worlds(&plan), expected);
    let input = input(&plan.to_string());
    let plans = read_names(&input).unwrap();
    assert!(plans[0].notes.iter().any(|note| note.starts_with("4 of the resource changes")), "{:?}", plans[0].notes);
}

#[test]
fn versions() {
    let read = |version: Value| {
        let mut plan = plan(&[]);
        plan["format_version"] = version;
        let input = input(&plan.to_string());
        read_names(&input).map(|plans| plans.len()).map_err(|error| error.to_string())
    };
    for version in ["0.1", "0.2", "1.0", "1.2", "1.99"] {
        assert_eq!(read(json!(version)), Ok(1), "{version}");
    }
    for version in ["2.0", "0.3", "one", "", "-1.0"] {
        assert!(read(json!(version)).unwrap_err().contains("does not know"), "{version}");
    }
    assert_eq!(read(Value::Null), Ok(1));
}
