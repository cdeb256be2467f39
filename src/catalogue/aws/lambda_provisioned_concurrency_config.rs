//! `aws_lambda_provisioned_concurrency_config`: how many executions of a function are kept ready.

use super::lambda_function::{function_of, is_arm, memory, million, seconds};
use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader};
use crate::facts::{Charge, Facts, Field, Lines, Near, Part, Quantity, Relation, Site, Tariff, UsageKey};
use crate::model::{Mode, Resource};
use crate::units::{Decimal, HOURS_PER_MONTH};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_lambda_provisioned_concurrency_config",
    mode: Mode::Managed,
    noun: "provisioned concurrency",
    describe,
    tariff: &TARIFF,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id"]);
    reader.top(Relation::Scales, "function_name", ONE, |name| function_of(&name));
    let ready = reader.count("provisioned_concurrent_executions");
    reader.facts(Part::Ready(ready))
}

/// Billed by the memory that is kept ready, and the calls that use it.
///
/// Source: AWS Lambda pricing, provisioned concurrency, not looked up again.
static TARIFF: Tariff = Tariff {
    reads: &[Field::number("provisioned_concurrent_executions")],
    near: &[Near::To(Relation::Scales)],
    usage: &[
        UsageKey { key: "monthly_duration_hrs", meaning: "Hours of a month in which executions are kept ready" },
        UsageKey { key: "monthly_requests", meaning: "Calls in a month that find an execution ready" },
        UsageKey { key: "request_duration_ms", meaning: "How long such a call takes on average, in milliseconds" },
        UsageKey { key: "architecture", meaning: "x86_64 or arm64, where the plan does not show the function" },
        UsageKey { key: "memory_mb", meaning: "MB of memory of the function, where the plan does not show it" },
    ],
    charge: Charge::By(charge),
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let function = site.one(Near::To(Relation::Scales));
    let function = function.and_then(|function| function.ok_or_else(|| "function_name is not set".to_owned()));
    let stated = site.usage("memory_mb").map(|size| Quantity::from(size / Decimal::from(1024)));
    let memory = stated.unwrap_or_else(|| match &function {
        Ok(function) => memory(function.own()),
        Err(why) => Quantity::Unknown(why.clone()),
    });
    let arm = match (site.usage_text("architecture"), &function) {
        (Some(name), _) => Ok(name == "arm64"),
        (None, Ok(function)) => is_arm(function.own()),
        (None, Err(why)) => Err(why.clone()),
    };
    let (ready, duration, hidden) = match arm {
        Ok(true) => ("AWSLambda/Provisioned-Concurrency arm64", "AWSLambda/Duration-Provisioned arm64", None),
        Ok(false) => ("AWSLambda/Provisioned-Concurrency x86", "AWSLambda/Duration-Provisioned x86", None),
        Err(why) => {
            ("AWSLambda/Provisioned-Concurrency", "AWSLambda/Duration-Provisioned", Some(Quantity::Unknown(why)))
        }
    };
    let known = |quantity: Quantity| hidden.clone().unwrap_or(quantity);
    let hours = site.usage("monthly_duration_hrs").unwrap_or(HOURS_PER_MONTH);
    let executions = site.own().number("provisioned_concurrent_executions");
    let kept = Quantity::of("provisioned_concurrent_executions", &executions)
        .times(memory.clone())
        .times(hours.saturating_mul(Decimal::from(3600)));
    lines.monthly("Provisioned Concurrency", "GB-seconds", ready, known(kept));
    let requests = site.usage("monthly_requests");
    lines.used("Requests", "1M requests", "aws_lambda_function/Requests", requests.map(|all| all / million()));
    let seconds = Quantity::Used(seconds(requests, site.usage("request_duration_ms")));
    lines.monthly("Duration", "GB-seconds", duration, known(memory.times(seconds)));
}
