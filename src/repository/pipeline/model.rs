//! What the pipelines of all systems have in common.

use crate::model::Address;

/// Who runs a pipeline.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[allow(missing_docs, reason = "their own names")]
pub enum System {
    GitHub,
    GitLab,
    Azure,
    Jenkins,
    CircleCi,
    Buildkite,
    Bitbucket,
    /// A cloud, which the plan tells to: what a person calls such a pipeline.
    Cloud(&'static str),
}

impl System {
    /// What it is called.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::GitHub => "GitHub workflow",
            Self::GitLab => "GitLab pipeline",
            Self::Azure => "Azure pipeline",
            Self::Jenkins => "Jenkins pipeline",
            Self::CircleCi => "CircleCI workflow",
            Self::Buildkite => "Buildkite pipeline",
            Self::Bitbucket => "Bitbucket pipeline",
            Self::Cloud(noun) => noun,
        }
    }
}

/// A pipeline: jobs, some of them after others.
#[derive(Clone, Debug)]
pub struct Pipeline {
    /// Who runs it.
    pub system: System,
    /// Its file, from the root of the repository; nothing where the plan makes it.
    pub file: String,
    /// Its address, where the plan makes it.
    pub address: Option<Address>,
    /// What it is called; its file's name where it has no name.
    pub name: String,
    /// What starts it.
    pub start: Start,
    /// Its jobs, in the order of the file.
    pub jobs: Vec<Job>,
    /// What cannot be seen of it, if something cannot: in words.
    pub unseen: Option<Unseen>,
}

/// What starts a pipeline.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Start {
    /// Whether a change of the code does: a push, a tag, a merge.
    pub change: bool,
    /// Whether a proposed change does, before it is merged.
    pub proposal: bool,
    /// Whether only the clock or somebody's hand does.
    pub occasional: bool,
    /// The pipelines that start it when they are done.
    pub after: Vec<String>,
}

/// Something of a pipeline that cannot be seen.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Unseen {
    /// What, in words; in a pipeline that the plan makes, with the reason.
    pub what: String,
    /// The line that names it.
    pub line: usize,
}

/// A job: what is done one after another.
#[derive(Clone, Debug, Default)]
pub struct Job {
    /// What others call it.
    pub id: String,
    /// The line that it begins on.
    pub line: usize,
    /// What it does that matters here, in order.
    pub deeds: Vec<Deed>,
    /// The positions of the jobs without whose success it does not run.
    pub needs: Vec<usize>,
    /// The positions of those before it all the same: it runs whether they succeed or not.
    pub follows: Vec<usize>,
}

/// Something that a job does.
#[derive(Clone, Debug)]
pub struct Deed {
    /// What.
    pub what: What,
    /// The line in the pipeline's file.
    pub line: usize,
    /// Where it is instead, in a pipeline that the plan makes.
    pub spot: Option<Spot>,
    /// What a reader finds there: the step's name, or the command.
    pub label: String,
    /// What makes its failure go unnoticed, if something does.
    pub lenient: Option<Lenient>,
    /// Whether it is done although something before it failed.
    pub regardless: bool,
    /// Whether it is done only when somebody asks for it, or by the clock.
    pub occasional: bool,
}

/// Where something is done in a pipeline that the plan makes.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Spot {
    /// What states it.
    pub address: Address,
    /// The attribute that does.
    pub attribute: &'static str,
    /// The file of the repository that says what is done there, if one does; the deed's line is one of it.
    pub file: Option<String>,
    /// Where it is, in words: `action load of stage Test`.
    pub words: String,
}

/// What makes a failure go unnoticed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Lenient {
    /// What: `continue-on-error`, `|| true`.
    pub what: String,
    /// Whether it certainly does.
    pub certain: bool,
}

/// What is done.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum What {
    /// Puts load on something.
    LoadTest(LoadTest),
    /// Judges what a load test measured.
    Judge,
    /// Brings something to where it runs.
    Deploy(Deploy),
    /// Something whose name sounds like a load test, and that cannot be seen.
    Hint,
    /// Anything else: it is left out in the end.
    Other,
}

/// A load test.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct LoadTest {
    /// The tool.
    pub tool: &'static str,
    /// Whether it fails when what it measures is too slow.
    pub fails: Fails,
    /// The files that it writes its results to.
    pub results: Vec<String>,
    /// What holds its results against limits, where something else does.
    pub judge: Option<Place>,
}

/// Whether a load test fails when what it measures is too slow.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Fails {
    /// It does.
    Yes,
    /// It never does, for this reason.
    Never(String),
    /// It cannot be told, for this reason.
    Unknown(String),
}

/// A deployment.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Deploy {
    /// By what: `terraform apply`.
    pub how: String,
    /// Where to.
    pub target: Target,
}

/// Where something is deployed to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Target {
    /// To those who use it, as this word says.
    Production(String),
    /// To where it is tested, as this word says.
    Test(String),
    /// Nothing says.
    Unsaid,
    /// A variable says, which is known when it runs.
    Variable(String),
}

/// The place of a deed in a pipeline: the job, and the deed in it.
pub type Place = (usize, usize);

impl Pipeline {
    /// Every deed with its place.
    pub fn deeds(&self) -> impl Iterator<Item = (Place, &Deed)> {
        let jobs = self.jobs.iter().enumerate();
        jobs.flat_map(|(job, all)| all.deeds.iter().enumerate().map(move |(at, deed)| ((job, at), deed)))
    }

    /// Whether `second` is done only if `first` succeeds.
    pub fn holds_back(&self, first: Place, second: Place) -> bool {
        let regardless = |(job, at): Place| {
            let deed = self.jobs.get(job).and_then(|job| job.deeds.get(at));
            deed.is_none_or(|deed| deed.regardless)
        };
        if first.0 == second.0 {
            return first.1 < second.1 && !regardless(second);
        }
        self.reaches(first.0, second.0, |job| &job.needs)
    }

    /// Whether `second` is done after `first`, whatever becomes of that.
    pub fn is_before(&self, first: Place, second: Place) -> bool {
        if first.0 == second.0 { first.1 < second.1 } else { self.reaches(first.0, second.0, |job| &job.follows) }
    }

    /// Whether one job comes before another, by the jobs that each of them names.
    fn reaches(&self, first: usize, second: usize, before: impl Fn(&Job) -> &[usize]) -> bool {
        let mut open = vec![second];
        let mut seen = vec![false; self.jobs.len()];
        while let Some(at) = open.pop() {
            let Some(job) = self.jobs.get(at) else { continue };
            for earlier in before(job) {
                if *earlier == first {
                    return true;
                }
                if let Some(seen) = seen.get_mut(*earlier).filter(|seen| !**seen) {
                    *seen = true;
                    open.push(*earlier);
                }
            }
        }
        false
    }
}
