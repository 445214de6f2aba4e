//! Who waits for whom.

use super::*;
use crate::domain::form::Kind;
use crate::domain::school::School;
use crate::store::desk::{HALF, with_end};
use crate::store::tests::texts;
use std::fs;

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
        desk.add_school(&oakfield()).unwrap();
        Self { folder, desk }
    }

    /// The same desk in another session.
    fn again(&self) -> Desk {
        Desk::unlock_demo(&self.desk.places).unwrap()
    }

    fn add(&self, surname: &str) {
        let pupil = texts(&[("surname", surname)]);
        let mut store = self.desk.open_school("OAK").unwrap();
        store
            .step("Add pupil", |writer| writer.add(Kind::Pupil, &pupil))
            .unwrap();
    }
}

fn oakfield() -> School {
    School::read("Oakfield Primary", "OAK", None, None, None).unwrap()
}

#[test]
fn nothing_is_moved_while_a_command_is_about_to_open_the_file() {
    let mut case = Case::new();
    let backup = case.desk.back_up("OAK", None).unwrap().path;
    case.add("Okafor");
    // All that a command has done yet which is about to open the file.
    let starting = case.again().share("OAK").unwrap();
    let rehearsal = case.desk.rehearse(&backup, None).unwrap();
    let in_use = |done: Result<()>| matches!(done, Err(Error::InUse { .. }));
    assert!(in_use(case.desk.restore(&rehearsal).map(drop)));
    assert!(in_use(case.desk.detach("OAK").map(drop)));
    let remains = case.desk.remains("OAK").unwrap();
    assert!(in_use(
        case.desk
            .erase(&remains.school.code, Some(&remains))
            .map(drop)
    ));
    drop(starting);
    case.desk.restore(&rehearsal).unwrap();
}

#[test]
fn opening_waits_for_the_end_of_a_replacing_and_meets_the_new_file() {
    let case = Case::new();
    let file = case.desk.places.school("OAK");
    let empty = fs::read(&file).unwrap();
    case.add("Okafor");
    let alone = case.desk.take("OAK", Wait::Not).unwrap();
    let other = case.again();
    let opening = std::thread::spawn(move || {
        let store = other.open_school("OAK").unwrap();
        (store.all_lines().unwrap().len(), store.check().unwrap())
    });
    // Long enough to open it, were it not held.
    std::thread::sleep(Duration::from_millis(100));
    fs::rename(&file, with_end(&file, ".aside")).unwrap();
    fs::write(&file, empty).unwrap();
    drop(alone);
    assert_eq!(opening.join().unwrap(), (0, Vec::new()));
}

#[test]
fn of_several_who_take_a_school_over_at_once_one_does() {
    let case = Case::new();
    case.add("Okafor");
    let given = case.folder.path().join("given");
    case.desk
        .hand_over("OAK", &given, "harbour lentil")
        .unwrap();
    let places = Places {
        data: case.folder.path().join("next"),
    };
    drop(Desk::create_demo(&places, "Next").unwrap());
    let adopting: Vec<_> = (0..4)
        .map(|_| {
            let (places, given) = (places.clone(), given.clone());
            std::thread::spawn(move || {
                let mut desk = Desk::unlock_demo(&places).unwrap();
                desk.adopt(&given, "harbour lentil").map(drop)
            })
        })
        .collect();
    let done: Vec<Result<()>> = adopting
        .into_iter()
        .map(|one| one.join().unwrap())
        .collect();
    let well = done.iter().filter(|one| one.is_ok()).count();
    assert_eq!(well, 1, "{done:?}");
    let refused = |one: &Result<()>| {
        matches!(
            one,
            Ok(()) | Err(Error::SchoolExists { .. } | Error::InUse { .. })
        )
    };
    assert!(done.iter().all(refused), "{done:?}");
    let next = Desk::unlock_demo(&places).unwrap();
    let store = next.open_school("OAK").unwrap();
    assert_eq!(store.all_lines().unwrap().len(), 1);
    assert_eq!(store.check().unwrap(), []);
}

#[test]
fn what_was_half_made_when_a_restore_was_killed_takes_no_place() {
    let case = Case::new();
    case.add("Okafor");
    let file = case.desk.places.school("OAK");
    fs::write(with_end(&file, HALF), "half").unwrap();
    fs::remove_file(&file).unwrap();
    let gone = case.desk.open_school("OAK");
    assert!(matches!(gone, Err(Error::Missing { .. })));
}

#[test]
fn an_old_file_is_brought_to_the_newest_format_by_one_of_those_who_open_it() {
    let case = Case::new();
    let shape = include_str!("../../../../tests/data/v1.sql");
    case.desk.put_shape("OAK", shape).unwrap();
    let opening: Vec<_> = (0..4)
        .map(|_| {
            let desk = case.again();
            std::thread::spawn(move || drop(desk.open_school("OAK").unwrap()))
        })
        .collect();
    for one in opening {
        one.join().unwrap();
    }
    assert_eq!(case.desk.backups("OAK").unwrap().len(), 1);
    let store = case.desk.open_school("OAK").unwrap();
    let history = store.history(None, 99).unwrap();
    let brought = history
        .iter()
        .filter(|step| step.label.starts_with("Bring"));
    assert_eq!(brought.count(), 1);
}

#[test]
fn backups_made_at_once_are_each_their_own_file() {
    let case = Case::new();
    case.add("Okafor");
    let made: Vec<_> = (0..3)
        .map(|_| {
            let desk = case.again();
            let to = case.folder.path().join("stick");
            std::thread::spawn(move || (desk.back_up("OAK", None), desk.back_up("OAK", Some(&to))))
        })
        .collect();
    let made: Vec<_> = made.into_iter().map(|one| one.join().unwrap()).collect();
    // An older one of the day may have been thinned out for a newer one since.
    assert!(made.iter().all(|(here, _)| here.is_ok()));
    // Where all were to go to one place, one has it and the others are refused.
    assert_eq!(made.iter().filter(|(_, there)| there.is_ok()).count(), 1);
    let refused = made.iter().filter_map(|(_, there)| there.as_ref().err());
    assert!(
        refused
            .into_iter()
            .all(|error| matches!(error, Error::InTheWay { .. }))
    );
    let newest = &case.desk.backups("OAK").unwrap()[0].path;
    case.desk.open_backup(newest, None).unwrap();
    case.desk
        .open_backup(&case.folder.path().join("stick"), None)
        .unwrap();
}
