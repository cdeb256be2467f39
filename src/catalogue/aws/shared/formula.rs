//! The language of values in RDS parameter groups.
//!
//! Source: Amazon RDS user guide, "Specifying DB parameters" (awsdocs/amazon-rds-user-guide 50e7617a,
//! `USER_ParamValuesRef.md`), read 2026-11-23. Variables are case-sensitive, functions are not; there is only `*` and
//! `/`, on whole numbers, truncated; `log` is binary.

use crate::facts::{Formula, FormulaError, Variable};

/// Reads a parameter's value: a number, or a formula.
pub(in crate::catalogue::aws) fn parse(text: &str) -> Result<Formula, FormulaError> {
    let mut parser = Parser { rest: text.trim(), parts: MOST_PARTS };
    let formula = parser.value()?;
    if parser.rest.is_empty() { Ok(formula) } else { Err(FormulaError::Syntax("something follows its end")) }
}

/// More than any formula has. What has more nests without end, and would fill the stack.
const MOST_PARTS: u8 = 100;

struct Parser<'t> {
    rest: &'t str,
    /// How many more values and factors there may be.
    parts: u8,
}

impl Parser<'_> {
    /// `12`, `{...}` or `LEAST(...)`.
    fn value(&mut self) -> Result<Formula, FormulaError> {
        self.part()?;
        if self.take("{") {
            let inner = self.braces()?;
            self.expect("}", "a brace is not closed")?;
            return Ok(inner);
        }
        if let Some(number) = self.number() {
            return Ok(Formula::Number(number));
        }
        self.function()
    }

    /// What stands between braces: a variable with factors and divisors, or a logarithm.
    fn braces(&mut self) -> Result<Formula, FormulaError> {
        let name = self.word();
        let mut formula = if name.eq_ignore_ascii_case("log") {
            self.log()?
        } else if is_function(name) {
            return Err(FormulaError::Syntax("a function stands inside braces; braces go inside the function"));
        } else {
            Formula::Variable(variable(name)?)
        };
        loop {
            let times = self.take("*");
            if !times && !self.take("/") {
                return Ok(formula);
            }
            self.part()?;
            let number = self.number().ok_or(FormulaError::Syntax("a number is missing behind * or /"))?;
            let part = Box::new(formula);
            formula = if times { Formula::Times(part, number) } else { Formula::Over(part, number) };
        }
    }

    /// `(DBInstanceClassMemory/8187281408)`, with an optional base of 2.
    fn log(&mut self) -> Result<Formula, FormulaError> {
        self.expect("(", "log needs its argument in parentheses")?;
        let variable = variable(self.word())?;
        let divisor = if self.take("/") {
            self.number().ok_or(FormulaError::Syntax("a number is missing behind /"))?
        } else {
            1
        };
        if self.take(",") && self.number() != Some(2) {
            return Err(FormulaError::Syntax("only binary logarithms exist"));
        }
        self.expect(")", "a parenthesis is not closed")?;
        Ok(Formula::Log(variable, divisor))
    }

    fn function(&mut self) -> Result<Formula, FormulaError> {
        let name = self.word().to_ascii_uppercase();
        let build: fn(Vec<Formula>) -> Formula = match name.as_str() {
            "LEAST" => Formula::Least,
            "GREATEST" => Formula::Greatest,
            "SUM" => Formula::Sum,
            "IF" => return Err(FormulaError::Syntax("IF is for Oracle's huge pages only")),
            _ => {
                return Err(FormulaError::Syntax("it is neither a number nor a function that exists"));
            }
        };
        self.expect("(", "a function needs its arguments in parentheses")?;
        let mut arguments = vec![self.value()?];
        while self.take(",") {
            arguments.push(self.value()?);
        }
        self.expect(")", "a parenthesis is not closed")?;
        Ok(build(arguments))
    }

    fn part(&mut self) -> Result<(), FormulaError> {
        self.parts = self.parts.checked_sub(1).ok_or(FormulaError::Syntax("it has more than a hundred parts"))?;
        Ok(())
    }

    fn take(&mut self, token: &str) -> bool {
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest.trim_start();
                true
            }
            None => false,
        }
    }

    fn expect(&mut self, token: &str, otherwise: &'static str) -> Result<(), FormulaError> {
        if self.take(token) { Ok(()) } else { Err(FormulaError::Syntax(otherwise)) }
    }

    fn number(&mut self) -> Option<u64> {
        let end = self.rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.rest.len());
        let (digits, rest) = self.rest.split_at_checked(end)?;
        let number = digits.parse().ok()?;
        self.rest = rest.trim_start();
        Some(number)
    }

    fn word(&mut self) -> &str {
        let end = self.rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, ""));
        self.rest = rest.trim_start();
        word
    }
}

fn is_function(name: &str) -> bool {
    ["LEAST", "GREATEST", "SUM", "IF"].iter().any(|function| name.eq_ignore_ascii_case(function))
}

fn variable(name: &str) -> Result<Variable, FormulaError> {
    match name {
        "AllocatedStorage" => Ok(Variable::Storage),
        "DBInstanceClassMemory" => Ok(Variable::Memory),
        "DBInstanceVCPU" => Ok(Variable::Processors),
        "EndPointPort" => Ok(Variable::Port),
        _ => Err(FormulaError::Syntax("it names a variable that does not exist (they are case-sensitive)")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Interval;

    const GIB: u64 = 1 << 30;

    fn value(text: &str, memory: u64) -> Result<u64, FormulaError> {
        let variables = [(Variable::Memory, Interval::exactly(memory)), (Variable::Processors, Interval::exactly(4))];
        parse(text)?.evaluate(&variables).map(|interval| interval.high)
    }

    #[test]
    fn endless_formulas_are_refused() {
        let deep = |times: usize| "LEAST(".repeat(times) + "1" + &")".repeat(times);
        assert_eq!(value(&deep(99), 0), Ok(1));
        let endless = Err(FormulaError::Syntax("it has more than a hundred parts"));
        assert_eq!(value(&deep(100), 0), endless);
        assert_eq!(value(&deep(200_000), 0), endless);
        assert_eq!(value(&format!("{{DBInstanceClassMemory{}}}", "/2".repeat(200_000)), GIB), endless);
    }

    #[test]
    fn numbers_and_formulas_of_the_documentation() {
        assert_eq!(value("300", 0), Ok(300));
        assert_eq!(value("{DBInstanceClassMemory/12582880}", 8 * GIB), Ok(682));
        assert_eq!(value("LEAST({DBInstanceClassMemory/9531392}, 5000)", 16 * GIB), Ok(1802));
        assert_eq!(value("least({DBInstanceClassMemory/9531392},5000)", 512 * GIB), Ok(5000));
        // 3/4 of 8 GiB; left to right, so that the product comes first.
        assert_eq!(value("{DBInstanceClassMemory*3/4}", 8 * GIB), Ok(6 * GIB));
        assert_eq!(value("SUM(10,{DBInstanceVCPU*2})", 0), Ok(18));
        // Aurora MySQL, 15.25 GiB: 16374562816/8187281408 = 2, log2 = 1.
        let aurora = "GREATEST({log(DBInstanceClassMemory/805306368)*45},{log(DBInstanceClassMemory/8187281408)*1000})";
        assert_eq!(value(aurora, 16_374_562_816), Ok(1000));
        assert_eq!(value("{log(DBInstanceClassMemory/805306368, 2)*45}", 4 * GIB), Ok(90));
        // 4 GiB / 63963136 = 67, times 1024.
        assert_eq!(value("GREATEST({DBInstanceClassMemory/63963136*1024},0)", 4 * GIB), Ok(67 * 1024));
    }

    #[test]
    fn what_is_no_formula_says_why() {
        for text in [
            "",
            "many",
            "{GREATEST({DBInstanceClassMemory/1},2)}",
            "{dbinstanceclassmemory/2}",
            "LEAST()",
            "LEAST(1,)",
            "{DBInstanceClassMemory/}",
            "{DBInstanceClassMemory/2",
            "12 connections",
            "{log(DBInstanceClassMemory,10)}",
        ] {
            assert!(matches!(parse(text), Err(FormulaError::Syntax(_))), "{text}");
        }
    }
}
