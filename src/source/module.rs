//! What stands in the files of one module.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use hcl_edit::Span as _;
use hcl_edit::expr::Expression;
use hcl_edit::structure::{Attribute, Block as Written, Body, Structure};

use super::align::{self, Cell};
use super::comments::{self, Comment, Comments};
use super::names;
use super::references::{self, Reference};
use crate::model::Text;

/// Where something is written.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Place {
    /// The file, from the folder of the root module on.
    pub file: Arc<str>,
    /// The line, from 1.
    pub line: usize,
    /// The character of that line, from 1.
    pub column: usize,
}

/// An expression, where it stands, and what it refers to.
#[derive(Debug)]
pub(super) struct Formula {
    pub(super) expression: Expression,
    pub(super) references: Vec<Reference>,
    /// Where its name stands.
    pub(super) place: Place,
    /// The bytes of the file that the expression takes.
    pub(super) span: Range<usize>,
}

/// One module's files, sorted by what they declare.
#[derive(Debug, Default)]
pub(super) struct Module {
    /// Its folder, from that of the root module on: what `path.module` is.
    pub(super) folder: Text,
    pub(super) locals: BTreeMap<Text, Formula>,
    pub(super) variables: BTreeMap<Text, Variable>,
    pub(super) outputs: BTreeMap<Text, Output>,
    pub(super) calls: BTreeMap<Text, Call>,
    /// `resource` and `data` blocks, by `type.name` and `data.type.name`.
    pub(super) blocks: BTreeMap<String, Block>,
    /// The modules that its calls lead to, as far as they could be read.
    pub(super) children: BTreeMap<Text, usize>,
    /// The text of its files.
    pub(super) texts: BTreeMap<Arc<str>, Arc<str>>,
    /// By file, the attributes that stand on a line of their own.
    pub(super) cells: BTreeMap<Arc<str>, Vec<Cell>>,
    /// How often its files name a variable (`var`) or a local, wherever that is: in conditions and providers as well.
    uses: BTreeMap<(Text, Text), usize>,
    /// The attributes of resources that its files read, by resource and name; without a name, of a resource as a whole.
    reads: BTreeSet<(String, Option<Text>)>,
    /// What comments on its blocks and calls say that planwise shall not tell.
    pub(super) ignored: Vec<Ignored>,
    /// Comments of that kind that stand on nothing.
    pub(super) astray: Vec<Place>,
}

/// A comment that says what planwise shall not tell.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Ignored {
    /// The block that it stands on: `aws_x.y`, `data.aws_x.y`, `module.z`.
    pub(super) on: String,
    /// Whether that is a call of a module, and so all that it leads to.
    pub(super) is_call: bool,
    /// What it says behind its mark.
    pub(super) text: String,
    pub(super) place: Place,
}

#[derive(Debug, Default)]
pub(super) struct Variable {
    pub(super) default: Option<Formula>,
    pub(super) kind: Option<Expression>,
    /// Whether its value must not be looked at.
    pub(super) hidden: bool,
    /// Whether `null` stands for the default.
    pub(super) takes_no_null: bool,
}

#[derive(Debug)]
pub(super) struct Output {
    pub(super) value: Formula,
    pub(super) hidden: bool,
}

/// A `module` block.
#[derive(Debug, Default)]
pub(super) struct Call {
    /// Where it begins.
    pub(super) place: Option<Place>,
    pub(super) source: Option<String>,
    pub(super) repeated: Repeated,
    pub(super) arguments: BTreeMap<Text, Formula>,
}

impl Call {
    /// Whether it leads to files of the same repository.
    pub(super) fn is_local(&self) -> bool {
        self.source.as_deref().is_some_and(|source| source.starts_with("./") || source.starts_with("../"))
    }
}

/// How many instances there are of a block.
#[derive(Debug, Default)]
pub(super) enum Repeated {
    /// One, without a key.
    #[default]
    Once,
    /// `count`.
    Count(Formula),
    /// `for_each`.
    Each(Formula),
}

/// A `resource` or `data` block.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// Where it begins.
    pub(super) place: Option<Place>,
    /// The bytes of the file that it takes.
    pub(super) span: Range<usize>,
    pub(super) repeated: Repeated,
    pub(super) items: Items,
    /// What of it Terraform leaves as it is.
    pub(super) frozen: Frozen,
}

/// What of a resource that exists Terraform leaves as it is, whatever is written: `lifecycle { ignore_changes }`.
#[derive(Debug, Default)]
pub(super) enum Frozen {
    #[default]
    Nothing,
    All,
    /// Attributes and blocks of these names.
    Names(Vec<Text>),
}

impl Frozen {
    fn of(lifecycle: &Body) -> Option<Self> {
        let attribute = lifecycle.get_attribute("ignore_changes")?;
        let Expression::Array(items) = &attribute.value else { return Some(Self::All) };
        let head = |item: &Expression| references::of(item, &[]).first().map(|reference| reference.root.clone());
        Some(Self::Names(items.iter().filter_map(head).collect()))
    }

    /// Whether anything is left as it is.
    pub(super) const fn holds_any(&self) -> bool {
        !matches!(self, Self::Nothing)
    }

    /// Whether a dotted path is left as it is.
    pub(super) fn holds(&self, attribute: &str) -> bool {
        match self {
            Self::Nothing => false,
            Self::All => true,
            Self::Names(names) => names.iter().any(|name| attribute.split('.').next() == Some(name)),
        }
    }
}

/// The attributes and blocks in a block.
#[derive(Debug, Default)]
pub(super) struct Items(pub(super) Vec<(Text, Item)>);

#[derive(Debug)]
pub(super) enum Item {
    Attribute(Formula),
    /// A block, where it begins, and the bytes of the file that it takes.
    Block(Items, Place, Range<usize>),
    /// A block that is repeated over a collection.
    Dynamic {
        over: Formula,
        iterator: Text,
        content: Items,
        /// What the content refers to, besides the iterator.
        references: Vec<Reference>,
    },
}

/// Names in a block that Terraform keeps for itself.
const OWN: &[&str] = &["count", "for_each", "depends_on", "provider", "lifecycle", "provisioner", "connection"];

impl Items {
    /// The names that are set here.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// The items of one name, in order.
    pub(super) fn named(&self, name: &str) -> Vec<&Item> {
        self.0.iter().filter(|(key, _)| key == name).map(|(_, item)| item).collect()
    }

    /// Takes what an override file sets in the place of what was there.
    fn replace(&mut self, with: Self) {
        self.0.retain(|(name, _)| !with.names().any(|other| other == name));
        self.0.extend(with.0);
    }
}

impl Item {
    /// Where it stands.
    pub(super) fn place(&self) -> &Place {
        match self {
            Self::Attribute(formula) | Self::Dynamic { over: formula, .. } => &formula.place,
            Self::Block(_, place, _) => place,
        }
    }

    /// Everything that it refers to.
    pub(super) fn references(&self) -> Vec<&Reference> {
        match self {
            Self::Attribute(formula) => formula.references.iter().collect(),
            Self::Block(items, ..) => items.0.iter().flat_map(|(_, item)| item.references()).collect(),
            Self::Dynamic { over, references, .. } => over.references.iter().chain(references).collect(),
        }
    }
}

/// A file while it is taken apart.
struct File<'f> {
    name: Arc<str>,
    text: Arc<str>,
    /// Where each line begins.
    lines: Vec<usize>,
    /// Names that are bound where it is taken apart now: iterators of `dynamic` blocks.
    bound: Vec<Text>,
    module: &'f mut Module,
    overrides: bool,
}

impl Module {
    /// Takes in a file.
    ///
    /// # Errors
    /// When it is not Terraform's language; nothing is taken in then. The message quotes nothing of it.
    pub(super) fn add(&mut self, name: Arc<str>, text: &str) -> Result<(), String> {
        let body = hcl_edit::parser::parse_body(text)
            .map_err(|error| format!("it cannot be read as HCL from line {} on", error.location().line()))?;
        let lines = std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1)).collect();
        let overrides = names::is_override(&name);
        let text: Arc<str> = Arc::from(text);
        self.texts.insert(Arc::clone(&name), Arc::clone(&text));
        self.cells.insert(Arc::clone(&name), align::cells(&body, &text));
        for reference in references::every(&body) {
            if let (true, Some(used)) = (matches!(reference.root.as_str(), "var" | "local"), reference.name(0)) {
                *self.uses.entry((reference.root.clone(), used.into())).or_default() += 1;
            }
            self.reads.extend(reference.read());
        }
        let Comments { mut said, all } = comments::read(&text, &body);
        let mut file = File { name, text, lines, bound: Vec::new(), module: self, overrides };
        for structure in body {
            if let Structure::Block(block) = structure {
                file.hear(&block, &mut said, &all);
                file.block(block);
            }
        }
        for comment in said {
            let place = file.place(Some(comment.at..comment.at));
            file.module.astray.push(place);
        }
        Ok(())
    }

    /// Whether its files read an attribute of a resource, by a dotted path, or the resource as a whole.
    pub(super) fn is_read(&self, resource: &str, attribute: &str) -> bool {
        let head = attribute.split('.').next().map(Text::from);
        let is_there = |resource: &str, name: Option<Text>| self.reads.contains(&(resource.to_owned(), name));
        is_there(resource, head.clone()) || is_there("self", head) || is_there(resource, None)
    }

    /// How often its files name `root.name`.
    pub(super) fn uses(&self, root: &str, name: &str) -> usize {
        self.uses.get(&(root.into(), name.into())).copied().unwrap_or_default()
    }
}

impl File<'_> {
    fn place(&self, span: Option<Range<usize>>) -> Place {
        let at = span.map_or(0, |span| span.start);
        let line = self.lines.partition_point(|start| *start <= at);
        let start = line.checked_sub(1).and_then(|line| self.lines.get(line)).copied().unwrap_or_default();
        let column = self.text.get(start..at).map_or(0, |before| before.chars().count()) + 1;
        Place { file: Arc::clone(&self.name), line, column }
    }

    /// Takes out of `said` what stands on a block: in it, behind its beginning, or in the lines of comments right above.
    /// `all` are the comments of the file.
    fn hear(&mut self, block: &Written, said: &mut Vec<Comment>, all: &[Range<usize>]) {
        let labels: Vec<&str> = block.labels.iter().map(hcl_edit::structure::BlockLabel::as_str).collect();
        // A label that is no name would make the address of something else.
        if !labels.iter().all(|label| is_name(label)) {
            return;
        }
        let (on, is_call) = match (block.ident.as_str(), labels.as_slice()) {
            ("module", [name]) => (format!("module.{name}"), true),
            ("resource", [of, name]) => (format!("{of}.{name}"), false),
            ("data", [of, name]) => (format!("data.{of}.{name}"), false),
            _ => return,
        };
        let Some(span) = block.span().filter(|_| !said.is_empty()) else { return };
        let above = comments::above(&self.text, all, span.start);
        let end =
            self.text.get(span.end..).and_then(|rest| rest.find('\n')).map_or(self.text.len(), |at| span.end + at);
        let (here, elsewhere): (Vec<_>, Vec<_>) =
            std::mem::take(said).into_iter().partition(|comment| (above..end).contains(&comment.at));
        *said = elsewhere;
        for comment in here {
            let place = self.place(Some(comment.at..comment.at));
            self.module.ignored.push(Ignored { on: on.clone(), is_call, text: comment.text, place });
        }
    }

    fn formula(&self, attribute: Attribute) -> Formula {
        let place = self.place(attribute.key.span());
        let references = references::of(&attribute.value, &self.bound);
        let span = attribute.value.span().unwrap_or_default();
        Formula { expression: attribute.value, references, place, span }
    }

    fn block(&mut self, block: Written) {
        let labels: Vec<Text> = block.labels.iter().map(|label| label.as_str().into()).collect();
        let (place, span) = (self.place(block.ident.span()), block.span().unwrap_or_default());
        match (block.ident.as_str(), labels.as_slice()) {
            ("locals", []) => {
                for attribute in block.body.into_attributes() {
                    let name = Text::from(attribute.key.as_str());
                    let formula = self.formula(attribute);
                    self.module.locals.insert(name, formula);
                }
            }
            ("variable", [name]) => self.variable(name, block.body),
            ("output", [name]) => self.output(name, block.body),
            ("module", [name]) => self.call(name, block.body, place),
            (kind @ ("resource" | "data"), [of, name]) => {
                let data = if kind == "data" { "data." } else { "" };
                let key = format!("{data}{of}.{name}");
                let new = Block { place: Some(place), span, ..self.resource(block.body) };
                match self.module.blocks.get_mut(&key) {
                    Some(old) if self.overrides => {
                        old.items.replace(new.items);
                        if !matches!(new.repeated, Repeated::Once) {
                            old.repeated = new.repeated;
                        }
                        if !matches!(new.frozen, Frozen::Nothing) {
                            old.frozen = new.frozen;
                        }
                    }
                    _ => {
                        self.module.blocks.insert(key, new);
                    }
                }
            }
            // Data that an assertion reads stands in the plan like all other.
            ("check", [_]) => {
                for data in block.body.into_blocks().filter(|block| block.has_ident("data")) {
                    self.block(data);
                }
            }
            _ => {}
        }
    }

    fn variable(&mut self, name: &Text, body: Body) {
        let mut new = std::mem::take(self.module.variables.entry(name.clone()).or_default());
        for attribute in body.into_attributes() {
            match attribute.key.as_str() {
                "default" => new.default = Some(self.formula(attribute)),
                "type" => new.kind = Some(attribute.value),
                // What is no plain `false` may be true.
                "sensitive" | "ephemeral" => new.hidden |= attribute.value.as_bool() != Some(false),
                "nullable" => new.takes_no_null = attribute.value.as_bool() == Some(false),
                _ => {}
            }
        }
        self.module.variables.insert(name.clone(), new);
    }

    fn output(&mut self, name: &Text, body: Body) {
        let (mut value, mut hidden) = (None, false);
        for attribute in body.into_attributes() {
            match attribute.key.as_str() {
                "value" => value = Some(self.formula(attribute)),
                "sensitive" | "ephemeral" => hidden |= attribute.value.as_bool() != Some(false),
                _ => {}
            }
        }
        if let Some(value) = value {
            self.module.outputs.insert(name.clone(), Output { value, hidden });
        }
    }

    fn call(&mut self, name: &Text, body: Body, place: Place) {
        let mut new = std::mem::take(self.module.calls.entry(name.clone()).or_default());
        new.place = new.place.or(Some(place));
        for attribute in body.into_attributes() {
            match attribute.key.as_str() {
                "source" => new.source = attribute.value.as_str().map(str::to_owned),
                "count" => new.repeated = Repeated::Count(self.formula(attribute)),
                "for_each" => new.repeated = Repeated::Each(self.formula(attribute)),
                "version" | "providers" | "depends_on" => {}
                argument => {
                    let argument = Text::from(argument);
                    new.arguments.insert(argument, self.formula(attribute));
                }
            }
        }
        self.module.calls.insert(name.clone(), new);
    }

    fn resource(&mut self, body: Body) -> Block {
        let (mut repeated, mut frozen) = (Repeated::Once, Frozen::Nothing);
        let mut rest = Body::new();
        for structure in body {
            match structure {
                Structure::Attribute(attribute) if attribute.has_key("count") => {
                    repeated = Repeated::Count(self.formula(attribute));
                }
                Structure::Attribute(attribute) if attribute.has_key("for_each") => {
                    repeated = Repeated::Each(self.formula(attribute));
                }
                Structure::Attribute(attribute) if OWN.contains(&attribute.key.as_str()) => {}
                Structure::Block(block) if block.has_ident("lifecycle") => {
                    frozen = Frozen::of(&block.body).unwrap_or(frozen);
                }
                Structure::Block(block) if OWN.contains(&block.ident.as_str()) => {}
                other => rest.push(other),
            }
        }
        Block { repeated, frozen, items: self.items(rest), ..Block::default() }
    }

    fn items(&mut self, body: Body) -> Items {
        let mut items = Vec::new();
        for structure in body {
            match structure {
                Structure::Attribute(attribute) => {
                    let name = Text::from(attribute.key.as_str());
                    items.push((name, Item::Attribute(self.formula(attribute))));
                }
                Structure::Block(block) if block.has_ident("dynamic") => items.extend(self.dynamic(block)),
                Structure::Block(block) => {
                    let (name, place) = (Text::from(block.ident.as_str()), self.place(block.ident.span()));
                    let span = block.span().unwrap_or_default();
                    items.push((name, Item::Block(self.items(block.body), place, span)));
                }
            }
        }
        Items(items)
    }

    fn dynamic(&mut self, block: Written) -> Option<(Text, Item)> {
        let name = Text::from(block.labels.first()?.as_str());
        let (mut over, mut iterator, mut content) = (None, name.clone(), None);
        for structure in block.body {
            match structure {
                Structure::Attribute(attribute) if attribute.has_key("for_each") => {
                    over = Some(self.formula(attribute));
                }
                Structure::Attribute(attribute) if attribute.has_key("iterator") => {
                    if let Expression::Variable(name) = &attribute.value {
                        iterator = name.as_str().into();
                    }
                }
                Structure::Block(block) if block.has_ident("content") => content = Some(block.body),
                _ => {}
            }
        }
        let (over, content) = (over?, content?);
        let mut references = references::of_body(&content);
        references.retain(|reference| reference.root != iterator);
        self.bound.push(iterator.clone());
        let content = self.items(content);
        self.bound.pop();
        Some((name, Item::Dynamic { over, iterator, content, references }))
    }
}

/// Whether a label is a name as Terraform takes it.
fn is_name(label: &str) -> bool {
    !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn module(files: &[(&str, &str)]) -> Module {
        let mut module = Module::default();
        for (name, text) in files {
            module.add(Arc::from(*name), text).unwrap();
        }
        module
    }

    #[test]
    fn everything_has_its_place() {
        let module = module(&[(
            "main.tf",
            "locals {\n  a = 1\n}\n\nresource \"t\" \"n\" {\n  for_each = local.m\n  x = [\n    1,\n  ]\n  b { y = each.key }\n}\n",
        )]);
        assert_eq!(module.locals["a"].place.line, 2);
        let block = &module.blocks["t.n"];
        assert!(matches!(&block.repeated, Repeated::Each(formula) if formula.place.line == 6));
        assert_eq!(block.items.names().collect::<Vec<_>>(), ["x", "b"]);
        assert_eq!(block.items.named("b")[0].place(), &Place { file: "main.tf".into(), line: 10, column: 3 });
        let place = block.place.as_ref().unwrap();
        assert_eq!((place.line, place.column), (5, 1));
    }

    #[test]
    fn override_files_replace_what_they_name() {
        let module = module(&[
            (
                "main.tf",
                "resource \"t\" \"n\" {\n count = 1\n x = 1\n y = 2\n}\nvariable \"v\" {\n default = 1\n sensitive = true\n}",
            ),
            ("x_override.tf", "resource \"t\" \"n\" {\n x = 3\n}\nvariable \"v\" {\n default = 2\n}"),
        ]);
        let block = &module.blocks["t.n"];
        assert!(matches!(block.repeated, Repeated::Count(_)));
        assert_eq!(block.items.names().collect::<Vec<_>>(), ["y", "x"]);
        assert!(module.variables["v"].hidden);
    }

    #[test]
    fn comments_stand_on_the_block_that_they_are_in_or_right_above() {
        let said = |text: &str| {
            let module = module(&[("main.tf", text)]);
            let said: Vec<String> = module.ignored.iter().map(|one| format!("{} {}", one.on, one.text)).collect();
            (said.join("; "), module.astray.len())
        };
        let block = "resource \"t\" \"n\" {\n  b {\n    x = 1\n  }\n}";
        let on = ("t.n a b".to_owned(), 0);
        for text in [
            format!("# planwise:ignore a b\n{block}\n"),
            format!("# planwise:ignore a b\r\n{}\r\n", block.replace('\n', "\r\n")),
            format!("/* planwise:ignore a b\n   and more */\n{block}"),
            format!("/* planwise:ignore a b */ {block}"),
            format!("{block} # planwise:ignore a b"),
            block.replace("x = 1", "x = 1 // planwise:ignore a b"),
            block.replace(
                "x = 1",
                "x = <<EOT\n%{ if a }\n# planwise:ignore c d\n%{ endif }\nEOT\n# planwise:ignore a b",
            ),
        ] {
            assert_eq!(said(&text), on, "{text}");
        }
        let astray = (String::new(), 1);
        for text in [
            format!("# planwise:ignore a b\n\n{block}"),
            format!("{block}\n# planwise:ignore a b"),
            format!("{block}\n\n# planwise:ignore a b\n"),
            format!("locals {{\n  a = 1 # planwise:ignore a b\n}}\n{block}"),
            format!("locals {{}} # planwise:ignore a b\n{block}"),
            "# planwise:ignore a b\nresource \"*\" \"*\" {\n}".to_owned(),
            "# planwise:ignore a b\nresource \"module.m.t\" \"n\" {\n}".to_owned(),
            "# planwise:ignore a b\nmodule \"**\" {\n}".to_owned(),
        ] {
            assert_eq!(said(&text), astray, "{text}");
        }
        let two = format!(
            "# planwise:ignore a b\n{block} # planwise:ignore c d\ndata \"t\" \"n\" {{\n# planwise:ignore e f\n}}"
        );
        assert_eq!(said(&two), ("t.n a b; t.n c d; data.t.n e f".to_owned(), 0));
    }

    #[test]
    fn broken_text_is_not_quoted() {
        let error = Module::default().add(Arc::from("a.tf"), "locals {\n password = \"hunter2\n}").unwrap_err();
        assert!(error.contains("line") && !error.contains("hunter2"), "{error}");
    }
}
