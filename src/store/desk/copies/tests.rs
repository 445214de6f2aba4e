//! Backups made and put back, with the present file sound, damaged, gone or in use.

use super::*;
use crate::domain::form::Kind;
use crate::domain::school::School;
use crate::domain::step::StepKind;
use crate::store::Places;
use crate::store::tests::texts;

mod clock;

struct Case {
    folder: tempfile::TempDir,
    desk: Desk,
}

impl Case {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let desk = desk_in(&folder, "desk");
        let mut case = Self { folder, desk };
        case.desk.add_school(&oakfield()).unwrap();
        case.add("Okafor");
        case
    }

    fn store(&self) -> Store {
        self.desk.open_school("OAK").unwrap()
    }

    fn add(&self, surname: &str) {
        let pupil = texts(&[("surname", surname)]);
        self.store()
            .step("Add pupil", |writer| writer.add(Kind::Pupil, &pupil))
            .unwrap();
    }

    fn pupils(&self) -> String {
        self.store().dump("pupil").unwrap()
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("desk/schools/OAK.db")
    }
}

fn desk_in(folder: &tempfile::TempDir, name: &str) -> Desk {
    let places = Places {
        data: folder.path().join(name),
    };
    Desk::create_demo(&places, "Sam").unwrap()
}

fn oakfield() -> School {
    School::read("Oakfield Primary", "OAK", None, None, None).unwrap()
}

#[test]
fn a_backup_put_back_is_the_school_as_it_was_and_the_present_file_is_kept() {
    let mut case = Case::new();
    assert!(!case.desk.is_backed_up(&case.store()).unwrap());
    let made = case.desk.back_up("oak", None).unwrap();
    assert!(case.desk.is_backed_up(&case.store()).unwrap());
    let before = case.pupils();
    case.add("Ali");
    assert!(!case.desk.is_backed_up(&case.store()).unwrap());
    let rehearsal = case.desk.rehearse(&made.path, None).unwrap();
    let lost: Vec<&str> = rehearsal
        .lost
        .iter()
        .flatten()
        .map(|step| &*step.label)
        .collect();
    assert_eq!(lost, ["Add pupil"]);
    assert_ne!(case.pupils(), before, "a rehearsal changes nothing");
    let aside = case.desk.restore(&rehearsal).unwrap().unwrap();
    assert_eq!(case.pupils(), before);
    assert_eq!(case.store().verify().unwrap(), None);
    assert!(case.desk.is_backed_up(&case.store()).unwrap());
    let newest = &case.store().history(None, 1).unwrap()[0];
    assert!(newest.kind == StepKind::Access && newest.label.starts_with("Restore the backup of "));
    // Undo goes on where it was; the file set aside has the rest.
    let mut store = case.store();
    store.undo().unwrap();
    assert_eq!(store.dump("pupil").unwrap(), "");
    drop(store);
    let key = case.desk.keys_of("OAK").file;
    let kept = file::open(&aside, &key, &schema::SCHOOL, |_| Ok(()), |_, _| Ok(())).unwrap();
    let count: i64 = kept
        .conn
        .query_row("SELECT count(*) FROM pupil", [], |row| row.get(0))
        .unwrap();
    assert_eq!(count, 2);
}

#[test]
fn a_school_whose_file_is_damaged_or_gone_comes_back_from_its_backup() {
    let mut case = Case::new();
    let made = case.desk.back_up("OAK", None).unwrap();
    let whole = case.pupils();
    let mut bytes = fs::read(case.file()).unwrap();
    bytes[5000..9000].fill(0);
    fs::write(case.file(), &bytes).unwrap();
    let rehearsal = case.desk.rehearse(&made.path, None).unwrap();
    assert!(rehearsal.known);
    let aside = case.desk.restore(&rehearsal).unwrap().unwrap();
    assert_eq!(case.pupils(), whole);
    // Set aside with its damage: nothing was repaired or thrown away.
    let kept = fs::read(aside).unwrap();
    assert!(kept.len() == bytes.len() && kept[5000..9000] == bytes[5000..9000]);
    fs::remove_file(case.file()).unwrap();
    let rehearsal = case.desk.rehearse(&made.path, None).unwrap();
    assert!(rehearsal.lost.is_none());
    assert_eq!(case.desk.restore(&rehearsal).unwrap(), None);
    assert_eq!(case.pupils(), whole);
}

#[test]
fn nothing_is_restored_under_another_sessions_hands_or_over_another_school() {
    let mut case = Case::new();
    let made = case.desk.back_up("OAK", None).unwrap();
    case.add("Ali");
    let (other, present) = (case.store(), case.pupils());
    let rehearsal = case.desk.rehearse(&made.path, None).unwrap();
    let refused = case.desk.restore(&rehearsal);
    assert!(matches!(refused, Err(Error::InUse { .. })), "{refused:?}");
    assert_eq!(case.pupils(), present);
    drop(other);
    let mut names: Vec<_> = fs::read_dir(case.folder.path().join("desk/schools"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    names.sort();
    assert_eq!(names, ["OAK.db", "OAK.lock"]);
    let other = "7".repeat(64);
    case.desk
        .conn
        .execute(
            "UPDATE school SET raw_key = ?1, journal_key = NULL",
            [other],
        )
        .unwrap();
    let refused = case.desk.rehearse(&made.path, None);
    assert!(matches!(refused, Err(Error::OtherSchool { .. })));
}

#[test]
fn a_new_desk_takes_the_school_in_by_the_backup_phrase_of_the_old_one() {
    let case = Case::new();
    let made = case.desk.back_up("OAK", None).unwrap();
    let phrase = case.desk.backup_phrase().unwrap();
    let mut new = desk_in(&case.folder, "new");
    let refused = new.rehearse(&made.path, None);
    assert!(matches!(refused, Err(Error::WrongPhrase { .. })));
    let rehearsal = new.rehearse(&made.path, Some(&phrase)).unwrap();
    assert!(!rehearsal.known);
    assert_eq!(new.restore(&rehearsal).unwrap(), None);
    let store = new.open_school("OAK").unwrap();
    assert_eq!(store.dump("pupil").unwrap(), case.pupils());
    assert_eq!(store.verify().unwrap(), None);
    assert_eq!(new.current().unwrap().unwrap().school, oakfield());
}

#[test]
fn old_backups_go_only_by_their_age_and_only_those_of_this_program() {
    let case = Case::new();
    let first = case.desk.back_up("OAK", None).unwrap();
    let folder = first.path.parent().unwrap();
    for name in [
        "OAK-2024-01-02-101500.db",
        "OAK-2024-01-02-161500.db",
        "notes.txt",
        "OAK-old.db",
    ] {
        fs::write(folder.join(name), "x").unwrap();
    }
    // Another within the second has a name of its own.
    let second = case.desk.back_up("OAK", None).unwrap();
    assert!(
        second.path > first.path && second.thinned.removed == 2,
        "{second:?}"
    );
    fs::write(folder.join("OAK-2024-01-02-101500.db"), "x").unwrap();
    let out = case.folder.path().join("stick.db");
    let apart = case.desk.back_up("OAK", Some(&out)).unwrap();
    assert_eq!((apart.path, apart.thinned.removed), (out.clone(), 0));
    assert_eq!(case.desk.backups("OAK").unwrap().len(), 3);
    assert_eq!(case.desk.thin_out("OAK", None, None).unwrap().removed, 1);
    let left: Vec<_> = case.desk.backups("OAK").unwrap();
    assert_eq!(left.len(), 2);
    assert!(folder.join("OAK-2024-01-02-161500.db").exists() && folder.join("OAK-old.db").exists());
    assert!(matches!(
        case.desk.back_up("OAK", Some(&out)),
        Err(Error::InTheWay { .. })
    ));
}

#[test]
fn on_the_way_out_only_what_was_changed_is_backed_up_and_what_could_not_be_is_said() {
    let mut case = Case::new();
    let bede = School::read("St Bede's", "BED", None, None, None).unwrap();
    case.desk.add_school(&bede).unwrap();
    let leave = |case: &Case| {
        let (made, told) = case.desk.back_up_changed();
        let codes: Vec<String> = made
            .into_iter()
            .map(|one| one.manifest.school.code)
            .collect();
        (codes, told)
    };
    assert_eq!(
        leave(&case),
        (vec!["OAK".to_owned(), "BED".to_owned()], vec![])
    );
    assert_eq!(leave(&case), (vec![], vec![]));
    case.add("Ali");
    // Looking and copying change nothing.
    let mut bede = case.desk.open_school("BED").unwrap();
    bede.record_access("Print").unwrap();
    drop(bede);
    assert_eq!(leave(&case), (vec!["OAK".to_owned()], vec![]));
    case.add("Obi");
    let folder = case.folder.path().join("desk/backups/OAK");
    fs::remove_dir_all(&folder).unwrap();
    fs::write(&folder, "in the way").unwrap();
    let (made, told) = leave(&case);
    assert!(
        made.is_empty() && told[0].starts_with("OAK was not backed up: "),
        "{told:?}"
    );
}

#[test]
fn a_journal_cut_short_since_a_backup_shows_by_the_head_the_backup_holds() {
    let case = Case::new();
    case.add("Ali");
    let made = case.desk.back_up("OAK", None).unwrap();
    let head = made.manifest.head;
    let hash = case.store().hash_of(head).unwrap();
    assert_eq!(hash, Some(made.manifest.head_hash.clone()));
    let store = case.store();
    // The access step of the backup and the head itself: the chain that is left is sound in itself.
    store
        .conn
        .execute_batch(&format!(
            "DROP TRIGGER journal_step_keeps_steps; DROP TRIGGER journal_row_keeps_rows;
             DELETE FROM journal_row WHERE step >= {0}; DELETE FROM journal_step WHERE id >= {0};",
            head.0
        ))
        .unwrap();
    assert_eq!(store.verify().unwrap(), None);
    assert_eq!(store.hash_of(head).unwrap(), None);
}

#[test]
fn two_restores_within_a_second_keep_both_files_that_were_there() {
    let mut case = Case::new();
    let made = case.desk.back_up("OAK", None).unwrap();
    let mut aside = Vec::new();
    for surname in ["Ali", "Quist", "Vance"] {
        case.add(surname);
        let rehearsal = case.desk.rehearse(&made.path, None).unwrap();
        aside.push(case.desk.restore(&rehearsal).unwrap().unwrap());
    }
    aside.sort();
    aside.dedup();
    assert_eq!(aside.iter().filter(|path| path.exists()).count(), 3);
}

#[test]
fn a_backup_is_made_and_noted_even_where_an_older_one_cannot_be_removed() {
    let case = Case::new();
    let folder = case.folder.path().join("desk/backups/OAK");
    for day in 1..=28 {
        // A folder: it cannot be removed as a file.
        fs::create_dir_all(folder.join(format!("OAK-2020-02-{day:02}-120000.db"))).unwrap();
    }
    let made = case.desk.back_up("OAK", None).unwrap();
    assert_eq!(made.thinned.removed, 0);
    assert!(made.path.exists() && case.desk.is_backed_up(&case.store()).unwrap());
}

#[test]
fn a_file_of_an_older_format_is_backed_up_as_it_is_before_it_is_brought_to_this_one() {
    for shape in [
        include_str!("../../../../tests/data/v1.sql"),
        include_str!("../../../../tests/data/v2.sql"),
    ] {
        let case = Case::new();
        case.desk.put_shape("OAK", shape).unwrap();
        let key = case.desk.keys_of("OAK").file;
        let (old, version) = file::as_it_is(&case.file(), &key, &schema::SCHOOL).unwrap();
        let held = copy::digest(&old).unwrap();
        drop(old);
        let store = case.store();
        let backups = case.desk.backups("OAK").unwrap();
        assert_eq!(backups.len(), 1);
        let (copied, _) = case.desk.open_backup(&backups[0].path, None).unwrap();
        assert_eq!(copied.manifest.digest, held);
        let of: i64 = copied
            .conn
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .unwrap();
        assert!(of == version && of < schema::SCHOOL.version());
        let newest = &store.history(None, 1).unwrap()[0];
        assert_eq!(newest.label, "Make a backup before the new format");
        drop(store);
        drop(case.store());
        assert_eq!(case.desk.backups("OAK").unwrap().len(), 1, "once is enough");
    }
}

#[test]
fn a_file_of_an_older_format_stays_as_it_is_where_it_cannot_be_backed_up() {
    let case = Case::new();
    let shape = include_str!("../../../../tests/data/v2.sql");
    case.desk.put_shape("OAK", shape).unwrap();
    let key = case.desk.keys_of("OAK").file;
    let version = || {
        let (_, version) = file::as_it_is(&case.file(), &key, &schema::SCHOOL).unwrap();
        version
    };
    let before = version();
    let folder = case.desk.places.backups("OAK");
    fs::create_dir_all(folder.parent().unwrap()).unwrap();
    fs::write(&folder, "in the way").unwrap();
    assert!(case.desk.open_school("OAK").is_err());
    assert_eq!(version(), before);
    fs::remove_file(&folder).unwrap();
    case.store();
    assert!(version() > before);
}

#[test]
fn what_a_killed_backup_left_goes_with_a_later_one_and_not_what_is_being_made() {
    let case = Case::new();
    let made = case.desk.back_up("OAK", None).unwrap();
    let folder = made.path.parent().unwrap();
    let old = folder.join(format!("OAK-2026-09-01-160000.db{}", copy::PART));
    let (journal, new) = (with_end(&old, "-journal"), with_end(&made.path, copy::PART));
    for path in [&old, &journal, &new] {
        fs::write(path, "half").unwrap();
    }
    // By a clock that was ahead, too.
    let ahead = folder.join(format!("OAK-2038-01-19-031407.db{}", copy::PART));
    fs::write(&ahead, "half").unwrap();
    let now = fs::metadata(&old).unwrap().modified().unwrap();
    let hours = TimeDelta::hours(2).to_std().unwrap();
    let (long_ago, far_ahead) = (now - hours, now + hours);
    for (path, at) in [(&old, long_ago), (&journal, long_ago), (&ahead, far_ahead)] {
        let file = fs::File::options().write(true).open(path).unwrap();
        file.set_modified(at).unwrap();
    }
    case.desk.back_up("OAK", None).unwrap();
    assert!(!old.exists() && !journal.exists() && !ahead.exists() && new.exists());
    assert!(!case.desk.backups("OAK").unwrap().is_empty());
}

#[test]
fn a_restore_that_is_refused_changes_nothing() {
    let mut case = Case::new();
    let made = case.desk.back_up("OAK", None).unwrap();
    case.add("Ali");
    let rehearsal = case.desk.rehearse(&made.path, None).unwrap();
    case.desk.back_up("OAK", None).unwrap();
    let (before, open) = (case.pupils(), case.store());
    let refused = case.desk.restore(&rehearsal);
    assert!(matches!(refused, Err(Error::InUse { .. })));
    drop(open);
    assert_eq!(case.pupils(), before);
    assert!(case.desk.is_backed_up(&case.store()).unwrap());
    assert!(!super::super::beside(&case.file()).exists());
}

#[test]
fn what_was_changed_or_begun_after_the_question_is_not_put_aside_unseen() {
    let mut case = Case::new();
    let made = case.desk.back_up("OAK", None).unwrap();
    let shown = case.desk.rehearse(&made.path, None).unwrap();
    assert_eq!(shown.drafts, 0);
    let draft = crate::store::Draft {
        kind: Kind::Pupil.into(),
        variant: String::new(),
        about: None,
        editing: false,
        texts: [("surname".to_owned(), "Ali".to_owned())].into(),
        mark: None,
    };
    case.store().keep_draft(&draft, false).unwrap();
    assert!(matches!(
        case.desk.restore(&shown),
        Err(Error::Refused { .. })
    ));
    let shown = case.desk.rehearse(&made.path, None).unwrap();
    assert_eq!(shown.drafts, 1);
    case.add("Begum");
    assert!(matches!(
        case.desk.restore(&shown),
        Err(Error::Refused { .. })
    ));
    assert!(case.pupils().contains("Begum"));
    let shown = case.desk.rehearse(&made.path, None).unwrap();
    case.desk.restore(&shown).unwrap().unwrap();
    assert!(!case.pupils().contains("Begum"));
}
