//! One setting, and which of several counts.

use crate::model::{Attr, Text, Why};
use crate::units::Count;

/// What a setting means for the number of connections.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Meaning {
    /// Connections that one process keeps.
    Pool,
    /// Connections that one process may open on top of its pool.
    Overflow,
    /// Processes of one unit, each with a pool of its own.
    Processes,
    /// Threads of one process, each of which holds one connection where there is no pool.
    Threads,
    /// Connections that a pooler beside the application keeps, for all its processes together.
    Beside,
    /// Connections that such a pooler opens on top of these when it is short of them.
    Reserve,
    /// The most connections that such a pooler opens, however many pools it has.
    Bound,
    /// The most connections of clients that such a pooler accepts.
    Clients,
    /// How many of these run side by side in one unit.
    Copies,
}

/// How well a setting says what it means: the vaguest first.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Voice {
    /// What a program does where nobody tells it otherwise.
    Default,
    /// A name that fits other things as well: `POOL_SIZE` may be that of an HTTP client.
    Vague,
    /// Something else, which sizes the pool where nothing else does: `RAILS_MAX_THREADS`.
    Implied,
    /// A name that by convention can mean nothing else: `DB_POOL_SIZE`.
    Named,
    /// A name that the framework documents, and reads itself: `KC_DB_POOL_MAX_SIZE`.
    Documented,
    /// Arguments in a variable, which the program takes before its other variables: `GUNICORN_CMD_ARGS`.
    Arguments,
    /// A part of the command, or of the database's own address, which the program takes before everything else.
    Direct,
}

/// One setting.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Setting {
    /// The variable, or the flag, that sets it.
    pub key: Text,
    /// What it means.
    pub meaning: Meaning,
    /// How many.
    pub value: Attr<Count>,
    /// How well it says so.
    pub voice: Voice,
    /// Whose it is, where it says so: the database of a pool (`ORDERS`), the program of a flag (`gunicorn`).
    pub of: Text,
}

/// What the settings of one meaning say together.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Reading<'e> {
    /// The settings that count.
    pub from: Vec<&'e Setting>,
    /// What they say.
    pub value: Known,
}

/// How well a number is known.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Known {
    /// Exactly.
    Exactly(Count),
    /// No fewer than the first and no more than the second.
    Between(Count, Count),
    /// Not at all.
    Hidden(Why),
}

impl Known {
    /// Everything from `least` to `most`.
    fn within(least: Count, most: Count) -> Self {
        if least == most { Self::Exactly(least) } else { Self::Between(least, most) }
    }

    /// The least and the most, if anything is known.
    pub const fn range(self) -> Option<(Count, Count)> {
        match self {
            Self::Exactly(count) => Some((count, count)),
            Self::Between(least, most) => Some((least, most)),
            Self::Hidden(_) => None,
        }
    }
}

/// Reads settings of one meaning together, in whichever order they stand:
///
/// 1. Names that mean nothing else (`Named` and better) silence all vaguer ones.
/// 2. Of those that speak of one database, or of one program, the best voice counts: what is said in a command or in the
///    database's address beats what a framework documents, and that beats a convention.
/// 3. Equally good ones that agree are one. If they differ, either may be the one that is read: no fewer than the smaller,
///    no more than the larger. If one of them cannot be seen, nothing is known.
/// 4. Of several databases each has its pool. If all addresses in the environment are the same server (`together`), they
///    add up. If not, one server has at least the smallest of them and at most all.
pub(super) fn read(settings: Vec<&Setting>, together: bool) -> Option<Reading<'_>> {
    let best = settings.iter().map(|setting| setting.voice).max()?;
    let floor = best.min(Voice::Named);
    let mut groups: Vec<(&Text, Vec<&Setting>)> = Vec::new();
    for setting in settings.into_iter().filter(|setting| setting.voice >= floor) {
        match groups.iter_mut().find(|(of, _)| **of == setting.of) {
            Some((_, group)) => group.push(setting),
            None => groups.push((&setting.of, vec![setting])),
        }
    }
    groups.sort_by_key(|(of, _)| *of);
    let mut from = Vec::new();
    let mut values = Vec::new();
    for (_, mut group) in groups {
        let best = group.iter().map(|setting| setting.voice).max()?;
        group.retain(|setting| setting.voice == best);
        values.push(alternatives(&group));
        from.extend(group);
    }
    from.sort_by(|a, b| a.key.cmp(&b.key));
    from.dedup();
    let hidden = values.iter().find_map(|value| match value {
        Known::Hidden(why) => Some(*why),
        _ => None,
    });
    let several = values.len() > 1;
    let ranges: Vec<(Count, Count)> = values.into_iter().filter_map(Known::range).collect();
    let least = ranges.iter().map(|(least, _)| *least);
    let most = ranges.iter().fold(Count::Of(0), |sum, (_, most)| sum.plus(*most));
    let value = match hidden {
        Some(why) => Known::Hidden(why),
        None if several && !together => Known::within(least.min()?, most),
        None => Known::within(least.fold(Count::Of(0), Count::plus), most),
    };
    Some(Reading { from, value })
}

/// Settings of which one is read, and nobody knows which.
fn alternatives(settings: &[&Setting]) -> Known {
    let mut counts = Vec::new();
    for setting in settings {
        match setting.value {
            Attr::Set(count) => counts.push(count),
            Attr::Unset => {}
            Attr::Unknown(why) => return Known::Hidden(why),
        }
    }
    match (counts.iter().min(), counts.iter().max()) {
        (Some(least), Some(most)) => Known::within(*least, *most),
        _ => Known::Hidden(Why::Elsewhere),
    }
}

/// Reads what a pooler keeps: its pool and its reserve, and no more than its bound. Without a word of its pool the bound is
/// all that is known.
///
/// Source: pgbouncer/pgbouncer 13a344f2, doc/config.md, `default_pool_size`, `reserve_pool_size`, `max_db_connections`.
pub(super) fn beside(settings: &[Setting]) -> Option<Reading<'_>> {
    let of = |meaning| read(settings.iter().filter(|setting| setting.meaning == meaning).collect(), true);
    let (pool, reserve, bound) = (of(Meaning::Beside), of(Meaning::Reserve), of(Meaning::Bound));
    let exact = |reading: &Option<Reading<'_>>| match reading.as_ref()?.value {
        Known::Exactly(count) => Some(count),
        _ => None,
    };
    let bounds = exact(&bound);
    let value = match (&pool, exact(&pool)) {
        (None, _) => bound.as_ref()?.value,
        (Some(reading), None) => bounds.map_or(reading.value, Known::Exactly),
        (Some(_), Some(size)) => {
            let least = bounds.map_or(size, |bound| size.min(bound));
            match reserve.as_ref().map(|reserve| reserve.value) {
                None => Known::Exactly(least),
                Some(Known::Exactly(more)) => {
                    let all = size.plus(more);
                    Known::Exactly(bounds.map_or(all, |bound| all.min(bound)))
                }
                Some(_) if bounds.is_some_and(|bound| bound <= size) => Known::Exactly(least),
                Some(_) => Known::Between(least, bounds.unwrap_or(Count::Unbounded)),
            }
        }
    };
    let from = [pool, reserve, bound].into_iter().flatten().flat_map(|reading| reading.from).collect();
    Some(Reading { from, value })
}
