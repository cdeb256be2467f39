//! `aws_mq_broker`: a message broker inside the network.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Charge, Facts, Field, Lines, Part, Quantity, Relation, Site, Source, SourceKind, Tariff, UsageKey};
use crate::model::{Attr, Mode, Resource};
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_mq_broker", mode: Mode::Managed, noun: "MQ broker", describe, tariff: &TARIFF };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["arn", "id", "broker_name"]);
    reader.links(Relation::InSubnet, "subnet_ids");
    reader.links(Relation::GuardedBy, "security_groups");
    reader.facts(Part::Source(Box::new(Source { permitted: false, ..Source::always(SourceKind::Queue) })))
}

/// Billed by the hour of its instances, and by what it stores.
///
/// Source: Amazon MQ pricing, not looked up again.
static TARIFF: Tariff = Tariff {
    reads: &[
        Field::text("engine_type"),
        Field::text("host_instance_type"),
        Field::text("deployment_mode"),
        Field::text("storage_type"),
    ],
    near: &[],
    usage: &[UsageKey { key: "storage_size_gb", meaning: "GB that each instance stores" }],
    charge: Charge::By(charge),
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let own = site.own();
    // Defaults: Amazon MQ API reference, brokers (one instance; EFS for ActiveMQ, EBS for RabbitMQ), not looked up again.
    let single = "SINGLE_INSTANCE".into();
    let mode = own.text("deployment_mode").or_default(&single);
    let (Attr::Set(engine), Attr::Set(machine), Attr::Set(mode)) =
        (own.text("engine_type"), own.text("host_instance_type"), mode)
    else {
        lines.not_priced("Instance usage", "engine_type, host_instance_type or deployment_mode cannot be seen");
        return;
    };
    let engine = if engine.eq_ignore_ascii_case("rabbitmq") { "RabbitMQ" } else { "ActiveMQ" };
    let name = format!("Instance usage ({engine}, {machine}, {})", mode.to_lowercase());
    let key = format!("aws_mq_broker/{name}");
    lines.hours(name, key, 1);
    let files = match own.text("storage_type") {
        Attr::Set(kind) => !kind.eq_ignore_ascii_case("ebs"),
        _ => engine == "ActiveMQ",
    };
    let name = format!("Storage ({engine}, {})", if files { "EFS" } else { "EBS" });
    let key = format!("aws_mq_broker/{name}");
    // Each of a cluster's three instances has disks of its own; a file system is shared.
    let disks = if mode == "CLUSTER_MULTI_AZ" && !files { 3 } else { 1 };
    let used = Quantity::Used(site.usage("storage_size_gb")).times(Decimal::from(disks));
    lines.monthly(name, "GB", key, used);
}
