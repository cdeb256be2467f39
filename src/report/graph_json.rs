//! The graph as JSON: documented in `docs/graph.md`.

use std::io::{self, Write};

use serde_json::json;

use crate::graph::Picture;

/// Writes `picture` as JSON.
pub fn render(picture: &Picture, out: &mut dyn Write) -> io::Result<()> {
    let address = |at: usize| picture.nodes.get(at).map(|node| node.address.as_str());
    let nodes: Vec<_> = (picture.nodes.iter())
        .map(|node| {
            json!({
                "address": node.address.as_str(),
                "type": node.kind,
                "noun": node.noun,
                "action": node.action,
                "external": node.external,
            })
        })
        .collect();
    let edges: Vec<_> = (picture.edges.iter())
        .map(|edge| {
            json!({
                "from": address(edge.from),
                "to": address(edge.to),
                "relation": edge.relation,
                "attribute": edge.attribute,
                "found": edge.found,
                "exact": edge.exact,
            })
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &json!({ "schema_version": "1.0", "nodes": nodes, "edges": edges }))?;
    writeln!(out)
}
