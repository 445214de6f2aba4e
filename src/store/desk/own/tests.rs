//! The user's own tasks in memory.

use super::*;
use crate::store::tests::texts;
use crate::sys::clock::stopped::Stopped;
use std::collections::BTreeMap;

fn day(d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, d).unwrap()
}

fn own() -> OwnInMemory {
    OwnInMemory::at(DateTime::from_timestamp(1_795_442_520, 0).unwrap()).unwrap()
}

fn titled(title: &str, due: Option<u32>) -> Values {
    let mut values = texts(&[("title", title)]);
    if let Some(d) = due {
        values.insert("due", Some(Value::Moment(Moment::on(day(d)))));
    }
    values
}

fn open(own: &Own<'_>) -> Vec<Task> {
    let lines = own.open_tasks().unwrap().into_iter();
    lines.map(|line| line.task).collect()
}

#[test]
fn a_task_of_ones_own_is_added_changed_ticked_and_each_step_taken_back_and_brought_back() {
    let memory = own();
    let own = memory.own();
    let id = own.add(&titled("Network meeting", Some(23))).unwrap();
    own.change(id, "Move", |task| task.move_to(Some(Moment::on(day(30)))))
        .unwrap();
    own.change(id, "Urgent", |task| task.urgent = true).unwrap();
    own.change(id, "Tick", |task| task.done_on = Some(day(24)))
        .unwrap();
    assert_eq!(
        (open(&own).len(), own.done_tasks(day(24)).unwrap().len()),
        (0, 1)
    );
    let labels = || own.reverse(false);
    assert_eq!(labels().unwrap(), "Tick");
    let task = open(&own).remove(0);
    assert!(task.urgent && task.carried == 1 && task.due == Some(Moment::on(day(30))));
    assert_eq!(labels().unwrap(), "Urgent");
    assert_eq!(labels().unwrap(), "Move");
    assert_eq!(open(&own)[0].due, Some(Moment::on(day(23))));
    assert_eq!(labels().unwrap(), "Add task");
    assert!(open(&own).is_empty());
    assert!(matches!(own.reverse(false), Err(Error::NothingToUndo)));
    for _ in 0..4 {
        own.reverse(true).unwrap();
    }
    assert!(matches!(own.reverse(true), Err(Error::NothingToRedo)));
    let done = own.done_tasks(day(24)).unwrap().remove(0).task;
    assert_eq!((done.id, done.carried, done.urgent), (id, 1, true));
}

#[test]
fn after_something_new_what_was_taken_back_stays_away() {
    let memory = own();
    let own = memory.own();
    own.add(&titled("one", None)).unwrap();
    own.reverse(false).unwrap();
    assert!(own.reversible(true).unwrap().is_some());
    own.add(&titled("two", None)).unwrap();
    assert_eq!(own.reversible(true).unwrap(), None);
    assert!(matches!(own.reverse(true), Err(Error::NothingToRedo)));
}

#[test]
fn a_task_taken_off_the_list_comes_back_as_it_was_with_its_number() {
    let memory = own();
    let own = memory.own();
    let id = own.add(&titled("NPQ essay", Some(27))).unwrap();
    let before = own.line(id).unwrap();
    own.remove(id).unwrap();
    assert_eq!(own.line(id).unwrap(), None);
    let again = own.remove(id).unwrap_err().to_string();
    assert_eq!(again, format!("There is no {id} among your own tasks."));
    own.reverse(false).unwrap();
    assert_eq!(own.line(id).unwrap(), before);
    // The next one has a number of its own.
    own.remove(id).unwrap();
    assert_ne!(own.add(&titled("other", None)).unwrap(), id);
}

#[test]
fn a_save_over_what_changed_meanwhile_is_refused_and_changes_nothing() {
    let memory = own();
    let own = memory.own();
    let id = own.add(&titled("Network meeting", None)).unwrap();
    let seen = own.values(id).unwrap().unwrap();
    own.change(id, "x", |task| "Moved to Leeds".clone_into(&mut task.title))
        .unwrap();
    let over = own.amend(id, "x", &titled("Network lunch", None), &seen, None);
    assert!(matches!(over, Err(Error::Changed)));
    assert_eq!(open(&own)[0].title, "Moved to Leeds");
    // Another field of the same task is nobody's loss.
    let due = titled("", Some(25)).remove("due").unwrap();
    let due = Values::from([("due", due)]);
    own.amend(id, "x", &due, &seen, None).unwrap();
    let task = open(&own).remove(0);
    assert_eq!(
        (task.title.as_str(), task.due),
        ("Moved to Leeds", Some(Moment::on(day(25))))
    );
}

#[test]
fn a_draft_stays_until_its_task_is_saved_and_goes_in_the_same_transaction() {
    let memory = own();
    let own = memory.own();
    let id = own.add(&titled("one", None)).unwrap();
    let draft = |title: &str| BTreeMap::from([("title".to_owned(), title.to_owned())]);
    let texts = |of| own.draft(of).unwrap().map(|draft| draft.texts);
    let new = own.keep_draft(None, None, &draft("new"), true).unwrap();
    let newer = own.keep_draft(Some(&new), None, &draft("newer"), true);
    let (newer, edit) = (
        newer.unwrap(),
        own.keep_draft(None, Some(id), &draft("edit"), true)
            .unwrap(),
    );
    assert_eq!(own.drafts().unwrap(), 2);
    assert_eq!(texts(None), Some(draft("newer")));
    assert!(matches!(
        own.add(&Values::new()),
        Err(Error::NotGiven { .. })
    ));
    assert_eq!(own.drafts().unwrap(), 2, "nothing was saved");
    own.add(&titled("from the shell", None)).unwrap();
    assert_eq!(own.drafts().unwrap(), 2, "another one's stays");
    own.add_from_form(&titled("newer", None), Some(&newer))
        .unwrap();
    assert_eq!(texts(None), None);
    let seen = own.values(id).unwrap().unwrap();
    own.amend(id, "x", &titled("edit", None), &seen, Some(&edit))
        .unwrap();
    assert_eq!(own.drafts().unwrap(), 0);
}

#[test]
fn late_and_due_today_are_counted_by_day() {
    let memory = own();
    let own = memory.own();
    for due in [Some(20), Some(24), Some(24), Some(25), None] {
        own.add(&titled("x", due)).unwrap();
    }
    let at = Moment::at(day(24), chrono::NaiveTime::from_hms_opt(9, 0, 0).unwrap());
    let mut timed = titled("timed", None);
    timed.insert("due", Some(Value::Moment(at)));
    own.add(&timed).unwrap();
    assert_eq!(own.due_counts(day(24)).unwrap(), (1, 3));
}

/// A desk on disk.
fn on_disk() -> (tempfile::TempDir, Desk) {
    let home = tempfile::tempdir().unwrap();
    let places = crate::store::Places {
        data: home.path().join("data"),
    };
    let desk = Desk::create_demo(&places, "Ann").unwrap();
    (home, desk)
}

#[test]
fn a_backup_of_ones_own_tasks_is_put_back_as_one_step_and_thinned_out_like_any() {
    let (_home, desk) = on_disk();
    assert!(desk.is_own_backed_up().unwrap(), "there is nothing");
    let own = desk.own();
    let first = own.add(&titled("Network meeting", Some(23))).unwrap();
    own.add(&titled("NPQ essay", None)).unwrap();
    assert!(!desk.is_own_backed_up().unwrap());
    let (path, _) = desk.back_up_own(None).unwrap();
    assert!(desk.is_own_backed_up().unwrap());
    assert_eq!(desk.own_backups().unwrap()[0].path, path);
    let held = open(&own);

    own.remove(first).unwrap();
    let third = own.add(&titled("Third", None)).unwrap();
    own.change(third, "Tick", |task| task.done_on = Some(day(24)))
        .unwrap();
    let present = (open(&own), own.done_tasks(day(1)).unwrap());
    let copy = desk.open_own_backup(&path, None).unwrap();
    assert_eq!((copy.tasks(), own.differing(&copy).unwrap()), (2, 2));
    own.restore(&copy).unwrap();
    assert_eq!(open(&own), held);
    assert!(own.done_tasks(day(1)).unwrap().is_empty());
    assert!(desk.is_own_backed_up().unwrap(), "as the backup has it");
    assert_eq!(
        own.reverse(false).unwrap(),
        "Restore a backup of your own tasks"
    );
    assert_eq!((open(&own), own.done_tasks(day(1)).unwrap()), present);
    // Many on one day: the last one stays, and it alone of that day.
    for _ in 0..3 {
        desk.back_up_own(None).unwrap();
    }
    assert_eq!(desk.own_backups().unwrap().len(), 1);
}

#[test]
fn with_the_clock_behind_the_backup_just_made_stays_and_is_the_newest_after_that_too() {
    let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
    let clock = Stopped::at(at("2026-11-24T10:00:00Z"));
    let (_home, desk) = on_disk();
    desk.own().add(&titled("one", None)).unwrap();
    let (first, _) = desk.back_up_own(None).unwrap();
    clock.put(at("2020-02-29T10:00:00Z"));
    desk.own().add(&titled("two", None)).unwrap();
    let (second, thinned) = desk.back_up_own(None).unwrap();
    assert_eq!((thinned.removed, thinned.ahead), (0, 1));
    let listed = || -> Vec<_> {
        let all = desk.own_backups().unwrap().into_iter();
        all.map(|one| (one.path, one.is_ahead)).collect()
    };
    assert_eq!(listed(), [(second.clone(), false), (first.clone(), true)]);
    assert!(desk.is_own_backed_up().unwrap());
    clock.put(at("2026-11-25T10:00:00Z"));
    assert_eq!(listed(), [(second.clone(), false), (first, false)]);
    // One that lies ahead is no backup to rely upon.
    clock.put(at("2019-01-01T10:00:00Z"));
    assert!(!desk.is_own_backed_up().unwrap());
}

#[test]
fn a_backup_of_ones_own_tasks_goes_to_another_desk_by_its_phrase_and_holds_no_schools_key() {
    let (home, mut desk) = on_disk();
    let school = crate::domain::school::School::read("Oakfield", "OAK", None, None, None).unwrap();
    desk.add_school(&school).unwrap();
    desk.own().add(&titled("Network meeting", None)).unwrap();
    let path = home.path().join("own.db");
    desk.back_up_own(Some(&path)).unwrap();
    let phrase = desk.backup_phrase().unwrap();
    let (conn, _) = file::open_locked(&path, &phrase, &schema::DESK, "").unwrap();
    let count = |table: &str| -> i64 {
        let sql = format!("SELECT count(*) FROM {table}");
        conn.query_row(&sql, [], |row| row.get(0)).unwrap()
    };
    assert_eq!((count("school"), count("desk"), count("task")), (0, 0, 1));
    assert!(matches!(
        desk.back_up_own(Some(&path)),
        Err(Error::InTheWay { .. })
    ));

    let (_other_home, other) = on_disk();
    assert!(matches!(
        other.open_own_backup(&path, None),
        Err(Error::WrongPhrase { .. })
    ));
    let copy = other.open_own_backup(&path, Some(&phrase)).unwrap();
    other.own().restore(&copy).unwrap();
    assert_eq!(open(&other.own()), open(&desk.own()));
}

#[test]
fn a_backup_of_ones_own_tasks_with_any_page_damaged_is_refused() {
    let (home, desk) = on_disk();
    desk.own().add(&titled("Network meeting", None)).unwrap();
    let path = home.path().join("own.db");
    desk.back_up_own(Some(&path)).unwrap();
    let whole = std::fs::read(&path).unwrap();
    for at in (0..whole.len()).step_by(1_021) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        std::fs::write(&path, &bytes).unwrap();
        let opened = desk.open_own_backup(&path, None);
        assert!(opened.is_err(), "byte {at} of {}", whole.len());
    }
    std::fs::write(&path, &whole).unwrap();
    desk.open_own_backup(&path, None).unwrap();
}

#[test]
fn a_draft_of_a_task_that_is_done_or_gone_becomes_one_of_a_new_task() {
    let memory = own();
    let own = memory.own();
    let (one, two) = (
        own.add(&titled("one", None)).unwrap(),
        own.add(&titled("two", None)).unwrap(),
    );
    let draft = |title: &str| BTreeMap::from([("title".to_owned(), title.to_owned())]);
    for (id, title) in [(one, "more of one"), (two, "more of two")] {
        own.keep_draft(None, Some(id), &draft(title), true).unwrap();
    }
    let texts = |of| own.draft(of).unwrap().map(|draft| draft.texts);
    assert_eq!((own.drafts().unwrap(), texts(None)), (2, None));
    own.remove(one).unwrap();
    own.reverse(false).unwrap();
    assert_eq!(
        texts(Some(one)),
        Some(draft("more of one")),
        "it came back with the row"
    );
    own.reverse(true).unwrap();
    assert_eq!(own.drafts().unwrap(), 2);
    assert_eq!(texts(None), Some(draft("more of one")));
    // One at a time: what is there already is not written over.
    own.change(two, "Tick", |task| task.done_on = Some(day(24)))
        .unwrap();
    assert_eq!(own.drafts().unwrap(), 1);
    assert_eq!(texts(None), Some(draft("more of one")));
    assert_eq!(texts(Some(two)), Some(draft("more of two")));
}

#[test]
fn a_backup_kept_elsewhere_or_removed_does_not_count() {
    let (home, desk) = on_disk();
    desk.own().add(&titled("Network meeting", None)).unwrap();
    desk.back_up_own(Some(&home.path().join("stick.db")))
        .unwrap();
    assert!(!desk.is_own_backed_up().unwrap());
    let (path, _) = desk.back_up_own(None).unwrap();
    assert!(desk.is_own_backed_up().unwrap());
    std::fs::remove_file(path).unwrap();
    assert!(!desk.is_own_backed_up().unwrap());
}

#[test]
fn two_runs_keep_a_draft_each_of_one_form_on_a_task_of_ones_own() {
    let (home, first) = on_disk();
    let places = crate::store::Places {
        data: home.path().join("data"),
    };
    let second = Desk::unlock_demo(&places).unwrap();
    let titles = |desk: &Desk| -> Vec<String> {
        let drafts = desk.own().drafts_of(None).unwrap();
        assert_eq!(desk.own().drafts().unwrap(), drafts.len());
        drafts
            .into_iter()
            .map(|one| one.texts["title"].clone())
            .collect()
    };
    let draft = |title: &str| BTreeMap::from([("title".to_owned(), title.to_owned())]);
    let keep = |desk: &Desk, title: &str, held| {
        desk.own()
            .keep_draft(None, None, &draft(title), held)
            .unwrap()
    };
    let mark = keep(&first, "one", true);
    assert!(titles(&second).is_empty(), "the first is at it");
    keep(&second, "two", true);
    assert_eq!(titles(&first), ["one"]);
    second.own().drop_draft(&mark).unwrap();
    keep(&second, "three", false);
    assert_eq!(titles(&first), ["three"], "left for whoever comes next");
    // Killed: all are offered, and a row of an older version as well.
    drop(second);
    first
        .conn
        .execute(
            "INSERT INTO draft (task, texts, kept_at) VALUES (NULL, '{\"title\":\"old\"}', '2020')",
            [],
        )
        .unwrap();
    assert_eq!(titles(&first), ["three", "two", "old"]);
}
