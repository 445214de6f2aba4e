//! A paste that the terminal did not mark comes as keys; as text it goes where a paste goes, and nothing of it runs.

use super::diary::school;
use super::{answer_four, first_run, press, said, type_in};
use crate::app::App;
use crate::app::event::Event;
use crate::app::overlay::Overlay;
use crate::app::state::Stage;

/// Lines of commands: undo, bin, tick, quit, a pupil's form, the lock's Enter.
const LINES: &str = "uDx q q\rcn first words\rb s d t m and more\r";

fn stray(app: &mut App) {
    app.event(Event::Stray(LINES.to_owned()));
}

fn steps(app: &App) -> usize {
    let store = app.stores().next().unwrap();
    store.history(None, 99).unwrap().len()
}

#[test]
fn over_a_list_it_is_held_in_the_add_line_and_nothing_runs() {
    for keys in ["1", "2", "3", "4", "1 enter", "c", "q"] {
        let mut app = school();
        press(&mut app, keys);
        let before = steps(&app);
        stray(&mut app);
        let Some(Overlay::Add(open)) = app.state().overlays.last() else {
            panic!("no line after {keys}: {}", said(&app));
        };
        assert_eq!(
            open.input.text(),
            "uDx q q cn first words b s d t m and more"
        );
        assert!(said(&app).contains("nothing was run"), "{}", said(&app));
        assert!(steps(&app) == before && !app.ended());
        // A key that had waited for a second one does not take the next.
        type_in(&mut app, "p");
        let Some(Overlay::Add(open)) = app.state().overlays.last() else {
            panic!("no line after {keys}");
        };
        assert!(open.input.text().ends_with("morep"));
    }
}

#[test]
fn in_a_form_all_of_it_goes_into_the_box_that_has_the_caret() {
    let mut app = school();
    press(&mut app, "c n");
    let before = steps(&app);
    stray(&mut app);
    let text = |app: &App| match app.state().overlays.last() {
        Some(Overlay::Form(form)) => form.blanks[form.focus].input.text().to_owned(),
        _ => panic!("no form: {}", said(app)),
    };
    assert_eq!(
        text(&app),
        "uDx q q\ncn first words\nb s d t m and more",
        "line ends as line ends"
    );
    assert!(said(&app).contains("nothing was run"));
    press(&mut app, "esc 1 b p");
    stray(&mut app);
    assert_eq!(
        text(&app),
        "uDx q q cn first words b s d t m and more",
        "blanks in one line"
    );
    assert_eq!(steps(&app), before);
    // What is too long is refused whole.
    app.event(Event::Stray("word\r".repeat(9_000)));
    assert!(said(&app).contains("too long"), "{}", said(&app));
    assert_eq!(text(&app), "uDx q q cn first words b s d t m and more");
}

#[test]
fn in_a_box_to_find_or_choose_in_it_is_looked_for_and_elsewhere_nothing_is_done() {
    for keys in [
        "f",
        ":",
        "?",
        "m",
        "/",
        "3 /",
        "p",
        "d",
        "4 d",
        ": i m p o r t enter",
        "g u",
        "g b",
        "0",
        "0 f",
        ": p a t h s enter",
        ": d r a f t s enter",
        ": t h e m e enter",
        "t",
        "a",
        "s s",
    ] {
        let mut app = school();
        press(&mut app, keys);
        let (before, layers) = (steps(&app), app.state().overlays.len());
        let day = app.state().all;
        stray(&mut app);
        let opened = usize::from(matches!(app.state().overlays.last(), Some(Overlay::Add(_))));
        assert!(app.state().overlays.len() <= layers + opened, "{keys}");
        assert!(app.state().overlays.len() >= layers, "{keys}");
        assert!(steps(&app) == before && !app.ended(), "{keys}");
        assert_eq!(app.state().all, day, "{keys}");
        assert!(!said(&app).is_empty(), "{keys}");
    }
}

#[test]
fn before_parents_who_look_on_no_line_opens_for_a_paste() {
    for paste in [Event::Paste as fn(String) -> Event, Event::Stray] {
        let mut app = school();
        press(&mut app, ": m e e t i n g enter");
        assert!(app.state().meeting.is_some(), "{}", said(&app));
        app.event(paste(LINES.to_owned()));
        assert!(
            !matches!(app.state().overlays.last(), Some(Overlay::Add(_))),
            "{}",
            said(&app)
        );
        assert!(said(&app).contains("Nothing was done"), "{}", said(&app));
    }
}

#[test]
fn at_the_lock_and_in_the_first_run_nothing_is_answered() {
    let home = tempfile::tempdir().unwrap();
    let mut app = first_run(home.path());
    let question = |app: &App| match &app.state().stage {
        Stage::FirstRun(first) => first.question,
        _ => panic!("answered"),
    };
    let before = question(&app);
    stray(&mut app);
    assert_eq!(question(&app), before);
    press(&mut app, "ctrl-u");
    answer_four(&mut app);
    press(&mut app, "ctrl-l");
    app.event(Event::Stray(
        "four words are better\rcn words behind it\r".to_owned(),
    ));
    let Stage::Locked(lock) = &app.state().stage else {
        panic!("unlocked");
    };
    assert!(lock.input.hidden && !lock.working);
    assert!(
        lock.fault
            .as_deref()
            .is_some_and(|why| why.contains("nothing was run"))
    );
}
