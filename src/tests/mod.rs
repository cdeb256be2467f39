//! Tests that look at the crate as a whole; a test of one function sits next to it.
//!
//! `cli.rs`, which runs the program, is a test binary of its own.

#![allow(clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod advice;
mod architecture;
mod bills;
mod book;
mod calls;
mod choices;
mod comments;
mod connections;
mod corpus;
mod costs;
mod decisions;
mod declared;
mod diffs;
mod docs;
mod endpoints;
mod examples;
mod fixture;
mod formats;
mod gates;
mod graphs;
mod hostile;
mod ignores;
mod imports;
mod kept;
mod lexer;
mod lists;
mod meshes;
mod parts;
mod pipelines;
#[cfg(feature = "post")]
mod posting;
mod references;
mod repos;
mod rules;
mod scanners;
mod scenarios;
mod secrets;
mod slos;
mod sources;
mod suggestions;
mod support;
mod worlds;
