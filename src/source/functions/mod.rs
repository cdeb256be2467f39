//! The functions of Terraform's language.

mod call;
mod collections;
mod encoding;
mod format;
mod numbers;
mod texts;
mod yaml;

pub(super) use call::call;
