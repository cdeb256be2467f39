//! `aws_cloudwatch_metric_alarm`: watches a metric, and may set off a scaling policy.

use super::shared::scaling;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Alarm, Facts, Part, Relation};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_cloudwatch_metric_alarm", mode: Mode::Managed, noun: "alarm", describe };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["arn", "id", "alarm_name"]);
    reader.links(Relation::SetsOff, "alarm_actions");
    let namespace = resource.text("namespace").into_known().unwrap_or_default();
    let mut signals = Vec::new();
    if let Attr::Set(name) = resource.text("metric_name") {
        signals.push(scaling::metric(&namespace, &name));
    }
    for metric in resource.body.blocks("metric_query").iter().flat_map(|query| query.blocks("metric")) {
        if let Attr::Set(name) = metric.text("metric_name") {
            let namespace = metric.text("namespace").into_known().unwrap_or_default();
            signals.push(scaling::metric(&namespace, &name));
        }
    }
    reader.facts(Part::Alarm(Alarm { signals }))
}
