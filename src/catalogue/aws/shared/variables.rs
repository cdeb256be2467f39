//! Environments that are maps: of functions, of platforms.

use std::collections::BTreeSet;

use super::regions;
use crate::catalogue::reader::{MANY, ONE, Reader};
use crate::facts::{Environment, LinkValue, Relation, Spared, Template};
use crate::model::{Attr, Text, View, holds_hole};

/// What variables speak of, and whether anything is called by it.
#[derive(Default)]
pub(in crate::catalogue::aws) struct Spoken {
    /// Each name once, in the order of the text.
    pub(in crate::catalogue::aws) known: Vec<Text>,
    seen: BTreeSet<Text>,
    called: BTreeSet<Text>,
    /// How many values cannot be seen by which something may be called, and how many others.
    hidden: (usize, usize),
}

impl Spoken {
    /// Takes what one variable spoke of; `value` is a text if it can be seen.
    pub(in crate::catalogue::aws) fn take(
        &mut self,
        environment: &mut Environment,
        variable: &str,
        value: Option<&Text>,
    ) {
        let is_spared = regions::is_spared(variable);
        match value.filter(|text| !holds_hole(text)) {
            // A bare name may be one whatever its variable is called.
            Some(text) if !is_spared => {
                self.called.insert(text.clone());
            }
            Some(_) => {}
            None if is_spared => self.hidden.1 += 1,
            None => self.hidden.0 += 1,
        }
        for name in environment.mentions.drain(..) {
            if !is_spared {
                self.called.insert(name.clone());
            }
            if self.seen.insert(name.clone()) {
                self.known.push(name);
            }
        }
    }

    /// All names; those by which nothing is called go into the template as well.
    pub(in crate::catalogue::aws) fn finish(self, template: &mut Template) -> Vec<Text> {
        let names = self.seen.into_iter().filter(|name| !self.called.contains(name)).collect();
        template.spared = Spared { names, hidden: self.hidden.0 == 0 && self.hidden.1 > 0 };
        self.known
    }
}

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
    let mut spoken = Spoken::default();
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
        spoken.take(&mut environment, key, value.known());
    }
    let known = spoken.finish(&mut template);
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
