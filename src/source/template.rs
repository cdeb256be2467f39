//! Templates: texts with expressions and directives in them.

use std::sync::Arc;

use hcl_edit::template::{Directive, Element, ForDirective, IfDirective, Strip};

use super::eval::{Evaluator, pairs};
use super::scope::{Bound, Outcome, Scope, Stop};
use super::value::Value;
use crate::model::HOLE;

impl Evaluator<'_> {
    /// A template; where it is a single expression, that expression's value as it is.
    pub(super) fn template<'t>(&self, elements: impl Iterator<Item = &'t Element>, scope: &Scope<'_>) -> Outcome {
        let elements: Vec<&Element> = elements.collect();
        if let [Element::Interpolation(only)] = elements.as_slice() {
            return self.eval(&only.expr, scope);
        }
        let mut text = String::new();
        self.render(&elements, scope, &mut text)?;
        self.text(text)
    }

    fn render(&self, elements: &[&Element], scope: &Scope<'_>, into: &mut String) -> Result<(), Stop> {
        for (at, element) in elements.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|at| elements.get(at)).map(|element| strips(element));
            let after = elements.get(at + 1).map(|element| strips(element));
            match element {
                Element::Literal(literal) => {
                    let mut text = literal.as_str();
                    if before.is_some_and(|(_, last)| last.strip_end()) {
                        text = strip_start(text);
                    }
                    if after.is_some_and(|(first, _)| first.strip_start()) {
                        text = strip_end(text);
                    }
                    into.push_str(text);
                }
                Element::Interpolation(interpolation) => {
                    let value = self.eval(&interpolation.expr, scope)?;
                    into.push_str(&value.as_text().ok_or(Stop::Wrong)?);
                }
                Element::Directive(directive) => match directive.as_ref() {
                    Directive::If(choice) => self.choice(choice, scope, into)?,
                    Directive::For(each) => self.repetition(each, scope, into)?,
                },
            }
            self.budget.take(1 + into.len() / 4096)?;
        }
        Ok(())
    }

    fn choice(&self, choice: &IfDirective, scope: &Scope<'_>, into: &mut String) -> Result<(), Stop> {
        let condition = self.eval(&choice.if_expr.cond_expr, scope)?;
        if !condition.is_known() {
            into.push(HOLE);
            return Ok(());
        }
        let (body, first, last) = match (condition.as_bool().ok_or(Stop::Wrong)?, &choice.else_expr) {
            (true, other) => {
                let next = other.as_ref().map_or(choice.endif_expr.strip, |other| other.strip);
                (&choice.if_expr.template, choice.if_expr.strip, next)
            }
            (false, Some(other)) => (&other.template, other.strip, choice.endif_expr.strip),
            (false, None) => return Ok(()),
        };
        self.body(body, first, last, scope, into)
    }

    fn repetition(&self, each: &ForDirective, scope: &Scope<'_>, into: &mut String) -> Result<(), Stop> {
        let head = &each.for_expr;
        let collection = self.eval(&head.collection_expr, scope)?;
        let Some(pairs) = pairs(&collection) else {
            if collection != Value::Hole {
                return Err(Stop::Wrong);
            }
            into.push(HOLE);
            return Ok(());
        };
        let key_name = head.key_var.as_ref().map_or("", |name| name.as_str());
        for (key, value) in pairs {
            self.budget.take(1)?;
            let outer = Bound { name: key_name, value: key, outer: scope.names };
            let name = Bound { name: head.value_var.as_str(), value, outer: Some(&outer) };
            let inner = Scope { names: Some(&name), ..scope.clone() };
            self.body(&head.template, head.strip, each.endfor_expr.strip, &inner, into)?;
        }
        Ok(())
    }

    /// What stands between two directives.
    fn body(
        &self,
        template: &hcl_edit::template::Template,
        first: Strip,
        last: Strip,
        scope: &Scope<'_>,
        into: &mut String,
    ) -> Result<(), Stop> {
        let elements: Vec<&Element> = template.iter().collect();
        let mut text = String::new();
        self.render(&elements, scope, &mut text)?;
        // Only literals are stripped, never what an expression comes to.
        let is_literal = |element: Option<&&Element>| matches!(element, Some(Element::Literal(_)));
        let mut kept = text.as_str();
        if first.strip_end() && is_literal(elements.first()) {
            kept = strip_start(kept);
        }
        if last.strip_start() && is_literal(elements.last()) {
            kept = strip_end(kept);
        }
        into.push_str(kept);
        Ok(())
    }

    /// The template in a file, with the names that it is given.
    pub(super) fn template_file(&self, path: &str, names: &Value) -> Outcome {
        let Value::Map(members) = names else { return Ok(Value::Hole) };
        let parsed = self.templates.borrow().get(path).cloned();
        let parsed = parsed.unwrap_or_else(|| {
            let text = (self.reach)(path);
            let parsed = text.and_then(|text| hcl_edit::parser::parse_template(&text).ok()).map(Arc::new);
            self.templates.borrow_mut().insert(path.to_owned(), parsed.clone());
            parsed
        });
        let Some(template) = parsed else { return Ok(Value::Hole) };
        let members: Vec<(&Arc<str>, &Value)> = members.iter().collect();
        self.with_names(&members, None, &template)
    }

    fn with_names(
        &self,
        members: &[(&Arc<str>, &Value)],
        names: Option<&Bound<'_>>,
        template: &hcl_edit::template::Template,
    ) -> Outcome {
        match members.split_first() {
            Some(((name, value), rest)) if rest.len() < 256 => {
                let name = Bound { name, value: (*value).clone(), outer: names };
                self.with_names(rest, Some(&name), template)
            }
            Some(_) => Ok(Value::Hole),
            None => self.template(template.iter(), &Scope { names, is_template: true, ..Scope::default() }),
        }
    }
}

/// How an element strips what stands before and behind it.
fn strips(element: &Element) -> (Strip, Strip) {
    match element {
        Element::Literal(_) => (Strip::None, Strip::None),
        Element::Interpolation(interpolation) => (interpolation.strip, interpolation.strip),
        Element::Directive(directive) => match directive.as_ref() {
            Directive::If(choice) => (choice.if_expr.strip, choice.endif_expr.strip),
            Directive::For(each) => (each.for_expr.strip, each.endfor_expr.strip),
        },
    }
}

/// Takes the blanks away that begin a text, up to the end of its first line.
fn strip_start(text: &str) -> &str {
    let line = text.find('\n').map_or(text.len(), |at| at + 1);
    let (first, _) = text.split_at_checked(line).unwrap_or((text, ""));
    text.get(first.len() - first.trim_start().len()..).unwrap_or_default()
}

/// Takes the blanks away that end a text, back to the end of the line before its last.
fn strip_end(text: &str) -> &str {
    // A text that ends with a line's end: that end goes, with the blanks before it.
    let from = text.strip_suffix('\n').unwrap_or(text).rfind('\n').map_or(0, |at| at + 1);
    let (head, last) = text.split_at_checked(from).unwrap_or(("", text));
    text.get(..head.len() + last.trim_end().len()).unwrap_or_default()
}
