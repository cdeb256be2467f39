//! `aws_opensearchserverless_collection`: documents that are searched, without nodes to see.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Tariff, UsageKey};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_opensearchserverless_collection",
    mode: Mode::Managed,
    noun: "OpenSearch serverless collection",
    describe: inert,
    tariff: &TARIFF,
};

/// Billed by capacity units, which all collections of an account share, and by what is stored: how many are this one's, no plan tells.
///
/// Source: Amazon `OpenSearch` Service pricing, Serverless, not looked up again.
static TARIFF: Tariff = Tariff {
    usage: &[
        UsageKey { key: "monthly_indexing_ocu_hours", meaning: "capacity units and hours of indexing in a month" },
        UsageKey { key: "monthly_search_ocu_hours", meaning: "capacity units and hours of searching in a month" },
        UsageKey { key: "storage_gb", meaning: "GB that are kept" },
    ],
    charge: Charge::By(|site, lines| {
        lines.used(
            "Indexing",
            "OCU-hours",
            "aws_opensearchserverless_collection/Indexing",
            site.usage("monthly_indexing_ocu_hours"),
        );
        lines.used(
            "Search",
            "OCU-hours",
            "aws_opensearchserverless_collection/Search",
            site.usage("monthly_search_ocu_hours"),
        );
        lines.used("Storage", "GB", "aws_opensearchserverless_collection/Storage", site.usage("storage_gb"));
    }),
    ..Tariff::FREE
};
