//! What the configuration says of a value that the plan does not know yet.

use super::Text;

/// How the other end of a link was found.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Found {
    /// The attribute's value equals the neighbour's id, ARN, name or endpoint.
    Value,
    /// The configuration refers to it.
    Reference,
    /// The configuration refers to the block, and both instances have the same key.
    Key,
    /// The configuration refers to all instances of the block (a splat, or a `for` over them).
    Splat,
    /// The configuration refers to one instance of the block, by an index that the JSON does not tell, or to all of them.
    Choice,
    /// A value that is known only after apply, and one thing only in the plan that it can come from.
    Elimination,
    /// The configuration refers to several things, one of which it is.
    Ambiguous,
}

impl Found {
    /// The word for it in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Reference => "reference",
            Self::Key => "instance key",
            Self::Splat => "splat",
            Self::Choice => "splat or index",
            Self::Elimination => "elimination",
            Self::Ambiguous => "one of several references",
        }
    }
}

/// What tells one of several blocks from its siblings.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Only {
    /// This attribute of it has this value.
    Constant(&'static str, i64),
    /// These attributes of it have these texts.
    Named([(&'static str, &'static str); 2]),
    /// It is the n-th of them, from 0, where their order means something.
    Position(usize),
}

/// One instance that an expression leads to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Hit {
    /// The instance's position in the plan.
    pub instance: usize,
    /// The block that it is an instance of; two hits on one block are two instances of it.
    pub block: Option<usize>,
    /// The first attribute that is taken of it, where the plan's version tells.
    pub attribute: Option<Text>,
    /// How the expression leads there.
    pub found: Found,
}

/// A name at which the plan's JSON stops, such as `local.vpc_id`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DeadEnd {
    /// The name.
    pub name: Text,
    /// The module instance in which it stands.
    pub module: usize,
}

/// What the configuration says of one attribute of one instance.
#[derive(Clone, Debug, Default)]
pub struct Lookup {
    /// Whether the configuration sets the attribute; `None` when there is no configuration to ask.
    pub configured: Option<bool>,
    /// Where its references lead.
    pub hits: Vec<Hit>,
    /// Where they are lost.
    pub dead_ends: Vec<DeadEnd>,
}

/// Somebody in the configuration who names a resource, or what is made of it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Namer {
    /// What it is called: `output.addresses`, `aws_nat_gateway.main`, or a local that may hold anything.
    pub name: Text,
    /// The instances of the block that it is; none of what is no block.
    pub instances: Vec<usize>,
    /// Whether it names something of which the plan's JSON does not show what it holds.
    pub doubtful: bool,
}

/// Answers what a plan's configuration says. Implemented by `plan`, asked by `graph`.
pub trait References: Sync {
    /// Follows `attribute` (a dotted path through blocks) of `instance`; `only` picks one of repeated blocks.
    fn lookup(&self, instance: usize, attribute: &str, only: Option<Only>) -> Lookup;

    /// The module instance in which `instance` stands.
    fn module_of(&self, instance: usize) -> usize;

    /// Everything that the call of this module instance hands into it, and where the trace of it is lost in other modules.
    fn inputs(&self, module: usize) -> Lookup;

    /// Who names `instance`: blocks of which there are instances, and the outputs of the root module. `None` where the plan
    /// holds no configuration, so that nobody can say.
    fn namers(&self, instance: usize) -> Option<Vec<Namer>>;

    /// The module instances that `instance` stands in, the innermost first.
    fn modules_around(&self, instance: usize) -> Vec<usize>;
}
