//! Tries at the passphrase by several processes at once: each counts, and none touches what another puts in place. The keys cost
//! nothing here, which only a build with `selftest` takes.

use super::{Case, Home, PASSPHRASE};
use std::fs;
use std::thread;

const NEW: &str = "harbour lentil drum frost";
const OTHER: &str = "meadow anvil seven tide";

/// A run whose keys cost nothing and whose tries wait a thousandth of what they would.
pub(super) fn cheap(home: &Home, words: &[&str]) -> Case {
    home.case(words).env("SENDESK_SELFTEST_CHEAP_KEYS", "1")
}

/// A desk under `pass`, with OAK; `code` is the printed one.
pub(super) fn cheap_desk() -> Home {
    let home = Home::empty();
    home.private("pass", PASSPHRASE);
    let secrets = cheap(&home, &["init"]).json();
    home.private("code", secrets["recovery_code"].as_str().unwrap());
    cheap(
        &home,
        &["school", "add", "--name", "Oakfield", "--code", "OAK"],
    )
    .ok();
    for (name, text) in [
        ("new", NEW),
        ("other", OTHER),
        ("wrong", "another passphrase"),
    ] {
        home.private(name, text);
    }
    home
}

/// How many tries failed ever, and since the last that was right.
fn counted(home: &Home) -> (i64, i64) {
    let text = fs::read_to_string(home.path("desk/desk.tries")).unwrap_or("{}".to_owned());
    let tries: serde_json::Value = serde_json::from_str(&text).unwrap();
    let number = |name: &str| tries[name].as_i64().unwrap_or_default();
    (number("failed"), number("in_a_row"))
}

fn opens(home: &Home, name: &str) -> bool {
    let ran = cheap(home, &["school", "list", "--passphrase-file", name]).run();
    assert!(matches!(ran.code, 0 | 3), "{}", ran.err);
    ran.code == 0
}

#[test]
fn forty_wrong_tries_at_once_are_forty_and_the_right_one_opens_after_them() {
    let home = cheap_desk();
    let keys = fs::read(home.path("desk/desk.keys")).unwrap();
    thread::scope(|scope| {
        for _ in 0..40 {
            scope.spawn(|| {
                let case = cheap(&home, &["school", "list", "--passphrase-file", "wrong"]);
                let told = case.refused(3);
                assert!(told.contains("does not open this desk"), "{told}");
            });
        }
    });
    assert_eq!(counted(&home), (40, 40));
    cheap(&home, &["list", "pupils"]).ok();
    assert_eq!(counted(&home), (40, 0));
    assert_eq!(fs::read(home.path("desk/desk.keys")).unwrap(), keys);
    let history = cheap(&home, &["history"]).ok();
    assert!(
        history.contains("40 failed unlocks of the desk"),
        "{history}"
    );
    let told = cheap(&home, &["doctor", "--evidence"]).run().out;
    assert!(told.contains("; 40 failed tries ever"), "{told}");
}

#[test]
fn a_new_passphrase_holds_whatever_is_tried_meanwhile() {
    let home = cheap_desk();
    let names = ["pass", "new"];
    for round in 0..6 {
        let (old, new) = (names[round % 2], names[(round + 1) % 2]);
        thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| {
                    let words = ["school", "list", "--passphrase-file", "wrong"];
                    cheap(&home, &words).refused(3);
                });
            }
            scope.spawn(|| {
                let words = [
                    "passphrase",
                    "--passphrase-file",
                    old,
                    "--new-passphrase-file",
                    new,
                ];
                cheap(&home, &words).ok();
            });
        });
        assert!(opens(&home, new) && !opens(&home, old), "round {round}");
    }
    // Three a round, and the old one each time.
    assert_eq!(counted(&home).0, 6 * 4);
}

#[test]
fn of_what_changes_a_passphrase_at_once_what_was_acknowledged_last_holds() {
    let home = cheap_desk();
    let change = |new: &str| cheap(&home, &["passphrase", "--new-passphrase-file", new]).run();
    let recover = |new: &str| {
        let words = [
            "recover",
            "--code-file",
            "code",
            "--new-passphrase-file",
            new,
        ];
        cheap(&home, &words).run()
    };
    for round in 0..4 {
        recover("pass");
        let (one, other) = thread::scope(|scope| {
            let one = scope.spawn(|| change("new"));
            let by_code = round % 2 == 1;
            let other = scope.spawn(move || {
                if by_code {
                    recover("other")
                } else {
                    change("other")
                }
            });
            (one.join().unwrap(), other.join().unwrap())
        });
        let hold = ["pass", "new", "other"].map(|name| opens(&home, name));
        let done = (one.code == 0, other.code == 0);
        match done {
            (true, false) => assert_eq!(hold, [false, true, false]),
            (false, true) => assert_eq!(hold, [false, false, true]),
            (true, true) => {
                assert!(round % 2 == 1, "both took the place of the same old one");
                assert!(
                    hold == [false, true, false] || hold == [false, false, true],
                    "{hold:?}"
                );
            }
            (false, false) => panic!("{}{}", one.err, other.err),
        }
        for refused in [one, other].iter().filter(|ran| ran.code != 0) {
            let told = &refused.err;
            let known = ["does not open this desk", "was changed elsewhere meanwhile"];
            assert!(known.iter().any(|words| told.contains(words)), "{told}");
        }
    }
}

/// A demonstration desk has no passphrase: it is never waited for, and nothing is counted.
#[test]
fn a_desk_without_a_passphrase_has_no_count_of_tries() {
    let home = Home::with_demo();
    home.case(&["list", "pupils"]).ok();
    for name in ["desk.tries", "tries.lock", "keys.lock"] {
        assert!(!home.path("desk").join(name).exists(), "{name}");
    }
}
