//! Where data is kept.

use super::{ConnectionLimit, Formula, FormulaError, Service, Stated, Value, Variable};
use crate::model::{Attr, Text, Why};
use crate::units::Interval;

/// The kind of datastore.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum DatastoreKind {
    /// A relational database.
    Database,
    /// A cache.
    Cache,
    /// Documents.
    Documents,
    /// An index that is searched.
    Search,
}

impl DatastoreKind {
    /// The word for it in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Database => "database",
            Self::Cache => "cache",
            Self::Documents => "documents",
            Self::Search => "search",
        }
    }
}

/// Over how many zones a datastore's machines stand.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Availability {
    /// One machine in one zone.
    SingleZone,
    /// Machines in several zones, one of which takes over.
    MultiZone,
    /// Several machines, in zones that the cloud chooses.
    Chosen,
    /// So many machines as there are members, which are resources of their own.
    ByMembers,
}

/// What becomes of what a cache holds when one of its machines fails.
#[derive(Clone, Debug)]
pub struct Lasting {
    /// What.
    pub what: Attr<Loss>,
    /// The attribute that decides it.
    pub attribute: &'static str,
    /// What that says.
    pub value: Text,
    /// What would keep it, as an order.
    pub remedy: &'static str,
    /// The attribute that is billed for that, and its value then, where it takes another machine.
    pub change: Option<(&'static str, Value)>,
    /// All attributes that are to be written for it, with their values; none where more is to be done by hand.
    pub writing: Vec<(&'static str, Value)>,
}

impl Lasting {
    /// Next to nothing is lost.
    pub fn kept(attribute: &'static str, value: &str) -> Self {
        let what = Attr::Set(Loss::Kept);
        Self { what, attribute, value: value.into(), remedy: "", change: None, writing: Vec::new() }
    }

    /// It cannot be told, because this cannot be seen.
    pub fn open(attribute: &'static str, why: Why) -> Self {
        let value = format!("({why})").into();
        Self { what: Attr::Unknown(why), attribute, value, remedy: "", change: None, writing: Vec::new() }
    }
}

/// How much is lost with a machine.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Loss {
    /// All that lies on it: nothing has a copy.
    Lost,
    /// A copy is there, and nobody puts it in its place.
    Stranded,
    /// Nothing, or next to nothing: a copy takes over by itself.
    Kept,
}

/// A database or a cache.
#[derive(Debug)]
pub struct Datastore {
    /// What it is.
    pub kind: DatastoreKind,
    /// Its engine and version, as people say them: `PostgreSQL 16.3`.
    pub engine: Attr<Text>,
    /// The class of its machines.
    pub class: Attr<Text>,
    /// Over how many zones it stands.
    pub availability: Attr<Availability>,
    /// What says so.
    pub availability_attribute: &'static str,
    /// What that says.
    pub availability_value: Text,
    /// How it is made to stand over more zones.
    pub wider: &'static str,
    /// The attribute that is billed for that, and its value then, where that can be told.
    pub widened: Option<(&'static str, Value)>,
    /// All attributes that are to be written for it, with their values; none where more is to be done by hand.
    pub widening: Vec<(&'static str, Value)>,
    /// What it consists of, where each of these stands by itself: `shard`.
    pub apart: Option<&'static str>,
    /// The zone of a single machine; unset where the cloud chooses.
    pub zone: Attr<Text>,
    /// Whether it has a public address; unset where it has not.
    pub public: Attr<bool>,
    /// Of a copy of a database in another region: whether it hands on to that what is written to it.
    pub forwards: Option<Stated<bool>>,
    /// The port on which it listens.
    pub port: Attr<i64>,
    /// How many connections it takes, for databases of a kind that we know.
    pub database: Option<Database>,
    /// What a cache loses with one of its machines, where that is known.
    pub lasting: Option<Box<Lasting>>,
}

/// What bounds a database's connections.
#[derive(Debug)]
pub struct Database {
    /// Its limit.
    pub limit: Attr<ConnectionLimit>,
    /// The attribute that has its class.
    pub class_attribute: &'static str,
    /// Machines that answer readers, where these are no resources of their own.
    pub readers: u64,
    /// The pooler that its cloud offers for it.
    pub pooler: &'static str,
    /// The limit for an engine, as people say it, and a class: what a replica has that does not say its engine.
    pub sized: fn(&Text, &Text) -> Option<ConnectionLimit>,
    /// For an engine as people say it, a class and its limit: larger classes of every family that it could move to, its own family first, each family smallest first; with what the
    /// limit's formula needs to know of them.
    pub larger: fn(&Text, &Text, &ConnectionLimit) -> Vec<LargerClass>,
}

/// A class that a database could have instead.
#[derive(Debug)]
pub struct LargerClass {
    /// Its name.
    pub class: Text,
    /// Its family: classes of one differ only in size.
    pub family: &'static str,
    /// What the limit's formula needs to know of it.
    pub variables: Vec<(Variable, Interval)>,
}

/// A machine of a database cluster.
#[derive(Debug)]
pub struct DatabaseMember {
    /// Its class.
    pub class: Attr<Text>,
    /// The attribute that has it.
    pub class_attribute: &'static str,
    /// Its zone; unset where the cloud chooses.
    pub zone: Attr<Text>,
    /// Whether it has a public address.
    pub public: Attr<bool>,
    /// Its limit, as far as its class decides it.
    pub limit: Attr<ConnectionLimit>,
}

/// The value that a parameter group sets.
#[derive(Debug)]
pub struct SetParameter {
    /// The parameter.
    pub name: Text,
    /// Its value.
    pub value: Attr<Result<Formula, FormulaError>>,
    /// Its value as it was written, where it may be shown.
    pub text: Attr<Text>,
}

/// A database's settings: only those that a rule reads.
#[derive(Debug, Default)]
pub struct ParameterGroup {
    /// What it sets.
    pub parameters: Vec<SetParameter>,
    /// Why there may be more that cannot be seen, if there may.
    pub hidden: Option<Why>,
}

/// Something that shares database connections among clients.
#[derive(Debug)]
pub struct Pooler {
    /// How much of a database's connections it may take where nothing else says so, in percent.
    pub percent: Stated<u64>,
}

/// How much of a database's connections a pooler may take.
#[derive(Debug)]
pub struct PoolerShare {
    /// In percent; unset where it is left to the pooler.
    pub percent: Stated<u64>,
}

/// The kind of thing that a store holds.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum StoreKind {
    /// Objects in buckets.
    Objects,
    /// Items in tables.
    Table,
    /// Container images.
    Images,
    /// Secrets.
    Secret,
    /// Parameters.
    Parameter,
    /// Logs.
    Logs,
    /// Keys.
    Keys,
}

/// A service that holds things.
#[derive(Debug)]
pub struct Store {
    /// What it holds.
    pub kind: StoreKind,
    /// The services that serve it, for those who call it from inside a network.
    pub services: &'static [&'static Service],
    /// Other regions in which a replica answers.
    pub copies: Box<[Text]>,
}
