//! What tables of `DynamoDB` cost: capacity that is kept ready, or requests; what is stored, and its copies.
//!
//! Source: Amazon `DynamoDB` pricing, provisioned and on-demand, global tables, table classes, not looked up again.

use super::billing::{MILLION, flag, given, needed, said, text};
use super::scaled::scaled;
use crate::facts::{Lines, Quantity, Record, Site};
use crate::model::Text;
use crate::units::Decimal;

const KIND: &str = "aws_dynamodb_table";

/// What is written to or read from.
struct Mode {
    /// Whether requests are paid, not capacity.
    on_demand: Result<bool, String>,
    /// Whether storage is cheap and requests are dear.
    infrequent: Result<bool, String>,
}

impl Mode {
    /// Defaults: `PROVISIONED` and `STANDARD`, API reference of `CreateTable`.
    fn of(table: &Record) -> Self {
        let is = |name: &str, default: &'static str, value: &str| text(table, name, default).map(|text| text == value);
        Self {
            on_demand: is("billing_mode", "PROVISIONED", "PAY_PER_REQUEST"),
            infrequent: is("table_class", "STANDARD", "STANDARD_INFREQUENT_ACCESS"),
        }
    }

    fn pick<'k>(&self, standard: &'k str, infrequent: &'k str) -> &'k str {
        if self.infrequent == Ok(true) { infrequent } else { standard }
    }

    fn checked(&self, quantity: Quantity) -> Quantity {
        given(&self.on_demand, given(&self.infrequent, quantity))
    }
}

/// Adds all that a table costs, with its indexes and its copies elsewhere.
pub(in crate::catalogue::aws) fn table(site: &Site<'_>, lines: &mut Lines) {
    let own = site.own();
    let mode = Mode::of(own);
    throughput(site, lines, &mode);
    stored(site, lines, &mode);
    let restored = site.usage("monthly_data_restored_gb");
    lines.used("Table data restored", "GB", key("Table data restored"), restored);
    let reads = site.usage("monthly_streams_read_request_units");
    // Default false: API reference of CreateTable, StreamSpecification.
    if flag(own, "stream_enabled", false) != Ok(false) || reads.is_some() {
        let name = "Streams read request unit (sRRU)";
        lines.used(name, "sRRUs", key(name), reads);
    }
    if let Some(why) = own.blocks("replica").why_unknown() {
        lines.not_priced("Global table", format!("replica is {why}"));
    }
    for replica in own.blocks("replica").known().copied().unwrap_or_default() {
        match said(replica.text("region_name").map(Clone::clone), "replica.region_name") {
            Ok(region) => {
                lines.part(format!("Global table ({region})"));
                let kept = flag(replica, "point_in_time_recovery", false) != Ok(false);
                copy(site, lines, Some(&region), kept);
            }
            Err(why) => lines.not_priced("Global table", why),
        }
    }
    lines.whole();
}

fn key(name: &str) -> String {
    format!("{KIND}/{name}")
}

/// Adds capacity or requests of a table and its indexes.
fn throughput(site: &Site<'_>, lines: &mut Lines, mode: &Mode) {
    if mode.on_demand == Ok(true) {
        let (writes, reads) = (site.usage("monthly_write_request_units"), site.usage("monthly_read_request_units"));
        requests(lines, mode, ("Write request unit (WRU)", "WRUs", "Write request unit IA (on-demand)"), writes);
        requests(lines, mode, ("Read request unit (RRU)", "RRUs", "Read request unit IA (on-demand)"), reads);
        return;
    }
    let own = site.own();
    for (name, short, attribute, dimension) in [
        ("Write capacity unit", "WCU", "write_capacity", "dynamodb:table:WriteCapacityUnits"),
        ("Read capacity unit", "RCU", "read_capacity", "dynamodb:table:ReadCapacityUnits"),
    ] {
        let (units, scales) = scaled(site, dimension, None, needed(own, attribute));
        capacity(lines, mode, (name, short), mode.checked(units), scales);
    }
    if let Some(why) = own.blocks("global_secondary_index").why_unknown() {
        lines.not_priced("Global secondary indexes", format!("global_secondary_index is {why}"));
    }
    for index in own.blocks("global_secondary_index").known().copied().unwrap_or_default() {
        let called = index.text("name").known().map_or("unknown", |name| name.as_str());
        lines.part(format!("Global secondary index ({called})"));
        for (name, short, attribute, dimension) in [
            ("Write capacity unit", "WCU", "write_capacity", "dynamodb:index:WriteCapacityUnits"),
            ("Read capacity unit", "RCU", "read_capacity", "dynamodb:index:ReadCapacityUnits"),
        ] {
            let (units, scales) = scaled(site, dimension, Some(called), needed(index, attribute));
            capacity(lines, mode, (name, short), mode.checked(units), scales);
        }
        lines.whole();
    }
}

/// Adds requests: the book has those of the usual class by the piece, and those of the other by the million.
fn requests<'l>(
    lines: &'l mut Lines,
    mode: &Mode,
    (name, unit, infrequent): (&'static str, &'static str, &str),
    used: Option<Decimal>,
) -> &'l mut crate::facts::BillLine {
    if mode.infrequent == Ok(true) {
        return lines.used(name, "1M requests", key(infrequent), used.map(|used| used / Decimal::from(MILLION)));
    }
    lines.used(name, unit, key(name), used)
}

fn capacity(lines: &mut Lines, mode: &Mode, (name, short): (&str, &'static str), units: Quantity, scales: bool) {
    let title = if scales { format!("{name} ({short}, autoscaling)") } else { format!("{name} ({short})") };
    let key = match (short, mode.infrequent == Ok(true)) {
        (_, false) => key(&format!("{name} ({short})")),
        ("WCU", true) => key("Provisioned write capacity unit IA"),
        (_, true) => key("Provisioned read capacity unit IA"),
    };
    lines.capacity(title, short, key, units);
}

/// Adds what a table stores and keeps.
fn stored(site: &Site<'_>, lines: &mut Lines, mode: &Mode) {
    data(lines, mode, None, site.usage("storage_gb"));
    let kept = site.usage("pitr_backup_storage_gb");
    let point = site.own().block("point_in_time_recovery");
    // Default off: API reference of UpdateContinuousBackups.
    let keeps = match point.known() {
        Some(point) => flag(point, "enabled", false) != Ok(false),
        None => point.why_unknown().is_some(),
    };
    if keeps || kept.is_some() {
        history(lines, None, kept);
    }
    let name = "On-demand backup storage";
    lines.used(name, "GB", key(name), site.usage("on_demand_backup_storage_gb"));
}

fn data(lines: &mut Lines, mode: &Mode, region: Option<&Text>, stored: Option<Decimal>) {
    let priced = mode.pick("Data storage", "Data storage (infrequent access)");
    let line = lines.used("Data storage", "GB", key(priced), stored);
    if let Some(region) = region {
        line.in_region(region.clone());
    }
}

fn history(lines: &mut Lines, region: Option<&Text>, kept: Option<Decimal>) {
    let name = "Point-In-Time Recovery (PITR) backup storage";
    let line = lines.used(name, "GB", key(name), kept);
    if let Some(region) = region {
        line.in_region(region.clone());
    }
}

/// Adds a copy of a table in another region: what is written is written there as well, and it is read and stored there on its own.
/// A copy reads with as much capacity as the table unless it is told otherwise.
///
/// Source: Amazon `DynamoDB` developer guide, global tables, read and write capacity of replicas, not looked up again.
pub(in crate::catalogue::aws) fn copy(table: &Site<'_>, lines: &mut Lines, region: Option<&Text>, keeps: bool) {
    let own = table.own();
    let mode = Mode::of(own);
    let here = |line: &mut crate::facts::BillLine| {
        if let Some(region) = region {
            line.in_region(region.clone());
        }
    };
    if mode.on_demand == Ok(true) {
        let names = ("Replicated write request unit (rWRU)", "rWRU", "Replicated write request unit IA (on-demand)");
        here(requests(lines, &mode, names, table.usage("monthly_write_request_units")));
    } else {
        let written = "Replicated write capacity unit (rWCU)";
        let (writes, _) = scaled(table, "dynamodb:table:WriteCapacityUnits", None, needed(own, "write_capacity"));
        let (reads, _) = scaled(table, "dynamodb:table:ReadCapacityUnits", None, needed(own, "read_capacity"));
        let (mut writes, mut reads) = (vec![writes], vec![reads]);
        for index in own.blocks("global_secondary_index").known().copied().unwrap_or_default() {
            let called = index.text("name").known().map(|name| name.as_str());
            let of = |dimension, attribute| scaled(table, dimension, called, needed(index, attribute)).0;
            writes.push(of("dynamodb:index:WriteCapacityUnits", "write_capacity"));
            reads.push(of("dynamodb:index:ReadCapacityUnits", "read_capacity"));
        }
        let priced = mode.pick(written, "Provisioned replicated write capacity unit IA");
        here(lines.capacity(written, "rWCU", key(priced), mode.checked(sum(writes))));
        let read = "Read capacity unit (RCU)";
        let priced = mode.pick(read, "Provisioned read capacity unit IA");
        here(lines.capacity(read, "RCU", key(priced), mode.checked(sum(reads))));
    }
    data(lines, &mode, region, table.usage("storage_gb"));
    if keeps {
        history(lines, region, table.usage("pitr_backup_storage_gb"));
    }
}

/// All of them together.
fn sum(parts: Vec<Quantity>) -> Quantity {
    let mut sum = crate::facts::Amounts::exactly(Decimal::ZERO);
    for part in parts {
        match part {
            Quantity::Known(more) => {
                sum.minimum += more.minimum;
                sum.expected += more.expected;
                sum.maximum += more.maximum;
            }
            other => return other,
        }
    }
    sum.into()
}
