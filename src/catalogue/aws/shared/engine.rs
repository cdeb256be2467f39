//! Database engines, as the API and as people call them.

use crate::facts::{Formula, Variable};
use crate::model::{Attr, Text};
use crate::units::Interval;

const GIB: u64 = 1 << 30;

/// A database engine whose limit we know.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::catalogue::aws) enum Engine {
    /// RDS for `MySQL`.
    MySql,
    /// RDS for `MariaDB` from 10.5 on.
    MariaDb,
    /// RDS for `MariaDB` 10.4.
    MariaDb104,
    /// RDS for `PostgreSQL`.
    Postgres,
    /// Aurora `MySQL`.
    AuroraMySql,
    /// Aurora `PostgreSQL`.
    AuroraPostgres,
}

impl Engine {
    /// The engine that Terraform calls `name`; `version` tells generations of `MariaDB` apart.
    pub(in crate::catalogue::aws) fn of(name: &str, version: &Attr<Text>) -> Option<Self> {
        match name {
            "mysql" => Some(Self::MySql),
            "postgres" => Some(Self::Postgres),
            "aurora" | "aurora-mysql" => Some(Self::AuroraMySql),
            "aurora-postgresql" => Some(Self::AuroraPostgres),
            "mariadb" => match version.known().map(|version| minor(version)) {
                // The default version has been above 10.5 since 2021.
                None => Some(Self::MariaDb),
                Some(Some((10, 4))) => Some(Self::MariaDb104),
                Some(Some((major, minor))) if (major, minor) >= (10, 5) => Some(Self::MariaDb),
                Some(_) => None,
            },
            _ => None,
        }
    }

    pub(super) const fn is_postgres(self) -> bool {
        matches!(self, Self::Postgres | Self::AuroraPostgres)
    }

    /// What the database lacks of its class's memory: bytes, and millionths of the whole.
    pub(super) const fn overhead(self) -> Option<(u64, u64)> {
        match self {
            Self::MySql | Self::MariaDb | Self::MariaDb104 => Some((GIB / 1000 * 250, 17_200)),
            Self::Postgres => Some((GIB / 1000 * 235, 19_200)),
            Self::AuroraPostgres => Some((GIB / 1000 * 262, 27_000)),
            // Its documented limits come out for everything between none and a tenth.
            Self::AuroraMySql => None,
        }
    }

    pub(super) fn default(self) -> (Formula, &'static str) {
        let memory = |divisor| Formula::Over(Box::new(Formula::Variable(Variable::Memory)), divisor);
        let log = |divisor, factor| Formula::Times(Box::new(Formula::Log(Variable::Memory, divisor)), factor);
        match self {
            Self::MySql | Self::MariaDb104 => (memory(12_582_880), "{DBInstanceClassMemory/12582880}"),
            Self::MariaDb => (
                Formula::Least(vec![memory(25_165_760), Formula::Number(12_000)]),
                "LEAST({DBInstanceClassMemory/25165760},12000)",
            ),
            Self::Postgres | Self::AuroraPostgres => (
                Formula::Least(vec![memory(9_531_392), Formula::Number(5000)]),
                "LEAST({DBInstanceClassMemory/9531392},5000)",
            ),
            Self::AuroraMySql => (
                Formula::Greatest(vec![log(805_306_368, 45), log(8_187_281_408, 1000)]),
                "GREATEST({log(DBInstanceClassMemory/805306368)*45},{log(DBInstanceClassMemory/8187281408)*1000})",
            ),
        }
    }
}

impl Engine {
    /// The bytes of memory that one connection is given, by the default of RDS for `PostgreSQL` or `MySQL`. What a
    /// connection needs did not change when `MariaDB` halved its default with 10.5, and is the same for Aurora.
    pub(super) const fn per_connection(self) -> (u64, &'static str) {
        if self.is_postgres() {
            (
                9_531_392,
                "{DBInstanceClassMemory/9531392}, the default of max_connections for PostgreSQL, Amazon RDS user guide",
            )
        } else {
            (
                12_582_880,
                "{DBInstanceClassMemory/12582880}, the default of max_connections for MySQL, Amazon RDS user guide",
            )
        }
    }

    /// The values of `max_connections` that RDS takes: Amazon RDS user guide, quotas and constraints, allowed values; Amazon
    /// Aurora user guide (awsdocs 287c6040), maximum connections to Aurora `MySQL`: up to 16,000. Read 2026-11-23.
    pub(super) const fn allowed(self) -> Interval {
        match self {
            Self::MySql | Self::MariaDb | Self::MariaDb104 => Interval { low: 1, high: 100_000 },
            Self::Postgres => Interval { low: 6, high: 262_143 },
            Self::AuroraMySql => Interval { low: 1, high: 16_000 },
            Self::AuroraPostgres => Interval { low: 1, high: 262_143 },
        }
    }
}

fn minor(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

/// The port on which an engine listens unless it is told another: Amazon RDS user guide, settings for DB instances.
pub(in crate::catalogue::aws) fn port(stated: Attr<i64>, engine: &Attr<Text>) -> Attr<i64> {
    let default = match engine.known().map(Text::as_str) {
        Some("mysql" | "mariadb" | "aurora" | "aurora-mysql") => 3306,
        Some("postgres" | "aurora-postgresql") => 5432,
        _ => return stated,
    };
    stated.or_default(default)
}

/// The engine as people say it: `PostgreSQL 16.3`.
pub(in crate::catalogue::aws) fn spell(engine: Attr<Text>, version: &Attr<Text>) -> Attr<Text> {
    engine.map(|engine| {
        let name = match engine.as_str() {
            "mysql" => "MySQL",
            "mariadb" => "MariaDB",
            "postgres" => "PostgreSQL",
            "aurora" | "aurora-mysql" => "Aurora MySQL",
            "aurora-postgresql" => "Aurora PostgreSQL",
            other => other,
        };
        match version.known() {
            Some(version) => Text::from(format!("{name} {version}")),
            None => name.into(),
        }
    })
}

/// The engine behind its spoken name; the generations of `MariaDB` have the same overhead.
pub(in crate::catalogue::aws) fn by_name(spoken: &str) -> Option<Engine> {
    let known = [
        ("Aurora MySQL", Engine::AuroraMySql),
        ("Aurora PostgreSQL", Engine::AuroraPostgres),
        ("MySQL", Engine::MySql),
        ("MariaDB", Engine::MariaDb),
        ("PostgreSQL", Engine::Postgres),
    ];
    known.into_iter().find(|(name, _)| spoken.starts_with(name)).map(|(_, engine)| engine)
}
