//! What domains of `OpenSearch` cost: nodes, and a disk for each of them that holds data.
//!
//! Source: Amazon `OpenSearch` Service pricing and developer guide, sizing domains, not looked up again. Prices of disks stand under the
//! older type's name, which has all of them.

use super::billing::{above, count, flag, given, is_none, needed, said, text};
use crate::catalogue::reader::{MANY, Reader};
use crate::facts::{
    Availability, Charge, Datastore, DatastoreKind, Facts, Field, Lines, Part, Quantity, Record, Relation, Site,
    Tariff, UsageKey,
};
use crate::model::{Attr, Resource, Text};
use crate::units::Decimal;

/// An index that is searched: inside a network only where it is told so, else it has a public address.
///
/// Zones: Amazon `OpenSearch` Service developer guide, configuring a multi-AZ domain (`zone_awareness_enabled`), not looked up again.
pub(in crate::catalogue::aws) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["endpoint", "endpoint_v2"]);
    reader.labels(&["id", "domain_id", "domain_name", "arn"]);
    let inside = resource.body.blocks("vpc_options");
    for options in &inside {
        reader.within(Relation::InSubnet, "vpc_options.subnet_ids", MANY, options);
        reader.within(Relation::GuardedBy, "vpc_options.security_group_ids", MANY, options);
    }
    let config = resource.body.block("cluster_config");
    let aware = config.as_ref().map_or(Attr::Unset, |config| config.bool("zone_awareness_enabled")).or_default(false);
    reader.facts(Part::Datastore(Box::new(Datastore {
        kind: DatastoreKind::Search,
        engine: resource.text("engine_version").or(resource.text("elasticsearch_version")),
        class: config.as_ref().map_or(Attr::Unset, |config| config.text("instance_type")),
        availability: aware.map(|aware| if aware { Availability::MultiZone } else { Availability::SingleZone }),
        availability_attribute: "cluster_config.zone_awareness_enabled",
        availability_value: "one zone".into(),
        wider: "zone_awareness_enabled with two nodes or more",
        widened: None,
        widening: Vec::new(),
        apart: None,
        zone: Attr::Unset,
        public: Attr::Set(inside.is_empty()),
        forwards: None,
        port: Attr::Unset,
        database: None,
        lasting: None,
    })))
}

pub(in crate::catalogue::aws) static TARIFF: Tariff = Tariff {
    reads: &[
        Field::blocks(
            "cluster_config",
            &[
                Field::text("instance_type"),
                Field::number("instance_count"),
                Field::flag("dedicated_master_enabled"),
                Field::text("dedicated_master_type"),
                Field::number("dedicated_master_count"),
                Field::flag("warm_enabled"),
                Field::text("warm_type"),
                Field::number("warm_count"),
            ],
        ),
        Field::blocks(
            "ebs_options",
            &[
                Field::flag("ebs_enabled"),
                Field::text("volume_type").left_open(),
                Field::number("volume_size").left_open(),
                Field::number("iops").left_open(),
                Field::number("throughput").left_open(),
            ],
        ),
    ],
    near: &[],
    usage: &[UsageKey { key: "warm_storage_gb", meaning: "GB that its UltraWarm nodes keep" }],
    charge: Charge::By(charge),
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let config = site.own().block("cluster_config");
    let empty = Record::default();
    let config = match said(config, "cluster_config") {
        Ok(config) => config,
        Err(why) if site.own().block("cluster_config").is_unset() => {
            drop(why);
            &empty
        }
        Err(why) => {
            lines.not_priced("Instance", why);
            return;
        }
    };
    // Default: documentation of the provider, cluster_config.
    let default = if site.kind() == "aws_elasticsearch_domain" { "m4.large.elasticsearch" } else { "m4.large.search" };
    let data = count(config, "instance_count", 1);
    node(lines, "Instance", &text(config, "instance_type", default), data.clone());
    disks(site, lines, &data);
    if flag(config, "dedicated_master_enabled", false) != Ok(false) {
        let on = flag(config, "dedicated_master_enabled", false);
        // Default 3: developer guide, dedicated master nodes; of the default type.
        let masters = given(&on, count(config, "dedicated_master_count", 3));
        node(lines, "Dedicated master", &text(config, "dedicated_master_type", default), masters);
    }
    if flag(config, "warm_enabled", false) != Ok(false) {
        let on = flag(config, "warm_enabled", false);
        let warm = given(&on, needed(config, "warm_count"));
        let kind = said(config.text("warm_type").map(Clone::clone), "cluster_config.warm_type");
        node(lines, "UltraWarm instance", &kind, warm);
        let kept = site.usage("warm_storage_gb");
        lines.used("UltraWarm storage", "GB", "aws_opensearch_domain/UltraWarm storage", kept);
    }
}

fn node(lines: &mut Lines, name: &str, kind: &Result<Text, String>, number: Quantity) {
    let shown = kind.as_ref().map_or("type unknown", Text::as_str);
    let key = format!("AmazonES/{}", shown.replace(".elasticsearch", ".search"));
    lines.hours(format!("{name} (on-demand, {shown})"), key, given(kind, number));
}

/// Adds the disks of the nodes that hold data: each has one.
fn disks(site: &Site<'_>, lines: &mut Lines, nodes: &Quantity) {
    const KIND: &str = "aws_elasticsearch_domain";
    let disk = match said(site.own().block("ebs_options"), "ebs_options") {
        Ok(disk) => disk,
        Err(why) => {
            if !site.own().block("ebs_options").is_unset() {
                lines.not_priced("Storage", why);
            }
            return;
        }
    };
    let on = said(disk.flag("ebs_enabled"), "ebs_options.ebs_enabled");
    if on == Ok(false) {
        return;
    }
    // Default gp2: documentation of the provider, ebs_options.volume_type.
    let kind = text(disk, "volume_type", "gp2");
    let shown = kind.as_ref().map_or("type unknown", Text::as_str);
    let of_each = |quantity: Quantity| given(&on, given(&kind, quantity.times(nodes.clone())));
    let allocated = needed(disk, "volume_size");
    let title = format!("Storage ({shown})");
    let key = format!("{KIND}/{title}");
    lines.monthly(title, "GB", key, of_each(allocated));
    match shown {
        "io1" => {
            let key = "aws_elasticsearch_domain/Storage IOPS (io1)";
            lines.monthly("Storage IOPS (io1)", "IOPS", key, of_each(needed(disk, "iops")));
        }
        "gp3" => {
            // 3,000 operations and 125 MB a second come with each disk: Binadox, general purpose SSDs of OpenSearch, not looked up again. Disks of more than 1 TiB have more, of which no figure was found: those are not told.
            let large = disk.number("volume_size").into_known().is_some_and(|size| size > Decimal::from(1024));
            for (name, unit, attribute, included) in
                [("Storage IOPS (gp3)", "IOPS", "iops", 3000), ("Throughput (gp3)", "Mbps", "throughput", 125)]
            {
                let more = above(Quantity::of(attribute, &disk.number(attribute)), Decimal::from(included));
                if is_none(&more) {
                    continue;
                }
                let more = if large {
                    Quantity::Unknown(format!(
                        "how much {attribute} comes with a disk of more than 1,024 GB is not known"
                    ))
                } else {
                    of_each(more)
                };
                lines.monthly(name, unit, format!("{KIND}/{name}"), more);
            }
        }
        _ => {}
    }
}
