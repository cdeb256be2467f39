//! What machines of `DocumentDB` and Neptune cost: by class, or by capacity units that their cluster bounds.

use super::billing::{given, said};
use crate::facts::{Amounts, Lines, Near, Quantity, Rate, Record, Relation, Site};
use crate::model::{Attr, Text};
use crate::units::Decimal;

/// Adds a machine of a cluster; `kind` is its type. Returns its class, and whether its cluster's storage is I/O-optimised.
pub(in crate::catalogue::aws) fn machine(
    site: &Site<'_>,
    lines: &mut Lines,
    kind: &str,
) -> (Result<Text, String>, Result<bool, String>) {
    let class = said(site.own().text("instance_class").map(Clone::clone), "instance_class");
    let cluster = site.one(Near::To(Relation::BilledWith));
    let cluster = cluster.and_then(|found| found.ok_or_else(|| "its cluster is not in this plan".to_owned()));
    let optimised = match &cluster {
        Ok(cluster) => {
            said(cluster.own().text("storage_type").map(|kind| *kind == "iopt1").or_default(false), "storage_type")
        }
        Err(why) => Err(format!("whether its cluster's storage is I/O-optimised cannot be told: {why}")),
    };
    // What costs more with such storage stands under a name of its own.
    let suffix = if optimised == Ok(true) { " [I/O-optimized]" } else { "" };
    if class.as_ref().is_ok_and(|class| *class == "db.serverless") {
        let cluster = cluster.as_ref().ok().map(Site::own);
        let key = format!("{kind}/Database instance (serverless){suffix}");
        let quantity = given(&optimised, units(cluster));
        lines.add("Database instance (serverless)", "capacity-unit-hours", key, Rate::Hour, quantity);
        return (class, optimised);
    }
    let shown = class.as_ref().map_or("class unknown", Text::as_str);
    let title = format!("Database instance (on-demand, {shown})");
    let key = format!("{kind}/{title}{suffix}");
    lines.hours(title, key, given(&class, given(&optimised, 1)));
    (class, optimised)
}

/// Between the bounds that the cluster sets; as it starts, as few as it may.
fn units(cluster: Option<&Record>) -> Quantity {
    const BLOCK: &str = "serverless_v2_scaling_configuration";
    let bound = |name: &str| {
        let block = said(cluster.map_or(Attr::Unset, |cluster| cluster.block(BLOCK)), BLOCK)?;
        said(block.number(name), &format!("{BLOCK}.{name}"))
    };
    match (bound("min_capacity"), bound("max_capacity")) {
        (Ok(minimum), Ok(maximum)) => Amounts { minimum, expected: minimum, maximum: maximum.max(minimum) }.into(),
        (Err(why), _) | (_, Err(why)) => Quantity::Unknown(why),
    }
}

/// Adds what a class that can use more than its share costs then.
pub(in crate::catalogue::aws) fn credits(
    site: &Site<'_>,
    lines: &mut Lines,
    kind: &'static str,
    class: &Result<Text, String>,
) {
    if super::rds::is_burstable(class) {
        let used: Option<Decimal> = site.usage("monthly_cpu_credit_hrs");
        super::billing::used(kind, lines).line("CPU credits", "vCPU-hours", used);
    }
}
