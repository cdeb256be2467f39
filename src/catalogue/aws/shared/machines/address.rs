//! Public addresses that machines get by where they stand.

use crate::facts::{Lines, Quantity, Relation, Site};
use crate::model::Attr;
use crate::units::Decimal;

const NAME: &str = "Public IPv4 address";
const KEY: &str = "AmazonVPC/PublicIPv4 (in-use or idle)";

/// A public address for each of so many machines, by what they are told, else by what their subnets give.
///
/// Source: Amazon VPC pricing, public IPv4 address, not looked up again: each is billed by the hour since 2024-02-01, whoever it is
/// given by. Amazon VPC user guide, IP addressing (awsdocs), not looked up again: a machine has one if it is told so, else if its
/// subnet gives them to what starts in it; a default subnet does.
pub(in crate::catalogue::aws) fn address(site: &Site<'_>, lines: &mut Lines, told: &Attr<bool>, count: &Quantity) {
    let has = match told {
        Attr::Set(has) => Some(*has),
        Attr::Unknown(why) => {
            lines.hours(NAME, KEY, Quantity::Unknown(format!("associate_public_ip_address is {why}")));
            return;
        }
        Attr::Unset => by_subnet(site),
    };
    match has {
        Some(true) => {
            lines.hours(NAME, KEY, count.clone());
        }
        Some(false) => {}
        // As with usage: no plan shows a subnet that somebody else looks after.
        None => {
            let stated = Quantity::Used(site.usage("public_ipv4_addresses"));
            lines.hours(NAME, KEY, stated.times(count.clone()));
        }
    }
}

/// Whether all subnets that it stands in give public addresses, or none does; `None` where that cannot be seen, or differs.
fn by_subnet(site: &Site<'_>) -> Option<bool> {
    let (subnets, open) = site.to(Relation::InSubnet);
    if open.is_some() {
        return None;
    }
    let mut gives = subnets.iter().map(|subnet| match subnet.own().flag("map_public_ip_on_launch") {
        Attr::Set(gives) => Some(gives),
        Attr::Unset => Some(subnet.kind() == "aws_default_subnet"),
        Attr::Unknown(_) => None,
    });
    let Some(first) = gives.next() else {
        // Without a subnet it is started in a default one.
        return Some(true);
    };
    if gives.all(|one| one == first) { first } else { None }
}

/// Whether an address that is billed for itself takes the place of the one that its subnet gives.
pub(super) fn has_own(site: &Site<'_>) -> bool {
    let (named_by, _) = site.from(Relation::TargetIs);
    named_by.iter().any(|other| matches!(other.kind(), "aws_eip" | "aws_eip_association"))
}

/// What is sent to other zones, where somebody says how much: billed on both ends of each gigabyte.
///
/// Source: Amazon EC2 pricing, data transfer within one region, not looked up again.
pub(in crate::catalogue::aws) fn cross_zone(site: &Site<'_>, lines: &mut Lines) {
    if let Some(sent) = site.usage("monthly_cross_zone_gb") {
        let key = "aws_data_transfer/Intra-region data transfer";
        lines.used("Data transfer between zones", "GB", key, Some(sent)).times(Decimal::TWO);
    }
}
