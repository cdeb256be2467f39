//! Where prices are looked up.

use super::overlay::Terms;
use super::volume::Volume;
use super::{BookError, Hole, Overlay, Quote, Row};
use crate::model::Text;

/// The list prices that the program brings along. docs/prices.md says what is in it and how it is made.
const EMBEDDED: &str = include_str!("book/aws.book");

/// List prices, in layers: what the first has no price for, the next is asked.
///
/// Nothing is decoded before somebody asks for it: a lookup halves the sorted text.
#[derive(Clone, Debug)]
pub struct Book {
    volumes: Vec<Volume>,
    terms: Terms,
}

impl Book {
    /// The list prices that the program brings along.
    pub fn embedded() -> Self {
        Self::single(Volume::trusted(EMBEDDED))
    }

    /// Reads a book from the text of a file called `name`, and checks all of it.
    ///
    /// # Errors
    /// When it is no book, or a line of it is wrong: the error names the file, the line and the way out.
    pub fn read(name: &str, text: String) -> Result<Self, BookError> {
        Ok(Self::single(Volume::checked(name, text)?))
    }

    /// A book of these prices; `name` says in errors where they stand.
    ///
    /// # Errors
    /// When they are no prices.
    pub fn of(name: &str, rows: Vec<Row>) -> Result<Self, BookError> {
        Ok(Self::single(Volume::of(name, rows)?))
    }

    fn single(volume: Volume) -> Self {
        Self { volumes: vec![volume], terms: Terms::default() }
    }

    /// This book first, and `other` for what it lacks. Terms of this one hold for both; those of `other` are left behind.
    #[must_use]
    pub fn over(mut self, other: Self) -> Self {
        self.volumes.extend(other.volumes);
        self
    }

    /// This book on the terms of an overlay: its own rows first, discounts on everything else, its currency on all.
    ///
    /// # Errors
    /// When its rows are not prices.
    pub fn with(mut self, overlay: Overlay) -> Result<Self, BookError> {
        if let Some(own) = overlay.volume()? {
            self.volumes.insert(0, own);
        }
        self.terms = overlay.terms();
        Ok(self)
    }

    /// The code of the currency that prices are in.
    pub fn currency(&self) -> &str {
        self.terms.currency()
    }

    /// What `key` costs in `region`.
    ///
    /// # Errors
    /// When there is no price: it is then not known, and not nothing.
    pub fn price(&self, key: &str, region: &str) -> Result<Quote, Hole> {
        let (mut is_known, mut has) = (false, Vec::<Text>::new());
        for volume in &self.volumes {
            let Some((unit, cells)) = volume.find(key) else { continue };
            if let Some(cell) = volume.pick(cells, region) {
                return Ok(self.terms.quote(key, unit, cell, volume.is_agreed));
            }
            is_known = true;
            has.extend(volume.regions(cells).map(Text::from));
        }
        if is_known {
            has.sort_unstable();
            has.dedup();
            return Err(Hole::NotInRegion { region: region.into(), has });
        }
        Err(Hole::NoSuchKey { key: key.into() })
    }

    /// Every list price that can be found, layer by layer, before discounts: what a layer above has a price for is left out.
    pub fn rows(&self) -> impl Iterator<Item = Row> {
        self.volumes.iter().enumerate().flat_map(move |(depth, volume)| {
            volume.rows().filter(move |row| {
                let mut above = self.volumes.iter().take(depth);
                !above.any(|above| {
                    above.find(&row.key).is_some_and(|(_, cells)| above.pick(cells, &row.region).is_some())
                })
            })
        })
    }

    /// How many bytes its layers have, as they are written.
    pub fn size(&self) -> usize {
        self.volumes.iter().map(Volume::size).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::plain;

    const SMALL: &str = "planwise price book 1\nregion 0 eu-west-1\nregion 1 us-east-1\n\
        source 0 2026-07-20 somebody\nsource 1 2026-01-02 within 0.5% somebody else\n\n\
        AmazonEC2/m5.large/linux\thours\t@0 1:0.096 @1 0:0.107\n\
        CloudWatch/Metrics\tmetrics\t@0 0:0.3,10000=0.1\n\
        Route/Zone\tmonths\t@0 *:0.5 1:0.4\n";

    fn read(text: &str) -> Result<Book, String> {
        Book::read("prices.book", text.to_owned()).map_err(|error| error.to_string())
    }

    #[test]
    fn prices_are_found() {
        let book = read(SMALL).unwrap();
        let quote = book.price("AmazonEC2/m5.large/linux", "eu-west-1").unwrap();
        assert_eq!(
            (plain(quote.price()), quote.unit.as_str(), quote.currency.as_str()),
            ("0.107".to_owned(), "hours", "USD")
        );
        assert_eq!(quote.source.within_percent.map(plain).as_deref(), Some("0.5"));
        let quote = book.price("CloudWatch/Metrics", "eu-west-1").unwrap();
        let tiers: Vec<_> = quote.tiers.iter().map(|tier| (plain(tier.from), plain(tier.usd))).collect();
        assert_eq!(tiers, [("0".to_owned(), "0.3".to_owned()), ("10000".to_owned(), "0.1".to_owned())]);
        assert_eq!(plain(book.price("Route/Zone", "mars").unwrap().price()), "0.5");
        assert_eq!(plain(book.price("Route/Zone", "us-east-1").unwrap().price()), "0.4");
        assert_eq!(book.rows().count(), 5);
    }

    #[test]
    fn what_is_not_there_is_a_hole() {
        let book = read(SMALL).unwrap();
        assert_eq!(
            book.price("CloudWatch/Metrics", "us-east-1"),
            Err(Hole::NotInRegion { region: "us-east-1".into(), has: vec!["eu-west-1".into()] })
        );
        for key in ["", "A", "CloudWatch/Metric", "CloudWatch/Metricss", "Route/Zone2", "é"] {
            assert_eq!(book.price(key, "us-east-1"), Err(Hole::NoSuchKey { key: key.into() }));
        }
        assert!(read("planwise price book 1\n").unwrap().price("a", "b").is_err());
    }

    #[test]
    fn a_book_is_asked_before_the_one_below() {
        let above = read(
            "planwise price book 1\nregion 0 us-east-1\nsource 0 2026-11-01 own\n\nCloudWatch/Metrics\tmetrics\t@0 0:0.2\n\
             Route/Zone\tmonths\t@0 *:0.3\n",
        );
        let book = above.unwrap().over(read(SMALL).unwrap());
        let price = |key, region| book.price(key, region).map(|quote| plain(quote.price())).ok();
        assert_eq!(price("CloudWatch/Metrics", "us-east-1").as_deref(), Some("0.2"));
        assert_eq!(price("CloudWatch/Metrics", "eu-west-1").as_deref(), Some("0.3"));
        assert_eq!(price("Route/Zone", "us-east-1").as_deref(), Some("0.3"), "everywhere is everywhere");
        let hole = Hole::NotInRegion { region: "x".into(), has: vec!["eu-west-1".into(), "us-east-1".into()] };
        assert_eq!(book.price("CloudWatch/Metrics", "x"), Err(hole));
        assert_eq!(book.rows().count(), 5, "two above, and of those below what they do not hide");
    }

    #[test]
    fn wrong_books_are_told_by_file_and_line() {
        let head = "planwise price book 1\nregion 0 a\nsource 0 2026-01-01 s\n\n";
        let all = [
            (String::new(), "prices.book is no price book", "planwise prices import"),
            ("planwise price book 2\n".to_owned(), "prices.book is no price book", "docs/prices.md"),
            ("planwise price book 1\nregion 1 a\n".to_owned(), "prices.book:2: region 0 belongs here", "docs"),
            ("planwise price book 1\nplace 0 a\n".to_owned(), "prices.book:2: place belongs to no head", "docs"),
            ("planwise price book 1\nregion\n".to_owned(), "prices.book:2: a line of the head", "docs"),
            ("planwise price book 1\nsource 0 yesterday x\n".to_owned(), ":2: yesterday is no date", "docs"),
            (format!("{head}k\th\t@0 0:1\nk\th\t@0 0:1\n"), "prices.book:6: k stands behind k", "docs"),
            (format!("{head}k\th\t@1 0:1\n"), "prices.book:5: there is no source 1", "docs"),
            (format!("{head}k\th\t@0 1:1\n"), "prices.book:5: there is no region 1", "docs"),
            (format!("{head}k\th\t0:1\n"), "prices.book:5: the first price has no source", "docs"),
            (format!("{head}k\th\t@0\n"), "prices.book:5: there is no price", "docs"),
            (format!("{head}k\th\t@0 0:1 0:2\n"), "prices.book:5: region 0 stands there twice", "docs"),
            (format!("{head}k\th\t@0 0:-1\n"), "prices.book:5: -1 is no price", "docs"),
            (format!("{head}k\th\t@0 0:1e3\n"), "prices.book:5: 1e3 is no price", "docs"),
            (format!("{head}k\th\t@0 0:1,5=2,5=3\n"), "prices.book:5: 1,5=2,5=3 is no price", "docs"),
            (format!("{head}k\th\t@0 0:5=2\n"), "prices.book:5: 5=2 is no price", "docs"),
            (format!("{head}k h 0:1\n"), "prices.book:5: a row is a key, a unit", "docs"),
            (format!("{head}k\t\t@0 0:1\n"), "prices.book:5: the key, the unit or", "docs"),
        ];
        for (text, problem, hint) in all {
            let error = read(&text).unwrap_err();
            assert!(error.contains(problem) && error.contains("hint: ") && error.contains(hint), "{text}: {error}");
        }
    }

    #[test]
    fn the_embedded_book_is_whole() {
        let checked = Book::read("aws.book", EMBEDDED.to_owned()).unwrap();
        let embedded = Book::embedded();
        assert_eq!(checked.size(), embedded.size());
        let mut rows = 0;
        for row in embedded.rows() {
            rows += 1;
            let quote = embedded.price(&row.key, &row.region).unwrap();
            assert_eq!((&quote.unit, &quote.tiers, &quote.source), (&row.unit, &row.tiers, &row.source), "{}", row.key);
        }
        assert!(rows > 60_000, "{rows} prices are too few to be all");
    }
}
