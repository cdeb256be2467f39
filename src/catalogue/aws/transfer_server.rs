//! `aws_transfer_server`: takes and gives files by old protocols.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Field, Lines, Site, Tariff};
use crate::model::{Attr, Mode};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_transfer_server",
    mode: Mode::Managed,
    noun: "transfer server",
    describe: inert,
    tariff: &TARIFF,
};

/// By the hour for each protocol, and by the GB.
///
/// Source: components and units as Infracost prints them, goldens of 2024-07; default SFTP: provider documentation of `aws_transfer_server`, protocols.
static TARIFF: Tariff = Tariff {
    reads: &[Field::texts("protocols")],
    usage: &[
        meter::key("monthly_data_uploaded_gb", "GB that are uploaded in a month"),
        meter::key("monthly_data_downloaded_gb", "GB that are downloaded in a month"),
    ],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    match site.own().texts("protocols") {
        Attr::Set(protocols) => {
            for protocol in protocols {
                match protocol {
                    Attr::Set(protocol) => enabled(lines, protocol),
                    Attr::Unset => {}
                    Attr::Unknown(why) => lines.not_priced("Protocol", format!("one of protocols is {why}")),
                }
            }
        }
        Attr::Unset => enabled(lines, "SFTP"),
        Attr::Unknown(why) => lines.not_priced("Protocols", format!("protocols is {why}")),
    }
    let uploaded = site.usage("monthly_data_uploaded_gb");
    lines.used("Data uploaded", "GB", "aws_transfer_server/Data uploaded", uploaded);
    let downloaded = site.usage("monthly_data_downloaded_gb");
    lines.used("Data downloaded", "GB", "aws_transfer_server/Data downloaded", downloaded);
}

fn enabled(lines: &mut Lines, protocol: &str) {
    let name = format!("{protocol} protocol enabled");
    lines.hours(name.as_str(), format!("aws_transfer_server/{name}"), 1);
}
