//! Headings of needs, by their words: systems and hands name them in too many ways for a list.

use crate::domain::batch::Target;

/// Words that make a heading one of needs.
const NEED: &[&str] = &["need", "needs", "difficulty", "difficulties"];

/// Words that make it one beside `SEN`.
const KIND: &[&str] = &["type", "types", "category", "categories"];

/// Words that may stand beside these without changing what the column holds.
const BESIDE: &[&str] = &[
    "sen",
    "send",
    "special",
    "educational",
    "education",
    "area",
    "areas",
    "of",
    "code",
    "codes",
    "name",
    "description",
    "ranked",
    "ranking",
    "all",
    "specific",
    "identified",
    "learning",
    "the",
    "and",
    "in",
    "order",
    "pupil",
    "student",
    "current",
    "list",
    "census",
    "dfe",
];

/// Ranks by word.
const RANKS: &[(u8, &[&str])] = &[
    (1, &["primary", "main", "first", "1", "1st", "principal"]),
    (
        2,
        &[
            "secondary",
            "second",
            "2",
            "2nd",
            "other",
            "additional",
            "further",
        ],
    ),
    (3, &["tertiary", "third", "3", "3rd"]),
    (4, &["fourth", "4", "4th"]),
    (5, &["fifth", "5", "5th"]),
    (6, &["6"]),
];

/// What the words of a heading mean when they are about needs and nothing else.
pub(super) fn meaning(words: &[String]) -> Option<Target> {
    let (mut need, mut kind, mut about, mut many) = (false, false, false, false);
    let mut rank = None;
    for word in words.iter().map(String::as_str) {
        if let Some((own, _)) = RANKS.iter().find(|(_, names)| names.contains(&word)) {
            if rank.is_some() {
                return None;
            }
            rank = Some(*own);
            continue;
        }
        many |= matches!(
            word,
            "needs" | "types" | "difficulties" | "categories" | "ranked"
        );
        about |= matches!(word, "sen" | "send");
        if NEED.contains(&word) {
            need = true;
        } else if KIND.contains(&word) {
            kind = true;
        } else if !BESIDE.contains(&word) {
            return None;
        }
    }
    if !(need || (kind && about)) {
        return None;
    }
    Some(match rank {
        Some(rank) => Target::Need(rank),
        None if many => Target::Needs,
        None => Target::Need(1),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_needs_are_known_by_their_words() {
        for (heading, want) in [
            ("type of need 1", Some(Target::Need(1))),
            ("sen needs ranked", Some(Target::Needs)),
            ("category of need", Some(Target::Need(1))),
            ("second sen category", Some(Target::Need(2))),
            ("primary area of need", Some(Target::Need(1))),
            ("other learning difficulties", Some(Target::Need(2))),
            ("sen notes", None),
            ("need review date", None),
            ("type", None),
            ("learning", None),
            ("primary school", None),
        ] {
            let words: Vec<String> = heading.split(' ').map(str::to_owned).collect();
            assert_eq!(meaning(&words), want, "{heading}");
        }
    }
}
