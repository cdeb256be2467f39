//! Exemptions as comments and tags say them: `RULE reason [until=2027-03-31]`.

use std::iter::Peekable;

use super::exemption::{Exemption, parse_date};
use crate::model::Pattern;

/// What stands between two rules.
const BETWEEN: [char; 2] = [',', '+'];

impl Exemption {
    /// Reads what a comment or a tag of the plan with the number `plan` says: `RULE reason [until=2027-03-31]`; several rules
    /// have commas or `+` between them.
    ///
    /// # Errors
    /// When something is missing, does not exist, or looks like an end and is none, in words.
    pub fn said<'n>(
        place: &str,
        address: &Pattern,
        text: &str,
        plan: usize,
        rules: &(impl Iterator<Item = &'n str> + Clone),
    ) -> Result<Vec<Self>, String> {
        const SAY: &str = "say it as `planwise:ignore RULE reason`, with until=2027-03-31 behind it if it is to end";
        let mut words = text.split_whitespace().peekable();
        let named = list(&mut words);
        if named.is_empty() {
            return Err(format!("it names no rule: {SAY}"));
        }
        let (mut reason, mut until) = (Vec::new(), None);
        while let Some(word) = words.next() {
            match end(word, &mut words) {
                None => reason.push(word),
                Some(_) if until.is_some() => return Err("it has more than one end: say until= once".to_owned()),
                Some(day) => until = Some(parse_date(&day)?),
            }
        }
        let reason = reason.join(" ");
        if !reason.contains(char::is_alphanumeric) {
            return Err(format!("it gives no reason: {SAY}"));
        }
        let one = |rule: &str| {
            if rule != "*" && !rules.clone().any(|known| known == rule) {
                let near = rules.clone().find(|known| strsim::osa_distance(known, rule) <= 2);
                let near = near
                    .map_or_else(|| "`planwise rules` lists them".to_owned(), |near| format!("did you mean {near}?"));
                return Err(format!("there is no rule {rule}; {near}"));
            }
            Ok(Self {
                rule: Some(rule).filter(|rule| *rule != "*").map(str::to_owned),
                address: address.clone(),
                key: None,
                reason: reason.clone(),
                until,
                place: place.to_owned(),
                plan: Some(plan),
            })
        };
        named.split(BETWEEN).filter(|rule| !rule.is_empty()).map(one).collect()
    }
}

/// Takes the rules that a comment or a tag begins with; blanks beside what stands between two of them make no difference.
fn list<'w>(words: &mut Peekable<impl Iterator<Item = &'w str>>) -> String {
    let mut all = String::new();
    while let Some(word) = words.next_if(|word| all.is_empty() || all.ends_with(BETWEEN) || word.starts_with(BETWEEN)) {
        all.push_str(word);
    }
    all
}

/// The day that `word` says something ends on, with the words behind it where these belong to it; `None` where it does not look
/// like an end. Whatever looks like one is read as one: as a part of the reason it would never end anything.
fn end<'w>(word: &str, rest: &mut Peekable<impl Iterator<Item = &'w str>>) -> Option<String> {
    const MARKS: [char; 2] = ['=', ':'];
    let is_digit = |c: char| c.is_ascii_digit();
    let bare = |text: &str| text.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let marked = word.split_once(MARKS).filter(|(key, _)| strsim::osa_distance(key, "until") <= 1);
    if let Some((_, day)) = marked {
        let day = bare(day);
        return Some(if day.is_empty() { rest.next().map(bare).unwrap_or_default() } else { day });
    }
    let behind = bare(word.strip_prefix("until")?);
    if behind.is_empty() {
        let mark = rest.next_if(|next| next.starts_with(MARKS));
        let day = match mark.map(bare) {
            Some(day) if day.is_empty() => rest.next().map(bare).unwrap_or_default(),
            Some(day) => day,
            None => bare(rest.next_if(|next| bare(next).starts_with(is_digit))?),
        };
        return Some(day);
    }
    behind.starts_with(is_digit).then_some(behind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_read_or_said_to_be_wrong() {
        let read = |text: &str| {
            Exemption::said("a.tf:3", &Pattern::block("aws_a.b"), text, 0, &["some-rule", "other-rule"].into_iter())
        };
        let all = read("some-rule,other-rule it is small until=2027-03-31").unwrap();
        assert_eq!(all.len(), 2);
        assert_eq!((all[1].rule.as_deref(), all[1].reason.as_str()), (Some("other-rule"), "it is small"));
        assert_eq!((all[0].until, all[0].place.as_str()), (parse_date("2027-03-31").ok(), "a.tf:3"));
        assert_eq!(read("* why").unwrap()[0].rule, None);
        for (text, expected) in [
            ("", "names no rule"),
            ("some-rule", "gives no reason"),
            ("some-rule until=2027-03-31", "gives no reason"),
            ("some-rule -- ", "gives no reason"),
            ("some-rul why", "did you mean some-rule?"),
            ("some-rule why until=soon", "`soon` is no day"),
            (",", "gives no reason"),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.contains(expected), "{text}: {error}");
        }
    }

    #[test]
    fn several_rules_may_have_blanks_between_them() {
        let rules = ["some-rule", "other-rule", "third-rule"];
        let read = |text: &str| {
            let said = Exemption::said("a.tf:3", &Pattern::block("aws_a.b"), text, 0, &rules.into_iter());
            said.map(|all| {
                let rules: Vec<String> = all.iter().filter_map(|one| one.rule.clone()).collect();
                (rules.join(" "), all[0].reason.clone())
            })
        };
        for text in [
            "some-rule,other-rule it is small",
            "some-rule, other-rule it is small",
            "some-rule , other-rule it is small",
            "some-rule ,other-rule it is small",
            "some-rule + other-rule it is small",
            "some-rule,, other-rule it is small",
        ] {
            assert_eq!(read(text).unwrap(), ("some-rule other-rule".to_owned(), "it is small".to_owned()), "{text}");
        }
        assert_eq!(read("some-rule, other-rule, third-rule why").unwrap().0, rules.join(" "));
        // What is no rule is no reason either.
        assert!(read("some-rule, because it is small").unwrap_err().contains("there is no rule because"));
    }

    #[test]
    fn what_looks_like_an_end_is_never_a_reason() {
        let read = |text: &str| {
            let text = format!("some-rule small {text} here");
            let said = Exemption::said("a.tf:3", &Pattern::block("aws_a.b"), &text, 0, &["some-rule"].into_iter());
            said.map(|all| (all[0].until.map(|day| day.to_string()), all[0].reason.clone()))
        };
        for text in [
            "until=2027-03-31",
            "until:2027-03-31",
            "UNTIL=2027-03-31",
            "Until: 2027-03-31",
            "until = 2027-03-31",
            "until =2027-03-31",
            "until= 2027-03-31",
            "until 2027-03-31",
            "(until 2027-03-31)",
            "(until=2027-03-31),",
            "until=\"2027-03-31\"",
            "until-2027-03-31",
            "until, 2027-03-31",
            "untill=2027-03-31",
            "unitl=2027-03-31",
        ] {
            let expected = (Some("2027-03-31".to_owned()), "small here".to_owned());
            assert_eq!(read(text), Ok(expected), "{text}");
        }
        for (text, expected) in [
            ("until=31.03.2027", "`31.03.2027` is no day"),
            ("until:", "`here` is no day"),
            ("until 3 of them are gone", "`3` is no day"),
            ("until 2027", "`2027` is no day"),
            ("until=2027-03-31 until=2028-03-31", "more than one end"),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.contains(expected), "{text}: {error}");
        }
        for text in ["until it is gone", "untilled", "as of 2027-03-31", "see https://a.example/until"] {
            assert_eq!(read(text), Ok((None, format!("small {text} here"))), "{text}");
        }
    }
}
