//! What is still asked for when the text of a plan has been let go of.

/// Copies of parts of plans, as long as anybody asks what the configuration says.
///
/// Most of a plan's text is read once. Its configuration is asked again and again, and is a tenth of it.
#[derive(Debug, Default)]
pub struct Kept(bumpalo::Bump);

impl Kept {
    /// Keeps a copy of a text.
    pub(super) fn keep(&self, text: &str) -> &str {
        self.0.alloc_str(text)
    }
}
