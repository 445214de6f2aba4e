//! Two runs of the program over one desk: what each has begun is its own, and comes back when nobody is at it.

use super::schools::{THREE, again, command, several};
use super::{press, said, type_in};
use crate::app::App;
use crate::app::event::Event;
use crate::app::overlay::Overlay;
use crate::store::{Desk, Places};
use std::path::Path;

/// What stands in the box with the caret, and on the add line.
fn typed(app: &App) -> String {
    match app.state().overlays.last() {
        Some(Overlay::Form(form)) => form.blanks[form.focus].input.text().to_owned(),
        Some(Overlay::Add(open)) => open.input.text().to_owned(),
        other => panic!("nothing is typed: {other:?}, {}", said(app)),
    }
}

fn begun(app: &App) -> Vec<String> {
    let store = app.stores().next().unwrap();
    let drafts = store.begun().unwrap();
    drafts
        .iter()
        .map(|draft| draft.texts.values().map(String::as_str).collect())
        .collect()
}

/// Two runs at the first child, with the same form open in each, typed into and stored.
fn two_at(home: &Path, keys: &str) -> [App; 2] {
    drop(several(home, &THREE));
    let mut both = [again(home), again(home)];
    for (app, words) in both.iter_mut().zip(["of the one", "of the other"]) {
        press(app, keys);
        assert_eq!(typed(app), "", "another run is at its own");
        type_in(app, words);
        app.event(Event::Keep);
        assert!(!app.has_unkept_draft());
    }
    both
}

#[test]
fn both_drafts_of_one_form_are_kept_and_each_run_saves_or_gives_up_its_own() {
    for (keys, afresh) in [
        ("1 c n", "ctrl-t"),
        ("a", "ctrl-u esc"),
        ("0 t 0", "ctrl-t"),
    ] {
        let home = tempfile::tempdir().unwrap();
        let [mut one, mut other] = two_at(home.path(), keys);
        press(&mut one, afresh);
        type_in(&mut other, ", and more");
        other.event(Event::Keep);
        // Killed with nothing said: what it had begun comes back in the next run that asks for it.
        drop(other);
        press(&mut one, if keys == "a" { "a" } else { "esc" });
        if keys != "a" {
            press(&mut one, keys);
        }
        assert_eq!(typed(&one), "of the other, and more", "{keys}");
    }
}

#[test]
fn after_a_kill_both_are_offered_one_after_the_other() {
    for keys in ["1 c n", "a", "0 t 0"] {
        let home = tempfile::tempdir().unwrap();
        drop(two_at(home.path(), keys));
        let mut app = again(home.path());
        if keys == "0 t 0" {
            press(&mut app, "0");
            assert!(
                said(&app).starts_with("2 drafts of tasks of your own"),
                "{}",
                said(&app)
            );
        } else {
            assert!(
                said(&app).starts_with("2 drafts are kept"),
                "{}",
                said(&app)
            );
        }
        press(&mut app, keys);
        assert_eq!(typed(&app), "of the other");
        assert!(
            said(&app).starts_with("Another draft of this form"),
            "{}",
            said(&app)
        );
        if keys != "a" {
            press(&mut app, "enter");
            assert!(!matches!(
                app.state().overlays.last(),
                Some(Overlay::Form(_))
            ));
            press(&mut app, keys);
            assert_eq!(typed(&app), "of the one", "{keys}");
        }
    }
}

#[test]
fn the_list_of_drafts_opens_the_one_under_its_cursor() {
    let home = tempfile::tempdir().unwrap();
    drop(two_at(home.path(), "1 c n"));
    let mut app = again(home.path());
    command(&mut app, "drafts");
    press(&mut app, "down enter");
    assert_eq!(typed(&app), "of the one");
    press(&mut app, "esc");
    command(&mut app, "drafts");
    press(&mut app, "D");
    assert_eq!(said(&app), "The draft is thrown away.");
    assert_eq!(begun(&app).len(), 1);
}

#[test]
fn a_form_left_by_the_way_back_is_for_whoever_opens_it_next() {
    let home = tempfile::tempdir().unwrap();
    let [mut one, mut other] = two_at(home.path(), "1 c n");
    press(&mut one, "esc");
    press(&mut other, "enter 1 c n");
    assert_eq!(typed(&other), "of the one");
    // A meeting closes the form, which waits.
    type_in(&mut other, ", more");
    press(&mut other, "esc 1 c n");
    other.event(Event::Keep);
    other.meet("").unwrap();
    press(&mut one, "1 c n");
    assert_eq!(typed(&one), "of the one, more");
}

#[test]
fn a_locked_run_is_still_at_its_form() {
    let home = tempfile::tempdir().unwrap();
    let [mut one, mut other] = two_at(home.path(), "1 c n");
    press(&mut one, "ctrl-l");
    press(&mut other, "enter 1 c n");
    assert_eq!(typed(&other), "");
    press(&mut one, "enter");
    assert_eq!(typed(&one), "of the one");
    press(&mut one, "enter");
    assert!(begun(&other).is_empty());
}

#[test]
fn what_lies_over_a_form_keeps_no_word_of_it_from_being_stored() {
    let home = tempfile::tempdir().unwrap();
    drop(several(home.path(), &THREE));
    let mut app = again(home.path());
    press(&mut app, "1 c n");
    type_in(&mut app, "Seen.");
    app.state.overlays.push(Overlay::Reading);
    assert!(app.has_unkept_draft());
    press(&mut app, "ctrl-l enter");
    assert_eq!(typed(&app), "Seen.");
}

#[test]
fn a_key_in_a_form_writes_nothing_and_a_while_of_them_once() {
    let home = tempfile::tempdir().unwrap();
    drop(several(home.path(), &THREE));
    let (mut app, other) = (again(home.path()), again(home.path()));
    let watch = other.stores().next().unwrap();
    press(&mut app, "1 c n");
    let before = watch.version().unwrap();
    type_in(&mut app, &"word ".repeat(40));
    assert_eq!(
        watch.version().unwrap(),
        before,
        "200 keys, nothing written"
    );
    app.event(Event::Keep);
    let once = watch.version().unwrap();
    assert_ne!(once, before);
    app.event(Event::Keep);
    assert_eq!(watch.version().unwrap(), once, "nothing was typed since");
}

/// Another run of the program on the desk, without a screen.
fn beside(home: &Path) -> Desk {
    let data = home.to_path_buf();
    Desk::unlock_demo(&Places { data }).unwrap()
}

#[test]
fn the_desks_own_file_removed_under_an_open_screen_is_told_and_no_draft_is_said_to_be_kept() {
    let home = tempfile::tempdir().unwrap();
    drop(several(home.path(), &THREE));
    let mut app = again(home.path());
    press(&mut app, "0 t 0");
    type_in(&mut app, "words");
    for end in ["desk.db", "desk.db-wal", "desk.db-shm"] {
        let _ = std::fs::remove_file(home.path().join(end));
    }
    app.event(Event::Changed);
    assert!(
        said(&app).contains("no school of this desk opens again"),
        "{}",
        said(&app)
    );
    press(&mut app, "esc");
    assert!(!said(&app).contains("The draft is kept"), "{}", said(&app));
    assert_eq!(typed(&app), "words");
}

#[test]
fn a_school_taken_off_while_the_screen_is_locked_leaves_the_others() {
    let home = tempfile::tempdir().unwrap();
    drop(several(home.path(), &THREE));
    let mut app = again(home.path());
    let code = app.stores().next().unwrap().code().to_owned();
    press(&mut app, "ctrl-l");
    beside(home.path()).detach(&code).unwrap();
    press(&mut app, "enter");
    assert!(
        said(&app).contains(&format!("{code} is not on this desk any more")),
        "{}",
        said(&app)
    );
    assert_ne!(app.stores().next().unwrap().code(), code);
}

#[test]
fn words_typed_into_a_school_that_is_handed_over_meanwhile_are_kept_and_nobody_is_held_in_the_form()
{
    for keys in ["1 c n", "a"] {
        let home = tempfile::tempdir().unwrap();
        drop(several(home.path(), &THREE));
        let mut app = again(home.path());
        let code = app.stores().next().unwrap().code().to_owned();
        press(&mut app, keys);
        type_in(&mut app, "words");
        let given = home.path().join("given");
        let phrase = "harbour lentil drum frost";
        beside(home.path())
            .hand_over(&code, &given, phrase)
            .unwrap();
        app.event(Event::Changed);
        press(&mut app, "esc");
        assert!(app.state().overlays.is_empty(), "{keys}: {}", said(&app));
        assert!(
            said(&app).contains("kept sealed beside the school's file"),
            "{}",
            said(&app)
        );
        drop(app);
        beside(home.path()).take_back(&code).unwrap();
        let mut app = again(home.path());
        press(&mut app, keys);
        assert_eq!(typed(&app), "words", "{keys}");
    }
}
