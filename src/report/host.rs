//! The hosts of pull requests: how much a comment may hold there, and what they draw.

/// Where a comment is read.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Host {
    /// GitHub, in the cloud or of one's own.
    #[default]
    GitHub,
    /// GitLab.
    GitLab,
    /// Azure Repos.
    Azure,
    /// Bitbucket, which knows no HTML.
    Bitbucket,
}

impl Host {
    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::GitHub => "GitHub",
            Self::GitLab => "GitLab",
            Self::Azure => "Azure Repos",
            Self::Bitbucket => "Bitbucket",
        }
    }

    /// How many characters a comment may hold, less what is kept back for what a bot adds.
    ///
    /// Hosts do not say what they take for a character: here it is a unit of UTF-16, of which there are never fewer than
    /// of any other. Sources: GitHub 65,536, GitLab 1,000,000, Azure 150,000, Bitbucket 32,768: runatlantis/atlantis,
    /// server/events/vcs (each client), 2026-08; infracost/infracost internal/output/combined.go, 2026-08, takes 140,000 for Azure.
    pub const fn limit(self) -> usize {
        match self {
            Self::GitHub => 65_000,
            Self::GitLab => 990_000,
            Self::Azure => 140_000,
            Self::Bitbucket => 32_000,
        }
    }

    /// Whether it folds what stands in `details`, and hides comments of HTML.
    ///
    /// Source: infracost/infracost, internal/comment/bitbucket.go at 2c3465f: its mark is a visible text at the bottom there.
    pub(super) const fn has_html(self) -> bool {
        !matches!(self, Self::Bitbucket)
    }

    /// Whether it draws Mermaid in a comment.
    ///
    /// Source: github/docs, creating-diagrams.md, 2026-08; that GitLab does is what `planwise graph --format mermaid` goes by.
    pub const fn draws(self) -> bool {
        matches!(self, Self::GitHub | Self::GitLab)
    }
}

/// What a comment is made for.
#[derive(Clone, Debug, Default)]
pub struct CommentTerms {
    /// Where it is read.
    pub host: Host,
    /// What tells it from other comments of planwise on the same pull request.
    pub tag: Option<String>,
}
