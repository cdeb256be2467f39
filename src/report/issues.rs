//! What the formats of code scanners share: which findings they are told, where these stand, how loud, and in which words.

use std::collections::BTreeMap;

use super::cost::rails;
use super::summary::{PlanSummary, Report, Told};
use super::text::{delta, sentence};
use crate::advice::Status;
use crate::cost::Held;
use crate::finding::{Finding, Remedy, Severity, Verdict};
use crate::model::{Place, ROOT_MODULE, Suggestion};

/// How loud a scanner says it.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Level {
    /// Worth knowing.
    Note,
    /// Worth changing.
    Warning,
    /// Will hurt.
    Error,
}

impl Level {
    /// How loud a violation of this severity is.
    pub(super) const fn of(severity: Severity) -> Self {
        match severity {
            Severity::Critical | Severity::High => Self::Error,
            Severity::Medium => Self::Warning,
            Severity::Low | Severity::Info => Self::Note,
        }
    }

    /// How loud a finding is by its severity; what cannot be told is never an error, unless the policy lets it fail the run.
    pub(super) fn of_finding(report: &Report, finding: &Finding) -> Self {
        if report.open_fails || finding.verdict == Verdict::Violation {
            return Self::of(finding.severity);
        }
        if Self::of(finding.severity) == Self::Error { Self::Warning } else { Self::Note }
    }

    /// How loud a finding is in the log of a run: an error is what fails it, and nothing else.
    pub(super) fn in_log(report: &Report, told: &Told) -> Self {
        if report.fails(told) {
            return Self::Error;
        }
        if is_old(report, told) {
            Self::Note
        } else {
            Self::of_finding(report, &told.advice.finding).min(Self::Warning)
        }
    }
}

/// Whether a finding was there before, and does not count for the run.
pub(super) fn is_old(report: &Report, told: &Told) -> bool {
    told.advice.status == Status::Existing && !report.counts_all
}

/// The findings that are not over: first what fails the run, then by severity.
pub(super) fn standing(report: &Report) -> Vec<&Told> {
    let mut told: Vec<&Told> = report.told.iter().filter(|told| stands(told)).collect();
    told.sort_by_key(|told| std::cmp::Reverse(weight(report, told)));
    told
}

/// Whether a finding is not over.
pub(super) fn stands(told: &Told) -> bool {
    told.advice.status != Status::Resolved
}

/// Orders findings, the worst last.
pub(super) fn weight(report: &Report, told: &Told) -> impl Ord + use<> {
    let finding = &told.advice.finding;
    (report.fails(told), finding.verdict == Verdict::Violation, finding.severity, !is_old(report, told))
}

/// Where a scanner shows a finding.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Spot {
    /// The file, by a path that is neither absolute nor leads upwards, with `/` on every system.
    pub(super) file: String,
    /// The line, counted from one.
    pub(super) line: Option<usize>,
    /// The character of that line, counted from one.
    pub(super) column: Option<usize>,
}

impl Spot {
    /// The spot of a place in the user's files; nothing where it is not known to lie in the repository.
    pub(super) fn of(place: &Place) -> Option<Self> {
        Some(Self { file: in_repository(&place.file)?, line: place.line, column: place.column })
    }

    /// The spot of an edit that `edits` gives.
    pub(super) fn of_edit(edit: &Suggestion) -> Self {
        Self { file: edit.file.to_string(), line: Some(edit.line), column: None }
    }
}

/// Where a finding stands: in the user's own file, or in the plan where it is not known where that is.
pub(super) fn spot(report: &Report, told: &Told) -> Spot {
    own_spot(&told.advice.finding).unwrap_or_else(|| {
        let file = report.plans.get(told.plan).map_or_else(|| "plan".to_owned(), |plan| plan_file(report, plan));
        Spot { file, line: None, column: None }
    })
}

/// Where a finding stands in the user's own files.
pub(super) fn own_spot(finding: &Finding) -> Option<Spot> {
    finding.place.as_ref().and_then(Spot::of)
}

/// The edits of a remedy, for a program that makes them: all, or none where one of them is of a file that is not known to lie in
/// the repository.
pub(super) fn edits(remedy: &Remedy) -> &[Suggestion] {
    let is_there = |edit: &Suggestion| in_repository(&edit.file).is_some_and(|file| file == edit.file.as_str());
    if remedy.suggestions.iter().all(is_there) { &remedy.suggestions } else { &[] }
}

/// The path of a plan as scanners take it.
fn plan_file(report: &Report, plan: &PlanSummary) -> String {
    inside(report.near.get(&plan.path).unwrap_or(&plan.path))
}

/// A plan's path that is neither absolute nor leads upwards. Of one that is, only the file's name is left: scanners look for files
/// in the repository alone, and where else things lie on a machine is nobody's business.
fn inside(path: &str) -> String {
    relative(path).unwrap_or_else(|| {
        let path = line(path).replace('\\', "/");
        let name = path.split('/').rfind(|step| !matches!(*step, "" | "." | ".."));
        name.unwrap_or("plan").to_owned()
    })
}

/// The path of a file of the user's. Nothing for one that may be anywhere else: its name alone would be that of another file.
fn in_repository(path: &str) -> Option<String> {
    relative(path).filter(|path| path.split('/').next() != Some(ROOT_MODULE))
}

/// A path without the steps that lead back, if it is neither absolute nor leads upwards.
fn relative(path: &str) -> Option<String> {
    let path = line(path).replace('\\', "/");
    if path.starts_with('/') || path.split('/').next().is_some_and(|first| first.ends_with(':')) {
        return None;
    }
    let mut steps = Vec::new();
    for step in path.split('/').filter(|step| !step.is_empty() && *step != ".") {
        if step == ".." {
            steps.pop()?;
        } else {
            steps.push(step);
        }
    }
    (!steps.is_empty()).then(|| steps.join("/"))
}

/// What is wrong and what to do, on one line.
pub(super) fn message(told: &Told) -> String {
    let finding = &told.advice.finding;
    let open = if finding.verdict == Verdict::Undetermined { "Undetermined: " } else { "" };
    let way = finding.remedies.first().map_or_else(String::new, |remedy| {
        format!(" Way out: {} ({}).", remedy.title.trim_end_matches('.'), delta(&remedy.monthly_delta))
    });
    let text = line(&format!("{open}{}{way}", sentence(&finding.message)));
    // Scanners take this for a link.
    if text.is_empty() { finding.rule.name.to_owned() } else { text.replace("](", "] (") }
}

/// Text on one line, without control characters.
pub(super) fn line(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// At most so many characters of a text.
pub(super) fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}

/// Plans that are reported together.
#[derive(Debug)]
pub(super) struct Project {
    /// What they are called.
    pub(super) name: String,
    /// Whether somebody named it.
    pub(super) is_named: bool,
    /// The positions of its plans.
    pub(super) plans: Vec<usize>,
}

/// The plans, each by a name of its own, in their order.
pub(super) fn projects(report: &Report) -> Vec<Project> {
    let named = report.plans.iter().map(|plan| plan.project.is_some());
    let all = names(report).into_iter().zip(named).enumerate();
    all.map(|(at, (name, is_named))| Project { name, is_named, plans: vec![at] }).collect()
}

/// What the plans are called, the same in every run: by their projects, and otherwise by their paths. No two of a run are called the
/// same.
pub(super) fn names(report: &Report) -> Vec<String> {
    names_by(report, |plan| project(plan).unwrap_or_else(|| document(report, plan)))
}

/// What the plans are called by `name`; where that is the same for several, the path tells them apart, and then the order.
pub(super) fn names_by(report: &Report, name: impl Fn(&PlanSummary) -> String) -> Vec<String> {
    let short: Vec<String> = report.plans.iter().map(&name).collect();
    let longer = |plan: &PlanSummary| match project(plan) {
        Some(project) => format!("{project} ({})", document(report, plan)),
        None => document(report, plan),
    };
    let mut all = Times::default();
    for name in &short {
        all.of(name);
    }
    let told = short.into_iter().zip(&report.plans);
    let told = told.map(|(name, plan)| if all.so_far(&name) > 1 { longer(plan) } else { name });
    let mut times = Times::default();
    told.map(|name| match times.of(&name) {
        1 => name,
        time => format!("{name} ({time})"),
    })
    .collect()
}

fn project(plan: &PlanSummary) -> Option<String> {
    plan.project.as_deref().map(line).filter(|name| !name.is_empty())
}

/// The path of a plan, and which document of that file it is.
fn document(report: &Report, plan: &PlanSummary) -> String {
    match plan.document {
        0 | 1 => plan_file(report, plan),
        document => format!("{}#{document}", plan_file(report, plan)),
    }
}

/// Counts how often each name has been given.
#[derive(Debug, Default)]
pub(super) struct Times(BTreeMap<String, usize>);

impl Times {
    /// How often it has been given, this time included.
    pub(super) fn of(&mut self, name: &str) -> usize {
        let times = self.0.entry(name.to_owned()).or_default();
        *times += 1;
        *times
    }

    /// How often it has been given up to now.
    fn so_far(&self, name: &str) -> usize {
        self.0.get(name).copied().unwrap_or_default()
    }
}

/// The limits of the bill that are exceeded, in words. They fail the run and stand in no file.
pub(super) fn exceeded(report: &Report) -> Vec<String> {
    let all = report.cost.iter().flat_map(rails);
    all.filter(|(held, _)| *held == Held::Exceeded).map(|(_, text)| sentence(&line(&text))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Delta;

    #[test]
    fn paths_stay_inside() {
        for (path, expected) in [
            ("plan.json", "plan.json"),
            ("./infra//plan.json", "infra/plan.json"),
            ("infra\\live\\plan.json", "infra/live/plan.json"),
            ("a/../b/plan.json", "b/plan.json"),
            ("../plan.json", "plan.json"),
            ("a/../../b/plan.json", "plan.json"),
            ("/home/somebody/plan.json", "plan.json"),
            ("C:\\work\\plan.json", "plan.json"),
            ("standard input", "standard input"),
            ("a\nb/plan.json", "a b/plan.json"),
            ("..", "plan"),
            ("", "plan"),
        ] {
            assert_eq!(inside(path), expected, "{path}");
        }
    }

    #[test]
    fn another_file_is_never_named_for_one_outside() {
        let own = |path: &str| Spot::of(&Place::line(path, 3)).map(|spot| spot.file);
        assert_eq!(own("infra/./a/../main.tf").as_deref(), Some("infra/main.tf"));
        for path in ["../main.tf", "a/../../main.tf", "/srv/main.tf", "C:\\main.tf", "${path.root}/main.tf", ""] {
            assert_eq!(own(path), None, "{path}");
        }
        let edit = |file: &str| Suggestion { file: file.into(), line: 1, old: vec!["a".into()], new: Vec::new() };
        let told = |files: &[&str]| {
            let mut remedy = Remedy::new("Do it", "So.", Delta::not_priced("nobody asks"));
            remedy.suggestions = files.iter().map(|file| edit(file)).collect();
            edits(&remedy).len()
        };
        assert_eq!(told(&["main.tf", "infra/main.tf"]), 2);
        assert_eq!(told(&["main.tf", "../main.tf"]), 0);
        assert_eq!(told(&["${path.root}/main.tf"]), 0);
    }

    #[test]
    fn texts_are_cut_and_joined() {
        assert_eq!(line(" a\r\n b\u{1b}[0m\t"), "a b [0m");
        assert_eq!(cut("äöü", 3), "äöü");
        assert_eq!(cut("äöüß", 3), "äö…");
    }

    #[test]
    fn severities_by_loudness() {
        let levels = Severity::ALL.map(Level::of);
        assert_eq!(levels, [Level::Note, Level::Note, Level::Warning, Level::Error, Level::Error]);
    }
}
