//! Container definitions of ECS and Batch: a JSON document in a text attribute.

use serde::Deserialize;
use serde_json::Value;

use super::services;
use crate::catalogue::reader::{MANY, Reader};
use crate::facts::{Caller, Container, ContainerRole, Environment, LinkValue, Need, Relation, Service, Template};
use crate::model::{Attr, Text, View, Why};

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

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct LogConfiguration {
    #[serde(default)]
    log_driver: Option<String>,
}

/// Reads container definitions: a list of them, or the one of a Batch job.
pub(in crate::catalogue::aws) fn read(
    reader: &mut Reader<'_, '_>,
    attribute: &'static str,
    view: View<'_>,
) -> Template {
    let mut template = Template { attribute, takes_containers: true, ..Template::default() };
    let definitions = match view.json::<Value>() {
        Attr::Set(Value::Array(all)) => all,
        Attr::Set(one @ Value::Object(_)) => vec![one],
        Attr::Set(_) => {
            template.hidden = Some(Why::Malformed);
            return template;
        }
        Attr::Unset => return template,
        Attr::Unknown(why) => {
            template.hidden = Some(why);
            template.needs = possible(attribute);
            reader.value(Relation::Mentions, attribute, MANY, LinkValue::Unknown(why));
            return template;
        }
    };
    let mut mentions = Vec::new();
    let mut ends: Vec<String> = Vec::new();
    for definition in definitions {
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
        let container = container(definition, attribute, &mut template.needs, &mut mentions);
        template.containers.push(container);
    }
    for container in template.containers.iter_mut().filter(|one| ends.iter().any(|name| one.name == *name)) {
        container.role = ContainerRole::Sidecar;
    }
    if !mentions.is_empty() {
        reader.value(Relation::Mentions, attribute, MANY, LinkValue::Known(mentions));
    }
    template
}

/// What it may take to start containers that cannot be seen: most images come from ECR, most logs go to `CloudWatch`.
fn possible(attribute: &'static str) -> Vec<Need> {
    let need = |service: &'static Service| Need {
        service,
        caller: Caller::Platform,
        attribute,
        value: "(not to be seen)".into(),
        why: "containers that cannot be seen",
        certain: false,
        chatter: false,
        by_gateway: service.name == services::S3.name,
    };
    services::IMAGE_PULL.iter().copied().chain([&services::LOGS]).map(need).collect()
}

fn container(
    definition: Definition,
    attribute: &'static str,
    needs: &mut Vec<Need>,
    mentions: &mut Vec<Text>,
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
                by_gateway,
            });
        }
    };
    let words = |values: Option<Vec<Value>>| -> Vec<String> {
        values.unwrap_or_default().iter().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let mut command = words(definition.entry_point);
    command.extend(words(definition.command));
    let name = definition.name.unwrap_or_default();
    let image = definition.image.unwrap_or_default();

    let mut environment = Environment::default();
    for variable in definition.environment.unwrap_or_default() {
        let value = match variable.value {
            Value::String(text) => Attr::Set(text.into()),
            Value::Number(number) => Attr::Set(number.to_string().into()),
            Value::Bool(value) => Attr::Set(value.to_string().into()),
            _ => Attr::Unset,
        };
        environment.add(&variable.name.unwrap_or_default(), &value);
    }
    if definition.environment_files.is_some_and(|files| !files.is_empty()) {
        environment.hidden = Some(Why::Elsewhere);
    }
    mentions.append(&mut environment.mentions);

    for secret in definition.secrets.unwrap_or_default() {
        let from = secret.value_from.unwrap_or_default();
        environment.add(&secret.name.unwrap_or_default(), &Attr::Unknown(Why::Elsewhere));
        if from.contains(":secretsmanager:") {
            need(&services::SECRETS_MANAGER, "secrets", "handed to a container");
        } else {
            need(&services::SSM, "secrets", "parameters handed to a container");
        }
        // `arn:...:secret:name-AbCdEf:json-key:stage:id` names the secret with its first seven parts.
        let arn: Vec<&str> = from.split(':').take(7).collect();
        mentions.push(arn.join(":").into());
    }
    // What it runs may refer to any of its variables.
    environment.add_command(&command);
    if image.contains(".dkr.ecr.") {
        mentions.push(repository(&image).into());
        for service in services::IMAGE_PULL {
            need(service, repository(&image), "image from Amazon ECR, layers from S3");
        }
    }
    let driver = definition.log_configuration.and_then(|logs| logs.log_driver);
    if driver.as_deref() == Some("awslogs") {
        need(&services::LOGS, "logDriver awslogs", "of a container");
    }
    let listens = definition.port_mappings.is_some_and(|ports| !ports.is_empty());
    let essential = definition.essential != Some(Value::Bool(false));
    let role = match ContainerRole::infer(&name, &image, &command, listens) {
        // It ends before the others have much to do, and the unit goes on.
        _ if !essential && !listens && ContainerRole::is_migration(&command) => ContainerRole::Sidecar,
        role => role,
    };
    Container { role, pooler: ContainerRole::is_pooler(&name, &image), name: name.into(), essential, environment }
}

/// An image's repository, without tag and digest.
fn repository(image: &str) -> &str {
    let image = image.split('@').next().unwrap_or(image);
    match image.rsplit_once(':') {
        Some((repository, tag)) if !tag.contains('/') => repository,
        _ => image,
    }
}
