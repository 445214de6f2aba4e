//! Names and birthdays that are nearly one another: what one office writes otherwise than another.

use crate::domain::text::fold;
use chrono::{Datelike, NaiveDate};

/// How two names stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// Two names.
    Other,
    /// One letter, sign, blank, accent or further name apart.
    Near,
    /// One name.
    Same,
}

/// A name without what offices write otherwise: case, accents, apostrophes, hyphens, blanks, brackets, `ue` for `ü`.
pub(super) fn skeleton(name: &str) -> String {
    let bare = match (name.find(['(', '[']), name.rfind([')', ']'])) {
        (Some(start), Some(end)) if start < end => {
            format!("{}{}", &name[..start], &name[end + 1..])
        }
        _ => name.to_owned(),
    };
    let letters: String = fold(&bare)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect();
    letters
        .replace("ue", "u")
        .replace("oe", "o")
        .replace("ae", "a")
}

/// How like two names are.
pub(super) fn likeness(one: &str, other: &str) -> Likeness {
    if fold(one) == fold(other) {
        return Likeness::Same;
    }
    let (a, b) = (skeleton(one), skeleton(other));
    if a.is_empty() || b.is_empty() {
        return Likeness::Other;
    }
    if a == b || one_letter_apart(&a, &b) || shares_parts(one, other) {
        Likeness::Near
    } else {
        Likeness::Other
    }
}

/// True when all parts of the shorter name stand in the longer one: middle names, half of a double name.
fn shares_parts(one: &str, other: &str) -> bool {
    let parts = |name: &str| -> Vec<String> {
        let parts = name.split([' ', '-', '\u{2010}', '\u{2011}']).map(skeleton);
        parts.filter(|part| part.len() > 1).collect()
    };
    let (one, other) = (parts(one), parts(other));
    let (few, many) = if one.len() <= other.len() {
        (&one, &other)
    } else {
        (&other, &one)
    };
    !few.is_empty() && few.iter().all(|part| many.contains(part))
}

/// True for one letter more, less, other, or two changed about, in names of three letters and more.
fn one_letter_apart(one: &str, other: &str) -> bool {
    let one: Vec<char> = one.chars().collect();
    let other: Vec<char> = other.chars().collect();
    let (short, long) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    if short.len() < 3 || long.len() - short.len() > 1 {
        return false;
    }
    let pairs = short.iter().zip(&long);
    let start = pairs.take_while(|(ours, theirs)| ours == theirs).count();
    let (ours, theirs) = (&short[start..], &long[start..]);
    if short.len() < long.len() {
        return ours == &theirs[1..];
    }
    let swapped =
        ours.len() >= 2 && (ours[0], ours[1]) == (theirs[1], theirs[0]) && ours[2..] == theirs[2..];
    ours.is_empty() || ours[1..] == theirs[1..] || swapped
}

/// True for two days that are one day apart, have day and month changed about, or two figures.
pub(super) fn days_are_near(one: NaiveDate, other: NaiveDate) -> bool {
    if one == other {
        return false;
    }
    let turned = NaiveDate::from_ymd_opt(one.year(), one.day(), one.month());
    (one - other).num_days().abs() == 1 || turned == Some(other) || figures_changed(one, other)
}

fn figures_changed(one: NaiveDate, other: NaiveDate) -> bool {
    let figures = |day: NaiveDate| day.format("%d%m%Y").to_string().into_bytes();
    let (a, b) = (figures(one), figures(other));
    let apart: Vec<usize> = (0..a.len().min(b.len()))
        .filter(|at| a[*at] != b[*at])
        .collect();
    matches!(apart.as_slice(), [x, y] if *y == x + 1 && a[*x] == b[*y] && a[*y] == b[*x])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_one_sign_or_letter_apart_are_near_and_others_are_not() {
        for (one, other) in [
            ("O'Brien", "OBrien"),
            ("O'Brien", "O\u{b4}Brien"),
            ("\u{2bb}Akana", "'Akana"),
            ("Smith-Jones", "Smith Jones"),
            ("McDonald", "Mc Donald"),
            ("M\u{fc}ller", "Mueller"),
            ("Ada", "Ada (Addie)"),
            ("Ada", "Ada Grace"),
            ("Reid", "Reid-Okello"),
            ("Okafor", "Okafer"),
            ("Okafor", "Okfaor"),
            ("Okafor", "Okaforr"),
        ] {
            assert!(likeness(one, other) >= Likeness::Near, "{one} {other}");
            assert!(likeness(other, one) >= Likeness::Near, "{other} {one}");
        }
        for (one, other) in [
            ("Amir", "Aisha"),
            ("Okafor", "Moss"),
            ("Al", "Ed"),
            ("Ada", ""),
            ("Zoe", "Zara"),
        ] {
            assert_eq!(likeness(one, other), Likeness::Other, "{one} {other}");
        }
    }

    #[test]
    fn birthdays_a_day_or_a_transposition_apart_are_near() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        let dob = day(2016, 3, 4);
        for other in [
            day(2016, 3, 5),
            day(2016, 4, 3),
            day(2061, 3, 4),
            day(2016, 3, 3),
        ] {
            assert!(days_are_near(dob, other), "{other}");
        }
        for other in [dob, day(2016, 3, 6), day(2017, 3, 4), day(2016, 5, 4)] {
            assert!(!days_are_near(dob, other), "{other}");
        }
    }
}
