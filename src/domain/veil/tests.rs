//! Names as they are written in texts, hidden and left.

use super::*;

fn veil() -> Veil {
    let mut veil = Veil::default();
    for (id, known_as, surname, forename) in [
        (12, "Aisha", "Okafor", "Grace"),
        (13, "Ben", "O\u{2019}Brien", "Benedict"),
        (14, "May", "Barraclough-Gallagher", ""),
        (15, "Noah", "Okafor", ""),
        (16, "Idris", "bin Salem", ""),
        (17, "tom", "dale", ""),
        (18, "\u{674e}", "\u{660e}", ""),
        (19, "Wei", "O", ""),
        (20, "Anouk", "van der Berg", ""),
        (21, "Lucia", "de la cruz", ""),
        (22, "Bo", "Li", ""),
        (23, "Will", "Rose", ""),
        (24, "Minh", "Le", ""),
        (25, "May", "Twin", ""),
        (26, "May", "Twin", ""),
    ] {
        veil.child(PupilId(id), known_as, surname, forename, "");
    }
    veil.person("Mrs Fatima Okafor");
    veil.person("Ms Jo van 't Hart");
    veil.person("mum");
    veil
}

#[test]
fn a_child_is_told_by_initials_and_a_whole_name_by_the_number_too() {
    let veil = veil();
    for (text, told) in [
        ("Okafor, Aisha", "A.O. p12"),
        (
            "Aisha Okafor 5B, Ben O'Brien 4K",
            "A.O. p12 5B, B.O. p13 4K",
        ),
        ("Okafor, Grace", "A.O. p12"),
        ("Aisha Okafor, Ben", "A.O. p12, B."),
        ("Aisha's plan", "A.'s plan"),
        ("About Benedict.", "About B.."),
        ("Gallagher", "G."),
        ("Okafor", "O."),
        ("Twin, May", "M.T."),
        ("Mrs Okafor (mum)", "Mrs O. (mum)"),
        ("Mrs Fatima Okafor", "Mrs F.O."),
        ("Barraclough-Gal\u{2026}, Ben", "B.\u{2026}, B."),
        ("due 14 May, May 2026", "due 14 May, May 2026"),
        ("May 4K", "M. 4K"),
        ("May 4", "M. 4"),
        ("Twin, May 4", "M.T. 4"),
        ("Salem; the bin is empty. Bin", "S.; the bin is empty. Bin"),
        ("tom dale", "T.D. p17"),
        ("\u{660e}, \u{674e}", "\u{674e}.\u{660e}. p18"),
        ("fatima.okafor@example.org or 01632", "(e-mail) or 01632"),
    ] {
        assert_eq!(veil.hide(text), told, "{text}");
        assert_eq!(veil.hide(told), told, "hidden again: {told}");
    }
}

#[test]
fn particles_and_single_letters_are_hidden_where_they_stand_as_a_name() {
    let veil = veil();
    for (text, told) in [
        ("Anouk van der Berg 5B", "A.V. p20 5B"),
        ("van der Berg, Anouk", "A.V. p20"),
        ("Berg's bag", "B.'s bag"),
        ("Mr van der Berg", "Mr V."),
        ("Anouk van der\u{2026}", "A.V. p20\u{2026}"),
        ("Lucia de la cruz", "L.D. p21"),
        ("Ms de la cruz", "Ms D."),
        ("O, Wei", "W.O. p19"),
        ("Wei O's plan", "W.O. p19's plan"),
        ("Ms O rang", "Ms O. rang"),
        ("Ms Jo van 't Hart", "Ms J.V."),
        ("Li, Bo", "B.L. p22"),
        ("Le, Minh", "M.L. p24"),
        ("Rose, Will", "W.R. p23"),
        // Words of the language that merely are the same.
        ("the van is late", "the van is late"),
        ("a la carte, de facto", "a la carte, de facto"),
        ("will rose early", "will rose early"),
        ("Year 4, O level", "Year 4, O level"),
    ] {
        assert_eq!(veil.hide(text), told, "{text}");
        assert_eq!(veil.hide(told), told, "hidden again: {told}");
    }
}

#[test]
fn whoever_is_spoken_to_is_never_told_by_a_childs_number() {
    let veil = veil();
    for (with, told) in [
        ("Mr Rose", "Mr R."),
        ("Will Rose", "W.R."),
        ("Ben O'Brien (brother)", "B.O. (brother)"),
        ("Mr van der Merwe", "Mr V."),
        ("Ms de Wit and Dr SMITH", "Ms D. and Dr S."),
        ("Ms O", "Ms O."),
    ] {
        assert_eq!(veil.whom(with), told, "{with}");
        assert_eq!(veil.whom(told), told, "again: {told}");
    }
}

#[test]
fn what_stands_in_quotes_is_told_by_its_length() {
    let veil = veil();
    let text = "Done: \"ring the nurse\" at OAK   u undo";
    assert_eq!(veil.hide(text), "Done: (3 words) at OAK   u undo");
    assert_eq!(
        veil.hide("Nobody matches \"reub"),
        "Nobody matches (1 word)"
    );
    assert_eq!(length(" \n"), "");
}

#[test]
fn somebody_who_is_not_on_file_is_told_by_initials_too() {
    let veil = veil();
    for (text, told) in [
        ("Dr Patel (EP)", "Dr P. (EP)"),
        ("Mum and Ms Quist", "Mum and Ms Q."),
        ("Vance, Toby 2T", "V., T. 2T"),
    ] {
        assert_eq!(veil.whom(text), told);
    }
}

#[test]
fn without_names_nothing_is_changed() {
    let text = "Aisha Okafor";
    assert!(matches!(Veil::default().hide(text), Cow::Borrowed(_)));
}

/// Names as they come: with particles, of one letter, double, with apostrophes, words of the language.
const FORENAMES: [&str; 14] = [
    "Anouk",
    "Wei",
    "Bo",
    "Will",
    "Grace",
    "May",
    "Rose",
    "Jean-Luc",
    "O",
    "\u{c9}lodie",
    "Ben",
    "Mary Jane",
    "Le",
    "Nan",
];
const SURNAMES: [&str; 18] = [
    "van der Berg",
    "de la Cruz",
    "de la cruz",
    "O",
    "Li",
    "O'Brien",
    "O\u{2019}Brien",
    "Barraclough-Gallagher",
    "bin Salem",
    "Will",
    "Grace",
    "Rose",
    "May",
    "Le",
    "'t Hart",
    "Smith",
    "D'Arcy",
    "Al Amin",
];

fn school(names: &[(usize, usize)]) -> (Veil, Vec<(PupilId, &'static str, &'static str)>) {
    let mut veil = Veil::default();
    let children: Vec<_> = (1..)
        .zip(names)
        .map(|(id, (given, family))| (PupilId(id), FORENAMES[*given], SURNAMES[*family]))
        .collect();
    for (id, forename, surname) in &children {
        veil.child(*id, forename, surname, forename, "");
    }
    (veil, children)
}

/// True for what shows nobody: initials with their stops, then at most a number.
fn is_told(text: &str) -> bool {
    let (letters, number) = text.split_once(' ').unwrap_or((text, "p0"));
    let number = number.strip_prefix('p').map(str::parse::<i64>);
    let mut stops = letters.split_inclusive('.');
    matches!(number, Some(Ok(_)))
        && stops.all(|one| one.chars().count() == 2 && one.ends_with('.'))
        && !letters.is_empty()
}

proptest::proptest! {
    #[test]
    fn no_part_of_a_name_is_seen_where_it_stands_as_a_childs_and_no_other_childs_number(
        names in proptest::collection::vec((0..FORENAMES.len(), 0..SURNAMES.len()), 1..8),
    ) {
        let (veil, children) = school(&names);
        for (id, forename, surname) in &children {
            for written in [format!("{surname}, {forename}"), format!("{forename} {surname}")] {
                let shown = veil.hide(&format!("with {written}; and so on")).into_owned();
                let told = shown.strip_prefix("with ").and_then(|rest| rest.strip_suffix("; and so on"));
                let told = told.unwrap_or_default();
                proptest::prop_assert!(is_told(told), "{written} is {shown}");
                if let Some((_, number)) = told.split_once(' ') {
                    proptest::prop_assert_eq!(number, id.to_string());
                }
                proptest::prop_assert!(veil.found(told).is_empty(), "{} is found in {told}", written);
                proptest::prop_assert!(is_told(&veil.whom(&written)) && !veil.whom(&written).contains('p'));
            }
            // The row says whose it is.
            proptest::prop_assert!(is_told(&child(*id, forename, surname)));
        }
    }

    #[test]
    fn in_a_meeting_the_child_is_read_and_of_another_no_part(
        names in proptest::collection::vec((0..FORENAMES.len(), 0..SURNAMES.len()), 2..8),
    ) {
        let (veil, children) = school(&names);
        let (_, forename, surname) = children[0];
        let veil = veil.for_meeting([forename, surname, forename, ""], []);
        let met = format!("{forename} {surname}");
        proptest::prop_assert_eq!(veil.hide(&met), met.as_str());
        let met = fold(&met);
        for (_, other, family) in children.iter().filter(|one| (one.1, one.2) != (forename, surname)) {
            let shown = veil.hide(&format!("with {other} {family}; and so on")).into_owned();
            let told = shown.strip_prefix("with ").and_then(|rest| rest.strip_suffix("; and so on"));
            let told = told.unwrap_or_default();
            let reads = |word: &str| told.split(' ').any(|one| one == word);
            let own = fold(&format!("{other} {family}"));
            let shared = own.split(' ').all(|word| met.split(' ').any(|one| one == word));
            proptest::prop_assert!(shared || is_told(told) && !reads("p"), "{own} is {shown} beside {met}");
        }
    }
}
