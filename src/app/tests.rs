//! What scripts cannot play: answers that come late, saves that cross, workers that fall over.

use super::event::Event;
use super::job::{Jobs, Message};
use super::key::Key;
use super::keymap::Keymap;
use super::overlay::Overlay;
use super::state::Stage;
use super::{App, Setup};
use crate::domain::batch::Plan;
use crate::domain::form::{Kind, Value, Values};
use crate::store::{Author, Places, Store};
use chrono::{NaiveDate, NaiveTime};
use std::collections::HashMap;
use std::sync::mpsc::channel;
use std::time::Duration;

mod copy;
mod day;
mod desk;
mod diary;
mod draft;
mod early;
mod first_run;
mod kinds;
mod marks;
mod meeting;
mod own;
mod past;
mod queue;
mod runs;
mod schools;
mod sessions;
mod stray;
mod themes;
mod walk;
mod whom;

fn setup(jobs: Jobs) -> Setup {
    Setup {
        places: Places {
            data: std::path::PathBuf::new(),
        },
        today: NaiveDate::from_ymd_opt(2026, 11, 23).unwrap(),
        working_date: None,
        invented: false,
        time: NaiveTime::default,
        local: |at| at.naive_utc(),
        school: None,
        theme: "slate".to_owned(),
        themes: Vec::new(),
        colourless: false,
        keymap: Keymap::default(),
        login: "test".to_owned(),
        idle: None,
        demo: |_, _, _| Ok(()),
        jobs,
        paths: Vec::new(),
        notes: Vec::new(),
    }
}

fn author(name: &str) -> Author {
    Author {
        name: name.to_owned(),
        login: "test".to_owned(),
        working_date: None,
    }
}

fn values(texts: &[(&'static str, &str)]) -> Values {
    texts
        .iter()
        .map(|(name, value)| (*name, Some(Value::Text((*value).to_owned()))))
        .collect()
}

/// A desk over a school with one pupil, Aisha Okafor of 5B.
fn desk(jobs: Jobs) -> App {
    let mut store = Store::memory(author("Ms Pratt")).unwrap();
    let pupil = values(&[
        ("surname", "Okafor"),
        ("forename", "Aisha"),
        ("class", "5B"),
    ]);
    store
        .step("New pupil", |writer| writer.add(Kind::Pupil, &pupil))
        .unwrap();
    let mut app = App::over(setup(jobs), store).unwrap();
    app.event(Event::Resize(80, 24));
    press(&mut app, "1");
    app
}

fn press(app: &mut App, keys: &str) {
    for key in keys.split(' ') {
        app.event(Event::Key(key.parse::<Key>().unwrap()));
        app.take_dirty();
    }
}

fn type_in(app: &mut App, words: &str) {
    for c in words.chars() {
        app.event(Event::Key(Key::char(c)));
    }
}

fn said(app: &App) -> &str {
    app.state()
        .flash
        .as_ref()
        .map_or("", |flash| flash.text.as_str())
}

fn open_import(app: &mut App) {
    press(app, ":");
    type_in(app, "import");
    press(app, "enter");
}

#[test]
fn a_plan_that_was_given_up_is_dropped() {
    let mut app = desk(Jobs::InLine);
    open_import(&mut app);
    let late = Message::Planned {
        job: 7,
        outcome: Ok((Plan::default(), HashMap::new())),
    };
    app.event(Event::Job(Box::new(late)));
    assert!(
        matches!(app.state().overlays.last(), Some(Overlay::Path(_))),
        "the late plan was shown"
    );
}

#[test]
fn enter_never_applies_a_plan() {
    let mut app = desk(Jobs::InLine);
    open_import(&mut app);
    type_in(&mut app, "tests/data/import/sims_report.csv");
    press(&mut app, "enter enter enter");
    assert!(matches!(
        app.state().overlays.last(),
        Some(Overlay::Plan(_))
    ));
    assert_eq!(app.store().unwrap().all_lines().unwrap().len(), 1);
}

#[test]
fn a_worker_that_falls_over_says_so_and_nothing_waits() {
    let (sender, receiver) = channel();
    let jobs = Jobs::Threads(sender);
    assert!(jobs.run(|| panic!("a fault of ours")).is_none());
    let event = receiver.recv_timeout(Duration::from_secs(20)).unwrap();
    let mut app = desk(Jobs::InLine);
    open_import(&mut app);
    app.event(event);
    assert!(
        said(&app).starts_with("That could not be done"),
        "{}",
        said(&app)
    );
}

/// An edit left half-way keeps only what was typed, and what was on file then: a change made meanwhile elsewhere
/// is neither taken back nor overwritten.
#[test]
fn a_draft_takes_nothing_back_that_was_changed_meanwhile() {
    let mut app = desk(Jobs::InLine);
    press(&mut app, "e ctrl-u");
    type_in(&mut app, "Okafor-Ali");
    press(&mut app, "esc");
    let store = app.store.as_mut().unwrap();
    let elsewhere = values(&[("class", "6W")]);
    store
        .step("Change", |writer| {
            writer.amend(Kind::Pupil, 1, &elsewhere, None)
        })
        .unwrap();
    press(&mut app, "e enter");
    let lines = app.store().unwrap().all_lines().unwrap();
    assert_eq!(lines[0].pupil.surname, "Okafor-Ali");
    assert_eq!(lines[0].pupil.class.as_deref(), Some("6W"));
}

#[test]
fn a_draft_over_a_field_that_was_changed_meanwhile_is_refused_and_kept() {
    let mut app = desk(Jobs::InLine);
    press(&mut app, "e ctrl-u");
    type_in(&mut app, "Okafor-Ali");
    press(&mut app, "esc");
    let store = app.store.as_mut().unwrap();
    let elsewhere = values(&[("surname", "Okoye")]);
    store
        .step("Change", |writer| {
            writer.amend(Kind::Pupil, 1, &elsewhere, None)
        })
        .unwrap();
    press(&mut app, "e enter");
    assert_eq!(
        app.store().unwrap().all_lines().unwrap()[0].pupil.surname,
        "Okoye"
    );
    let Some(Overlay::Form(form)) = app.state().overlays.last() else {
        panic!("the form is gone")
    };
    assert_eq!((form.newer.len(), form.faults.len()), (1, 0));
    // Starting afresh shows what is on file now, and that can be changed.
    press(&mut app, "ctrl-t ctrl-u");
    type_in(&mut app, "Okafor");
    press(&mut app, "enter");
    assert_eq!(
        app.store().unwrap().all_lines().unwrap()[0].pupil.surname,
        "Okafor"
    );
}

/// Two sessions, one form each: the second is shown what the first saved, and nothing is lost by a key held too long.
#[test]
fn a_save_over_a_record_that_changed_meanwhile_shows_both_and_asks() {
    let both = [("surname", "Okoye"), ("class", "6W")];
    let open = || {
        let mut app = desk(Jobs::InLine);
        press(&mut app, "e ctrl-u");
        type_in(&mut app, "Okafor-Ali");
        let elsewhere = values(&both);
        let store = app.store.as_mut().unwrap();
        store
            .step("Change", |writer| {
                writer.amend(Kind::Pupil, 1, &elsewhere, None)
            })
            .unwrap();
        press(&mut app, "enter enter enter");
        app
    };
    let on_file = |app: &App| {
        let pupil = &app.store().unwrap().all_lines().unwrap()[0].pupil;
        (pupil.surname.clone(), pupil.class.clone().unwrap())
    };
    let told = |surname: &str| (surname.to_owned(), "6W".to_owned());
    let mut app = open();
    assert_eq!(on_file(&app), told("Okoye"));
    let Some(Overlay::Form(form)) = app.state().overlays.last() else {
        panic!("the form is gone")
    };
    assert_eq!(
        (form.newer[0].now.as_str(), form.newer[0].yours.as_str()),
        ("Okoye", "Okafor-Ali")
    );
    assert_eq!(form.blank("class").unwrap().input.text(), "6W");
    press(&mut app, "tab enter");
    assert_eq!(on_file(&app), told("Okafor-Ali"));
    // What the other session saved is a step of its own: taking ours back brings it.
    press(&mut app, "u");
    assert_eq!(on_file(&app), told("Okoye"));
    let mut app = open();
    press(&mut app, "ctrl-t enter");
    assert_eq!(on_file(&app), told("Okoye"));
    assert!(app.state().overlays.is_empty());
}

#[test]
fn history_names_only_the_fields_that_changed() {
    let mut app = desk(Jobs::InLine);
    press(&mut app, "e ctrl-u");
    type_in(&mut app, "Okoye");
    press(&mut app, "enter");
    let steps = app.store().unwrap().history(None, 1).unwrap();
    assert_eq!(steps[0].label, "Change pupil p1: surname");
}

fn first_run(home: &std::path::Path) -> App {
    let mut setup = setup(Jobs::InLine);
    setup.places.data = home.join("desk");
    let mut app = App::new(setup).unwrap();
    for words in ["four words are better", "four words are better"] {
        type_in(&mut app, words);
        press(&mut app, "enter");
    }
    app
}

/// Answers the four questions after the codes, term dates later, and starts with an empty register.
fn answer_four(app: &mut App) {
    press(app, "enter");
    for words in ["Ms Pratt", "Oakfield Primary"] {
        type_in(app, words);
        press(app, "enter");
    }
    press(app, "enter 2 enter 3");
}

#[test]
fn the_codes_shown_once_come_back_after_a_lock_until_they_are_written_down() {
    let home = tempfile::tempdir().unwrap();
    let mut app = first_run(home.path());
    let shown = |app: &App| match &app.state().stage {
        Stage::FirstRun(first) => first.shown.clone(),
        _ => None,
    };
    let before = shown(&app).unwrap();
    press(&mut app, "ctrl-l");
    assert!(matches!(app.state().stage, Stage::Locked(_)));
    type_in(&mut app, "four words are better");
    press(&mut app, "enter");
    assert!(shown(&app) == Some(before), "the codes are lost");
}

#[test]
fn a_form_for_several_comes_back_for_all_of_them_after_a_lock() {
    let home = tempfile::tempdir().unwrap();
    let mut app = first_run(home.path());
    answer_four(&mut app);
    for name in ["Ali", "Begum", "Chan"] {
        press(&mut app, "n");
        type_in(&mut app, name);
        press(&mut app, "enter");
    }
    press(&mut app, "* b s");
    type_in(&mut app, "k");
    press(&mut app, "ctrl-l");
    type_in(&mut app, "four words are better");
    press(&mut app, "enter enter");
    let lines = app.store().unwrap().all_lines().unwrap();
    assert_eq!(
        lines
            .iter()
            .filter(|line| line.status.as_deref() == Some("K"))
            .count(),
        3
    );
}

/// Two sessions plan the same file: the one that comes second is told, and no child is on file twice.
#[test]
fn a_plan_over_a_register_that_moved_on_is_refused() {
    let mut app = desk(Jobs::InLine);
    open_import(&mut app);
    type_in(&mut app, "tests/data/import/sims_report.csv");
    press(&mut app, "enter");
    let elsewhere = values(&[("surname", "Moss")]);
    app.store
        .as_mut()
        .unwrap()
        .step("New pupil", |writer| writer.add(Kind::Pupil, &elsewhere))
        .unwrap();
    press(&mut app, "y");
    assert!(
        said(&app).contains("Nothing was brought in"),
        "{}",
        said(&app)
    );
    assert_eq!(app.store().unwrap().all_lines().unwrap().len(), 2);
}
