//! The user's own tasks on the day across schools: they are in no school, and no verb of theirs reaches one.

use super::schools::{THREE, again, several};
use super::*;
use crate::domain::form::Value;
use crate::domain::task::Task;

/// The tasks of the user's own as they stand in the desk's file.
fn on_file(app: &App) -> Vec<Task> {
    let own = app.own().unwrap();
    let mut lines = own.open_tasks().unwrap();
    lines.extend(own.done_tasks(NaiveDate::default()).unwrap());
    lines.into_iter().map(|line| line.task).collect()
}

/// How many tasks the schools hold.
fn at_schools(app: &mut App) -> usize {
    let places = 0..app.kept.len();
    places
        .map(|place| app.store_of(place).unwrap().open_tasks().unwrap().len())
        .sum()
}

fn form(app: &App) -> &crate::app::form::Form {
    match app.state().overlays.last() {
        Some(Overlay::Form(form)) => form,
        other => panic!("no form: {other:?}"),
    }
}

/// A desk with a task of the user's own, due today.
fn with_one(home: &std::path::Path) -> App {
    let mut app = several(home, &THREE);
    press(&mut app, "0 t 0");
    type_in(&mut app, "Network meeting");
    press(&mut app, "tab t enter");
    app
}

#[test]
fn a_task_of_ones_own_is_asked_for_behind_the_schools_and_lies_in_none() {
    let home = tempfile::tempdir().unwrap();
    let mut app = several(home.path(), &THREE);
    press(&mut app, "0 t 0");
    let open = form(&app);
    assert_eq!(open.title, "New task: your own, at no school");
    assert!(open.blank("pupil").is_none(), "no child can be named");
    type_in(&mut app, "Network meeting");
    press(&mut app, "tab");
    type_in(&mut app, "t");
    press(&mut app, "enter");
    assert_eq!(said(&app), "Added task, your own, due today   u undo");
    assert_eq!(at_schools(&mut app), 0);
    let task = on_file(&app).remove(0);
    assert_eq!((task.title.as_str(), task.pupil), ("Network meeting", None));
    assert_eq!((app.state().day.due_today, app.state().day.shown()), (1, 1));
}

#[test]
fn its_row_is_ticked_moved_made_urgent_edited_and_removed_and_each_is_taken_back() {
    let home = tempfile::tempdir().unwrap();
    let mut app = with_one(home.path());
    let day = |d| NaiveDate::from_ymd_opt(2026, 11, d).unwrap();
    press(&mut app, "x");
    assert_eq!(said(&app), "Done: \"Network meeting\", your own   u undo");
    assert_eq!(on_file(&app)[0].done_on, Some(day(23)));
    assert_eq!(app.state().day.due_today, 0);
    press(&mut app, "x ! >");
    let task = on_file(&app).remove(0);
    assert_eq!(
        (task.done_on, task.urgent, task.due.unwrap().day),
        (None, true, day(30))
    );
    press(&mut app, "d");
    type_in(&mut app, "fri");
    press(&mut app, "enter");
    assert_eq!(
        said(&app),
        "\"Network meeting\" is due Fri 27 Nov, your own   u undo"
    );
    assert_eq!(on_file(&app)[0].due.unwrap().day, day(27));
    press(&mut app, "enter");
    assert_eq!(form(&app).title, "Task: your own, at no school");
    type_in(&mut app, " in Leeds");
    press(&mut app, "enter");
    assert_eq!(on_file(&app)[0].title, "Network meeting in Leeds");
    press(&mut app, "D");
    assert_eq!(said(&app), "Removed: 1 task of your own   u undo");
    assert!(on_file(&app).is_empty() && app.state().day.shown() == 0);
    for _ in 0..8 {
        press(&mut app, "u");
        assert!(said(&app).starts_with("Taken back: "), "{}", said(&app));
    }
    assert!(on_file(&app).is_empty(), "not added yet");
    press(&mut app, "u");
    assert_eq!(said(&app), "There is nothing of yours to take back.");
    for _ in 0..7 {
        press(&mut app, "U");
    }
    assert_eq!(on_file(&app)[0].title, "Network meeting in Leeds");
}

#[test]
fn what_leads_to_a_school_or_a_child_stays_on_the_day() {
    let home = tempfile::tempdir().unwrap();
    let mut app = with_one(home.path());
    let before = on_file(&app);
    for keys in ["g p", "g t", "R", "y p", "y n", "y w"] {
        press(&mut app, keys);
        assert!(app.state().all && app.state().overlays.is_empty(), "{keys}");
        assert!(app.state().flash.is_some(), "{keys}");
    }
    assert_eq!(on_file(&app), before);
    // Of what needs a school it is asked which; the user's own is none.
    press(&mut app, "c p");
    match app.state().overlays.last() {
        Some(Overlay::Schools(open)) => assert_eq!((open.rows.len(), open.picked('0')), (3, None)),
        other => panic!("not asked: {other:?}"),
    }
}

#[test]
fn undo_on_the_day_takes_back_the_last_act_wherever_it_was() {
    let home = tempfile::tempdir().unwrap();
    let mut app = with_one(home.path());
    press(&mut app, "0 t 2");
    type_in(&mut app, "Ring");
    press(&mut app, "tab t enter 0");
    press(&mut app, "G x");
    assert_eq!(said(&app), "Done: \"Network meeting\", your own   u undo");
    let mut told = Vec::new();
    for _ in 0..3 {
        press(&mut app, "u");
        told.push(said(&app).to_owned());
    }
    assert!(
        told[0].contains("Tick task \"Network meeting\", your own"),
        "{told:?}"
    );
    assert!(told[1].contains("at STB"), "{told:?}");
    assert!(told[2].contains("Add task, your own"), "{told:?}");
    assert!(on_file(&app).is_empty());
    assert_eq!(at_schools(&mut app), 0);
}

#[test]
fn a_form_of_ones_own_comes_back_after_a_lock_and_its_draft_after_a_kill() {
    let home = tempfile::tempdir().unwrap();
    let mut app = several(home.path(), &THREE);
    press(&mut app, "0 t 0");
    type_in(&mut app, "NPQ essay");
    press(&mut app, "ctrl-l");
    assert!(app.own().is_none(), "nothing of the desk is open");
    press(&mut app, "enter");
    assert!(app.state().all);
    assert_eq!(form(&app).blank("title").unwrap().input.text(), "NPQ essay");
    app.event(Event::Pause);
    drop(app);
    // Another start: the day says that it is kept, and the same keys bring it back.
    let mut app = again(home.path());
    press(&mut app, "0");
    assert!(
        said(&app).starts_with("A draft of a task of your own is kept: t 0"),
        "{}",
        said(&app)
    );
    press(&mut app, "t 0");
    assert_eq!(form(&app).blank("title").unwrap().input.text(), "NPQ essay");
    press(&mut app, "enter");
    assert_eq!(on_file(&app)[0].title, "NPQ essay");
    press(&mut app, "t 0");
    assert_eq!(
        form(&app).blank("title").unwrap().input.text(),
        "",
        "the draft went with it"
    );
}

#[test]
fn a_save_over_what_another_session_changed_shows_both_and_asks() {
    let home = tempfile::tempdir().unwrap();
    let mut app = with_one(home.path());
    press(&mut app, "e");
    type_in(&mut app, " in Leeds");
    let id = on_file(&app)[0].id;
    let other = again(home.path());
    let own = other.own().unwrap();
    own.change(id, "x", |task| {
        "Network meeting moved".clone_into(&mut task.title);
    })
    .unwrap();
    press(&mut app, "enter");
    let open = form(&app);
    assert_eq!(open.newer[0].now, "Network meeting moved");
    assert_eq!(open.newer[0].yours, "Network meeting in Leeds");
    press(&mut app, "enter");
    assert_eq!(
        on_file(&app)[0].title,
        "Network meeting moved",
        "not without a word"
    );
    press(&mut app, "tab enter");
    assert_eq!(on_file(&app)[0].title, "Network meeting in Leeds");
}

#[test]
fn words_typed_at_a_row_that_goes_come_back_with_it_or_as_a_new_task() {
    let home = tempfile::tempdir().unwrap();
    let mut app = with_one(home.path());
    press(&mut app, "e");
    type_in(&mut app, " in Leeds");
    press(&mut app, "esc D u e");
    assert_eq!(
        form(&app).blank("title").unwrap().input.text(),
        "Network meeting in Leeds",
        "the draft came back with the row"
    );
    press(&mut app, "esc x 0");
    assert!(
        said(&app).starts_with("A draft of a task of your own is kept: t 0"),
        "{}",
        said(&app)
    );
    press(&mut app, "t 0");
    assert_eq!(
        form(&app).blank("title").unwrap().input.text(),
        "Network meeting in Leeds",
        "no row would have shown it"
    );
}

#[test]
fn what_another_session_saves_shows_on_the_day_and_a_row_ticked_here_stays() {
    let home = tempfile::tempdir().unwrap();
    let mut app = with_one(home.path());
    let files: Vec<_> = app.watched();
    assert_eq!(files.len(), 4, "three schools and the desk: {files:?}");
    press(&mut app, "x");
    app.event(Event::Changed);
    assert_eq!(app.state().day.shown(), 1, "it stays where it is");
    let other = again(home.path());
    other
        .own()
        .unwrap()
        .add(&values(&[("title", "From elsewhere")]))
        .unwrap();
    // Something done here in between does not hide it.
    press(&mut app, "x x");
    app.event(Event::Changed);
    let titles: Vec<String> = app
        .state()
        .day
        .rows
        .iter()
        .filter_map(|row| app.state().day.entry(*row))
        .map(|entry| entry.line.task.title.clone())
        .collect();
    assert!(titles.contains(&"From elsewhere".to_owned()), "{titles:?}");
    press(&mut app, "1");
    assert_eq!(
        app.watched().len(),
        2,
        "the school's file and the desk's own"
    );
}

#[test]
fn a_damaged_page_of_ones_own_tasks_leaves_the_schools_in_sight() {
    let home = tempfile::tempdir().unwrap();
    let mut app = with_one(home.path());
    press(&mut app, "0 t 2");
    type_in(&mut app, "Ring");
    press(&mut app, "tab t enter");
    for _ in 0..60 {
        let long = values(&[("title", &"words ".repeat(30))]);
        app.own().unwrap().add(&long).unwrap();
    }
    drop(app);
    let path = home.path().join("desk.db");
    let mut bytes = std::fs::read(&path).unwrap();
    // The list of schools lies on the first pages.
    for page in bytes.chunks_mut(4_096).skip(14) {
        page[2_000] ^= 0x55;
    }
    std::fs::write(&path, bytes).unwrap();
    let mut app = again(home.path());
    press(&mut app, "0");
    assert_eq!(
        said(&app),
        "Your own tasks could not be read: they are not shown here."
    );
    assert_eq!(
        (app.state().day.missing.clone(), app.state().day.shown()),
        (vec!["ME".to_owned()], 1)
    );
    press(&mut app, "x");
    assert!(said(&app).contains("at STB"), "{}", said(&app));
}

#[test]
fn words_that_could_not_be_stored_at_a_lock_are_in_the_form_again_whatever_happened_to_its_task() {
    let home = tempfile::tempdir().unwrap();
    let mut app = with_one(home.path());
    press(&mut app, "e");
    type_in(&mut app, " in Leeds");
    // No table for the draft, nor for the task once the desk is opened again.
    app.desk.as_ref().unwrap().take_back_shape().unwrap();
    press(&mut app, "ctrl-l");
    match &app.state().stage {
        Stage::Locked(lock) => {
            let told = lock.fault.as_deref().unwrap_or_default();
            assert!(told.contains("held in memory until you unlock"), "{told}");
        }
        other => panic!("not locked: {other:?}"),
    }
    press(&mut app, "enter");
    assert!(app.state().all && on_file(&app).is_empty());
    let open = form(&app);
    assert_eq!(open.title, "New task: your own, at no school");
    assert_eq!(
        open.blank("title").unwrap().input.text(),
        "Network meeting in Leeds"
    );
    press(&mut app, "enter");
    assert_eq!(on_file(&app)[0].title, "Network meeting in Leeds");
}

#[test]
fn days_are_read_with_the_terms_of_the_school_the_day_was_shown_from() {
    let home = tempfile::tempdir().unwrap();
    let mut app = several(home.path(), &THREE);
    let day = |d| Value::Date(NaiveDate::from_ymd_opt(2026, 12, d).unwrap());
    let mut term = values(&[("name", "Autumn 2")]);
    term.insert("starts", Some(day(1)));
    term.insert("ends", Some(day(18)));
    let store = app.store_mut().unwrap();
    store
        .step("Term", |writer| writer.add(Kind::Term, &term))
        .unwrap();
    for keys in ["0 t 0", "0 d esc t 0"] {
        press(&mut app, keys);
        type_in(&mut app, "Report to governors");
        press(&mut app, "tab");
        type_in(&mut app, "eot");
        press(&mut app, "enter");
        assert_eq!(
            said(&app),
            "Added task, your own, due Fri 18 Dec   u undo",
            "after {keys}"
        );
    }
}
