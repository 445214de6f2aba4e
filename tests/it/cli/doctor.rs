//! The doctor: what is sound is called so, each fault is named with what to do, and only what loses nothing is mended.

use super::Home;
use rusqlite::{Connection, OpenFlags};
use std::fs;

#[test]
fn a_sound_desk_is_called_sound_once_it_has_a_backup() {
    let home = Home::with_desk();
    let told = home.case(&["doctor"]).run();
    assert_eq!(told.code, 1);
    assert!(
        told.out.contains("OAK: There is no backup."),
        "{}",
        told.out
    );
    home.case(&["backup"]).ok();
    let told = home.case(&["doctor", "--json"]).ok();
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told["sound"], true, "{told}");
    // The user's own tasks are in no school's backup.
    home.case(&["add", "^me Network meeting"]).ok();
    let told = home.case(&["doctor"]).run();
    assert!(told.out.contains("ME: There is no backup."), "{}", told.out);
    home.case(&["backup", "--school", "ME"]).ok();
    assert!(
        home.case(&["doctor"])
            .ok()
            .contains("Sound: every file opens")
    );
}

#[test]
fn open_rights_and_what_unfinished_work_left_are_found_and_mended_when_asked() {
    let home = Home::with_desk();
    home.case(&["backup"]).ok();
    home.chmod("desk/desk.db", 0o644);
    let left = home.desk().join("schools/OAK.db.new");
    fs::write(&left, "half").unwrap();
    let sealed = home.desk().join("desk.keys.newA1b2C3");
    fs::write(&sealed, "half").unwrap();
    let found = home.case(&["doctor"]).run();
    assert_eq!(found.code, 1);
    for words in [
        "desk.db can be read by other users",
        "OAK.db.new was left when something was made",
        "desk.keys.newA1b2C3 was left",
        "sendesk doctor --repair",
    ] {
        assert!(found.out.contains(words), "{words}: {}", found.out);
    }
    assert!(left.exists(), "nothing is mended unasked");
    let mended = home.case(&["doctor", "--repair"]).ok();
    assert!(mended.contains("mended"), "{mended}");
    assert!(!left.exists() && !sealed.exists());
    let sound = home.case(&["doctor"]).ok();
    assert!(!sound.contains("can be read"), "{sound}");
}

#[test]
fn a_damaged_school_and_a_damaged_backup_are_named_with_what_to_do() {
    let home = Home::with_desk();
    let made = home.case(&["backup"]).json();
    let backup = made["file"].as_str().unwrap();
    let mut bytes = fs::read(backup).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(backup, bytes).unwrap();
    let told = home.case(&["doctor"]).run();
    assert!(
        told.code == 1
            && told
                .out
                .contains("OAK: The newest backup cannot be put back"),
        "{}",
        told.out
    );
    let file = home.desk().join("schools/OAK.db");
    let mut bytes = fs::read(&file).unwrap();
    for byte in &mut bytes[4096..8192] {
        *byte ^= 0x55;
    }
    fs::write(&file, bytes).unwrap();
    let told = home.case(&["doctor"]).run();
    assert!(
        told.code == 1 && told.out.contains("sendesk restore FILE"),
        "{}",
        told.out
    );
}

#[test]
fn the_evidence_names_no_child_and_says_where_how_and_who() {
    let home = Home::with_children();
    home.case(&["backup"]).ok();
    let told = home.case(&["doctor", "--evidence"]).ok();
    for words in [
        "SQLCipher 4",
        "no network code",
        "Pupils       4",
        "Make a backup",
        "sound: shape",
        "every record against the history",
        "Sound: every file opens",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    for name in ["Okafor", "Aisha", "Brough", "Reid"] {
        assert!(!told.contains(name), "{told}");
    }
}

#[test]
fn a_damaged_page_of_the_desks_own_file_is_found() {
    let home = Home::with_children();
    for number in 0..40 {
        let line = format!(
            "^me A task of some length, number {number}, {}",
            "words ".repeat(24)
        );
        home.case(&["add", &line]).ok();
    }
    assert!(!home.case(&["doctor"]).run().out.contains("desk.db"));
    let path = home.desk().join("desk.db");
    let mut bytes = fs::read(&path).unwrap();
    // A page of the tasks: the first ones list the schools.
    let at = bytes.len() - 2_000;
    bytes[at] ^= 0x55;
    fs::write(&path, bytes).unwrap();
    let told = home.case(&["doctor"]).run();
    assert_eq!(told.code, 1);
    assert!(
        told.out
            .contains("desk.db, the desk's own file, is damaged."),
        "{}{}",
        told.out,
        told.err
    );
    // The schools are there all the same.
    assert!(home.case(&["list", "pupils"]).ok().contains("Okafor"));
}

#[test]
fn a_backup_named_from_the_future_is_told_wherever_backups_are_and_is_no_newest() {
    let home = Home::with_desk();
    let made = home.case(&["backup"]).json();
    let ahead = home.desk().join("backups/OAK/OAK-2098-01-19-031407.db");
    fs::rename(made["file"].as_str().unwrap(), &ahead).unwrap();
    let told = home.case(&["doctor"]).run();
    assert!(
        told.code == 1
            && told
                .out
                .contains("OAK: There is no backup but those named from the future."),
        "{}",
        told.out
    );
    let made = home.case(&["backup"]).run();
    assert!(
        made.err
            .contains("1 backup is named from the future and is kept: check this machine's date"),
        "{}",
        made.err
    );
    let made = home.case(&["backup"]).json();
    assert_eq!(
        (made["ahead"].as_i64(), made["removed"].as_i64()),
        (Some(1), Some(1))
    );
    assert!(ahead.exists());
    let told = home.case(&["doctor"]).ok();
    assert!(
        told.contains("note    OAK: 1 backup is named from the future: OAK-2098-01-19-031407.db."),
        "{told}"
    );
    let told = home.case(&["doctor", "--evidence"]).ok();
    assert!(
        told.contains("1 backup is named from the future and is kept"),
        "{told}"
    );
}

/// The school's file with the key of a desk that has no passphrase, and nothing of the program.
fn raw(home: &Home) -> Connection {
    let keys = fs::read_to_string(home.desk().join("desk.keys")).unwrap();
    let keys: serde_json::Value = serde_json::from_str(&keys).unwrap();
    let desk = keyed(
        &home.desk().join("desk.db"),
        keys["demo_key"].as_str().unwrap(),
    );
    let key: String = desk
        .query_row("SELECT raw_key FROM school", [], |row| row.get(0))
        .unwrap();
    keyed(&home.desk().join("schools/OAK.db"), &key)
}

fn keyed(path: &std::path::Path, key: &str) -> Connection {
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE).unwrap();
    conn.execute_batch(&format!("PRAGMA key = \"x'{key}'\""))
        .unwrap();
    conn
}

#[test]
fn what_was_changed_with_the_key_is_named_with_its_step_and_the_evidence_says_no_less() {
    let home = Home::with_children();
    home.case(&["add", "@p1 call mum: reading is better"]).ok();
    assert_eq!(home.case(&["list", "pupils"]).run().err, "");
    raw(&home)
        .execute_batch(
            "UPDATE contact SET text = 'reading is worse', at = '2025-01-01' WHERE id = 1;
             DELETE FROM contact_pupil; UPDATE pupil SET class = '9Z' WHERE id = 3;
             INSERT INTO task (title, urgent, carried, entered_at) VALUES ('Slipped', 0, 0, '');
             DROP TRIGGER journal_row_keeps_images; CREATE VIEW mine AS SELECT 1;
             CREATE TRIGGER empties AFTER INSERT ON contact BEGIN UPDATE contact SET text = '' WHERE id = NEW.id; END;",
        )
        .unwrap();
    let told = home.case(&["doctor"]).run();
    assert_eq!(told.code, 1);
    for words in [
        "trigger journal_row_keeps_images is gone",
        "trigger empties was added",
        "view mine was added",
        "contact c1 is not as step j6 left it",
        "a child of a contact, number 1 is gone; step j6 left it there",
        "pupil p3 is not as step j4 left it",
        "task t1 is there, and no step made it",
    ] {
        assert!(told.out.contains(words), "{words}: {}", told.out);
    }
    // The same list, to the line.
    let evidence = home.case(&["doctor", "--evidence"]).run();
    assert_eq!(evidence.code, 1);
    assert!(evidence.out.contains("NOT SOUND"), "{}", evidence.out);
    assert!(evidence.out.ends_with(&told.out), "{}", evidence.out);
    assert!(!evidence.out.contains("worse"), "no words of the diary");
    // Opening it says so, and does it all the same.
    let opened = home.case(&["list", "pupils"]).run();
    assert_eq!(opened.code, 0);
    assert!(
        opened
            .err
            .contains("OAK: The file is not built as sendesk builds it"),
        "{}",
        opened.err
    );
    assert!(opened.err.contains("sendesk doctor"), "{}", opened.err);
}

#[test]
fn a_trigger_in_the_desks_own_file_is_found() {
    let home = Home::with_children();
    home.case(&["backup"]).ok();
    home.case(&["doctor"]).ok();
    let keys = fs::read_to_string(home.desk().join("desk.keys")).unwrap();
    let keys: serde_json::Value = serde_json::from_str(&keys).unwrap();
    keyed(
        &home.desk().join("desk.db"),
        keys["demo_key"].as_str().unwrap(),
    )
    .execute_batch("CREATE TRIGGER t AFTER INSERT ON school BEGIN DELETE FROM task; END")
    .unwrap();
    let told = home.case(&["doctor"]).run();
    assert!(
        told.code == 1 && told.out.contains("trigger t was added"),
        "{}",
        told.out
    );
}
