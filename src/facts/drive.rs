//! Disks with what is paid for their speed, and the machines that have them.

use super::Pace;
use crate::model::{Attr, Text, Why};

/// What a resource says of disks, and of the machines that have them.
#[derive(Debug, Default)]
pub struct Drives {
    /// The classes of machine that it names; none where it leaves that to a template.
    pub classes: Vec<MachineClass>,
    /// Why there may be other classes, if there may.
    pub hidden: Option<Why>,
    /// Its disks.
    pub disks: Vec<Disk>,
}

/// A class of machine.
#[derive(Clone, Debug, PartialEq)]
pub struct MachineClass {
    /// The attribute that says it.
    pub attribute: &'static str,
    /// Its name.
    pub name: Attr<Text>,
    /// What it carries; none where nobody says so.
    pub lane: Option<Lane>,
    /// Larger ones of its family that carry more, smallest first. None where the attribute is a list.
    pub wider: Vec<(Text, Lane)>,
}

/// How much a machine reads from its disks and writes to them, all of them together.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Lane {
    /// At all times.
    pub sustained: Pace,
    /// In bursts, as long as its credits last; the same where it has no bursts.
    pub peak: Pace,
    /// Where the table comes from.
    pub source: &'static str,
}

/// A disk.
#[derive(Clone, Debug, PartialEq)]
pub struct Disk {
    /// Its name among those of its resource; empty where that is itself the disk, or has only one.
    pub name: Text,
    /// Its kind.
    pub kind: Attr<Text>,
    /// Operations a second.
    pub operations: Rate,
    /// Megabytes a second.
    pub megabytes: Rate,
    /// What it lives on, where it is fast in bursts only.
    pub credits: Option<Credits>,
}

/// One of the two speeds of a disk.
#[derive(Clone, Debug, PartialEq)]
pub struct Rate {
    /// The attribute that asks for it; a dotted path leads through blocks.
    pub attribute: &'static str,
    /// What is asked for; unset where nobody asks, or its kind takes no such thing.
    pub asked: Attr<u64>,
    /// What is in the price.
    pub included: u64,
}

impl Rate {
    /// What is asked for, where that is more than what is in the price: somebody pays for it.
    pub fn paid(&self) -> Attr<u64> {
        match self.asked {
            Attr::Set(asked) if asked <= self.included => Attr::Unset,
            ref asked => asked.clone(),
        }
    }
}

/// What a disk lives on that is fast in bursts only.
#[derive(Clone, Debug, PartialEq)]
pub struct Credits {
    /// Its size in GB, which decides what it gives.
    pub gigabytes: u64,
    /// Operations a second at all times.
    pub sustained: u64,
    /// Operations a second in bursts.
    pub burst: u64,
    /// How many minutes a burst lasts that begins with all credits.
    pub minutes: u64,
    /// The attribute that says the kind.
    pub attribute: &'static str,
    /// A kind without credits.
    pub steady: &'static str,
    /// What that has in its price at this size.
    pub gives: Pace,
    /// Where this is said.
    pub source: &'static str,
}
