//! `aws_ec2_host`: a whole machine for the machines of one account.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Field, Lines, Quantity, Site, Tariff, UsageKey};
use crate::model::{Attr, Mode};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_ec2_host", mode: Mode::Managed, noun: "Dedicated Host", describe: inert, tariff: &TARIFF };

/// Billed by the hour, whatever runs on it.
///
/// Source: Amazon EC2 Dedicated Hosts pricing, not looked up again.
static TARIFF: Tariff = Tariff {
    reads: &[Field::text("instance_family"), Field::text("instance_type")],
    usage: &[
        UsageKey { key: "reserved_instance_term", meaning: "If it is reserved: 1_year or 3_year" },
        UsageKey {
            key: "reserved_instance_payment_option",
            meaning: "If it is reserved: no_upfront, partial_upfront or all_upfront",
        },
    ],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let own = site.own();
    let family = match (own.text("instance_family"), own.text("instance_type")) {
        (Attr::Set(family), _) => family.as_str(),
        (_, Attr::Set(machine)) => machine.split('.').next().unwrap_or_default(),
        (family, machine) => {
            let why = family.why_unknown().or(machine.why_unknown());
            let why = why.map_or("instance_type is not set".to_owned(), |why| format!("instance_type is {why}"));
            lines.hours("EC2 Dedicated Host", "aws_ec2_host/EC2 Dedicated Host", Quantity::Unknown(why));
            return;
        }
    };
    let term = site.usage_text("reserved_instance_term");
    let payment = site.usage_text("reserved_instance_payment_option");
    let (name, terms) = if let (Some(term), Some(payment)) = (term, payment) {
        (format!("EC2 Dedicated Host (reserved, {family})"), format!("/{term}-{payment}"))
    } else {
        (format!("EC2 Dedicated Host (on-demand, {family})"), String::new())
    };
    let key = format!("aws_ec2_host/{name}{terms}");
    lines.hours(name, key, 1);
}
