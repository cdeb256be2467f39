//! `aws_autoscaling_policy`: when a group of machines scales.

use super::shared::scaling::{Tracking, forecast, forecasts_only};
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{ComputeKind, Facts, Part, Policy, Relation, Tariff};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_autoscaling_policy",
    mode: Mode::Managed,
    noun: "scaling policy",
    describe,
    tariff: &Tariff::FREE,
};

const TRACKING: Tracking = Tracking {
    block: "target_tracking_configuration",
    predefined: "target_tracking_configuration.predefined_metric_specification.predefined_metric_type",
    custom: "target_tracking_configuration.customized_metric_specification.metric_name",
    math: "target_tracking_configuration.customized_metric_specification.metrics",
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.link(Relation::Scales, "autoscaling_group_name");
    let mut watches = TRACKING.watches(&resource.body);
    let kind = resource.text("policy_type");
    let predictive = matches!(&kind, Attr::Set(kind) if kind == "PredictiveScaling");
    let mut enabled = resource.bool("enabled").or_default(true);
    if predictive {
        if forecasts_only(&resource.body, "predictive_scaling_configuration") {
            enabled = Attr::Set(false);
        } else {
            watches.push(forecast("predictive_scaling_configuration"));
        }
    }
    reader.names(&["arn"]);
    // A step policy is set off by an alarm, which is a resource of its own.
    let alarmed = watches.is_empty();
    reader.facts(Part::Policy(Policy { watches, alarmed, scales: ComputeKind::MachineGroup, enabled }))
}
