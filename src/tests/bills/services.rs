//! What services cost that are billed by what is done with them. All prices are those of us-east-1: AWS's price list of 2025-01
//! to 2025-06, and Infracost's goldens of 2024-07 where it has none.

use jiff::civil::{Date, date};

use super::harness::{billed, item, lines, monthly, price, usage};
use crate::catalogue;
use crate::cost::Status;
use crate::facts::{Amounts, Charge, Lines, Near, Neighbours, Plot, Quantity, Record, Site};
use crate::model::{Attr, Text};
use crate::prices::Row;

fn prices() -> Vec<Row> {
    vec![
        price("aws_api_gateway_rest_api/Requests (first 333M)", "1M requests", "3.5"),
        price("aws_api_gateway_rest_api/Requests (next 667M)", "1M requests", "2.8"),
        price("aws_apigatewayv2_api/Requests (first 300M)", "1M requests", "1"),
        price("aws_apigatewayv2_api/Messages (first 1B)", "1M messages", "1"),
        price("aws_apigatewayv2_api/Connection duration", "1M minutes", "0.25"),
        price("AmazonCloudWatch/DataProcessing-Bytes", "GB", "0.5"),
        price("AmazonCloudWatch/DataProcessing-Bytes (infrequent access)", "GB", "0.25"),
        price("AmazonCloudWatch/TimedStorage-ByteHrs", "GB-month", "0.03"),
        price("AmazonCloudWatch/DataScanned-Bytes", "GB", "0.005"),
        price("AmazonCloudWatch/CW:AlarmMonitorUsage", "alarm-months", "0.1"),
        price("AmazonCloudWatch/CW:HighResAlarmMonitorUsage", "alarm-months", "0.3"),
        price("AmazonCloudWatch/CW:Canary-runs", "runs", "0.0012"),
        price("aws_sqs_queue/Requests (standard)", "1M requests", "0.4"),
        price("aws_sqs_queue/Requests (FIFO)", "1M requests", "0.5"),
        price("aws_sns_topic/API requests (over 1M)", "1M requests", "0.5"),
        price("aws_sns_topic/HTTP/HTTPS notifications (over 100k)", "100k notifications", "0.06"),
        price("aws_sns_topic/FIFO Publish API requests", "1M requests", "0.3"),
        price("aws_sns_topic/FIFO Publish API payload", "GB", "0.017"),
        price("aws_sns_topic/FIFO notifications", "1M notifications", "0.01"),
        price("aws_sns_topic/FIFO notification payload", "GB", "0.001"),
        price("aws_kms_key/Customer master key", "months", "1"),
        price("aws_kms_key/Requests", "10k requests", "0.03"),
        price("aws_kms_key/Requests (asymmetric)", "10k requests", "0.15"),
        price("aws_secretsmanager_secret/Secret", "months", "0.4"),
        price("aws_secretsmanager_secret/API requests", "10k requests", "0.05"),
        price("aws_ssm_parameter/Parameter storage (advanced)", "hours", "0.00007"),
        price("aws_ssm_parameter/API interactions (advanced)", "10k interactions", "0.05"),
        price("aws_sfn_state_machine/Transitions", "1K transitions", "0.025"),
        price("aws_sfn_state_machine/Requests", "1M requests", "1"),
        price("aws_sfn_state_machine/Duration (first 1K)", "GB-hours", "0.060012"),
        price("aws_transfer_server/SFTP protocol enabled", "hours", "0.3"),
        price("aws_transfer_server/Data uploaded", "GB", "0.04"),
        price("aws_transfer_server/Data downloaded", "GB", "0.04"),
        price("aws_directory_service_directory/Directory service (Microsoft AD, Standard)", "hours", "0.06"),
        price("aws_directory_service_directory/Directory sharing", "hours", "0.018"),
        price("aws_config_config_rule/Rule evaluations (first 100K)", "evaluations", "0.001"),
        price("aws_config_config_rule/Rule evaluations (next 400K)", "evaluations", "0.0008"),
    ]
}

#[test]
fn interfaces_by_requests_and_messages() {
    let said = usage(&[
        ("aws_api_gateway_rest_api.main", "monthly_requests", "400000000"),
        ("aws_apigatewayv2_api.http", "monthly_requests", "10000000"),
        ("aws_apigatewayv2_api.http", "request_size_kb", "600"),
        ("aws_apigatewayv2_api.socket", "monthly_messages", "2000000"),
        ("aws_apigatewayv2_api.socket", "message_size_kb", "40"),
        ("aws_apigatewayv2_api.socket", "monthly_connection_mins", "10000000"),
    ]);
    let bill = billed("services", prices(), said);
    // 333 x 3.50 $ = 1,165.50 $; 67 x 2.80 $ = 187.60 $.
    assert_eq!(monthly(&bill, "aws_api_gateway_rest_api.main"), "1,353.10");
    // A request of 600 KB counts as two: 20 x 1 $.
    assert_eq!(monthly(&bill, "aws_apigatewayv2_api.http"), "20.00");
    // A message of 40 KB counts as two: 4 x 1 $; 10 x 0.25 $.
    assert_eq!(monthly(&bill, "aws_apigatewayv2_api.socket"), "6.50");
}

#[test]
fn logs_by_class_and_alarms_by_what_they_watch() {
    let said = usage(&[
        ("aws_cloudwatch_log_group.usual", "monthly_data_ingested_gb", "100"),
        ("aws_cloudwatch_log_group.usual", "storage_gb", "200"),
        ("aws_cloudwatch_log_group.rare", "monthly_data_ingested_gb", "100"),
    ]);
    let bill = billed("services", prices(), said);
    // 100 x 0.50 $ + 200 x 0.03 $; 100 x 0.25 $.
    assert_eq!(monthly(&bill, "aws_cloudwatch_log_group.usual"), "56.00");
    assert_eq!(monthly(&bill, "aws_cloudwatch_log_group.rare"), "25.00");
    assert_eq!(monthly(&bill, "aws_cloudwatch_metric_alarm.usual"), "0.10");
    // Every ten seconds.
    assert_eq!(monthly(&bill, "aws_cloudwatch_metric_alarm.often"), "0.30");
    // Two metrics, and what is made of them.
    assert_eq!(monthly(&bill, "aws_cloudwatch_metric_alarm.ratio"), "0.20");
    // The metric and both ends of its band.
    assert_eq!(
        lines(&bill, "aws_cloudwatch_metric_alarm.band"),
        ["Standard resolution anomaly detection | 3 alarms x 0.1 = 0.30"]
    );
    // Every five minutes: 730 h x 12 = 8,760 runs x 0.0012 $.
    assert_eq!(monthly(&bill, "aws_synthetics_canary.main"), "10.51");
    assert_eq!(item(&bill, "aws_cloudwatch_event_rule.main").status, Status::Free);
}

#[test]
fn messages_by_their_size() {
    let said = usage(&[
        ("aws_sqs_queue.usual", "monthly_requests", "10000000"),
        ("aws_sqs_queue.usual", "request_size_kb", "100"),
        ("aws_sqs_queue.ordered", "monthly_requests", "10000000"),
        ("aws_sns_topic.usual", "monthly_requests", "2000000"),
        ("aws_sns_topic.usual", "http_subscriptions", "1"),
        ("aws_sns_topic.ordered", "monthly_requests", "1048576"),
        ("aws_sns_topic.ordered", "request_size_kb", "50"),
        ("aws_sns_topic.ordered", "fifo_subscriptions", "2"),
    ]);
    let bill = billed("services", prices(), said);
    // 100 KB are two chunks of 64 KB: 20 x 0.40 $. 10 x 0.50 $.
    assert_eq!(monthly(&bill, "aws_sqs_queue.usual"), "8.00");
    assert_eq!(monthly(&bill, "aws_sqs_queue.ordered"), "5.00");
    // One million beyond the first x 0.50 $; 1.9 million deliveries beyond the first 100,000: 19 x 0.06 $ = 1.14 $.
    assert_eq!(monthly(&bill, "aws_sns_topic.usual"), "1.64");
    // 1.048576 x 0.30 $ = 0.3145728 $; 50 GB x 0.017 $ = 0.85 $; twice as much goes out: 2.097152 x 0.01 $ = 0.02097152 $ and
    // 100 GB x 0.001 $ = 0.10 $. Together 1.28554432 $.
    assert_eq!(monthly(&bill, "aws_sns_topic.ordered"), "1.29");
    assert_eq!(item(&bill, "aws_sns_topic_subscription.queue").status, Status::Free);
}

#[test]
fn keys_secrets_and_parameters() {
    let said = usage(&[
        ("aws_kms_key.usual", "monthly_requests", "100000"),
        ("aws_kms_key.pair", "monthly_requests", "100000"),
    ]);
    let mut prices = prices();
    // Where the copy is, a secret costs more: 0.48 $ is made up.
    prices.retain(|row| row.key != "aws_secretsmanager_secret/Secret");
    for (region, usd) in [("us-east-1", "0.4"), ("eu-west-1", "0.48")] {
        prices.push(Row { region: region.into(), ..price("aws_secretsmanager_secret/Secret", "months", usd) });
    }
    let bill = billed("services", prices, said);
    // 1 $ + 10 x 0.03 $; 1 $ + 10 x 0.15 $.
    assert_eq!(monthly(&bill, "aws_kms_key.usual"), "1.30");
    assert_eq!(monthly(&bill, "aws_kms_key.pair"), "2.50");
    // Here and as a copy in Ireland.
    assert_eq!(monthly(&bill, "aws_secretsmanager_secret.copied"), "0.88");
    assert_eq!(item(&bill, "aws_ssm_parameter.usual").status, Status::Free);
    // 730 h x 0.00007 $ = 0.0511 $.
    assert_eq!(monthly(&bill, "aws_ssm_parameter.large"), "0.05");
    // Its size decides, which nobody sees.
    assert!(
        matches!(&item(&bill, "aws_ssm_parameter.either").status, Status::NotPriced(why) if why.contains("what is in the parameter"))
    );
}

#[test]
fn workflows_transfers_and_directories() {
    let said = usage(&[
        ("aws_sfn_state_machine.usual", "monthly_transitions", "4000"),
        ("aws_sfn_state_machine.express", "monthly_requests", "1000000"),
        ("aws_sfn_state_machine.express", "workflow_duration_ms", "250"),
        ("aws_sfn_state_machine.express", "memory_mb", "100"),
        ("aws_config_config_rule.main", "monthly_rule_evaluations", "150000"),
    ]);
    let bill = billed("services", prices(), said);
    // 4 x 0.025 $.
    assert_eq!(monthly(&bill, "aws_sfn_state_machine.usual"), "0.10");
    // 1 $; 250 ms are 0.3 s, 100 MB are 128 MB: 1,000,000 x 0.3 s x 0.125 GB / 3,600 = 10.4166 GB-hours x 0.060012 $ = 0.625125 $.
    assert_eq!(monthly(&bill, "aws_sfn_state_machine.express"), "1.63");
    // 730 h x 0.30 $, for SFTP alone.
    assert_eq!(monthly(&bill, "aws_transfer_server.main"), "219.00");
    // Three controllers x 0.06 $ x 730.
    assert_eq!(monthly(&bill, "aws_directory_service_directory.main"), "131.40");
    // 100,000 x 0.001 $ + 50,000 x 0.0008 $.
    assert_eq!(monthly(&bill, "aws_config_config_rule.main"), "140.00");
    assert_eq!(item(&bill, "aws_acm_certificate.public").status, Status::Free);
    assert!(matches!(&item(&bill, "aws_guardduty_detector.main").status, Status::NotPriced(why) if !why.is_empty()));
}

/// What stands in no plan, but in a usage file.
struct Stated(&'static [(&'static str, &'static str)], Record, Attr<Text>);

impl Plot for Stated {
    fn record(&self, _: usize) -> &Record {
        &self.1
    }
    fn kind(&self, _: usize) -> &'static str {
        "aws_data_transfer"
    }
    fn region(&self, _: usize) -> &Attr<Text> {
        &self.2
    }
    fn near(&self, _: usize, _: Near) -> Neighbours<'_> {
        Neighbours::default()
    }
    fn units(&self, _: usize) -> Option<&Result<Amounts, String>> {
        None
    }
    fn usage(&self, _: usize, key: &str) -> Option<Text> {
        self.0.iter().find(|(name, _)| *name == key).map(|(_, value)| (*value).into())
    }
    fn day(&self) -> Date {
        date(2026, 11, 29)
    }
}

#[test]
fn what_goes_from_zone_to_zone_is_billed_at_both_ends() {
    let adapter = catalogue::adapters().find(|adapter| adapter.kind == "aws_data_transfer").expect("an adapter");
    let Charge::By(charge) = adapter.tariff.charge else { panic!("it is billed") };
    let said = Stated(
        &[("region", "eu-west-1"), ("monthly_intra_region_gb", "1000"), ("monthly_outbound_internet_gb", "60000")],
        Record::default(),
        Attr::Unset,
    );
    let mut lines = Lines::default();
    charge(&Site::new(&said, 0), &mut lines);
    let amount = |name: &str| {
        let line = lines.all.iter().find(|line| line.name == name).unwrap_or_else(|| panic!("{name}"));
        assert_eq!(line.region.as_deref(), Some("eu-west-1"));
        match &line.quantity {
            Quantity::Used(Some(used)) => used.to_string(),
            other => format!("{other:?}"),
        }
    };
    assert_eq!(amount("Intra-region data transfer"), "2000");
    // 10 TB, 40 TB, and 60,000 - 51,200 GB.
    assert_eq!(amount("Outbound data transfer to Internet (first 10TB)"), "10240");
    assert_eq!(amount("Outbound data transfer to Internet (next 40TB)"), "40960");
    assert_eq!(amount("Outbound data transfer to Internet (next 100TB)"), "8800");
    assert!(!lines.all.iter().any(|line| line.name.contains("US East")));
}
