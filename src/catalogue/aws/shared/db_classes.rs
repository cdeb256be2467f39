//! The machine classes of RDS and Aurora: processors and memory.
//!
//! - Amazon RDS user guide, "DB instance classes" (awsdocs/amazon-rds-user-guide 50e7617a, 2023-06-10) and Aurora user guide (287c6040).
//! - Classes that came later: the EC2 instance type of the same name, `DescribeInstanceTypes` as of 2026-10-27 (moto
//!   5.2.5).

#![allow(clippy::unreadable_literal, reason = "a table of MiB is read column by column")]

/// Where the table comes from, for evidence.
pub(in crate::catalogue::aws) const SOURCE: &str =
    "DB instance classes, Amazon RDS user guide; EC2 DescribeInstanceTypes 2026-10-27";

/// A class.
#[derive(Clone, Copy, Debug)]
pub(in crate::catalogue::aws) struct Class {
    /// Its size inside its family.
    pub(in crate::catalogue::aws) size: &'static str,
    /// Processors.
    pub(in crate::catalogue::aws) processors: u64,
    /// Memory in MiB, all of it: the database gets less.
    pub(in crate::catalogue::aws) memory: u64,
}

/// The class called `db.<family>.<size>`.
pub(in crate::catalogue::aws) fn find(class: &str) -> Option<Class> {
    let (family, size) = split(class)?;
    sizes(family).find(|class| class.size == size)
}

/// Larger classes, of the same family first, then of every family that is not of an earlier generation; each family smallest
/// first. A database that has a machine to itself is not told to share one in bursts.
pub(in crate::catalogue::aws) fn larger(class: &str) -> Vec<(&'static str, String, Class)> {
    let (Some((own, _)), Some(this)) = (split(class), find(class)) else { return Vec::new() };
    let suits = |family: &&str| {
        **family != *own && !PREVIOUS.contains(family) && (own.starts_with('t') || !family.starts_with('t'))
    };
    let families = FAMILIES.iter().map(|(family, _)| *family);
    let own = families.clone().filter(|family| *family == own);
    let all = own.chain(families.filter(suits));
    all.flat_map(|family| {
        let larger = sizes(family).filter(|class| class.memory > this.memory);
        larger.map(move |class| (family, format!("db.{family}.{}", class.size), class))
    })
    .collect()
}

/// Families of earlier generations, which nobody moves to.
///
/// Source: Amazon RDS user guide, DB instance classes, previous generation, not looked up again.
const PREVIOUS: &[&str] = &["m1", "m2", "m3", "m4", "r3", "r4", "t1", "t2"];

fn split(class: &str) -> Option<(&str, &str)> {
    class.strip_prefix("db.")?.split_once('.')
}

fn sizes(family: &str) -> impl Iterator<Item = Class> {
    let sizes = FAMILIES.iter().find(|(name, _)| *name == family).map_or(&[][..], |(_, sizes)| sizes);
    sizes.iter().map(|(size, processors, memory)| Class { size, processors: *processors, memory: *memory })
}

type Family = (&'static str, &'static [(&'static str, u64, u64)]);

/// Family, then its sizes with processors and MiB, smallest first.
#[rustfmt::skip]
static FAMILIES: &[Family] = &[
    ("m1", &[("small", 1, 1741), ("medium", 1, 3840), ("large", 2, 7680), ("xlarge", 4, 15360)]),
    ("m2", &[("xlarge", 2, 17510), ("2xlarge", 4, 35020), ("4xlarge", 8, 70041)]),
    ("m3", &[("medium", 1, 3840), ("large", 2, 7680), ("xlarge", 4, 15360), ("2xlarge", 8, 30720)]),
    ("m4", &[("large", 2, 8192), ("xlarge", 4, 16384), ("2xlarge", 8, 32768), ("4xlarge", 16, 65536), ("10xlarge", 40, 163840), ("16xlarge", 64, 262144)]),
    ("m5", &[("large", 2, 8192), ("xlarge", 4, 16384), ("2xlarge", 8, 32768), ("4xlarge", 16, 65536), ("8xlarge", 32, 131072), ("12xlarge", 48, 196608), ("16xlarge", 64, 262144), ("24xlarge", 96, 393216)]),
    ("m5d", &[("large", 2, 8192), ("xlarge", 4, 16384), ("2xlarge", 8, 32768), ("4xlarge", 16, 65536), ("8xlarge", 32, 131072), ("12xlarge", 48, 196608), ("16xlarge", 64, 262144), ("24xlarge", 96, 393216)]),
    ("m6g", &[("large", 2, 8192), ("xlarge", 4, 16384), ("2xlarge", 8, 32768), ("4xlarge", 16, 65536), ("8xlarge", 32, 131072), ("12xlarge", 48, 196608), ("16xlarge", 64, 262144)]),
    ("m6gd", &[("large", 2, 8192), ("xlarge", 4, 16384), ("2xlarge", 8, 32768), ("4xlarge", 16, 65536), ("8xlarge", 32, 131072), ("12xlarge", 48, 196608), ("16xlarge", 64, 262144)]),
    ("m6i", &[("large", 2, 8192), ("xlarge", 4, 16384), ("2xlarge", 8, 32768), ("4xlarge", 16, 65536), ("8xlarge", 32, 131072), ("12xlarge", 48, 196608), ("16xlarge", 64, 262144), ("24xlarge", 96, 393216), ("32xlarge", 128, 524288)]),
    ("m6id", &[("large", 2, 8192), ("xlarge", 4, 16384), ("2xlarge", 8, 32768), ("4xlarge", 16, 65536), ("8xlarge", 32, 131072), ("12xlarge", 48, 196608), ("16xlarge", 64, 262144), ("24xlarge", 96, 393216), ("32xlarge", 128, 524288)]),
    ("m6idn", &[("xlarge", 4, 16384)]),
    ("m6in", &[("large", 2, 8192), ("xlarge", 4, 16384), ("2xlarge", 8, 32768), ("4xlarge", 16, 65536), ("8xlarge", 32, 131072), ("12xlarge", 48, 196608), ("16xlarge", 64, 262144), ("24xlarge", 96, 393216), ("32xlarge", 128, 524288)]),
    ("m7g", &[("large", 2, 8192), ("xlarge", 4, 16384), ("2xlarge", 8, 32768), ("4xlarge", 16, 65536), ("8xlarge", 32, 131072), ("12xlarge", 48, 196608), ("16xlarge", 64, 262144)]),
    ("m7i", &[("large", 2, 8192), ("2xlarge", 8, 32768), ("4xlarge", 16, 65536), ("8xlarge", 32, 131072), ("12xlarge", 48, 196608), ("16xlarge", 64, 262144), ("24xlarge", 96, 393216), ("48xlarge", 192, 786432)]),
    ("m8g", &[("medium", 1, 4096), ("large", 2, 8192), ("xlarge", 4, 16384), ("2xlarge", 8, 32768), ("4xlarge", 16, 65536), ("8xlarge", 32, 131072), ("12xlarge", 48, 196608), ("16xlarge", 64, 262144), ("24xlarge", 96, 393216), ("48xlarge", 192, 786432)]),
    ("r3", &[("large", 2, 15616), ("xlarge", 4, 31232), ("2xlarge", 8, 62464), ("4xlarge", 16, 124928), ("8xlarge", 32, 249856)]),
    ("r4", &[("large", 2, 15616), ("xlarge", 4, 31232), ("2xlarge", 8, 62464), ("4xlarge", 16, 124928), ("8xlarge", 32, 249856), ("16xlarge", 64, 499712)]),
    ("r5", &[("large", 2, 16384), ("xlarge", 4, 32768), ("2xlarge", 8, 65536), ("4xlarge", 16, 131072), ("8xlarge", 32, 262144), ("12xlarge", 48, 393216), ("16xlarge", 64, 524288), ("24xlarge", 96, 786432)]),
    ("r5b", &[("large", 2, 16384), ("xlarge", 4, 32768), ("2xlarge", 8, 65536), ("4xlarge", 16, 131072), ("8xlarge", 32, 262144), ("12xlarge", 48, 393216), ("16xlarge", 64, 524288), ("24xlarge", 96, 786432)]),
    ("r5d", &[("large", 2, 16384), ("xlarge", 4, 32768), ("2xlarge", 8, 65536), ("4xlarge", 16, 131072), ("8xlarge", 32, 262144), ("12xlarge", 48, 393216), ("16xlarge", 64, 524288), ("24xlarge", 96, 786432)]),
    ("r6g", &[("large", 2, 16384), ("xlarge", 4, 32768), ("2xlarge", 8, 65536), ("4xlarge", 16, 131072), ("8xlarge", 32, 262144), ("12xlarge", 48, 393216), ("16xlarge", 64, 524288)]),
    ("r6gd", &[("large", 2, 16384), ("xlarge", 4, 32768), ("2xlarge", 8, 65536), ("4xlarge", 16, 131072), ("8xlarge", 32, 262144), ("12xlarge", 48, 393216), ("16xlarge", 64, 524288)]),
    ("r6i", &[("large", 2, 16384), ("xlarge", 4, 32768), ("2xlarge", 8, 65536), ("4xlarge", 16, 131072), ("8xlarge", 32, 262144), ("12xlarge", 48, 393216), ("16xlarge", 64, 524288), ("24xlarge", 96, 786432), ("32xlarge", 128, 1048576)]),
    ("r6id", &[("large", 2, 16384), ("xlarge", 4, 32768), ("2xlarge", 8, 65536), ("4xlarge", 16, 131072), ("8xlarge", 32, 262144), ("12xlarge", 48, 393216), ("16xlarge", 64, 524288), ("24xlarge", 96, 786432), ("32xlarge", 128, 1048576)]),
    ("r6idn", &[("large", 2, 16384), ("xlarge", 4, 32768), ("8xlarge", 32, 262144)]),
    ("r6in", &[("large", 2, 16384), ("xlarge", 4, 32768), ("2xlarge", 8, 65536), ("4xlarge", 16, 131072), ("8xlarge", 32, 262144), ("12xlarge", 48, 393216), ("16xlarge", 64, 524288), ("24xlarge", 96, 786432), ("32xlarge", 128, 1048576)]),
    ("r7g", &[("large", 2, 16384), ("xlarge", 4, 32768), ("2xlarge", 8, 65536), ("4xlarge", 16, 131072), ("8xlarge", 32, 262144), ("12xlarge", 48, 393216), ("16xlarge", 64, 524288)]),
    ("r7i", &[("large", 2, 16384), ("xlarge", 4, 32768), ("2xlarge", 8, 65536), ("4xlarge", 16, 131072), ("8xlarge", 32, 262144), ("12xlarge", 48, 393216), ("16xlarge", 64, 524288), ("24xlarge", 96, 786432), ("48xlarge", 192, 1572864)]),
    ("r8g", &[("medium", 1, 8192), ("large", 2, 16384), ("xlarge", 4, 32768), ("2xlarge", 8, 65536), ("4xlarge", 16, 131072), ("8xlarge", 32, 262144), ("12xlarge", 48, 393216), ("16xlarge", 64, 524288), ("24xlarge", 96, 786432), ("48xlarge", 192, 1572864)]),
    ("t1", &[("micro", 1, 627)]),
    ("t2", &[("micro", 1, 1024), ("small", 1, 2048), ("medium", 2, 4096), ("large", 2, 8192), ("xlarge", 4, 16384), ("2xlarge", 8, 32768)]),
    ("t3", &[("micro", 2, 1024), ("small", 2, 2048), ("medium", 2, 4096), ("large", 2, 8192), ("xlarge", 4, 16384), ("2xlarge", 8, 32768)]),
    ("t4g", &[("micro", 2, 1024), ("small", 2, 2048), ("medium", 2, 4096), ("large", 2, 8192), ("xlarge", 4, 16384), ("2xlarge", 8, 32768)]),
    ("x1", &[("16xlarge", 64, 999424), ("32xlarge", 128, 1998848)]),
    ("x1e", &[("xlarge", 4, 124928), ("2xlarge", 8, 249856), ("4xlarge", 16, 499712), ("8xlarge", 32, 999424), ("16xlarge", 64, 1998848), ("32xlarge", 128, 3997696)]),
    ("x2g", &[("large", 2, 32768), ("xlarge", 4, 65536), ("2xlarge", 8, 131072), ("4xlarge", 16, 262144), ("8xlarge", 32, 524288), ("12xlarge", 48, 786432), ("16xlarge", 64, 1048576)]),
    ("x2idn", &[("16xlarge", 64, 1048576), ("24xlarge", 96, 1572864), ("32xlarge", 128, 2097152)]),
    ("x2iedn", &[("xlarge", 4, 131072), ("2xlarge", 8, 262144), ("4xlarge", 16, 524288), ("8xlarge", 32, 1048576), ("16xlarge", 64, 2097152), ("24xlarge", 96, 3145728), ("32xlarge", 128, 4194304)]),
    ("x2iezn", &[("2xlarge", 8, 262144), ("4xlarge", 16, 524288), ("6xlarge", 24, 786432), ("8xlarge", 32, 1048576), ("12xlarge", 48, 1572864)]),
    ("z1d", &[("large", 2, 16384), ("xlarge", 4, 32768), ("2xlarge", 8, 65536), ("3xlarge", 12, 98304), ("6xlarge", 24, 196608), ("12xlarge", 48, 393216)]),
];
