//! The lines of files, and what edits make of them.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use hcl_edit::Span as _;
use hcl_edit::expr::Expression;

use super::align::{self, Cell, Row};
use super::comments;
use super::edit::{Gap, Origin};
use super::module::{Item, Items, Module};
use super::tree::Source;
use crate::model::Suggestion;

/// A block that is written out: what stands in it, the bytes that it takes, and of which file.
pub(super) struct Inside<'s> {
    pub(super) items: &'s Items,
    pub(super) span: &'s Range<usize>,
    pub(super) file: &'s Arc<str>,
}

/// The lines of files, and what is done to them.
#[derive(Default)]
pub(super) struct Draft<'s> {
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
    /// Where the comment behind it begins, if that ends on it.
    comment: Option<usize>,
    /// What stands before that as it will be, where its value is another.
    body: Option<String>,
    /// As it will be, once it is settled.
    new: Option<String>,
    /// Attributes that come behind it, and how they are written.
    added: Vec<Row>,
    rows: Vec<String>,
    /// Lines that come behind these.
    behind: Vec<String>,
}

impl Line<'_> {
    fn old_body(&self) -> &str {
        self.comment.and_then(|at| self.old.get(..at)).unwrap_or(self.old)
    }

    fn body(&self) -> &str {
        self.body.as_deref().unwrap_or_else(|| self.old_body())
    }

    fn comment(&self) -> Option<&str> {
        self.old.get(self.comment?..)
    }

    fn text(&self) -> &str {
        self.new.as_deref().unwrap_or(self.old)
    }

    fn is_changed(&self) -> bool {
        self.new.is_some() || !self.rows.is_empty() || !self.behind.is_empty()
    }
}

impl<'s> Draft<'s> {
    fn sheet(&mut self, module: &'s Module, file: &Arc<str>) -> Option<&mut Sheet<'s>> {
        let text = module.texts.get(file)?;
        let cells = module.cells.get(file)?;
        Some(self.files.entry(Arc::clone(file)).or_insert_with(|| Sheet::new(text, cells)))
    }

    /// Gives a literal another value.
    pub(super) fn replace(&mut self, module: &'s Module, origin: &Origin<'s>, value: &str) -> Option<()> {
        let is_text = matches!(origin.expression, Expression::String(_));
        let span = origin.expression.span()?;
        let value = if is_text && !value.starts_with('"') { format!("\"{value}\"") } else { value.to_owned() };
        let sheet = self.sheet(module, origin.file)?;
        let at = sheet.line_at(span.start)?;
        let line = sheet.lines.get_mut(at)?;
        let (from, to) = (span.start - line.from, span.end.checked_sub(line.from)?);
        let old = line.old_body();
        let new = format!("{}{value}{}", old.get(..from)?, old.get(to..)?);
        // One edit for each line; a second one to the same effect changes nothing.
        if line.body.as_ref().is_some_and(|other| *other != new) {
            return None;
        }
        line.body = (new != old).then_some(new);
        Some(())
    }

    /// Writes what is not there yet.
    pub(super) fn fill(&mut self, gap: &Gap<'s>) -> Option<()> {
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
    pub(super) fn suggestions(self, source: &Source) -> Option<Vec<Suggestion>> {
        let mut all: Vec<Suggestion> = Vec::new();
        for (file, mut sheet) in self.files {
            // Who writes through a link writes somewhere else as well.
            if source.behind_link(&file).is_some() {
                return None;
            }
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

impl<'s> Sheet<'s> {
    fn new(text: &'s str, cells: &'s [Cell]) -> Self {
        let mut from = 0;
        let mut lines = Vec::new();
        for line in text.split('\n') {
            lines.push(Line { from, old: line.strip_suffix('\r').unwrap_or(line), ..Line::default() });
            from += line.len() + 1;
        }
        let mut sheet = Self { lines, cells };
        for span in comments::spans(text) {
            let Some(line) = sheet.line_at(span.start).and_then(|at| sheet.lines.get_mut(at)) else { continue };
            let at = span.start - line.from;
            // What goes on in the next line, or stands before something else, is left alone.
            let ends_here = span.end <= line.from + line.old.len() + 1;
            let is_last = line.old.get(span.end - line.from..).is_none_or(|rest| rest.trim().is_empty());
            if ends_here && is_last && line.old.get(..at).is_some_and(|before| !before.trim().is_empty()) {
                line.comment = Some(at);
            }
        }
        sheet
    }

    fn line_at(&self, byte: usize) -> Option<usize> {
        self.lines.partition_point(|line| line.from <= byte).checked_sub(1)
    }

    /// The cell of a line.
    fn cell(&self, line: usize) -> Option<&'s Cell> {
        let from = self.lines.get(line)?.from;
        let at = self.cells.binary_search_by_key(&from, Cell::start).ok()?;
        self.cells.get(at)
    }

    /// Whether a comment begins on a line that does not end there.
    fn is_open(&self, line: usize) -> bool {
        let text = self.lines.get(line).map(Line::old_body).unwrap_or_default();
        text.rfind("/*").is_some_and(|at| text.get(at..).is_some_and(|rest| !rest.contains("*/")))
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
            let is_whole = self.cell(line).is_some_and(|cell| !cell.goes_on());
            (is_whole && line > first && line < last).then_some(line)
        });
        let at = lines.max().unwrap_or(first);
        if self.is_open(at) {
            return None;
        }
        let rows = all.iter().map(|(name, value)| Row { lead: (*name).to_owned(), assign: format!("= {value}") });
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
            let run = self.run(at, |sheet, at| sheet.cell(at).is_some());
            // What is added behind the head of a block stands above the attributes that follow.
            let is_head = run == 0 && !self.lines.get(at)?.added.is_empty();
            let first = if is_head { at + 1 } else { at };
            let end = if is_head { first + self.run(first, |sheet, at| sheet.cell(at).is_some()) } else { at + run };
            let next = end.max(at + 1);
            if self.lines.get(at..next)?.iter().any(|line| !line.added.is_empty()) {
                self.settle_signs(at, first, end)?;
            }
            at = next;
        }
        self.settle_comments()
    }

    /// How many lines from one on are of a kind.
    fn run(&self, from: usize, is_kind: impl Fn(&Self, usize) -> bool) -> usize {
        (from..self.lines.len()).take_while(|at| is_kind(self, *at)).count()
    }

    /// Brings the signs of equality of the lines from `first` to `end`, and of what is added behind them, into one column; `head` is
    /// the first of them, or the line above.
    fn settle_signs(&mut self, head: usize, first: usize, end: usize) -> Option<()> {
        let row = |line: usize, is_old: bool| {
            let cell = self.cell(line)?;
            let line = self.lines.get(line)?;
            cell.row(if is_old { line.old_body() } else { line.body() })
        };
        let indent = match self.lines.get(if first < end { first } else { head })? {
            line if first >= end && first > head => format!("{}  ", indent(line.old)),
            line => indent(line.old).to_owned(),
        };
        let old: Vec<Row> = (first..end).map(|at| row(at, true)).collect::<Option<_>>()?;
        let was = align::shape(&old, &indent);
        let is_aligned =
            was.iter().zip(self.lines.get(first..end)?).all(|(was, line)| was == line.old_body().trim_end());
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
                (false, true) if shaped != line.old_body().trim_end() => line.body = Some(shaped),
                (false, _) => {}
            }
        }
        Some(())
    }

    /// Puts the comments back behind their lines, in one column where they stood in one.
    fn settle_comments(&mut self) -> Option<()> {
        let mut at = 0;
        while at < self.lines.len() {
            let run = self.run(at, |sheet, at| sheet.lines.get(at).is_some_and(|line| line.comment.is_some())).max(1);
            let lines = self.lines.get(at..at + run)?;
            if lines.iter().any(|line| line.body.is_some()) {
                let new = settled(lines);
                for (line, new) in self.lines.get_mut(at..at + run)?.iter_mut().zip(new) {
                    line.new = Some(new).filter(|new| new != line.old);
                }
            }
            at += run;
        }
        Some(())
    }
}

/// Lines below each other that all have a comment, or one that has none, with what has changed.
fn settled(lines: &[Line<'_>]) -> Vec<String> {
    let old: Vec<(&str, &str)> = lines.iter().filter_map(|line| Some((line.old_body(), line.comment()?))).collect();
    let was = align::with_comments(&old);
    let is_aligned = was.iter().zip(lines).all(|(was, line)| was == line.old.trim_end());
    if old.is_empty() || !is_aligned {
        // Each as far behind its line as before.
        let behind = |line: &Line<'_>| {
            let old = line.old_body();
            let blank = old.get(old.trim_end().len()..).unwrap_or_default();
            match (&line.body, line.comment()) {
                (None, _) => line.old.to_owned(),
                (Some(body), None) => body.clone(),
                (Some(body), Some(comment)) => format!("{}{blank}{comment}", body.trim_end()),
            }
        };
        return lines.iter().map(behind).collect();
    }
    // Lines that come in between part them.
    let mut new = Vec::with_capacity(lines.len());
    for stretch in lines.split_inclusive(|line| !line.rows.is_empty() || !line.behind.is_empty()) {
        let pairs: Vec<(&str, &str)> =
            stretch.iter().map(|line| (line.body(), line.comment().unwrap_or_default())).collect();
        new.extend(align::with_comments(&pairs));
    }
    new
}

fn indent(line: &str) -> &str {
    line.get(..line.len() - line.trim_start().len()).unwrap_or_default()
}
