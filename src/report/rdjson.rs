//! Diagnostics for reviewdog, which comments on the lines of a change, with edits that can be taken over.
//!
//! Source: `proto/rdf/reviewdog.proto` of github.com/reviewdog/reviewdog, and its writers for GitHub and GitLab; read on 2026-11-30.
//! - A range in which neither end has a column is one of whole lines, both ends included. It takes in no line end behind the last of
//!   them, and its text has none.
//! - Columns count bytes. What is known here are characters, so that no column is written.
//! - GitHub takes an edit only on exactly the lines of its diagnostic: each edit is a diagnostic of its own.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::issues::{Level, Spot, edits, line, message, spot, standing};
use super::markdown_text::escape;
use super::summary::{Report, Told};
use crate::finding::{Finding, Remedy, Suggestion};

/// Writes the findings of `report` that are not over, as one document.
pub fn render(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let document = json!({ "source": source(), "diagnostics": diagnostics(report) });
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

/// Writes the same, a diagnostic on each line.
pub fn render_lines(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for mut diagnostic in diagnostics(report) {
        if let Value::Object(fields) = &mut diagnostic {
            fields.insert("source".to_owned(), source());
        }
        serde_json::to_writer(&mut *out, &diagnostic)?;
        writeln!(out)?;
    }
    Ok(())
}

fn source() -> Value {
    json!({ "name": "planwise" })
}

fn diagnostics(report: &Report) -> Vec<Value> {
    standing(report).into_iter().flat_map(|told| of_finding(report, told)).collect()
}

/// The finding, with the edit beside it, and then the other edits that belong to it: those of the first remedy that is one.
fn of_finding(report: &Report, told: &Told) -> Vec<Value> {
    let finding = &told.advice.finding;
    let spot = spot(report, told);
    let at = finding.remedies.iter().position(|remedy| !edits(remedy).is_empty());
    let Some(remedy) = at.and_then(|at| finding.remedies.get(at)) else {
        return vec![diagnostic(report, finding, &spot, None, &message(told))];
    };
    let beside = edits(remedy).iter().position(|edit| is_at(edit, &spot));
    let own = beside.and_then(|at| edits(remedy).get(at));
    let said = if own.is_some() && at != Some(0) { format!(" The edit: {}.", title(remedy)) } else { String::new() };
    let mut all = vec![diagnostic(report, finding, &spot, own, &format!("{}{said}", message(told)))];
    for (_, edit) in edits(remedy).iter().enumerate().filter(|(at, _)| Some(*at) != beside) {
        let text = format!("Belongs to {} of {}: {}.", finding.rule.name, finding.address, title(remedy));
        all.push(diagnostic(report, finding, &Spot::of_edit(edit), Some(edit), &text));
    }
    all
}

/// Whether an edit changes the line of a finding.
fn is_at(edit: &Suggestion, spot: &Spot) -> bool {
    edit.file.as_str() == spot.file && spot.line.is_some_and(|line| (edit.line..=edit.last_line()).contains(&line))
}

fn title(remedy: &Remedy) -> &str {
    remedy.title.trim_end_matches('.')
}

fn diagnostic(report: &Report, finding: &Finding, spot: &Spot, edit: Option<&Suggestion>, text: &str) -> Value {
    let severity = match Level::of_finding(report, finding) {
        Level::Error => "ERROR",
        Level::Warning => "WARNING",
        Level::Note => "INFO",
    };
    let lines = edit.map(|edit| (edit.line, edit.last_line())).or_else(|| spot.line.map(|line| (line, line)));
    let mut location = json!({ "path": spot.file });
    if let (Some(lines), Value::Object(fields)) = (lines, &mut location) {
        fields.insert("range".to_owned(), range(lines));
    }
    let mut diagnostic = json!({
        "message": comment(text),
        "location": location,
        "severity": severity,
        "code": { "value": finding.rule.name },
    });
    if let (Some(edit), Value::Object(fields)) = (edit, &mut diagnostic) {
        let suggestion = json!({ "range": range((edit.line, edit.last_line())), "text": edit.new.join("\n") });
        fields.insert("suggestions".to_owned(), json!([suggestion]));
    }
    diagnostic
}

fn range((first, last): (usize, usize)) -> Value {
    json!({ "start": { "line": first }, "end": { "line": last } })
}

/// Text for a comment, which is Markdown: nothing in it calls anybody, links anywhere or hides what follows. Within a word an
/// underscore means itself, and stays readable where a reporter shows the text as it is.
fn comment(text: &str) -> String {
    let escaped = escape(&line(text));
    let chars: Vec<char> = escaped.chars().collect();
    let is_word = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| c.is_alphanumeric());
    let mut told = String::with_capacity(escaped.len());
    for (at, c) in chars.iter().enumerate() {
        let is_inner =
            *c == '\\' && chars.get(at + 1) == Some(&'_') && is_word(at.checked_sub(1)) && is_word(at.checked_add(2));
        if !is_inner {
            told.push(*c);
        }
        // An issue's number in GitHub's other spelling.
        if *c == '-'
            && is_word(at.checked_add(1))
            && told.get(told.len().saturating_sub(3)..).is_some_and(|end| end.eq_ignore_ascii_case("gh-"))
        {
            told.push('\u{200b}');
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_text() {
        for (text, expected) in [
            ("<!-- x --> <b>", "&lt;!-- x --&gt; &lt;b&gt;"),
            ("[a](https://b.c)", "\\[a\\](https&#58;//b.c)"),
            ("see #12 and GH-12, gh-7", "see \\#\u{200b}12 and GH-\u{200b}12, gh-\u{200b}7"),
            ("@team `a`", "@\u{200b}team \\`a\\`"),
            ("aws_db_instance.main of _x_", "aws_db_instance.main of \\_x\\_"),
            ("/close", "&#47;close"),
        ] {
            assert_eq!(comment(text), expected);
        }
    }
}
