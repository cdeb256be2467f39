//! `aws_batch_job_definition`: what a batch job is made of.

use super::shared::containers;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{Reader, unsigned};
use crate::facts::{Facts, Job, Part, Runs, Stated, Tariff};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_batch_job_definition",
    mode: Mode::Managed,
    noun: "Batch job definition",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "name"]);
    let mut template = containers::read(&mut reader, "container_properties", resource.body.get("container_properties"));
    template.runs = Runs::WhenSubmitted;
    template.job = Some(Box::new(job(resource)));
    reader.facts(Part::Template(Box::new(template)))
}

/// How its jobs are run.
///
/// Source: AWS Batch user guide, automated job retries (one attempt by default), job timeouts (none by default), multi-node
/// parallel jobs; API reference, `RegisterJobDefinition`, `platformCapabilities` (EC2 by default); read 2026-11-29.
fn job(resource: &Resource<'_>) -> Job {
    const DEFAULT: &str = "AWS Batch user guide, automated job retries";
    let within = |block: &str, name: &str| match resource.body.get(block).presence() {
        Attr::Unknown(why) => Attr::Unknown(why),
        _ => resource.body.block(block).map_or(Attr::Unset, |block| block.int(name)).and_then(unsigned),
    };
    let capabilities = resource.body.get("platform_capabilities").texts();
    let serverless = capabilities.map(|all| all.iter().any(|one| matches!(one, Attr::Set(kind) if kind == "FARGATE")));
    Job {
        attempts: Stated::plan("retry_strategy.attempts", within("retry_strategy", "attempts")).or_default(1, DEFAULT),
        limit: Stated::plan("timeout.attempt_duration_seconds", within("timeout", "attempt_duration_seconds")),
        gang: resource.text("type") == Attr::Set("multinode".into()),
        serverless: serverless.or_default(false),
    }
}
