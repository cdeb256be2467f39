//! Groups whose machines are bought in two ways, and count for more than one.

use super::machine::{Machine, Running};
use crate::facts::{Amounts, Field, Quantity, Record, Value};
use crate::model::{Attr, Text};
use crate::units::Decimal;

const DISTRIBUTION: &[Field] = &[
    Field::number("on_demand_base_capacity").left_open(),
    Field::number("on_demand_percentage_above_base_capacity").left_open(),
];

/// What a group says that buys nothing on demand: its whole policy, and the part of one that says so.
pub(in crate::catalogue::aws) fn all_spare() -> [Value; 2] {
    let none = Value::Number(Decimal::ZERO);
    let distribution = [("on_demand_base_capacity", none.clone()), ("on_demand_percentage_above_base_capacity", none)];
    let part = || Value::Blocks(Box::new([Record::new(DISTRIBUTION, &distribution)]));
    [Value::Blocks(Box::new([Record::new(POLICY, &[("instances_distribution", part())])])), part()]
}

/// What the bill of a group depends on that mixes machines.
pub(in crate::catalogue::aws) const POLICY: &[Field] = &[
    Field::blocks("instances_distribution", DISTRIBUTION),
    Field::blocks(
        "launch_template",
        &[Field::blocks(
            "override",
            &[
                Field::text("instance_type"),
                Field::number("weighted_capacity"),
                Field::blocks("instance_requirements", &[]),
            ],
        )],
    ),
];

/// How a group mixes machines.
pub(in crate::catalogue::aws) struct Mixed {
    base: Attr<Decimal>,
    percent: Attr<Decimal>,
    /// The type that comes first, if the policy names any.
    size: Option<Result<Text, String>>,
    /// For how many units of capacity one machine of that type counts.
    weight: Decimal,
    /// Whether machines of other types count for other numbers.
    differ: bool,
}

impl Mixed {
    /// What a policy says.
    ///
    /// Defaults 0 and 100: Amazon EC2 Auto Scaling API reference, `InstancesDistribution`, not looked up again.
    pub(in crate::catalogue::aws) fn of(policy: &Record) -> Self {
        let distribution = policy.block("instances_distribution");
        let number = |name, default: Decimal| {
            distribution.clone().and_then(|distribution| distribution.number(name)).or_default(default)
        };
        let template = policy.block("launch_template").into_known();
        let overrides = template.and_then(|template| template.blocks("override").into_known()).unwrap_or_default();
        let weight = |one: &Record| one.number("weighted_capacity").into_known().unwrap_or(Decimal::ONE);
        let first = overrides.first();
        let own = first.map_or(Decimal::ONE, weight).max(Decimal::ONE);
        Self {
            base: number("on_demand_base_capacity", Decimal::ZERO),
            percent: number("on_demand_percentage_above_base_capacity", Decimal::ONE_HUNDRED),
            size: first.and_then(|first| match first.text("instance_type") {
                Attr::Set(size) => Some(Ok(size.clone())),
                Attr::Unset if first.blocks("instance_requirements").is_unset() => None,
                Attr::Unset => Some(Err("its machine types are chosen by their properties".to_owned())),
                Attr::Unknown(why) => Some(Err(format!("instance_type is {why}"))),
            }),
            weight: own,
            differ: overrides.iter().any(|one| weight(one) != own),
        }
    }

    /// A base on demand, and of the rest a percentage.
    pub(in crate::catalogue::aws) const fn bought(base: Attr<Decimal>, percent: Attr<Decimal>) -> Self {
        Self { base, percent, size: None, weight: Decimal::ONE, differ: false }
    }

    /// Takes the first type that the policy names: the cloud starts that where it can, and which others nobody knows.
    pub(in crate::catalogue::aws) fn change(&self, machine: &mut Machine) {
        if let Some(size) = &self.size {
            machine.size.clone_from(size);
        }
    }

    /// How many machines run, of which so many are bought on demand. `units` are machines; `stated` are the group's own
    /// numbers, units of capacity, which count where machines differ in weight.
    ///
    /// Source: Amazon EC2 Auto Scaling user guide, mixed instances groups: base and percentage are of capacity; parts of a
    /// machine are rounded up, to on-demand machines; not looked up again.
    pub(in crate::catalogue::aws) fn split(
        &self,
        units: Result<Amounts, String>,
        stated: Result<Amounts, String>,
    ) -> Running {
        let (base, percent) = match (&self.base, &self.percent) {
            (Attr::Unknown(why), _) => return unknown(&format!("on_demand_base_capacity is {why}")),
            (_, Attr::Unknown(why)) => {
                return unknown(&format!("on_demand_percentage_above_base_capacity is {why}"));
            }
            (base, percent) => (
                base.known().copied().unwrap_or(Decimal::ZERO),
                percent.known().copied().unwrap_or(Decimal::ONE_HUNDRED),
            ),
        };
        let machines = if self.differ { stated.map(|all| all.map(|all| self.machines(all))) } else { units };
        let machines = match machines {
            Ok(machines) => machines,
            Err(why) => return unknown(&why),
        };
        let on_demand = machines.map(|all| {
            let capacity = all.saturating_mul(self.weight);
            let above = capacity.saturating_sub(base).max(Decimal::ZERO).saturating_mul(percent) / Decimal::ONE_HUNDRED;
            self.machines(base.min(capacity).saturating_add(above.ceil())).min(all)
        });
        let spot = Amounts {
            minimum: machines.minimum.saturating_sub(on_demand.minimum),
            expected: machines.expected.saturating_sub(on_demand.expected),
            maximum: machines.maximum.saturating_sub(on_demand.maximum),
        };
        let some = |amounts: Amounts| (!amounts.maximum.is_zero()).then(|| Quantity::from(amounts));
        let (on_demand, spot) = (some(on_demand), some(spot));
        let none = on_demand.is_none() && spot.is_none();
        let all = Quantity::from(machines);
        Running { on_demand: on_demand.or_else(|| none.then(|| all.clone())), spot, all }
    }

    fn machines(&self, capacity: Decimal) -> Decimal {
        capacity.checked_div(self.weight).unwrap_or(capacity).ceil()
    }
}

fn unknown(why: &str) -> Running {
    let all = Quantity::Unknown(why.to_owned());
    Running { on_demand: Some(all.clone()), spot: None, all }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(base: u32, percent: u32, weight: u32) -> Mixed {
        Mixed {
            base: Attr::Set(base.into()),
            percent: Attr::Set(percent.into()),
            size: None,
            weight: weight.into(),
            differ: false,
        }
    }

    fn known(quantity: Option<Quantity>) -> Option<String> {
        match quantity? {
            Quantity::Known(amounts) => Some(amounts.expected.to_string()),
            other => Some(format!("{other:?}")),
        }
    }

    /// Six machines, two of them on demand, and of the other four half: 2 + 2 and 2. With a weight of 2 they are 12 units of
    /// capacity: 2 + 50 % of 10 are 7 units, which are 4 machines.
    #[test]
    fn base_and_percentage() {
        for (mixed, on_demand, spot) in [
            (of(2, 50, 1), "4", Some("2")),
            (of(2, 50, 2), "4", Some("2")),
            (of(0, 100, 1), "6", None),
            (of(9, 0, 1), "6", None),
        ] {
            let six = Ok(Amounts::exactly(Decimal::from(6)));
            let running = mixed.split(six.clone(), six);
            assert_eq!((known(running.on_demand).as_deref(), known(running.spot).as_deref()), (Some(on_demand), spot));
        }
    }
}
