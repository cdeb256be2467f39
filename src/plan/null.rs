//! What a configuration sets to nothing: modules hand on every choice as a variable, and most of these are null.

use rustc_hash::{FxHashMap, FxHashSet};

use super::configuration::{Configuration, constant, references};
use super::layout::{Map, Raw};

/// So often a variable is handed on before nothing is said of it.
const DEEPEST: usize = 100;

impl Configuration<'_> {
    /// Finds the names that blocks set to null: those are left to the provider, as if they were not there.
    ///
    /// A variable is always known, unless its caller hands in what is not. So where an expression is made of variables alone,
    /// one of which is null, and the plan does not know its value, then the value is what the provider makes of null.
    pub(super) fn find_nulls(&mut self) {
        let mut nulls: Vec<(usize, FxHashSet<String>)> = Vec::new();
        let mut known = Known::default();
        for (at, module) in self.modules.iter().enumerate() {
            for (_, slot) in module.blocks() {
                let Some(block) = self.blocks.get(slot) else { continue };
                let found = block.wholes().filter(|(_, raw)| self.is_null(at, raw, &mut known));
                let found: FxHashSet<String> = found.map(|(name, _)| name.to_owned()).collect();
                if !found.is_empty() {
                    nulls.push((slot, found));
                }
            }
        }
        for (slot, found) in nulls {
            if let Some(block) = self.blocks.get_mut(slot) {
                block.leave(&found);
            }
        }
    }

    /// Whether an expression of a module comes to null, as far as its references tell.
    fn is_null(&self, module: usize, expression: &str, known: &mut Known) -> bool {
        if expression.contains("\"var.") {
            self.outcome(module, expression, 0, known) == Variable::Null
        } else {
            is_constant_null(expression)
        }
    }

    /// What becomes of the references of an expression; what is taken of an object is not followed.
    fn outcome(&self, module: usize, expression: &str, depth: usize, known: &mut Known) -> Variable {
        let all = references(expression);
        if all.is_empty() {
            return Variable::Open;
        }
        let mut outcome = Variable::Set;
        for path in all {
            let name = path.strip_prefix("var.").filter(|name| !name.contains(['.', '[']));
            match name.map(|name| self.variable(module, name, depth, known)) {
                Some(Variable::Set) => {}
                Some(Variable::Null) => outcome = Variable::Null,
                Some(Variable::Open) | None => return Variable::Open,
            }
        }
        outcome
    }

    /// What a variable of a module is set to.
    fn variable(&self, module: usize, name: &str, depth: usize, known: &mut Known) -> Variable {
        let key = (module, name.to_owned());
        if let Some(variable) = known.get(&key) {
            return *variable;
        }
        let variable = self.handed_in(module, name, depth, known);
        known.insert(key, variable);
        variable
    }

    fn handed_in(&self, module: usize, name: &str, depth: usize, known: &mut Known) -> Variable {
        let Some(here) = self.modules.get(module).filter(|_| depth < DEEPEST) else { return Variable::Open };
        let Some(caller) = here.parent else {
            // Those that a plan does not show are sensitive.
            return self.variables.get(name).map_or(Variable::Open, |value| Variable::of(value));
        };
        match here.arguments.get(name) {
            Some(argument) if is_constant_null(argument) => Variable::Null,
            Some(argument) if constant(argument).is_some() => Variable::Set,
            Some(argument) => self.outcome(caller, argument, depth + 1, known),
            // Then its default holds. That of a sensitive one is not shown, but what is made of it is sensitive as well.
            None => here.defaults.get(name).map_or(Variable::Null, |value| Variable::of(value)),
        }
    }
}

/// What variables of modules are set to.
type Known = FxHashMap<(usize, String), Variable>;

/// What a variable is, as far as it matters here.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Variable {
    Null,
    Set,
    /// It may be what the plan does not know.
    Open,
}

impl Variable {
    fn of(value: &str) -> Self {
        if value == "null" { Self::Null } else { Self::Set }
    }
}

fn is_constant_null(expression: &str) -> bool {
    let Ok(Map(entries)) = serde_json::from_str::<Map<'_, Raw<'_>>>(expression) else { return false };
    entries.iter().any(|(key, raw)| key == "constant_value" && raw.0.is_none())
}
