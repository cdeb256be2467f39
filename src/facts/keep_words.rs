//! What the names of variables and their values say of where something is kept. Conventions of frameworks.

use super::keep::{Matter, Place};

/// What a variable speaks of, by its name.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Subject {
    /// Where it is kept, in a word: `SESSION_DRIVER`.
    Way(Matter),
    /// In which folder: `UPLOAD_DIR`. Whether that can be nothing but a folder.
    Folder(Matter, bool),
    /// The kind or the address of a database.
    Database,
    /// Where the cache is, which holds the locks as well in one framework.
    LaravelCache,
    /// That there are sessions.
    Sign,
}

/// Variables that a program documents, with what they speak of and whose they are.
///
/// Sources, read 2026-11-29: Laravel, config/session.php, config/filesystems.php, config/cache.php and docs, cache, atomic
/// locks; Keycloak, all configuration, `cache`; Directus, configuration, synchronization; `OAuth2` Proxy, session storage; Symfony
/// docs, lock, `LOCK_DSN`; Gitea, modules/setting/session.go. Spring Boot, Airflow and Grafana by the names of their settings, not
/// looked up again.
const DOCUMENTED: &[(&str, Subject, &str)] = &[
    ("AIRFLOW__WEBSERVER__SESSION_BACKEND", Subject::Way(Matter::Sessions), "Airflow"),
    ("CACHE_DRIVER", Subject::LaravelCache, "Laravel"),
    ("CACHE_STORE", Subject::LaravelCache, "Laravel"),
    ("DB_CONNECTION", Subject::Database, "Laravel"),
    ("FILESYSTEM_DISK", Subject::Way(Matter::Files), "Laravel"),
    ("FILESYSTEM_DRIVER", Subject::Way(Matter::Files), "Laravel"),
    ("GF_DATABASE_TYPE", Subject::Database, "Grafana"),
    ("KC_CACHE", Subject::Way(Matter::Sessions), "Keycloak"),
    ("LOCK_DSN", Subject::Way(Matter::Locks), "Symfony"),
    ("OAUTH2_PROXY_SESSION_STORE_TYPE", Subject::Way(Matter::Sessions), "OAuth2 Proxy"),
    ("SPRING_SESSION_STORE_TYPE", Subject::Way(Matter::Sessions), "Spring Boot"),
    ("SYNCHRONIZATION_STORE", Subject::Way(Matter::Locks), "Directus"),
];

/// What the last part of a name is where it says a way.
const WAYS: &[&str] =
    &["ADAPTER", "BACKEND", "DRIVER", "DSN", "ENGINE", "HANDLER", "PROVIDER", "SERVICE", "STORAGE", "STORE", "TYPE"];

/// What it is where it says a folder and nothing else, and where it may say a path of a URL as well.
const FOLDERS: &[&str] = &["DIR", "DIRECTORY", "FOLDER", "ROOT"];
const PATHS: &[&str] = &["LOCATION", "PATH"];

/// Files that somebody hands in, or that the application makes for others.
const FILES: &[&str] =
    &["ATTACHMENT", "ATTACHMENTS", "AVATAR", "AVATARS", "MEDIA", "STORAGE", "UPLOAD", "UPLOADED", "UPLOADS"];

/// Parts of names that speak of something else: what may be lost, what only passes through, and what is no folder.
const NO_FILES: &[&str] = &[
    "ALLOWED",
    "API",
    "BACKUP",
    "BLOB",
    "BUCKET",
    "CACHE",
    "CDN",
    "CHUNK",
    "GCS",
    "HTTP",
    "KEY",
    "LOG",
    "LOGS",
    "MAX",
    "METRICS",
    "PREFIX",
    "PUBLIC",
    "ROUTE",
    "S3",
    "SECRET",
    "SESSION",
    "SESSIONS",
    "STATIC",
    "TEMP",
    "TEMPORARY",
    "TMP",
    "TOKEN",
    "TRACE",
    "TRACES",
    "URI",
    "URL",
    "WEB",
];

/// Parts of names with `SESSION` that are no sessions of people.
const NO_SESSIONS: &[&str] = &[
    "AWS",
    "BGP",
    "CONSUMER",
    "DATABASE",
    "DB",
    "JWT",
    "KAFKA",
    "MYSQL",
    "PG",
    "SPARK",
    "SQL",
    "SSM",
    "TERMINAL",
    "TLS",
    "TMUX",
    "ZOOKEEPER",
];

/// The last part of a name that shows that there are sessions, without telling where.
const SIGNS: &[&str] = &[
    "AGE",
    "COOKIE",
    "DOMAIN",
    "ENCRYPT",
    "EXPIRATION",
    "EXPIRE",
    "EXPIRES",
    "EXPIRY",
    "KEY",
    "KEYS",
    "LIFETIME",
    "NAME",
    "SECRET",
    "SECURE",
    "TIMEOUT",
    "TTL",
];

/// What may stand before `SESSION` in the name of such a sign.
const BEFORE_SIGNS: &[&str] =
    &["APP", "DJANGO", "EXPRESS", "FLASK", "HTTP", "RAILS", "SERVER", "SERVLET", "SITE", "USER", "WEB"];

/// What a variable speaks of, and whose it is where it is documented; nothing of all others.
pub(super) fn subject(key: &str) -> Option<(Subject, &'static str)> {
    if let Some((_, subject, by)) = DOCUMENTED.iter().find(|(name, ..)| *name == key) {
        return Some((*subject, by));
    }
    let parts: Vec<&str> = key.split(['_', '.', '-']).filter(|part| !part.is_empty()).collect();
    let last = parts.last().copied()?;
    let has = |list: &[&str]| parts.iter().any(|part| list.contains(part));
    let conventional = |subject| Some((subject, ""));
    let says_way = WAYS.contains(&last);
    if has(&["SESSION", "SESSIONS"]) && !has(NO_SESSIONS) {
        if says_way {
            return conventional(Subject::Way(Matter::Sessions));
        }
        let before = parts.iter().take_while(|part| !part.starts_with("SESSION"));
        let owned = before.into_iter().all(|part| BEFORE_SIGNS.contains(part));
        return if owned && SIGNS.contains(&last) { conventional(Subject::Sign) } else { None };
    }
    if has(&["LOCK", "LOCKS", "LOCKING", "MUTEX"]) && !has(&["DB", "DATABASE", "TF", "TERRAFORM", "YARN", "PACKAGE"]) {
        let alone = matches!(key, "DISTRIBUTED_LOCK" | "LOCK_MANAGER");
        return match last {
            _ if says_way || alone => conventional(Subject::Way(Matter::Locks)),
            "FILE" => conventional(Subject::Folder(Matter::Locks, true)),
            _ if FOLDERS.contains(&last) || PATHS.contains(&last) => conventional(Subject::Folder(Matter::Locks, true)),
            _ => None,
        };
    }
    if (has(FILES) || key == "FILE_STORE") && !has(NO_FILES) {
        let of_folder = |sure| conventional(Subject::Folder(Matter::Files, sure));
        return match last {
            _ if FOLDERS.contains(&last) => of_folder(true),
            _ if PATHS.contains(&last) => of_folder(false),
            _ if says_way => conventional(Subject::Way(Matter::Files)),
            _ => None,
        };
    }
    let of_database = has(&["DB", "DATABASE"]) && matches!(last, "TYPE" | "ENGINE" | "CLIENT" | "DIALECT" | "DRIVER");
    of_database.then_some((Subject::Database, ""))
}

/// Where a word says that something is kept; nothing of words that nobody knows. The word comes back in the form that may be
/// shown.
pub(super) fn place(matter: Matter, by: &str, text: &str) -> Option<(Place, &'static str)> {
    let whole = text.trim().trim_matches(['"', '\'']).to_ascii_lowercase();
    if by == "Keycloak" {
        // Caches of its own, shared among its nodes.
        return match whole.as_str() {
            "local" => Some((Place::Memory, "local")),
            "ispn" => Some((Place::Peers, "ispn")),
            _ => None,
        };
    }
    // `redis://…` and `flock:///path` begin with the way, classes and modules end with it.
    let word = match whole.split_once(':') {
        Some((scheme, _)) => scheme,
        None if whole.starts_with(['/', '.']) => return None,
        None => whole.rsplit(['.', '\\', '/']).next().unwrap_or_default(),
    };
    let word = word.split('+').next().unwrap_or_default().replace(['-', '_', ' '], "");
    let word = word.strip_suffix("sessionstore").or_else(|| word.strip_suffix("store")).unwrap_or(&word);
    // What a word means for all matters, and then for some.
    WORDS.iter().find(|(known, ..)| *known == word).map(|(known, place)| (*place, *known)).or_else(|| {
        match (matter, word) {
            (Matter::Sessions, "native") => Some((Place::Disk, "native")),
            (Matter::Sessions, "array") => Some((Place::Request, "array")),
            (Matter::Sessions, "none") if by == "Spring Boot" => Some((Place::Memory, "none")),
            (Matter::Sessions, "cookie" | "cookies" | "securecookie" | "signedcookies") => {
                Some((Place::Client, "cookie"))
            }
            (Matter::Locks, "array" | "local") => {
                Some((Place::Memory, if word == "array" { "array" } else { "local" }))
            }
            (Matter::Locks, "flock" | "semaphore" | "mutex") => Some((Place::Unit, flock(word))),
            (Matter::Files, "local" | "public" | "private" | "filesystemstorage") => Some((Place::Disk, local(word))),
            (Matter::Files, "fs") => Some((Place::Disk, "fs")),
            (Matter::Sessions, "cache") => Some((Place::Cache, "cache")),
            // `storages.backends.s3.S3Storage`, `S3Boto3Storage`, `aws-s3`, `GoogleCloudStorage`, `AzureStorage`.
            (Matter::Files, other) if other.contains("s3") => Some((Place::Objects, "s3")),
            (Matter::Files, other) if other.contains("gcloud") || other.contains("googlecloud") => {
                Some((Place::Objects, "gcs"))
            }
            (Matter::Files, other) if other.contains("azure") => Some((Place::Objects, "azure")),
            (Matter::Sessions, "local") => Some((Place::Memory, "local")),
            // `connect-redis`, `redis_cache`, `dynamodb-session`.
            (_, other) if other.contains("redis") => Some((Place::Cache, "redis")),
            (_, other) if other.contains("memcache") => Some((Place::Cache, "memcached")),
            (_, other) if other.contains("dynamo") => Some((Place::Table, "dynamodb")),
            _ => None,
        }
    })
}

fn flock(word: &str) -> &'static str {
    match word {
        "semaphore" => "semaphore",
        "mutex" => "mutex",
        _ => "flock",
    }
}

fn local(word: &str) -> &'static str {
    match word {
        "public" => "public",
        "private" => "private",
        "filesystemstorage" => "FileSystemStorage",
        _ => "local",
    }
}

const WORDS: &[(&str, Place)] = &[
    ("activerecord", Place::Database),
    ("amazon", Place::Objects),
    ("apc", Place::Memory),
    ("apcu", Place::Memory),
    ("azure", Place::Objects),
    ("cacheddb", Place::Database),
    ("consul", Place::Database),
    ("database", Place::Database),
    ("db", Place::Database),
    ("disk", Place::Disk),
    ("dynamo", Place::Table),
    ("dynamodb", Place::Table),
    ("etcd", Place::Database),
    ("file", Place::Disk),
    ("files", Place::Disk),
    ("filesystem", Place::Disk),
    ("gcs", Place::Objects),
    ("google", Place::Objects),
    ("hazelcast", Place::Peers),
    ("infinispan", Place::Peers),
    ("inmemory", Place::Memory),
    ("jdbc", Place::Database),
    ("knex", Place::Database),
    ("localfile", Place::Disk),
    ("localmemory", Place::Memory),
    ("mem", Place::Memory),
    ("memcache", Place::Cache),
    ("memcached", Place::Cache),
    ("memory", Place::Memory),
    ("minio", Place::Objects),
    ("mongo", Place::Database),
    ("mongodb", Place::Database),
    ("mysql", Place::Database),
    ("pdo", Place::Database),
    ("pgsql", Place::Database),
    ("postgres", Place::Database),
    ("postgresql", Place::Database),
    ("ram", Place::Memory),
    ("redis", Place::Cache),
    ("rediscache", Place::Cache),
    ("rediss", Place::Cache),
    ("s3", Place::Objects),
    ("sequelize", Place::Database),
    ("sqlalchemy", Place::Database),
    ("sqlite", Place::Disk),
    ("sqlite3", Place::Disk),
    ("typeorm", Place::Database),
    ("valkey", Place::Cache),
    ("zookeeper", Place::Database),
];

/// The file of a database without a server, where a value names one; an empty path where it does not say which. In memory it
/// keeps nothing.
///
/// Sources, not looked up again: `SQLite`, URI file names; Laravel, database, `DB_CONNECTION=sqlite`; Prisma, `SQLite` connection URL.
pub(super) fn file_of_database(text: &str) -> Option<String> {
    let text = text.trim().trim_matches(['"', '\'']);
    let lower = text.to_ascii_lowercase();
    if lower.contains(":memory:") || lower.contains("mode=memory") {
        return None;
    }
    if matches!(lower.rsplit('.').next(), Some("sqlite" | "sqlite3")) && !lower.contains(['/', ':']) {
        return Some(String::new());
    }
    if matches!(lower.as_str(), "better-sqlite3" | "better_sqlite3") {
        return Some(String::new());
    }
    let scheme = ["jdbc:sqlite:", "sqlite3:", "sqlite:", "sqlite+aiosqlite:", "jdbc:h2:file:", "file:"];
    let rest = scheme.iter().find(|scheme| lower.starts_with(**scheme)).and_then(|scheme| text.get(scheme.len()..))?;
    let path = rest.split(['?', ';', '#']).next().unwrap_or_default();
    // Three slashes lead to a relative path, four to one from the root.
    let path = match path.strip_prefix("///") {
        Some(absolute) if absolute.starts_with('/') => absolute.to_owned(),
        Some(relative) if lower.starts_with("sqlite") => relative.to_owned(),
        Some(relative) => format!("/{relative}"),
        None => path.trim_start_matches("//").to_owned(),
    };
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_in_order() {
        assert!(WORDS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(DOCUMENTED.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn what_names_speak_of() {
        let of = |key: &str| subject(key).map(|(subject, _)| subject);
        for key in
            ["SESSION_DRIVER", "SESSION_STORE", "FLASK_SESSION_TYPE", "GITEA__SESSION__PROVIDER", "SESSION_ENGINE"]
        {
            assert_eq!(of(key), Some(Subject::Way(Matter::Sessions)), "{key}");
        }
        for key in
            ["SESSION_SECRET", "APP_SESSION_LIFETIME", "SERVER_SERVLET_SESSION_TIMEOUT", "EXPRESS_SESSION_SECRET"]
        {
            assert_eq!(of(key), Some(Subject::Sign), "{key}");
        }
        for key in ["UPLOAD_DIR", "MEDIA_ROOT", "UPLOADS_FOLDER", "APP_STORAGE_DIR"] {
            assert_eq!(of(key), Some(Subject::Folder(Matter::Files, true)), "{key}");
        }
        assert_eq!(of("UPLOAD_PATH"), Some(Subject::Folder(Matter::Files, false)));
        assert_eq!(of("LOCK_STORE"), Some(Subject::Way(Matter::Locks)));
        for key in [
            "AWS_SESSION_TOKEN",
            "KAFKA_SESSION_TIMEOUT",
            "ZOOKEEPER_SESSION_TIMEOUT",
            "SSM_SESSION_NAME",
            "UPLOAD_TMP_DIR",
            "S3_UPLOAD_PATH",
            "UPLOAD_MAX_SIZE",
            "MEDIA_URL",
            "CACHE_STORAGE",
            "LOG_STORAGE_PATH",
            "DOCUMENT_ROOT",
            "DB_LOCK_TIMEOUT",
            "TF_LOCK_TYPE",
            "SESSION",
            "PATH",
        ] {
            assert_eq!(of(key), None, "{key}");
        }
    }

    #[test]
    fn what_words_mean() {
        let of = |matter, word: &str| place(matter, "", word).map(|(place, _)| place);
        for (word, expected) in [
            ("file", Place::Disk),
            ("MemoryStore", Place::Memory),
            ("in-memory", Place::Memory),
            ("django.contrib.sessions.backends.file", Place::Disk),
            ("django.contrib.sessions.backends.signed_cookies", Place::Client),
            ("cookie_store", Place::Client),
            ("redis://:secret@cache:6379/1", Place::Cache),
            ("connect-redis", Place::Cache),
            ("array", Place::Request),
            ("dynamodb", Place::Table),
            ("active_record_store", Place::Database),
        ] {
            assert_eq!(of(Matter::Sessions, word), Some(expected), "{word}");
        }
        assert_eq!(of(Matter::Locks, "flock"), Some(Place::Unit));
        assert_eq!(of(Matter::Locks, "flock:///var/lock"), Some(Place::Unit));
        assert_eq!(of(Matter::Locks, "mysql:host=db;dbname=x"), Some(Place::Database));
        assert_eq!(of(Matter::Files, "local"), Some(Place::Disk));
        assert_eq!(of(Matter::Files, "s3"), Some(Place::Objects));
        assert_eq!(of(Matter::Files, "elasticsearch"), None);
        assert_eq!(place(Matter::Sessions, "Keycloak", "ispn"), Some((Place::Peers, "ispn")));
    }

    #[test]
    fn databases_in_files() {
        let file = |text: &str| file_of_database(text);
        assert_eq!(file("sqlite:///app/data.db").as_deref(), Some("app/data.db"));
        assert_eq!(file("sqlite:////var/data/app.db?mode=rwc").as_deref(), Some("/var/data/app.db"));
        assert_eq!(file("file:./dev.db").as_deref(), Some("./dev.db"));
        assert_eq!(file("django.db.backends.sqlite3").as_deref(), Some(""));
        assert_eq!(file("sqlite").as_deref(), Some(""));
        for other in
            ["sqlite::memory:", "postgres://u@db/sqlite", "mysql", "file::memory:?cache=shared", "/data/x.sqlite"]
        {
            assert_eq!(file(other), None, "{other}");
        }
    }
}
