//! Edits of attributes and variables: where a value is written, and whether another one in its place does what is wanted and no more.

use std::collections::BTreeSet;
use std::sync::Arc;

use hcl_edit::expr::Expression;
use hcl_edit::template::Element;

use super::draft::{Draft, Inside};
use super::module::{Block, Formula, Item, Items, Module};
use super::places::{self, name_under, variable};
use super::references;
use super::tree::Source;
use crate::model::{Suggestion, Text};

/// Something in a block that is to take another value.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Edit {
    /// The module and the block, by its name in it.
    pub block: (usize, String),
    /// What of it.
    pub spot: Spot,
    /// Its value, spelled as in a configuration: `"gp3"`, `5`, `true`.
    pub value: String,
}

/// What takes another value.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Spot {
    /// An attribute; a dotted path leads through blocks, and to the value of one that is named by an attribute: of
    /// `setting { name = "MinSize" }` by `setting.MinSize`.
    Attribute(Text),
    /// A variable of an environment, by its name; behind that of its container and a dot, where several have one.
    Variable {
        /// Its name.
        name: Text,
        /// The value that it has: what is written otherwise is not what counts.
        was: String,
    },
}

/// What to write, and all that it changes.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Rewriting {
    /// What to write.
    pub suggestions: Vec<Suggestion>,
    /// The blocks, by module and name, whose attributes take other values: a module that is called twice is written once.
    pub touched: BTreeSet<(usize, String)>,
    /// Whether one of those blocks leaves it at what exists, whatever is written.
    pub is_frozen: bool,
}

/// A value, where it is written out.
pub(super) struct Origin<'s> {
    /// The module that it stands in.
    module: usize,
    pub(super) file: &'s Arc<str>,
    pub(super) expression: &'s Expression,
    /// The calls that lead from there to the block.
    trail: Vec<&'s str>,
}

/// Where attributes come to stand: a block, and the path of a block in it.
pub(super) struct Gap<'s> {
    pub(super) module: &'s Module,
    pub(super) block: &'s Block,
    name: &'s str,
    pub(super) path: Vec<&'s str>,
    pub(super) added: Vec<(&'s str, &'s str)>,
}

/// The value that the plan has of a variable of the root module, as JSON.
type Roots<'r> = &'r dyn Fn(&str) -> Option<serde_json::Value>;

impl Source {
    /// What to write so that attributes take other values: in the block itself, or where a variable that is used for nothing
    /// else gets its value. Nothing where one of them is made up otherwise, or stands in a file that is not the user's own.
    pub fn rewrite(&self, edits: &[Edit], root: Roots<'_>) -> Option<Rewriting> {
        let mut draft = Draft::default();
        let mut all = Rewriting::default();
        let mut gaps: Vec<Gap<'_>> = Vec::new();
        for edit in edits {
            let (at, name) = (edit.block.0, edit.block.1.as_str());
            let module = self.module(at)?;
            let block = module.blocks.get(name)?;
            let origin = match &edit.spot {
                // Another resource would change with it, or a condition no longer hold.
                Spot::Attribute(attribute) if module.is_read(name, attribute) => return None,
                Spot::Attribute(attribute) => match block.items.attribute(attribute) {
                    Some(formula) => Some(self.origin((at, &formula.place.file), &formula.expression, root)?),
                    None => None,
                },
                Spot::Variable { name, was } => {
                    let origin = self.variable(at, block, name, root)?;
                    Some(Some(origin).filter(|origin| spelled(origin.expression).as_ref() == Some(was))?)
                }
            };
            let (written_in, trail) = match (origin, &edit.spot) {
                (Some(origin), _) => {
                    draft.replace(self.module(origin.module)?, &origin, &edit.value)?;
                    (origin.module, origin.trail)
                }
                (None, Spot::Attribute(attribute)) if self.foreign(at).is_none() => {
                    let steps: Vec<&str> = attribute.split('.').filter(|step| step.parse::<usize>().is_err()).collect();
                    let (leaf, path) = steps.split_last().filter(|_| !block.items.holds(&steps))?;
                    let gap = Gap { module, block, name, path: path.to_vec(), added: vec![(leaf, &edit.value)] };
                    note(&mut gaps, gap)?;
                    (at, Vec::new())
                }
                (None, _) => return None,
            };
            for module in self.fellows(written_in) {
                let module = trail.iter().try_fold(module, |at, call| self.child(at, call))?;
                let frozen = &self.module(module)?.blocks.get(name)?.frozen;
                // A file that is not read may freeze it.
                all.is_frozen |= self.is_partial(module)
                    || match &edit.spot {
                        Spot::Attribute(attribute) => frozen.holds(attribute),
                        Spot::Variable { .. } => frozen.holds_any(),
                    };
                all.touched.insert((module, name.to_owned()));
            }
        }
        for gap in gaps {
            draft.fill(&gap)?;
        }
        all.suggestions = draft.suggestions(self)?;
        (!all.suggestions.is_empty()).then_some(all)
    }

    /// Follows variables and locals that are used for nothing else up to where a value is written out in the user's own files.
    fn origin<'s>(
        &'s self,
        (at, file): (usize, &'s Arc<str>),
        expression: &'s Expression,
        root: Roots<'_>,
    ) -> Option<Origin<'s>> {
        let module = self.module(at)?;
        let expression = bare(expression);
        // In a file that is not read, more may be made of them.
        let is_read = !self.is_partial(at);
        if let Some(name) = variable(expression).filter(|_| is_read) {
            if module.uses("var", name) != 1 {
                return None;
            }
            if let Some((parent, call)) = self.caller(at)
                && let Some(argument) = self.module(parent)?.calls.get(call)?.arguments.get(name)
            {
                let mut origin = self.origin((parent, &argument.place.file), &argument.expression, root)?;
                origin.trail.push(call);
                return Some(origin);
            }
            // Whoever calls the same files gets the same default.
            let is_alone = self.fellows(at).nth(1).is_none();
            let default = module.variables.get(name)?.default.as_ref().filter(|_| is_alone)?;
            let is_taken = || literal(&default.expression).is_some_and(|own| root(name) == Some(own));
            let counts = at != 0 || (is_taken() && self.is_left_to_default(name));
            return counts.then(|| self.origin((at, &default.place.file), &default.expression, root)).flatten();
        }
        if let Some(name) = name_under(expression, "local").filter(|_| is_read) {
            let local = module.locals.get(name).filter(|_| module.uses("local", name) == 1)?;
            return self.origin((at, &local.place.file), &local.expression, root);
        }
        let is_written = self.foreign(at).is_none() && literal(expression).is_some();
        is_written.then_some(Origin { module: at, file, expression, trail: Vec::new() })
    }

    /// Finds the value of a variable of an environment: in the block itself, or in what it alone is made of.
    fn variable<'s>(&'s self, at: usize, block: &'s Block, name: &str, root: Roots<'_>) -> Option<Origin<'s>> {
        let own = block.items.formulas();
        let mut names =
            std::iter::once((None, name)).chain(splits(name).map(|(container, name)| (Some(container), name)));
        names.find_map(|(container, name)| self.within(at, &own, (container, name), root, 0))
    }

    /// Finds a named value in expressions, or in the locals and arguments that are used for nothing else.
    fn within<'s>(
        &'s self,
        at: usize,
        formulas: &[&'s Formula],
        named: (Option<&str>, &str),
        root: Roots<'_>,
        depth: usize,
    ) -> Option<Origin<'s>> {
        let mut found = Vec::new();
        for formula in formulas {
            let mut values = Vec::new();
            references::named(&formula.expression, named, &mut values);
            found.extend(values.into_iter().map(|value| (&formula.place.file, value)));
        }
        match found.as_slice() {
            [] if depth < DEEPEST && !self.is_partial(at) => {}
            [(file, value)] => return self.origin((at, file), value, root),
            _ => return None,
        }
        let module = self.module(at)?;
        let mut origins = Vec::new();
        for reference in formulas.iter().flat_map(|formula| &formula.references) {
            let Some(name) = reference.name(0).filter(|name| module.uses(&reference.root, name) == 1) else { continue };
            let origin = match reference.root.as_str() {
                "local" => module.locals.get(name).and_then(|local| self.within(at, &[local], named, root, depth + 1)),
                "var" => self.handed(at, name, named, root, depth),
                _ => None,
            };
            origins.extend(origin);
        }
        // Found in two places, one of them may not be the one that counts.
        if origins.len() == 1 { origins.pop() } else { None }
    }

    /// Finds a named value in what a call hands to a variable.
    fn handed<'s>(
        &'s self,
        at: usize,
        name: &str,
        named: (Option<&str>, &str),
        root: Roots<'_>,
        depth: usize,
    ) -> Option<Origin<'s>> {
        if let Some((parent, call)) = self.caller(at)
            && let Some(argument) = self.module(parent)?.calls.get(call)?.arguments.get(name)
        {
            let mut origin = self.within(parent, &[argument], named, root, depth + 1)?;
            origin.trail.push(call);
            return Some(origin);
        }
        // Whoever calls the same files gets the same default.
        let is_alone = self.fellows(at).nth(1).is_none();
        let default = self.module(at)?.variables.get(name)?.default.as_ref().filter(|_| is_alone)?;
        let counts = at != 0 || self.is_left_to_default(name);
        counts.then(|| self.within(at, &[default], named, root, depth + 1)).flatten()
    }

    /// The modules that are read from the same files as one, itself among them.
    fn fellows(&self, module: usize) -> impl Iterator<Item = usize> {
        let folders = self.folders();
        let own = folders.get(module);
        (0..folders.len()).filter(move |at| folders.get(*at) == own)
    }
}

/// So many locals and calls may lie between a block and what it is made of.
const DEEPEST: usize = 8;

/// The two parts of a name at each of its dots.
fn splits(name: &str) -> impl Iterator<Item = (&str, &str)> {
    name.match_indices('.').map(|(at, _)| (name.get(..at).unwrap_or_default(), name.get(at + 1..).unwrap_or_default()))
}

/// An expression without what only makes a text of it: `tostring(x)`, `"${x}"`, `(x)`.
fn bare(expression: &Expression) -> &Expression {
    match expression {
        Expression::Parenthesis(inner) => bare(inner.inner()),
        Expression::FuncCall(call) if call.name.namespace.is_empty() && call.name.name.as_str() == "tostring" => {
            match call.args.iter().next() {
                Some(only) if call.args.len() == 1 => bare(only),
                _ => expression,
            }
        }
        Expression::StringTemplate(template) => match template.iter().collect::<Vec<_>>().as_slice() {
            [Element::Interpolation(only)] => bare(&only.expr),
            _ => expression,
        },
        _ => expression,
    }
}

/// Takes in what comes to stand in a block; the same is wanted once, and nothing else in its place.
fn note<'s>(gaps: &mut Vec<Gap<'s>>, gap: Gap<'s>) -> Option<()> {
    let file = |gap: &Gap<'_>| gap.block.place.as_ref().map(|place| Arc::clone(&place.file));
    let is_it = |other: &&mut Gap<'s>| file(other) == file(&gap) && other.name == gap.name && other.path == gap.path;
    let Some(known) = gaps.iter_mut().find(is_it) else {
        gaps.push(gap);
        return Some(());
    };
    for (name, value) in gap.added {
        match known.added.iter().find(|(other, _)| *other == name) {
            Some((_, other)) if *other == value => {}
            Some(_) => return None,
            None => known.added.push((name, value)),
        }
    }
    Some(())
}

impl Items {
    /// Whether something of a path is there already, other than blocks that stand there once and are written out.
    pub(super) fn holds(&self, path: &[&str]) -> bool {
        let Some((head, rest)) = path.split_first() else { return true };
        if places::NAMED.contains(head) {
            return true;
        }
        match self.named(head).as_slice() {
            [] => false,
            [Item::Block(inner, ..)] => inner.holds(rest),
            _ => true,
        }
    }

    /// The block that a path leads to from `own`, of which these are the items.
    pub(super) fn inner<'s>(&'s self, path: &[&str], own: Inside<'s>) -> Option<Inside<'s>> {
        let Some((head, rest)) = path.split_first() else { return Some(own) };
        match self.named(head).as_slice() {
            [Item::Block(items, place, span)] => items.inner(rest, Inside { items, span, file: &place.file }),
            _ => None,
        }
    }
}

/// The text, the number or the switch that an expression is written out as.
pub(super) fn literal(expression: &Expression) -> Option<serde_json::Value> {
    match expression {
        Expression::String(text) => Some(text.as_str().into()),
        Expression::Bool(value) => Some((*value.value()).into()),
        Expression::Number(number) => serde_json::from_str(&number.to_string()).ok(),
        _ => None,
    }
}

/// The same without its type: where one writes a text, another writes a number.
pub(super) fn spelled(expression: &Expression) -> Option<String> {
    let value = literal(expression)?;
    Some(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
}
