//! What becomes of the comment that is there, and of the new one.

use std::fmt;

use super::api::{Call, Found, create, delete, hide, list, own, owner, page, update};
use super::error::PostError;
use super::retry::Pace;
use super::target::{Service, Target};
use super::transport::{Line, Sent};

/// What becomes of the comment that is there.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Behavior {
    /// It is updated, where it says something else.
    #[default]
    Update,
    /// It stays, and another is added.
    New,
    /// It is hidden as outdated, and another added.
    HideAndNew,
    /// Another is added, and it is deleted.
    DeleteAndNew,
}

/// What is to be done.
#[derive(Clone, Copy, Debug)]
pub struct Job<'j> {
    /// Where.
    pub target: &'j Target,
    /// The line by which a comment is found again, as it stands in `body`: its first, and on Bitbucket its last.
    pub marker: &'j str,
    /// The comment.
    pub body: &'j str,
    /// What becomes of the one that is there.
    pub behavior: Behavior,
    /// Whether none is made where none is there.
    pub only_update: bool,
    /// Whether nothing is changed.
    pub dry_run: bool,
}

/// What was done, or would be.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Done {
    deed: String,
    place: String,
    is_dry: bool,
}

impl fmt::Display for Done {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = if self.is_dry { "would be " } else { "" };
        write!(f, "{}: comment {head}{}", self.place, self.deed)
    }
}

/// So many pages of comments are read at the most.
const PAGES: usize = 200;

/// Posts a comment.
///
/// # Errors
/// When the host refuses, does not answer in time, or cannot do it.
pub fn post(job: &Job<'_>, pace: Pace) -> Result<Done, PostError> {
    let target = job.target;
    if job.behavior == Behavior::HideAndNew && target.service != Service::GitHub {
        return Err(PostError::new(
            format!("{} cannot hide a comment", target.service.name()),
            "--behavior update, delete-and-new and new work there",
        ));
    }
    let done = |deed: &str| Done { deed: deed.to_owned(), place: target.place(), is_dry: job.dry_run };
    // Without a token nobody can look.
    if job.dry_run && target.token.is_empty() {
        return Ok(done("made or updated (there is no token to look with)"));
    }
    target.needs_token()?;
    let line = Line::new(target, pace)?;
    let all = comments(&line, target)?;
    let ours = ours(&line, job, &all);
    if ours.is_empty() && job.only_update {
        return Ok(done("left out: there is nothing to say, and none is there"));
    }
    if job.behavior == Behavior::Update
        && let Some(deed) = updated(&line, job, &ours)?
    {
        return Ok(done(&deed));
    }
    if !job.dry_run {
        add(&line, job, &all)?;
    }
    // The old one goes last: one too many is better than none.
    let verb = match job.behavior {
        Behavior::Update | Behavior::New => return Ok(done("made")),
        Behavior::HideAndNew => "hidden",
        Behavior::DeleteAndNew => "deleted",
    };
    let mut gone = 0;
    for found in &ours {
        let call = if verb == "hidden" { hide(target, found) } else { Some(delete(target, found)) };
        match call.filter(|_| !job.dry_run).map(|call| settle(&line, &call)) {
            // It is somebody else's.
            Some(Err(problem)) if problem.is_of_one() => {}
            Some(Err(problem)) => return Err(problem),
            Some(Ok(())) | None => gone += 1,
        }
    }
    Ok(done(&format!("made, and {gone} {verb}")))
}

/// The comments with the mark, as far as can be told those that are ours: anybody may write a line. Where the host does not say whose
/// the token is, those of programs, if it tells these apart.
fn ours<'a>(line: &Line<'_>, job: &Job<'_>, all: &'a [Found]) -> Vec<&'a Found> {
    let target = job.target;
    let marked: Vec<&Found> = all.iter().filter(|found| is_marked(target.service, &found.body, job.marker)).collect();
    if marked.is_empty() {
        return marked;
    }
    // A comment that cannot be told from ours is better than none, so no refusal ends this.
    let owner = line.ask(&own(target)).and_then(|reply| owner(target, &reply));
    let is_ours = |found: &&Found| match (&owner, &found.author) {
        (Some(owner), Some(author)) => owner == author,
        (None, _) => found.by_program != Some(false),
        (Some(_), None) => true,
    };
    marked.into_iter().filter(is_ours).collect()
}

/// Updates the last of our comments that may be; nothing where none may, so that another has to be made.
fn updated(line: &Line<'_>, job: &Job<'_>, ours: &[&Found]) -> Result<Option<String>, PostError> {
    for found in ours.iter().rev() {
        if is_same(&found.body, job.body) {
            return Ok(Some(format!("{} left as it is: it says the same", found.id)));
        }
        if !job.dry_run {
            match settle(line, &update(job.target, found, job.body)) {
                // It is somebody else's, or gone by now.
                Err(problem) if problem.is_of_one() => continue,
                settled => settled?,
            }
        }
        return Ok(Some(format!("{} updated", found.id)));
    }
    Ok(None)
}

/// All comments, page by page.
fn comments(line: &Line<'_>, target: &Target) -> Result<Vec<Found>, PostError> {
    let mut all = Vec::new();
    let mut call = list(target);
    for _ in 0..PAGES {
        let reply = match line.send(&call)? {
            Sent::Done(reply) => reply,
            Sent::Unclear(problem) => return Err(problem),
        };
        let read = page(target, &reply)?;
        all.extend(read.found);
        match read.next {
            Some(next) => call = Call::get(next),
            None => break,
        }
    }
    Ok(all)
}

/// Does something that may be done twice.
fn settle(line: &Line<'_>, call: &Call) -> Result<(), PostError> {
    match line.send(call)? {
        Sent::Done(reply) if call.url.ends_with("/graphql") && reply.complains() => Err(PostError::new(
            format!(
                "GitHub cannot hide the old comment{}",
                reply.complaint().map_or_else(String::new, |said| format!(": {said}"))
            ),
            "the new one is there; the token needs the right to write to the repository's pull requests",
        )),
        Sent::Done(_) => Ok(()),
        Sent::Unclear(problem) => Err(problem),
    }
}

/// Makes a comment, once: where the answer is lost, it looks whether it is there before it tries again.
fn add(line: &Line<'_>, job: &Job<'_>, before: &[Found]) -> Result<(), PostError> {
    let mut tried = 0;
    loop {
        tried += 1;
        let problem = match line.send(&create(job.target, job.body))? {
            Sent::Done(_) => return Ok(()),
            Sent::Unclear(problem) => problem,
        };
        if !line.wait(tried, None) {
            return Err(problem);
        }
        let now = comments(line, job.target)?;
        let is_new = |found: &&Found| !before.iter().any(|old| old.id == found.id);
        if now.iter().filter(is_new).any(|found| is_same(&found.body, job.body)) {
            return Ok(());
        }
    }
}

/// Whether a comment has the mark: as its first line, or as its last where a host hides nothing. A quotation is neither.
fn is_marked(service: Service, body: &str, marker: &str) -> bool {
    let mut lines = body.lines().map(str::trim).filter(|line| !line.is_empty());
    let line = if service == Service::Bitbucket { lines.next_back() } else { lines.next() };
    line == Some(marker)
}

/// Whether two comments say the same: hosts keep neither the kind of line ends nor spaces at the end.
fn is_same(one: &str, other: &str) -> bool {
    one.trim_end().lines().map(str::trim_end).eq(other.trim_end().lines().map(str::trim_end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_known_by_their_first_line_and_on_bitbucket_by_their_last() {
        let mark = "<!-- planwise:report -->";
        let marked = |body: &str, mark: &str| {
            [Service::GitHub, Service::Bitbucket].map(|service| is_marked(service, body, mark))
        };
        assert_eq!(marked("<!-- planwise:report -->\r\n### x", mark), [true, false]);
        assert_eq!(marked("### x\n\n`planwise:report`\n", "`planwise:report`"), [false, true]);
        assert_eq!(marked("> <!-- planwise:report -->\nsee above", mark), [false; 2]);
        assert_eq!(marked("<!-- planwise:report key=a -->\nx", mark), [false; 2]);
        assert_eq!(marked("x\n<!-- planwise:report -->\ny", mark), [false; 2]);
        assert!(is_same("a \r\nb\r\n", "a\nb") && !is_same("a\nb", "a\nc"));
    }
}
