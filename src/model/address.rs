//! Where a resource instance stands in the configuration.

use std::fmt;
use std::sync::Arc;

use super::Text;

/// The address of one instance, such as `module.net["a"].aws_subnet.private[0]`.
///
/// It is a name, compared as a whole; [`Parsed`] takes it apart where a part is needed.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Address(Arc<str>);

impl Address {
    /// Wraps `text` as it stands.
    pub fn new(text: impl Into<Arc<str>>) -> Self {
        Self(text.into())
    }

    /// The address as Terraform prints it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The key of one instance among those that `count` or `for_each` makes.
#[derive(Clone, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Key {
    /// Neither `count` nor `for_each`.
    #[default]
    None,
    /// `count`: `[0]`.
    Index(i64),
    /// `for_each`: `["a"]`.
    Name(Text),
}

/// One step of a dotted path, with the index behind it: `module`, `net["a"]`, `aws_subnet`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Step<'a> {
    /// The name.
    pub name: &'a str,
    /// The index in brackets, when it is a literal; `[*]` and `[each.key]` read as none.
    pub key: Key,
}

/// An address taken apart.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Parsed<'a> {
    /// The module calls on the way, outermost first.
    pub modules: Vec<Step<'a>>,
    /// Whether it names a data source.
    pub data: bool,
    /// The resource type.
    pub kind: &'a str,
    /// The resource's name and instance key.
    pub name: Step<'a>,
}

impl<'a> Parsed<'a> {
    /// Takes `address` apart; `None` when it is not an address of a resource.
    ///
    /// Instance keys may hold dots, brackets and quotes: they are read, not searched for.
    pub fn of(address: &'a str) -> Option<Self> {
        let mut steps = steps(address)?;
        let pairs = steps.chunks_exact(2).take_while(|pair| pair.first().is_some_and(|step| step.name == "module"));
        // The last two steps are the resource, whatever it is called.
        let inside = 2 * pairs.count().min(steps.len().saturating_sub(1) / 2);
        let modules: Vec<Step<'a>> = steps.drain(..inside).skip(1).step_by(2).collect();
        let data = steps.len() == 3 && steps.first().is_some_and(|step| step.name == "data");
        if data || (steps.len() == 3 && steps.first().is_some_and(|s| s.name == "ephemeral")) {
            steps.remove(0);
        }
        let [kind, name] = <[Step<'a>; 2]>::try_from(steps).ok()?;
        if kind.name == "module" {
            return None;
        }
        Some(Self { modules, data, kind: kind.name, name })
    }
}

/// The steps of a dotted path with literal indices; `None` when it is not one.
pub fn steps(path: &str) -> Option<Vec<Step<'_>>> {
    let mut steps = Vec::with_capacity(4);
    let mut rest = path;
    loop {
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        let (name, tail) = rest.split_at_checked(end)?;
        let mut step = Step { name, key: Key::None };
        rest = tail;
        while let Some(inner) = rest.strip_prefix('[') {
            let (key, tail) = index(inner)?;
            // Of several indices (`a[0][1]`) the first belongs to the step itself.
            if step.key == Key::None {
                step.key = key;
            }
            rest = tail;
        }
        if step.name.is_empty() {
            return None;
        }
        steps.push(step);
        match rest.strip_prefix('.') {
            Some(tail) => rest = tail,
            None if rest.is_empty() => return Some(steps),
            None => return None,
        }
    }
}

/// Reads what follows `[` up to the closing bracket.
fn index(inner: &str) -> Option<(Key, &str)> {
    if let Some(quoted) = inner.strip_prefix('"') {
        let mut escaped = false;
        for (at, byte) in quoted.bytes().enumerate() {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => {
                    let (text, tail) = quoted.split_at_checked(at)?;
                    let tail = tail.strip_prefix("\"]")?;
                    return Some((Key::Name(unescape(text)), tail));
                }
                _ => {}
            }
        }
        return None;
    }
    let (text, tail) = inner.split_once(']')?;
    Some((text.parse().map_or(Key::None, Key::Index), tail))
}

fn unescape(text: &str) -> Text {
    if !text.contains('\\') {
        return text.into();
    }
    serde_json::from_str::<String>(&format!("\"{text}\"")).map_or_else(|_| text.into(), Text::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_may_hold_anything() {
        let parsed = Parsed::of(r#"module.a["x.y[0]"].module.b[1].aws_s3_object.f["a/b \"c\".d"]"#);
        let parsed = parsed.unwrap();
        assert_eq!(parsed.modules.len(), 2);
        assert_eq!(parsed.modules[0], Step { name: "a", key: Key::Name("x.y[0]".into()) });
        assert_eq!(parsed.modules[1], Step { name: "b", key: Key::Index(1) });
        assert_eq!(parsed.kind, "aws_s3_object");
        assert_eq!(parsed.name, Step { name: "f", key: Key::Name("a/b \"c\".d".into()) });
        assert!(!parsed.data);
    }

    #[test]
    fn data_sources_and_what_is_no_address() {
        assert!(Parsed::of("module.m.data.aws_vpc.main").unwrap().data);
        assert_eq!(Parsed::of("module.m"), None);
        assert_eq!(Parsed::of(""), None);
        assert_eq!(Parsed::of("a..b"), None);
        assert_eq!(Parsed::of("aws_vpc.a[\"open"), None);
        assert_eq!(Parsed::of("aws_vpc.a].x"), None);
    }
}
