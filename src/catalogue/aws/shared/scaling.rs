//! What scaling policies look at.

use crate::facts::Signal;
use crate::model::{Attr, Body};

/// The signal behind a predefined metric.
///
/// Source: Amazon EC2 Auto Scaling and Application Auto Scaling API references, predefined metric types, read 2026-11.
pub(in crate::catalogue::aws) fn predefined(metric: &str) -> Signal {
    match metric {
        "ALBRequestCountPerTarget" => Signal::Requests,
        "ASGAverageNetworkIn" | "ASGAverageNetworkOut" => Signal::Network,
        "LambdaProvisionedConcurrencyUtilization" => Signal::Concurrency,
        name if name.contains("CPU") => Signal::Cpu,
        name if name.contains("Memory") => Signal::Memory,
        _ => Signal::Other,
    }
}

/// The signal behind a metric of `CloudWatch`, by its name and namespace.
pub(in crate::catalogue::aws) fn metric(namespace: &str, name: &str) -> Signal {
    let backlog = [
        "ApproximateNumberOfMessages",
        "ApproximateAgeOfOldestMessage",
        "Backlog",
        "backlog",
        "QueueDepth",
        "queue_depth",
        "IteratorAge",
        "MillisBehindLatest",
        "Lag",
        "lag",
        "MessagesReady",
        "MessageCount",
        "EstimatedMaxTimeLag",
        "NumberOfMessages",
    ];
    if backlog.iter().any(|part| name.contains(part)) || namespace == "AWS/SQS" {
        Signal::Backlog
    } else if name.contains("RequestCount") {
        Signal::Requests
    } else if name.contains("CPU") {
        Signal::Cpu
    } else if name.contains("Memory") {
        Signal::Memory
    } else if name.contains("Network") {
        Signal::Network
    } else {
        Signal::Other
    }
}

/// The signals of a target-tracking block: predefined, or customised with one metric or an expression over several.
pub(in crate::catalogue::aws) fn tracked(tracking: &Body<'_>) -> Vec<Signal> {
    let mut signals = Vec::new();
    for block in tracking.blocks("predefined_metric_specification") {
        signals.push(match block.text("predefined_metric_type") {
            Attr::Set(name) => predefined(&name),
            _ => Signal::Hidden,
        });
    }
    for block in tracking.blocks("customized_metric_specification") {
        signals.extend(customised(&block));
    }
    signals.sort_unstable();
    signals.dedup();
    signals
}

fn customised(block: &Body<'_>) -> Vec<Signal> {
    let of = |namespace: Attr<crate::model::Text>, name: Attr<crate::model::Text>| match name {
        Attr::Set(name) => metric(namespace.known().map_or("", |text| text.as_str()), &name),
        _ => Signal::Hidden,
    };
    let parts = block.blocks("metrics");
    if parts.is_empty() {
        return vec![of(block.text("namespace"), block.text("metric_name"))];
    }
    let parts = parts.iter().filter_map(|part| part.block("metric_stat")?.block("metric"));
    let mut signals: Vec<Signal> =
        parts.map(|metric| of(metric.text("namespace"), metric.text("metric_name"))).collect();
    // A backlog divided by the number of units is a backlog per unit.
    if signals.contains(&Signal::Backlog) {
        signals.retain(|signal| *signal == Signal::Backlog);
    }
    signals
}
