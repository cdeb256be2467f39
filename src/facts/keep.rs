//! What an environment says of where it keeps what outlives a request: sessions, files, locks. Conventions of frameworks,
//! whichever cloud they run in.
//!
//! Only the names of variables are kept, words that are known, and paths: never a value that may hold a password.

use super::address;
use super::keep_words::{Subject, file_of_database, place, subject};
use super::variable::{names_database, names_other_store};
use crate::model::{Attr, HOLE, Text, Why, holds_hole};

/// What is kept.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Matter {
    /// What is remembered of people between their requests.
    Sessions,
    /// Files that somebody hands in, or that are made for others.
    Files,
    /// A database without a server, in a file.
    Data,
    /// What lets one do something while others wait.
    Locks,
}

impl Matter {
    /// The word for it in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sessions => "sessions",
            Self::Files => "files",
            Self::Data => "data",
            Self::Locks => "locks",
        }
    }
}

/// Where it is kept.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Place {
    /// In the memory of one process.
    Memory,
    /// On the disk of one unit.
    Disk,
    /// Among the processes of one unit.
    Unit,
    /// Nowhere: it ends with its request.
    Request,
    /// With the client.
    Client,
    /// Shared by the units among themselves.
    Peers,
    /// On a file system that all units mount.
    Mount,
    /// In a cache.
    Cache,
    /// In a table of keys and values.
    Table,
    /// In a database.
    Database,
    /// In a store of objects.
    Objects,
}

impl Place {
    /// The words for it in reports: "kept in ...".
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Memory => "memory of a process",
            Self::Disk => "disk of a unit",
            Self::Unit => "one unit",
            Self::Request => "one request",
            Self::Client => "client",
            Self::Peers => "units among themselves",
            Self::Mount => "shared file system",
            Self::Cache => "cache",
            Self::Table => "table",
            Self::Database => "database",
            Self::Objects => "object store",
        }
    }

    /// Whether no other unit sees it.
    pub const fn is_local(self) -> bool {
        matches!(self, Self::Memory | Self::Disk | Self::Unit)
    }
}

/// What one variable says of where something is kept.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Keeping {
    /// The variable.
    pub key: Text,
    /// What is kept.
    pub matter: Matter,
    /// Where.
    pub place: Attr<Place>,
    /// What may be shown of its value.
    pub shown: Text,
    /// The path on a disk, where it says one.
    pub path: Option<Text>,
    /// Whose word it is, where that is documented.
    pub by: &'static str,
    /// Why it may mean nothing, if it may.
    pub doubt: Option<&'static str>,
}

/// A store that a variable names.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Lead {
    /// The variable.
    pub key: Text,
    /// What it names.
    pub kind: Place,
    /// Whether it stands beside the application, in the same unit.
    pub local: bool,
}

/// What an environment says of what it keeps.
#[derive(Clone, Debug, Default)]
pub struct Keeps {
    /// Where it keeps something.
    pub said: Vec<Keeping>,
    /// Variables that show that there are sessions, and not where.
    pub signs: Vec<Text>,
    /// Stores that it names.
    pub leads: Vec<Lead>,
    /// Whether a variable shows that it is written with Laravel, and whether it has its jobs planned by it.
    laravel: (bool, bool),
}

/// Variables that applications written with Laravel have: laravel/laravel, `.env.example`, not looked up again.
const LARAVEL: &[&str] = &["APP_KEY", "BROADCAST_CONNECTION", "BROADCAST_DRIVER", "LOG_CHANNEL", "QUEUE_CONNECTION"];

const NO_SESSIONS: &str = "it ends with its request, as is right where nobody has a session";
const MAY_BE_UNUSED: &str = "whether it has any cannot be seen";
const LOCKS_OF_CACHE: &str = "its locks lie in its cache, and whether it takes any cannot be seen";
const MAY_BE_URL: &str = "it may be a path of a URL, or in a bucket";
const GUARDS_ONE_UNIT: &str = "whether it guards more than what runs beside it cannot be seen";

impl Keeps {
    /// Takes in one variable.
    pub(super) fn hear(&mut self, name: &str, value: &Attr<Text>) {
        let key = name.to_ascii_uppercase();
        self.laravel.0 |= LARAVEL.contains(&key.as_str()) && !value.is_unset();
        self.lead(name, &key, value);
        match subject(&key) {
            Some((Subject::Way(matter), by)) => self.way(name, matter, by, value),
            Some((Subject::LaravelCache, by)) => {
                let from = self.said.len();
                self.way(name, Matter::Locks, by, value);
                self.said.iter_mut().skip(from).for_each(|one| one.doubt = Some(LOCKS_OF_CACHE));
            }
            Some((Subject::Folder(matter, sure), by)) => self.folder(name, matter, (sure, by), value),
            Some((Subject::Sign, _)) if !value.is_unset() => self.signs.push(name.into()),
            Some((Subject::Database, _)) => self.database(name, value),
            _ if names_database(&key) => self.database(name, value),
            _ => {}
        }
    }

    /// Takes in a command line.
    pub(super) fn hear_command(&mut self, text: &str) {
        self.laravel.0 |= text.contains("artisan");
        self.laravel.1 |= ["schedule:run", "schedule:work", "schedule:daemon"].iter().any(|word| text.contains(word));
    }

    /// Takes over what another environment says as well.
    pub fn join(&mut self, other: Self) {
        self.said.extend(other.said);
        self.signs.extend(other.signs);
        self.leads.extend(other.leads);
        self.laravel = (self.laravel.0 | other.laravel.0, self.laravel.1 | other.laravel.1);
    }

    /// What it says, less what it only seems to: the cache of one framework holds its locks, that of others does not.
    pub fn settled(&self) -> Vec<Keeping> {
        let of_cache = |one: &Keeping| one.doubt == Some(LOCKS_OF_CACHE);
        let told = self.said.iter().filter(|one| self.laravel.0 || !of_cache(one)).cloned();
        told.map(|mut one| {
            // What runs once on one server only does so by a lock: Laravel docs, scheduling, running tasks on one server.
            if of_cache(&one) && self.laravel.1 {
                one.doubt = None;
            }
            one
        })
        .collect()
    }

    fn say(&mut self, name: &str, matter: Matter, place: Attr<Place>, shown: &str, by: &'static str) {
        let (key, shown) = (name.into(), shown.into());
        self.said.push(Keeping { key, matter, place, shown, path: None, by, doubt: None });
    }

    fn way(&mut self, name: &str, matter: Matter, by: &'static str, value: &Attr<Text>) {
        let text = match value {
            Attr::Unset => return,
            Attr::Unknown(why) => return self.say(name, matter, Attr::Unknown(*why), "", by),
            Attr::Set(text) => text,
        };
        // The way stands in front of what is not known: `redis://…`.
        let known = text.split(HOLE).next().unwrap_or_default();
        if holds_hole(text) && !known.contains(':') {
            return self.say(name, matter, Attr::Unknown(Why::Computed), "", by);
        }
        let Some((place, shown)) = place(matter, by, known) else { return };
        // A server beside the application is another one in each unit.
        let beside = matter == Matter::Locks && !place.is_local() && is_beside(text);
        let place = if beside { Place::Unit } else { place };
        // What files are kept in memory or in a cache is about something else.
        if matter == Matter::Files && !matches!(place, Place::Disk | Place::Objects) {
            return;
        }
        // As it is written, where that is a word alone.
        let written = text.trim();
        let plain = !holds_hole(text) && !written.contains([':', '@', '/', ' ']);
        let at_home = format!("{shown} in the unit itself");
        let shown = if beside { at_home.as_str() } else { shown };
        self.say(name, matter, Attr::Set(place), if plain { written } else { shown }, by);
        let doubt = match (matter, place) {
            (Matter::Sessions, Place::Request) => Some(NO_SESSIONS),
            (Matter::Sessions, Place::Memory) if shown == "none" => Some(MAY_BE_UNUSED),
            _ => None,
        };
        if let Some(last) = self.said.last_mut() {
            last.doubt = doubt;
        }
    }

    fn folder(&mut self, name: &str, matter: Matter, (sure, by): (bool, &'static str), value: &Attr<Text>) {
        let text = match value {
            Attr::Unset => return,
            Attr::Unknown(why) => return self.say(name, matter, Attr::Unknown(*why), "", by),
            Attr::Set(text) => text.trim(),
        };
        let known = text.split(HOLE).next().unwrap_or_default();
        if known.is_empty() {
            let hidden = holds_hole(text).then_some(Why::Computed);
            return hidden.map_or((), |why| self.say(name, matter, Attr::Unknown(why), "", by));
        }
        let path = match known.split_once("://") {
            Some(("file", path)) => path,
            Some(_) => return self.say(name, matter, Attr::Set(Place::Objects), "", by),
            None => known,
        };
        let (path, rest) = (path.trim_end_matches('/'), if holds_hole(text) { "…" } else { "" });
        let path = if path.is_empty() { "/" } else { path };
        self.say(name, matter, Attr::Set(Place::Disk), &format!("{path}{rest}"), by);
        if let Some(last) = self.said.last_mut() {
            last.path = Some(path.into());
            last.doubt = match matter {
                Matter::Locks => Some(GUARDS_ONE_UNIT),
                _ if sure || is_of_machine(path) => None,
                _ => Some(MAY_BE_URL),
            };
        }
    }

    fn database(&mut self, name: &str, value: &Attr<Text>) {
        let Attr::Set(text) = value else { return };
        let known = text.split(HOLE).next().unwrap_or_default();
        let Some(path) = file_of_database(known) else { return };
        let shown = if path.is_empty() { "sqlite".to_owned() } else { format!("a file, {path}") };
        self.say(name, Matter::Data, Attr::Set(Place::Disk), &shown, "");
        if let Some(last) = self.said.last_mut() {
            last.path = Some(path.into()).filter(|path: &Text| !path.is_empty());
        }
    }

    /// Takes in a store that a variable names.
    fn lead(&mut self, name: &str, key: &str, value: &Attr<Text>) {
        if value.is_unset() || value.known().is_some_and(|text| text.trim().is_empty()) {
            return;
        }
        let parts: Vec<&str> = key.split(['_', '.']).collect();
        let has = |list: &[&str]| parts.iter().any(|part| list.contains(part));
        let kind = if let Some(kind) = addressed(key, value) {
            kind
        } else if has(&["REDIS", "VALKEY", "MEMCACHED", "MEMCACHE", "MEMCACHIER", "ELASTICACHE"])
            || (has(&["CACHE", "SESSION"])
                && has(&["HOST", "HOSTS", "URL", "URI", "ENDPOINT", "ADDR", "SERVERS", "NODES"]))
        {
            Place::Cache
        } else if has(&["DYNAMO", "DYNAMODB", "TABLE"]) {
            Place::Table
        } else if has(&["BUCKET", "BUCKETS"]) {
            Place::Objects
        } else if names_database(key) || names_other_store(key) {
            Place::Database
        } else {
            return;
        };
        let local = value.known().is_some_and(|text| is_beside(text) && (has_address(&parts) || text.contains("://")));
        self.leads.push(Lead { key: name.into(), kind, local });
    }
}

/// The store that a variable names by its address, although its name asks for a way: `SESSION_STORE=redis://cache.example`.
fn addressed(key: &str, value: &Attr<Text>) -> Option<Place> {
    let Some((Subject::Way(matter), by)) = subject(key) else { return None };
    let (scheme, rest) = value.known()?.split_once("://")?;
    let (place, _) = place(matter, by, scheme)?;
    (!rest.trim_start_matches('/').is_empty() && !place.is_local()).then_some(place)
}

/// Whether an address leads to the unit itself. One of which nothing but the way is known leads nobody knows where.
fn is_beside(text: &str) -> bool {
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let rest = rest.split(HOLE).next().unwrap_or_default().trim_start_matches('/');
    !rest.is_empty() && address::host(text).is_some_and(|host| address::is_local(&host))
}

/// Whether a name asks for an address.
fn has_address(parts: &[&str]) -> bool {
    const ADDRESSES: &[&str] =
        &["HOST", "HOSTS", "HOSTNAME", "URL", "URI", "DSN", "ENDPOINT", "ADDR", "ADDRESS", "SERVER", "SERVERS"];
    parts.last().is_some_and(|last| ADDRESSES.contains(last))
}

/// Whether a path leads to a folder of a machine, and into no URL: it begins as those do that systems come with.
fn is_of_machine(path: &str) -> bool {
    const TOP: &[&str] = &["app", "data", "efs", "home", "mnt", "opt", "root", "srv", "tmp", "usr", "var", "workspace"];
    let drive = path.as_bytes().get(1) == Some(&b':');
    let first = path.strip_prefix('/').and_then(|rest| rest.split('/').next());
    drive || path.starts_with("./") || first.is_some_and(|first| TOP.contains(&first))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keeps(variables: &[(&str, &str)]) -> Keeps {
        let mut keeps = Keeps::default();
        for (name, value) in variables {
            let value = if *value == "?" { Attr::Unknown(Why::Computed) } else { Attr::Set((*value).into()) };
            keeps.hear(name, &value);
        }
        keeps
    }

    fn one(name: &str, value: &str) -> Option<(Matter, Attr<Place>, bool)> {
        let said = keeps(&[(name, value)]).settled();
        said.first().map(|one| (one.matter, one.place.clone(), one.doubt.is_some()))
    }

    #[test]
    fn where_things_are_kept() {
        let set = |matter, place, doubt| Some((matter, Attr::Set(place), doubt));
        assert_eq!(one("SESSION_DRIVER", "file"), set(Matter::Sessions, Place::Disk, false));
        assert_eq!(one("SESSION_DRIVER", "array"), set(Matter::Sessions, Place::Request, true));
        assert_eq!(one("SESSION_DRIVER", "cookie"), set(Matter::Sessions, Place::Client, false));
        assert_eq!(one("SPRING_SESSION_STORE_TYPE", "none"), set(Matter::Sessions, Place::Memory, true));
        assert_eq!(one("SESSION_STORE", "?"), Some((Matter::Sessions, Attr::Unknown(Why::Computed), false)));
        assert_eq!(one("SESSION_STORE", "house-made"), None);
        assert_eq!(one("UPLOAD_DIR", "/tmp/uploads"), set(Matter::Files, Place::Disk, false));
        assert_eq!(one("UPLOAD_PATH", "/uploads"), set(Matter::Files, Place::Disk, true));
        assert_eq!(one("MEDIA_ROOT", "s3://bucket/media"), set(Matter::Files, Place::Objects, false));
        assert_eq!(one("DATABASE_URL", "sqlite:////data/app.db"), set(Matter::Data, Place::Disk, false));
        assert_eq!(one("DATABASE_URL", "postgres://db/app"), None);
        assert_eq!(one("LOCK_DSN", "semaphore"), set(Matter::Locks, Place::Unit, false));
        assert_eq!(one("LOCK_DSN", "redis://cache.example"), set(Matter::Locks, Place::Cache, false));
        for address in
            ["redis://localhost", "redis://:x@127.0.0.1:6379/1", "memcached://localhost", "redis:///run/redis.sock"]
        {
            assert_eq!(one("LOCK_DSN", address), set(Matter::Locks, Place::Unit, false), "{address}");
        }
        assert_eq!(one("LOCK_FILE", "/var/run/job.lock"), set(Matter::Locks, Place::Disk, true));
        assert_eq!(one("JOB_STORAGE", "memory"), None);
    }

    #[test]
    fn the_cache_of_one_framework_holds_its_locks() {
        let locks = |more: (&str, &str), command: &str| {
            let mut keeps = keeps(&[("CACHE_STORE", "file"), more]);
            keeps.hear_command(command);
            keeps.settled().iter().map(|one| one.doubt.is_some()).collect::<Vec<_>>()
        };
        assert!(locks(("NODE_ENV", "production"), "").is_empty());
        assert_eq!(locks(("APP_KEY", "?"), ""), [true]);
        assert_eq!(locks(("APP_KEY", "?"), "php artisan schedule:work"), [false]);
    }

    #[test]
    fn what_is_known_in_parts() {
        let hole = |text: &str| text.replace('?', &HOLE.to_string());
        let place = |name, text| one(name, &hole(text)).map(|(_, place, _)| place);
        assert_eq!(place("UPLOAD_DIR", "/tmp/?"), Some(Attr::Set(Place::Disk)));
        assert_eq!(place("SESSION_STORE", "redis://?:6379"), Some(Attr::Set(Place::Cache)));
        assert_eq!(place("SESSION_STORE", "?"), Some(Attr::Unknown(Why::Computed)));
        assert_eq!(place("LOCK_DSN", "redis://?:6379"), Some(Attr::Set(Place::Cache)));
        let said = keeps(&[("UPLOAD_DIR", &hole("/tmp/?"))]).settled();
        assert_eq!(said[0].shown, "/tmp…");
    }

    #[test]
    fn stores_that_it_names() {
        let lead = |name, value| keeps(&[(name, value)]).leads.first().map(|lead| (lead.kind, lead.local));
        assert_eq!(lead("REDIS_HOST", "127.0.0.1"), Some((Place::Cache, true)));
        assert_eq!(lead("REDIS_URL", "redis://:x@cache.example:6379"), Some((Place::Cache, false)));
        assert_eq!(lead("SESSION_TABLE", "sessions"), Some((Place::Table, false)));
        assert_eq!(lead("AWS_BUCKET", ""), None);
        assert_eq!(lead("AWS_BUCKET", "?"), Some((Place::Objects, false)));
        assert_eq!(lead("SESSION_STORE", "redis://u:p@cache.example/0"), Some((Place::Cache, false)));
        assert_eq!(lead("SESSION_STORE", "redis://localhost:6379"), Some((Place::Cache, true)));
        assert_eq!(lead("REDIS", "redis://localhost:6379"), Some((Place::Cache, true)));
        assert_eq!(lead("SESSION_STORE", "redis"), None);
        assert_eq!(lead("LOG_LEVEL", "info"), None);
    }
}
