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

/// Adds pupils by number from 1; `-` before a surname means that the child has left.
fn register(names: &[(&str, &str)]) -> NameIndex {
    let mut index = NameIndex::default();
    for (number, (surname, forename)) in names.iter().enumerate() {
        let key = name_key(surname.trim_start_matches('-'), forename, None);
        let id = PupilId(number as i64 + 1);
        index.push(id, &key, "5B", None, !surname.starts_with('-'));
    }
    index
}

fn one(id: i64) -> Match {
    Match::One(PupilId(id))
}

fn several(ids: &[i64]) -> Match {
    Match::Several(ids.iter().copied().map(PupilId).collect())
}

#[test]
fn a_name_means_one_child_or_nobody_until_somebody_chooses() {
    let index = register(&[
        ("Ali", "Reuben"),
        ("Ali Khan", "Zara"),
        ("Khan", "Ali"),
        ("O\u{2019}Brien", "Se\u{e1}n"),
        ("Okafor", "Aisha"),
        ("Odell", "Ava"),
        ("Amis", "Olu"),
        ("Zieli\u{144}ska", "Mary Jane"),
        ("\u{645}\u{631}\u{64a}\u{645}", "\u{1f98a}"),
    ]);
    for (typed, want) in [
        ("okafor", one(5)),
        ("AISHA", one(5)),
        ("aisha okafor", one(5)),
        ("Okafor, Aisha", one(5)),
        ("reuben", one(1)),
        ("ao", several(&[5, 6, 7])),
        ("oa", several(&[7, 5, 6])),
        ("a okafor", one(5)),
        ("ali", several(&[1, 3])),
        ("ali khan", several(&[2, 3])),
        ("ai", one(5)),
        ("o'brien", one(4)),
        ("brien", one(4)),
        ("zielinska", one(8)),
        ("mary jane", one(8)),
        ("mj", Match::None),
        ("\u{645}\u{631}\u{64a}\u{645}", one(9)),
        ("\u{1f98a}", one(9)),
        ("oka\u{202e}for", one(5)),
        ("aok", one(5)),
        ("xyz", Match::None),
        ("", Match::None),
        ("  ", Match::None),
    ] {
        assert_eq!(index.meant(typed), want, "{typed}");
    }
}

#[test]
fn a_whole_name_counts_before_one_that_only_starts_so() {
    let index = register(&[("Hart", "Ann"), ("Hartley", "Anna"), ("Hart", "Anna")]);
    assert_eq!(index.meant("ann"), one(1));
    assert_eq!(index.meant("ann hart"), one(1));
    assert_eq!(index.meant("hartl"), one(2));
    assert_eq!(index.meant("hart"), several(&[1, 3]));
    assert_eq!(index.meant("an"), several(&[1, 2, 3]));
}

#[test]
fn the_one_on_roll_is_meant_before_those_who_left_and_a_leaver_alone_is_meant() {
    let index = register(&[
        ("-Hart", "Orla"),
        ("Hart", "Oscar"),
        ("-Hill", "Tom"),
        ("-Moss", "Ben"),
        ("-Mole", "Bea"),
    ]);
    assert_eq!(index.meant("oh"), one(2));
    assert_eq!(
        index.meant("orla"),
        one(1),
        "who left, but nobody else fits"
    );
    assert_eq!(index.meant("th"), one(3));
    assert_eq!(index.meant("bm"), several(&[4, 5]), "both have left");
    assert_eq!(index.meant("oh2"), one(1), "chosen by number");
}

#[test]
fn a_digit_chooses_among_equals_and_an_id_is_that_pupil() {
    let index = register(&[
        ("Okafor", "Aisha"),
        ("Odell", "Ava"),
        ("Pike", "Una"),
        ("Test2", "Una"),
    ]);
    assert_eq!(index.meant("ao1"), one(1));
    assert_eq!(index.meant("ao2"), one(2));
    assert_eq!(index.meant("ao 2"), one(2));
    assert_eq!(index.meant("ao3"), several(&[1, 2]));
    assert_eq!(index.meant("ao0"), Match::None);
    assert_eq!(index.meant("ao12"), Match::None);
    assert_eq!(index.meant("xy2"), Match::None);
    assert_eq!(index.meant("okafor2"), several(&[1]), "there is no second");
    assert_eq!(index.meant("test2"), one(4), "a name may end in a digit");
    assert_eq!(index.meant("p2"), one(2));
    assert_eq!(index.meant("P3"), one(3));
    assert_eq!(index.meant("p99"), Match::None);
    assert_eq!(index.meant("2"), Match::None);
}

#[test]
fn at_most_nine_are_offered_and_the_best_are_the_finders_first() {
    let crowd = register(&[("Hart", "Orla"); 12]);
    assert_eq!(crowd.meant("oh"), several(&[1, 2, 3, 4, 5, 6, 7, 8, 9]));
    let index = index(CHILDREN);
    for typed in ["ao", "al", "zo", "ali", "k", "fil", "re a"] {
        let first = found(&index, typed)[0];
        match index.meant(typed) {
            Match::One(id) => assert_eq!(id.0, first, "{typed}"),
            Match::Several(ids) => assert_eq!(ids[0].0, first, "{typed}"),
            Match::None => panic!("{typed} means nobody"),
        }
    }
}

#[test]
fn a_double_name_is_found_in_one_word() {
    let index = index(&[
        ("O\u{2019}Brien", "Se\u{e1}n", None),
        ("O'Mara", "Cora", None),
        ("van der Meer", "Anna", None),
        ("Smith-Jones", "Kit", None),
        ("Obi", "Adam", None),
    ]);
    for (typed, want) in [
        ("obrien", 1),
        ("o-brien", 1),
        ("obrien sean", 1),
        ("omara", 2),
        ("vander", 3),
        ("vandermeer", 3),
        ("smithjones", 4),
        ("smithj kit", 4),
    ] {
        assert_eq!(found(&index, typed), [want], "{typed}");
    }
    let all: Vec<u32> = (0..5).collect();
    assert_eq!(index.filter(&all, "obrien"), [0]);
    assert_eq!(index.filter(&all, "smithj"), [3]);
    assert_eq!(index.meant("omara"), Match::One(PupilId(2)));
}

#[test]
fn one_letter_is_forgiven_where_nobody_is_found() {
    let index = index(CHILDREN);
    let nearly = |typed: &str| -> Vec<i64> {
        let rows = index.find_nearly(typed, 9);
        rows.into_iter()
            .map(|row| index.entries()[row].id.0)
            .collect()
    };
    for (typed, want) in [
        ("okafro", &[5][..]),
        ("aisha okafer", &[5]),
        ("okfor", &[5]),
        ("obrein", &[4]),
        ("mullre", &[3]),
        ("ruben", &[1]),
        ("ailsha okafer", &[]),
        ("oka", &[]),
        ("zzzz", &[]),
    ] {
        assert_eq!(nearly(typed), want, "{typed}");
    }
    assert_eq!(
        index.meant("okafro"),
        Match::None,
        "a name in a line is never guessed"
    );
}
