//! `aws_launch_configuration`: what machines of a group are made from, in the old style.

use crate::catalogue::Adapter;
use crate::catalogue::reader::{MANY, Reader};
use crate::facts::{Facts, LinkValue, Part, Relation, Template};
use crate::model::{Mode, Resource, Why};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_launch_configuration", mode: Mode::Managed, noun: "launch configuration", describe };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "name"]);
    reader.links(Relation::GuardedBy, "security_groups");
    reader.link(Relation::ActsAs, "iam_instance_profile");
    reader.value(Relation::Mentions, "user_data", MANY, LinkValue::Known(Vec::new()));
    reader.value(Relation::Mentions, "user_data_base64", MANY, LinkValue::Known(Vec::new()));
    reader.facts(Part::Template(Box::new(Template {
        size: resource.text("instance_type").into_known(),
        hidden: Some(Why::Elsewhere),
        attribute: "user_data",
        ..Template::default()
    })))
}
