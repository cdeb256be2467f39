//! Machines: what the tables say, and what follows from it for regions in which a type exists and no table prices it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::table::{Prices, Table, decimal, estimate, flat, off};
use crate::model::Text;
use crate::prices::Row;
use crate::units::Decimal;

/// The region in which nearly every type is priced.
const HOME: &str = "us-east-1";

/// How far the regional prices of one family may lie apart and still have one ratio to those at home, in percent.
///
/// Source: facts/README.md, section 3, of 2026-11-23: 2,055 of 2,107 pairs of a family and a region are within it.
const FAMILY_WITHIN: &str = "0.5";

pub(super) fn stated(facts: &Path, prices: &mut Prices) {
    for line in Table::read(&facts.join("aws_ec2_prices.csv")).lines() {
        let (name, os) = (line.get("type"), line.get("os"));
        let mut source = line.source();
        // Known to be wrong by now: RHEL's list changed in 2024-07, and those of big GPU machines were cut.
        if os == "rhel" || line.get("note").starts_with("GPU") {
            continue;
        }
        if line.get("note").starts_with("metal") || line.get("confidence") == "C" {
            assert!(name.contains(".metal"), "{name} is doubtful for another reason");
            // The rate of dedicated tenancy is 6 to 10 % above.
            source.name = format!("{}; may be the rate of dedicated tenancy", source.name).into();
            source.within_percent = Some(decimal("10"));
        }
        prices.add(Row {
            key: format!("AmazonEC2/{name}/{os}").into(),
            unit: "hours".into(),
            region: line.text("region"),
            tiers: flat(decimal(line.get("usd_hour"))),
            source,
        });
    }
    for line in Table::read(&facts.join("aws_spot_advisor.csv")).lines() {
        // Where the advisor saw none, or a loss, there is no saving to count on.
        if decimal(line.get("savings_percent")) <= Decimal::ZERO {
            continue;
        }
        prices.add(Row {
            key: format!("AmazonEC2/{}/{}/spot-saving", line.get("type"), line.get("os")).into(),
            unit: "percent".into(),
            region: line.text("region"),
            tiers: flat(decimal(line.get("savings_percent"))),
            source: line.source(),
        });
    }
}

/// Which machine types exist in which region.
pub(super) fn offered(facts: &Path) -> BTreeSet<(Text, Text)> {
    let table = Table::read(&facts.join("aws_instance_type_offerings.csv"));
    table.lines().map(|line| (line.text("type"), line.text("region"))).collect()
}

/// What one machine costs somewhere, as somebody states it.
#[derive(Clone, Debug)]
struct Figure {
    usd: Decimal,
    as_of: Text,
}

/// Prices in a region as multiples of those at home.
#[derive(Clone, Debug)]
struct Ratio {
    value: Decimal,
    as_of: Text,
}

/// How a generation follows another.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Step {
    Intel,
    Amd,
    Graviton,
    /// From the sixth generation on to a later one: it kept its regional ratio less strictly.
    GravitonFromSixth,
}

impl Step {
    /// By how much the ratio of a family may differ from that of its predecessor, in percent.
    ///
    /// Source: facts/README.md, section 3, of 2026-11-23; `hold` measures it anew.
    const fn within(self) -> &'static str {
        match self {
            Self::Intel | Self::Amd | Self::Graviton => "0.5",
            Self::GravitonFromSixth => "12.6",
        }
    }

    const fn law(self) -> &'static str {
        match self {
            Self::Intel | Self::Amd | Self::Graviton => "price in us-east-1 x regional ratio of the family before",
            Self::GravitonFromSixth => "price in us-east-1 x regional ratio of the sixth generation",
        }
    }
}

/// The families before one, the latest first, with the step from each.
fn before(family: &str) -> Vec<(String, Step)> {
    let (Some(letter), Some(generation), Some(suffix)) = (family.get(..1), family.get(1..2), family.get(2..)) else {
        return Vec::new();
    };
    let Ok(generation) = generation.parse::<u32>() else { return Vec::new() };
    if !["c", "m", "r"].contains(&letter) {
        return Vec::new();
    }
    let step = |from: u32| match suffix {
        "i" | "i-flex" => Some(Step::Intel),
        "a" => Some(Step::Amd),
        "g" | "gd" | "gn" if from > 6 => Some(Step::Graviton),
        "g" | "gd" | "gn" => Some(Step::GravitonFromSixth),
        _ => None,
    };
    let older = (6..generation).rev();
    older.filter_map(|older| Some((format!("{letter}{older}{suffix}"), step(older)?))).collect()
}

/// Family and size, unless it is a whole machine, whose prices the sources mix up with those of dedicated tenancy.
fn split(name: &str) -> Option<(&str, &str)> {
    name.split_once('.').filter(|(_, size)| !size.starts_with("metal"))
}

/// The ratios that the stated prices have, by family and region.
fn ratios(figures: &BTreeMap<(Text, Text), Figure>) -> BTreeMap<(Text, Text), Ratio> {
    let mut pairs: BTreeMap<(Text, Text), Vec<(Decimal, Ratio)>> = BTreeMap::new();
    for ((name, region), figure) in figures {
        let (Some((family, _)), Some(home)) = (split(name), figures.get(&(name.clone(), HOME.into()))) else {
            continue;
        };
        let ratio = Ratio { value: figure.usd / home.usd, as_of: figure.as_of.clone().min(home.as_of.clone()) };
        pairs.entry((family.into(), region.clone())).or_default().push((home.usd, ratio));
    }
    let (all, within) = (pairs.len(), Decimal::ONE + decimal(FAMILY_WITHIN) / Decimal::ONE_HUNDRED);
    let mut ratios = BTreeMap::new();
    for (name, mut sizes) in pairs {
        let values = || sizes.iter().map(|(_, ratio)| ratio.value);
        if values().max().unwrap() <= values().min().unwrap() * within {
            // The dearest size is rounded least.
            sizes.sort_by_key(|(usd, _)| *usd);
            ratios.insert(name, sizes.pop().unwrap().1);
        }
    }
    assert!(ratios.len() * 100 > all * 97, "{} of {all} families keep one ratio in a region", ratios.len());
    ratios
}

pub(super) fn estimated(facts: &Path, prices: &mut Prices) {
    let mut figures = BTreeMap::new();
    for row in prices.rows().filter(|row| row.source.within_percent.is_none()) {
        if let Some(name) = row.key.strip_prefix("AmazonEC2/").and_then(|name| name.strip_suffix("/linux")) {
            let figure = Figure { usd: row.tiers[0].usd, as_of: row.source.as_of.clone() };
            figures.insert((name.into(), row.region.clone()), figure);
        }
    }
    let ratios = ratios(&figures);
    hold(&ratios);
    for (name, region) in offered(facts) {
        let (Some((family, _)), Some(home)) = (split(&name), figures.get(&(name.clone(), HOME.into()))) else {
            continue;
        };
        let ratio = |family: &str| ratios.get(&(family.into(), region.clone()));
        let own =
            ratio(family).map(|ratio| (ratio, "price in us-east-1 x regional ratio of the family", FAMILY_WITHIN));
        let predecessor =
            || before(family).into_iter().find_map(|(older, step)| Some((ratio(&older)?, step.law(), step.within())));
        let Some((ratio, law, within)) = own.or_else(predecessor) else { continue };
        prices.fill(Row {
            key: format!("AmazonEC2/{name}/linux").into(),
            unit: "hours".into(),
            region: region.clone(),
            tiers: flat((home.usd * ratio.value).round_dp(5)),
            source: estimate(law, home.as_of.as_str().min(&ratio.as_of), within),
        });
    }
}

/// Measures the law of predecessors wherever both ratios are known.
fn hold(ratios: &BTreeMap<(Text, Text), Ratio>) {
    let mut seen: BTreeMap<Step, Vec<Decimal>> = BTreeMap::new();
    for ((family, region), ratio) in ratios.iter().filter(|((_, region), _)| region != HOME) {
        for (older, step) in before(family) {
            if let Some(older) = ratios.get(&(older.into(), region.clone())) {
                seen.entry(step).or_default().push(off(older.value, ratio.value));
            }
        }
    }
    for step in [Step::Intel, Step::Amd, Step::Graviton, Step::GravitonFromSixth] {
        let off = seen.get(&step).unwrap_or_else(|| panic!("{step:?}: no pair of generations to see it by"));
        let worst = *off.iter().max().unwrap();
        assert!(off.len() >= 10 && worst <= decimal(step.within()), "{step:?}: {worst} % in {} pairs", off.len());
    }
}
