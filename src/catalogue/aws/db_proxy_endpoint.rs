//! `aws_db_proxy_endpoint`: another name of a proxy.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Relation, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_db_proxy_endpoint",
    mode: Mode::Managed,
    noun: "RDS Proxy endpoint",
    describe,
    tariff: &Tariff::NONE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["endpoint"]);
    reader.labels(&["id", "arn"]);
    reader.link(Relation::NameOf, "db_proxy_name");
    reader.facts(Part::Alias)
}
