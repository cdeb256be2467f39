//! The region that a resource's own attributes give away, where its provider's configuration does not tell.

use crate::model::{Resource, Text};

/// The region in the resource's ARN or zone.
pub(super) fn evident(resource: &Resource<'_>) -> Option<Text> {
    let text = |name| resource.body.text(name).into_known();
    let found = text("arn").as_deref().and_then(of_arn).map(Text::from);
    found.or_else(|| text("availability_zone").as_deref().and_then(of_zone).map(Text::from))
}

/// The region in `arn:aws:ec2:eu-west-1:123456789012:volume/vol-1`; that of global services is empty.
fn of_arn(arn: &str) -> Option<&str> {
    let region = arn.strip_prefix("arn:")?.split(':').nth(2)?;
    is_region(region).then_some(region)
}

/// The region of the zone `eu-west-1a`.
fn of_zone(zone: &str) -> Option<&str> {
    let region = zone.strip_suffix(|letter: char| letter.is_ascii_lowercase())?;
    is_region(region).then_some(region)
}

/// Words with a number behind them: `us-gov-west-1`.
fn is_region(text: &str) -> bool {
    let words = text.split('-').count();
    let last = text.rsplit('-').next().unwrap_or_default();
    let is_numbered = !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit());
    let is_plain = text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    (3..=4).contains(&words) && is_numbered && is_plain
}

#[cfg(test)]
mod tests {
    use super::{of_arn, of_zone};

    #[test]
    fn regions_in_names() {
        assert_eq!(of_arn("arn:aws:ec2:eu-west-1:123456789012:volume/vol-1"), Some("eu-west-1"));
        assert_eq!(of_arn("arn:aws-us-gov:sqs:us-gov-west-1:123456789012:q"), Some("us-gov-west-1"));
        assert_eq!(of_arn("arn:aws:s3:::bucket"), None);
        assert_eq!(of_arn("arn:aws:iam::123456789012:role/r"), None);
        assert_eq!(of_zone("ap-southeast-2c"), Some("ap-southeast-2"));
        assert_eq!(of_zone("us-west-2-lax-1a"), None);
        assert_eq!(of_zone("eu-west-1"), None);
    }
}
