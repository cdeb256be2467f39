//! `aws_backup_vault`: copies of other resources.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Tariff, UsageKey};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_backup_vault", mode: Mode::Managed, noun: "backup vault", describe: inert, tariff: &TARIFF };

/// Billed by what it holds and by what is restored from it.
///
/// Source: AWS Backup pricing, not looked up again.
static TARIFF: Tariff = Tariff {
    usage: &[
        UsageKey { key: "monthly_efs_warm_backup_gb", meaning: "GB of EFS" },
        UsageKey { key: "monthly_efs_cold_backup_gb", meaning: "GB of EFS in cold storage" },
        UsageKey { key: "monthly_efs_warm_restore_gb", meaning: "GB of EFS restored in a month" },
        UsageKey { key: "monthly_efs_cold_restore_gb", meaning: "GB of EFS restored from cold storage in a month" },
        UsageKey { key: "monthly_efs_item_restore_requests", meaning: "requests for single items of EFS in a month" },
        UsageKey { key: "monthly_ebs_snapshot_gb", meaning: "GB of EBS" },
        UsageKey { key: "monthly_rds_snapshot_gb", meaning: "GB of RDS" },
        UsageKey { key: "monthly_dynamodb_backup_gb", meaning: "GB of DynamoDB" },
        UsageKey { key: "monthly_dynamodb_restore_gb", meaning: "GB of DynamoDB restored in a month" },
        UsageKey { key: "monthly_aurora_snapshot_gb", meaning: "GB of Aurora" },
        UsageKey { key: "monthly_fsx_windows_backup_gb", meaning: "GB of FSx for Windows" },
        UsageKey { key: "monthly_fsx_lustre_backup_gb", meaning: "GB of FSx for Lustre" },
    ],
    charge: Charge::By(|site, lines| {
        lines.used(
            "EFS backup (warm)",
            "GB",
            "aws_backup_vault/EFS backup (warm)",
            site.usage("monthly_efs_warm_backup_gb"),
        );
        lines.used(
            "EFS backup (cold)",
            "GB",
            "aws_backup_vault/EFS backup (cold)",
            site.usage("monthly_efs_cold_backup_gb"),
        );
        lines.used(
            "EFS restore (warm)",
            "GB",
            "aws_backup_vault/EFS restore (warm)",
            site.usage("monthly_efs_warm_restore_gb"),
        );
        lines.used(
            "EFS restore (cold)",
            "GB",
            "aws_backup_vault/EFS restore (cold)",
            site.usage("monthly_efs_cold_restore_gb"),
        );
        lines.used(
            "EFS restore (item-level)",
            "requests",
            "aws_backup_vault/EFS restore (item-level)",
            site.usage("monthly_efs_item_restore_requests"),
        );
        lines.used("EBS snapshot", "GB", "aws_backup_vault/EBS snapshot", site.usage("monthly_ebs_snapshot_gb"));
        lines.used("RDS snapshot", "GB", "aws_backup_vault/RDS snapshot", site.usage("monthly_rds_snapshot_gb"));
        lines.used(
            "DynamoDB backup",
            "GB",
            "aws_backup_vault/DynamoDB backup",
            site.usage("monthly_dynamodb_backup_gb"),
        );
        lines.used(
            "DynamoDB restore",
            "GB",
            "aws_backup_vault/DynamoDB restore",
            site.usage("monthly_dynamodb_restore_gb"),
        );
        lines.used(
            "Aurora snapshot",
            "GB",
            "aws_backup_vault/Aurora snapshot",
            site.usage("monthly_aurora_snapshot_gb"),
        );
        lines.used(
            "FSx for windows backup",
            "GB",
            "aws_backup_vault/FSx for Windows backup",
            site.usage("monthly_fsx_windows_backup_gb"),
        );
        lines.used(
            "FSx for lustre backup",
            "GB",
            "aws_backup_vault/FSx for Lustre backup",
            site.usage("monthly_fsx_lustre_backup_gb"),
        );
    }),
    ..Tariff::FREE
};
