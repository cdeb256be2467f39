//! `aws_autoscaling_schedule`: how large a group of machines is from a certain time on.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Relation, Schedule, Tariff};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_autoscaling_schedule",
    mode: Mode::Managed,
    noun: "scaling schedule",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.link(Relation::Scales, "autoscaling_group_name");
    // -1 leaves a size as it is.
    let of = |name| reader.count(name).value;
    let minimum = match (of("min_size"), of("desired_capacity")) {
        (Attr::Set(minimum), Attr::Set(desired)) => Attr::Set(minimum.max(desired)),
        (minimum, desired) => desired.or(minimum),
    };
    let maximum = of("max_size");
    reader.facts(Part::Schedule(Schedule { minimum, maximum, attribute: "max_size" }))
}
