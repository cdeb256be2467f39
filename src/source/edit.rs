//! Edits of attributes, as changes to the lines of files: what to write so that an attribute takes another value.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use hcl_edit::Span as _;
use hcl_edit::expr::Expression;
use hcl_edit::template::Element;

use super::align::{self, Cell, Row};
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
    Variable(Text),
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
struct Origin<'s> {
    /// The module that it stands in.
    module: usize,
    file: &'s Arc<str>,
    expression: &'s Expression,
    /// The calls that lead from there to the block.
    trail: Vec<&'s str>,
}

/// Where attributes come to stand: a block, and the path of a block in it.
struct Gap<'s> {
    module: &'s Module,
    block: &'s Block,
    name: &'s str,
    path: Vec<&'s str>,
    added: Vec<(&'s str, &'s str)>,
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
                Spot::Attribute(attribute) => match block.items.attribute(attribute) {
                    Some(formula) => Some(self.origin((at, &formula.place.file), &formula.expression, root)?),
                    None => None,
                },
                Spot::Variable(name) => Some(self.variable(at, block, name, root)?),
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
                all.is_frozen |= match &edit.spot {
                    Spot::Attribute(attribute) => frozen.holds(attribute),
                    Spot::Variable(_) => frozen.holds_any(),
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
        if let Some(name) = variable(expression) {
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
        if let Some(name) = name_under(expression, "local") {
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
            [] if depth < DEEPEST => {}
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
        let (parent, call) = self.caller(at)?;
        let argument = self.module(parent)?.calls.get(call)?.arguments.get(name)?;
        let mut origin = self.within(parent, &[argument], named, root, depth + 1)?;
        origin.trail.push(call);
        Some(origin)
    }

    /// The modules that are read from the same files as one, itself among them.
    fn fellows(&self, module: usize) -> impl Iterator<Item = usize> {
        let folder = |at: usize| self.module(at).map(|module| &module.folder);
        let own = folder(module);
        (0..self.callers.len()).filter(move |at| folder(*at) == own)
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

/// The lines of files, and what is done to them.
#[derive(Default)]
struct Draft<'s> {
    files: BTreeMap<Arc<str>, Sheet<'s>>,
}

/// The lines of one file.
struct Sheet<'s> {
    lines: Vec<Line<'s>>,
    cells: &'s [Cell],
}

#[derive(Default)]
struct Line<'s> {
    /// The byte of the file that it begins at.
    from: usize,
    /// As it is, without its end.
    old: &'s str,
    /// As it will be, where its value is another.
    new: Option<String>,
    /// Attributes that come behind it, and how they are written.
    added: Vec<Row>,
    rows: Vec<String>,
    /// Lines that come behind these.
    behind: Vec<String>,
}

impl Line<'_> {
    fn text(&self) -> &str {
        self.new.as_deref().unwrap_or(self.old)
    }

    fn is_changed(&self) -> bool {
        self.new.is_some() || !self.added.is_empty() || !self.behind.is_empty()
    }
}

impl<'s> Draft<'s> {
    fn sheet(&mut self, module: &'s Module, file: &Arc<str>) -> Option<&mut Sheet<'s>> {
        let text = module.texts.get(file)?;
        let cells = module.cells.get(file)?;
        Some(self.files.entry(Arc::clone(file)).or_insert_with(|| {
            let mut from = 0;
            let mut lines = Vec::new();
            for line in text.split('\n') {
                lines.push(Line { from, old: line.strip_suffix('\r').unwrap_or(line), ..Line::default() });
                from += line.len() + 1;
            }
            Sheet { lines, cells }
        }))
    }

    /// Gives a literal another value.
    fn replace(&mut self, module: &'s Module, origin: &Origin<'s>, value: &str) -> Option<()> {
        let is_text = matches!(origin.expression, Expression::String(_));
        let span = origin.expression.span()?;
        let value = if is_text && !value.starts_with('"') { format!("\"{value}\"") } else { value.to_owned() };
        let sheet = self.sheet(module, origin.file)?;
        let at = sheet.line_at(span.start)?;
        let line = sheet.lines.get_mut(at)?;
        let (from, to) = (span.start - line.from, span.end.checked_sub(line.from)?);
        let new = format!("{}{value}{}", line.old.get(..from)?, line.old.get(to..)?);
        // One edit for each line; a second one to the same effect changes nothing.
        if line.new.as_ref().is_some_and(|other| *other != new) {
            return None;
        }
        line.new = (new != line.old).then_some(new);
        Some(())
    }

    /// Writes what is not there yet.
    fn fill(&mut self, gap: &Gap<'s>) -> Option<()> {
        let Gap { module, block, path, added, .. } = gap;
        let own = Inside { items: &block.items, span: &block.span, file: &block.place.as_ref()?.file };
        let file = own.file;
        match (block.items.inner(path, own), path.as_slice()) {
            (Some(inside), _) => self.sheet(module, inside.file)?.add(&inside, added),
            (None, [head]) => self.sheet(module, file)?.add_block(&block.span, head, added),
            (None, _) => None,
        }
    }

    /// What has changed, each stretch of lines for itself.
    fn suggestions(self, source: &Source) -> Option<Vec<Suggestion>> {
        let mut all: Vec<Suggestion> = Vec::new();
        for (file, mut sheet) in self.files {
            let file = source.in_repository(&file);
            sheet.settle()?;
            let mut last: Option<usize> = None;
            for (at, line) in sheet.lines.iter().enumerate().filter(|(_, line)| line.is_changed()) {
                let behind = line.rows.iter().chain(&line.behind).cloned();
                let new = std::iter::once(line.text().to_owned()).chain(behind);
                match all.last_mut().filter(|_| last == Some(at) && at > 0) {
                    Some(before) if before.file == file => {
                        before.old.push(line.old.to_owned());
                        before.new.extend(new);
                    }
                    _ => all.push(Suggestion {
                        file: file.clone(),
                        line: at + 1,
                        old: vec![line.old.to_owned()],
                        new: new.collect(),
                    }),
                }
                last = Some(at + 1);
            }
        }
        Some(all)
    }
}

impl Items {
    /// Whether something of a path is there already, other than blocks that stand there once and are written out.
    fn holds(&self, path: &[&str]) -> bool {
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
    fn inner<'s>(&'s self, path: &[&str], own: Inside<'s>) -> Option<Inside<'s>> {
        let Some((head, rest)) = path.split_first() else { return Some(own) };
        match self.named(head).as_slice() {
            [Item::Block(items, place, span)] => items.inner(rest, Inside { items, span, file: &place.file }),
            _ => None,
        }
    }
}

/// A block that is written out: what stands in it, the bytes that it takes, and of which file.
struct Inside<'s> {
    items: &'s Items,
    span: &'s Range<usize>,
    file: &'s Arc<str>,
}

impl<'s> Sheet<'s> {
    fn line_at(&self, byte: usize) -> Option<usize> {
        self.lines.iter().rposition(|line| line.from <= byte)
    }

    /// The cell of a line.
    fn cell(&self, line: usize) -> Option<&'s Cell> {
        let from = self.lines.get(line)?.from;
        let at = self.cells.binary_search_by_key(&from, Cell::start).ok()?;
        self.cells.get(at)
    }

    /// Adds attributes behind the last one of a block that is written on a line of its own, or else behind its head.
    fn add(&mut self, inside: &Inside<'_>, all: &[(&str, &str)]) -> Option<()> {
        let Inside { items, span, file } = inside;
        let first = self.line_at(span.start)?;
        let last = self.line_at(span.end.checked_sub(1)?)?;
        // Everything on one line has no room for more.
        if last <= first {
            return None;
        }
        let lines = items.0.iter().filter_map(|(_, item)| {
            let Item::Attribute(formula) = item else { return None };
            let line = self.line_at(formula.span.start).filter(|_| formula.place.file == **file)?;
            (self.cell(line).is_some() && line > first && line < last).then_some(line)
        });
        let anchor = lines.max();
        let at = anchor.unwrap_or(first);
        if let Some(cell) = self.cell(at)
            && align::is_open(cell, self.lines.get(at)?.old)
        {
            return None;
        }
        // A comment that goes on over lines may begin behind the head as well.
        let head = self.lines.get(at)?.old;
        if anchor.is_none() && head.contains("/*") && !head.contains("*/") {
            return None;
        }
        let rows = all.iter().map(|(name, value)| Row {
            lead: (*name).to_owned(),
            assign: format!("= {value}"),
            comment: None,
        });
        self.lines.get_mut(at)?.added.extend(rows);
        Some(())
    }

    /// Adds a block at the end of another.
    fn add_block(&mut self, span: &Range<usize>, head: &str, all: &[(&str, &str)]) -> Option<()> {
        let (first, last) = (self.line_at(span.start)?, self.line_at(span.end.checked_sub(1)?)?);
        let before = last.checked_sub(1).filter(|before| *before >= first)?;
        // Where something stands before the closing bracket, there is no place between the lines.
        if !self.lines.get(last)?.old.trim_start().starts_with('}') {
            return None;
        }
        let indent = format!("{}  ", indent(self.lines.get(first)?.old));
        let width = all.iter().map(|(name, _)| name.chars().count()).max()?;
        let line = self.lines.get_mut(before)?;
        if (before > first && !line.old.trim().is_empty()) || !line.behind.is_empty() {
            line.behind.push(String::new());
        }
        line.behind.push(format!("{indent}{head} {{"));
        line.behind.extend(all.iter().map(|(name, value)| format!("{indent}  {name:width$} = {value}")));
        line.behind.push(format!("{indent}}}"));
        Some(())
    }

    /// Aligns what has changed and what is added with the lines around, where these were aligned before.
    fn settle(&mut self) -> Option<()> {
        let mut at = 0;
        while at < self.lines.len() {
            let run = (at..self.lines.len()).take_while(|at| self.cell(*at).is_some()).count();
            // What is added behind the head of a block stands above the attributes that follow.
            let is_head = run == 0 && !self.lines.get(at)?.added.is_empty();
            let (first, end) = if is_head { (at + 1, self.end_of_run(at + 1)) } else { (at, at + run) };
            let stretch = self.lines.get(at..end.max(at + 1))?;
            let is_changed = stretch.iter().any(|line| line.new.is_some() || !line.added.is_empty());
            if is_changed && (run > 0 || is_head) {
                self.settle_run(at, first, end)?;
            }
            at = end.max(at + 1);
        }
        Some(())
    }

    fn end_of_run(&self, from: usize) -> usize {
        from + (from..self.lines.len()).take_while(|at| self.cell(*at).is_some()).count()
    }

    /// Aligns the lines from `first` to `end`, and what is added behind them; `head` is the first of them, or the line above.
    fn settle_run(&mut self, head: usize, first: usize, end: usize) -> Option<()> {
        let row = |line: usize, is_old: bool| {
            let cell = self.cell(line)?;
            let line = self.lines.get(line)?;
            Row::of(cell, if is_old { line.old } else { line.text() }, line.old)
        };
        let own = if first < end { first } else { head };
        let indent = match self.lines.get(own)? {
            line if own == head && first > head => format!("{}  ", indent(line.old)),
            line => indent(line.old).to_owned(),
        };
        let old: Vec<Row> = (first..end).map(|at| row(at, true)).collect::<Option<_>>()?;
        let was = align::shape(&old, &indent);
        let is_aligned = was.iter().zip(self.lines.get(first..end)?).all(|(was, line)| was == line.old.trim_end())
            && !self.is_beside_comment(first, end, &old);
        let mut rows: Vec<(usize, bool, Row)> = Vec::new();
        for at in head..end.max(head + 1) {
            if at >= first {
                rows.push((at, false, row(at, false)?));
            }
            rows.extend(self.lines.get(at)?.added.iter().map(|row| (at, true, row.clone())));
        }
        let all: Vec<Row> = rows.iter().map(|(.., row)| row.clone()).collect();
        let added: Vec<Row> = rows.iter().filter(|(_, is_added, _)| *is_added).map(|(.., row)| row.clone()).collect();
        let mut apart = align::shape(&added, &indent).into_iter();
        for ((at, is_added, _), shaped) in rows.iter().zip(align::shape(&all, &indent)) {
            let line = self.lines.get_mut(*at)?;
            match (is_added, is_aligned) {
                (true, true) => line.rows.push(shaped),
                (true, false) => line.rows.extend(apart.next()),
                (false, true) if shaped != line.old.trim_end() => line.new = Some(shaped),
                (false, _) => {}
            }
        }
        Some(())
    }

    /// Whether the comments of a run go on in lines that are none of it.
    fn is_beside_comment(&self, first: usize, end: usize, rows: &[Row]) -> bool {
        let is_commented = |line: Option<&Line<'_>>| {
            let text = line.map(|line| line.old.trim()).unwrap_or_default();
            let whole = text.starts_with('#') || text.starts_with("//") || text.starts_with("/*");
            !whole && (text.contains('#') || text.contains("//") || text.contains("/*"))
        };
        let above = first.checked_sub(1).and_then(|at| self.lines.get(at));
        let has = |row: Option<&Row>| row.is_some_and(|row| row.comment.is_some());
        (has(rows.first()) && is_commented(above)) || (has(rows.last()) && is_commented(self.lines.get(end)))
    }
}

fn indent(line: &str) -> &str {
    line.get(..line.len() - line.trim_start().len()).unwrap_or_default()
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
