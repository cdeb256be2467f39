//! Advice for a pull request.

use std::io::{self, Write};

use super::advise::{Counsel, PlanCounsel, named};
use super::markdown_text::{cell, escape};
use super::text::{delta, sentence};

/// Writes `counsel` as Markdown that a forge renders.
pub fn render(counsel: &Counsel, out: &mut dyn Write) -> io::Result<()> {
    for plan in &counsel.plans {
        writeln!(out, "### planwise advise: {}\n", cell(&plan.plan.name))?;
        writeln!(out, "**{}**\n", escape(&plan.verdict(&counsel.currency)))?;
        if plan.violations() == 0 {
            continue;
        }
        writeln!(out, "{}\n", escape(&plan.bill(&counsel.currency)))?;
        steps(plan, out)?;
        let left = plan.left();
        if !left.is_empty() {
            writeln!(out, "| Stays | Resource | Why |\n|---|---|---|")?;
            for (finding, reason) in left {
                writeln!(out, "| {} | {} | {reason} |", escape(&named(finding)), cell(finding.address.as_str()))?;
            }
            writeln!(out)?;
        }
        writeln!(out, "{}\n", escape(&plan.why(counsel.budget, &counsel.currency)))?;
    }
    for note in &counsel.notes {
        writeln!(out, "_Note: {}._\n", escape(note))?;
    }
    Ok(())
}

fn steps(plan: &PlanCounsel, out: &mut dyn Write) -> io::Result<()> {
    let measures = plan.measures();
    if measures.is_empty() {
        return Ok(());
    }
    writeln!(out, "| Do | A month | Clears | Instead of |\n|---|---|---|---|")?;
    for measure in measures {
        let clears: Vec<String> = measure
            .clears
            .iter()
            .map(|finding| format!("{} of {}", escape(&named(finding)), cell(finding.address.as_str())))
            .collect();
        let instead: Vec<String> = measure.instead().iter().map(|other| escape(other)).collect();
        writeln!(
            out,
            "| {} | {} | {} | {} |",
            escape(&sentence(&measure.remedy.title)),
            delta(&measure.remedy.monthly_delta),
            clears.join("<br>"),
            instead.join("<br>"),
        )?;
    }
    writeln!(out)
}
