//! Files that are damaged, foreign, newer, locked or full: one clear answer each, and never a panic.

use super::*;
use crate::domain::form::Kind;
use crate::domain::id::{ContactId, PupilId};
use crate::domain::pupil::Order;
use crate::domain::school::School;
use crate::domain::step::StepKind;
use crate::store::Store;
use crate::store::journal::JOURNALLED;
use crate::store::schema::SCHOOL;
use crate::store::tests::{aisha, author, texts};

struct Case {
    folder: tempfile::TempDir,
    key: RawKey,
}

/// The keys of a file from before its journal had one of its own.
fn keys_of(key: &RawKey) -> crate::store::Keys {
    crate::store::Keys {
        file: {
            let mut same = RawKey::blank();
            same.copy_from_slice(&**key);
            same
        },
        journal: crate::store::chain::JournalKey::of_file(key),
    }
}

impl Case {
    /// A school's file with a few pupils in it, closed.
    fn new() -> Self {
        let case = Self {
            folder: tempfile::tempdir().unwrap(),
            key: random_key().unwrap(),
        };
        let school = School {
            name: "Oakfield".into(),
            code: "OAK".into(),
            ..School::default()
        };
        Store::create(&case.path(), &case.keys(), &school, author("Sam")).unwrap();
        let mut store = case.open().unwrap();
        for _ in 0..40 {
            aisha(&mut store);
        }
        case
    }

    fn keys(&self) -> crate::store::Keys {
        keys_of(&self.key)
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("OAK.db")
    }

    fn open(&self) -> Result<Store> {
        Store::open(&self.path(), &self.keys(), "OAK", author("Sam"), |_| {
            Ok(None)
        })
    }

    /// With the key and nothing else of ours.
    fn raw(&self) -> Connection {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE;
        let conn = Connection::open_with_flags(self.path(), flags).unwrap();
        keyed(conn, &self.key).unwrap()
    }
}

fn everything(store: &Store) -> Result<String> {
    store.verify()?;
    store.all_lines()?;
    store.ordered(Order::Name)?;
    store.history(None, 1000)?;
    for id in 1..=40 {
        store.record(PupilId(id))?;
        store.diary(Some(PupilId(id)))?;
        store.tasks_of(PupilId(id))?;
        store.people_of(PupilId(id))?;
        store.history_of(Kind::Pupil, id)?;
        store.contact(ContactId(id))?;
    }
    store.diary(None)?;
    store.open_tasks()?;
    store.find_contacts("read", &[], 9)?;
    store.people_like("mum", 9)?;
    for table in JOURNALLED {
        store.dump(table.name)?;
    }
    store.dump("pupil")
}

#[test]
fn a_file_of_another_program_or_another_age_is_refused_before_any_write() {
    let case = Case::new();
    case.raw().pragma_update(None, "user_version", 99).unwrap();
    let bytes = fs::read(case.path()).unwrap();
    let newer = case.open().err().unwrap();
    assert!(
        matches!(
            newer,
            Error::Newer {
                found: 99,
                known: 8,
                ..
            }
        ),
        "{newer}"
    );
    assert_eq!(fs::read(case.path()).unwrap(), bytes);
    case.raw().pragma_update(None, "application_id", 7).unwrap();
    let bytes = fs::read(case.path()).unwrap();
    let foreign = case.open().err().unwrap();
    assert!(matches!(foreign, Error::NotADesk { .. }), "{foreign}");
    assert_eq!(fs::read(case.path()).unwrap(), bytes);
}

#[test]
fn what_is_no_file_of_the_schools_is_told_apart() {
    let case = Case::new();
    let fails = |case: &Case| case.open().err().unwrap();
    let other = Case {
        key: random_key().unwrap(),
        folder: tempfile::tempdir().unwrap(),
    };
    fs::copy(case.path(), other.path()).unwrap();
    assert!(matches!(fails(&other), Error::Damaged { .. }), "wrong key");
    for content in ["", "surname,forename\n", "SQLite format 3\0"] {
        fs::write(case.path(), content.repeat(200)).unwrap();
        assert!(matches!(fails(&case), Error::Damaged { .. }), "{content:?}");
    }
    fs::remove_file(case.path()).unwrap();
    assert!(matches!(fails(&case), Error::Missing { .. }));
    fs::create_dir(case.path()).unwrap();
    assert!(matches!(fails(&case), Error::NotADesk { .. }));
}

#[test]
fn a_flipped_byte_anywhere_is_refused_or_was_never_used() {
    let case = Case::new();
    let good = fs::read(case.path()).unwrap();
    let content = everything(&case.open().unwrap()).unwrap();
    let mut refused = 0;
    let places: Vec<usize> = (0..good.len()).step_by(good.len() / 60).collect();
    for at in &places {
        let mut bad = good.clone();
        bad[*at] ^= 0x10;
        fs::write(case.path(), &bad).unwrap();
        match case.open().and_then(|store| everything(&store)) {
            Ok(read) => assert_eq!(read, content, "byte {at}"),
            Err(Error::Damaged { .. }) => refused += 1,
            Err(error) => panic!("byte {at}: {error}"),
        }
    }
    // Indexes that were not needed and free room are all that may pass.
    assert!(refused * 2 > places.len(), "{refused} of {}", places.len());
    for length in [10, 4096, good.len() / 2 / 4096 * 4096, good.len() - 100] {
        fs::write(case.path(), &good[..length]).unwrap();
        let cut = case.open().and_then(|store| everything(&store));
        assert!(
            matches!(cut, Err(Error::Damaged { .. })),
            "{length}: {cut:?}"
        );
    }
}

#[test]
fn a_full_disk_loses_the_change_and_nothing_else() {
    let case = Case::new();
    let mut store = case.open().unwrap();
    let before = store.dump("pupil").unwrap();
    let pages: i64 = store
        .conn
        .query_row("PRAGMA page_count", [], |row| row.get(0))
        .unwrap();
    store
        .conn
        .pragma_update(None, "max_page_count", pages)
        .unwrap();
    let many = |w: &mut crate::store::Writer<'_>| {
        for _ in 0..200 {
            w.add(Kind::Pupil, &texts(&[("surname", "Ali")]))?;
        }
        Ok(())
    };
    let full = store.step("Add", many).unwrap_err();
    assert!(
        matches!(&full, Error::Full { path, free: Some(_), freed: false } if path == case.folder.path()),
        "{full}"
    );
    assert!(full.to_string().contains(" free)"), "{full}");
    assert_eq!(store.dump("pupil").unwrap(), before);
    store
        .conn
        .pragma_update(None, "max_page_count", 1_000_000)
        .unwrap();
    store.step("Add", many).unwrap();
    assert_eq!(store.verify().unwrap(), None);
}

#[test]
fn a_change_waits_for_another_sessions() {
    let case = Case::new();
    let other = case.raw();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let release = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(300));
        other.execute_batch("COMMIT").unwrap();
    });
    let mut store = case.open().unwrap();
    store.conn.busy_timeout(Duration::ZERO).unwrap();
    aisha(&mut store);
    release.join().unwrap();
}

#[test]
fn a_file_that_cannot_be_written_is_opened_to_read() {
    let case = Case::new();
    let (conn, _) = unmoving(&case.path(), &case.key, &SCHOOL).unwrap();
    assert!(conn.is_readonly(rusqlite::MAIN_DB).unwrap());
    let count: i64 = conn
        .query_row("SELECT count(*) FROM pupil", [], |row| row.get(0))
        .unwrap();
    assert_eq!(count, 40);
    let mut store = Store::on(conn, &case.keys().journal, "OAK", author("Sam"));
    store.path = Some(case.path());
    store.read_only = true;
    assert!(store.is_read_only());
    let refused = store.step("Add", |w| w.add(Kind::Pupil, &texts(&[("surname", "Ali")])));
    assert!(matches!(refused, Err(Error::ReadOnly { .. })));
    assert!(matches!(store.undo(), Err(Error::ReadOnly { .. })));
    drop(store);
    // Saves that are still in the WAL would not be seen: refused.
    let _open = {
        let mut store = case.open().unwrap();
        aisha(&mut store);
        store
    };
    assert!(matches!(
        unmoving(&case.path(), &case.key, &SCHOOL),
        Err(Error::NoPermission { .. })
    ));
}

#[cfg(unix)]
#[test]
fn rights_of_file_and_folder_are_respected() {
    use std::os::unix::fs::PermissionsExt;
    let case = Case::new();
    let allow =
        |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    allow(&case.path(), 0o400);
    allow(case.folder.path(), 0o500);
    // The superuser may write all the same.
    let may_write = fs::OpenOptions::new()
        .append(true)
        .open(case.path())
        .is_ok();
    let store = case.open().unwrap();
    assert_eq!(store.is_read_only(), !may_write);
    assert_eq!(store.all_lines().unwrap().len(), 40);
    drop(store);
    allow(&case.path(), 0o000);
    let shut = case.open();
    assert_eq!(shut.is_ok(), may_write);
    assert!(may_write || matches!(shut, Err(Error::NoPermission { .. })));
    allow(case.folder.path(), 0o700);
}

/// A power cut between the two would leave a file whose undo replays row images of another shape.
#[test]
#[expect(clippy::disallowed_methods, reason = "an old file is made, not opened")]
fn an_old_file_climbs_with_its_boundary_or_not_at_all() {
    let case = Case::new();
    let path = case.folder.path().join("old.db");
    let mut key = RawKey::blank();
    *key = [0x11; 32];
    let conn = keyed(Connection::open(&path).unwrap(), &key).unwrap();
    conn.execute_batch(include_str!("../../../tests/data/v1.sql"))
        .unwrap();
    let no_step = "CREATE TRIGGER no_step BEFORE INSERT ON journal_step
         BEGIN SELECT raise(ABORT, 'no step'); END";
    conn.execute_batch(no_step).unwrap();
    let shape = |conn: &Connection| -> i64 {
        conn.query_row("PRAGMA user_version", [], |row| row.get(0))
            .unwrap()
    };
    let keys = keys_of(&key);
    let open = || Store::open(&path, &keys, "OAK", author("Sam"), |_| Ok(None));
    assert!(open().is_err());
    assert_eq!(shape(&conn), 1);
    conn.execute_batch("DROP TRIGGER no_step").unwrap();
    let store = open().unwrap();
    assert_eq!(shape(&conn), SCHOOL.version());
    let newest = &store.history(None, 1).unwrap()[0];
    assert_eq!(newest.kind, StepKind::Boundary);
    assert_eq!(store.verify().unwrap(), None);
}

/// `SQLCipher` keeps the keys of open files in memory that is locked, where the system grants any.
#[cfg(target_os = "linux")]
#[test]
fn the_key_of_an_open_file_lies_in_memory_that_is_never_swapped() {
    let number = |path: &str, line: &str, word: usize| {
        let text = std::fs::read_to_string(path).unwrap();
        let line = text.lines().find(|found| found.starts_with(line)).unwrap();
        let word = line.split_whitespace().nth(word).unwrap();
        word.parse().unwrap_or(usize::MAX)
    };
    let granted = number("/proc/self/limits", "Max locked memory", 3);
    let case = Case::new();
    let _open = as_it_is(&case.path(), &case.key, &SCHOOL).unwrap();
    let locked = number("/proc/self/status", "VmLck", 1);
    assert!(
        granted < 64 * 1024 || locked >= 16,
        "{locked} kB are locked"
    );
}

#[test]
fn a_file_is_closed_only_with_all_of_its_wal_in_it() {
    let case = Case::new();
    let open = || as_it_is(&case.path(), &case.key, &SCHOOL).unwrap().0;
    let (writer, reader) = (open(), open());
    let count = |conn: &Connection| -> i64 {
        let sql = "SELECT count(*) FROM setting";
        conn.query_row(sql, [], |row| row.get(0)).unwrap()
    };
    let reading = reader.unchecked_transaction().unwrap();
    let before = count(&reading);
    writer
        .execute("INSERT INTO setting (name, value) VALUES ('a', '1')", [])
        .unwrap();
    // Who reads an older moment keeps the WAL from being brought in; the wait for them would be five seconds.
    writer.busy_timeout(Duration::ZERO).unwrap();
    assert!(matches!(close(writer, &case.path()), Err(Error::Busy)));
    drop(reading);
    drop(reader);
    let last = open();
    assert_eq!(count(&last), before + 1);
    close(last, &case.path()).unwrap();
    assert!(!case.path().with_extension("db-wal").exists());
}
