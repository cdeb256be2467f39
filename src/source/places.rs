//! Where things are written: blocks, their attributes, and the calls that lead to them.

use hcl_edit::expr::{Expression, Traversal, TraversalOperator};

use super::folder::normal;
use super::module::{Block, Formula, Ignored, Item, Items, Module, Place as Written};
use super::tree::Source;
use crate::model::{Place, Text};

/// Where a resource is written.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Places {
    /// The attribute, or else the block.
    pub own: Place,
    /// In the user's own files, the outermost call that leads there, if the block itself is in a module from elsewhere.
    pub call: Option<Place>,
}

/// A comment that says what planwise shall not tell, and of what.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Ignore {
    /// The address of the block, without keys: `module.net.aws_nat_gateway.main`; of a call `module.net`.
    pub address: String,
    /// Whether it stands on a call, and so on all that it leads to.
    pub is_call: bool,
    /// What it says.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// What the comments of a configuration say that planwise shall not tell.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Ignores {
    /// Those of the user's own files that stand on something.
    pub here: Vec<Ignore>,
    /// The places of those that stand on nothing.
    pub astray: Vec<Place>,
    /// The calls that lead to files from elsewhere with such comments: their addresses, and where they are written. Whoever wrote
    /// these files decides nothing about the user's system.
    pub elsewhere: Vec<(String, Option<Place>)>,
}

impl Source {
    /// Where a block is written, or the first of `attributes` that is written there. An attribute is a dotted path through
    /// blocks, or a name that stands in one of the block's texts, such as that of an environment variable.
    pub fn places(&self, module: usize, block: &str, attributes: &[&str]) -> Option<Places> {
        let here = self.module(module)?;
        let written = here.blocks.get(block)?;
        let of = |attribute: &&str| written.items.path(attribute).or_else(|| named(here, written, attribute));
        let found = attributes.iter().find_map(of);
        let own = found.or_else(|| written.place.clone())?;
        let call = self.foreign(module).and_then(|(parent, call)| {
            // What the call itself says of the attribute, if that is handed on as it is.
            let argument = attributes.iter().find_map(|attribute| self.argument(module, written, attribute, parent));
            argument.or_else(|| self.module(parent)?.calls.get(call)?.place.clone())
        });
        Some(Places { own: self.shown(&own), call: call.map(|place| self.shown(&place)) })
    }

    /// The comments that say what planwise shall not tell.
    pub fn ignores(&self) -> Ignores {
        let mut all = Ignores::default();
        let mut open = vec![(0, String::new(), None)];
        while let Some((at, path, from)) = open.pop() {
            let Some(module) = self.module(at) else { continue };
            match &from {
                Some(call) if !module.ignored.is_empty() => all.elsewhere.push(Clone::clone(call)),
                Some(_) => {}
                None => {
                    all.here.extend(module.ignored.iter().map(|Ignored { on, is_call, text, place }| Ignore {
                        address: format!("{path}{on}"),
                        is_call: *is_call,
                        text: text.clone(),
                        place: self.shown(place),
                    }));
                    all.astray.extend(module.astray.iter().map(|place| self.shown(place)));
                }
            }
            for (call, child) in &module.children {
                let address = format!("{path}module.{call}");
                let written = module.calls.get(call).filter(|call| !call.is_local());
                let outermost =
                    written.map(|call| (address.clone(), call.place.as_ref().map(|place| self.shown(place))));
                open.push((*child, format!("{address}."), from.clone().or(outermost)));
            }
        }
        // Called twice, a module's files are read twice.
        all.here.sort_by(|a, b| (&a.place, &a.address).cmp(&(&b.place, &b.address)));
        all.astray.sort();
        all.astray.dedup();
        all.elsewhere.sort();
        all.elsewhere.dedup();
        all
    }

    /// A place by its path from the root of the repository on, as far as that is known.
    pub fn shown(&self, place: &Written) -> Place {
        Place::character(self.in_repository(&place.file), place.line, place.column)
    }

    /// A file's path from the root of the repository on.
    pub(super) fn in_repository(&self, file: &str) -> Text {
        match self.folder.as_str() {
            "" | "." => normal(std::path::Path::new(file)).into(),
            folder => normal(&std::path::Path::new(folder).join(file)).into(),
        }
    }

    /// The outermost call on the way to a module that leads to one from elsewhere, and the module that it stands in.
    pub(super) fn foreign(&self, module: usize) -> Option<(usize, &str)> {
        let mut found = None;
        let mut at = module;
        while let Some((parent, call)) = self.caller(at) {
            if !self.module(parent)?.calls.get(call)?.is_local() {
                found = Some((parent, call));
            }
            at = parent;
        }
        found
    }

    /// The call that leads to a module, and the module that it stands in.
    pub(super) fn caller(&self, module: usize) -> Option<(usize, &str)> {
        self.callers.get(module)?.as_ref().map(|(parent, call)| (*parent, call.as_str()))
    }

    /// Where the module at `until` gives what an attribute is, handed down from variable to variable.
    fn argument(&self, module: usize, block: &Block, attribute: &str, until: usize) -> Option<Written> {
        let mut formula = block.items.attribute(attribute)?;
        let mut at = module;
        loop {
            let name = variable(&formula.expression)?;
            let (parent, call) = self.caller(at)?;
            formula = self.module(parent)?.calls.get(call)?.arguments.get(name)?;
            if parent == until {
                return Some(formula.place.clone());
            }
            at = parent;
        }
    }
}

impl Items {
    /// Where an attribute is written that a dotted path leads to, or the innermost block on the way.
    fn path(&self, path: &str) -> Option<Written> {
        let mut items = self;
        let mut found = None;
        for step in path.split('.').filter(|step| step.parse::<usize>().is_err()) {
            let all = items.named(step);
            let Some(first) = all.first() else { break };
            found = Some(first.place().clone());
            match first {
                Item::Block(inner, ..) if all.len() == 1 => items = inner,
                Item::Dynamic { content, .. } => items = content,
                _ => break,
            }
        }
        found
    }

    /// The attribute that a dotted path leads to, through blocks that stand there once.
    pub(super) fn attribute(&self, path: &str) -> Option<&Formula> {
        let mut items = self;
        let mut steps = path.split('.').filter(|step| step.parse::<usize>().is_err()).peekable();
        while let Some(step) = steps.next() {
            match items.named(step).as_slice() {
                blocks if NAMED.contains(&step) => {
                    let name = steps.next().filter(|_| steps.peek().is_none())?;
                    return value_of(blocks, name);
                }
                [Item::Attribute(formula)] if steps.peek().is_none() => return Some(formula),
                [Item::Block(inner, ..)] => items = inner,
                _ => return None,
            }
        }
        None
    }
}

/// Blocks that are named by an attribute of theirs, and hold a value: `setting { name = "MinSize" value = 2 }`.
pub(super) const NAMED: &[&str] = &["setting", "parameter"];

/// The value of the one block of these that has a name.
fn value_of<'i>(blocks: &[&'i Item], name: &str) -> Option<&'i Formula> {
    let mut found = blocks.iter().filter_map(|block| {
        let Item::Block(inner, ..) = block else { return None };
        let [Item::Attribute(own)] = inner.named("name").as_slice() else { return None };
        let [Item::Attribute(value)] = inner.named("value").as_slice() else { return None };
        (own.expression.as_str() == Some(name)).then_some(value)
    });
    let only = found.next()?;
    found.next().is_none().then_some(only)
}

/// Where a name stands in the text of a block: as a key, or in quotes.
fn named(module: &Module, block: &Block, attribute: &str) -> Option<Written> {
    let name = attribute.rsplit(['.', ' ']).next().filter(|name| name.len() > 2)?;
    let file = &block.place.as_ref()?.file;
    let text = module.texts.get(file)?;
    let within = text.get(block.span.clone())?;
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let at = within.match_indices(name).map(|(at, _)| at).find(|at| {
        let before = within.get(..*at).and_then(|before| before.chars().next_back());
        let after = within.get(at + name.len()..).and_then(|after| after.chars().next());
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })?;
    let upto = text.get(..block.span.start + at)?;
    let line = upto.matches('\n').count() + 1;
    let column = upto.rsplit('\n').next().map_or(0, |start| start.chars().count()) + 1;
    Some(Written { file: file.clone(), line, column })
}

/// The name of the variable that an expression is, and nothing else.
pub(super) fn variable(expression: &Expression) -> Option<&str> {
    name_under(expression, "var")
}

/// The name behind `root.` that an expression is, and nothing else.
pub(super) fn name_under<'e>(expression: &'e Expression, root: &str) -> Option<&'e str> {
    let Expression::Traversal(traversal) = expression else { return None };
    let Traversal { expr: Expression::Variable(head), operators, .. } = traversal.as_ref() else { return None };
    let [operator] = operators.as_slice() else { return None };
    match operator.value() {
        TraversalOperator::GetAttr(name) if head.as_str() == root => Some(name.as_str()),
        _ => None,
    }
}
