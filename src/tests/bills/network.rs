//! What networks cost.

use super::harness::{billed, item, lines, monthly, price, range, usage};
use crate::cost::Status;
use crate::prices::Row;

/// us-east-1, Amazon VPC pricing: 0.045 $ an hour and 0.045 $ a GB.
fn nat() -> Vec<Row> {
    vec![price("AmazonEC2/NatGateway-Hours", "hours", "0.045"), price("aws_nat_gateway/Data processed", "GB", "0.045")]
}

#[test]
fn a_nat_gateway_by_the_hour_and_the_gigabyte() {
    // 730 h x 0.045 $ = 32.85 $; with 1,000 GB, 45 $ more.
    let bill = billed("nat", nat(), usage(&[("aws_nat_gateway.zone[1]", "monthly_data_processed_gb", "1000")]));
    assert_eq!(monthly(&bill, "aws_nat_gateway.zone[0]"), "32.85");
    assert_eq!(monthly(&bill, "aws_nat_gateway.zone[1]"), "77.85");
    assert_eq!(monthly(&bill, "aws_nat_gateway.private"), "32.85");
    assert_eq!(
        lines(&bill, "aws_nat_gateway.zone[0]"),
        ["NAT gateway | 730 hours x 0.045 = 32.85", "Data processed | depends on usage, per GB x 0.045 = -"]
    );
    // It is one gateway at any time.
    assert_eq!(range(&bill, "aws_nat_gateway.private"), ("32.85".to_owned(), "32.85".to_owned()));
    // 3 x 32.85 + 45 = 143.55; before, there is nothing.
    assert_eq!(bill.difference().expected.to_string(), "143.55");
    assert_eq!(bill.before.sum.expected.to_string(), "0.00");
}

#[test]
fn what_has_no_price_is_not_free() {
    let bill = billed("nat", Vec::new(), usage(&[]));
    let gateway = item(&bill, "aws_nat_gateway.private");
    assert!(matches!(&gateway.status, Status::NotPriced(why) if why.contains("no price")), "{gateway:#?}");
    assert_eq!(bill.after.not_priced.get("aws_nat_gateway"), Some(&3));
    assert!(!bill.after.is_complete());
}
