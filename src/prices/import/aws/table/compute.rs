//! Volumes, functions, containers.

use super::{Entry, key, many, own};
use crate::prices::import::aws::product::Field;

const LINUX: &[(Field, &str)] = &[(Field::OperatingSystem, "Linux")];
const WINDOWS: &[(Field, &str)] = &[(Field::OperatingSystem, "Windows")];

pub(super) static ENTRIES: &[Entry] = &[
    Entry::new("AmazonEC2", "EBS:VolumeUsage", &[own("GB-month"), key("aws_ebs_volume/Storage (magnetic)", "GB")]),
    Entry::new(
        "AmazonEC2",
        "EBS:VolumeUsage.gp2",
        &[own("GB-month"), key("aws_ebs_volume/Storage (general purpose SSD, gp2)", "GB")],
    ),
    Entry::new(
        "AmazonEC2",
        "EBS:VolumeUsage.gp3",
        &[own("GB-month"), key("aws_ebs_volume/Storage (general purpose SSD, gp3)", "GB")],
    ),
    Entry::new(
        "AmazonEC2",
        "EBS:VolumeUsage.io2",
        &[own("GB-month"), key("aws_ebs_volume/Storage (provisioned IOPS SSD, io2)", "GB")],
    ),
    Entry::new(
        "AmazonEC2",
        "EBS:VolumeUsage.piops",
        &[own("GB-month"), key("aws_ebs_volume/Storage (provisioned IOPS SSD, io1)", "GB")],
    ),
    Entry::new(
        "AmazonEC2",
        "EBS:VolumeUsage.sc1",
        &[own("GB-month"), key("aws_ebs_volume/Storage (cold HDD, sc1)", "GB")],
    ),
    Entry::new(
        "AmazonEC2",
        "EBS:VolumeUsage.st1",
        &[own("GB-month"), key("aws_ebs_volume/Storage (throughput optimized HDD, st1)", "GB")],
    ),
    Entry::new(
        "AmazonEC2",
        "EBS:VolumeIOUsage",
        &[own("IOs"), many("aws_ebs_volume/I/O requests", "1M requests", 1_000_000)],
    ),
    Entry::new(
        "AmazonEC2",
        "EBS:VolumeP-IOPS.gp3",
        &[own("IOPS-month"), key("aws_ebs_volume/Provisioned IOPS [gp3]", "IOPS")],
    ),
    Entry::new(
        "AmazonEC2",
        "EBS:VolumeP-IOPS.piops",
        &[own("IOPS-month"), key("aws_ebs_volume/Provisioned IOPS", "IOPS")],
    ),
    Entry::new("AmazonEC2", "EBS:VolumeP-IOPS.io2", &[own("IOPS-month")]),
    Entry::new("AmazonEC2", "EBS:VolumeP-IOPS.io2.tier2", &[own("IOPS-month")]),
    Entry::new("AmazonEC2", "EBS:VolumeP-IOPS.io2.tier3", &[own("IOPS-month")]),
    // By the GiB/s: 1,024 times the MiB/s of the provider.
    Entry::new("AmazonEC2", "EBS:VolumeP-Throughput.gp3", &[own("GiBps-month")]).not_in("MiBps-Mo"),
    Entry::new(
        "AmazonEC2",
        "EBS:SnapshotUsage",
        &[own("GB-month"), key("aws_ebs_snapshot/EBS snapshot storage", "GB")],
    ),
    Entry::new("AmazonEC2", "EBS:SnapshotArchiveStorage", &[own("GB-month")]),
    Entry::new("AmazonEC2", "EBS:FastSnapshotRestore", &[own("hours")]),
    // Windows has the same usage type at another price.
    Entry::new("AmazonEC2", "CPUCredits:t2", &[own("vCPU-hours")]).when(LINUX),
    Entry::new("AmazonEC2", "CPUCredits:t3", &[own("vCPU-hours")]).when(LINUX),
    Entry::new("AmazonEC2", "CPUCredits:t3a", &[own("vCPU-hours")]).when(LINUX),
    Entry::new("AmazonEC2", "CPUCredits:t4g", &[own("vCPU-hours")]).when(LINUX),
    Entry::new("AmazonEC2", "CPUCredits:t2", &[key("AmazonEC2/CPUCredits:t2 [windows]", "vCPU-hours")]).when(WINDOWS),
    Entry::new("AmazonEC2", "CPUCredits:t3", &[key("AmazonEC2/CPUCredits:t3 [windows]", "vCPU-hours")]).when(WINDOWS),
    Entry::new("AmazonEC2", "CPUCredits:t3a", &[key("AmazonEC2/CPUCredits:t3a [windows]", "vCPU-hours")]).when(WINDOWS),
    // Lambda. ARM is a usage type of its own *.
    Entry::new("AWSLambda", "Request", &[many("aws_lambda_function/Requests", "1M requests", 1_000_000)]),
    Entry::new("AWSLambda", "Request-ARM", &[many("aws_lambda_function/Requests (arm64)", "1M requests", 1_000_000)]),
    Entry::new(
        "AWSLambda",
        "Lambda-GB-Second",
        &[
            key("AWSLambda/Lambda-GB-Second x86", "GB-seconds"),
            key("aws_lambda_function/Duration (first 6B)", "GB-seconds").from(0),
            key("aws_lambda_function/Duration (next 9B)", "GB-seconds").from(6_000_000_000),
            key("aws_lambda_function/Duration (over 15B)", "GB-seconds").from(15_000_000_000),
        ],
    ),
    Entry::new(
        "AWSLambda",
        "Lambda-GB-Second-ARM",
        &[
            key("AWSLambda/Lambda-GB-Second arm64", "GB-seconds"),
            key("aws_lambda_function/Duration (first 7.5B)", "GB-seconds").from(0),
            key("aws_lambda_function/Duration (next 11.25B)", "GB-seconds").from(7_500_000_000),
            key("aws_lambda_function/Duration (over 18.75B)", "GB-seconds").from(18_750_000_000),
        ],
    ),
    Entry::new(
        "AWSLambda",
        "Lambda-Storage-GB-Second", // *
        &[key("aws_lambda_function/Ephemeral storage", "GB-seconds")],
    ),
    Entry::new("AWSLambda", "Lambda-Provisioned-Concurrency", &[own("GB-seconds")]), // *
    Entry::new("AWSLambda", "Lambda-Provisioned-Concurrency-ARM", &[own("GB-seconds")]), // *
    Entry::new("AWSLambda", "Lambda-Provisioned-GB-Second", &[own("GB-seconds")]),   // *
    Entry::new("AWSLambda", "Lambda-Provisioned-GB-Second-ARM", &[own("GB-seconds")]), // *
    // Fargate, by the hour; Infracost's own figures are by the month.
    Entry::new(
        "AmazonECS",
        "Fargate-vCPU-Hours:perCPU",
        &[
            key("AmazonECS/Fargate-vCPU-Hours:perCPU (linux x86)", "vCPU-hours"),
            key("aws_ecs_service/Per vCPU per hour", "hours"),
        ],
    ),
    Entry::new(
        "AmazonECS",
        "Fargate-GB-Hours",
        &[key("AmazonECS/Fargate-GB-Hours (linux x86)", "GB-hours"), key("aws_ecs_service/Per GB per hour", "hours")],
    ),
    Entry::new("AmazonECS", "Fargate-ARM-vCPU-Hours:perCPU", &[own("vCPU-hours")]),
    Entry::new("AmazonECS", "Fargate-ARM-GB-Hours", &[own("GB-hours")]),
    Entry::new(
        "AmazonECS",
        "Fargate-EphemeralStorage-GB-Hours", // *
        &[key("AmazonECS/Fargate-EphemeralStorage-GB-Hours (beyond 20 GB)", "GB-hours")],
    ),
    Entry::new("AmazonEKS", "AmazonEKS-Hours:perCluster", &[own("hours"), key("aws_eks_cluster/EKS cluster", "hours")]),
    // On top of the cluster's hour *; Infracost's component is both together.
    Entry::new("AmazonEKS", "AmazonEKS-Hours:extendedSupport", &[own("hours")]),
];
