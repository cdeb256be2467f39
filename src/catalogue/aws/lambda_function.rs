//! `aws_lambda_function`: code that runs per call.

use super::shared::machines::{CROSS_ZONE, cross_zone};
use super::shared::{variables, volumes};
use crate::catalogue::Adapter;
use crate::catalogue::reader::{MANY, ONE, Reader, unsigned};
use crate::facts::{
    Charge, Compute, ComputeKind, Facts, Field, Hosting, Lines, Part, Quantity, Quota, Record, Relation, Site, Stated,
    Surge, Tariff, Template, UsageKey,
};
use crate::model::{Account, Attr, Mode, Resource, account_of};
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_lambda_function", mode: Mode::Managed, noun: "Lambda function", describe, tariff: &TARIFF };

/// AWS Lambda developer guide, quotas (awsdocs/aws-lambda-developer-guide 03f7fcb), read 2026-11-23.
fn quota(resource: &Resource<'_>) -> Quota {
    Quota {
        units: 1000,
        unreservable: 100,
        attribute: "reserved_concurrent_executions",
        assumption: "the default quota of concurrent executions of an account, AWS Lambda developer guide",
        account: account(resource),
    }
}

/// The account that it is in: as its own name says or that of its role, which is in the same account; as its provider says otherwise.
///
/// Source: AWS Lambda developer guide, execution role: a role of the function's own account, not looked up again.
fn account(resource: &Resource<'_>) -> Account {
    let named = |name: &str| resource.text(name).known().and_then(|arn| account_of(arn));
    let Account { number, credentials } = resource.account.clone();
    Account { number: named("arn").or_else(|| named("role")).or(number), credentials }
}

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let body = &resource.body;
    let mut reader = Reader::new(resource);
    reader.names(&["arn", "function_name", "invoke_arn", "qualified_arn", "id"]);
    reader.link(Relation::ActsAs, "role");
    for failed in body.blocks("dead_letter_config") {
        reader.within(Relation::FailsTo, "dead_letter_config.target_arn", ONE, &failed);
    }
    for files in body.blocks("file_system_config") {
        reader.within(Relation::Mounts, "file_system_config.arn", ONE, &files);
    }
    let networks = body.blocks("vpc_config");
    for network in &networks {
        reader.within(Relation::InSubnet, "vpc_config.subnet_ids", MANY, network);
        reader.within(Relation::GuardedBy, "vpc_config.security_group_ids", MANY, network);
    }
    let attached = match body.get("vpc_config").presence() {
        Attr::Unknown(why) => Attr::Unknown(why),
        _ => Attr::Set(networks.iter().any(|network| !has_none(&network.get("subnet_ids").texts()))),
    };
    let environment = body.block("environment");
    let variables = environment.as_ref().map(|environment| environment.get("variables"));
    let mut own = match variables {
        Some(variables) => variables::read(&mut reader, "environment.variables", variables),
        None => Template { attribute: "environment", ..Template::default() },
    };
    // Default 3 seconds: AWS Lambda developer guide, function timeout, read 2026-11-25.
    own.time_limit = Some(reader.count("timeout").or_default(3, "AWS Lambda developer guide, function timeout"));
    (own.volumes, own.mounts) = volumes::of_function(body);
    if let Attr::Unknown(why) = body.get("environment").presence() {
        own.hidden = Some(why);
    }
    // -1 is the account's unreserved concurrency: no bound of its own.
    let reserved = match resource.int("reserved_concurrent_executions") {
        Attr::Set(-1) => Attr::Unset,
        other => other.and_then(unsigned),
    };
    let count = |value| Stated::plan("reserved_concurrent_executions", value);
    reader.facts(Part::Compute(Box::new(Compute {
        kind: ComputeKind::Function,
        unit: "concurrent execution",
        minimum: count(Attr::Set(0)),
        desired: count(Attr::Unset),
        maximum: count(reserved),
        surge: Surge::None,
        quota: Some(quota(resource)),
        hosting: Attr::Set(Hosting::Serverless),
        size: Attr::Unset,
        // A function never has a public address.
        public_address: Attr::Set(false),
        attached: Stated::plan("vpc_config", attached),
        zones: Vec::new(),
        own,
        gathers: None,
        entry: None,
        findable: None,
        source: None,
        needs: Vec::new(),
        likeness: 0,
        breaker: None,
    })))
}

fn has_none<T>(list: &Attr<Vec<T>>) -> bool {
    match list {
        Attr::Set(items) => items.is_empty(),
        Attr::Unset => true,
        Attr::Unknown(_) => false,
    }
}

/// The function that an ARN, a partial ARN or a name means, without version or alias.
pub(super) fn function_of(text: &str) -> crate::model::Text {
    let text = match text.split_once("/functions/") {
        // The invocation address of API Gateway holds the ARN.
        Some((_, rest)) => rest.strip_suffix("/invocations").unwrap_or(rest),
        None => text,
    };
    let parts: Vec<&str> = text.split(':').collect();
    match parts.as_slice() {
        ["arn", _, "lambda", _, _, "function", _, ..] => parts.get(..7).unwrap_or_default().join(":").into(),
        [_, "function", name, ..] => (*name).into(),
        [name, _] => (*name).into(),
        _ => text.into(),
    }
}

/// Billed by the call, and by how long it takes how much memory and storage.
///
/// Source: AWS Lambda pricing, not looked up again.
pub(super) static TARIFF: Tariff = Tariff {
    reads: &[
        Field::number("memory_size"),
        Field::texts("architectures"),
        Field::blocks("ephemeral_storage", &[Field::number("size").left_open()]),
    ],
    near: &[],
    usage: &[
        UsageKey { key: "monthly_requests", meaning: "Calls in a month" },
        UsageKey { key: "request_duration_ms", meaning: "How long a call takes on average, in milliseconds" },
        CROSS_ZONE,
    ],
    charge: Charge::By(charge),
};

/// MB of storage that a call has for nothing: AWS Lambda developer guide, ephemeral storage, not looked up again.
const STORAGE_MB: u32 = 512;

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let requests = site.usage("monthly_requests");
    lines.used("Requests", "1M requests", "aws_lambda_function/Requests", requests.map(|all| all / million()));
    let seconds = seconds(requests, site.usage("request_duration_ms"));
    let quantity = memory(site.own()).times(Quantity::Used(seconds));
    let (key, first, name) = match is_arm(site.own()) {
        Ok(false) => ("AWSLambda/Lambda-GB-Second x86", 6_000_000_000_u64, "Duration (first 6B)"),
        Ok(true) => ("AWSLambda/Lambda-GB-Second arm64", 7_500_000_000, "Duration (first 7.5B)"),
        Err(why) => {
            lines.monthly("Duration", "GB-seconds", "AWSLambda/Lambda-GB-Second", Quantity::Unknown(why));
            return;
        }
    };
    // The book's price falls with the number of them; what goes beyond the first tier is one line at the average.
    let beyond = matches!(&quantity, Quantity::Used(Some(used)) if *used > Decimal::from(first));
    lines.monthly(if beyond { "Duration" } else { name }, "GB-seconds", key, quantity);
    let storage = site.own().block("ephemeral_storage").and_then(|storage| storage.number("size"));
    let extra =
        storage.map(|size| size.saturating_sub(Decimal::from(STORAGE_MB)).max(Decimal::ZERO) / Decimal::from(1024));
    if !extra.is_unset() && extra != Attr::Set(Decimal::ZERO) {
        let quantity = Quantity::of("ephemeral_storage.size", &extra).times(Quantity::Used(seconds));
        lines.monthly("Ephemeral storage", "GB-seconds", "aws_lambda_function/Ephemeral storage", quantity);
    }
    cross_zone(site, lines);
}

/// How many seconds so many calls take, each rounded up to the millisecond.
pub(super) fn seconds(requests: Option<Decimal>, milliseconds: Option<Decimal>) -> Option<Decimal> {
    requests?.checked_mul(milliseconds?.ceil())?.checked_div(Decimal::ONE_THOUSAND)
}

/// In GB. Default 128 MB: AWS Lambda API reference, `CreateFunction`, not looked up again.
pub(super) fn memory(function: &Record) -> Quantity {
    let memory = function.number("memory_size").or_default(Decimal::from(128));
    Quantity::of("memory_size", &memory.map(|memory| memory / Decimal::from(1024)))
}

/// Whether it runs on ARM; the default is x86: AWS Lambda API reference, `CreateFunction`, not looked up again.
pub(super) fn is_arm(function: &Record) -> Result<bool, String> {
    let first = match function.texts("architectures") {
        Attr::Set(names) => names.first().cloned().unwrap_or(Attr::Unset),
        Attr::Unset => Attr::Unset,
        Attr::Unknown(why) => Attr::Unknown(why),
    };
    match first {
        Attr::Set(name) => Ok(name == "arm64"),
        Attr::Unset => Ok(false),
        Attr::Unknown(why) => Err(format!("architectures is {why}")),
    }
}

pub(super) fn million() -> Decimal {
    Decimal::from(1_000_000)
}

#[cfg(test)]
mod tests {
    use super::function_of;

    #[test]
    fn functions_have_many_names() {
        let arn = "arn:aws:lambda:eu-west-1:123456789012:function:shop";
        assert_eq!(function_of(arn), arn);
        assert_eq!(function_of(&format!("{arn}:live")), arn);
        let address = format!("arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/{arn}/invocations");
        assert_eq!(function_of(&address), arn);
        assert_eq!(function_of("123456789012:function:shop"), "shop");
        assert_eq!(function_of("shop:live"), "shop");
        assert_eq!(function_of("shop"), "shop");
    }
}
