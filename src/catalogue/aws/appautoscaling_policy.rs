//! `aws_appautoscaling_policy`: when something scales.

use super::appautoscaling_target::scaled;
use super::shared::scaling::{Tracking, forecast, forecasts_only};
use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader};
use crate::facts::{ComputeKind, Facts, Part, Policy, Relation, Tariff};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_appautoscaling_policy",
    mode: Mode::Managed,
    noun: "scaling policy",
    describe,
    tariff: &Tariff::FREE,
};

const TRACKING: Tracking = Tracking {
    block: "target_tracking_scaling_policy_configuration",
    predefined: "target_tracking_scaling_policy_configuration.predefined_metric_specification.predefined_metric_type",
    custom: "target_tracking_scaling_policy_configuration.customized_metric_specification.metric_name",
    math: "target_tracking_scaling_policy_configuration.customized_metric_specification.metrics",
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["arn"]);
    reader.top(Relation::Scales, "resource_id", ONE, |id| scaled(&id));
    let mut watches = TRACKING.watches(&resource.body);
    let predictive = matches!(resource.text("policy_type"), Attr::Set(kind) if kind == "PredictiveScaling");
    let idle = predictive && forecasts_only(&resource.body, "predictive_scaling_policy_configuration");
    if predictive && !idle {
        watches.push(forecast("predictive_scaling_policy_configuration"));
    }
    // A step policy is set off by an alarm, which is a resource of its own.
    let alarmed = watches.is_empty();
    let enabled = Attr::Set(!idle);
    reader.facts(Part::Policy(Policy { watches, alarmed, scales: ComputeKind::ContainerService, enabled }))
}
