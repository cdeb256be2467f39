//! `aws_batch_compute_environment`: machines for batch jobs.

use crate::catalogue::Adapter;
use crate::catalogue::reader::{MANY, ONE, Reader};
use crate::facts::{Compute, ComputeKind, Facts, Hosting, Part, Relation, Stated, Surge, Tariff, Template};
use crate::model::{Attr, Mode, Resource, Why};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_batch_compute_environment",
    mode: Mode::Managed,
    noun: "Batch compute environment",
    describe,
    tariff: &Tariff::NONE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "compute_environment_name", "name"]);
    let resources = resource.body.block("compute_resources");
    if let Some(resources) = &resources {
        reader.within(Relation::InSubnet, "compute_resources.subnets", MANY, resources);
        reader.within(Relation::GuardedBy, "compute_resources.security_group_ids", MANY, resources);
        reader.within(Relation::ActsAs, "compute_resources.instance_role", ONE, resources);
    }
    let kind = resources.map_or(Attr::Unset, |resources| resources.text("type"));
    let hosting = kind.map(|kind| if kind.starts_with("FARGATE") { Hosting::Serverless } else { Hosting::Own });
    // It is bounded by processors; how many jobs that is, those decide that are handed to it.
    let jobs = || Stated::plan("submitted jobs", Attr::Unknown(Why::Elsewhere));
    reader.facts(Part::Compute(Box::new(Compute {
        kind: ComputeKind::Batch,
        unit: "job",
        minimum: Stated::plan("compute_resources.min_vcpus", Attr::Set(0)),
        desired: jobs(),
        maximum: jobs(),
        surge: Surge::None,
        quota: None,
        hosting,
        size: Attr::Unset,
        public_address: Attr::Unset,
        attached: Stated::plan("subnets", Attr::Set(true)),
        zones: Vec::new(),
        own: Template { hidden: Some(Why::Elsewhere), attribute: "compute_resources", ..Template::default() },
        gathers: None,
        entry: None,
        findable: None,
        source: None,
        needs: Vec::new(),
        likeness: 0,
    })))
}
