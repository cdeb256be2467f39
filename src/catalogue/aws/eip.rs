//! `aws_eip`: a public address.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Charge, Facts, Field, Lines, Part, PublicAddress, Quantity, Relation, Site, Tariff};
use crate::model::{Attr, Mode, Resource, Text};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_eip", mode: Mode::Managed, noun: "Elastic IP", describe, tariff: &TARIFF };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "allocation_id", "public_ip"]);
    reader.link(Relation::TargetIs, "instance");
    // Whoever names one of these gives it to somebody, known or not. Of an address that is there, the provider says by the
    // association to whom it belongs: documentation of `aws_eip`, attribute reference, not looked up again.
    let given = ["instance", "network_interface"].iter().any(|name| is_given(&resource.text(name)));
    let held = given || matches!(resource.body.text("association_id"), Attr::Set(id) if !id.is_empty());
    // An address that somebody brings along costs nothing: AWS networking blog, "Identify and optimize public IPv4 address
    // usage on AWS", 2024-02-01.
    let pool = resource.text("public_ipv4_pool").or_default("amazon".into());
    let pools = ["customer_owned_ipv4_pool", "ipam_pool_id"];
    let own = pools.iter().any(|name| !resource.leaves_open(name) && is_given(&resource.text(name)));
    let billed = !own && pool.known().is_none_or(|pool| *pool == "amazon" || pool.is_empty());
    reader.facts(Part::PublicAddress(PublicAddress { is_address: true, held, billed }))
}

fn is_given(holder: &Attr<Text>) -> bool {
    match holder {
        Attr::Set(holder) => !holder.is_empty(),
        Attr::Unset => false,
        Attr::Unknown(_) => true,
    }
}

/// An address is billed by the hour, in use or not; what it is attached to is not billed for it again. Addresses that somebody brought
/// along cost nothing.
///
/// Source: Amazon VPC pricing, public IPv4 addresses, since 2024-02-01.
static TARIFF: Tariff = Tariff {
    reads: &[Field::text("public_ipv4_pool"), Field::text("customer_owned_ipv4_pool"), Field::text("ipam_pool_id")],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let own = site.own();
    match own.text("customer_owned_ipv4_pool") {
        Attr::Set(_) => return,
        Attr::Unset => {}
        Attr::Unknown(why) => {
            let why = format!("customer_owned_ipv4_pool is {why}");
            return meter::public_addresses(lines, Quantity::Unknown(why));
        }
    }
    // An identifier of another form is a placeholder.
    if own.text("ipam_pool_id").known().is_some_and(|pool| pool.starts_with("ipam-pool-")) {
        let why = "whose addresses are in the pool of ipam_pool_id is not shown";
        return meter::public_addresses(lines, Quantity::Unknown(why.to_owned()));
    }
    match meter::word(own, "public_ipv4_pool", "amazon") {
        Ok(pool) if pool.starts_with("ipv4pool-") => {}
        Ok(_) => meter::public_addresses(lines, 1),
        Err(why) => meter::public_addresses(lines, Quantity::Unknown(why)),
    }
}
