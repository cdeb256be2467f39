//! What load balancers cost: hours, capacity units, and their public addresses.

use super::meter;
use crate::facts::{Charge, Field, Lines, Near, Quantity, Record, Relation, Site, Stated, Tariff, UsageKey};
use crate::model::Resource;
use crate::units::{Decimal, HOURS_PER_MONTH};

/// Whether only those inside its network get to a balancer. Default false: documentation of the provider, `aws_lb` and
/// `aws_elb`, internal, read 2026-11-29.
pub(in crate::catalogue::aws) fn internal(resource: &Resource<'_>) -> Stated<bool> {
    Stated::plan("internal", resource.bool("internal")).or_default(false, "documentation of the provider, internal")
}

/// Of application, network and gateway load balancers.
pub(in crate::catalogue::aws) static TARIFF: Tariff = Tariff {
    reads: &[
        Field::text("load_balancer_type"),
        Field::flag("internal"),
        Field::text("ip_address_type"),
        Field::texts("subnets"),
        Field::blocks("subnet_mapping", &[Field::text("allocation_id")]),
    ],
    near: &[Near::From(Relation::ListensOn)],
    usage: USAGE,
    charge: Charge::By(charge),
};

/// Of a listener: it costs nothing itself, and its protocol decides what a capacity unit of its balancer holds.
pub(in crate::catalogue::aws) static LISTENER: Tariff = Tariff { reads: &[Field::text("protocol")], ..Tariff::FREE };

const USAGE: &[UsageKey] = &[
    meter::key("new_connections", "new connections per second, on average"),
    meter::key("active_connections", "connections that are active in a minute, on average"),
    meter::key("processed_bytes_gb", "GB that pass through the load balancer in a month"),
    meter::key(
        "rule_evaluations",
        "rules processed beyond the first ten, times requests, per second (application only)",
    ),
];

/// What one capacity unit holds; the dimension that needs most units is billed.
struct Unit {
    new_connections: u64,
    active_connections: u64,
    rule_evaluations: Option<u64>,
}

/// One GB an hour in each of them; requests to Lambda functions, of which 0.4 GB make a unit, are not told apart.
///
/// Source: Elastic Load Balancing pricing, as transcribed 2026-09-20; the same for NLB and GWLB below.
const APPLICATION: Unit = Unit { new_connections: 25, active_connections: 3_000, rule_evaluations: Some(1_000) };
const TCP: Unit = Unit { new_connections: 800, active_connections: 100_000, rule_evaluations: None };
const UDP: Unit = Unit { new_connections: 400, active_connections: 50_000, rule_evaluations: None };
const TLS: Unit = Unit { new_connections: 50, active_connections: 3_000, rule_evaluations: None };
const GATEWAY: Unit = Unit { new_connections: 600, active_connections: 60_000, rule_evaluations: None };

fn charge(site: &Site<'_>, lines: &mut Lines) {
    // Default application: provider documentation of aws_lb, not looked up again.
    let kind = match meter::word(site.own(), "load_balancer_type", "application") {
        Ok(kind) => kind,
        Err(why) => return lines.not_priced("Load balancer", why),
    };
    let (name, hours, units, unit) = match kind {
        "network" => ("Network load balancer", "aws_lb/Network load balancer", "AWSELB/LCUUsage NLB", strictest(site)),
        "gateway" => ("Gateway load balancer", "aws_lb/Gateway load balancer", "AWSELB/LCUUsage GWLB", GATEWAY),
        _ => ("Application load balancer", "aws_lb/Application load balancer", "AWSELB/LCUUsage ALB", APPLICATION),
    };
    lines.hours(name, hours, 1);
    let used = capacity_units(site, &unit);
    lines.capacity("Load balancer capacity units", "LCU", units, Quantity::Used(used));
    if kind != "gateway"
        && let Some(number) = addresses(site.own())
    {
        meter::public_addresses(lines, number);
    }
}

/// The unit of a network load balancer by its listeners: a usage file does not tell their connections apart, so the smallest
/// of their units counts. A balancer without listeners here takes TCP.
fn strictest(site: &Site<'_>) -> Unit {
    let (listeners, _) = site.from(Relation::ListensOn);
    let protocols: Vec<_> =
        listeners.iter().filter_map(|listener| listener.own().text("protocol").into_known()).collect();
    let any = |name: &str| protocols.iter().any(|protocol| protocol.as_str() == name);
    if any("TLS") {
        TLS
    } else if any("UDP") || any("TCP_UDP") {
        UDP
    } else {
        TCP
    }
}

/// How many units a balancer takes at any time; `None` if nobody says how it is used.
fn capacity_units(site: &Site<'_>, unit: &Unit) -> Option<Decimal> {
    let rules = unit.rule_evaluations.and_then(|most| meter::per(site.usage("rule_evaluations"), most));
    let dimensions = [
        meter::per(site.usage("new_connections"), unit.new_connections),
        meter::per(site.usage("active_connections"), unit.active_connections),
        site.usage("processed_bytes_gb").and_then(|gb| gb.checked_div(HOURS_PER_MONTH)),
        rules,
    ];
    dimensions.into_iter().flatten().max()
}

/// A balancer on the internet has a public address in each of its subnets; those that are Elastic IPs are billed there.
/// `None` where it has none.
///
/// Source: Elastic Load Balancing FAQ, public IPv4 addresses; AWS re:Post, one address per zone at the least, 2026-11.
fn addresses(own: &Record) -> Option<Quantity> {
    match meter::flag(own, "internal", false) {
        Ok(true) => return None,
        Ok(false) => {}
        Err(why) => return Some(Quantity::Unknown(why)),
    }
    if own.text("ip_address_type").known().is_some_and(|kind| kind.as_str() == "dualstack-without-public-ipv4") {
        return None;
    }
    let subnets = match meter::texts(own, "subnets") {
        Ok(None) => meter::blocks(own, "subnet_mapping"),
        Ok(Some(number)) => Ok(number),
        Err(why) => Err(why),
    };
    let number = match subnets {
        Ok(number) if number.is_zero() => Err("neither subnets nor subnet_mapping is set".to_owned()),
        other => other.map(|number| number - Decimal::from(elastic(own))),
    };
    match number {
        Ok(number) if number <= Decimal::ZERO => None,
        number => Some(meter::exactly(number)),
    }
}

/// How many of its addresses are Elastic IPs.
fn elastic(own: &Record) -> usize {
    let mappings = own.blocks("subnet_mapping");
    let has_one = |mapping: &&Record| !mapping.text("allocation_id").is_unset();
    mappings.known().map_or(0, |mappings| mappings.iter().filter(has_one).count())
}

/// Of load balancers of the first generation.
pub(in crate::catalogue::aws) static CLASSIC: Tariff = Tariff {
    reads: &[Field::flag("internal"), Field::texts("subnets"), Field::texts("availability_zones")],
    near: &[],
    usage: &[meter::key("monthly_data_processed_gb", "GB that pass through the load balancer in a month")],
    charge: Charge::By(charge_classic),
};

fn charge_classic(site: &Site<'_>, lines: &mut Lines) {
    lines.hours("Classic load balancer", "aws_elb/Classic load balancer", 1);
    let processed = site.usage("monthly_data_processed_gb");
    lines.used("Data processed", "GB", "AWSELB/DataProcessing-Bytes", processed);
    match meter::flag(site.own(), "internal", false) {
        Ok(true) => {}
        Ok(false) => meter::public_addresses(lines, meter::exactly(zones(site.own()))),
        Err(why) => meter::public_addresses(lines, Quantity::Unknown(why)),
    }
}

/// In how many subnets it stands, or in how many zones of the default network.
fn zones(own: &Record) -> Result<Decimal, String> {
    if let Some(subnets) = meter::texts(own, "subnets")? {
        return Ok(subnets);
    }
    let zones = meter::texts(own, "availability_zones")?;
    zones.ok_or_else(|| "neither subnets nor availability_zones is set".to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Decimal, TARIFF, addresses};
    use crate::facts::{Quantity, Record, Value};
    use crate::model::Attr;

    #[test]
    fn addresses_that_are_elastic_are_billed_elsewhere() {
        let fields = TARIFF.reads;
        let texts = |number: usize| Value::Texts(vec![Attr::Set("subnet".into()); number].into());
        let two = Record::new(fields, &[("subnets", texts(2))]);
        assert!(matches!(addresses(&two), Some(Quantity::Known(n)) if n.expected == Decimal::TWO));
        assert!(addresses(&Record::new(fields, &[("internal", Value::Flag(true)), ("subnets", texts(2))])).is_none());
        assert!(matches!(addresses(&Record::new(fields, &[])), Some(Quantity::Unknown(_))));
    }
}
