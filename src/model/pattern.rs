//! Which addresses somebody means: one, or all that a pattern fits.

use std::borrow::Cow;

/// An address, or a pattern: `*` stands for anything within one step of it, `?` for one character, `**` for any number of
/// steps. Brackets stand for themselves. Without a bracket the keys of instances do not matter: `aws_instance.a` is all of
/// them, as it is to Terraform.
///
/// What a plan or a configuration names is no pattern, whatever stands in its keys: [`Pattern::exact`], [`Pattern::block`] and
/// [`Pattern::below`] know no wildcards.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Pattern {
    text: Box<str>,
    means: Means,
}

/// What the text of a pattern stands for.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Means {
    /// What somebody wrote, wildcards and all.
    Written,
    /// One instance.
    Instance,
    /// All instances of one block.
    Block,
    /// Everything in a module, and below it.
    Below,
}

impl Pattern {
    /// Takes `text` as it stands.
    pub fn new(text: &str) -> Self {
        Self { text: text.into(), means: Means::Written }
    }

    /// The instance at `address`, and no other.
    pub fn exact(address: &str) -> Self {
        Self { text: address.into(), means: Means::Instance }
    }

    /// All instances of the block at `address`, which has no keys.
    pub fn block(address: &str) -> Self {
        Self { text: address.into(), means: Means::Block }
    }

    /// Everything in all instances of the module at `address`, which has no keys.
    pub fn below(address: &str) -> Self {
        Self { text: address.into(), means: Means::Below }
    }

    /// The pattern as somebody wrote it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it has wildcards.
    pub fn is_wild(&self) -> bool {
        self.means == Means::Written && self.text.contains(['*', '?'])
    }

    /// Whether it means `address`.
    pub fn matches(&self, address: &str) -> bool {
        match self.means {
            Means::Written => self.fits(address),
            Means::Instance => *self.text == *address,
            Means::Block => *self.text == *keyless(address),
            Means::Below => keyless(address).strip_prefix(&*self.text).is_some_and(|rest| rest.starts_with('.')),
        }
    }

    fn fits(&self, address: &str) -> bool {
        if *self.text == *address {
            return true;
        }
        let address = if self.text.contains('[') { Cow::Borrowed(address) } else { keyless(address) };
        let head = self.text.find(['*', '?']).unwrap_or(self.text.len());
        if !self.text.get(..head).is_some_and(|head| address.starts_with(head)) {
            return false;
        }
        if !self.is_wild() {
            return *self.text == *address;
        }
        wild(&steps(&self.text), &steps(&address), |step| step == "**", step_fits)
    }
}

fn step_fits(pattern: &str, step: &str) -> bool {
    let (pattern, step): (Vec<char>, Vec<char>) = (pattern.chars().collect(), step.chars().collect());
    wild(&pattern, &step, |one| one == '*', |one, c| one == '?' || one == c)
}

/// Fits items to a pattern in which some stand for any number of them. It goes back to the last of those at most, so that
/// the time is that of the product of both lengths.
fn wild<P: Copy, T: Copy>(pattern: &[P], text: &[T], many: impl Fn(P) -> bool, fits: impl Fn(P, T) -> bool) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut back: Option<(usize, usize)> = None;
    while let Some(item) = text.get(t) {
        match pattern.get(p) {
            Some(one) if many(*one) => {
                back = Some((p + 1, t));
                p += 1;
            }
            Some(one) if fits(*one, *item) => (p, t) = (p + 1, t + 1),
            _ => {
                let Some((after, from)) = back else { return false };
                (p, t) = (after, from + 1);
                back = Some((after, from + 1));
            }
        }
    }
    pattern.get(p..).unwrap_or_default().iter().all(|one| many(*one))
}

/// Where the bracket that begins `text` ends: instance keys may hold dots, brackets and escaped quotes.
fn bracket(text: &str) -> usize {
    let (mut quoted, mut escaped) = (false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ']' if !quoted => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// An address without the keys of its instances.
fn keyless(address: &str) -> Cow<'_, str> {
    let mut rest = address;
    let mut bare = String::new();
    while let Some((name, key)) = rest.find('[').and_then(|open| rest.split_at_checked(open)) {
        bare.push_str(name);
        rest = key.get(bracket(key)..).unwrap_or_default();
    }
    if bare.is_empty() {
        return Cow::Borrowed(address);
    }
    bare.push_str(rest);
    Cow::Owned(bare)
}

/// What stands between the dots of an address, each with its key.
fn steps(address: &str) -> Vec<&str> {
    let (mut all, mut begin, mut at) = (Vec::new(), 0, 0);
    while let Some(rest) = address.get(at..).filter(|rest| !rest.is_empty()) {
        match rest.find(['.', '[']) {
            Some(next) if rest.get(next..).is_some_and(|rest| rest.starts_with('[')) => {
                at += next + rest.get(next..).map_or(0, bracket);
            }
            Some(dot) => {
                all.extend(address.get(begin..at + dot));
                at += dot + 1;
                begin = at;
            }
            None => break,
        }
    }
    all.extend(address.get(begin..));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_means_itself() {
        for address in [
            "aws_a.b",
            "aws_a.b[0]",
            "module.a[\"x\"].aws_b.c[0]",
            "module.a[\"*.?\"].aws_b.c",
            "module.a[\"x]\\\"]\"].aws_b.c",
            "",
            "[",
        ] {
            assert!(Pattern::new(address).matches(address), "{address}");
        }
    }

    #[test]
    fn names_are_no_patterns() {
        let exact = Pattern::exact("aws_a.b[\"*\"]");
        assert!(exact.matches("aws_a.b[\"*\"]") && !exact.is_wild());
        assert!(!exact.matches("aws_a.b[\"x\"]") && !Pattern::exact("aws_a.b").matches("aws_a.b[0]"));
        let block = Pattern::block("module.a.aws_b.c");
        assert!(block.matches("module.a[\"x.y]\\\"\"].aws_b.c[\"*\"]") && block.matches("module.a.aws_b.c"));
        assert!(!block.matches("module.a.aws_b.cd") && !block.matches("module.a.module.a.aws_b.c"));
        assert!(!Pattern::block("*.*").matches("aws_b.c") && !Pattern::block("aws_b.?").matches("aws_b.c"));
        let below = Pattern::below("module.a");
        assert!(below.matches("module.a[0].aws_b.c") && below.matches("module.a.module.d[\"?\"].aws_b.c[1]"));
        assert!(!below.matches("module.ab.aws_b.c") && !below.matches("module.d.module.a.aws_b.c"));
        assert!(!below.matches("module.a") && !Pattern::below("module.*").matches("module.a.aws_b.c"));
    }

    #[test]
    fn patterns_mean_what_they_say() {
        let all = [
            ("aws_a.b", "aws_a.b[0]", true),
            ("aws_a.b", "aws_a.bc", false),
            ("module.a.aws_b.c", "module.a[\"x.y\"].aws_b.c[7]", true),
            ("module.a", "module.a.aws_b.c", false),
            ("module.a.**", "module.a[\"x\"].module.d.aws_b.c", true),
            ("module.a.*", "module.a.aws_b.c", false),
            ("module.a.*.*", "module.a.aws_b.c", true),
            ("**.aws_b.c", "aws_b.c", true),
            ("**.aws_b.*", "module.a.module.b.aws_b.c", true),
            ("**", "module.a.aws_b.c", true),
            ("aws_nat_gateway.*", "aws_nat_gateway.main[2]", true),
            ("aws_nat_gateway.*", "module.a.aws_nat_gateway.main", false),
            ("aws_b.c[*]", "aws_b.c[\"a.b\"]", true),
            ("aws_b.c[0]", "aws_b.c[1]", false),
            ("aws_b.c[?]", "aws_b.c[1]", true),
            ("module.a[\"x\"].**", "module.a[\"y\"].aws_b.c", false),
            ("module.a[\"x\"].**", "module.a[\"x\"].aws_b.c", true),
            ("aws_*_b.c", "aws_a_b_b.c", true),
            ("a.*d", "a.dcd", true),
            ("a.?", "a.", false),
            ("", "a", false),
            ("**.**.x", "a", false),
        ];
        for (pattern, address, fits) in all {
            assert_eq!(Pattern::new(pattern).matches(address), fits, "{pattern} {address}");
        }
    }
}
