//! Taken off, brought back, erased: what stays, what goes, and what a session in use keeps.

use super::*;
use crate::domain::form::Kind;
use crate::store::Places;
use crate::store::tests::texts;

fn desk(folder: &tempfile::TempDir) -> Desk {
    let places = Places {
        data: folder.path().join("desk"),
    };
    let mut desk = Desk::create_demo(&places, "Ms Pratt").unwrap();
    for (name, code) in [("Oakfield Primary", "OAK"), ("Oak Grange", "OAKG")] {
        let school = School::read(name, code, None, None, None).unwrap();
        desk.add_school(&school).unwrap();
        let pupil = texts(&[("surname", "Okafor")]);
        let mut store = desk.open_school(code).unwrap();
        store
            .step("Add pupil", |writer| writer.add(Kind::Pupil, &pupil))
            .unwrap();
    }
    desk
}

fn codes(desk: &Desk) -> Vec<String> {
    let schools = desk.schools().unwrap().into_iter();
    schools.map(|entry| entry.school.code).collect()
}

fn current(desk: &Desk) -> Option<String> {
    desk.current().unwrap().map(|entry| entry.school.code)
}

fn every_file(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(every_file(&path));
        } else {
            found.push(path);
        }
    }
    found
}

#[test]
fn a_school_taken_off_keeps_its_file_and_comes_back_whole() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(&folder);
    desk.detach("oak").unwrap();
    assert_eq!(codes(&desk), ["OAKG"]);
    assert_eq!(current(&desk).as_deref(), Some("OAKG"));
    assert!(matches!(
        desk.open_school("OAK"),
        Err(Error::Detached { .. })
    ));
    assert!(matches!(
        desk.use_school("OAK"),
        Err(Error::Detached { .. })
    ));
    assert!(matches!(desk.detach("OAK"), Err(Error::Detached { .. })));
    let school = School::read("Another", "OAK", None, None, None).unwrap();
    assert!(matches!(
        desk.add_school(&school),
        Err(Error::Detached { .. })
    ));
    assert!(desk.places.school("OAK").exists());
    assert_eq!(desk.detached_schools().unwrap().len(), 1);

    desk.attach("OAK").unwrap();
    assert_eq!(codes(&desk), ["OAK", "OAKG"]);
    assert!(matches!(desk.attach("OAK"), Err(Error::NotDetached { .. })));
    let store = desk.open_school("OAK").unwrap();
    assert_eq!(store.on_file().unwrap().len(), 1);
    let labels: Vec<String> = store
        .history(None, 2)
        .unwrap()
        .into_iter()
        .map(|step| step.label)
        .collect();
    assert_eq!(
        labels,
        [
            "Bring the school back to the desk",
            "Take the school off the desk"
        ]
    );
}

#[test]
fn the_last_school_may_be_taken_off_and_the_desk_stays() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(&folder);
    desk.detach("OAK").unwrap();
    desk.detach("OAKG").unwrap();
    assert_eq!(current(&desk), None);
    desk.attach("OAKG").unwrap();
    assert_eq!(current(&desk).as_deref(), Some("OAKG"));
}

#[test]
fn a_school_open_in_another_session_is_neither_taken_off_nor_erased() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(&folder);
    let open = desk.open_school("OAK").unwrap();
    assert!(matches!(desk.detach("OAK"), Err(Error::InUse { .. })));
    let remains = desk.remains("OAK").unwrap();
    assert!(matches!(
        desk.erase(&remains.school.code, Some(&remains)),
        Err(Error::InUse { .. })
    ));
    drop(open);
    assert_eq!(codes(&desk), ["OAK", "OAKG"]);
    assert!(desk.places.school("OAK").exists());
}

#[test]
fn erasing_removes_every_file_of_the_school_and_its_key_and_nothing_of_another() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(&folder);
    let backup = desk.back_up("OAK", None).unwrap().path;
    desk.back_up("OAKG", None).unwrap();
    let rehearsal = desk.rehearse(&backup, None).unwrap();
    let aside = desk.restore(&rehearsal).unwrap().unwrap();
    desk.keep_my_days("OAK", crate::domain::calendar::MyDays::read("mon").unwrap())
        .unwrap();
    let key = desk.keys_of("OAK").file;

    let remains = desk.remains("OAK").unwrap();
    assert_eq!(remains.held.map(|(pupils, _)| pupils), Some(1));
    let paths: Vec<&PathBuf> = remains.files.iter().map(|one| &one.path).collect();
    for path in [&desk.places.school("OAK"), &backup, &aside] {
        assert!(paths.contains(&path), "{} is not listed", path.display());
    }
    assert!(remains.files.iter().all(|one| one.bytes > 0));
    let older = desk.places.older_desk();
    std::fs::write(&older, "the list with its key as an older format had it").unwrap();
    desk.erase(&remains.school.code, Some(&remains)).unwrap();
    assert!(!older.exists());

    let left = every_file(folder.path());
    for path in &left {
        let name = path.file_name().unwrap().to_string_lossy();
        // The lock, which holds nothing, is never removed.
        assert!(
            name == "OAK.lock" || !name.starts_with("OAK.") && !name.starts_with("OAK-"),
            "{name}"
        );
    }
    assert!(!desk.places.backups("OAK").exists());
    assert!(matches!(
        desk.open_school("OAK"),
        Err(Error::NoSuchSchool { .. })
    ));
    assert_eq!(desk.setting("days.OAK").unwrap(), None);
    assert!(desk.heads_of_backups("OAK").unwrap().is_empty());
    assert_eq!(desk.heads_of_backups("OAKG").unwrap().len(), 1);
    assert_eq!(desk.backups("OAKG").unwrap().len(), 1);
    assert_eq!(
        desk.open_school("OAKG").unwrap().on_file().unwrap().len(),
        1
    );
    // The code is free again, and what is made under it has another key.
    let school = School::read("Oakfield Primary", "OAK", None, None, None).unwrap();
    desk.add_school(&school).unwrap();
    assert!(desk.keys_of("OAK").file != key);
    assert!(
        desk.open_school("OAK")
            .unwrap()
            .on_file()
            .unwrap()
            .is_empty()
    );
}

#[test]
fn an_erasure_that_stopped_midway_is_ended_by_the_same_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(&folder);
    let backup = desk.back_up("OAK", None).unwrap().path;
    // A folder where a file was: it cannot be removed as one.
    fs::remove_file(&backup).unwrap();
    fs::create_dir(&backup).unwrap();
    fs::write(backup.join("kept"), "x").unwrap();
    let remains = desk.remains("OAK").unwrap();
    assert!(desk.erase(&remains.school.code, Some(&remains)).is_err());
    assert_eq!(codes(&desk), ["OAKG"]);
    assert!(
        desk.row_of("OAK").is_ok(),
        "its key stays until all is gone"
    );
    fs::remove_dir_all(&backup).unwrap();
    let remains = desk.remains("OAK").unwrap();
    // Its own file goes last: what it held can still be told.
    assert!(remains.held.is_some());
    desk.erase(&remains.school.code, Some(&remains)).unwrap();
    assert!(matches!(
        desk.remains("OAK"),
        Err(Error::NoSuchSchool { .. })
    ));
}

#[test]
fn a_school_whose_file_is_damaged_can_be_taken_off_and_erased() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(&folder);
    fs::write(desk.places.school("OAK"), [7; 9_000]).unwrap();
    desk.detach("OAK").unwrap();
    let remains = desk.remains("OAK").unwrap();
    assert!(remains.held.is_none());
    desk.erase(&remains.school.code, Some(&remains)).unwrap();
    assert!(!desk.places.school("OAK").exists());
    assert_eq!(codes(&desk), ["OAKG"]);
}

#[test]
fn a_school_whose_file_is_gone_or_unreadable_can_be_erased() {
    for unreadable in ["gone", "empty", "a folder"] {
        let folder = tempfile::tempdir().unwrap();
        let mut desk = desk(&folder);
        let path = desk.places.school("OAK");
        fs::remove_file(&path).unwrap();
        match unreadable {
            "empty" => fs::write(&path, "").unwrap(),
            "a folder" => fs::create_dir(&path).unwrap(),
            _ => {}
        }
        let remains = desk.remains("oak").unwrap();
        assert!(remains.held.is_none());
        desk.erase(&remains.school.code, Some(&remains)).unwrap();
        assert_eq!(codes(&desk), ["OAKG"], "{unreadable}");
        assert!(matches!(
            desk.row_of("OAK"),
            Err(Error::NoSuchSchool { .. })
        ));
    }
}

/// What an adopted hand-over could bring about before codes were held to their letters.
fn put_odd(desk: &Desk, code: &str) {
    let sql = "UPDATE school SET code = ?1 WHERE code = 'OAK'";
    desk.conn.execute(sql, [code]).unwrap();
    fs::rename(desk.places.school("OAK"), desk.places.school(code)).unwrap();
}

#[test]
fn a_school_with_a_code_that_is_none_is_not_opened_and_can_be_let_go_with_its_own_file_alone() {
    for (code, is_its_own) in [
        ("../../x", true),
        ("../../x", false),
        ("oak", true),
        ("O\u{1b}K", true),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let mut desk = desk(&folder);
        put_odd(&desk, code);
        let path = desk.places.school(code);
        // Where its backups would be lies what is somebody else's.
        let others = [
            desk.places.backups(code).join("letter.txt"),
            with_end(&path, ".aside-letter"),
        ];
        fs::create_dir_all(desk.places.backups(code)).unwrap();
        for other in &others {
            fs::write(other, "not of this desk").unwrap();
        }
        if !is_its_own {
            fs::write(&path, [7; 9_000]).unwrap();
        }
        for error in [
            desk.open_school(code).map(drop).unwrap_err(),
            desk.back_up(code, None).map(drop).unwrap_err(),
            desk.hand_over(code, &folder.path().join("out"), "six words")
                .map(drop)
                .unwrap_err(),
            desk.detach(code).map(drop).unwrap_err(),
        ] {
            assert!(matches!(error, Error::OddCode { .. }), "{code:?}: {error}");
            assert!(!error.to_string().contains('\u{1b}'), "{error:?}");
        }
        let remains = desk.remains(code).unwrap();
        assert_eq!(
            remains.files.iter().any(|one| one.path == path),
            is_its_own,
            "{code:?}"
        );
        desk.erase(&remains.school.code, Some(&remains)).unwrap();
        assert_eq!(path.exists(), !is_its_own, "{code:?}");
        assert!(others.iter().all(|other| other.exists()), "{code:?}");
        assert_eq!(codes(&desk), ["OAKG"]);
        assert_eq!(
            desk.open_school("OAKG").unwrap().on_file().unwrap().len(),
            1
        );
    }
}

#[test]
fn what_came_after_somebody_agreed_is_not_erased_unseen_and_stands_in_the_record() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(&folder);
    let shown = desk.remains("OAK").unwrap();
    let before = every_file(folder.path());
    let made = desk.back_up("OAK", None).unwrap();
    let refused = desk.erase("OAK", Some(&shown));
    let text = refused.unwrap_err().to_string();
    assert!(
        text.starts_with("OAK was changed elsewhere after you were shown"),
        "{text}"
    );
    assert!(before.iter().all(|path| path.exists()) && made.path.exists());
    // Without a question nobody agreed to less.
    let removed = desk.erase("OAK", None).unwrap();
    assert!(removed.files.iter().any(|one| one.path == made.path));
    assert!(!made.path.exists() && codes(&desk) == ["OAKG"]);
}
