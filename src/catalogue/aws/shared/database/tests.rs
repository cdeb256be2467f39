//! Limits that are documented, and limits that were observed.

use super::*;

fn range(engine: &str, version: &str, class: &str) -> Interval {
    let version = if version.is_empty() { Attr::Unset } else { Attr::Set(version.into()) };
    let limit = limit(&Attr::Set(engine.into()), &version, &Attr::Set(class.into()), &Attr::Unset, &Attr::Unset, CLASS);
    evaluate(&limit.into_known().unwrap())
}

fn evaluate(limit: &ConnectionLimit) -> Interval {
    let value = limit.default.as_ref().unwrap().evaluate(&limit.variables).unwrap();
    match limit.cap {
        Some(cap) => Interval { low: value.low.min(cap.limit), high: value.high.min(cap.limit) },
        None => value,
    }
}

/// Observed limits: tritoneco.com 2015 (`MySQL`), gist by guizmaii (`PostgreSQL`), and AWS's own examples: about 630 on
/// an 8 GiB db.m7g.large, about 60 on db.t3.micro.
#[test]
fn observed_limits_lie_in_the_range() {
    for (engine, class, observed) in [
        ("mysql", "db.t2.micro", 66),
        ("mysql", "db.t2.small", 150),
        ("mysql", "db.m3.medium", 296),
        ("mysql", "db.t3.medium", 307),
        ("mysql", "db.m3.large", 609),
        ("mysql", "db.m4.large", 648),
        ("mysql", "db.r3.large", 1258),
        ("mysql", "db.m3.2xlarge", 2492),
        ("mysql", "db.m7g.large", 630),
        ("mysql", "db.t3.micro", 60),
        ("postgres", "db.t2.small", 198),
        ("postgres", "db.t2.medium", 413),
        ("postgres", "db.m4.large", 856),
        ("postgres", "db.r4.large", 1660),
        ("aurora-postgresql", "db.r5.large", 1600),
    ] {
        let range = range(engine, "", class);
        // 1,600 is printed rounded; within 5 % of it.
        let slack = if observed == 1600 { 80 } else { 0 };
        assert!(range.low <= observed + slack && observed <= range.high, "{engine} {class}: {observed} in {range}");
    }
}

#[test]
fn documented_limits_are_exact() {
    for (engine, class, documented) in [
        ("aurora-mysql", "db.t3.small", 45),
        ("aurora-mysql", "db.t3.medium", 90),
        ("aurora-mysql", "db.r3.large", 1000),
        ("aurora-mysql", "db.r5.4xlarge", 4000),
        ("aurora-mysql", "db.r8g.48xlarge", 8000),
        ("aurora-mysql", "db.x2g.16xlarge", 7000),
        ("aurora-postgresql", "db.t3.medium", 420),
        ("aurora-postgresql", "db.r6g.large", 1722),
        ("aurora-postgresql", "db.r5.2xlarge", 5000),
    ] {
        assert_eq!(range(engine, "", class), Interval::exactly(documented), "{engine} {class}");
    }
}

/// From 1,024 GiB on there would be 87,381: far above the 5,000 at which others are capped.
#[test]
fn mysql_is_never_capped() {
    let range = range("mysql", "8.0", "db.r6i.32xlarge");
    assert!(range.low > 80_000 && range.high == 87_381, "{range}");
    // What a formula in a parameter group caps is another matter.
    assert_eq!(self::range("postgres", "16.4", "db.r6i.32xlarge"), Interval::exactly(5000));
}

/// `MariaDB` halves its limit from 10.5 on, at both ends.
#[test]
fn mariadb_halved_its_limit() {
    let (old, new) = (range("mariadb", "10.4.8", "db.m5.large"), range("mariadb", "10.5", "db.m5.large"));
    assert_eq!((old.high, new.high), (682, 341));
    assert_eq!(old.low / 2, new.low);
    assert_eq!(Engine::of("mariadb", &Attr::Set("10.3.1".into())), None);
    assert_eq!(Engine::of("mariadb", &Attr::Set("11.4".into())), Some(Engine::MariaDb));
    assert_eq!(Engine::of("oracle-ee", &Attr::Unset), None);
}

fn of_serverless(engine: &str, minimum: f64, maximum: f64) -> ConnectionLimit {
    let (minimum, maximum) = (Attr::Set(minimum), Attr::Set(maximum));
    serverless(&Attr::Set(engine.into()), &Attr::Unset, &minimum, &maximum).into_known().unwrap()
}

/// Half a unit at the least caps `PostgreSQL`, and only that; one unit lifts it.
#[test]
fn a_low_minimum_caps_postgres() {
    for (minimum, limit) in [(0.0, 2000), (0.5, 2000), (1.0, 5000)] {
        let of = of_serverless("aurora-postgresql", minimum, 64.0);
        assert_eq!(evaluate(&of), Interval::exactly(limit), "{minimum}");
        assert_eq!(of.cap.is_some(), minimum < 1.0);
    }
    let small = of_serverless("aurora-postgresql", 0.5, 4.0);
    assert_eq!(evaluate(&small), Interval::exactly(823));
    assert_eq!(small.cap.unwrap().lift, "raise min_capacity to 1");
    assert!(of_serverless("aurora-mysql", 0.5, 128.0).cap.is_none());
}

#[test]
fn serverless_limits() {
    let limit = |engine, minimum, maximum| evaluate(&of_serverless(engine, minimum, maximum));
    // The user guide's own rows.
    assert_eq!(limit("aurora-postgresql", 1.0, 16.0), Interval::exactly(3360));
    assert_eq!(limit("aurora-mysql", 1.0, 8.0), Interval::exactly(1000));
    assert_eq!(limit("aurora-mysql", 0.5, 128.0), Interval::exactly(5000));
    // 12 units: 24 GiB nominal is 2703; less 0.199 GiB and 6.17 % it is 2514.
    let between = limit("aurora-postgresql", 1.0, 12.0);
    assert!(between.low < 2514 && 2514 < between.high && between.high == 2703, "{between}");
}

/// A line of a table with commas, some of them between quotes.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            c => cells.last_mut().unwrap().push(c),
        }
    }
    cells
}

/// What a row of the reference table is to this model.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Row {
    /// A formula, which is the engine's.
    Formula,
    /// Documented, and exactly what comes out.
    Exact,
    /// Documented as rounded to hundreds: within 5 % of the range.
    Rounded,
    /// Observed, and within 3 % of the range.
    Observed,
    /// Of a cloud that comes later.
    OtherCloud,
    /// Of an engine without a model: planwise says that it knows no limit for it.
    OtherEngine,
    /// Told by a second hand only.
    SecondHand,
}

/// Holds one row against the model.
fn hold(cells: &[String]) -> Row {
    assert!(cells.len() > 9, "{cells:?}");
    let [provider, service, engine, sku, default, confidence] = [0, 1, 2, 3, 5, 9].map(|at| &cells[at]);
    if provider != "aws" {
        return Row::OtherCloud;
    }
    let (name, version) = match (service.as_str(), engine.as_str()) {
        ("rds", "mariadb >=10.5") => ("mariadb", "10.5"),
        ("rds", "mariadb 10.4") => ("mariadb", "10.4"),
        ("rds", "mysql" | "postgres") | ("aurora" | "aurora-serverless-v2", _) => (engine.as_str(), ""),
        _ => return Row::OtherEngine,
    };
    if !["confirmed", "observed"].contains(&confidence.as_str()) {
        return Row::SecondHand;
    }
    if sku == "*" {
        let version = if version.is_empty() { Attr::Unset } else { Attr::Set(version.into()) };
        let (own, _) = Engine::of(name, &version).unwrap().default();
        assert_eq!(super::super::formula::parse(default).unwrap(), own, "{engine}");
        return Row::Formula;
    }
    let wanted: u64 = default.parse().unwrap();
    let range = match sku.strip_prefix("max_capacity=") {
        Some(capacity) => {
            let capacity: f64 = capacity.trim_end_matches(" ACU").parse().unwrap();
            evaluate(&of_serverless(name, 1.0, capacity))
        }
        None => range(name, version, sku),
    };
    let within = |percent: u64| {
        assert!(
            range.low * (100 - percent) / 100 <= wanted && wanted <= range.high,
            "{engine} {sku}: {wanted} is not in {range}"
        );
    };
    if confidence == "observed" {
        within(3);
        Row::Observed
    } else if ["db.r4.large", "db.r4.xlarge", "db.r5.large", "db.r5.xlarge"].contains(&sku.as_str())
        && wanted.is_multiple_of(100)
        && name == "aurora-postgresql"
    {
        within(5);
        Row::Rounded
    } else {
        assert_eq!(range, Interval::exactly(wanted), "{engine} {sku}");
        Row::Exact
    }
}

/// The reference table of limits, where it is at hand. The counts stand here so that no row drops out unseen.
#[test]
fn every_confirmed_limit_of_the_reference() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reference/max_connections.csv");
    let Ok(text) = std::fs::read_to_string(path) else {
        use std::io::Write as _;
        let what = "skipped: every_confirmed_limit_of_the_reference: there is no ../shared/reference";
        let _ = writeln!(std::io::stderr(), "{what}");
        return;
    };
    let mut counts = std::collections::BTreeMap::new();
    for line in text.lines().skip(1) {
        *counts.entry(hold(&cells(line))).or_insert(0) += 1;
    }
    let expected = [
        (Row::Formula, 6),
        (Row::Exact, 116),
        (Row::Rounded, 4),
        (Row::Observed, 21),
        (Row::OtherCloud, 122),
        (Row::OtherEngine, 23),
        (Row::SecondHand, 2),
    ];
    assert_eq!(counts.into_iter().collect::<Vec<_>>(), expected);
}
