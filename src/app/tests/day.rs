//! The day across schools: whose school a row's verbs write in, what the lock leaves, and what it never shows.

use super::schools::{THREE, command, several};
use super::*;
use crate::domain::moment::Moment;
use crate::store::Store;

/// Three schools with a task each, due today: `Ring about Oakfield` and so on.
fn with_tasks(home: &std::path::Path) -> App {
    let mut app = several(home, &THREE);
    for digit in ["1", "2", "3"] {
        press(&mut app, &format!("s {digit} 4 t"));
        let name = app.state().school.name.clone();
        type_in(&mut app, &format!("Ring about {name}"));
        press(&mut app, "tab t enter");
    }
    app
}

/// The tasks of each school as they stand in its own file.
fn on_file(app: &mut App) -> Vec<Vec<(String, Option<Moment>, bool)>> {
    (0..THREE.len())
        .map(|place| {
            let store: &Store = if app.state().all || app.at != place {
                app.store_of(place).unwrap()
            } else {
                app.store.as_ref().unwrap()
            };
            let done = store.done_tasks(NaiveDate::default()).unwrap();
            let open = store.open_tasks().unwrap();
            let told = |line: &crate::domain::task::Line| {
                let task = &line.task;
                (task.title.clone(), task.due, task.done_on.is_some())
            };
            open.iter().chain(&done).map(told).collect()
        })
        .collect()
}

#[test]
fn a_verb_on_a_row_writes_in_the_rows_own_school_and_names_it() {
    let home = tempfile::tempdir().unwrap();
    let mut app = with_tasks(home.path());
    press(&mut app, "0 j x");
    assert!(said(&app).contains("at STB"), "{}", said(&app));
    let done = |app: &mut App| {
        on_file(app)
            .into_iter()
            .map(|one| one[0].2)
            .collect::<Vec<_>>()
    };
    assert_eq!(done(&mut app), [false, true, false]);
    press(&mut app, "j d");
    type_in(&mut app, "1w");
    press(&mut app, "enter");
    assert!(said(&app).contains("at HLM"), "{}", said(&app));
    let due: Vec<_> = on_file(&mut app)
        .iter()
        .map(|one| one[0].1.unwrap().day)
        .collect();
    let day = |d| NaiveDate::from_ymd_opt(2026, 11, d).unwrap();
    assert_eq!(due, [day(23), day(23), day(30)]);
    // One after another, each where it was done, the last first.
    press(&mut app, "u");
    assert!(said(&app).contains("at HLM"), "{}", said(&app));
    press(&mut app, "u");
    assert!(said(&app).contains("at STB"), "{}", said(&app));
    assert_eq!(done(&mut app), [false, false, false]);
    press(&mut app, "U");
    assert!(said(&app).contains("at STB"), "{}", said(&app));
    assert_eq!(done(&mut app), [false, true, false]);
}

#[test]
fn nothing_is_in_reach_of_a_verb_while_the_day_is_shown() {
    let home = tempfile::tempdir().unwrap();
    let mut app = with_tasks(home.path());
    press(&mut app, "1 0");
    assert!(app.store().is_none() && app.state().register.index.is_empty());
    assert_eq!(app.title(), "sendesk ALL");
    let before = on_file(&mut app);
    let keys = "space;*;v;i;A;S;O;/;b;w;o;z;tab;J;backspace";
    for keys in keys.split(';') {
        press(&mut app, keys);
        assert!(app.state().all && app.state().overlays.is_empty(), "{keys}");
    }
    app.event(Event::Paste("@ao call mum: a paste".to_owned()));
    assert!(said(&app).contains("Nothing was done"), "{}", said(&app));
    assert_eq!(on_file(&mut app), before);
}

#[test]
fn something_new_is_about_the_rows_child_only_in_the_rows_own_school() {
    let home = tempfile::tempdir().unwrap();
    let mut app = with_tasks(home.path());
    let whom = |app: &App| match app.state().overlays.last() {
        Some(Overlay::Form(form)) => form.whom.clone(),
        other => panic!("no form: {other:?}"),
    };
    press(&mut app, "0 c p 1");
    assert!(whom(&app).contains("Oakfield"), "{}", whom(&app));
    press(&mut app, "esc 0 c p 3");
    assert_eq!(whom(&app), "at Holme");
    press(&mut app, "esc 0 a 2");
    match app.state().overlays.last() {
        Some(Overlay::Add(open)) => assert_eq!(open.at_hand, None),
        other => panic!("no add line: {other:?}"),
    }
    assert_eq!(app.title(), "sendesk STB");
}

#[test]
fn the_day_comes_back_after_a_lock_which_leaves_no_name() {
    let home = tempfile::tempdir().unwrap();
    let mut app = with_tasks(home.path());
    press(&mut app, "0 ctrl-l");
    assert!(app.state().day.rows.is_empty() && app.state().day.current().is_none());
    press(&mut app, "enter");
    assert!(app.state().all);
    assert_eq!(app.state().day.shown(), 3);
    press(&mut app, "esc");
    assert_eq!(app.title(), "sendesk HLM");
}

#[test]
fn the_finder_of_the_day_goes_to_the_childs_own_school() {
    let home = tempfile::tempdir().unwrap();
    let mut app = with_tasks(home.path());
    press(&mut app, "0 f");
    type_in(&mut app, "aisha");
    let Some(Overlay::Finder(finder)) = app.state().overlays.last() else {
        panic!("no finder")
    };
    assert_eq!(finder.places, [0, 1, 2]);
    press(&mut app, "2");
    assert_eq!(app.title(), "sendesk STB");
    let Some(Overlay::Record(view)) = app.state().overlays.last() else {
        panic!("no record")
    };
    assert_eq!(view.record.pupil.surname, "Bede");
}

#[test]
fn what_is_due_before_the_next_visit_to_each_school_is_shown_alone_and_all_again() {
    let home = tempfile::tempdir().unwrap();
    let mut app = several(home.path(), &THREE);
    let task = |app: &mut App, title: &str, due: &str| {
        press(app, "4 t");
        type_in(app, title);
        press(app, "tab");
        type_in(app, due);
        press(app, "enter");
        assert!(app.state().overlays.is_empty());
    };
    // A Monday: there again on Thursday, and at the second school on Tuesday.
    task(&mut app, "Ring the nurse", "wed");
    task(&mut app, "Order overlays", "thu");
    press(&mut app, "0 w 1");
    assert!(said(&app).contains("No days of yours"), "{}", said(&app));
    press(&mut app, "s 1");
    command(&mut app, "days mon thu");
    press(&mut app, "s 2");
    command(&mut app, "days tue");
    task(&mut app, "Ask about the hall", "wed");
    press(&mut app, "0 w 1");
    assert!(said(&app).starts_with("Without HLM"), "{}", said(&app));
    let shown = |app: &App| -> Vec<String> {
        let day = &app.state().day;
        let titles = day.rows.iter().filter_map(|row| day.entry(*row));
        titles.map(|entry| entry.line.task.title.clone()).collect()
    };
    assert_eq!(shown(&app), ["Ring the nurse"]);
    press(&mut app, "esc");
    assert_eq!(shown(&app).len(), 3);
}
