//! `aws_dx_gateway_association`: ties a Direct Connect gateway to a transit gateway or a VPN gateway.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Field, Lines, Quantity, Site, Tariff};
use crate::model::{Mode, Text};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_dx_gateway_association",
    mode: Mode::Managed,
    noun: "Direct Connect gateway association",
    describe: inert,
    tariff: &TARIFF,
};

/// An association with a transit gateway is an attachment, one with a VPN gateway costs nothing; peers bill both alike.
///
/// Source: components and units as Infracost prints them, goldens of 2024-07; AWS Direct Connect pricing, not looked up again.
static TARIFF: Tariff = Tariff {
    reads: &[Field::text("associated_gateway_id"), Field::text("associated_gateway_type")],
    usage: &[meter::key("monthly_data_processed_gb", "GB that the transit gateway processes in a month")],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let own = site.own();
    let is_private = |word: &Text| word.starts_with("vgw-") || word.as_str() == "virtualPrivateGateway";
    let is_transit = |word: &Text| word.starts_with("tgw-") || word.as_str() == "transitGateway";
    let said = [own.text("associated_gateway_id"), own.text("associated_gateway_type")];
    if said.iter().any(|word| word.known().is_some_and(|word| is_private(word))) {
        return;
    }
    let hours = if said.iter().any(|word| word.known().is_some_and(|word| is_transit(word))) {
        1.into()
    } else {
        Quantity::Unknown("whether it joins a transit gateway or a VPN gateway is known only after apply".to_owned())
    };
    lines.hours("Transit gateway attachment", "aws_dx_gateway_association/Transit gateway attachment", hours);
    let processed = site.usage("monthly_data_processed_gb");
    lines.used("Data processed", "GB", "aws_dx_gateway_association/Data processed", processed);
}
