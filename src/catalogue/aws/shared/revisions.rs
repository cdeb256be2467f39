//! Which revision a name means: what is started keeps to it, whatever becomes of the template.

use crate::facts::{Revision, Versions};
use crate::model::{Attr, Body, Resource, Text};

/// Of a task definition: its number ends the name. Without a number it is the latest one that is active.
///
/// Source: Amazon ECS API reference, `CreateService`, taskDefinition, not looked up again.
pub(in crate::catalogue::aws) fn of_task(name: &Attr<Text>) -> Revision {
    let number = name.known().and_then(|name| name.rsplit_once(':')).map(|(_, number)| number);
    match number {
        Some(number) if number.parse::<u32>().is_ok() => Revision::Named,
        _ => Revision::Current,
    }
}

/// Of a launch template, by the block that names it: a number, `$Latest` or `$Default`, which counts where nothing is said.
///
/// Source: Amazon EC2 Auto Scaling API reference, `LaunchTemplateSpecification`, not looked up again.
pub(in crate::catalogue::aws) fn of_machines(block: &Body<'_>) -> Revision {
    match block.text("version") {
        Attr::Unset => Revision::Default,
        Attr::Set(text) if matches!(text.as_str(), "" | "$Default") => Revision::Default,
        Attr::Set(text) => text.parse().map_or(Revision::Current, Revision::Numbered),
        Attr::Unknown(_) => Revision::Current,
    }
}

/// Those that a launch template has. Where each new one becomes the default, none stays it.
///
/// Source: terraform-provider-aws, documentation of `aws_launch_template`, `update_default_version`, not looked up again.
pub(in crate::catalogue::aws) fn versions(resource: &Resource<'_>) -> Versions {
    let number = |name| resource.int(name).into_known().and_then(|number| u32::try_from(number).ok());
    let follows = matches!(resource.bool("update_default_version"), Attr::Set(true) | Attr::Unknown(_));
    Versions { latest: number("latest_version"), default: number("default_version").filter(|_| !follows) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_tasks_end_with_their_revision() {
        let of = |name: &str| of_task(&Attr::Set(name.into()));
        assert_eq!(of("arn:aws:ecs:eu-west-1:123456789012:task-definition/api:7"), Revision::Named);
        assert_eq!(of("api:7"), Revision::Named);
        assert_eq!(of("arn:aws:ecs:eu-west-1:123456789012:task-definition/api"), Revision::Current);
        assert_eq!(of("api"), Revision::Current);
    }
}
