//! Everything that is priced by component: vendors' own meters, and rows derived from published estimates.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::table::{Line, Prices, Table, decimal, estimate, flat};
use crate::model::Text;
use crate::prices::{Row, Tier};
use crate::units::{Decimal, HOURS_PER_MONTH};

/// How one of several prices of a component is told apart: service, component, price as the table spells it, what is
/// appended to the key. What is plain stays plain. Attributes are those of the published estimates and of the vendor's
/// pricing pages; see docs/prices.md.
const TOLD_APART: &[(&str, &str, &str, &str)] = &[
    ("AmazonEC2", "CPUCredits:t2", "0.096", " [windows]"),
    ("AmazonEC2", "CPUCredits:t3", "0.096", " [windows]"),
    ("AmazonEC2", "CPUCredits:t3a", "0.096", " [windows]"),
    ("aws_db_instance", "Additional backup storage", "0.021", " [Aurora]"),
    ("aws_db_instance", "Provisioned GP3 IOPS (above 12,000)", "0.04", " [Multi-AZ]"),
    ("aws_db_instance", "Storage (general purpose SSD, gp2)", "0.23", " [Multi-AZ]"),
    ("aws_db_instance", "Storage (general purpose SSD, gp3)", "0.23", " [Multi-AZ]"),
    ("aws_dms_replication_instance", "Instance (t2.micro)", "0.036", " [Multi-AZ]"),
    ("aws_dms_replication_instance", "Storage (general purpose SSD, gp2)", "0.23", " [Multi-AZ]"),
    ("aws_ebs_volume", "Provisioned IOPS", "0.005", " [gp3]"),
    ("aws_elastic_beanstalk_environment", "Storage (general purpose SSD, gp2)", "0.253", " [Multi-AZ database]"),
    ("aws_kinesis_stream", "Enhanced Fan Out (EFO) Data retrieval", "0.05", " [ON_DEMAND]"),
    ("aws_kinesis_stream", "Extended retention (24H to 7D)", "0.10", " [ON_DEMAND]"),
    ("aws_lb", "Load balancer capacity units", "5.84", " [application]"),
    ("aws_lb", "Load balancer capacity units", "4.38", " [network]"),
    ("aws_neptune_cluster_instance", "Database instance (on-demand, db.t3.medium)", "0.151", " [I/O-optimized]"),
    ("aws_directory_service_directory", "Additional domain controllers", "43.8", " [Microsoft AD, Standard]"),
    ("aws_route53_health_check", "Health check", "0.75", " [non-AWS endpoint]"),
    ("aws_route53_health_check", "Optional features", "2", " [non-AWS endpoint]"),
    ("aws_sqs_queue", "Requests", "0.50", " [FIFO]"),
];

/// Meters that say too little of what they are for, by the price: service, meter, price, the name that they get.
///
/// Source: aws.amazon.com/elasticloadbalancing/pricing, the kinds of load balancer and their prices in eu-west-1.
const RENAMED: &[(&str, &str, &str, &str)] = &[
    ("AWSELB", "LCUUsage", "0.004", "Load Balancer-Gateway|LCUUsage"),
    ("AWSELB", "LCUUsage", "0.006", "Load Balancer-Network|LCUUsage"),
    ("AWSELB", "LCUUsage", "0.008", "Load Balancer-Application|LCUUsage"),
    ("AWSELB", "LoadBalancerUsage", "0.014", "Load Balancer-Gateway|LoadBalancerUsage"),
    ("AWSELB", "LoadBalancerUsage", "0.0252", "Load Balancer-Application|LoadBalancerUsage"),
    ("AWSELB", "LoadBalancerUsage", "0.028", ""),
    ("AWSELB", "DataProcessing-Bytes", "0.008", "Load Balancer(Classic)|DataProcessing-Bytes"),
    ("AmazonVPC", "VpcEndpoint-Hours (interface, per AZ)", "0.01", "VpcEndpoint-Hours"),
    ("AmazonVPC", "PublicIPv4 (in-use or idle)", "0.005", "PublicIPv4"),
    ("aws_glue_job", "Duration", "0.44", "Duration"),
];

/// Prices that nobody can tell the meaning of, that are out of date, or that somebody else's table says better.
fn is_out(line: Line<'_>) -> bool {
    let (service, component, usd) = (line.get("service"), line.get("component"), line.get("usd"));
    // Reserved terms; classes of machines, databases and nodes, which have tables of their own.
    let is_class = [
        "Instance usage (Linux",
        "Instance usage (Windows",
        "ElastiCache (",
        "Dedicated master (",
        "UltraWarm instance (",
    ]
    .iter()
    .any(|begin| component.starts_with(begin))
        || component.starts_with("Database instance (")
            && !service.starts_with("aws_neptune")
            && !service.starts_with("aws_docdb")
        || component.starts_with("Instance (on-demand");
    // What is free for the first units of an account, and racks in somebody's own house.
    let is_elsewhere = component.starts_with("Global-") || component.contains("-free-") || component.contains("utpost");
    // Between regions: one price of several, and which is not said.
    let is_vague = component.ends_with("-AWS-Out-Bytes") || component.ends_with("-AWS-In-Bytes");
    let alone = [
        // A balancer's meters stand below AWSELB, and may not be told apart here.
        ("AmazonEC2", "LCUUsage"),
        ("AmazonEC2", "LoadBalancerUsage"),
        ("AmazonEC2", "DataProcessing-Bytes"),
        // Before 2024-02-01; since then every public address costs the same, AmazonVPC/PublicIPv4.
        ("AmazonEC2", "ElasticIP:IdleAddress"),
        ("AmazonEC2", "ElasticIP:AdditionalAddress"),
        // Two prices for one meter.
        ("AmazonCloudWatch", "CW:ContributorRulesManaged"),
        // It depends on the regions at both ends, on the type of machine, on the size of the server: none is named.
        ("aws_globalaccelerator_endpoint_group", "Inbound DT-premium fee"),
        ("aws_globalaccelerator_endpoint_group", "Outbound DT-premium fee"),
        ("aws_instance", "EBS-optimized usage"),
        ("aws_autoscaling_group", "EBS-optimized usage"),
        ("aws_lightsail_instance", "Virtual server (Linux/UNIX)"),
        ("aws_lightsail_instance", "Virtual server (Windows)"),
        // "Up to 70 %" is no price.
        ("AmazonECS", "Fargate spot discount"),
        // Rounded in the estimate; AmazonECS states it.
        ("aws_eks_fargate_profile", "Per GB per hour"),
    ];
    let one_of_two = [
        ("aws_directory_service_directory", "Additional domain controllers", "36.5"),
        ("aws_dynamodb_table", "Replicated write capacity unit (rWCU)", "0.5295"),
        ("aws_dynamodb_table", "Replicated write request unit (rWRU)", "0.000509"),
    ];
    is_class
        || is_elsewhere
        || is_vague
        || component.contains("(reserved")
        || service == "AmazonElastiCache" && component == "ElastiCache-Out-Bytes"
        || alone.contains(&(service, component))
        || one_of_two.contains(&(service, component, usd))
        || service == "aws_glue_job" && component == "Duration" && usd != "0.44"
}

/// Units for which published estimates tell the price of 730 hours.
///
/// Source: facts/README.md, section 1, of 2026-11-23; infracost/infracost multiplies such prices by the hours of a month.
const MONTHS_OF_HOURS: &[&str] = &["LCU", "CPU", "RCU", "WCU", "rWCU", "rWRU", "KPU", "controllers", "accounts"];

/// Services that have one price for all regions, so that the region of the estimate says nothing.
///
/// Source: aws.amazon.com/cloudfront/pricing, /route53/pricing and /global-accelerator/pricing, by edge or worldwide.
const WORLDWIDE: &[&str] = &[
    "aws_cloudfront_distribution",
    "aws_cloudfront_function",
    "aws_globalaccelerator_accelerator",
    "aws_route53_health_check",
    "aws_route53_record",
    "aws_route53_zone",
];

/// Where a tier begins that the table tells in words: the vendor counts 1 PB as 1,048,576 GB.
fn from(tier: &str) -> Decimal {
    let words: BTreeMap<&str, u64> = BTreeMap::from([
        ("0-6 billion", 0),
        ("6-15 billion", 6_000_000_000),
        (">15 billion", 15_000_000_000),
        ("0-7.5 billion", 0),
        ("7.5-18.75 billion", 7_500_000_000),
        (">18.75 billion", 18_750_000_000),
        ("first 1 PB", 0),
        ("next 4 PB", 1_048_576),
        ("over 5 PB", 5_242_880),
        ("", 0),
    ]);
    words.get(tier).map_or_else(|| decimal(tier), |from| Decimal::from(*from))
}

/// One spelling for one unit.
fn unit(unit: &str) -> &str {
    match unit {
        "Hrs" | "hour" | "address-hour" | "consumer-shard hour" => "hours",
        "GB-Mo" => "GB-month",
        "IOPS-Mo" => "IOPS-month",
        "MBPS-Mo" => "MBps-month",
        "GiBps-mo" => "GiBps-month",
        "ACU-Hr" | "ACU-hour" => "ACU-hours",
        "LCU-Hrs" => "LCU-hours",
        "vCPU-Hours" | "vCPU-hour" => "vCPU-hours",
        "GB-hour" => "GB-hours",
        "GB-second" => "GB-seconds",
        "Gbps-hrs" => "Gbps-hours",
        "1M request" => "1M requests",
        "hours (1 DPU)" => "hours",
        other => other,
    }
}

/// The price of an hour, in as many digits as the price of the month has.
fn of_an_hour(month: Decimal) -> Decimal {
    let digits = month.normalize().mantissa().to_string().len();
    (month / HOURS_PER_MONTH).round_sf(u32::try_from(digits).unwrap()).unwrap()
}

/// Whether a published estimate and a better source differ by no more than rounding does: 2.5 %.
///
/// Source: infracost/infracost, internal/output/table.go, `formatPrice`: from 0.1 on, a price is printed in cents; read 2026-11-29.
pub(super) fn is_off_by_rounding(estimate: &Row, stated: &Row) -> bool {
    let is_near = |estimate: Decimal, stated: Decimal| (estimate - stated).abs() <= stated * Decimal::new(25, 3);
    estimate.source.name.starts_with("infracost golden")
        && !stated.source.name.starts_with("infracost golden")
        && estimate.tiers != stated.tiers
        && estimate.tiers.len() == stated.tiers.len()
        && estimate.tiers.iter().zip(&stated.tiers).all(|(one, other)| is_near(one.usd, other.usd))
}

/// Where two figures are one, rounded to different lengths, the longer.
fn is_rounded(short: Decimal, long: Decimal) -> bool {
    short != long && long.scale() > short.scale() && long.round_dp(short.scale()) == short
}

pub(super) fn stated(facts: &Path, prices: &mut Prices) {
    let table = Table::read(&facts.join("aws_services.csv"));
    let (mut rows, mut met): (BTreeMap<(Text, Text), Row>, BTreeSet<usize>) = (BTreeMap::new(), BTreeSet::new());
    let mut find = |list: &[(&str, &str, &str, &'static str)], line: Line<'_>, offset: usize| {
        let name = (line.get("service"), line.get("component"), line.get("usd"));
        let at = list.iter().position(|(service, component, usd, _)| (*service, *component, *usd) == name)?;
        met.insert(offset + at);
        Some(list[at].3)
    };
    for line in table.lines().filter(|line| !is_out(*line)) {
        let service = line.get("service");
        let mut component = line.get("component").to_owned();
        match find(RENAMED, line, 0) {
            Some("") => continue,
            Some(name) => name.clone_into(&mut component),
            None => component.push_str(find(TOLD_APART, line, RENAMED.len()).unwrap_or_default()),
        }
        let is_monthly = service.starts_with("aws_") && MONTHS_OF_HOURS.contains(&line.get("unit"))
            || service == "aws_ecs_service" && component == "Per GB per hour";
        let usd = decimal(line.get("usd"));
        let usd = if is_monthly { of_an_hour(usd) } else { usd };
        let everywhere = line.get("region") == "global" || WORLDWIDE.contains(&service);
        let region = if everywhere { "" } else { line.get("region") };
        let mut source = line.source();
        // Taken from a cost and a quantity: 0.625 of a million became 0.627.
        if line.get("confidence") == "C" && usd < decimal("0.00001") {
            source.within_percent = Some(Decimal::ONE);
        }
        let row = Row {
            key: format!("{service}/{component}").into(),
            unit: if is_monthly { "hours" } else { unit(line.get("unit")) }.into(),
            region: region.into(),
            tiers: vec![Tier { from: from(line.get("tier")), usd }],
            source,
        };
        take(&mut rows, row);
    }
    assert_eq!(met.len(), RENAMED.len() + TOLD_APART.len(), "each resolution is for a row that is there");
    for mut row in rows.into_values() {
        row.tiers.sort_by_key(|tier| tier.from);
        prices.add(row);
    }
    same(prices);
}

/// Takes in a row, or what it adds to one that is there.
fn take(rows: &mut BTreeMap<(Text, Text), Row>, row: Row) {
    let name = (row.key.clone(), row.region.clone());
    let Some(old) = rows.get_mut(&name) else {
        rows.insert(name, row);
        return;
    };
    let tier = row.tiers[0];
    let Some(known) = old.tiers.iter().find(|known| known.from == tier.from).copied() else {
        old.tiers.push(tier);
        return;
    };
    if known.usd == tier.usd {
        // The newer of two that agree.
        if row.source.as_of > old.source.as_of && old.tiers.len() == 1 {
            *old = row;
        }
    } else if is_rounded(known.usd, tier.usd) {
        *old = row;
    } else {
        assert!(is_rounded(tier.usd, known.usd), "two prices, and nothing tells them apart: {old:?} {row:?}");
    }
}

/// Components of published estimates that are a meter of the vendor: what one knows of a region, the other does.
const SAME: &[(&str, &str)] = &[
    ("AmazonEC2/NatGateway-Hours", "aws_nat_gateway/NAT gateway"),
    ("AmazonEC2/NatGateway-Bytes", "aws_nat_gateway/Data processed"),
    ("AWSELB/Load Balancer-Application|LoadBalancerUsage", "aws_lb/Application load balancer"),
    ("AWSELB/Load Balancer-Network|LoadBalancerUsage", "aws_lb/Network load balancer"),
    ("AWSELB/Load Balancer-Application|LCUUsage", "aws_lb/Load balancer capacity units [application]"),
    ("AWSELB/Load Balancer-Network|LCUUsage", "aws_lb/Load balancer capacity units [network]"),
    ("AWSELB/Load Balancer(Classic)|LoadBalancerUsage", "aws_elb/Classic load balancer"),
    ("AWSELB/Load Balancer(Classic)|DataProcessing-Bytes", "aws_elb/Data processed"),
    ("AmazonEKS/AmazonEKS-Hours:perCluster", "aws_eks_cluster/EKS cluster"),
    ("AmazonECS/Fargate-vCPU-Hours:perCPU (linux x86)", "aws_ecs_service/Per vCPU per hour"),
    ("AmazonECS/Fargate-GB-Hours (linux x86)", "aws_ecs_service/Per GB per hour"),
    ("AmazonCloudWatch/DataProcessing-Bytes", "aws_cloudwatch_log_group/Data ingested"),
    ("AmazonCloudWatch/TimedStorage-ByteHrs", "aws_cloudwatch_log_group/Archival Storage"),
    ("AmazonCloudWatch/DataScanned-Bytes", "aws_cloudwatch_log_group/Insights queries data scanned"),
    ("AmazonCloudWatch/CW:AlarmMonitorUsage", "aws_cloudwatch_metric_alarm/Standard resolution"),
    ("AmazonCloudWatch/CW:HighResAlarmMonitorUsage", "aws_cloudwatch_metric_alarm/High resolution"),
    ("AmazonElastiCache/ElastiCache:BackupUsage", "aws_elasticache_cluster/Backup storage"),
    ("AmazonElastiCache/ElastiCache:BackupUsage", "aws_elasticache_replication_group/Backup storage"),
    ("AmazonRDS/RDS:ChargedBackupUsage|Any", "aws_db_instance/Additional backup storage"),
    ("AmazonRDS/RDS:GP2-Storage|Any", "aws_db_instance/Storage (general purpose SSD, gp2)"),
    ("AmazonRDS/RDS:Multi-AZ-GP2-Storage|Any", "aws_db_instance/Storage (general purpose SSD, gp2) [Multi-AZ]"),
    ("AmazonRDS/RDS:GP3-Storage|Any", "aws_db_instance/Storage (general purpose SSD, gp3)"),
    ("AmazonRDS/RDS:Multi-AZ-GP3-Storage|Any", "aws_db_instance/Storage (general purpose SSD, gp3) [Multi-AZ]"),
    ("AmazonRDS/RDS:GP3-PIOPS|Any", "aws_db_instance/Provisioned GP3 IOPS (above 12,000)"),
    ("AmazonRDS/RDS:Multi-AZ-GP3-PIOPS|Any", "aws_db_instance/Provisioned GP3 IOPS (above 12,000) [Multi-AZ]"),
    ("AmazonRDS/RDS:StorageUsage|Any", "aws_db_instance/Storage (magnetic)"),
    ("AmazonRDS/RDS:PIOPS-Storage|Any", "aws_db_instance/Storage (provisioned IOPS SSD, io1)"),
    ("AmazonRDS/RDS:PIOPS|Any", "aws_db_instance/Provisioned IOPS"),
    ("AmazonRDS/Aurora:StorageUsage|Any", "aws_rds_cluster/Storage"),
    ("AmazonRDS/Aurora:BackupUsage|Aurora MySQL", "aws_rds_cluster/Backup storage"),
    ("AmazonRDS/Aurora:BackupUsage|Aurora PostgreSQL", "aws_rds_cluster/Backup storage"),
    ("AmazonRDS/Aurora:ServerlessUsage|Aurora MySQL", "aws_rds_cluster/Aurora serverless"),
    ("AmazonRDS/Aurora:ServerlessV2Usage|Aurora MySQL", "aws_rds_cluster_instance/Aurora serverless v2"),
    ("AmazonRDS/Aurora:ServerlessV2Usage|Aurora PostgreSQL", "aws_rds_cluster_instance/Aurora serverless v2"),
    ("AmazonRDS/CPUCredits:db.t3|MySQL", "aws_db_instance/CPU credits"),
    ("AmazonRDS/CPUCredits:db.t3|Aurora MySQL", "aws_rds_cluster_instance/CPU credits"),
    ("AmazonVPC/VpcEndpoint-Hours", "aws_vpc_endpoint/Endpoint (Interface)"),
    ("AmazonEC2/EBS:SnapshotUsage", "aws_ebs_snapshot/EBS snapshot storage"),
    ("AmazonEC2/EBS:VolumeUsage.gp2", "aws_ebs_volume/Storage (general purpose SSD, gp2)"),
    ("AmazonEC2/EBS:VolumeUsage.gp3", "aws_ebs_volume/Storage (general purpose SSD, gp3)"),
    ("AmazonEC2/EBS:VolumeUsage.io2", "aws_ebs_volume/Storage (provisioned IOPS SSD, io2)"),
    ("AmazonEC2/EBS:VolumeUsage.piops", "aws_ebs_volume/Storage (provisioned IOPS SSD, io1)"),
    ("AmazonEC2/EBS:VolumeUsage.st1", "aws_ebs_volume/Storage (throughput optimized HDD, st1)"),
    ("AmazonEC2/EBS:VolumeUsage.sc1", "aws_ebs_volume/Storage (cold HDD, sc1)"),
    ("AmazonEC2/EBS:VolumeUsage", "aws_ebs_volume/Storage (magnetic)"),
    ("AmazonEC2/EBS:VolumeP-IOPS.piops", "aws_ebs_volume/Provisioned IOPS"),
    ("AmazonEC2/EBS:VolumeP-IOPS.gp3", "aws_ebs_volume/Provisioned IOPS [gp3]"),
];

/// Lets either name of one thing have what the other has, and sees that they agree where both have a price.
fn same(prices: &mut Prices) {
    let mut filled = Vec::new();
    for (meter, component) in SAME {
        let (mut units, mut both) = ([None, None], 0);
        let rows: Vec<Row> = prices.rows().filter(|row| row.key == *meter || row.key == *component).cloned().collect();
        for row in &rows {
            let at = usize::from(row.key == *component);
            units[at] = Some(row.unit.clone());
            let other = prices.get([component, meter][at], &row.region);
            if let Some(other) = other {
                both += 1;
                assert_eq!(other.tiers[0].usd, row.tiers[0].usd, "{other:?} {row:?}");
            }
        }
        let [Some(of_meter), Some(of_component)] = units else { panic!("{meter} or {component} is not there") };
        for row in rows {
            let (key, unit) = if row.key == *meter { (*component, &of_component) } else { (*meter, &of_meter) };
            filled.push(Row { key: key.into(), unit: unit.clone(), ..row });
        }
        assert!(both % 2 == 0, "{meter}");
    }
    for row in filled {
        // Where a meter stands for any engine, the open ones cost the same: those of eu-west-1 do.
        if let Some(meter) = row.key.strip_prefix("AmazonRDS/RDS:").and_then(|meter| meter.strip_suffix("|Any")) {
            for engine in ["MariaDB", "MySQL", "PostgreSQL"] {
                let key = format!("AmazonRDS/RDS:{meter}|{engine}");
                if let (Some(any), Some(own)) = (prices.get(&row.key, "eu-west-1"), prices.get(&key, "eu-west-1")) {
                    assert_eq!((&any.tiers, &any.unit), (&own.tiers, &own.unit), "{key}");
                    prices.fill(Row { key: key.into(), ..row.clone() });
                }
            }
        }
        prices.fill(row);
    }
}

/// A gigabyte through a NAT gateway costs what an hour of it does, in both regions where both are known.
pub(super) fn estimated(prices: &mut Prices) {
    let hours: Vec<Row> = prices.rows().filter(|row| row.key == "AmazonEC2/NatGateway-Hours").cloned().collect();
    let gigabytes = |region: &str| prices.get("AmazonEC2/NatGateway-Bytes", region).map(|row| row.tiers[0].usd);
    let known: Vec<_> = hours.iter().filter_map(|row| Some((row.tiers[0].usd, gigabytes(&row.region)?))).collect();
    assert!(known.len() >= 2 && known.iter().all(|(hour, gigabyte)| hour == gigabyte), "{known:?}");
    for row in hours {
        // Two regions measure no interval: 10 % says that it is no figure of anybody's.
        let source =
            estimate("price of an hour of the NAT gateway, as in us-east-1 and eu-west-1", &row.source.as_of, "10");
        for key in ["AmazonEC2/NatGateway-Bytes", "aws_nat_gateway/Data processed"] {
            let tiers = flat(row.tiers[0].usd);
            prices.fill(Row { key: key.into(), unit: "GB".into(), tiers, source: source.clone(), ..row.clone() });
        }
    }
}
