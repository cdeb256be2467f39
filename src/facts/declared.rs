//! What somebody says of a workload that no plan can show: in a file beside the code, or in a tag.

use std::collections::BTreeMap;

use crate::model::{Attr, Pattern, Text};
use crate::units::{Count, Grouped, listed, nearest};

use super::call::{Call, time};

/// Tags with keys that begin so are for planwise.
pub const TAG: &str = "planwise:";

/// More than this is a slip of the finger.
const MOST: u64 = 1_000_000;

/// How the work of a workload arrives.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Profile {
    /// Somebody waits for each answer.
    Synchronous,
    /// From a queue.
    Asynchronous,
    /// By the clock, or when somebody starts it.
    Batch,
    /// From a stream.
    Streaming,
}

impl Profile {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Synchronous, Self::Asynchronous, Self::Batch, Self::Streaming];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Synchronous => "synchronous",
            Self::Asynchronous => "asynchronous",
            Self::Batch => "batch",
            Self::Streaming => "streaming",
        }
    }
}

/// Where something is kept.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Held {
    /// In each unit by itself.
    Local,
    /// Where all units reach it.
    Shared,
    /// Nowhere: there is none.
    None,
}

impl Held {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Local, Self::Shared, Self::None];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Shared => "shared",
            Self::None => "none",
        }
    }
}

/// What can be said of a workload.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum FactKey {
    /// The connections that one process keeps.
    PoolSize,
    /// Those that it may open beyond.
    Overflow,
    /// The processes of one unit that open connections.
    Processes,
    /// The databases and caches that it connects to: these and no others.
    ConnectsTo,
    /// How its work arrives.
    LoadProfile,
    /// How many seconds somebody waits for a connection of the pool.
    PoolTimeout,
    /// After how many seconds a connection is replaced.
    PoolRecycle,
    /// Whether a connection is tried before it is used.
    PoolPrePing,
    /// How long it works on one request at most.
    Timeout,
    /// Where it keeps what it remembers of people between their requests.
    Sessions,
    /// Where it keeps files that are handed in or made for others.
    Files,
    /// Where its locks are.
    Locks,
    /// What it is called where people write about it: in objectives and decisions.
    Service,
}

impl FactKey {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::PoolSize,
        Self::Overflow,
        Self::Processes,
        Self::ConnectsTo,
        Self::LoadProfile,
        Self::PoolTimeout,
        Self::PoolRecycle,
        Self::PoolPrePing,
        Self::Timeout,
        Self::Sessions,
        Self::Files,
        Self::Locks,
        Self::Service,
    ];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PoolSize => "pool-size",
            Self::Overflow => "overflow",
            Self::Processes => "processes",
            Self::ConnectsTo => "connects-to",
            Self::LoadProfile => "load-profile",
            Self::PoolTimeout => "pool-timeout",
            Self::PoolRecycle => "pool-recycle",
            Self::PoolPrePing => "pool-pre-ping",
            Self::Timeout => "timeout",
            Self::Sessions => "sessions",
            Self::Files => "files",
            Self::Locks => "locks",
            Self::Service => "service",
        }
    }

    /// The key with this name.
    ///
    /// # Errors
    /// When there is none, with what may be meant.
    pub fn of(name: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|key| key.as_str() == name).ok_or_else(|| {
            let names = || Self::ALL.into_iter().map(Self::as_str);
            match nearest(name, names()) {
                Some(near) => format!("did you mean {near}?"),
                None => format!("there are {}", listed(names())),
            }
        })
    }
}

/// A value, and where somebody says so.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Said<T> {
    /// The value.
    pub value: T,
    /// `planwise.yaml:12`, or the tag.
    pub place: Text,
}

/// What is said of one workload, or of all that a pattern means.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Declaration {
    /// See [`FactKey::PoolSize`].
    pub pool_size: Option<Said<Count>>,
    /// See [`FactKey::Overflow`].
    pub overflow: Option<Said<Count>>,
    /// See [`FactKey::Processes`].
    pub processes: Option<Said<Count>>,
    /// See [`FactKey::ConnectsTo`]; none at all where there is none.
    pub connects_to: Option<Said<Vec<Pattern>>>,
    /// See [`FactKey::LoadProfile`].
    pub profile: Option<Said<Profile>>,
    /// See [`FactKey::PoolTimeout`].
    pub pool_timeout: Option<Said<Count>>,
    /// See [`FactKey::PoolRecycle`].
    pub pool_recycle: Option<Said<Count>>,
    /// See [`FactKey::PoolPrePing`].
    pub pool_pre_ping: Option<Said<bool>>,
    /// See [`FactKey::Timeout`], in milliseconds.
    pub timeout: Option<Said<u64>>,
    /// The calls that it makes.
    pub calls: Option<Said<Vec<Call>>>,
    /// See [`FactKey::Sessions`].
    pub sessions: Option<Said<Held>>,
    /// See [`FactKey::Files`].
    pub files: Option<Said<Held>>,
    /// See [`FactKey::Locks`].
    pub locks: Option<Said<Held>>,
    /// See [`FactKey::Service`].
    pub service: Option<Said<Text>>,
}

impl Declaration {
    /// Takes in one more fact.
    ///
    /// # Errors
    /// When `words` are no value for `key`, with what would be.
    pub fn set(&mut self, key: FactKey, words: &[&str], place: impl Into<Text>) -> Result<(), String> {
        let place = place.into();
        match key {
            FactKey::PoolSize => self.pool_size = Some(Said { value: count(key, words, 1, true)?, place }),
            FactKey::Overflow => self.overflow = Some(Said { value: count(key, words, 0, true)?, place }),
            FactKey::Processes => self.processes = Some(Said { value: count(key, words, 1, false)?, place }),
            FactKey::ConnectsTo => self.connects_to = Some(Said { value: neighbours(words)?, place }),
            FactKey::LoadProfile => self.profile = Some(Said { value: profile(words)?, place }),
            FactKey::PoolTimeout => self.pool_timeout = Some(Said { value: count(key, words, 0, true)?, place }),
            FactKey::PoolRecycle => self.pool_recycle = Some(Said { value: count(key, words, 1, true)?, place }),
            FactKey::PoolPrePing => self.pool_pre_ping = Some(Said { value: flag(key, words)?, place }),
            FactKey::Timeout => self.timeout = Some(Said { value: time(&words.join(" "))?, place }),
            FactKey::Sessions => self.sessions = Some(Said { value: held(key, words)?, place }),
            FactKey::Files => self.files = Some(Said { value: held(key, words)?, place }),
            FactKey::Locks => self.locks = Some(Said { value: held(key, words)?, place }),
            FactKey::Service => self.service = Some(Said { value: service(words)?, place }),
        }
        Ok(())
    }

    /// Takes in what a nearer place says; that wins.
    fn take(&mut self, nearer: &Self) {
        fn put<T: Clone>(own: &mut Option<Said<T>>, nearer: Option<&Said<T>>) {
            if let Some(said) = nearer {
                *own = Some(said.clone());
            }
        }
        put(&mut self.pool_size, nearer.pool_size.as_ref());
        put(&mut self.overflow, nearer.overflow.as_ref());
        put(&mut self.processes, nearer.processes.as_ref());
        put(&mut self.connects_to, nearer.connects_to.as_ref());
        put(&mut self.profile, nearer.profile.as_ref());
        put(&mut self.pool_timeout, nearer.pool_timeout.as_ref());
        put(&mut self.pool_recycle, nearer.pool_recycle.as_ref());
        put(&mut self.pool_pre_ping, nearer.pool_pre_ping.as_ref());
        put(&mut self.timeout, nearer.timeout.as_ref());
        put(&mut self.calls, nearer.calls.as_ref());
        put(&mut self.sessions, nearer.sessions.as_ref());
        put(&mut self.files, nearer.files.as_ref());
        put(&mut self.locks, nearer.locks.as_ref());
        put(&mut self.service, nearer.service.as_ref());
    }
}

fn count(key: FactKey, words: &[&str], least: u64, endless: bool) -> Result<Count, String> {
    let (most, also) = (Grouped(MOST), if endless { ", or unlimited" } else { "" });
    let what =
        || format!("{} is a whole number from {least} to {most}{also}, and not `{}`", key.as_str(), words.join(" "));
    match words {
        ["unlimited"] if endless => Ok(Count::Unbounded),
        [word] => {
            let number = word.parse::<u64>().ok().filter(|number| (least..=MOST).contains(number));
            number.map(Count::Of).ok_or_else(what)
        }
        _ => Err(what()),
    }
}

fn flag(key: FactKey, words: &[&str]) -> Result<bool, String> {
    match words {
        ["true"] => Ok(true),
        ["false"] => Ok(false),
        _ => Err(format!("{} is true or false, and not `{}`", key.as_str(), words.join(" "))),
    }
}

fn neighbours(words: &[&str]) -> Result<Vec<Pattern>, String> {
    match words {
        [] => Err("connects-to names nothing: say `nothing` if it connects to no database and no cache".to_owned()),
        ["nothing"] => Ok(Vec::new()),
        words if words.iter().any(|word| word.trim().is_empty()) => {
            Err("connects-to has an empty address: say `nothing` if it connects to no database and no cache".to_owned())
        }
        words if words.contains(&"nothing") => Err("connects-to says `nothing`, and names something".to_owned()),
        words => Ok(words.iter().map(|word| Pattern::new(word)).collect()),
    }
}

fn service(words: &[&str]) -> Result<Text, String> {
    let name = words.join(" ");
    let name = name.trim();
    if name.is_empty() { Err("service is the name of one service".to_owned()) } else { Ok(name.into()) }
}

fn profile(words: &[&str]) -> Result<Profile, String> {
    let names = || Profile::ALL.map(Profile::as_str);
    let [word] = words else { return Err(format!("load-profile is one of {}", listed(names()))) };
    Profile::ALL.into_iter().find(|profile| profile.as_str() == *word).ok_or_else(|| {
        let near = nearest(word, names()).map_or_else(String::new, |near| format!(": did you mean {near}?"));
        format!("load-profile is one of {}, and not `{word}`{near}", listed(names()))
    })
}

fn held(key: FactKey, words: &[&str]) -> Result<Held, String> {
    let names = || Held::ALL.map(Held::as_str);
    let key = key.as_str();
    let [word] = words else { return Err(format!("{key} is one of {}", listed(names()))) };
    Held::ALL.into_iter().find(|held| held.as_str() == *word).ok_or_else(|| {
        let near = nearest(word, names()).map_or_else(String::new, |near| format!(": did you mean {near}?"));
        format!("{key} is one of {}, and not `{word}`{near}", listed(names()))
    })
}

/// A tag for planwise on a resource.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Tag {
    /// Its key, without what makes it one for planwise.
    pub key: Text,
    /// Its value.
    pub value: Attr<Text>,
}

/// All such tags of one resource.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Tags(pub Vec<Tag>);

/// The key of the tag that says what planwise shall not tell, behind [`TAG`].
const IGNORE: &str = "ignore";

impl Tags {
    /// What shall not be told of the resource, and why; as far as that is known.
    pub fn ignored(&self) -> impl Iterator<Item = &Attr<Text>> {
        self.0.iter().filter(|tag| tag.key == IGNORE).map(|tag| &tag.value)
    }

    /// What they say of the resource called `address`, and what is wrong with the others, in words.
    pub fn read(&self, address: &str) -> (Declaration, Vec<String>) {
        let (mut declaration, mut wrong) = (Declaration::default(), Vec::new());
        for Tag { key, value } in self.0.iter().filter(|tag| tag.key != IGNORE) {
            let place = format!("tag {TAG}{key} of {address}");
            let problem = match (FactKey::of(key), value) {
                (Err(hint), _) => Err(format!("there is no such key; {hint}")),
                (Ok(_), Attr::Unset) => Ok(()),
                (Ok(_), Attr::Unknown(why)) => Err(format!("its value is {why}")),
                (Ok(key), Attr::Set(text)) => {
                    let words = text.split([' ', ',']).filter(|word| !word.is_empty());
                    declaration.set(key, &words.collect::<Vec<_>>(), place.as_str())
                }
            };
            wrong.extend(problem.err().map(|problem| format!("{place} says nothing: {problem}")));
        }
        (declaration, wrong)
    }
}

/// What is said of whom.
#[derive(Clone, Debug, Default)]
pub struct Declarations {
    /// From afar to near: of what is said twice, the later counts.
    list: Vec<Declared>,
}

/// What is said, of whom, and where.
#[derive(Clone, Debug)]
pub struct Declared {
    /// Of whom.
    pub of: Pattern,
    /// What.
    pub what: Declaration,
    /// Where it begins: `planwise.yaml:12`, or the resource with the tags.
    pub place: Text,
    /// Whether it stands in a tag.
    pub by_tag: bool,
}

impl Declarations {
    /// Puts together what is said: a file is nearer than a tag, an address nearer than a pattern, and a longer pattern
    /// nearer than a shorter one.
    pub fn new(mut list: Vec<Declared>) -> Self {
        list.sort_by_cached_key(|declared| {
            let of = declared.of.as_str();
            (!declared.by_tag, !declared.of.is_wild(), of.len(), of.to_owned())
        });
        Self { list }
    }

    /// These, and what tags say beside them.
    #[must_use]
    pub fn with(&self, tags: Vec<Declared>) -> Self {
        if tags.is_empty() {
            return self.clone();
        }
        Self::new(tags.into_iter().chain(self.list.iter().cloned()).collect())
    }

    /// Everything that is said.
    pub fn all(&self) -> &[Declared] {
        &self.list
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// By what one workload consists of, everything that is said of it; with the positions of those who say so.
    pub fn index(&self) -> Index<'_> {
        let mut index = Index { all: self, exact: BTreeMap::new(), other: Vec::new() };
        for (at, declared) in self.list.iter().enumerate() {
            // Without a bracket it means all instances of a block as well.
            if declared.by_tag {
                index.exact.entry(declared.of.as_str()).or_default().push(at);
            } else {
                index.other.push(at);
            }
        }
        index
    }
}

/// Finds what is said of a workload. There may be as many tags as workloads; what a file says is little.
#[derive(Debug)]
pub struct Index<'d> {
    all: &'d Declarations,
    exact: BTreeMap<&'d str, Vec<usize>>,
    other: Vec<usize>,
}

impl Index<'_> {
    /// What is said of what consists of `members`, and the positions of those who say so; `None` where nothing is.
    pub fn find<'a>(&self, members: &(impl Iterator<Item = &'a str> + Clone)) -> Option<(Declaration, Vec<usize>)> {
        let told = members.clone().filter_map(|member| self.exact.get(member)).flatten().copied();
        let mut found: Vec<usize> = told.collect();
        found.extend(self.other.iter().copied().filter(|at| {
            self.all.list.get(*at).is_some_and(|declared| members.clone().any(|member| declared.of.matches(member)))
        }));
        found.sort_unstable();
        found.dedup();
        if found.is_empty() {
            return None;
        }
        let mut whole = Declaration::default();
        for declared in found.iter().filter_map(|at| self.all.list.get(*at)) {
            whole.take(&declared.what);
        }
        Some((whole, found))
    }
}

/// How to say it in the file, on one line: `workloads: { some.address: { pool-size: 10 } }`.
pub fn example<'a>(of: impl IntoIterator<Item = (&'a str, Vec<(FactKey, String)>)>) -> String {
    let workloads = of.into_iter().map(|(address, facts)| {
        let facts: Vec<String> = facts.iter().map(|(key, value)| format!("{}: {value}", key.as_str())).collect();
        format!("{}: {{ {} }}", quoted(address), facts.join(", "))
    });
    format!("workloads: {{ {} }}", workloads.collect::<Vec<_>>().join(", "))
}

/// An address as YAML takes it: with quotes where it has brackets.
pub fn quoted(address: &str) -> String {
    let plain = address.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'));
    if plain { address.to_owned() } else { format!("'{}'", address.replace('\'', "''")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Why;

    fn set(key: FactKey, words: &[&str]) -> Result<Declaration, String> {
        let mut declaration = Declaration::default();
        declaration.set(key, words, "here").map(|()| declaration)
    }

    #[test]
    fn values_are_checked() {
        let said = |value| Some(Said { value, place: "here".into() });
        assert_eq!(set(FactKey::PoolSize, &["10"]).unwrap().pool_size, said(Count::Of(10)));
        assert_eq!(set(FactKey::Overflow, &["unlimited"]).unwrap().overflow, said(Count::Unbounded));
        assert_eq!(set(FactKey::Overflow, &["0"]).unwrap().overflow, said(Count::Of(0)));
        assert_eq!(set(FactKey::PoolTimeout, &["30"]).unwrap().pool_timeout, said(Count::Of(30)));
        let tried = set(FactKey::PoolPrePing, &["true"]).unwrap().pool_pre_ping;
        assert_eq!(tried, Some(Said { value: true, place: "here".into() }));
        let kept = Some(Said { value: Held::Shared, place: "here".into() });
        assert_eq!(set(FactKey::Sessions, &["shared"]).unwrap().sessions, kept);
        let nothing = set(FactKey::ConnectsTo, &["nothing"]).unwrap().connects_to.unwrap();
        assert!(nothing.value.is_empty());
        for (key, words) in [
            (FactKey::PoolSize, &["0"][..]),
            (FactKey::PoolSize, &["-1"]),
            (FactKey::PoolSize, &["1.5"]),
            (FactKey::PoolSize, &["1000001"]),
            (FactKey::PoolSize, &[]),
            (FactKey::PoolSize, &["1", "2"]),
            (FactKey::Processes, &["unlimited"]),
            (FactKey::ConnectsTo, &[]),
            (FactKey::ConnectsTo, &["nothing", "a.b"]),
            (FactKey::ConnectsTo, &[""]),
            (FactKey::ConnectsTo, &["a.b", " "]),
            (FactKey::LoadProfile, &["sync"]),
            (FactKey::PoolTimeout, &["30s"]),
            (FactKey::PoolRecycle, &["0"]),
            (FactKey::PoolPrePing, &["sometimes"]),
            (FactKey::LoadProfile, &["batch", "streaming"]),
            (FactKey::Sessions, &["redis"]),
            (FactKey::Files, &[]),
            (FactKey::Locks, &["local", "shared"]),
        ] {
            assert!(set(key, words).is_err(), "{key:?} {words:?}");
        }
        assert!(set(FactKey::LoadProfile, &["sincronous"]).unwrap_err().contains("did you mean synchronous?"));
    }

    #[test]
    fn the_nearer_word_counts() {
        let one = |of: &str, size: &str, by_tag| {
            let mut what = Declaration::default();
            what.set(FactKey::PoolSize, &[size], "x").unwrap();
            Declared { of: Pattern::new(of), what, place: "x".into(), by_tag }
        };
        let file =
            Declarations::new(vec![one("aws_a.b", "3", false), one("**", "1", false), one("aws_a.*", "2", false)]);
        let size = |all: &Declarations, address: &str| {
            let (said, _) = all.index().find(&[address].into_iter())?;
            said.pool_size.map(|said| said.value)
        };
        assert_eq!(size(&file, "aws_a.b"), Some(Count::Of(3)));
        assert_eq!(size(&file, "aws_a.c"), Some(Count::Of(2)));
        assert_eq!(size(&file, "aws_d.c"), Some(Count::Of(1)));
        let tags = Declarations::default().with(vec![one("aws_d.c", "9", true)]);
        assert_eq!(size(&tags, "aws_d.c"), Some(Count::Of(9)));
        assert_eq!(size(&tags, "aws_d.d"), None);
        assert_eq!(size(&file.with(vec![one("aws_d.c", "9", true)]), "aws_d.c"), Some(Count::Of(1)));
    }

    #[test]
    fn tags_are_read_or_named() {
        let tag = |key: &str, value| Tag { key: key.into(), value };
        let text = |text: &str| Attr::Set(text.into());
        let tags = Tags(vec![
            tag("pool-size", text("10")),
            tag("connects-to", text("aws_a.b, aws_c.d")),
            tag("service", text("shop")),
            tag("overflow", Attr::Unknown(Why::Computed)),
            tag("proceses", text("4")),
            tag("load-profile", text("")),
        ]);
        let (said, wrong) = tags.read("aws_x.y");
        assert_eq!(said.pool_size.unwrap().place, "tag planwise:pool-size of aws_x.y");
        assert_eq!(said.connects_to.unwrap().value.len(), 2);
        assert_eq!(wrong.len(), 3, "{wrong:#?}");
        assert!(wrong.iter().any(|wrong| wrong.contains("did you mean processes?")), "{wrong:#?}");
    }

    #[test]
    fn examples_are_quoted() {
        let facts = vec![(FactKey::PoolSize, "10".to_owned()), (FactKey::ConnectsTo, "nothing".to_owned())];
        let text = example([("module.a[\"it's\"].aws_b.c", facts)]);
        assert_eq!(text, "workloads: { 'module.a[\"it''s\"].aws_b.c': { pool-size: 10, connects-to: nothing } }");
    }
}
