//! Percentiles of many samples, in bounded memory.
//!
//! k6 sorts all samples and takes the one at `p × (n − 1)`, or the point between its two neighbours. So does this, to the
//! last digit, while the samples have room; beyond that they are counted in steps of 1/1024 of their size, and a percentile is
//! told by the upper end of its step: never smaller than it is, and by less than 0.1% too large.
//!
//! Source: grafana/k6, metrics/sink.go at 87883075 (the definition), read on 2026-11-29.

use std::collections::BTreeMap;

use super::metric::Percentile;
use super::run::Reading;
use crate::units::Decimal;

/// Of a number's 52 bits behind the point, those that tell samples of one step apart.
const WITHIN_A_STEP: u32 = 42;

/// Room for samples that are kept one by one.
#[derive(Debug)]
pub(super) struct Room(pub(super) usize);

/// The samples of one metric.
#[derive(Debug)]
pub(super) struct Quantiles {
    samples: Samples,
    count: u64,
    most: f64,
}

#[derive(Debug)]
enum Samples {
    /// Each of them.
    Kept(Vec<f64>),
    /// How many are in each step.
    Counted(BTreeMap<u64, u64>),
}

impl Quantiles {
    pub(super) const fn new() -> Self {
        Self { samples: Samples::Kept(Vec::new()), count: 0, most: 0.0 }
    }

    /// How many samples there are.
    pub(super) const fn count(&self) -> u64 {
        self.count
    }

    /// Whether every sample is kept.
    pub(super) const fn is_exact(&self) -> bool {
        matches!(self.samples, Samples::Kept(_))
    }

    /// Takes in a sample that is neither negative nor without end.
    pub(super) fn add(&mut self, sample: f64, room: &mut Room) {
        self.count += 1;
        self.most = self.most.max(sample);
        match &mut self.samples {
            Samples::Kept(kept) if room.0 > 0 => {
                room.0 -= 1;
                kept.push(sample);
            }
            Samples::Kept(kept) => {
                // Whoever finds no room gives back what it has.
                room.0 += kept.len();
                let mut steps = BTreeMap::new();
                for sample in std::mem::take(kept).into_iter().chain([sample]) {
                    *steps.entry(step(sample)).or_default() += 1;
                }
                self.samples = Samples::Counted(steps);
            }
            Samples::Counted(steps) => *steps.entry(step(sample)).or_default() += 1,
        }
    }

    /// Brings the samples into their order, which percentiles need.
    pub(super) fn sort(&mut self) {
        if let Samples::Kept(kept) = &mut self.samples {
            kept.sort_unstable_by(f64::total_cmp);
        }
    }

    /// The time within which that share of the samples lies; nothing without samples. They have to be sorted.
    pub(super) fn at(&self, percentile: Percentile) -> Option<Reading> {
        let last = self.count.checked_sub(1)?;
        let place = percentile.fraction().checked_mul(last.into())?;
        let below = u64::try_from(place.trunc()).ok()?;
        let (low, high) = (self.ranked(below)?, self.ranked(below.saturating_add(1).min(last))?);
        let between = high.checked_sub(low)?.checked_mul(place.fract())?;
        let value = low.checked_add(between)?.normalize();
        if self.is_exact() {
            return Some(Reading::exact(value));
        }
        let smallest = value.checked_sub(value.checked_div(Decimal::from(1024))?)?;
        Some(Reading { value, low: smallest, high: value })
    }

    /// The sample at a place in the order.
    fn ranked(&self, place: u64) -> Option<Decimal> {
        let sample = match &self.samples {
            Samples::Kept(kept) => *kept.get(usize::try_from(place).ok()?)?,
            Samples::Counted(steps) => {
                let mut seen = 0_u64;
                let (step, _) = steps.iter().find(|(_, count)| {
                    seen = seen.saturating_add(**count);
                    seen > place
                })?;
                f64::from_bits(step.checked_add(1)?.checked_shl(WITHIN_A_STEP)?).min(self.most)
            }
        };
        // The shortest text that stands for the sample: what the tool wrote.
        sample.to_string().parse().ok()
    }
}

/// The step in which a sample lies: its exponent, and ten of the bits behind the point.
const fn step(sample: f64) -> u64 {
    sample.to_bits() >> WITHIN_A_STEP
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(samples: impl IntoIterator<Item = f64>, room: usize) -> Quantiles {
        let (mut all, mut room) = (Quantiles::new(), Room(room));
        samples.into_iter().for_each(|sample| all.add(sample, &mut room));
        all.sort();
        all
    }

    fn value(all: &Quantiles, percent: &str) -> String {
        all.at(Percentile::parse(percent).unwrap()).unwrap().value.to_string()
    }

    #[test]
    fn percentiles_lie_between_neighbours() {
        // 10, 20, 30, 40, 50: the place of P95 is 0.95 × 4 = 3.8, so it is 40 + 0.8 × 10 = 48; P50 is at 2, exactly 30.
        let five = of([50.0, 10.0, 40.0, 20.0, 30.0], 100);
        assert_eq!(value(&five, "95"), "48");
        assert_eq!(value(&five, "50"), "30");
        assert_eq!(value(&five, "100"), "50");
        // 0.99 × 4 = 3.96: 40 + 9.6.
        assert_eq!(value(&five, "99"), "49.6");
        assert_eq!(value(&of([459.865_729], 9), "99"), "459.865729");
        // 0.1 + 0.5 × (0.3 − 0.1): no dust of binary numbers.
        assert_eq!(value(&of([0.1, 0.3], 9), "50"), "0.2");
        assert_eq!(of([], 9).at(Percentile::P95), None);
    }

    /// The bound that is promised, over six orders of magnitude.
    #[test]
    fn counted_samples_are_told_within_the_bound() {
        let mut state = 1_u64;
        let samples: Vec<f64> = (0..20_000)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let part = f64::from(u32::try_from(state >> 40).unwrap()) / f64::from(1_u32 << 24);
                0.01 * 10_f64.powf(part * 6.0)
            })
            .collect();
        let (exact, counted) = (of(samples.clone(), usize::MAX), of(samples, 1_000));
        assert!(exact.is_exact() && !counted.is_exact());
        assert_eq!(exact.count(), counted.count());
        for percent in ["1", "25", "50", "90", "95", "99", "99.9", "100"] {
            let percentile = Percentile::parse(percent).unwrap();
            let (true_value, told) = (exact.at(percentile).unwrap().value, counted.at(percentile).unwrap());
            assert!(told.low <= true_value && true_value <= told.high, "{percent}: {true_value} {told:?}");
            assert!((told.value - true_value) / true_value < Decimal::new(1, 3), "{percent}: {true_value} {told:?}");
        }
    }

    #[test]
    fn whoever_finds_no_room_makes_room() {
        let mut room = Room(3);
        let (mut large, mut small) = (Quantiles::new(), Quantiles::new());
        for sample in [1.0, 2.0, 3.0, 4.0] {
            large.add(sample, &mut room);
        }
        small.add(5.0, &mut room);
        assert!(!large.is_exact() && small.is_exact());
        assert_eq!(value(&large, "100"), "4");
        assert_eq!(value(&of([0.0, 0.0, 0.0], 1), "99"), "0");
    }
}
