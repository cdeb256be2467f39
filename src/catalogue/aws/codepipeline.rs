//! `aws_codepipeline`: builds and delivers step by step.

use super::shared::{builds, meter};
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{
    Charge, DeliveryAction, DeliveryPipeline, DeliveryStage, DeliveryWork, Facts, Field, Lines, Part, Site, Tariff,
};
use crate::model::{Attr, Body, Mode, Resource, Text};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_codepipeline", mode: Mode::Managed, noun: "CodePipeline pipeline", describe, tariff: &TARIFF };

/// Stages run one after another, and within a stage the actions by `run_order`; those with the same number run beside each other.
///
/// Sources, read 2026-11-30: AWS `CodePipeline` user guide, pipeline structure reference (categories and providers) and `CodeBuild`
/// rule (conditions of a stage run projects as well); API reference, `FailureConditions`. That an action which fails holds up
/// whatever comes after it, and that `runOrder` is 1 by default (also AWS CDK, `CommonActionProps`): user guide, action
/// requirements, not looked up again.
pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "name"]);
    let mut slot = 0;
    let stages = resource.body.blocks("stage");
    let stages = stages.iter().map(|block| stage(&mut reader, block, &mut slot)).collect();
    let name = resource.text("name");
    reader.facts(Part::Delivery(Box::new(DeliveryPipeline { name, stages })))
}

/// After all actions: the greatest `run_order` is 999 (API reference, `ActionDeclaration`, not looked up again).
const LAST: i64 = 1_000;

fn stage(reader: &mut Reader<'_, '_>, block: &Body<'_>, slot: &mut usize) -> DeliveryStage {
    let mut actions = Vec::new();
    let mut next = || {
        *slot += 1;
        *slot
    };
    // What has to hold before the first action begins, and after the last one has ended.
    let conditions = [
        ("before_entry", "stage.before_entry.condition.rule.configuration.ProjectName", 0),
        ("on_success", "stage.on_success.condition.rule.configuration.ProjectName", LAST),
    ];
    for (when, attribute, order) in conditions {
        let held = block.blocks(when);
        let rules = held.iter().flat_map(|held| held.blocks("condition")).flat_map(|one| one.blocks("rule"));
        actions.extend(rules.map(|one| rule(reader, &one, attribute, order, next())));
    }
    actions.extend(block.blocks("action").iter().map(|one| action(reader, one, next())));
    let failure = block.block("on_failure");
    let skips = |body: &Body<'_>| matches!(body.text("result"), Attr::Set(word) if word.as_str() == "SKIP");
    let lenient = failure.filter(|held| skips(held) || held.blocks("condition").iter().any(skips));
    DeliveryStage { name: block.text("name"), actions, lenient: lenient.map(|_| "on_failure: SKIP") }
}

fn rule(
    reader: &mut Reader<'_, '_>,
    block: &Body<'_>,
    attribute: &'static str,
    order: i64,
    slot: usize,
) -> DeliveryAction {
    let configuration = configuration(block);
    let provider = block.block("rule_type_id").map_or(Attr::Unset, |kind| kind.text("provider"));
    let work = match provider {
        Attr::Set(provider) => match provider.as_str() {
            "CodeBuild" => builds::project(reader, attribute, slot, &configuration),
            "Commands" => commands(block),
            "LambdaInvoke" => DeliveryWork::Hidden(called(&configuration)),
            // Alarms, windows of time, variables.
            _ => DeliveryWork::Other,
        },
        Attr::Unset => DeliveryWork::Other,
        Attr::Unknown(why) => DeliveryWork::Hidden(format!("its provider is {why}").into()),
    };
    let name = block.text("name");
    DeliveryAction { name, attribute, order, work, places: places(&configuration) }
}

fn commands(block: &Body<'_>) -> DeliveryWork {
    match block.get("commands").texts() {
        Attr::Set(all) => DeliveryWork::Commands(all),
        Attr::Unset => DeliveryWork::Other,
        Attr::Unknown(why) => DeliveryWork::Hidden(format!("its commands are {why}").into()),
    }
}

/// Tools for load tests among those who offer actions: AWS `CodePipeline` user guide, valid action providers, read 2026-11-30. How they
/// are spelled as providers was not looked up: the word is looked for.
const LOAD_TESTS: [(&str, &str); 3] =
    [("blazemeter", "BlazeMeter"), ("stormrunner", "StormRunner Load"), ("nouvola", "Nouvola")];

fn action(reader: &mut Reader<'_, '_>, block: &Body<'_>, slot: usize) -> DeliveryAction {
    let configuration = configuration(block);
    let (category, provider) = (block.text("category"), block.text("provider"));
    let attribute = "stage.action.configuration.ProjectName";
    let work = if let (Attr::Set(category), Attr::Set(provider)) = (&category, &provider) {
        let lower = provider.to_lowercase();
        let load = LOAD_TESTS.iter().find(|(word, _)| lower.contains(word));
        match (category.as_str(), provider.as_str(), load) {
            ("Build" | "Test", "CodeBuild", _) => builds::project(reader, attribute, slot, &configuration),
            ("Test", _, Some((_, tool))) => DeliveryWork::LoadTest(tool),
            // Images are built there, and phones are tested; a set of changes is prepared.
            ("Source" | "Approval", ..) | ("Build", "ECRBuildAndPublish", _) | ("Test", "DeviceFarm", _) => {
                DeliveryWork::Other
            }
            ("Deploy", "CloudFormation", _) if !changes(&configuration) => DeliveryWork::Other,
            ("Deploy", ..) => DeliveryWork::Deploy(provider.clone()),
            ("Invoke", ..) => DeliveryWork::Hidden(called(&configuration)),
            _ => DeliveryWork::Hidden(format!("{provider} does it").into()),
        }
    } else {
        let why = category.why_unknown().or_else(|| provider.why_unknown());
        let why = why.map_or_else(|| "not set".to_owned(), |why| why.to_string());
        DeliveryWork::Hidden(format!("its provider is {why}").into())
    };
    // The provider marks the order that nobody sets as known only after apply: then it is the default.
    let order = block.int("run_order").known().copied().unwrap_or(1);
    let name = block.text("name");
    DeliveryAction { name, attribute: "stage.action", order, work, places: places(&configuration) }
}

/// Whether an action of `CloudFormation` changes a stack: it may also only prepare that, or delete one.
///
/// Source: AWS `CodePipeline` user guide, `CloudFormation` action, `ActionMode`, not looked up again.
fn changes(configuration: &Body<'_>) -> bool {
    let mode = configuration.text("ActionMode");
    !matches!(mode, Attr::Set(mode) if ["CHANGE_SET_REPLACE", "DELETE_ONLY"].contains(&mode.as_str()))
}

/// What is called, in words: a function, a state machine, another pipeline.
fn called(configuration: &Body<'_>) -> Text {
    let keys = ["FunctionName", "StateMachineArn", "PipelineName"];
    let name = keys.iter().find_map(|key| configuration.text(key).into_known());
    name.map_or_else(|| "what it calls decides".into(), |name| format!("{name} does it").into())
}

fn configuration<'p>(block: &Body<'p>) -> Body<'p> {
    block.get("configuration").body().into_known().unwrap_or_default()
}

/// What may say where an action leads to: names of what it deploys to, and values of its environment.
fn places(configuration: &Body<'_>) -> Vec<Text> {
    let keys = [
        "EnvironmentName",
        "DeploymentGroupName",
        "ApplicationName",
        "ServiceName",
        "ClusterName",
        "StackName",
        "StackSetName",
        "BucketName",
        "FunctionName",
        "ProjectName",
    ];
    let mut places: Vec<Text> = keys.iter().filter_map(|key| configuration.text(key).into_known()).collect();
    let variables = configuration.text("EnvironmentVariables").into_known();
    let variables = variables.and_then(|text| serde_json::from_str::<Vec<serde_json::Value>>(&text).ok());
    let values = variables.iter().flatten().filter_map(|variable| variable.get("value")?.as_str());
    // A word like `staging`; what is longer, or of other letters, may be anything, and is left alone.
    let is_word =
        |value: &&str| value.len() <= 32 && value.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
    places.extend(values.filter(is_word).map(Text::from));
    places
}

/// A pipeline of type V1 by the month in which it is used, one of type V2 by the minute of its actions.
///
/// Source: AWS `CodePipeline` pricing, not looked up again; default V1: provider documentation, `pipeline_type`.
static TARIFF: Tariff = Tariff {
    reads: &[Field::text("pipeline_type")],
    usage: &[meter::key("monthly_action_mins", "minutes that actions take in a month (V2)")],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    match meter::word(site.own(), "pipeline_type", "V1") {
        Ok("V2") => {
            let minutes = site.usage("monthly_action_mins");
            lines.used("Action execution", "minutes", "aws_codepipeline/Action execution", minutes);
        }
        Ok(_) => {
            lines.monthly("Active pipeline", "months", "aws_codepipeline/Active pipeline", 1);
        }
        Err(why) => lines.not_priced("Pipeline", why),
    }
}
