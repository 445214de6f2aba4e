//! Whether two records may be one child, so that no second one comes about by accident.

use super::Pupil;
use crate::domain::slip::{is_one, squeezed};
use crate::domain::text::fold;

/// True where two records may well be one child: born on one day and named alike, but for one letter, what parts a double
/// name or the order of surname and forename; or named alike where a date of birth is not known.
pub fn may_be_one(one: &Pupil, other: &Pupil) -> bool {
    let (a, b) = (names(one), names(other));
    let alike = |fits: &dyn Fn(&str, &str) -> bool| {
        a.iter()
            .any(|(surname, forename)| b.iter().any(|(s, f)| fits(surname, s) && fits(forename, f)))
    };
    let same = |one: &str, other: &str| one == other;
    match (one.dob, other.dob) {
        (Some(born), Some(day)) if born != day => false,
        (Some(_), Some(_)) => {
            let slip = |one: &str, other: &str| !one.is_empty() && is_one(one, other);
            let crossed = b
                .iter()
                .any(|(surname, forename)| a.contains(&(forename.clone(), surname.clone())));
            crossed
                || a.iter().any(|(surname, forename)| {
                    b.iter().any(|(s, f)| {
                        surname == s && slip(forename, f) || forename == f && slip(surname, s)
                    })
                })
        }
        _ => alike(&same),
    }
}

/// Surname and forename as they are compared, by each forename the child has.
fn names(pupil: &Pupil) -> Vec<(String, String)> {
    let bare = |name: &str| squeezed(&fold(name));
    let known = pupil.preferred_forename.as_deref();
    [Some(pupil.forename.as_str()), known]
        .into_iter()
        .flatten()
        .map(|forename| (bare(&pupil.surname), bare(forename)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::PupilId;
    use chrono::NaiveDate;

    fn child(surname: &str, forename: &str, known: Option<&str>, day: u32) -> Pupil {
        Pupil {
            surname: surname.to_owned(),
            forename: forename.to_owned(),
            preferred_forename: known.map(str::to_owned),
            dob: NaiveDate::from_ymd_opt(2018, 3, day),
            ..Pupil::blank(PupilId(1))
        }
    }

    #[test]
    fn one_name_and_one_birthday_are_one_child_and_twins_are_two() {
        let aisha = child("O'Brien", "Aisha", Some("Ash"), 14);
        for (surname, forename, day, want) in [
            ("O'Brien", "Aisha", 14, true),
            ("OBRIEN", "ash", 14, true),
            ("O\u{2019}Brian", "Aisha", 14, true),
            ("O'Brien", "Aysha", 14, true),
            ("Aisha", "O'Brien", 14, true),
            ("O'Brien", "Aisha", 15, false),
            ("O'Brien", "Aisha", 0, true),
            ("O'Brien", "Aysha", 0, false),
            ("O'Brien", "Adam", 14, false),
            ("Okafor", "Aisha", 14, false),
        ] {
            let other = child(surname, forename, None, day);
            assert_eq!(
                may_be_one(&aisha, &other),
                want,
                "{surname} {forename} {day}"
            );
        }
    }
}
