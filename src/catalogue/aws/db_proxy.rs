//! `aws_db_proxy`: shares database connections among clients.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Pooler, Relation};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter { kind: "aws_db_proxy", mode: Mode::Managed, noun: "RDS Proxy", describe };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["endpoint"]);
    reader.labels(&["id", "arn", "name"]);
    reader.links(Relation::GuardedBy, "vpc_security_group_ids");
    reader.links(Relation::InSubnet, "vpc_subnet_ids");
    reader.facts(Part::Pooler(Pooler))
}
