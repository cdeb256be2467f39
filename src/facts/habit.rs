//! What programs do where nobody tells them how many connections to keep.

use crate::units::Count;

use super::environment::Environment;

/// A program, or a library, with the pool that it has by default.
#[derive(Debug, Eq, PartialEq)]
pub struct Habit {
    /// What people call it.
    pub name: &'static str,
    /// Connections that one process keeps by default.
    pub pool: Count,
    /// Those that it opens beyond.
    pub overflow: u64,
    /// What sets the pool.
    pub setting: &'static str,
    /// Where the default is documented.
    pub source: &'static str,
    /// Whether it comes ready-made and takes its pool from its environment; others have code of their own that may say
    /// otherwise.
    pub ready_made: bool,
}

const fn ready_made(name: &'static str, pool: u64, setting: &'static str, source: &'static str) -> Habit {
    Habit { name, pool: Count::Of(pool), overflow: 0, setting, source, ready_made: true }
}

const fn library(name: &'static str, pool: u64, setting: &'static str, source: &'static str) -> Habit {
    Habit { ready_made: false, ..ready_made(name, pool, setting, source) }
}

/// Programs that come ready-made, by the beginning of the variables that name their database. Read 2026-11-23.
static READY_MADE: &[(&str, Habit)] = &[
    (
        "KC_DB_",
        ready_made("Keycloak", 100, "KC_DB_POOL_MAX_SIZE", "Keycloak 0de3c1a5, DatabaseOptions.java, db-pool-max-size"),
    ),
    (
        "MB_DB_",
        ready_made(
            "Metabase",
            15,
            "MB_APPLICATION_DB_MAX_CONNECTION_POOL_SIZE",
            "Metabase documentation, environment variables, MB_APPLICATION_DB_MAX_CONNECTION_POOL_SIZE",
        ),
    ),
    ("PGRST_DB_", ready_made("PostgREST", 10, "PGRST_DB_POOL", "PostgREST documentation (48346789), db-pool")),
    (
        "DB_POSTGRESDB_",
        ready_made("n8n", 2, "DB_POSTGRESDB_POOL_SIZE", "n8n, configuration of its database, DB_POSTGRESDB_POOL_SIZE"),
    ),
];

/// Libraries, by the beginning of the variables that name their database.
static LIBRARIES: &[(&str, Habit)] = &[
    (
        "AIRFLOW__",
        Habit {
            overflow: 10,
            ..library(
                "Airflow",
                5,
                "AIRFLOW__DATABASE__SQL_ALCHEMY_POOL_SIZE",
                "Airflow 2.10.5 config.yml, sql_alchemy_pool_size and sql_alchemy_max_overflow",
            )
        },
    ),
    (
        "SPRING_DATASOURCE_",
        library(
            "Spring Boot with HikariCP",
            10,
            "SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE",
            "HikariCP 604d7d58 README, maximumPoolSize",
        ),
    ),
];

pub(super) static SQLALCHEMY: Habit = Habit {
    overflow: 10,
    ..library("SQLAlchemy", 5, "SQLALCHEMY_POOL_SIZE", "SQLAlchemy 2.1.9 sqlalchemy/pool/impl.py, QueuePool")
};

static RAILS: Habit =
    library("Rails", 5, "RAILS_MAX_THREADS", "Rails 0484adae, postgresql.yml.tt: RAILS_MAX_THREADS, 5 without it");

pub(super) static NPGSQL: Habit = library(
    "Npgsql",
    100,
    "Maximum Pool Size in the connection string",
    "Npgsql documentation (d04d8fd9), connection string parameters, Maximum Pool Size",
);

impl Habit {
    /// Its pool in words: `5, and 10 beyond`.
    pub fn in_words(&self) -> String {
        match self.overflow {
            0 => self.pool.to_string(),
            more => format!("{}, and {more} beyond,", self.pool),
        }
    }
}

impl Environment {
    /// The program or the library that opens its connections, as far as its variables tell.
    pub fn habit(&self) -> Option<&'static Habit> {
        let of = |list: &'static [(&str, Habit)]| {
            let begins = |start: &str| self.databases.iter().any(|name| name.to_ascii_uppercase().starts_with(start));
            list.iter().find(|(start, _)| begins(start)).map(|(_, habit)| habit)
        };
        let has = |names: &[&str]| self.numbers.iter().any(|(name, _)| names.contains(&name.as_str()));
        of(READY_MADE)
            .or_else(|| of(LIBRARIES))
            .or(self.library)
            .or_else(|| has(&["RAILS_ENV", "RAILS_MASTER_KEY"]).then_some(&RAILS))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Attr, Why};

    fn name(variables: &[(&str, &str)]) -> Option<&'static str> {
        let mut environment = Environment::default();
        for (name, value) in variables {
            let value = if *value == "?" { Attr::Unknown(Why::Computed) } else { Attr::Set((*value).into()) };
            environment.add(name, &value);
        }
        environment.habit().map(|habit| habit.name)
    }

    #[test]
    fn who_opens_the_connections() {
        assert_eq!(name(&[("KC_DB_URL", "?")]), Some("Keycloak"));
        assert_eq!(name(&[("MB_DB_HOST", "db")]), Some("Metabase"));
        assert_eq!(name(&[("PGRST_DB_URI", "?")]), Some("PostgREST"));
        assert_eq!(name(&[("DB_TYPE", "postgresdb"), ("DB_POSTGRESDB_HOST", "db")]), Some("n8n"));
        assert_eq!(name(&[("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", "?")]), Some("Airflow"));
        assert_eq!(name(&[("SPRING_DATASOURCE_URL", "jdbc:postgresql://db/x")]), Some("Spring Boot with HikariCP"));
        assert_eq!(name(&[("DATABASE_URL", "postgresql+asyncpg://u@db/x")]), Some("SQLAlchemy"));
        assert_eq!(name(&[("ConnectionStrings__Default", "Host=db;Database=x;Username=u")]), Some("Npgsql"));
        assert_eq!(name(&[("RAILS_ENV", "production"), ("DATABASE_URL", "?")]), Some("Rails"));
        for other in [("DATABASE_URL", "postgres://u@db/x"), ("DB_HOST", "db"), ("KC_HOSTNAME", "login")] {
            assert_eq!(name(&[other]), None, "{other:?}");
        }
    }
}
