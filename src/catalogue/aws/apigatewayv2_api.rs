//! `aws_apigatewayv2_api`: an API of the second generation, over HTTP or `WebSocket`.

use super::lambda_function::function_of;
use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader};
use crate::facts::{Charge, Facts, Field, Lines, Part, Relation, Site, Stated, Tariff, Wait};
use crate::model::{Attr, Mode, Provenance, Resource};
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_apigatewayv2_api", mode: Mode::Managed, noun: "HTTP API", describe, tariff: &TARIFF };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "execution_arn", "api_endpoint"]);
    reader.labels(&["name"]);
    reader.top(Relation::Calls, "target", ONE, |uri| function_of(&uri));
    reader.facts(Part::Api(wait(resource)))
}

/// How long its integrations wait where they do not say so.
///
/// Source: AWS `CloudFormation` reference, `AWS::ApiGatewayV2::Integration`, `TimeoutInMillis`: 30 seconds for HTTP APIs, which is also
/// the most. Over a `WebSocket` whoever sends a message is answered by another, whenever that may be. Read 2026-11-29.
fn wait(resource: &Resource<'_>) -> Wait {
    match resource.text("protocol_type") {
        Attr::Set(kind) if kind == "WEBSOCKET" => Wait::Never,
        Attr::Set(_) => Wait::For(Stated {
            value: Attr::Set(MOST),
            attribute: "protocol_type",
            source: Provenance::Default("30 s, AWS::ApiGatewayV2::Integration, TimeoutInMillis"),
            unit: 0,
        }),
        Attr::Unset => Wait::Elsewhere(MOST),
        Attr::Unknown(why) => Wait::For(Stated::plan("protocol_type", Attr::Unknown(why))),
    }
}

const MOST: u64 = 30_000;

/// An HTTP API by the request, each 512 KB of it one; a `WebSocket` API by the message, each 32 KB of it one, and by the minute for which
/// somebody is connected.
///
/// Source: components and units as Infracost prints them, goldens of 2024-07.
static TARIFF: Tariff = Tariff {
    reads: &[Field::text("protocol_type")],
    usage: &[
        meter::key("monthly_requests", "requests in a month (HTTP)"),
        meter::key("request_size_kb", "KB of a request, on average (HTTP)"),
        meter::key("monthly_messages", "messages in a month (WebSocket)"),
        meter::key("message_size_kb", "KB of a message, on average (WebSocket)"),
        meter::key(
            "monthly_connection_mins",
            "minutes for which somebody is connected in a month, of all connections together (WebSocket)",
        ),
    ],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    match meter::word(site.own(), "protocol_type", "HTTP") {
        Ok("WEBSOCKET") => {
            let messages = meter::in_chunks(site.usage("monthly_messages"), site.usage("message_size_kb"), 32);
            lines.tiers("1M messages", MESSAGES, meter::per(messages, 1_000_000));
            let minutes = meter::per(site.usage("monthly_connection_mins"), 1_000_000);
            lines.used("Connection duration", "1M minutes", "aws_apigatewayv2_api/Connection duration", minutes);
        }
        Ok(_) => {
            let requests = meter::in_chunks(site.usage("monthly_requests"), site.usage("request_size_kb"), 512);
            lines.tiers("1M requests", REQUESTS, meter::per(requests, 1_000_000));
        }
        Err(why) => lines.not_priced("Requests", why),
    }
}

/// How much each tier holds, in millions.
const REQUESTS: &[(&str, &str, Option<Decimal>)] = &[
    (
        "Requests (first 300M)",
        "aws_apigatewayv2_api/Requests (first 300M)",
        Some(Decimal::from_parts(300, 0, 0, false, 0)),
    ),
    ("Requests (over 300M)", "aws_apigatewayv2_api/Requests (over 300M)", None),
];

const MESSAGES: &[(&str, &str, Option<Decimal>)] = &[
    ("Messages (first 1B)", "aws_apigatewayv2_api/Messages (first 1B)", Some(Decimal::ONE_THOUSAND)),
    ("Messages (over 1B)", "aws_apigatewayv2_api/Messages (over 1B)", None),
];
