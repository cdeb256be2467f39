//! Where something is deployed to, by what names say.

use super::model::Target;

const PRODUCTION: [&str; 5] = ["prod", "production", "prd", "live", "produktion"];
const TEST: [&str; 38] = [
    "review",
    "nonprod",
    "nonproduction",
    "acceptance",
    "acc",
    "demo",
    "lab",
    "pr",
    "mr",
    "rc",
    "beta",
    "abnahme",
    "entwicklung",
    "testumgebung",
    "staging",
    "stage",
    "stg",
    "test",
    "testing",
    "tests",
    "dev",
    "develop",
    "development",
    "qa",
    "uat",
    "int",
    "integration",
    "preview",
    "sandbox",
    "ephemeral",
    "perf",
    "performance",
    "loadtest",
    "kind",
    "minikube",
    "k3d",
    "e2e",
    "preprod",
];

/// Where to, by the first of `texts` that says so.
pub(super) fn target<'t>(texts: impl IntoIterator<Item = &'t str>) -> Target {
    let mut variable = None;
    for text in texts {
        // What a placeholder is called is not what stands there.
        let plain = without_placeholders(text);
        let lower = plain.to_ascii_lowercase();
        let words: Vec<&str> =
            lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let squeezed = ["pre-prod", "pre_prod", "non-prod", "non_prod"].iter().find(|word| lower.contains(**word));
        if let Some(word) = squeezed {
            return Target::Test((*word).to_owned());
        }
        // Production outweighs a file that is called after a test; `stage` may name what follows it.
        let production = words.iter().find(|word| PRODUCTION.contains(word));
        let found = production.map(|word| Target::Production((*word).to_owned()));
        let found = found
            .or_else(|| words.iter().find(|word| TEST.contains(word)).map(|word| Target::Test((*word).to_owned())));
        if let Some(found) = found {
            return found;
        }
        if plain != text {
            variable = variable.or_else(|| Some(text.to_owned()));
        }
    }
    variable.map_or(Target::Unsaid, Target::Variable)
}

fn without_placeholders(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        let (head, tail) = rest.split_at_checked(at).unwrap_or((rest, ""));
        plain.push_str(head);
        let end = if tail.starts_with("${{") {
            tail.find("}}").map(|end| end + 2)
        } else if tail.starts_with("${") {
            tail.find('}').map(|end| end + 1)
        } else if tail.starts_with("$(") {
            tail.find(')').map(|end| end + 1)
        } else {
            let name = tail.char_indices().skip(1).find(|(_, c)| !c.is_ascii_alphanumeric() && *c != '_');
            name.map(|(end, _)| end)
        };
        rest = tail.get(end.unwrap_or(tail.len())..).unwrap_or_default();
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_something_goes() {
        let test = |word: &str| Target::Test(word.to_owned());
        assert_eq!(target(["", "terraform -chdir=environments/staging apply"]), test("staging"));
        assert_eq!(target(["pre-prod"]), test("pre-prod"));
        assert_eq!(target(["Deploy to Production"]), Target::Production("production".to_owned()));
        assert_eq!(target(["deploy"]), Target::Unsaid);
        assert_eq!(target(["${{ inputs.production }}"]), Target::Variable("${{ inputs.production }}".to_owned()));
        assert_eq!(target(["$ENV", "deploy-qa"]), test("qa"));
        assert_eq!(target(["delivery of products"]), Target::Unsaid);
    }
}
