//! The resources of one stage and how they depend on each other.
//!
//! petgraph stays inside: others hold a [`NodeId`], a copyable handle.

mod build;
mod eliminate;
mod held;
mod links;
mod names;
mod node;
mod picture;
mod suit;

pub use build::{Entry, Graph};
pub use node::{Edge, Named, Node, NodeId, Open};
pub use picture::{Picture, PictureEdge, PictureNode};
