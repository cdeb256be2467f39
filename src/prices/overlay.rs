//! What somebody pays instead of the list price: discounts, prices of their own, another currency.

use super::volume::{Cell, Volume};
use super::{BookError, Quote, Row, Tier};
use crate::model::Text;
use crate::units::Decimal;

/// A unit that is no money.
const PERCENT: &str = "percent";

/// Changes to a book, as a team may have agreed them with its vendor.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Overlay {
    /// Discounts for a part of the book; of several that fit, the one with the longest beginning applies.
    pub discounts: Vec<Discount>,
    /// The discount for everything else, in percent.
    pub overall_percent: Option<Decimal>,
    /// Prices of one's own, in US dollars. No discount applies to them.
    pub rows: Vec<Row>,
    /// What prices are shown in.
    pub currency: Option<Currency>,
}

/// A discount on the keys that begin alike.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Discount {
    /// How the key begins, whole parts of it: `AmazonEC2`, or `AmazonRDS/db.r6g.large`.
    pub prefix: Text,
    /// By how much prices are below the list, in percent, from 0 to 100.
    pub percent: Decimal,
}

/// A currency and what it costs.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Currency {
    /// Its code: `EUR`.
    pub code: Text,
    /// How much of it one US dollar is.
    pub per_usd: Decimal,
}

impl Overlay {
    /// Its own rows as a book.
    pub(super) fn volume(&self) -> Result<Option<Volume>, BookError> {
        if self.rows.is_empty() {
            return Ok(None);
        }
        let mut volume = Volume::of("own prices", self.rows.clone())?;
        volume.is_agreed = true;
        Ok(Some(volume))
    }

    /// The rest of it.
    pub(super) fn terms(self) -> Terms {
        let mut discounts = self.discounts;
        // The first that fits is the one that says most.
        discounts.sort_by(|a, b| b.prefix.len().cmp(&a.prefix.len()).then_with(|| a.prefix.cmp(&b.prefix)));
        Terms { discounts, overall_percent: self.overall_percent, currency: self.currency }
    }
}

/// On which terms prices are told.
#[derive(Clone, Debug, Default)]
pub(super) struct Terms {
    discounts: Vec<Discount>,
    overall_percent: Option<Decimal>,
    currency: Option<Currency>,
}

impl Terms {
    pub(super) fn currency(&self) -> &str {
        self.currency.as_ref().map_or("USD", |currency| currency.code.as_str())
    }

    /// The discount on a key, in percent of the list price.
    fn discount(&self, key: &str) -> Option<Decimal> {
        let fits = |discount: &&Discount| {
            key.strip_prefix(discount.prefix.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let percent = self.discounts.iter().find(fits).map(|discount| discount.percent).or(self.overall_percent);
        percent.filter(|percent| !percent.is_zero())
    }

    /// What a cell says, on these terms.
    pub(super) fn quote(&self, key: &str, unit: &str, cell: Cell<'_>, is_agreed: bool) -> Quote {
        let Cell { mut tiers, source } = cell;
        let is_money = unit != PERCENT;
        let discount_percent = if is_agreed || !is_money { None } else { self.discount(key) };
        if let Some(percent) = discount_percent {
            multiply(&mut tiers, (Decimal::ONE_HUNDRED - percent) / Decimal::ONE_HUNDRED);
        }
        if let Some(currency) = self.currency.as_ref().filter(|_| is_money) {
            multiply(&mut tiers, currency.per_usd);
        }
        let currency = self.currency().into();
        Quote { unit: unit.into(), tiers, source: source.clone(), discount_percent, currency }
    }
}

fn multiply(tiers: &mut [Tier], factor: Decimal) {
    for tier in tiers {
        tier.usd = tier.usd.checked_mul(factor).unwrap_or(Decimal::MAX);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prices::{Book, Source};
    use crate::units::plain;

    const LIST: &str = "planwise price book 1\nregion 0 us-east-1\nsource 0 2026-07-20 somebody\n\n\
        AmazonEC2/m5.large/linux\thours\t@0 0:0.096\nAmazonEC2/m5.large/linux/spot-saving\tpercent\t@0 0:64\n\
        AmazonEC2X/a\thours\t@0 0:1\nAmazonRDS/db.m5.large/mysql/single\thours\t@0 0:0.171\n";

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn discount(prefix: &str, percent: &str) -> Discount {
        Discount { prefix: prefix.into(), percent: decimal(percent) }
    }

    fn told(book: &Book, key: &str) -> (String, Option<String>) {
        let quote = book.price(key, "us-east-1").unwrap();
        (plain(quote.price()), quote.discount_percent.map(plain))
    }

    /// 0.096 less 10 % is 0.0864; 1 less 5 % is 0.95; the own price of 0.15 stays. At 0.9 euros: 0.07776, 0.855, 0.135.
    #[test]
    fn discounts_own_prices_and_a_currency() {
        let own = Row {
            key: "AmazonRDS/db.m5.large/mysql/single".into(),
            unit: "hours".into(),
            region: "us-east-1".into(),
            tiers: vec![Tier { from: Decimal::ZERO, usd: decimal("0.15") }],
            source: Source { name: "contract".into(), as_of: "2026-01-01".into(), within_percent: None },
        };
        let mut overlay = Overlay {
            discounts: vec![discount("AmazonEC2", "10"), discount("Amazon", "50")],
            overall_percent: Some(decimal("5")),
            rows: vec![own],
            currency: None,
        };
        let list = Book::read("list", LIST.to_owned()).unwrap();
        let book = list.clone().with(overlay.clone()).unwrap();
        assert_eq!(told(&book, "AmazonEC2/m5.large/linux"), ("0.0864".to_owned(), Some("10".to_owned())));
        assert_eq!(
            told(&book, "AmazonEC2X/a"),
            ("0.95".to_owned(), Some("5".to_owned())),
            "parts of a key count whole"
        );
        assert_eq!(told(&book, "AmazonRDS/db.m5.large/mysql/single"), ("0.15".to_owned(), None));
        assert_eq!(
            told(&book, "AmazonEC2/m5.large/linux/spot-saving"),
            ("64".to_owned(), None),
            "a saving is no money"
        );
        assert_eq!(book.currency(), "USD");

        overlay.currency = Some(Currency { code: "EUR".into(), per_usd: decimal("0.9") });
        let book = list.with(overlay).unwrap();
        assert_eq!(told(&book, "AmazonEC2/m5.large/linux").0, "0.07776");
        assert_eq!(told(&book, "AmazonEC2X/a").0, "0.855");
        assert_eq!(told(&book, "AmazonRDS/db.m5.large/mysql/single").0, "0.135");
        assert_eq!(told(&book, "AmazonEC2/m5.large/linux/spot-saving").0, "64");
        assert_eq!(book.currency(), "EUR");
    }

    #[test]
    fn the_longest_beginning_applies() {
        let discounts = vec![discount("AmazonEC2", "10"), discount("AmazonEC2/m5.large", "20")];
        let book = Book::read("list", LIST.to_owned()).unwrap();
        let book = book.with(Overlay { discounts, ..Overlay::default() }).unwrap();
        assert_eq!(told(&book, "AmazonEC2/m5.large/linux"), ("0.0768".to_owned(), Some("20".to_owned())));
    }
}
