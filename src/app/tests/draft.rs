//! Whose a draft, a preset or a mark is: nothing begun about one child comes back about another.

use super::diary::{contact, due, fill, find, logged, school, task};
use super::{press, said, type_in};
use crate::app::App;
use crate::app::event::Event;
use crate::app::form::Form;
use crate::app::overlay::Overlay;
use crate::app::overlay::add::AddBox;
use crate::domain::contact::Visibility;
use crate::domain::form::{Kind, Value, Values};
use crate::domain::id::PupilId;

fn form(app: &App) -> &Form {
    match app.state().overlays.last() {
        Some(Overlay::Form(form)) => form,
        _ => panic!("no form: {}", said(app)),
    }
}

fn line(app: &App) -> &AddBox {
    match app.state().overlays.last() {
        Some(Overlay::Add(open)) => open,
        _ => panic!("no line: {}", said(app)),
    }
}

fn text<'a>(app: &'a App, name: &str) -> &'a str {
    form(app).blank(name).unwrap().input.text()
}

#[test]
fn a_draft_about_marked_children_comes_back_for_those_children_alone() {
    let mut app = school();
    press(&mut app, "g g space space c m");
    type_in(&mut app, "About the first two.");
    press(&mut app, "esc esc G k space space c m");
    assert_eq!(text(&app, "text"), "", "the draft of two other children");
    press(&mut app, "esc esc g g space space c m");
    assert_eq!(text(&app, "text"), "About the first two.");
}

#[test]
fn a_draft_about_marked_children_is_not_one_about_the_first_of_them() {
    let mut app = school();
    press(&mut app, "g g space space b s");
    type_in(&mut app, "k");
    press(&mut app, "esc esc g g b s");
    assert_eq!(text(&app, "code"), "");
}

#[test]
fn a_draft_about_marked_children_is_taken_up_from_the_list_about_them() {
    let mut app = school();
    press(&mut app, "g g space space c m");
    type_in(&mut app, "About the first two.");
    press(&mut app, "esc esc :");
    type_in(&mut app, "drafts");
    press(&mut app, "enter enter");
    assert_eq!(form(&app).pupils.len(), 2);
    press(&mut app, "enter");
    assert_eq!(contact(&app, 1).pupils.len(), 2);
}

#[test]
fn the_line_that_is_kept_is_about_the_child_it_was_begun_about() {
    let mut app = school();
    press(&mut app, "a");
    type_in(&mut app, "seen in tears at the gate");
    press(&mut app, "esc");
    find(&mut app, "maja");
    press(&mut app, "a");
    assert_eq!(line(&app).input.text(), "", "Aisha's line about Maja");
    press(&mut app, "esc");
    find(&mut app, "aish");
    press(&mut app, "a");
    assert_eq!(line(&app).input.text(), "seen in tears at the gate");
}

#[test]
fn ctrl_and_an_arrow_go_by_a_word() {
    let mut app = school();
    press(&mut app, "a");
    type_in(&mut app, "one three");
    press(&mut app, "ctrl-left");
    type_in(&mut app, "two ");
    press(&mut app, "ctrl-left ctrl-left ctrl-right");
    type_in(&mut app, "!");
    assert_eq!(line(&app).input.text(), "one! two three");
}

#[test]
fn with_whom_is_told_before_enter_as_it_is_saved() {
    let mut app = school();
    press(&mut app, "a");
    let with = |app: &App| line(app).with.clone().unwrap_or_default();
    type_in(&mut app, "@aish call mum: hi");
    assert_eq!(with(&app), "Mrs Ngozi Okafor (mum)");
    press(&mut app, "ctrl-u");
    type_in(&mut app, "call mum: hi");
    assert_eq!(with(&app), "Mrs Ngozi Okafor (mum)", "of the child at hand");
    press(&mut app, "ctrl-u");
    type_in(&mut app, "@maja call mum: hi");
    assert_eq!(with(&app), "mum, nobody on file");
    press(&mut app, "ctrl-u");
    type_in(&mut app, "@aish call mum: hi");
    press(&mut app, "enter");
    assert_eq!(
        contact(&app, 1).with.as_deref(),
        Some("Mrs Ngozi Okafor (mum)")
    );
}

#[test]
fn a_line_that_is_kept_means_the_days_it_was_begun_with() {
    let said = "@aish call mum: hi < y 1530 > fri ring";
    for keys in ["esc", "", "ctrl-l"] {
        let mut app = school();
        press(&mut app, "a");
        type_in(&mut app, said);
        if keys == "esc" {
            press(&mut app, "esc");
        }
        if keys == "ctrl-l" {
            app.event(Event::Pause);
            let setup = super::setup(crate::app::job::Jobs::InLine);
            app = App::over(setup, app.into_stores().remove(0)).unwrap();
            find(&mut app, "aish");
        }
        for _ in 0..7 {
            let next = app.state().today.succ_opt().unwrap();
            app.event(Event::Day(next));
        }
        if !keys.is_empty() {
            press(&mut app, "a");
        }
        assert_eq!(line(&app).input.text(), said, "{keys}");
        press(&mut app, "enter");
        assert_eq!(contact(&app, 1).at.to_stored(), "2026-11-22T15:30");
        assert_eq!(due(&app, 1).as_deref(), Some("2026-11-27"), "{keys}");
    }
}

#[test]
fn a_line_without_a_day_happened_when_it_was_begun() {
    let mut app = school();
    press(&mut app, "a");
    type_in(&mut app, "@aish call mum: hi");
    press(&mut app, "esc");
    let begun = app.state().today;
    app.event(Event::Day(begun.succ_opt().unwrap()));
    press(&mut app, "a enter");
    assert_eq!(contact(&app, 1).at.day, begun);
    press(&mut app, "a");
    type_in(&mut app, "@aish call mum: again");
    press(&mut app, "enter");
    assert_eq!(contact(&app, 2).at.day, app.state().today, "begun anew");
}

#[test]
fn tab_puts_the_better_day_into_the_line() {
    let mut app = school();
    press(&mut app, "a");
    type_in(&mut app, "@aish call mum: hi > sat ring");
    assert!(line(&app).advice.is_some());
    press(&mut app, "tab tab");
    assert_eq!(
        line(&app).input.text(),
        "@aish call mum: hi > 30/11/2026 ring"
    );
    assert_eq!(line(&app).advice, None);
    press(&mut app, "enter");
    assert_eq!(due(&app, 1).as_deref(), Some("2026-11-30"));
}

#[test]
fn a_paste_does_not_take_the_place_of_a_line_that_is_kept() {
    let mut app = school();
    press(&mut app, "a");
    type_in(&mut app, "call mum: one");
    press(&mut app, "esc");
    app.event(Event::Paste("two".to_owned()));
    assert_eq!(line(&app).input.text(), "call mum: one two");
}

#[test]
fn a_form_about_more_than_two_children_says_which() {
    let mut app = school();
    press(&mut app, "g g space space space c m");
    let told = form(&app).children.clone();
    assert!(form(&app).title.contains("3 pupils"));
    assert_eq!(told.matches(',').count(), 2, "{told}");
    assert!(told.contains("Reuben Ali"), "{told}");
    press(&mut app, "esc esc g g space space c m");
    assert_eq!(form(&app).children, "", "the title names two");
}

#[test]
fn with_whom_does_not_stay_when_the_letters_mean_another_child() {
    let mut app = school();
    press(&mut app, "4 c p");
    type_in(&mut app, "aish");
    press(&mut app, "tab");
    type_in(&mut app, "ngozi: hi");
    let with = |app: &App| form(app).blank("with").unwrap().reading.clone().unwrap();
    assert_eq!(with(&app).shown, "Mrs Ngozi Okafor (mum), by the words");
    fill(&mut app, "pupils", "maja");
    assert_eq!(with(&app).shown, "");
    assert_eq!(text(&app, "visibility"), "internal");
}

#[test]
fn the_people_around_the_child_stay_on_offer_while_with_whom_is_typed() {
    let mut app = school();
    let ep = Values::from([
        ("pupil", Some(Value::Whole(1))),
        ("name", Some(Value::Text("Dr Hale".into()))),
        ("relationship", Some(Value::Text("EP".into()))),
    ]);
    let store = app.store.as_mut().unwrap();
    store
        .step("A person", |w| w.add(Kind::Person, &ep))
        .unwrap();
    press(&mut app, "c p shift-tab shift-tab shift-tab");
    assert_eq!(form(&app).blanks[form(&app).focus].def.name, "with");
    press(&mut app, "down");
    assert_eq!(text(&app, "with"), "Mrs Ngozi Okafor (mum)");
    press(&mut app, "down");
    assert_eq!(text(&app, "with"), "Dr Hale (EP)");
    type_in(&mut app, "ep");
    let reading = form(&app).blank("with").unwrap().reading.clone().unwrap();
    assert!(reading.shown.contains("Dr Hale"), "{reading:?}");
}

#[test]
fn a_draft_does_not_widen_who_may_see_it() {
    let mut app = school();
    press(&mut app, "4 c p");
    type_in(&mut app, "aish");
    press(&mut app, "tab");
    type_in(&mut app, "Not for the file.");
    while form(&app).blanks[form(&app).focus].def.name != "visibility" {
        press(&mut app, "tab");
    }
    type_in(&mut app, "internal");
    press(&mut app, "esc 4 c p");
    assert_eq!(text(&app, "text"), "Not for the file.");
    assert_eq!(text(&app, "visibility"), "internal");
    press(&mut app, "enter");
    assert_eq!(contact(&app, 1).visibility, Visibility::Internal);
}

#[test]
fn an_internal_entry_is_repeated_as_an_internal_one() {
    let mut app = logged();
    press(&mut app, "3 e");
    while form(&app).blanks[form(&app).focus].def.name != "visibility" {
        press(&mut app, "tab");
    }
    type_in(&mut app, "internal");
    press(&mut app, "enter R");
    type_in(&mut app, "Again.");
    press(&mut app, "enter");
    assert_eq!(contact(&app, 2).visibility, Visibility::Internal);
}

#[test]
fn what_is_read_full_size_is_what_verbs_act_on() {
    let mut app = school();
    for words in ["one", "two"] {
        press(&mut app, "t");
        type_in(&mut app, words);
        press(&mut app, "enter");
    }
    press(&mut app, "4 g g space enter x");
    let done: Vec<bool> = [1, 2].map(|id| task(&app, id).done_on.is_some()).into();
    assert_eq!(
        done,
        [false, true],
        "the one that was read, not the marked one"
    );
}

#[test]
fn marks_do_not_reach_entries_the_diary_no_longer_shows() {
    let mut app = logged();
    find(&mut app, "maja");
    press(&mut app, "c n");
    type_in(&mut app, "Seen.");
    press(&mut app, "enter g d 3 g g space space H");
    let shown = app.state().diary.rows().to_vec();
    let hidden = app
        .state()
        .diary
        .marks
        .iter()
        .filter(|id| !shown.contains(id))
        .count();
    assert_eq!(hidden, 0, "{shown:?} {:?}", app.state().diary.of);
}

#[test]
fn a_draft_says_the_day_it_was_begun_with() {
    let mut app = school();
    press(&mut app, "c n");
    type_in(&mut app, "Seen.");
    while form(&app).blanks[form(&app).focus].def.name != "at" {
        press(&mut app, "tab");
    }
    type_in(&mut app, "y 1530");
    press(&mut app, "esc");
    let next = app.state().today.succ_opt().unwrap();
    app.event(Event::Day(next));
    press(&mut app, "c n enter");
    assert_eq!(contact(&app, 1).at.to_stored(), "2026-11-22T15:30");
}

#[test]
fn a_task_that_is_edited_names_its_child() {
    let mut app = school();
    press(&mut app, "t");
    type_in(&mut app, "Ring");
    press(&mut app, "enter 4 e");
    assert_eq!(text(&app, "pupil"), "p1");
    type_in(&mut app, " back");
    press(&mut app, "enter");
    assert_eq!(task(&app, 1).title, "Ring back");
    assert_eq!(task(&app, 1).pupil, Some(PupilId(1)));
}

#[test]
fn what_an_editor_left_is_never_thrown_away() {
    let mut app = school();
    press(&mut app, "c n ctrl-x");
    let long = "word ".repeat(4_100);
    app.event(Event::Edited(Ok(long.clone())));
    assert_eq!(text(&app, "text"), long.trim());
    press(&mut app, "enter");
    assert!(
        form(&app).faults[0].contains("at most 20000"),
        "{:?}",
        form(&app).faults
    );
}

#[test]
fn a_form_begun_afresh_forgets_the_child_and_with_whom() {
    let mut app = school();
    press(&mut app, "4 c p");
    type_in(&mut app, "aish");
    press(&mut app, "ctrl-t");
    assert_eq!(form(&app).title, "Phone call at Oakfield Primary School");
    assert_eq!(text(&app, "with"), "");
}

#[test]
fn a_draft_names_its_child_in_the_title_when_it_comes_back() {
    let mut app = school();
    press(&mut app, "4 c p");
    type_in(&mut app, "aish");
    press(&mut app, "esc c p");
    assert!(
        form(&app).title.contains("Aisha Okafor"),
        "{}",
        form(&app).title
    );
}

#[test]
fn the_draft_of_a_repeated_internal_entry_stays_internal() {
    let mut app = logged();
    press(&mut app, "3 e");
    while form(&app).blanks[form(&app).focus].def.name != "visibility" {
        press(&mut app, "tab");
    }
    type_in(&mut app, "internal");
    press(&mut app, "enter R");
    type_in(&mut app, "Again.");
    press(&mut app, "esc c p");
    assert_eq!(text(&app, "text"), "Again.");
    assert_eq!(text(&app, "visibility"), "internal");
}

#[test]
fn a_locked_desk_holds_no_name_and_nothing_that_was_typed() {
    let home = tempfile::tempdir().unwrap();
    let mut app = super::first_run(home.path());
    super::answer_four(&mut app);
    press(&mut app, "n");
    type_in(&mut app, "Aliyev");
    press(&mut app, "enter b p");
    type_in(&mut app, "Mrs Aliyev");
    press(&mut app, "enter g t g d");
    for (keys, words) in [("c p", "Upset."), ("a", "upset at the gate"), ("/", "aliy")] {
        press(&mut app, keys);
        type_in(&mut app, words);
        press(&mut app, "ctrl-l");
        let held = format!("{:?} {:?}", app.state(), app.resume).to_lowercase();
        for word in ["aliyev", "upset", "gate"] {
            assert!(!held.contains(word), "{word} after {keys}");
        }
        type_in(&mut app, "four words are better");
        press(&mut app, "enter");
        assert!(app.state().diary.of.is_some(), "{keys}");
        press(&mut app, "esc");
    }
}

#[test]
fn a_day_that_was_typed_before_midnight_is_the_day_that_was_meant() {
    let mut app = school();
    press(&mut app, "c n");
    type_in(&mut app, "Seen.");
    press(&mut app, "tab 1 w");
    let next = app.state().today.succ_opt().unwrap();
    app.event(Event::Day(next));
    press(&mut app, "enter");
    assert_eq!(due(&app, 1).as_deref(), Some("2026-11-30"));
}

#[test]
fn a_number_that_another_session_changed_is_the_one_beside_the_task() {
    let mut app = school();
    press(&mut app, "t");
    type_in(&mut app, "Ring mum");
    press(&mut app, "enter 4");
    let number = Values::from([("phone", Some(Value::Text("01632 960999".into())))]);
    let store = app.store.as_mut().unwrap();
    let change = |w: &mut crate::store::Writer<'_>| w.amend(Kind::Person, 1, &number, None);
    store.step("A new number", change).unwrap();
    app.event(Event::Changed);
    app.take_dirty();
    let (_, peek) = app.state().tasks.peek.as_ref().unwrap();
    assert_eq!(peek.people[0].phone.as_deref(), Some("01632 960999"));
}

#[test]
fn what_promises_nothing_does_not_join_the_list_of_promises() {
    let mut app = logged();
    press(&mut app, "3 w 1 c n");
    type_in(&mut app, "Seen.");
    press(&mut app, "enter");
    assert_eq!(app.state().diary.rows().len(), 1);
}

#[test]
fn the_step_under_the_cursor_stays_the_same_when_another_session_saves() {
    let mut app = logged();
    press(&mut app, "t");
    type_in(&mut app, "Ring mum");
    press(&mut app, "enter g u");
    let at_cursor = |app: &App| match app.state().overlays.last() {
        Some(Overlay::Listing(open)) => open.rows[open.list.cursor().unwrap()].what.clone(),
        _ => panic!("no list"),
    };
    let before = at_cursor(&app);
    let moss = Values::from([("surname", Some(Value::Text("Moss".into())))]);
    let store = app.store.as_mut().unwrap();
    store
        .step("New pupil", |w| w.add(Kind::Pupil, &moss))
        .unwrap();
    app.event(Event::Changed);
    assert_eq!(at_cursor(&app), before);
}

#[test]
fn a_task_that_is_read_full_size_is_repeated_as_a_task() {
    let mut app = logged();
    press(&mut app, "4 enter R");
    assert_eq!(form(&app).kind, Kind::Task);
}
