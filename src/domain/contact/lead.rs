//! With whom, where the words begin with it: `mum: worried about reading`.

use crate::domain::person::{self, Person};

/// Longest text before the colon, in bytes: a name and what somebody is.
const MOST: usize = 80;

/// With whom the words say it was, and the words without that; `None` where what stands before their first colon is
/// neither a relationship nor one person on file. `Note: …` stays words, so that nobody is presumed.
pub fn lead<'w>(words: &'w str, people: &[Person]) -> Option<(&'w str, &'w str)> {
    let first = words.lines().next()?;
    let (with, rest) = first.split_once(':')?;
    let with = with.trim();
    // "10:30" and "https://" are no colons of ours.
    let parts = rest.is_empty() || rest.starts_with(char::is_whitespace);
    if with.is_empty() || with.len() > MOST || !parts || !is_somebody(with, people) {
        return None;
    }
    let behind = words.find(':')? + 1;
    Some((with, words[behind..].trim_start()))
}

/// True for what names somebody: `mum`, `mum and dad`, `Mrs Okafor (mum)`, `Dr Hart` where one is on file.
fn is_somebody(with: &str, people: &[Person]) -> bool {
    let known = |part: &str| {
        let part = part.trim();
        is_relationship(part) || person::meant(people, part).is_some()
    };
    let in_brackets = || {
        let (name, rest) = with.split_once('(')?;
        let word = rest.strip_suffix(')')?;
        Some(!name.trim().is_empty() && is_relationship(word.trim()))
    };
    known(with)
        || in_brackets().unwrap_or(false)
        || with
            .split(['&', '+', '/', ','])
            .flat_map(|part| part.split(" and "))
            .all(known)
}

/// "Both" alone is no one: `Both: tired after lunch`.
fn is_relationship(word: &str) -> bool {
    !word.eq_ignore_ascii_case("both") && person::relationship(word).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::{PersonId, PupilId};

    fn on_file() -> [Person; 2] {
        let one = |id, name: &str, relationship: &str| Person {
            id: PersonId(id),
            shared: id,
            pupil: PupilId(1),
            name: name.to_owned(),
            relationship: Some(relationship.to_owned()),
            phone: None,
            email: None,
            parental_responsibility: None,
            share: None,
        };
        [
            one(1, "Mrs Ngozi Okafor", "mother"),
            one(2, "Dr Lena Hart", "neighbour"),
        ]
    }

    #[test]
    fn a_relationship_or_somebody_on_file_before_a_colon_is_with_whom() {
        for (words, want) in [
            ("mum: worried", Some(("mum", "worried"))),
            ("EP: report due", Some(("EP", "report due"))),
            ("mum and dad: both here", Some(("mum and dad", "both here"))),
            ("mum, EP: agreed", Some(("mum, EP", "agreed"))),
            ("Mrs Jones (TA): he ate", Some(("Mrs Jones (TA)", "he ate"))),
            ("Dr Hart: letter", None),
            ("Dr Lena Hart: letter", Some(("Dr Lena Hart", "letter"))),
            ("hart: letter", Some(("hart", "letter"))),
            ("ngozi:\nsecond line", Some(("ngozi", "second line"))),
            ("Note: rang", None),
            ("Both: tired", None),
            ("Re mum: tired", None),
            ("10:30 in the hall", None),
            ("mum said: no", None),
            ("no colon", None),
            ("line one\nmum: two", None),
            (": x", None),
        ] {
            assert_eq!(lead(words, &on_file()), want, "{words}");
        }
    }
}
