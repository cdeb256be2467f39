//! Regions by the names that price lists have for them.

/// The region of a location: older files name no code.
pub(super) fn of_location(location: &str) -> Option<&'static str> {
    // A few have gone by both names.
    let european = location.strip_prefix("Europe (").map(|rest| format!("EU ({rest}"));
    let location = european.as_deref().unwrap_or(location);
    LOCATIONS.iter().find(|(_, name)| *name == location).map(|(code, _)| *code)
}

/// Codes and names of the regions; Europe's are spelled `EU (…)` in the price list.
///
/// Source: botocore 1.44.5, endpoints.json, 2026-11-23; the spelling `EU (…)` from the Price List of 2020-10-19.
const LOCATIONS: &[(&str, &str)] = &[
    ("af-south-1", "Africa (Cape Town)"),
    ("ap-east-1", "Asia Pacific (Hong Kong)"),
    ("ap-east-2", "Asia Pacific (Taipei)"),
    ("ap-northeast-1", "Asia Pacific (Tokyo)"),
    ("ap-northeast-2", "Asia Pacific (Seoul)"),
    ("ap-northeast-3", "Asia Pacific (Osaka)"),
    ("ap-south-1", "Asia Pacific (Mumbai)"),
    ("ap-south-2", "Asia Pacific (Hyderabad)"),
    ("ap-southeast-1", "Asia Pacific (Singapore)"),
    ("ap-southeast-2", "Asia Pacific (Sydney)"),
    ("ap-southeast-3", "Asia Pacific (Jakarta)"),
    ("ap-southeast-4", "Asia Pacific (Melbourne)"),
    ("ap-southeast-5", "Asia Pacific (Malaysia)"),
    ("ap-southeast-6", "Asia Pacific (New Zealand)"),
    ("ap-southeast-7", "Asia Pacific (Thailand)"),
    ("ca-central-1", "Canada (Central)"),
    ("ca-west-1", "Canada West (Calgary)"),
    ("eu-central-1", "EU (Frankfurt)"),
    ("eu-central-2", "EU (Zurich)"),
    ("eu-north-1", "EU (Stockholm)"),
    ("eu-south-1", "EU (Milan)"),
    ("eu-south-2", "EU (Spain)"),
    ("eu-west-1", "EU (Ireland)"),
    ("eu-west-2", "EU (London)"),
    ("eu-west-3", "EU (Paris)"),
    ("il-central-1", "Israel (Tel Aviv)"),
    ("me-central-1", "Middle East (UAE)"),
    ("me-south-1", "Middle East (Bahrain)"),
    ("mx-central-1", "Mexico (Central)"),
    ("sa-east-1", "South America (Sao Paulo)"),
    ("us-east-1", "US East (N. Virginia)"),
    ("us-east-2", "US East (Ohio)"),
    ("us-west-1", "US West (N. California)"),
    ("us-west-2", "US West (Oregon)"),
    ("us-gov-east-1", "AWS GovCloud (US-East)"),
    ("us-gov-west-1", "AWS GovCloud (US-West)"),
];

/// A usage type without the region before it: `EBS:VolumeUsage.gp3` of `EUW3-EBS:VolumeUsage.gp3`.
///
/// The region is three letters and a digit, `EU` for the oldest European one, or its code (as KMS has it); usage types of
/// us-east-1 often have none. `TS-LoadBalancerUsage` is another thing than `LoadBalancerUsage`: `TS` is no region.
///
/// Source: infracost/infracost, internal/resources/aws/lb.go (its pattern for `LoadBalancerUsage`), 2026-08-21.
pub(super) fn without_region<'u>(usage: &'u str, region: &str) -> &'u str {
    if let Some(rest) = usage.strip_prefix(region).and_then(|rest| rest.strip_prefix('-')) {
        return rest;
    }
    match usage.split_once('-') {
        Some(("EU", rest)) => rest,
        Some((prefix, rest)) if is_region(prefix.as_bytes()) => rest,
        _ => usage,
    }
}

fn is_region(prefix: &[u8]) -> bool {
    matches!(prefix, [a, b, c, digit] if [a, b, c].iter().all(|letter| letter.is_ascii_uppercase()) && digit.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_found_by_their_names() {
        assert_eq!(of_location("EU (Paris)"), Some("eu-west-3"));
        assert_eq!(of_location("Europe (Paris)"), Some("eu-west-3"));
        assert_eq!(of_location("US West (Oregon)"), Some("us-west-2"));
        assert_eq!(of_location("US West (Los Angeles)"), None);
    }

    #[test]
    fn usage_types_lose_the_region_and_nothing_else() {
        for (usage, bare) in [
            ("EUW3-EBS:VolumeUsage.gp2", "EBS:VolumeUsage.gp2"),
            ("EU-NatGateway-Hours", "NatGateway-Hours"),
            ("NatGateway-Hours", "NatGateway-Hours"),
            ("eu-west-1-KMS-Keys", "KMS-Keys"),
            ("USE1-TS-LoadBalancerUsage", "TS-LoadBalancerUsage"),
            ("TS-LoadBalancerUsage", "TS-LoadBalancerUsage"),
            ("VPN-Usage-Hours:ipsec.1", "VPN-Usage-Hours:ipsec.1"),
            ("Global-Request", "Global-Request"),
            ("USE1-USW2-AWS-Out-Bytes", "USW2-AWS-Out-Bytes"),
        ] {
            assert_eq!(without_region(usage, "eu-west-1"), bare);
        }
    }
}
