//! Meshes: what lets services call each other by name, through a proxy beside each of them.

use jiff::civil::Date;

use super::Stated;
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
#[derive(Debug, Default)]
pub struct MeshPart {
    /// Whether it is the mesh itself.
    pub whole: bool,
    /// When its service ends, if it does.
    pub retirement: Option<&'static Retirement>,
    /// What it says of those who call it, where it is a service.
    pub node: Option<Box<MeshNode>>,
    /// What it does with requests that fail, where it sends them on.
    pub route: Option<Box<MeshRoute>>,
}

/// A service of a mesh, as those see it who call it.
#[derive(Debug)]
pub struct MeshNode {
    /// Whether a unit of it that keeps failing is taken out for a while, at each place where it is called.
    pub takes_out: Vec<Stated<bool>>,
    /// Whether so many requests to it at a time are the most, at each place where it is called.
    pub bounds: Vec<Stated<bool>>,
}

/// What sends requests on to services of a mesh.
#[derive(Debug)]
pub struct MeshRoute {
    /// How often a request that fails is sent again; nobody knows where nothing says so.
    pub retries: Stated<u64>,
    /// For how many milliseconds each of these tries is waited for.
    pub each: Stated<u64>,
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
