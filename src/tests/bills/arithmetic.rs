//! How lines become amounts, whatever they are for.

use super::harness::price;
use crate::prices::{Book, Hole};

#[test]
fn a_price_holds_where_it_is_said_to() {
    let mut here = price("some/thing", "hours", "1");
    here.region = "us-east-1".into();
    let book = Book::of("prices of the test", vec![here, price("other/thing", "hours", "2")]).unwrap();
    assert!(book.price("some/thing", "us-east-1").is_ok() && book.price("other/thing", "eu-west-1").is_ok());
    assert_eq!(book.price("no/thing", "us-east-1"), Err(Hole::NoSuchKey { key: "no/thing".into() }));
    assert!(matches!(book.price("some/thing", "eu-west-1"), Err(Hole::NotInRegion { .. })));
}
