//! Names in one column: split the same way for the whole column.

/// How a column of whole names is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NameOrder {
    /// `Okafor, Ada`
    SurnameFirst,
    /// `Ada Okafor`
    ForenameFirst,
}

/// Small words that belong to the surname after them.
const PARTICLES: &[&str] = &[
    "van", "von", "de", "der", "den", "da", "di", "du", "del", "della", "dos", "das", "la", "le",
    "el", "al", "bin", "bint", "ibn", "ben", "abu", "st", "st.", "mac", "mc", "ter", "ten", "ap",
    "o'", "'t",
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
    /// Surname first when at least half of the names have a comma.
    pub(super) fn decide<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let (mut all, mut commas) = (0_usize, 0_usize);
        for name in names.filter(|name| !name.trim().is_empty()) {
            all += 1;
            commas += usize::from(name.contains(','));
        }
        if commas > 0 && commas * 2 >= all {
            Self::SurnameFirst
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
                odd: self == Self::ForenameFirst,
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
            odd: false,
        }
    }
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
    fn a_column_without_is_forename_first_and_small_words_go_to_the_surname() {
        assert_eq!(
            split(&[
                "Ada Okafor",
                "Mary Jane Smith",
                "Anna van der Berg",
                "Prince",
                "Ben Al Moss",
                "Hale, Cy"
            ]),
            [
                want("Okafor", "Ada", false),
                want("Smith", "Mary Jane", false),
                want("van der Berg", "Anna", false),
                want("Prince", "", false),
                want("Moss", "Ben Al", false),
                want("Hale", "Cy", true),
            ]
        );
    }
}
