//! A meeting: whom it is about, over the lock, and its end.

use super::schools::{THREE, command, several};
use super::*;

fn met(app: &App) -> Option<String> {
    app.state().meeting?;
    match app.state().overlays.as_slice() {
        [Overlay::Record(view)] => Some(view.record.pupil.surname.clone()),
        other => panic!("{other:?}"),
    }
}

fn meet(app: &mut App, whom: &str) {
    command(app, &format!("meeting {whom}"));
}

#[test]
fn a_meeting_goes_on_after_the_lock_with_everybody_else_hidden_and_ends_at_the_second_esc() {
    let home = tempfile::tempdir().unwrap();
    let mut app = several(home.path(), &THREE);
    meet(&mut app, "oakf");
    assert_eq!(met(&app).as_deref(), Some("Oakfield"));
    press(&mut app, "s 2");
    assert!(
        said(&app).starts_with("Not during a meeting"),
        "{}",
        said(&app)
    );
    assert_eq!(app.title(), "sendesk OAK");
    press(&mut app, "ctrl-l enter");
    assert_eq!(met(&app).as_deref(), Some("Oakfield"));
    assert!(app.state().veil.as_ref().unwrap().is_meeting());
    press(&mut app, "esc j esc");
    assert!(met(&app).is_some(), "a key between the two begins anew");
    press(&mut app, "esc");
    assert!(app.state().meeting.is_none() && app.state().veil.is_none());
    press(&mut app, "s 2");
    assert_eq!(app.title(), "sendesk STB");
}

#[test]
fn names_hidden_before_a_meeting_are_hidden_after_it() {
    let home = tempfile::tempdir().unwrap();
    let mut app = several(home.path(), &THREE);
    press(&mut app, ". 1");
    meet(&mut app, "");
    assert_eq!(met(&app).as_deref(), Some("Oakfield"));
    press(&mut app, "esc esc");
    assert!(app.state().meeting.is_none());
    assert!(!app.state().veil.as_ref().unwrap().is_meeting());
}

#[test]
fn nothing_but_esc_twice_in_a_row_ends_a_meeting() {
    let home = tempfile::tempdir().unwrap();
    let mut app = several(home.path(), &THREE);
    press(&mut app, "1");
    meet(&mut app, "oakf");
    for keys in [
        "esc q",
        "q q q",
        "ctrl-c ctrl-c",
        "q esc",
        // Keys that do nothing, a prefix, a box, the lock: each comes between.
        "esc z esc",
        "esc c esc",
        "c esc esc",
        "esc ? esc esc",
        "esc c m esc esc",
        "esc ctrl-l enter esc",
    ] {
        press(&mut app, keys);
        assert_eq!(met(&app).as_deref(), Some("Oakfield"), "{keys}");
        press(&mut app, "j");
    }
    press(&mut app, "esc");
    app.event(Event::Idle);
    press(&mut app, "enter esc");
    assert_eq!(met(&app).as_deref(), Some("Oakfield"), "locked by itself");
    press(&mut app, "j esc");
    app.event(Event::Paste("x".to_owned()));
    press(&mut app, "esc");
    assert_eq!(met(&app).as_deref(), Some("Oakfield"), "a paste");
    press(&mut app, "j");
    // By name, and by a meeting about somebody else.
    command(&mut app, "back one");
    command(&mut app, "back one");
    press(&mut app, "j esc");
    meet(&mut app, "oakf");
    assert!(said(&app).starts_with("Not during"), "{}", said(&app));
    press(&mut app, "esc");
    assert_eq!(met(&app).as_deref(), Some("Oakfield"));
    app.event(Event::Resize(40, 12));
    press(&mut app, "esc");
    assert!(app.state().meeting.is_none());
}

#[test]
fn whom_a_meeting_is_about_must_be_told_by_one_childs_name() {
    let home = tempfile::tempdir().unwrap();
    let mut app = several(home.path(), &THREE);
    meet(&mut app, "nobody");
    assert!(
        said(&app).starts_with("No child is called"),
        "{}",
        said(&app)
    );
    press(&mut app, "0");
    meet(&mut app, "oakf");
    assert!(said(&app).contains("go to it first"), "{}", said(&app));
    assert!(app.state().meeting.is_none());
}

#[test]
fn what_is_logged_during_a_meeting_is_of_that_child_and_the_meeting_goes_on() {
    let home = tempfile::tempdir().unwrap();
    let mut app = several(home.path(), &THREE);
    meet(&mut app, "oakf");
    press(&mut app, "c m");
    type_in(&mut app, "Targets agreed");
    press(&mut app, "enter");
    assert_eq!(met(&app).as_deref(), Some("Oakfield"));
    let store = app.store().unwrap();
    let all = store.contacts(&store.diary(None).unwrap()).unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].pupils[0].surname, "Oakfield");
}

#[test]
fn where_the_child_of_a_meeting_is_gone_everybodys_name_is_hidden() {
    let mut app = desk(Jobs::InLine);
    meet(&mut app, "okaf");
    assert!(app.state().meeting.is_some());
    // Another session takes the child out.
    app.store_mut().unwrap().undo().unwrap();
    press(&mut app, "f5");
    app.event(Event::Changed);
    app.reload(true).unwrap();
    assert!(app.state().overlays.is_empty() && app.state().meeting.is_none());
    let veil = app.state().veil.as_ref().unwrap();
    assert!(!veil.is_meeting());
}
