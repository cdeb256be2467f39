//! Meshes: what lets services call each other by name, through a proxy beside each of them.

use jiff::civil::Date;

use crate::model::Text;

/// A service of the cloud that ends.
#[derive(Debug)]
pub struct Retirement {
    /// What it is called.
    pub name: &'static str,
    /// The day on which it ends.
    pub day: Date,
    /// What its maker says to use instead.
    pub successors: &'static str,
    /// Where that is said, and when it was read.
    pub source: &'static str,
}

/// The mesh itself, or a part of one: a node, a route, a gateway.
#[derive(Debug)]
pub struct MeshPart {
    /// Whether it is the mesh itself.
    pub whole: bool,
    /// When its service ends, if it does.
    pub retirement: Option<&'static Retirement>,
}

/// What makes a unit a part of a mesh.
#[derive(Clone, Debug)]
pub struct MeshUse {
    /// The attribute that says so.
    pub attribute: &'static str,
    /// What it says.
    pub value: Text,
    /// What the mesh is called, where that is told.
    pub mesh: Option<Text>,
    /// When the mesh's service ends, if it does.
    pub retirement: Option<&'static Retirement>,
    /// Whether it is certain that it is this mesh's.
    pub certain: bool,
}
