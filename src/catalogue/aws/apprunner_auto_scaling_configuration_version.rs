//! `aws_apprunner_auto_scaling_configuration_version`: how far App Runner services scale.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, ScalableTarget, Tariff};
use crate::model::{Mode, Resource};

const SOURCE: &str = "AWS App Runner, CreateAutoScalingConfiguration";

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_apprunner_auto_scaling_configuration_version",
    mode: Mode::Managed,
    noun: "App Runner scaling configuration",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "auto_scaling_configuration_name"]);
    let minimum = reader.count("min_size").or_default(1, SOURCE);
    let maximum = reader.count("max_size").or_default(25, SOURCE);
    reader.facts(Part::Scalable(Box::new(ScalableTarget { minimum, maximum, counts_units: true })))
}
