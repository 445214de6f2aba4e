//! Getting in, and a new passphrase, also while others try or change it.

use super::*;
use crate::domain::school::School;
use crate::sys::lock;
use std::thread;

const OLD: &str = "larch kettle orbit moss";
const NEW: &str = "harbour lentil drum frost";

struct Case {
    folder: tempfile::TempDir,
    code: String,
}

impl Case {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let places = Places {
            data: folder.path().join("desk"),
        };
        let (mut desk, secrets) =
            Desk::create_with(&places, OLD, "Sam", "sam", Calibration::FLOOR).unwrap();
        let school = School::read("Oakfield", "OAK", None, None, None).unwrap();
        desk.add_school(&school).unwrap();
        let code = secrets.recovery_code.to_string();
        Self { folder, code }
    }

    fn places(&self) -> Places {
        Places {
            data: self.folder.path().join("desk"),
        }
    }

    fn opens(&self, passphrase: &str) -> bool {
        Desk::unlock(&self.places(), passphrase).is_ok()
    }
}

#[test]
fn a_try_waits_longer_from_the_sixth_on_and_never_over_a_minute() {
    let waits: Vec<u64> = (0..14).map(|wrong| delay(wrong).as_secs()).collect();
    assert_eq!(waits, [0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
    assert_eq!(delay(u32::MAX), LONGEST);
}

#[test]
fn a_new_passphrase_opens_what_the_old_one_did_and_the_printed_code_stays_good() {
    let case = Case::new();
    let phrase = |desk: &Desk| desk.backup_phrase().unwrap().to_string();
    let before = phrase(&Desk::unlock(&case.places(), OLD).unwrap());
    let wrong = Desk::change_passphrase(&case.places(), NEW, NEW);
    assert!(matches!(wrong, Err(Error::WrongPassphrase)));
    Desk::change_passphrase(&case.places(), OLD, NEW).unwrap();
    assert!(case.opens(NEW) && !case.opens(OLD));
    let desk = Desk::unlock_with_recovery(&case.places(), &case.code).unwrap();
    assert_eq!(phrase(&desk), before);
    let history = desk.open_school("OAK").unwrap().history(None, 9).unwrap();
    let labels: Vec<&str> = history.iter().map(|step| &*step.label).collect();
    assert!(
        labels.contains(&"Change the passphrase of the desk"),
        "{labels:?}"
    );
}

#[test]
fn the_printed_code_gives_a_new_passphrase_and_goes_on_doing_so() {
    let case = Case::new();
    let wrong = Desk::recover(&case.places(), "0000-0000", NEW);
    assert!(matches!(wrong, Err(Error::MistypedRecoveryCode)));
    Desk::recover(&case.places(), &case.code, NEW).unwrap();
    assert!(case.opens(NEW) && !case.opens(OLD));
    Desk::recover(&case.places(), &case.code.to_lowercase(), OLD).unwrap();
    assert!(case.opens(OLD));
}

#[test]
fn a_school_that_cannot_be_opened_does_not_hide_that_the_new_passphrase_holds() {
    let case = Case::new();
    std::fs::remove_file(case.places().school("OAK")).unwrap();
    Desk::change_passphrase(&case.places(), OLD, NEW).unwrap();
    assert!(case.opens(NEW) && !case.opens(OLD));
}

#[test]
fn what_a_killed_change_left_of_the_sealed_keys_goes_with_the_next() {
    let case = Case::new();
    let keys = case.places().keys();
    let left = keys.with_file_name("desk.keys.newA1b2C3");
    std::fs::copy(&keys, &left).unwrap();
    Desk::change_passphrase(&case.places(), OLD, NEW).unwrap();
    assert!(!left.exists() && case.opens(NEW));
    let mut names = std::fs::read_dir(keys.parent().unwrap()).unwrap();
    assert!(names.all(|one| !one.unwrap().file_name().to_string_lossy().contains(".new")));
}

#[test]
fn a_desk_that_cannot_be_opened_keeps_its_old_passphrase() {
    let case = Case::new();
    let (path, keys) = (case.places().desk(), case.places().keys());
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    let before = std::fs::read(&keys).unwrap();
    assert!(Desk::change_passphrase(&case.places(), OLD, NEW).is_err());
    assert_eq!(std::fs::read(&keys).unwrap(), before);
    std::fs::write(&path, whole).unwrap();
    assert!(case.opens(OLD) && !case.opens(NEW));
}

#[test]
fn an_invented_desk_has_no_passphrase_to_change() {
    let folder = tempfile::tempdir().unwrap();
    let places = Places {
        data: folder.path().join("demo"),
    };
    Desk::create_demo(&places, "Sam").unwrap();
    let refused = Desk::change_passphrase(&places, "", NEW);
    assert!(matches!(refused, Err(Error::NoPassphrase)));
}

/// A desk as an older version made it: sealed under the very text that was given.
fn sealed_as_given(case: &Case, before: &str, text: &str) {
    let (mut keyring, key, _turn) = by_passphrase(&case.places(), before).unwrap();
    keyring.reseal(&key, text, Calibration::FLOOR).unwrap();
    keyring.write(&case.places().keys()).unwrap();
}

#[test]
fn whatever_keyboard_or_file_gives_it_a_new_passphrase_opens_and_an_older_one_as_it_was_given() {
    const COMPOSED: &str = "caf\u{e9} larch moss";
    const DECOMPOSED: &str = "cafe\u{301} larch moss";
    const MARKED: &str = "\u{feff}cafe\u{301} larch moss";
    let case = Case::new();
    Desk::recover(&case.places(), &case.code, DECOMPOSED).unwrap();
    for given in [COMPOSED, DECOMPOSED, MARKED] {
        assert!(case.opens(given), "{given:?}");
    }
    assert!(!case.opens("cafe\u{301}\u{301} larch moss"));
    let mut before = COMPOSED;
    for older in [DECOMPOSED, MARKED, " blanks "] {
        sealed_as_given(&case, before, older);
        assert!(case.opens(older), "{older:?}");
        before = older;
    }
    let tries = Tries::read(&case.places());
    assert_eq!(
        tries.failed(&Desk::keyring(&case.places()).unwrap()),
        1,
        "one try, one count"
    );
}

#[test]
fn a_wrong_passphrase_that_is_easily_not_what_was_meant_says_so() {
    let case = Case::new();
    let told = |given: &str| Desk::unlock(&case.places(), given).unwrap_err().to_string();
    assert!(told("larch kettle orbit moss ").contains("begins or ends with a blank"));
    assert!(told("l\0a\0r\0").contains("holds a NUL"));
    assert!(!told("another one").contains("It "));
    assert!(case.opens(OLD));
}

#[test]
fn wrong_tries_are_counted_until_one_is_right_and_no_try_writes_the_keys() {
    let case = Case::new();
    let keys = std::fs::read(case.places().keys()).unwrap();
    let counted = || {
        let keyring = Desk::keyring(&case.places()).unwrap();
        let tries = Tries::read(&case.places());
        (tries.in_a_row(&keyring), tries.failed(&keyring))
    };
    assert_eq!(counted(), (0, 0));
    assert!(!case.opens("no") && !case.opens("nor this"));
    assert_eq!(counted(), (2, 2));
    let wrong = Desk::unlock_with_recovery(&case.places(), "0000-0000");
    assert!(wrong.is_err());
    assert_eq!(counted(), (3, 3));
    assert!(case.opens(OLD));
    assert_eq!(counted(), (0, 3));
    assert_eq!(std::fs::read(case.places().keys()).unwrap(), keys);
}

/// Between the reading of the keys and the counting another makes a new passphrase hold.
#[test]
fn a_wrong_try_under_way_does_not_undo_a_new_passphrase() {
    let case = Case::new();
    let places = case.places();
    let keyring = Desk::keyring(&places).unwrap();
    let tried = counted(&places, &keyring, || {
        Desk::recover(&places, &case.code, NEW).unwrap();
        keyring.by_passphrase("no", &places.keys())
    });
    assert!(matches!(tried, Err(Error::WrongPassphrase)));
    assert!(case.opens(NEW) && !case.opens(OLD));
    assert_eq!(Tries::read(&places).failed(&keyring), 2);
}

#[test]
fn one_try_is_made_at_a_time_and_who_waited_finds_what_holds_then() {
    let case = Case::new();
    let places = case.places();
    let (_, _, turn) = by_passphrase(&places, OLD).unwrap();
    let free = || lock::alone(&places.tries_lock(), Duration::ZERO).unwrap();
    assert!(free().is_none());
    let tried = {
        let places = case.places();
        thread::spawn(move || Desk::unlock(&places, NEW).is_ok())
    };
    // The printed code is not kept waiting.
    Desk::recover(&places, &case.code, NEW).unwrap();
    drop(turn);
    assert!(tried.join().unwrap());
    assert!(free().is_some());
}

#[test]
fn of_two_new_passphrases_at_once_one_holds_and_the_other_is_refused() {
    let case = Case::new();
    let change = |new: &'static str| {
        let places = case.places();
        thread::spawn(move || Desk::change_passphrase(&places, OLD, new))
    };
    let (one, other) = (change(NEW), change("meadow anvil seven tide"));
    let (one, other) = (one.join().unwrap(), other.join().unwrap());
    let (holds, refused) = match (one, other) {
        (Ok(()), Err(error)) => (NEW, error),
        (Err(error), Ok(())) => ("meadow anvil seven tide", error),
        both => panic!("{both:?}"),
    };
    assert!(matches!(refused, Error::WrongPassphrase));
    assert!(case.opens(holds) && !case.opens(OLD));
}

#[test]
fn a_change_that_the_printed_code_overtook_is_refused() {
    let case = Case::new();
    let places = case.places();
    let (keyring, key, _turn) = by_passphrase(&places, OLD).unwrap();
    Desk::recover(&places, &case.code, NEW).unwrap();
    let before = std::fs::read(places.keys()).unwrap();
    let moved = Desk::reseal(&places, &keyring, &key, "meadow anvil", |now| {
        now.is(&keyring)
    });
    assert!(matches!(moved, Err(Error::PassphraseMoved)));
    assert_eq!(std::fs::read(places.keys()).unwrap(), before);
}
