//! `aws_opensearch_domain`: documents that are searched.

use super::shared::opensearch;
use crate::catalogue::Adapter;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_opensearch_domain",
    mode: Mode::Managed,
    noun: "OpenSearch domain",
    describe: opensearch::describe,
    tariff: &opensearch::TARIFF,
};
