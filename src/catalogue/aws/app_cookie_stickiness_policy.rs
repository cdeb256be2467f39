//! `aws_app_cookie_stickiness_policy`: keeps the clients of a classic load balancer with one instance.

use super::shared::sticky;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Relation, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_app_cookie_stickiness_policy",
    mode: Mode::Managed,
    noun: "stickiness policy",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id"]);
    reader.link(Relation::StickyAt, "load_balancer");
    reader.facts(Part::Sticky(Box::new(sticky::of_policy("load_balancer"))))
}
