//! What expressions come to.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use hcl_edit::Decorated;
use hcl_edit::expr::{BinaryOperator, Expression, ForExpr, Object, ObjectKey, Traversal, TraversalOperator};
use rustc_hash::FxHashMap;

use super::functions;
use super::operators::{binary, choose, index, member, splat, unary};
use super::references::names;
use super::scope::{Bound, Outcome, Scope, Stop};
use super::units::{Memo, Unit};
use super::value::{Members, Sort, Value, parse};
use crate::model::{HOLE, Text, holds_hole};

/// So many steps all questions of a plan may take together.
const MOST_STEPS: u64 = 12_000_000;

/// So many steps one named value may take.
const MOST_STEPS_EACH: u64 = 200_000;

/// A text longer than this is taken for one that is not known.
const LONGEST_TEXT: usize = 1 << 20;

/// How much may still be done: in all, and for the value that is worked out now.
#[derive(Debug)]
pub(super) struct Budget {
    all: Cell<u64>,
    each: Cell<u64>,
}

impl Budget {
    pub(super) fn new() -> Self {
        Self { all: Cell::new(MOST_STEPS), each: Cell::new(0) }
    }

    /// Begins another value.
    pub(super) fn renew(&self) {
        self.each.set(MOST_STEPS_EACH);
    }

    /// Whether everything has been used up.
    pub(super) fn is_spent(&self) -> bool {
        self.all.get() == 0
    }

    /// Takes so many steps.
    pub(super) fn take(&self, steps: usize) -> Result<(), Stop> {
        let steps = u64::try_from(steps).unwrap_or(u64::MAX);
        self.all.set(self.all.get().saturating_sub(steps));
        self.each.set(self.each.get().saturating_sub(steps));
        if self.all.get() == 0 || self.each.get() == 0 { Err(Stop::TooMuch) } else { Ok(()) }
    }
}

/// Files that a function reads, by path.
pub(super) type Reach<'s> = &'s dyn Fn(&str) -> Option<Arc<str>>;

/// Evaluates expressions whose named values have been worked out.
pub(super) struct Evaluator<'s> {
    pub(super) memo: Memo,
    pub(super) budget: Budget,
    pub(super) reach: Reach<'s>,
    /// The folder of the module of each module instance.
    pub(super) folders: Vec<Text>,
    /// Templates from files, which are asked for again and again.
    pub(super) templates: RefCell<FxHashMap<String, Option<Arc<hcl_edit::template::Template>>>>,
}

impl Evaluator<'_> {
    pub(super) fn eval(&self, expression: &Expression, scope: &Scope<'_>) -> Outcome {
        self.budget.take(1)?;
        match expression {
            Expression::Null(_) => Ok(Value::Null),
            Expression::Bool(value) => Ok(Value::Bool(*value.value())),
            Expression::Number(number) => {
                let written = number.as_repr().and_then(|text| parse(text)).or_else(|| parse(&number.to_string()));
                Ok(written.map_or(Value::Hole, Value::Number))
            }
            Expression::String(text) => Ok(Value::text(text.as_str())),
            Expression::Array(items) => {
                items.iter().map(|item| self.eval(item, scope)).collect::<Result<_, _>>().map(Value::list)
            }
            Expression::Object(members) => self.object(members, scope),
            Expression::StringTemplate(template) => self.template(template.iter(), scope),
            Expression::HeredocTemplate(heredoc) => self.template(heredoc.template.iter(), scope),
            Expression::Parenthesis(inner) => self.eval(inner.inner(), scope),
            Expression::Variable(name) => self.root(name.as_str(), &[], scope).map(|(value, _)| value),
            Expression::Conditional(conditional) => {
                let condition = self.eval(&conditional.cond_expr, scope)?;
                choose(&condition, self.eval(&conditional.true_expr, scope), self.eval(&conditional.false_expr, scope))
            }
            Expression::FuncCall(call) => functions::call(self, call, scope),
            Expression::Traversal(traversal) => self.traversal(traversal, scope),
            Expression::UnaryOp(operation) => unary(*operation.operator.value(), &self.eval(&operation.expr, scope)?),
            Expression::BinaryOp(operation) => {
                let left = self.eval(&operation.lhs_expr, scope)?;
                let is_decided = match operation.operator.value() {
                    BinaryOperator::And => left.as_bool() == Some(false),
                    BinaryOperator::Or => left.as_bool() == Some(true),
                    _ => false,
                };
                if is_decided {
                    return Ok(left);
                }
                binary(*operation.operator.value(), &left, &self.eval(&operation.rhs_expr, scope)?)
            }
            Expression::ForExpr(each) => self.for_expression(each, scope),
        }
    }

    /// A text, if it is not too long.
    pub(super) fn text(&self, text: impl AsRef<str>) -> Outcome {
        let text = text.as_ref();
        self.budget.take(text.len() / 16)?;
        if text.len() > LONGEST_TEXT {
            return Ok(Value::Hole);
        }
        if !holds_hole(text) {
            return Ok(Value::text(text));
        }
        // Two holes side by side are one.
        let mut joined = String::with_capacity(text.len());
        joined.extend(text.chars().filter({
            let mut last = None;
            move |c| last.replace(*c) != Some(HOLE) || *c != HOLE
        }));
        Ok(Value::text(joined))
    }

    fn object(&self, members: &Object, scope: &Scope<'_>) -> Outcome {
        let mut all = Members::new();
        for (key, value) in members {
            let key = match key {
                ObjectKey::Ident(name) => Value::text(name.as_str()),
                // A bare word is its own name.
                ObjectKey::Expression(Expression::Variable(name)) => Value::text(name.as_str()),
                ObjectKey::Expression(key) => self.eval(key, scope)?,
            };
            let value = self.eval(value.expr(), scope)?;
            if !key.is_known() {
                return Ok(Value::Hole);
            }
            all.insert(key.as_text().ok_or(Stop::Wrong)?, value);
        }
        Ok(Value::map(all))
    }

    /// What the beginning of a traversal means, and how many of its steps that takes.
    fn root(&self, name: &str, steps: &[&str], scope: &Scope<'_>) -> Result<(Value, usize), Stop> {
        if let Some(value) = scope.bound(name) {
            return Ok((value.clone(), 0));
        }
        if scope.is_template {
            return Err(Stop::Wrong);
        }
        let known = |unit: &Unit| self.memo.get(unit).cloned().flatten().unwrap_or(Value::Hole);
        let at = scope.at;
        Ok(match (name, steps) {
            ("var", [name, ..]) => (known(&Unit::Variable(at, (*name).into())), 1),
            ("local", [name, ..]) => (known(&Unit::Local(at, (*name).into())), 1),
            ("each", ["key", ..]) => (scope.each.as_ref().map_or(Value::Hole, |(key, _)| key.clone()), 1),
            ("each", ["value", ..]) => (scope.each.as_ref().map_or(Value::Hole, |(_, value)| value.clone()), 1),
            ("count", ["index", ..]) => (scope.index.map_or(Value::Hole, Value::number), 1),
            ("path", ["module", ..]) => (self.folders.get(at).map_or(Value::Hole, Value::text), 1),
            ("path", ["root", ..]) => (Value::text("."), 1),
            ("module", [call, rest @ ..]) => {
                (known(&Unit::Taken(at, (*call).into(), rest.first().map(|output| Text::from(*output)))), 1)
            }
            ("data", [kind, name, ..]) => (known(&Unit::Block(at, format!("data.{kind}.{name}").into())), 2),
            // The workspace, the object itself and all else are not to be seen.
            ("path" | "terraform" | "self" | "ephemeral" | "each" | "count", _) => (Value::Hole, steps.len()),
            (kind, [name, ..]) => (known(&Unit::Block(at, format!("{kind}.{name}").into())), 1),
            (_, []) => (Value::Hole, 0),
        })
    }

    fn traversal(&self, traversal: &Traversal, scope: &Scope<'_>) -> Outcome {
        let operators: Vec<&TraversalOperator> = traversal.operators.iter().map(Decorated::value).collect();
        let Expression::Variable(name) = &traversal.expr else {
            let value = self.eval(&traversal.expr, scope)?;
            return self.walk(value, &operators, scope);
        };
        let names: Vec<&str> = names(traversal).take(2).collect();
        let (value, used) = self.root(name.as_str(), &names, scope)?;
        self.walk(value, operators.get(used..).unwrap_or_default(), scope)
    }

    fn walk(&self, mut value: Value, operators: &[&TraversalOperator], scope: &Scope<'_>) -> Outcome {
        for (at, operator) in operators.iter().enumerate() {
            self.budget.take(1)?;
            let rest = operators.get(at + 1..).unwrap_or_default();
            value = match operator {
                TraversalOperator::GetAttr(name) => member(&value, name.as_str())?,
                TraversalOperator::Index(by) => index(&value, &self.eval(by, scope)?)?,
                TraversalOperator::LegacyIndex(by) => index(&value, &Value::number(*by.value()))?,
                TraversalOperator::FullSplat(_) => return self.splat(value, rest, &[], scope),
                TraversalOperator::AttrSplat(_) => {
                    // Of what follows `.*`, names are taken of each element, the rest of the row.
                    let is_name = |operator: &&TraversalOperator| matches!(operator, TraversalOperator::GetAttr(_));
                    let names = rest.iter().take_while(|operator| is_name(operator)).count();
                    let (of_each, of_all) = rest.split_at_checked(names).unwrap_or((rest, &[]));
                    return self.splat(value, of_each, of_all, scope);
                }
            };
        }
        Ok(value)
    }

    fn splat(
        &self,
        value: Value,
        of_each: &[&TraversalOperator],
        of_all: &[&TraversalOperator],
        scope: &Scope<'_>,
    ) -> Outcome {
        let Some(items) = splat(value) else { return Ok(Value::Hole) };
        let walked = items.iter().map(|item| self.walk(item.clone(), of_each, scope)).collect::<Result<_, _>>()?;
        self.walk(Value::list(walked), of_all, scope)
    }

    fn for_expression(&self, each: &ForExpr, scope: &Scope<'_>) -> Outcome {
        let collection = self.eval(&each.intro.collection_expr, scope)?;
        let Some(pairs) = pairs(&collection) else {
            return if collection == Value::Hole { Ok(Value::Hole) } else { Err(Stop::Wrong) };
        };
        let key_name = each.intro.key_var.as_ref().map(|name| name.as_str());
        let (mut list, mut members) = (Vec::new(), Members::new());
        for (key, value) in pairs {
            self.budget.take(1)?;
            let outer = Bound { name: key_name.unwrap_or_default(), value: key, outer: scope.names };
            let name = Bound { name: each.intro.value_var.as_str(), value, outer: Some(&outer) };
            let inner = Scope { names: Some(&name), ..scope.clone() };
            if let Some(condition) = &each.cond {
                let condition = self.eval(&condition.expr, &inner)?;
                if !condition.is_known() {
                    // Then it is not known which elements there are.
                    return Ok(Value::Hole);
                }
                if !condition.as_bool().ok_or(Stop::Wrong)? {
                    continue;
                }
            }
            let Some(key) = &each.key_expr else {
                list.push(self.eval(&each.value_expr, &inner)?);
                continue;
            };
            let key = self.eval(key, &inner)?;
            let value = self.eval(&each.value_expr, &inner)?;
            if !key.is_known() {
                return Ok(Value::Hole);
            }
            let key = key.as_text().ok_or(Stop::Wrong)?;
            if each.grouping {
                match members.entry(key).or_insert_with(|| Value::list(Vec::new())) {
                    Value::List(_, items) => Arc::make_mut(items).push(value),
                    _ => return Ok(Value::Hole),
                }
            } else if members.insert(key, value).is_some() {
                return Err(Stop::Wrong);
            }
        }
        Ok(if each.key_expr.is_some() { Value::map(members) } else { Value::list(list) })
    }
}

/// What a `for` goes through: keys and values; `None` for what it cannot go through.
pub(super) fn pairs(collection: &Value) -> Option<Vec<(Value, Value)>> {
    match collection {
        Value::List(sort, items) => {
            let pair = |(at, item): (usize, &Value)| {
                let key = match sort {
                    Sort::List => Value::count(at),
                    Sort::Set => item.clone(),
                    Sort::Unsaid => Value::Hole,
                };
                (key, item.clone())
            };
            Some(items.iter().enumerate().map(pair).collect())
        }
        Value::Map(members) => {
            Some(members.iter().map(|(name, value)| (Value::Text(Arc::clone(name)), value.clone())).collect())
        }
        _ => None,
    }
}
