//! Backups: made, found whole, put back after damage; and what is refused.

use super::Home;
use std::fs;
use std::path::PathBuf;

fn file(home: &Home) -> PathBuf {
    home.desk().join("schools/OAK.db")
}

#[test]
fn a_damaged_school_comes_back_from_its_backup_row_by_row() {
    let home = Home::with_children();
    let before = home.case(&["list", "pupils", "--json"]).ok();
    let made = home.case(&["backup"]).json();
    let path = PathBuf::from(made["file"].as_str().unwrap());
    assert_eq!(
        (made["school"].as_str(), made["removed"].as_i64()),
        (Some("OAK"), Some(0))
    );
    assert!(path.starts_with(home.desk().join("backups/OAK")));
    home.case(&["set", "p1", "class=6W"]).ok();
    // A rehearsal: what would be lost, and nothing done.
    let dry = home.case(&["restore", "--dry-run"]).arg(&path).run();
    assert_eq!(dry.code, 0, "{}", dry.err);
    assert!(
        dry.err.contains("1 step made since would be lost")
            && dry.err.contains("Change pupil p1: class"),
        "{}",
        dry.err
    );
    let mut bytes = fs::read(file(&home)).unwrap();
    for byte in &mut bytes[4096..] {
        *byte ^= 0x55;
    }
    fs::write(file(&home), &bytes).unwrap();
    home.case(&["list", "pupils"]).refused(1);
    // Without a word nothing is put back.
    let unasked = home.case(&["restore"]).arg(&path).run();
    assert!(
        unasked.code == 1 && unasked.err.contains("say --yes"),
        "{}",
        unasked.err
    );
    let told = home.case(&["restore", "--yes"]).arg(&path).json();
    assert!(
        told["lost_steps"].is_null() && told["aside"].is_string(),
        "{told}"
    );
    assert_eq!(home.case(&["list", "pupils", "--json"]).ok(), before);
    let history = home.case(&["history"]).ok();
    assert!(history.contains("Restore the backup of "), "{history}");
}

#[test]
fn a_backup_goes_to_another_desk_by_its_phrase_and_never_over_another_school() {
    let home = Home::with_desk();
    home.case(&["new", "pupil", "surname=Okafor"]).ok();
    let stick = home.path("stick.db");
    home.case(&["backup", "--out"]).arg(&stick).ok();
    let again = home.case(&["backup", "--out"]).arg(&stick).refused(1);
    assert!(again.contains("is in the way"), "{again}");
    // Another desk has another phrase.
    let other = Home::with_desk();
    let told = other.case(&["restore", "--yes"]).arg(&stick).refused(3);
    assert!(told.contains("backup phrase, six words"), "{told}");
    let damaged = home.path("damaged.db");
    let mut bytes = fs::read(&stick).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&damaged, bytes).unwrap();
    let told = home.case(&["restore", "--yes"]).arg(&damaged).refused(1);
    assert!(told.contains("damaged"), "{told}");
    let told = home
        .case(&["restore", "--yes"])
        .arg(home.path("none.db"))
        .refused(1);
    assert!(told.contains("none.db"), "{told}");
}

#[test]
fn a_school_handed_over_is_the_next_sencos_with_its_history_and_read_only_here() {
    let home = Home::with_children();
    let file = home.path("OAK.handover");
    home.private("words", "harbour lentil drum frost");
    let rows = home.case(&["list", "pupils", "--json"]).ok();
    let told = home
        .case(&["school", "handover", "OAK", "--out"])
        .arg(&file)
        .arg("--new-passphrase-file")
        .arg(home.path("words"))
        .ok();
    assert!(told.contains("OAK.handover"), "{told}");
    let refused = home.case(&["set", "p1", "class=6W"]).refused(1);
    assert!(
        refused.contains("was handed over on") && refused.contains("take-back OAK"),
        "{refused}"
    );
    let next = Home::empty();
    next.private("pass", super::PASSPHRASE);
    next.case(&["init"]).ok();
    next.case(&["school", "adopt"])
        .arg(&file)
        .arg("--phrase-file")
        .arg(home.path("words"))
        .ok();
    assert_eq!(next.case(&["list", "pupils", "--json"]).ok(), rows);
    let history = next.case(&["history"]).ok();
    for label in ["Take the school over", "Hand the school over", "Add pupil"] {
        assert!(history.contains(label), "{label}: {history}");
    }
    next.case(&["undo"]).refused(1);
    next.case(&["set", "p1", "class=6W"]).ok();
    home.case(&["school", "take-back", "OAK"]).ok();
    home.case(&["set", "p1", "class=6W"]).ok();
}

#[test]
fn a_bare_name_is_made_where_one_is_and_what_lies_beside_it_is_let_be() {
    let home = Home::with_children();
    home.file("stick.db.new", "mine");
    home.file("stick.db.new-wal", "mine too");
    let folder = home.path("");
    home.shell(&format!(
        "cd '{}' && \"$S\" backup --out stick.db",
        folder.display()
    ))
    .ok();
    assert!(home.path("stick.db").exists());
    assert_eq!(
        fs::read_to_string(home.path("stick.db.new")).unwrap(),
        "mine"
    );
    assert_eq!(
        fs::read_to_string(home.path("stick.db.new-wal")).unwrap(),
        "mine too"
    );
    assert!(home.case(&["history"]).ok().contains("Make a backup"));
}

#[test]
fn a_school_that_was_handed_over_is_restored_only_once_it_is_taken_back() {
    let home = Home::with_children();
    let stick = home.path("stick.db");
    home.case(&["backup", "--out"]).arg(&stick).ok();
    home.private("words", "harbour lentil drum frost");
    let hand = |name: &str| {
        let case = home
            .case(&["school", "handover", "OAK", "--out"])
            .arg(home.path(name));
        case.arg("--new-passphrase-file").arg(home.path("words"))
    };
    hand("handover").ok();
    let before = home.files();
    let told = home.case(&["restore", "--yes"]).arg(&stick).run();
    assert!(
        told.code == 1 && told.err.contains("take-back OAK"),
        "{}",
        told.err
    );
    assert_eq!(home.files().len(), before.len());
    home.case(&["school", "take-back", "OAK"]).ok();
    home.case(&["restore", "--yes"]).arg(&stick).ok();
}

#[test]
fn one_school_that_cannot_be_backed_up_does_not_keep_the_others_from_it() {
    let home = Home::with_children();
    home.case(&["school", "add", "--name", "St Bede's", "--code", "BED"])
        .ok();
    fs::write(file(&home), "no school").unwrap();
    let told = home.case(&["backup", "--all"]).run();
    assert!(
        told.code == 1 && told.err.contains("OAK was not backed up"),
        "{}",
        told.err
    );
    assert!(told.out.contains("backups/BED"), "{}", told.out);
}

#[test]
fn a_school_is_taken_off_brought_back_and_erased_with_a_record_that_names_no_child() {
    let home = Home::with_children();
    home.case(&["backup"]).ok();
    let unasked = home.case(&["school", "detach", "OAK"]).run();
    assert!(
        unasked.code == 1 && unasked.err.contains("say --yes"),
        "{}",
        unasked.err
    );
    home.case(&["school", "detach", "oak", "--yes"]).ok();
    let refused = home.case(&["list", "pupils"]).refused(1);
    assert!(!refused.contains("Okafor"), "{refused}");
    let listed = home.case(&["school", "list"]).run();
    assert!(
        listed.err.contains("OAK was taken off this desk on"),
        "{}",
        listed.err
    );
    let told = home.case(&["doctor"]).run();
    assert!(told.code == 0 && told.out.contains("neither checked nor backed up"));
    home.case(&["school", "attach", "OAK"]).ok();
    assert!(home.case(&["list", "pupils"]).ok().contains("p1"));

    let dry = home
        .case(&["school", "detach", "OAK", "--erase", "--dry-run"])
        .json();
    let files = dry["files"].as_array().unwrap();
    assert!(dry["erased"] == false && files.len() >= 2, "{dry}");
    assert!(file(&home).exists());
    let record = home
        .case(&["school", "detach", "OAK", "--erase", "--yes"])
        .ok();
    assert!(record.starts_with("Record of erasure\n"), "{record}");
    for part in [
        "(OAK)",
        "schools/OAK.db",
        "backups/OAK/OAK-",
        "pupils on file",
    ] {
        assert!(record.contains(part), "{record}");
    }
    assert!(
        !record.contains("Okafor") && !record.contains("Aisha"),
        "{record}"
    );
    assert!(!file(&home).exists() && !home.desk().join("backups/OAK").exists());
    let listed = home.case(&["school", "list"]).run();
    assert!(listed.err.contains("No school yet"), "{}", listed.err);
}

#[test]
fn what_was_begun_is_told_without_a_name_and_stays_when_a_school_is_handed_over() {
    use sendesk::store::{Desk, Draft, DraftOf, Places};
    let home = Home::with_children();
    let places = Places { data: home.desk() };
    let keep = |kind: DraftOf, variant: &str| {
        let desk = Desk::unlock(&places, super::PASSPHRASE).unwrap();
        let draft = Draft {
            kind,
            variant: variant.to_owned(),
            about: Some(1),
            editing: false,
            texts: [("text".to_owned(), "Marmalade".to_owned())].into(),
            mark: None,
        };
        let mut store = desk.open_school("OAK").unwrap();
        store.keep_draft(&draft, false).unwrap();
    };
    keep(sendesk::domain::form::Kind::Contact.into(), "phone");
    keep(DraftOf::AddLine, "");
    home.private("words", "harbour lentil drum frost");
    let file = home.path("OAK.handover");
    let ran = home
        .case(&["school", "handover", "OAK", "--out"])
        .arg(&file)
        .arg("--new-passphrase-file")
        .arg(home.path("words"))
        .run();
    assert_eq!(ran.code, 0, "{}", ran.err);
    let told = "OAK: 2 forms begun and not saved stay here: Phone call, new; Add line.";
    assert!(ran.err.contains(told), "{}", ran.err);
    assert!(!ran.err.contains("Marmalade") && ran.err.contains(":drafts"));
    let next = Home::empty();
    next.private("pass", super::PASSPHRASE);
    next.case(&["init"]).ok();
    next.case(&["school", "adopt"])
        .arg(&file)
        .arg("--phrase-file")
        .arg(home.path("words"))
        .ok();
    let begun = |home: &Home| {
        let places = Places { data: home.desk() };
        let desk = Desk::unlock(&places, super::PASSPHRASE).unwrap();
        desk.open_school("OAK").unwrap().begun().unwrap().len()
    };
    assert_eq!((begun(&home), begun(&next)), (2, 0));
}
