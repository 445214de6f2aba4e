//! Files removed, exchanged, put back and handed over while a session has them open.

use super::*;
use crate::domain::form::Kind;
use crate::domain::school::School;
use crate::store::tests::texts;
use crate::store::{Desk, Draft, Mark, Places, Store};

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
        Self { folder, desk }
    }

    fn open(&self) -> Store {
        self.desk.open_school("OAK").unwrap()
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("desk/schools/OAK.db")
    }

    /// The file as it is now, by itself, beside the desk.
    fn copy(&self, store: &Store) -> PathBuf {
        store
            .conn
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
            .unwrap();
        let copy = self.folder.path().join("copy");
        fs::copy(self.file(), &copy).unwrap();
        copy
    }
}

fn add(store: &mut Store, surname: &str) -> Result<i64> {
    let pupil = texts(&[("surname", surname)]);
    store.step("Add pupil", |writer| writer.add(Kind::Pupil, &pupil))
}

fn draft(text: &str) -> Draft {
    Draft {
        kind: Kind::Pupil.into(),
        variant: String::new(),
        about: None,
        editing: false,
        texts: [("surname".to_owned(), text.to_owned())].into(),
        mark: None,
    }
}

#[track_caller]
fn assert_moved<T: std::fmt::Debug>(done: Result<T>, how: Moved) {
    match done {
        Err(Error::Moved { moved, .. }) => assert_eq!(moved, how),
        other => panic!("{other:?}"),
    }
}

fn remove_all(file: &Path) {
    for end in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(crate::store::desk::with_end(file, end));
    }
}

#[test]
fn nothing_is_saved_to_a_file_that_was_removed_and_the_words_come_back() {
    let case = Case::new();
    let mut store = case.open();
    add(&mut store, "Okafor").unwrap();
    store.keep_draft(&draft("kept before"), true).unwrap();
    let copy = case.copy(&store);
    remove_all(&case.file());
    assert_moved(add(&mut store, "Ali"), Moved::Removed);
    assert!(store.is_read_only());
    let mut later = draft("typed later");
    later.editing = true;
    later.about = Some(1);
    store.keep_draft(&later, true).unwrap();
    drop(store);
    let kept = case.file().with_extension("kept");
    let sealed = fs::read(&kept).unwrap();
    assert!(!sealed.windows(5).any(|bytes| bytes == b"typed"));
    fs::copy(copy, case.file()).unwrap();
    let store = case.open();
    assert!(!kept.exists());
    let mut words: Vec<String> = store
        .drafts()
        .unwrap()
        .into_iter()
        .map(|draft| draft.texts["surname"].clone())
        .collect();
    words.sort();
    assert_eq!(words, ["kept before", "typed later"]);
}

#[test]
fn nothing_is_saved_to_a_file_whose_place_another_has_taken() {
    let case = Case::new();
    let mut store = case.open();
    add(&mut store, "Okafor").unwrap();
    let copy = case.copy(&store);
    fs::rename(copy, case.file()).unwrap();
    assert_moved(add(&mut store, "Ali"), Moved::Replaced);
    assert_moved(store.look_at_file(), Moved::Replaced);
    // It is the same file to whoever opens it now.
    drop(store);
    remove_all(&crate::store::desk::with_end(&case.file(), "-none"));
    assert_eq!(case.open().all_lines().unwrap().len(), 1);
}

#[test]
fn nothing_is_saved_without_the_log_it_was_opened_with() {
    let case = Case::new();
    let mut store = case.open();
    add(&mut store, "Okafor").unwrap();
    fs::remove_file(crate::store::desk::with_end(&case.file(), "-wal")).unwrap();
    assert_moved(add(&mut store, "Ali"), Moved::Replaced);
}

#[test]
fn an_older_state_written_into_the_open_file_is_seen() {
    let case = Case::new();
    let mut store = case.open();
    add(&mut store, "Okafor").unwrap();
    let older = fs::read(case.copy(&store)).unwrap();
    for surname in ["Ali", "Begum", "Choi"] {
        add(&mut store, surname).unwrap();
    }
    let _ = case.copy(&store);
    // The same file to the system, with other bytes in it.
    fs::write(case.file(), older).unwrap();
    assert_moved(add(&mut store, "Dada"), Moved::PutBack);
}

#[test]
fn an_older_state_written_under_a_log_that_holds_saves_is_seen() {
    for saves in [1, 3] {
        let case = Case::new();
        let mut store = case.open();
        add(&mut store, "Okafor").unwrap();
        let older = fs::read(case.copy(&store)).unwrap();
        for number in 0..40 {
            add(&mut store, &format!("Begum {number}")).unwrap();
        }
        let _ = case.copy(&store);
        // The newest step lies in the log, which still is ours.
        for number in 0..saves {
            add(&mut store, &format!("Choi {number}")).unwrap();
        }
        fs::write(case.file(), older).unwrap();
        let refused = add(&mut store, "Dada");
        // Which of the two hangs on what the log still holds of the newest steps.
        assert!(
            matches!(
                refused,
                Err(Error::Moved {
                    moved: Moved::Broken | Moved::PutBack,
                    ..
                })
            ),
            "{refused:?}"
        );
        store.keep_draft(&draft("typed then"), true).unwrap();
        assert!(case.file().with_extension("kept").exists());
    }
}

#[test]
fn words_of_a_school_handed_over_meanwhile_are_kept_beside_it() {
    let case = Case::new();
    let mut open = case.open();
    add(&mut open, "Okafor").unwrap();
    let given = case.folder.path().join("given");
    let phrase = "harbour lentil drum frost";
    case.desk.hand_over("OAK", &given, phrase).unwrap();
    let kept = open.keep_draft(&draft("typed meanwhile"), true).unwrap();
    drop(open);
    assert_eq!(kept, Mark::NOWHERE);
    assert!(case.open().drafts().unwrap().is_empty());
    case.desk.take_back("OAK").unwrap();
    let drafts = case.open().drafts().unwrap();
    assert_eq!(drafts[0].texts["surname"], "typed meanwhile");
}

#[test]
fn kept_words_that_cannot_be_read_are_told_of_and_hold_nothing_up() {
    let case = Case::new();
    let kept = case.file().with_extension("kept");
    rustix::fs::mknodat(
        rustix::fs::CWD,
        &kept,
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR,
        0,
    )
    .unwrap();
    assert!(
        case.open()
            .notice()
            .unwrap()
            .contains("cannot be read, and stay there")
    );
    fs::remove_file(&kept).unwrap();
    fs::write(&kept, [7; 200]).unwrap();
    assert!(
        case.open()
            .notice()
            .unwrap()
            .contains("cannot be read, and stay there")
    );
    assert!(kept.exists());
}

#[test]
fn another_sessions_saves_and_its_log_brought_in_are_nothing_strange() {
    let case = Case::new();
    let (mut one, mut other) = (case.open(), case.open());
    add(&mut one, "Okafor").unwrap();
    for number in 0..30 {
        add(&mut other, &format!("Ali {number}")).unwrap();
    }
    let _ = case.copy(&other);
    one.look_at_file().unwrap();
    add(&mut one, "Begum").unwrap();
    add(&mut other, "Choi").unwrap();
    assert_eq!(one.all_lines().unwrap().len(), 33);
    assert_eq!(one.verify().unwrap(), None);
}

#[test]
fn who_has_a_school_open_that_is_handed_over_can_only_read_it_until_it_is_taken_back() {
    let case = Case::new();
    let mut open = case.open();
    add(&mut open, "Okafor").unwrap();
    let given = case.folder.path().join("given");
    let told = case
        .desk
        .hand_over("OAK", &given, "harbour lentil drum frost");
    assert!(told.unwrap().open_elsewhere);
    let refused = add(&mut open, "Ali");
    assert!(
        matches!(refused, Err(Error::HandedOver { .. })),
        "{refused:?}"
    );
    assert!(open.is_read_only());
    case.desk.take_back("OAK").unwrap();
    open.look_at_file().unwrap();
    add(&mut open, "Ali").unwrap();
}

#[test]
fn a_hand_over_holds_every_save_that_was_acknowledged() {
    let case = Case::new();
    let places = Places {
        data: case.folder.path().join("desk"),
    };
    let writers: Vec<_> = (0..3)
        .map(|writer| {
            let places = places.clone();
            std::thread::spawn(move || {
                let desk = Desk::unlock_demo(&places).unwrap();
                let mut store = desk.open_school("OAK").unwrap();
                let mut kept = Vec::new();
                loop {
                    let surname = format!("Writer {writer} save {}", kept.len());
                    match add(&mut store, &surname) {
                        Ok(_) => kept.push(surname),
                        Err(Error::HandedOver { .. }) => return kept,
                        Err(error) => panic!("{error}"),
                    }
                }
            })
        })
        .collect();
    while case.open().all_lines().unwrap().len() < 20 {}
    let given = case.folder.path().join("given");
    case.desk
        .hand_over("OAK", &given, "harbour lentil drum frost")
        .unwrap();
    let places = Places {
        data: case.folder.path().join("next"),
    };
    let mut next = Desk::create_demo(&places, "Next").unwrap();
    next.adopt(&given, "harbour lentil drum frost").unwrap();
    let there = next.open_school("OAK").unwrap().dump("pupil").unwrap();
    for surname in writers
        .into_iter()
        .flat_map(|writer| writer.join().unwrap())
    {
        assert!(there.contains(&format!("\"{surname}\"")), "{surname}");
    }
    assert_eq!(there, case.open().dump("pupil").unwrap());
}
