//! How large a machine type is, by its name.

use crate::model::Text;

/// How many processors a machine type has, at least: four for each `xlarge`. `None` where its name does not say.
///
/// Source: Amazon RDS user guide, hardware specifications for DB instance classes (read 2023-06-10), whose machines are
/// those of Amazon EC2: from `xlarge` on the number of vCPUs is four times the factor, or a few more.
pub(in crate::catalogue::aws) fn processors(kind: &Text) -> Option<u64> {
    const EACH: u64 = 4;
    let (_, size) = kind.rsplit_once('.')?;
    let size = size.strip_prefix("metal-").unwrap_or(size);
    let factor = size.strip_suffix("xlarge").or_else(|| size.strip_suffix("xl"))?;
    if factor.is_empty() {
        return Some(EACH);
    }
    factor.parse::<u64>().ok().map(|factor| factor.saturating_mul(EACH))
}

#[cfg(test)]
mod tests {
    use super::processors;

    #[test]
    fn sizes() {
        for (kind, expected) in [
            ("m5.4xlarge", Some(16)),
            ("m5.xlarge", Some(4)),
            ("r7i.metal-24xl", Some(96)),
            ("c6g.16xlarge", Some(64)),
            ("t3.large", None),
            ("i3.metal", None),
            ("m5", None),
        ] {
            assert_eq!(processors(&kind.into()), expected, "{kind}");
        }
    }
}
