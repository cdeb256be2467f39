//! Which products are of use, and under which keys.

use super::dimension::OnDemand;
use super::instances;
use super::product::{Field, Product};
use super::regions::{of_location, without_region};
use super::table::{self, Entry, Out};
use crate::model::Text;
use crate::prices::import::report::Skip;
use crate::prices::import::sink::{Sink, is_certain, tiers};
use crate::prices::{Row, Source, Tier};
use crate::units::Decimal;

/// A product of use.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Wanted {
    /// Its region; empty for what costs the same everywhere.
    pub(super) region: Text,
    /// What it is.
    pub(super) what: What,
}

/// What a product is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum What {
    /// A machine by the hour, with its key.
    Machine(Text),
    /// Something of the table; with an engine where its price depends on one.
    Entry(&'static Entry, Text),
}

/// The kinds of places that are no region.
const ELSEWHERE: [&str; 4] = ["AWS Local Zone", "AWS Wavelength Zone", "AWS Outposts", "AWS Edge Location"];

/// Whether a product is of use; `offer` is the code of its file.
///
/// # Errors
///
/// Why it is not.
pub(super) fn wanted(offer: &str, product: &Product) -> Result<Wanted, Skip> {
    // Data transfer stands in the files of many services.
    let service = match product.get(Field::Service) {
        "AWSDataTransfer" => "AWSDataTransfer",
        own if offer.is_empty() => own,
        _ => offer,
    };
    let code = match (product.get(Field::Region), product.get(Field::FromRegion)) {
        ("", from) => from,
        (own, _) => own,
    };
    let location = match (product.get(Field::Location), product.get(Field::FromLocation)) {
        ("", from) => from,
        (own, _) => own,
    };
    let region = if code.is_empty() { of_location(location).unwrap_or_default() } else { code };
    let usage = without_region(product.get(Field::UsageType), region);
    let what = if let Some(key) = instances::machine(service, usage, product)? {
        What::Machine(key)
    } else {
        let entry = table::find(service, usage, product).ok_or(Skip::Unused)?;
        What::Entry(entry, if entry.by_engine { product.get(Field::Engine).into() } else { Text::default() })
    };
    let everywhere = matches!(what, What::Entry(entry, _) if entry.everywhere);
    if everywhere {
        return Ok(Wanted { region: Text::default(), what });
    }
    if ELSEWHERE.contains(&product.get(Field::LocationType)) {
        return Err(Skip::Elsewhere);
    }
    if region.is_empty() {
        return Err(Skip::Region);
    }
    Ok(Wanted { region: region.into(), what })
}

impl Wanted {
    /// Adds the prices of the product to `sink`.
    ///
    /// # Errors
    ///
    /// Why none is taken.
    pub(super) fn rows(self, price: OnDemand, source: &Source, sink: &mut Sink) -> Result<(), Skip> {
        let tiers = tiers(price.rates);
        if !is_certain(&tiers) {
            return Err(Skip::Ambiguous);
        }
        let row = |key: Text, unit: &str, tiers: Vec<Tier>| Row {
            key,
            unit: unit.into(),
            region: self.region.clone(),
            tiers,
            source: source.clone(),
        };
        match &self.what {
            What::Machine(key) => {
                if !matches!(price.unit.as_str(), "Hrs" | "Hours" | "hours") {
                    return Err(Skip::Unit);
                }
                if tiers.iter().all(|tier| tier.usd.is_zero()) {
                    return Err(Skip::Zero);
                }
                sink.add(row(key.clone(), "hours", tiers))
            }
            What::Entry(entry, engine) => {
                if entry.not_in == price.unit {
                    return Err(Skip::Unit);
                }
                let mut result = Ok(());
                for out in entry.outs.iter().filter(|out| out.engine.is_empty() || out.engine == engine.as_str()) {
                    let key = match (out.key, engine.as_str()) {
                        (Some(key), _) => key.into(),
                        (None, "") => Text::from(format!("{}/{}", entry.offer, entry.usage)),
                        (None, engine) => Text::from(format!("{}/{}|{engine}", entry.offer, entry.usage)),
                    };
                    let tiers = out.part(&tiers);
                    if !tiers.is_empty() {
                        result = result.and(sink.add(row(key, out.unit, tiers)));
                    }
                }
                result
            }
        }
    }
}

impl Out {
    /// The tiers that belong to the key, in its unit.
    fn part(&self, tiers: &[Tier]) -> Vec<Tier> {
        let times = Decimal::from(self.times);
        let scaled = |tier: &Tier| Tier {
            from: tier.from.checked_div(times).unwrap_or(tier.from),
            usd: tier.usd.checked_mul(times).unwrap_or(Decimal::MAX),
        };
        match self.tier {
            None => tiers.iter().map(scaled).collect(),
            Some(from) => {
                let one = tiers.iter().find(|tier| tier.from == Decimal::from(from));
                one.map(|tier| Tier { from: Decimal::ZERO, ..scaled(tier) }).into_iter().collect()
            }
        }
    }
}
