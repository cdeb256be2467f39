//! `aws_subnet`: a part of a network in one zone.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Field, Part, Relation, Subnet, Tariff};
use crate::model::{Attr, Mode, Resource, Why};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_subnet", mode: Mode::Managed, noun: "subnet", describe, tariff: &TARIFF };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.link(Relation::InNetwork, "vpc_id");
    // Default false: provider documentation of aws_subnet, 2026-11.
    of(reader, resource, resource.bool("map_public_ip_on_launch").or_default(false))
}

/// A subnet whose network the caller has read.
pub(super) fn of(mut reader: Reader<'_, '_>, resource: &Resource<'_>, public_addresses: Attr<bool>) -> Facts {
    reader.names(&["id", "arn"]);
    // An identifier (use1-az1) is another account's name of another zone: it cannot be compared with a name.
    let zone = match (resource.body.text("availability_zone"), resource.text("availability_zone_id")) {
        (Attr::Set(zone), _) => Attr::Set(zone),
        (_, Attr::Set(_)) => Attr::Unknown(Why::Computed),
        _ => resource.text("availability_zone"),
    };
    reader.facts(Part::Subnet(Subnet { zone, cidr: resource.text("cidr_block"), public_addresses }))
}

/// It costs nothing; whether it gives public addresses is billed with what starts in it.
pub(super) static TARIFF: Tariff = Tariff { reads: &[Field::flag("map_public_ip_on_launch")], ..Tariff::FREE };
