//! Markdown for a pull request: the verdict and the money first, then a table, the details folded; of one run or of many.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::io::{self, Write};

use super::headline::{self, Standing};
use super::host::{CommentTerms, Host};
use super::markdown_bill::{NOTE, bill, difference, few_of, limits};
use super::markdown_detail::{Detail, Left, STEPS};
use super::markdown_findings::{Sheet, Tale};
use super::markdown_section::{NAME, Section};
use super::markdown_text::{Page, cell, clip, code, escape, inline};
use super::retold::Retold;
use super::summary::Report;
use super::text::sentence;
use crate::units::{counted, listed};

/// Writes `report` as a comment on a pull request; where all of it is too much for the host, less of each finding.
pub fn render(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let tag = match report.plans.as_slice() {
        [plan] => plan.project.clone(),
        _ => None,
    };
    let run = Retold::of(report)?;
    out.write_all(comment(&[run], &CommentTerms { host: report.host, tag }).as_bytes())
}

/// Many runs, each of one project or of several, as one comment on a pull request: the worst first.
pub fn comment(runs: &[Retold], terms: &CommentTerms) -> String {
    let mut sections: Vec<Section<'_>> = Vec::new();
    for run in runs {
        let plans = run.plans();
        let is_alone = plans.len() == 1;
        sections.extend(plans.into_iter().enumerate().map(|(at, plan)| Section::new(run, at, plan, is_alone)));
    }
    sections.sort_by_key(|section| Reverse(section.worst()));
    for detail in STEPS {
        let mut page = Page::new(terms.host.limit());
        if write(runs, &sections, terms, detail, &mut page).is_ok() {
            return page.into_text();
        }
    }
    // Of the last step every part has an end, so this stands in for what cannot be.
    format!("{}\n### planwise: too much to be told in a comment\n", marker(terms))
}

/// The text by which a comment of planwise is found again: its first line, or the last where a host hides nothing.
pub fn marker(terms: &CommentTerms) -> String {
    let key = terms.tag.as_ref().map_or_else(String::new, |tag| format!(" key={}", key(tag)));
    if terms.host.has_html() { format!("<!-- planwise:report{key} -->") } else { format!("`planwise:report{key}`") }
}

/// A name without anything that could end the marker; two names that differ stay different.
fn key(name: &str) -> String {
    let mut key = String::new();
    for byte in name.bytes() {
        let is_safe = byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'/' | b'_');
        // Two dashes would end a comment of HTML.
        if is_safe || byte == b'-' && !key.is_empty() && !key.ends_with('-') {
            key.push(char::from(byte));
        } else {
            key.push_str(&format!("%{byte:02x}"));
        }
    }
    if key.ends_with('-') {
        key.pop();
        key.push_str("%2d");
    }
    key
}

fn write(
    runs: &[Retold],
    sections: &[Section<'_>],
    terms: &CommentTerms,
    detail: &Detail,
    page: &mut Page,
) -> fmt::Result {
    let host = terms.host;
    let several = sections.len() > 1;
    let mut left = Left::default();
    if host.has_html() {
        writeln!(page, "{}", marker(terms))?;
    }
    verdict(runs, sections, detail, page)?;
    notes(runs, sections, detail, page)?;
    if several {
        projects(runs, sections, detail, page)?;
    }
    for (at, section) in sections.iter().filter(|section| !several || !section.is_empty()).enumerate() {
        if several && at >= detail.sections {
            left.findings += section.new.len();
            left.others += section.others();
            continue;
        }
        tell(section, several, (runs.len() > 1, host), (detail, &mut left), page)?;
    }
    if let Some(text) = left.told(host, detail) {
        writeln!(page, "{}\n", escape(&text))?;
    }
    coverage(runs, sections, host, detail, page)?;
    if !host.has_html() {
        writeln!(page, "\n{}", marker(terms))?;
    }
    Ok(())
}

/// What is found and what it costs, of all together.
fn verdict(runs: &[Retold], sections: &[Section<'_>], detail: &Detail, page: &mut Page) -> fmt::Result {
    let standing = runs.iter().map(|run| run.standing(|_| true)).fold(Standing::default(), Standing::plus);
    let (_, text) = headline::verdict_of(&standing);
    let text = escape(text.trim_end_matches('.'));
    let failing = failing(sections);
    if runs.len() > 1 && failing > 0 {
        let verb = if failing == 1 { "fails" } else { "fail" };
        writeln!(page, "### planwise: {failing} of {} {verb}. {text}\n", kind(sections, sections.len()))?;
    } else {
        writeln!(page, "### planwise: {text}\n")?;
    }
    if let [section] = sections
        && section.plan.project.is_some()
    {
        writeln!(page, "Project {}\n", code(&section.name))?;
    }
    let failed = || runs.iter().filter(|run| run.failed());
    let fails = match failed().find_map(Retold::fail_on) {
        Some(word) => Some(format!("**The check fails** (`--fail-on {word}`).")),
        None => failed().next().map(|_| "**The check fails.**".to_owned()),
    };
    let aside = headline::aside_of(&standing).map(|aside| escape(&aside));
    let line: Vec<String> = fails.into_iter().chain(aside).collect();
    if !line.is_empty() {
        writeln!(page, "{}\n", line.join(" "))?;
    }
    let reasons = sections.iter().filter_map(|section| Some((section, section.not_analysed()?)));
    let reasons = reasons.map(|(section, reason)| {
        let reason = inline(&clip(reason.trim_end_matches('.'), NOTE));
        format!("**{} could not be analysed:** {reason}.", code(&section.name))
    });
    few_of(reasons.collect(), detail, "more that could not be analysed", page)?;
    bill(runs, sections, detail, page)
}

/// How many of them fail.
fn failing(sections: &[Section<'_>]) -> usize {
    sections.iter().filter(|section| section.fails).count()
}

/// `2 projects`, or plans where one of them has no project.
fn kind(sections: &[Section<'_>], number: usize) -> String {
    let named = sections.iter().all(|section| section.plan.project.is_some());
    count(number, if named { "project" } else { "plan" })
}

fn count(number: usize, noun: &str) -> String {
    counted(u64::try_from(number).unwrap_or(u64::MAX), noun)
}

/// What a reader should know of how it was read.
fn notes(runs: &[Retold], sections: &[Section<'_>], detail: &Detail, page: &mut Page) -> fmt::Result {
    let mut all: Vec<String> = repeated(sections);
    for section in sections {
        let told = headline::notes(&section.plan).into_iter();
        all.extend(told.map(|note| format!("{}: {}", code(&section.name), escape(&clip(&note, NOTE)))));
    }
    for note in runs.iter().flat_map(|run| &run.notes) {
        let note = escape(&clip(&sentence(note), NOTE));
        if !all.contains(&note) {
            all.push(note);
        }
    }
    for note in all.iter().take(detail.notes) {
        writeln!(page, "> {note}\n")?;
    }
    if let Some(more) = all.len().checked_sub(detail.notes).filter(|more| *more > 0) {
        writeln!(page, "> {}\n", count(more, "more note"))?;
    }
    Ok(())
}

/// Plans that seem to be in several reports: what is found in them counts each time, and what they cost.
fn repeated(sections: &[Section<'_>]) -> Vec<String> {
    let of = |section: &Section<'_>| (section.plan.project.clone(), section.plan.name.clone());
    let mut numbers: BTreeMap<_, usize> = BTreeMap::new();
    for section in sections {
        *numbers.entry(of(section)).or_default() += 1;
    }
    let told = numbers.into_iter().filter(|(_, number)| *number > 1).map(|((project, plan), number)| {
        let plan = code(&clip(&plan, NAME));
        match project {
            Some(project) => format!(
                "{}: its plan {plan} is read {number} times, and counts each time: leave out all but one",
                code(&clip(&project, NAME))
            ),
            None => format!(
                "{plan}: a plan of this name is read {number} times, and counts each time: if it is the same one, leave out \
                 all but one; if not, `planwise check --project NAME` tells them apart"
            ),
        }
    });
    told.collect()
}

/// All projects in a table, the worst first.
fn projects(runs: &[Retold], sections: &[Section<'_>], detail: &Detail, page: &mut Page) -> fmt::Result {
    let costs = runs.len() > 1 && runs.iter().any(|run| run.cost().is_some());
    let title = if sections.iter().all(|section| section.plan.project.is_some()) { "Project" } else { "Plan" };
    let (head, rule) = if costs { (" Monthly cost |", "--:|") } else { ("", "") };
    writeln!(page, "| {title} | Verdict | New | Resolved | There before | Undetermined |{head}")?;
    writeln!(page, "|---|---|---|--:|--:|--:|{rule}")?;
    for section in sections.iter().take(detail.projects) {
        let new = section.by_severity();
        let new = listed(new.iter().map(|(severity, count)| format!("{count} {}", severity.as_str())));
        write!(page, "| {} | {} |", cell(&section.name), section.verdict())?;
        if section.not_analysed().is_some() {
            write!(page, " not known | | | |")?;
        } else {
            write!(
                page,
                " {} | {} | {} | {} |",
                if section.new.is_empty() { "none" } else { &new },
                section.resolved.len(),
                section.existing.len(),
                section.unknown.len(),
            )?;
        }
        if costs {
            let none = if section.not_analysed().is_some() { "not known" } else { "not asked" };
            let cost = section.run.cost().map_or_else(|| none.to_owned(), |totals| difference(&totals));
            write!(page, " {} |", if section.is_alone { inline(&clip(&cost, NAME)) } else { String::new() })?;
        }
        writeln!(page)?;
    }
    let rest = sections.get(detail.projects..).unwrap_or_default();
    if !rest.is_empty() {
        let failing = match failing(rest) {
            0 => "none of which fails".to_owned(),
            1 => "of which 1 fails".to_owned(),
            number => format!("of which {number} fail"),
        };
        writeln!(page, "\nAnd {} more, {failing}.", kind(sections, rest.len()))?;
    }
    writeln!(page)
}

/// What is to be said of one plan; `many` is whether there are other runs.
fn tell(
    section: &Section<'_>,
    several: bool,
    (many, host): (bool, Host),
    (detail, left): (&Detail, &mut Left),
    page: &mut Page,
) -> fmt::Result {
    if several {
        writeln!(page, "#### {}\n", code(&section.name))?;
    }
    if many
        && section.is_alone
        && let Some(totals) = section.run.cost()
    {
        limits(&totals, page)?;
    }
    let mut tale = Tale { host, detail, left, currency: section.run.currency() };
    tale.table(&section.new, page)?;
    tale.details(&section.new, page)?;
    tale.list(Sheet::Resolved, &section.resolved, page)?;
    tale.list(Sheet::Before, &section.existing, page)?;
    tale.list(Sheet::Undetermined, &section.unknown, page)?;
    tale.list(Sheet::Exempted, &section.exempted, page)
}

/// How much was understood, and what was applied.
fn coverage(runs: &[Retold], sections: &[Section<'_>], host: Host, detail: &Detail, page: &mut Page) -> fmt::Result {
    const KINDS: usize = 12;
    const FOLDED: usize = 3;
    let small = |page: &mut Page, text: &str| {
        if host.has_html() { writeln!(page, "<sub>{text}</sub>") } else { writeln!(page, "{text}\n") }
    };
    if sections.iter().all(|section| section.not_analysed().is_some()) {
        return Ok(());
    }
    let folded = sections.len() > FOLDED && host.has_html();
    if folded {
        writeln!(page, "<details><summary>What was read</summary>\n")?;
    }
    let mut read = sections.iter().filter(|section| section.not_analysed().is_none());
    for section in read.by_ref().take(detail.coverage) {
        let plan = &section.plan;
        let name = if sections.len() > 1 { format!("{}: ", code(&section.name)) } else { String::new() };
        let mut text = format!("{name}{} of {} resources understood", plan.understood, plan.resources);
        if !plan.not_understood.is_empty() {
            let mut kinds: Vec<_> = plan.not_understood.iter().collect();
            kinds.sort_by_key(|(_, count)| Reverse(**count));
            let more = kinds.len().saturating_sub(KINDS);
            let told =
                kinds.into_iter().take(KINDS).map(|(kind, count)| format!("{} ({count})", code(&clip(kind, NAME))));
            let more = (more > 0).then(|| count(more, "other type"));
            text.push_str(&format!("; nothing is said of {}", listed(told.chain(more))));
        }
        small(page, &format!("{text}."))?;
    }
    let more = read.count();
    if more > 0 {
        small(page, &format!("And {more} more."))?;
    }
    if folded {
        writeln!(page, "\n</details>\n")?;
    }
    let mut said: Vec<String> = Vec::new();
    for run in runs.iter().filter(|run| run.not_analysed.is_none()) {
        let passed = run.standing(|_| true).summary.passed;
        let text = clip(&headline::applied_of(&run.rules(), passed, run.basis().as_ref()), NOTE);
        if runs.len() == 1 {
            return small(page, &escape(&text));
        }
        // Of many runs what they go by is told once.
        let text = text.split_once("; ").map_or_else(
            || text.clone(),
            |(rules, rest)| format!("{rules}.{}", rest.split_once('.').map_or("", |(_, basis)| basis)),
        );
        if !said.contains(&text) {
            said.push(text);
        }
    }
    said.truncate(KINDS);
    small(page, &escape(&clip(&said.join(" "), NOTE)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_end_no_comment_and_stay_apart() {
        assert_eq!(key("network/eu-1"), "network/eu-1");
        assert_eq!(key("a b"), "a%20b");
        assert_eq!(key("a--> <b>"), "a-%2d%3e%20%3cb%3e");
        assert_eq!(key("-a-"), "%2da%2d");
        assert_ne!(key("a b"), key("a_b"));
    }
}
