//! Container definitions of ECS and Batch: a JSON document in a text attribute.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::variables::Spoken;
use super::{mesh, regions, services, volumes};
use crate::catalogue::reader::{MANY, Reader};
use crate::facts::{
    Caller, Container, ContainerRole, Environment, LinkValue, Need, Regional, Relation, Service, Template,
};
use crate::model::{Attr, Text, View, Why, elided, holds_hole};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
struct Definition {
    name: Option<String>,
    image: Option<String>,
    essential: Option<Value>,
    command: Option<Vec<Value>>,
    entry_point: Option<Vec<Value>>,
    environment: Option<Vec<Variable>>,
    environment_files: Option<Vec<Value>>,
    secrets: Option<Vec<Secret>>,
    port_mappings: Option<Vec<Value>>,
    mount_points: Option<Vec<Value>>,
    log_configuration: Option<LogConfiguration>,
    depends_on: Option<Vec<Dependency>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Dependency {
    #[serde(default)]
    container_name: Option<String>,
    #[serde(default)]
    condition: Option<String>,
}

#[derive(Deserialize)]
struct Variable {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    value: Value,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Secret {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    value_from: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct LogConfiguration {
    #[serde(default)]
    log_driver: Option<String>,
    #[serde(default)]
    options: BTreeMap<String, Value>,
}

/// Reads container definitions: a list of them, or the one of a Batch job.
pub(in crate::catalogue::aws) fn read(
    reader: &mut Reader<'_, '_>,
    attribute: &'static str,
    view: View<'_>,
) -> Template {
    let mut template = Template { attribute, takes_containers: true, ..Template::default() };
    let is_draft = view.draft().known().is_some_and(|text| holds_hole(text));
    let definitions = match view.draft_json::<Value>() {
        Attr::Set(Value::Array(all)) => all,
        Attr::Set(one @ Value::Object(_)) => vec![one],
        Attr::Set(_) if !is_draft => {
            template.hidden = Some(Why::Malformed);
            return template;
        }
        Attr::Unset => return template,
        unknown @ (Attr::Set(_) | Attr::Unknown(_)) => {
            let why = unknown.why_unknown().unwrap_or(Why::Computed);
            template.hidden = Some(why);
            template.needs = possible(attribute);
            reader.value(Relation::Mentions, attribute, MANY, LinkValue::Unknown(why));
            return template;
        }
    };
    let region = reader.region();
    let mut spoken = Spoken::default();
    let mut ends: Vec<String> = Vec::new();
    for mut definition in definitions {
        if is_hole(&definition) {
            template.hidden = Some(Why::Computed);
            continue;
        }
        let missing = take_holes(&mut definition);
        let Ok(definition) = serde_json::from_value::<Definition>(definition) else {
            template.hidden = Some(Why::Malformed);
            continue;
        };
        // What has to end before another one starts runs beside nothing: Amazon ECS API, ContainerDependency.
        for dependency in definition.depends_on.iter().flatten() {
            if matches!(dependency.condition.as_deref(), Some("COMPLETE" | "SUCCESS")) {
                ends.extend(dependency.container_name.clone());
            }
        }
        let variables = definition.environment.iter().flatten();
        let variables = variables.filter_map(|variable| Some((variable.name.as_deref()?, &variable.value)));
        let proxy = mesh::container(attribute, definition.image.as_deref().unwrap_or_default(), variables);
        // What is certain goes before what only looks like it.
        if template.mesh.as_ref().is_none_or(|known| !known.certain) {
            template.mesh = proxy.map(Box::new).or(template.mesh.take());
        }
        let home = region.known().map(Text::as_str);
        let mut container =
            container(definition, (attribute, home), &mut template.needs, (&mut spoken, &mut template.regional));
        if missing.environment {
            container.environment.hidden = Some(Why::Computed);
        }
        if missing.mounts {
            container.mounts = Attr::Unknown(Why::Computed);
        }
        if missing.logs {
            template.needs.push(possibly(&services::LOGS, attribute));
        }
        template.containers.push(container);
    }
    for container in template.containers.iter_mut().filter(|one| ends.iter().any(|name| one.name == *name)) {
        container.role = ContainerRole::Sidecar;
    }
    let mut mentions = spoken.finish(&mut template);
    mentions.retain(|name| !holds_hole(name));
    if is_draft {
        // What is missing, the configuration refers to.
        let value = LinkValue::Partly { known: mentions, hidden: 1, why: Why::Computed };
        reader.value(Relation::Mentions, attribute, MANY, value);
    } else if !mentions.is_empty() {
        reader.value(Relation::Mentions, attribute, MANY, LinkValue::Known(mentions));
    }
    template
}

/// What it may take to start containers that cannot be seen: most images come from ECR, most logs go to `CloudWatch`.
fn possible(attribute: &'static str) -> Vec<Need> {
    services::IMAGE_PULL.iter().copied().chain([&services::LOGS]).map(|service| possibly(service, attribute)).collect()
}

fn possibly(service: &'static Service, attribute: &'static str) -> Need {
    Need {
        service,
        caller: Caller::Platform,
        attribute,
        value: "(not to be seen)".into(),
        why: "containers that cannot be seen",
        certain: false,
        chatter: false,
        vital: true,
        by_gateway: service.name == services::S3.name,
    }
}

/// Whether nothing is known of a value where something else than a text is due.
fn is_hole(value: &Value) -> bool {
    value.as_str().is_some_and(holds_hole)
}

/// What is missing of a container because nothing is known of it.
#[derive(Default)]
struct Missing {
    /// Variables, or what it is told to run.
    environment: bool,
    /// Where its logs go.
    logs: bool,
    /// What it mounts.
    mounts: bool,
}

/// Takes everything out of a definition that should be a list or an object and of which nothing is known.
fn take_holes(definition: &mut Value) -> Missing {
    const NAMES: &[&str] = &[
        "environment",
        "environmentFiles",
        "secrets",
        "command",
        "entryPoint",
        "portMappings",
        "mountPoints",
        "logConfiguration",
    ];
    let mut missing = Missing::default();
    let Some(members) = definition.as_object_mut() else { return missing };
    for name in NAMES.iter().copied() {
        let Some(value) = members.get_mut(name) else { continue };
        let mut is_missing = is_hole(value);
        match value {
            // A list of words: each of them may be one that is not known.
            Value::Array(items) if !matches!(name, "command" | "entryPoint") => {
                let all = items.len();
                items.retain(|item| !is_hole(item));
                is_missing = items.len() < all;
            }
            _ => {}
        }
        if is_hole(value) {
            members.remove(name);
        }
        match name {
            "logConfiguration" => missing.logs |= is_missing,
            "portMappings" => {}
            "mountPoints" => missing.mounts |= is_missing,
            _ => missing.environment |= is_missing,
        }
    }
    for variables in ["environment", "secrets"] {
        let Some(Value::Array(items)) = members.get_mut(variables) else { continue };
        let all = items.len();
        items.retain(|item| !item.get("name").is_some_and(is_hole));
        missing.environment |= items.len() < all;
    }
    missing
}

fn container(
    definition: Definition,
    (attribute, home): (&'static str, Option<&str>),
    needs: &mut Vec<Need>,
    (spoken, regional): (&mut Spoken, &mut Vec<Regional>),
) -> Container {
    let mut need = |service: &'static Service, value: &str, why: &'static str| {
        // The registry's layers lie in S3, which an interface endpoint does not serve for it: Amazon ECS developer guide,
        // interface VPC endpoints (awsdocs 49232cf), read 2026-11-23.
        let by_gateway = service.name == services::S3.name;
        if !needs.iter().any(|need| need.service == service) {
            needs.push(Need {
                service,
                caller: Caller::Platform,
                certain: true,
                attribute,
                value: value.into(),
                why,
                chatter: false,
                vital: true,
                by_gateway,
            });
        }
    };
    let words = |values: Option<Vec<Value>>| -> Vec<String> {
        values.unwrap_or_default().iter().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let mut command = words(definition.entry_point);
    command.extend(words(definition.command));
    let name = elided(&definition.name.unwrap_or_default()).into_owned();
    let image = definition.image.unwrap_or_default();

    let (mut environment, mut places) = (Environment::default(), Vec::new());
    for variable in definition.environment.unwrap_or_default() {
        let value: Attr<Text> = match variable.value {
            Value::String(text) => Attr::Set(text.into()),
            Value::Number(number) => Attr::Set(number.to_string().into()),
            Value::Bool(value) => Attr::Set(value.to_string().into()),
            _ => Attr::Unset,
        };
        let key = variable.name.unwrap_or_default();
        places.extend(value.known().and_then(|text| regions::read(&key, text)));
        environment.add(&key, &value);
        spoken.take(&mut environment, &key, value.known());
    }
    if definition.environment_files.is_some_and(|files| !files.is_empty()) {
        environment.hidden = Some(Why::Elsewhere);
    }
    // What lies in another region, no endpoint of this one leads to.
    let is_here = |region: Option<&str>| match (region, home) {
        (Some(region), Some(home)) => region == home || holds_hole(region),
        _ => true,
    };

    for secret in definition.secrets.unwrap_or_default() {
        let from = secret.value_from.unwrap_or_default();
        environment.add(&secret.name.unwrap_or_default(), &Attr::Unknown(Why::Elsewhere));
        if holds_hole(&from) && !from.contains(":secretsmanager:") && !from.contains(":ssm:") {
            // Where it comes from is not known yet.
            continue;
        }
        if from.contains(":secretsmanager:") {
            need(&services::SECRETS_MANAGER, "secrets", "handed to a container");
        } else {
            need(&services::SSM, "secrets", "parameters handed to a container");
        }
        // `arn:...:secret:name-AbCdEf:json-key:stage:id` names the secret with its first seven parts.
        let arn: Vec<&str> = from.split(':').take(7).collect();
        spoken.known.push(arn.join(":").into());
    }
    // What it runs may refer to any of its variables.
    environment.add_command(&command);
    let registry = image.split_once(".dkr.ecr.").map(|(_, rest)| rest.split('.').next());
    if registry.is_some_and(is_here) {
        spoken.known.push(repository(&image).into());
        for service in services::IMAGE_PULL {
            need(service, repository(&image), "image from Amazon ECR, layers from S3");
        }
    }
    let mut possible: Vec<&'static Service> = Vec::new();
    // The registry stands in front; of one that is not known, most are ECR.
    let registry = image.split('/').next().unwrap_or_default();
    if holds_hole(registry.split(':').next().unwrap_or_default()) {
        possible.extend(services::IMAGE_PULL);
    }
    let logs = definition.log_configuration.unwrap_or_default();
    let driver = logs.log_driver.as_deref();
    let is_near = is_here(logs.options.get("awslogs-region").and_then(Value::as_str));
    if driver.is_some_and(holds_hole) {
        possible.push(&services::LOGS);
    } else if driver == Some("awslogs") && is_near {
        need(&services::LOGS, "logDriver awslogs", "of a container");
    }
    needs.extend(possible.into_iter().map(|service| possibly(service, attribute)));
    let listens = definition.port_mappings.is_some_and(|ports| !ports.is_empty());
    let essential = definition.essential != Some(Value::Bool(false));
    let role = match ContainerRole::infer(&name, &elided(&image), &command, listens) {
        // It ends before the others have much to do, and the unit goes on.
        _ if !essential && !listens && ContainerRole::is_migration(&command) => ContainerRole::Sidecar,
        role => role,
    };
    // What serves the others is waited for by nobody.
    if role != ContainerRole::Sidecar {
        regional.append(&mut places);
    }
    Container {
        role,
        pooler: ContainerRole::is_pooler(&name, &elided(&image)),
        name: name.into(),
        essential,
        environment,
        mounts: volumes::mounts(definition.mount_points),
    }
}

/// An image's repository, without tag and digest.
fn repository(image: &str) -> &str {
    let image = image.split('@').next().unwrap_or(image);
    match image.rsplit_once(':') {
        Some((repository, tag)) if !tag.contains('/') => repository,
        _ => image,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Meaning;
    use crate::model::{Account, Address, Body, HOLE, Mark, Mode, Resource};
    use crate::units::Count;
    use serde_json::json;

    /// Reads definitions in which `?` stands for what is not known.
    fn template(definitions: &Value) -> Template {
        let text = definitions.to_string().replace('?', &HOLE.to_string());
        let values = json!({ "container_definitions": text }).to_string();
        let resource = Resource {
            address: Address::new("t.n"),
            kind: "t",
            mode: Mode::Managed,
            region: Attr::Unset,
            account: Account::default(),
            body: Body::new(Some(&values), Mark::No, Mark::No),
            configured: None,
        };
        read(&mut Reader::new(&resource), "container_definitions", resource.body.get("container_definitions"))
    }

    #[test]
    fn what_is_known_of_a_definition_counts() {
        let environment = json!([{ "name": "DB_POOL_SIZE", "value": "7" }, { "name": "DB_HOST", "value": "?" }]);
        let found = template(&json!([{ "name": "app-?", "image": "nginx:?", "environment": environment }]));
        let container = &found.containers[0];
        assert_eq!((container.name.as_str(), found.hidden, container.environment.hidden), ("app-…", None, None));
        let settings = container.environment.settings.iter();
        let pool = settings.filter(|one| one.meaning == Meaning::Pool).map(|one| one.value.clone()).next();
        assert_eq!(pool, Some(Attr::Set(Count::Of(7))));
        // The image comes from a registry that is known; only its tag is not.
        assert!(found.needs.is_empty());
    }

    #[test]
    fn what_is_not_known_of_a_definition_is_not_taken_for_absent() {
        let hidden = |definition: Value| template(&json!([definition])).containers[0].environment.hidden;
        assert_eq!(hidden(json!({ "name": "a", "environment": "?" })), Some(Why::Computed));
        assert_eq!(
            hidden(json!({ "name": "a", "environment": ["?", { "name": "A", "value": "1" }] })),
            Some(Why::Computed)
        );
        assert_eq!(hidden(json!({ "name": "a", "environment": [{ "name": "?", "value": "1" }] })), Some(Why::Computed));
        assert_eq!(hidden(json!({ "name": "a", "command": "?" })), Some(Why::Computed));
        assert_eq!(hidden(json!({ "name": "a", "command": ["run", "?"] })), None);
        assert_eq!(template(&json!(["?", { "name": "a" }])).hidden, Some(Why::Computed));
        assert_eq!(template(&json!("?")).hidden, Some(Why::Computed));
        let uncertain =
            |definition: Value| template(&json!([definition])).needs.iter().filter(|need| !need.certain).count();
        assert_eq!(uncertain(json!({ "image": "?:latest" })), services::IMAGE_PULL.len());
        assert_eq!(uncertain(json!({ "image": "ghcr.io/?:1" })), 0);
        assert_eq!(uncertain(json!({ "logConfiguration": { "logDriver": "?" } })), 1);
        assert_eq!(uncertain(json!({ "logConfiguration": "?" })), 1);
    }
}
