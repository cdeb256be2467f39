//! Advice for a terminal: what it comes to, what to do, what stays, and why nothing is cheaper.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style as Ansi};

use super::Style;
use super::advise::{Counsel, Measure, PlanCounsel, named};
use super::log;
use super::table::painted;
use super::text::{delta, delta_reason, sentence, tame, wrap};

const DIM: Ansi = Ansi::new().dimmed();
const BOLD: Ansi = Ansi::new().bold();
const GREEN: Ansi = AnsiColor::Green.on_default();

/// Writes `counsel` for a terminal. Colours are always written; the stream strips them where they are not wanted.
pub fn render(counsel: &Counsel, style: Style, out: &mut dyn Write) -> io::Result<()> {
    log::lines(out, |out| written(counsel, style, out))
}

fn written(counsel: &Counsel, style: Style, out: &mut dyn Write) -> io::Result<()> {
    for plan in &counsel.plans {
        writeln!(out, "{} {}\n", painted(DIM, "planwise advise"), tame(&plan.plan.name))?;
        paragraph(&plan.verdict(&counsel.currency), "", Some(BOLD), style, out)?;
        if plan.violations() > 0 {
            paragraph(&plan.bill(&counsel.currency), "", None, style, out)?;
        }
        let measures = plan.measures();
        if !measures.is_empty() {
            writeln!(out, "\n{}", painted(BOLD, "Do"))?;
        }
        for (at, measure) in measures.iter().enumerate() {
            self::measure(at, measure, style, out)?;
        }
        rest(plan, style, out)?;
        if !measures.is_empty() {
            writeln!(out)?;
            paragraph(&plan.why(counsel.budget, &counsel.currency), "", Some(DIM), style, out)?;
        }
        writeln!(out)?;
    }
    for note in &counsel.notes {
        paragraph(&format!("Note: {note}."), "", Some(DIM), style, out)?;
    }
    Ok(())
}

fn measure(at: usize, measure: &Measure<'_>, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let title = format!("{}. {} ({})", at + 1, sentence(&measure.remedy.title), delta(&measure.remedy.monthly_delta));
    for (line, indent) in
        wrap(&title, style.width.saturating_sub(5)).iter().zip(std::iter::once("  ").chain(std::iter::repeat("     ")))
    {
        writeln!(out, "{indent}{line}")?;
    }
    let reason = delta_reason(&measure.remedy.monthly_delta);
    let joint = if reason.is_empty() { "" } else { "; " };
    paragraph(&format!("{}{joint}{reason}.", sentence(&measure.remedy.detail)), "     ", Some(DIM), style, out)?;
    for finding in &measure.clears {
        let text = format!("clears {} of {}", named(finding), finding.address);
        paragraph(&text, "     ", Some(GREEN), style, out)?;
    }
    let instead = measure.instead();
    if instead.is_empty() {
        return Ok(());
    }
    paragraph(&format!("Instead of: {}.", instead.join("; ")), "     ", Some(DIM), style, out)
}

/// What stays, and what could not be told.
fn rest(plan: &PlanCounsel, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let left = plan.left();
    if !left.is_empty() {
        writeln!(out, "\n{}", painted(BOLD, "Stays"))?;
    }
    for (finding, reason) in left {
        let text = format!("{} of {}: {reason}.", named(finding), finding.address);
        paragraph(&text, "  ", None, style, out)?;
    }
    match plan.undetermined() {
        0 => Ok(()),
        1 => writeln!(
            out,
            "\n{}",
            painted(DIM, "1 finding is undetermined, and nothing is advised for it: planwise check tells why.")
        ),
        many => {
            let text =
                format!("{many} findings are undetermined, and nothing is advised for them: planwise check tells why.");
            writeln!(out, "\n{}", painted(DIM, &text))
        }
    }
}

fn paragraph(text: &str, indent: &str, paint: Option<Ansi>, style: Style, out: &mut dyn Write) -> io::Result<()> {
    for line in wrap(text, style.width.saturating_sub(indent.len())) {
        match paint {
            Some(paint) => writeln!(out, "{indent}{}", painted(paint, &line))?,
            None => writeln!(out, "{indent}{line}")?,
        }
    }
    Ok(())
}
