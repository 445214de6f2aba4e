//! What scripts cannot play of the first run: what is on the desk afterwards, and answers that come late.

use super::super::first_run::Question;
use super::*;
use crate::app::overlay::themes::Entry;
use crate::store;

fn asked(app: &App) -> (Question, String) {
    match &app.state().stage {
        Stage::FirstRun(first) => (first.question, first.input.text().to_owned()),
        other => panic!("no question is asked: {other:?}"),
    }
}

fn two_themes() -> Vec<Entry> {
    let entry = |name: &str| Entry {
        name: name.to_owned(),
        about: String::new(),
        notes: Vec::new(),
    };
    vec![entry("slate"), entry("mono")]
}

/// The desk at the first of the four questions, with two themes to choose from.
fn at_the_four(home: &std::path::Path) -> App {
    let mut app = first_run(home);
    app.setup.themes = two_themes();
    press(&mut app, "enter");
    app
}

/// On to where to begin, or with other keys elsewhere: the name is the login's, term dates wait.
fn answer(app: &mut App, keys: &str) {
    press(app, "enter");
    type_in(app, "Oakfield Primary");
    press(app, keys);
}

fn again(home: &std::path::Path) -> App {
    let mut setup = setup(Jobs::InLine);
    setup.places.data = home.join("desk");
    setup.themes = two_themes();
    let mut app = App::new(setup).unwrap();
    type_in(&mut app, "four words are better");
    press(&mut app, "enter");
    app
}

#[test]
fn the_name_stands_on_steps_and_the_theme_is_the_desks_from_then_on() {
    let home = tempfile::tempdir().unwrap();
    let mut app = at_the_four(home.path());
    type_in(&mut app, "Ms Pratt");
    answer(&mut app, "enter enter 2 down");
    assert_eq!(app.state().theme, "mono", "shown before it is taken");
    press(&mut app, "enter 3 n");
    type_in(&mut app, "Ali");
    press(&mut app, "enter");
    let steps = app.store().unwrap().history(None, 1).unwrap();
    assert_eq!(steps[0].author, "Ms Pratt");
    drop(app);
    assert_eq!(again(home.path()).state().theme, "mono");
}

/// As in every other form.
#[test]
fn up_is_a_day_later_and_page_up_a_week_later_among_the_term_dates() {
    let home = tempfile::tempdir().unwrap();
    let mut app = at_the_four(home.path());
    answer(&mut app, "enter enter 1");
    let first_day = |app: &App| match &app.state().stage {
        Stage::FirstRun(first) => {
            let dates = first.dates.as_ref().unwrap();
            dates.rows[0].blanks[0].input.text().to_owned()
        }
        other => panic!("no question is asked: {other:?}"),
    };
    for (key, day) in [
        ("up", "02/09/2026"),
        ("down", "01/09/2026"),
        ("pgup", "08/09/2026"),
        ("pgdn", "01/09/2026"),
    ] {
        press(&mut app, key);
        assert_eq!(first_day(&app), day, "{key}");
    }
}

#[test]
fn a_theme_that_was_only_looked_at_is_not_kept() {
    let home = tempfile::tempdir().unwrap();
    let mut app = at_the_four(home.path());
    answer(&mut app, "enter enter 2 down ctrl-c");
    assert!(app.ended());
    drop(app);
    assert_eq!(again(home.path()).state().theme, "slate");
}

#[test]
fn what_is_half_typed_when_the_user_leaves_waits_on_the_desk() {
    let home = tempfile::tempdir().unwrap();
    let mut app = at_the_four(home.path());
    type_in(&mut app, "Ms Pratt");
    press(&mut app, "enter");
    type_in(&mut app, "Oakf");
    press(&mut app, "ctrl-c");
    assert!(app.ended());
    drop(app);
    let mut app = again(home.path());
    assert_eq!(asked(&app), (Question::Name, "Ms Pratt".to_owned()));
    press(&mut app, "enter");
    assert_eq!(asked(&app), (Question::School, "Oakf".to_owned()));
}

#[test]
fn a_demo_that_cannot_be_made_leaves_the_question_and_says_so() {
    let home = tempfile::tempdir().unwrap();
    let mut app = at_the_four(home.path());
    // The one of these tests makes nothing.
    answer(&mut app, "enter enter 2 enter 2");
    let Stage::FirstRun(first) = &app.state().stage else {
        panic!("gone")
    };
    assert_eq!(first.question, Question::Begin);
    assert!(first.working.is_none());
    let told = first.fault.as_deref().unwrap_or_default();
    assert!(told.ends_with("Your own desk is as it was."), "{told}");
    press(&mut app, "3");
    assert!(app.store().is_some());
}

/// A signal, unlike the user's own keys, ends the program from within the demo.
#[test]
fn the_demo_leaves_nothing_behind_and_a_signal_ends_it() {
    let home = tempfile::tempdir().unwrap();
    let mut app = at_the_four(home.path());
    app.setup.demo = |places, _, _| {
        let mut desk = store::Desk::create_demo(places, "Demo")?;
        let school = crate::domain::school::School::read("Thistlebeck", "THB", None, None, None);
        desk.add_school(&school.unwrap())
    };
    answer(&mut app, "enter enter 2 enter 2");
    assert!(app.state().school.demo);
    let folder = app.setup.places.data.clone();
    assert!(folder.exists() && folder != home.path().join("desk"));
    press(&mut app, "q q");
    assert!(!app.ended() && !folder.exists());
    assert_eq!(app.setup.places.data, home.path().join("desk"));
    press(&mut app, "2");
    app.event(super::super::event::Event::Quit);
    assert!(app.ended());
}
