//! One resource instance at one stage.

use super::{Account, Address, Attr, Body, Text};

/// One of the two worlds of a plan.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Stage {
    /// As things stand.
    Before,
    /// As they will be once the plan is applied.
    After,
}

/// Whether Terraform manages the object or only reads it.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Mode {
    /// A `resource` block.
    #[default]
    Managed,
    /// A `data` block.
    Data,
}

/// What the plan does to an instance.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Action {
    /// Nothing: the same before and after.
    Keep,
    /// It comes into being.
    Create,
    /// It changes in place.
    Update,
    /// It is destroyed and made anew, in either order.
    Replace,
    /// It is destroyed.
    Delete,
    /// It lives on, but Terraform no longer manages it.
    Forget,
    /// A data source that is read.
    Read,
}

impl Action {
    /// The word for it in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Create => "create",
            Self::Update => "update",
            Self::Replace => "replace",
            Self::Delete => "delete",
            Self::Forget => "forget",
            Self::Read => "read",
        }
    }

    /// Whether the object after apply may differ from the one before.
    pub fn changes(self) -> bool {
        !matches!(self, Self::Keep | Self::Forget)
    }
}

/// One resource instance as it is at one stage: what a catalogue adapter gets to see.
#[derive(Clone, Debug)]
pub struct Resource<'p> {
    /// Its address.
    pub address: Address,
    /// Its Terraform type, such as `aws_subnet`.
    pub kind: &'p str,
    /// Managed or data.
    pub mode: Mode,
    /// The region it lives in, from its own attribute or its provider's configuration.
    pub region: Attr<Text>,
    /// The account it is in, by its provider's configuration.
    pub account: Account,
    /// Its attributes.
    pub body: Body<'p>,
    /// The top-level names that its configuration sets; `None` when the plan holds no configuration for it.
    pub configured: Option<&'p [&'p str]>,
}

impl Resource<'_> {
    /// Whether the configuration leaves `name` to the provider: a value that is known only after apply is then the
    /// cloud's default, not somebody's choice.
    pub fn leaves_open(&self, name: &str) -> bool {
        self.configured.is_some_and(|names| !names.contains(&name))
    }

    /// Turns "known only after apply" into "unset" where nobody chose a value.
    pub fn chosen<T>(&self, name: &str, attr: Attr<T>) -> Attr<T> {
        match attr {
            Attr::Unknown(super::Why::Computed) if self.leaves_open(name) => Attr::Unset,
            other => other,
        }
    }

    /// The text attribute `name`, as chosen.
    pub fn text(&self, name: &str) -> Attr<Text> {
        self.chosen(name, self.body.text(name))
    }

    /// The boolean attribute `name`, as chosen.
    pub fn bool(&self, name: &str) -> Attr<bool> {
        self.chosen(name, self.body.bool(name))
    }

    /// The whole number `name`, as chosen.
    pub fn int(&self, name: &str) -> Attr<i64> {
        self.chosen(name, self.body.int(name))
    }
}

/// Reads a resource when it is called, and shows it to a function.
pub type Show<'s> = dyn Fn(&mut dyn FnMut(&Resource<'_>)) + 's;
