//! Copies: the same content under another key, and nothing opened that is not whole.

use super::*;
use crate::domain::form::Kind;
use crate::store::tests::{author, texts};
use crate::store::{Desk, Places};
use std::fs;

const PHRASE: &str = "it's six plain words of mine";

struct Case {
    folder: tempfile::TempDir,
    desk: Desk,
}

impl Case {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let places = Places {
            data: folder.path().join("desk"),
        };
        let mut desk = Desk::create_demo(&places, "Sam").unwrap();
        let school = School::read("Oakfield Primary", "OAK", None, None, None).unwrap();
        desk.add_school(&school).unwrap();
        let case = Self { folder, desk };
        let mut store = case.store();
        for number in 0..30 {
            let pupil = texts(&[
                ("surname", &format!("Okafor{number}")),
                ("forename", "Aisha"),
            ]);
            store
                .step("Add", |writer| writer.add(Kind::Pupil, &pupil))
                .unwrap();
        }
        case
    }

    fn store(&self) -> Store {
        self.desk.open_school("OAK").unwrap()
    }

    fn copy(&self) -> (PathBuf, Manifest) {
        let path = self.folder.path().join("copy.db");
        let key = self.desk.keys_of("OAK").journal;
        let manifest = self.store().copy_to(&path, &key, PHRASE).unwrap();
        (path, manifest)
    }
}

#[test]
fn a_copy_holds_every_row_and_the_whole_journal_under_its_own_passphrase() {
    let case = Case::new();
    let (path, manifest) = case.copy();
    let copied = Copied::open(&path, PHRASE).unwrap();
    assert_eq!(copied.manifest, manifest);
    assert_eq!(manifest.head, case.store().history(None, 1).unwrap()[0].id);
    assert_eq!(manifest.digest, digest(&case.store().conn).unwrap());
    // Nothing lies beside it, and nothing in it is in the clear.
    let names: Vec<_> = fs::read_dir(case.folder.path()).unwrap().collect();
    assert_eq!(names.len(), 2, "{names:?}");
    let bytes = fs::read(&path).unwrap();
    assert!(!bytes.windows(6).any(|six| six == b"Okafor"));
    let refused = case.store().copy_to(&path, &copied.journal, PHRASE);
    assert!(matches!(refused, Err(Error::InTheWay { .. })));
}

#[test]
fn a_copy_is_put_back_as_a_file_that_opens_under_the_schools_key() {
    let case = Case::new();
    let (path, manifest) = case.copy();
    let copied = Copied::open(&path, PHRASE).unwrap();
    let back = case.folder.path().join("back.db");
    let keys = case.desk.keys_of("OAK");
    copied.put(&back, &keys.file).unwrap();
    let store = Store::open(&back, &keys, "OAK", author("Sam"), |_| Ok(None)).unwrap();
    assert_eq!(digest(&store.conn).unwrap(), manifest.digest);
    assert_eq!(store.verify().unwrap(), None);
    let dump = |store: &Store| store.dump("pupil").unwrap();
    assert_eq!(dump(&store), dump(&case.store()));
}

#[test]
fn another_passphrase_and_other_files_are_told_apart_from_a_copy() {
    let case = Case::new();
    let (path, _) = case.copy();
    let open = |path: &Path, phrase: &str| Copied::open(path, phrase).unwrap_err();
    assert!(matches!(open(&path, "another"), Error::WrongPhrase { .. }));
    let other = case.folder.path().join("other");
    fs::write(&other, b"SQLite format 3\0 and so on").unwrap();
    assert!(matches!(open(&other, PHRASE), Error::NotADesk { .. }));
    fs::write(&other, b"note").unwrap();
    assert!(matches!(open(&other, PHRASE), Error::NotADesk { .. }));
    assert!(matches!(
        open(&case.folder.path().join("none"), PHRASE),
        Error::Missing { .. }
    ));
}

#[test]
fn a_copy_with_one_bit_changed_anywhere_is_refused() {
    let case = Case::new();
    let (path, _) = case.copy();
    let sound = fs::read(&path).unwrap();
    let damaged = case.folder.path().join("damaged.db");
    for number in 0..50 {
        let mut bytes = sound.clone();
        let at = number * (bytes.len() - 1) / 49;
        bytes[at] ^= 1 << (number % 8);
        fs::write(&damaged, &bytes).unwrap();
        let refused = Copied::open(&damaged, PHRASE);
        assert!(
            matches!(
                refused,
                Err(Error::WrongPhrase { .. } | Error::Unfit { .. })
            ),
            "byte {at}: {refused:?}"
        );
    }
}

#[test]
fn what_a_killed_copy_left_is_no_part_of_the_next_one() {
    let case = Case::new();
    let path = case.folder.path().join("stick.db");
    let old = super::super::desk::with_end(&path, &format!("{PART}-00c0ffee"));
    let (journal, new) = (
        super::super::desk::with_end(&old, "-journal"),
        super::super::desk::with_end(&path, &format!("{PART}-11111111")),
    );
    for left in [&old, &journal, &new] {
        fs::write(left, "half a page").unwrap();
    }
    let long_ago = fs::metadata(&old).unwrap().modified().unwrap() - 2 * PART_STAYS;
    for path in [&old, &journal] {
        let file = fs::File::options().write(true).open(path).unwrap();
        file.set_modified(long_ago).unwrap();
    }
    case.desk.back_up("OAK", Some(&path)).unwrap();
    // One of the last hour may be another session's.
    assert!(!old.exists() && !journal.exists() && new.exists());
}

fn begun(text: &str) -> crate::store::Draft {
    crate::store::Draft {
        kind: Kind::Pupil.into(),
        variant: String::new(),
        about: None,
        editing: false,
        texts: [("surname".to_owned(), text.to_owned())].into(),
        mark: None,
    }
}

#[test]
fn what_was_begun_goes_into_a_backup_and_not_into_a_copy_for_another_desk() {
    let case = Case::new();
    let mut store = case.store();
    for number in 0..40 {
        store
            .keep_draft(&begun(&format!("Okafor{number}").repeat(99)), false)
            .unwrap();
    }
    drop(store);
    let (path, _) = case.copy();
    let drafts = |path: &Path| -> i64 {
        let copied = Copied::open(path, PHRASE).unwrap();
        let count = copied
            .conn
            .query_row("SELECT count(*) FROM draft", [], |row| row.get(0));
        count.unwrap()
    };
    assert_eq!(drafts(&path), 40);
    let key = case.desk.keys_of("OAK").journal;
    let other = case.folder.path().join("other.db");
    let manifest = case.store().copy_for_another(&other, &key, PHRASE).unwrap();
    assert_eq!(drafts(&other), 0);
    assert_eq!(Copied::open(&other, PHRASE).unwrap().manifest, manifest);
    assert_eq!(case.store().begun().unwrap().len(), 40, "they stay here");
}
