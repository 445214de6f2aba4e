//! Names as they are written in texts, hidden and left.

use super::*;

fn veil() -> Veil {
    let mut veil = Veil::default();
    veil.child(PupilId(12), "Aisha", "Okafor", &["Grace"]);
    veil.child(PupilId(13), "Ben", "O\u{2019}Brien", &["Benedict"]);
    veil.child(PupilId(14), "May", "Barraclough-Gallagher", &[]);
    veil.child(PupilId(15), "Noah", "Okafor", &[]);
    veil.child(PupilId(16), "Idris", "bin Salem", &[]);
    veil.child(PupilId(17), "tom", "dale", &[]);
    veil.child(PupilId(18), "\u{674e}", "\u{660e}", &[]);
    veil.person("Mrs Fatima Okafor");
    veil.person("mum");
    veil
}

#[test]
fn a_child_is_told_by_initials_and_code_however_the_name_is_written() {
    let veil = veil();
    for (text, told) in [
        ("Okafor, Aisha", "A.O. p12"),
        (
            "Aisha Okafor 5B, Ben O'Brien 4K",
            "A.O. p12 5B, B.O. p13 4K",
        ),
        ("Aisha Okafor, Ben", "A.O. p12, B.O. p13"),
        ("Aisha's plan", "A.O. p12's plan"),
        ("About Benedict.", "About B.O. p13."),
        ("Gallagher", "M.B. p14"),
        ("Okafor", "O."),
        ("Mrs Okafor (mum)", "Mrs O. (mum)"),
        ("Mrs Fatima Okafor", "Mrs F.O."),
        ("Barraclough-Gal\u{2026}, May", "M.B. p14\u{2026}, M.B. p14"),
        ("due 14 May, May 2026", "due 14 May, May 2026"),
        ("May 4K", "M.B. p14 4K"),
        (
            "Salem; the bin is empty. Bin",
            "I.B. p16; the bin is empty. Bin",
        ),
        ("tom dale", "T.D. p17"),
        ("\u{660e}, \u{674e}", "\u{674e}.\u{660e}. p18"),
        ("fatima.okafor@example.org or 01632", "(e-mail) or 01632"),
    ] {
        assert_eq!(veil.hide(text), told, "{text}");
        assert_eq!(veil.hide(told), told, "hidden again: {told}");
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
