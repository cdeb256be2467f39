//! Plans of any size, as `terraform show -json` would write them: the same bytes for the same size, every time.
//!
//! A plan is a number of *cells*. Each is one copy of a small system (network, load balancer, two services, two
//! functions, database, queues, buckets) behind `module.cell["c00001"]`, with modules inside, so that what is known only
//! after apply must be followed through variables, outputs and instance keys. Names, identifiers and ARNs are each
//! cell's own.
//!
//! What a cell consists of is data: a file in `cell/` for each module, with blocks, values and expressions in one; in
//! `types.json`, for each resource type, the attributes that nobody set. Some cells are created by the plan, some are
//! updated, some stay as they are; some have one of four defects, some hide something, most are in order.
//!
//! The notation of these files, in any place where a value may stand:
//!
//! - `"@refs = value"`, or `{"@": "refs", ...}`: the configuration refers to `refs` there (separated by spaces).
//! - `"?value"`, `{"?": value}`: known only after the first apply. With `??`: only after every apply that replaces it.
//! - `{"!": value}`: sensitive.
//! - `{"json": value}`: the value as JSON in a string; not known as long as a part of it is not.
//! - `{"~": [old, new]}`: what an update changes.
//! - `{"%": {"api/pools": ..., "pools": ..., "api": ..., "else": ...}}`: picks by the key of the module instance and the
//!   trait of the cell.
//! - `$cell`, `$key`, `$each`, `$zone`, `$octet` stand for the cell's name, the key of the module instance, the key of the
//!   resource instance, a letter for its zone, and a number below 250; `<name>` stands for an identifier of 17 digits.

mod configuration;
mod template;
mod value;
mod write;

pub(crate) use write::write;
