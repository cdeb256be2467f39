//! A change that somebody might make, so that its price can be told.

use super::{Amounts, Near, Tariff, Value};
use crate::model::{Address, Text};
use crate::units::Decimal;

/// A change that somebody might make.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// An attribute takes another value.
    Set {
        /// The resource.
        address: Address,
        /// The attribute; a dotted path leads through blocks.
        attribute: Text,
        /// Its value.
        value: Value,
    },
    /// A variable of an environment takes another value. It has no price.
    Variable {
        /// The resource that holds it.
        address: Address,
        /// Its name; behind that of its container and a dot, where several have one.
        name: Text,
        /// The value that it has.
        was: Value,
        /// Its value.
        value: Value,
    },
    /// Other numbers of units run.
    Units {
        /// The workload.
        address: Address,
        /// How many.
        units: Amounts,
    },
    /// It is used so much more in a month.
    Use {
        /// The resource, or the name of one that is added.
        address: Address,
        /// The key of the usage file.
        key: &'static str,
        /// How much more; negative if it is less.
        more: Decimal,
    },
    /// So many more of what is there already, which share its work: all of them together are used as much as it was.
    Copy {
        /// The resource.
        address: Address,
        /// How many more.
        times: u32,
    },
    /// Something new.
    Add(Added),
    /// A resource goes.
    Remove(Address),
}

impl Change {
    /// Whether both cannot be made: they give the same thing different values.
    pub fn conflicts(&self, other: &Self) -> bool {
        match (self, other) {
            (
                Self::Set { address, attribute, .. },
                Self::Set { address: other_address, attribute: other_attribute, .. },
            ) => (address, attribute) == (other_address, other_attribute) && self != other,
            (Self::Variable { address, name, .. }, Self::Variable { address: other_address, name: other_name, .. }) => {
                (address, name) == (other_address, other_name) && self != other
            }
            (Self::Units { address, .. }, Self::Units { address: others, .. })
            | (Self::Copy { address, .. }, Self::Copy { address: others, .. }) => address == others && self != other,
            (Self::Remove(gone), other) | (other, Self::Remove(gone)) => other.subject().is_some_and(|it| it == gone),
            _ => false,
        }
    }

    /// The resource that it changes, if that stays.
    fn subject(&self) -> Option<&Address> {
        match self {
            Self::Set { address, .. } | Self::Variable { address, .. } | Self::Units { address, .. } => Some(address),
            Self::Copy { address, .. } => Some(address),
            Self::Use { .. } | Self::Add(_) | Self::Remove(_) => None,
        }
    }
}

/// Something that does not exist yet.
#[derive(Clone, Debug)]
pub struct Added {
    /// What it is called, so that the same thing is not added twice.
    pub name: Address,
    /// What it is.
    pub offer: &'static Offer,
    /// In how many zones it stands.
    pub zones: u32,
    /// A resource of the place where it comes to stand: it has the same region.
    pub beside: Address,
    /// What it is for, if its bill depends on that.
    pub near: Vec<Address>,
}

impl PartialEq for Added {
    fn eq(&self, other: &Self) -> bool {
        (&self.name, self.offer.kind, self.zones) == (&other.name, other.offer.kind, other.zones)
    }
}

/// What a cloud has to offer of one sort.
#[derive(Debug)]
pub struct Offer {
    /// Its Terraform type.
    pub kind: &'static str,
    /// How it is billed.
    pub tariff: &'static Tariff,
    /// What it is to that which it is for, where its bill depends on it.
    pub near: Option<Near>,
    /// The attributes of one that stands in so many zones.
    pub fill: fn(zones: u32) -> Vec<(&'static str, Value)>,
    /// The key of a usage file that has the gigabytes which pass through it in a month.
    pub gigabytes: Option<&'static str>,
}

/// What a cloud has to offer for what rules advise.
#[derive(Debug)]
pub struct Offers {
    /// Leads to a service of the cloud by an address in each zone.
    pub interface_endpoint: Offer,
    /// Shares the connections of a database.
    pub pooler: Offer,
    /// An address of the internet.
    pub public_address: Offer,
    /// A small cache of two machines, one of which takes over from the other: enough for sessions and locks.
    pub session_store: Offer,
    /// The key of a usage file that has the gigabytes which a workload sends to other zones in a month.
    pub cross_zone: &'static str,
}
