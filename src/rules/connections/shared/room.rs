//! How many connections may be asked for.

use crate::topology::Capacity;
use crate::units::{Grouped, Interval};

/// The connections that ordinary users get, less those that must stay free.
#[derive(Clone, Copy, Debug)]
pub(in crate::rules::connections) struct Room {
    /// How many there are, at least.
    pub(in crate::rules::connections) free: u64,
    /// And at most, where the limit is an estimate.
    pub(in crate::rules::connections) most: u64,
    /// How many per cent must stay free.
    headroom: u64,
}

impl Room {
    pub(in crate::rules::connections) fn new(capacity: &Capacity, headroom: u64) -> Self {
        let room = Self { free: 0, most: 0, headroom };
        let most = room.of(Interval::exactly(capacity.usable.high));
        Self { free: room.of(capacity.usable), most, ..room }
    }

    /// What may be asked for of so many.
    pub(in crate::rules::connections) fn of(self, usable: Interval) -> u64 {
        let kept = u128::from(usable.low) * u128::from(self.headroom) / 100;
        usable.low.saturating_sub(u64::try_from(kept).unwrap_or(u64::MAX))
    }

    /// `, of which 20 % must stay free`, where some must.
    pub(in crate::rules::connections) fn kept_free(self) -> String {
        match self.headroom {
            0 => String::new(),
            percent => format!(", of which {percent} % must stay free: {} may be asked for", Grouped(self.free)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 20 % of 105 is 21; a limit may be set to anything that fits into 64 bits.
    #[test]
    fn headroom_is_taken_off() {
        let room = |percent, usable| Room { free: 0, most: 0, headroom: percent }.of(Interval::exactly(usable));
        assert_eq!((room(0, 105), room(20, 105), room(99, 100)), (105, 84, 1));
        assert_eq!(room(50, u64::MAX), u64::MAX / 2 + 1);
    }
}
