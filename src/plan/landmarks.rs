//! Guesses where the large parts of a plan begin and end, so that all of them can be worked on at once, before anybody has
//! read that far.
//!
//! A guess is proven by work that has to be done anyway: where every part between two landmarks turns out to be a JSON value
//! of its own, the whole is what it seemed to be. Where one does not, the plan is read again without landmarks.

use memchr::memmem;

use crate::model::json;

/// Texts shorter than this are read before a second thread has started.
const WORTH_A_THREAD: usize = 1 << 20;

/// So many bytes of a list are read in one go.
pub(super) const RUN: usize = 1 << 16;

/// What plans say of their outputs is short: it is looked for only this far before what follows it.
const OUTPUTS: usize = 1 << 20;

/// The commas before the members that follow the large ones, in order; none in a small text.
pub(super) fn landmarks(text: &[u8]) -> Vec<usize> {
    let mut found = Vec::new();
    if text.len() < WORTH_A_THREAD {
        return found;
    }
    for at in memmem::find_iter(text, "\"resource_") {
        let is_changes = begins(text, at, &["\"resource_changes\"", ":", "["]);
        if is_changes || begins(text, at, &["\"resource_drift\"", ":", "["]) {
            found.extend(before(text, at, b','));
        }
        if is_changes {
            break;
        }
    }
    let Some(changes) = found.last().copied() else { return found };
    let member = |key: &str, rest: &[&str], from: usize| {
        let mut all = memmem::find_iter(text.get(from..)?, key).map(|at| from + at);
        let at = all.find(|at| begins(text, at + key.len(), rest))?;
        before(text, at, b',')
    };
    let state = member("\"prior_state\"", &[":", "{", "\"format_version\""], changes);
    let configuration = ["\"provider_config\"", "\"root_module\""];
    let configuration = configuration
        .into_iter()
        .find_map(|first| member("\"configuration\"", &[":", "{", first], state.unwrap_or(changes)));
    if let Some(end) = state.or(configuration) {
        let from = end.saturating_sub(OUTPUTS).max(changes);
        let key = "\"output_changes\"";
        let outputs = text.get(from..end).and_then(|window| memmem::rfind(window, key.as_bytes()));
        let outputs = outputs.map(|at| from + at).filter(|at| begins(text, at + key.len(), &[":", "{"]));
        found.extend(outputs.and_then(|at| before(text, at, b',')));
    }
    found.extend(state);
    found.extend(configuration);
    found
}

/// Divides the inside of `resource_changes` into runs of whole entries.
pub(super) fn runs(entries: &str) -> Vec<&str> {
    let mut runs = Vec::with_capacity(entries.len() / RUN + 1);
    let mut rest = entries;
    while let Some((run, more)) = between_entries(rest, RUN).and_then(|comma| rest.split_at_checked(comma)) {
        runs.push(run);
        rest = more.get(1..).unwrap_or_default();
    }
    runs.push(rest);
    runs
}

/// The first comma behind `from` that seems to stand between two entries of `resource_changes`.
fn between_entries(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut all = memmem::find_iter(bytes.get(from..)?, "\"address\"").map(|at| from + at);
    all.find_map(|at| {
        let open = before(bytes, at, b'{')?;
        let comma = before(bytes, open, b',')?;
        before(bytes, comma, b'}')?;
        // Attributes may hold lists of objects that begin with an address as well, but nothing else of an entry's head.
        let mut cursor = json::Cursor::new(text.get(open..)?);
        cursor.open(b'{');
        cursor.key()?;
        cursor.value()?;
        let next = cursor.key()?;
        matches!(next, "\"previous_address\"" | "\"module_address\"" | "\"mode\"").then_some(comma)
    })
}

/// Where `token` stands, if it is the last thing before `at`.
fn before(text: &[u8], at: usize, token: u8) -> Option<usize> {
    let (last, rest) = text.get(..at)?.trim_ascii_end().split_last()?;
    (*last == token).then_some(rest.len())
}

/// Whether `tokens`, with or without space between them, begin at `at`.
fn begins(text: &[u8], at: usize, tokens: &[&str]) -> bool {
    let mut rest = text.get(at..).unwrap_or_default();
    tokens.iter().all(|token| {
        let next = rest.trim_ascii_start().strip_prefix(token.as_bytes());
        rest = next.unwrap_or_default();
        next.is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What stands behind each landmark.
    fn behind(text: &str) -> Vec<String> {
        let text = format!("{{\"planned_values\":{{\"pad\":\"{}\"}}{text}}}", "x".repeat(WORTH_A_THREAD));
        landmarks(text.as_bytes()).into_iter().map(|at| text[at..].chars().take(20).collect()).collect()
    }

    #[test]
    fn members_are_found_with_and_without_space() {
        let plan = r#","resource_drift":[],"resource_changes":[{"a":{"resource_changes":{}}}],"output_changes":{},"prior_state":{"format_version":"1.0","a":{"configuration":{}}},"configuration":{"root_module":{}}"#;
        let keys = ["resource_drift", "resource_changes", "output_changes", "prior_state", "configuration"];
        let found = behind(plan);
        assert_eq!(found.len(), keys.len());
        assert!(found.iter().zip(keys).all(|(found, key)| found.starts_with(&format!(",\"{key}")[..10])));
        assert_eq!(behind(&plan.replace(':', " : ").replace(',', "\n , ")).len(), keys.len());
    }

    #[test]
    fn what_is_missing_has_no_landmark() {
        assert_eq!(behind(r#","resource_changes":[],"configuration":{"provider_config":{}}"#).len(), 2);
        assert!(behind(r#","prior_state":{"format_version":"1.0"}"#).is_empty());
        assert!(landmarks(br#"{"planned_values":{},"resource_changes":[]}"#).is_empty());
    }

    #[test]
    fn runs_end_between_entries() {
        let inner = r#"{"address":"10.0.0.1","port":1},{"address":"10.0.0.2","port":1}"#.to_owned();
        let entry = format!(r#"{{"address":"a.b","mode":"managed","nodes":[{inner}],"pad":"{}"}}"#, "x".repeat(RUN));
        for separator in [",", " ,\n "] {
            let list = [entry.as_str(); 3].join(separator);
            assert_eq!(runs(&list).iter().map(|run| run.trim()).collect::<Vec<_>>(), [&entry, &entry, &entry]);
        }
        assert_eq!(runs("{}"), ["{}"]);
    }
}
