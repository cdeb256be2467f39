//! `aws_lightsail_instance`: a small machine at one price.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Field, Lines, Quantity, Site, Tariff};
use crate::model::{Attr, Mode};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_lightsail_instance",
    mode: Mode::Managed,
    noun: "Lightsail instance",
    describe: inert,
    tariff: &TARIFF,
};

/// Billed by the hour, by its bundle.
///
/// Source: Amazon Lightsail pricing, instances, not looked up again.
static TARIFF: Tariff = Tariff { reads: &[Field::text("bundle_id")], charge: Charge::By(charge), ..Tariff::FREE };

fn charge(site: &Site<'_>, lines: &mut Lines) {
    match site.own().text("bundle_id") {
        Attr::Set(bundle) => {
            let system = if bundle.contains("_win_") { "Windows" } else { "Linux/UNIX" };
            lines.hours(format!("Virtual server ({system})"), format!("aws_lightsail_instance/{bundle}"), 1);
        }
        other => {
            let why =
                other.why_unknown().map_or("bundle_id is not set".to_owned(), |why| format!("bundle_id is {why}"));
            lines.hours("Virtual server", "aws_lightsail_instance/Virtual server", Quantity::Unknown(why));
        }
    }
}
