//! What somebody chose of a range: a class of machine, a kind of disk; and what the range has beside it.

use super::Value;
use crate::model::{Attr, Text};
use crate::units::Decimal;

/// What a resource was chosen from a range for.
#[derive(Debug, Default)]
pub struct Choices {
    /// Its class of machine.
    pub machine: Option<MachineChoice>,
    /// Its disks, one for each attribute that says their kind.
    pub disks: Vec<DiskChoice>,
    /// Its class, where that lives on processor credits, or may.
    pub burst: Option<Burst>,
}

/// A class that has its processors for a share of the time only, and does more out of credits.
#[derive(Debug)]
pub struct Burst {
    /// The attribute that says it.
    pub attribute: &'static str,
    /// Its name.
    pub class: Attr<Text>,
    /// What becomes of it beyond its share, when its credits are spent.
    pub beyond: Beyond,
    /// Classes that have their processors for themselves, of at least the same memory.
    pub steady: Vec<Text>,
    /// What has to be seen to before the class is changed.
    pub caution: &'static str,
    /// Where the table of classes comes from.
    pub source: &'static str,
}

/// What becomes of a machine beyond its share, when its credits are spent.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Beyond {
    /// It goes on, and that is billed.
    Billed,
    /// It slows down to its share.
    Stops,
    /// Nobody says so here.
    Unsaid,
}

/// How capacity is bought.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Market {
    /// At the usual price, for as long as it is wanted.
    Usual,
    /// Spare capacity, cheaper, that the cloud may take back.
    Spare,
    /// Some of both.
    Mixed,
}

impl Market {
    /// The words for it in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Usual => "usual",
            Self::Spare => "spare",
            Self::Mixed => "mixed",
        }
    }
}

/// How the capacity is bought that something runs on, and what would have it run on spare capacity.
#[derive(Debug)]
pub struct MarketChoice {
    /// The attribute that says it.
    pub attribute: &'static str,
    /// How it is bought; unset where the cluster around it decides.
    pub market: Attr<Market>,
    /// What the attribute says, for readers.
    pub stated: Text,
    /// What spare capacity is called: `Spot capacity`.
    pub spare: &'static str,
    /// Whether what runs on it is batch work by its nature.
    pub batch: bool,
    /// What would have it run on spare capacity, as an imperative.
    pub advice: &'static str,
    /// The attribute that this changes, and its value, so far as a bill depends on it.
    pub change: Option<(&'static str, Value)>,
}

/// A class of machine, and the classes that could stand in its place: of the same size, with at least as many processors,
/// as much memory and as large disks of their own.
#[derive(Debug)]
pub struct MachineChoice {
    /// The attribute that says it.
    pub attribute: &'static str,
    /// Whether that is a list, of which it is the only one.
    pub listed: bool,
    /// Its name.
    pub class: Attr<Text>,
    /// Classes of later generations, of the same processor architecture.
    pub successors: Vec<Text>,
    /// Classes with ARM processors. Unset where there are none, or where what runs on it needs x86.
    pub arm: Attr<Text>,
    /// What decides whether there is one with ARM processors.
    pub arm_by: &'static str,
    /// What has to be seen to before the class is changed for one of a later generation.
    pub caution: &'static str,
    /// What has to be seen to before it is changed for one with ARM processors.
    pub arm_caution: &'static str,
    /// Where the table of classes comes from.
    pub source: &'static str,
}

/// Disks of one kind.
#[derive(Debug)]
pub struct DiskChoice {
    /// The attribute that says the kind; a dotted path leads through blocks.
    pub attribute: &'static str,
    /// The kind.
    pub class: Attr<Text>,
    /// How many there are.
    pub count: u64,
    /// Gigabytes of the largest.
    pub gigabytes: Attr<u64>,
    /// Whether the attribute says the kind of others as well, which are of another.
    pub mixed: bool,
    /// The kind that follows it; none of a kind that is not of an earlier generation.
    pub successor: Option<DiskSuccessor>,
}

/// The kind of disk that follows another.
#[derive(Clone, Debug)]
pub struct DiskSuccessor {
    /// Its name.
    pub class: &'static str,
    /// What is in the price of each of its disks, whatever its size.
    pub included: Pace,
    /// What the largest disk of the old kind gives at its best; none where its size cannot be told.
    pub matched: Option<Pace>,
    /// The attributes that ask for more than is included.
    pub attributes: [&'static str; 2],
    /// Where this is said.
    pub source: &'static str,
}

/// How fast a disk is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Pace {
    /// Operations a second.
    pub operations: u64,
    /// Megabytes a second.
    pub megabytes: u64,
}

impl Pace {
    /// At least both.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Self { operations: self.operations.max(other.operations), megabytes: self.megabytes.max(other.megabytes) }
    }

    /// Both numbers, for attributes.
    pub fn numbers(self) -> [Decimal; 2] {
        [self.operations, self.megabytes].map(Decimal::from)
    }
}
