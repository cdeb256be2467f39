//! What an expression refers to, spelled as Terraform spells it in a plan's configuration.

use hcl_edit::Decorated;
use hcl_edit::expr::{Expression, ForExpr, ObjectKey, Traversal, TraversalOperator};
use hcl_edit::structure::{Body, Structure};
use hcl_edit::template::{Directive, Element, Template};

use crate::model::{Key, Text};

/// One step behind the name that a reference begins with.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Part {
    /// `.name`.
    Name(Text),
    /// `[0]` or `["a"]`.
    Index(Key),
}

/// A name and the steps from it, as far as they are written out: `[each.key]` and splats end it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Reference {
    pub(super) root: Text,
    pub(super) parts: Vec<Part>,
    /// The output that is taken of a module, whatever indices stand before it.
    pub(super) output: Option<Text>,
}

impl Reference {
    /// The name at a step, if it is one.
    pub(super) fn name(&self, at: usize) -> Option<&str> {
        match self.parts.get(at)? {
            Part::Name(name) => Some(name),
            Part::Index(_) => None,
        }
    }

    /// What it refers to, without what is taken of it: `local.a`, `aws_vpc.main`, `data.aws_vpc.main`, `module.net`.
    pub(super) fn subject(&self) -> Text {
        let names = if self.root == "data" { 2 } else { 1 };
        let names = self.parts.iter().take(names).map_while(|part| match part {
            Part::Name(name) => Some(name.as_str()),
            Part::Index(_) => None,
        });
        let all: Vec<&str> = std::iter::once(self.root.as_str()).chain(names).collect();
        all.join(".").into()
    }

    /// The resource and the attribute of it that it reads, or of the one that it stands in (`self`); no attribute where it reads
    /// the whole, or nothing tells which.
    pub(super) fn read(&self) -> Option<(String, Option<Text>)> {
        const OTHERS: &[&str] = &["var", "local", "module", "data", "each", "count", "path", "terraform"];
        let name = |at: usize| {
            self.parts.iter().skip(at).find_map(|part| match part {
                Part::Name(name) => Some(name.clone()),
                Part::Index(_) => None,
            })
        };
        match self.root.as_str() {
            "self" => Some(("self".to_owned(), name(0))),
            root if OTHERS.contains(&root) => None,
            // One word is a function's name, a type, or a name that is bound: no resource.
            root => Some((format!("{root}.{}", self.name(0)?), name(1))),
        }
    }

    /// Its text.
    pub(super) fn spell(&self) -> String {
        let mut text = self.root.to_string();
        for part in &self.parts {
            match part {
                Part::Name(name) => text.extend([".", name]),
                Part::Index(Key::Index(index)) => text.push_str(&format!("[{index}]")),
                Part::Index(Key::Name(name)) => {
                    text.push_str(&format!("[{}]", serde_json::Value::from(name.as_str())));
                }
                Part::Index(Key::None) => {}
            }
        }
        text
    }
}

/// Collects references.
#[derive(Default)]
pub(super) struct Collector {
    /// Names that a `for` gives to what it goes through, and the iterators of `dynamic` blocks.
    bound: Vec<Text>,
    found: Vec<Reference>,
    /// Whether a reference is found as often as it stands there.
    counts: bool,
}

/// The references of an expression, each once, in the order of the text.
pub(super) fn of(expression: &Expression, bound: &[Text]) -> Vec<Reference> {
    let mut collector = Collector { bound: bound.to_vec(), ..Collector::default() };
    collector.expression(expression);
    collector.found
}

/// The references of all that stands in a file, as often as they stand there.
pub(super) fn every(body: &Body) -> Vec<Reference> {
    let mut collector = Collector { counts: true, ..Collector::default() };
    collector.body(body);
    collector.found
}

/// The references of all that stands in a block.
pub(super) fn of_body(body: &Body) -> Vec<Reference> {
    let mut collector = Collector::default();
    collector.body(body);
    collector.found
}

fn is_order(attribute: &str) -> bool {
    matches!(attribute, "depends_on" | "ignore_changes")
}

impl Collector {
    fn body(&mut self, body: &Body) {
        for structure in body {
            match structure {
                // An order of things reads nothing of them, and what is ignored is not read either.
                Structure::Attribute(attribute) if self.counts && is_order(attribute.key.as_str()) => {}
                Structure::Attribute(attribute) => self.expression(&attribute.value),
                Structure::Block(block) => self.body(&block.body),
            }
        }
    }

    fn add(&mut self, reference: Reference) {
        if !self.bound.contains(&reference.root) && (self.counts || !self.found.contains(&reference)) {
            self.found.push(reference);
        }
    }

    fn expression(&mut self, expression: &Expression) {
        match expression {
            Expression::Null(_) | Expression::Bool(_) | Expression::Number(_) | Expression::String(_) => {}
            Expression::Array(items) => items.iter().for_each(|item| self.expression(item)),
            Expression::Object(members) => {
                for (key, value) in members {
                    if let ObjectKey::Expression(key) = key {
                        // A bare word is a key, not a reference.
                        if !matches!(key, Expression::Variable(_)) {
                            self.expression(key);
                        }
                    }
                    self.expression(value.expr());
                }
            }
            Expression::StringTemplate(template) => template.iter().for_each(|element| self.element(element)),
            Expression::HeredocTemplate(heredoc) => self.template(&heredoc.template),
            Expression::Parenthesis(inner) => self.expression(inner.inner()),
            Expression::Variable(name) => {
                self.add(Reference { root: name.as_str().into(), parts: Vec::new(), output: None });
            }
            Expression::Conditional(conditional) => {
                self.expression(&conditional.cond_expr);
                self.expression(&conditional.true_expr);
                self.expression(&conditional.false_expr);
            }
            Expression::FuncCall(call) => call.args.iter().for_each(|argument| self.expression(argument)),
            Expression::Traversal(traversal) => {
                let mut parts = Vec::new();
                let mut is_open = true;
                for operator in &traversal.operators {
                    let part = match operator.value() {
                        TraversalOperator::GetAttr(name) => Some(Part::Name(name.as_str().into())),
                        TraversalOperator::LegacyIndex(index) => {
                            i64::try_from(**index).ok().map(|index| Part::Index(Key::Index(index)))
                        }
                        TraversalOperator::Index(index) => {
                            let key = literal(index);
                            if key.is_none() {
                                self.expression(index);
                            }
                            key.map(Part::Index)
                        }
                        TraversalOperator::AttrSplat(_) | TraversalOperator::FullSplat(_) => None,
                    };
                    match part {
                        Some(part) if is_open => parts.push(part),
                        Some(_) => {}
                        None => is_open = false,
                    }
                }
                match &traversal.expr {
                    Expression::Variable(name) => {
                        let output = if name.as_str() == "module" { names(traversal).nth(1) } else { None };
                        self.add(Reference { root: name.as_str().into(), parts, output: output.map(Text::from) });
                    }
                    other => self.expression(other),
                }
            }
            Expression::UnaryOp(operation) => self.expression(&operation.expr),
            Expression::BinaryOp(operation) => {
                self.expression(&operation.lhs_expr);
                self.expression(&operation.rhs_expr);
            }
            Expression::ForExpr(each) => self.for_expression(each),
        }
    }

    fn for_expression(&mut self, each: &ForExpr) {
        self.expression(&each.intro.collection_expr);
        let bound = self.bound.len();
        self.bound.extend(each.intro.key_var.iter().map(|name| Text::from(name.as_str())));
        self.bound.push(each.intro.value_var.as_str().into());
        if let Some(key) = &each.key_expr {
            self.expression(key);
        }
        self.expression(&each.value_expr);
        if let Some(condition) = &each.cond {
            self.expression(&condition.expr);
        }
        self.bound.truncate(bound);
    }

    fn template(&mut self, template: &Template) {
        template.iter().for_each(|element| self.element(element));
    }

    fn element(&mut self, element: &Element) {
        match element {
            Element::Literal(_) => {}
            Element::Interpolation(interpolation) => self.expression(&interpolation.expr),
            Element::Directive(directive) => match directive.as_ref() {
                Directive::If(choice) => {
                    self.expression(&choice.if_expr.cond_expr);
                    self.template(&choice.if_expr.template);
                    if let Some(other) = &choice.else_expr {
                        self.template(&other.template);
                    }
                }
                Directive::For(each) => {
                    let each = &each.for_expr;
                    self.expression(&each.collection_expr);
                    let bound = self.bound.len();
                    self.bound.extend(each.key_var.iter().map(|name| Text::from(name.as_str())));
                    self.bound.push(each.value_var.as_str().into());
                    self.template(&each.template);
                    self.bound.truncate(bound);
                }
            },
        }
    }
}

/// The values that stand under a name in an expression: as a member of an object, or beside it in one with `name` and `value`, as
/// environments are written; of a container's own, if one is named. What only one branch of a condition has is not found; what a
/// `for` goes through is.
pub(super) fn named<'e>(expression: &'e Expression, wanted: (Option<&str>, &str), found: &mut Vec<&'e Expression>) {
    let (container, name) = wanted;
    match expression {
        Expression::Array(items) => items.iter().for_each(|item| named(item, wanted, found)),
        Expression::Parenthesis(inner) => named(inner.inner(), wanted, found),
        Expression::FuncCall(call) => call.args.iter().for_each(|argument| named(argument, wanted, found)),
        Expression::ForExpr(each) => named(&each.intro.collection_expr, wanted, found),
        Expression::Object(members) => {
            let under = |wanted: &str| {
                members.iter().find(|(key, _)| self::key(key).is_some_and(|key| key.eq_ignore_ascii_case(wanted)))
            };
            let own = under("name").and_then(|(_, value)| value.expr().as_str());
            let is_own = container.is_some() && own == container;
            let wanted = if is_own { (None, name) } else { wanted };
            if wanted.0.is_none() && !is_own && own == Some(name) {
                found.extend(under("value").map(|(_, value)| value.expr()));
                return;
            }
            for (key, value) in members {
                let is_it = wanted.0.is_none() && self::key(key) == Some(name);
                match value.expr() {
                    value if is_it => found.push(value),
                    value => named(value, wanted, found),
                }
            }
        }
        _ => {}
    }
}

/// The name that a member of an object has, where it is written out.
fn key(key: &ObjectKey) -> Option<&str> {
    match key {
        ObjectKey::Ident(name) => Some(name.as_str()),
        ObjectKey::Expression(Expression::Variable(name)) => Some(name.as_str()),
        ObjectKey::Expression(Expression::String(name)) => Some(name.as_str()),
        ObjectKey::Expression(_) => None,
    }
}

/// The names in a traversal up to its first splat, whatever indices stand between them.
pub(super) fn names(traversal: &Traversal) -> impl Iterator<Item = &str> {
    let operators = traversal.operators.iter().map(Decorated::value);
    let is_step = |operator: &&TraversalOperator| {
        !matches!(operator, TraversalOperator::AttrSplat(_) | TraversalOperator::FullSplat(_))
    };
    operators.take_while(is_step).filter_map(|operator| match operator {
        TraversalOperator::GetAttr(name) => Some(name.as_str()),
        _ => None,
    })
}

/// The key that an index is, where it is written out.
pub(super) fn literal(index: &Expression) -> Option<Key> {
    match index {
        Expression::Number(number) => number.as_i64().map(Key::Index),
        Expression::String(name) => Some(Key::Name(name.as_str().into())),
        Expression::Parenthesis(inner) => literal(inner.inner()),
        _ => None,
    }
}

/// Whether an expression is a name with steps that are written out, and nothing else.
pub(super) fn is_plain(expression: &Expression) -> bool {
    let Expression::Traversal(traversal) = expression else { return false };
    let is_name = |operator: &TraversalOperator| matches!(operator, TraversalOperator::GetAttr(_));
    matches!(traversal.expr, Expression::Variable(_))
        && traversal.operators.iter().all(|operator| is_name(operator.value()))
}

/// The part of an expression that `taken` leads to, as far as objects and rows are written out, and how many steps that is.
pub(super) fn inside<'e>(expression: &'e Expression, taken: &[Key]) -> (&'e Expression, usize) {
    let mut inner = expression;
    for (at, step) in taken.iter().enumerate() {
        while let Expression::Parenthesis(within) = inner {
            inner = within.inner();
        }
        let next = match (inner, step) {
            (Expression::Object(members), Key::Name(name)) => {
                members.iter().find(|(member, _)| key(member) == Some(name)).map(|(_, value)| value.expr())
            }
            (Expression::Array(items), Key::Index(at)) => usize::try_from(*at).ok().and_then(|at| items.get(at)),
            _ => None,
        };
        let Some(next) = next else { return (inner, at) };
        inner = next;
    }
    (inner, taken.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelled(text: &str) -> Vec<String> {
        of(&text.parse().unwrap(), &[]).iter().map(Reference::spell).collect()
    }

    #[test]
    fn references_are_spelled_as_in_a_plan() {
        assert_eq!(spelled("aws_subnet.a[0].id"), ["aws_subnet.a[0].id"]);
        assert_eq!(spelled("aws_subnet.a.0.id"), ["aws_subnet.a[0].id"]);
        assert_eq!(spelled("module.m[\"x y\"].out"), ["module.m[\"x y\"].out"]);
        assert_eq!(spelled("aws_subnet.a[*].id"), ["aws_subnet.a"]);
        assert_eq!(spelled("a.b[count.index].id"), ["count.index", "a.b"]);
        assert_eq!(spelled("[for s in local.list : s.id if s.on == var.on]"), ["local.list", "var.on"]);
        assert_eq!(spelled("{ for k, v in local.m : k => { (k) = v, name = k } }"), ["local.m"]);
        assert_eq!(spelled("\"${local.a}-%{ if var.b }${data.x.y.z}%{ endif }\""), ["local.a", "var.b", "data.x.y.z"]);
        assert_eq!(spelled("f(local.a, local.a)[0]"), ["local.a"]);
    }

    #[test]
    fn subjects() {
        let subject = |text: &str| of(&text.parse().unwrap(), &[]).first().map(Reference::subject);
        assert_eq!(subject("data.aws_vpc.main.id").as_deref(), Some("data.aws_vpc.main"));
        assert_eq!(subject("aws_vpc.main[0].id").as_deref(), Some("aws_vpc.main"));
        assert_eq!(subject("module.net.vpc_id").as_deref(), Some("module.net"));
    }
}
