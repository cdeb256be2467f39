//! Finds the other end of each link: by value, by reference, by elimination.

use std::sync::{Arc, Mutex};

use rustc_hash::FxHashMap;

use super::eliminate::Lost;
use super::names::{Names, TooMany, is_called};
use super::node::{Edge, Node, Nodes, Open};
use super::suit::suit;
use crate::facts::{Facts, Link, LinkValue, Relation, Role};
use crate::model::{Found, Hit, Lookup, References, Text, Why};

/// Links that lead through other links (`vpc_id = aws_subnet.a.vpc_id`) are followed this far.
const DEEPEST: usize = 4;

/// A link that may lead to any of more things than this leads nowhere that could be told.
const MOST_DOUBTFUL: usize = 64;

/// What a link leads to.
#[derive(Debug)]
pub(super) enum Outcome {
    /// A resource of the plan.
    To(usize, Edge),
    /// Something outside the plan, known by name.
    Outside(Box<(Text, Role)>, Edge),
    /// Not to be told.
    Open(Box<Open>),
}

/// Everything that finding a link's end needs.
pub(super) struct Finder<'g> {
    pub(super) nodes: Nodes<'g>,
    pub(super) names: Names<'g>,
    pub(super) references: &'g dyn References,
    /// What the plan creates, by module instance and part.
    pub(super) created: FxHashMap<(usize, Role), Vec<usize>>,
    /// For each node, its instance in the plan; in order.
    pub(super) instances: &'g [usize],
    /// What a trace that is lost in a module can lead to: asked for by many, the same for all.
    pub(super) lost: Mutex<Lost>,
}

/// One end found.
#[derive(Clone, Copy, Debug)]
pub(super) struct End {
    pub(super) node: usize,
    pub(super) found: Found,
    /// The block that it is an instance of, where a reference led there.
    pub(super) block: Option<usize>,
    pub(super) readers_only: bool,
    pub(super) in_part: bool,
}

/// Parts that stand for another: what names them means what they belong to.
const STAND_INS: &[Role] = &[Role::Alias, Role::DatabaseMember, Role::Door];

impl Finder<'_> {
    /// What all links of the node at `from` lead to.
    pub(super) fn links(&self, from: usize, facts: &Facts) -> Vec<Outcome> {
        let mut outcomes = Vec::with_capacity(facts.links.len());
        for link in &facts.links {
            self.link(from, link, &mut outcomes);
        }
        suit(&facts.part, &mut outcomes, self.nodes);
        outcomes
    }

    fn link(&self, from: usize, link: &Link, outcomes: &mut Vec<Outcome>) {
        let Some(node) = self.nodes.get(from) else { return };
        let edge = |found, (readers_only, in_part)| Edge {
            relation: link.relation,
            attribute: link.attribute,
            slot: link.slot,
            found,
            readers_only,
            in_part,
        };
        let open = |why| {
            let Link { relation, attribute, slot, .. } = *link;
            Outcome::Open(Box::new(Open { relation, attribute, slot, why, lost: None }))
        };
        let (known, hidden, why) = match &link.value {
            LinkValue::Known(names) => (names.as_slice(), Some(0), None),
            LinkValue::Partly { known, hidden, why } => (known.as_slice(), Some(*hidden), Some(*why)),
            LinkValue::Unknown(why) => (&[][..], None, Some(*why)),
        };
        let (mut ends, mut strangers) = (Vec::<End>::new(), Vec::new());
        let mut several = false;
        for name in known {
            let Ok(found) = self.called(name, link.relation, node) else {
                match self.meant(from, link, name) {
                    meant if meant.is_empty() => outcomes.push(open(Why::Alike)),
                    meant => ends.extend(meant),
                }
                continue;
            };
            if found.is_empty() {
                strangers.push(name);
            }
            several = several || found.len() > 1;
            ends.extend(found);
        }
        if several {
            // Things of different kinds may have one name: the configuration tells which of them is meant.
            let lookup = self.references.lookup(self.instance(from), link.attribute, link.only.as_deref().copied());
            let meant: Vec<usize> =
                self.ends(&lookup, (link.relation, true), 0).into_iter().map(|end| end.node).collect();
            if ends.iter().any(|end| meant.contains(&end.node)) {
                ends.retain(|end| meant.contains(&end.node));
            }
            ends.retain(|end| end.node != from);
        }
        if !link.plural && ends.len() > 1 {
            for end in &mut *ends {
                end.found = Found::Ambiguous;
            }
        }
        // A mention is one text among many: what the configuration refers to counts as well.
        // Where all that it says has been found, there is nothing left to ask.
        let told = !known.is_empty() && strangers.is_empty();
        let asks = why.is_some() || (link.relation == Relation::Mentions && !told) || !strangers.is_empty();
        if asks {
            let lookup = self.references.lookup(self.instance(from), link.attribute, link.only.as_deref().copied());
            let seen: Vec<usize> = ends.iter().map(|end| end.node).collect();
            let mut referred = self.ends(&lookup, (link.relation, true), 0);
            referred.retain(|end| !seen.contains(&end.node) && end.node != from);
            if link.relation == Relation::Mentions && why.is_none() {
                // A text that can be seen: which of several it was made from, it says itself.
                referred.retain(|end| end.found != Found::Ambiguous);
            } else if link.relation == Relation::Mentions {
                // Whatever a text refers to, it mentions: all of it, not one of it; and where only one thing of its kind can
                // be meant, that one.
                if let [only] = referred.as_mut_slice()
                    && only.found == Found::Ambiguous
                {
                    only.found = Found::Elimination;
                }
            } else if let Some(why) = why {
                settle(&mut referred, link.plural, hidden);
                if referred.is_empty() {
                    match self.eliminate(from, link, why, hidden, &lookup) {
                        Ok(found) => referred = found,
                        Err(open) => outcomes.push(Outcome::Open(Box::new(open))),
                    }
                }
            } else if !link.plural && referred.len() > 1 {
                referred.clear();
            } else {
                // A value that is known equals none of these; which of them it comes from cannot be told.
                referred.retain(|end| end.found != Found::Ambiguous);
            }
            if !referred.is_empty() {
                strangers.clear();
            }
            ends.extend(referred);
        }
        if ends.iter().filter(|end| end.found == Found::Ambiguous).count() > MOST_DOUBTFUL {
            ends.retain(|end| end.found != Found::Ambiguous);
            outcomes.push(open(Why::Alike));
        }
        outcomes.extend(
            ends.into_iter().map(|end| Outcome::To(end.node, edge(end.found, (end.readers_only, end.in_part)))),
        );
        outcomes.extend(strangers.into_iter().filter_map(|name| outside(link, name)));
    }

    /// Of many things that are called `name`, those that the configuration leads to.
    fn meant(&self, from: usize, link: &Link, name: &str) -> Vec<End> {
        let lookup = self.references.lookup(self.instance(from), link.attribute, link.only.as_deref().copied());
        let mut meant = self.ends(&lookup, (link.relation, true), 0);
        meant.retain(|end| end.node != from && self.nodes.get(end.node).is_some_and(|node| is_called(node, name)));
        meant
    }

    pub(super) fn instance(&self, node: usize) -> usize {
        self.instances.get(node).copied().unwrap_or(usize::MAX)
    }

    /// The node of an instance, if it exists at this stage.
    pub(super) fn node_of(&self, instance: usize) -> Option<usize> {
        self.instances.binary_search(&instance).ok()
    }

    /// The nodes that are called `name` and may stand at the other end of `relation`.
    ///
    /// # Errors
    /// When they are too many.
    fn called(&self, name: &str, relation: Relation, from: &Node) -> Result<Vec<End>, TooMany> {
        let end = |node: usize| {
            let facts = self.nodes.get(node).and_then(|node| node.facts.as_ref());
            let readers = facts.and_then(|facts| facts.readers.as_deref()).and_then(|(_, name)| name.as_deref());
            End { node, found: Found::Value, block: None, readers_only: readers == Some(name), in_part: false }
        };
        // An identifier names a database, but nobody connects by it.
        let leads = |at: &usize| {
            let facts = self.nodes.get(*at).and_then(|node| node.facts.as_ref());
            !relation.is_contact() || !facts.is_some_and(|facts| facts.labels.names.iter().any(|label| label == name))
        };
        let mut direct = self.names.find(name, relation.expects(), from)?;
        direct.retain(leads);
        if !direct.is_empty() {
            return Ok(direct.into_iter().map(end).collect());
        }
        let stand_ins = self.names.find(name, STAND_INS, from)?.into_iter().filter(leads);
        let behind = stand_ins.flat_map(|at| self.behind(at, None, relation, 0));
        Ok(behind.map(|end| End { found: Found::Value.max(end.found), ..end }).collect())
    }

    /// What a stand-in stands for, of which `taken` is what somebody takes.
    fn behind(&self, at: usize, taken: Option<&Text>, relation: Relation, depth: usize) -> Vec<End> {
        let Some(node) = self.nodes.get(at) else { return Vec::new() };
        let links = node.facts.iter().flat_map(|facts| &facts.links);
        let links = links.filter(|link| {
            matches!(link.relation, Relation::NameOf | Relation::MemberOf | Relation::PassesOn | Relation::DoorOf)
        });
        // A name for readers leads to nobody else, however what it is a name of is called.
        let readers = node.facts.as_ref().is_some_and(|facts| facts.readers.is_some());
        let some = node.facts.as_ref().is_some_and(|facts| facts.in_part);
        // A stand-in says by an identifier what it stands for, and does not connect by it.
        let by_name =
            |link: &Link| link.relation.is_contact() || taken.is_some_and(|taken| taken.as_str() == link.attribute);
        let ends = links.flat_map(|link| self.follow(at, node, link, (relation, by_name(link)), depth));
        ends.map(|end| End { readers_only: end.readers_only || readers, in_part: end.in_part || some, ..end }).collect()
    }

    /// The nodes of the right kind that a lookup leads to.
    /// Where `by_name`, somebody connects by what he takes of them: an identifier leads nobody there.
    fn ends(&self, lookup: &Lookup, (relation, by_name): (Relation, bool), depth: usize) -> Vec<End> {
        let mut ends: Vec<End> = Vec::new();
        for hit in &lookup.hits {
            // Who connects does so to what he is told, not to all that he could have been told: there the doubt counts.
            let found = match hit.found {
                Found::Choice if relation.is_contact() => Found::Ambiguous,
                Found::Choice => Found::Splat,
                found => found,
            };
            let hit = &Hit { found, ..hit.clone() };
            let Some(at) = self.node_of(hit.instance) else { continue };
            let Some(Node { facts: Some(facts), .. }) = self.nodes.get(at) else { continue };
            let role = facts.part.role();
            if role == Role::Network && relation.expects().contains(&Role::RouteTable) {
                if self.is_table(hit, relation) {
                    let (found, block) = (hit.found, hit.block);
                    ends.push(End { node: at, found, block, readers_only: false, in_part: false });
                }
                continue;
            }
            let is_label = |taken: &Text| facts.labels.attributes.contains(&taken.as_str());
            if by_name && relation.is_contact() && hit.attribute.as_ref().is_some_and(is_label) {
                continue;
            }
            if relation.expects().contains(&role) {
                let readers_only = match (facts.readers.as_deref(), &hit.attribute) {
                    (Some((attribute, _)), Some(taken)) => taken == attribute,
                    _ => false,
                };
                ends.push(End { node: at, found: hit.found, block: hit.block, readers_only, in_part: false });
            } else if depth < DEEPEST {
                let behind = if STAND_INS.contains(&role) {
                    self.behind(at, hit.attribute.as_ref(), relation, depth + 1)
                } else {
                    self.through(at, facts, hit, relation, depth + 1)
                };
                ends.extend(behind.into_iter().map(|end| End { found: end.found.max(hit.found), ..end }));
            }
        }
        // Of two ways to one thing the surer counts; that for its readers leads to other machines of it.
        ends.sort_unstable_by_key(|end| (end.node, end.readers_only, end.in_part, end.found));
        ends.dedup_by_key(|end| (end.node, end.readers_only));
        ends
    }

    /// Whether a hit may stand for a route table where one is asked for: a network does by its main one's name only.
    pub(super) fn is_table(&self, hit: &Hit, relation: Relation) -> bool {
        if !relation.expects().contains(&Role::RouteTable) {
            return true;
        }
        let facts = self.node_of(hit.instance).and_then(|at| self.nodes.get(at)).and_then(|node| node.facts.as_ref());
        facts.is_none_or(|facts| {
            let name = hit.attribute.as_deref().unwrap_or_default();
            facts.part.role() != Role::Network || facts.main_tables.contains(&name)
        })
    }

    /// Follows `aws_subnet.a.vpc_id` to what the subnet's own link says.
    fn through(&self, at: usize, facts: &Facts, hit: &Hit, relation: Relation, depth: usize) -> Vec<End> {
        let leads = |link: &&Link| link.relation.expects().iter().any(|role| relation.expects().contains(role));
        let mut links = facts.links.iter().filter(leads);
        let next = match &hit.attribute {
            Some(attribute) => links.find(|link| link.attribute == attribute),
            // Before 1.0 references name no attribute: the only link that leads to such a thing is meant.
            None => links.next().filter(|_| links.next().is_none()),
        };
        match (next, self.nodes.get(at)) {
            (Some(next), Some(node)) => self.follow(at, node, next, (relation, true), depth),
            _ => Vec::new(),
        }
    }

    fn follow(
        &self,
        at: usize,
        node: &Node,
        link: &Link,
        (relation, by_name): (Relation, bool),
        depth: usize,
    ) -> Vec<End> {
        let mut ends: Vec<End> = Vec::new();
        if let LinkValue::Known(names) | LinkValue::Partly { known: names, .. } = &link.value {
            for name in names {
                let found = self.names.find(name, relation.expects(), node).unwrap_or_default().into_iter();
                ends.extend(found.map(|node| End {
                    node,
                    found: Found::Reference,
                    block: None,
                    readers_only: false,
                    in_part: false,
                }));
            }
        }
        if ends.len() == 1 {
            return ends;
        }
        // Nothing has that name, or things of different kinds have it: the configuration tells what is meant.
        let lookup = self.references.lookup(self.instance(at), link.attribute, link.only.as_deref().copied());
        let referred = self.ends(&lookup, (relation, by_name), depth);
        if ends.is_empty() || referred.iter().any(|end| ends.iter().any(|named| named.node == end.node)) {
            return referred;
        }
        ends.into_iter().map(|end| End { found: Found::Ambiguous, ..end }).collect()
    }
}

/// Decides which of the ends that an expression refers to are certain.
fn settle(ends: &mut [End], plural: bool, hidden: Option<usize>) {
    let several_blocks = ends.windows(2).any(|pair| matches!(pair, [a, b] if a.block != b.block));
    let all_of_them = hidden == Some(ends.len());
    let uncertain = if plural {
        // As many as the value has elements are all of them. Otherwise a splat over one block is its plain reading, and
        // several blocks may be a choice between them.
        !all_of_them && (hidden.is_some_and(|hidden| hidden < ends.len()) || (hidden.is_none() && several_blocks))
    } else {
        ends.len() > 1
    };
    if uncertain {
        for end in &mut *ends {
            end.found = Found::Ambiguous;
        }
        return;
    }
    for end in &mut *ends {
        end.found = match end.found {
            // Whatever the choice was, only this is left to choose.
            Found::Ambiguous if !plural || all_of_them => Found::Elimination,
            Found::Splat if !plural => Found::Reference,
            found => found,
        };
    }
}

/// What a name leads to that nothing in the plan has.
fn outside(link: &Link, name: &Text) -> Option<Outcome> {
    let Link { relation, attribute, slot, .. } = *link;
    if let Some(role) = stranger(relation) {
        let edge = Edge { relation, attribute, slot, found: Found::Value, readers_only: false, in_part: false };
        return Some(Outcome::Outside(Box::new((name.clone(), role)), edge));
    }
    let is_asked =
        matches!(relation, Relation::ParametersOf | Relation::Grants | Relation::UsesTemplate | Relation::SendsTo);
    let open = || Open { relation, attribute, slot, why: Why::Elsewhere, lost: Some(name.clone()) };
    is_asked.then(|| Outcome::Open(Box::new(open())))
}

/// The part that something outside the plan plays when it is named in such a place.
fn stranger(relation: Relation) -> Option<Role> {
    match relation {
        Relation::InNetwork => Some(Role::Network),
        Relation::InSubnet => Some(Role::Subnet),
        Relation::InTable | Relation::MainTableOf => Some(Role::RouteTable),
        Relation::GuardedBy | Relation::Admits | Relation::RuleOf => Some(Role::SecurityGroup),
        Relation::PlacedBy => Some(Role::SubnetGroup),
        Relation::InCluster => Some(Role::Cluster),
        Relation::InMesh => Some(Role::Mesh),
        Relation::ServedThrough | Relation::TargetOf => Some(Role::TargetGroup),
        Relation::ActsAs | Relation::PlumbsAs => Some(Role::Identity),
        _ => None,
    }
}

/// What is known of something outside the plan: the part it must play.
pub(super) fn outsider(name: &Text, role: Role) -> Option<Arc<Facts>> {
    use crate::facts::{MeshPart, Network, Part, Permission, RouteTable, SecurityGroup, Stated, Subnet, TargetGroup};
    use crate::model::Attr;
    let elsewhere = || Attr::<Text>::Unknown(Why::Elsewhere);
    let (part, noun) = match role {
        Role::Network => (Part::Network(Network::default()), "network"),
        Role::Subnet => (
            Part::Subnet(Subnet {
                zone: elsewhere(),
                cidr: elsewhere(),
                public_addresses: Attr::Unknown(Why::Elsewhere),
            }),
            "subnet",
        ),
        Role::RouteTable => (Part::RouteTable(RouteTable { hidden: true, ..RouteTable::default() }), "route table"),
        Role::SecurityGroup => {
            (Part::SecurityGroup(SecurityGroup { hidden: true, ..SecurityGroup::default() }), "security group")
        }
        Role::SubnetGroup => (Part::SubnetGroup, "subnet group"),
        Role::Cluster => (Part::Cluster, "cluster"),
        Role::Mesh => (Part::Mesh(MeshPart { whole: true, ..MeshPart::default() }), "mesh"),
        Role::TargetGroup => {
            let (traffic, takes) = (Attr::Unknown(Why::Elsewhere), Attr::Unknown(Why::Elsewhere));
            let speech = Stated::plan("", Attr::Unknown(Why::Elsewhere));
            (Part::TargetGroup(TargetGroup { traffic, takes, across: None, speech, sticky: None }), "target group")
        }
        Role::Identity => {
            (Part::Identity(Permission { hidden: Some(Why::Elsewhere), ..Permission::default() }), "role")
        }
        _ => return None,
    };
    let (names, links) = (Box::from([name.clone()]), Box::default());
    let region = elsewhere();
    let labels = crate::facts::Labels::default();
    Some(Arc::new(Facts {
        part,
        names,
        labels,
        main_tables: &[],
        links,
        readers: None,
        in_part: false,
        region,
        evident: None,
        tags: None,
        noun,
        secluded: None,
        tariff: &crate::facts::Tariff::FREE,
        billing: crate::facts::Record::default(),
        choices: None,
        market: None,
        drives: None,
        offers: None,
    }))
}
