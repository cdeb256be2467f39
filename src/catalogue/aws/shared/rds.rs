//! What machines of RDS and Aurora cost: by class, engine and zones, and what is measured on them.

use super::billing::{MILLION, THOUSAND, flag, given, said, used};
use super::support::processors;
use crate::facts::{Amounts, Lines, Quantity, Rate, Record, Site};
use crate::model::{Attr, Text};
use crate::units::Decimal;

/// The classes of one engine have prices under this name: `mysql`, `oracle-standard-two/license-included`.
///
/// Source: Amazon RDS user guide, licensing: SQL Server is sold with its licence only, Enterprise Edition of Oracle without;
/// not looked up again.
pub(in crate::catalogue::aws) fn engine(name: &str, license: &Attr<&Text>) -> Result<String, String> {
    const INCLUDED: &str = "license-included";
    const OWN: &str = "bring-your-own-license";
    let name = name.strip_suffix("-cdb").unwrap_or(name);
    let spelled = match name {
        "aurora" => "aurora-mysql",
        "oracle-ee" => return Ok(format!("oracle-enterprise/{OWN}")),
        "oracle-se2" => {
            let license = said(license.clone(), "license_model")?;
            return Ok(format!("oracle-standard-two/{license}"));
        }
        "sqlserver-ee" => return Ok(format!("sqlserver-enterprise/{INCLUDED}")),
        "sqlserver-se" => return Ok(format!("sqlserver-standard/{INCLUDED}")),
        "sqlserver-web" => return Ok(format!("sqlserver-web/{INCLUDED}")),
        "sqlserver-ex" => return Ok(format!("sqlserver-express/{INCLUDED}")),
        other => other,
    };
    Ok(spelled.to_owned())
}

/// Adds machines of a class that run all the time.
pub(in crate::catalogue::aws) fn machines<'l>(
    lines: &'l mut Lines,
    name: String,
    (class, engine, deployment): (&Result<Text, String>, &Result<String, String>, &str),
    number: Quantity,
) -> &'l mut crate::facts::BillLine {
    let key = match (class, engine) {
        (Ok(class), Ok(engine)) => format!("AmazonRDS/{class}/{engine}/{deployment}"),
        _ => "AmazonRDS/instance".to_owned(),
    };
    lines.hours(name, key, given(class, given(engine, number)))
}

/// A class as lines name it.
pub(in crate::catalogue::aws) fn shown(class: &Result<Text, String>) -> &str {
    class.as_ref().map_or("class unknown", Text::as_str)
}

/// Whether a class pays for processors that it uses beyond its share.
pub(in crate::catalogue::aws) fn is_burstable(class: &Result<Text, String>) -> bool {
    class.as_ref().is_ok_and(|class| class.starts_with("db.t3.") || class.starts_with("db.t4g."))
}

/// What Performance Insights and Database Insights watch.
pub(in crate::catalogue::aws) enum Watched {
    /// Machines.
    Machines(u32),
    /// Capacity units.
    Units(Quantity),
}

/// Adds what it costs to watch: history beyond seven days, requests, and the advanced mode.
///
/// Source: Amazon RDS pricing, Performance Insights: seven days are free, longer ones are paid by processor and month; `CloudWatch`
/// pricing, Database Insights: the advanced mode is paid by processor or capacity unit and hour, and holds its history; not looked up again. Prices of the history differ by class, so they stand under the class.
pub(in crate::catalogue::aws) fn insights(
    site: &Site<'_>,
    lines: &mut Lines,
    kind: &'static str,
    class: &Result<Text, String>,
    watched: Watched,
) {
    let own = site.own();
    if own.text("database_insights_mode").known().is_some_and(|mode| *mode == "advanced") {
        match watched {
            Watched::Machines(number) => {
                let number = processors(class).map(|each| Amounts::exactly(each * Decimal::from(number)));
                lines.add(
                    "Database Insights (advanced)",
                    "vCPU-hours",
                    "AmazonCloudWatch/Database Insights vCPU",
                    Rate::Hour,
                    number.into(),
                );
            }
            Watched::Units(units) => {
                lines.add(
                    "Database Insights (advanced)",
                    "ACU-hours",
                    "AmazonCloudWatch/Database Insights ACU",
                    Rate::Hour,
                    units,
                );
            }
        }
        return;
    }
    let enabled = flag(own, "performance_insights_enabled", false);
    if enabled == Ok(false) {
        return;
    }
    // Default 7 days, which are free: API reference of CreateDBInstance, PerformanceInsightsRetentionPeriod.
    let days = own.number("performance_insights_retention_period").or_default(7.into());
    if days.known().is_none_or(|days| *days > Decimal::from(7)) {
        let told = enabled.and_then(|_| said(days, "performance_insights_retention_period"));
        match watched {
            Watched::Machines(number) => {
                let number = processors(class).map(|each| Amounts::exactly(each * Decimal::from(number)));
                let name = format!("Performance Insights Long Term Retention ({})", shown(class));
                let key = format!("aws_db_instance/{name}");
                lines.monthly(name, "vCPU-month", key, given(&told, number));
            }
            Watched::Units(units) => {
                let name = "Performance Insights Long Term Retention (serverless)";
                let key = format!("aws_rds_cluster_instance/{name}");
                lines.monthly(name, "ACUs", key, given(&told, units));
            }
        }
    }
    let requests = site.usage("monthly_additional_performance_insights_requests");
    used(kind, lines).per("Performance Insights API", ("1000 requests", THOUSAND), requests);
}

/// How the storage of a database is replicated.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::catalogue::aws) enum Copies {
    /// One disk.
    One,
    /// One in each of two zones.
    Two,
    /// One in each of three.
    Three,
}

impl Copies {
    /// Prices for a disk and its copies stand under names with this in front. Those of SQL Server's mirrors are the same as of
    /// all other engines: eu-west-1, price list of 2023-02-23.
    const fn prefix(self) -> &'static str {
        match self {
            Self::One => "",
            Self::Two => "Multi-AZ-",
            Self::Three => "Multi-AZCluster-",
        }
    }
}

/// What a gp3 disk holds without more pay: operations and MB a second; by size from which it is more.
///
/// Source: Amazon RDS user guide, gp3 storage: 3,000 and 125; from 400 GiB on 12,000 and 500, with Oracle from 200 GiB, with SQL
/// Server never; not looked up again.
fn included(engine: &str, size: Decimal) -> (u32, u32) {
    let threshold = match engine {
        name if name.starts_with("sqlserver") => return (3000, 125),
        name if name.starts_with("oracle") => 200,
        _ => 400,
    };
    if size < Decimal::from(threshold) { (3000, 125) } else { (12_000, 500) }
}

/// Adds the disks of a database.
///
/// io2 costs what io1 costs: AWS Database Blog, io2 Block Express for Amazon RDS, not looked up again; so it is looked up as io1,
/// whose prices are known in more regions.
pub(in crate::catalogue::aws) fn storage(
    site: &Site<'_>,
    lines: &mut Lines,
    engine: &str,
    allocated: &Quantity,
    (kind, copies): (Result<Text, String>, Result<Copies, String>),
) {
    let own = site.own();
    let prefix = copies.as_ref().map_or("", |copies| copies.prefix());
    let key = |suffix: &str| format!("AmazonRDS/RDS:{prefix}{suffix}");
    let told = kind.as_ref().map_err(Clone::clone).and_then(|_| copies.as_ref().map(|_| ()).map_err(Clone::clone));
    let known = given(&told, allocated.clone());
    match kind.as_ref().map_or("", Text::as_str) {
        "standard" => {
            lines.monthly("Storage (magnetic)", "GB", key("StorageUsage"), known);
            let requests = site.usage("monthly_standard_io_requests").map(|requests| requests / Decimal::from(MILLION));
            lines.used("I/O requests", "1M requests", "AmazonRDS/RDS:StorageIOUsage", requests);
        }
        "gp2" => {
            lines.monthly("Storage (general purpose SSD, gp2)", "GB", key("GP2-Storage"), known);
        }
        "gp3" => {
            lines.monthly("Storage (general purpose SSD, gp3)", "GB", key("GP3-Storage"), known);
            let Quantity::Known(allocated) = allocated else { return };
            let (operations, megabytes) = included(engine, allocated.expected);
            let iops = given(&told, Quantity::of("iops", &own.number("iops")));
            let iops = super::billing::above(iops, operations.into());
            if !super::billing::is_none(&iops) {
                let name = if operations == 3000 {
                    "Provisioned GP3 IOPS (above 3,000)"
                } else {
                    "Provisioned GP3 IOPS (above 12,000)"
                };
                lines.monthly(name, "IOPS", key("GP3-PIOPS"), iops);
            }
            let throughput = given(&told, Quantity::of("storage_throughput", &own.number("storage_throughput")));
            let throughput = super::billing::above(throughput, megabytes.into());
            if !super::billing::is_none(&throughput) {
                let name = if megabytes == 125 {
                    "Provisioned GP3 throughput (above 125 MBps)"
                } else {
                    "Provisioned GP3 throughput (above 500 MBps)"
                };
                lines.monthly(name, "MBps", key("GP3-Throughput"), throughput);
            }
        }
        "io1" | "io2" => {
            let name = if kind.as_ref().is_ok_and(|kind| *kind == "io2") {
                "Storage (provisioned IOPS SSD, io2)"
            } else {
                "Storage (provisioned IOPS SSD, io1)"
            };
            lines.monthly(name, "GB", key("PIOPS-Storage"), known);
            let iops = given(&told, super::billing::needed(own, "iops"));
            lines.monthly("Provisioned IOPS", "IOPS", key("PIOPS"), iops);
        }
        other => {
            lines.monthly("Storage", "GB", format!("AmazonRDS/storage {other}"), known);
        }
    }
}

/// The size of a disk that may grow by itself: never more than `max_allocated_storage`.
///
/// Source: Amazon RDS user guide, storage autoscaling, not looked up again. A limit of zero turns it off.
pub(in crate::catalogue::aws) fn size(own: &Record, allocated: Result<Decimal, String>) -> Quantity {
    let allocated = match allocated {
        Ok(allocated) => allocated,
        Err(why) => return Quantity::Unknown(why),
    };
    let most = own.number("max_allocated_storage").into_known().unwrap_or_default().max(allocated);
    Amounts { maximum: most, ..Amounts::exactly(allocated) }.into()
}
