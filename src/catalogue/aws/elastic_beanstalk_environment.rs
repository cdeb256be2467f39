//! `aws_elastic_beanstalk_environment`: an application on a managed platform.

use crate::catalogue::Adapter;
use crate::catalogue::reader::{MANY, ONE, Reader};
use crate::facts::{
    Compute, ComputeKind, EntryKind, Environment, Facts, Hosting, LinkValue, Part, Relation, SourceKind, Stated, Surge,
    Template,
};
use crate::model::{Attr, Body, Mode, Only, Resource, Text};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_elastic_beanstalk_environment", mode: Mode::Managed, noun: "Beanstalk environment", describe };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "name", "cname"]);
    let settings = resource.body.blocks("setting");
    let value = |name: &str| find(&settings, name);
    list(&mut reader, &value("Subnets"), Relation::InSubnet, "Subnets");
    list(&mut reader, &value("SecurityGroups"), Relation::GuardedBy, "SecurityGroups");
    match value("IamInstanceProfile") {
        Attr::Set(profile) => reader.value(Relation::ActsAs, "setting.value", ONE, LinkValue::Known(vec![profile])),
        Attr::Unset => {}
        Attr::Unknown(why) => {
            let how = ONE.only(Only::Named("name", "IamInstanceProfile"));
            reader.value(Relation::ActsAs, "setting.value", how, LinkValue::Unknown(why));
        }
    }
    let hidden = resource.body.get("setting").presence().why_unknown();
    let mut environment = Environment::default();
    for setting in &settings {
        let namespace = setting.text("namespace");
        if namespace == Attr::Set("aws:elasticbeanstalk:application:environment".into())
            && let Attr::Set(name) = setting.text("name")
        {
            environment.add(&name, &setting.text("value"));
        }
    }
    if let Some(why) = hidden {
        reader.value(
            Relation::InSubnet,
            "setting.value",
            MANY.only(Only::Named("name", "Subnets")),
            LinkValue::Unknown(why),
        );
    }
    let mentions = std::mem::take(&mut environment.mentions);
    reader.value(Relation::Mentions, "setting.value", MANY, LinkValue::Known(mentions));
    if let Some(why) = environment.hidden_database {
        reader.value(Relation::ConnectsTo, "setting.value", ONE, LinkValue::Unknown(why));
    }
    let single = value("EnvironmentType") == Attr::Set("SingleInstance".into());
    let count = |name: &str, default: u64| {
        if single {
            return Stated::plan("setting", Attr::Set(1));
        }
        // Defaults 1 and 4: AWS Elastic Beanstalk developer guide, general options (awsdocs 5d7c96f), read 2026-11-23.
        let number = match (value(name), hidden) {
            (Attr::Unset, Some(why)) => Attr::Unknown(why),
            (value, _) => value.and_then(|text| text.parse().map_or(Attr::Unset, Attr::Set)),
        };
        Stated::plan("setting", number).or_default(default, "AWS Elastic Beanstalk, aws:autoscaling:asg")
    };
    let worker = resource.text("tier") == Attr::Set("Worker".into());
    reader.facts(Part::Compute(Box::new(Compute {
        kind: ComputeKind::Platform,
        unit: "instance",
        minimum: count("MinSize", 1),
        desired: count("MinSize", 1),
        maximum: count("MaxSize", 4),
        surge: Surge::None,
        hosting: Attr::Set(Hosting::Own),
        size: value("InstanceType"),
        public_address: value("AssociatePublicIpAddress").map(|text| text == "true"),
        attached: Attr::Set(true),
        zones: Vec::new(),
        own: Template { environment, hidden, attribute: "setting", ..Template::default() },
        entry: (!worker).then_some(EntryKind::Platform),
        findable: None,
        source: worker.then_some(SourceKind::Queue),
        needs: Vec::new(),
        likeness: 0,
    })))
}

fn find(settings: &[Body<'_>], name: &str) -> Attr<Text> {
    let setting = settings.iter().find(|setting| setting.text("name") == Attr::Set(name.into()));
    setting.map_or(Attr::Unset, |setting| setting.text("value"))
}

/// A setting that holds several names, with commas between them.
fn list(reader: &mut Reader<'_, '_>, value: &Attr<Text>, relation: Relation, name: &'static str) {
    let how = MANY.only(Only::Named("name", name));
    match value {
        Attr::Set(text) => {
            let names = text.split(',').map(str::trim).filter(|name| !name.is_empty()).map(Text::from).collect();
            reader.value(relation, "setting.value", how, LinkValue::Known(names));
        }
        Attr::Unset => {}
        Attr::Unknown(why) => reader.value(relation, "setting.value", how, LinkValue::Unknown(*why)),
    }
}
