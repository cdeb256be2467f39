//! What holds of every tariff.

use jiff::civil::{Date, date};

use crate::catalogue;
use crate::facts::{Amounts, Charge, Lines, Near, Neighbours, Plot, Record, Site};
use crate::model::{Attr, Text, Why};

/// One resource, alone.
struct Alone {
    record: Record,
    region: Attr<Text>,
    units: Option<Result<Amounts, String>>,
}

impl Plot for Alone {
    fn record(&self, _: usize) -> &Record {
        &self.record
    }
    fn kind(&self, _: usize) -> &'static str {
        ""
    }
    fn region(&self, _: usize) -> &Attr<Text> {
        &self.region
    }
    fn near(&self, _: usize, _: Near) -> Neighbours<'_> {
        Neighbours { certain: &[], open: Some("nobody knows") }
    }
    fn units(&self, _: usize) -> Option<&Result<Amounts, String>> {
        self.units.as_ref()
    }
    fn usage(&self, _: usize, _: &str) -> Option<Text> {
        None
    }
    fn day(&self) -> Date {
        date(2026, 11, 29)
    }
}

/// Whether all is unset or all is unknown: no tariff fails, and each that bills says so.
#[test]
fn nothing_known_is_no_reason_to_fail() {
    let (mut tariffs, mut silent) = (0, Vec::new());
    for adapter in catalogue::adapters() {
        let Charge::By(charge) = adapter.tariff.charge else { continue };
        tariffs += 1;
        let fields = adapter.tariff.reads;
        let (unset, unknown) = (Record::new(fields, &[]), Record::unknown(fields, Why::Computed));
        for (record, units) in [(unset, None), (unknown, Some(Err("nobody knows".to_owned())))] {
            let alone = Alone { record, region: Attr::Unset, units };
            let mut lines = Lines::default();
            charge(&Site::new(&alone, 0), &mut lines);
            if lines.all.is_empty() && lines.not_priced.is_empty() {
                silent.push(adapter.kind);
            }
        }
    }
    assert!(tariffs > 0);
    // What may cost nothing depending on attributes nobody set, such as a gateway endpoint.
    assert!(silent.iter().all(|kind| MAY_BE_FREE.contains(kind)), "{silent:?}");
}

/// Types of which some cost nothing.
const MAY_BE_FREE: &[&str] = &[
    // Access from outside is looked at for nothing.
    "aws_accessanalyzer_analyzer",
    // A public certificate.
    "aws_acm_certificate",
    // A stage without a cache.
    "aws_api_gateway_stage",
    // What it sends stays in the account.
    "aws_cloudwatch_event_target",
    // An activation for the standard tier, a parameter of the standard tier.
    "aws_ssm_activation",
    "aws_ssm_parameter",
    // Deliveries to queues and functions.
    "aws_sns_topic_subscription",
    // Only its instances are, where nothing is stored.
    "aws_docdb_cluster",
    // A gateway endpoint.
    "aws_vpc_endpoint",
];
