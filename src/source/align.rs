//! Attributes below each other, as `terraform fmt` has them: their signs of equality in one column, and so the comments behind
//! them.
//!
//! Source: hashicorp/hcl, `hclwrite/format.go` (`formatCells`), read 2026-11-30: lines one below the other that have an
//! assignment are aligned at its sign, lines one below the other that have a comment behind something at that; one blank stands
//! before each in the longest line.

use std::ops::Range;

use hcl_edit::Span as _;
use hcl_edit::structure::{Body, Structure};

/// An attribute that stands on a line of its own, or whose heredoc begins there; all are bytes of the file.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Cell {
    /// The beginning of its line.
    start: usize,
    /// Its sign of equality.
    sign: usize,
    /// Whether its value goes on in the next line.
    goes_on: bool,
}

impl Cell {
    /// The beginning of its line.
    pub(super) const fn start(&self) -> usize {
        self.start
    }

    /// Whether its value goes on in the next line.
    pub(super) const fn goes_on(&self) -> bool {
        self.goes_on
    }

    /// What stands before the sign of equality of its line, without the indent; and from there on.
    pub(super) fn row(&self, body: &str) -> Option<Row> {
        let (lead, assign) = body.split_at_checked(self.sign.checked_sub(self.start)?)?;
        Some(Row { lead: lead.trim().to_owned(), assign: assign.trim_end().to_owned() })
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
    let own = text.get(value.clone())?;
    let goes_on = own.starts_with("<<");
    let stop = text.get(value.end..)?.find('\n').map_or(text.len(), |at| value.end + at);
    let behind = text.get(value.end..stop)?.trim();
    let is_alone = lead.is_empty() || (lead.starts_with("/*") && lead.ends_with("*/"));
    let is_last = behind.is_empty() || behind.starts_with(['#', '/']);
    let is_one_line = goes_on || (!own.contains('\n') && is_last);
    if !is_alone || !is_one_line || between.contains("/*") {
        return None;
    }
    Some(Cell { start, sign: key.end + between.find('=')?, goes_on })
}

/// A line that gives a name a value, without a comment behind it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Row {
    /// What stands before the sign of equality, without the indent.
    pub(super) lead: String,
    /// The sign, and what stands behind it.
    pub(super) assign: String,
}

/// Lines below each other, their signs of equality in one column.
pub(super) fn shape(rows: &[Row], indent: &str) -> Vec<String> {
    let width = rows.iter().map(|row| row.lead.chars().count()).max().unwrap_or_default();
    rows.iter().map(|row| format!("{indent}{:width$} {}", row.lead, row.assign)).collect()
}

/// Lines below each other with the comments behind them, these in one column.
pub(super) fn with_comments(lines: &[(&str, &str)]) -> Vec<String> {
    let width = lines.iter().map(|(body, _)| body.trim_end().chars().count()).max().unwrap_or_default();
    lines.iter().map(|(body, comment)| format!("{:width$} {}", body.trim_end(), comment.trim_end())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_aligned_as_terraform_fmt_aligns_them() {
        let text = "b \"c\" {\n  a   = 1 # one\n  bcd = \"x\" // two\n  e = [\n    1,\n  ]\n  /* f = 2 */ g = 3\n  h { i = 1 }\n  j = <<EOT\nk = 1\nEOT\n}\n";
        let body = hcl_edit::parser::parse_body(text).unwrap();
        let cells = cells(&body, text);
        let lines: Vec<&str> = cells.iter().map(|cell| text[cell.start..].lines().next().unwrap()).collect();
        assert_eq!(lines, ["  a   = 1 # one", "  bcd = \"x\" // two", "  /* f = 2 */ g = 3", "  j = <<EOT"]);
        assert_eq!(cells.iter().map(Cell::goes_on).collect::<Vec<_>>(), [false, false, false, true]);
        let rows: Vec<Row> = cells
            .iter()
            .zip(["  a   = 1 ", "  bcd = \"x\" ", lines[2]])
            .map(|(cell, body)| cell.row(body).unwrap())
            .collect();
        assert_eq!(rows[2].lead, "/* f = 2 */ g");
        assert_eq!(shape(&rows[..2], "  "), ["  a   = 1", "  bcd = \"x\""]);
        assert_eq!(
            with_comments(&[("  a   = 1000 ", "# one"), ("  bcd = \"x\"", "// two")]),
            ["  a   = 1000 # one", "  bcd = \"x\"  // two"]
        );
    }
}
