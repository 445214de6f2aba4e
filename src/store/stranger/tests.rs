//! Hand-overs and backups that no sendesk made: each refused in a sentence, and nothing is written anywhere.
//!
//! Each is whole in itself but for one fault: its digests, its chain and its pages are as its maker would have them.

use super::*;
use crate::store::copy::{self, Copied};
use crate::store::schema::SCHOOL;
use crate::store::tests::author;
use crate::store::tests::dice::{Dice, count};
use crate::store::{Desk, Places, Store, file};
use rusqlite::{OpenFlags, params};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::PathBuf;

const PHRASE: &str = "lentil harbour frost drum plain six";

struct Case {
    folder: tempfile::TempDir,
    desk: Desk,
    /// A hand-over as it should be, of a school that is not on the desk.
    sound: PathBuf,
}

impl Case {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let places = Places {
            data: folder.path().join("home/desk"),
        };
        std::fs::create_dir(folder.path().join("home")).unwrap();
        let mut desk = Desk::create_demo(&places, "Sam").unwrap();
        let school = School::read("Oakfield Primary", "OAK", None, None, None).unwrap();
        desk.add_school(&school).unwrap();
        let sound = folder.path().join("sound.handover");
        let case = Self {
            folder,
            desk,
            sound,
        };
        let elm = School::read("Elm Infants", "ELM", None, None, None).unwrap();
        case.make(&elm, &case.sound);
        case
    }

    /// A hand-over of this school, whatever its details say.
    fn make(&self, school: &School, to: &Path) {
        let path = self.folder.path().join("its.db");
        let keys = crate::store::Keys {
            file: file::random_key().unwrap(),
            journal: crate::store::chain::JournalKey::random().unwrap(),
        };
        Store::create(&path, &keys, school, author("Kim")).unwrap();
        let mut store = Store::open(&path, &keys, "ELM", author("Kim"), |_| Ok(None)).unwrap();
        crate::store::tests::aisha(&mut store);
        copy::write(&store.conn, to, &keys.journal, PHRASE, store.now(), &|_| {
            Ok(())
        })
        .unwrap();
        store.close(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
    }

    /// Every file under the folder by what is in it.
    fn tree(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut found = BTreeMap::new();
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path.clone());
                    found.insert(path, Vec::new());
                } else {
                    let digest = Sha256::digest(std::fs::read(&path).unwrap()).to_vec();
                    found.insert(path, digest);
                }
            }
        }
        found
    }

    /// Refused as a hand-over or as a backup, by turns, and everything is as it was.
    fn refuses(&mut self, file: &Path, number: usize, what: &str) -> String {
        let before = self.tree();
        let told = if number.is_multiple_of(2) {
            self.desk.adopt(file, PHRASE).map(drop)
        } else {
            let rehearsed = self.desk.rehearse(file, Some(PHRASE));
            rehearsed.and_then(|rehearsal| self.desk.restore(&rehearsal).map(drop))
        };
        let told = told.expect_err(what).to_string();
        let says = [
            "othing was changed",
            "changed nothing",
            "is not there",
            "Nothing was added",
        ];
        assert!(
            says.iter().any(|words| told.contains(words)),
            "{what}: {told}"
        );
        assert!(
            !told.contains(|c: char| text::is_unsafe(c)),
            "{what}: {told:?}"
        );
        assert_eq!(self.tree(), before, "{what}");
        assert_eq!(self.desk.schools().unwrap().len(), 1, "{what}");
        told
    }
}

/// Changes a copy with its phrase, and makes what it says of its rows true again.
fn change(file: &Path, sql: &str) {
    let conn = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE).unwrap();
    let key = format!("PRAGMA cipher_log_level = NONE; PRAGMA key = '{PHRASE}'");
    conn.execute_batch(&key).unwrap();
    conn.execute_batch(sql)
        .unwrap_or_else(|error| panic!("{sql}: {error}"));
    let digest = copy::digest(&conn).unwrap();
    // Where the manifest itself was changed this may do nothing.
    let _ = conn.execute(
        "UPDATE manifest SET value = ?1 WHERE name = 'digest' AND length(value) = 64",
        params![digest],
    );
    conn.close().unwrap();
}

const CODES: &[&str] = &[
    "../../x",
    "../x",
    "..",
    ".",
    "",
    "/",
    "a/b",
    "A\\B",
    "elm",
    "Elm",
    " ELM",
    "ELM ",
    "EL M",
    "ELM\n",
    "E\u{1b}[2J",
    "E\0M",
    "TOOLONG",
    "E",
    "\u{c9}LM",
    "ALL",
    "ME",
    "C:",
    "NUL.",
    "~",
    "-rf",
    "%2e",
    "ELM.db",
    "\u{202e}ELM",
    "E'M",
    "E\"M",
];

/// Each leaves a file that `SQLite` itself takes.
const SHAPES: &[&str] = &[
    "CREATE TRIGGER empties AFTER INSERT ON contact BEGIN UPDATE contact SET text = '' WHERE id = NEW.id; END",
    "CREATE TRIGGER keeps AFTER INSERT ON journal_step BEGIN DELETE FROM draft; END",
    "CREATE TRIGGER \"x\u{1b}]0;y\u{7}\" AFTER DELETE ON task BEGIN SELECT 1; END",
    "DROP TRIGGER journal_row_keeps_rows",
    "DROP TRIGGER journal_step_keeps_words; CREATE TRIGGER journal_step_keeps_words BEFORE UPDATE ON journal_step BEGIN SELECT 1; END",
    "CREATE VIEW notes AS SELECT text FROM contact",
    "DROP VIEW contact_pupil_said; CREATE VIEW contact_pupil_said AS SELECT id, 'x' AS words FROM contact_pupil",
    "CREATE TABLE more (a, b)",
    "CREATE TABLE pragma_user_version (user_version); INSERT INTO pragma_user_version VALUES (4)",
    "CREATE TABLE pragma_table_list (schema, name, type)",
    "CREATE TABLE pragma_foreign_key_check (\"table\")",
    "CREATE INDEX slow ON pupil (json_quote(surname))",
    "CREATE INDEX pupil_odd ON pupil (length(surname)) WHERE surname > ''",
    "DROP INDEX pupil_upn",
    "DROP INDEX pupil_upn; CREATE INDEX pupil_upn ON pupil (dob)",
    "CREATE VIRTUAL TABLE other_words USING fts5 (words)",
    "DROP TABLE contact_words",
    "ALTER TABLE pupil ADD COLUMN house TEXT NOT NULL DEFAULT 'red'",
    "ALTER TABLE pupil RENAME COLUMN mis_id TO mis",
    "ALTER TABLE draft DROP COLUMN kept_at",
    "DROP TABLE hours",
    "DROP TABLE hours; CREATE VIEW hours AS SELECT 1 AS id, '' AS week, 1 AS minutes, '' AS note, '' AS entered_at",
    "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (minutes > 0)', 'CHECK (minutes > -9)')
     WHERE name = 'hours'",
    "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET tbl_name = 'task' WHERE name = 'hours_week'",
    "CREATE TABLE sqlitf_stat1 (tbl, idx, stat)",
];

const MANIFESTS: &[&str] = &[
    "DROP TABLE manifest",
    "DELETE FROM manifest WHERE name = 'key'",
    "DELETE FROM manifest WHERE name = 'made_at'",
    "UPDATE manifest SET value = 'x' WHERE name = 'key'",
    "UPDATE manifest SET value = '' WHERE name = 'digest'",
    "UPDATE manifest SET value = '9999999999999999999' WHERE name = 'made_at'",
    "UPDATE manifest SET value = '-5' WHERE name = 'head'",
    "UPDATE manifest SET value = '1e3' WHERE name = 'head'",
    "UPDATE manifest SET value = 'x' || char(27) || '[2J' WHERE name = 'head_hash'",
    "UPDATE manifest SET value = printf('%5000s', 'a') WHERE name = 'head_hash'",
    "CREATE TABLE held AS SELECT * FROM manifest; DROP TABLE manifest; CREATE VIEW manifest AS SELECT * FROM held",
    "CREATE TABLE held AS SELECT * FROM manifest; DROP TABLE manifest; ALTER TABLE held RENAME TO manifest",
    "DELETE FROM school",
    "UPDATE school SET name = 'Elm' || char(27)",
    "UPDATE school SET name = ''",
    "UPDATE school SET name = printf('%5000s', 'a')",
    "UPDATE school SET urn = '12'",
    "UPDATE school SET laestab = '../..'",
    "UPDATE school SET phase = char(10)",
    "UPDATE school SET code = '../x'",
    "DROP TRIGGER journal_row_keeps_images; UPDATE journal_row SET after = replace(after, 'Aisha', 'Alisha');
     CREATE TRIGGER journal_row_keeps_images BEFORE UPDATE ON journal_row
BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END",
];

/// A file with one fault, and what that is.
fn hostile(case: &Case, dice: &mut Dice, number: usize) -> (PathBuf, String) {
    let file = case.folder.path().join(format!("{number}.handover"));
    let copy = || assert!(std::fs::copy(&case.sound, &file).unwrap() > 0);
    let what = match number % 6 {
        0 => {
            let outside = case.folder.path().join("abs").display().to_string();
            let code = dice.one(&[CODES, &[&outside]].concat()).to_string();
            let school = School {
                name: "Elm Infants".to_owned(),
                code,
                ..School::default()
            };
            case.make(&school, &file);
            format!("the code {:?}", school.code)
        }
        1 | 2 => {
            let sql = dice.one(SHAPES);
            copy();
            change(&file, sql);
            (*sql).to_owned()
        }
        3 => {
            let (wrong, known) = (dice.below(1_000_000).cast_signed() as i64, SCHOOL.version());
            let sql = match dice.below(5) {
                0 => "PRAGMA user_version = 0".to_owned(),
                1 => format!("PRAGMA user_version = -{}", wrong + 1),
                2 => format!("PRAGMA user_version = {}", known + 1 + wrong),
                3 => format!("PRAGMA user_version = {}", 1 + wrong % (known - 1)),
                _ => format!("PRAGMA application_id = {wrong}"),
            };
            copy();
            change(&file, &sql);
            sql
        }
        4 => {
            let sql = dice.one(MANIFESTS);
            copy();
            change(&file, sql);
            (*sql).to_owned()
        }
        _ => of_another_size(case, dice, &file),
    };
    (file, format!("number {number}: {what}"))
}

/// Cut, added to, or nothing of ours at all.
fn of_another_size(case: &Case, dice: &mut Dice, file: &Path) -> String {
    let mut bytes = std::fs::read(&case.sound).unwrap();
    let whole = bytes.len();
    let what = match dice.below(7) {
        0 => {
            bytes.truncate(dice.below(whole));
            format!("cut to {} of {whole}", bytes.len())
        }
        1 => {
            bytes.truncate(whole / 4096 * dice.below(4096) / 4096 * 4096);
            format!("cut to {} of {whole}, between pages", bytes.len())
        }
        2 => {
            bytes.resize(whole + 1 + dice.below(20_000), 0);
            format!("{} bytes more", bytes.len() - whole)
        }
        3 => {
            let last = bytes[whole - 4096..].to_vec();
            bytes.extend((0..=dice.below(9)).flat_map(|_| last.clone()));
            "its last page again".to_owned()
        }
        4 => {
            let at = dice.below(whole);
            bytes[at] ^= 1 << dice.below(8);
            format!("a bit of byte {at}")
        }
        5 => {
            bytes = (0..dice.below(9_000))
                .map(|_| u8::try_from(dice.below(256)).unwrap())
                .collect();
            format!("{} bytes of nothing", bytes.len())
        }
        _ => {
            bytes = b"SQLite format 3\0".to_vec();
            bytes.resize(4096 * 3, 0);
            "a database in the clear".to_owned()
        }
    };
    std::fs::write(file, bytes).unwrap();
    what
}

/// `SEED` and `COUNT` (50 by default) choose others.
#[test]
fn hostile_hand_overs_and_backups_are_refused_and_nothing_is_written() {
    let (mut case, mut dice) = (Case::new(), Dice::new());
    for number in 0..count(50) {
        let (file, what) = hostile(&case, &mut dice, number);
        case.refuses(&file, number / 6, &format!("seed {}, {what}", dice.seed));
        std::fs::remove_file(file).unwrap();
    }
    // What they were all made of is taken.
    let sound = case.sound.clone();
    case.desk.adopt(&sound, PHRASE).unwrap();
    assert_eq!(case.desk.open_school("ELM").unwrap().check().unwrap(), []);
}

#[test]
fn what_is_no_file_of_ours_is_refused_before_it_is_opened() {
    let mut case = Case::new();
    let folder = case.folder.path().join("home/folder.handover");
    std::fs::create_dir(&folder).unwrap();
    let empty = case.folder.path().join("empty.handover");
    std::fs::write(&empty, "").unwrap();
    let key = case.desk.keys_of("OAK").file;
    let raw = case.folder.path().join("raw.handover");
    let oak = case.desk.open_school("OAK").unwrap();
    copy::keep_as_it_is(&oak.conn, &raw, &key, &SCHOOL).unwrap();
    drop(oak);
    let device = PathBuf::from("/dev/zero");
    for file in [folder, empty, raw, device] {
        for number in 0..2 {
            case.refuses(&file, number, &file.display().to_string());
        }
    }
}

#[test]
fn a_row_longer_than_any_of_ours_is_refused() {
    let mut case = Case::new();
    let file = case.folder.path().join("long.handover");
    std::fs::copy(&case.sound, &file).unwrap();
    change(&file, "UPDATE school SET name = printf('%70000000s', 'a')");
    let told = case.refuses(&file, 0, "a long row");
    assert!(told.contains("longer than any"), "{told}");
}

#[test]
fn nothing_beside_a_copy_is_read_or_made() {
    let mut case = Case::new();
    for end in ["-journal", "-wal", "-shm"] {
        std::fs::write(
            super::super::desk::with_end(&case.sound, end),
            "something of somebody's",
        )
        .unwrap();
    }
    let before = case.tree();
    drop(Copied::open(&case.sound, PHRASE).unwrap());
    assert_eq!(case.tree(), before);
    let sound = case.sound.clone();
    case.desk.adopt(&sound, PHRASE).unwrap();
}

#[test]
fn of_what_was_added_to_our_own_file_nothing_gets_into_a_backup_but_a_table_stops_it() {
    let mut case = Case::new();
    let oak = case.desk.open_school("OAK").unwrap();
    oak.conn
        .execute_batch(
            "CREATE TRIGGER empties AFTER INSERT ON contact BEGIN UPDATE contact SET text = '' WHERE id = NEW.id; END;
             DROP TRIGGER journal_row_keeps_rows; CREATE INDEX o ON pupil (dob);",
        )
        .unwrap();
    drop(oak);
    let noticed = case.desk.open_school("OAK").unwrap().notice().unwrap();
    assert!(
        noticed.contains("journal_row_keeps_rows is gone"),
        "{noticed}"
    );
    let made = case.desk.back_up("OAK", None).unwrap();
    let rehearsal = case.desk.rehearse(&made.path, None).unwrap();
    case.desk.restore(&rehearsal).unwrap();
    let oak = case.desk.open_school("OAK").unwrap();
    assert_eq!((oak.check().unwrap(), oak.notice()), (Vec::new(), None));
    oak.conn.execute_batch("CREATE TABLE mine (a)").unwrap();
    drop(oak);
    let refused = case.desk.back_up("OAK", None).unwrap_err();
    assert!(
        refused.to_string().contains("table mine was added"),
        "{refused}"
    );
}
