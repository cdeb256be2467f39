//! `aws_codebuild_project`: builds, on machines of the cloud.

use super::shared::builds;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{BuildProject, Charge, Facts, Field, Lines, Part, Quantity, Site, Tariff, UsageKey};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_codebuild_project",
    mode: Mode::Managed,
    noun: "CodeBuild project",
    describe,
    tariff: &TARIFF,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "name"]);
    let source = resource.body.block("source").unwrap_or_default();
    let script = builds::own_script(source.get("buildspec"));
    reader.facts(Part::BuildProject(Box::new(BuildProject { script, attribute: "source.buildspec" })))
}

/// Billed by the minute of its machine type.
///
/// Source: AWS `CodeBuild` pricing, not looked up again.
static TARIFF: Tariff = Tariff {
    reads: &[Field::blocks("environment", &[Field::text("type"), Field::text("compute_type")])],
    usage: &[UsageKey { key: "monthly_build_mins", meaning: "Minutes of builds in a month, each rounded up" }],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let environment = site.own().block("environment");
    let text = |name| environment.clone().and_then(|environment| environment.text(name));
    let used = Quantity::Used(site.usage("monthly_build_mins"));
    let (Attr::Set(scale), Attr::Set(kind)) = (text("compute_type"), text("type")) else {
        lines.not_priced("Builds", "environment.compute_type or environment.type is known only after apply");
        return;
    };
    let scale = scale.to_lowercase().replace("build_", "").replace('_', ".");
    let system = match kind.as_str() {
        "LINUX_CONTAINER" | "LINUX_LAMBDA_CONTAINER" | "LINUX_EC2" => "Linux",
        "LINUX_GPU_CONTAINER" => "Linux GPU",
        "ARM_CONTAINER" | "ARM_LAMBDA_CONTAINER" | "ARM_EC2" => "ARM",
        "MAC_ARM" => "macOS",
        _ => "Windows",
    };
    let name = format!("{system} ({scale})");
    let key = format!("aws_codebuild_project/{name}");
    lines.monthly(name, "minutes", key, used);
}
