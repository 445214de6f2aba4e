//! Desks in a folder of their own.

use super::*;
use crate::domain::form::Kind;
use crate::store::tests::{aisha, texts};
use std::os::unix::fs::{MetadataExt, PermissionsExt};

const PASSPHRASE: &str = "correct horse battery";

struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn places(&self) -> Places {
        Places {
            data: self.folder.path().join("data"),
        }
    }

    fn demo(&self) -> Desk {
        let mut desk = Desk::create_demo(&self.places(), "Sam Reed").unwrap();
        desk.add_school(&oakfield()).unwrap();
        desk
    }

    fn school_path(&self) -> PathBuf {
        self.places().school("OAK")
    }
}

fn oakfield() -> School {
    School::read("Oakfield Primary", "OAK", Some("123456"), None, None).unwrap()
}

/// Every file under a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder)
        .unwrap()
        .flat_map(|entry| {
            let path = entry.unwrap().path();
            if path.is_dir() {
                files(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_desk_opens_with_its_passphrase_and_with_its_recovery_code_only() {
    let home = Home::new();
    let places = home.places();
    assert!(matches!(
        Desk::unlock(&places, "x"),
        Err(Error::NoDesk { .. })
    ));
    let (mut desk, secrets) =
        Desk::create_with(&places, PASSPHRASE, "Sam Reed", "sam", Calibration::FLOOR).unwrap();
    assert_eq!(desk.author(), "Sam Reed");
    assert_eq!(secrets.backup_phrase.split(' ').count(), 6);
    desk.add_school(&oakfield()).unwrap();
    drop(desk);
    assert!(!Desk::is_demo(&places).unwrap());
    assert!(matches!(
        Desk::unlock_demo(&places),
        Err(Error::NeedsPassphrase)
    ));
    assert!(matches!(
        Desk::create_with(&places, "y", "Z", "z", Calibration::FLOOR),
        Err(Error::DeskExists { .. })
    ));
    let wrong = Desk::unlock(&places, "wrong").unwrap_err();
    assert!(matches!(wrong, Error::WrongPassphrase) && wrong.is_locked());
    let code = secrets.recovery_code.to_lowercase();
    let other = word::new_recovery_code().unwrap();
    assert!(matches!(
        Desk::unlock_with_recovery(&places, &other),
        Err(Error::WrongRecoveryCode)
    ));
    let desk = Desk::unlock_with_recovery(&places, &code).unwrap();
    assert_eq!(desk.schools().unwrap().len(), 1);
    let desk = Desk::unlock(&places, PASSPHRASE).unwrap();
    let steps = |store: &Store| store.history(None, 9).unwrap();
    let first = steps(&desk.open_school("oak").unwrap());
    assert_eq!(first[0].label, "2 failed unlocks of the desk");
    assert_eq!(steps(&desk.open_school("OAK").unwrap()).len(), first.len());
}

#[test]
fn what_was_saved_undone_and_set_is_there_after_a_restart() {
    let home = Home::new();
    let mut desk = home.demo();
    desk.set_setting("theme", "mono").unwrap();
    desk.add_school(&School::read("St Bede's", "stb", None, None, None).unwrap())
        .unwrap();
    assert_eq!(desk.current().unwrap().unwrap().school, oakfield());
    desk.use_school("stb").unwrap();
    assert!(matches!(desk.use_school("XX"), Err(Error::NoSuchSchool { code }) if code == "XX"));
    assert!(matches!(
        desk.add_school(&oakfield()),
        Err(Error::SchoolExists { .. })
    ));
    let mut store = desk.open_school("OAK").unwrap();
    aisha(&mut store);
    aisha(&mut store);
    store.undo().unwrap();
    let kept = store.dump("pupil").unwrap();
    drop((store, desk));
    let desk = Desk::unlock(&home.places(), "").unwrap();
    assert!(desk.is_demo_desk() && Desk::is_demo(&home.places()).unwrap());
    assert_eq!(desk.setting("theme").unwrap().as_deref(), Some("mono"));
    assert_eq!(desk.current().unwrap().unwrap().school.code, "STB");
    let mut store = desk.open_school("OAK").unwrap();
    assert_eq!(store.dump("pupil").unwrap(), kept);
    store.redo().unwrap();
    store.undo().unwrap();
    store.undo().unwrap();
    assert_eq!(store.dump("pupil").unwrap(), "");
    assert!(matches!(store.undo(), Err(Error::NothingToUndo)));
    assert_eq!(store.verify().unwrap(), None);
}

#[test]
fn two_sessions_see_each_other_and_neither_overwrites_the_other() {
    let home = Home::new();
    let desk = home.demo();
    let mut one = desk.open_school("OAK").unwrap();
    let mut other = desk.open_school("OAK").unwrap();
    other.author.name = "Kim Hale".to_owned();
    let (revision, mine) = (one.revision().unwrap(), other.revision().unwrap());
    let id = aisha(&mut one);
    assert_ne!(one.revision().unwrap(), revision);
    let seen = other.values(Kind::Pupil, id).unwrap().unwrap();
    assert_ne!(other.revision().unwrap(), mine);
    let still = other.revision().unwrap();
    assert_eq!(other.revision().unwrap(), still);
    let class = |to: &str| texts(&[("class", to)]);
    one.step("Change", |w| {
        w.amend(Kind::Pupil, id, &class("6A"), Some(&seen))
    })
    .unwrap();
    let stale = other.step("Change", |w| {
        w.amend(Kind::Pupil, id, &class("6C"), Some(&seen))
    });
    assert!(matches!(stale, Err(Error::Changed)));
    other
        .step("Change", |w| w.amend(Kind::Pupil, id, &class("6D"), None))
        .unwrap();
    assert!(matches!(one.undo(), Err(Error::HistoryMoved { .. })));
    other.undo().unwrap();
    assert_eq!(one.undo().unwrap().label, "Change");
}

#[test]
fn twenty_sessions_writing_at_once_lose_nothing() {
    let home = Home::new();
    home.demo();
    let places = home.places();
    let threads: Vec<_> = (0..20)
        .map(|_| {
            let places = places.clone();
            std::thread::spawn(move || {
                let desk = Desk::unlock_demo(&places).unwrap();
                let mut store = desk.open_school("OAK").unwrap();
                for _ in 0..20 {
                    aisha(&mut store);
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    let store = Desk::unlock_demo(&places)
        .unwrap()
        .open_school("OAK")
        .unwrap();
    assert_eq!(store.names(crate::sys::clock::today()).unwrap().len(), 400);
    assert_eq!(store.history(None, 1000).unwrap().len(), 401);
    assert_eq!(store.verify().unwrap(), None);
}

#[test]
fn nothing_in_the_folder_can_be_read_by_others_or_without_the_key() {
    const MARKER: &str = "Qxzvwkjyqhmarker";
    let home = Home::new();
    let (mut desk, secrets) = Desk::create_with(
        &home.places(),
        PASSPHRASE,
        MARKER,
        MARKER,
        Calibration::FLOOR,
    )
    .unwrap();
    desk.add_school(&School::read(MARKER, "OAK", None, None, None).unwrap())
        .unwrap();
    desk.set_setting("note", MARKER).unwrap();
    let mut store = desk.open_school("OAK").unwrap();
    let named = [("surname", MARKER), ("class", MARKER)];
    let pupil = crate::store::tests::add(&mut store, Kind::Pupil, &named).to_string();
    for kind in [Kind::Status, Kind::Need] {
        crate::store::tests::add(&mut store, kind, &[("pupil", &pupil), ("code", MARKER)]);
    }
    let said = [("pupils", &*pupil), ("at", "2026-11-23"), ("text", MARKER)];
    crate::store::tests::add(&mut store, Kind::Contact, &said);
    let texts = [("surname".to_owned(), MARKER.to_owned())].into();
    store
        .keep_draft(
            &crate::store::Draft {
                kind: Kind::Pupil.into(),
                variant: String::new(),
                about: None,
                editing: false,
                texts,
                mark: None,
            },
            true,
        )
        .unwrap();
    store.undo().unwrap();
    let search = |open: bool| {
        let files = files(home.folder.path());
        assert!(files.len() >= if open { 7 } else { 3 }, "{files:?}");
        for path in files {
            assert_eq!(mode(&path), 0o600, "{}", path.display());
            let bytes = fs::read(&path).unwrap();
            for text in [
                MARKER,
                PASSPHRASE,
                &secrets.recovery_code,
                &secrets.backup_phrase,
                "CREATE TABLE",
            ] {
                assert_eq!(
                    memchr::memmem::find(&bytes, text.as_bytes()),
                    None,
                    "{}",
                    path.display()
                );
            }
        }
    };
    search(true);
    drop((store, desk));
    search(false);
    for folder in [home.places().data, home.places().schools()] {
        assert_eq!(mode(&folder), 0o700);
    }
}

#[test]
fn a_keys_file_others_can_read_is_closed_to_them_on_opening() {
    let home = Home::new();
    drop(home.demo());
    let keys = home.places().keys();
    let before = fs::read(&keys).unwrap();
    let file = || fs::metadata(&keys).unwrap().ino();
    let same = file();
    fs::set_permissions(&keys, fs::Permissions::from_mode(0o644)).unwrap();
    Desk::unlock_demo(&home.places()).unwrap();
    assert_eq!(mode(&keys), 0o600);
    assert_eq!(fs::read(&keys).unwrap(), before);
    assert_eq!(file(), same, "what was read is not written back");
}

type Check = fn(&Error) -> bool;

#[test]
fn what_is_no_desk_is_said_and_left_as_it_was() {
    let home = Home::new();
    drop(home.demo());
    let places = home.places();
    let keys = places.keys();
    let good = fs::read_to_string(&keys).unwrap();
    let cases: [(String, Check); 5] = [
        ("not json".into(), |error| {
            matches!(error, Error::Damaged { .. })
        }),
        ("{\"a\": 1}".into(), |error| {
            matches!(error, Error::NotADesk { .. })
        }),
        (good.replace("\"format\": 1", "\"format\": 2"), |error| {
            matches!(
                error,
                Error::Newer {
                    found: 2,
                    known: 1,
                    ..
                }
            )
        }),
        (
            good.replace("demo_key\": \"", "demo_key\": \"00"),
            |error| matches!(error, Error::Damaged { .. }),
        ),
        (good.replace("demo_key\": \"", "demo_key\": \"z"), |error| {
            matches!(error, Error::Damaged { .. })
        }),
    ];
    for (text, fits) in cases {
        assert_ne!(text, good);
        fs::write(&keys, &text).unwrap();
        let error = Desk::unlock_demo(&places).unwrap_err();
        assert!(fits(&error), "{error}");
        assert_eq!(fs::read_to_string(&keys).unwrap(), text);
    }
    fs::write(&keys, &good).unwrap();
    assert!(Desk::unlock_demo(&places).is_ok());
}

#[test]
fn costs_in_a_keys_file_neither_fall_below_the_floor_nor_take_all_memory() {
    let home = Home::new();
    let places = home.places();
    Desk::create_with(&places, PASSPHRASE, "Sam", "sam", Calibration::FLOOR).unwrap();
    let good = fs::read_to_string(places.keys()).unwrap();
    assert!(good.contains("\"memory_kib\": 65536") && good.contains("\"passes\": 3"));
    for (from, to) in [
        ("\"memory_kib\": 65536", "\"memory_kib\": 4294967295"),
        ("\"memory_kib\": 65536", "\"memory_kib\": 8"),
        ("\"passes\": 3", "\"passes\": 1"),
    ] {
        fs::write(places.keys(), good.replace(from, to)).unwrap();
        let error = Desk::unlock(&places, PASSPHRASE).unwrap_err();
        assert!(matches!(error, Error::Damaged { .. }), "{error}");
    }
    // Raised within reason it is another key: the seal is bound to its costs.
    fs::write(
        places.keys(),
        good.replace("\"passes\": 3", "\"passes\": 4"),
    )
    .unwrap();
    assert!(matches!(
        Desk::unlock(&places, PASSPHRASE),
        Err(Error::WrongPassphrase)
    ));
}

#[test]
fn a_desk_that_cannot_be_made_leaves_nothing_behind() {
    let home = Home::new();
    let places = home.places();
    // A folder in the place of the file to be made.
    fs::create_dir_all(places.data.join("desk.db.new")).unwrap();
    assert!(Desk::create_demo(&places, "Sam").is_err());
    assert!(
        !Desk::exists(&places).unwrap() && !places.desk().exists() && !places.schools().exists()
    );
    fs::remove_dir(places.data.join("desk.db.new")).unwrap();
    fs::write(places.desk(), "someone else's").unwrap();
    assert!(matches!(
        Desk::create_demo(&places, "Sam"),
        Err(Error::InTheWay { .. })
    ));
    assert_eq!(fs::read(places.desk()).unwrap(), b"someone else's");
    fs::remove_file(places.desk()).unwrap();
    let mut desk = Desk::create_demo(&places, "Sam").unwrap();
    fs::write(places.school("OAK"), "x").unwrap();
    assert!(matches!(
        desk.add_school(&oakfield()),
        Err(Error::InTheWay { .. })
    ));
    assert_eq!(desk.schools().unwrap(), []);
}

#[test]
fn of_several_makings_at_once_one_makes_the_desk_and_the_others_are_refused() {
    for _ in 0..5 {
        let home = Home::new();
        let start = std::sync::Barrier::new(6);
        let made: Vec<Result<Desk>> = std::thread::scope(|scope| {
            let makings: Vec<_> = (0..6)
                .map(|_| {
                    scope.spawn(|| {
                        start.wait();
                        Desk::create_demo(&home.places(), "Sam")
                    })
                })
                .collect();
            let made = makings.into_iter().map(|making| making.join().unwrap());
            made.collect()
        });
        let (made, refused): (Vec<_>, Vec<_>) = made.into_iter().partition(Result::is_ok);
        assert_eq!(made.len(), 1, "{refused:?}");
        for refusal in refused {
            assert!(
                matches!(refusal, Err(Error::DeskExists { .. })),
                "{refusal:?}"
            );
        }
        let mut desk = Desk::unlock_demo(&home.places()).unwrap();
        desk.add_school(&oakfield()).unwrap();
    }
}

#[test]
fn keys_that_appear_meanwhile_are_not_written_over() {
    let home = Home::new();
    drop(home.demo());
    let keys = home.places().keys();
    let before = fs::read(&keys).unwrap();
    let other = Keyring::in_the_clear(&file::random_key().unwrap()).unwrap();
    assert!(matches!(
        other.write_new(&keys),
        Err(Error::DeskExists { .. })
    ));
    assert_eq!(fs::read(&keys).unwrap(), before);
}

#[test]
fn a_making_cut_off_before_its_last_rename_is_finished_on_opening() {
    let home = Home::new();
    drop(home.demo());
    for path in [home.places().desk(), home.school_path()] {
        fs::rename(&path, beside(&path)).unwrap();
    }
    let desk = Desk::unlock_demo(&home.places()).unwrap();
    assert_eq!(
        desk.open_school("OAK").unwrap().school().unwrap(),
        oakfield()
    );
    // What a making left that no desk knows of does not stop the next.
    fs::write(beside(&home.places().school("STB")), "half").unwrap();
    let mut desk = desk;
    desk.add_school(&School::read("St Bede's", "STB", None, None, None).unwrap())
        .unwrap();
    assert!(desk.open_school("STB").is_ok());
}

#[test]
fn a_desk_takes_another_author_whom_its_steps_bear_from_then_on() {
    let home = Home::new();
    let mut desk = home.demo();
    desk.set_author("Ms Pratt").unwrap();
    drop(desk);
    let desk = Desk::unlock_demo(&home.places()).unwrap();
    assert_eq!(desk.author(), "Ms Pratt");
    let mut store = desk.open_school("OAK").unwrap();
    store.set_setting("one", "1").unwrap();
    let newest = store.history(None, 1).unwrap();
    assert_eq!(newest[0].author, "Ms Pratt");
}

#[test]
fn a_code_that_stands_for_no_school_is_refused_whichever_way_it_comes() {
    let folder = tempfile::tempdir().unwrap();
    let places = Places {
        data: folder.path().join("desk"),
    };
    let mut desk = Desk::create_demo(&places, "Ms Pratt").unwrap();
    for code in ["ME", "ALL"] {
        // As a file of another program version might bring it.
        let school = School {
            name: "Meadow".to_owned(),
            code: code.to_owned(),
            ..School::default()
        };
        let refused = desk.add_school(&school).unwrap_err();
        assert!(matches!(refused, Error::ReservedCode { .. }), "{refused}");
    }
    assert!(desk.schools().unwrap().is_empty());
    assert!(!places.school("ME").exists());
}
