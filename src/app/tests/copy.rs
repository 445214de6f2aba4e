//! Copying: what is given to the terminal, what is told, and what the history holds of it.

use super::*;
use crate::app::event::Errand;
use crate::domain::step::StepKind;

fn with_mum() -> App {
    let mut app = desk(Jobs::InLine);
    let pupil = app.store().unwrap().on_file().unwrap()[0].pupil.id;
    let mum = values(&[
        ("name", "Mrs Grace Okafor"),
        ("relationship", "mum"),
        ("phone", "07700 900123"),
    ]);
    let store = app.store_mut().unwrap();
    store
        .step("Add", |writer| {
            let mut mum = mum.clone();
            mum.insert("pupil", Some(Value::Whole(pupil.0)));
            writer.add(Kind::Person, &mum)
        })
        .unwrap();
    app.event(Event::Changed);
    app
}

fn given(app: &mut App) -> Option<String> {
    match app.take_errand()? {
        Errand::Copy { text } => Some(text),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_parents_number_is_given_to_the_terminal_and_the_history_holds_neither_name_nor_number() {
    let mut app = with_mum();
    press(&mut app, "1 y p");
    assert_eq!(given(&mut app).as_deref(), Some("07700 900123"));
    assert!(
        said(&app).contains("OSC 52") && said(&app).contains("30 s"),
        "{}",
        said(&app)
    );
    let newest = app.store().unwrap().history(None, 1).unwrap().remove(0);
    assert_eq!(newest.kind, StepKind::Access);
    assert!(
        newest.label.starts_with("Copy phone number of "),
        "{}",
        newest.label
    );
    for word in ["Okafor", "Grace", "07700"] {
        assert!(!newest.label.contains(word), "{}", newest.label);
    }
    // Undo passes over it.
    press(&mut app, "u");
    assert!(said(&app).contains("Add"), "{}", said(&app));
}

#[test]
fn what_is_not_there_is_told_and_nothing_is_copied() {
    let mut app = with_mum();
    let before = app.store().unwrap().history(None, 99).unwrap().len();
    for (keys, what) in [
        ("1 y e", "e-mail address"),
        ("y d", "words"),
        ("y u", "UPN"),
    ] {
        press(&mut app, keys);
        assert_eq!(given(&mut app), None);
        assert_eq!(said(&app), format!("There is no {what} here to copy."));
    }
    assert_eq!(
        app.store().unwrap().history(None, 99).unwrap().len(),
        before
    );
    press(&mut app, "y y");
    assert_eq!(given(&mut app).as_deref(), Some("p1"));
    press(&mut app, "y n");
    assert!(given(&mut app).is_some());
}

#[test]
fn during_a_meeting_nothing_is_copied() {
    let mut app = with_mum();
    press(&mut app, "1 :");
    type_in(&mut app, "meeting");
    press(&mut app, "enter y p");
    assert_eq!(given(&mut app), None);
    assert!(
        said(&app).starts_with("Not during a meeting"),
        "{}",
        said(&app)
    );
}
