//! Attributes below each other, as `terraform fmt` has them: their signs of equality in one column, and so the comments behind
//! them.
//!
//! Source: hashicorp/hcl, `hclwrite/format.go` (`formatCells`), read 2026-11-30: lines one below the other that have an
//! assignment are aligned at its sign, lines one below the other that have a comment behind something at that; one blank stands
//! before each in the longest line.

use std::ops::Range;

use hcl_edit::Span as _;
use hcl_edit::structure::{Body, Structure};

/// An attribute that stands on a line of its own; all are bytes of the file.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Cell {
    /// The beginning of its line.
    start: usize,
    /// Its sign of equality.
    sign: usize,
    /// The end of its value.
    end: usize,
    /// Where a comment behind it begins.
    comment: Option<usize>,
}

impl Cell {
    /// The beginning of its line.
    pub(super) fn start(&self) -> usize {
        self.start
    }
}

/// The attributes of a file that stand on a line of their own, in their order.
pub(super) fn cells(body: &Body, text: &str) -> Vec<Cell> {
    let mut all = Vec::new();
    collect(body, text, &mut all);
    all
}

fn collect(body: &Body, text: &str, all: &mut Vec<Cell>) {
    for structure in body {
        match structure {
            Structure::Block(block) => collect(&block.body, text, all),
            Structure::Attribute(attribute) => {
                let spans = attribute.key.span().zip(attribute.value.span());
                all.extend(spans.and_then(|(key, value)| cell(&key, &value, text)));
            }
        }
    }
}

fn cell(key: &Range<usize>, value: &Range<usize>, text: &str) -> Option<Cell> {
    let start = text.get(..key.start)?.rfind('\n').map_or(0, |at| at + 1);
    let lead = text.get(start..key.start)?.trim();
    let between = text.get(key.end..value.start)?;
    let stop = text.get(value.end..)?.find('\n').map_or(text.len(), |at| value.end + at);
    let rest = text.get(value.end..stop)?;
    let behind = rest.trim();
    let is_alone = lead.is_empty() || (lead.starts_with("/*") && lead.ends_with("*/"));
    let is_commented = behind.starts_with('#') || behind.starts_with("//") || behind.starts_with("/*");
    let is_one_line = !text.get(value.clone())?.contains('\n');
    if !is_alone || !is_one_line || between.contains("/*") || !(behind.is_empty() || is_commented) {
        return None;
    }
    let comment = is_commented.then(|| value.end + (rest.len() - rest.trim_start().len()));
    Some(Cell { start, sign: key.end + between.find('=')?, end: value.end, comment })
}

/// Whether a comment begins behind an attribute that does not end on its line.
pub(super) fn is_open(cell: &Cell, line: &str) -> bool {
    let comment = cell.comment.and_then(|at| line.get(at - cell.start..));
    comment.is_some_and(|comment| comment.starts_with("/*") && !comment.contains("*/"))
}

/// A line, taken apart.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Row {
    /// What stands before the sign of equality, without the indent.
    pub(super) lead: String,
    /// The sign, and what stands behind it.
    pub(super) assign: String,
    pub(super) comment: Option<String>,
}

impl Row {
    /// A line that holds a cell, or held it before its value was replaced by another: `line` as it is now, `was` as it stands in
    /// the file.
    pub(super) fn of(cell: &Cell, line: &str, was: &str) -> Option<Self> {
        let sign = cell.sign.checked_sub(cell.start)?;
        // All that has changed stands between the sign and the comment.
        let behind = was.len().checked_sub(cell.comment.map_or(was.len(), |at| at - cell.start))?;
        let comment = line.len().checked_sub(behind)?;
        Some(Self {
            lead: line.get(..sign)?.trim().to_owned(),
            assign: line.get(sign..comment)?.trim_end().to_owned(),
            comment: cell.comment.and_then(|_| line.get(comment..)).map(|text| text.trim_end().to_owned()),
        })
    }
}

/// Lines below each other, aligned.
pub(super) fn shape(rows: &[Row], indent: &str) -> Vec<String> {
    let width = rows.iter().map(|row| row.lead.chars().count()).max().unwrap_or_default();
    let mut lines: Vec<String> = rows.iter().map(|row| format!("{indent}{:width$} {}", row.lead, row.assign)).collect();
    let mut at = 0;
    while at < rows.len() {
        let commented = rows.iter().skip(at).take_while(|row| row.comment.is_some()).count();
        let stretch = lines.iter().skip(at).take(commented);
        let width = stretch.map(|line| line.chars().count()).max().unwrap_or_default();
        for (line, row) in lines.iter_mut().zip(rows).skip(at).take(commented) {
            if let Some(comment) = &row.comment {
                *line = format!("{line:width$} {comment}");
            }
        }
        at += commented.max(1);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_aligned_as_terraform_fmt_aligns_them() {
        let text = "b \"c\" {\n  a   = 1 # one\n  bcd = \"x\" // two\n  e = [\n    1,\n  ]\n  /* f = 2 */ g = 3\n  h { i = 1 }\n}\n";
        let body = hcl_edit::parser::parse_body(text).unwrap();
        let cells = cells(&body, text);
        let lines: Vec<&str> = cells.iter().map(|cell| text[cell.start..].lines().next().unwrap()).collect();
        assert_eq!(lines, ["  a   = 1 # one", "  bcd = \"x\" // two", "  /* f = 2 */ g = 3"]);
        let rows: Vec<Row> = cells.iter().zip(&lines).map(|(cell, line)| Row::of(cell, line, line).unwrap()).collect();
        assert_eq!(rows[2].lead, "/* f = 2 */ g");
        assert_eq!(shape(&rows[..2], "  "), ["  a   = 1   # one", "  bcd = \"x\" // two"]);
        let changed = Row::of(&cells[0], "  a   = 1000 # one", lines[0]).unwrap();
        assert_eq!((changed.assign.as_str(), changed.comment.as_deref()), ("= 1000", Some("# one")));
        assert_eq!(shape(&[changed, rows[1].clone()], "  "), ["  a   = 1000 # one", "  bcd = \"x\"  // two"]);
    }
}
