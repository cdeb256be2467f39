//! `aws_eks_cluster`: where pods run together.

use jiff::civil::{Date, date};

use crate::catalogue::Adapter;
use crate::catalogue::reader::{MANY, Reader};
use crate::facts::{Charge, Facts, Field, Lines, Part, Quantity, Relation, Site, Tariff};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_eks_cluster", mode: Mode::Managed, noun: "EKS cluster", describe, tariff: &TARIFF };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["name", "id", "arn"]);
    for network in resource.body.blocks("vpc_config") {
        reader.within(Relation::InSubnet, "vpc_config.subnet_ids", MANY, &network);
        // The group that all its nodes are members of.
        if let Attr::Set(group) = network.text("cluster_security_group_id") {
            reader.name(group);
        }
    }
    for identity in resource.body.blocks("identity").iter().flat_map(|identity| identity.blocks("oidc")) {
        if let Attr::Set(issuer) = identity.text("issuer") {
            reader.name(issuer);
        }
    }
    reader.facts(Part::Cluster)
}

/// Billed by the hour, and more for a version whose standard support is over.
///
/// Source: Amazon EKS pricing, not looked up again.
static TARIFF: Tariff = Tariff {
    reads: &[
        Field::text("version"),
        Field::blocks("upgrade_policy", &[Field::text("support_type").left_open()]),
        Field::blocks("compute_config", &[Field::flag("enabled")]),
    ],
    near: &[],
    usage: &[],
    charge: Charge::By(charge),
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let own = site.own();
    lines.hours("EKS cluster", "AmazonEKS/AmazonEKS-Hours:perCluster", 1);
    let policy = own.block("upgrade_policy").and_then(|policy| policy.text("support_type"));
    // Where support ends with the standard one, the cloud upgrades the cluster on that day.
    let upgraded = policy.known().is_some_and(|kind| *kind == "STANDARD");
    let extended = match own.text("version") {
        _ if upgraded => None,
        Attr::Set(version) => match is_extended(version, site.day()) {
            Some(false) => None,
            Some(true) => Some(Quantity::from(1)),
            None => Some(Quantity::Unknown(format!("version is not one of EKS: {version}"))),
        },
        // Default: the newest version.
        Attr::Unset => None,
        Attr::Unknown(why) => Some(Quantity::Unknown(format!("version is {why}"))),
    };
    if let Some(extended) = extended {
        lines.hours("EKS cluster (extended support)", "AmazonEKS/AmazonEKS-Hours:extendedSupport", extended);
    }
    if own.block("compute_config").and_then(|config| config.flag("enabled")) == Attr::Set(true) {
        lines.not_priced("EKS Auto Mode", "which machines the cluster starts is decided by its pods");
    }
}

/// When standard support of a minor version ends, on which day the surcharge begins; of the last ones as announced.
///
/// Source: awsdocs/amazon-eks-user-guide, latest/ug/versioning/kubernetes-versions.adoc (1.29 to 1.34), and
/// endoflife-date/endoflife.date, products/amazon-eks.md, 2025-12 (the others), read 2026-11-29.
const STANDARD_ENDS: &[(u32, Date)] = &[
    (23, date(2023, 10, 11)),
    (24, date(2024, 1, 31)),
    (25, date(2024, 5, 1)),
    (26, date(2024, 6, 11)),
    (27, date(2024, 7, 24)),
    (28, date(2024, 11, 26)),
    (29, date(2025, 3, 23)),
    (30, date(2025, 7, 23)),
    (31, date(2025, 11, 26)),
    (32, date(2026, 3, 23)),
    (33, date(2026, 7, 29)),
    (34, date(2026, 12, 2)),
    (35, date(2027, 3, 27)),
    (36, date(2027, 8, 2)),
];

/// Whether a version is in extended support on a day: older ones than the table's are, newer ones are not. `None` if it is no
/// version.
fn is_extended(version: &str, day: Date) -> Option<bool> {
    let (major, minor) = version.split_once('.')?;
    let minor: u32 = minor.parse().ok()?;
    if major != "1" {
        return None;
    }
    let ends = STANDARD_ENDS.iter().find(|(other, _)| *other >= minor);
    Some(ends.is_some_and(|(other, ends)| *other > minor || *ends <= day))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::is_extended;

    #[test]
    fn support_ends_on_a_day() {
        for (version, day, expected) in [
            ("1.34", date(2026, 12, 1), Some(false)),
            ("1.34", date(2026, 12, 2), Some(true)),
            ("1.19", date(2026, 12, 2), Some(true)),
            ("1.40", date(2026, 12, 2), Some(false)),
            ("latest", date(2026, 12, 2), None),
        ] {
            assert_eq!(is_extended(version, day), expected, "{version} on {day}");
        }
    }
}
