//! Edits of attributes, as changes to the lines of files: what to write so that an attribute takes another value.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use hcl_edit::expr::Expression;

use super::module::{Formula, Item, Items, Module};
use super::places::{name_under, variable};
use super::tree::Source;
use crate::model::{Suggestion, Text};

/// An attribute that is to take another value.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Edit {
    /// The module and the block, by its name in it.
    pub block: (usize, String),
    /// The attribute; a dotted path leads through blocks.
    pub attribute: Text,
    /// Its value, spelled as in a configuration: `"gp3"`, `5`, `true`.
    pub value: String,
}

/// A module, a block in it, and the path of a block in that.
type Spot<'e> = (usize, &'e str, Vec<&'e str>);

/// The lines of files, and what is done to them.
#[derive(Default)]
struct Draft {
    /// By the module that has the file, and its name: each line as it is, and as it will be, with those that come behind it.
    files: BTreeMap<(usize, Arc<str>), Vec<Line>>,
}

#[derive(Clone)]
struct Line {
    /// The byte of the file that it begins at.
    from: usize,
    old: String,
    new: String,
    behind: Vec<String>,
}

impl Source {
    /// What to write so that attributes take other values: in the block itself, or where a variable that is used for nothing
    /// else gets its value. Nothing where one of them is made up otherwise, stands in a file that is not the user's own, or is
    /// that of several instances. `root` gives the value that the plan has of a variable of the root module, as JSON.
    pub fn suggest(&self, edits: &[Edit], root: &dyn Fn(&str) -> Option<serde_json::Value>) -> Option<Vec<Suggestion>> {
        let mut draft = Draft::default();
        // Attributes that are not there, by the place where they come to stand.
        let mut missing: BTreeMap<Spot<'_>, Vec<(&str, &str)>> = BTreeMap::new();
        for edit in edits {
            let (at, name) = (edit.block.0, edit.block.1.as_str());
            let module = self.module(at)?;
            let block = module.blocks.get(name)?;
            let steps: Vec<&str> = edit.attribute.split('.').filter(|step| step.parse::<usize>().is_err()).collect();
            let (leaf, path) = steps.split_last()?;
            if let Some(formula) = block.items.attribute(&edit.attribute) {
                self.replace(&mut draft, at, formula, &edit.value, root)?;
            } else if self.foreign(at).is_none() && !block.items.holds(&steps) {
                missing.entry((at, name, path.to_vec())).or_default().push((leaf, &edit.value));
            } else {
                return None;
            }
        }
        for ((at, name, path), all) in missing {
            let module = self.module(at)?;
            let block = module.blocks.get(name)?;
            let file = Arc::clone(&block.place.as_ref()?.file);
            let lines = draft.lines(at, module, &file)?;
            match block.items.inner(&path, block.span.clone()) {
                Some((items, span)) => add(lines, items, &span, &file, &all)?,
                None => match path.as_slice() {
                    [head] => add_block(lines, &block.span, head, &all)?,
                    _ => return None,
                },
            }
        }
        let suggestions = draft.suggestions(self);
        (!suggestions.is_empty()).then_some(suggestions)
    }

    /// Gives an expression another value, where it is written out; follows variables up to where that is.
    fn replace(
        &self,
        draft: &mut Draft,
        at: usize,
        formula: &Formula,
        value: &str,
        root: &dyn Fn(&str) -> Option<serde_json::Value>,
    ) -> Option<()> {
        let module = self.module(at)?;
        if let Some(name) = variable(&formula.expression) {
            if uses(module, "var", name) != 1 {
                return None;
            }
            let argument = self
                .caller(at)
                .and_then(|(parent, call)| Some((parent, self.module(parent)?.calls.get(call)?.arguments.get(name)?)));
            if let Some((parent, argument)) = argument {
                return self.replace(draft, parent, argument, value, root);
            }
            // Whoever calls the same files gets the same default.
            let is_same = |other: &usize| self.module(*other).is_some_and(|other| other.folder == module.folder);
            let is_alone = self.positions().filter(is_same).count() == 1;
            let default = module.variables.get(name)?.default.as_ref().filter(|_| is_alone)?;
            let is_taken = at != 0 || literal(&default.expression).is_some_and(|own| root(name) == Some(own));
            return is_taken.then(|| self.replace(draft, at, default, value, root)).flatten();
        }
        if let Some(name) = name_under(&formula.expression, "local") {
            let local = module.locals.get(name).filter(|_| uses(module, "local", name) == 1)?;
            return self.replace(draft, at, local, value, root);
        }
        if self.foreign(at).is_some() {
            return None;
        }
        let is_text = matches!(formula.expression, Expression::String(_));
        literal(&formula.expression)?;
        let value = if is_text && !value.starts_with('"') { format!("\"{value}\"") } else { value.to_owned() };
        let lines = draft.lines(at, module, &formula.place.file)?;
        let line = lines.iter_mut().rev().find(|line| line.from <= formula.span.start)?;
        let (from, to) = (formula.span.start - line.from, formula.span.end - line.from);
        // One edit for each line; a second one to the same effect changes nothing.
        let new = format!("{}{value}{}", line.old.get(..from)?, line.old.get(to..)?);
        if line.new != line.old && line.new != new {
            return None;
        }
        line.new = new;
        Some(())
    }

    fn positions(&self) -> Range<usize> {
        0..self.callers.len()
    }
}

impl Draft {
    fn lines(&mut self, at: usize, module: &Module, file: &Arc<str>) -> Option<&mut Vec<Line>> {
        let text = module.texts.get(file)?;
        let lines = self.files.entry((at, Arc::clone(file))).or_insert_with(|| {
            let mut from = 0;
            let mut lines = Vec::new();
            for line in text.split('\n') {
                lines.push(Line { from, old: line.to_owned(), new: line.to_owned(), behind: Vec::new() });
                from += line.len() + 1;
            }
            lines
        });
        Some(lines)
    }

    /// What has changed, each stretch of lines for itself.
    fn suggestions(self, source: &Source) -> Vec<Suggestion> {
        let mut all: Vec<Suggestion> = Vec::new();
        for ((_, file), lines) in self.files {
            let file = source.in_repository(&file);
            let mut last: Option<usize> = None;
            for (at, line) in lines.iter().enumerate() {
                if line.new == line.old && line.behind.is_empty() {
                    continue;
                }
                let plain = |text: &String| text.trim_end_matches('\r').to_owned();
                let new = std::iter::once(&line.new).chain(&line.behind).map(plain);
                match all.last_mut().filter(|_| last == Some(at) && at > 0) {
                    Some(before) if before.file == file => {
                        before.old.push(plain(&line.old));
                        before.new.extend(new);
                    }
                    _ => all.push(Suggestion {
                        file: file.clone(),
                        line: at + 1,
                        old: vec![plain(&line.old)],
                        new: new.collect(),
                    }),
                }
                last = Some(at + 1);
            }
        }
        all
    }
}

impl Items {
    /// Whether something of a path is there already, other than blocks that stand there once and are written out.
    fn holds(&self, path: &[&str]) -> bool {
        let Some((head, rest)) = path.split_first() else { return true };
        match self.named(head).as_slice() {
            [] => false,
            [Item::Block(inner, ..)] => inner.holds(rest),
            _ => true,
        }
    }

    /// What stands in the block that a path leads to, and the bytes that it takes.
    fn inner(&self, path: &[&str], span: Range<usize>) -> Option<(&Self, Range<usize>)> {
        let Some((head, rest)) = path.split_first() else { return Some((self, span)) };
        match self.named(head).as_slice() {
            [Item::Block(inner, _, span)] => inner.inner(rest, span.clone()),
            _ => None,
        }
    }
}

/// Adds attributes behind the last one of a block, its signs of equality below each other as `terraform fmt` has them.
fn add(lines: &mut [Line], items: &Items, span: &Range<usize>, file: &Arc<str>, all: &[(&str, &str)]) -> Option<()> {
    let first = line_at(lines, span.start)?;
    let last = line_at(lines, span.end.checked_sub(1)?)?;
    // Everything on one line has no room for more.
    if last <= first {
        return None;
    }
    let single: BTreeSet<usize> = items
        .0
        .iter()
        .filter_map(|(_, item)| {
            let Item::Attribute(formula) = item else { return None };
            let (from, to) = (line_at(lines, formula.span.start)?, line_at(lines, formula.span.end)?);
            (from == to && from + 1 == formula.place.line && formula.place.file == *file && from > first && from < last)
                .then_some(from)
        })
        .collect();
    let Some(anchor) = single.last().copied() else {
        let indent = format!("{}  ", indent(&lines.get(first)?.old));
        let width = all.iter().map(|(name, _)| name.chars().count()).max()?;
        let new = all.iter().map(|(name, value)| format!("{indent}{name:width$} = {value}"));
        lines.get_mut(first)?.behind.extend(new);
        return Some(());
    };
    let indent = indent(&lines.get(anchor)?.old).to_owned();
    // A comment or an empty line ends what stands below each other.
    let mut run = vec![anchor];
    while let Some(before) = run.last().and_then(|at| at.checked_sub(1)).filter(|at| single.contains(at)) {
        run.push(before);
    }
    let name_of = |line: &Line| line.new.split('=').next().map_or(0, |name| name.trim().chars().count());
    let width = run
        .iter()
        .filter_map(|at| lines.get(*at))
        .map(name_of)
        .chain(all.iter().map(|(name, _)| name.chars().count()))
        .max()?;
    for at in run {
        let line = lines.get_mut(at)?;
        let (name, rest) = line.new.split_once('=')?;
        line.new = format!("{indent}{:width$} ={rest}", name.trim());
    }
    let new = all.iter().map(|(name, value)| format!("{indent}{name:width$} = {value}"));
    lines.get_mut(anchor)?.behind.extend(new);
    Some(())
}

/// Adds a block at the end of another.
fn add_block(lines: &mut [Line], span: &Range<usize>, head: &str, all: &[(&str, &str)]) -> Option<()> {
    let (first, last) = (line_at(lines, span.start)?, line_at(lines, span.end.checked_sub(1)?)?);
    let before = last.checked_sub(1).filter(|before| *before >= first)?;
    let indent = format!("{}  ", indent(&lines.get(first)?.old));
    let width = all.iter().map(|(name, _)| name.chars().count()).max()?;
    let line = lines.get_mut(before)?;
    if before > first && !line.old.trim().is_empty() {
        line.behind.push(String::new());
    }
    line.behind.push(format!("{indent}{head} {{"));
    line.behind.extend(all.iter().map(|(name, value)| format!("{indent}  {name:width$} = {value}")));
    line.behind.push(format!("{indent}}}"));
    Some(())
}

fn indent(line: &str) -> &str {
    line.get(..line.len() - line.trim_start().len()).unwrap_or_default()
}

fn line_at(lines: &[Line], byte: usize) -> Option<usize> {
    lines.iter().rposition(|line| line.from <= byte)
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

/// How many expressions of a module refer to `root.name`.
fn uses(module: &Module, root: &str, name: &str) -> usize {
    let is_it = |formula: &Formula| formula.references.iter().any(|it| it.root == root && it.name(0) == Some(name));
    let of_items = module.blocks.values().flat_map(|block| block.items.0.iter());
    let in_blocks = of_items
        .map(|(_, item)| item.references().iter().filter(|it| it.root == root && it.name(0) == Some(name)).count());
    let repeated =
        module.blocks.values().map(|block| &block.repeated).chain(module.calls.values().map(|call| &call.repeated));
    let repeated = repeated.filter_map(super::module::Repeated::formula).filter(|formula| is_it(formula)).count();
    let others = module.locals.values().chain(module.outputs.values().map(|output| &output.value));
    let others = others.chain(module.calls.values().flat_map(|call| call.arguments.values()));
    in_blocks.sum::<usize>() + repeated + others.filter(|formula| is_it(formula)).count()
}
