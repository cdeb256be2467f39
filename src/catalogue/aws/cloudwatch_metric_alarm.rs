//! `aws_cloudwatch_metric_alarm`: watches a metric, and may set off a scaling policy.

use super::shared::{meter, scaling};
use crate::catalogue::Adapter;
use crate::catalogue::reader::{MANY, Reader};
use crate::facts::{Alarm, Charge, Facts, Field, Lines, LinkValue, Part, Quality, Record, Relation, Site, Tariff};
use crate::model::{Attr, Body, Mode, Resource};
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_cloudwatch_metric_alarm", mode: Mode::Managed, noun: "alarm", describe, tariff: &TARIFF };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["arn", "id", "alarm_name"]);
    reader.links(Relation::SetsOff, "alarm_actions");
    let mut watches = Vec::new();
    watched(&mut reader, "dimensions", 0, &resource.body);
    if !resource.text("metric_name").is_unset() {
        watches.push(scaling::metric("metric_name", &resource.text("namespace"), &resource.text("metric_name")));
    }
    let queries = resource.body.blocks("metric_query");
    for (slot, metric) in queries
        .iter()
        .enumerate()
        .flat_map(|(slot, query)| query.blocks("metric").into_iter().map(move |metric| (slot, metric)))
    {
        const NAME: &str = "metric_query.metric.metric_name";
        watched(&mut reader, "metric_query.metric.dimensions", slot, &metric);
        watches.push(scaling::metric(NAME, &metric.text("namespace"), &metric.text("metric_name")));
    }
    // Default true: provider documentation of aws_cloudwatch_metric_alarm, actions_enabled.
    let acts = resource.bool("actions_enabled").or_default(true);
    let mut tells: Vec<Quality> = watches.iter().filter_map(|watch| quality(&watch.metric)).collect();
    tells.sort_unstable();
    tells.dedup();
    reader.facts(Part::Alarm(Alarm { watches, tells, acts }))
}

/// Links what the dimensions of a metric name: a balancer, a group of targets, an API, a function.
fn watched(reader: &mut Reader<'_, '_>, attribute: &'static str, slot: usize, holder: &Body<'_>) {
    let (mut known, mut hidden) = (Vec::new(), None);
    match holder.get("dimensions").body() {
        Attr::Set(all) => {
            for key in all.keys() {
                match all.text(key) {
                    Attr::Set(name) => known.push(name),
                    Attr::Unset => {}
                    Attr::Unknown(why) => hidden = Some(why),
                }
            }
        }
        Attr::Unset => return,
        Attr::Unknown(why) => hidden = Some(why),
    }
    let value = match hidden {
        Some(why) => LinkValue::Unknown(why),
        None => LinkValue::Known(known),
    };
    reader.value(Relation::Watches, attribute, MANY.slot(slot), value);
}

/// What a metric tells of those who call, by its name.
///
/// Source: the guides of Application and Classic Load Balancers, API Gateway and Lambda, `CloudWatch` metrics: `TargetResponseTime`,
/// `HTTPCode_Target_5XX_Count`, `HTTPCode_Backend_5XX`, `Latency`, `IntegrationLatency`, `5XXError`, `5xx`, `Duration`, `Errors`; read
/// 2026-11-29. Others are called alike by those who publish them.
fn quality(metric: &str) -> Option<Quality> {
    let lower = metric.to_ascii_lowercase();
    let holds = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    if holds(&["5xx", "error", "fault", "fail", "success", "availab"]) {
        Some(Quality::Errors)
    } else if holds(&["latency", "responsetime", "response_time", "duration"]) {
        Some(Quality::Latency)
    } else {
        None
    }
}

/// By the metric that it watches: more where it looks more often than once a minute. An alarm on a band of what is usual watches the
/// metric and both ends of the band. One on a query is billed by the metrics that the query finds.
///
/// Source: components and units as Infracost prints them, goldens of 2024-07; Amazon CloudWatch pricing, alarms, not looked up again.
static TARIFF: Tariff = Tariff {
    reads: &[
        Field::number("period"),
        Field::text("threshold_metric_id"),
        Field::blocks(
            "metric_query",
            &[Field::text("expression"), Field::number("period"), Field::blocks("metric", &[Field::number("period")])],
        ),
    ],
    usage: &[meter::key("monthly_metrics_analyzed", "metrics that the query of the alarm looks at")],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let own = site.own();
    let queries = match own.blocks("metric_query") {
        Attr::Set(queries) => queries,
        Attr::Unset => &[],
        Attr::Unknown(why) => return lines.not_priced("Alarm", format!("metric_query is {why}")),
    };
    if queries.iter().any(|query| query.text("expression").known().is_some_and(|text| is_query(text))) {
        let found = site.usage("monthly_metrics_analyzed");
        lines.used("Metrics Insights query", "metrics", "AmazonCloudWatch/CW:MetricInsightAlarmUsage", found);
        return;
    }
    let metrics: Vec<&Record> = queries.iter().filter_map(|query| query.block("metric").into_known()).collect();
    let often = match periods(own, &metrics) {
        Ok(seconds) => seconds < Decimal::from(60_u32),
        Err(why) => return lines.not_priced("Alarm", why),
    };
    let (resolution, key) = if often {
        ("High resolution", "AmazonCloudWatch/CW:HighResAlarmMonitorUsage")
    } else {
        ("Standard resolution", "AmazonCloudWatch/CW:AlarmMonitorUsage")
    };
    let number = Decimal::from(metrics.len().max(1));
    if own.text("threshold_metric_id").is_unset() {
        lines.monthly(resolution, "alarm metrics", key, number);
    } else {
        let three = meter::product(number, Decimal::from(3_u32));
        lines.monthly(format!("{resolution} anomaly detection"), "alarms", key, three);
    }
}

/// Whether an expression asks for metrics by SQL.
fn is_query(expression: &str) -> bool {
    expression.trim_start().get(..6).is_some_and(|word| word.eq_ignore_ascii_case("select"))
}

/// The shortest time between two looks, in seconds; a minute and more where it does not say.
fn periods(own: &Record, metrics: &[&Record]) -> Result<Decimal, String> {
    let mut shortest = Decimal::from(60_u32);
    for one in metrics.iter().copied().chain([own]) {
        match one.number("period") {
            Attr::Set(seconds) => shortest = shortest.min(seconds),
            Attr::Unset => {}
            Attr::Unknown(why) => return Err(format!("period is {why}")),
        }
    }
    Ok(shortest)
}
