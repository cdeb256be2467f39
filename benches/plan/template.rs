//! What a cell consists of.

use std::collections::BTreeMap;
use std::io;

use serde::Deserialize;
use serde_json::{Map, Value};

/// A module: what is in it, and the calls of others.
#[derive(Debug)]
pub(super) struct Module {
    pub(super) variables: Map<String, Value>,
    pub(super) outputs: Map<String, Value>,
    /// In the order of their addresses.
    pub(super) blocks: Vec<Block>,
    pub(super) calls: BTreeMap<String, Call>,
}

/// A `module` block.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) for_each: Option<Value>,
    pub(super) arguments: Map<String, Value>,
    pub(super) module: Module,
}

/// A `resource` or `data` block.
#[derive(Debug, Deserialize)]
pub(super) struct Block {
    #[serde(default)]
    mode: Option<String>,
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) count: Option<Value>,
    pub(super) for_each: Option<Value>,
    /// Whether an update replaces it.
    #[serde(default)]
    pub(super) replaced: bool,
    /// Whether a data source is read only when what it asks for exists.
    #[serde(default)]
    pub(super) late: bool,
    /// What the configuration sets, and what the provider computes.
    pub(super) values: Map<String, Value>,
    /// All attributes: those, and those that nobody set.
    #[serde(skip)]
    pub(super) all: Value,
    #[serde(skip)]
    pub(super) version: u64,
}

impl Block {
    pub(super) fn is_data(&self) -> bool {
        self.mode.as_deref() == Some("data")
    }

    pub(super) fn mode(&self) -> &'static str {
        if self.is_data() { "data" } else { "managed" }
    }

    /// Its address inside its module, without a key.
    pub(super) fn address(&self) -> String {
        format!("{}{}.{}", if self.is_data() { "data." } else { "" }, self.kind, self.name)
    }

    pub(super) fn provider(&self) -> &str {
        self.kind.split('_').next().unwrap_or_default()
    }
}

/// A module as its file has it.
#[derive(Deserialize)]
struct ModuleFile {
    #[serde(default)]
    variables: Map<String, Value>,
    #[serde(default)]
    outputs: Map<String, Value>,
    resources: Vec<Block>,
    #[serde(default)]
    modules: BTreeMap<String, CallFile>,
}

#[derive(Deserialize)]
struct CallFile {
    for_each: Option<Value>,
    call: Map<String, Value>,
}

/// What nobody sets of a resource type: attributes, and attributes of nested blocks by their paths.
#[derive(Deserialize)]
struct Type {
    #[serde(default)]
    version: u64,
    values: Map<String, Value>,
    #[serde(default)]
    blocks: BTreeMap<String, Map<String, Value>>,
}

/// Reads the root module and everything below.
pub(super) fn load() -> io::Result<Module> {
    let types: BTreeMap<String, Type> = serde_json::from_str(include_str!("types.json"))?;
    module("root", &types)
}

fn module(name: &str, types: &BTreeMap<String, Type>) -> io::Result<Module> {
    let text = match name {
        "root" => include_str!("cell/root.json"),
        "cell" => include_str!("cell/cell.json"),
        "cluster" => include_str!("cell/cluster.json"),
        "database" => include_str!("cell/database.json"),
        "entry" => include_str!("cell/entry.json"),
        "function" => include_str!("cell/function.json"),
        "identity" => include_str!("cell/identity.json"),
        "messaging" => include_str!("cell/messaging.json"),
        "network" => include_str!("cell/network.json"),
        "service" => include_str!("cell/service.json"),
        "storage" => include_str!("cell/storage.json"),
        _ => return Err(io::Error::other(format!("there is no module {name}"))),
    };
    // Terraform writes maps in the order of their keys.
    let mut text: Value = serde_json::from_str(text)?;
    text.sort_all_objects();
    let ModuleFile { variables, outputs, resources: mut blocks, modules } = serde_json::from_value(text)?;
    for block in &mut blocks {
        let prefix = if block.is_data() { "data." } else { "" };
        let kind = format!("{prefix}{}", block.kind);
        let known = types.get(&kind).ok_or_else(|| io::Error::other(format!("there is no type {kind}")))?;
        let mut all = known.values.clone();
        for (name, value) in &block.values {
            let mut value = value.clone();
            complete(&mut value, name, known);
            all.insert(name.clone(), value);
        }
        block.all = Value::Object(all);
        block.all.sort_all_objects();
        block.version = known.version;
    }
    blocks.sort_by_key(Block::address);
    let calls = modules.into_iter().map(|(name, CallFile { for_each, call: arguments })| {
        let module = module(&name, types)?;
        Ok((name, Call { for_each, arguments, module }))
    });
    Ok(Module { variables, outputs, blocks, calls: calls.collect::<io::Result<_>>()? })
}

/// Adds the attributes that nobody set to nested blocks, which may stand behind markers.
fn complete(value: &mut Value, path: &str, known: &Type) {
    match value {
        Value::Array(items) => {
            for item in items {
                if let Value::Object(nested) = item {
                    for (name, value) in nested.iter_mut() {
                        complete(value, &format!("{path}.{name}"), known);
                    }
                    for (name, unset) in known.blocks.get(path).into_iter().flatten() {
                        nested.entry(name).or_insert_with(|| unset.clone());
                    }
                }
            }
        }
        Value::Object(markers) => {
            for (marker, value) in markers.iter_mut() {
                match (marker.as_str(), value) {
                    ("=" | "?" | "??" | "!", value) => complete(value, path, known),
                    ("%", Value::Object(choices)) => {
                        choices.values_mut().for_each(|choice| complete(choice, path, known));
                    }
                    _ => {}
                }
            }
        }
        _ => {}
    }
}
