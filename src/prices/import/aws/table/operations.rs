//! Logs, metrics, alarms, keys, secrets.

use super::{Entry, key, many, own};

pub(super) static ENTRIES: &[Entry] = &[
    Entry::new(
        "AmazonCloudWatch",
        "CW:AlarmMonitorUsage",
        &[own("Alarms"), key("aws_cloudwatch_metric_alarm/Standard resolution", "alarm metrics")],
    ),
    Entry::new(
        "AmazonCloudWatch",
        "CW:HighResAlarmMonitorUsage",
        &[
            own("Alarms"),
            key("aws_cloudwatch_metric_alarm/High resolution", "alarm metrics"),
            key("aws_cloudwatch_metric_alarm/High resolution anomaly detection", "alarms"),
        ],
    ),
    Entry::new("AmazonCloudWatch", "CW:CompositeAlarmMonitorUsage", &[own("Alarms")]),
    Entry::new("AmazonCloudWatch", "CW:MetricInsightAlarmUsage", &[own("Alarms")]),
    Entry::new(
        "AmazonCloudWatch",
        "CW:MetricMonitorUsage",
        &[own("Metrics"), key("aws_instance/EC2 detailed monitoring", "metrics").from(0)],
    ),
    Entry::new("AmazonCloudWatch", "CW:Requests", &[own("Requests")]),
    Entry::new("AmazonCloudWatch", "DashboardsUsageHour", &[key("aws_cloudwatch_dashboard/Dashboard", "months")])
        .everywhere(),
    Entry::new(
        "AmazonCloudWatch",
        "DataProcessing-Bytes",
        &[own("GB"), key("aws_cloudwatch_log_group/Data ingested", "GB")],
    ),
    Entry::new(
        "AmazonCloudWatch",
        "TimedStorage-ByteHrs",
        &[own("GB-month"), key("aws_cloudwatch_log_group/Archival Storage", "GB")],
    ),
    Entry::new(
        "AmazonCloudWatch",
        "DataScanned-Bytes",
        &[own("GB"), key("aws_cloudwatch_log_group/Insights queries data scanned", "GB")],
    ),
    Entry::new("AmazonCloudWatch", "VendedLog-Bytes", &[own("GB")]),
    Entry::new(
        "awskms",
        "KMS-Keys",
        &[key("aws_kms_key/Customer master key", "months"), key("aws_kms_external_key/Customer master key", "months")],
    ),
    Entry::new("awskms", "KMS-Requests", &[many("aws_kms_key/Requests", "10k requests", 10_000)]),
    Entry::new(
        "awskms",
        "KMS-Requests-Asymmetric",
        &[many("aws_kms_key/Requests (asymmetric)", "10k requests", 10_000)],
    ),
    Entry::new(
        "awskms",
        "KMS-Requests-Asymmetric-RSA_2048",
        &[many("aws_kms_key/Requests (RSA 2048)", "10k requests", 10_000)],
    ),
    Entry::new(
        "awskms",
        "KMS-Requests-GenerateDatakeyPair-ECC",
        &[many("aws_kms_key/ECC GenerateDataKeyPair requests", "10k requests", 10_000)],
    ),
    Entry::new(
        "AWSSecretsManager",
        "AWSSecretsManager-Secrets", // *
        &[key("aws_secretsmanager_secret/Secret", "months")],
    ),
    Entry::new(
        "AWSSecretsManager",
        "AWSSecretsManagerAPIRequest", // *
        &[many("aws_secretsmanager_secret/API requests", "10k requests", 10_000)],
    ),
];
