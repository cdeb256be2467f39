//! Finds the adapter for a resource.

use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashMap;

use super::{aws, choices, free, inert, offers, regions, tags, unjudged, utility};
use crate::facts::{Facts, Part, Record, Tariff};
use crate::model::{Attr, Mode, Resource, Show, Text};

/// The knowledge of one resource type.
#[derive(Debug)]
pub struct Adapter {
    /// The Terraform type that it describes.
    pub kind: &'static str,
    /// Whether it describes the resource or the data source of this type.
    pub mode: Mode,
    /// What a person calls such a thing.
    pub noun: &'static str,
    /// Reads the facts off the resource's own attributes; looks at nothing else.
    pub describe: fn(&Resource<'_>) -> Facts,
    /// How it is billed; data sources are not.
    pub tariff: &'static Tariff,
}

static BY_KIND: LazyLock<FxHashMap<(bool, &'static str), &'static Adapter>> = LazyLock::new(|| {
    let all = aws::ALL.iter().chain(utility::ALL).copied();
    all.map(|adapter| ((adapter.mode == Mode::Data, adapter.kind), adapter)).collect()
});

fn find(kind: &str, mode: Mode) -> Option<&'static Adapter> {
    BY_KIND.get(&(mode == Mode::Data, kind)).copied()
}

/// Whether the type `kind` is understood: of some it is known how they are billed, and nothing else.
pub fn understands(kind: &str, mode: Mode) -> bool {
    (find(kind, mode).is_some() && !unjudged::is_unjudged(kind)) || inert::is_inert(kind, mode)
}

/// Every type that has been described, managed or read.
pub fn adapters() -> impl Iterator<Item = &'static Adapter> {
    aws::ALL.iter().chain(utility::ALL).copied()
}

/// How managed resources of a type are billed.
pub(super) fn tariff(kind: &str) -> &'static Tariff {
    find(kind, Mode::Managed).map_or(&Tariff::NONE, |adapter| adapter.tariff)
}

/// Types that stand in usage files and in no plan: what is billed without being a resource.
///
/// Source: infracost/infracost, internal/providers/terraform/aws (usage-only resources), snapshot of 2026-08-21.
const OF_USAGE_ALONE: &[&str] = &["aws_data_transfer"];

/// Whether a type stands in usage files and in no plan.
pub fn is_of_usage_alone(kind: &str) -> bool {
    OF_USAGE_ALONE.contains(&kind)
}

/// Such a thing in `region`; `None` where nobody has described how it is billed.
pub fn of_usage_alone(kind: &str, region: Attr<Text>) -> Option<Arc<Facts>> {
    let adapter = find(kind, Mode::Managed).filter(|_| is_of_usage_alone(kind))?;
    Some(Arc::new(Facts { region, noun: adapter.noun, ..plain(adapter.tariff) }))
}

/// Whether resources of a type cost nothing, whatever they are like.
pub fn is_free(kind: &str) -> bool {
    free::is_free(kind)
}

/// Everything that has no bearing on anything: nothing tells one such thing from another.
static INERT: LazyLock<[Arc<Facts>; 2]> =
    LazyLock::new(|| [&Tariff::NONE, &Tariff::FREE].map(|tariff| Arc::new(plain(tariff))));

/// What has no bearing on anything but the bill.
fn plain(tariff: &'static Tariff) -> Facts {
    Facts {
        part: Part::Inert,
        names: Box::default(),
        labels: crate::facts::Labels::default(),
        main_tables: &[],
        links: Box::default(),
        readers: None,
        in_part: false,
        region: Attr::Unset,
        evident: None,
        tags: None,
        noun: "resource",
        secluded: None,
        tariff,
        billing: Record::default(),
        choices: None,
        market: None,
        drives: None,
        offers: None,
    }
}

/// Describes a resource, or gives `None` for a type that nobody has described yet. It is read only if there is somebody to
/// read it.
pub fn describe(kind: &str, mode: Mode, read: &Show<'_>) -> Option<Arc<Facts>> {
    if let Some(adapter) = find(kind, mode) {
        let mut facts = None;
        read(&mut |resource| {
            let tags = tags::read(&resource.body);
            let tariff = adapter.tariff;
            let billing = Record::of(resource, tariff.reads);
            let (offers, choices) = (offers::of(adapter.kind), choices::of(resource));
            let described = (adapter.describe)(resource);
            let evident = described.region.known().is_none().then(|| regions::evident(resource)).flatten();
            let evident = evident.map(|region| Box::new(Attr::Set(region)));
            facts = Some(Facts { evident, noun: adapter.noun, tags, tariff, billing, offers, choices, ..described });
        });
        return facts.map(Arc::new);
    }
    let [billed, free] = &*INERT;
    let facts = if mode == Mode::Data || free::is_free(kind) { free } else { billed };
    inert::is_inert(kind, mode).then(|| Arc::clone(facts))
}
