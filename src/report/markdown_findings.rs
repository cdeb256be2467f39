//! Findings in a comment: the table, the details of each, and what is only listed.

use std::fmt::{self, Write as _};

use super::host::Host;
use super::markdown_detail::{Detail, Left};
use super::markdown_text::{Page, cell, clip, code, escape, fenced, html, inline, prose};
use super::retold::{RetoldFinding, RetoldRemedy, RetoldSuggestion};
use super::text::sentence;
use crate::units::counted;

/// A name, a value or a line longer than this is cut.
const SHORT: usize = 300;
/// A message longer than this is cut.
const LONG: usize = 2_000;
/// So many lines of arithmetic, of evidence or of a change are shown.
const LINES: usize = 60;

/// A list of findings that are not new.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Sheet {
    Resolved,
    Before,
    Undetermined,
    Exempted,
}

impl Sheet {
    const fn title(self) -> &'static str {
        match self {
            Self::Resolved => "Resolved by this plan",
            Self::Before => "There before",
            Self::Undetermined => "Undetermined",
            Self::Exempted => "Exempted",
        }
    }
}

/// Tells the findings of one plan.
#[derive(Debug)]
pub(super) struct Tale<'t> {
    pub(super) host: Host,
    pub(super) detail: &'t Detail,
    pub(super) left: &'t mut Left,
    pub(super) currency: &'t str,
}

impl Tale<'_> {
    /// New findings, a line each.
    pub(super) fn table(&mut self, findings: &[&RetoldFinding], page: &mut Page) -> fmt::Result {
        let most = self.detail.rows;
        let more = findings.len().saturating_sub(most);
        self.left.findings += more;
        if findings.is_empty() || most == 0 {
            return Ok(());
        }
        writeln!(page, "| Severity | Resource | Problem | First way out |\n|---|---|---|---|")?;
        for finding in findings.iter().take(most) {
            let names = finding.names();
            let way = finding.remedies.first().map_or_else(String::new, |remedy| {
                let title = prose(&clip(&sentence(&remedy.title), SHORT), &names, cell);
                format!("{title} ({})", inline(&remedy.price(self.currency)))
            });
            writeln!(
                page,
                "| {} | {} | **{}**: {} | {way} |",
                finding.severity.as_str(),
                cell(&clip(&finding.subject(), SHORT)),
                escape(&clip(&finding.rule, SHORT)),
                prose(&clip(&sentence(first_sentence(&finding.message)), LONG), &names, cell),
            )?;
        }
        if more > 0 {
            writeln!(page, "\nAnd {more} more.")?;
        }
        writeln!(page)
    }

    /// New findings, each with all that there is to say.
    pub(super) fn details(&mut self, findings: &[&RetoldFinding], page: &mut Page) -> fmt::Result {
        let shown = findings.len().min(self.detail.folds);
        // What does not even stand in the table has been counted.
        self.left.details += findings.len().min(self.detail.rows).saturating_sub(shown);
        for finding in findings.iter().take(shown) {
            let subject = clip(&finding.subject(), SHORT);
            let (severity, rule, status) =
                (finding.severity.as_str(), clip(&finding.rule, SHORT), finding.status.as_str());
            let title = if self.host.has_html() {
                format!("<b>{severity}: {}</b> <code>{}</code> ({status})", html(&rule), html(&subject))
            } else {
                format!("{severity}: {} {} ({status})", escape(&rule), code(&subject))
            };
            self.open(&title, page)?;
            self.body(finding, page)?;
            self.close(page)?;
        }
        Ok(())
    }

    fn open(&self, title: &str, page: &mut Page) -> fmt::Result {
        if self.host.has_html() {
            writeln!(page, "<details><summary>{title}</summary>\n")
        } else {
            writeln!(page, "##### {title}\n")
        }
    }

    fn close(&self, page: &mut Page) -> fmt::Result {
        if self.host.has_html() { writeln!(page, "</details>\n") } else { Ok(()) }
    }

    fn body(&mut self, finding: &RetoldFinding, page: &mut Page) -> fmt::Result {
        let names = finding.names();
        if let Some(place) = finding.place() {
            let inner = finding.inner_place();
            let inner =
                inner.map_or_else(String::new, |inner| format!(", in the module {}", code(&clip(&inner, SHORT))));
            writeln!(page, "{}{inner}\n", code(&clip(&place, SHORT)))?;
        }
        writeln!(page, "{}\n", prose(&clip(&sentence(&finding.message), LONG), &names, code))?;
        if !finding.working.is_empty() {
            let mut lines: Vec<String> = finding.working.iter().take(LINES).map(|line| one_line(line)).collect();
            lines.extend(more(finding.working.len(), "line"));
            writeln!(page, "{}", fenced("text", &lines.join("\n")))?;
        }
        self.evidence(finding, page)?;
        for (at, remedy) in finding.remedies.iter().enumerate() {
            self.remedy(at + 1, remedy, &names, page)?;
        }
        match &finding.picture {
            Some(picture) if self.host.draws() && self.detail.pictures => {
                writeln!(page, "{}", fenced("mermaid", picture.trim_end()))
            }
            Some(_) if self.host.draws() => {
                self.left.pictures = true;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn evidence(&mut self, finding: &RetoldFinding, page: &mut Page) -> fmt::Result {
        if finding.evidence.is_empty() {
            return Ok(());
        }
        if !self.detail.evidence {
            self.left.evidence = true;
            return Ok(());
        }
        writeln!(page, "| Resource | Attribute | Value | Source |\n|---|---|---|---|")?;
        for piece in finding.evidence.iter().take(LINES) {
            let note = clip(&piece.provenance(), SHORT);
            writeln!(
                page,
                "| {} | {} | {} | {} |",
                cell(&clip(&piece.address, SHORT)),
                cell(&clip(&piece.attribute, SHORT)),
                cell(&clip(&piece.value, SHORT)),
                if note.is_empty() { "plan".to_owned() } else { escape(&note) },
            )?;
        }
        if let Some(more) = more(finding.evidence.len(), "piece") {
            writeln!(page, "\n{}", escape(&more))?;
        }
        writeln!(page)
    }

    fn remedy(&mut self, number: usize, remedy: &RetoldRemedy, names: &[&str], page: &mut Page) -> fmt::Result {
        let reason = remedy.reason();
        let joint = if reason.is_empty() { "" } else { "; " };
        writeln!(
            page,
            "**{number}\\. {}** ({}): {}{joint}{}.\n",
            prose(&clip(&sentence(&remedy.title), SHORT), names, code),
            inline(&remedy.price(self.currency)),
            prose(&clip(&remedy.detail, LONG), names, code),
            if reason.is_empty() { String::new() } else { prose(&clip(reason, LONG), names, code) },
        )?;
        if remedy.suggestions.is_empty() {
            return Ok(());
        }
        if !self.detail.diffs {
            self.left.diffs = true;
            return Ok(());
        }
        remedy.suggestions.iter().try_for_each(|suggestion| change(suggestion, page))
    }

    /// Findings that are not new, an item each.
    pub(super) fn list(&mut self, sheet: Sheet, findings: &[&RetoldFinding], page: &mut Page) -> fmt::Result {
        let most = self.detail.lists;
        let more = findings.len().saturating_sub(most);
        self.left.others += more;
        if findings.is_empty() {
            return Ok(());
        }
        let title = format!("{} ({})", sheet.title(), findings.len());
        if most == 0 {
            return writeln!(page, "{title}\n");
        }
        self.open(&title, page)?;
        for finding in findings.iter().take(most) {
            let text = if sheet == Sheet::Exempted {
                escape(&clip(&finding.exemption(), LONG))
            } else {
                prose(&clip(&sentence(&finding.message), LONG), &finding.names(), code)
            };
            writeln!(
                page,
                "- {} ({}, {}): {text}",
                code(&clip(&finding.subject(), SHORT)),
                escape(&clip(&finding.rule, SHORT)),
                finding.severity.as_str(),
            )?;
        }
        if more > 0 {
            writeln!(page, "- and {more} more")?;
        }
        writeln!(page)?;
        self.close(page)
    }
}

/// The lines to write, as a diff: lines that stay, at both ends, stand around those that change.
fn change(suggestion: &RetoldSuggestion, page: &mut Page) -> fmt::Result {
    let (old, new) = (&suggestion.old, &suggestion.new);
    let head = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let rest = old.len().min(new.len()).saturating_sub(head);
    let tail = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(old, new)| old == new).count();
    let part = |mark: char, lines: &[String], from: usize, to: usize| -> Vec<String> {
        let lines = lines.iter().take(to).skip(from);
        lines.map(|line| format!("{mark}{}", one_line(line))).collect()
    };
    let mut lines = part(' ', old, 0, head);
    lines.extend(part('-', old, head, old.len() - tail));
    lines.extend(part('+', new, head, new.len() - tail));
    lines.extend(part(' ', old, old.len() - tail, old.len()));
    let rest = more(lines.len(), "line");
    lines.truncate(LINES);
    lines.extend(rest);
    let place = clip(&format!("{}:{}", suggestion.file, suggestion.line), SHORT);
    writeln!(page, "{}:\n\n{}", code(&place), fenced("diff", &lines.join("\n")))
}

/// A line that is one, and not too long.
fn one_line(text: &str) -> String {
    clip(text, SHORT).replace('\n', " ")
}

/// How many there are beyond what is shown.
fn more(number: usize, noun: &str) -> Option<String> {
    let more = number.checked_sub(LINES).filter(|more| *more > 0)?;
    Some(format!("... and {}", counted(u64::try_from(more).unwrap_or(u64::MAX), &format!("more {noun}"))))
}

/// A text up to its first full stop that ends a sentence.
fn first_sentence(text: &str) -> &str {
    text.split_once(". ").map_or(text, |(first, _)| first)
}
