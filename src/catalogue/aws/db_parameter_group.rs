//! `aws_db_parameter_group`: a database's settings.

use super::shared::formula;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, ParameterGroup, Part, SetParameter, Tariff};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_db_parameter_group",
    mode: Mode::Managed,
    noun: "DB parameter group",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "name"]);
    describe_group(reader, resource)
}

/// Parameters that decide how many connections there are for whom, and how long a statement may run.
const READ: &[&str] = &[
    "max_connections",
    "superuser_reserved_connections",
    "rds.rds_superuser_reserved_connections",
    "statement_timeout",
    "max_execution_time",
    "max_statement_time",
];

/// Reads what a group sets; the caller has named it.
pub(super) fn describe_group(reader: Reader<'_, '_>, resource: &Resource<'_>) -> Facts {
    let view = resource.body.get("parameter");
    let mut group = ParameterGroup {
        parameters: Vec::new(),
        // Nobody but the configuration makes such a block: one that is unknown is a `dynamic` one, which the JSON leaves out.
        hidden: view.presence().why_unknown(),
    };
    for parameter in view.visible_blocks() {
        let name = match parameter.text("name") {
            Attr::Set(name) if READ.contains(&name.as_str()) => name,
            Attr::Set(_) | Attr::Unset => continue,
            Attr::Unknown(why) => {
                group.hidden = Some(why);
                continue;
            }
        };
        let text = parameter.text("value");
        let value = text.as_ref().map(|text| formula::parse(text));
        group.parameters.push(SetParameter { name, value, text });
    }
    reader.facts(Part::ParameterGroup(group))
}
