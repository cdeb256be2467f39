//! Findings that somebody has accepted all at once: `planwise baseline write` puts them down, `planwise check --baseline` lets
//! only others count.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::advice::Status;
use crate::finding::{Finding, Severity, Verdict};
use crate::report::{Accepted, PlanSummary, Report, Told};
use crate::units::{counted, few};

/// The version that is written. The first one, which is read as well, did not tell several plans of a project apart.
const VERSION: u64 = 2;

/// What such a file holds.
#[derive(Debug, Deserialize, Serialize)]
pub struct Baseline {
    /// Says what the file is, and in which version.
    planwise_baseline: u64,
    /// What is accepted, in an order that does not change.
    findings: Vec<Entry>,
}

/// A finding that is accepted.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
struct Entry {
    /// The project of its plan, or the plan's path.
    plan: String,
    /// Which of them it is, where there are several of that name.
    #[serde(flatten)]
    which: Option<Which>,
    rule: String,
    address: String,
    fingerprint: String,
    /// Grows with the damage: what has become worse is not accepted.
    gravity: u64,
    /// How bad it was, and how certain; the first version did not say so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    severity: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    verdict: Option<String>,
}

impl Entry {
    /// Whether a finding is no worse than the one that was accepted.
    fn allows(&self, finding: &Finding) -> bool {
        let is_as_bad = |severity: &String| severity.parse::<Severity>().is_ok_and(|was| finding.severity <= was);
        // What could not be told then is certain by now.
        let was_open = self.verdict.as_deref() == Some(Verdict::Undetermined.as_str());
        finding.gravity <= self.gravity
            && self.severity.as_ref().is_none_or(is_as_bad)
            && !(was_open && finding.verdict == Verdict::Violation)
    }
}

/// One plan of several that belong to one project, or stand in one file.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
struct Which {
    /// The file that it stands in.
    path: String,
    /// Which document of that file it is, from 1.
    document: usize,
}

/// A case that may be accepted: the plan's name, which of that name it is, and the fingerprint.
type Key = (String, Which, String);

/// Why a baseline cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BaselineError {
    /// The file is none.
    #[error(
        "{name} is no baseline: {what}\n  hint: `planwise baseline write PLAN` makes one; restore it, or write it anew"
    )]
    NoBaseline {
        /// The file.
        name: String,
        /// What is wrong with it.
        what: String,
    },
    /// It does not say which plan it is about.
    #[error(
        "{name} accepts findings of {plan}, and does not say in which of its {number} plans\n  hint: write it anew with all of them: \
         `planwise baseline write PLAN...`; or give each a --project of its own, in a run of its own"
    )]
    Ambiguous {
        /// The file.
        name: String,
        /// The project, or the file of the plans.
        plan: String,
        /// How many plans of that name this run has.
        number: usize,
    },
}

/// What a plan is called in a baseline.
fn of_plan(plan: &PlanSummary) -> String {
    plan.project.clone().unwrap_or_else(|| plain(&plan.path))
}

/// Which of those of its name a plan is.
fn which(plan: &PlanSummary) -> Which {
    Which { path: plain(&plan.path), document: plan.document.max(1) }
}

/// The plans of a run by their names, each once.
fn by_name(report: &Report) -> BTreeMap<String, BTreeSet<Which>> {
    let mut names: BTreeMap<String, BTreeSet<Which>> = BTreeMap::new();
    for plan in &report.plans {
        names.entry(plain(&of_plan(plan))).or_default().insert(which(plan));
    }
    names
}

/// A plan's path in the one way of spelling it in which `./plan.json` and `a/../plan.json` are `plan.json`.
fn plain(path: &str) -> String {
    let path = path.replace('\\', "/");
    let mut steps: Vec<&str> = Vec::new();
    for (at, step) in path.split('/').enumerate() {
        match step {
            "." => {}
            // The first one is what an absolute path begins with.
            "" if at > 0 => {}
            ".." if steps.last().is_some_and(|last| !matches!(*last, ".." | "")) => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    if steps.is_empty() { path.clone() } else { steps.join("/") }
}

fn open(report: &Report) -> impl Iterator<Item = &Told> {
    report.told.iter().filter(|told| is_open(told))
}

fn is_open(told: &Told) -> bool {
    told.advice.status != Status::Resolved
}

/// The plan of a finding; nothing where it is about a file, and of no plan more than of another.
fn plan_of<'r>(report: &'r Report, told: &Told) -> Option<&'r PlanSummary> {
    let finding = &told.advice.finding;
    let is_of_file = finding.place.as_ref().is_some_and(|place| place.file.as_str() == finding.address.as_str());
    report.plans.get(told.plan).filter(|_| !is_of_file)
}

/// Which of its name a file's finding belongs to.
fn of_file() -> Which {
    Which { path: String::new(), document: 1 }
}

fn key(report: &Report, told: &Told) -> Key {
    let plan = plan_of(report, told);
    let name = plan.map(|plan| plain(&of_plan(plan))).unwrap_or_default();
    let which = plan.map_or_else(of_file, which);
    (name, which, told.advice.fingerprint())
}

fn entry(report: &Report, told: &Told, names: &BTreeMap<String, BTreeSet<Which>>) -> Entry {
    let finding = &told.advice.finding;
    let plan = plan_of(report, told);
    let is_one_of_several =
        |plan: &&PlanSummary| names.get(&plain(&of_plan(plan))).is_some_and(|plans| plans.len() > 1);
    Entry {
        plan: plan.map(of_plan).unwrap_or_default(),
        which: plan.filter(is_one_of_several).map(which),
        rule: finding.rule.name.to_owned(),
        address: finding.address.to_string(),
        fingerprint: told.advice.fingerprint(),
        gravity: finding.gravity,
        severity: Some(finding.severity.as_str().to_owned()),
        verdict: Some(finding.verdict.as_str().to_owned()),
    }
}

/// The positions of the findings that are accepted, in the report. An entry accepts one of them: the gravest that it may.
fn accepted(report: &Report, entries: &BTreeMap<Key, Vec<&Entry>>) -> BTreeSet<usize> {
    let mut cases: BTreeMap<Key, Vec<(&Finding, usize)>> = BTreeMap::new();
    for (at, told) in report.told.iter().enumerate().filter(|(_, told)| is_open(told)) {
        cases.entry(key(report, told)).or_default().push((&told.advice.finding, at));
    }
    let mut accepted = BTreeSet::new();
    for (key, mut cases) in cases {
        let Some(entries) = entries.get(&key) else { continue };
        let mut left = entries.clone();
        left.sort_by_key(|entry| entry.gravity);
        cases.sort_by_key(|(finding, at)| (std::cmp::Reverse(finding.gravity), *at));
        for (finding, at) in cases {
            if let Some(found) = left.iter().rposition(|entry| entry.allows(finding)) {
                left.remove(found);
                accepted.insert(at);
            }
        }
    }
    accepted
}

impl Baseline {
    /// Accepts all that a report tells and that is not over.
    pub fn of(report: &Report) -> Self {
        let names = by_name(report);
        let mut findings: Vec<Entry> = open(report).map(|told| entry(report, told, &names)).collect();
        findings.sort();
        Self { planwise_baseline: VERSION, findings }
    }

    /// How many findings it accepts.
    pub fn len(&self) -> usize {
        self.findings.len()
    }

    /// Whether it accepts none.
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// Reads the file called `name`.
    ///
    /// # Errors
    /// When it is none that this program wrote.
    pub fn read(name: &str, text: &str) -> Result<Self, BaselineError> {
        let wrong = |what: String| BaselineError::NoBaseline { name: name.to_owned(), what };
        let text = text.trim_start_matches('\u{feff}');
        let baseline: Self = serde_json::from_str(text).map_err(|error| wrong(error.to_string()))?;
        if !(1..=VERSION).contains(&baseline.planwise_baseline) {
            return Err(wrong(format!(
                "its version is {}, and this program reads up to {VERSION}",
                baseline.planwise_baseline
            )));
        }
        Ok(baseline)
    }

    /// Its text.
    ///
    /// # Errors
    /// Never, in practice: its members are texts and numbers.
    pub fn write(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(self).map(|text| text + "\n")
    }

    /// Its entries by the case that they accept. Those of plans that are not in this run are left out.
    fn by_case(&self, name: &str, report: &Report) -> Result<BTreeMap<Key, Vec<&Entry>>, BaselineError> {
        let names = by_name(report);
        let mut cases: BTreeMap<Key, Vec<&Entry>> = BTreeMap::new();
        for entry in &self.findings {
            if entry.plan.is_empty() {
                cases.entry((String::new(), of_file(), entry.fingerprint.clone())).or_default().push(entry);
                continue;
            }
            let plan = plain(&entry.plan);
            let Some(plans) = names.get(&plan) else { continue };
            let which = match &entry.which {
                Some(which) => Which { path: plain(&which.path), ..which.clone() },
                None if plans.len() > 1 => {
                    return Err(BaselineError::Ambiguous { name: name.to_owned(), plan, number: plans.len() });
                }
                None => match plans.first() {
                    Some(only) => only.clone(),
                    None => continue,
                },
            };
            if plans.contains(&which) {
                cases.entry((plan, which, entry.fingerprint.clone())).or_default().push(entry);
            }
        }
        Ok(cases)
    }

    /// Lets count only what is not accepted, and notes what no longer occurs. A case that has become worse counts, and so
    /// does one that occurs more often.
    ///
    /// # Errors
    /// When it does not say which of several plans it is about.
    pub fn apply(&self, name: &str, report: &mut Report) -> Result<(), BaselineError> {
        let entries = self.by_case(name, report)?;
        let accepted = accepted(report, &entries);
        let gone = gone(report, &entries);
        if !gone.is_empty() && report.left_out == 0 {
            let number = u64::try_from(gone.len()).unwrap_or(u64::MAX);
            let verb = if number == 1 { "is" } else { "are" };
            report.notes.push(format!(
                "{} of the baseline {verb} over: {}; `planwise baseline write` takes {} out",
                counted(number, "finding"),
                few(&gone),
                if number == 1 { "it" } else { "them" },
            ));
        }
        let told = std::mem::take(&mut report.told).into_iter().enumerate();
        report.told = told.filter(|(at, _)| !accepted.contains(at)).map(|(_, told)| told).collect();
        report.accepted = Some(Accepted { name: name.to_owned(), number: accepted.len(), gone });
        Ok(())
    }
}

/// What is accepted and no longer occurs, as far as this run can tell.
fn gone(report: &Report, entries: &BTreeMap<Key, Vec<&Entry>>) -> Vec<String> {
    let mut there: BTreeMap<Key, usize> = BTreeMap::new();
    // What is exempted occurs all the same.
    let exempted = report.exempted.iter().map(|exempted| &exempted.told);
    for told in open(report).chain(exempted) {
        *there.entry(key(report, told)).or_default() += 1;
    }
    let applied: BTreeSet<&str> = report.rules.iter().map(|rule| rule.meta.name).collect();
    // What was not planned may occur all the same.
    let is_partial = |key: &Key| {
        let mut plans = report.plans.iter().filter(|plan| key.0.is_empty() || plain(&of_plan(plan)) == key.0);
        plans.any(|plan| plan.errored || plan.complete == Some(false))
    };
    let over = entries.iter().filter(|(key, _)| !is_partial(key)).flat_map(|(key, entries)| {
        let still = there.get(key).copied().unwrap_or_default();
        entries.iter().skip(still).copied()
    });
    let mut over: Vec<&Entry> = over.filter(|entry| applied.contains(entry.rule.as_str())).collect();
    over.sort();
    over.into_iter().map(|entry| format!("{} {}", entry.rule, entry.address)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::advice::Advice;
    use crate::finding::RuleMeta;
    use crate::model::Address;
    use crate::report::Applied;

    static RULE: RuleMeta = RuleMeta {
        name: "some-rule",
        summary: "Some summary",
        docs: "",
        severity: Severity::High,
        principle: "DP4",
        control: "WAF-PERF-040",
        since: "0.1.0",
        thresholds: &[],
        sources: &[],
    };

    /// A run of these plans, with these findings: the plan's position and the gravity.
    fn run(plans: &[(Option<&str>, &str, usize)], findings: &[(usize, u64)]) -> Report {
        let plan = |(project, path, document): &(Option<&str>, &str, usize)| PlanSummary {
            name: (*path).to_owned(),
            path: (*path).to_owned(),
            document: *document,
            project: project.map(str::to_owned),
            terraform_version: None,
            resources: 1,
            understood: 1,
            not_understood: BTreeMap::new(),
            complete: Some(true),
            errored: false,
            notes: Vec::new(),
        };
        let told = |(plan, gravity): &(usize, u64)| {
            let mut finding = Finding::new(&RULE, Verdict::Violation, &Address::new("aws_a.b"), "It is too small.");
            finding.gravity = *gravity;
            Told { plan: *plan, position: None, advice: Advice { finding, status: Status::Introduced } }
        };
        Report {
            plans: plans.iter().map(plan).collect(),
            told: findings.iter().map(told).collect(),
            rules: vec![Applied { meta: &RULE, passed: 0 }],
            ..Report::default()
        }
    }

    /// What is left of a run: the plans' positions and the gravities, and how much is said to be over.
    fn left(baseline: &Baseline, mut report: Report) -> Result<(Vec<(usize, u64)>, usize), String> {
        let text = baseline.write().unwrap();
        let read = Baseline::read("base.json", &text).unwrap();
        read.apply("base.json", &mut report).map_err(|error| error.to_string())?;
        let told = report.told.iter().map(|told| (told.plan, told.advice.finding.gravity)).collect();
        Ok((told, report.accepted.unwrap().gone.len()))
    }

    const SHOP: Option<&str> = Some("shop");

    #[test]
    fn a_plan_is_not_accepted_for_another_of_its_project() {
        let both = [(SHOP, "a.json", 1), (SHOP, "b.json", 1)];
        let baseline = Baseline::of(&run(&both, &[(0, 1)]));
        assert_eq!(left(&baseline, run(&both, &[(0, 1), (1, 1)])), Ok((vec![(1, 1)], 0)));
        assert_eq!(left(&baseline, run(&both, &[(1, 1)])), Ok((vec![(1, 1)], 1)));
        // The other alone is the other all the same.
        assert_eq!(left(&baseline, run(&both[1..], &[(0, 1)])), Ok((vec![(0, 1)], 0)));
        assert_eq!(left(&baseline, run(&both[..1], &[(0, 1)])), Ok((vec![], 0)));
        let other = [(Some("other"), "a.json", 1)];
        assert_eq!(left(&baseline, run(&other, &[(0, 1)])), Ok((vec![(0, 1)], 0)));
    }

    #[test]
    fn a_plan_is_not_accepted_for_another_of_its_stream() {
        for project in [None, SHOP] {
            let both = [(project, "standard input", 1), (project, "standard input", 2)];
            for at in [0, 1] {
                let baseline = Baseline::of(&run(&both, &[(at, 1)]));
                assert_eq!(left(&baseline, run(&both, &[(0, 1), (1, 1)])), Ok((vec![(1 - at, 1)], 0)), "{project:?}");
            }
        }
    }

    /// One plan of a project may lie anywhere.
    #[test]
    fn the_only_plan_of_a_project_is_known_by_it() {
        let baseline = Baseline::of(&run(&[(SHOP, "/tmp/1/a.json", 1)], &[(0, 1)]));
        assert!(!baseline.write().unwrap().contains("/tmp"));
        assert_eq!(left(&baseline, run(&[(SHOP, "/tmp/2/a.json", 1)], &[(0, 1)])), Ok((vec![], 0)));
    }

    /// An old file, or one that was written before there were several.
    #[test]
    fn what_cannot_be_told_apart_is_refused() {
        let both = [(SHOP, "a.json", 1), (SHOP, "b.json", 1)];
        for version in [1, 2] {
            let text = format!(
                "{{\"planwise_baseline\": {version}, \"findings\": [{{\"plan\": \"shop\", \"rule\": \"some-rule\", \
                 \"address\": \"aws_a.b\", \"fingerprint\": \"{}\", \"gravity\": 1}}]}}",
                run(&both, &[(0, 1)]).told[0].advice.fingerprint()
            );
            let baseline = Baseline::read("base.json", &text).unwrap();
            let problem = left(&baseline, run(&both, &[(1, 1)])).unwrap_err();
            assert!(problem.contains("findings of shop") && problem.contains("which of its 2 plans"), "{problem}");
            assert!(problem.contains("hint: write it anew"), "{problem}");
            assert_eq!(left(&baseline, run(&both[1..], &[(0, 1)])), Ok((vec![], 0)));
            // Of other projects it need not be told.
            assert!(left(&baseline, run(&[(None, "a.json", 1), (None, "b.json", 1)], &[(0, 1)])).is_ok());
        }
    }

    #[test]
    fn an_entry_accepts_one_finding() {
        let plan = [(None, "a.json", 1)];
        let baseline = Baseline::of(&run(&plan, &[(0, 3), (0, 1)]));
        assert_eq!(baseline.len(), 2);
        assert_eq!(left(&baseline, run(&plan, &[(0, 1), (0, 3)])), Ok((vec![], 0)));
        assert_eq!(left(&baseline, run(&plan, &[(0, 1), (0, 3), (0, 1)])), Ok((vec![(0, 1)], 0)));
        assert_eq!(left(&baseline, run(&plan, &[(0, 2), (0, 3)])), Ok((vec![(0, 2)], 0)));
        assert_eq!(left(&baseline, run(&plan, &[(0, 4)])), Ok((vec![(0, 4)], 1)));
        assert_eq!(left(&baseline, run(&plan, &[(0, 2)])), Ok((vec![], 1)));
        // The same plan twice is twice as much.
        let twice = [plan[0], plan[0]];
        assert_eq!(left(&baseline, run(&twice, &[(0, 1), (1, 1), (1, 1)])).unwrap().0.len(), 1);
    }

    #[test]
    fn what_is_worse_or_more_certain_is_not_accepted() {
        let plan = [(None, "a.json", 1)];
        let with = |severity: Severity, verdict: Verdict| {
            let mut report = run(&plan, &[(0, 1)]);
            let finding = &mut report.told[0].advice.finding;
            (finding.severity, finding.verdict) = (severity, verdict);
            report
        };
        let is_left = |was: (Severity, Verdict), is: (Severity, Verdict)| {
            !left(&Baseline::of(&with(was.0, was.1)), with(is.0, is.1)).unwrap().0.is_empty()
        };
        let (low, medium) = (Severity::Low, Severity::Medium);
        let (open, certain) = (Verdict::Undetermined, Verdict::Violation);
        assert!(is_left((low, certain), (medium, certain)));
        assert!(!is_left((medium, certain), (low, certain)));
        assert!(is_left((medium, open), (medium, certain)));
        assert!(!is_left((medium, certain), (medium, open)));
        // The first version said neither.
        let mut old = Baseline::of(&with(low, open));
        (old.findings[0].severity, old.findings[0].verdict) = (None, None);
        assert_eq!(left(&old, with(medium, certain)), Ok((vec![], 0)));
    }

    #[test]
    fn what_was_not_planned_is_not_over() {
        let plan = [(SHOP, "a.json", 1)];
        let baseline = Baseline::of(&run(&plan, &[(0, 1)]));
        let gone = |change: fn(&mut PlanSummary)| {
            let mut report = run(&plan, &[]);
            change(&mut report.plans[0]);
            left(&baseline, report).unwrap().1
        };
        assert_eq!(gone(|_| {}), 1);
        assert_eq!(gone(|plan| plan.errored = true), 0);
        assert_eq!(gone(|plan| plan.complete = Some(false)), 0);
    }

    /// What is said of a file is said beside whichever plan comes first.
    #[test]
    fn a_file_belongs_to_no_plan() {
        let both = [(None, "a.json", 1), (None, "b.json", 1)];
        let with = |plans: &[(Option<&str>, &str, usize)]| {
            let mut report = run(plans, &[(0, 1)]);
            report.told[0].advice.finding.place = Some(crate::model::Place::line("aws_a.b", 3));
            report
        };
        let baseline = Baseline::of(&with(&both));
        assert_eq!(left(&baseline, with(&both[1..])), Ok((vec![], 0)));
        assert_eq!(left(&baseline, run(&both[1..], &[(0, 1)])), Ok((vec![(0, 1)], 1)));
    }

    #[test]
    fn a_plan_has_one_name() {
        for (path, name) in [
            ("plan.json", "plan.json"),
            ("./plan.json", "plan.json"),
            ("a/../plan.json", "plan.json"),
            ("a\\.\\b//plan.json", "a/b/plan.json"),
            ("../a/plan.json", "../a/plan.json"),
            ("a/../../plan.json", "../plan.json"),
            ("/srv/./plan.json", "/srv/plan.json"),
            ("/../plan.json", "/../plan.json"),
            ("standard input", "standard input"),
            (".", "."),
        ] {
            assert_eq!(plain(path), name, "{path}");
        }
    }
}
