//! `aws_msk_cluster`: Kafka brokers inside the network.

use crate::catalogue::Adapter;
use crate::catalogue::reader::{MANY, Reader};
use crate::facts::{
    Amounts, Charge, Facts, Field, Lines, Near, Part, Quantity, Record, Relation, Site, Source, SourceKind, Tariff,
};
use crate::model::{Attr, Mode, Resource};
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_msk_cluster", mode: Mode::Managed, noun: "MSK cluster", describe, tariff: &TARIFF };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&[
        "arn",
        "id",
        "cluster_name",
        "bootstrap_brokers",
        "bootstrap_brokers_tls",
        "bootstrap_brokers_sasl_iam",
    ]);
    for brokers in resource.body.blocks("broker_node_group_info") {
        reader.within(Relation::InSubnet, "broker_node_group_info.client_subnets", MANY, &brokers);
        reader.within(Relation::GuardedBy, "broker_node_group_info.security_groups", MANY, &brokers);
    }
    reader.facts(Part::Source(Box::new(Source::always(SourceKind::Stream))))
}

/// Billed by the hour of its brokers, and by their disks.
///
/// Source: Amazon MSK pricing, provisioned, not looked up again.
static TARIFF: Tariff = Tariff {
    reads: &[
        Field::number("number_of_broker_nodes"),
        Field::text("storage_mode"),
        Field::blocks(
            "broker_node_group_info",
            &[
                Field::text("instance_type"),
                Field::number("ebs_volume_size").left_open(),
                Field::blocks("storage_info", &[Field::blocks("ebs_storage_info", DISK)]),
            ],
        ),
    ],
    near: &[Near::From(Relation::Scales)],
    usage: &[],
    charge: Charge::By(charge),
};

const DISK: &[Field] = &[
    Field::number("volume_size").left_open(),
    Field::blocks("provisioned_throughput", &[Field::flag("enabled"), Field::number("volume_throughput").left_open()]),
];

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let own = site.own();
    let brokers = Quantity::of("number_of_broker_nodes", &own.number("number_of_broker_nodes"));
    let group = own.block("broker_node_group_info");
    let machine = group.clone().and_then(|group| group.text("instance_type"));
    match &machine {
        Attr::Set(machine) => {
            let name = format!("Instance ({machine})");
            let key = format!("aws_msk_cluster/{name}");
            lines.hours(name, key, brokers.clone());
        }
        other => {
            let why = other.why_unknown().map_or_else(|| "not set".to_owned(), |why| why.to_string());
            let why = Quantity::Unknown(format!("broker_node_group_info.instance_type is {why}"));
            lines.hours("Instance", "aws_msk_cluster/Instance", why);
        }
    }
    let express = matches!(machine, Attr::Set(machine) if machine.starts_with("express."));
    if express {
        lines.not_priced("Storage", "what express brokers store and take in is not in any plan");
        return;
    }
    let disk = group.and_then(disk);
    let (name, quantity) = storage(site, &disk);
    lines.monthly(name, "GB", "aws_msk_cluster/Storage", quantity.times(brokers.clone()));
    if let Some(throughput) = disk.known().and_then(|disk| disk.throughput.clone()) {
        let quantity = Quantity::of("volume_throughput", &throughput).times(brokers);
        lines.monthly("Provisioned throughput", "MBps", "aws_msk_cluster/Provisioned throughput", quantity);
    }
    if own.text("storage_mode").known().is_some_and(|mode| *mode == "TIERED") {
        lines.used("Storage (tiered)", "GB", "aws_msk_cluster/Storage (tiered)", None);
    }
}

struct Disk {
    size: Attr<Decimal>,
    /// In MB/s, if it is provisioned.
    throughput: Option<Attr<Decimal>>,
}

fn disk(group: &Record) -> Attr<Disk> {
    match group.block("storage_info").and_then(|storage| storage.block("ebs_storage_info")) {
        Attr::Set(block) => {
            let provisioned = block.block("provisioned_throughput");
            let throughput = provisioned.known().filter(|block| block.flag("enabled") == Attr::Set(true));
            let throughput = throughput.map(|block| block.number("volume_throughput"));
            Attr::Set(Disk { size: block.number("volume_size"), throughput })
        }
        Attr::Unset => Attr::Set(Disk { size: group.number("ebs_volume_size"), throughput: None }),
        Attr::Unknown(why) => Attr::Unknown(why),
    }
}

/// GB of one broker, which may grow on their own.
fn storage(site: &Site<'_>, disk: &Attr<Disk>) -> (&'static str, Quantity) {
    let room = match disk {
        Attr::Set(disk) => disk.size.clone(),
        Attr::Unset => Attr::Unset,
        Attr::Unknown(why) => Attr::Unknown(*why),
    };
    let (scalers, _) = site.from(Relation::Scales);
    let most = scalers.iter().find(|one| one.kind() == "aws_appautoscaling_target");
    match (room, most.map(|target| target.own().number("max_capacity"))) {
        (Attr::Set(room), Some(Attr::Set(most))) => {
            let grows = Amounts { minimum: room, expected: room, maximum: most.max(room) };
            ("Storage (autoscaling)", grows.into())
        }
        (Attr::Unset, _) => ("Storage", Quantity::Unknown("volume_size is not set".to_owned())),
        (room, Some(_)) => ("Storage (autoscaling)", Quantity::of("volume_size", &room)),
        (room, None) => ("Storage", Quantity::of("volume_size", &room)),
    }
}
