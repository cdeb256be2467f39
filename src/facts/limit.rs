//! How many connections a database takes.

use crate::model::Text;
use crate::units::Interval;

/// What a formula may ask for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Variable {
    /// Bytes of memory that the database process has.
    Memory,
    /// Processors.
    Processors,
    /// Bytes of storage.
    Storage,
    /// The port on which it listens.
    Port,
}

/// A limit as a cloud computes it: whole numbers, division truncates.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Formula {
    /// A number.
    Number(u64),
    /// Something about the machine.
    Variable(Variable),
    /// A product.
    Times(Box<Formula>, u64),
    /// A quotient, truncated.
    Over(Box<Formula>, u64),
    /// The binary logarithm of `variable / divisor`, rounded to the nearest whole number.
    ///
    /// That it rounds is not documented; it reproduces all 74 documented limits of Aurora `MySQL`, truncation does not.
    Log(Variable, u64),
    /// The least of them.
    Least(Vec<Formula>),
    /// The greatest of them.
    Greatest(Vec<Formula>),
    /// Their sum.
    Sum(Vec<Formula>),
}

/// Why a formula has no value.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum FormulaError {
    /// It is not of the language.
    #[error("is no number and no formula that we can read ({0})")]
    Syntax(&'static str),
    /// It asks for something that is not known of this machine.
    #[error("needs {0}, which is not known")]
    Missing(&'static str),
    /// It divides by nothing.
    #[error("divides by zero")]
    Zero,
}

impl Formula {
    /// The least and the greatest value for what is known of the machine.
    ///
    /// Every formula grows with its variables, so that the ends of the variables give the ends of the value.
    ///
    /// # Errors
    /// When a variable is not known, or a divisor is zero.
    pub fn evaluate(&self, variables: &[(Variable, Interval)]) -> Result<Interval, FormulaError> {
        let low = self.at(&|wanted| find(variables, wanted).map(|interval| interval.low))?;
        let high = self.at(&|wanted| find(variables, wanted).map(|interval| interval.high))?;
        Ok(Interval { low, high })
    }

    /// Whether its value depends on `variable`.
    pub fn reads(&self, variable: Variable) -> bool {
        match self {
            Self::Number(_) => false,
            Self::Variable(own) | Self::Log(own, _) => *own == variable,
            Self::Times(part, _) | Self::Over(part, _) => part.reads(variable),
            Self::Least(parts) | Self::Greatest(parts) | Self::Sum(parts) => {
                parts.iter().any(|part| part.reads(variable))
            }
        }
    }

    fn at(&self, variable: &dyn Fn(Variable) -> Option<u64>) -> Result<u64, FormulaError> {
        let known = |wanted| variable(wanted).ok_or(FormulaError::Missing(name(wanted)));
        let all = |parts: &[Self]| parts.iter().map(|part| part.at(variable)).collect::<Result<Vec<_>, _>>();
        match self {
            Self::Number(number) => Ok(*number),
            Self::Variable(wanted) => known(*wanted),
            Self::Times(part, factor) => Ok(part.at(variable)?.saturating_mul(*factor)),
            Self::Over(part, divisor) => part.at(variable)?.checked_div(*divisor).ok_or(FormulaError::Zero),
            Self::Log(wanted, divisor) => rounded_log(known(*wanted)?, *divisor),
            Self::Least(parts) => Ok(all(parts)?.into_iter().min().unwrap_or_default()),
            Self::Greatest(parts) => Ok(all(parts)?.into_iter().max().unwrap_or_default()),
            Self::Sum(parts) => Ok(all(parts)?.into_iter().fold(0, u64::saturating_add)),
        }
    }
}

fn find(variables: &[(Variable, Interval)], wanted: Variable) -> Option<Interval> {
    variables.iter().find(|(variable, _)| *variable == wanted).map(|(_, interval)| *interval)
}

const fn name(variable: Variable) -> &'static str {
    match variable {
        Variable::Memory => "the memory of its class",
        Variable::Processors => "the processors of its class",
        Variable::Storage => "its storage",
        Variable::Port => "its port",
    }
}

/// `round(log2(value / divisor))`, never below zero, in whole numbers: it rounds up from `2^(n + 1/2)` on.
fn rounded_log(value: u64, divisor: u64) -> Result<u64, FormulaError> {
    if divisor == 0 {
        return Err(FormulaError::Zero);
    }
    let (value, divisor) = (u128::from(value), u128::from(divisor));
    if value < divisor {
        return Ok(0);
    }
    let whole = (value / divisor).ilog2();
    // log2(v/d) >= n + 1/2  <=>  v² >= d² · 2^(2n+1); both sides fit because v and d are 64 bits wide.
    let up = value.saturating_mul(value)
        >= divisor.saturating_mul(divisor).saturating_mul(1_u128 << (2 * whole + 1).min(127));
    Ok(u64::from(whole) + u64::from(up))
}

/// Connections that ordinary users do not get.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Reserve {
    /// The parameter that says how many.
    pub parameter: &'static str,
    /// How many where it is not set.
    pub default: u64,
    /// Where that is documented.
    pub source: &'static str,
}

/// How many connections a database takes, and for whom.
#[derive(Clone, Debug)]
pub struct ConnectionLimit {
    /// The parameter that sets it.
    pub parameter: &'static str,
    /// Its value where nobody sets it; an engine without a default that we know has none.
    pub default: Option<Formula>,
    /// Where that is documented.
    pub source: &'static str,
    /// What is known of the machine.
    pub variables: Vec<(Variable, Interval)>,
    /// Where that is known from.
    pub machine: &'static str,
    /// The class, or the capacity, that it is computed for.
    pub size: Text,
    /// The attribute that has it.
    pub size_attribute: &'static str,
    /// A bound above which it does not rise.
    pub cap: Option<Cap>,
    /// The bytes of memory that a default counts for one connection.
    pub per_connection: u64,
    /// Where that figure is documented.
    pub per_connection_source: &'static str,
    /// The values that the cloud accepts.
    pub allowed: Interval,
    /// What is kept back.
    pub reserves: Vec<Reserve>,
}

/// A bound on a limit.
#[derive(Clone, Copy, Debug)]
pub struct Cap {
    /// The bound.
    pub limit: u64,
    /// The attribute that brings it.
    pub attribute: &'static str,
    /// Where that is documented.
    pub source: &'static str,
    /// What lifts it, as an imperative.
    pub lift: &'static str,
    /// The value of the attribute that does.
    pub lifted_at: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    const GIB: u64 = 1 << 30;

    fn memory(gib: u64) -> [(Variable, Interval); 1] {
        [(Variable::Memory, Interval::exactly(gib * GIB))]
    }

    fn over(divisor: u64) -> Formula {
        Formula::Over(Box::new(Formula::Variable(Variable::Memory)), divisor)
    }

    /// Figures of the RDS User Guide: 8 GiB / 12582880 = 682.66; 16 GiB / 9531392 = 1802.4; 512 GiB is capped.
    #[test]
    fn documented_defaults() {
        assert_eq!(over(12_582_880).evaluate(&memory(8)), Ok(Interval::exactly(682)));
        let postgres = Formula::Least(vec![over(9_531_392), Formula::Number(5000)]);
        assert_eq!(postgres.evaluate(&memory(16)), Ok(Interval::exactly(1802)));
        assert_eq!(postgres.evaluate(&memory(512)), Ok(Interval::exactly(5000)));
    }

    #[test]
    fn logarithms_round_to_the_nearest() {
        // sqrt(2) = 1.41421...: 1414213/1000000 is just below 2^0.5, 1414214/1000000 just above.
        assert_eq!(rounded_log(1_414_213, 1_000_000), Ok(0));
        assert_eq!(rounded_log(1_414_214, 1_000_000), Ok(1));
        assert_eq!(rounded_log(1, 2), Ok(0));
        assert_eq!(rounded_log(1024, 1), Ok(10));
        assert_eq!(rounded_log(5, 0), Err(FormulaError::Zero));
        // The widest that memory can be: log2(2^64 - 1) rounds to 64.
        assert_eq!(rounded_log(u64::MAX, 1), Ok(64));
    }

    #[test]
    fn what_is_missing_is_an_error() {
        assert_eq!(over(1).evaluate(&[]), Err(FormulaError::Missing("the memory of its class")));
        assert_eq!(over(0).evaluate(&memory(1)), Err(FormulaError::Zero));
    }
}
