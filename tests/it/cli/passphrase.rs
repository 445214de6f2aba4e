//! A new passphrase from the shell, by the old one and by the printed code.

use super::{Home, PASSPHRASE};

#[test]
fn a_new_passphrase_takes_the_place_of_the_old_one_and_the_printed_code_gives_another() {
    let home = Home::empty();
    home.private("pass", PASSPHRASE);
    let secrets = home.case(&["init"]).json();
    home.private("code", secrets["recovery_code"].as_str().unwrap());
    home.private("new", "harbour lentil drum frost");
    home.private("short", "four");
    let change = |new: &str| {
        home.case(&["passphrase", "--new-passphrase-file"])
            .arg(home.path(new))
    };
    let told = change("short").refused(1);
    assert!(told.contains("at least 8 characters"), "{told}");
    change("new").ok();
    // `pass` has the old one still.
    home.case(&["school", "list"]).refused(3);
    change("new").refused(3);
    let with = |name: &str| {
        home.case(&["school", "list", "--passphrase-file"])
            .arg(home.path(name))
    };
    with("new").ok();
    let recover = |code: &str| {
        let case = home.case(&["recover", "--code-file"]).arg(home.path(code));
        case.arg("--new-passphrase-file").arg(home.path("pass"))
    };
    let told = recover("new").refused(3);
    assert!(told.contains("not a recovery code"), "{told}");
    recover("code").ok();
    home.case(&["school", "list"]).ok();
    with("new").refused(3);
}

#[test]
fn an_invented_desk_says_that_it_has_no_passphrase() {
    let home = Home::with_demo();
    for verb in ["passphrase", "recover"] {
        let told = home.case(&[verb]).refused(1);
        assert!(
            told.contains("An invented desk has no passphrase"),
            "{told}"
        );
    }
}
