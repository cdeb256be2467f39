//! `aws_glue_job`: a program that moves and changes data.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Field, Lines, Quantity, Record, Site, Tariff, UsageKey};
use crate::model::{Attr, Mode};
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_glue_job", mode: Mode::Managed, noun: "Glue job", describe: inert, tariff: &TARIFF };

/// Billed by the hour of each of its data processing units.
///
/// Source: AWS Glue pricing, ETL jobs, not looked up again.
static TARIFF: Tariff = Tariff {
    reads: &[
        Field::number("max_capacity"),
        Field::number("number_of_workers"),
        Field::text("worker_type"),
        Field::text("execution_class"),
        Field::blocks("command", &[Field::text("name")]),
    ],
    usage: &[UsageKey { key: "monthly_hours", meaning: "Hours that the job runs in a month" }],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let own = site.own();
    let flexible = own.text("execution_class").known().is_some_and(|class| *class == "FLEX");
    let (name, key) = if flexible {
        ("Duration (flexible)", "aws_glue_job/Duration (flexible)")
    } else {
        ("Duration", "aws_glue_job/Duration")
    };
    match units(own) {
        Ok(units) => {
            lines.used(name, "hours", key, site.usage("monthly_hours")).times(units);
        }
        Err(why) => {
            lines.monthly(name, "hours", key, Quantity::Unknown(why));
        }
    }
}

/// How many units it has: as many as it is told, or its workers' together.
///
/// Source: AWS Glue API reference, `CreateJob` (worker types; 10 units by default, 0.0625 for a Python shell), not looked up again.
fn units(own: &Record) -> Result<Decimal, String> {
    let number = |name: &str| match own.number(name) {
        Attr::Set(number) => Ok(Some(number)),
        Attr::Unset => Ok(None),
        Attr::Unknown(why) => Err(format!("{name} is {why}")),
    };
    let each = match own.text("worker_type") {
        Attr::Set(kind) => match kind.as_str() {
            "G.025X" => Decimal::new(25, 2),
            "Standard" | "G.1X" => Decimal::ONE,
            "G.2X" | "Z.2X" => Decimal::TWO,
            "G.4X" => Decimal::from(4),
            "G.8X" => Decimal::from(8),
            other => return Err(format!("worker_type is not one that planwise knows: {other}")),
        },
        Attr::Unset => Decimal::ONE,
        Attr::Unknown(why) => return Err(format!("worker_type is {why}")),
    };
    if let Some(workers) = number("number_of_workers")? {
        return Ok(workers.saturating_mul(each));
    }
    if let Some(capacity) = number("max_capacity")? {
        return Ok(capacity);
    }
    let command = own.block("command").and_then(|command| command.text("name"));
    let shell = command.known().is_some_and(|name| *name == "pythonshell");
    Ok(if shell { Decimal::new(625, 4) } else { Decimal::TEN })
}
