//! The two speeds of disks, and how what is paid for of them compares with what a machine carries.

use crate::facts::{DiskRate, Lane, Pace};
use crate::topology::Mounted;
use crate::units::Grouped;

/// One of the two speeds.
#[derive(Clone, Copy)]
pub(in crate::rules::isolation) struct Speed {
    /// `operations a second`.
    pub(in crate::rules::isolation) unit: &'static str,
    /// The names of its measures: what is paid for, what is carried at all times, and in bursts.
    pub(in crate::rules::isolation) measures: [&'static str; 3],
    pub(in crate::rules::isolation) rate: fn(&Mounted) -> &DiskRate,
    pub(in crate::rules::isolation) of: fn(Pace) -> u64,
}

pub(in crate::rules::isolation) const SPEEDS: [Speed; 2] = [
    Speed {
        unit: "operations a second",
        measures: ["operations", "operations_carried", "operations_in_bursts"],
        rate: |mounted| &mounted.disk.operations,
        of: |pace| pace.operations,
    },
    Speed {
        unit: "MB a second",
        measures: ["megabytes", "megabytes_carried", "megabytes_in_bursts"],
        rate: |mounted| &mounted.disk.megabytes,
        of: |pace| pace.megabytes,
    },
];

/// What is paid for of one speed, and what of it the machine carries.
pub(in crate::rules::isolation) struct Excess<'t> {
    pub(in crate::rules::isolation) speed: Speed,
    /// The disks that are paid for.
    pub(in crate::rules::isolation) disks: Vec<&'t Mounted>,
    pub(in crate::rules::isolation) paid: u64,
    pub(in crate::rules::isolation) sustained: u64,
    pub(in crate::rules::isolation) peak: u64,
}

impl Excess<'_> {
    pub(in crate::rules::isolation) fn is_beyond_bursts(&self, tolerance: u64) -> bool {
        exceeds(self.paid, self.peak, tolerance)
    }

    /// `16,000 operations a second on its disks, of which m5.large carries 3,600 at all times, and more in bursts only`.
    /// Of a second speed the disks and the class are not named again.
    pub(in crate::rules::isolation) fn in_words(&self, class: &str, tolerance: u64, again: bool) -> String {
        let (paid, unit) = (Grouped(self.paid), self.speed.unit);
        let (sustained, peak) = (Grouped(self.sustained), Grouped(self.peak));
        let carried = if self.peak <= self.sustained {
            sustained.to_string()
        } else if self.is_beyond_bursts(tolerance) {
            format!("{sustained} at all times and {peak} in bursts")
        } else {
            format!("{sustained} at all times, and more in bursts only")
        };
        if again {
            format!("{paid} {unit}, of which it carries {carried}")
        } else {
            format!("{paid} {unit} on its disks, of which {class} carries {carried}")
        }
    }
}

/// Whether `paid` is more than `carried` by more than so many per cent.
pub(in crate::rules::isolation) fn exceeds(paid: u64, carried: u64, tolerance: u64) -> bool {
    let allowed = u128::from(carried) * u128::from(tolerance.saturating_add(100));
    u128::from(paid) * 100 > allowed
}

/// What somebody calls a disk: its resource, and its name in there.
pub(in crate::rules::isolation) fn named(mounted: &Mounted) -> String {
    if mounted.disk.name.is_empty() {
        mounted.at.to_string()
    } else {
        format!("{} of {}", mounted.disk.name, mounted.at)
    }
}

pub(in crate::rules::isolation) fn carries(lane: Lane) -> String {
    if lane.peak == lane.sustained {
        told(lane.sustained)
    } else {
        format!("{} at all times, {} in bursts", told(lane.sustained), told(lane.peak))
    }
}

pub(in crate::rules::isolation) fn told(pace: Pace) -> String {
    format!("{} operations and {} MB a second", Grouped(pace.operations), Grouped(pace.megabytes))
}
