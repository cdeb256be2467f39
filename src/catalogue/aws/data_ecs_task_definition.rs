//! data `aws_ecs_task_definition`: a task definition that this plan only reads: its containers are not shown.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Relation, Template};
use crate::model::{Mode, Resource, Why};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_ecs_task_definition",
    mode: Mode::Data,
    noun: "ECS task definition",
    describe,
    tariff: &super::ecs_task_definition::TARIFF,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "arn_without_revision", "family"]);
    reader.link(Relation::ActsAs, "task_role_arn");
    reader.link(Relation::PlumbsAs, "execution_role_arn");
    reader.facts(Part::Template(Box::new(Template {
        hidden: Some(Why::Elsewhere),
        attribute: "container_definitions",
        takes_containers: true,
        ..Template::default()
    })))
}
