//! `aws_cloudwatch_metric_alarm`: watches a metric, and may set off a scaling policy.

use super::shared::scaling;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Alarm, Facts, Part, Relation, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_cloudwatch_metric_alarm",
    mode: Mode::Managed,
    noun: "alarm",
    describe,
    tariff: &Tariff::NONE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["arn", "id", "alarm_name"]);
    reader.links(Relation::SetsOff, "alarm_actions");
    let mut watches = Vec::new();
    if !resource.text("metric_name").is_unset() {
        watches.push(scaling::metric("metric_name", &resource.text("namespace"), &resource.text("metric_name")));
    }
    for metric in resource.body.blocks("metric_query").iter().flat_map(|query| query.blocks("metric")) {
        const NAME: &str = "metric_query.metric.metric_name";
        watches.push(scaling::metric(NAME, &metric.text("namespace"), &metric.text("metric_name")));
    }
    // Default true: provider documentation of aws_cloudwatch_metric_alarm, actions_enabled.
    let acts = resource.bool("actions_enabled").or_default(true);
    reader.facts(Part::Alarm(Alarm { watches, acts }))
}
