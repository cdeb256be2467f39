//! `aws_db_instance`: a relational database on one machine, perhaps with a standby.

use super::rds_cluster_parameter_group::spell as cluster_group;
use super::shared::billing::{flag, given, said};
use super::shared::rds::{self, Copies, Watched};
use super::shared::support::{self, Extended};
use super::shared::{billing, database, drives};
use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader};
use crate::facts::{Charge, Facts, Field, Lines, Near, Record, Relation, Site, Tariff, UsageKey};
use crate::model::{Attr, Mode, Resource, Text, Why};
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_db_instance", mode: Mode::Managed, noun: "RDS instance", describe, tariff: &TARIFF };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["address", "endpoint"]);
    reader.labels(&["id", "identifier", "arn", "resource_id"]);
    managed_secret(&mut reader, resource);
    reader.links(Relation::GuardedBy, "vpc_security_group_ids");
    reader.link(Relation::PlacedBy, "db_subnet_group_name");
    reader.link(Relation::ReplicaOf, "replicate_source_db");
    parameters(&mut reader, resource, "parameter_group_name");
    // Default io1 where operations are asked for, else gp3: Amazon RDS API reference, CreateDBInstance, StorageType (botocore
    // 1.44.8), read 2026-11-29.
    let kind = if resource.int("iops").is_unset() { "gp3" } else { "io1" };
    // A copy, and what a snapshot becomes, has the size of that.
    let size = resource.int("allocated_storage").or(Attr::Unknown(Why::Elsewhere));
    reader.drives(drives::of_database(resource, database::CLASS, (kind, size)));
    reader.facts(database::on_one_machine(resource, database::CLASS))
}

/// Links a parameter group; groups called `default.` hold the engine's own values.
pub(super) fn parameters(reader: &mut Reader<'_, '_>, resource: &Resource<'_>, attribute: &'static str) {
    let default = resource.text(attribute).known().is_some_and(|name| name.starts_with("default."));
    if !default {
        let cluster = attribute == "db_cluster_parameter_group_name";
        reader.top(Relation::ParametersOf, attribute, ONE, |name| if cluster { cluster_group(&name) } else { name });
    }
}

/// The secret that RDS keeps the password in: whoever reads it connects.
pub(super) fn managed_secret(reader: &mut Reader<'_, '_>, resource: &Resource<'_>) {
    for secret in resource.body.blocks("master_user_secret") {
        if let Attr::Set(arn) = secret.text("secret_arn") {
            reader.name(arn);
        }
    }
}

/// Billed by the hour of its class, by what is allocated on its disk, and by what is kept of it.
///
/// Source: Amazon RDS pricing, not looked up again.
pub(super) static TARIFF: Tariff = Tariff {
    reads: &[
        Field::text("instance_class"),
        // As the data source calls it.
        Field::text("db_instance_class"),
        Field::text("engine"),
        Field::text("engine_version"),
        Field::text("engine_lifecycle_support"),
        Field::text("license_model"),
        Field::flag("multi_az"),
        Field::text("storage_type"),
        Field::number("allocated_storage"),
        Field::number("max_allocated_storage"),
        Field::number("iops"),
        Field::number("storage_throughput"),
        Field::flag("dedicated_log_volume"),
        Field::number("backup_retention_period"),
        Field::text("database_insights_mode"),
        Field::flag("performance_insights_enabled"),
        Field::number("performance_insights_retention_period"),
    ],
    near: &[Near::To(Relation::ReplicaOf)],
    usage: &[
        UsageKey {
            key: "additional_backup_storage_gb",
            meaning: "GB of backups beyond the size of all databases of the region",
        },
        UsageKey { key: "monthly_standard_io_requests", meaning: "requests to a magnetic disk in a month" },
        UsageKey {
            key: "monthly_cpu_credit_hrs",
            meaning: "vCPU-hours beyond its share in a month, of a t3 or t4g class",
        },
        UsageKey {
            key: "monthly_additional_performance_insights_requests",
            meaning: "Performance Insights requests in a month beyond the free million",
        },
    ],
    charge: Charge::By(charge),
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let own = site.own();
    let class = class(own);
    let name = inherited(site, "engine", |record| record.text("engine").map(Clone::clone));
    let engine = name.clone().and_then(|name| {
        let license = inherited(site, "license_model", |record| record.text("license_model").map(Clone::clone));
        rds::engine(&name, &license.as_ref().ok().into())
    });
    // Default false: API reference of CreateDBInstance, MultiAZ.
    let multi = flag(own, "multi_az", false);
    let (zones, deployment, machines) =
        if multi == Ok(true) { ("Multi-AZ", "multi", 2) } else { ("Single-AZ", "single", 1) };
    let title = format!("Database instance (on-demand, {zones}, {})", rds::shown(&class));
    rds::machines(lines, title, (&class, &engine, deployment), given(&multi, 1));
    let spoken = name.as_ref().map_or("", Text::as_str);
    if !spoken.starts_with("aurora") {
        let allocated = inherited(site, "allocated_storage", |record| record.number("allocated_storage"));
        let copies = multi.as_ref().map(|multi| if *multi { Copies::Two } else { Copies::One }).map_err(Clone::clone);
        rds::storage(site, lines, spoken, &rds::size(own, allocated), (kind(own), copies));
    }
    if own.flag("dedicated_log_volume").known() == Some(&true) {
        lines.not_priced("Dedicated log volume", "planwise does not know how a dedicated log volume is billed");
    }
    // Default 0 for what Terraform makes: no backups, nothing to pay.
    let days = own.number("backup_retention_period").or_default(Decimal::ZERO);
    if days != Attr::Set(Decimal::ZERO) {
        let kept = site.usage("additional_backup_storage_gb");
        // What Aurora stores costs less to keep.
        let key = if spoken.starts_with("aurora") {
            "aws_db_instance/Additional backup storage [Aurora]"
        } else {
            "AmazonRDS/RDS:ChargedBackupUsage"
        };
        lines.used("Additional backup storage", "GB", key, kept);
    }
    if rds::is_burstable(&class) {
        let credits = site.usage("monthly_cpu_credit_hrs");
        billing::used("aws_db_instance", lines).line("CPU credits", "vCPU-hours", credits);
    }
    rds::insights(site, lines, "aws_db_instance", &class, Watched::Machines(machines));
    if supported_longer(own) && matches!(spoken, "mysql" | "postgres") {
        match own.text("engine_version") {
            Attr::Set(version) => {
                support::extended(lines, spoken, version, site.day(), Extended::Machines(&class, machines));
            }
            Attr::Unset => {}
            Attr::Unknown(why) => lines.not_priced("Extended support", format!("engine_version is {why}")),
        }
    }
}

/// The class of a machine.
pub(super) fn class(record: &Record) -> Result<Text, String> {
    said(record.text("instance_class").or(record.text("db_instance_class")).map(Clone::clone), "instance_class")
}

/// Whether an old version goes on, for more money: it does unless somebody says otherwise.
///
/// Source: Amazon RDS user guide, extended support charges, avoiding them, not looked up again.
pub(super) fn supported_longer(record: &Record) -> bool {
    record
        .text("engine_lifecycle_support")
        .known()
        .is_none_or(|said| *said != "open-source-rds-extended-support-disabled")
}

/// An attribute that a replica has from its source.
fn inherited<T>(site: &Site<'_>, name: &str, read: impl Fn(&Record) -> Attr<T>) -> Result<T, String> {
    match read(site.own()) {
        Attr::Unset => match site.one(Near::To(Relation::ReplicaOf))? {
            Some(source) if source.kind() == "aws_db_instance" => said(read(source.own()), name),
            _ => Err(format!("{name} is not set")),
        },
        attr => said(attr, name),
    }
}

/// The type of its disk.
///
/// Source: Amazon RDS API reference, `CreateDBInstance`, `StorageType`: `io1` where `iops` is set, else `gp3` (botocore 1.44.8), read
/// 2026-11-29.
fn kind(own: &Record) -> Result<Text, String> {
    let default = if own.number("iops").is_unset() { "gp3" } else { "io1" };
    billing::text(own, "storage_type", default)
}
