//! Where things are written: blocks, their attributes, and the calls that lead to them.

use std::ops::Range;
use std::path::Path;

use hcl_edit::expr::{Expression, Traversal, TraversalOperator};

use super::folder::normal;
use super::module::{Block, Formula, Ignored, Item, Items, Module, Place as Written};
use super::tree::Source;
use super::{comments, edit};
use crate::model::{Place, ROOT_MODULE, Text};

/// Where a resource is written.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Places {
    /// The attribute, or else the block.
    pub own: Place,
    /// In the user's own files, the outermost call that leads there, if the block itself is in a module from elsewhere.
    pub call: Option<Place>,
}

/// What a finding rests on, to be looked up where it is written.
#[derive(Clone, Copy, Debug)]
pub struct Sought<'s> {
    /// The attribute, as a dotted path, or another name.
    pub attribute: &'s str,
    /// Its value, which tells one of several alike from the others.
    pub value: &'s str,
}

/// A stretch of a file.
#[derive(Clone, Debug)]
struct Found {
    /// Where to look.
    place: Written,
    /// The bytes of its file that it takes.
    span: Range<usize>,
}

impl Found {
    fn holds(&self, other: &Self) -> bool {
        self.place.file == other.place.file && self.span.start <= other.span.start && other.span.end <= self.span.end
    }
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
    /// Where a block is written, or the first of `sought` that is written there. An attribute is a dotted path through blocks, or a
    /// name that stands in one of the block's values, such as that of an environment variable.
    pub fn places(&self, module: usize, block: &str, sought: &[Sought<'_>]) -> Option<Places> {
        let here = self.module(module)?;
        let written = here.blocks.get(block)?;
        let found = sought.iter().find_map(|one| written.items.find(&steps(one.attribute), one.value));
        let formulas = written.items.formulas();
        let named = sought.iter().find_map(|one| named(here, &formulas, *one));
        let own = match (found, named) {
            // The name's own line tells more than where the value begins that it stands in.
            (Some(found), Some(name)) if found.holds(&name) => Some(name.place),
            (Some(found), _) => Some(found.place),
            (None, Some(name)) => Some(name.place),
            (None, None) => written.place.clone(),
        };
        let own = own?;
        let attributes = sought.iter().map(|one| one.attribute);
        let call = self.foreign(module).and_then(|(parent, call)| {
            // What the call itself says of the attribute, if that is handed on as it is.
            let argument = attributes.clone().find_map(|attribute| self.argument(module, written, attribute, parent));
            argument.or_else(|| self.module(parent)?.calls.get(call)?.place.clone())
        });
        Some(Places { own: self.shown(&own), call: call.map(|place| self.shown(&place)) })
    }

    /// Where a name stands in what an attribute of a block is written as, if it stands there itself.
    pub fn name_in(&self, module: usize, block: &str, attribute: &str, sought: Sought<'_>) -> Option<Written> {
        let here = self.module(module)?;
        let items = here.blocks.get(block)?.items.named(attribute);
        let formulas: Vec<&Formula> = items.into_iter().flat_map(Item::formulas).collect();
        named(here, &formulas, sought).map(|found| found.place)
    }

    /// Whether Terraform leaves an attribute of a block as it is, whatever is written: `ignore_changes`.
    pub fn leaves(&self, module: usize, block: &str, attribute: &str) -> bool {
        let block = self.module(module).and_then(|module| module.blocks.get(block));
        block.is_some_and(|block| block.frozen.holds(attribute))
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

    /// A file's path from the root of the repository on, or behind `ROOT_MODULE`.
    pub(super) fn in_repository(&self, file: &str) -> Text {
        let file = file.replace('\\', "/");
        // What lies elsewhere on the machine lies in no repository.
        if file.starts_with('/') || file.split('/').next().is_some_and(|first| first.ends_with(':')) {
            return file.into();
        }
        // The repository has a link there, and no such lines.
        let real = self.behind_link(&file).zip(self.repository());
        if let Some(inside) = real.and_then(|(real, root)| real.strip_prefix(root).ok().map(normal)) {
            return inside.into();
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
    /// Where an attribute is written that a path leads to, or the innermost block on the way. Of several blocks of one name that
    /// with the value; where none or several have it, nothing.
    fn find(&self, path: &[&str], value: &str) -> Option<Found> {
        let (head, rest) = path.split_first()?;
        let all = self.named(head);
        let item = match all.as_slice() {
            [only] => *only,
            several => {
                let mut fitting = several.iter().filter(|item| item.has(rest, value));
                fitting.next().filter(|_| fitting.next().is_none())?
            }
        };
        let inner = match item {
            Item::Attribute(_) => None,
            Item::Block(items, ..) | Item::Dynamic { content: items, .. } => items.find(rest, value),
        };
        let span = match item {
            Item::Attribute(formula) | Item::Dynamic { over: formula, .. } => &formula.span,
            Item::Block(_, _, span) => span,
        };
        Some(inner.unwrap_or_else(|| Found { place: item.place().clone(), span: span.clone() }))
    }

    /// All expressions in a block, and in the blocks in it.
    pub(super) fn formulas(&self) -> Vec<&Formula> {
        self.0.iter().flat_map(|(_, item)| item.formulas()).collect()
    }

    /// The attribute that a dotted path leads to, through blocks that stand there once.
    pub(super) fn attribute(&self, path: &str) -> Option<&Formula> {
        self.leaf(&steps(path))
    }

    fn leaf(&self, path: &[&str]) -> Option<&Formula> {
        let (head, rest) = path.split_first()?;
        match (self.named(head).as_slice(), rest) {
            (blocks, [name]) if NAMED.contains(head) => value_of(blocks, name),
            ([Item::Attribute(formula)], []) => Some(formula),
            ([Item::Block(inner, ..)], rest) => inner.leaf(rest),
            _ => None,
        }
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

impl Item {
    fn formulas(&self) -> Vec<&Formula> {
        match self {
            Self::Attribute(formula) => vec![formula],
            Self::Block(items, ..) => items.formulas(),
            Self::Dynamic { over, content, .. } => std::iter::once(over).chain(content.formulas()).collect(),
        }
    }

    /// Whether a block has a value where a path leads to; without a path, in any of its own attributes. What is no attribute of it
    /// may be the name that it gives itself: `parameter { name = "max_connections" … }`.
    fn has(&self, path: &[&str], value: &str) -> bool {
        let Self::Block(items, ..) = self else { return false };
        let is = |formula: &Formula, value: &str| edit::spelled(&formula.expression).as_deref() == Some(value);
        let any = |value: &str| {
            items.0.iter().any(|(_, item)| matches!(item, Self::Attribute(formula) if is(formula, value)))
        };
        match (path, items.leaf(path)) {
            ([], _) => any(value),
            (_, Some(formula)) => is(formula, value),
            ([name], None) => any(name),
            _ => false,
        }
    }
}

/// The steps of a dotted path. Elements of lists have no name of their own in the text.
fn steps(path: &str) -> Vec<&str> {
    path.split('.').filter(|step| step.parse::<usize>().is_err()).collect()
}

/// Where a name stands in expressions: as a key, or in quotes. Where it stands there more than once, the line that has the
/// value as well, or else the attribute that they stand in together.
fn named(module: &Module, formulas: &[&Formula], sought: Sought<'_>) -> Option<Found> {
    let name = name_in(sought.attribute)?;
    let mut hits: Vec<(Found, bool)> = Vec::new();
    let mut holders: Vec<Found> = Vec::new();
    for formula in formulas {
        let text = module.texts.get(&formula.place.file)?;
        let within = text.get(formula.span.clone())?;
        let silent = comments::spans(within);
        let own = occurrences(within, name).into_iter().filter(|at| !silent.iter().any(|span| span.contains(at)));
        let own: Vec<usize> = own.collect();
        if !own.is_empty() {
            holders.push(Found { place: formula.place.clone(), span: formula.span.clone() });
        }
        for at in own {
            let at = formula.span.start + at;
            let line = text.get(at..).and_then(|rest| rest.lines().next()).unwrap_or_default();
            let has_value = !words(line.get(name.len()..).unwrap_or_default(), sought.value).is_empty();
            let place = place_at(&formula.place, text, at)?;
            hits.push((Found { place, span: at..at + name.len() }, has_value));
        }
    }
    let valued: Vec<&Found> = hits.iter().filter(|(_, has_value)| *has_value).map(|(hit, _)| hit).collect();
    match (hits.as_slice(), valued.as_slice(), holders.as_slice()) {
        ([(only, _)], ..) => Some(only.clone()),
        (_, [only], _) => Some((*only).clone()),
        (_, _, [holder]) => Some(holder.clone()),
        _ => None,
    }
}

/// The name that evidence has from a text, if it is one: a variable of the environment (`DB_POOL_SIZE`, behind the name of its
/// container or without), a parameter of an engine (`max_connections`), an option (`--workers`). A plain word is none: it
/// describes, and stands in many a text.
fn name_in(attribute: &str) -> Option<&str> {
    if attribute.contains(char::is_whitespace) {
        return None;
    }
    let name = attribute.rsplit('.').next().filter(|name| name.len() > 2)?;
    let is_variable = name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    (is_variable || name.contains(['_', '-'])).then_some(name)
}

/// Whether a text gives a name a value.
pub fn mentions(text: &str, name: &str) -> bool {
    !occurrences(text, name).is_empty()
}

/// Where a name stands in a text as a key, in quotes, or as an option of a command.
fn occurrences(text: &str, name: &str) -> Vec<usize> {
    let is_named = |at: &usize| {
        let before = text.get(..*at).and_then(|before| before.chars().next_back());
        let after = text.get(at + name.len()..).unwrap_or_default();
        let is_quoted = matches!(before, Some('"' | '\'')) && after.starts_with(['"', '\'', '\\']);
        let is_key = after.trim_start_matches(['"', '\'', '\\', ' ', '\t']).starts_with(['=', ':']);
        is_quoted || is_key || name.starts_with('-')
    };
    words(text, name).into_iter().filter(is_named).collect()
}

/// Where a word stands in a text, and is no part of a longer one.
fn words(text: &str, word: &str) -> Vec<usize> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let is_whole = |at: &usize| {
        let before = text.get(..*at).and_then(|before| before.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|after| after.chars().next());
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    };
    if word.is_empty() {
        return Vec::new();
    }
    text.match_indices(word).map(|(at, _)| at).filter(is_whole).collect()
}

/// The line and the character of a byte of a text, in the file of another place.
fn place_at(near: &Written, text: &str, at: usize) -> Option<Written> {
    let upto = text.get(..at)?;
    let line = upto.matches('\n').count() + 1;
    let column = upto.rsplit('\n').next().map_or(0, |start| start.chars().count()) + 1;
    Some(Written { file: near.file.clone(), line, column })
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
