//! What an Elastic Beanstalk environment costs: its machines, its balancer, its database and its logs.

use super::machines::{Disk, Machine, Mixed};
use crate::facts::{Charge, Near, Relation};
use crate::facts::{Field, Lines, Quantity, Record, Site, Tariff, UsageKey};
use crate::model::{Attr, Text};
use crate::units::Decimal;

/// The resources that an environment makes are billed as if they stood for themselves.
pub(in crate::catalogue::aws) static TARIFF: Tariff = Tariff {
    reads: &[
        Field::text("tier"),
        Field::text("template_name"),
        Field::blocks("setting", &[Field::text("namespace"), Field::text("name"), Field::text("value")]),
    ],
    near: &[Near::To(Relation::InSubnet), Near::From(Relation::TargetIs)],
    usage: &[
        UsageKey { key: "operating_system", meaning: "What the machines run: linux or windows" },
        UsageKey {
            key: "ec2.monthly_cpu_credit_hrs",
            meaning: "Hours in a month that a burstable machine runs above its baseline",
        },
        UsageKey {
            key: "elb.monthly_data_processed_gb",
            meaning: "GB that pass through a classic balancer in a month",
        },
        UsageKey { key: "lb.new_connections", meaning: "New connections in a second" },
        UsageKey { key: "lb.active_connections", meaning: "Active connections in a minute" },
        UsageKey { key: "lb.processed_bytes_gb", meaning: "GB that pass through the balancer in a month" },
        UsageKey { key: "lb.rule_evaluations", meaning: "Rules that are evaluated in a second" },
        UsageKey { key: "cloudwatch.monthly_data_ingested_gb", meaning: "GB of logs that are written in a month" },
        UsageKey { key: "cloudwatch.storage_gb", meaning: "GB of logs that are kept" },
        UsageKey { key: "cloudwatch.monthly_data_scanned_gb", meaning: "GB of logs that are searched in a month" },
        UsageKey { key: "db.additional_backup_storage_gb", meaning: "GB of backups beyond the size of the database" },
        UsageKey { key: "db.monthly_standard_io_requests", meaning: "Requests to a magnetic disk in a month" },
        UsageKey {
            key: "db.monthly_additional_performance_insights_requests",
            meaning: "Requests to Performance Insights in a month beyond the first million",
        },
        UsageKey { key: "monthly_cross_zone_gb", meaning: "GB that it exchanges with other zones in a month" },
        UsageKey {
            key: "public_ipv4_addresses",
            meaning: "Public IPv4 addresses of each machine, where the plan does not show whether its subnet gives one",
        },
    ],
    charge: Charge::By(charge),
};

const ENVIRONMENT: &str = "aws:elasticbeanstalk:environment";
const LAUNCH: &str = "aws:autoscaling:launchconfiguration";
const MACHINES: &str = "aws:ec2:instances";
const DATABASE: &str = "aws:rds:dbinstance";
const LOGS: &str = "aws:elasticbeanstalk:cloudwatch:logs";

/// The settings of an environment.
struct Settings<'s>(Attr<&'s [Record]>);

impl Settings<'_> {
    fn text(&self, namespace: &str, name: &str) -> Attr<Text> {
        let all = match &self.0 {
            Attr::Set(all) => all,
            Attr::Unset => return Attr::Unset,
            Attr::Unknown(why) => return Attr::Unknown(*why),
        };
        let is_it = |one: &&Record| {
            one.text("name").known().is_some_and(|other| *other == name)
                && one.text("namespace").known().is_some_and(|other| *other == namespace)
        };
        all.iter().find(is_it).map_or(Attr::Unset, |one| one.text("value").map(Clone::clone))
    }

    fn number(&self, namespace: &str, name: &str) -> Attr<Decimal> {
        self.text(namespace, name).and_then(|text| text.parse().ok().into())
    }

    fn is(&self, namespace: &str, name: &str, value: &str) -> bool {
        self.text(namespace, name).known().is_some_and(|text| text.eq_ignore_ascii_case(value))
    }
}

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let own = site.own();
    let settings = Settings(own.blocks("setting"));
    if let Attr::Unknown(why) = settings.0 {
        lines.not_priced("Environment", format!("setting is {why}"));
        return;
    }
    if !own.text("template_name").is_unset() {
        lines.not_priced("What its saved configuration adds", "template_name is not in this plan");
    }
    machines(site, &settings, lines);
    let single = settings.is(ENVIRONMENT, "EnvironmentType", "SingleInstance");
    let worker = own.text("tier").known().is_some_and(|tier| *tier == "Worker");
    if !single && !worker && !settings.is(ENVIRONMENT, "LoadBalancerIsShared", "true") {
        balancer(site, &settings, lines);
    }
    database(site, &settings, lines);
    if settings.is(LOGS, "StreamLogs", "true") {
        lines.part("aws_cloudwatch_log_group");
        for (name, key, usage) in [
            ("Data ingested", "AmazonCloudWatch/DataProcessing-Bytes", "cloudwatch.monthly_data_ingested_gb"),
            ("Archival Storage", "AmazonCloudWatch/TimedStorage-ByteHrs", "cloudwatch.storage_gb"),
            (
                "Insights queries data scanned",
                "AmazonCloudWatch/DataScanned-Bytes",
                "cloudwatch.monthly_data_scanned_gb",
            ),
        ] {
            lines.used(name, "GB", key, site.usage(usage));
        }
    }
    lines.whole();
}

/// Source: AWS Elastic Beanstalk developer guide, general options for all environments, not looked up again.
fn machines(site: &Site<'_>, settings: &Settings<'_>, lines: &mut Lines) {
    let first = |text: Text| text.split(',').next().unwrap_or_default().trim().into();
    let chosen = settings.text(MACHINES, "InstanceTypes").map(first).or(settings.text(LAUNCH, "InstanceType"));
    let chosen = match chosen {
        Attr::Set(chosen) => Ok(chosen),
        Attr::Unset => Err("no instance type is set, and the default differs by account and region".to_owned()),
        Attr::Unknown(why) => Err(format!("its instance type is {why}")),
    };
    // Without a size it is that of the platform's image: 8 GB, as infracost/infracost takes it, snapshot of 2026-08-21.
    let root = settings.number(LAUNCH, "RootVolumeSize").or_default(Decimal::from(8));
    let disk = Disk {
        kind: settings.text(LAUNCH, "RootVolumeType"),
        size: Quantity::of("RootVolumeSize", &root),
        iops: settings.number(LAUNCH, "RootVolumeIOPS"),
        throughput: settings.number(LAUNCH, "RootVolumeThroughput"),
    };
    let machine = Machine {
        size: chosen,
        monitored: settings.text(LAUNCH, "MonitoringInterval").map(|interval| interval == "1 minute"),
        public: settings.text("aws:ec2:vpc", "AssociatePublicIpAddress").map(|told| told == "true"),
        disks: Ok(vec![("aws_ebs_volume".into(), disk)]),
        ..Machine::unknown("")
    };
    let units = site.units();
    let running = if settings.is(MACHINES, "EnableSpot", "true") {
        let base = settings.number(MACHINES, "SpotFleetOnDemandBase").or_default(Decimal::ZERO);
        // Default 70, and 0 for a single instance: the same guide, aws:ec2:instances.
        let single = settings.is(ENVIRONMENT, "EnvironmentType", "SingleInstance");
        let default = Decimal::from(if single { 0 } else { 70 });
        let percent = settings.number(MACHINES, "SpotFleetOnDemandAboveBasePercentage").or_default(default);
        Mixed::bought(base, percent).split(units.clone(), units)
    } else {
        machine.all(units.into())
    };
    lines.part("aws_launch_configuration");
    machine.bill(site, lines, &running);
}

fn balancer(site: &Site<'_>, settings: &Settings<'_>, lines: &mut Lines) {
    // Default classic: the same guide, aws:elasticbeanstalk:environment, LoadBalancerType.
    let kind = match settings.text(ENVIRONMENT, "LoadBalancerType").or_default("classic".into()) {
        Attr::Set(kind) => kind,
        other => {
            let why = other.why_unknown().map_or_else(String::new, |why| why.to_string());
            lines.not_priced("Load balancer", format!("LoadBalancerType is {why}"));
            return;
        }
    };
    let (name, key, units) = match kind.as_str() {
        "application" => ("Application load balancer", "aws_lb/Application load balancer", "AWSELB/LCUUsage ALB"),
        "network" => ("Network load balancer", "aws_lb/Network load balancer", "AWSELB/LCUUsage NLB"),
        _ => {
            lines.part("aws_elb");
            lines.hours("Classic load balancer", "aws_elb/Classic load balancer", 1);
            let processed = site.usage("elb.monthly_data_processed_gb");
            lines.used("Data processed", "GB", "AWSELB/DataProcessing-Bytes", processed);
            return;
        }
    };
    lines.part("aws_loadbalancer");
    lines.hours(name, key, 1);
    let used = Quantity::Used(capacity_units(site, kind == "application"));
    lines.capacity("Load balancer capacity units", "LCU", units, used);
}

/// The dimension that is used most, in units.
///
/// Source: Elastic Load Balancing pricing, LCU and NLCU for TCP, not looked up again.
fn capacity_units(site: &Site<'_>, application: bool) -> Option<Decimal> {
    let (new, active) = if application { (25, 3000) } else { (800, 100_000) };
    let rules = if application { site.usage("lb.rule_evaluations") } else { None };
    let of = |used: Option<Decimal>, each: u32| used.map(|used| used / Decimal::from(each));
    [
        of(site.usage("lb.new_connections"), new),
        of(site.usage("lb.active_connections"), active),
        // 1 GB in each hour of a month.
        of(site.usage("lb.processed_bytes_gb"), 730),
        of(rules, 1000),
    ]
    .into_iter()
    .flatten()
    .max()
}

/// A database that comes and goes with the environment.
fn database(site: &Site<'_>, settings: &Settings<'_>, lines: &mut Lines) {
    let class = settings.text(DATABASE, "DBInstanceClass");
    let engine = settings.text(DATABASE, "DBEngine");
    let coupled = settings.is(DATABASE, "HasCoupledDatabase", "true");
    if (class.is_unset() && engine.is_unset() && !coupled) || settings.is(DATABASE, "HasCoupledDatabase", "false") {
        return;
    }
    lines.part("aws_db_instance");
    // Defaults mysql, one zone and 5 GB: the same guide, aws:rds:dbinstance.
    let multi = settings.is(DATABASE, "MultiAZDatabase", "true");
    let (zones, deployment, prefix) =
        if multi { ("Multi-AZ", "multi", "Multi-AZ-") } else { ("Single-AZ", "single", "") };
    if let (Attr::Set(class), Attr::Set(engine)) = (class, engine.or_default("mysql".into())) {
        let name = format!("Database instance (on-demand, {zones}, {class})");
        lines.hours(name, format!("AmazonRDS/{class}/{engine}/{deployment}"), 1);
    } else {
        let why = Quantity::Unknown("DBInstanceClass or DBEngine is not set, or cannot be seen".to_owned());
        lines.hours("Database instance", "AmazonRDS/instance", why);
    }
    let storage = settings.number(DATABASE, "DBAllocatedStorage").or_default(Decimal::from(5));
    let key = format!("AmazonRDS/RDS:{prefix}GP2-Storage");
    lines.monthly("Storage (general purpose SSD, gp2)", "GB", key, Quantity::of("DBAllocatedStorage", &storage));
    if let Some(backups) = site.usage("db.additional_backup_storage_gb") {
        lines.used("Additional backup storage", "GB", "AmazonRDS/RDS:ChargedBackupUsage", Some(backups));
    }
    if let Some(requests) = site.usage("db.monthly_standard_io_requests") {
        let million = Decimal::from(1_000_000);
        lines.used("I/O requests", "1M requests", "aws_db_instance/I/O requests", Some(requests / million));
    }
    if let Some(requests) = site.usage("db.monthly_additional_performance_insights_requests") {
        let key = "aws_db_instance/Performance Insights API";
        lines.used("Performance Insights API", "1000 requests", key, Some(requests / Decimal::ONE_THOUSAND));
    }
}
