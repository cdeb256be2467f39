//! How a service's tasks are shared out among capacity providers.

use super::fargate::Task;
use crate::facts::{Amounts, Field, Lines, Quantity, Record};
use crate::model::Attr;
use crate::units::Decimal;

/// What the bill depends on in a capacity provider strategy.
pub(in crate::catalogue::aws) const STRATEGY: &[Field] =
    &[Field::text("capacity_provider"), Field::number("base"), Field::number("weight")];

/// Tasks on machines of the cloud, at the usual price and on spare capacity.
#[derive(Debug, Default)]
pub(in crate::catalogue::aws) struct Shares {
    usual: Option<Quantity>,
    spot: Option<Quantity>,
}

impl Shares {
    /// All at the usual price.
    pub(in crate::catalogue::aws) fn usual(tasks: Quantity) -> Self {
        Self { usual: Some(tasks), spot: None }
    }

    /// As a strategy says: the base first, the rest by weight; tasks on somebody's own machines are billed with those.
    ///
    /// Source: Amazon ECS API reference, `CapacityProviderStrategyItem` (base and weight are 0 by default), not looked up again. How
    /// parts of a task are rounded is not said there: shares are averages.
    pub(in crate::catalogue::aws) fn of(strategy: &[Record], tasks: &Quantity) -> Self {
        let mut shares = Self::default();
        for (name, share) in [("FARGATE", &mut shares.usual), ("FARGATE_SPOT", &mut shares.spot)] {
            let is_it =
                |item: &&Record| matches!(item.text("capacity_provider"), Attr::Set(provider) if provider == name);
            if let Some(item) = strategy.iter().find(is_it) {
                *share = Some(part(strategy, item, tasks));
            }
        }
        shares
    }

    /// Writes the lines of such tasks.
    pub(in crate::catalogue::aws) fn bill(&self, task: &Task, lines: &mut Lines) {
        for (share, spot) in [(&self.usual, false), (&self.spot, true)] {
            if let Some(share) = share {
                task.bill(lines, share, spot);
            }
        }
    }

    /// How many tasks that are together, if there may be any.
    pub(in crate::catalogue::aws) fn all(self) -> Option<Quantity> {
        match (self.usual, self.spot) {
            (Some(Quantity::Known(a)), Some(Quantity::Known(b))) => Some(Quantity::Known(Amounts {
                minimum: a.minimum.saturating_add(b.minimum),
                expected: a.expected.saturating_add(b.expected),
                maximum: a.maximum.saturating_add(b.maximum),
            })),
            (Some(Quantity::Known(_)) | None, Some(other)) | (Some(other), _) => Some(other),
            (None, None) => None,
        }
    }
}

fn part(strategy: &[Record], item: &Record, tasks: &Quantity) -> Quantity {
    let number = |item: &Record, name: &str| match item.number(name) {
        Attr::Set(number) => Ok(number),
        Attr::Unset => Ok(Decimal::ZERO),
        Attr::Unknown(why) => Err(format!("capacity_provider_strategy.{name} is {why}")),
    };
    let sum = |name| {
        strategy.iter().try_fold(Decimal::ZERO, |sum, item| Ok::<_, String>(sum.saturating_add(number(item, name)?)))
    };
    let (base, bases, weight, weights) =
        match (number(item, "base"), sum("base"), number(item, "weight"), sum("weight")) {
            (Ok(base), Ok(bases), Ok(weight), Ok(weights)) => (base, bases, weight, weights),
            (Err(why), ..) | (_, Err(why), ..) | (_, _, Err(why), _) | (.., Err(why)) => return Quantity::Unknown(why),
        };
    let ratio = match weight.checked_div(weights) {
        Some(ratio) => ratio,
        // Where no provider has a weight, the only one takes all.
        None if strategy.len() == 1 => Decimal::ONE,
        None => Decimal::ZERO,
    };
    match tasks {
        Quantity::Known(tasks) => tasks
            .map(|all| all.min(base).saturating_add(all.saturating_sub(bases).max(Decimal::ZERO).saturating_mul(ratio)))
            .into(),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Value;
    use crate::model::Text;

    fn item(provider: &str, base: u32, weight: u32) -> Record {
        let number = |number: u32| Value::Number(number.into());
        let provider = Value::Text(Text::from(provider));
        Record::new(STRATEGY, &[("capacity_provider", provider), ("base", number(base)), ("weight", number(weight))])
    }

    /// Ten tasks: the base of 2, and of the other eight a quarter, 4 in all; three quarters of eight on spare capacity, 6.
    #[test]
    fn base_and_weights() {
        let shares = Shares::of(&[item("FARGATE", 2, 1), item("FARGATE_SPOT", 0, 3)], &10.into());
        let known = |quantity: Option<Quantity>| match quantity {
            Some(Quantity::Known(amounts)) => amounts.expected.normalize().to_string(),
            other => format!("{other:?}"),
        };
        assert_eq!((known(shares.usual), known(shares.spot)), ("4".to_owned(), "6".to_owned()));
        // On somebody's own machines: nothing here.
        let shares = Shares::of(&[item("machines", 0, 1)], &10.into());
        assert!(shares.all().is_none());
    }
}
