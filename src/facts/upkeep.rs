//! What a pool of connections is told beside its size.

use super::environment::Environment;
use crate::model::{Attr, Text, Why};

/// What a pool is told beside its size.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Upkeep {
    /// How many connections it may open beyond.
    Overflow,
    /// How long somebody waits for one.
    Timeout,
    /// How old one gets before it is replaced.
    Recycle,
    /// Whether one is tried before it is used, or kept alive.
    PrePing,
}

impl Upkeep {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Overflow, Self::Timeout, Self::Recycle, Self::PrePing];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Overflow => "overflow",
            Self::Timeout => "timeout",
            Self::Recycle => "recycle",
            Self::PrePing => "pre-ping",
        }
    }

    /// What it decides.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Overflow => "connections that are opened beyond",
            Self::Timeout => "how long somebody waits for one",
            Self::Recycle => "how old one gets",
            Self::PrePing => "whether one is tried before it is used",
        }
    }
}

/// A variable that says one of these.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Kept {
    /// What it says.
    pub upkeep: Upkeep,
    /// The variable.
    pub key: Text,
    /// Its value where that is a number or a yes or no; never another text.
    pub value: Attr<Text>,
}

/// Variables with one meaning only.
///
/// Sources, read 2026-11-29: `HikariCP` README (`connectionTimeout`, `maxLifetime`, `keepaliveTime`, `connectionTestQuery`), with Spring
/// Boot's spelling; Airflow's configuration (`sql_alchemy_pool_recycle`, `sql_alchemy_pool_pre_ping`, in `database` and before that in
/// `core`); Django settings (`CONN_MAX_AGE`, `CONN_HEALTH_CHECKS`) and `SQLAlchemy`'s `create_engine` (`pool_timeout`, `pool_recycle`,
/// `pool_pre_ping`) by convention.
const EXACT: &[(&str, Upkeep)] = &[
    ("AIRFLOW__CORE__SQL_ALCHEMY_POOL_PRE_PING", Upkeep::PrePing),
    ("AIRFLOW__CORE__SQL_ALCHEMY_POOL_RECYCLE", Upkeep::Recycle),
    ("AIRFLOW__DATABASE__SQL_ALCHEMY_POOL_PRE_PING", Upkeep::PrePing),
    ("AIRFLOW__DATABASE__SQL_ALCHEMY_POOL_RECYCLE", Upkeep::Recycle),
    ("CONN_HEALTH_CHECKS", Upkeep::PrePing),
    ("CONN_MAX_AGE", Upkeep::Recycle),
    ("DJANGO_CONN_HEALTH_CHECKS", Upkeep::PrePing),
    ("DJANGO_CONN_MAX_AGE", Upkeep::Recycle),
];

/// How the names of variables end that say it of a Java application's data source, without underscores.
const HIKARI: &[(&str, Upkeep)] = &[
    ("HIKARICONNECTIONTIMEOUT", Upkeep::Timeout),
    ("HIKARIMAXLIFETIME", Upkeep::Recycle),
    ("HIKARIKEEPALIVETIME", Upkeep::PrePing),
    ("HIKARICONNECTIONTESTQUERY", Upkeep::PrePing),
];

/// What a database is called in a variable that says it by convention, before one of `ENDINGS`.
const DATABASES: &[&str] =
    &["DB", "DATABASE", "PG", "POSTGRES", "POSTGRESQL", "MYSQL", "MARIADB", "SQL", "JDBC", "SQLALCHEMY"];

/// How such a variable ends, without underscores.
const ENDINGS: &[(&str, Upkeep)] = &[
    ("POOLTIMEOUT", Upkeep::Timeout),
    ("POOLACQUIRETIMEOUT", Upkeep::Timeout),
    ("POOLRECYCLE", Upkeep::Recycle),
    ("POOLMAXLIFETIME", Upkeep::Recycle),
    ("CONNMAXAGE", Upkeep::Recycle),
    ("CONNMAXLIFETIME", Upkeep::Recycle),
    ("CONNECTIONMAXLIFETIME", Upkeep::Recycle),
    ("POOLPREPING", Upkeep::PrePing),
    ("CONNHEALTHCHECKS", Upkeep::PrePing),
];

/// What a variable of this name says, if it says one of these.
fn upkeep(key: &str) -> Option<Upkeep> {
    let of = |list: &[(&str, Upkeep)], found: &dyn Fn(&str) -> bool| {
        list.iter().find(|(name, _)| found(name)).map(|(_, upkeep)| *upkeep)
    };
    if let Some(upkeep) = of(EXACT, &|name| name == key) {
        return Some(upkeep);
    }
    let flat = key.replace('_', "");
    if let Some(upkeep) = of(HIKARI, &|end| flat.ends_with(end)) {
        return Some(upkeep);
    }
    let (first, _) = key.split_once('_')?;
    let rest = DATABASES.contains(&first).then(|| flat.get(first.len()..))??;
    of(ENDINGS, &|end| rest == end)
}

/// Of an address of a database, how long somebody waits for a connection: Prisma's `pool_timeout`.
///
/// Source: prisma/docs 08ecce15, connection pool, read 2026-11-23.
fn in_address(text: &str) -> Option<&str> {
    let (_, query) = text.split_once("://")?.1.split_once('?')?;
    query.split('&').find_map(|parameter| parameter.strip_prefix("pool_timeout="))
}

impl Environment {
    /// Takes in what a variable says of it.
    pub(super) fn keep(&mut self, name: &str, value: &Attr<Text>) {
        let mut push = |upkeep, value| self.upkeep.push(Kept { upkeep, key: name.into(), value });
        if let Some(upkeep) = upkeep(&name.to_ascii_uppercase()) {
            push(upkeep, value.as_ref().and_then(|text| plain(text)));
        } else if let Some(wait) = value.known().and_then(|text| in_address(text)) {
            push(Upkeep::Timeout, plain(wait));
        }
    }
}

/// A number, or a yes or no; other texts are shown to nobody.
fn plain(text: &str) -> Attr<Text> {
    let text = text.trim();
    let is_number =
        !text.is_empty() && text.len() < 12 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-' || b == b'.');
    let is_word = ["true", "false", "yes", "no", "on", "off"].iter().any(|word| text.eq_ignore_ascii_case(word));
    if is_number || is_word { Attr::Set(text.into()) } else { Attr::Unknown(Why::Malformed) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(name: &str, value: &str) -> Option<(Upkeep, Attr<Text>)> {
        let mut environment = Environment::default();
        environment.add(name, &Attr::Set(value.into()));
        environment.upkeep.first().map(|kept| (kept.upkeep, kept.value.clone()))
    }

    #[test]
    fn what_variables_say() {
        let number = |upkeep, number: &str| Some((upkeep, Attr::Set(number.into())));
        assert_eq!(one("SQLALCHEMY_POOL_TIMEOUT", "30"), number(Upkeep::Timeout, "30"));
        assert_eq!(one("DB_POOL_RECYCLE", "1800"), number(Upkeep::Recycle, "1800"));
        assert_eq!(one("db_pool_pre_ping", "true"), number(Upkeep::PrePing, "true"));
        assert_eq!(one("SPRING_DATASOURCE_HIKARI_CONNECTION_TIMEOUT", "2000"), number(Upkeep::Timeout, "2000"));
        assert_eq!(one("SPRING_DATASOURCE_ORDERS_HIKARI_MAXLIFETIME", "9000"), number(Upkeep::Recycle, "9000"));
        assert_eq!(one("AIRFLOW__DATABASE__SQL_ALCHEMY_POOL_RECYCLE", "1800"), number(Upkeep::Recycle, "1800"));
        assert_eq!(one("DATABASE_URL", "postgres://u:p@h/d?pool_timeout=5"), number(Upkeep::Timeout, "5"));
        for (name, value) in [("HTTP_POOL_TIMEOUT", "5"), ("DB_CONNECT_TIMEOUT", "5"), ("REDIS_POOL_RECYCLE", "5")] {
            assert_eq!(one(name, value), None, "{name}");
        }
    }

    /// A text that is no number may be anything, also a password.
    #[test]
    fn other_texts_are_shown_to_nobody() {
        assert_eq!(one("DB_POOL_TIMEOUT", "hunter2"), Some((Upkeep::Timeout, Attr::Unknown(Why::Malformed))));
    }
}
