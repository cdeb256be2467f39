//! What is aimed at, with its unit: ratio or percent, seconds or milliseconds. What could be either is named, never guessed.

use super::given::Given;
use super::measure::{Figure, Unit, Window, by_comment, figure, percent, time, window};
use super::node::{View, is_templated};
use super::problem::{Problem, ProblemKind};
use crate::model::Text;
use crate::units::{Decimal, plain};

/// Seconds that a caller waits at most: a time of more is in milliseconds where no unit stands beside it.
///
/// Source: AWS, "Elastic Load Balancing: load balancer attributes", idle timeout of 60 seconds by default; read 2026-11-29.
const LONGEST_SECONDS: i64 = 60;

/// A document while it is read: where its lines are, and what is found wrong with it.
pub(super) struct Desk<'t> {
    pub(super) file: Text,
    lines: Vec<&'t str>,
    pub(super) problems: Vec<Problem>,
}

impl<'t> Desk<'t> {
    pub(super) fn new(file: &str, text: &'t str) -> Self {
        Self { file: file.into(), lines: text.lines().collect(), problems: Vec::new() }
    }

    /// Notes what is wrong; gives why the value cannot be told.
    pub(super) fn note<T>(&mut self, kind: ProblemKind, field: &str, line: u64, what: &str, way_out: &str) -> Given<T> {
        let (what, way_out) = (what.to_owned(), way_out.to_owned());
        let reason = format!("{}:{line}: {what}", self.file);
        self.problems.push(Problem { kind, field: field.into(), file: self.file.clone(), line, what, way_out });
        Given::Unclear(reason)
    }

    /// What the comment on a line says of the unit of `number`.
    fn comment(&self, line: u64, number: Decimal) -> Option<Unit> {
        let at = usize::try_from(line).ok()?.checked_sub(1)?;
        by_comment(self.lines.get(at)?, number)
    }

    /// A text; `TODO` and its like are none.
    pub(super) fn text(&mut self, view: View<'_>, field: &str) -> Given<Text> {
        let Some(text) = view.text().map(str::trim) else { return Given::Unset };
        let empty = ["", "todo", "tbd", "tba", "n/a", "none", "?", "null", "fixme", "xxx"];
        if empty.contains(&text.to_ascii_lowercase().as_str()) {
            return Given::Unset;
        }
        if is_templated(text) {
            return self.templated(view, field);
        }
        Given::Set(text.into())
    }

    fn templated<T>(&mut self, view: View<'_>, field: &str) -> Given<T> {
        let what = format!("the {field} is filled in later, by a template");
        self.note(ProblemKind::Unclear, field, view.line, &what, "check the file that comes of it")
    }

    /// A number, with what may stand beside it as its unit.
    pub(super) fn figure(&mut self, view: View<'_>, field: &str) -> Given<Figure> {
        if !view.is_there() {
            return Given::Unset;
        }
        let Some(text) = view.text() else {
            let what = format!("the {field} is no number");
            return self.note(ProblemKind::Wrong, field, view.line, &what, "write a number, such as 99.9 or 200");
        };
        if is_templated(text) {
            return self.templated(view, field);
        }
        let Some(mut figure) = figure(text) else {
            let what = format!("the {field} is `{text}`, which is no number");
            return self.note(ProblemKind::Wrong, field, view.line, &what, "write a number, such as 99.9 or 200");
        };
        figure.comment = self.comment(view.line, figure.number);
        if figure.number <= Decimal::ZERO {
            let what = format!("the {field} is {}", plain(figure.number));
            return self.note(ProblemKind::Wrong, field, view.line, &what, "write a number above zero");
        }
        Given::Set(figure)
    }

    /// A length of time.
    pub(super) fn window(&mut self, view: View<'_>, field: &str) -> Given<Window> {
        if !view.is_there() {
            return Given::Unset;
        }
        let text = view.text().unwrap_or_default();
        if is_templated(text) {
            return self.templated(view, field);
        }
        window(text).map_or_else(
            || {
                let what = format!("the {field} is `{text}`, which is no length of time");
                self.note(ProblemKind::Wrong, field, view.line, &what, "write it with its unit: 30d")
            },
            Given::Set,
        )
    }

    /// A share that is to be reached: 99.9 is a percentage, 0.999 a ratio, where no unit says otherwise.
    pub(super) fn share(&mut self, view: View<'_>, unit: Option<Unit>, field: &str) -> Given<Decimal> {
        let figure = match self.figure(view, field) {
            Given::Set(figure) => figure,
            Given::Unset => return Given::Unset,
            Given::Unclear(reason) => return Given::Unclear(reason),
        };
        let number = figure.number;
        let shown = plain(number);
        let ratio = match figure.unit(unit) {
            Some(Unit::Percent) => number / Decimal::ONE_HUNDRED,
            Some(Unit::Ratio) => number,
            None if number > Decimal::ONE => number / Decimal::ONE_HUNDRED,
            None => number,
            Some(_) => {
                let what = format!("the {field} is {shown} in a unit that is no share of requests");
                return self.note(ProblemKind::Wrong, field, view.line, &what, "write 99.9 and `unit: percent`");
            }
        };
        self.in_range(ratio, &shown, view.line, field)
    }

    /// A share that can be kept, and that leaves something to lose.
    pub(super) fn in_range(&mut self, ratio: Decimal, shown: &str, line: u64, field: &str) -> Given<Decimal> {
        let what = if ratio > Decimal::ONE {
            format!("the {field} is {shown}, which is more than all requests")
        } else if ratio == Decimal::ONE {
            format!("the {field} is all requests, and leaves no error budget: nothing may ever fail")
        } else if ratio < Decimal::new(5, 1) {
            format!("the {field} is {shown}, which means {}: less than half of all requests", percent(ratio))
        } else {
            return Given::Set(ratio);
        };
        self.note(ProblemKind::Wrong, field, line, &what, "write a percentage such as 99.9, or a ratio such as 0.999")
    }

    /// A time that requests may take.
    pub(super) fn time(&mut self, view: View<'_>, unit: Option<Unit>, field: &str) -> Given<Decimal> {
        let figure = match self.figure(view, field) {
            Given::Set(figure) => figure,
            Given::Unset => return Given::Unset,
            Given::Unclear(reason) => return Given::Unclear(reason),
        };
        let shown = plain(figure.number);
        let milliseconds = match figure.unit(unit) {
            Some(unit) => unit.milliseconds(figure.number),
            None if figure.number > Decimal::from(LONGEST_SECONDS) => Some(figure.number),
            None => {
                let what = format!("the {field} is {shown} without a unit: it may be seconds or milliseconds");
                let kind = ProblemKind::Missing;
                return self.note(kind, field, view.line, &what, "add `unit: ms`, or write it as 200ms");
            }
        };
        let Some(milliseconds) = milliseconds else {
            let what = format!("the {field} is {shown} in a unit that is no time");
            return self.note(ProblemKind::Wrong, field, view.line, &what, "write it in ms or s, with its unit");
        };
        let line = view.line;
        if milliseconds < Decimal::ONE {
            let what = format!("the {field} is {}, faster than a network answers", time(milliseconds));
            return self.note(ProblemKind::Unclear, field, line, &what, "if seconds are meant, say `unit: s`");
        }
        if milliseconds > Decimal::from(LONGEST_SECONDS) * Decimal::ONE_THOUSAND {
            let what = format!("the {field} is {}, longer than callers wait", time(milliseconds));
            return self.note(ProblemKind::Unclear, field, line, &what, "if milliseconds are meant, say `unit: ms`");
        }
        Given::Set(milliseconds)
    }

    /// The share of requests that may fail. 0.1 may be a tenth of them or a thousandth: what else the document says decides,
    /// which is `availability`, as it means it and as it is written, and whether the shape writes `ratios`.
    pub(super) fn failing(
        &mut self,
        view: View<'_>,
        unit: Option<Unit>,
        (availability, ratios): (Option<(Decimal, bool)>, bool),
        field: &str,
    ) -> Given<Decimal> {
        let figure = match self.figure(view, field) {
            Given::Set(figure) => figure,
            Given::Unset => return Given::Unset,
            Given::Unclear(reason) => return Given::Unclear(reason),
        };
        let (number, part) = (figure.number, figure.number / Decimal::ONE_HUNDRED);
        let rest = availability.map(|(ratio, _)| Decimal::ONE - ratio);
        let in_ratios = ratios || availability.is_some_and(|(_, as_ratio)| as_ratio);
        let rate = match figure.unit(unit) {
            Some(Unit::Percent) => part,
            Some(Unit::Ratio) => number,
            Some(_) => {
                let what = format!("the {field} is {} in a unit that is no share of requests", plain(number));
                return self.note(ProblemKind::Wrong, field, view.line, &what, "write 0.1 and `unit: percent`");
            }
            None if number > Decimal::ONE => part,
            None if rest == Some(number) => number,
            None if rest == Some(part) => part,
            None if in_ratios => number,
            // A tenth of all requests and more is nobody's objective.
            None if number >= Decimal::new(1, 1) => part,
            None => {
                let (one, other) = (percent(number), percent(part));
                let what = format!("the {field} is {} without a unit: it may be {one} or {other}", plain(number));
                let kind = ProblemKind::Missing;
                return self.note(kind, field, view.line, &what, "add `unit: percent` or `unit: ratio`");
            }
        };
        if rate >= Decimal::new(5, 1) {
            let what = format!("the {field} lets {} of all requests fail", percent(rate));
            return self.note(
                ProblemKind::Wrong,
                field,
                view.line,
                &what,
                "write the share that may fail, such as 0.1%",
            );
        }
        Given::Set(rate)
    }
}
