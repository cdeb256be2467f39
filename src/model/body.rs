//! The attributes of a resource, kept as the plan's own text until somebody asks for one.

use std::borrow::Cow;

use serde::de::DeserializeOwned;

use super::json::{self, Member};
use super::{Attr, Text, Why, holds_hole};
use crate::units::Decimal;

/// What a plan marks of a value: unknown, or sensitive.
#[derive(Clone, Copy, Debug, Default)]
pub enum Mark<'a> {
    /// Not marked.
    #[default]
    No,
    /// Marked as a whole.
    Yes,
    /// Some of its parts may be; the marks have the value's own shape.
    Within(&'a str),
}

impl<'a> Mark<'a> {
    /// Reads a mark from its JSON text.
    pub fn of(raw: Option<&'a str>) -> Self {
        match raw.map(str::trim_ascii) {
            Some("true") => Self::Yes,
            // Most marks only repeat the shape of what they mark, and mark nothing.
            Some(text) if text.len() > 2 && memchr::memmem::find(text.as_bytes(), b"true").is_some() => {
                Self::Within(text)
            }
            _ => Self::No,
        }
    }

    /// Whether the whole is marked.
    pub fn is_whole(self) -> bool {
        matches!(self, Self::Yes)
    }
}

/// One level of an object: its keys, in the order of the text, and their values as text.
#[derive(Clone, Debug, Default)]
struct Entries<'a> {
    list: Cow<'a, [Member<'a>]>,
    /// Whether they are many, in order and each there once, as Terraform writes them: of few, going through them all is
    /// faster.
    sorted: bool,
}

impl<'a> Entries<'a> {
    fn of(raw: &'a str) -> Self {
        Self::new(Cow::Owned(json::members(raw)))
    }

    fn new(list: Cow<'a, [Member<'a>]>) -> Self {
        const FEW: usize = 64;
        let sorted = list.len() > FEW && list.is_sorted_by(|(a, _), (b, _)| a < b);
        Self { list, sorted }
    }

    /// The value of `name`; of a repeated key the last one counts, as in every JSON reader.
    fn find(&self, name: &str) -> Option<&'a str> {
        if self.sorted {
            let at = self.list.binary_search_by(|(key, _)| key.as_ref().cmp(name)).ok()?;
            return self.list.get(at).map(|(_, raw)| *raw);
        }
        self.list.iter().rev().find(|(key, _)| key == name).map(|(_, raw)| *raw)
    }
}

/// The attributes of a resource or of a block in it.
#[derive(Clone, Debug, Default)]
pub struct Body<'a> {
    values: Entries<'a>,
    unknown: Marks<'a>,
    sensitive: Marks<'a>,
}

#[derive(Clone, Debug, Default)]
enum Marks<'a> {
    #[default]
    None,
    All,
    Each(Entries<'a>),
}

impl<'a> Marks<'a> {
    fn of(mark: Mark<'a>) -> Self {
        match mark {
            Mark::No => Self::None,
            Mark::Yes => Self::All,
            Mark::Within(raw) => Self::Each(Entries::of(raw)),
        }
    }

    fn get(&self, name: &str) -> Mark<'a> {
        match self {
            Self::None => Mark::No,
            Self::All => Mark::Yes,
            Self::Each(entries) => Mark::of(entries.find(name)),
        }
    }
}

impl<'a> Body<'a> {
    /// Reads the outermost level of `values`; anything but an object reads as empty.
    pub fn new(values: Option<&'a str>, unknown: Mark<'a>, sensitive: Mark<'a>) -> Self {
        Self {
            values: values.map(Entries::of).unwrap_or_default(),
            unknown: Marks::of(unknown),
            sensitive: Marks::of(sensitive),
        }
    }

    /// The same for `members` that have been taken apart already.
    pub fn of_members(members: &'a [Member<'a>], unknown: Mark<'a>, sensitive: Mark<'a>) -> Self {
        Self {
            values: Entries::new(Cow::Borrowed(members)),
            unknown: Marks::of(unknown),
            sensitive: Marks::of(sensitive),
        }
    }

    /// The attribute or block `name`.
    pub fn get(&self, name: &str) -> View<'a> {
        View { raw: self.values.find(name), unknown: self.unknown.get(name), sensitive: self.sensitive.get(name) }
    }

    /// Every key that the object has, known or not.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        let unknown = match &self.unknown {
            Marks::Each(entries) => entries.list.as_ref(),
            Marks::None | Marks::All => &[],
        };
        let missing = unknown.iter().filter(|(key, _)| self.values.find(key).is_none()).map(|(key, _)| key);
        self.values.list.iter().map(|(key, _)| key).chain(missing).map(AsRef::as_ref)
    }

    /// The text attribute `name`.
    pub fn text(&self, name: &str) -> Attr<Text> {
        self.get(name).text()
    }

    /// The boolean attribute `name`.
    pub fn bool(&self, name: &str) -> Attr<bool> {
        self.get(name).bool()
    }

    /// The whole number `name`.
    pub fn int(&self, name: &str) -> Attr<i64> {
        self.get(name).int()
    }

    /// The blocks `name`, however often they occur. Where a `dynamic` block repeats over something that is known only
    /// after apply, Terraform marks all of it as unknown: then there is one block, in which everything is hidden.
    pub fn blocks(&self, name: &str) -> Vec<Body<'a>> {
        let view = self.get(name);
        let hidden = |why| {
            let all = if why == Why::Sensitive { (Mark::No, Mark::Yes) } else { (Mark::Yes, Mark::No) };
            vec![Body::new(None, all.0, all.1)]
        };
        view.hidden().map_or_else(|| view.visible_blocks(), hidden)
    }

    /// The first block `name`: the usual way to read a block that occurs once.
    pub fn block(&self, name: &str) -> Option<Body<'a>> {
        self.blocks(name).into_iter().next()
    }
}

/// One value in a body, with what the plan marks of it.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    raw: Option<&'a str>,
    unknown: Mark<'a>,
    sensitive: Mark<'a>,
}

impl<'a> View<'a> {
    /// Why it cannot be seen, if it cannot be seen as a whole.
    fn hidden(self) -> Option<Why> {
        if self.unknown.is_whole() {
            Some(Why::Computed)
        } else if self.sensitive.is_whole() {
            Some(Why::Sensitive)
        } else {
            None
        }
    }

    fn present(self) -> Option<&'a str> {
        self.raw.filter(|raw| *raw != "null")
    }

    /// Whether its text, or what is unknown in it, may hold `word`: a quick look before a slow one.
    pub fn may_hold(self, word: &str) -> bool {
        let unknown = if let Mark::Within(raw) = self.unknown { Some(raw) } else { None };
        let holds = |text: &str| memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some();
        self.raw.is_some_and(holds) || unknown.is_some_and(holds)
    }

    /// Whether it is set, unset or unknown, whatever its value.
    pub fn presence(self) -> Attr<()> {
        match (self.hidden(), self.present()) {
            (Some(why), _) => Attr::Unknown(why),
            (None, Some(_)) => Attr::Set(()),
            (None, None) => Attr::Unset,
        }
    }

    fn read<T>(self, parse: impl FnOnce(&'a str) -> Option<T>) -> Attr<T> {
        match (self.hidden(), self.present()) {
            (Some(why), _) => Attr::Unknown(why),
            (None, None) => Attr::Unset,
            (None, Some(raw)) if raw.starts_with('"') && holds_hole(raw) => Attr::Unknown(Why::Computed),
            (None, Some(raw)) => parse(raw).map_or(Attr::Unknown(Why::Malformed), Attr::Set),
        }
    }

    /// A text of which parts may not be known: each of them is a [`HOLE`](super::HOLE). For readers who can tell what the
    /// rest says, and let no hole out.
    pub fn draft(self) -> Attr<Cow<'a, str>> {
        match (self.hidden(), self.present()) {
            (Some(why), _) => Attr::Unknown(why),
            (None, None) => Attr::Unset,
            (None, Some(raw)) => string(raw).map_or(Attr::Unknown(Why::Malformed), Attr::Set),
        }
    }

    /// A JSON document held in a text attribute, such as a policy; what is not known in it is a text with a hole.
    pub fn draft_json<T: DeserializeOwned>(self) -> Attr<T> {
        self.draft().and_then(|text| match serde_json::from_str(&text) {
            Ok(document) => Attr::Set(document),
            // Without what is not known it is no document.
            Err(_) if holds_hole(&text) => Attr::Unknown(Why::Computed),
            Err(_) => Attr::Unknown(Why::Malformed),
        })
    }

    /// A text; numbers and booleans read as their text.
    pub fn text(self) -> Attr<Text> {
        self.read(text)
    }

    /// A boolean, or the text of one.
    pub fn bool(self) -> Attr<bool> {
        self.read(|raw| match raw {
            "true" | "\"true\"" => Some(true),
            "false" | "\"false\"" => Some(false),
            _ => None,
        })
    }

    /// A whole number, or the text of one.
    pub fn int(self) -> Attr<i64> {
        self.read(|raw| {
            let digits = raw.trim_matches('"').trim_ascii();
            digits.parse().ok().or_else(|| digits.strip_suffix(".0")?.parse().ok())
        })
    }

    /// A number, or the text of one.
    pub fn number(self) -> Attr<f64> {
        self.read(|raw| raw.trim_matches('"').trim_ascii().parse().ok().filter(|n: &f64| n.is_finite()))
    }

    /// A number, or the text of one, exactly as it is written.
    pub fn decimal(self) -> Attr<Decimal> {
        self.read(|raw| {
            let digits = raw.trim_matches('"').trim_ascii();
            digits.parse().ok().or_else(|| Decimal::from_scientific(digits).ok())
        })
    }

    /// The elements of a list or set; a lone value reads as a list of one.
    ///
    /// `Set` says that the number of elements is known, not that each of them is.
    pub fn items(self) -> Attr<Vec<View<'a>>> {
        self.read(|raw| {
            if !raw.starts_with('[') {
                return Some(vec![self]);
            }
            let values = json::elements(raw);
            let (unknown, sensitive) = (list(self.unknown), list(self.sensitive));
            let count = values.len().max(unknown.len());
            let view = |at| View {
                raw: values.get(at).copied(),
                unknown: unknown.get(at).copied().unwrap_or_default(),
                sensitive: sensitive.get(at).copied().unwrap_or_default(),
            };
            let all = (0..count).map(view);
            // Marks that are longer than the list and say nothing are no elements.
            Some(all.filter(|view| view.raw.is_some() || view.unknown.is_whole()).collect())
        })
    }

    /// The texts of a list or set, each known or not.
    pub fn texts(self) -> Attr<Vec<Attr<Text>>> {
        self.items().map(|items| items.into_iter().map(View::text).collect())
    }

    /// The value as an object.
    pub fn body(self) -> Attr<Body<'a>> {
        self.read(|raw| raw.starts_with('{').then(|| Body::new(Some(raw), self.unknown, self.sensitive)))
    }

    /// The value as repeated blocks: a list of objects, or one object. What cannot be seen is left out;
    /// [`View::presence`] tells whether there was anything to see.
    ///
    /// For blocks that the provider fills where nobody writes them: there "known only after apply" says nothing, and
    /// [`Body::blocks`] would take it for a `dynamic` block.
    pub fn visible_blocks(self) -> Vec<Body<'a>> {
        let items = self.items().into_known().unwrap_or_default();
        items.into_iter().filter_map(|item| item.body().into_known()).collect()
    }
}

/// The marks of a list's elements, by position.
fn list(mark: Mark<'_>) -> Vec<Mark<'_>> {
    let Mark::Within(raw) = mark else { return Vec::new() };
    json::elements(raw).into_iter().map(|mark| Mark::of(Some(mark))).collect()
}

fn string(raw: &str) -> Option<Cow<'_, str>> {
    raw.starts_with('"').then(|| json::unquote(raw))
}

fn text(raw: &str) -> Option<Text> {
    match raw.as_bytes().first()? {
        b'"' => string(raw).map(Text::from),
        b'{' | b'[' => None,
        _ => Some(raw.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body<'a>(values: &'a str, unknown: &'a str, sensitive: &'a str) -> Body<'a> {
        Body::new(Some(values), Mark::of(Some(unknown)), Mark::of(Some(sensitive)))
    }

    #[test]
    fn three_values() {
        let body = body(
            r#"{"a":"x","b":null,"n":"4","p":"secret","t":"{{.X}}","big":3411474852519665964}"#,
            r#"{"c":true,"empty":[],"none":{}}"#,
            r#"{"p":true}"#,
        );
        assert_eq!(body.text("a"), Attr::Set("x".into()));
        assert_eq!(body.text("b"), Attr::Unset);
        assert_eq!(body.text("c"), Attr::Unknown(Why::Computed));
        assert_eq!(body.text("d"), Attr::Unset);
        assert_eq!(body.get("empty").presence(), Attr::Unset);
        assert_eq!(body.int("n"), Attr::Set(4));
        assert_eq!(body.text("p"), Attr::Unknown(Why::Sensitive));
        assert_eq!(body.bool("t"), Attr::Unknown(Why::Malformed));
        assert_eq!(body.int("big"), Attr::Set(3_411_474_852_519_665_964));
    }

    #[test]
    fn a_text_with_a_hole_is_unknown() {
        let values = format!(r#"{{"a":"x{0}","n":"{0}","list":["a","{0}b"],"doc":"[\"{0}\",1]"}}"#, crate::model::HOLE);
        let body = body(&values, "{}", "{}");
        assert_eq!(body.text("a"), Attr::Unknown(Why::Computed));
        assert_eq!(body.int("n"), Attr::Unknown(Why::Computed));
        assert_eq!(body.get("list").texts(), Attr::Set(vec![Attr::Set("a".into()), Attr::Unknown(Why::Computed)]));
        let document = body.get("doc").draft_json::<Vec<serde_json::Value>>().into_known().unwrap();
        assert_eq!(document[1], 1);
    }

    #[test]
    fn lists_know_their_length_before_their_elements() {
        let body = body(r#"{"s":[null,null],"u":["a"]}"#, r#"{"s":[true,true],"u":[false,{}]}"#, "false");
        let items = body.get("s").texts();
        assert_eq!(items, Attr::Set(vec![Attr::Unknown(Why::Computed); 2]));
        // Longer marks that mark nothing add no element.
        assert_eq!(body.get("u").texts(), Attr::Set(vec![Attr::Set("a".into())]));
    }

    #[test]
    fn blocks_inherit_marks() {
        let body = body(
            r#"{"env":[{"variables":{"A":"1","P":"x"}}]}"#,
            r#"{"env":[{"variables":{"B":true}}]}"#,
            r#"{"env":[{"variables":{"P":true}}]}"#,
        );
        let block = body.block("env").unwrap();
        let variables = block.get("variables").body().into_known().unwrap();
        assert_eq!(variables.keys().collect::<Vec<_>>(), ["A", "P", "B"]);
        assert_eq!(variables.text("A"), Attr::Set("1".into()));
        assert_eq!(variables.text("P"), Attr::Unknown(Why::Sensitive));
        assert_eq!(variables.text("B"), Attr::Unknown(Why::Computed));
    }

    #[test]
    fn sensitive_as_a_whole_hides_every_part() {
        let body = body(r#"{"m":{"k":"v"}}"#, "{}", r#"{"m":true}"#);
        assert!(matches!(body.get("m").body(), Attr::Unknown(Why::Sensitive)));
        assert!(body.get("m").visible_blocks().is_empty());
        assert_eq!(body.block("m").unwrap().text("k"), Attr::Unknown(Why::Sensitive));
    }

    #[test]
    fn sensitive_numbers_and_switches_are_hidden_too() {
        let body =
            body(r#"{"n":7,"f":0.5,"b":true,"l":["a","b"]}"#, "{}", r#"{"n":true,"f":true,"b":true,"l":[false,true]}"#);
        assert_eq!(body.int("n"), Attr::Unknown(Why::Sensitive));
        assert_eq!(body.get("f").number(), Attr::Unknown(Why::Sensitive));
        assert_eq!(body.bool("b"), Attr::Unknown(Why::Sensitive));
        let texts = vec![Attr::Set("a".into()), Attr::Unknown(Why::Sensitive)];
        assert_eq!(body.get("l").texts(), Attr::Set(texts));
    }

    #[test]
    fn a_dynamic_block_that_is_unknown_is_not_absent() {
        let body = body(r#"{"absent":[],"null":null}"#, r#"{"profile":true,"absent":[]}"#, "{}");
        let names = |block: &str| body.blocks(block).iter().map(|block| block.text("name")).collect::<Vec<_>>();
        assert_eq!(names("profile"), [Attr::Unknown(Why::Computed)]);
        assert_eq!(names("absent"), []);
        assert_eq!(names("null"), []);
    }
}
