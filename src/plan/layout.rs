//! The shapes in the JSON, as leniently as real plans need: every key may be missing, null, repeated or of another
//! type. Bodies stay text.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::model::json::Member;

/// Reads an object whose known keys fill the fields of a struct: unknown keys are skipped, of repeated keys the last
/// one counts, `null` and any other kind of value than an object leave the struct empty.
macro_rules! lenient {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $field:ident: $kind:ty = $key:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[allow(clippy::struct_field_names, reason = "the names are Terraform's")]
        #[derive(Debug, Default)]
        pub(super) struct $name<'p> { $($(#[$doc])* pub(super) $field: $kind,)+ }

        impl<'de: 'p, 'p> Deserialize<'de> for $name<'p> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Fields<'p>(PhantomData<&'p ()>);
                impl<'de: 'p, 'p> Visitor<'de> for Fields<'p> {
                    type Value = $name<'p>;
                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str("an object")
                    }
                    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                        let mut out = $name::default();
                        while let Some(key) = map.next_key::<Key<'de>>()? {
                            match key.0.as_ref() {
                                $($key => out.$field = map.next_value()?,)+
                                _ => { map.next_value::<IgnoredAny>()?; }
                            }
                        }
                        Ok(out)
                    }
                    lenient!(@otherwise $name);
                }
                deserializer.deserialize_any(Fields(PhantomData))
            }
        }
    };
    (@otherwise $name:ident) => {
        fn visit_unit<E: Error>(self) -> Result<Self::Value, E> { Ok(Default::default()) }
        fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> { Ok(Default::default()) }
        fn visit_i64<E: Error>(self, _: i64) -> Result<Self::Value, E> { Ok(Default::default()) }
        fn visit_u64<E: Error>(self, _: u64) -> Result<Self::Value, E> { Ok(Default::default()) }
        fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> { Ok(Default::default()) }
        fn visit_str<E: Error>(self, _: &str) -> Result<Self::Value, E> { Ok(Default::default()) }
        fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
            while seq.next_element::<IgnoredAny>()?.is_some() {}
            Ok(Default::default())
        }
    };
}

/// A key of an object.
pub(super) struct Key<'a>(pub(super) Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Key<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Str;
        impl<'de> Visitor<'de> for Str {
            type Value = Cow<'de, str>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }
            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Cow::Borrowed(text))
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Cow::Owned(text.to_owned()))
            }
        }
        deserializer.deserialize_str(Str).map(Key)
    }
}

/// A value kept as text; `null` is none.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Raw<'p>(pub(super) Option<&'p str>);

impl<'de: 'p, 'p> Deserialize<'de> for Raw<'p> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&'de RawValue>::deserialize(deserializer)?.get();
        Ok(Self((raw != "null").then_some(raw)))
    }
}

/// What an object is at one stage; `null` is none.
#[derive(Clone, Debug, Default)]
pub(super) enum Values<'p> {
    #[default]
    None,
    /// As text.
    Whole(&'p str),
    /// The members of an object.
    Members(Vec<Member<'p>>),
}

impl<'de: 'p, 'p> Deserialize<'de> for Values<'p> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Raw::deserialize(deserializer)?.0.map_or(Self::None, Self::Whole))
    }
}

/// A text; anything else is none.
#[derive(Clone, Debug, Default)]
pub(super) struct Str<'p>(pub(super) Option<Cow<'p, str>>);

impl<'de: 'p, 'p> Deserialize<'de> for Str<'p> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any<'p>(PhantomData<&'p ()>);
        impl<'de: 'p, 'p> Visitor<'de> for Any<'p> {
            type Value = Str<'p>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }
            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Str(Some(Cow::Borrowed(text))))
            }
            fn visit_string<E: Error>(self, text: String) -> Result<Self::Value, E> {
                Ok(Str(Some(Cow::Owned(text))))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Str::default())
            }
            fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
                Ok(Str::default())
            }
            fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
                Ok(Str::default())
            }
            fn visit_i64<E: Error>(self, _: i64) -> Result<Self::Value, E> {
                Ok(Str::default())
            }
            fn visit_u64<E: Error>(self, _: u64) -> Result<Self::Value, E> {
                Ok(Str::default())
            }
            fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
                Ok(Str::default())
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Str(Some(Cow::Owned(text.to_owned()))))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Str::default())
            }
        }
        deserializer.deserialize_any(Any(PhantomData))
    }
}

/// A list; `null` and anything else that is no list is empty.
#[derive(Debug)]
pub(super) struct List<T>(pub(super) Vec<T>);

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Items<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Items<T> {
            type Value = List<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = seq.next_element()? {
                    items.push(item);
                }
                Ok(List(items))
            }
            fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
                Ok(List::default())
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(List::default())
            }
        }
        deserializer.deserialize_any(Items(PhantomData))
    }
}

/// An object as a list of keys and values.
#[derive(Debug)]
pub(super) struct Map<'p, T>(pub(super) Vec<(Cow<'p, str>, T)>);

impl<T> Default for Map<'_, T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de: 'p, 'p, T: Deserialize<'de>> Deserialize<'de> for Map<'p, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<'p, T>(PhantomData<(&'p (), T)>);
        impl<'de: 'p, 'p, T: Deserialize<'de>> Visitor<'de> for Entries<'p, T> {
            type Value = Map<'p, T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(key) = map.next_key::<Key<'de>>()? {
                    entries.push((key.0, map.next_value()?));
                }
                Ok(Map(entries))
            }
            fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
                Ok(Map::default())
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Map::default())
            }
        }
        deserializer.deserialize_any(Entries(PhantomData))
    }
}

lenient! {
    /// One entry of `resource_changes`.
    Change {
        address: Str<'p> = "address",
        previous_address: Str<'p> = "previous_address",
        module_address: Str<'p> = "module_address",
        mode: ModeName = "mode",
        kind: Str<'p> = "type",
        name: Str<'p> = "name",
        index: Raw<'p> = "index",
        deposed: Raw<'p> = "deposed",
        change: Difference<'p> = "change",
    }
}

lenient! {
    /// What changes.
    Difference {
        actions: List<Str<'p>> = "actions",
        before: Values<'p> = "before",
        after: Values<'p> = "after",
        after_unknown: Raw<'p> = "after_unknown",
        before_sensitive: Raw<'p> = "before_sensitive",
        after_sensitive: Raw<'p> = "after_sensitive",
    }
}

/// `mode`, without keeping its text.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) enum ModeName {
    /// It is not said.
    #[default]
    Unsaid,
    /// `managed`, or a word of a later version.
    Managed,
    /// `data`.
    Data,
    /// `ephemeral`: it exists only while Terraform runs.
    Ephemeral,
}

impl<'de> Deserialize<'de> for ModeName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Str::deserialize(deserializer).map(Self::from)
    }
}

impl From<Str<'_>> for ModeName {
    fn from(word: Str<'_>) -> Self {
        match word.0.as_deref() {
            None => Self::Unsaid,
            Some("data") => Self::Data,
            Some("ephemeral") => Self::Ephemeral,
            Some(_) => Self::Managed,
        }
    }
}

lenient! {
    /// A root variable's value.
    Variable {
        value: Raw<'p> = "value",
    }
}

lenient! {
    /// One object of a state.
    StateResource {
        address: Str<'p> = "address",
        mode: ModeName = "mode",
        kind: Str<'p> = "type",
        name: Str<'p> = "name",
        index: Raw<'p> = "index",
        deposed_key: Str<'p> = "deposed_key",
        values: Raw<'p> = "values",
        sensitive_values: Raw<'p> = "sensitive_values",
    }
}

lenient! {
    /// `configuration`.
    Configuration {
        provider_config: Map<'p, Provider<'p>> = "provider_config",
        root_module: Module<'p> = "root_module",
    }
}

lenient! {
    /// One provider block.
    Provider {
        name: Str<'p> = "name",
        alias: Str<'p> = "alias",
        module_address: Str<'p> = "module_address",
        expressions: Map<'p, Raw<'p>> = "expressions",
    }
}

lenient! {
    /// One module of the configuration.
    Module {
        outputs: Map<'p, Output<'p>> = "outputs",
        resources: List<Block<'p>> = "resources",
        module_calls: Map<'p, Call<'p>> = "module_calls",
        variables: Map<'p, Declared<'p>> = "variables",
    }
}

lenient! {
    /// One output.
    Output {
        expression: Raw<'p> = "expression",
    }
}

lenient! {
    /// One variable's declaration.
    Declared {
        default: Raw<'p> = "default",
        sensitive: Raw<'p> = "sensitive",
    }
}

lenient! {
    /// One `module` block.
    Call {
        expressions: Map<'p, Raw<'p>> = "expressions",
        count_expression: Raw<'p> = "count_expression",
        for_each_expression: Raw<'p> = "for_each_expression",
        module: Boxed<Module<'p>> = "module",
    }
}

lenient! {
    /// One `resource` or `data` block.
    Block {
        mode: Str<'p> = "mode",
        kind: Str<'p> = "type",
        name: Str<'p> = "name",
        address: Str<'p> = "address",
        provider_config_key: Str<'p> = "provider_config_key",
        expressions: Map<'p, Raw<'p>> = "expressions",
        count_expression: Raw<'p> = "count_expression",
        for_each_expression: Raw<'p> = "for_each_expression",
    }
}

/// A value behind a pointer, so that a module may hold modules.
#[derive(Debug, Default)]
pub(super) struct Boxed<T>(pub(super) Box<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Boxed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(|value| Self(Box::new(value)))
    }
}
