//! The filter narrows, the finder ranks.

use super::*;

fn index(names: &[(&str, &str, Option<&str>)]) -> NameIndex {
    let mut index = NameIndex::default();
    for (number, (surname, forename, known_as)) in names.iter().enumerate() {
        let id = PupilId(number as i64 + 1);
        index.push(
            id,
            &name_key(surname, forename, *known_as),
            "5B",
            None,
            true,
        );
    }
    index
}

fn found(index: &NameIndex, typed: &str) -> Vec<i64> {
    index
        .find(typed, 9)
        .into_iter()
        .map(|row| index.entries()[row].id.0)
        .collect()
}

const CHILDREN: &[(&str, &str, Option<&str>)] = &[
    ("Ali", "Reuben", None),
    ("Ali Khan", "Zara", None),
    ("Müller", "Zoë", None),
    ("O\u{2019}Brien", "Seán", None),
    ("Okafor", "Aisha", None),
    ("Kaur", "Aoife", None),
    ("Nowak", "Filip", Some("Fil")),
];

#[test]
fn two_letters_are_initials_in_either_order_forename_first() {
    let index = index(CHILDREN);
    assert_eq!(found(&index, "ao")[0], 5);
    assert_eq!(found(&index, "oa")[0], 5);
    assert_eq!(found(&index, "ra"), [1]);
}

#[test]
fn letters_split_between_the_two_names() {
    let index = index(CHILDREN);
    assert_eq!(found(&index, "aok"), [5, 6]);
    assert_eq!(found(&index, "filn"), [7]);
}

#[test]
fn accents_and_apostrophes_do_not_matter() {
    let index = index(CHILDREN);
    assert_eq!(found(&index, "muller"), [3]);
    assert_eq!(found(&index, "zoe m"), [3]);
    assert_eq!(found(&index, "o'brien"), [4]);
    assert_eq!(found(&index, "brien"), [4]);
}

#[test]
fn nobody_is_found_for_nonsense_or_nothing() {
    let index = index(CHILDREN);
    assert_eq!(found(&index, "zzk"), Vec::<i64>::new());
    assert_eq!(found(&index, "  "), Vec::<i64>::new());
}

#[test]
fn the_filter_wants_every_word_and_keeps_order() {
    let index = index(CHILDREN);
    let all: Vec<u32> = (0..index.len() as u32).collect();
    assert_eq!(index.filter(&all, "ali"), [0, 1]);
    assert_eq!(index.filter(&all, "5b zo"), [2]);
    assert_eq!(index.filter(&all, ""), all);
    assert_eq!(index.filter(&all, "q"), Vec::<u32>::new());
}

#[test]
fn lists_are_ordered_by_the_name_they_show() {
    assert!(name_key("Carver", "Abigail", Some("Tilly")) > name_key("Carver", "Phoebe", None));
}

#[test]
fn a_short_surname_sorts_before_a_longer_one_that_starts_with_it() {
    assert!(name_key("Ali", "Zoe", None) < name_key("Ali Khan", "Adam", None));
}

#[test]
fn leavers_come_last_among_equals() {
    let mut index = NameIndex::default();
    index.push(PupilId(1), &name_key("Hart", "Orla", None), "", None, false);
    index.push(PupilId(2), &name_key("Hart", "Orla", None), "", None, true);
    index.push(
        PupilId(3),
        &name_key("Hart", "Orla", None),
        "",
        Some(Status::K),
        true,
    );
    assert_eq!(found(&index, "oh"), [3, 2, 1]);
}

#[test]
fn nobody_who_fits_is_left_unscored() {
    let index = index(CHILDREN);
    let letters = ["a", "o", "k", "r", "z", "b", "f", "'", "-", " ", "é"];
    for one in letters {
        for two in letters.iter().chain(&[""]) {
            for three in letters.iter().chain(&["", "khan"]) {
                let typed = fold(&format!("{one}{two}{three}"));
                let words: Vec<&str> = typed.split_whitespace().collect();
                if words.is_empty() {
                    continue;
                }
                let may_fit = index.candidates(&words);
                for (row, entry) in index.entries().iter().enumerate() {
                    let fits = score(index.name(entry), &words).is_some();
                    assert!(!fits || may_fit[row], "{typed} {}", index.name(entry));
                }
            }
        }
    }
}

#[test]
fn those_on_roll_are_counted_by_status() {
    let mut index = NameIndex::default();
    let pupils = [
        (Some(Status::K), true),
        (Some(Status::K), false),
        (Some(Status::E), true),
        (None, true),
        (None, true),
    ];
    for (number, (status, on_roll)) in pupils.into_iter().enumerate() {
        index.push(
            PupilId(number as i64),
            "okafor\taisha",
            "5b",
            status,
            on_roll,
        );
    }
    let counted = [Some(Status::N), Some(Status::K), Some(Status::E), None];
    assert_eq!(counted.map(|status| index.on_roll(status)), [0, 1, 1, 2]);
}
