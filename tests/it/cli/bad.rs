//! What goes wrong in a school's day: one clear sentence each, the right exit code, nothing half-written.

use super::Home;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// A file the import refuses, and what is said of it.
struct Bad {
    name: &'static str,
    bytes: Vec<u8>,
    told: &'static str,
}

fn bad(name: &'static str, bytes: impl Into<Vec<u8>>, told: &'static str) -> Bad {
    Bad {
        name,
        bytes: bytes.into(),
        told,
    }
}

#[test]
fn a_file_that_is_no_pupil_list_is_told_and_changes_nothing() {
    let home = Home::with_demo();
    let (files, history) = (home.files(), home.case(&["history"]).ok());
    let mut nul = b"Surname,Forename\nOkafor,Aisha\n".to_vec();
    nul.extend([0; 64]);
    for case in [
        bad("empty.csv", "", "empty"),
        bad("blank.csv", "\n\n \n", "empty"),
        bad(
            "header.csv",
            "Surname,Forename,UPN,Date of Birth\n",
            "no pupil below",
        ),
        bad("line.csv", vec![b'a'; 10 * 1024 * 1024], "MB"),
        bad("nul.csv", nul, "no text"),
        bad(
            "products.csv",
            "SKU,Price,Stock\nA1,2.50,10\nA2,3.00,4\n",
            "no pupil list",
        ),
        bad(
            "letter.csv",
            "Dear Ann,\nplease find the list attached.\n",
            "no pupil list",
        ),
        bad(
            "picture.csv",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(),
            "no text",
        ),
        bad(
            "book.xlsx",
            b"PK\x03\x04\x14\0\x06\0".to_vec(),
            "not a CSV file",
        ),
    ] {
        home.file(case.name, &case.bytes);
        let told = home.case(&["import", case.name, "--yes"]).refused(1);
        assert!(told.contains(case.told), "{}: {told}", case.name);
        assert!(told.contains(case.name), "{told}");
    }
    assert_eq!(home.case(&["history"]).ok(), history);
    assert_eq!(home.files(), files);
}

#[test]
fn a_list_of_which_no_row_can_be_taken_ends_with_1() {
    let home = Home::with_desk();
    home.file("bad.csv", "Surname,Forename,Date of Birth\n,,14/03/2018\n");
    let ran = home.case(&["import", "bad.csv"]).run();
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(
        ran.out
            .contains("bad.csv:2:row: no surname and no forename"),
        "{}",
        ran.out
    );
    assert!(ran.err.contains("no row could be taken"), "{}", ran.err);
}

#[test]
fn a_list_whose_rows_fit_several_pupils_asks_for_a_choice_and_a_mixed_one_says_so() {
    let home = Home::with_desk();
    let head = "Surname,Forename,Date of Birth,UPN,Class\n";
    home.file(
        "twins.csv",
        format!("{head}Okafor,Aisha,14/03/2018,B801200005001,4A\nOkafor,Aisha,14/03/2018,E000200005001,4B\n"),
    );
    home.case(&["import", "twins.csv", "--yes"]).ok();
    let row = "Okafor,Aisha,14/03/2018,,4C\n";
    home.file("unclear.csv", format!("{head}{row}"));
    let history = home.case(&["history"]).ok();
    for words in [
        &["import", "unclear.csv", "--yes"][..],
        &["import", "unclear.csv"],
    ] {
        let ran = home.case(words).run();
        assert_eq!(ran.code, 4, "{}{}", ran.out, ran.err);
        assert!(
            ran.out.contains("p1 Okafor, Aisha; p2 Okafor, Aisha"),
            "{}",
            ran.out
        );
        assert!(
            ran.err
                .contains("1 row left out: it is not certain whom it is about"),
            "{}",
            ran.err
        );
        assert!(!ran.err.contains("Okafor"), "{}", ran.err);
    }
    assert_eq!(home.case(&["history"]).ok(), history);
    home.file(
        "mixed.csv",
        format!("{head}{row}{row}Moss,Ben,15/03/2018,,4C\n"),
    );
    let ran = home.case(&["import", "mixed.csv", "--yes"]).run();
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert!(
        ran.err.contains("left out:") && ran.err.contains("1 added"),
        "{}",
        ran.err
    );
}

#[test]
fn a_file_that_is_gone_a_folder_or_somebody_elses_is_told() {
    let home = Home::with_demo();
    let gone = home.case(&["import", "gone.csv"]).refused(1);
    assert!(gone.contains("There is no file gone.csv"), "{gone}");
    fs::create_dir(home.path("folder")).unwrap();
    let folder = home.case(&["import", "folder"]).refused(1);
    assert!(folder.contains("folder is a folder"), "{folder}");
    let map = home
        .case(&["import", "gone.csv", "--map", "Surname"])
        .refused(2);
    assert!(map.contains("Heading=field"), "{map}");
    home.file("mine.csv", "Surname,Forename\nOkafor,Aisha\n");
    home.chmod("mine.csv", 0o000);
    if fs::read(home.path("mine.csv")).is_err() {
        let refused = home.case(&["import", "mine.csv"]).refused(1);
        assert!(refused.contains("may not be read by you"), "{refused}");
    } else if let Some(refused) = as_nobody(&home, "\"$S\" import mine.csv") {
        assert!(refused.contains("may not"), "{refused}");
    }
}

/// What another user is told, where the tests run as the administrator and `setpriv` is there.
fn as_nobody(home: &Home, line: &str) -> Option<String> {
    let nobody = "setpriv --reuid=65534 --regid=65534 --clear-groups";
    let can = home.shell(&format!("{nobody} test -x \"$S\"")).run();
    if can.code != 0 {
        return None;
    }
    home.chmod("", 0o755);
    let ran = home.shell(&format!("{nobody} sh -c '{line}'")).run();
    assert_eq!(ran.code, 1, "{}", ran.err);
    Some(ran.err)
}

#[test]
fn without_the_right_passphrase_the_desk_stays_locked() {
    let home = Home::with_desk();
    let before = home.case(&["history"]).json();
    let missing = home
        .case(&["list", "pupils"])
        .without_env("SENDESK_PASSPHRASE_FILE")
        .refused(3);
    assert!(missing.contains("--passphrase-file"), "{missing}");
    home.private("wrong", "another passphrase\n");
    home.private("nothing", "\n");
    home.file("open", "larch kettle orbit moss");
    home.chmod("open", 0o644);
    for (file, told) in [
        ("wrong", "does not open this desk"),
        ("nothing", "nothing on its first line"),
        ("open", "can be read by other users"),
        ("gone", "is not there"),
    ] {
        let refused = home
            .case(&["list", "pupils", "--passphrase-file", file])
            .refused(3);
        assert!(refused.contains(told), "{file}: {refused}");
    }
    // The failed attempt is noted; nothing else is.
    let after = home.case(&["history"]).json();
    let new = after.as_array().unwrap().len() - before.as_array().unwrap().len();
    assert_eq!(new, 1, "{after}");
    assert_eq!(after[0]["kind"], "access");
}

#[test]
fn a_passphrase_file_with_a_line_end_of_any_kind_opens_the_desk() {
    let home = Home::with_desk();
    home.private("windows", "larch kettle orbit moss\r\nand a note\r\n");
    home.case(&["list", "pupils", "--passphrase-file", "windows"])
        .ok();
}

#[test]
fn a_desk_is_made_whole_or_not_at_all() {
    let home = Home::empty();
    let none = home.case(&["list", "pupils"]).refused(1);
    assert!(none.contains("sendesk init"), "{none}");
    home.private("short", "seven77\n");
    let short = home
        .case(&["init", "--passphrase-file", "short"])
        .refused(1);
    assert!(short.contains("at least 8 characters"), "{short}");
    assert!(!home.desk().exists());
    home.case(&["init"]).refused(3);
    assert!(!home.desk().exists());
    let desk = Home::with_desk();
    let files = desk.files();
    let twice = desk.case(&["init"]).refused(1);
    assert!(twice.contains("a desk in"), "{twice}");
    assert_eq!(desk.files(), files);
    assert_eq!(
        desk.case(&["school", "add", "--name", "Far", "--code", "TOOLONG"])
            .run()
            .code,
        2
    );
}

#[test]
fn a_disk_that_takes_no_more_keeps_what_was_there() {
    let home = Home::with_demo();
    let list = home.case(&["list", "pupils"]).ok();
    let mut rows = String::from("Surname,Forename,Date of Birth\n");
    for number in 0..4000 {
        writeln!(rows, "Okafor{number},Aisha,14/03/2018").unwrap();
    }
    home.file("large.csv", rows);
    // A limit on the size of files stands in for a full disk.
    let ran = home
        .shell("ulimit -f 400; \"$S\" import large.csv --yes >/dev/null")
        .run();
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    assert!(ran.err.contains("took no more"), "{}", ran.err);
    assert_eq!(home.case(&["list", "pupils"]).ok(), list);
    home.case(&["new", "pupil", "surname=Okafor"]).ok();
    let answer = home.shell("\"$S\" list pupils >/dev/full").run();
    assert_eq!(answer.code, 1);
    assert!(
        answer.err.contains("answer could not be written"),
        "{}",
        answer.err
    );
}

#[test]
fn a_full_disk_is_given_the_reserve_which_is_kept_again_once_there_is_room() {
    let home = Home::with_desk();
    home.case(&["new", "pupil", "surname=Okafor"]).ok();
    let reserve = home.desk().join("reserve");
    assert_eq!(fs::metadata(&reserve).unwrap().len(), 1024 * 1024);
    let mut rows = String::from("Surname,Forename,Date of Birth\n");
    for number in 0..4000 {
        writeln!(rows, "Okafor{number},Aisha,14/03/2018").unwrap();
    }
    home.file("large.csv", rows);
    let ran = home
        .shell("ulimit -f 400; \"$S\" import large.csv --yes >/dev/null")
        .run();
    assert!(
        ran.code == 1 && ran.err.contains("keeps in reserve was given up"),
        "{}",
        ran.err
    );
    assert!(!reserve.exists());
    home.case(&["new", "pupil", "surname=Ali"]).ok();
    assert!(reserve.exists());
}

/// Opens a demo desk's own file as sendesk does.
#[expect(
    clippy::disallowed_methods,
    reason = "a test makes files as another version would"
)]
fn open(path: &Path, key: &str) -> rusqlite::Connection {
    let conn = rusqlite::Connection::open(path).unwrap();
    conn.execute_batch(&format!("PRAGMA key = \"x'{key}'\";"))
        .unwrap();
    conn
}

fn demo_key(home: &Home) -> String {
    let keys = fs::read_to_string(home.desk().join("desk.keys")).unwrap();
    let keys: serde_json::Value = serde_json::from_str(&keys).unwrap();
    keys["demo_key"].as_str().unwrap().to_owned()
}

#[test]
fn files_of_a_newer_sendesk_are_left_alone() {
    for name in ["schools/THB.db", "desk.db"] {
        let home = Home::with_demo();
        let path = home.desk().join(name);
        let mut key = demo_key(&home);
        if name != "desk.db" {
            let desk = open(&home.desk().join("desk.db"), &key);
            key = desk
                .query_row("SELECT raw_key FROM school", [], |row| row.get(0))
                .unwrap();
        }
        let conn = open(&path, &key);
        conn.execute_batch("PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE);")
            .unwrap();
        drop(conn);
        let files = home.files();
        let told = home.case(&["list", "pupils"]).refused(1);
        assert!(told.contains("written by a newer sendesk"), "{told}");
        home.case(&["new", "pupil", "surname=Okafor"]).refused(1);
        assert_eq!(home.files(), files);
    }
}

#[test]
fn damaged_files_are_told_and_left_alone() {
    for name in ["schools/THB.db", "desk.db", "desk.keys"] {
        let home = Home::with_demo();
        home.case(&["list", "pupils"]).ok();
        let path = home.desk().join(name);
        let mut bytes = fs::read(&path).unwrap();
        let middle = if name.ends_with("keys") { 0 } else { 100 };
        for byte in &mut bytes[middle..middle + 8] {
            *byte ^= 0x5a;
        }
        fs::write(&path, &bytes).unwrap();
        let files = home.files();
        let told = home.case(&["list", "pupils"]).refused(1);
        assert!(told.contains("damaged"), "{name}: {told}");
        home.case(&["new", "pupil", "surname=Okafor"]).refused(1);
        assert_eq!(home.files(), files);
    }
}

#[test]
fn a_file_of_another_program_or_none_in_its_place_is_told() {
    let home = Home::with_demo();
    fs::remove_file(home.desk().join("schools/THB.db")).unwrap();
    let gone = home.case(&["list", "pupils"]).refused(1);
    assert!(gone.contains("is not there"), "{gone}");
    fs::write(home.desk().join("desk.keys"), "{\"program\": \"other\"}").unwrap();
    let other = home.case(&["list", "pupils"]).refused(1);
    assert!(other.contains("not a file of sendesk"), "{other}");
}

#[test]
fn a_theme_with_an_unknown_role_or_unreadable_text_is_named_by_file_and_line() {
    let home = Home::empty();
    let text = "inherits = \"paper\"\n[text]\nmuted = \"#b0b0b0\"\n[list]\ncurser = \"red\"\n";
    home.file("harbour.toml", text);
    let ran = home.case(&["theme", "check", "harbour.toml"]).run();
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    for told in [
        "harbour.toml, line 5: \"list.curser\" is no role; the nearest is \"list.cursor\".\n",
        "harbour.toml, line 3: text.muted on list.cursor_away has a contrast of ",
    ] {
        assert!(ran.out.contains(told), "{}", ran.out);
    }
    // In the user's folder it is listed, and checked with all the others.
    fs::create_dir_all(home.desk().join("themes")).unwrap();
    fs::write(home.desk().join("themes/harbour.toml"), text).unwrap();
    let list = home.case(&["theme", "list"]).ok();
    assert!(list.contains("harbour   light    yours"), "{list}");
    let ran = home.case(&["theme", "check"]).run();
    assert_eq!(ran.code, 1);
    assert!(
        ran.out.contains("harbour.toml, line 3: text.muted"),
        "{}",
        ran.out
    );
    for sound in ["mono", "paper", "slate", "terminal"] {
        let line = format!("{sound}: nothing to mend\n");
        assert!(ran.out.contains(&line), "{}", ran.out);
    }
}

#[test]
fn a_desk_is_not_made_in_a_folder_that_is_copied_elsewhere() {
    let home = Home::empty();
    let pass = home.private("secret", super::PASSPHRASE);
    let desk = home.path("OneDrive - Oakfield/desk");
    let init = |place: &Path| {
        let case = home.case(&["init", "--passphrase-file"]).arg(&pass);
        case.env("SENDESK_HOME", place)
    };
    let told = init(&desk).refused(1);
    assert!(
        told.contains("OneDrive copies to other machines") && told.contains("Nothing was made"),
        "{told}"
    );
    assert!(!home.path("OneDrive - Oakfield").exists());
    init(&home.path("Own drive/desk")).ok();
}
