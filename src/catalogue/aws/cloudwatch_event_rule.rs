//! `aws_cloudwatch_event_rule`: fires by the clock or when something happens.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Source, SourceKind, Stated, Tariff};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_cloudwatch_event_rule",
    mode: Mode::Managed,
    noun: "EventBridge rule",
    describe,
    tariff: &Tariff::FREE,
};

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
    let every = every(&resource.text("schedule_expression"));
    reader.facts(Part::Source(Box::new(Source { works, every, ..Source::always(kind) })))
}

/// After how many seconds a schedule fires again, at the soonest; `None` where its expression does not tell.
pub(super) fn every(expression: &Attr<crate::model::Text>) -> Option<u64> {
    let text = expression.known()?.trim();
    if let Some(rate) = text.strip_prefix("rate(").and_then(|rest| rest.strip_suffix(')')) {
        let (count, unit) = rate.trim().split_once(' ')?;
        let seconds = match unit.trim().trim_end_matches('s') {
            "minute" => 60,
            "hour" => 3600,
            "day" => 86_400,
            _ => return None,
        };
        return count.trim().parse::<u64>().ok()?.checked_mul(seconds);
    }
    let minutes = text.strip_prefix("cron(")?.split_whitespace().next()?;
    let step = match minutes.split_once('/') {
        Some((_, step)) => step.parse().ok()?,
        None if minutes == "*" || minutes.contains('-') => 1,
        None => apart(minutes)?,
    };
    u64::checked_mul(step, 60)
}

/// How many minutes lie at least between those of a list, which comes again each hour.
fn apart(minutes: &str) -> Option<u64> {
    let mut list: Vec<u64> = minutes.split(',').map(|minute| minute.parse().ok()).collect::<Option<_>>()?;
    list.sort_unstable();
    let first = list.first().map(|first| first + 60)?;
    list.windows(2)
        .filter_map(|pair| pair.last()?.checked_sub(*pair.first()?))
        .chain(list.last().and_then(|last| first.checked_sub(*last)))
        .min()
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

#[cfg(test)]
mod tests {
    use super::every;
    use crate::model::Attr;

    #[test]
    fn schedules_fire_again() {
        for (text, seconds) in [
            ("rate(1 minute)", Some(60)),
            ("rate(5 minutes)", Some(300)),
            ("rate(2 hours)", Some(7200)),
            ("rate(1 day)", Some(86_400)),
            ("cron(* * * * ? *)", Some(60)),
            ("cron(0/15 * * * ? *)", Some(900)),
            ("cron(0 3 * * ? *)", Some(3600)),
            ("cron(0,20,30 * * * ? *)", Some(600)),
            ("cron(50,5 * * * ? *)", Some(900)),
            ("at(2026-11-25T03:00:00)", None),
            ("rate(often)", None),
        ] {
            assert_eq!(every(&Attr::Set(text.into())), seconds, "{text}");
        }
    }
}
