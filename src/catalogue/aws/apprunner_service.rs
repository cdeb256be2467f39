//! `aws_apprunner_service`: a container with an address of its own.

use super::shared::machines::size_in_words;
use super::shared::variables;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{MANY, ONE, Reader};
use crate::facts::{
    Amounts, Charge, Compute, ComputeKind, EntryKind, Facts, Field, Hosting, Lines, LinkValue, Part, Quantity, Record,
    Relation, Revision, Site, Stated, Surge, Tariff, Template, UsageKey,
};
use crate::model::{Attr, Mode, Resource, View, Why};
use crate::units::Decimal;

const OPEN: &str = "network_configuration.ingress_configuration.is_publicly_accessible";
const SOURCE: &str = "AWS App Runner, CreateAutoScalingConfiguration";

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_apprunner_service",
    mode: Mode::Managed,
    noun: "App Runner service",
    describe,
    tariff: &TARIFF,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "service_url"]);
    // It never changes: each revision has a name of its own.
    reader.top(Relation::ScaledBy, "auto_scaling_configuration_arn", ONE.at(Revision::Named), |name| name);
    let body = &resource.body;
    // Default true: AWS App Runner API reference, IngressConfiguration, IsPubliclyAccessible, read 2026-11-29.
    let network = body.get("network_configuration").visible_blocks().into_iter().next();
    let ingress = network.and_then(|network| network.block("ingress_configuration"));
    let open = ingress.map_or(Attr::Unset, |ingress| ingress.bool("is_publicly_accessible"));
    reader
        .secluded(Stated::plan(OPEN, open.map(|open| !open)).or_default(false, "AWS App Runner, IngressConfiguration"));
    let mut own = Template { attribute: "source_configuration", ..Template::default() };
    for source in body.blocks("source_configuration") {
        let image = source.block("image_repository").and_then(|image| image.block("image_configuration"));
        let code = source.block("code_repository").and_then(|code| code.block("code_configuration"));
        let code = code.and_then(|code| code.block("code_configuration_values"));
        if let Some(image) = image {
            const PATH: &str =
                "source_configuration.image_repository.image_configuration.runtime_environment_variables";
            own = variables::read(&mut reader, PATH, image.get("runtime_environment_variables"));
            secrets(&mut reader, &mut own, image.get("runtime_environment_secrets"));
        } else if let Some(code) = code {
            const PATH: &str = "source_configuration.code_repository.code_configuration.code_configuration_values.runtime_environment_variables";
            own = variables::read(&mut reader, PATH, code.get("runtime_environment_variables"));
            secrets(&mut reader, &mut own, code.get("runtime_environment_secrets"));
        }
    }
    for instance in body.get("instance_configuration").visible_blocks() {
        reader.within(Relation::ActsAs, "instance_configuration.instance_role_arn", ONE, &instance);
    }
    let network = body.get("network_configuration").visible_blocks().into_iter().next();
    let egress = network.and_then(|network| network.block("egress_configuration"));
    if let Some(egress) = &egress {
        reader.within(Relation::PlacedBy, "network_configuration.egress_configuration.vpc_connector_arn", ONE, egress);
    }
    let attached = egress.map_or(Attr::Unset, |egress| egress.text("egress_type")).map(|kind| kind == "VPC");
    // Defaults 1 and 25: API reference of CreateAutoScalingConfiguration, read 2026-11-23.
    reader.facts(Part::Compute(Box::new(Compute {
        kind: ComputeKind::Platform,
        unit: "instance",
        minimum: Stated::unset("auto_scaling_configuration_arn").or_default(1, SOURCE),
        desired: Stated::unset("auto_scaling_configuration_arn").or_default(1, SOURCE),
        maximum: Stated::unset("auto_scaling_configuration_arn").or_default(25, SOURCE),
        surge: Surge::Minimum(
            "AWS App Runner runs old and new instances side by side (CreateAutoScalingConfiguration, MinSize)",
        ),
        quota: None,
        hosting: Attr::Set(Hosting::Serverless),
        size: Attr::Unset,
        public_address: Attr::Set(false),
        attached: Stated::plan("network_configuration", attached.or_default(false)),
        zones: Vec::new(),
        own,
        gathers: None,
        entry: Some(EntryKind::Platform),
        findable: None,
        source: None,
        needs: Vec::new(),
        likeness: 0,
        breaker: None,
    })))
}

/// Variables whose values stand in secrets and parameters: their names tell what they are for.
fn secrets(reader: &mut Reader<'_, '_>, own: &mut Template, secrets: View<'_>) {
    const PATH: &str = "source_configuration";
    let Attr::Set(all) = secrets.body() else { return };
    let names: Vec<String> = all.keys().map(str::to_owned).collect();
    let mut known = Vec::new();
    let mut hidden = None;
    for name in names {
        own.environment.add(&name, &Attr::Unknown(Why::Elsewhere));
        match all.text(&name) {
            Attr::Set(from) => known.push(from),
            Attr::Unset => {}
            Attr::Unknown(why) => hidden = Some(why),
        }
    }
    match hidden {
        Some(why) => reader.value(Relation::Mentions, PATH, MANY, LinkValue::Unknown(why)),
        None => reader.value(Relation::Mentions, PATH, MANY, LinkValue::Known(known)),
    }
}

/// Billed by the memory of the instances that are kept, and by the processors of those that work.
///
/// Source: AWS App Runner pricing, not looked up again.
static TARIFF: Tariff = Tariff {
    reads: &[
        Field::blocks("instance_configuration", &[Field::text("cpu").left_open(), Field::text("memory").left_open()]),
        Field::blocks(
            "source_configuration",
            &[
                Field::flag("auto_deployments_enabled"),
                Field::blocks("code_repository", &[]),
                Field::blocks("image_repository", &[Field::text("image_repository_type")]),
            ],
        ),
    ],
    near: &[],
    usage: &[
        UsageKey {
            key: "monthly_active_instance_hrs",
            meaning: "Hours in a month that instances answer requests, all together",
        },
        UsageKey { key: "monthly_build_mins", meaning: "Minutes of builds from source in a month" },
    ],
    charge: Charge::By(charge),
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let own = site.own();
    // Memory is kept for the fewest instances whether or not they work; at most it is that of all.
    let kept = site.units().map(|units| Amounts { expected: units.minimum, ..units });
    let memory = amount(own, "memory", Decimal::TWO);
    lines.capacity("Provisioned memory", "GB", "AWSAppRunner/Provisioned GB-hour", memory.times(kept));
    let active = Quantity::Used(site.usage("monthly_active_instance_hrs"));
    let vcpus = amount(own, "cpu", Decimal::ONE).times(active);
    lines.monthly("Active vCPU", "vCPU-hours", "AWSAppRunner/vCPU-hour", vcpus);
    let source = own.block("source_configuration");
    // Default true, but not for public images, which App Runner does not watch: AWS App Runner API reference, SourceConfiguration,
    // not looked up again.
    let deploys = source.clone().and_then(|source| source.flag("auto_deployments_enabled")).or_default(true);
    let image = source.clone().and_then(|source| source.block("image_repository"));
    let is_public = image.and_then(|image| image.text("image_repository_type").map(|kind| *kind == "ECR_PUBLIC"));
    if deploys == Attr::Set(true) && is_public != Attr::Set(true) {
        lines.monthly("Automatic deployment", "applications", "AWSAppRunner/Automatic deployment", 1);
    }
    if source.known().is_some_and(|source| !source.blocks("code_repository").is_unset()) {
        let minutes = site.usage("monthly_build_mins");
        lines.used("Build", "minutes", "AWSAppRunner/Build minute", minutes);
    }
}

/// Defaults 1 vCPU and 2 GB: AWS App Runner API reference, `InstanceConfiguration`, not looked up again.
fn amount(own: &Record, name: &str, default: Decimal) -> Quantity {
    match own.block("instance_configuration").and_then(|configuration| configuration.text(name)) {
        Attr::Set(text) => size_in_words(text)
            .map_or_else(|| Quantity::Unknown(format!("{name} is not a size: {text}")), Quantity::from),
        Attr::Unset => default.into(),
        Attr::Unknown(why) => Quantity::Unknown(format!("instance_configuration.{name} is {why}")),
    }
}
