//! What Aurora costs: capacity that follows the load, and what is stored, read and kept.

use super::billing::{MILLION, given, kept, said, used};
use crate::facts::{Amounts, Lines, Near, Quantity, Rate, Record, Relation, Site};
use crate::model::{Attr, Text};
use crate::units::{Decimal, HOURS_PER_MONTH};

/// Machines and capacity units of a cluster whose storage is I/O-optimised cost so many times as much.
///
/// Source: measured in price lists (facts/README.md, section 3, of 2026-11-23): `r5.large` 0.377 to 0.29, `r7g.12xlarge` 8.623 to
/// 6.633.
pub(in crate::catalogue::aws) const OPTIMISED: Decimal = Decimal::from_parts(13, 0, 0, false, 1);

/// Whether a cluster's storage is I/O-optimised. The default is not: API reference of `CreateDBCluster`, `StorageType`.
pub(in crate::catalogue::aws) fn is_optimised(cluster: &Record) -> Result<bool, String> {
    said(cluster.text("storage_type").map(|kind| *kind == "aurora-iopt1").or_default(false), "storage_type")
}

/// How many capacity units one machine of a cluster has: between the bounds that the cluster sets.
pub(in crate::catalogue::aws) fn units(cluster: Option<&Record>, used: Option<Decimal>) -> Quantity {
    const BLOCK: &str = "serverlessv2_scaling_configuration";
    let bound = |name: &str| {
        let block = said(cluster.map_or(Attr::Unset, |cluster| cluster.block(BLOCK)), BLOCK)?;
        said(block.number(name), &format!("{BLOCK}.{name}"))
    };
    range(bound("min_capacity"), bound("max_capacity"), used)
}

/// As many as its bounds allow; as it starts, as many as it is said to use, or as few as it may.
fn range(least: Result<Decimal, String>, most: Result<Decimal, String>, used: Option<Decimal>) -> Quantity {
    match (least, most, used) {
        (Ok(minimum), Ok(maximum), _) => {
            let expected = used.unwrap_or(minimum);
            Amounts { minimum: minimum.min(expected), expected, maximum: maximum.max(expected) }.into()
        }
        (.., Some(used)) => Quantity::Used(Some(used)),
        (Err(why), ..) | (_, Err(why), _) => Quantity::Unknown(why),
    }
}

/// Adds what a cluster of the first Serverless runs with.
///
/// Source: documentation of the provider, `scaling_configuration`: at least 1 unit, at most 16, none when it pauses, which it does
/// unless it is told not to; not looked up again.
pub(in crate::catalogue::aws) fn first_serverless(site: &Site<'_>, lines: &mut Lines) {
    let used = site.usage("capacity_units_per_hr");
    let quantity = match site.own().block("scaling_configuration") {
        Attr::Unknown(why) => given(&Err::<(), _>(format!("scaling_configuration is {why}")), 0),
        Attr::Unset => range(Ok(Decimal::ONE), Ok(16.into()), used),
        Attr::Set(block) => {
            let least =
                said(block.number("min_capacity").or_default(Decimal::ONE), "scaling_configuration.min_capacity");
            let most = said(block.number("max_capacity").or_default(16.into()), "scaling_configuration.max_capacity");
            range(least, most, used)
        }
    };
    let pauses = |block: &Record| block.flag("auto_pause").or_default(true) != Attr::Set(false);
    let pauses = site.own().block("scaling_configuration").known().is_none_or(|block| pauses(block));
    let quantity = match quantity {
        Quantity::Known(amounts) if pauses => Amounts { minimum: Decimal::ZERO, ..amounts }.into(),
        other => other,
    };
    lines.add("Aurora serverless", "ACU-hours", "aws_rds_cluster/Aurora serverless", Rate::Hour, quantity);
}

/// Adds what a cluster stores, reads, writes and keeps.
pub(in crate::catalogue::aws) fn stored(site: &Site<'_>, lines: &mut Lines, engine: &Result<Text, String>) {
    const KIND: &str = "aws_rds_cluster";
    let own = site.own();
    let optimised = is_optimised(own);
    match &optimised {
        Ok(true) => used(KIND, lines).line("Storage (I/O-optimized)", "GB", site.usage("storage_gb")),
        Ok(false) => {
            used(KIND, lines).line("Storage", "GB", site.usage("storage_gb"));
            let (reads, writes) = (site.usage("read_requests_per_sec"), site.usage("write_requests_per_sec"));
            let a_second =
                (reads.is_some() || writes.is_some()).then(|| reads.unwrap_or_default() + writes.unwrap_or_default());
            let a_month = a_second.map(|rate| rate * Decimal::from(3600) * HOURS_PER_MONTH);
            used(KIND, lines).per("I/O requests", ("1M requests", MILLION), a_month);
        }
        Err(why) => lines.not_priced("Storage", why.clone()),
    }
    // Backups of one day are free: Amazon Aurora pricing, backup storage, not looked up again; one day is the default.
    if let Some(kept) = kept(site, "backup_snapshot_size_gb", &own.number("backup_retention_period")) {
        lines.monthly("Backup storage", "GB", "aws_rds_cluster/Backup storage", kept);
    }
    if engine.as_ref().is_ok_and(|engine| *engine != "aurora-postgresql") {
        backtrack(site, lines);
    }
    used(KIND, lines).line("Snapshot export", "GB", site.usage("snapshot_export_size_gb"));
}

/// Adds what is kept to go back in time: all changes of the window, by the hour.
fn backtrack(site: &Site<'_>, lines: &mut Lines) {
    let stated = site.usage("backtrack_window_hrs");
    let window = match site.own().number("backtrack_window") {
        Attr::Set(seconds) if !seconds.is_zero() => Some(seconds / Decimal::from(3600)),
        Attr::Unknown(_) => None,
        // Zero turns it off: API reference of CreateDBCluster, BacktrackWindow.
        Attr::Set(_) | Attr::Unset if stated.is_none() => return,
        Attr::Set(_) | Attr::Unset => stated,
    };
    let records = site.usage("average_statements_per_hr").zip(site.usage("change_records_per_statement"));
    let kept =
        records.zip(window.or(stated)).map(|((statements, each), window)| statements * each * window * HOURS_PER_MONTH);
    used("aws_rds_cluster", lines).per("Backtrack", ("1M change-records", MILLION), kept);
}

/// Readers that come and go with the load, beside those that the plan has: as many as keep the bounds.
///
/// Source: Amazon Aurora user guide, Aurora Auto Scaling with replicas: replicas count that were made by hand, all have the class of
/// the writer; not looked up again.
pub(in crate::catalogue::aws) fn readers(site: &Site<'_>, declared: usize) -> Option<Quantity> {
    let (targets, open) = site.from(Relation::Scales);
    let counts = |target: &&Site<'_>| {
        let dimension = target.own().text("scalable_dimension");
        target.kind() == "aws_appautoscaling_target"
            && dimension.known().is_none_or(|dimension| *dimension == "rds:cluster:ReadReplicaCount")
    };
    let Some(target) = targets.iter().find(counts) else {
        return open.map(|why| Quantity::Unknown(format!("how many readers are added is open: {why}")));
    };
    let bound = |name: &str| said(target.own().number(name), &format!("{name} of its scalable target"));
    let there = Decimal::from(declared.saturating_sub(1));
    let more = |bound: Decimal| (bound - there).max(Decimal::ZERO);
    Some(range(bound("min_capacity").map(more), bound("max_capacity").map(more), None))
}

/// The machines of a cluster that the plan has, and why there may be more.
pub(in crate::catalogue::aws) fn members<'p>(cluster: &Site<'p>) -> (Vec<Site<'p>>, Option<&'p str>) {
    let (mut members, open) = cluster.from(Relation::MemberOf);
    members.retain(|member| member.kind() == "aws_rds_cluster_instance");
    (members, open)
}

/// The cluster that a machine belongs to.
pub(in crate::catalogue::aws) fn cluster<'p>(machine: &Site<'p>) -> Result<Site<'p>, String> {
    machine.one(Near::To(Relation::MemberOf))?.ok_or_else(|| "its cluster is not in this plan".to_owned())
}
