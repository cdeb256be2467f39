//! What web application firewalls cost.

use super::meter;
use crate::facts::{Amounts, Charge, Field, Lines, Quantity, Record, Site, Tariff, UsageKey};
use crate::model::Attr;
use crate::units::Decimal;

/// A firewall of the second generation: by the month, by the rule, and by the request. A group costs as much as a rule, whoever
/// made it; rules of one's own groups are billed one by one, those of Amazon's groups are not (Infracost counts them).
///
/// Source: components as Infracost prints them, goldens of 2024-07; AWS WAF pricing, not looked up again.
pub(in crate::catalogue::aws) static SECOND: Tariff = Tariff {
    reads: &[
        Field::text("scope"),
        Field::text("rule_json"),
        Field::blocks(
            "rule",
            &[Field::blocks(
                "statement",
                &[
                    Field::blocks("rule_group_reference_statement", &[]),
                    Field::blocks("managed_rule_group_statement", &[]),
                ],
            )],
        ),
    ],
    near: &[],
    usage: &[
        RULES_OF_GROUPS,
        meter::key("managed_rule_group_rules", "rules in managed groups: they cost nothing beside their group"),
        REQUESTS,
    ],
    charge: Charge::By(charge_second),
};

const RULES_OF_GROUPS: UsageKey = meter::key("rule_group_rules", "rules in one's own groups that it uses");
const REQUESTS: UsageKey = meter::key("monthly_requests", "requests that it looks at in a month");

/// Rules by what they are: one of its own, a group of one's own, a managed group.
#[derive(Clone, Copy, Default)]
struct Rules {
    own: u32,
    groups: u32,
    managed: u32,
}

fn charge_second(site: &Site<'_>, lines: &mut Lines) {
    let counted = rules_of_second(site.own());
    let number = |of: fn(&Rules) -> u32| counted.as_ref().map(of).map_err(Clone::clone);
    lines.monthly("Web ACL usage", "months", "aws_wafv2_web_acl/Web ACL usage", 1);
    rules(lines, "aws_wafv2_web_acl/Rules", number(|rules| rules.own), site.usage("rule_group_rules"));
    some(lines, "Rule groups", "aws_wafv2_web_acl/Rule groups", number(|rules| rules.groups));
    some(lines, "Managed rule groups", "aws_wafv2_web_acl/Managed rule groups", number(|rules| rules.managed));
    let requests = meter::per(site.usage("monthly_requests"), 1_000_000);
    lines.used("Requests", "1M requests", "aws_wafv2_web_acl/Requests", requests);
    // In front of CloudFront it stands nowhere.
    if site.own().text("scope").known().is_some_and(|scope| scope.as_str() == "CLOUDFRONT") {
        for line in &mut lines.all {
            line.in_region(meter::GLOBAL);
        }
    }
}

fn rules_of_second(own: &Record) -> Result<Rules, String> {
    if !own.text("rule_json").is_unset() {
        return Err("its rules are in rule_json, which planwise does not read".to_owned());
    }
    let mut rules = Rules::default();
    for rule in blocks(own, "rule")? {
        let has = |name: &str| rule.block("statement").known().is_some_and(|one| !one.blocks(name).is_unset());
        if has("rule_group_reference_statement") {
            rules.groups += 1;
        } else if has("managed_rule_group_statement") {
            rules.managed += 1;
        } else {
            rules.own += 1;
        }
    }
    Ok(rules)
}

fn blocks<'r>(own: &'r Record, name: &str) -> Result<&'r [Record], String> {
    match own.blocks(name) {
        Attr::Set(blocks) => Ok(blocks),
        Attr::Unset => Ok(&[]),
        Attr::Unknown(why) => Err(format!("{name} is {why}")),
    }
}

/// Rules of its own, and those of its groups if anybody says how many.
fn rules(lines: &mut Lines, key: &'static str, own: Result<u32, String>, of_groups: Option<Decimal>) {
    let all = own.map(|own| Decimal::from(own) + of_groups.unwrap_or_default());
    if all.as_ref().is_ok_and(Decimal::is_zero) {
        return;
    }
    lines.monthly("Rules", "rules", key, meter::exactly(all));
}

/// A line where there is something.
fn some(lines: &mut Lines, name: &'static str, key: &'static str, number: Result<u32, String>) {
    if number == Ok(0) {
        return;
    }
    let number: Quantity = number.map(|number| Amounts::exactly(number.into())).into();
    lines.monthly(name, "groups", key, number);
}

/// A firewall of the first generation, in front of `CloudFront`.
///
/// Source: components as Infracost prints them, goldens of 2024-07.
pub(in crate::catalogue::aws) static CLASSIC: Tariff = Tariff {
    reads: &[Field::blocks("rules", &[Field::text("type")])],
    near: &[],
    usage: &[RULES_OF_GROUPS, REQUESTS],
    charge: Charge::By(|site, lines| {
        charge_classic(site, lines, "rules");
        for line in &mut lines.all {
            line.in_region(meter::GLOBAL);
        }
    }),
};

/// The same in front of a load balancer or an API.
pub(in crate::catalogue::aws) static REGIONAL: Tariff = Tariff {
    reads: &[Field::blocks("rule", &[Field::text("type")])],
    near: &[],
    usage: &[RULES_OF_GROUPS, REQUESTS],
    charge: Charge::By(|site, lines| charge_classic(site, lines, "rule")),
};

fn charge_classic(site: &Site<'_>, lines: &mut Lines, blocks_are: &str) {
    lines.monthly("Web ACL usage", "months", "aws_waf_web_acl/Web ACL usage", 1);
    let found = blocks(site.own(), blocks_are);
    let is_group = |rule: &&Record| rule.text("type").known().is_some_and(|kind| kind.as_str() == "GROUP");
    let counted = found.map(|found| {
        let groups = found.iter().filter(is_group).count();
        (found.len() - groups, groups)
    });
    let number = |of: fn(&(usize, usize)) -> usize| {
        counted.as_ref().map(|counted| u32::try_from(of(counted)).unwrap_or(u32::MAX)).map_err(Clone::clone)
    };
    rules(lines, "aws_waf_web_acl/Rules", number(|counted| counted.0), site.usage("rule_group_rules"));
    some(lines, "Rule groups", "aws_waf_web_acl/Rule groups", number(|counted| counted.1));
    let requests = meter::per(site.usage("monthly_requests"), 1_000_000);
    lines.used("Requests", "1M requests", "aws_waf_web_acl/Requests", requests);
}
