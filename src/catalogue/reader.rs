//! What adapters share: names, links and numbers, read with their three values.

use crate::facts::{
    Drives, Facts, Labels, Link, LinkValue, MarketChoice, Part, Record, Relation, Revision, Stated, Tariff,
};
use crate::model::{Attr, Body, Mode, Only, Resource, Text, View, Why};

/// Reads one resource.
pub(super) struct Reader<'r, 'p> {
    resource: &'r Resource<'p>,
    names: Vec<Text>,
    labels: Labels,
    links: Vec<Link>,
    readers: Option<Box<(&'static str, Option<Text>)>>,
    in_part: bool,
    main_tables: &'static [&'static str],
    market: Option<Box<MarketChoice>>,
    drives: Option<Box<Drives>>,
    secluded: Option<Box<Stated<bool>>>,
}

/// How a link is written down.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct As {
    /// Whether it may name several things.
    pub(super) plural: bool,
    /// Of repeated blocks, the position of its own.
    pub(super) slot: u16,
    /// Which revision of a neighbour it means.
    pub(super) revision: Revision,
    /// What tells its block from its siblings in the configuration.
    pub(super) only: Option<Only>,
}

/// One name, or none.
pub(super) const ONE: As = As { plural: false, slot: 0, revision: Revision::Current, only: None };
/// Any number of names.
pub(super) const MANY: As = As { plural: true, slot: 0, revision: Revision::Current, only: None };

impl As {
    /// The same in the block at position `slot`.
    pub(super) fn slot(self, slot: usize) -> Self {
        Self { slot: u16::try_from(slot).unwrap_or(u16::MAX), ..self }
    }

    /// The same, of this revision.
    pub(super) fn at(self, revision: Revision) -> Self {
        Self { revision, ..self }
    }

    /// The same, in the block that `only` picks.
    pub(super) fn only(self, only: Only) -> Self {
        Self { only: Some(only), ..self }
    }
}

impl<'r, 'p> Reader<'r, 'p> {
    /// The region that the resource lives in.
    pub(super) fn region(&self) -> &'r Attr<Text> {
        &self.resource.region
    }

    pub(super) fn new(resource: &'r Resource<'p>) -> Self {
        Self {
            resource,
            names: Vec::with_capacity(3),
            labels: Labels::default(),
            links: Vec::with_capacity(4),
            readers: None,
            in_part: false,
            main_tables: &[],
            market: None,
            drives: None,
            secluded: None,
        }
    }

    /// Takes over attributes that others refer to it by; those that are not known are left out.
    pub(super) fn names(&mut self, attributes: &[&str]) {
        for attribute in attributes {
            if let Attr::Set(name) = self.resource.body.text(attribute) {
                self.name(name);
            }
        }
    }

    /// Takes over the attributes that name the main route table that a network comes with.
    pub(super) fn main_tables(&mut self, attributes: &'static [&'static str]) {
        self.main_tables = attributes;
        self.names(attributes);
    }

    /// Takes over attributes that tell which one it is, but lead nobody there.
    pub(super) fn labels(&mut self, attributes: &'static [&'static str]) {
        self.labels.attributes = attributes;
        for attribute in attributes {
            match self.resource.body.text(attribute) {
                Attr::Set(name) if !name.is_empty() => self.labels.names.push(name),
                _ => {}
            }
        }
    }

    /// Takes over the name under which only its readers are reached.
    pub(super) fn readers(&mut self, attribute: &'static str) {
        self.readers = Some(Box::new((attribute, self.resource.body.text(attribute).into_known())));
        self.names(&[attribute]);
    }

    /// Says that the name of its readers leads to some of them only.
    pub(super) const fn in_part(&mut self) {
        self.in_part = true;
    }

    /// Takes over what it says of disks, and of the machines that have them.
    pub(super) fn drives(&mut self, drives: Option<Drives>) {
        self.drives = drives.map(Box::new);
    }

    /// Adds one more name.
    pub(super) fn name(&mut self, name: impl Into<Text>) {
        let name = name.into();
        if !name.is_empty() && !self.names.contains(&name) {
            self.names.push(name);
        }
    }

    /// A top-level attribute that names one neighbour.
    pub(super) fn link(&mut self, relation: Relation, attribute: &'static str) {
        self.top(relation, attribute, ONE, |text| text);
    }

    /// A top-level attribute that names several neighbours.
    pub(super) fn links(&mut self, relation: Relation, attribute: &'static str) {
        self.top(relation, attribute, MANY, |text| text);
    }

    /// A top-level attribute that names neighbours in another spelling.
    pub(super) fn top(&mut self, relation: Relation, attribute: &'static str, how: As, spell: impl Fn(Text) -> Text) {
        let view = self.resource.body.get(attribute);
        if matches!(view.presence(), Attr::Unknown(Why::Computed)) && self.resource.leaves_open(attribute) {
            return;
        }
        self.add(relation, attribute, how, view, spell);
    }

    /// An attribute of a block; `attribute` is its dotted path.
    pub(super) fn within(&mut self, relation: Relation, attribute: &'static str, how: As, block: &Body<'_>) {
        let name = attribute.rsplit('.').next().unwrap_or(attribute);
        self.add(relation, attribute, how, block.get(name), |text| text);
    }

    /// A link whose value is read already.
    pub(super) fn value(&mut self, relation: Relation, attribute: &'static str, how: As, value: LinkValue) {
        let As { plural, slot, revision, only } = how;
        self.links.push(Link { relation, attribute, value, plural, slot, revision, only: only.map(Box::new) });
    }

    fn add(
        &mut self,
        relation: Relation,
        attribute: &'static str,
        how: As,
        view: View<'_>,
        spell: impl Fn(Text) -> Text,
    ) {
        if let Some(value) = link_value(view, how.plural, spell) {
            self.value(relation, attribute, how, value);
        }
    }

    /// Says how the capacity is bought that it runs on.
    pub(super) fn market(&mut self, choice: Option<MarketChoice>) {
        self.market = choice.map(Box::new);
    }

    /// Says whether only those inside a network get to it.
    pub(super) fn secluded(&mut self, secluded: Stated<bool>) {
        self.secluded = Some(Box::new(secluded));
    }

    /// A number of the resource, for evidence.
    pub(super) fn count(&self, attribute: &'static str) -> Stated<u64> {
        Stated::plan(attribute, self.resource.int(attribute).and_then(unsigned))
    }

    /// A span of time in milliseconds, of which the attribute's own unit has so many. Where nobody writes it the default counts,
    /// whether the provider shows that or not; what is only read and does not show it keeps it to itself.
    pub(super) fn span(
        &self,
        attribute: &'static str,
        unit: u64,
        default: u64,
        documentation: &'static str,
    ) -> Stated<u64> {
        let value = self.resource.int(attribute).and_then(unsigned).map(|count| count.saturating_mul(unit));
        let value = match value {
            Attr::Unset if self.resource.mode == Mode::Data => Attr::Unknown(Why::Elsewhere),
            Attr::Set(value) if value == default && self.resource.leaves_open(attribute) => Attr::Unset,
            value => value,
        };
        Stated::plan(attribute, value).or_default(default, documentation).counted_in(unit)
    }

    /// Ends the reading.
    pub(super) fn facts(self, part: Part) -> Facts {
        let Self { resource, names, labels, links, readers, in_part, main_tables, market, drives, secluded } = self;
        let (names, links, region) = (names.into(), links.into(), resource.region.clone());
        // How it is billed is added by whoever called the adapter.
        let (tariff, billing, offers) = (&Tariff::NONE, Record::default(), None);
        Facts {
            part,
            names,
            labels,
            main_tables,
            links,
            readers,
            in_part,
            region,
            evident: None,
            secluded,
            tags: None,
            noun: "",
            tariff,
            billing,
            choices: None,
            market,
            drives,
            offers,
        }
    }
}

/// The names that an attribute holds; `None` where it holds none.
pub(super) fn link_value(view: View<'_>, plural: bool, spell: impl Fn(Text) -> Text) -> Option<LinkValue> {
    if !plural {
        return match view.text() {
            Attr::Set(text) if text.is_empty() => None,
            Attr::Set(text) => Some(LinkValue::Known(vec![spell(text)])),
            Attr::Unset => None,
            Attr::Unknown(why) => Some(LinkValue::Unknown(why)),
        };
    }
    let texts = match view.texts() {
        Attr::Set(texts) => texts,
        Attr::Unset => return None,
        Attr::Unknown(why) => return Some(LinkValue::Unknown(why)),
    };
    let (mut known, mut hidden) = (Vec::with_capacity(texts.len()), Vec::new());
    for text in texts {
        match text {
            Attr::Set(text) if !text.is_empty() => known.push(spell(text)),
            Attr::Set(_) | Attr::Unset => {}
            Attr::Unknown(why) => hidden.push(why),
        }
    }
    match hidden.first() {
        Some(why) => Some(LinkValue::Partly { known, hidden: hidden.len(), why: *why }),
        None if known.is_empty() => None,
        None => Some(LinkValue::Known(known)),
    }
}

/// Of what is billed, and has no bearing on scaling, routes, zones or connections.
pub(super) fn inert(resource: &Resource<'_>) -> Facts {
    Reader::new(resource).facts(Part::Inert)
}

/// A count: negative numbers are none.
pub(super) fn unsigned(value: i64) -> Attr<u64> {
    u64::try_from(value).map_or(Attr::Unknown(Why::Malformed), Attr::Set)
}

/// The last part of a path-like identifier: the name in an ARN, the file in a path.
pub(super) fn last_part(text: &str) -> &str {
    text.rsplit(['/', ':']).next().unwrap_or(text)
}
