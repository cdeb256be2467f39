//! Databases, caches, object and file storage, queues and streams.

use super::{Entry, Out, key, many, own};
use crate::prices::import::aws::product::Field;

const GB_MONTH: &[Out] = &[own("GB-month")];
const IOPS_MONTH: &[Out] = &[own("IOPS-month")];
const MBPS_MONTH: &[Out] = &[own("MBps-month")];
const IOS: &[Out] = &[own("IOs")];
const GB: &[Out] = &[own("GB")];
const HOURS: &[Out] = &[own("hours")];
const ACU_HOURS: &[Out] = &[own("ACU-hours")];
const VCPU_HOURS: &[Out] = &[own("vCPU-hours")];
const CHANGES: &[Out] = &[own("CR-Hr")];

pub(super) static ENTRIES: &[Entry] = &[
    rds("RDS:StorageUsage", &[own("GB-month"), key("aws_db_instance/Storage (magnetic)", "GB").of("Any")]),
    rds(
        "RDS:GP2-Storage",
        &[own("GB-month"), key("aws_db_instance/Storage (general purpose SSD, gp2)", "GB").of("Any")],
    ),
    rds(
        "RDS:GP3-Storage",
        &[own("GB-month"), key("aws_db_instance/Storage (general purpose SSD, gp3)", "GB").of("Any")],
    ),
    rds(
        "RDS:PIOPS-Storage",
        &[own("GB-month"), key("aws_db_instance/Storage (provisioned IOPS SSD, io1)", "GB").of("Any")],
    ),
    rds(
        "RDS:GP3-PIOPS",
        &[
            own("IOPS-month"),
            key("aws_db_instance/Provisioned GP3 IOPS (above 3,000)", "IOPS").of("Any"),
            key("aws_db_instance/Provisioned GP3 IOPS (above 12,000)", "IOPS").of("Any"),
        ],
    ),
    rds("RDS:PIOPS", &[own("IOPS-month"), key("aws_db_instance/Provisioned IOPS", "IOPS").of("Any")]),
    rds("RDS:GP3-Throughput", MBPS_MONTH),
    rds("RDS:StorageIOUsage", &[own("IOs"), many("aws_db_instance/I/O requests", "1M requests", 1_000_000).of("Any")]),
    rds("RDS:Multi-AZ-StorageUsage", GB_MONTH),
    rds(
        "RDS:Multi-AZ-GP2-Storage",
        &[own("GB-month"), key("aws_db_instance/Storage (general purpose SSD, gp2) [Multi-AZ]", "GB").of("Any")],
    ),
    rds(
        "RDS:Multi-AZ-GP3-Storage",
        &[own("GB-month"), key("aws_db_instance/Storage (general purpose SSD, gp3) [Multi-AZ]", "GB").of("Any")],
    ),
    rds("RDS:Multi-AZ-PIOPS-Storage", GB_MONTH),
    rds(
        "RDS:Multi-AZ-GP3-PIOPS",
        &[own("IOPS-month"), key("aws_db_instance/Provisioned GP3 IOPS (above 12,000) [Multi-AZ]", "IOPS").of("Any")],
    ),
    rds("RDS:Multi-AZ-PIOPS", IOPS_MONTH),
    rds("RDS:Multi-AZ-GP3-Throughput", MBPS_MONTH),
    rds("RDS:Multi-AZCluster-PIOPS-Storage", GB_MONTH),
    rds("RDS:Multi-AZCluster-PIOPS", IOPS_MONTH),
    rds("RDS:Mirror-StorageUsage", GB_MONTH),
    rds("RDS:Mirror-GP2-Storage", GB_MONTH),
    rds("RDS:Mirror-GP3-Storage", GB_MONTH),
    rds("RDS:Mirror-PIOPS-Storage", GB_MONTH),
    rds("RDS:Mirror-GP3-PIOPS", IOPS_MONTH),
    rds("RDS:Mirror-PIOPS", IOPS_MONTH),
    rds("RDS:Mirror-GP3-Throughput", MBPS_MONTH),
    rds("RDS:ChargedBackupUsage", &[own("GB-month"), key("aws_db_instance/Additional backup storage", "GB").of("Any")]),
    rds("RDS:SnapshotExportToS3", GB),
    // By the vCPU-hour of the target.
    rds("RDS:ProxyUsage", HOURS),
    rds("RDS:Proxy-ASv2-Usage", ACU_HOURS),
    rds(
        "CPUCredits:db.t3",
        &[
            own("vCPU-hours"),
            key("aws_db_instance/CPU credits", "vCPU-hours").of("MySQL"),
            key("aws_rds_cluster_instance/CPU credits", "vCPU-hours").of("Aurora MySQL"),
        ],
    ),
    rds("CPUCredits:db.t4g", VCPU_HOURS),
    rds("Aurora:StorageUsage", &[own("GB-month"), key("aws_rds_cluster/Storage", "GB").of("Any")]),
    rds("Aurora:IO-OptimizedStorageUsage", &[own("GB-month"), key("aws_rds_cluster/Storage (I/O-optimized)", "GB")]),
    rds(
        "Aurora:StorageIOUsage",
        &[own("IOs"), many("aws_rds_cluster/I/O requests", "1M requests", 1_000_000).of("Any")],
    ),
    rds("Aurora:ReplicatedWriteIO", IOS),
    rds("Aurora:BackupUsage", &[own("GB-month"), key("aws_rds_cluster/Backup storage", "GB")]),
    rds("Aurora:BacktrackUsage", CHANGES),
    rds("Aurora:SnapshotExportToS3", &[own("GB"), key("aws_rds_cluster/Snapshot export", "GB")]),
    rds("Aurora:ServerlessUsage", &[own("ACU-hours"), key("aws_rds_cluster/Aurora serverless", "ACU-hours")]),
    rds(
        "Aurora:ServerlessV2Usage",
        &[
            own("ACU-hours"),
            key("AmazonRDS/Aurora:ServerlessV2Usage", "ACU-hours"),
            key("aws_rds_cluster_instance/Aurora serverless v2", "ACU-hours"),
        ],
    ),
    rds(
        "Aurora:ServerlessV2IOOptimizedUsage",
        &[own("ACU-hours"), key("aws_rds_cluster_instance/Aurora serverless v2 (I/O-optimized)", "ACU-hours")],
    ),
    Entry::new(
        "AmazonElastiCache",
        "ElastiCache:BackupUsage",
        &[
            own("GB-month"),
            key("aws_elasticache_cluster/Backup storage", "GB"),
            key("aws_elasticache_replication_group/Backup storage", "GB"),
        ],
    ),
    Entry::new(
        "AmazonES",
        "*",
        &[key("aws_elasticsearch_domain/Storage (gp2)", "GB"), key("aws_opensearch_domain/Storage (gp2)", "GB")],
    )
    .when(&[(Field::StorageMedia, "GP2")]),
    Entry::new("AmazonES", "*", &[key("aws_elasticsearch_domain/Storage (gp3)", "GB")])
        .when(&[(Field::StorageMedia, "GP3")]),
    Entry::new(
        "AmazonES",
        "*",
        &[
            key("aws_elasticsearch_domain/Storage (standard)", "GB"),
            key("aws_opensearch_domain/Storage (standard)", "GB"),
        ],
    )
    .when(&[(Field::StorageMedia, "Magnetic")]),
    Entry::new(
        "AmazonES",
        "*",
        &[key("aws_elasticsearch_domain/Storage (io1)", "GB"), key("aws_opensearch_domain/Storage (io1)", "GB")],
    )
    .when(&[(Field::StorageMedia, "PIOPS-Storage")]),
    Entry::new(
        "AmazonES",
        "ES:PIOPS",
        &[
            key("aws_elasticsearch_domain/Storage IOPS (io1)", "IOPS"),
            key("aws_opensearch_domain/Storage IOPS (io1)", "IOPS"),
        ],
    ),
    // Provisioned capacity by the hour; Infracost's own figures are by the month.
    Entry::new(
        "AmazonDynamoDB",
        "ReadCapacityUnit-Hrs",
        &[
            own("hours"),
            key("aws_dynamodb_table/Read capacity unit (RCU)", "hours"),
            key("aws_dynamodb_table/Read capacity unit (RCU, autoscaling)", "hours"),
        ],
    ),
    Entry::new(
        "AmazonDynamoDB",
        "WriteCapacityUnit-Hrs",
        &[
            own("hours"),
            key("aws_dynamodb_table/Write capacity unit (WCU)", "hours"),
            key("aws_dynamodb_table/Write capacity unit (WCU, autoscaling)", "hours"),
        ],
    ),
    Entry::new(
        "AmazonDynamoDB",
        "ReadRequestUnits", // *
        &[own("requests"), key("aws_dynamodb_table/Read request unit (RRU)", "RRUs")],
    ),
    Entry::new(
        "AmazonDynamoDB",
        "WriteRequestUnits", // *
        &[own("requests"), key("aws_dynamodb_table/Write request unit (WRU)", "WRUs")],
    ),
    Entry::new(
        "AmazonDynamoDB",
        "TimedStorage-ByteHrs",
        &[own("GB-month"), key("aws_dynamodb_table/Data storage", "GB")],
    ),
    Entry::new(
        "AmazonDynamoDB",
        "TimedPITRStorage-ByteHrs",
        &[key("aws_dynamodb_table/Point-In-Time Recovery (PITR) backup storage", "GB")],
    ),
    Entry::new("AmazonDynamoDB", "*", &[key("aws_dynamodb_table/On-demand backup storage", "GB")])
        .when(&[(Field::Family, "Amazon DynamoDB On-Demand Backup Storage")]),
    Entry::new("AmazonDynamoDB", "*", &[key("aws_dynamodb_table/Table data restored", "GB")])
        .when(&[(Field::Family, "Amazon DynamoDB Restore Data Size")]),
    Entry::new("AmazonDynamoDB", "*", &[key("aws_dynamodb_table/Streams read request unit (sRRU)", "sRRUs")])
        .when(&[(Field::Group, "DDB-StreamsReadRequests")]),
    // The overhead of Intelligent-Tiering has the same usage type *.
    Entry::new("AmazonS3", "TimedStorage-ByteHrs", &[own("GB-month"), key("aws_s3_bucket/Standard: Storage", "GB")])
        .when(&[(Field::VolumeType, "Standard")]),
    Entry::new(
        "AmazonS3",
        "Requests-Tier1",
        &[many("aws_s3_bucket/Standard: PUT, COPY, POST, LIST requests", "1k requests", 1_000)],
    )
    .when(&[(Field::Group, "S3-API-Tier1")]),
    Entry::new(
        "AmazonS3",
        "Requests-Tier2",
        &[many("aws_s3_bucket/Standard: GET, SELECT, and all other requests", "1k requests", 1_000)],
    )
    .when(&[(Field::Group, "S3-API-Tier2")]),
    Entry::new("AmazonEFS", "TimedStorage-ByteHrs", &[key("aws_efs_file_system/Storage (standard)", "GB")]),
    Entry::new("AmazonEFS", "TimedStorage-Z-ByteHrs", &[key("aws_efs_file_system/Storage (one zone)", "GB")]),
    Entry::new(
        "AmazonEFS",
        "IATimedStorage-ByteHrs",
        &[key("aws_efs_file_system/Storage (standard, infrequent access)", "GB")],
    ),
    Entry::new(
        "AmazonEFS",
        "IATimedStorage-Z-ByteHrs",
        &[key("aws_efs_file_system/Storage (one zone, infrequent access)", "GB")],
    ),
    Entry::new(
        "AmazonEFS",
        "IADataAccess-Bytes", // *
        &[key("aws_efs_file_system/Read requests (infrequent access)", "GB")],
    )
    .when(&[(Field::AccessType, "Read")]),
    Entry::new(
        "AmazonEFS",
        "IADataAccess-Bytes", // *
        &[key("aws_efs_file_system/Write requests (infrequent access)", "GB")],
    )
    .when(&[(Field::AccessType, "Write")]),
    Entry::new("AmazonEFS", "ProvisionedTP-MiBpsHrs", &[key("aws_efs_file_system/Provisioned throughput", "MBps")]),
    // us-east-1 says RBP where the others say Tier1 *.
    Entry::new("AWSQueueService", "Requests-Tier1", STANDARD_QUEUE),
    Entry::new("AWSQueueService", "Requests-RBP", STANDARD_QUEUE),
    Entry::new("AWSQueueService", "Requests-FIFO-Tier1", FIFO_QUEUE),
    Entry::new("AWSQueueService", "Requests-FIFO-RBP", FIFO_QUEUE),
    Entry::new(
        "AmazonSNS",
        "Requests-Tier1",
        &[many("aws_sns_topic/API requests (over 1M)", "1M requests", 1_000_000)],
    ),
    Entry::new(
        "AmazonSNS",
        "DeliveryAttempts-HTTP",
        &[
            many("aws_sns_topic/HTTP/HTTPS notifications (over 100k)", "100k notifications", 100_000),
            many("aws_sns_topic_subscription/HTTP notifications", "1M notifications", 1_000_000),
        ],
    ),
    Entry::new(
        "AmazonSNS",
        "DeliveryAttempts-SMTP",
        &[many("aws_sns_topic/Email/Email-JSON notifications (over 1k)", "100k notifications", 100_000)],
    ),
    Entry::new(
        "AmazonSNS",
        "DeliveryAttempts-FIREHOSE",
        &[many("aws_sns_topic/Kinesis Firehose notifications", "1M notifications", 1_000_000)],
    ),
    Entry::new("AmazonKinesis", "Storage-ShardHour", &[key("aws_kinesis_stream/PROVISIONED", "hours")]),
    Entry::new("AmazonKinesis", "PutRequestPayloadUnits", &[key("aws_kinesis_stream/Put request unit", "units")]),
    Entry::new("AmazonKinesis", "OnDemand-StreamHour", &[key("aws_kinesis_stream/ON_DEMAND", "hours")]),
    Entry::new("AmazonKinesis", "OnDemand-BilledIncomingBytes", &[key("aws_kinesis_stream/Data ingested", "GB")]),
    Entry::new("AmazonKinesis", "OnDemand-BilledOutgoingBytes", &[key("aws_kinesis_stream/Data retrieval", "GB")]),
    Entry::new(
        "AmazonMSK",
        "*",
        &[key("aws_msk_cluster/Storage", "GB"), key("aws_msk_cluster/Storage (autoscaling)", "GB")],
    )
    .when(&[(Field::StorageFamily, "GP2")]),
];

const STANDARD_QUEUE: &[Out] = &[many("aws_sqs_queue/Requests", "1M requests", 1_000_000)];
const FIFO_QUEUE: &[Out] = &[many("aws_sqs_queue/Requests [FIFO]", "1M requests", 1_000_000)];

/// Something of RDS, whose price is listed for each engine.
const fn rds(usage: &'static str, outs: &'static [Out]) -> Entry {
    Entry::new("AmazonRDS", usage, outs).by_engine()
}
