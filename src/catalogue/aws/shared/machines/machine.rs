//! One sort of machine, and how many of it run.

use super::super::machine::processors;
use super::address::{address, cross_zone, has_own};
use super::disk::Disk;
use crate::facts::{Amounts, Lines, Quantity, Rate, Site, UsageKey};
use crate::model::{Attr, Text};
use crate::units::Decimal;

/// How a machine is started, as far as its bill depends on it.
#[derive(Debug)]
pub(in crate::catalogue::aws) struct Machine {
    /// Its type; or why that cannot be told.
    pub(in crate::catalogue::aws) size: Result<Text, String>,
    /// `default`, `dedicated` or `host`.
    pub(in crate::catalogue::aws) tenancy: Attr<Text>,
    /// Whether it is started on spare capacity.
    pub(in crate::catalogue::aws) spot: Attr<bool>,
    /// Whether it is watched by the minute.
    pub(in crate::catalogue::aws) monitored: Attr<bool>,
    /// `standard` or `unlimited`.
    pub(in crate::catalogue::aws) credits: Attr<Text>,
    /// Whether its disks have a line of their own, where that is not built in.
    pub(in crate::catalogue::aws) optimized: Attr<bool>,
    /// Whether it is told to have a public address.
    pub(in crate::catalogue::aws) public: Attr<bool>,
    /// What it runs, where its resource says that.
    pub(in crate::catalogue::aws) system: Option<&'static str>,
    /// Its disks, each with the block that says so; or why they cannot be told.
    pub(in crate::catalogue::aws) disks: Result<Vec<(Text, Disk)>, String>,
}

/// How many machines run, and how they are bought.
#[derive(Debug)]
pub(in crate::catalogue::aws) struct Running {
    pub(in crate::catalogue::aws) on_demand: Option<Quantity>,
    pub(in crate::catalogue::aws) spot: Option<Quantity>,
    pub(in crate::catalogue::aws) all: Quantity,
}

/// What can be said of a machine, or of each machine of a group.
pub(in crate::catalogue::aws) const MACHINE_USAGE: &[UsageKey] = &[
    UsageKey { key: "operating_system", meaning: "What the machine runs: linux, windows, rhel or suse" },
    UsageKey { key: "monthly_hrs", meaning: "Hours that the machine runs in a month" },
    CREDITS,
    VCPUS,
    RESERVED_TYPE,
    RESERVED_TERM,
    RESERVED_PAYMENT,
    IO_REQUESTS,
    ADDRESSES,
    CROSS_ZONE,
];

/// The same of a group, and how many they are.
pub(in crate::catalogue::aws) const GROUP_USAGE: &[UsageKey] = &[
    UsageKey { key: "instances", meaning: "Machines that run on average" },
    UsageKey { key: "operating_system", meaning: "What the machines run: linux, windows, rhel or suse" },
    CREDITS,
    VCPUS,
    RESERVED_TYPE,
    RESERVED_TERM,
    RESERVED_PAYMENT,
    IO_REQUESTS,
    ADDRESSES,
    CROSS_ZONE,
];

const CREDITS: UsageKey = UsageKey {
    key: "monthly_cpu_credit_hrs",
    meaning: "Hours in a month that a burstable machine runs above its baseline",
};
const VCPUS: UsageKey = UsageKey { key: "vcpu_count", meaning: "vCPUs of the machine that run above the baseline" };
const RESERVED_TYPE: UsageKey =
    UsageKey { key: "reserved_instance_type", meaning: "If it is reserved: standard or convertible" };
const RESERVED_TERM: UsageKey =
    UsageKey { key: "reserved_instance_term", meaning: "If it is reserved: 1_year or 3_year" };
const RESERVED_PAYMENT: UsageKey = UsageKey {
    key: "reserved_instance_payment_option",
    meaning: "If it is reserved: no_upfront, partial_upfront or all_upfront",
};
const IO_REQUESTS: UsageKey =
    UsageKey { key: "monthly_standard_io_requests", meaning: "Requests to each magnetic disk in a month" };
const ADDRESSES: UsageKey = UsageKey {
    key: "public_ipv4_addresses",
    meaning: "Public IPv4 addresses of each machine, where the plan does not show whether its subnet gives one",
};
pub(in crate::catalogue::aws) const CROSS_ZONE: UsageKey = UsageKey {
    key: "monthly_cross_zone_gb",
    meaning: "GB that it exchanges with other zones of its region in a month",
};

/// Types of machines for which it costs extra that their disks have a line of their own: newer ones have that built in, and
/// others of these families cannot have it.
///
/// Source: moto 5.2.5, `instance_types.json` (answers of Amazon EC2's `DescribeInstanceTypes`, `EbsOptimizedSupport`
/// "supported"), 2026-10-27; and `g2.2xlarge`, which it no longer lists: Amazon EC2 user guide, EBS-optimized instance types,
/// not looked up again.
const OPTIMIZED_FOR_MORE: &[&str] = &[
    "c1.xlarge",
    "c3.xlarge",
    "c3.2xlarge",
    "c3.4xlarge",
    "g2.2xlarge",
    "i2.xlarge",
    "i2.2xlarge",
    "i2.4xlarge",
    "m1.large",
    "m1.xlarge",
    "m2.2xlarge",
    "m2.4xlarge",
    "m3.xlarge",
    "m3.2xlarge",
    "r3.xlarge",
    "r3.2xlarge",
    "r3.4xlarge",
];

impl Machine {
    /// A machine of which nothing can be told.
    pub(in crate::catalogue::aws) fn unknown(why: &str) -> Self {
        Self {
            size: Err(why.to_owned()),
            tenancy: Attr::Unset,
            spot: Attr::Unset,
            monitored: Attr::Unset,
            credits: Attr::Unset,
            optimized: Attr::Unset,
            public: Attr::Unset,
            system: None,
            disks: Err(why.to_owned()),
        }
    }

    /// How many run where all are bought alike.
    pub(in crate::catalogue::aws) fn all(&self, count: Quantity) -> Running {
        if self.spot == Attr::Set(true) {
            Running { on_demand: None, spot: Some(count.clone()), all: count }
        } else {
            Running { on_demand: Some(count.clone()), spot: None, all: count }
        }
    }

    /// Writes their lines.
    ///
    /// Source: Amazon EC2 pricing, on-demand, not looked up again.
    pub(in crate::catalogue::aws) fn bill(&self, site: &Site<'_>, lines: &mut Lines, running: &Running) {
        let system = self.system(site);
        self.hours(site, lines, running, &system);
        self.extras(site, lines, &running.all, &system);
        if !has_own(site) {
            address(site, lines, &self.public, &running.all);
        }
        cross_zone(site, lines);
        match &self.disks {
            Ok(disks) => {
                let requests = site.usage("monthly_standard_io_requests");
                for (part, disk) in disks {
                    lines.part(part.clone());
                    disk.bill(lines, &running.all, requests);
                }
                lines.whole();
            }
            Err(why) => lines.not_priced("Storage", why.clone()),
        }
    }

    fn system(&self, site: &Site<'_>) -> Text {
        let stated = site.usage_text("operating_system").map(|stated| Text::from(stated.to_lowercase()));
        stated.unwrap_or_else(|| self.system.unwrap_or("linux").into())
    }

    fn hours(&self, site: &Site<'_>, lines: &mut Lines, running: &Running, system: &str) {
        let chosen = match &self.size {
            Ok(chosen) => chosen,
            Err(why) => {
                lines.hours("Instance usage", "AmazonEC2/instance", Quantity::Unknown(why.clone()));
                return;
            }
        };
        let label = match system {
            "linux" => "Linux/UNIX",
            "windows" => "Windows",
            "rhel" => "RHEL",
            "suse" => "SUSE",
            other => other,
        };
        let shared = match &self.tenancy {
            Attr::Set(tenancy) if tenancy == "host" => {
                // Its host is billed, whatever runs on it.
                return;
            }
            Attr::Set(tenancy) => tenancy != "dedicated",
            Attr::Unset => true,
            Attr::Unknown(why) => {
                let why = Quantity::Unknown(format!("tenancy is {why}"));
                lines.hours("Instance usage", format!("AmazonEC2/{chosen}/{system}"), why);
                return;
            }
        };
        let key = format!("AmazonEC2/{chosen}/{system}{}", if shared { "" } else { "/dedicated" });
        let monthly = site.usage("monthly_hrs");
        if let Some(count) = &running.on_demand {
            let (market, key) = match reserved(site) {
                Some(terms) => ("reserved", format!("{key}/{terms}")),
                None => ("on-demand", key.clone()),
            };
            lasting(lines, format!("Instance usage ({label}, {market}, {chosen})"), key, count, monthly);
        }
        if let Some(count) = &running.spot {
            let name = format!("Instance usage ({label}, spot, {chosen})");
            lasting(lines, name, key, count, monthly).saving(format!("AmazonEC2/{chosen}/{system}/spot-saving"));
        }
    }

    fn extras(&self, site: &Site<'_>, lines: &mut Lines, count: &Quantity, system: &str) {
        let chosen = self.size.as_deref().unwrap_or_default();
        if self.optimized == Attr::Set(true) && OPTIMIZED_FOR_MORE.contains(&chosen) {
            let key = format!("AmazonEC2/EBSOptimized:{chosen}");
            lasting(lines, "EBS-optimized usage".to_owned(), key, count, site.usage("monthly_hrs"));
        }
        // Seven metrics: Amazon EC2 user guide, detailed monitoring, and Amazon CloudWatch pricing, example 1, not looked up again.
        let metrics = match self.monitored {
            Attr::Set(true) => Some(Quantity::from(7).times(count.clone())),
            Attr::Unknown(why) => Some(Quantity::Unknown(format!("monitoring is {why}"))),
            Attr::Set(false) | Attr::Unset => None,
        };
        if let Some(metrics) = metrics {
            lines.monthly("EC2 detailed monitoring", "metrics", "AmazonCloudWatch/CW:MetricMonitorUsage", metrics);
        }
        if let Some((key, region)) = self.surplus(chosen, system) {
            let stated = site.usage("monthly_cpu_credit_hrs").or_else(|| site.usage("ec2.monthly_cpu_credit_hrs"));
            let above = stated.map(|hours| {
                let vcpus = site.usage("vcpu_count").or_else(|| vcpus(chosen).map(Decimal::from));
                hours.saturating_mul(vcpus.unwrap_or(Decimal::ONE))
            });
            let used = Quantity::Used(above).times(count.clone());
            lines.monthly("CPU credits", "vCPU-hours", key, used).in_region(region);
        }
    }

    /// The price of what a burstable machine uses above its baseline, if it may; one price for all regions, which the book
    /// has in the region beside it.
    ///
    /// Source: Amazon EC2 pricing, on-demand, T2/T3/T4g unlimited mode ("across all regions"), not looked up again; the defaults:
    /// Amazon EC2 user guide, unlimited mode for burstable performance instances, not looked up again.
    fn surplus(&self, size: &str, system: &str) -> Option<(&'static str, &'static str)> {
        let family = size.split('.').next().unwrap_or_default();
        let chosen = self.credits.known().map(Text::as_str);
        match family {
            "t2" if chosen == Some("unlimited") => {}
            "t3" | "t3a" | "t4g" if chosen != Some("standard") => {}
            _ => return None,
        }
        Some(match (family, system) {
            ("t4g", _) => ("AmazonEC2/CPUCredits:t4g", "eu-west-1"),
            (_, "windows") => ("AmazonEC2/CPUCredits:t3 [windows]", "eu-west-1"),
            _ => ("aws_instance/CPU credits", "us-east-1"),
        })
    }
}

/// Hours of a month: so many, or all.
fn lasting<'l>(
    lines: &'l mut Lines,
    name: String,
    key: String,
    count: &Quantity,
    monthly: Option<Decimal>,
) -> &'l mut crate::facts::BillLine {
    match monthly {
        None => lines.hours(name, key, count.clone()),
        Some(_) => lines.add(name, "hours", key, Rate::Month, Quantity::Used(monthly).times(count.clone())),
    }
}

/// The terms of a reservation that somebody states: its price is another one.
fn reserved(site: &Site<'_>) -> Option<String> {
    let kind = site.usage_text("reserved_instance_type")?;
    let term = site.usage_text("reserved_instance_term")?;
    let payment = site.usage_text("reserved_instance_payment_option")?;
    Some(format!("reserved-{kind}-{term}-{payment}"))
}

/// How many machines a group runs, by its range, or on average as somebody states.
pub(in crate::catalogue::aws) fn group_units(site: &Site<'_>) -> Result<Amounts, String> {
    let units = site.units();
    match site.usage("instances") {
        Some(expected) => Ok(units.map_or_else(
            |_| Amounts::exactly(expected),
            |units| Amounts { minimum: units.minimum.min(expected), expected, maximum: units.maximum.max(expected) },
        )),
        None => units,
    }
}

/// How many vCPUs a machine type has, where its name says that.
///
/// Source: Amazon EC2 user guide, CPU options per instance type, not looked up again; below `xlarge` the T families differ.
pub(in crate::catalogue::aws) fn vcpus(size: &str) -> Option<u64> {
    let (family, scale) = size.split_once('.')?;
    match (family, scale) {
        ("t2", "nano" | "micro" | "small") | ("t1", "micro") => Some(1),
        ("t3" | "t3a" | "t4g", "nano" | "micro" | "small" | "medium") | ("t2", "medium") | (_, "large") => Some(2),
        (_, "medium") => Some(1),
        _ => processors(&size.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::vcpus;

    #[test]
    fn vcpus_by_name() {
        for (size, expected) in [
            ("t2.micro", Some(1)),
            ("t4g.small", Some(2)),
            ("c6g.medium", Some(1)),
            ("m5.large", Some(2)),
            ("m5.4xlarge", Some(16)),
            ("i3.metal", None),
            ("m5", None),
        ] {
            assert_eq!(vcpus(size), expected, "{size}");
        }
    }
}
