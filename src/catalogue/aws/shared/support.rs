//! When a version of a database engine begins to cost extra.
//!
//! Prices of provisioned machines are the same whatever the engine; those of Serverless v2 are per capacity unit.
//!
//! Sources:
//! - Dates of RDS and Aurora: awsdocs, Amazon RDS user guide and Aurora user guide, extended support charges (`PostgreSQL` 11 and
//!   12, Aurora `MySQL` 2); endoflife.date, amazon-rds-mysql (8.0); for the others the rules of
//!   rulestamp-rds-extended-support-cost-lint 1.0.2 of 2026-09; not looked up again.
//! - One rate for all engines: Vantage, "Amazon RDS Extended Support"; 0.10 $ and, in the third year, 0.20 $ per processor and
//!   hour in us-east-1, another rate per capacity unit: `CloudYali`, RDS Extended Support, of 2026-05; not looked up again.
//! - Standby machines pay as well: Amazon RDS user guide, extended support charges, not looked up again.

use jiff::civil::{Date, date};

use super::db_classes;
use crate::facts::{Amounts, Lines, Quantity, Rate};
use crate::model::Text;
use crate::units::Decimal;

/// A major version that costs extra from a day on.
struct Version {
    engine: &'static str,
    major: &'static str,
    first: Date,
    third: Option<Date>,
}

const fn version(engine: &'static str, major: &'static str, first: Date, third: Option<Date>) -> Version {
    Version { engine, major, first, third }
}

static VERSIONS: [Version; 12] = [
    version("mysql", "5.7", date(2024, 3, 1), Some(date(2026, 3, 1))),
    version("mysql", "8.0", date(2026, 8, 1), Some(date(2028, 8, 1))),
    version("postgres", "11", date(2024, 4, 1), Some(date(2026, 4, 1))),
    version("postgres", "12", date(2025, 3, 1), Some(date(2027, 3, 1))),
    version("postgres", "13", date(2026, 3, 1), Some(date(2028, 3, 1))),
    version("postgres", "14", date(2027, 3, 1), Some(date(2029, 3, 1))),
    version("aurora-postgresql", "11", date(2024, 4, 1), Some(date(2026, 4, 1))),
    version("aurora-postgresql", "12", date(2025, 3, 1), Some(date(2027, 3, 1))),
    version("aurora-postgresql", "13", date(2026, 3, 1), Some(date(2028, 3, 1))),
    version("aurora-postgresql", "14", date(2027, 3, 1), Some(date(2029, 3, 1))),
    // Whether there is a dearer third year of it, sources do not agree on: one says from 2026-12-01, one says there is none.
    version("aurora-mysql", "5.7", date(2024, 12, 1), None),
    version("aurora-mysql", "8.0", date(2028, 5, 1), None),
];

/// From when on sources differ about the rate of Aurora `MySQL` 5.7.
const UNSETTLED: Date = date(2026, 12, 1);

/// What is extended: so many machines of a class, or capacity units.
pub(in crate::catalogue::aws) enum Extended<'a> {
    /// Machines of this class.
    Machines(&'a Result<Text, String>, u32),
    /// Capacity units.
    Units(Quantity),
}

/// Adds what the version of an engine costs extra on `day`.
pub(in crate::catalogue::aws) fn extended(
    lines: &mut Lines,
    engine: &str,
    version: &str,
    day: Date,
    what: Extended<'_>,
) {
    let of = |known: &&Version| known.engine == engine && is_major(version, known.major);
    let Some(known) = VERSIONS.iter().find(of).filter(|known| day >= known.first) else { return };
    if known.engine == "aurora-mysql" && known.major == "5.7" && day >= UNSETTLED {
        let why = "sources differ about the rate of Aurora MySQL 5.7 from 2026-12-01 on";
        lines.not_priced("Extended support (year 3)", why);
        return;
    }
    let third = known.third.is_some_and(|third| day >= third);
    let name = if third { "Extended support (year 3)" } else { "Extended support (year 1)" };
    match what {
        Extended::Machines(class, machines) => {
            let key = if third {
                "AmazonRDS/Extended support (year 3) Aurora PostgreSQL 11"
            } else {
                "AmazonRDS/Extended support (year 1-2) Aurora MySQL 5.7"
            };
            let processors = processors(class).map(|each| Amounts::exactly(each * Decimal::from(machines)));
            lines.add(name, "vCPU-hours", key, Rate::Hour, processors.into());
        }
        Extended::Units(units) => {
            let key = if third {
                "AmazonRDS/Extended support (year 3) serverless"
            } else {
                "AmazonRDS/Extended support (year 1-2) serverless"
            };
            lines.add(name, "ACU-hours", key, Rate::Hour, units);
        }
    }
}

/// How many processors a class has.
pub(in crate::catalogue::aws) fn processors(class: &Result<Text, String>) -> Result<Decimal, String> {
    let class = class.as_ref().map_err(Clone::clone)?;
    let known = db_classes::find(class).map(|known| Decimal::from(known.processors));
    known.ok_or_else(|| format!("how many processors {class} has is not known"))
}

/// Whether `version` is of the major version `major`: `11.22` of `11`, `5.7.mysql_aurora.2.11.2` of `5.7`.
fn is_major(version: &str, major: &str) -> bool {
    version.strip_prefix(major).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::is_major;

    #[test]
    fn a_major_version_is_told_by_its_own_digits() {
        assert!(is_major("11.22", "11") && is_major("11", "11") && is_major("5.7.mysql_aurora.2.11.2", "5.7"));
        assert!(!is_major("111", "11") && !is_major("5.70", "5.7") && !is_major("5", "5.7"));
    }
}
