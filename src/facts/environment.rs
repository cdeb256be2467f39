//! What a workload's environment says of its connections. Conventions of frameworks, whichever cloud they run in.
//!
//! Only what a rule reads is kept: never a whole block, never a value that may hold a password.

use crate::model::{Attr, HOLE, Text, Why, holds_hole};
use crate::units::Count;

use super::address;
use super::habit::{Habit, NPGSQL, SQLALCHEMY};
use super::keep::Keeps;
use super::program::Task;
use super::setting::{Known, Meaning, Reading, Setting, Voice, beside, read};
use super::time_limit::TimeLimit;
use super::upkeep::Kept;
use super::variable::{
    Sense, count, is_for_migrations, meaning, mentions, names_database, names_other_store, names_queue, whose,
};

/// What an environment tells.
#[derive(Clone, Debug, Default)]
pub struct Environment {
    /// Its settings.
    pub settings: Vec<Setting>,
    /// What its variables say of a pool beside its size.
    pub upkeep: Vec<Kept>,
    /// Variables that name a database, by their names, whether their values can be seen or not.
    pub databases: Vec<Text>,
    /// Variables that name a queue, by their names, whether their values can be seen or not.
    pub queues: Vec<Text>,
    /// Names of things that visible values hold: hosts, identifiers, addresses.
    pub mentions: Vec<Text>,
    /// Whether it connects to something beside it, on the same machine.
    pub local: bool,
    /// Whether a variable that names a database has a value that cannot be seen.
    pub hidden_database: Option<Why>,
    /// Why it cannot be seen as a whole, if it cannot.
    pub hidden: Option<Why>,
    /// Programs that run in it.
    pub(super) programs: Vec<(&'static str, Task)>,
    /// What a manager of processes is told to start, and whether that is certain.
    pub(super) managed: Option<(Text, bool)>,
    /// The hosts of its databases.
    hosts: Vec<String>,
    /// Whether it names a store that is no relational database.
    other_store: bool,
    /// The library that it is written for, where the form of a database's address tells.
    pub(super) library: Option<&'static Habit>,
    /// Variables by their names, with their values where those are numbers: what commands refer to.
    pub(super) numbers: Vec<(Text, Attr<u64>)>,
    /// After how long something ends in it.
    pub(super) limits: Vec<TimeLimit>,
    /// What it says of what it keeps.
    pub keeps: Keeps,
}

impl Environment {
    /// Takes in one variable.
    ///
    /// Of a text that is known in parts, the parts that are known may tell something.
    pub fn add(&mut self, name: &str, value: &Attr<Text>) {
        self.keeps.hear(name, value);
        self.hear(name, value);
    }

    fn hear(&mut self, name: &str, value: &Attr<Text>) {
        let draft = value.known().filter(|text| holds_hole(text));
        if let Some(draft) = draft {
            self.hear(name, &Attr::Unknown(Why::Computed));
            self.read_text(name, draft);
            return;
        }
        self.keep(name, value);
        let key = name.to_ascii_uppercase();
        // PgBouncer's `max_db_connections = 0` bounds nothing.
        let says_nothing = |meaning| meaning == Meaning::Bound && value.known().is_some_and(|text| text.trim() == "0");
        if let Some(sense) = meaning(&key).filter(|sense| !says_nothing(sense.meaning)) {
            self.take(name, &key, &sense, value);
        }
        let number = value.as_ref().and_then(|text| text.parse().map_or(Attr::Unknown(Why::Malformed), Attr::Set));
        self.numbers.push((name.into(), number));
        self.other_store |= names_other_store(&key);
        if key.starts_with("SQLALCHEMY_") {
            self.library = Some(&SQLALCHEMY);
        }
        if names_database(&key) {
            self.databases.push(name.into());
            if let Attr::Unknown(why) = value {
                self.hidden_database = Some(*why);
            }
        }
        if names_queue(&key) {
            self.queues.push(name.into());
        }
        if let Attr::Set(text) = value {
            self.read_text(name, text);
        }
    }

    fn read_text(&mut self, name: &str, text: &str) {
        let key = name.to_ascii_uppercase();
        if names_database(&key) {
            if let Some(host) = address::host(text).filter(|host| !holds_hole(host)) {
                self.local |= address::is_local(&host);
                self.hosts.push(host);
            }
            if address::is_sqlalchemy(text) {
                self.library = Some(&SQLALCHEMY);
            } else if address::is_npgsql(text) {
                self.library = Some(&NPGSQL);
            }
        }
        self.read_arguments(&key, name, text);
        self.statements(&key, name, text);
        // A cache's address may have the form of a database's: `ConnectionStrings__Redis`.
        if !names_other_store(&key) && !is_for_migrations(&key) {
            let size = address::pool(text).map(|size| Attr::Set(Count::Of(size)));
            // A number of which a part is missing is a number all the same.
            let hidden = || address::pool(&text.replace(HOLE, "1")).map(|_| Attr::Unknown(Why::Computed));
            if let Some(size) = size.or_else(|| hidden().filter(|_| holds_hole(text))) {
                self.set(name, Meaning::Pool, size, Voice::Direct, whose(&key));
            }
        }
        mentions(&key, text, &mut self.mentions);
    }

    fn take(&mut self, name: &str, key: &str, sense: &Sense, value: &Attr<Text>) {
        let Sense { meaning, voice, sure } = *sense;
        let count = value.as_ref().and_then(|text| count(text, meaning));
        // A name that only looks like a pool size counts if its value does, and if that cannot be seen.
        if sure || count != Attr::Unknown(Why::Malformed) {
            // Only pools belong to a database.
            let of = if meaning == Meaning::Pool { whose(key) } else { Text::default() };
            self.set(name, meaning, count, voice, of);
            // A child of PHP-FPM answers one request at a time, on one connection.
            if key.contains("FPM_") {
                self.set(name, Meaning::Threads, Attr::Set(Count::Of(1)), voice, Text::default());
            }
        }
    }

    /// The pool of one process, by the rules of `setting::read`. Two names need more care:
    ///
    /// - A vague name counts for nothing beside another store, whose pool it may size.
    /// - Where threads are said apart from a larger pool (`RAILS_MAX_THREADS`), a process holds one connection for each of
    ///   its threads, and opens more only for what runs beside them.
    pub fn pool(&self) -> Option<Reading<'_>> {
        let pools: Vec<&Setting> = (self.settings.iter())
            .filter(|setting| setting.meaning == Meaning::Pool)
            .filter(|setting| setting.voice != Voice::Vague || !self.other_store)
            .collect();
        let together = self.hidden_database.is_none()
            && self.hosts.first().is_some_and(|first| self.hosts.iter().all(|host| host == first));
        let sidekiq = self.programs.iter().all(|(name, _)| *name == "sidekiq") && !self.programs.is_empty();
        let flags =
            self.settings.iter().filter(|one| one.meaning == Meaning::Threads && sidekiq && one.of == "sidekiq");
        let implied = pools.iter().copied().filter(|setting| setting.voice == Voice::Implied);
        let threads = read_as_one(flags.chain(implied).collect());
        let mut reading = read(pools, together)?;
        if let (Known::Exactly(pool), Some(Reading { from, value: Known::Exactly(threads) })) = (reading.value, threads)
            && threads < pool
        {
            // Sidekiq has nothing beside its threads: sidekiq/sidekiq 1bb4aa06, lib/sidekiq/config.rb.
            reading.value = if sidekiq { Known::Exactly(threads) } else { Known::Between(threads, pool) };
            reading.from.extend(from);
        }
        Some(reading)
    }

    /// What one process may open on top of this pool. Without a word of it there is none, save for frameworks that have it
    /// by default: Airflow, whose settings are all there is, opens 10; an application with `SQLAlchemy` opens 10 unless its
    /// code says otherwise.
    ///
    /// Sources: `SQLAlchemy` 2.1.9 `sqlalchemy/pool/impl.py`, Airflow 2.10.5 `config.yml` `sql_alchemy_max_overflow`.
    pub fn overflow(&self, pool: &Reading<'_>) -> Option<Reading<'_>> {
        const DEFAULT: Count = Count::Of(10);
        let said = self.settings.iter().filter(|setting| setting.meaning == Meaning::Overflow);
        if let Some(reading) = read(said.collect(), true) {
            return Some(reading);
        }
        let airflow = pool.from.iter().any(|setting| setting.key.starts_with("AIRFLOW__"));
        let value = match (airflow, self.library == Some(&SQLALCHEMY)) {
            (true, _) => Known::Exactly(DEFAULT),
            (false, true) => Known::Between(Count::Of(0), DEFAULT),
            (false, false) => return None,
        };
        Some(Reading { from: Vec::new(), value })
    }

    /// What a pooler opens that runs in it.
    pub fn beside(&self) -> Option<Reading<'_>> {
        beside(&self.settings)
    }

    /// The most clients that a pooler accepts which runs in it, where that is stated.
    ///
    /// Source: pgbouncer/pgbouncer 13a344f2, doc/config.md, `max_client_conn`, read 2026-11-23. Its default of 100 is no
    /// statement: images that pack it set others.
    pub fn accepts(&self) -> Option<Reading<'_>> {
        read_as_one(self.settings.iter().filter(|setting| setting.meaning == Meaning::Clients).collect())
    }

    /// How many of it run side by side in one unit.
    pub fn copies(&self) -> Option<Reading<'_>> {
        read_as_one(self.settings.iter().filter(|setting| setting.meaning == Meaning::Copies).collect())
    }

    /// Sets how many of it run side by side in one unit.
    pub fn copy(&mut self, key: &str, copies: Attr<Count>) {
        self.set(key, Meaning::Copies, copies, Voice::Direct, Text::default());
    }

    /// The hosts of its databases, where all of them can be seen and none is its own machine; otherwise nothing.
    pub fn hosts(&self) -> &[String] {
        if self.local || self.hidden_database.is_some() { &[] } else { &self.hosts }
    }

    /// Whether it names a database, or sets a pool.
    pub fn speaks(&self) -> bool {
        !self.databases.is_empty() || self.settings.iter().any(|setting| setting.meaning == Meaning::Pool)
    }

    pub(super) fn set(&mut self, key: &str, meaning: Meaning, value: Attr<Count>, voice: Voice, of: Text) {
        self.settings.push(Setting { key: key.into(), meaning, value, voice, of });
    }
}

/// Settings of which one counts, whomever they speak of.
pub(super) fn read_as_one(settings: Vec<&Setting>) -> Option<Reading<'_>> {
    let best = settings.iter().map(|setting| setting.voice).max()?;
    let best: Vec<&Setting> = settings.into_iter().filter(|setting| setting.voice == best).collect();
    read(best, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(variables: &[(&str, &str)]) -> Environment {
        let mut environment = Environment::default();
        for (name, value) in variables {
            environment.add(name, &Attr::Set((*value).into()));
        }
        environment
    }

    fn one(name: &str, value: &str) -> Option<(Meaning, Attr<Count>)> {
        let environment = environment(&[(name, value)]);
        environment.settings.first().map(|setting| (setting.meaning, setting.value.clone()))
    }

    #[test]
    fn which_of_several_pools_counts() {
        let pool = |variables: &[(&str, &str)]| {
            let there = environment(variables).pool().map(|reading| reading.value);
            let reverse: Vec<_> = variables.iter().rev().copied().collect();
            assert_eq!(environment(&reverse).pool().map(|reading| reading.value), there, "{variables:?}");
            there
        };
        let exactly = |count| Some(Known::Exactly(Count::Of(count)));
        let between = |least, most| Some(Known::Between(Count::Of(least), Count::Of(most)));
        let url = ("DATABASE_URL", "postgres://app@db.internal/app");
        // A convention for the pool itself before threads; what is documented, and the address, before conventions.
        assert_eq!(pool(&[url, ("DB_POOL", "5"), ("RAILS_MAX_THREADS", "25")]), exactly(5));
        assert_eq!(pool(&[url, ("DB_POOL", "25"), ("RAILS_MAX_THREADS", "5")]), between(5, 25));
        assert_eq!(pool(&[url, ("RAILS_MAX_THREADS", "5"), ("POOL_SIZE", "200")]), exactly(5));
        assert_eq!(pool(&[url, ("DB_POOL_SIZE", "5"), ("POOL_SIZE", "200"), ("MAX_POOL_SIZE", "50")]), exactly(5));
        assert_eq!(pool(&[("DATABASE_URL", "postgres://db/app?pool=7"), ("DB_POOL", "25")]), exactly(7));
        assert_eq!(pool(&[("DB_POOL_SIZE", "9"), ("SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE", "7")]), exactly(7));
        // A vague name beside another store may be that store's.
        assert_eq!(pool(&[url, ("MONGODB_URI", "mongodb://m/x"), ("MAX_POOL_SIZE", "50")]), None);
        assert_eq!(pool(&[url, ("MAX_POOL_SIZE", "50")]), exactly(50));
        // Equally good ones: either.
        assert_eq!(pool(&[url, ("DB_POOL_SIZE", "5"), ("DB_MAX_CONNECTIONS", "20")]), between(5, 20));
        assert_eq!(pool(&[url, ("DB_POOL_SIZE", "5"), ("DB_MAX_CONNECTIONS", "5")]), exactly(5));
        // Two databases on one server add up; on two servers each has at least the smaller.
        let two = [("ORDERS_DB_POOL_SIZE", "6"), ("USERS_DB_POOL_SIZE", "4")];
        let urls = |users| [("ORDERS_DATABASE_URL", "postgres://a@db/orders"), ("USERS_DATABASE_URL", users)];
        assert_eq!(pool(&[&urls("postgres://a@db/users")[..], &two].concat()), exactly(10));
        assert_eq!(pool(&[&urls("postgres://a@other/users")[..], &two].concat()), between(4, 10));
        assert_eq!(pool(&[("DB_WRITE_POOL_SIZE", "10"), ("DB_READ_POOL_SIZE", "30")]), between(10, 40));
        // A pool of migrations stands nowhere for long; that of a cache is none of a database.
        assert_eq!(
            pool(&[url, ("DIRECT_DATABASE_URL", "postgres://db/app?connection_limit=3"), ("DB_POOL", "5")]),
            exactly(5)
        );
        assert_eq!(pool(&[("REDIS_URL", "redis://r/0?pool=50"), ("DB_POOL", "5")]), exactly(5));
        for (name, value) in [
            ("JAVA_TOOL_OPTIONS", "-Xmx2g -Dspring.datasource.hikari.maximum-pool-size=30"),
            ("SPRING_APPLICATION_JSON", r#"{"spring":{"datasource":{"hikari":{"maximum-pool-size":30}}}}"#),
            ("SPRING_APPLICATION_JSON", r#"{"spring.datasource.hikari.maximumPoolSize":"30"}"#),
            ("SPRING_DATASOURCE_WRITER_HIKARI_MAXIMUM_POOL_SIZE", "30"),
            ("SPRING_DATASOURCE_TOMCAT_MAX_ACTIVE", "30"),
            ("DATABASE_URL", "postgres://db/app?pool_max_conns=30"),
        ] {
            assert_eq!(pool(&[(name, value)]), exactly(30), "{name}");
            assert!(pool(&[("SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE", "30"), (name, value)]).is_some());
        }
    }

    #[test]
    fn overflow_by_default() {
        let overflow = |variables: &[(&str, &str)]| {
            let environment = environment(variables);
            let pool = environment.pool().unwrap();
            environment.overflow(&pool).map(|reading| reading.value)
        };
        let ten = Count::Of(10);
        assert_eq!(overflow(&[("AIRFLOW__DATABASE__SQL_ALCHEMY_POOL_SIZE", "5")]), Some(Known::Exactly(ten)));
        assert_eq!(overflow(&[("SQLALCHEMY_POOL_SIZE", "5")]), Some(Known::Between(Count::Of(0), ten)));
        assert_eq!(
            overflow(&[("DB_POOL_SIZE", "5"), ("DB_URL", "postgresql+asyncpg://db/x")]),
            Some(Known::Between(Count::Of(0), ten))
        );
        assert_eq!(
            overflow(&[("SQLALCHEMY_POOL_SIZE", "5"), ("DB_MAX_OVERFLOW", "0")]),
            Some(Known::Exactly(Count::Of(0)))
        );
        assert_eq!(overflow(&[("DB_POOL_SIZE", "5")]), None);
    }

    #[test]
    fn a_reserve_comes_on_top_up_to_the_bound() {
        let beside = |variables: &[(&str, &str)]| environment(variables).beside().map(|reading| reading.value);
        let exactly = |count| Some(Known::Exactly(Count::Of(count)));
        let (pool, reserve) = (("DEFAULT_POOL_SIZE", "10"), ("RESERVE_POOL_SIZE", "10"));
        assert_eq!(beside(&[pool, reserve]), exactly(20));
        assert_eq!(beside(&[pool, reserve, ("MAX_DB_CONNECTIONS", "15")]), exactly(15));
        assert_eq!(beside(&[pool, ("MAX_DB_CONNECTIONS", "15")]), exactly(10));
    }

    #[test]
    fn pools_of_many_frameworks() {
        let pool = |count| Some((Meaning::Pool, Attr::Set(Count::Of(count))));
        for name in [
            "DB_POOL_SIZE",
            "DATABASE_POOL_SIZE",
            "SQLALCHEMY_POOL_SIZE",
            "DB_POOL",
            "PG_MAX_CONNECTIONS",
            "PG_POOL_MAX",
            "POSTGRES_MAX_CONNECTIONS",
            "KNEX_POOL_MAX",
            "DB_POOL_MAX",
            "MYSQL_CONNECTION_LIMIT",
            "DB_MAX_OPEN_CONNS",
            "DATABASE_MAX_OPEN_CONNECTIONS",
            "KC_DB_POOL_MAX_SIZE",
            "PGRST_DB_POOL",
            "DB_POSTGRESDB_POOL_SIZE",
            "SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE",
            "RAILS_MAX_THREADS",
            "db_pool_size",
        ] {
            assert_eq!(one(name, "20"), pool(20), "{name}");
        }
    }

    #[test]
    fn what_is_no_pool() {
        for (name, value) in [
            ("DB_CONNECTION", "mysql"),
            ("DB_HOST", "db"),
            ("REDIS_POOL_SIZE", "5"),
            ("DB_POOL_TIMEOUT", "30"),
            ("DB_MIN_POOL_SIZE", "2"),
            ("DB_MAX_IDLE_CONNS", "2"),
            ("DYNAMODB_MAX_CONNECTIONS", "9"),
            ("MONGO_DB_MAX_POOL_SIZE", "100"),
            ("REDIS_DB_POOL_SIZE", "5"),
            ("CACHE_DYNAMO_DB_MAX_CONNECTIONS", "9"),
            ("WORKERS", "many"),
        ] {
            assert_eq!(one(name, value), None, "{name}");
        }
    }

    #[test]
    fn a_pooler_keeps_the_least_of_its_bounds() {
        let beside = |variables: &[(&str, &str)]| environment(variables).beside().map(|reading| reading.value);
        let fifty = Some(Known::Exactly(Count::Of(50)));
        let (pool, bound) = ("DEFAULT_POOL_SIZE", "MAX_DB_CONNECTIONS");
        // 0 is PgBouncer's default for the bound: none.
        assert_eq!(beside(&[(pool, "50"), (bound, "0")]), fifty);
        assert_eq!(beside(&[(bound, "0"), (pool, "50")]), fifty);
        assert_eq!(beside(&[(pool, "80"), (bound, "50")]), fifty);
        assert_eq!(beside(&[(bound, "50"), (pool, "80")]), fifty);
        assert_eq!(beside(&[(bound, "0")]), None);
    }

    #[test]
    fn no_limit_is_not_zero() {
        assert_eq!(one("DB_MAX_OPEN_CONNS", "0"), Some((Meaning::Pool, Attr::Set(Count::Unbounded))));
        assert_eq!(one("SQLALCHEMY_MAX_OVERFLOW", "-1"), Some((Meaning::Overflow, Attr::Set(Count::Unbounded))));
        assert_eq!(one("SQLALCHEMY_MAX_OVERFLOW", "0"), Some((Meaning::Overflow, Attr::Set(Count::Of(0)))));
        assert_eq!(one("WEB_CONCURRENCY", "auto"), Some((Meaning::Processes, Attr::Unknown(Why::Malformed))));
    }

    #[test]
    fn urls_and_flags() {
        assert_eq!(
            one("DATABASE_URL", "postgresql://u:p@h.example:5432/d?schema=a&connection_limit=7"),
            Some((Meaning::Pool, Attr::Set(Count::Of(7))))
        );
        assert_eq!(
            one("CONNECTION", "Host=h.example;Username=u;Maximum Pool Size=50"),
            Some((Meaning::Pool, Attr::Set(Count::Of(50))))
        );
        assert_eq!(
            one("GUNICORN_CMD_ARGS", "--bind=0.0.0.0 --workers=4"),
            Some((Meaning::Processes, Attr::Set(Count::Of(4))))
        );
    }

    #[test]
    fn mentions_are_names_and_no_passwords() {
        let found = environment(&[
            ("DATABASE_URL", "postgres://shop:hunter2@db.example.com:5432/shop"),
            ("QUEUE", "arn:aws:sqs:eu-west-1:123456789012:jobs"),
            ("DSN", "host=pg.example user=shop password=hunter2"),
            ("BUCKET", "assets-1"),
            ("PORT", "5432"),
            ("NODES", "a.example:9092,b.example:9092"),
        ]);
        assert!(found.mentions.iter().any(|name| name == "db.example.com"));
        assert!(found.mentions.iter().any(|name| name == "arn:aws:sqs:eu-west-1:123456789012:jobs"));
        assert!(found.mentions.iter().any(|name| name == "pg.example"));
        assert!(found.mentions.iter().any(|name| name == "assets-1"));
        assert!(found.mentions.iter().any(|name| name == "b.example"));
        assert!(!found.mentions.iter().any(|name| name == "5432"));
        assert!(!found.mentions.iter().any(|name| name.contains("hunter2@")));
        assert_eq!(found.databases, ["DATABASE_URL"]);
    }

    #[test]
    fn texts_that_are_known_in_parts_tell_those() {
        let read = |name: &str, text: &str| {
            let text = text.replace('?', &HOLE.to_string()).replace('!', "?");
            let mut environment = Environment::default();
            environment.add(name, &Attr::Set(text.into()));
            environment
        };
        let pool = |environment: &Environment| {
            environment.settings.iter().find(|one| one.meaning == Meaning::Pool).map(|one| one.value.clone())
        };
        let url = read("DATABASE_URL", "postgres://u@?:5432/app!connection_limit=7");
        assert_eq!(pool(&url), Some(Attr::Set(Count::Of(7))));
        assert_eq!(url.hidden_database, Some(Why::Computed));
        assert_eq!((url.databases.len(), url.mentions.len()), (1, 0));
        assert_eq!(pool(&read("DATABASE_URL", "postgres://h/app!pool=?")), Some(Attr::Unknown(Why::Computed)));
        assert_eq!(pool(&read("DB_POOL_SIZE", "1?")), Some(Attr::Unknown(Why::Computed)));
        assert!(read("DB_HOST", "localhost:?").local);
        let mut environment = Environment::default();
        environment.add_command(&["gunicorn".into(), "-w".into(), HOLE.to_string()]);
        let processes = environment.settings.iter().find(|one| one.meaning == Meaning::Processes);
        assert_eq!(processes.map(|one| one.value.clone()), Some(Attr::Unknown(Why::Computed)));
    }

    #[test]
    fn hidden_addresses_are_noticed() {
        let mut environment = Environment::default();
        environment.add("DB_HOST", &Attr::Unknown(Why::Computed));
        environment.add("LOG_LEVEL", &Attr::Unknown(Why::Computed));
        assert_eq!(environment.hidden_database, Some(Why::Computed));
    }
}
