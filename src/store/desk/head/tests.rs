//! An older file put in a school's place, another desk's, an older desk.db; what backups and restores make of them.

use super::*;
use crate::domain::form::Kind;
use crate::domain::school::School;
use crate::store::Places;
use crate::store::desk::with_end;
use crate::store::tests::texts;
use std::fs;
use std::path::{Path, PathBuf};

const WORDS: &str = "harbour lentil drum frost";

struct Case {
    folder: tempfile::TempDir,
    desk: Desk,
}

impl Case {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut desk = desk_in(folder.path(), "desk");
        let school = School::read("Oakfield Primary", "OAK", None, None, None).unwrap();
        desk.add_school(&school).unwrap();
        let case = Self { folder, desk };
        case.add("Okafor");
        case
    }

    fn add(&self, surname: &str) {
        add_to(&self.desk, surname);
    }

    fn file(&self) -> PathBuf {
        self.desk.places.school("OAK")
    }

    fn behind(&self) -> Option<Behind> {
        self.desk.open_school("OAK").unwrap().behind().cloned()
    }

    /// What a session does on its way out, or with a backup.
    fn leave(&self) {
        self.desk
            .note_seen(&self.desk.open_school("OAK").unwrap())
            .unwrap();
    }

    fn pupils(&self) -> String {
        self.desk.open_school("OAK").unwrap().dump("pupil").unwrap()
    }
}

fn desk_in(folder: &Path, name: &str) -> Desk {
    let places = Places {
        data: folder.join(name),
    };
    Desk::create_demo(&places, name).unwrap()
}

fn add_to(desk: &Desk, surname: &str) {
    let pupil = texts(&[("surname", surname)]);
    let mut store = desk.open_school("OAK").unwrap();
    store
        .step("Add pupil", |writer| writer.add(Kind::Pupil, &pupil))
        .unwrap();
}

#[test]
fn a_file_that_goes_on_from_what_was_seen_is_nothing_strange() {
    let case = Case::new();
    assert_eq!(case.behind(), None);
    case.leave();
    assert_eq!(case.behind(), None);
    // A command, or a session that was killed.
    case.add("Ali");
    assert_eq!(case.behind(), None);
}

#[test]
fn an_older_file_in_a_schools_place_is_told_backed_up_apart_and_costs_no_backup() {
    let mut case = Case::new();
    let older = fs::read(case.file()).unwrap();
    case.add("Ali");
    let good = case.desk.back_up("OAK", None).unwrap();
    let whole = case.pupils();
    fs::write(case.file(), older).unwrap();
    let told = case.behind();
    assert!(matches!(told, Some(Behind::Older { .. })), "{told:?}");
    assert!(
        told.unwrap()
            .told()
            .contains("older than what was last seen here")
    );
    assert!(
        !case
            .desk
            .is_backed_up(&case.desk.open_school("OAK").unwrap())
            .unwrap()
    );
    let rehearsal = case.desk.rehearse(&good.path, None).unwrap();
    assert_eq!(
        (rehearsal.lost.as_ref().unwrap().len(), rehearsal.gained),
        (0, 1)
    );
    // However many are made of the older file, the one that holds more than it stays.
    for _ in 0..2 {
        case.desk.back_up("OAK", None).unwrap();
    }
    assert!(good.path.exists());
    let rehearsal = case.desk.rehearse(&good.path, None).unwrap();
    case.desk.restore(&rehearsal).unwrap();
    assert_eq!(case.pupils(), whole);
    assert_eq!(case.behind(), None);
}

#[test]
fn a_file_that_was_left_is_the_one_that_was_seen_last() {
    let case = Case::new();
    let older = fs::read(case.file()).unwrap();
    case.add("Ali");
    case.leave();
    fs::write(case.file(), older).unwrap();
    assert!(case.behind().is_some());
    // Whoever goes on with it has been told.
    case.leave();
    assert_eq!(case.behind(), None);
}

#[test]
fn two_desks_that_took_one_hand_over_are_told_apart() {
    let case = Case::new();
    let given = case.folder.path().join("given");
    case.desk.hand_over("OAK", &given, WORDS).unwrap();
    let desks = ["one", "two"].map(|name| {
        let mut desk = desk_in(case.folder.path(), name);
        desk.adopt(&given, WORDS).unwrap();
        add_to(&desk, &format!("Child of {name}"));
        desk
    });
    // Each has a key of its own, and neither has the old one.
    let keys = desks.each_ref().map(|desk| desk.keys_of("OAK"));
    assert!(keys[0].file != keys[1].file && keys[0].file != case.desk.keys_of("OAK").file);
    let [mut one, two] = desks;
    let phrase = two.backup_phrase().unwrap();
    let backup = two.back_up("OAK", None).unwrap().path;
    let rehearsal = one.rehearse(&backup, Some(&phrase)).unwrap();
    let lost = rehearsal.lost.as_ref().unwrap();
    // What both took over is in common; what each did since is told.
    assert_eq!((lost.len(), rehearsal.gained), (2, 2), "{lost:?}");
    one.restore(&rehearsal).unwrap();
    let held = one.open_school("OAK").unwrap().dump("pupil").unwrap();
    assert!(held.contains("Child of two") && !held.contains("Child of one"));
    assert_eq!(one.open_school("OAK").unwrap().verify().unwrap(), None);
}

#[test]
fn another_desks_file_in_the_place_is_told_as_another() {
    let case = Case::new();
    let copy = fs::read(case.file()).unwrap();
    case.add("Ali");
    case.leave();
    let seen = case.desk.entered("OAK").unwrap().seen;
    fs::write(case.file(), copy).unwrap();
    // As many steps, and others.
    while case.desk.open_school("OAK").unwrap().seen.newest().id <= seen.id {
        case.add("Begum");
    }
    let told = case.behind();
    assert_eq!(
        told,
        Some(Behind::Another {
            seen: StepId(seen.id)
        })
    );
}

#[test]
fn an_older_desk_file_is_known_by_the_schools_and_backups_it_does_not_know() {
    let mut case = Case::new();
    case.leave();
    let desk_file = case.desk.places.desk();
    case.desk
        .conn
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .unwrap();
    let older = fs::read(&desk_file).unwrap();
    let school = School::read("St Brannoc", "STB", None, None, None).unwrap();
    case.desk.add_school(&school).unwrap();
    case.add("Ali");
    case.desk.back_up("OAK", None).unwrap();
    assert_eq!(case.desk.unknown_schools().unwrap(), Vec::<String>::new());
    let places = case.desk.places.clone();
    drop(case.desk);
    for end in ["-wal", "-shm"] {
        let _ = fs::remove_file(with_end(&desk_file, end));
    }
    fs::write(&desk_file, older).unwrap();
    let desk = Desk::unlock_demo(&places).unwrap();
    assert_eq!(desk.unknown_schools().unwrap(), ["STB.db"]);
    let store = desk.open_school("OAK").unwrap();
    assert!(desk.unseen_backup(&store).unwrap().is_some());
}

#[test]
fn a_journal_key_stays_through_a_restore_and_opens_the_copies_of_before() {
    let mut case = Case::new();
    let backup = case.desk.back_up("OAK", None).unwrap().path;
    let before = case.desk.keys_of("OAK");
    case.add("Ali");
    let rehearsal = case.desk.rehearse(&backup, None).unwrap();
    case.desk.restore(&rehearsal).unwrap();
    let after = case.desk.keys_of("OAK");
    assert!(before.file == after.file && before.journal == after.journal);
    // On a desk that has not got the school it gets a key of its own.
    let phrase = case.desk.backup_phrase().unwrap();
    let mut new = desk_in(case.folder.path(), "new");
    let rehearsal = new.rehearse(&backup, Some(&phrase)).unwrap();
    new.restore(&rehearsal).unwrap();
    let there = new.keys_of("OAK");
    assert!(there.file != after.file && there.journal == after.journal);
    let store = new.open_school("OAK").unwrap();
    assert_eq!(store.check().unwrap(), []);
}
