//! The queue: what is open, what was done, what was put off.

use super::*;
use crate::domain::task::Line;

fn moment(text: &str) -> Option<Moment> {
    Moment::from_stored(text)
}

fn task(store: &mut Store, title: &str, due: &str) -> TaskId {
    TaskId(add(store, Kind::Task, &[("title", title), ("due", due)]))
}

fn ids(lines: &[Line]) -> Vec<i64> {
    let mut ids: Vec<i64> = lines.iter().map(|line| line.task.id.0).collect();
    ids.sort_unstable();
    ids
}

#[test]
fn open_tasks_and_their_counts_leave_out_what_is_done_or_in_the_bin() {
    let mut store = store();
    let late = task(&mut store, "late", "2026-11-22T16:00");
    task(&mut store, "today", "2026-11-23");
    task(&mut store, "today at nine", "2026-11-23T09:00");
    task(&mut store, "tomorrow", "2026-11-24");
    let someday = task(&mut store, "someday", "");
    let done = task(&mut store, "done", "2026-11-20");
    let binned = task(&mut store, "binned", "2026-11-23");
    store
        .step("Tick", |w| w.tick(done, Some(on("2026-11-23"))))
        .unwrap();
    store.step("Bin", |w| w.bin(Kind::Task, binned.0)).unwrap();
    assert_eq!(ids(&store.open_tasks().unwrap()), [1, 2, 3, 4, 5]);
    assert_eq!(ids(&store.open_tasks_unnamed().unwrap()), [1, 2, 3, 4, 5]);
    assert_eq!(store.due_counts(on("2026-11-23")).unwrap(), (1, 2));
    assert_eq!(ids(&store.done_tasks(on("2026-11-23")).unwrap()), [done.0]);
    assert!(store.done_tasks(on("2026-11-24")).unwrap().is_empty());
    store.step("Open", |w| w.tick(done, None)).unwrap();
    assert_eq!(store.due_counts(on("2026-11-23")).unwrap(), (2, 2));
    // What is in the bin is touched by nothing but its way out.
    let refused = store.step("Tick", |w| w.tick(binned, None));
    assert!(matches!(refused, Err(Error::NoSuchRecord { id }) if id == "t7"));
    assert_eq!(store.bin().unwrap()[0].title, "binned");
    store
        .step("Restore", |w| w.restore(Kind::Task, binned.0))
        .unwrap();
    assert_eq!(store.due_counts(on("2026-11-23")).unwrap(), (2, 3));
    store
        .step("Urgent", |w| w.set_urgent(someday, true))
        .unwrap();
    assert!(store.task(someday).unwrap().unwrap().urgent);
    assert_eq!(
        store.task(late).unwrap().unwrap().due,
        moment("2026-11-22T16:00")
    );
}

#[test]
fn a_later_day_is_counted_as_put_off_and_nothing_else_is() {
    let mut store = store();
    let id = task(&mut store, "Book hall", "2026-11-23");
    let mut carried = Vec::new();
    for due in [
        "2026-11-25",
        "2026-11-25T10:00",
        "2026-11-24",
        "",
        "2026-12-01",
        "2026-12-02",
    ] {
        store.step("Move", |w| w.move_due(id, moment(due))).unwrap();
        carried.push(store.task(id).unwrap().unwrap().carried);
    }
    assert_eq!(carried, [1, 1, 1, 1, 1, 2]);
    // The form's box is the same thing.
    let values = texts(&[("due", "2026-12-09")]);
    store
        .step("Change", |w| w.amend(Kind::Task, id.0, &values, None))
        .unwrap();
    assert_eq!(store.task(id).unwrap().unwrap().carried, 3);
    store.undo().unwrap();
    assert_eq!(store.task(id).unwrap().unwrap().carried, 2);
}

#[test]
fn the_follow_up_of_an_entry_about_several_children_is_every_ones() {
    let mut store = store();
    for surname in ["Okafor", "Ali", "Obi"] {
        add(&mut store, Kind::Pupil, &[("surname", surname)]);
    }
    let entry = [
        ("pupils", "p1, p2"),
        ("kind", "note"),
        ("at", "2026-11-23"),
        ("text", "Both moved"),
        ("follow_up", "2026-11-24"),
    ];
    add(&mut store, Kind::Contact, &entry);
    add(
        &mut store,
        Kind::Task,
        &[("title", "Ring"), ("pupil", "2"), ("due", "2026-11-23")],
    );
    let of = |store: &Store, pupil: i64| -> Vec<i64> {
        let lines = store.tasks_of(PupilId(pupil)).unwrap();
        lines.iter().map(|line| line.task.id.0).collect()
    };
    assert_eq!(of(&store, 1), [1]);
    assert_eq!(of(&store, 2), [2, 1]);
    assert_eq!(of(&store, 3), [0_i64; 0]);
    let follow = store.task(TaskId(1)).unwrap().unwrap();
    assert_eq!(follow.pupil, None);
    let about = store.pupils_of_task(&follow).unwrap();
    assert_eq!(about, [PupilId(1), PupilId(2)]);
    store
        .step("Bin", |writer| writer.bin(Kind::Task, 1))
        .unwrap();
    assert_eq!(of(&store, 1), [0_i64; 0]);
}

#[test]
fn a_childs_tasks_are_told_with_the_child_open_ones_first() {
    let mut store = store();
    aisha(&mut store);
    let mut of_aisha = |due: &str| {
        let pairs = [("title", "Ring"), ("pupil", "1"), ("due", due)];
        TaskId(add(&mut store, Kind::Task, &pairs))
    };
    let (someday, soon, done) = (of_aisha(""), of_aisha("2026-11-24"), of_aisha("2026-11-01"));
    task(&mut store, "Nobody's", "");
    store
        .step("Tick", |w| w.tick(done, Some(on("2026-11-02"))))
        .unwrap();
    let lines = store.tasks_of(PupilId(1)).unwrap();
    let order: Vec<TaskId> = lines.iter().map(|line| line.task.id).collect();
    assert_eq!(order, [soon, someday, done]);
    assert_eq!(
        lines[0].about.as_ref().unwrap().listed_name(),
        "Okafor, Aisha"
    );
    assert_eq!(store.task_line(soon).unwrap(), Some(lines[0].clone()));
    assert_eq!(store.owner(Kind::Task, 4).unwrap(), None);
    // No longer about a child, and about one who is not there.
    let amend = |store: &mut Store, pupil: &str| {
        let values = texts(&[("pupil", pupil)]);
        store.step("Change", |w| w.amend(Kind::Task, soon.0, &values, None))
    };
    amend(&mut store, "").unwrap();
    assert_eq!(store.task_line(soon).unwrap().unwrap().about, None);
    assert!(matches!(
        amend(&mut store, "9"),
        Err(Error::NoSuchRecord { .. })
    ));
    let last = store.history(None, 1).unwrap()[0].id;
    assert_eq!(store.touched(last).unwrap(), [(Kind::Task, soon.0, None)]);
}

#[test]
fn tasks_read_without_child_and_source_are_the_same_once_they_are_named() {
    let mut store = store();
    aisha(&mut store);
    add(&mut store, Kind::Pupil, &[("surname", "Ali")]);
    for pupils in ["p1", "p1, p2"] {
        let call = [
            ("pupils", pupils),
            ("kind", "phone"),
            ("at", "2026-11-20"),
            ("text", "Rang"),
            ("follow_up", "2026-11-24"),
        ];
        add(&mut store, Kind::Contact, &call);
    }
    add(&mut store, Kind::Task, &[("title", "Ring"), ("pupil", "1")]);
    task(&mut store, "Nobody's", "2026-11-25");
    let mut lines = store.open_tasks_unnamed().unwrap();
    assert_eq!(lines.len(), 4);
    let bare = |line: &Line| line.about.is_none() && line.from.is_none();
    assert!(lines.iter().all(bare));
    store.name_tasks(&mut lines).unwrap();
    assert_eq!(lines.iter().filter(|line| bare(line)).count(), 1);
    let by_id = |mut lines: Vec<Line>| {
        lines.sort_by_key(|line| line.task.id);
        lines
    };
    assert_eq!(by_id(lines), by_id(store.open_tasks().unwrap()));
}
