//! What a workload's environment says of its connections. Conventions of frameworks, whichever cloud they run in.
//!
//! Only what a rule reads is kept: never a whole block, never a value that may hold a password.

use crate::model::{Attr, Text, Why, holds_hole};
use crate::units::Count;

use super::variable::{CELERY, count, flag, meaning, mentions, names_database, names_queue};

/// What a setting means for the number of connections.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Meaning {
    /// Connections that one process keeps.
    Pool,
    /// Connections that one process may open on top of its pool.
    Overflow,
    /// Processes of one unit, each with a pool of its own.
    Processes,
    /// Threads of one process, each of which holds one connection where there is no pool.
    Threads,
    /// Connections that a pooler beside the application keeps, for all its processes together.
    Beside,
}

/// One setting.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Setting {
    /// The variable, or the flag, that sets it.
    pub key: Text,
    /// What it means.
    pub meaning: Meaning,
    /// How many.
    pub value: Attr<Count>,
}

/// What an environment tells.
#[derive(Clone, Debug, Default)]
pub struct Environment {
    /// Its settings.
    pub settings: Vec<Setting>,
    /// Variables that name a database, by their names, whether their values can be seen or not.
    pub databases: Vec<Text>,
    /// Variables that name a queue, by their names, whether their values can be seen or not.
    pub queues: Vec<Text>,
    /// Names of things that visible values hold: hosts, identifiers, addresses.
    pub mentions: Vec<Text>,
    /// Whether it connects to a pooler beside it, on the same machine.
    pub local: bool,
    /// Whether a variable that names a database has a value that cannot be seen.
    pub hidden_database: Option<Why>,
    /// Why it cannot be seen as a whole, if it cannot.
    pub hidden: Option<Why>,
    /// Whether a web server runs in it.
    serves: bool,
    /// Whether a program runs in it that works off jobs.
    works: bool,
}

impl Environment {
    /// Takes in one variable.
    ///
    /// Of a text that is known in parts, the parts that are known may tell something.
    pub fn add(&mut self, name: &str, value: &Attr<Text>) {
        let draft = value.known().filter(|text| holds_hole(text));
        if let Some(draft) = draft {
            self.add(name, &Attr::Unknown(Why::Computed));
            self.read_text(name, draft);
            return;
        }
        let key = name.to_ascii_uppercase();
        // PgBouncer's `max_db_connections = 0` bounds nothing.
        let says_nothing = |meaning| meaning == Meaning::Beside && value.known().is_some_and(|text| text.trim() == "0");
        if let Some((meaning, sure)) = meaning(&key).filter(|(meaning, _)| !says_nothing(*meaning)) {
            let count = value.as_ref().and_then(|text| count(text, meaning));
            // A name that only looks like a pool size counts if its value does.
            if sure || count.known().is_some() {
                self.set(name, meaning, count);
                // A child of PHP-FPM answers one request at a time, on one connection.
                if key.contains("FPM_") {
                    self.set(name, Meaning::Threads, Attr::Set(Count::Of(1)));
                }
            }
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
            let host = text.rsplit_once('@').map_or(text, |(_, host)| host);
            self.local |= ["localhost", "127.0.0.1"].iter().any(|local| host.starts_with(local));
        }
        self.read_flags(&key, name, text);
        self.read_query(name, text);
        mentions(&key, text, &mut self.mentions);
    }

    /// Takes in a command line.
    pub fn add_command(&mut self, command: &[String]) {
        let text = command.join(" ");
        // Whoever installs a program does not run it yet.
        let installs = text.split(' ').any(|word| matches!(word, "install" | "add" | "pull"));
        let runs = |program: &str| !installs && text.split(['/', ' ']).any(|word| word == program);
        if runs("gunicorn") || runs("uvicorn") || runs("hypercorn") {
            self.serves = true;
            self.flag(&text, &["--workers", "-w"], Meaning::Processes);
            self.flag(&text, &["--threads"], Meaning::Threads);
        } else if runs("celery") {
            self.works = true;
            self.flag(&text, &["--concurrency", "-c"], Meaning::Processes);
            // Its processes work one task at a time.
            self.set(CELERY, Meaning::Threads, Attr::Set(Count::Of(1)));
        } else if runs("sidekiq") {
            self.works = true;
            self.flag(&text, &["--concurrency", "-c"], Meaning::Threads);
        } else if runs("puma") {
            self.serves = true;
            self.flag(&text, &["--workers", "-w"], Meaning::Processes);
        }
    }

    /// The setting of this meaning; a later one wins over an earlier one. Of what a pooler keeps the least counts: the size of
    /// a pool and the bound of all pools hold at once.
    pub fn setting(&self, meaning: Meaning) -> Option<&Setting> {
        let mut all = self.settings.iter().filter(|setting| setting.meaning == meaning && self.is_read(setting));
        if meaning == Meaning::Beside {
            // What cannot be seen sorts behind what can.
            return all
                .min_by_key(|setting| setting.value.known().map_or((true, None), |count| (false, count.bounded())));
        }
        all.next_back()
    }

    /// Whether what runs here reads the setting. A program that is no web server does not read how many processes one should
    /// have; where there are both, the web server is the one that such settings are for.
    fn is_read(&self, setting: &Setting) -> bool {
        match setting.key.as_str() {
            "WEB_CONCURRENCY" => self.serves || !self.works,
            CELERY => !self.serves,
            _ => true,
        }
    }

    fn set(&mut self, key: &str, meaning: Meaning, value: Attr<Count>) {
        self.settings.push(Setting { key: key.into(), meaning, value });
    }

    fn read_flags(&mut self, key: &str, name: &str, text: &str) {
        if key != "GUNICORN_CMD_ARGS" {
            return;
        }
        for (flags, meaning) in [(&["--workers", "-w"][..], Meaning::Processes), (&["--threads"], Meaning::Threads)] {
            if let Some(count) = flag(text, flags) {
                self.set(name, meaning, count);
            }
        }
    }

    fn flag(&mut self, text: &str, flags: &[&str], meaning: Meaning) {
        if let (Some(count), Some(name)) = (flag(text, flags), flags.first()) {
            self.set(name, meaning, count);
        }
    }

    /// Pools in a database's URL or connection string: `?connection_limit=5` (Prisma), `?pool=5` (Active Record),
    /// `Maximum Pool Size=50` (Npgsql).
    fn read_query(&mut self, name: &str, text: &str) {
        let lower = text.to_ascii_lowercase();
        let is_url = lower.contains("://");
        let is_string = lower.contains("host=") || lower.contains("server=") || lower.contains("data source=");
        if !is_url && !is_string {
            return;
        }
        let parameters = match lower.split_once('?') {
            Some((_, query)) if is_url => query.to_owned(),
            _ => lower,
        };
        for parameter in parameters.split(['&', ';']) {
            let Some((key, value)) = parameter.split_once('=') else { continue };
            let pools = match key.trim() {
                "connection_limit" | "pool" => is_url,
                "max pool size" | "maximum pool size" | "maxpoolsize" => is_string,
                _ => false,
            };
            if pools && holds_hole(value) {
                self.set(name, Meaning::Pool, Attr::Unknown(Why::Computed));
            } else if pools && let Ok(size) = value.trim().parse() {
                self.set(name, Meaning::Pool, Attr::Set(Count::Of(size)));
            }
        }
    }
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
        let beside = |variables: &[(&str, &str)]| {
            let environment = environment(variables);
            environment.setting(Meaning::Beside).map(|setting| setting.value.clone())
        };
        let fifty = Some(Attr::Set(Count::Of(50)));
        let (pool, bound) = ("DEFAULT_POOL_SIZE", "MAX_DB_CONNECTIONS");
        // 0 is PgBouncer's default for the bound: none.
        assert_eq!(beside(&[(pool, "50"), (bound, "0")]), fifty);
        assert_eq!(beside(&[(bound, "0"), (pool, "50")]), fifty);
        assert_eq!(beside(&[(pool, "80"), (bound, "50")]), fifty);
        assert_eq!(beside(&[(bound, "50"), (pool, "80")]), fifty);
        assert_eq!(beside(&[(bound, "0")]), None);
    }

    #[test]
    fn a_worker_beside_a_web_server_takes_nothing_from_it() {
        let processes = |commands: &[&str]| {
            let mut environment = environment(&[("WEB_CONCURRENCY", "8")]);
            for command in commands {
                environment.add_command(&command.split(' ').map(str::to_owned).collect::<Vec<_>>());
            }
            environment.setting(Meaning::Processes).map(|setting| setting.value.clone())
        };
        let eight = Some(Attr::Set(Count::Of(8)));
        assert_eq!(processes(&[]), eight);
        assert_eq!(processes(&["celery -A app worker"]), None);
        assert_eq!(processes(&["pip install celery gunicorn", "gunicorn app:app"]), eight);
        assert_eq!(processes(&["gunicorn app:app", "celery -A app worker"]), eight);
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
        let mut environment = Environment::default();
        environment.add_command(&["sh".into(), "-c".into(), "exec gunicorn -w4 --threads 2 app:app".into()]);
        let values: Vec<_> = environment.settings.iter().map(|s| (s.meaning, s.value.clone())).collect();
        assert_eq!(
            values,
            [(Meaning::Processes, Attr::Set(Count::Of(4))), (Meaning::Threads, Attr::Set(Count::Of(2)))]
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
            let text = text.replace('?', &crate::model::HOLE.to_string()).replace('!', "?");
            let mut environment = Environment::default();
            environment.add(name, &Attr::Set(text.into()));
            environment
        };
        let pool = |environment: &Environment| environment.setting(Meaning::Pool).map(|setting| setting.value.clone());
        let url = read("DATABASE_URL", "postgres://u@?:5432/app!connection_limit=7");
        assert_eq!(pool(&url), Some(Attr::Set(Count::Of(7))));
        assert_eq!(url.hidden_database, Some(Why::Computed));
        assert_eq!((url.databases.len(), url.mentions.len()), (1, 0));
        assert_eq!(pool(&read("DATABASE_URL", "postgres://h/app!pool=?")), Some(Attr::Unknown(Why::Computed)));
        assert_eq!(pool(&read("DB_POOL_SIZE", "1?")), Some(Attr::Unknown(Why::Computed)));
        assert!(read("DB_HOST", "localhost:?").local);
        let mut environment = Environment::default();
        environment.add_command(&["gunicorn".into(), "-w".into(), crate::model::HOLE.to_string()]);
        assert_eq!(environment.settings[0].value, Attr::Unknown(Why::Computed));
    }

    #[test]
    fn hidden_addresses_are_noticed() {
        let mut environment = Environment::default();
        environment.add("DB_HOST", &Attr::Unknown(Why::Computed));
        environment.add("LOG_LEVEL", &Attr::Unknown(Why::Computed));
        assert_eq!(environment.hidden_database, Some(Why::Computed));
    }
}
