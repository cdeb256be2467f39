//! `aws_directory_service_directory`: knows people and their passwords.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Field, Lines, Quantity, Site, Tariff};
use crate::model::{Attr, Mode};
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_directory_service_directory",
    mode: Mode::Managed,
    noun: "directory",
    describe: inert,
    tariff: &TARIFF,
};

/// A Microsoft AD by its domain controllers, two at the least; a Simple AD and an AD Connector by the directory, whichever machines it
/// consists of (Infracost counts those twice).
///
/// Source: components and units as Infracost prints them, goldens of 2024-07; AWS Directory Service pricing, not looked up again; defaults: provider documentation of the type.
static TARIFF: Tariff = Tariff {
    reads: &[
        Field::text("type"),
        Field::text("edition"),
        Field::text("size"),
        Field::number("desired_number_of_domain_controllers"),
    ],
    usage: &[
        meter::key(
            "additional_domain_controllers",
            "domain controllers beyond two, where the configuration does not say",
        ),
        meter::key("shared_accounts", "accounts that the directory is shared with"),
    ],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let kind = match meter::word(site.own(), "type", "SimpleAD") {
        Ok(kind) => kind,
        Err(why) => return lines.not_priced("Directory service", why),
    };
    let (noun, choice) = match kind {
        "MicrosoftAD" => ("Microsoft AD", meter::word(site.own(), "edition", "Enterprise")),
        "ADConnector" => ("AD Connector", meter::word(site.own(), "size", "Large")),
        _ => ("Simple AD", meter::word(site.own(), "size", "Large")),
    };
    let choice = match choice {
        Ok(choice) => choice,
        Err(why) => return lines.not_priced("Directory service", why),
    };
    let name = format!("Directory service ({noun}, {choice})");
    let key = format!("aws_directory_service_directory/{name}");
    if kind != "MicrosoftAD" {
        lines.capacity(name, "directories", key, 1);
        return;
    }
    lines.capacity(name, "controllers", key.as_str(), 2);
    let more = match site.own().number("desired_number_of_domain_controllers") {
        Attr::Set(number) => Quantity::from((number - Decimal::TWO).max(Decimal::ZERO)),
        Attr::Unset => Quantity::Used(site.usage("additional_domain_controllers")),
        Attr::Unknown(why) => Quantity::Unknown(format!("desired_number_of_domain_controllers is {why}")),
    };
    lines.capacity("Additional domain controllers", "controllers", key, more);
    let shared = Quantity::Used(site.usage("shared_accounts"));
    lines.capacity("Directory sharing", "accounts", "aws_directory_service_directory/Directory sharing", shared);
}
