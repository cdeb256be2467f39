//! What all shapes of SLO files come to.

use super::given::Given;
use super::measure::Window;
use super::problem::Problem;
use crate::model::Text;
use crate::units::Decimal;

/// How a file spells its objectives.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Shape {
    /// A list `slos`, as in the principle's template.
    Listed,
    /// A map `slos`, by name.
    Mapped,
    /// `openslo/v1` and its forerunner.
    OpenSlo,
    /// `prometheus/v1`, and the same as a resource of Kubernetes.
    Sloth,
    /// `pyrra.dev/v1alpha1`.
    Pyrra,
}

impl Shape {
    /// Its name, for people.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Listed => "a list of objectives",
            Self::Mapped => "objectives by name",
            Self::OpenSlo => "OpenSLO",
            Self::Sloth => "Sloth",
            Self::Pyrra => "Pyrra",
        }
    }
}

/// What an objective is about.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Kind {
    /// The share of requests that succeed.
    Availability,
    /// The share of requests that fail.
    ErrorRate,
    /// How long requests take: so many of a hundred are no slower.
    Latency(Given<Decimal>),
    /// How much is served in a time.
    Throughput,
    /// Something else.
    Other,
}

/// What is aimed at.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Target {
    /// A part of all requests: from 0 to 1.
    Ratio(Decimal),
    /// A time.
    Milliseconds(Decimal),
    /// A number of something else.
    Number(Decimal),
}

/// One objective.
#[derive(Clone, Debug)]
pub struct Objective {
    /// What it is called.
    pub name: Text,
    /// What it is about.
    pub kind: Kind,
    /// What is aimed at.
    pub target: Given<Target>,
    /// Over which time.
    pub window: Given<Window>,
    /// Whether it says which share of requests is within a time: then what holds for more of them holds for fewer as well.
    pub by_share: bool,
    /// Where it begins.
    pub line: u64,
}

/// What may go wrong before something has to be done, as far as a file says so beside the objectives.
#[derive(Clone, Debug, Default)]
pub struct ErrorBudget {
    /// Whether there is one: said, or following from an objective and its window by the shape's own rules.
    pub is_given: bool,
    /// What happens when it is used up.
    pub policy: Given<Text>,
    /// What alerts on the way there.
    pub alerting: Given<Text>,
}

/// One document of objectives.
#[derive(Clone, Debug)]
pub struct Slo {
    /// Whose objectives they are.
    pub service: Given<Text>,
    /// The name to find it by: the service's, or what the object or the file is called.
    pub name: Text,
    /// How it is spelled.
    pub shape: Shape,
    /// The file, as the reader finds it.
    pub file: Text,
    /// Where the document begins.
    pub line: u64,
    /// The objectives.
    pub objectives: Vec<Objective>,
    /// What may go wrong.
    pub budget: ErrorBudget,
    /// What is wrong with what it says, or cannot be told. What is missing is told of the whole service.
    pub problems: Vec<Problem>,
}
