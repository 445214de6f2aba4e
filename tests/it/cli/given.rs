//! Passphrases as files and keyboards give them: byte-order marks, line ends, blanks, accents in one character or two.

use super::tries::{cheap, cheap_desk};
use super::{Home, PASSPHRASE};

const COMPOSED: &str = "caf\u{e9} larch moss";
const DECOMPOSED: &str = "cafe\u{301} larch moss";

/// What a desk is made of, what opens it, and what does not.
type Row<'a> = (&'a str, &'a [&'a str], &'a [&'a str]);

const ROWS: [Row<'static>; 4] = [
    (
        "\u{feff}larch kettle orbit\r\n",
        &[
            "larch kettle orbit",
            "\u{feff}larch kettle orbit",
            "larch kettle orbit\r",
        ],
        &["larch kettle orbit "],
    ),
    (
        DECOMPOSED,
        &[
            COMPOSED,
            DECOMPOSED,
            "\u{feff}cafe\u{301} larch moss\n",
            "caf\u{e9} larch moss\nmore",
        ],
        &["cafe larch moss"],
    ),
    (COMPOSED, &[COMPOSED, DECOMPOSED], &["CAF\u{c9} larch moss"]),
    (
        " larch kettle \n",
        &[" larch kettle ", "\u{feff} larch kettle "],
        &["larch kettle", "larch kettle "],
    ),
];

#[test]
fn a_desk_made_of_a_file_opens_by_whatever_gives_the_same_passphrase() {
    for (made_of, opening, wrong) in ROWS {
        let home = Home::empty();
        home.private("made", made_of);
        cheap(&home, &["init", "--passphrase-file", "made"]).ok();
        let list = |text: &str| {
            home.private("given", text);
            cheap(&home, &["school", "list", "--passphrase-file", "given"])
        };
        for text in opening.iter().chain([&made_of]) {
            assert_eq!(list(text).run().code, 0, "{made_of:?} by {text:?}");
        }
        for text in wrong {
            let told = list(text).refused(3);
            let ends = text.trim() != *text;
            assert_eq!(told.contains("begins or ends with a blank"), ends, "{told}");
        }
    }
}

#[test]
fn every_verb_that_takes_a_new_passphrase_takes_it_alike() {
    let home = cheap_desk();
    home.private("decomposed", "\u{feff}cafe\u{301} larch moss\r\n");
    home.private("composed", COMPOSED);
    home.private("printed", &{
        let code = std::fs::read_to_string(home.path("code")).unwrap();
        format!("\u{feff} {} \r\n", code.to_lowercase())
    });
    let opens = |name: &str| {
        cheap(&home, &["school", "list", "--passphrase-file", name])
            .run()
            .code
            == 0
    };
    let change = ["passphrase", "--new-passphrase-file", "decomposed"];
    cheap(&home, &change).ok();
    assert!(opens("composed") && opens("decomposed") && !opens("pass"));
    let back = [
        "passphrase",
        "--passphrase-file",
        "composed",
        "--new-passphrase-file",
        "pass",
    ];
    cheap(&home, &back).ok();
    let recover = [
        "recover",
        "--code-file",
        "printed",
        "--new-passphrase-file",
        "decomposed",
    ];
    cheap(&home, &recover).ok();
    assert!(opens("composed") && !opens("pass"));
    cheap(
        &home,
        &[
            "recover",
            "--code-file",
            "printed",
            "--new-passphrase-file",
            "pass",
        ],
    )
    .ok();
    let hand_over = [
        "school",
        "handover",
        "OAK",
        "--out",
        "given",
        "--new-passphrase-file",
        "decomposed",
    ];
    cheap(&home, &hand_over).ok();
    cheap(
        &home,
        &["restore", "given", "--dry-run", "--phrase-file", "composed"],
    )
    .ok();
    let next = cheap_desk();
    cheap(&next, &["school", "detach", "OAK", "--erase", "--yes"]).ok();
    cheap(&next, &["school", "adopt"])
        .arg(home.path("given"))
        .arg("--phrase-file")
        .arg(home.path("composed"))
        .ok();
}

#[test]
fn a_backup_phrase_from_a_file_with_a_mark_opens_its_backup() {
    let home = Home::empty();
    home.private("pass", PASSPHRASE);
    let secrets = cheap(&home, &["init"]).json();
    cheap(
        &home,
        &["school", "add", "--name", "Oakfield", "--code", "OAK"],
    )
    .ok();
    cheap(&home, &["backup", "--out", "copy.db"]).ok();
    let phrase = secrets["backup_phrase"].as_str().unwrap();
    let restore = |text: &str| {
        home.private("phrase", text);
        cheap(
            &home,
            &["restore", "copy.db", "--dry-run", "--phrase-file", "phrase"],
        )
    };
    restore(&format!("\u{feff}{phrase}\r\n")).ok();
    let told = restore(&format!("{phrase} ")).refused(3);
    assert!(told.contains("begins or ends with a blank"), "{told}");
    let told = restore("kettle\0orbit").refused(3);
    assert!(
        told.contains("holds a NUL") && !told.contains("kettle"),
        "{told}"
    );
}

#[test]
fn what_makes_no_passphrase_is_refused_in_words_and_nothing_is_made() {
    let long = "x".repeat(5000);
    for (text, code, told) in [
        ("          \n", 1, "more than blanks"),
        (
            "\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}",
            1,
            "more than blanks",
        ),
        ("\u{feff}seven77", 1, "this one has 7"),
        ("larch\tkettle orbit", 1, "U+0009"),
        ("larch\0kettle orbit", 1, "U+0000"),
        ("larch kettle\rorbit", 1, "U+000D"),
        (long.as_str(), 1, "at most 1000 characters"),
        ("\u{feff}\n", 3, "nothing on its first line"),
    ] {
        let home = Home::empty();
        home.private("given", text);
        let refused = cheap(&home, &["init", "--passphrase-file", "given"]).refused(code);
        assert!(refused.contains(told), "{refused}");
        assert!(!home.desk().exists());
        let home = cheap_desk();
        home.private("given", text);
        let keys = std::fs::read(home.path("desk/desk.keys")).unwrap();
        let verbs: [&[&str]; 3] = [
            &["passphrase"],
            &["recover", "--code-file", "code"],
            &["school", "handover", "OAK", "--out", "copy.db"],
        ];
        for verb in verbs {
            let case = cheap(&home, verb).arg("--new-passphrase-file");
            let refused = case.arg(home.path("given")).refused(code);
            assert!(refused.contains(told), "{verb:?}: {refused}");
        }
        assert_eq!(std::fs::read(home.path("desk/desk.keys")).unwrap(), keys);
        assert!(!home.path("copy.db").exists());
    }
    for (bytes, told) in [
        (&b"\xff\xfel\0a\0r\0c\0h\0\r\0\n\0"[..], "UTF-16"),
        (b"caf\xe9 larch moss\n", "not UTF-8"),
    ] {
        let home = Home::empty();
        home.file("given", bytes);
        home.chmod("given", 0o600);
        let refused = cheap(&home, &["init", "--passphrase-file", "given"]).refused(3);
        assert!(refused.contains(told), "{refused}");
    }
}

#[test]
fn blanks_at_the_ends_and_further_lines_are_said_where_nobody_can_be_asked() {
    let home = Home::empty();
    home.private("given", "larch kettle orbit \nand a note\n");
    let ran = cheap(&home, &["init", "--passphrase-file", "given"]).run();
    assert_eq!(ran.code, 0, "{}", ran.err);
    for told in [
        "begins or ends with a blank",
        "goes on behind its first line",
    ] {
        assert!(ran.err.contains(told), "{}", ran.err);
    }
    // It was said once, when it was made.
    let ran = cheap(&home, &["school", "list", "--passphrase-file", "given"]).run();
    assert!(ran.code == 0 && !ran.err.contains("blank"), "{}", ran.err);
}
