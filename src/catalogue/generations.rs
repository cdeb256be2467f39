//! Classes of machines of AWS that could stand in for others: those of later generations, and those with ARM processors.
//!
//! A pair stands here if the other class has the same size's name, at least as many processors, at least as much memory and
//! at least as large disks of its own, and if its list price is not above that of the first, but for a few regions that
//! round otherwise. What is of an earlier generation, and has no such class beside it, is left out.
//!
//! - Amazon EC2: `DescribeInstanceTypes` as of 2026-10-27 (moto 5.2.5) for what a class has; on-demand list prices of Linux
//!   machines, 2022-09-03 to 2026-07-20, for what it costs. `t2` does not count as previous there; WAF-PERF-010 (WAF2p/framework
//!   9a44fbb) has it among the previous ones, and `t3` follows it.
//! - Amazon RDS and Aurora: processors and memory as in `db_classes`; list prices of 2023-03-01. No `r3`: most of what would
//!   follow it is dearer.
//! - Amazon `ElastiCache`: nodes and list prices of 2025-04-24. Most nodes of later generations have less memory for data.
//! - Amazon `OpenSearch` Service: instances and list prices of 2025-04-24.

/// Which service's classes, by what stands before and behind their names.
#[derive(Debug)]
pub(super) struct Service {
    pub(super) prefix: &'static str,
    pub(super) suffix: &'static str,
    /// Family, sizes, and the families that follow it.
    pub(super) successors: &'static [(&'static str, &'static [&'static str], &'static [&'static str])],
    /// Family, sizes, and the family with ARM processors.
    pub(super) arm: &'static [(&'static str, &'static [&'static str], &'static str)],
    /// Where this comes from, for evidence.
    pub(super) source: &'static str,
    /// What has to be seen to before a later generation is taken, and before ARM is.
    pub(super) cautions: [&'static str; 2],
}

/// From `nano` to `2xlarge`.
const BURSTABLE: &[&str] = &["nano", "micro", "small", "medium", "large", "xlarge", "2xlarge"];
/// The sizes up to `4xlarge`.
const TO_4: &[&str] = &["large", "xlarge", "2xlarge", "4xlarge"];
/// The sizes up to `16xlarge`.
const TO_16: &[&str] = &["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"];
/// The same with `24xlarge` and `48xlarge`.
const TO_48: &[&str] =
    &["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge", "48xlarge"];

/// The machines of Amazon EC2.
#[rustfmt::skip]
pub(super) static MACHINES: Service = Service {
    prefix: "",
    suffix: "",
    successors: &[
        ("t1", &["micro"], &["t3", "t3a"]),
        ("t2", BURSTABLE, &["t3", "t3a"]),
        ("m3", &["large", "xlarge", "2xlarge"], &["m5d", "m6id"]),
        ("m4", &["large", "xlarge", "2xlarge", "4xlarge", "16xlarge"], &["m6i", "m6a"]),
        ("c3", TO_4, &["c5d"]),
        ("c4", TO_4, &["c6i", "c6a"]),
        ("r3", &["large", "xlarge", "2xlarge", "4xlarge", "8xlarge"], &["r5d", "r6id"]),
        ("r4", &["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "16xlarge"], &["r6i", "r6a"]),
        ("i2", &["xlarge", "2xlarge", "4xlarge", "8xlarge"], &["i3", "i4i"]),
    ],
    arm: &[
        ("t3", BURSTABLE, "t4g"), ("t3a", BURSTABLE, "t4g"),
        ("m5", TO_16, "m6g"), ("m5a", TO_16, "m6g"), ("m5d", TO_16, "m6gd"),
        ("m6i", TO_16, "m7g"), ("m6a", TO_16, "m6g"), ("m6id", TO_16, "m7gd"),
        ("m7i", TO_48, "m8g"), ("m7a", TO_48, "m8g"), ("m8i", TO_48, "m8g"),
        ("c5", &["large", "xlarge", "2xlarge", "4xlarge", "12xlarge"], "c6g"), ("c5a", TO_16, "c6g"),
        ("c5d", &["large", "xlarge", "2xlarge", "4xlarge", "12xlarge"], "c6gd"),
        ("c6i", TO_16, "c7g"), ("c6a", TO_16, "c6g"), ("c6id", TO_16, "c7gd"),
        ("c7i", TO_48, "c8g"), ("c7a", TO_48, "c8g"), ("c8i", TO_48, "c8g"),
        ("r5", TO_16, "r6g"), ("r5a", TO_16, "r6g"), ("r5d", TO_16, "r6gd"),
        ("r6i", TO_16, "r7g"), ("r6a", TO_16, "r6g"), ("r6id", TO_16, "r7gd"),
        ("r7i", TO_48, "r8g"), ("r7a", TO_48, "r8g"), ("r8i", TO_48, "r8g"),
    ],
    source: "EC2 DescribeInstanceTypes 2026-10-27 and on-demand list prices",
    cautions: [
        "its image needs the drivers of the newer machines (ENA for the network, NVMe for disks), and machines of the T family \
         no longer stop at their credits there unless they are told to: more is then billed",
        "its image, and all that is installed from it, has to be built for ARM",
    ],
};

/// The machines of Amazon RDS and Aurora.
#[rustfmt::skip]
pub(super) static DATABASES: Service = Service {
    prefix: "db.",
    suffix: "",
    successors: &[
        ("t2", &["micro", "small", "medium", "large", "xlarge", "2xlarge"], &["t3"]),
        ("m3", &["large", "xlarge", "2xlarge"], &["m5", "m6i"]),
        ("m4", &["large", "xlarge", "2xlarge", "4xlarge", "16xlarge"], &["m5", "m6i"]),
        ("r4", &["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "16xlarge"], &["r5", "r6i"]),
    ],
    arm: &[
        ("t3", &["micro", "small", "medium", "large", "xlarge", "2xlarge"], "t4g"),
        ("m5", TO_16, "m6g"), ("m5d", TO_16, "m6gd"), ("m6i", TO_16, "m6g"),
        ("r5", TO_16, "r6g"), ("r5d", TO_16, "r6gd"), ("r6i", TO_16, "r6g"),
    ],
    source: "DB instance classes, Amazon RDS user guide; RDS list prices 2023-03-01",
    cautions: [
        "the engine's version has to support the class, and the change restarts the database",
        "it needs no other image; the engine's version has to support the class, and the change restarts the database",
    ],
};

/// The nodes of Amazon `ElastiCache`.
#[rustfmt::skip]
pub(super) static CACHES: Service = Service {
    prefix: "cache.",
    suffix: "",
    successors: &[("m3", &["large"], &["m5"]), ("r4", TO_4, &["r5"])],
    arm: &[
        ("t3", &["micro", "small", "medium"], "t4g"),
        ("m5", &["large", "xlarge", "2xlarge", "4xlarge", "12xlarge"], "m6g"),
        ("r5", &["large", "xlarge", "2xlarge", "4xlarge", "12xlarge"], "r6g"),
    ],
    source: "ElastiCache node types and list prices 2025-04-24",
    cautions: [
        "the engine's version has to support the node type",
        "it needs no other image; the engine's version has to support the node type",
    ],
};

/// The machines of Amazon `OpenSearch` Service, as of `aws_opensearch_domain`.
#[rustfmt::skip]
pub(super) static SEARCH: Service = Service {
    prefix: "",
    suffix: ".search",
    successors: &[
        ("t2", &["small", "medium"], &["t3"]),
        ("m4", TO_4, &["m5"]), ("c4", TO_4, &["c5"]), ("r4", TO_4, &["r5"]),
        ("i2", &["xlarge", "2xlarge"], &["i3"]),
    ],
    arm: &[
        ("m5", &["large", "xlarge", "2xlarge", "4xlarge", "12xlarge"], "m6g"), ("c5", TO_4, "c6g"),
        ("r5", &["large", "xlarge", "2xlarge", "4xlarge", "12xlarge"], "r6g"),
    ],
    source: "OpenSearch Service instance types and list prices 2025-04-24",
    cautions: [
        "the engine's version has to support the instance type",
        "it needs no other image; the engine's version has to support the instance type",
    ],
};

impl Service {
    /// The family and the size in a class's name.
    fn split<'c>(&self, class: &'c str) -> Option<(&'c str, &'c str)> {
        class.strip_prefix(self.prefix)?.strip_suffix(self.suffix)?.split_once('.')
    }

    fn name(&self, family: &str, size: &str) -> String {
        format!("{}{family}.{size}{}", self.prefix, self.suffix)
    }

    /// The classes that follow one of an earlier generation.
    pub(super) fn successors(&self, class: &str) -> Vec<String> {
        let Some((family, size)) = self.split(class) else { return Vec::new() };
        let row = self.successors.iter().find(|(own, sizes, _)| *own == family && sizes.contains(&size));
        row.map_or_else(Vec::new, |(.., others)| others.iter().map(|other| self.name(other, size)).collect())
    }

    /// The same class with ARM processors.
    pub(super) fn arm(&self, class: &str) -> Option<String> {
        let (family, size) = self.split(class)?;
        let row = self.arm.iter().find(|(own, sizes, _)| *own == family && sizes.contains(&size));
        row.map(|(.., other)| self.name(other, size))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::io::Write as _;
    use std::path::Path;

    use super::*;

    #[test]
    fn names() {
        assert_eq!(MACHINES.successors("t2.small"), ["t3.small", "t3a.small"]);
        assert_eq!(MACHINES.successors("m4.10xlarge"), Vec::<String>::new());
        assert_eq!(DATABASES.successors("db.r4.xlarge"), ["db.r5.xlarge", "db.r6i.xlarge"]);
        assert_eq!(DATABASES.successors("m4.large"), Vec::<String>::new());
        assert_eq!(CACHES.successors("cache.t2.micro"), Vec::<String>::new());
        assert_eq!(SEARCH.successors("m4.large.search"), ["m5.large.search"]);
        assert_eq!(MACHINES.arm("c5.9xlarge"), None);
        assert_eq!(MACHINES.arm("c5.large"), Some("c6g.large".to_owned()));
        assert_eq!(MACHINES.arm("metal"), None);
    }

    type Row = BTreeMap<String, String>;

    /// The rows of a table without quotes; nothing where the collected facts are not at hand.
    fn rows(name: &str) -> Option<Vec<Row>> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/facts").join(name);
        let Ok(text) = std::fs::read_to_string(&path) else {
            let _ = writeln!(std::io::stderr(), "skipped: {} is not there", path.display());
            return None;
        };
        let mut lines = text.lines();
        let head: Vec<&str> = lines.next().unwrap().split(',').collect();
        let row = |line: &str| head.iter().zip(line.split(',')).map(|(k, v)| ((*k).to_owned(), v.to_owned())).collect();
        Some(lines.map(row).collect())
    }

    fn number(row: &Row, name: &str) -> f64 {
        row[name].parse().unwrap_or(0.0)
    }

    /// Every pair of machines: the other is at least as large, of the architecture that it is said to be of, and costs no
    /// more where most prices are known.
    #[test]
    fn machines_are_at_least_as_large_and_no_dearer() {
        let (Some(types), Some(prices)) = (rows("aws_instance_types.csv"), rows("aws_ec2_prices.csv")) else { return };
        let types: BTreeMap<&str, &Row> = types.iter().map(|row| (row["type"].as_str(), row)).collect();
        let here = prices.iter().filter(|row| row["region"] == "us-east-1" && row["os"] == "linux");
        let prices: BTreeMap<&str, f64> = here.map(|row| (row["type"].as_str(), number(row, "usd_hour"))).collect();
        let followed = MACHINES.successors.iter().flat_map(|(family, sizes, others)| {
            others.iter().flat_map(move |other| sizes.iter().map(move |size| (*family, *size, *other, "x86_64")))
        });
        let with_arm = MACHINES
            .arm
            .iter()
            .flat_map(|(family, sizes, other)| sizes.iter().map(move |size| (*family, *size, *other, "arm64")));
        let (mut wrong, mut pairs) = (Vec::new(), 0);
        for (family, size, other, architecture) in followed.chain(with_arm) {
            let (old, new) = (format!("{family}.{size}"), format!("{other}.{size}"));
            let (Some(a), Some(b)) = (types.get(old.as_str()), types.get(new.as_str())) else {
                wrong.push(format!("{old} or {new} is no machine"));
                continue;
            };
            let as_large =
                ["vcpu", "memory_mib", "local_storage_gb"].iter().all(|name| number(b, name) >= number(a, name));
            let is_old = a["generation"] == "previous" || family == "t2" || architecture == "arm64";
            let no_dearer = prices[new.as_str()] <= prices[old.as_str()];
            if !(as_large && is_old && no_dearer && a["arch"] == "x86_64" && b["arch"] == architecture) {
                wrong.push(format!("{old} and {new}: {as_large} {is_old} {no_dearer}"));
            }
            pairs += 1;
        }
        assert!(wrong.is_empty() && pairs > 200, "{pairs}: {wrong:#?}");
    }
}
