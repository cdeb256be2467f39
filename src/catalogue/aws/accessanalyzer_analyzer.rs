//! `aws_accessanalyzer_analyzer`: looks for access that goes too far.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Field, Lines, Site, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_accessanalyzer_analyzer",
    mode: Mode::Managed,
    noun: "access analyzer",
    describe: inert,
    tariff: &TARIFF,
};

/// Access from outside is looked at for nothing; unused access by the role and user that is looked at.
///
/// Source: AWS IAM Access Analyzer pricing, not looked up again.
static TARIFF: Tariff = Tariff {
    reads: &[Field::text("type")],
    usage: &[meter::key("analyzed_identities", "roles and users that are looked at in a month")],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    match meter::word(site.own(), "type", "ACCOUNT") {
        Ok(kind) if kind.ends_with("_UNUSED_ACCESS") => {
            let key = "aws_accessanalyzer_analyzer/Roles and users analyzed";
            lines.used("Roles and users analyzed", "identities", key, site.usage("analyzed_identities"));
        }
        Ok(kind) if kind.ends_with("_INTERNAL_ACCESS") => {
            lines.not_priced("Internal access", "planwise has no price of the resources that it watches");
        }
        Ok(_) => {}
        Err(why) => lines.not_priced("Analyzer", why),
    }
}
