//! Disks and file systems: what workloads mount.

use crate::model::{Attr, Text};

/// The kind of storage.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum StorageKind {
    /// A disk, which only machines of its own zone can have.
    Disk,
    /// Files, which many reach over the network.
    Files,
}

impl StorageKind {
    /// The word for it in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Disk => "disk",
            Self::Files => "files",
        }
    }
}

/// What a unit finds beside its own disk.
#[derive(Clone, Debug)]
pub struct Volume {
    /// Its name, by which containers mount it; that of the device for the disk of a machine.
    pub name: Text,
    /// What it is.
    pub kind: Attr<VolumeKind>,
    /// Where it lies on the machine, where it is a folder of that.
    pub path: Text,
    /// The attribute that says so.
    pub attribute: &'static str,
}

/// What a volume is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum VolumeKind {
    /// On a file system that all units reach.
    Shared,
    /// A folder of the machine that the unit happens to run on.
    Machine,
    /// It comes and goes with its unit.
    Unit,
    /// A disk of one machine, which is left behind when that goes.
    LeftBehind,
    /// A disk of one machine, which is empty whenever that has stood still.
    Fleeting,
}

/// Where a container mounts a volume.
#[derive(Clone, Debug)]
pub struct Mount {
    /// The volume's name.
    pub volume: Text,
    /// The path in the container.
    pub path: Text,
    /// Whether it may only read there.
    pub reads_only: bool,
}

/// A disk or a file system.
#[derive(Debug)]
pub struct Storage {
    /// What it is.
    pub kind: StorageKind,
    /// Whether it stands in several zones.
    pub spread: Attr<bool>,
    /// What says so.
    pub spread_attribute: &'static str,
    /// What that says.
    pub spread_value: Text,
    /// The zone of what stands in one; unset where its subnet decides.
    pub zone: Attr<Text>,
    /// What people call its own doors, where it is reached through such, one in each zone that has one: `mount target`.
    pub doors: Option<&'static str>,
    /// How it is made to stand in several zones.
    pub wider: &'static str,
    /// How many gigabytes it is billed for, where it is billed by what it could hold; unset otherwise.
    pub size: Attr<u64>,
    /// The name of what gives it to machines by itself, where it says so: a tag of Kubernetes.
    pub claimed: Option<Text>,
}
