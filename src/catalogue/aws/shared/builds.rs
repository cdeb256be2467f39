//! Scripts of AWS `CodeBuild`, and what uses them.
//!
//! Sources, read 2026-11-30: AWS `CodeBuild` user guide, build specification reference (a file, by default `buildspec.yml` in the root of
//! the source, or one in S3 by its ARN); AWS `CodePipeline` user guide, `CodeBuild` action (`ProjectName`, `BuildspecOverride`).

use crate::catalogue::reader::{ONE, Reader};
use crate::facts::{BuildScript, DeliveryWork, ProjectUse, Relation};
use crate::model::{Attr, Body, Text, View, elided, holds_hole};

/// The file that holds the script where nothing names another.
const DEFAULT: &str = "buildspec.yml";

/// The script that an attribute states; unset where it states none.
pub(in crate::catalogue::aws) fn script(view: View<'_>) -> Attr<BuildScript> {
    view.draft().and_then(|text| {
        let whole = !holds_hole(&text);
        let trimmed = text.trim();
        match () {
            () if trimmed.is_empty() => Attr::Unset,
            () if trimmed.contains('\n') || trimmed.starts_with(['{', '[']) || trimmed.starts_with("version:") => {
                Attr::Set(BuildScript::Inline { text: elided(&text).as_ref().into(), whole })
            }
            () if !whole => Attr::Unknown(crate::model::Why::Computed),
            () if trimmed.starts_with("arn:") => Attr::Set(BuildScript::Elsewhere("a bucket".into())),
            () => Attr::Set(BuildScript::File(trimmed.into())),
        }
    })
}

/// The script of a project, which has one in any case.
pub(in crate::catalogue::aws) fn own_script(view: View<'_>) -> Attr<BuildScript> {
    script(view).or_default(BuildScript::File(DEFAULT.into()))
}

/// An action that runs a project, by its `configuration`; `slot` tells it from others of the resource.
pub(in crate::catalogue::aws) fn project(
    reader: &mut Reader<'_, '_>,
    attribute: &'static str,
    slot: usize,
    configuration: &Body<'_>,
) -> DeliveryWork {
    let name: Attr<Text> = configuration.text("ProjectName");
    // Which of many configurations an expression stands in cannot be told: only a known name leads anywhere.
    if name.known().is_some() {
        reader.within(Relation::BuildsWith, attribute, ONE.slot(slot), configuration);
    }
    let slot = u16::try_from(slot).unwrap_or(u16::MAX);
    DeliveryWork::Build(ProjectUse { slot, name, script: script(configuration.get("BuildspecOverride")) })
}
