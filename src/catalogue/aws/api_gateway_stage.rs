//! `aws_api_gateway_stage`: one deployment of a REST API.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Field, Lines, Site, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_api_gateway_stage",
    mode: Mode::Managed,
    noun: "REST API stage",
    describe: inert,
    tariff: &TARIFF,
};

/// A cache by the hour and its size; without one nothing.
///
/// Source: components and units as Infracost prints them, goldens of 2024-07; the sizes: Amazon API Gateway pricing, 2025-01 to 2025-06. Default 0.5: API reference of `CreateStage`, cacheClusterSize.
static TARIFF: Tariff = Tariff {
    reads: &[Field::flag("cache_cluster_enabled"), Field::text("cache_cluster_size")],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    match meter::flag(site.own(), "cache_cluster_enabled", false) {
        Ok(false) => return,
        Ok(true) => {}
        Err(why) => return lines.not_priced("Cache memory", why),
    }
    match meter::word(site.own(), "cache_cluster_size", "0.5") {
        Ok(memory) => {
            let name = format!("Cache memory ({memory} GB)");
            lines.hours(name.as_str(), format!("aws_api_gateway_stage/{name}"), 1);
        }
        Err(why) => lines.not_priced("Cache memory", why),
    }
}
