//! Graphviz.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::graph::Picture;

/// Writes `picture` in the DOT language.
pub fn render(picture: &Picture, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "digraph plan {{\n  rankdir=LR;\n  node [shape=box, fontname=\"sans-serif\", fontsize=10];")?;
    writeln!(out, "  edge [fontname=\"sans-serif\", fontsize=8];")?;
    for (at, node) in picture.nodes.iter().enumerate() {
        let style = match (node.external, node.action) {
            (true, _) => ", style=dashed",
            (_, "create") => ", color=\"#1a7f37\"",
            (_, "delete") => ", color=\"#cf222e\"",
            (_, "update" | "replace") => ", color=\"#9a6700\"",
            _ => "",
        };
        let label = format!("{}\n{}", node.noun, node.address);
        writeln!(out, "  n{at} [label={}{style}];", quote(&label))?;
    }
    for ((from, to), (label, exact)) in lines(picture) {
        let style = if exact { "" } else { ", style=dashed" };
        writeln!(out, "  n{from} -> n{to} [label={}{style}];", quote(&label))?;
    }
    writeln!(out, "}}")
}

/// One line between two boxes, whatever the number of links: what it says, and whether any of them is certain.
pub(super) fn lines(picture: &Picture) -> BTreeMap<(usize, usize), (String, bool)> {
    let mut lines: BTreeMap<(usize, usize), (Vec<&str>, bool)> = BTreeMap::new();
    for edge in &picture.edges {
        let (labels, exact) = lines.entry((edge.from, edge.to)).or_default();
        if !labels.contains(&edge.relation) {
            labels.push(edge.relation);
        }
        *exact |= edge.exact;
    }
    lines.into_iter().map(|(ends, (labels, exact))| (ends, (labels.join(", "), exact))).collect()
}

fn quote(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            c if c.is_control() => quoted.push(' '),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
