//! Environments that are maps: of functions, of platforms.

use super::regions;
use crate::catalogue::reader::{MANY, ONE, Reader};
use crate::facts::{Environment, LinkValue, Relation, Template};
use crate::model::{Attr, View, holds_hole};

/// Reads a map of variables, the value of `attribute`, and links what it speaks of.
pub(in crate::catalogue::aws) fn read(
    reader: &mut Reader<'_, '_>,
    attribute: &'static str,
    view: View<'_>,
) -> Template {
    let mut template = Template { attribute, ..Template::default() };
    let variables = match view.body() {
        Attr::Set(variables) => variables,
        Attr::Unset => return template,
        Attr::Unknown(why) => {
            template.hidden = Some(why);
            reader.value(Relation::Mentions, attribute, MANY, LinkValue::Unknown(why));
            return template;
        }
    };
    let mut environment = Environment::default();
    let mut hidden = Vec::new();
    for key in variables.keys() {
        let view = variables.get(key);
        let value = view.text();
        if let Attr::Unknown(why) = value {
            hidden.push(why);
        }
        // A text that is known in parts may tell a pool, if not a name.
        let draft = view.draft().into_known().filter(|text| holds_hole(text));
        let value = draft.map_or(value, |draft| Attr::Set(draft.into()));
        template.regional.extend(value.known().and_then(|text| regions::read(key, text)));
        environment.add(key, &value);
    }
    let known = std::mem::take(&mut environment.mentions);
    let value = match hidden.first() {
        None => LinkValue::Known(known),
        Some(why) => LinkValue::Partly { known, hidden: hidden.len(), why: *why },
    };
    reader.value(Relation::Mentions, attribute, MANY, value);
    if let Some(why) = environment.hidden_database {
        reader.value(Relation::ConnectsTo, attribute, ONE, LinkValue::Unknown(why));
    }
    template.environment = environment;
    template
}
