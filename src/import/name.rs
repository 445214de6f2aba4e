//! Names in one column: split the same way for the whole column; and what stands in brackets beside a name.

use crate::domain::text::fold;

/// How a column of whole names is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NameOrder {
    /// `Okafor, Ada`
    SurnameFirst,
    /// `Ada Okafor`
    ForenameFirst,
    /// `OKAFOR Ada` or `Ada OKAFOR`: the surname is the one in capitals.
    Capitals,
}

/// Small words that belong to the surname after them.
const PARTICLES: &[&str] = &[
    "van", "von", "de", "der", "den", "da", "di", "du", "del", "della", "dos", "das", "la", "le",
    "el", "al", "bin", "bint", "ibn", "ben", "abu", "st", "st.", "mac", "mc", "ter", "ten", "ap",
    "o'", "'t", "ní", "ni", "nic", "uí", "ui", "mhic", "ó", "af", "av", "zu", "zur", "vom",
    "dello", "op",
];

/// A whole name in its parts.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) surname: String,
    pub(super) forename: String,
    /// True when this name is written otherwise than its column.
    pub(super) odd: bool,
}

impl NameOrder {
    /// Surname first when at least half of the names have a comma; by capitals when at least half have one part in them.
    pub(super) fn decide<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let (mut all, mut commas, mut loud) = (0_usize, 0_usize, 0_usize);
        for name in names.filter(|name| !name.trim().is_empty()) {
            all += 1;
            commas += usize::from(name.contains(','));
            loud += usize::from(by_capitals(name).is_some());
        }
        if commas > 0 && commas * 2 >= all {
            Self::SurnameFirst
        } else if loud > 0 && loud * 2 >= all {
            Self::Capitals
        } else {
            Self::ForenameFirst
        }
    }

    /// The parts of one name of the column.
    pub(super) fn split(self, name: &str) -> Parts {
        if let Some((surname, forename)) = name.split_once(',') {
            return Parts {
                surname: surname.trim().to_owned(),
                forename: forename.trim().to_owned(),
                odd: self != Self::SurnameFirst,
            };
        }
        if self == Self::Capitals
            && let Some((surname, forename)) = by_capitals(name)
        {
            return Parts {
                surname,
                forename,
                odd: false,
            };
        }
        if self == Self::SurnameFirst {
            return Parts {
                surname: name.to_owned(),
                forename: String::new(),
                odd: name.contains(' '),
            };
        }
        let words: Vec<&str> = name.split(' ').collect();
        let Some(last) = words.len().checked_sub(1) else {
            return Parts {
                surname: String::new(),
                forename: String::new(),
                odd: false,
            };
        };
        let mut start = last;
        while start > 1 && is_particle(words[start - 1]) {
            start -= 1;
        }
        Parts {
            surname: words[start..].join(" "),
            forename: words[..start].join(" "),
            odd: self == Self::Capitals,
        }
    }
}

/// True for a word in capitals, as `OKAFOR`, `O'BRIEN` and `McDONALD`; an initial is none.
fn is_loud(word: &str) -> bool {
    // One half of a double name is enough: `MARSH-Lowe`.
    word.split('-').any(is_loud_part)
}

fn is_loud_part(word: &str) -> bool {
    let bare = ["Mc", "Mac", "Fitz"]
        .iter()
        .find_map(|start| word.strip_prefix(start))
        .unwrap_or(word);
    bare.chars().filter(|c| c.is_uppercase()).count() >= 2 && !bare.chars().any(char::is_lowercase)
}

/// Surname and forename where one end of the name is in capitals and the other is not.
fn by_capitals(name: &str) -> Option<(String, String)> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let leading = words.iter().take_while(|word| is_loud(word)).count();
    let trailing = words.iter().rev().take_while(|word| is_loud(word)).count();
    let quiet = |words: &[&str]| words.iter().all(|word| !is_loud(word));
    if leading > 0 && leading < words.len() && quiet(&words[leading..]) {
        return Some((words[..leading].join(" "), words[leading..].join(" ")));
    }
    let start = words.len() - trailing;
    (trailing > 0 && start > 0 && quiet(&words[..start]))
        .then(|| (words[start..].join(" "), words[..start].join(" ")))
}

/// A forename without what stands in brackets or quotation marks beside it, and that: `Ada (Addie)`, `Ada "Addie"`.
pub(super) fn without_brackets(name: &str) -> (String, Option<String>) {
    const PAIRS: [(char, char); 6] = [
        ('(', ')'),
        ('[', ']'),
        ('"', '"'),
        ('\u{201c}', '\u{201d}'),
        ('\u{2018}', '\u{2019}'),
        ('\'', '\''),
    ];
    for (open, close) in PAIRS {
        let Some((before, rest)) = name.split_once(open) else {
            continue;
        };
        let Some((inside, after)) = rest.split_once(close) else {
            continue;
        };
        // An apostrophe inside a name opens nothing.
        let apart = before.is_empty() || before.ends_with(' ') || matches!(open, '(' | '[');
        let plain = [before.trim(), after.trim()].join(" ").trim().to_owned();
        if apart && !inside.trim().is_empty() && !plain.is_empty() {
            return (plain, Some(inside.trim().to_owned()));
        }
    }
    (name.to_owned(), None)
}

/// True for what can be the name a child is called by: one or two words of letters, the first a capital.
pub(super) fn is_a_name(text: &str) -> bool {
    let letters = |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '\u{2019}');
    text.split_whitespace().count() <= 2
        && text.chars().all(letters)
        && text.chars().next().is_some_and(char::is_uppercase)
        && text.chars().filter(|c| c.is_alphabetic()).count() >= 2
}

/// A preferred name without the surname, where the column holds whole names: `Emma Carter`, `Carter, Emma`.
pub(super) fn without_surname(preferred: &str, surname: &str) -> Option<String> {
    let whole: String = match preferred.split_once(',') {
        Some((last, first)) => format!("{} {}", first.trim(), last.trim()),
        None => preferred.to_owned(),
    };
    let last: Vec<&str> = surname.split_whitespace().collect();
    let words: Vec<&str> = whole.split_whitespace().collect();
    let start = words
        .len()
        .checked_sub(last.len())
        .filter(|start| *start > 0)?;
    (!last.is_empty() && fold(&words[start..].join(" ")) == fold(&last.join(" ")))
        .then(|| words[..start].join(" "))
}

/// A particle is written small, or is one that nobody is called by.
fn is_particle(word: &str) -> bool {
    let small = word.to_lowercase();
    PARTICLES.contains(&small.as_str())
        && !(matches!(small.as_str(), "ben" | "al" | "mac" | "da" | "abu") && small != word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(column: &[&str]) -> Vec<(String, String, bool)> {
        let order = NameOrder::decide(column.iter().copied());
        column
            .iter()
            .map(|name| order.split(name))
            .map(|parts| (parts.surname, parts.forename, parts.odd))
            .collect()
    }

    fn want(surname: &str, forename: &str, odd: bool) -> (String, String, bool) {
        (surname.to_owned(), forename.to_owned(), odd)
    }

    #[test]
    fn a_column_with_commas_is_surname_first() {
        assert_eq!(
            split(&["Okafor, Ada", "Smith-Jones,Mary Jane", "Prince", "Ben Moss"]),
            [
                want("Okafor", "Ada", false),
                want("Smith-Jones", "Mary Jane", false),
                want("Prince", "", false),
                want("Ben Moss", "", true),
            ]
        );
    }

    #[test]
    fn a_surname_in_capitals_is_the_surname_at_either_end() {
        assert_eq!(
            split(&[
                "OKAFOR Ada",
                "VAN DER BERG Cy",
                "McDONALD Ivy Rose",
                "Di O'BRIEN",
                "EL-SAYED Adam",
                "MARSH-Lowe Jo",
                "Ed Hale"
            ]),
            [
                want("OKAFOR", "Ada", false),
                want("VAN DER BERG", "Cy", false),
                want("McDONALD", "Ivy Rose", false),
                want("O'BRIEN", "Di", false),
                want("EL-SAYED", "Adam", false),
                want("MARSH-Lowe", "Jo", false),
                want("Hale", "Ed", true),
            ]
        );
        assert_eq!(split(&["ADA OKAFOR"]), [want("OKAFOR", "ADA", false)]);
    }

    #[test]
    fn what_stands_in_brackets_is_what_a_child_is_called() {
        for (name, plain, inside) in [
            ("Ada (Addie)", "Ada", Some("Addie")),
            ("Ada \"Addie\"", "Ada", Some("Addie")),
            ("Ada 'Addie' Grace", "Ada Grace", Some("Addie")),
            ("Na'ima", "Na'ima", None),
            ("Ada", "Ada", None),
            ("(Ada)", "(Ada)", None),
        ] {
            let want = (plain.to_owned(), inside.map(str::to_owned));
            assert_eq!(without_brackets(name), want, "{name}");
        }
        assert!(is_a_name("Addie") && !is_a_name("leaver") && !is_a_name("Y5"));
    }

    #[test]
    fn a_preferred_name_that_is_whole_loses_the_surname() {
        for (preferred, surname, want) in [
            ("Emma Carter", "Carter", Some("Emma")),
            ("CARTER, Emma", "Carter", Some("Emma")),
            ("Jo van der Berg", "van der Berg", Some("Jo")),
            ("Emma", "Carter", None),
            ("Carter", "Carter", None),
            ("Emma", "", None),
        ] {
            assert_eq!(without_surname(preferred, surname).as_deref(), want);
        }
    }

    #[test]
    fn a_column_without_is_forename_first_and_small_words_go_to_the_surname() {
        assert_eq!(
            split(&[
                "Ada Okafor",
                "Mary Jane Smith",
                "Anna van der Berg",
                "Aoife Ní Bhriain",
                "Prince",
                "Ben Al Moss",
                "Hale, Cy"
            ]),
            [
                want("Okafor", "Ada", false),
                want("Smith", "Mary Jane", false),
                want("van der Berg", "Anna", false),
                want("Ní Bhriain", "Aoife", false),
                want("Prince", "", false),
                want("Moss", "Ben Al", false),
                want("Hale", "Cy", true),
            ]
        );
    }
}
