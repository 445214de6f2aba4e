//! The diary and the queue as they are worked at the keyboard: what each key leaves in the store.

use super::{desk, press, said, type_in};
use crate::app::App;
use crate::app::event::{Errand, Event};
use crate::app::job::Jobs;
use crate::app::overlay::Overlay;
use crate::domain::contact::{Contact, ContactKind, Visibility};
use crate::domain::form::{Kind, Value, Values};
use crate::domain::id::{ContactId, TaskId};
use crate::domain::task::Task;
use chrono::TimeDelta;

/// Aisha Okafor (p1), her mother on file, and four others; the cursor on Aisha.
pub(super) fn school() -> App {
    let mut app = desk(Jobs::InLine);
    let text = |text: &str| Some(Value::Text(text.to_owned()));
    let store = app.store.as_mut().unwrap();
    store
        .step("New pupils", |writer| {
            for (surname, forename) in [
                ("Ali", "Reuben"),
                ("Obi", "Adam"),
                ("Zielinska", "Maja"),
                ("Whitlock", "Sam"),
            ] {
                let pupil =
                    Values::from([("surname", text(surname)), ("forename", text(forename))]);
                writer.add(Kind::Pupil, &pupil)?;
            }
            let mother = Values::from([
                ("pupil", Some(Value::Whole(1))),
                ("name", text("Mrs Ngozi Okafor")),
                ("relationship", text("mother")),
                ("parental_responsibility", text("yes")),
            ]);
            writer.add(Kind::Person, &mother)
        })
        .unwrap();
    press(&mut app, "f5");
    find(&mut app, "aish");
    app
}

pub(super) fn find(app: &mut App, letters: &str) {
    press(app, "f");
    type_in(app, letters);
    press(app, "enter esc");
}

pub(super) fn contact(app: &App, id: i64) -> Contact {
    app.store()
        .unwrap()
        .contact(ContactId(id))
        .unwrap()
        .unwrap()
}

pub(super) fn task(app: &App, id: i64) -> Task {
    app.store().unwrap().task(TaskId(id)).unwrap().unwrap()
}

pub(super) fn due(app: &App, id: i64) -> Option<String> {
    task(app, id)
        .due
        .map(crate::domain::moment::Moment::to_stored)
}

/// A call about Aisha with a follow-up in a week: c1 and t1.
pub(super) fn logged() -> App {
    let mut app = school();
    press(&mut app, "c p");
    type_in(&mut app, "mum: Worried about reading.");
    press(&mut app, "tab 1 w enter");
    app
}

#[test]
fn a_call_keeps_who_when_what_and_what_was_promised() {
    let app = logged();
    let kept = contact(&app, 1);
    assert_eq!(kept.kind, ContactKind::Phone);
    assert_eq!(kept.with.as_deref(), Some("Mrs Ngozi Okafor (mum)"));
    assert_eq!(kept.outcome.as_deref(), Some("spoke"));
    assert_eq!(kept.text, "Worried about reading.");
    assert_eq!(kept.visibility, Visibility::Shareable);
    assert_eq!(kept.pupils.len(), 1);
    assert_eq!(due(&app, 1).as_deref(), Some("2026-11-30"));
    assert_eq!(task(&app, 1).source, Some(ContactId(1)));
    assert!(said(&app).contains("Aisha Okafor at OAK"), "{}", said(&app));
    assert!(said(&app).contains("Mon 30 Nov"), "{}", said(&app));
}

#[test]
fn one_undo_takes_the_call_and_its_follow_up_back_and_redo_brings_both() {
    let mut app = logged();
    press(&mut app, "u");
    assert_eq!(app.store().unwrap().open_tasks().unwrap(), []);
    assert_eq!(app.store().unwrap().diary(None).unwrap(), []);
    press(&mut app, "U");
    assert_eq!(contact(&app, 1).text, "Worried about reading.");
    assert_eq!(app.store().unwrap().open_tasks().unwrap().len(), 1);
}

#[test]
fn a_call_from_where_no_child_is_asks_for_the_child_first_and_then_for_the_words() {
    let mut app = school();
    press(&mut app, "4 c p");
    type_in(&mut app, "ais");
    let Some(Overlay::Form(form)) = app.state().overlays.last() else {
        panic!("no form")
    };
    assert_eq!(
        form.title,
        "Phone call: Aisha Okafor 5B at Oakfield Primary School"
    );
    press(&mut app, "tab");
    type_in(&mut app, "Rang back.");
    press(&mut app, "enter");
    assert_eq!(contact(&app, 1).with, None);
    assert_eq!(contact(&app, 1).text, "Rang back.");
}

#[test]
fn two_children_of_the_same_initials_stop_the_save_and_are_numbered() {
    let mut app = school();
    press(&mut app, "4 c p");
    type_in(&mut app, "ao");
    press(&mut app, "tab");
    type_in(&mut app, "Rang.");
    press(&mut app, "enter");
    let Some(Overlay::Form(form)) = app.state().overlays.last() else {
        panic!("the form is gone")
    };
    assert!(
        form.faults[0].contains("1 ") && form.faults[0].contains("2 "),
        "{:?}",
        form.faults
    );
    assert_eq!(app.store().unwrap().diary(None).unwrap(), []);
    type_in(&mut app, "ao2");
    press(&mut app, "enter");
    assert_eq!(contact(&app, 1).pupils.len(), 1);
}

#[test]
fn a_contact_of_several_marked_children_is_one_entry() {
    let mut app = school();
    press(&mut app, "g g space space c m");
    type_in(&mut app, "Both seen.");
    press(&mut app, "enter");
    assert_eq!(contact(&app, 1).pupils.len(), 2);
    assert!(
        app.state().register.marks.is_empty(),
        "the marks have served"
    );
}

/// What a step showed holds, and the screen opens what the store would refuse.
#[test]
fn with_the_clock_set_back_into_its_quarter_of_an_hour_an_entry_is_still_amended() {
    let mut app = logged();
    let store = app.store().unwrap();
    store.later(TimeDelta::minutes(16));
    press(&mut app, "3 n t");
    app.store_mut()
        .unwrap()
        .record_access("Print the diary")
        .unwrap();
    app.store().unwrap().later(TimeDelta::minutes(-10));
    press(&mut app, "esc 3 e");
    assert!(
        said(&app).contains("clock was set back after c1"),
        "{}",
        said(&app)
    );
    type_in(&mut app, "It was maths, not reading.");
    press(&mut app, "enter");
    let kept = contact(&app, 1);
    assert_eq!(kept.text, "Worried about reading.");
    assert_eq!(kept.amendments.len(), 1);
    // Every list of steps says which of them is the earlier one.
    press(&mut app, "g u");
    let Some(Overlay::Listing(listing)) = app.state().overlays.last() else {
        panic!("no list of steps: {}", said(&app));
    };
    assert!(listing.rows[0].what.ends_with("(clock set back)"));
    assert!(!listing.rows[1].what.ends_with("(clock set back)"));
}

/// Rules of evidence: an entry older than 15 minutes is amended or struck, never overwritten, binned or taken back.
#[test]
fn after_a_quarter_of_an_hour_an_entry_is_amended_or_struck() {
    let mut app = logged();
    app.store().unwrap().later(TimeDelta::minutes(16));
    press(&mut app, "u");
    assert!(said(&app).contains("15 minutes"), "{}", said(&app));
    press(&mut app, "3 e");
    type_in(&mut app, "It was maths, not reading.");
    press(&mut app, "enter");
    let kept = contact(&app, 1);
    assert_eq!(kept.text, "Worried about reading.");
    assert_eq!(kept.amendments[0].text, "It was maths, not reading.");
    press(&mut app, "D");
    type_in(&mut app, "Wrong child");
    press(&mut app, "enter");
    assert_eq!(
        contact(&app, 1).strike().map(|strike| strike.text.as_str()),
        Some("Wrong child")
    );
    assert_eq!(contact(&app, 1).binned_at, None);
    press(&mut app, "i");
    assert!(
        matches!(app.state().overlays.last(), Some(Overlay::Form(form)) if form.kind == Kind::Amendment),
        "a cell of evidence is amended too"
    );
}

#[test]
fn before_that_it_is_edited_binned_and_brought_back() {
    let mut app = logged();
    press(&mut app, "3 e");
    type_in(&mut app, " And maths.");
    press(&mut app, "enter");
    assert_eq!(contact(&app, 1).text, "Worried about reading. And maths.");
    press(&mut app, "D");
    assert_eq!(app.state().diary.rows(), []);
    press(&mut app, "g b enter esc");
    assert_eq!(app.store().unwrap().diary(None).unwrap(), [ContactId(1)]);
    assert_eq!(app.state().diary.rows(), [ContactId(1)]);
}

/// A field of the open form is emptied and filled anew.
pub(super) fn fill(app: &mut App, field: &str, text: &str) {
    let Some(Overlay::Form(form)) = app.state.overlays.last_mut() else {
        panic!("no form")
    };
    form.focus = form
        .blanks
        .iter()
        .position(|blank| blank.def.name == field)
        .unwrap();
    press(app, "ctrl-u");
    type_in(app, text);
}

#[test]
fn an_edit_is_held_against_the_rules_of_the_whole_entry() {
    for (cell, changes, at, told) in [
        (
            false,
            &[("kind", "safeguarding")][..],
            "text",
            "no detail is kept here",
        ),
        (
            false,
            &[("review", "yes")],
            "review",
            "only a meeting can be a review",
        ),
        (
            false,
            &[("outcome", ""), ("text", "")],
            "text",
            "in a few words what was said",
        ),
        (
            true,
            &[("text", "")],
            "text",
            "in a few words what was said",
        ),
    ] {
        let mut app = logged();
        press(&mut app, "3 e");
        if cell {
            fill(&mut app, "outcome", "");
            press(&mut app, "enter l l i");
        }
        let before = contact(&app, 1);
        for (field, text) in changes {
            fill(&mut app, field, text);
        }
        press(&mut app, "enter");
        assert_eq!(contact(&app, 1), before, "{told}");
        let Some(Overlay::Form(form)) = app.state().overlays.last() else {
            panic!("saved: {told}")
        };
        assert!(form.faults[0].contains(told), "{:?}", form.faults);
        assert_eq!(form.blanks[form.focus].def.name, at, "{told}");
        if !cell && at == "text" && changes.len() == 1 {
            fill(&mut app, "text", "");
            press(&mut app, "enter");
            assert_eq!(contact(&app, 1).kind, ContactKind::Safeguarding);
        }
    }
}

#[test]
fn the_add_line_keeps_a_call_about_the_child_it_names() {
    let mut app = school();
    press(&mut app, "4 a");
    type_in(
        &mut app,
        "@aisha call mum: worried about reading > 1w send data +slcn !",
    );
    press(&mut app, "enter");
    let kept = contact(&app, 1);
    assert_eq!(kept.with.as_deref(), Some("Mrs Ngozi Okafor (mum)"));
    assert_eq!(kept.text, "worried about reading");
    assert_eq!(kept.tags, ["slcn"]);
    assert_eq!(kept.visibility, Visibility::Shareable);
    assert_eq!(task(&app, 1).title, "send data");
    assert!(task(&app, 1).urgent);
    assert_eq!(due(&app, 1).as_deref(), Some("2026-11-30"));
}

#[test]
fn the_add_line_resolves_nobody_silently_and_is_kept_when_left() {
    let mut app = school();
    press(&mut app, "a");
    type_in(&mut app, "@ao note: seen");
    press(&mut app, "enter");
    let Some(Overlay::Add(open)) = app.state().overlays.last() else {
        panic!("the line is gone")
    };
    assert!(
        open.fault
            .as_ref()
            .is_some_and(|fault| fault.contains("@ao2")),
        "{:?}",
        open.fault
    );
    press(&mut app, "esc a");
    let Some(Overlay::Add(open)) = app.state().overlays.last() else {
        panic!("no line")
    };
    assert_eq!(open.input.text(), "@ao note: seen");
    assert_eq!(app.store().unwrap().diary(None).unwrap(), []);
}

#[test]
fn words_about_one_child_are_that_childs_alone() {
    let mut app = school();
    press(&mut app, "a");
    type_in(
        &mut app,
        "@aisha @reuben note: both moved. @reuben: upset about it",
    );
    press(&mut app, "enter");
    let kept = contact(&app, 1);
    assert_eq!(kept.text, "both moved.");
    let words: Vec<Option<&str>> = kept
        .pupils
        .iter()
        .map(|child| child.words.as_deref())
        .collect();
    assert_eq!(words, [None, Some("upset about it")]);
}

#[test]
fn a_child_taken_out_of_an_entry_takes_its_own_words_and_that_is_said() {
    let mut app = school();
    press(&mut app, "a");
    type_in(
        &mut app,
        "@aisha @reuben note: both moved. @reuben: upset about it",
    );
    press(&mut app, "enter 3 e");
    fill(&mut app, "pupils", "p1");
    press(&mut app, "enter");
    assert_eq!(contact(&app, 1).pupils.len(), 1);
    assert_eq!(
        said(&app),
        "Saved at OAK; words about Reuben Ali alone went with them   u undo"
    );
    press(&mut app, "u");
    let words = contact(&app, 1).pupils[1].words.clone();
    assert_eq!(words.as_deref(), Some("upset about it"));
    press(&mut app, "e");
    fill(&mut app, "pupils", "p2");
    press(&mut app, "enter");
    assert!(!said(&app).contains("alone"), "{}", said(&app));
}

#[test]
fn words_about_one_child_are_neither_shown_nor_found_in_anothers_diary() {
    let mut app = school();
    press(&mut app, "a");
    type_in(
        &mut app,
        "@aisha @reuben note: @aisha: settled @reuben: upset about it",
    );
    press(&mut app, "enter");
    for (child, typed, own, found) in [
        ("aisha", "upset", [Some("settled"), None], 0),
        ("reuben", "upset", [None, Some("upset about it")], 1),
    ] {
        find(&mut app, child);
        press(&mut app, "g d");
        app.refresh().unwrap();
        let diary = &app.state().diary;
        let shown = diary.peek.as_ref().unwrap();
        let words: Vec<Option<&str>> = shown
            .pupils
            .iter()
            .map(|one| one.words.as_deref())
            .collect();
        assert_eq!(words, own, "{child}");
        assert_eq!(Some(shown.said()), own.into_iter().flatten().next());
        press(&mut app, "/");
        type_in(&mut app, typed);
        press(&mut app, "enter");
        assert_eq!(app.state().diary.rows().len(), found, "{child}");
        press(&mut app, "esc 3 esc 1");
    }
}

#[test]
fn a_paste_in_a_list_opens_the_add_line_and_nothing_runs() {
    let mut app = school();
    app.event(Event::Paste("x d D\nu".to_owned()));
    let Some(Overlay::Add(open)) = app.state().overlays.last() else {
        panic!("no line")
    };
    assert_eq!(open.input.text(), "x d D u");
    press(&mut app, "esc");
    app.event(Event::Paste("y".repeat(200_000)));
    assert!(app.state().overlays.is_empty());
    assert!(said(&app).contains("too long"), "{}", said(&app));
}

#[test]
fn the_words_go_to_the_editor_and_come_back_clean() {
    let mut app = school();
    press(&mut app, "c n");
    type_in(&mut app, "short");
    press(&mut app, "ctrl-x");
    assert_eq!(
        app.take_errand(),
        Some(Errand::Edit {
            text: "short".to_owned()
        })
    );
    app.event(Event::Edited(Ok("line one\nline\u{7} two".to_owned())));
    press(&mut app, "enter");
    assert_eq!(contact(&app, 1).text, "line one\nline two");
    press(&mut app, "c n ctrl-x");
    app.event(Event::Edited(Err("No editor is set.".to_owned())));
    assert_eq!(said(&app), "No editor is set.");
}

#[test]
fn ctrl_j_is_a_new_line_and_enter_saves_from_any_field() {
    let mut app = school();
    press(&mut app, "c n");
    type_in(&mut app, "one");
    press(&mut app, "ctrl-j");
    type_in(&mut app, "two");
    press(&mut app, "tab tab enter");
    assert_eq!(contact(&app, 1).text, "one\ntwo");
}

#[test]
fn the_last_entry_is_repeated_without_its_words() {
    let mut app = logged();
    press(&mut app, "R");
    let Some(Overlay::Form(form)) = app.state().overlays.last() else {
        panic!("no form")
    };
    assert!(form.title.starts_with("Phone call"));
    assert_eq!(form.blank("text").unwrap().input.text(), "");
    assert_eq!(
        form.blank("with").unwrap().input.text(),
        "Mrs Ngozi Okafor (mum)"
    );
}
