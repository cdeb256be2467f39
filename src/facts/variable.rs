//! What the names of variables and switches mean.

use super::{Meaning, Voice};
use crate::model::{Attr, Text, Why, holds_hole};
use crate::units::Count;

/// Variables with one meaning only. Sources: the frameworks' own code or documentation, read 2026-11: `SQLAlchemy` 2.1,
/// Airflow 2.10, `HikariCP`, Rails, Puma, Sidekiq, Gunicorn 27, Celery 5.7, PHP-FPM, Keycloak, Hasura, Metabase,
/// Grafana, `PostgREST`, n8n.
const EXACT: &[(&str, Meaning)] = &[
    ("AIRFLOW__CORE__SQL_ALCHEMY_MAX_OVERFLOW", Meaning::Overflow),
    ("AIRFLOW__CORE__SQL_ALCHEMY_POOL_SIZE", Meaning::Pool),
    ("AIRFLOW__DATABASE__SQL_ALCHEMY_MAX_OVERFLOW", Meaning::Overflow),
    ("AIRFLOW__DATABASE__SQL_ALCHEMY_POOL_SIZE", Meaning::Pool),
    ("AIRFLOW__WEBSERVER__WORKERS", Meaning::Processes),
    ("CELERYD_CONCURRENCY", Meaning::Processes),
    ("CELERY_CONCURRENCY", Meaning::Processes),
    ("CELERY_WORKER_CONCURRENCY", Meaning::Processes),
    ("DB_POSTGRESDB_POOL_SIZE", Meaning::Pool),
    ("DEFAULT_POOL_SIZE", Meaning::Beside),
    ("FPM_MAX_CHILDREN", Meaning::Processes),
    ("FPM_PM_MAX_CHILDREN", Meaning::Processes),
    ("GF_DATABASE_MAX_OPEN_CONN", Meaning::Pool),
    ("GUNICORN_WORKERS", Meaning::Processes),
    ("HASURA_GRAPHQL_PG_CONNECTIONS", Meaning::Pool),
    ("KC_DB_POOL_MAX_SIZE", Meaning::Pool),
    ("KNEX_POOL_MAX", Meaning::Pool),
    ("MAX_CLIENT_CONN", Meaning::Clients),
    ("MAX_DB_CONNECTIONS", Meaning::Bound),
    ("MB_APPLICATION_DB_MAX_CONNECTION_POOL_SIZE", Meaning::Pool),
    ("PGBOUNCER_DEFAULT_POOL_SIZE", Meaning::Beside),
    ("PGBOUNCER_MAX_CLIENT_CONN", Meaning::Clients),
    ("PGBOUNCER_MAX_DB_CONNECTIONS", Meaning::Bound),
    ("PGBOUNCER_RESERVE_POOL_SIZE", Meaning::Reserve),
    ("PGRST_DB_POOL", Meaning::Pool),
    ("PHP_FPM_MAX_CHILDREN", Meaning::Processes),
    ("PHP_FPM_PM_MAX_CHILDREN", Meaning::Processes),
    ("PUMA_MAX_THREADS", Meaning::Threads),
    ("PUMA_WORKERS", Meaning::Processes),
    ("RAILS_DB_POOL", Meaning::Pool),
    ("RAILS_DB_POOL_SIZE", Meaning::Pool),
    ("RAILS_MAX_THREADS", Meaning::Pool),
    ("RESERVE_POOL_SIZE", Meaning::Reserve),
    ("SEQUELIZE_POOL_MAX", Meaning::Pool),
    ("SIDEKIQ_CONCURRENCY", Meaning::Threads),
    ("QUARKUS_DATASOURCE_JDBC_MAX_SIZE", Meaning::Pool),
    ("SPRING_DATASOURCE_HIKARI_MAXIMUMPOOLSIZE", Meaning::Pool),
    ("SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE", Meaning::Pool),
    ("SQLALCHEMY_MAX_OVERFLOW", Meaning::Overflow),
    ("SQLALCHEMY_POOL_SIZE", Meaning::Pool),
    ("TYPEORM_POOL_SIZE", Meaning::Pool),
    ("UVICORN_WORKERS", Meaning::Processes),
    ("WEB_CONCURRENCY", Meaning::Processes),
];

/// Variables that mean this by convention only.
const USUAL: &[(&str, Meaning)] = &[
    ("CONNECTION_POOL_SIZE", Meaning::Pool),
    ("DATASOURCE_MAX_POOL_SIZE", Meaning::Pool),
    ("HIKARI_MAXIMUM_POOL_SIZE", Meaning::Pool),
    ("HIKARI_MAX_POOL_SIZE", Meaning::Pool),
    ("MAX_POOL_SIZE", Meaning::Pool),
    ("POOL_SIZE", Meaning::Pool),
    ("PRISMA_CONNECTION_LIMIT", Meaning::Pool),
    ("TYPEORM_CONNECTION_LIMIT", Meaning::Pool),
    ("APP_WORKERS", Meaning::Processes),
    ("MAX_THREADS", Meaning::Threads),
    ("NUM_WORKERS", Meaning::Processes),
    ("UWSGI_PROCESSES", Meaning::Processes),
    ("WORKERS", Meaning::Processes),
    ("WORKER_PROCESSES", Meaning::Processes),
];

/// What a database is called at the beginning of a variable's name.
const DATABASES: &[&str] = &["DB", "DATABASE", "PG", "POSTGRES", "POSTGRESQL", "MYSQL", "MARIADB", "SQL", "JDBC"];

/// Stores that are no relational database.
const OTHER_STORES: &[&str] = &[
    "CASSANDRA",
    "COUCH",
    "DOCDB",
    "DOCUMENT",
    "DYNAMO",
    "DYNAMODB",
    "ELASTIC",
    "GRAPH",
    "INFLUX",
    "MONGO",
    "MONGODB",
    "NEO4J",
    "REDIS",
    "SCYLLA",
    "TIMESTREAM",
    "VALKEY",
    "VECTOR",
];

/// What follows it where the variable sets a pool.
const POOLS: &[&str] = &[
    "CONNECTIONLIMIT",
    "CONNECTIONPOOLMAX",
    "CONNECTIONPOOLSIZE",
    "CONNECTIONSLIMIT",
    "CONNECTIONSMAX",
    "CONNPOOLSIZE",
    "CONNLIMIT",
    "CONNSMAX",
    "MAX",
    "MAXCLIENTS",
    "MAXCONN",
    "MAXCONNECTION",
    "MAXCONNECTIONS",
    "MAXCONNS",
    "MAXOPEN",
    "MAXOPENCONN",
    "MAXOPENCONNECTIONS",
    "MAXOPENCONNS",
    "MAXPOOL",
    "MAXPOOLSIZE",
    "POOL",
    "POOLLIMIT",
    "POOLMAX",
    "POOLMAXCONNECTIONS",
    "POOLMAXSIZE",
    "POOLSIZE",
    "POOLSIZEMAX",
    "CONNECTIONS",
];

/// Of the exact names those that are conventions all the same: the framework does not read them itself.
const CONVENTIONS: &[&str] = &[
    "CELERY_CONCURRENCY",
    "FPM_MAX_CHILDREN",
    "FPM_PM_MAX_CHILDREN",
    "GUNICORN_WORKERS",
    "KNEX_POOL_MAX",
    "PHP_FPM_MAX_CHILDREN",
    "PHP_FPM_PM_MAX_CHILDREN",
    "PUMA_MAX_THREADS",
    "PUMA_WORKERS",
    "RAILS_DB_POOL",
    "RAILS_DB_POOL_SIZE",
    "SEQUELIZE_POOL_MAX",
    "SIDEKIQ_CONCURRENCY",
    "SQLALCHEMY_MAX_OVERFLOW",
    "SQLALCHEMY_POOL_SIZE",
    "TYPEORM_POOL_SIZE",
    "UVICORN_WORKERS",
];

/// Which of two databases a variable speaks of, between the database's name and what is set: `DB_READ_POOL_SIZE`.
const PARTS: &[&str] = &["WRITE", "WRITER", "READ", "READER", "PRIMARY", "MASTER", "REPLICA", "RO", "RW", "MAIN"];

/// What a key means, how well it says so, and whether it can mean nothing else.
pub(super) struct Sense {
    pub(super) meaning: Meaning,
    pub(super) voice: Voice,
    pub(super) sure: bool,
}

/// What `key` means.
pub(super) fn meaning(key: &str) -> Option<Sense> {
    let of = |list: &[(&str, Meaning)]| list.iter().find(|(name, _)| *name == key).map(|(_, meaning)| *meaning);
    if let Some(meaning) = of(EXACT) {
        let voice = match key {
            // Rails' own `database.yml` takes it for the pool's size: rails/rails 0484adae, postgresql.yml.tt. Whoever has a
            // variable for the pool has written another file.
            "RAILS_MAX_THREADS" => Voice::Implied,
            _ if CONVENTIONS.contains(&key) => Voice::Named,
            _ => Voice::Documented,
        };
        return Some(Sense { meaning, voice, sure: true });
    }
    if let Some(meaning) = of(USUAL) {
        return Some(Sense { meaning, voice: Voice::Vague, sure: false });
    }
    if is_pool_of_a_data_source(key) {
        return Some(Sense { meaning: Meaning::Pool, voice: Voice::Documented, sure: true });
    }
    // A prefix of one's own: `ORDERS_DB_POOL_SIZE`; but not that of another store: `MONGO_DB_POOL_SIZE`.
    let prefix = ["_DB_", "_DATABASE_", "_POSTGRES_", "_MYSQL_"].iter().find_map(|name| key.split_once(name));
    let key = match prefix {
        Some((prefix, _)) if prefix.split('_').any(|part| OTHER_STORES.contains(&part)) => return None,
        Some((prefix, _)) => key.get(prefix.len() + 1..)?,
        None => key,
    };
    let rest = DATABASES.iter().find_map(|name| key.strip_prefix(name)?.strip_prefix('_'))?;
    let rest = match rest.split_once('_') {
        Some((part, rest)) if PARTS.contains(&part) => rest,
        _ => rest,
    };
    let rest = rest.replace('_', "");
    let (meaning, sure) = match rest.as_str() {
        "MAXOVERFLOW" | "POOLMAXOVERFLOW" | "POOLOVERFLOW" => (Meaning::Overflow, false),
        "POOLSIZE" => (Meaning::Pool, true),
        rest if POOLS.contains(&rest) => (Meaning::Pool, false),
        _ => return None,
    };
    Some(Sense { meaning, voice: Voice::Named, sure })
}

/// Whether a key sets the pool of a Java application's data source, whatever the data source is called:
/// `SPRING_DATASOURCE_WRITER_HIKARI_MAXIMUM_POOL_SIZE`.
///
/// Sources: Spring Boot reference, externalized configuration, binding from environment variables (dots become
/// underscores, dashes go), and the pools' own names: `HikariCP` `maximumPoolSize`, Tomcat `maxActive`, DBCP2 `maxTotal`,
/// R2DBC `max-size`; Quarkus `quarkus.datasource.jdbc.max-size`. Read 2026-11-25.
fn is_pool_of_a_data_source(key: &str) -> bool {
    let flat = key.replace('_', "");
    let ends = |ends: &[&str]| ends.iter().any(|end| flat.ends_with(end));
    (flat.contains("DATASOURCE") && ends(&["HIKARIMAXIMUMPOOLSIZE", "TOMCATMAXACTIVE", "DBCP2MAXTOTAL", "JDBCMAXSIZE"]))
        || flat == "SPRINGR2DBCPOOLMAXSIZE"
}

/// The variable that a Java property is the same as: `spring.datasource.hikari.maximum-pool-size`.
pub(super) fn of_property(property: &str) -> String {
    property.replace('-', "").replace(['.', '[', ']'], "_").to_ascii_uppercase()
}

/// The database that a variable speaks of, where it says so: what its name holds besides words for databases, addresses and
/// pools. `ORDERS` of both `ORDERS_DATABASE_URL` and `ORDERS_DB_POOL_SIZE`, nothing of `DATABASE_URL`.
pub(super) fn whose(key: &str) -> Text {
    const WORDS: &[&str] = &[
        "ADDR",
        "ADDRESS",
        "APP",
        "APPLICATION",
        "AURORA",
        "CONN",
        "CONNECTION",
        "CONNECTIONS",
        "CONNECTIONSTRINGS",
        "CONNS",
        "DATABASE",
        "DATASOURCE",
        "DB",
        "DBCP2",
        "DEFAULT",
        "DSN",
        "ENDPOINT",
        "HIKARI",
        "HOST",
        "HOSTNAME",
        "HOSTS",
        "JDBC",
        "LIMIT",
        "MARIADB",
        "MAX",
        "MAXIMUM",
        "MAXIMUMPOOLSIZE",
        "MAXACTIVE",
        "ACTIVE",
        "MAXTOTAL",
        "TOTAL",
        "MYSQL",
        "OPEN",
        "OVERFLOW",
        "PG",
        "POOL",
        "POSTGRES",
        "POSTGRESDB",
        "POSTGRESQL",
        "PRISMA",
        "QUARKUS",
        "RDS",
        "SERVER",
        "SIZE",
        "SPRING",
        "SQL",
        "SQLALCHEMY",
        "STRING",
        "TOMCAT",
        "TYPEORM",
        "URI",
        "URL",
        "CLIENTS",
    ];
    if EXACT.iter().any(|(name, _)| *name == key) {
        return Text::default();
    }
    let parts = key.split('_').filter(|part| !part.is_empty() && !WORDS.contains(part));
    parts.collect::<Vec<_>>().join("_").into()
}

/// Whether a database's address is for one-shot programs only: Prisma's `DIRECT_URL` and shadow database serve migrations.
pub(super) fn is_for_migrations(key: &str) -> bool {
    key.split('_').any(|part| matches!(part, "DIRECT" | "SHADOW" | "MIGRATE" | "MIGRATION" | "MIGRATIONS" | "TEST"))
}

/// Whether a variable names a store that is no relational database, and so may have a pool of its own.
pub(super) fn names_other_store(key: &str) -> bool {
    key.split('_').any(|part| OTHER_STORES.contains(&part))
}

/// Reads a count: `0` connections in a pool and `-1` of anything mean "no limit" in every framework that we know.
pub(super) fn count(text: &str, meaning: Meaning) -> Attr<Count> {
    match (text.trim().parse::<i64>(), meaning) {
        (Ok(0), Meaning::Pool) | (Ok(-1), _) => Attr::Set(Count::Unbounded),
        // One process is the least there is: `WEB_CONCURRENCY=0` is Puma's single mode.
        (Ok(0), Meaning::Processes | Meaning::Threads) => Attr::Set(Count::Of(1)),
        (Ok(value), _) => {
            u64::try_from(value).map_or(Attr::Unknown(Why::Malformed), |value| Attr::Set(Count::Of(value)))
        }
        (Err(_), _) => Attr::Unknown(Why::Malformed),
    }
}

/// Whether a variable of this name holds a database's address.
pub(super) fn names_database(key: &str) -> bool {
    const NAMES: &[&str] = &[
        "DB",
        "DATABASE",
        "PG",
        "POSTGRES",
        "POSTGRESQL",
        "MYSQL",
        "MARIADB",
        "RDS",
        "AURORA",
        "SQL",
        "JDBC",
        "DATASOURCE",
        "POSTGRESDB",
        "SQLALCHEMY",
        "PGBOUNCER",
    ];
    const ADDRESSES: &[&str] = &[
        "HOST", "HOSTNAME", "HOSTS", "URL", "URI", "DSN", "ENDPOINT", "ADDRESS", "ADDR", "SERVER", "CONN", "STRING",
        "WRITER", "READER",
    ];
    if matches!(key, "PGHOST" | "DBHOST" | "DBURL" | "MYSQLHOST") {
        return true;
    }
    // .NET reads `ConnectionStrings:Default` from this; what it is for only its name tells.
    if let Some(name) = key.strip_prefix("CONNECTIONSTRINGS__") {
        const OTHERS: &[&str] =
            &["CACHE", "QUEUE", "SERVICEBUS", "EVENTHUB", "STORAGE", "BLOB", "RABBIT", "KAFKA", "HANGFIRE"];
        let stores = OTHER_STORES.iter().filter(|store| store.len() > 4).chain(OTHERS);
        return !stores.into_iter().any(|store| name.contains(store));
    }
    let parts: Vec<&str> = key.split('_').collect();
    parts.last().is_some_and(|last| ADDRESSES.contains(last)) && parts.iter().any(|part| NAMES.contains(part))
}

/// Whether a variable of this name holds a queue's address.
pub(super) fn names_queue(key: &str) -> bool {
    let parts: Vec<&str> = key.split('_').collect();
    let queue = parts.iter().any(|part| matches!(*part, "QUEUE" | "SQS" | "QUEUES"));
    queue && parts.last().is_some_and(|last| matches!(*last, "URL" | "ARN" | "NAME" | "QUEUE" | "URI" | "ENDPOINT"))
}

/// Collects what a value may be the name of: itself, the parts of a list, the host of a URL.
pub(super) fn mentions(key: &str, text: &str, into: &mut Vec<Text>) {
    if text.len() > 4096 {
        return;
    }
    for piece in text.split([',', ';', ' ', '\n', '\t', '(', ')', '"', '\'', '|']) {
        let piece = piece.trim();
        // `host=db.example` in a connection string.
        let piece = piece.rsplit_once('=').filter(|_| !piece.contains("://")).map_or(piece, |(_, value)| value);
        // A word like any other names a thing only where the variable asks for one.
        if is_name(piece) && (piece.contains(['.', ':', '/']) || asks_for_a_name(key)) {
            into.push(piece.into());
        }
        let Some((_, rest)) = piece.split_once("://") else {
            if let Some((host, _)) = piece.split_once(':').filter(|(host, _)| host.contains('.')) {
                into.push(host.into());
            }
            continue;
        };
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let host = authority.rsplit('@').next().unwrap_or_default();
        let host = host.split(':').next().unwrap_or_default();
        if is_name(host) {
            into.push(host.into());
        }
    }
}

/// Whether a variable of this name holds the name of a queue, a bucket or the like.
pub(super) fn asks_for_a_name(key: &str) -> bool {
    const KINDS: &[&str] = &[
        "QUEUE",
        "SQS",
        "TOPIC",
        "SNS",
        "STREAM",
        "KINESIS",
        "BUCKET",
        "S3",
        "TABLE",
        "DYNAMODB",
        "SECRET",
        "PARAMETER",
        "SSM",
        "BUS",
        "REPOSITORY",
    ];
    key.split('_').any(|part| KINDS.contains(&part) || KINDS.contains(&part.trim_end_matches('S')))
}

/// Whether a text can be a name that other resources have: no number, no switch, and no URL that carries a password.
pub(super) fn is_name(text: &str) -> bool {
    text.len() > 2
        && text.len() <= 512
        && !text.contains('@')
        && !holds_hole(text)
        && !text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && !matches!(text, "true" | "false" | "null" | "production" | "staging" | "development" | "info" | "debug")
}
