//! What keeps clients with one target.

use crate::facts::{Binds, Stated, Stickiness};
use crate::model::{Attr, Body, Resource, Why};

/// The block of a target group. What nobody writes, the provider fills in, and marks as known only after apply: that is off.
///
/// Where there is a block and it does not say otherwise, it is on: documentation of the provider, `aws_lb_target_group`,
/// `stickiness.enabled`, read 2026-11-29.
pub(in crate::catalogue::aws) fn of_group(resource: &Resource<'_>) -> Option<Box<Stickiness>> {
    const BLOCK: &str = "stickiness";
    let view = resource.body.get(BLOCK);
    if let Attr::Unknown(why) = view.presence() {
        let open = why == Why::Computed && resource.leaves_open(BLOCK);
        return (!open).then(|| Box::new(unknown("stickiness.enabled", why)));
    }
    let block = view.visible_blocks().into_iter().next()?;
    let on = Stated::plan("stickiness.enabled", block.bool("enabled"));
    let on = on.or_default(true, "aws_lb_target_group documentation, stickiness.enabled");
    Some(Box::new(Stickiness { on, by: by(&block) }))
}

/// Source: API reference of `TargetGroupAttribute`, `stickiness.type`, read 2026-11-29.
fn by(block: &Body<'_>) -> Attr<Binds> {
    block.text("type").and_then(|kind| match kind.as_str() {
        "lb_cookie" | "app_cookie" => Attr::Set(Binds::Cookie),
        "source_ip" | "source_ip_dest_ip" | "source_ip_dest_ip_proto" => Attr::Set(Binds::Address),
        _ => Attr::Unknown(Why::Malformed),
    })
}

fn unknown(attribute: &'static str, why: Why) -> Stickiness {
    Stickiness { on: Stated::plan(attribute, Attr::Unknown(why)), by: Attr::Unknown(why) }
}

/// A policy of a classic balancer: it is on where it is there.
pub(in crate::catalogue::aws) fn of_policy(attribute: &'static str) -> Stickiness {
    Stickiness { on: Stated::plan(attribute, Attr::Set(true)), by: Attr::Set(Binds::Cookie) }
}

/// The settings of a Beanstalk environment, for each process of a newer balancer and for a classic one.
///
/// Source: AWS Elastic Beanstalk developer guide, general options, `aws:elasticbeanstalk:environment:process` and
/// `aws:elb:policies` (awsdocs 5d7c96f), read 2026-11-29.
pub(in crate::catalogue::aws) fn of_settings(settings: &[Body<'_>]) -> Option<Box<Stickiness>> {
    let mut found: Option<Box<Stickiness>> = None;
    for setting in settings {
        let (Attr::Set(namespace), Attr::Set(name)) = (setting.text("namespace"), setting.text("name")) else {
            continue;
        };
        let attribute = match (namespace.as_str(), name.as_str()) {
            ("aws:elb:policies", "Stickiness Policy") => "setting.Stickiness Policy",
            (process, "StickinessEnabled") if process.starts_with("aws:elasticbeanstalk:environment:process:") => {
                "setting.StickinessEnabled"
            }
            _ => continue,
        };
        let on = setting.text("value").map(|value| value.eq_ignore_ascii_case("true"));
        let later = Box::new(Stickiness { on: Stated::plan(attribute, on), by: Attr::Set(Binds::Cookie) });
        // Of several processes the one that keeps its clients counts.
        if found.as_ref().is_none_or(|found| found.on.value != Attr::Set(true)) {
            found = Some(later);
        }
    }
    found
}
