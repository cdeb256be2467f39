//! What the configuration says of a resource that the plan does not: whom it refers to, and in which region it stands.

use serde_json::{Value, json};

use super::fixture::{block, change, created, input, led_to, plan};
use crate::model::{Attr, Found};
use crate::plan::{Kept, read};

/// What a failed replacement left behind has the address of what took its place; who refers to it means the latter.
#[test]
fn nothing_refers_to_a_deposed_object() {
    let current = change("aws_vpc.main", &["no-op"], json!({ "name": "now" }), json!({ "name": "now" }));
    let mut left = change("aws_vpc.main", &["delete"], json!({ "name": "left" }), Value::Null);
    left["deposed"] = json!("ab12cd34");
    let mut plan = plan(&[created("aws_subnet.a", &["id", "vpc_id"]), current, left]);
    plan["configuration"]["root_module"]["resources"] =
        json!([block("aws_vpc.main", &[]), block("aws_subnet.a", &[("vpc_id", &["aws_vpc.main.id", "aws_vpc.main"])])]);
    let (hits, lost) = led_to(&plan.to_string(), "aws_subnet.a", "vpc_id");
    assert_eq!(hits, [("aws_vpc.main".to_owned(), Found::Reference)]);
    assert!(lost.is_empty(), "{lost:?}");
}

/// The region of each instance, by its address.
fn regions(plan: &Value) -> Vec<(String, String)> {
    let input = input(&plan.to_string());
    let kept = Kept::default();
    let plans = read(&input, &kept, &|_, _, show| {
        let mut region = String::new();
        show(&mut |resource| {
            region = match &resource.region {
                Attr::Set(region) => region.to_string(),
                hidden => format!("{hidden:?}"),
            }
        });
        region
    })
    .unwrap();
    let of = |instance: &crate::plan::Instance<String>| (instance.address.to_string(), instance.after.clone());
    plans[0].instances.iter().map(of).map(|(address, region)| (address, region.unwrap())).collect()
}

/// A module has a provider of its own, is handed one, or takes that of the module around it.
#[test]
fn a_resource_stands_in_the_region_of_its_provider() {
    let queue = |provider: &str| {
        let mut queue = block("aws_sqs_queue.q", &[]);
        queue["provider_config_key"] = json!(provider);
        json!([queue])
    };
    let by = |reference: &str| json!({ "region": { "references": [reference] } });
    let mut plan = plan(&[]);
    plan["variables"] = json!({ "region": { "value": "eu-west-1" } });
    plan["configuration"] = json!({
        "provider_config": {
            "aws": { "name": "aws", "expressions": by("var.region") },
            "aws.us": { "name": "aws", "alias": "us", "expressions": { "region": { "constant_value": "us-east-1" } } },
            "module.own:aws": { "name": "aws", "module_address": "module.own", "expressions": by("var.where") },
            "module.defaulted:aws": { "name": "aws", "module_address": "module.defaulted", "expressions": by("var.where") },
        },
        "root_module": {
            "resources": queue("aws"),
            "variables": { "region": {} },
            "module_calls": {
                "own": {
                    "expressions": { "where": { "constant_value": "ap-south-1" } },
                    "module": {
                        "resources": queue("module.own:aws"), "variables": { "where": {} },
                        "module_calls": { "deep": { "module": { "resources": queue("module.own.module.deep:aws") } } },
                    },
                },
                "defaulted": { "module": {
                    "resources": queue("module.defaulted:aws"), "variables": { "where": { "default": "sa-east-1" } },
                } },
                "handed": { "module": { "resources": queue("module.handed:aws.us") } },
            },
        },
    });
    let expected = [
        ("aws_sqs_queue.q", "eu-west-1"),
        ("module.defaulted.aws_sqs_queue.q", "sa-east-1"),
        ("module.handed.aws_sqs_queue.q", "us-east-1"),
        ("module.own.aws_sqs_queue.q", "ap-south-1"),
        ("module.own.module.deep.aws_sqs_queue.q", "ap-south-1"),
    ];
    plan["resource_changes"] = expected.iter().map(|(address, _)| created(address, &["id"])).collect();
    let found = regions(&plan);
    let found: Vec<_> = found.iter().map(|(address, region)| (address.as_str(), region.as_str())).collect();
    assert_eq!(found, expected);
}
