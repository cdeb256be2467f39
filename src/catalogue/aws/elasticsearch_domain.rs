//! `aws_elasticsearch_domain`: documents that are searched, as older configurations call it.

use super::shared::opensearch;
use crate::catalogue::Adapter;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_elasticsearch_domain",
    mode: Mode::Managed,
    noun: "Elasticsearch domain",
    describe: opensearch::describe,
    tariff: &opensearch::TARIFF,
};
