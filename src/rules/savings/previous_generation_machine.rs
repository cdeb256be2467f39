use crate::facts::{Change, MachineChoice, Value};
use crate::finding::{Finding, Remedy, Severity};
use crate::model::{Attr, Evidence, Provenance, Text};
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::LedgerEntry;
use crate::units::listed;

rule! {
    /// ## What it finds
    /// A machine, a template of machines, a database or a cache whose class is of an earlier generation, where a later
    /// one has the same size for the same price or less.
    ///
    /// ## Why it matters
    /// The later machines do more for each hour that is paid, and mostly cost less. The earlier ones get rare, and are
    /// retired at some time.
    ///
    /// ## What to do
    /// Change the class for its successor. It has at least as many processors, as much memory and as large disks of its
    /// own, and processors of the same architecture.
    ///
    /// ## When it stays silent
    /// For classes without such a successor: of another size, with less memory or smaller disks of its own, or at a higher
    /// price. That is why many classes that count as previous are not named here: what follows them costs no less. For
    /// groups that may use several classes, where each is there for the case that another cannot be had.
    ///
    /// ## What makes it undetermined
    /// A class that is known only after apply.
    "previous-generation-machine", Low, "DP1", "WAF-PERF-010", since "0.1.0",
    "Machine of an earlier generation than one of the same size and price",
    thresholds: [],
    sources: [
        "EC2 DescribeInstanceTypes as of 2026-10-27 (moto 5.2.5); on-demand list prices of 2022-09-03 to 2026-07-20",
        "Amazon RDS user guide, DB instance classes, read 2023-06-10; RDS list prices of 2023-03-01",
        "ElastiCache and OpenSearch Service node types and list prices of 2025-04-24",
        "Design principle DP1, separate workloads by load profile",
    ]
}

fn check(context: Context<'_>) -> Judgement {
    let mut judgement = Judgement::default();
    for entry in context.topology.ledger.entries().iter().filter(|entry| entry.managed) {
        let Some(choice) = entry.choices().and_then(|choices| choices.machine.as_ref()) else { continue };
        match &choice.class {
            Attr::Set(class) if !choice.successors.is_empty() => {
                judgement.findings.push(violation(entry, choice, class));
            }
            Attr::Set(_) | Attr::Unset => judgement.passed += 1,
            Attr::Unknown(why) => {
                let (noun, address, attribute) = (entry.noun(), &entry.address, choice.attribute);
                let message = format!(
                    "{noun} {address}: whether its class is of an earlier generation cannot be told; {attribute} is {why}."
                );
                judgement.findings.push(
                    Finding::undetermined(&RULE.meta, address, message)
                        .severity(Severity::Info)
                        .of_each([address])
                        .resting_on(&[Evidence::plan(address, attribute, format!("({why})"))]),
                );
            }
        }
    }
    judgement
}

fn violation(entry: &LedgerEntry, choice: &MachineChoice, class: &Text) -> Finding {
    let (noun, address) = (entry.noun(), &entry.address);
    let message = format!(
        "{noun} {address} is made with {class}, which is of an earlier generation: {} {} at least the same at a list price \
         that is no higher.",
        listed(&choice.successors),
        if choice.successors.len() == 1 { "has" } else { "have" },
    );
    let table = Evidence {
        source: Provenance::Catalogue(choice.source),
        ..Evidence::plan(address, "successors", listed(&choice.successors))
    };
    let mut finding = Finding::violation(&RULE.meta, address, message)
        .of_each([address])
        .resting_on(&[Evidence::plan(address, choice.attribute, class.as_str()), table])
        .gravity(1);
    for successor in &choice.successors {
        let value = if choice.listed {
            Value::Texts(Box::new([Attr::Set(successor.clone())]))
        } else {
            Value::Text(successor.clone())
        };
        let attribute = choice.attribute.into();
        let change = Change::Set { address: address.clone(), attribute, value };
        let title = format!("change {} of {address} to {successor}", choice.attribute);
        finding = finding.remedy(Remedy::priced(title, choice.caution, vec![change]).rivalling("a later generation"));
    }
    finding
}
