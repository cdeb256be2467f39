//! Numbers that the system changes between the bounds of a scalable target.

use super::billing::said;
use crate::facts::{Amounts, Quantity, Relation, Site};
use crate::units::Decimal;

/// `declared` of one dimension of a resource, or what its scalable target makes of it: never fewer and never more than that
/// allows; and whether there is such a target. Of an index, `index` is its name.
///
/// Source: Application Auto Scaling API reference, `RegisterScalableTarget`, `MinCapacity` and `MaxCapacity`: what lies outside is
/// brought inside, not looked up again.
pub(in crate::catalogue::aws) fn scaled(
    site: &Site<'_>,
    dimension: &str,
    index: Option<&str>,
    declared: Quantity,
) -> (Quantity, bool) {
    let (targets, open) = site.from(Relation::Sizes);
    for target in targets {
        match scales(&target, dimension, index) {
            Ok(false) => {}
            Ok(true) => {
                let bound = |name: &str| said(target.own().number(name), &format!("{name} of its scalable target"));
                return (between(bound("min_capacity"), bound("max_capacity"), &declared), true);
            }
            Err(why) => return (Quantity::Unknown(why), true),
        }
    }
    match open {
        Some(why) => (Quantity::Unknown(format!("what scales it is open: {why}")), false),
        None => (declared, false),
    }
}

/// Whether a target scales this dimension.
fn scales(target: &Site<'_>, dimension: &str, index: Option<&str>) -> Result<bool, String> {
    let own = target.own();
    if said(own.text("scalable_dimension"), "scalable_dimension of its scalable target")? != dimension {
        return Ok(false);
    }
    let Some(index) = index else { return Ok(true) };
    let id = said(own.text("resource_id"), "resource_id of its scalable target")?;
    Ok(id.rsplit_once("/index/").is_some_and(|(_, name)| name == index))
}

fn between(least: Result<Decimal, String>, most: Result<Decimal, String>, declared: &Quantity) -> Quantity {
    let (minimum, maximum) = match (least, most) {
        (Ok(least), Ok(most)) => (least, most.max(least)),
        (Err(why), _) | (_, Err(why)) => return Quantity::Unknown(why),
    };
    let start = match declared {
        Quantity::Known(amounts) => amounts.expected,
        _ => minimum,
    };
    Amounts { minimum, expected: start.clamp(minimum, maximum), maximum }.into()
}
