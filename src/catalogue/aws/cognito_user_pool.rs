//! `aws_cognito_user_pool`: knows the users of an application.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Field, Lines, Site, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_cognito_user_pool", mode: Mode::Managed, noun: "user pool", describe: inert, tariff: &TARIFF };

/// By the user who signs in, by tier; those that an account has for nothing are not taken off.
///
/// Source: Amazon Cognito pricing, not looked up again; default ESSENTIALS: API reference of `CreateUserPool`, `UserPoolTier`.
static TARIFF: Tariff = Tariff {
    reads: &[Field::text("user_pool_tier")],
    usage: &[meter::key("monthly_active_users", "users who sign in, in a month")],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let users = site.usage("monthly_active_users");
    match meter::word(site.own(), "user_pool_tier", "ESSENTIALS") {
        Ok(tier) => {
            let key = format!("aws_cognito_user_pool/Monthly active users ({tier})");
            lines.used("Monthly active users", "users", key, users);
        }
        Err(why) => lines.not_priced("Monthly active users", why),
    }
}
