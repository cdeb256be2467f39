//! Database classes: what the tables say, and what follows from it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::ec2;
use super::table::{Line, Prices, Table, decimal, estimate, flat, off};
use crate::model::Text;
use crate::prices::Row;
use crate::units::Decimal;

const HOME: &str = "us-east-1";

/// How far the sizes of a family may lie apart, each by its size, in percent: prices have three decimals, and a size of
/// 0.08 is rounded by as much.
const LINEAR_WITHIN: &str = "1";

/// Families whose regional ratio is taken for that of another, the nearest first, and how far it may be off in percent.
///
/// Source: measured by `hold` where databases of both are priced (`m6i`, `r6i`: 0.5 %). Databases of the seventh generation
/// are priced in one region, so the machines of the same step stand for them: facts/README.md, section 3, of 2026-11-23,
/// 0.02 % for Intel, of which 1 % is stated, and 12.6 % for Graviton.
const PREDECESSORS: &[(&str, &str, &str)] = &[
    ("m6i", "m5", "0.5"),
    ("r6i", "r5", "0.5"),
    ("m7i", "m6i", "1"),
    ("m7i", "m5", "1"),
    ("m7g", "m6g", "12.6"),
    ("r7g", "r6g", "12.6"),
];

/// Engines that have one price from the seventh generation on; `hold` sees that they have.
const OPEN: [&str; 3] = ["mariadb", "mysql", "postgres"];
const AURORA: [&str; 2] = ["aurora-mysql", "aurora-postgresql"];

/// The end of a key: `mysql/single`, `oracle-enterprise/bring-your-own-license/multi`.
fn variant(line: Line<'_>) -> Option<String> {
    let engine = line.get("engine");
    let deployment = match line.get("deployment") {
        "Single-AZ" => "single",
        "Multi-AZ" => "multi",
        "Multi-AZ (readable standbys)" => "multi-2",
        other => panic!("{other} is new"),
    };
    let spelled = |text: &str| text.to_lowercase().replace(' ', "-");
    match (line.get("edition"), line.get("license")) {
        // Racks in somebody's own house, and licences that nobody names.
        _ if engine.contains("Outpost") => None,
        (_, "NA") => None,
        ("", _) => Some(format!("{engine}/{deployment}")),
        (edition, license) => Some(format!("{engine}-{}/{}/{deployment}", spelled(edition), spelled(license))),
    }
}

pub(super) fn stated(facts: &Path, prices: &mut Prices) {
    let mut rows: BTreeMap<(Text, Text), Row> = BTreeMap::new();
    for line in Table::read(&facts.join("aws_rds.csv")).lines() {
        let Some(variant) = variant(line) else { continue };
        let key: Text = format!("AmazonRDS/{}/{variant}", line.get("class")).into();
        let row = Row {
            key: key.clone(),
            unit: "hours".into(),
            region: line.text("region"),
            tiers: flat(decimal(line.get("usd_hour"))),
            source: line.source(),
        };
        // Of two for one class the dearer is that of a database with access to its machine.
        match rows.get_mut(&(key.clone(), row.region.clone())) {
            Some(old) if old.tiers[0].usd <= row.tiers[0].usd => {}
            Some(old) => *old = row,
            None => drop(rows.insert((key, row.region.clone()), row)),
        }
    }
    for row in without_strays(rows.into_values().collect()) {
        prices.add(row);
    }
}

/// What is seven times as dear as its family is a mistake of the list: big sizes of `mariadb` in ap-northeast-3.
fn without_strays(rows: Vec<Row>) -> Vec<Row> {
    let mut families: BTreeMap<Group, Vec<Decimal>> = BTreeMap::new();
    for (group, size, row) in rows.iter().filter_map(|row| Some((Group::of(row)?, size(row)?, row))) {
        families.entry(group).or_default().push(row.tiers[0].usd / size);
    }
    for sizes in families.values_mut() {
        sizes.sort();
    }
    let is_stray = |row: &Row| {
        let (Some(group), Some(size)) = (Group::of(row), size(row)) else { return false };
        let sizes = &families[&group];
        row.tiers[0].usd / size > sizes[sizes.len() / 2] * Decimal::TWO
    };
    let (strays, rows): (Vec<_>, Vec<_>) = rows.into_iter().partition(is_stray);
    assert_eq!(strays.len(), 8, "{strays:?}");
    rows
}

/// What has one price per size: a family, on one engine, in one deployment, in one region.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
struct Group {
    family: Text,
    variant: Text,
    region: Text,
}

impl Group {
    fn of(row: &Row) -> Option<Self> {
        let (class, variant) = row.key.strip_prefix("AmazonRDS/db.")?.split_once('/')?;
        let family = class.split_once('.')?.0;
        Some(Self { family: family.into(), variant: variant.into(), region: row.region.clone() })
    }

    fn in_region(&self, region: &str) -> Self {
        Self { region: region.into(), ..self.clone() }
    }

    fn family(&self, family: &str) -> Self {
        Self { family: family.into(), ..self.clone() }
    }

    fn variant(&self, variant: &str) -> Self {
        Self { variant: variant.into(), ..self.clone() }
    }
}

/// How many times as large as `large` a class is, from that size on.
fn size(row: &Row) -> Option<Decimal> {
    let class = row.key.strip_prefix("AmazonRDS/db.")?.split('/').next()?;
    times(class.split_once('.')?.1)
}

fn times(size: &str) -> Option<Decimal> {
    match size {
        "large" => Some(Decimal::ONE),
        "xlarge" => Some(Decimal::TWO),
        _ => Some(Decimal::TWO * size.strip_suffix("xlarge")?.parse::<Decimal>().ok()?),
    }
}

/// What the size `large` costs, taken from the largest size, and the oldest of the figures.
#[derive(Clone, Debug)]
struct Unit {
    usd: Decimal,
    as_of: Text,
}

/// The groups that are linear in size.
fn linear(prices: &Prices) -> BTreeMap<Group, Unit> {
    let mut groups: BTreeMap<Group, Vec<(Decimal, Unit)>> = BTreeMap::new();
    for row in prices.rows() {
        if let (Some(group), Some(size)) = (Group::of(row), size(row)) {
            let unit = Unit { usd: row.tiers[0].usd / size, as_of: row.source.as_of.clone() };
            groups.entry(group).or_default().push((size, unit));
        }
    }
    let (all, mut linear) = (groups.len(), BTreeMap::new());
    for (group, mut sizes) in groups {
        sizes.sort_by_key(|(size, _)| *size);
        let unit = sizes.last().unwrap().1.clone();
        if sizes.iter().all(|(_, other)| off(other.usd, unit.usd) <= decimal(LINEAR_WITHIN)) {
            linear.insert(group, unit);
        }
    }
    assert!(linear.len() * 100 > all * 95, "{} of {all} families are linear in size", linear.len());
    linear
}

pub(super) fn estimated(facts: &Path, prices: &mut Prices) {
    let offered = ec2::offered(facts);
    let mut linear = linear(prices);
    hold(&linear);
    share(&mut linear);
    let variants: BTreeSet<Text> = linear.keys().map(|group| group.variant.clone()).collect();
    // Whether a database class exists somewhere, no table says; it is taken to, where the machine does.
    for (name, region) in &offered {
        let Some((family, of_size)) = name.split_once('.') else { continue };
        let Some(times) = times(of_size).filter(|times| *times <= largest(family)) else { continue };
        for variant in
            variants.iter().filter(|variant| OPEN.iter().chain(&AURORA).any(|engine| variant.starts_with(engine)))
        {
            let group = Group { family: family.into(), variant: variant.clone(), region: region.clone() };
            let Some((unit, law, within)) = unit(&linear, &group) else { continue };
            prices.fill(Row {
                key: format!("AmazonRDS/db.{name}/{variant}").into(),
                unit: "hours".into(),
                region: region.clone(),
                tiers: flat((unit.usd * times).round_dp(3)),
                source: estimate(law, &unit.as_of, within),
            });
        }
    }
}

/// The largest size that a family has as a database: machines have more.
///
/// Source: the classes of us-east-1 and eu-west-1 in `facts/aws_rds.csv` of 2026-11-23; none of another family is estimated.
fn largest(family: &str) -> Decimal {
    match family {
        "m6g" | "r6g" | "m6gd" | "r6gd" | "m7g" | "r7g" => Decimal::from(32),
        "m5" | "r5" | "m5d" | "r5d" | "r5b" | "m7i" => Decimal::from(48),
        "m6i" | "r6i" => Decimal::from(64),
        _ => Decimal::ZERO,
    }
}

/// What the size `large` of a group costs: from the group itself, or by the regional ratio of a family before it.
fn unit<'l>(linear: &BTreeMap<Group, Unit>, group: &Group) -> Option<(Unit, &'l str, &'l str)> {
    if let Some(unit) = linear.get(group) {
        return Some((unit.clone(), "price of another size of the class x size", LINEAR_WITHIN));
    }
    let home = linear.get(&group.in_region(HOME))?;
    let of_family = PREDECESSORS.iter().filter(|(family, ..)| group.family == *family);
    of_family.clone().find_map(|(_, older, within)| {
        let there = linear.get(&group.family(older))?;
        let here = linear.get(&group.family(older).in_region(HOME))?;
        let as_of = home.as_of.clone().min(there.as_of.clone());
        let unit = Unit { usd: home.usd * there.usd / here.usd, as_of };
        Some((unit, "price in us-east-1 x regional ratio of the class before", *within))
    })
}

/// Gives engines of one price to each other, and two zones twice the price of one, where a family is priced in part.
fn share(linear: &mut BTreeMap<Group, Unit>) {
    let partly = |group: &Group| ["m7g", "m7i", "r7g"].contains(&group.family.as_str());
    let known: Vec<_> = linear.iter().filter(|(group, _)| partly(group)).map(|(a, b)| (a.clone(), b.clone())).collect();
    for (group, unit) in known {
        let Some((engine, deployment)) = group.variant.split_once('/') else { continue };
        for engines in [&OPEN[..], &AURORA[..]].iter().filter(|engines| engines.contains(&engine)) {
            for other in *engines {
                linear.entry(group.variant(&format!("{other}/{deployment}"))).or_insert_with(|| unit.clone());
            }
        }
    }
}

/// Measures what estimates rest on, wherever the figures are known.
fn hold(linear: &BTreeMap<Group, Unit>) {
    for (family, older, within) in PREDECESSORS.iter().filter(|(family, ..)| family.contains('6')) {
        let (mut pairs, mut worst) = (0, Decimal::ZERO);
        for (group, unit) in linear.iter().filter(|(group, _)| group.family == *family && group.region != HOME) {
            let before = group.family(older);
            let known = [&before, &before.in_region(HOME), &group.in_region(HOME)].map(|group| linear.get(group));
            if let [Some(there), Some(here), Some(home)] = known {
                pairs += 1;
                worst = worst.max(off(home.usd * there.usd / here.usd, unit.usd));
            }
        }
        assert!(pairs >= 10 && worst <= decimal(within), "{family}: {worst} % in {pairs} pairs");
    }
    let (mut pairs, mut worst) = (0, Decimal::ZERO);
    for (group, unit) in linear.iter().filter(|(group, _)| ["m7g", "m7i", "r7g"].contains(&group.family.as_str())) {
        let (engine, deployment) = group.variant.split_once('/').unwrap();
        for other in OPEN.iter().filter(|other| OPEN.contains(&engine) && **other != engine) {
            if let Some(other) = linear.get(&group.variant(&format!("{other}/{deployment}"))) {
                pairs += 1;
                worst = worst.max(off(other.usd, unit.usd));
            }
        }
    }
    assert!(pairs >= 10 && worst <= decimal(LINEAR_WITHIN), "open engines: {worst} % in {pairs} pairs");
}
