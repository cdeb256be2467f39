//! `aws_ecs_task_definition`: what a task is made of.

use super::shared::containers;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Relation};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_ecs_task_definition", mode: Mode::Managed, noun: "ECS task definition", describe };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "arn_without_revision", "family"]);
    if let (Attr::Set(family), Attr::Set(revision)) = (resource.text("family"), resource.text("revision")) {
        reader.name(format!("{family}:{revision}"));
    }
    reader.link(Relation::ActsAs, "task_role_arn");
    reader.link(Relation::PlumbsAs, "execution_role_arn");
    let mut template =
        containers::read(&mut reader, "container_definitions", resource.body.get("container_definitions"));
    // Default bridge: Amazon ECS task definition parameters, networkMode.
    template.host_network =
        matches!(resource.text("network_mode").or_default("bridge".into()), Attr::Set(mode) if mode != "awsvpc");
    reader.facts(Part::Template(Box::new(template)))
}
