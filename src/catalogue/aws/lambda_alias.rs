//! `aws_lambda_alias`: another name of a function.

use super::lambda_function::function_of;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader};
use crate::facts::{Facts, Part, Relation, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_lambda_alias", mode: Mode::Managed, noun: "Lambda alias", describe, tariff: &Tariff::FREE };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["arn", "invoke_arn"]);
    reader.top(Relation::NameOf, "function_name", ONE, |name| function_of(&name));
    reader.facts(Part::Alias)
}
