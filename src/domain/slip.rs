//! Names as they are mistyped: a letter too many, too few, another or two the wrong way round; and without what parts a
//! double name.
//!
//! Everything here takes folded text ([`super::text::fold`]).

/// What parts a double name: `van der`, `smith-jones`, `o'brien`.
pub const PARTED: [char; 3] = [' ', '-', '\''];

/// Letters below which one slip could be anybody.
pub const LEAST: usize = 4;

/// The name in one word: `obrien`, `vandermeer`, `smithjones`.
pub fn squeezed(name: &str) -> String {
    name.replace(PARTED, "")
}

/// True where the name begins with what was typed, but for one letter.
pub fn begins(name: &str, typed: &str) -> bool {
    slipped(name, typed, |rest, typed| rest.starts_with(typed))
}

/// True where the two are one name but for one letter, or none.
pub fn is_one(name: &str, other: &str) -> bool {
    slipped(name, other, |rest, other| rest == other)
}

/// What follows the first letter that differs, with each of the four slips mended, held against each other.
fn slipped(name: &str, typed: &str, fits: impl Fn(&str, &str) -> bool) -> bool {
    let same: usize = name
        .chars()
        .zip(typed.chars())
        .take_while(|(one, other)| one == other)
        .map(|(one, _)| one.len_utf8())
        .sum();
    let (name, typed) = (&name[same..], &typed[same..]);
    let less = |text| past(text, 1);
    let crossed = || {
        let (mut one, mut other) = (name.chars(), typed.chars());
        let (a, b) = (one.next(), one.next());
        a.is_some() && b.is_some() && (other.next(), other.next()) == (b, a)
    };
    fits(name, typed)
        || less(typed).is_some_and(|typed| fits(name, typed))
        || less(name).is_some_and(|name| fits(name, typed))
        || matches!((less(name), less(typed)), (Some(name), Some(typed)) if fits(name, typed))
        || crossed()
            && matches!((past(name, 2), past(typed, 2)), (Some(name), Some(typed)) if fits(name, typed))
}

/// The text behind so many letters, where it has them.
fn past(text: &str, letters: usize) -> Option<&str> {
    let mut rest = text.chars();
    for _ in 0..letters {
        rest.next()?;
    }
    Some(rest.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_too_many_too_few_another_or_crossed_is_forgiven_and_two_are_not() {
        for (typed, want) in [
            ("okafor", true),
            ("okafro", true),
            ("okaffor", true),
            ("okafr", true),
            ("ikafor", true),
            ("kafor", true),
            ("okofer", false),
            ("okaforrr", false),
            ("nowak", false),
        ] {
            assert_eq!(is_one("okafor", typed), want, "{typed}");
        }
        for (typed, want) in [
            ("okaf", true),
            ("oakf", true),
            ("okxf", true),
            ("oxxf", false),
        ] {
            assert_eq!(begins("okafor", typed), want, "{typed}");
        }
        assert!(is_one("zoë", "zoe") && !is_one("", "ab"));
    }
}
