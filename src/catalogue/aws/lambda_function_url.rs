//! `aws_lambda_function_url`: an address at which a function answers.

use super::lambda_function::function_of;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader};
use crate::facts::{EntryKind, Facts, Integration, Part, Relation, Tariff, Wait};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_lambda_function_url",
    mode: Mode::Managed,
    noun: "function URL",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["function_url"]);
    // Those who ask it name the host alone.
    if let Attr::Set(url) = resource.body.text("function_url")
        && let Some(rest) = url.strip_prefix("https://")
    {
        reader.name(rest.trim_end_matches('/'));
    }
    reader.top(Relation::Calls, "function_name", ONE, |name| function_of(&name));
    // It waits as long as the function may run: AWS Lambda developer guide, function URLs, read 2026-11-29.
    reader.facts(Part::Integration(Integration { kind: EntryKind::Url, wait: Wait::Forever }))
}
