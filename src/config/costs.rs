//! What `planwise.yaml` says of costs.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_saphyr::Spanned;

use super::file::{HINT, Words};
use crate::cost::Rail;
use crate::model::Text;
use crate::policy::{PolicyError, parse_date};
use crate::prices::{Currency, Discount, Overlay, Row, Source, Tier};
use crate::units::Decimal;

/// What a team has decided about its bill.
#[derive(Debug, Default)]
pub struct Costs {
    /// A usage file, beside this one.
    pub usage: Option<String>,
    /// A price book, beside this one.
    pub prices: Option<String>,
    /// Where resources are taken to be of which the plan does not tell it.
    pub region: Option<Text>,
    /// How far a bill may go.
    pub rails: Vec<Rail>,
    /// What is paid instead of the list price.
    pub overlay: Overlay,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawCosts {
    usage: Option<String>,
    prices: Option<String>,
    region: Option<String>,
    max_increase: Option<Spanned<Words>>,
    max_total: Option<Spanned<String>>,
    discount: Option<Spanned<String>>,
    discounts: Option<BTreeMap<String, Spanned<String>>>,
    currency: Option<RawCurrency>,
    own_prices: Option<Vec<Spanned<RawPrice>>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawCurrency {
    code: String,
    per_usd: Spanned<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawPrice {
    key: String,
    unit: String,
    region: Option<String>,
    usd: String,
    source: Option<String>,
    as_of: String,
}

impl RawCosts {
    /// Takes in what stands in the file called `name`.
    pub(super) fn settle(self, name: &str) -> Result<Costs, PolicyError> {
        let at = |line: u64, problem: String| PolicyError::At { place: format!("{name}:{line}"), problem, hint: HINT };
        let mut rails = Vec::new();
        if let Some(Spanned { value: Words(limits), referenced, .. }) = self.max_increase {
            for limit in limits {
                rails.push(
                    Rail::increase(&limit)
                        .map_err(|problem| at(referenced.line(), format!("max-increase: {problem}")))?,
                );
            }
        }
        if let Some(limit) = self.max_total {
            let line = limit.referenced.line();
            rails.push(Rail::total(&limit.value).map_err(|problem| at(line, format!("max-total: {problem}")))?);
        }
        let percent = |of: &str, text: &Spanned<String>| {
            let number = text.value.trim().trim_end_matches('%').trim_end().parse::<Decimal>().ok();
            let number = number.filter(|number| *number >= Decimal::ZERO && *number <= Decimal::ONE_HUNDRED);
            let problem = || format!("the discount {of} is `{}`: write a percentage from 0 to 100", text.value);
            number.ok_or_else(|| at(text.referenced.line(), problem()))
        };
        let overall_percent = self.discount.map(|text| percent("on everything", &text)).transpose()?;
        let mut overlay = Overlay { overall_percent, ..Overlay::default() };
        for (prefix, text) in self.discounts.unwrap_or_default() {
            let percent = percent(&format!("on {prefix}"), &text)?;
            overlay.discounts.push(Discount { prefix: prefix.into(), percent });
        }
        if let Some(RawCurrency { code, per_usd }) = self.currency {
            let line = per_usd.referenced.line();
            let rate = per_usd.value.trim().parse::<Decimal>().ok().filter(|rate| *rate > Decimal::ZERO);
            let wrong =
                || at(line, format!("per-usd is `{}`: write how much of {code} one US dollar is", per_usd.value));
            if code.is_empty() || !code.chars().all(|c| c.is_ascii_uppercase()) {
                return Err(at(line, format!("`{code}` is no currency: write its code, such as EUR")));
            }
            overlay.currency = Some(Currency { per_usd: rate.ok_or_else(wrong)?, code: code.into() });
        }
        for price in self.own_prices.unwrap_or_default() {
            let line = price.referenced.line();
            let row = row(price.value, name).map_err(|problem| at(line, problem))?;
            overlay.rows.push(row);
        }
        Ok(Costs { usage: self.usage, prices: self.prices, region: self.region.map(Into::into), rails, overlay })
    }
}

fn row(price: RawPrice, file: &str) -> Result<Row, String> {
    let usd = price.usd.trim().parse::<Decimal>().ok().filter(|usd| *usd >= Decimal::ZERO);
    let usd = usd.ok_or_else(|| format!("usd of {} is `{}`: write a price, such as 0.0832", price.key, price.usd))?;
    let as_of = parse_date(&price.as_of).map_err(|problem| format!("as-of of {}: {problem}", price.key))?;
    let source = Source {
        name: price.source.unwrap_or_else(|| file.to_owned()).into(),
        as_of: as_of.to_string().into(),
        within_percent: None,
    };
    let tiers = vec![Tier { from: Decimal::ZERO, usd }];
    let region = price.region.unwrap_or_default().into();
    Ok(Row { key: price.key.into(), unit: price.unit.into(), region, tiers, source })
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::units::plain;

    fn read(text: &str) -> Result<Config, String> {
        Config::read("planwise.yaml", text, &[]).map_err(|error| error.to_string())
    }

    #[test]
    fn everything_that_may_be_said() {
        let costs = read(
            "cost:\n  usage: infracost-usage.yml\n  prices: team.book\n  region: eu-central-1\n  max-increase: [100, 10%]\n  \
             max-total: 5000\n  discount: 5%\n  discounts:\n    AmazonEC2: 12.5\n  currency: { code: EUR, per-usd: 0.92 }\n  \
             own-prices:\n    - { key: AmazonEC2/m5.large/linux, unit: hours, region: eu-central-1, usd: 0.09, as-of: 2026-01-01 }\n",
        )
        .unwrap()
        .costs;
        assert_eq!((costs.usage.as_deref(), costs.prices.as_deref()), (Some("infracost-usage.yml"), Some("team.book")));
        let rails: Vec<_> = costs.rails.iter().map(ToString::to_string).collect();
        assert_eq!(rails, ["max-increase 100", "max-increase 10%", "max-total 5000"]);
        let overlay = costs.overlay;
        assert_eq!(overlay.overall_percent.map(plain).as_deref(), Some("5"));
        assert_eq!(plain(overlay.discounts[0].percent), "12.5");
        assert_eq!(overlay.currency.map(|currency| plain(currency.per_usd)).as_deref(), Some("0.92"));
        assert_eq!(
            (plain(overlay.rows[0].tiers[0].usd).as_str(), overlay.rows[0].source.name.as_str()),
            ("0.09", "planwise.yaml")
        );
        assert!(read("cost:\n").unwrap().costs.rails.is_empty());
        assert_eq!(read("cost:\n  max-increase: 10%\n").unwrap().costs.rails.len(), 1);
    }

    #[test]
    fn mistakes_have_their_line() {
        let all = [
            ("cost:\n  max-increase: [much]\n", "planwise.yaml:2: max-increase: `much` is no limit"),
            ("cost:\n  max-total: 10%\n", "planwise.yaml:2: max-total: `10%` is no limit"),
            ("cost:\n  discount: 101\n", "planwise.yaml:2: the discount on everything is `101`"),
            ("cost:\n  discounts:\n    AmazonEC2: -1\n", "planwise.yaml:3: the discount on AmazonEC2"),
            ("cost:\n  currency: { code: EUR, per-usd: 0 }\n", "planwise.yaml:2: per-usd is `0`"),
            ("cost:\n  currency: { code: euro, per-usd: 1 }\n", "`euro` is no currency"),
            ("cost:\n  max_total: 5\n", "did you mean max-total?"),
            (
                "cost:\n  own-prices:\n    - { key: a/b, unit: hours, usd: x, as-of: 2026-01-01 }\n",
                "planwise.yaml:3: usd of a/b",
            ),
        ];
        for (text, problem) in all {
            let error = read(text).unwrap_err();
            assert!(error.contains(problem) && error.contains("hint: "), "{text}: {error}");
        }
    }
}
