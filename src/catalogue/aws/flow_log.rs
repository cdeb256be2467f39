//! `aws_flow_log`: writes down who talks to whom.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Field, Lines, Site, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_flow_log", mode: Mode::Managed, noun: "flow log", describe: inert, tariff: &TARIFF };

/// By the GB that is delivered, by where to; where it is stored, storage is billed.
///
/// Source: Amazon CloudWatch pricing, vended logs, not looked up again; default cloud-watch-logs: provider documentation of `aws_flow_log`, `log_destination_type`.
static TARIFF: Tariff = Tariff {
    reads: &[Field::text("log_destination_type")],
    usage: &[meter::key(
        "monthly_data_ingested_gb",
        "GB of flow logs in a month; not again at the log group or bucket that takes them",
    )],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let (name, key) = match meter::word(site.own(), "log_destination_type", "cloud-watch-logs") {
        Ok("s3") => ("Logs delivered to S3", "AmazonCloudWatch/S3-Egress-Bytes"),
        Ok("kinesis-data-firehose") => ("Logs delivered to Firehose", "AmazonCloudWatch/FH-Egress-Bytes"),
        Ok(_) => ("Logs delivered to CloudWatch", "AmazonCloudWatch/VendedLog-Bytes"),
        Err(why) => return lines.not_priced("Logs delivered", why),
    };
    lines.used(name, "GB", key, site.usage("monthly_data_ingested_gb"));
}
