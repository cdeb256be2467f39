//! What scaling policies look at.

use crate::facts::{Signal, Watch};
use crate::model::{Attr, Body, Text};

/// The signal behind a predefined metric.
///
/// Source: Amazon EC2 Auto Scaling and Application Auto Scaling API references, predefined metric types, read 2026-11.
pub(in crate::catalogue::aws) fn predefined(metric: &str) -> Signal {
    match metric {
        "ALBRequestCountPerTarget" => Signal::Requests,
        "ASGAverageNetworkIn" | "ASGAverageNetworkOut" => Signal::Network,
        "LambdaProvisionedConcurrencyUtilization" => Signal::Concurrency,
        name if name.contains("CPU") || name.contains("Cpu") => Signal::Cpu,
        name if name.contains("Memory") => Signal::Memory,
        _ => Signal::Other,
    }
}

/// The signal behind a metric of `CloudWatch`, by its name and namespace.
fn signal(namespace: &str, name: &str) -> Signal {
    let backlog = [
        "ApproximateNumberOfMessages",
        "ApproximateAgeOfOldestMessage",
        "Backlog",
        "backlog",
        "QueueDepth",
        "QueueSize",
        "queue_depth",
        "IteratorAge",
        "MillisBehindLatest",
        "Lag",
        "lag",
        "MessagesReady",
        "MessageReadyCount",
        "MessageCount",
        "EstimatedMaxTimeLag",
        "NumberOfMessages",
    ];
    if backlog.iter().any(|part| name.contains(part)) || namespace == "AWS/SQS" {
        Signal::Backlog
    } else if name.contains("RequestCount") {
        Signal::Requests
    } else if name.contains("CPU") || name.contains("Cpu") {
        Signal::Cpu
    } else if name.contains("Memory") {
        Signal::Memory
    } else if name.contains("Network") {
        Signal::Network
    } else if namespace.starts_with("AWS/") {
        Signal::Other
    } else {
        Signal::Custom
    }
}

/// A metric by its namespace and its name, as `attribute` names it.
pub(in crate::catalogue::aws) fn metric(attribute: &'static str, namespace: &Attr<Text>, name: &Attr<Text>) -> Watch {
    let Attr::Set(name) = name else {
        return hidden(attribute);
    };
    let namespace = namespace.known().map_or("", |text| text.as_str());
    Watch { signal: signal(namespace, name), metric: name.clone(), attribute, raw: false }
}

/// The names of the attributes below a policy's block for target tracking.
pub(in crate::catalogue::aws) struct Tracking {
    pub(in crate::catalogue::aws) block: &'static str,
    pub(in crate::catalogue::aws) predefined: &'static str,
    pub(in crate::catalogue::aws) custom: &'static str,
    pub(in crate::catalogue::aws) math: &'static str,
}

impl Tracking {
    /// What a policy tracks: a predefined metric, or a customised one, or an expression over several.
    pub(in crate::catalogue::aws) fn watches(&self, body: &Body<'_>) -> Vec<Watch> {
        let mut watches = Vec::new();
        if let Attr::Unknown(_) = body.get(self.block).presence() {
            return vec![hidden(self.block)];
        }
        for tracking in body.blocks(self.block) {
            for block in tracking.blocks("predefined_metric_specification") {
                watches.push(match block.text("predefined_metric_type") {
                    Attr::Set(metric) => {
                        Watch { signal: predefined(&metric), metric, attribute: self.predefined, raw: false }
                    }
                    _ => hidden(self.predefined),
                });
            }
            for block in tracking.blocks("customized_metric_specification") {
                watches.extend(self.customised(&block));
            }
        }
        watches.sort_unstable();
        watches.dedup();
        watches
    }

    fn customised(&self, block: &Body<'_>) -> Vec<Watch> {
        let queries = block.blocks("metrics");
        if queries.is_empty() {
            let (namespace, name) = (block.text("namespace"), block.text("metric_name"));
            let watch = metric(self.custom, &namespace, &name);
            return vec![Watch { raw: is_count(&namespace, &name), ..watch }];
        }
        let parts = queries.iter().filter_map(|query| query.block("metric_stat")?.block("metric"));
        let parts: Vec<_> = parts.map(|part| (part.text("namespace"), part.text("metric_name"))).collect();
        let shared = queries.iter().any(|query| match query.text("expression") {
            Attr::Set(formula) => formula.contains('/'),
            Attr::Unset => false,
            Attr::Unknown(_) => true,
        });
        let mut watches: Vec<Watch> = parts
            .iter()
            .map(|(namespace, name)| {
                let watch = metric(self.math, namespace, name);
                Watch { raw: is_count(namespace, name) && !shared, ..watch }
            })
            .collect();
        // A backlog divided by the number of units is a backlog per unit.
        if watches.iter().any(|watch| watch.signal == Signal::Backlog) {
            watches.retain(|watch| watch.signal == Signal::Backlog);
        }
        watches
    }
}

/// What one instruction of a scaling plan tracks.
pub(in crate::catalogue::aws) fn tracked_by_plan(instruction: &Body<'_>) -> Vec<Watch> {
    const PREDEFINED: &str = "scaling_instruction.target_tracking_configuration.predefined_scaling_metric_specification.predefined_scaling_metric_type";
    const CUSTOM: &str =
        "scaling_instruction.target_tracking_configuration.customized_scaling_metric_specification.metric_name";
    let mut watches = Vec::new();
    for tracking in instruction.blocks("target_tracking_configuration") {
        for block in tracking.blocks("predefined_scaling_metric_specification") {
            watches.push(match block.text("predefined_scaling_metric_type") {
                Attr::Set(metric) => Watch { signal: predefined(&metric), metric, attribute: PREDEFINED, raw: false },
                _ => hidden(PREDEFINED),
            });
        }
        for block in tracking.blocks("customized_scaling_metric_specification") {
            let (namespace, name) = (block.text("namespace"), block.text("metric_name"));
            watches.push(Watch { raw: is_count(&namespace, &name), ..metric(CUSTOM, &namespace, &name) });
        }
    }
    watches
}

fn hidden(attribute: &'static str) -> Watch {
    Watch { signal: Signal::Hidden, metric: Text::default(), attribute, raw: false }
}

/// What a predictive policy looks at: what it expects, by the days before.
pub(in crate::catalogue::aws) fn forecast(attribute: &'static str) -> Watch {
    Watch { signal: Signal::Other, metric: "a forecast".into(), attribute, raw: false }
}

/// Whether a metric counts all messages of a queue.
///
/// Source: Amazon EC2 Auto Scaling user guide, scaling based on Amazon SQS (as-using-sqs-queue.md), read 2026-11-23.
fn is_count(namespace: &Attr<Text>, name: &Attr<Text>) -> bool {
    let of_queues = matches!(namespace, Attr::Set(namespace) if namespace == "AWS/SQS");
    of_queues && matches!(name, Attr::Set(name) if name.starts_with("ApproximateNumberOfMessages"))
}

/// Whether a predictive policy scales: by default it only forecasts.
///
/// Source: API reference of Amazon EC2 Auto Scaling, `PredictiveScalingConfiguration`, Mode, read 2026-11-25.
pub(in crate::catalogue::aws) fn forecasts_only(body: &Body<'_>, block: &str) -> bool {
    let blocks = body.blocks(block);
    let mode = blocks.first().map(|block| block.text("mode"));
    matches!(mode, Some(Attr::Unset)) || matches!(mode, Some(Attr::Set(mode)) if mode != "ForecastAndScale")
}
