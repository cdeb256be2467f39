use std::collections::BTreeMap;

use crate::facts::{Change, MachineChoice, Value};
use crate::finding::{Finding, Remedy, Severity};
use crate::model::{Attr, Evidence, Provenance, Text};
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::LedgerEntry;
use crate::units::{counted, few};

rule! {
    /// ## What it finds
    /// Machines, databases and caches with x86 processors whose class exists with ARM processors as well, in the same size.
    /// All of one class and kind of resource are one finding.
    ///
    /// ## Why it matters
    /// For information: the same number of processors and the same memory mostly cost a tenth to a fifth less.
    ///
    /// ## What to do
    /// Databases and caches need no other image: see that the engine's version supports the class. For machines of your own,
    /// images and all that is installed from them have to be built for ARM. Measure before you decide.
    ///
    /// ## When it stays silent
    /// For Windows, and for engines that do not run on ARM, such as Oracle and SQL Server. For sizes that ARM lacks. For
    /// classes of an earlier generation, which `previous-generation-machine` names, as it does those that are known only
    /// after apply.
    ///
    /// ## What makes it undetermined
    /// An engine or an image that is known only after apply.
    // All its findings are milder than its worst, so that a policy which grades its control makes them no worse.
    "arm-alternative", Low, "DP1", "WAF-PERF-010", since "0.1.0",
    "Class with x86 processors that exists with ARM processors, for information",
    thresholds: [],
    sources: [
        "EC2 DescribeInstanceTypes as of 2026-10-27 (moto 5.2.5); on-demand list prices of 2022-09-03 to 2026-07-20",
        "Amazon RDS user guide, supported DB engines for DB instance classes, read 2023-06-10; list prices of 2023-03-01",
        "ElastiCache and OpenSearch Service node types and list prices of 2025-04-24",
        "Design principle DP1, separate workloads by load profile",
    ]
}

type Group<'t> = Vec<(&'t LedgerEntry, &'t MachineChoice)>;

fn check(context: Context<'_>) -> Judgement {
    let mut judgement = Judgement::default();
    let mut groups: BTreeMap<(&str, &Text, &Text), Group<'_>> = BTreeMap::new();
    for entry in context.topology.ledger.entries().iter().filter(|entry| entry.managed) {
        let Some(choice) = entry.choices().and_then(|choices| choices.machine.as_ref()) else { continue };
        let Attr::Set(class) = &choice.class else { continue };
        match &choice.arm {
            Attr::Set(arm) => groups.entry((entry.kind.as_str(), class, arm)).or_default().push((entry, choice)),
            Attr::Unset => judgement.passed += 1,
            Attr::Unknown(why) => {
                let (noun, address, by) = (entry.noun(), &entry.address, choice.arm_by);
                let message = format!(
                    "{noun} {address}: whether what runs on its {class} needs x86 cannot be told; {by} is {why}."
                );
                judgement.findings.push(
                    Finding::undetermined(&RULE.meta, address, message)
                        .severity(Severity::Info)
                        .of_each([address])
                        .resting_on(&[Evidence::plan(address, by, format!("({why})"))]),
                );
            }
        }
    }
    let found = groups.into_iter().filter_map(|((_, class, arm), group)| violation(class, arm, &group));
    judgement.findings.extend(found);
    judgement
}

fn size(group: &Group<'_>) -> u64 {
    u64::try_from(group.len()).unwrap_or(u64::MAX)
}

fn violation(class: &Text, arm: &Text, group: &Group<'_>) -> Option<Finding> {
    let (first, choice) = group.first()?;
    let who = match group.len() {
        1 => format!("{} {} is", first.noun(), first.address),
        _ => format!("{} ({}) are", counted(size(group), first.noun()), few(group.iter().map(|(one, _)| &one.address))),
    };
    let message = format!("{who} made with {class}, which has x86 processors: {arm} is the same with ARM processors.");
    let mut evidence: Vec<Evidence> =
        group.iter().map(|(one, choice)| Evidence::plan(&one.address, choice.attribute, class.as_str())).collect();
    evidence.push(Evidence {
        source: Provenance::Catalogue(choice.source),
        ..Evidence::plan(&first.address, "with ARM processors", arm.as_str())
    });
    let changes = group.iter().map(|(one, choice)| {
        let value =
            if choice.listed { Value::Texts(Box::new([Attr::Set(arm.clone())])) } else { Value::Text(arm.clone()) };
        Change::Set { address: one.address.clone(), attribute: choice.attribute.into(), value }
    });
    let title = format!("change {} to {arm}", choice.attribute);
    Some(
        Finding::violation(&RULE.meta, &first.address, message)
            .severity(Severity::Info)
            .of_each(group.iter().map(|(one, _)| &one.address))
            .resting_on(&evidence)
            .measuring("resources", group.len())
            .gravity(1)
            // Whoever changes the processor may have to change images as well.
            .remedy(Remedy::priced(title, choice.arm_caution, changes.collect()).by_hand()),
    )
}
