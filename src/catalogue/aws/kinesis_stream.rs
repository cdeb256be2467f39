//! `aws_kinesis_stream`: records in order, in shards.

use super::shared::billing::{count, is_none, said, used};
use super::shared::services;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{Reader, unsigned};
use crate::facts::{Charge, Facts, Field, Lines, Part, Quantity, Site, Source, SourceKind, Tariff, UsageKey};
use crate::model::{Attr, Mode, Resource};
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_kinesis_stream", mode: Mode::Managed, noun: "Kinesis stream", describe, tariff: &TARIFF };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["arn", "id", "name"]);
    // Provisioned streams only: on-demand ones grow as they need.
    let mode = resource.body.block("stream_mode_details").map_or(Attr::Unset, |mode| mode.text("stream_mode"));
    let shards = match (resource.int("shard_count").and_then(unsigned), mode) {
        (_, Attr::Set(mode)) if mode == "ON_DEMAND" => Attr::Unset,
        (Attr::Unset, Attr::Unknown(why)) => Attr::Unknown(why),
        (shards, _) => shards,
    };
    reader.facts(Part::Source(Box::new(Source {
        shards,
        service: Some(&services::KINESIS),
        ..Source::always(SourceKind::Stream)
    })))
}

/// Billed by its shards or, on demand, by the hour; and by what is written, read and kept.
///
/// Source: Amazon Kinesis Data Streams pricing, not looked up again.
static TARIFF: Tariff = Tariff {
    reads: &[
        Field::number("shard_count"),
        Field::number("retention_period"),
        Field::blocks("stream_mode_details", &[Field::text("stream_mode")]),
    ],
    near: &[],
    usage: &[
        UsageKey { key: "monthly_on_demand_data_in_gb", meaning: "GB written in a month, on demand" },
        UsageKey { key: "monthly_on_demand_data_out_gb", meaning: "GB read in a month, on demand" },
        UsageKey {
            key: "monthly_on_demand_efo_data_out_gb",
            meaning: "GB read by enhanced fan-out in a month, on demand",
        },
        UsageKey { key: "monthly_on_demand_extended_retention_gb", meaning: "GB kept for 1 to 7 days, on demand" },
        UsageKey {
            key: "monthly_on_demand_long_term_retention_gb",
            meaning: "GB kept for more than 7 days, on demand",
        },
        UsageKey { key: "monthly_provisioned_put_units", meaning: "PUT units of 25 KB in a month, provisioned" },
        UsageKey {
            key: "monthly_provisioned_extended_retention_gb",
            meaning: "has no effect: extended retention of a provisioned stream is paid by its shards",
        },
        UsageKey {
            key: "monthly_provisioned_long_term_retention_gb",
            meaning: "GB kept for more than 7 days, provisioned",
        },
        UsageKey {
            key: "monthly_provisioned_long_term_retrieval_gb",
            meaning: "GB older than 7 days that are read in a month, provisioned",
        },
        UsageKey {
            key: "monthly_provisioned_efo_data_out_gb",
            meaning: "GB read by enhanced fan-out in a month, provisioned",
        },
        UsageKey {
            key: "monthly_provisioned_efo_consumer_hours",
            meaning: "hours of enhanced fan-out consumers and shards in a month, provisioned",
        },
    ],
    charge: Charge::By(charge),
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    const KIND: &str = "aws_kinesis_stream";
    let own = site.own();
    let mode = own.block("stream_mode_details").and_then(|details| details.text("stream_mode"));
    // Default PROVISIONED: documentation of the provider, stream_mode.
    let on_demand = said(mode.map(|mode| *mode == "ON_DEMAND").or_default(false), "stream_mode_details");
    // Default 24 hours, which cost nothing: API reference of CreateStream, retention.
    let hours = own.number("retention_period").or_default(24.into());
    let beyond = |limit: u32| hours.known().is_none_or(|hours| *hours > Decimal::from(limit));
    if on_demand == Ok(true) {
        lines.hours("ON_DEMAND", "aws_kinesis_stream/ON_DEMAND", 1);
        let mut add = used(KIND, lines);
        add.line("Data ingested", "GB", site.usage("monthly_on_demand_data_in_gb"));
        add.line("Data retrieval", "GB", site.usage("monthly_on_demand_data_out_gb"));
        let fanned = site.usage("monthly_on_demand_efo_data_out_gb");
        let name = "Enhanced Fan Out (EFO) Data retrieval";
        lines.used(name, "GB", "aws_kinesis_stream/Enhanced Fan Out (EFO) Data retrieval [ON_DEMAND]", fanned);
        let extended = site.usage("monthly_on_demand_extended_retention_gb");
        if beyond(24) || extended.is_some() {
            let key = "aws_kinesis_stream/Extended retention (24H to 7D) [ON_DEMAND]";
            lines.used("Extended retention (24H to 7D)", "GB", key, extended);
        }
        let long = site.usage("monthly_on_demand_long_term_retention_gb");
        if beyond(168) || long.is_some() {
            used(KIND, lines).line("Long term retention (7D+)", "GB", long);
        }
        return;
    }
    let shards = match &on_demand {
        Ok(_) => count(own, "shard_count", 1),
        Err(why) => Quantity::Unknown(why.clone()),
    };
    lines.hours("PROVISIONED", "aws_kinesis_stream/PROVISIONED", shards.clone());
    used(KIND, lines).line("Put request unit", "units", site.usage("monthly_provisioned_put_units"));
    if beyond(24) && !is_none(&shards) {
        let key = "aws_kinesis_stream/Extended retention (24H to 7D)";
        let known = said(hours.clone(), "retention_period");
        lines.hours("Extended retention (24H to 7D)", key, super::shared::billing::given(&known, shards));
    }
    let long = site.usage("monthly_provisioned_long_term_retention_gb");
    if beyond(168) || long.is_some() {
        let key = "aws_kinesis_stream/Long term retention (7D+, provisioned)";
        lines.used("Long term retention (7D+)", "GB", key, long);
        let read = site.usage("monthly_provisioned_long_term_retrieval_gb");
        used(KIND, lines).line("Extended retention retrieval (7D+)", "GB", read);
    }
    let mut add = used(KIND, lines);
    add.line("Enhanced Fan Out (EFO) Data retrieval", "GB", site.usage("monthly_provisioned_efo_data_out_gb"));
    let consumers = site.usage("monthly_provisioned_efo_consumer_hours");
    add.line("Enhanced Fan Out (EFO)", "consumer-shard hours", consumers);
}
