//! `aws_appsync_graphql_api`: answers GraphQL queries.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Lines, Site, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_appsync_graphql_api",
    mode: Mode::Managed,
    noun: "GraphQL API",
    describe: inert,
    tariff: &TARIFF,
};

/// By the query, the update and the connection.
///
/// Source: AWS `AppSync` pricing, not looked up again.
static TARIFF: Tariff = Tariff {
    usage: &[
        meter::key("monthly_requests", "queries and changes in a month"),
        meter::key("monthly_realtime_updates", "updates that go to subscribers in a month"),
        meter::key("monthly_connection_mins", "minutes for which subscribers are connected in a month"),
    ],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let millions = |key: &str| meter::per(site.usage(key), 1_000_000);
    let queries = millions("monthly_requests");
    lines.used("Queries and changes", "1M requests", "aws_appsync_graphql_api/Queries and changes", queries);
    let updates = millions("monthly_realtime_updates");
    lines.used("Real-time updates", "1M updates", "aws_appsync_graphql_api/Real-time updates", updates);
    let minutes = millions("monthly_connection_mins");
    lines.used("Connection duration", "1M minutes", "aws_appsync_graphql_api/Connection duration", minutes);
}
