//! `aws_cloudwatch_event_rule`: fires by the clock or when something happens.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Source, SourceKind, Stated};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_cloudwatch_event_rule", mode: Mode::Managed, noun: "EventBridge rule", describe };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["name", "id", "arn"]);
    let kind = match resource.text("schedule_expression") {
        Attr::Unset => SourceKind::Events,
        Attr::Set(text) if text.is_empty() => SourceKind::Events,
        Attr::Set(_) | Attr::Unknown(_) => SourceKind::Schedule,
    };
    let warms = is_frequent(&resource.text("schedule_expression"))
        && [resource.text("name"), resource.text("description")].iter().any(keeps_warm);
    let works = if warms { Stated::plan("schedule_expression", Attr::Set(false)) } else { works(resource) };
    reader.facts(Part::Source(Source { works, ..Source::always(kind) }))
}

/// Whether a rule or a schedule is switched on.
///
/// `ENABLED` and `ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS` are, `DISABLED` is not: API references of `EventBridge` `PutRule`
/// and `EventBridge` Scheduler `CreateSchedule`, State. `is_enabled` is its name in older providers. Read 2026-11-25.
pub(super) fn works(resource: &Resource<'_>) -> Stated<bool> {
    let (state, enabled) = (resource.text("state"), resource.bool("is_enabled"));
    match (state, enabled) {
        (Attr::Unset, enabled) => Stated::plan("is_enabled", enabled.or_default(true)),
        // Older configurations say the one, and the provider writes the other.
        (_, Attr::Set(false)) => Stated::plan("is_enabled", Attr::Set(false)),
        (state, _) => Stated::plan("state", state.map(|state| state != "DISABLED")),
    }
}

/// Whether a text says that something is only called to stay ready.
pub(super) fn keeps_warm(text: &Attr<crate::model::Text>) -> bool {
    let Attr::Set(text) = text else { return false };
    let text = text.to_ascii_lowercase();
    let words: Vec<&str> = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let single = ["warm", "warmer", "warmup", "warming", "prewarm", "keepwarm", "keepalive"];
    words.iter().any(|word| single.contains(word)) || words.windows(2).any(|pair| pair == ["keep", "alive"])
}

/// Whether a schedule fires every few minutes: what is called once a night works, whatever it is called.
pub(super) fn is_frequent(expression: &Attr<crate::model::Text>) -> bool {
    match expression {
        Attr::Set(text) => {
            text.starts_with("rate(") && text.contains("minute")
                || text.starts_with("cron(0/")
                || text.starts_with("cron(*")
        }
        Attr::Unset => false,
        Attr::Unknown(_) => true,
    }
}
