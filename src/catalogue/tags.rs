//! Tags for planwise, as the clouds spell them.

use crate::facts::{TAG, Tag, Tags};
use crate::model::{Attr, Body, Text};

/// The tags for planwise of a resource; `None` of nearly all.
///
/// A map `tags` is the resource's own, `tags_all` adds those of its provider; a group of machines has a block for each tag.
pub(super) fn read(body: &Body<'_>) -> Option<Box<Tags>> {
    let mut found = Vec::new();
    for name in ["tags", "tags_all"] {
        let view = body.get(name);
        if !view.may_hold(TAG) {
            continue;
        }
        if let Attr::Set(tags) = view.body() {
            for key in tags.keys() {
                add(&mut found, key, || tags.text(key));
            }
        }
    }
    if body.get("tag").may_hold(TAG) {
        for block in body.get("tag").visible_blocks() {
            if let Attr::Set(key) = block.text("key") {
                add(&mut found, &key, || block.text("value"));
            }
        }
    }
    (!found.is_empty()).then(|| Box::new(Tags(found)))
}

fn add(found: &mut Vec<Tag>, key: &str, value: impl FnOnce() -> Attr<Text>) {
    let Some(key) = key.strip_prefix(TAG) else { return };
    if !found.iter().any(|tag| tag.key == key) {
        found.push(Tag { key: key.into(), value: value() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Mark, Why};

    #[test]
    fn every_spelling_is_read() {
        let values = r#"{"tags":{"planwise:pool-size":"10","Name":"x"},"tags_all":{"planwise:pool-size":"10","planwise:overflow":"5"},
            "tag":[{"key":"planwise:processes","value":"4","propagate_at_launch":true},{"key":"Name","value":"x"}]}"#;
        let body = Body::new(Some(values), Mark::No, Mark::No);
        let tags = read(&body).unwrap().0;
        let said: Vec<_> = tags.iter().map(|tag| (tag.key.as_str(), tag.value.known().unwrap().as_str())).collect();
        assert_eq!(said, [("pool-size", "10"), ("overflow", "5"), ("processes", "4")]);
        assert_eq!(read(&Body::new(Some(r#"{"tags":{"Name":"planwise"}}"#), Mark::No, Mark::No)), None);
    }

    #[test]
    fn what_is_hidden_stays_hidden() {
        let values = r#"{"tags":{"planwise:pool-size":"10"},"tags_all":{"planwise:overflow":"7"}}"#;
        let (unknown, sensitive) =
            (r#"{"tags":{"planwise:processes":true}}"#, r#"{"tags":{"planwise:pool-size":true},"tags_all":true}"#);
        let tags = read(&Body::new(Some(values), Mark::of(Some(unknown)), Mark::of(Some(sensitive)))).unwrap().0;
        let said: Vec<_> = tags.iter().map(|tag| (tag.key.as_str(), tag.value.clone())).collect();
        assert_eq!(said, [("pool-size", Attr::Unknown(Why::Sensitive)), ("processes", Attr::Unknown(Why::Computed))]);
    }
}
