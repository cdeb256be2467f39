//! `aws_elastic_beanstalk_environment`: an application on a managed platform.

use super::shared::{beanstalk, sticky};
use crate::catalogue::Adapter;
use crate::catalogue::reader::{MANY, ONE, Reader};
use crate::facts::{
    Compute, ComputeKind, EntryKind, Environment, Facts, Hosting, LinkValue, Part, Relation, SourceKind, Stated, Surge,
    Template,
};
use crate::model::{Attr, Body, Mode, Only, Resource, Text, Why};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_elastic_beanstalk_environment",
    mode: Mode::Managed,
    noun: "Beanstalk environment",
    describe,
    tariff: &beanstalk::TARIFF,
};

/// An option: the same name means other things in other namespaces.
struct Named {
    namespace: &'static str,
    name: &'static str,
}

impl Named {
    const fn of(namespace: &'static str, name: &'static str) -> Self {
        Self { namespace, name }
    }

    fn only(&self) -> Only {
        Only::Named([("namespace", self.namespace), ("name", self.name)])
    }
}

const ENVIRONMENT: &str = "aws:elasticbeanstalk:application:environment";
const LAUNCH: &str = "aws:autoscaling:launchconfiguration";
const GROUP: &str = "aws:autoscaling:asg";

// General options of all environments: AWS Elastic Beanstalk developer guide (awsdocs 5d7c96f), read 2026-11-25.
const SUBNETS: Named = Named::of("aws:ec2:vpc", "Subnets");
const PUBLIC_ADDRESS: Named = Named::of("aws:ec2:vpc", "AssociatePublicIpAddress");
const SECURITY_GROUPS: Named = Named::of(LAUNCH, "SecurityGroups");
const PROFILE: Named = Named::of(LAUNCH, "IamInstanceProfile");
const INSTANCE_TYPE: Named = Named::of(LAUNCH, "InstanceType");
const MIN_SIZE: Named = Named::of(GROUP, "MinSize");
const MAX_SIZE: Named = Named::of(GROUP, "MaxSize");
const DEPLOYMENT: Named = Named::of("aws:elasticbeanstalk:command", "DeploymentPolicy");
const BATCH_TYPE: Named = Named::of("aws:elasticbeanstalk:command", "BatchSizeType");
const BATCH: Named = Named::of("aws:elasticbeanstalk:command", "BatchSize");
const UPDATE: Named = Named::of("aws:autoscaling:updatepolicy:rollingupdate", "RollingUpdateType");
const SCHEME: Named = Named::of("aws:ec2:vpc", "ELBScheme");
const ENVIRONMENT_TYPE: Named = Named::of("aws:elasticbeanstalk:environment", "EnvironmentType");

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "name", "cname"]);
    let settings = resource.body.blocks("setting");
    let value = |setting: &Named| find(&settings, setting);
    list(&mut reader, &value(&SUBNETS), Relation::InSubnet, &SUBNETS);
    list(&mut reader, &value(&SECURITY_GROUPS), Relation::GuardedBy, &SECURITY_GROUPS);
    match value(&PROFILE) {
        Attr::Set(profile) => reader.value(Relation::ActsAs, "setting.value", ONE, LinkValue::Known(vec![profile])),
        Attr::Unset => {}
        Attr::Unknown(why) => {
            let how = ONE.only(PROFILE.only());
            reader.value(Relation::ActsAs, "setting.value", how, LinkValue::Unknown(why));
        }
    }
    let hidden = resource.body.get("setting").presence().why_unknown();
    let mut environment = Environment::default();
    for setting in &settings {
        let namespace = setting.text("namespace");
        if namespace == Attr::Set(ENVIRONMENT.into())
            && let Attr::Set(name) = setting.text("name")
        {
            environment.add(&name, &setting.text("value"));
        }
    }
    if let Some(why) = hidden {
        reader.value(Relation::InSubnet, "setting.value", MANY.only(SUBNETS.only()), LinkValue::Unknown(why));
    }
    let mentions = std::mem::take(&mut environment.mentions);
    reader.value(Relation::Mentions, "setting.value", MANY, LinkValue::Known(mentions));
    if let Some(why) = environment.hidden_database {
        reader.value(Relation::ConnectsTo, "setting.value", ONE, LinkValue::Unknown(why));
    }
    // Default public: AWS Elastic Beanstalk developer guide, general options, aws:ec2:vpc (awsdocs 5d7c96f), read 2026-11-29.
    let scheme = match (value(&SCHEME), hidden) {
        (Attr::Unset, Some(why)) => Attr::Unknown(why),
        (scheme, _) => scheme.map(|scheme| scheme == "internal"),
    };
    reader.secluded(Stated::plan("setting.ELBScheme", scheme).or_default(false, "AWS Elastic Beanstalk, aws:ec2:vpc"));
    let templated = !matches!(resource.text("template_name"), Attr::Unset);
    let single = value(&ENVIRONMENT_TYPE) == Attr::Set("SingleInstance".into());
    let count = |setting: &Named, attribute, default: u64| {
        if single {
            return Stated::plan("setting.EnvironmentType", Attr::Set(1)).counted_in(0);
        }
        // Defaults 1 and 4: AWS Elastic Beanstalk developer guide, general options (awsdocs 5d7c96f), read 2026-11-23.
        let number = match (value(setting), hidden) {
            // A saved configuration may say it.
            (Attr::Unset, None) if templated => return Stated::plan("template_name", Attr::Unknown(Why::Elsewhere)),
            (Attr::Unset, Some(why)) => Attr::Unknown(why),
            (value, _) => value.and_then(|text| text.parse().map_or(Attr::Unset, Attr::Set)),
        };
        Stated::plan(attribute, number).or_default(default, "AWS Elastic Beanstalk, aws:autoscaling:asg")
    };
    let worker = resource.text("tier") == Attr::Set("Worker".into());
    reader.facts(Part::Compute(Box::new(Compute {
        kind: ComputeKind::Platform,
        unit: "instance",
        minimum: count(&MIN_SIZE, "setting.MinSize", 1),
        desired: count(&MIN_SIZE, "setting.MinSize", 1),
        maximum: count(&MAX_SIZE, "setting.MaxSize", 4),
        surge: surge(&value),
        quota: None,
        hosting: Attr::Set(Hosting::Own),
        size: value(&INSTANCE_TYPE),
        public_address: value(&PUBLIC_ADDRESS).map(|text| text == "true"),
        attached: Stated::plan("subnets", Attr::Set(true)),
        zones: Vec::new(),
        own: Template {
            environment,
            hidden: hidden.or(templated.then_some(Why::Elsewhere)),
            attribute: if templated { "template_name" } else { "setting" },
            sticky: sticky::of_settings(&settings),
            ..Template::default()
        },
        gathers: None,
        entry: (!worker).then_some(EntryKind::Platform),
        findable: None,
        source: worker.then_some(SourceKind::Queue),
        needs: Vec::new(),
        likeness: 0,
        breaker: None,
    })))
}

/// How many instances there are while a version is rolled out. An immutable update starts a second set whole, and so does one that
/// splits the traffic; an additional batch comes beside all others: AWS Elastic Beanstalk developer guide, deployment policies and
/// immutable environment updates, read 2026-11-25.
fn surge(value: &impl Fn(&Named) -> Attr<Text>) -> Surge {
    let is = |setting: &Named, name: &str| value(setting) == Attr::Set(name.into());
    if is(&DEPLOYMENT, "Immutable") || is(&DEPLOYMENT, "TrafficSplitting") {
        return Surge::Twice("setting.DeploymentPolicy");
    }
    if is(&UPDATE, "Immutable") {
        return Surge::Twice("setting.RollingUpdateType");
    }
    let batch = value(&BATCH).known().and_then(|text| text.parse::<u64>().ok());
    match batch.filter(|_| is(&DEPLOYMENT, "RollingWithAdditionalBatch")) {
        Some(batch) if is(&BATCH_TYPE, "Fixed") => Surge::More(Stated::plan("setting.BatchSize", Attr::Set(batch))),
        Some(batch) if is(&BATCH_TYPE, "Percentage") => {
            Surge::Percent(Stated::plan("setting.BatchSize", Attr::Set(batch.saturating_add(100))))
        }
        _ => Surge::None,
    }
}

fn find(settings: &[Body<'_>], wanted: &Named) -> Attr<Text> {
    let is_wanted = |setting: &&Body<'_>| {
        setting.text("namespace") == Attr::Set(wanted.namespace.into())
            && setting.text("name") == Attr::Set(wanted.name.into())
    };
    settings.iter().find(is_wanted).map_or(Attr::Unset, |setting| setting.text("value"))
}

/// A setting that holds several names, with commas between them.
fn list(reader: &mut Reader<'_, '_>, value: &Attr<Text>, relation: Relation, setting: &Named) {
    let how = MANY.only(setting.only());
    match value {
        Attr::Set(text) => {
            let names = text.split(',').map(str::trim).filter(|name| !name.is_empty()).map(Text::from).collect();
            reader.value(relation, "setting.value", how, LinkValue::Known(names));
        }
        Attr::Unset => {}
        Attr::Unknown(why) => reader.value(relation, "setting.value", how, LinkValue::Unknown(*why)),
    }
}
