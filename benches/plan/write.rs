//! Writes the sections one after the other, cell by cell.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::configuration::configuration;
use super::template::{self, Block, Call, Module};
use super::value::{Cell, Place, Side, Stage, Tree};

/// Writes a plan of about `bytes` bytes: the number of cells that comes closest.
///
/// # Errors
/// When `out` cannot be written.
pub(crate) fn write(out: &mut dyn Write, bytes: u64) -> io::Result<()> {
    let root = template::load()?;
    let cells: Vec<Cell> = (0..fitting(&root, bytes)?).map(Cell::new).collect();
    let mut plan = Plan { out, root: &root, first: true };
    plan.whole(&cells)
}

/// How many cells make a plan of `bytes` bytes.
fn fitting(root: &Module, bytes: u64) -> io::Result<usize> {
    let size = |numbers: &[usize]| -> io::Result<u64> {
        let mut counter = Counter::default();
        let cells: Vec<Cell> = numbers.iter().copied().map(Cell::new).collect();
        Plan { out: &mut counter, root, first: true }.whole(&cells)?;
        Ok(counter.0)
    };
    let empty = size(&[])?;
    let mut sizes: Vec<u64> = Vec::with_capacity(Cell::PERIOD);
    let mut total = empty;
    for number in 0.. {
        // Names and numbers have a fixed width, or nearly so: what comes again has the size that it had.
        let cell = if let Some(size) = sizes.get(number % Cell::PERIOD) {
            *size
        } else {
            let size = size(&[number])?.saturating_sub(empty);
            sizes.push(size);
            size
        };
        if total + cell / 2 > bytes {
            return Ok(number.max(1));
        }
        total += cell;
    }
    Ok(1)
}

/// Counts what is written.
#[derive(Default)]
struct Counter(u64);

impl Write for Counter {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        self.0 += u64::try_from(text.len()).unwrap_or_default();
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Plan<'p> {
    out: &'p mut dyn Write,
    root: &'p Module,
    /// Whether nothing stands before the next item of a list.
    first: bool,
}

/// An instance of a module: its address, and the key that its blocks see.
#[derive(Clone)]
struct Inside<'c> {
    address: String,
    key: &'c str,
}

/// The two sections that list modules with resources.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Values {
    Planned,
    Prior,
}

impl Plan<'_> {
    fn whole(&mut self, cells: &[Cell]) -> io::Result<()> {
        write!(
            self.out,
            r#"{{"format_version":"1.2","terraform_version":"1.11.4","variables":{{"cells":{{"value":{{"#
        )?;
        self.first = true;
        for cell in cells {
            self.comma()?;
            write!(self.out, r#""{}":{{"kind":"{}","network":{}}}"#, cell.name, cell.kind, cell.number % 250)?;
        }
        write!(self.out, r#"}}}}}},"planned_values":{{"outputs":{{"hosts":{{"sensitive":false}}}},"root_module":{{"#)?;
        self.values(cells, Values::Planned)?;
        write!(self.out, r#"}}}},"resource_changes":["#)?;
        self.first = true;
        self.each(cells, &mut Self::change)?;
        write!(self.out, r#"],"output_changes":{{"hosts":{{"actions":["update"],"before":{{}},"after_unknown":true,"#)?;
        write!(
            self.out,
            r#""before_sensitive":false,"after_sensitive":false}}}},"prior_state":{{"format_version":"1.0","#
        )?;
        write!(self.out, r#""terraform_version":"1.11.4","values":{{"root_module":{{"#)?;
        self.values(cells, Values::Prior)?;
        write!(self.out, r#"}}}}}},"configuration":{},"relevant_attributes":["#, configuration(self.root))?;
        self.first = true;
        self.each(cells, &mut Self::relevant)?;
        write!(self.out, r#"],"timestamp":"2026-11-02T07:30:00Z","applyable":true,"complete":true,"errored":false}}"#)?;
        writeln!(self.out)
    }

    fn comma(&mut self) -> io::Result<()> {
        if !std::mem::replace(&mut self.first, false) {
            self.out.write_all(b",")?;
        }
        Ok(())
    }

    /// `planned_values` or `prior_state`: modules inside modules.
    fn values(&mut self, cells: &[Cell], section: Values) -> io::Result<()> {
        if section == Values::Prior {
            let nowhere = Cell::new(0);
            self.out.write_all(b"\"resources\":[")?;
            self.first = true;
            for block in &self.root.blocks {
                self.resource(block, &Inside { address: String::new(), key: "" }, &nowhere, section)?;
            }
            self.out.write_all(b"],")?;
        }
        self.out.write_all(b"\"child_modules\":[")?;
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                self.out.write_all(b",")?;
            }
            for stack in self.root.calls.values() {
                self.module(stack, &inside_cell(cell), cell, section)?;
            }
        }
        self.out.write_all(b"]")
    }

    fn module(&mut self, stack: &Call, inside: &Inside<'_>, cell: &Cell, section: Values) -> io::Result<()> {
        self.out.write_all(b"{\"resources\":[")?;
        self.first = true;
        for block in &stack.module.blocks {
            self.resource(block, inside, cell, section)?;
        }
        write!(self.out, r#"],"address":{}"#, json!(inside.address))?;
        let mut before: &[u8] = b",\"child_modules\":[";
        for (name, call) in &stack.module.calls {
            for below in instances(name, call, inside) {
                self.out.write_all(before)?;
                before = b",";
                self.module(call, &below, cell, section)?;
            }
        }
        self.out.write_all(if before == b"," { b"]}" } else { b"}" })
    }

    fn resource(&mut self, block: &Block, inside: &Inside<'_>, cell: &Cell, section: Values) -> io::Result<()> {
        let unread = block.late && cell.stage == Stage::Create;
        let shown = match (section, block.is_data()) {
            (Values::Planned, true) => unread,
            (Values::Prior, true) => !unread,
            (Values::Planned, false) => true,
            (Values::Prior, false) => cell.stage != Stage::Create,
        };
        if !shown {
            return Ok(());
        }
        let side = if section == Values::Planned { Side::After } else { Side::Before };
        for place in places(block, inside, cell, side) {
            let tree = Tree::grow(&block.all, &place);
            self.comma()?;
            let address = address(block, inside, &place.each);
            write!(self.out, r#"{{"address":{},"mode":"{}","#, json!(address), block.mode())?;
            write!(self.out, r#""type":"{}","name":"{}","#, block.kind, block.name)?;
            self.index(&place.each)?;
            write!(self.out, r#""provider_name":"registry.terraform.io/hashicorp/{}","#, block.provider())?;
            write!(self.out, r#""schema_version":{},"#, block.version)?;
            write!(
                self.out,
                r#""values":{},"sensitive_values":{}}}"#,
                or_empty(tree.value()),
                or_empty(tree.sensitive())
            )?;
        }
        Ok(())
    }

    fn index(&mut self, each: &Value) -> io::Result<()> {
        if each.is_null() { Ok(()) } else { write!(self.out, r#""index":{each},"#) }
    }

    /// Does something with every block of every module instance.
    fn each(
        &mut self,
        cells: &[Cell],
        work: &mut dyn FnMut(&mut Self, &Block, &Inside<'_>, &Cell) -> io::Result<()>,
    ) -> io::Result<()> {
        for cell in cells {
            for call in self.root.calls.values() {
                self.below(&call.module, &inside_cell(cell), cell, work)?;
            }
        }
        Ok(())
    }

    fn below(
        &mut self,
        module: &Module,
        inside: &Inside<'_>,
        cell: &Cell,
        work: &mut dyn FnMut(&mut Self, &Block, &Inside<'_>, &Cell) -> io::Result<()>,
    ) -> io::Result<()> {
        for block in &module.blocks {
            work(self, block, inside, cell)?;
        }
        for (name, call) in &module.calls {
            for inside in instances(name, call, inside) {
                self.below(&call.module, &inside, cell, work)?;
            }
        }
        Ok(())
    }

    /// The entries of `resource_changes` for a block.
    fn change(&mut self, block: &Block, inside: &Inside<'_>, cell: &Cell) -> io::Result<()> {
        let is_read = block.late && cell.stage == Stage::Create;
        if block.is_data() && !is_read {
            return Ok(());
        }
        for place in places(block, inside, cell, Side::After) {
            let after = Tree::grow(&block.all, &place);
            let before = (cell.stage != Stage::Create)
                .then(|| Tree::grow(&block.all, &Place { side: Side::Before, ..place.clone() }));
            let (actions, reason) = match &before {
                None if is_read => (r#"["read"]"#, r#","action_reason":"read_because_config_unknown""#),
                None => (r#"["create"]"#, ""),
                Some(before) if *before == after => (r#"["no-op"]"#, ""),
                Some(_) if block.replaced => {
                    (r#"["delete","create"]"#, r#","action_reason":"replace_because_cannot_update""#)
                }
                Some(_) => (r#"["update"]"#, ""),
            };
            self.comma()?;
            let address = address(block, inside, &place.each);
            write!(self.out, r#"{{"address":{},"module_address":{},"#, json!(address), json!(inside.address))?;
            write!(self.out, r#""mode":"{}","type":"{}","name":"{}","#, block.mode(), block.kind, block.name)?;
            self.index(&place.each)?;
            write!(self.out, r#""provider_name":"registry.terraform.io/hashicorp/{}","#, block.provider())?;
            let value = before.as_ref().and_then(Tree::value).unwrap_or_default();
            write!(self.out, r#""change":{{"actions":{actions},"before":{value},"#)?;
            write!(self.out, r#""after":{},"#, or_empty(after.value()))?;
            let unknown = if actions == r#"["no-op"]"# { json!({}) } else { or_empty(after.unknown()) };
            let sensitive = before.as_ref().map_or(Value::Bool(false), |before| or_empty(before.sensitive()));
            write!(self.out, r#""after_unknown":{unknown},"before_sensitive":{sensitive},"#)?;
            write!(self.out, r#""after_sensitive":{}}}{reason}}}"#, or_empty(after.sensitive()))?;
        }
        Ok(())
    }

    /// The entries of `relevant_attributes` for a block.
    fn relevant(&mut self, block: &Block, inside: &Inside<'_>, cell: &Cell) -> io::Result<()> {
        for place in places(block, inside, cell, Side::After) {
            self.comma()?;
            let address = address(block, inside, &place.each);
            write!(self.out, r#"{{"resource":{},"attribute":["id"]}}"#, json!(address))?;
        }
        Ok(())
    }
}

fn or_empty(value: Option<Value>) -> Value {
    value.unwrap_or_else(|| Value::Object(Map::new()))
}

fn inside_cell(cell: &Cell) -> Inside<'static> {
    Inside { address: format!("module.cell[\"{}\"]", cell.name), key: "" }
}

/// The instances that a call makes.
fn instances<'c>(name: &str, call: &'c Call, inside: &Inside<'c>) -> Vec<Inside<'c>> {
    let address = format!("{}.module.{name}", inside.address);
    let Some(keys) = call.for_each.as_ref().and_then(|each| each.get("=")).and_then(Value::as_array) else {
        return vec![Inside { address, key: inside.key }];
    };
    let keys = keys.iter().filter_map(Value::as_str);
    keys.map(|key| Inside { address: format!("{address}[\"{key}\"]"), key }).collect()
}

/// The places of a block's instances.
fn places<'c>(block: &Block, inside: &Inside<'c>, cell: &'c Cell, side: Side) -> Vec<Place<'c>> {
    let place = Place { cell, key: inside.key, each: Value::Null, side };
    let Some(each) = block.count.as_ref().or(block.for_each.as_ref()) else { return vec![place] };
    let keys = match Tree::grow(each, &place).value() {
        Some(Value::Array(keys)) => keys,
        _ => Vec::new(),
    };
    keys.into_iter().map(|each| Place { each, ..place.clone() }).collect()
}

fn address(block: &Block, inside: &Inside<'_>, each: &Value) -> String {
    let dot = if inside.address.is_empty() { "" } else { "." };
    let key = if each.is_null() { String::new() } else { format!("[{each}]") };
    format!("{}{dot}{}{key}", inside.address, block.address())
}
