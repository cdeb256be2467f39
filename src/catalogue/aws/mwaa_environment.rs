//! `aws_mwaa_environment`: runs workflows.

use super::shared::billing::is_none;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Amounts, Charge, Field, Lines, Quantity, Site, Tariff, UsageKey};
use crate::model::{Attr, Mode};
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_mwaa_environment",
    mode: Mode::Managed,
    noun: "MWAA environment",
    describe: inert,
    tariff: &TARIFF,
};

/// Billed by the hour of the environment, and of workers and schedulers beyond those that come with it.
///
/// Source: Amazon MWAA pricing, not looked up again: an environment comes with one worker and, from Airflow 2 on, two schedulers.
static TARIFF: Tariff = Tariff {
    reads: &[
        Field::text("environment_class"),
        Field::number("min_workers"),
        Field::number("max_workers"),
        Field::number("schedulers"),
    ],
    usage: &[
        UsageKey { key: "additional_workers", meaning: "Workers beyond the first, on average" },
        UsageKey { key: "additional_schedulers", meaning: "Schedulers beyond those that are included, on average" },
        UsageKey { key: "meta_database_gb", meaning: "GB that the meta database holds" },
    ],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let own = site.own();
    // Default mw1.small: Amazon MWAA API reference, CreateEnvironment, not looked up again.
    let scale = match own.text("environment_class") {
        Attr::Set(class) => {
            let class = class.strip_prefix("mw1.").unwrap_or(class);
            let mut letters = class.chars();
            letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        }
        Attr::Unset => "Small".to_owned(),
        Attr::Unknown(why) => {
            let why = Quantity::Unknown(format!("environment_class is {why}"));
            lines.hours("Environment", "aws_mwaa_environment/Environment", why);
            return;
        }
    };
    let mut hours = |what: &str, quantity: Quantity| {
        let name = format!("{what} ({scale})");
        let key = format!("aws_mwaa_environment/{name}");
        lines.hours(name, key, quantity);
    };
    hours("Environment", 1.into());
    hours("Worker", workers(site));
    let beyond = schedulers(site);
    if !is_none(&beyond) {
        hours("Scheduler", beyond);
    }
    lines.used("Meta database", "GB", "aws_mwaa_environment/Meta database", site.usage("meta_database_gb"));
}

/// Workers beyond the first. Defaults 1 and 10: Amazon MWAA API reference, `CreateEnvironment`, not looked up again.
fn workers(site: &Site<'_>) -> Quantity {
    if let Some(stated) = site.usage("additional_workers") {
        return stated.into();
    }
    let own = site.own();
    let most = own.number("max_workers").or_default(Decimal::TEN);
    match (own.number("min_workers").or_default(Decimal::ONE), most) {
        (Attr::Set(least), Attr::Set(most)) => {
            let beyond = |all: Decimal| all.saturating_sub(Decimal::ONE).max(Decimal::ZERO);
            Amounts { minimum: beyond(least), expected: beyond(least), maximum: beyond(most.max(least)) }.into()
        }
        (Attr::Unknown(why), _) => Quantity::Unknown(format!("min_workers is {why}")),
        (_, most) => {
            Quantity::Unknown(most.why_unknown().map_or_else(String::new, |why| format!("max_workers is {why}")))
        }
    }
}

fn schedulers(site: &Site<'_>) -> Quantity {
    if let Some(stated) = site.usage("additional_schedulers") {
        return stated.into();
    }
    let all = site.own().number("schedulers").or_default(Decimal::TWO);
    Quantity::of("schedulers", &all.map(|all| all.saturating_sub(Decimal::TWO).max(Decimal::ZERO)))
}
