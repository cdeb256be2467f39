//! The money in a comment: what all of it costs, and the limits that somebody set.

use std::fmt::{self, Write as _};

use super::CostTotals;
use super::cost::{asides, headline as cost_headline, rails};
use super::markdown_detail::Detail;
use super::markdown_section::Section;
use super::markdown_text::{Page, clip, code, escape, inline};
use super::retold::Retold;
use super::text::sentence;
use crate::cost::Held;
use crate::units::few;

/// A note longer than this is cut.
pub(super) const NOTE: usize = 600;

/// What all of it costs, and what became of the limits.
pub(super) fn bill(runs: &[Retold], sections: &[Section<'_>], detail: &Detail, page: &mut Page) -> fmt::Result {
    let all = together(runs);
    for totals in all.iter().take(detail.notes) {
        money(totals, page)?;
    }
    if let Some(more) = all.len().checked_sub(detail.notes).filter(|more| *more > 0) {
        writeln!(page, "And bills in {more} more currencies.\n")?;
    }
    if runs.len() > 1 { limits_of_runs(runs, sections, detail, page) } else { Ok(()) }
}

/// What all runs cost together: amounts of one currency are added up, and those of another stand beside them.
fn together(runs: &[Retold]) -> Vec<CostTotals> {
    let mut sums: Vec<CostTotals> = Vec::new();
    for next in runs.iter().filter_map(Retold::cost) {
        let Some(sum) = sums.iter_mut().find(|sum| sum.currency == next.currency) else {
            sums.push(next);
            continue;
        };
        sum.balance = std::mem::take(&mut sum.balance).plus(next.balance);
        if sum.without_region == 0 {
            sum.assumed_region = next.assumed_region;
            sum.without_region = next.without_region;
        } else if sum.assumed_region == next.assumed_region {
            sum.without_region += next.without_region;
        }
    }
    if runs.len() > 1 {
        // The limits of one run stand with its name.
        for sum in &mut sums {
            sum.rails.clear();
        }
    }
    sums
}

/// The limits of the bill of many runs, each with the run's name: those that are exceeded; of a run of several plans, which has no
/// section of its own, all of them.
fn limits_of_runs(runs: &[Retold], sections: &[Section<'_>], detail: &Detail, page: &mut Page) -> fmt::Result {
    let (mut exceeded, mut others) = (Vec::new(), Vec::new());
    for run in runs {
        let rails = run.cost().map(|totals| rails(&totals)).unwrap_or_default();
        for (held, text) in rails {
            let text = inline(&clip(&sentence(&text), NOTE));
            if held == Held::Exceeded {
                exceeded.push(format!("{}: **{text}.**", called(run, sections)));
            } else if run.plans().len() > 1 {
                others.push(format!("{}: {text}.", called(run, sections)));
            }
        }
    }
    few_of(exceeded, detail, "more limits that are exceeded", page)?;
    few_of(others, detail, "more limits that are kept, or cannot be told", page)
}

/// The projects of a run, or its plans.
fn called(run: &Retold, sections: &[Section<'_>]) -> String {
    let mut names: Vec<String> = Vec::new();
    for section in sections.iter().filter(|section| std::ptr::eq(section.run, run)) {
        let name = code(&section.name);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    few(names)
}

fn money(totals: &CostTotals, page: &mut Page) -> fmt::Result {
    writeln!(page, "**{}**\n", escape(&clip(&cost_headline(totals).1, NOTE)))?;
    limits(totals, page)?;
    let asides = asides(totals);
    if asides.is_empty() { Ok(()) } else { writeln!(page, "{}\n", escape(&clip(&asides.join(" "), 2 * NOTE))) }
}

/// What became of the guard rails.
pub(super) fn limits(totals: &CostTotals, page: &mut Page) -> fmt::Result {
    for (held, text) in rails(totals) {
        let text = escape(&sentence(&text));
        match held {
            Held::Exceeded => writeln!(page, "**{text}.**\n")?,
            Held::Kept | Held::Open => writeln!(page, "{text}.\n")?,
        }
    }
    Ok(())
}

/// So many paragraphs as there may be notes, and how many more there are, in `words`.
pub(super) fn few_of(all: Vec<String>, detail: &Detail, words: &str, page: &mut Page) -> fmt::Result {
    let more = all.len().saturating_sub(detail.notes);
    for text in all.into_iter().take(detail.notes) {
        writeln!(page, "{text}\n")?;
    }
    if more > 0 { writeln!(page, "And {more} {words}.\n") } else { Ok(()) }
}

/// By how much a month is dearer, in a word or two.
pub(super) fn difference(totals: &CostTotals) -> String {
    let partial = if totals.balance.partial.is_empty() { "" } else { ", in part" };
    if totals.balance.before.priced + totals.balance.after.priced == 0 && !totals.balance.after.is_complete() {
        return "not known".to_owned();
    }
    format!("{}{partial}", totals.about_signed(totals.balance.difference))
}
