//! `aws_kinesis_firehose_delivery_stream`: leads records to where they are kept.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Field, Lines, Record, Site, Tariff, UsageKey};
use crate::model::{Attr, Mode};
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_kinesis_firehose_delivery_stream",
    mode: Mode::Managed,
    noun: "Firehose stream",
    describe: inert,
    tariff: &TARIFF,
};

/// Billed by what passes through it; by what is converted; and where it delivers into a network, by what goes there and by the
/// zones.
///
/// Source: Amazon Data Firehose pricing, direct PUT, not looked up again; tiers in GB as infracost/infracost has them.
static TARIFF: Tariff = Tariff {
    reads: &[
        Field::blocks(
            "extended_s3_configuration",
            &[Field::blocks("data_format_conversion_configuration", &[Field::flag("enabled")])],
        ),
        Field::blocks("elasticsearch_configuration", NETWORK),
        Field::blocks("opensearch_configuration", NETWORK),
        Field::blocks("opensearchserverless_configuration", NETWORK),
    ],
    near: &[],
    usage: &[UsageKey { key: "monthly_data_ingested_gb", meaning: "GB that pass through it in a month" }],
    charge: Charge::By(charge),
};

const NETWORK: &[Field] = &[Field::blocks("vpc_config", &[Field::texts("subnet_ids")])];

fn charge(site: &Site<'_>, lines: &mut Lines) {
    const KIND: &str = "aws_kinesis_firehose_delivery_stream";
    let own = site.own();
    let data = site.usage("monthly_data_ingested_gb");
    let tiers = [
        ("Data ingested (first 500TB)", Some(512_000)),
        ("Data ingested (next 1.5PB)", Some(1_536_000)),
        ("Data ingested (next 3PB)", None),
    ];
    let keys = tiers.map(|(name, most)| (name, format!("{KIND}/{name}"), most.map(Decimal::from)));
    let tiers: Vec<_> = keys.iter().map(|(name, key, most)| (*name, key.as_str(), *most)).collect();
    lines.tiers("GB", &tiers, data);
    let conversion = own.block("extended_s3_configuration");
    let conversion = conversion.and_then(|block| block.block("data_format_conversion_configuration"));
    // Default true: documentation of the provider, data_format_conversion_configuration.enabled.
    if conversion.and_then(|block| block.flag("enabled").or_default(true)) == Attr::Set(true) {
        lines.used("Format conversion", "GB", format!("{KIND}/Format conversion"), data);
    }
    let into = ["elasticsearch_configuration", "opensearch_configuration", "opensearchserverless_configuration"];
    let network = |name: &&str| own.block(name).and_then(|block: &Record| block.block("vpc_config")).into_known();
    if let Some(network) = into.iter().find_map(network) {
        lines.used("VPC data", "GB", format!("{KIND}/VPC data"), data);
        // One subnet in each zone: documentation of Amazon Data Firehose, destinations in a VPC.
        let zones = match network.texts("subnet_ids") {
            Attr::Set(subnets) => Decimal::from(subnets.len()).into(),
            Attr::Unset => 1.into(),
            Attr::Unknown(why) => crate::facts::Quantity::Unknown(format!("vpc_config.subnet_ids is {why}")),
        };
        lines.hours("VPC AZ delivery", format!("{KIND}/VPC AZ delivery"), zones);
    }
}
