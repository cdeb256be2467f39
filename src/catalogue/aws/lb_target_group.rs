//! `aws_lb_target_group`: what a load balancer forwards to.

use super::shared::sticky;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Relation, Speech, Stated, Takes, TargetGroup, Tariff, Traffic};
use crate::model::{Attr, Mode, Resource, Why};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_lb_target_group", mode: Mode::Managed, noun: "target group", describe, tariff: &Tariff::FREE };

/// Whether balancers send across zones to this group.
const ACROSS: &str = "load_balancing_cross_zone_enabled";

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "name", "arn_suffix"]);
    reader.link(Relation::InNetwork, "vpc_id");
    // Application balancers speak HTTP, network balancers the others, gateway balancers GENEVE: API reference of
    // CreateTargetGroup, Protocol, read 2026-11-25.
    let traffic = resource.text("protocol").and_then(|protocol| match protocol.as_str() {
        "HTTP" | "HTTPS" => Attr::Set(Traffic::Requests),
        "TCP" | "TLS" | "UDP" | "TCP_UDP" | "QUIC" | "TCP_QUIC" => Attr::Set(Traffic::Connections),
        "GENEVE" => Attr::Set(Traffic::Packets),
        _ => Attr::Unknown(Why::Malformed),
    });
    // "use_load_balancer_configuration" leaves it to the balancer, as does nothing: API reference of TargetGroupAttribute,
    // load_balancing.cross_zone.enabled, read 2026-11-29.
    let across = resource.text(ACROSS).and_then(|across| match across.as_str() {
        "true" => Attr::Set(true),
        "false" => Attr::Set(false),
        _ => Attr::Unset,
    });
    let across = (!across.is_unset()).then(|| Box::new(Stated::plan(ACROSS, across)));
    // Machines unless it says otherwise: API reference of CreateTargetGroup, TargetType, read 2026-11-29.
    let takes = match resource.text("target_type") {
        Attr::Set(kind) => match kind.as_str() {
            "instance" | "ip" => Attr::Set(Takes::Places),
            "lambda" => Attr::Set(Takes::Functions),
            "alb" => Attr::Set(Takes::Balancers),
            _ => Attr::Unknown(Why::Malformed),
        },
        Attr::Unset => Attr::Set(Takes::Places),
        Attr::Unknown(why) => Attr::Unknown(why),
    };
    let (speech, sticky) = (speech(resource, &traffic), sticky::of_group(resource));
    reader.facts(Part::TargetGroup(TargetGroup { traffic, takes, across, speech, sticky }))
}

/// How requests are put to its targets. Default HTTP1: API reference of `CreateTargetGroup`, `ProtocolVersion`, for groups with
/// the protocol HTTP or HTTPS; read 2026-11-29.
fn speech(resource: &Resource<'_>, traffic: &Attr<Traffic>) -> Stated<Speech> {
    const DEFAULT: &str = "Elastic Load Balancing API reference, CreateTargetGroup, ProtocolVersion";
    let speech = resource.text("protocol_version").and_then(|version| match version.as_str() {
        "HTTP1" => Attr::Set(Speech::One),
        "HTTP2" => Attr::Set(Speech::Two),
        "GRPC" => Attr::Set(Speech::Calls),
        "" => Attr::Unset,
        _ => Attr::Unknown(Why::Malformed),
    });
    let stated = Stated::plan("protocol_version", speech);
    match traffic {
        Attr::Set(Traffic::Requests) => stated.or_default(Speech::One, DEFAULT),
        Attr::Set(_) | Attr::Unset => Stated::unset("protocol_version"),
        Attr::Unknown(_) => stated,
    }
}
