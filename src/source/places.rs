//! Where things are written: blocks, their attributes, and the calls that lead to them.

use std::path::Path;

use hcl_edit::expr::{Expression, Traversal, TraversalOperator};

use super::folder::normal;
use super::module::{Block, Formula, Ignored, Item, Items, Module, Place as Written};
use super::tree::Source;
use crate::model::{Place, ROOT_MODULE, Text};

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

    /// The comments that say what planwise shall not tell; and the places of those that stand on nothing.
    pub fn ignores(&self) -> (Vec<Ignore>, Vec<Place>) {
        let (mut all, mut astray) = (Vec::new(), Vec::new());
        let mut open = vec![(0, String::new())];
        while let Some((at, path)) = open.pop() {
            let Some(module) = self.module(at) else { continue };
            all.extend(module.ignored.iter().map(|Ignored { on, text, place }| Ignore {
                address: format!("{path}{on}"),
                is_call: on.starts_with("module."),
                text: text.clone(),
                place: self.shown(place),
            }));
            astray.extend(module.astray.iter().map(|place| self.shown(place)));
            open.extend(module.children.iter().map(|(call, child)| (*child, format!("{path}module.{call}."))));
        }
        // Called twice, a module's files are read twice.
        all.sort_by(|a, b| (&a.place, &a.address).cmp(&(&b.place, &b.address)));
        astray.sort();
        astray.dedup();
        (all, astray)
    }

    /// A place by its path from the root of the repository on, as far as that is known.
    pub fn shown(&self, place: &Written) -> Place {
        Place::character(self.in_repository(&place.file), place.line, place.column)
    }

    /// A file's path from the root of the repository on, or behind `ROOT_MODULE`.
    pub(super) fn in_repository(&self, file: &str) -> Text {
        let file = file.replace('\\', "/");
        // What lies elsewhere on the machine lies in no repository.
        if file.starts_with('/') || file.split('/').next().is_some_and(|first| first.ends_with(':')) {
            return file.into();
        }
        match self.folder.as_deref() {
            None => format!("{ROOT_MODULE}/{}", normal(Path::new(&file))).into(),
            Some("" | ".") => normal(Path::new(&file)).into(),
            Some(folder) => normal(&Path::new(folder).join(&file)).into(),
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
                [Item::Attribute(formula)] if steps.peek().is_none() => return Some(formula),
                [Item::Block(inner, ..)] => items = inner,
                _ => return None,
            }
        }
        None
    }
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
