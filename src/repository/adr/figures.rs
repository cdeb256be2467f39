//! Numbers and days in what people write.

use jiff::civil::Date;

/// A number that begins `text`, with separators of thousands; and what is behind it.
pub(super) fn number(text: &str) -> Option<(u64, &str)> {
    let bytes = text.as_bytes();
    let mut digits = String::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let groups = |at: usize| {
            let three = bytes.get(at + 1..at + 4).is_some_and(|next| next.iter().all(u8::is_ascii_digit));
            three && !bytes.get(at + 4).is_some_and(u8::is_ascii_digit)
        };
        match byte {
            b'0'..=b'9' => digits.push(char::from(*byte)),
            b',' | b'.' | b'_' | b'\'' if !digits.is_empty() && groups(at) && digits.len() <= 3 => {}
            _ => break,
        }
        at += 1;
    }
    let value = digits.parse().ok()?;
    Some((value, text.get(at..).unwrap_or_default()))
}

/// The first number in `text`.
pub(super) fn first(text: &str) -> Option<(u64, &str)> {
    let at = text.find(|c: char| c.is_ascii_digit())?;
    number(text.get(at..)?)
}

/// The time that begins `text`, in milliseconds: `200ms`, `0.2 s`, `1.5s`.
pub(super) fn milliseconds(text: &str) -> Option<u64> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(text.len());
    let (digits, unit) = text.split_at_checked(end)?;
    let digits = digits.replace(',', ".");
    let unit = unit.trim_start().to_ascii_lowercase();
    let word: String = unit.chars().take_while(char::is_ascii_alphabetic).collect();
    let factor = match word.as_str() {
        "ms" | "millis" | "milliseconds" | "millisekunden" => 1,
        "s" | "sec" | "seconds" | "second" | "sekunden" | "sekunde" => 1_000,
        _ => return None,
    };
    let (whole, part) = digits.split_once('.').unwrap_or((&digits, ""));
    let whole: u64 = whole.parse().ok()?;
    let part: u64 = format!("{part:0<3}").get(..3)?.parse().ok()?;
    whole.checked_mul(factor)?.checked_add(part * factor / 1_000)
}

/// A day, a quarter, a month or a year in `text`, as it is written, with its last day.
pub(super) fn target(text: &str) -> Option<(String, Date)> {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || [',', ';', '(', ')', '|', '*', '`'].contains(&c))
        .filter(|word| !word.is_empty())
        .collect();
    for (at, word) in words.iter().enumerate() {
        let word = word.trim_end_matches(['.', ':']);
        if let Some(day) = iso(word) {
            return Some((word.to_owned(), day));
        }
        // `2026-Q3`, `Q3/2026`, `Q3-2026`, and `Q3 2026`.
        let both = word.split(['-', '/']).collect::<Vec<_>>();
        let pair = match both.as_slice() {
            [one, two] => Some((*one, *two)),
            _ => words.get(at + 1).map(|next| (word, next.trim_end_matches(['.', ':']))),
        };
        let said = |one: &str, two: &str| if both.len() == 2 { word.to_owned() } else { format!("{one} {two}") };
        if let Some((one, two)) = pair {
            for (first, second) in [(one, two), (two, one)] {
                if let (Some(quarter), Some(year)) = (quarter(first), year(second)) {
                    return Some((said(one, two), end_of(year, quarter * 3)?));
                }
                if let (Some(month), Some(year)) = (month(first), year(second)) {
                    return Some((said(one, two), end_of(year, month)?));
                }
            }
        }
        if both.len() == 2
            && let [one, two] = both.as_slice()
            // `2026-11`, and `11/2026`.
            && let Some((year, month)) = [(one, two), (two, one)]
                .into_iter()
                .find_map(|(whole, part)| Some((year(whole)?, part.parse::<i8>().ok().filter(|_| part.len() <= 2)?)))
            && (1..=12).contains(&month)
        {
            return Some((word.to_owned(), end_of(year, month)?));
        }
    }
    // A bare number is a year only where something says so: `by 2027`, `end of 2027`, `Target: 2027`.
    let says = |word: &str| {
        word.ends_with(':')
            || ["of", "by", "in", "until", "end", "bis", "ende", "resolution"].contains(&word.to_lowercase().as_str())
    };
    words.windows(2).find_map(|pair| match pair {
        [before, word] if says(before) => {
            let word = word.trim_end_matches(['.', ':']);
            Some((word.to_owned(), end_of(year(word)?, 12)?))
        }
        _ => None,
    })
}

/// `2026-09-30`, and `30.09.2026`.
pub(super) fn iso(word: &str) -> Option<Date> {
    let whole = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = word.split(['-', '.', '/']).collect();
    let [one, two, three] = parts.as_slice() else { return None };
    if !(whole(one) && whole(two) && whole(three)) {
        return None;
    }
    let (year, day) = match (one.len(), three.len()) {
        (4, _) => (one, three),
        // With slashes nobody knows which is the month.
        (_, 4) if word.contains('.') => (three, one),
        _ => return None,
    };
    Date::new(year.parse().ok()?, two.parse().ok()?, day.parse().ok()?).ok()
}

fn quarter(word: &str) -> Option<i8> {
    let number = word.strip_prefix(['Q', 'q'])?.parse().ok()?;
    (1..=4).contains(&number).then_some(number)
}

fn year(word: &str) -> Option<i16> {
    let year = word.parse().ok().filter(|_| word.len() == 4)?;
    (2000..2100).contains(&year).then_some(year)
}

fn month(word: &str) -> Option<i8> {
    const MONTHS: [(&str, i8); 16] = [
        ("jan", 1),
        ("feb", 2),
        ("mar", 3),
        ("mär", 3),
        ("apr", 4),
        ("may", 5),
        ("mai", 5),
        ("jun", 6),
        ("jul", 7),
        ("aug", 8),
        ("sep", 9),
        ("oct", 10),
        ("okt", 10),
        ("nov", 11),
        ("dec", 12),
        ("dez", 12),
    ];
    let lower = word.to_lowercase();
    if lower.chars().any(|c| !c.is_alphabetic()) {
        return None;
    }
    MONTHS.iter().find(|(begin, _)| lower.starts_with(begin)).map(|(_, month)| *month)
}

fn end_of(year: i16, month: i8) -> Option<Date> {
    Date::new(year, month, 1).ok().map(Date::last_of_month)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_write_them() {
        assert_eq!(number("1,000 req/s").map(|(number, _)| number), Some(1000));
        assert_eq!(number("1.200/s").map(|(number, _)| number), Some(1200));
        assert_eq!(number("2, then").map(|(number, _)| number), Some(2));
        assert_eq!(number("x"), None);
        assert_eq!(milliseconds("200ms"), Some(200));
        assert_eq!(milliseconds("0.2 s"), Some(200));
        assert_eq!(milliseconds("1,5s"), Some(1500));
        assert_eq!(milliseconds("200"), None);
        assert_eq!(milliseconds("99999999999999999999s"), None);
    }

    #[test]
    fn days_as_people_write_them() {
        let is = |text: &str| target(text).map(|(said, day)| (said, day.to_string()));
        let told = |said: &str, day: &str| Some((said.to_owned(), day.to_owned()));
        assert_eq!(is("Target resolution: Q3 2026"), told("Q3 2026", "2026-09-30"));
        assert_eq!(is("2026-Q1"), told("2026-Q1", "2026-03-31"));
        assert_eq!(is("until 2026-02-28."), told("2026-02-28", "2026-02-28"));
        assert_eq!(is("bis 30.09.2026"), told("30.09.2026", "2026-09-30"));
        assert_eq!(is("February 2028"), told("February 2028", "2028-02-29"));
        assert_eq!(is("2026-11"), told("2026-11", "2026-11-30"));
        assert_eq!(is("Target: 09/2026"), told("09/2026", "2026-09-30"));
        assert_eq!(is("end of 2027"), told("2027", "2027-12-31"));
        for text in ["soon", "Q5 2026", "2026-13-01", "13/2026", "1234", "when load is 3000", "at 2050 rps"] {
            assert_eq!(is(text), None, "{text}");
        }
    }
}
