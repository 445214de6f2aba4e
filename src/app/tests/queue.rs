//! The queue, journeys, drafts, people and term dates as they are worked at the keyboard.

use super::diary::{contact, due, find, logged, school, task};
use super::{press, said, type_in};
use crate::app::App;
use crate::app::event::{Errand, Event};
use crate::app::job::Jobs;
use crate::app::overlay::Overlay;
use crate::app::pane::Pane;
use crate::domain::contact::ContactKind;
use crate::domain::date;
use crate::domain::form::Kind;
use crate::domain::id::PupilId;

#[test]
fn ticking_moving_and_urgency_work_from_the_diary_and_from_the_queue() {
    let mut app = logged();
    press(&mut app, "3 x");
    assert!(
        task(&app, 1).done_on.is_some(),
        "the follow-up of the entry"
    );
    press(&mut app, "x");
    assert!(task(&app, 1).done_on.is_none(), "x again opens it");
    press(&mut app, "4 >");
    assert_eq!(due(&app, 1).as_deref(), Some("2026-12-07"));
    assert_eq!(task(&app, 1).carried, 1);
    press(&mut app, "< -");
    assert_eq!(
        due(&app, 1).as_deref(),
        Some("2026-11-27"),
        "a school day before Monday"
    );
    press(&mut app, "+");
    assert_eq!(due(&app, 1).as_deref(), Some("2026-11-30"));
    press(&mut app, "!");
    assert!(task(&app, 1).urgent);
    press(&mut app, "d t h enter");
    assert_eq!(due(&app, 1).as_deref(), Some("2026-11-26"));
    press(&mut app, "d ctrl-u enter");
    assert_eq!(due(&app, 1), None, "an empty box is someday");
}

#[test]
fn in_the_date_box_up_is_later_and_a_page_is_a_week() {
    let mut app = logged();
    press(&mut app, "4 d up enter");
    assert_eq!(due(&app, 1).as_deref(), Some("2026-12-01"));
    press(&mut app, "d down down enter");
    assert_eq!(due(&app, 1).as_deref(), Some("2026-11-29"));
    press(&mut app, "d pgup enter");
    assert_eq!(due(&app, 1).as_deref(), Some("2026-12-06"));
    press(&mut app, "d pgdn pgdn enter");
    assert_eq!(due(&app, 1).as_deref(), Some("2026-11-22"));
}

#[test]
fn a_task_is_added_in_four_keys_and_its_words() {
    let mut app = school();
    press(&mut app, "t");
    type_in(&mut app, "Send papers");
    press(&mut app, "tab f enter");
    let kept = task(&app, 1);
    assert_eq!(
        (kept.title.as_str(), kept.pupil),
        ("Send papers", Some(PupilId(1)))
    );
    assert_eq!(due(&app, 1).as_deref(), Some("2026-11-27"));
}

#[test]
fn several_marked_tasks_are_ticked_as_one_step() {
    let mut app = school();
    for title in ["one", "two", "three"] {
        press(&mut app, "t");
        type_in(&mut app, title);
        press(&mut app, "enter");
    }
    press(&mut app, "4 * x");
    assert_eq!(app.store().unwrap().open_tasks().unwrap().len(), 0);
    assert!(
        said(&app).starts_with("Done: 3 tasks at OAK"),
        "{}",
        said(&app)
    );
    press(&mut app, "u");
    assert_eq!(app.store().unwrap().open_tasks().unwrap().len(), 3);
}

#[test]
fn a_tick_of_several_leaves_those_done_before_as_they_were() {
    let mut app = school();
    for title in ["one", "two", "three"] {
        press(&mut app, "t");
        type_in(&mut app, title);
        press(&mut app, "enter");
    }
    press(&mut app, "4 g g x");
    let first = app.state().tasks.current().unwrap().task.id;
    let before = chrono::NaiveDate::from_ymd_opt(2026, 11, 20);
    let store = app.store.as_mut().unwrap();
    store
        .step("Tick", |writer| writer.tick(first, before))
        .unwrap();
    press(&mut app, "* x");
    assert_eq!(task(&app, first.0).done_on, before);
    assert_eq!(app.store().unwrap().open_tasks().unwrap().len(), 0);
    let told = said(&app);
    assert!(
        told.starts_with("Done: 2 tasks, 1 was done before at OAK"),
        "{told}"
    );
    press(&mut app, "* x");
    assert_eq!(app.store().unwrap().open_tasks().unwrap().len(), 3);
}

#[test]
fn a_follow_up_about_several_children_leads_to_each_of_them() {
    let mut app = school();
    press(&mut app, "a");
    type_in(
        &mut app,
        "@aisha @reuben note: both moved > 1w tell parents",
    );
    press(&mut app, "enter");
    for child in ["aisha", "reuben"] {
        press(&mut app, "1");
        find(&mut app, child);
        press(&mut app, "g t");
        let line = app.state().tasks.current().unwrap();
        assert_eq!(line.task.title, "tell parents", "{child}");
        press(&mut app, "x w 5");
        assert_eq!(app.state().tasks.shown(), 1, "{child}: done");
        press(&mut app, "x w 5");
        assert_eq!(app.state().tasks.shown(), 1, "{child}: open again");
    }
    press(&mut app, "g p");
    assert!(matches!(
        app.state().overlays.last(),
        Some(Overlay::Record(_))
    ));
    press(&mut app, "esc 4 esc c n");
    type_in(&mut app, "Told them.");
    press(&mut app, "enter");
    let about: Vec<i64> = contact(&app, 2)
        .pupils
        .iter()
        .map(|one| one.pupil.0)
        .collect();
    assert_eq!(about, [1, 2]);
}

#[test]
fn a_row_ticked_stays_in_its_place_until_the_list_is_put_in_order() {
    let mut app = logged();
    press(&mut app, "4 x");
    assert_eq!(app.state().tasks.shown(), 1);
    press(&mut app, "f5");
    assert_eq!(app.state().tasks.shown(), 0);
}

#[test]
fn journeys_lead_to_the_childs_diary_tasks_and_record_and_back() {
    let mut app = logged();
    press(&mut app, "g d");
    assert_eq!(app.state().pane, Pane::Diary);
    assert_eq!(
        app.state().diary.of.as_ref().map(|of| of.pupil),
        Some(PupilId(1))
    );
    press(&mut app, "g s");
    assert_eq!(
        app.state().pane,
        Pane::Tasks,
        "from an entry to its follow-up"
    );
    press(&mut app, "g t");
    assert_eq!(
        app.state().tasks.of.as_ref().map(|of| of.pupil),
        Some(PupilId(1))
    );
    press(&mut app, "g p");
    assert!(matches!(
        app.state().overlays.last(),
        Some(Overlay::Record(_))
    ));
    press(&mut app, "H H H");
    assert_eq!(app.state().pane, Pane::Diary);
    assert!(app.state().overlays.is_empty());
    press(&mut app, "L L L");
    assert!(matches!(
        app.state().overlays.last(),
        Some(Overlay::Record(_))
    ));
    press(&mut app, "L");
    assert_eq!(said(&app), "There is no place further on.");
}

#[test]
fn what_is_typed_is_stored_at_a_pause_and_offered_after_a_crash() {
    let mut app = school();
    press(&mut app, "c e");
    type_in(&mut app, "Half a senten");
    app.event(Event::Pause);
    // The program ends without a word: nothing but the file is left.
    let setup = super::setup(Jobs::InLine);
    let store = app.into_stores().remove(0);
    let mut app = App::over(setup, store).unwrap();
    press(&mut app, ": d r a f t s enter enter");
    let Some(Overlay::Form(form)) = app.state().overlays.last() else {
        panic!("the draft is lost")
    };
    assert!(
        form.title.starts_with("E-mail: Aisha Okafor"),
        "{}",
        form.title
    );
    assert_eq!(form.blank("text").unwrap().input.text(), "Half a senten");
    press(&mut app, "enter");
    assert_eq!(contact(&app, 1).kind, ContactKind::Email);
    assert_eq!(app.store().unwrap().drafts().unwrap(), []);
}

#[test]
fn the_draft_of_a_call_and_of_a_letter_are_two() {
    let mut app = school();
    press(&mut app, "c p");
    type_in(&mut app, "call");
    press(&mut app, "esc c l");
    let Some(Overlay::Form(form)) = app.state().overlays.last() else {
        panic!("no form")
    };
    assert!(!form.from_draft);
    press(&mut app, "esc c p");
    let Some(Overlay::Form(form)) = app.state().overlays.last() else {
        panic!("no form")
    };
    assert!(form.from_draft);
}

#[test]
fn a_line_typed_over_the_one_left_is_no_longer_told_to_be_it() {
    let mut app = school();
    press(&mut app, "a");
    type_in(&mut app, "order overlays");
    press(&mut app, "esc a ctrl-u");
    type_in(&mut app, "@aisha meet");
    press(&mut app, "enter");
    let Some(Overlay::Add(open)) = app.state().overlays.last() else {
        panic!("no line")
    };
    assert!(open.fault.is_some() && !open.from_draft);
}

#[test]
fn tasks_pushed_together_are_not_told_to_have_gone_to_one_day() {
    let mut app = school();
    press(&mut app, "t");
    type_in(&mut app, "First");
    press(&mut app, "tab 1 w enter t");
    type_in(&mut app, "Second");
    press(&mut app, "tab 2 w enter 4 * >");
    assert_eq!(due(&app, 2).as_deref(), Some("2026-12-14"));
    press(&mut app, "u");
    let told = said(&app);
    assert!(told.contains("Move 2 tasks a week later"), "{told}");
    press(&mut app, "* - u");
    let told = said(&app);
    assert!(told.contains("Move 2 tasks a school day earlier"), "{told}");
}

#[test]
fn siblings_share_one_mother() {
    let mut app = school();
    find(&mut app, "reuben");
    press(&mut app, "b p");
    type_in(&mut app, "Mrs Ng");
    press(&mut app, "down enter");
    let store = app.store().unwrap();
    let people = store.people_of(PupilId(2)).unwrap();
    assert_eq!(people.len(), 1);
    assert_eq!(
        people[0].shared,
        store.people_of(PupilId(1)).unwrap()[0].shared
    );
    assert!(said(&app).contains("shared with 1 more"), "{}", said(&app));
}

#[test]
fn one_step_of_the_undo_list_is_taken_back_by_itself() {
    let mut app = logged();
    press(&mut app, "t");
    type_in(&mut app, "Later task");
    press(&mut app, "enter g u j enter");
    assert_eq!(
        app.store().unwrap().diary(None).unwrap(),
        [],
        "the call was taken back"
    );
    assert_eq!(task(&app, 2).title, "Later task");
}

#[test]
fn a_cell_is_edited_by_itself() {
    let mut app = logged();
    press(&mut app, "4 l i ctrl-u");
    type_in(&mut app, "Send the data");
    press(&mut app, "enter");
    assert_eq!(task(&app, 1).title, "Send the data");
    press(&mut app, "h i f enter");
    assert_eq!(due(&app, 1).as_deref(), Some("2026-11-27"));
}

#[test]
fn term_dates_are_entered_and_dates_know_them() {
    let mut app = school();
    press(&mut app, ": t e r m space d a t e s enter n");
    type_in(&mut app, "Autumn 1");
    press(&mut app, "tab");
    type_in(&mut app, "1/9/26");
    press(&mut app, "tab");
    type_in(&mut app, "23/10/26");
    press(&mut app, "enter n");
    type_in(&mut app, "Autumn 2");
    press(&mut app, "tab");
    type_in(&mut app, "2/11/26");
    press(&mut app, "tab");
    type_in(&mut app, "18/12/26");
    press(&mut app, "enter esc t");
    type_in(&mut app, "Close the term");
    press(&mut app, "tab e o t enter");
    assert_eq!(due(&app, 1).as_deref(), Some("2026-12-18"));
    let week = app
        .state()
        .calendar
        .week(date::from_iso("2026-11-23").unwrap());
    assert_eq!(week.map(|(name, _)| name).as_deref(), Some("Autumn"));
}

#[test]
fn a_locked_desk_comes_back_to_the_line_that_was_typed() {
    let home = tempfile::tempdir().unwrap();
    let mut app = super::first_run(home.path());
    super::answer_four(&mut app);
    press(&mut app, "n");
    type_in(&mut app, "Ali");
    press(&mut app, "enter 4 a");
    type_in(&mut app, "order overlays");
    press(&mut app, "ctrl-z");
    assert_eq!(app.take_errand(), Some(Errand::Suspend));
    assert!(app.store().is_none(), "suspended, it is locked");
    type_in(&mut app, "four words are better");
    press(&mut app, "enter");
    assert_eq!(app.state().pane, Pane::Tasks);
    let Some(Overlay::Add(open)) = app.state().overlays.last() else {
        panic!("the line is gone")
    };
    assert_eq!(open.input.text(), "order overlays");
}

/// Ordered by name, a child renamed by another session stays where the cursor found the row.
#[test]
fn a_child_renamed_elsewhere_shows_in_its_row_and_moves_nothing() {
    let mut app = school();
    for letters in ["reuben", "aish"] {
        find(&mut app, letters);
        press(&mut app, "t");
        type_in(&mut app, letters);
        press(&mut app, "enter");
    }
    press(&mut app, "4 o n");
    let names = |app: &App| -> Vec<String> {
        let tasks = &app.state().tasks;
        let lines = tasks.rows.iter().filter_map(|row| tasks.line(*row));
        lines
            .map(|line| line.about.as_ref().unwrap().surname.clone())
            .collect()
    };
    assert_eq!(names(&app), ["Ali", "Okafor"]);
    let renamed = super::values(&[("surname", "Zahir")]);
    app.store
        .as_mut()
        .unwrap()
        .step("Change", |writer| {
            writer.amend(Kind::Pupil, 2, &renamed, None)
        })
        .unwrap();
    app.event(Event::Changed);
    app.take_dirty();
    assert_eq!(names(&app), ["Zahir", "Okafor"]);
}
