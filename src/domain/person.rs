//! The people around a child: parents, staff, professionals; and what a word such as `mum` or `EP` says of them.

use super::id::{PersonId, PupilId};
use super::text;

/// Whose side a person is on, which decides who may see what was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// Parents, carers and the child's family: what was said with them may be shared with them.
    Family,
    /// The school's own staff.
    Staff,
    /// Professionals of other services.
    Agency,
}

/// A relationship with a child and the words people use for it.
#[derive(Debug)]
pub struct Relationship {
    /// What is stored and shown: `mother`.
    pub name: &'static str,
    /// The short word of a list: `mum`.
    pub short: &'static str,
    /// Other words for it, folded.
    words: &'static [&'static str],
    /// Whose side.
    pub side: Side,
}

const fn known(
    name: &'static str,
    short: &'static str,
    words: &'static [&'static str],
    side: Side,
) -> Relationship {
    Relationship {
        name,
        short,
        words,
        side,
    }
}

/// The relationships that have words of their own; any other text is kept as it is written.
pub static RELATIONSHIPS: &[Relationship] = &[
    known("mother", "mum", &["mam", "mummy", "mom"], Side::Family),
    known("father", "dad", &["daddy"], Side::Family),
    known(
        "parents",
        "parents",
        &["both parents", "both", "parent"],
        Side::Family,
    ),
    known(
        "carer",
        "carer",
        &["foster carer", "foster mum", "foster dad"],
        Side::Family,
    ),
    known("guardian", "guardian", &[], Side::Family),
    known(
        "grandmother",
        "gran",
        &["nan", "nana", "granny", "grandma"],
        Side::Family,
    ),
    known(
        "grandfather",
        "grandad",
        &["grandpa", "granddad"],
        Side::Family,
    ),
    known(
        "step-parent",
        "step-parent",
        &["stepmum", "stepdad", "step-mum", "step-dad"],
        Side::Family,
    ),
    known(
        "class teacher",
        "teacher",
        &["tutor", "form tutor"],
        Side::Staff,
    ),
    known("teaching assistant", "TA", &["lsa"], Side::Staff),
    known("headteacher", "head", &["ht", "head teacher"], Side::Staff),
    known("safeguarding lead", "DSL", &[], Side::Staff),
    known(
        "educational psychologist",
        "EP",
        &["ed psych", "edpsych"],
        Side::Agency,
    ),
    known(
        "speech and language therapist",
        "SALT",
        &["slt", "salt therapist", "speech therapist"],
        Side::Agency,
    ),
    known("occupational therapist", "OT", &[], Side::Agency),
    known("physiotherapist", "physio", &[], Side::Agency),
    known("paediatrician", "paediatrician", &["paed"], Side::Agency),
    known("CAMHS", "CAMHS", &["camhs worker"], Side::Agency),
    known("social worker", "SW", &[], Side::Agency),
    known(
        "virtual school",
        "VS",
        &["virtual head", "vsh"],
        Side::Agency,
    ),
    known(
        "local authority caseworker",
        "LA",
        &["caseworker", "la caseworker", "send officer"],
        Side::Agency,
    ),
    known("school nurse", "nurse", &[], Side::Agency),
    known(
        "specialist teacher",
        "specialist teacher",
        &["advisory teacher"],
        Side::Agency,
    ),
];

/// The relationship a word means: `mum`, `Mother`, `EP`.
pub fn relationship(word: &str) -> Option<&'static Relationship> {
    let folded = text::fold(word.trim());
    RELATIONSHIPS.iter().find(|known| {
        text::fold(known.name) == folded
            || text::fold(known.short) == folded
            || known.words.contains(&folded.as_str())
    })
}

/// A person as one child's. The person behind it may be several children's: siblings share one mother.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The link between person and child.
    pub id: PersonId,
    /// The row of the person behind it; equal for siblings who share one.
    pub shared: i64,
    /// Whose.
    pub pupil: PupilId,
    /// The name as it is said: `Mrs Ngozi Okafor`.
    pub name: String,
    /// What they are to this child, by [`Relationship::name`] or as written.
    pub relationship: Option<String>,
    /// A telephone number.
    pub phone: Option<String>,
    /// An e-mail address.
    pub email: Option<String>,
    /// Parental responsibility (Children Act 1989 s.3), when known.
    pub parental_responsibility: Option<bool>,
    /// May information about this child be shared with them? Not known until it is said.
    pub share: Option<bool>,
}

impl Person {
    /// Whose side the person is on, as far as the relationship says.
    pub fn side(&self) -> Option<Side> {
        let word = self.relationship.as_deref()?;
        relationship(word).map(|known| known.side)
    }

    /// The short word of the relationship: `mum`.
    pub fn short_relationship(&self) -> Option<&str> {
        let word = self.relationship.as_deref()?;
        Some(relationship(word).map_or(word, |known| known.short))
    }

    /// `Mrs Ngozi Okafor (mum)`: how a diary entry names who was spoken to.
    pub fn spoken(&self) -> String {
        match self.short_relationship() {
            Some(word) => format!("{} ({word})", self.name),
            None => self.name.clone(),
        }
    }

    /// True when these words mean this person: the name, a part of it, the relationship, or [`Person::spoken`].
    pub fn answers_to(&self, words: &str) -> bool {
        let folded = text::fold(words.trim());
        if folded.is_empty() {
            return false;
        }
        let name = text::fold(&self.name);
        let is_relationship = match (relationship(words), self.relationship.as_deref()) {
            (Some(meant), Some(own)) => relationship(own).is_some_and(|own| own.name == meant.name),
            (None, Some(own)) => text::fold(own) == folded,
            (_, None) => false,
        };
        is_relationship
            || name == folded
            || text::fold(&self.spoken()) == folded
            || name.split(' ').any(|part| part == folded)
    }
}

/// The one person of these whom the words mean; `None` when nobody or several answer to them.
pub fn meant<'a>(people: &'a [Person], words: &str) -> Option<&'a Person> {
    let exact = |person: &&Person| {
        let folded = text::fold(words.trim());
        text::fold(&person.name) == folded || text::fold(&person.spoken()) == folded
    };
    let one = |mut found: Vec<&'a Person>| {
        found.dedup_by_key(|person| person.shared);
        match found.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    };
    one(people.iter().filter(exact).collect()).or_else(|| {
        one(people
            .iter()
            .filter(|person| person.answers_to(words))
            .collect())
    })
}

/// True where one of those whom the words name is of the family: as somebody on file, or by the word: `mum`,
/// `Mrs Okafor (mum)`, `both parents, EP`.
pub fn is_with_family(people: &[Person], with: &str) -> bool {
    let side = |part: &str| {
        meant(people, part)
            .and_then(Person::side)
            .or_else(|| relationship(part).map(|known| known.side))
    };
    let is_family = |part: &str| side(part) == Some(Side::Family);
    let parts = with.split([',', ';', '&', '/', '+']);
    let mut parts = parts.flat_map(|part| part.split(" and "));
    is_family(with)
        || parts.any(|part| {
            let mut words = part.split([' ', '(', ')']);
            is_family(part)
                || words
                    .any(|word| relationship(word).is_some_and(|known| known.side == Side::Family))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(name: &str, relationship: &str) -> Person {
        Person {
            id: PersonId(1),
            shared: name.len() as i64,
            pupil: PupilId(1),
            name: name.to_owned(),
            relationship: Some(relationship.to_owned()),
            phone: None,
            email: None,
            parental_responsibility: None,
            share: None,
        }
    }

    #[test]
    fn words_for_a_relationship_mean_the_same_in_any_case() {
        for (word, want) in [
            ("mum", "mother"),
            ("Mother", "mother"),
            ("EP", "educational psychologist"),
            ("salt", "speech and language therapist"),
            ("Both parents", "parents"),
        ] {
            assert_eq!(
                relationship(word).map(|known| known.name),
                Some(want),
                "{word}"
            );
        }
        assert!(relationship("neighbour").is_none());
    }

    #[test]
    fn no_word_means_two_relationships() {
        let mut seen = std::collections::HashSet::new();
        for known in RELATIONSHIPS {
            let own: std::collections::HashSet<String> = [known.name, known.short]
                .into_iter()
                .chain(known.words.iter().copied())
                .map(text::fold)
                .collect();
            for word in own {
                assert!(seen.insert(word.clone()), "{word}");
            }
        }
    }

    #[test]
    fn words_mean_one_person_or_nobody() {
        let people = [
            person("Mrs Ngozi Okafor", "mother"),
            person("Mr Emeka Okafor", "father"),
            person("Dr Lena Hart", "neighbour"),
        ];
        assert_eq!(
            meant(&people, "mum").map(|one| one.name.as_str()),
            Some("Mrs Ngozi Okafor")
        );
        assert_eq!(
            meant(&people, "ngozi").map(Person::spoken).as_deref(),
            Some("Mrs Ngozi Okafor (mum)")
        );
        assert_eq!(
            meant(&people, "Neighbour").map(|one| one.name.as_str()),
            Some("Dr Lena Hart")
        );
        assert_eq!(meant(&people, "Okafor"), None, "two answer to it");
        assert_eq!(meant(&people, "gran"), None);
        assert_eq!(meant(&people, ""), None);
    }

    #[test]
    fn a_parent_is_one_of_those_spoken_to_by_word_or_by_who_is_on_file() {
        let people = [
            person("Mrs Ngozi Okafor", "mother"),
            person("Dr Lena Hart", "EP"),
        ];
        for (with, want) in [
            ("mum", true),
            ("Mrs Ngozi Okafor", true),
            ("ngozi", true),
            ("Mrs Okafor (mum)", true),
            ("Mr Ali (foster carer)", true),
            ("both parents", true),
            ("EP and mum", true),
            ("Dr Hart; Mrs Ngozi Okafor", true),
            ("EP & foster dad", true),
            ("EP", false),
            ("Dr Lena Hart", false),
            ("class teacher, TA", false),
            ("Mrs Jones", false),
            ("", false),
        ] {
            assert_eq!(is_with_family(&people, with), want, "{with}");
        }
    }
}
