//! Mermaid, which GitHub and GitLab draw.

use std::io::{self, Write};

use super::dot::lines;
use crate::graph::Picture;

/// Writes `picture` as a Mermaid flowchart.
pub fn render(picture: &Picture, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "flowchart LR")?;
    for (at, node) in picture.nodes.iter().enumerate() {
        let class = match (node.external, node.action) {
            (true, _) => ":::outside",
            (_, "create") => ":::create",
            (_, "delete") => ":::delete",
            (_, "update" | "replace") => ":::change",
            _ => "",
        };
        writeln!(out, "  n{at}[\"{}<br/>{}\"]{class}", node.noun, escape(node.address.as_str()))?;
    }
    for ((from, to), (label, exact)) in lines(picture) {
        let arrow = if exact { "-->" } else { "-.->" };
        writeln!(out, "  n{from} {arrow}|{}| n{to}", escape(&label))?;
    }
    for (class, style) in [
        ("create", "stroke:#1a7f37"),
        ("change", "stroke:#9a6700"),
        ("delete", "stroke:#cf222e"),
        ("outside", "stroke-dasharray:4"),
    ] {
        writeln!(out, "  classDef {class} {style}")?;
    }
    Ok(())
}

/// Mermaid knows entities by their names or numbers, with a hash sign.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | ' ' | '_' | '.' | '-' | '/' | ':' | ',' => escaped.push(c),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push_str(&format!("#{};", u32::from(c))),
        }
    }
    escaped
}
