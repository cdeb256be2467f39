//! `aws_dms_replication_instance`: a machine that copies databases.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Field, Lines, Quantity, Site, Tariff};
use crate::model::{Attr, Mode};
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_dms_replication_instance",
    mode: Mode::Managed,
    noun: "DMS replication instance",
    describe: inert,
    tariff: &TARIFF,
};

/// Billed by the hour of its class, and by storage beyond what comes with it.
///
/// Source: AWS Database Migration Service pricing, not looked up again: 50 GB come with a T2 instance, 100 GB with the others.
static TARIFF: Tariff = Tariff {
    reads: &[Field::text("replication_instance_class"), Field::number("allocated_storage"), Field::flag("multi_az")],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let own = site.own();
    let class = match own.text("replication_instance_class") {
        Attr::Set(class) => class.strip_prefix("dms.").unwrap_or(class),
        other => {
            let why = other.why_unknown().map_or_else(|| "not set".to_owned(), |why| why.to_string());
            let why = Quantity::Unknown(format!("replication_instance_class is {why}"));
            lines.hours("Instance", "aws_dms_replication_instance/Instance", why);
            return;
        }
    };
    // Default false: AWS DMS API reference, CreateReplicationInstance, not looked up again.
    let zones = match own.flag("multi_az").or_default(false) {
        Attr::Set(true) => " [Multi-AZ]",
        Attr::Set(false) | Attr::Unset => "",
        Attr::Unknown(why) => {
            let why = Quantity::Unknown(format!("multi_az is {why}"));
            lines.hours(format!("Instance ({class})"), "aws_dms_replication_instance/Instance", why);
            return;
        }
    };
    lines.hours(format!("Instance ({class})"), format!("aws_dms_replication_instance/Instance ({class}){zones}"), 1);
    let free = Decimal::from(if class.starts_with("t2.") { 50 } else { 100 });
    // Default 50: AWS DMS API reference, CreateReplicationInstance, not looked up again.
    let storage = own.number("allocated_storage").or_default(Decimal::from(50));
    let beyond = storage.map(|storage| storage.saturating_sub(free).max(Decimal::ZERO));
    if beyond != Attr::Set(Decimal::ZERO) {
        let name = "Storage (general purpose SSD, gp2)";
        let key = format!("aws_dms_replication_instance/{name}{zones}");
        lines.monthly(name, "GB", key, Quantity::of("allocated_storage", &beyond));
    }
}
