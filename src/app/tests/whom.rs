//! About whom an entry is, and with whom: what was said, and nothing presumed.

use super::diary::{contact, fill, school};
use super::*;
use crate::domain::contact::{Topic, Visibility};
use crate::domain::form::Kind;

fn form(app: &App) -> &crate::app::form::Form {
    match app.state().overlays.last() {
        Some(Overlay::Form(form)) => form,
        _ => panic!("no form"),
    }
}

fn text(app: &App, name: &str) -> String {
    form(app).blank(name).unwrap().input.text().to_owned()
}

#[test]
fn a_call_with_the_psychologist_logged_in_six_keys_is_no_talk_with_mum() {
    let mut app = school();
    press(&mut app, "c p");
    type_in(&mut app, "EP: report is late");
    assert_eq!(text(&app, "visibility"), "internal");
    press(&mut app, "tab 1 w enter");
    let kept = contact(&app, 1);
    assert_eq!(kept.with.as_deref(), Some("EP"));
    assert_eq!(kept.text, "report is late");
    assert_eq!(kept.visibility, Visibility::Internal);
}

#[test]
fn a_call_with_nobody_named_is_internal_and_with_nobody() {
    let mut app = school();
    press(&mut app, "c p");
    type_in(&mut app, "Note: rang twice");
    assert_eq!(text(&app, "visibility"), "internal");
    press(&mut app, "enter");
    let kept = contact(&app, 1);
    assert_eq!((kept.with, kept.visibility), (None, Visibility::Internal));
    assert_eq!(kept.text, "Note: rang twice");
}

#[test]
fn with_whom_before_a_colon_decides_who_sees_it_before_enter() {
    let mut app = school();
    press(&mut app, "c p");
    type_in(&mut app, "mum: glad");
    assert_eq!(text(&app, "visibility"), "shareable");
    let with = form(&app).blank("with").unwrap();
    assert_eq!(
        with.reading.as_ref().unwrap().shown,
        "Mrs Ngozi Okafor (mum), by the words"
    );
    assert_eq!(
        text(&app, "text"),
        "mum: glad",
        "nothing moves under the hand"
    );
    press(&mut app, "enter");
    let kept = contact(&app, 1);
    assert_eq!(kept.with.as_deref(), Some("Mrs Ngozi Okafor (mum)"));
    assert_eq!(
        (kept.text.as_str(), kept.visibility),
        ("glad", Visibility::Shareable)
    );
}

#[test]
fn what_stands_in_its_own_box_is_with_whom_and_the_words_stay_whole() {
    let mut app = school();
    press(&mut app, "c p");
    type_in(&mut app, "mum: was not told");
    fill(&mut app, "with", "EP");
    assert_eq!(text(&app, "visibility"), "internal");
    press(&mut app, "enter");
    let kept = contact(&app, 1);
    assert_eq!(kept.with.as_deref(), Some("EP"));
    assert_eq!(kept.text, "mum: was not told");
}

#[test]
fn a_form_opened_on_the_wrong_row_is_put_to_the_right_child() {
    let mut app = school();
    press(&mut app, "c p");
    type_in(&mut app, "glad");
    press(&mut app, "shift-tab shift-tab shift-tab shift-tab");
    assert_eq!(form(&app).blanks[form(&app).focus].def.name, "pupils");
    type_in(&mut app, "maja");
    assert!(
        form(&app).title.contains("Maja Zielinska"),
        "{}",
        form(&app).title
    );
    press(&mut app, "enter");
    let kept = contact(&app, 1);
    assert_eq!(kept.pupils[0].spoken_name(), "Maja Zielinska");
    assert_eq!(kept.pupils.len(), 1);
    assert!(said(&app).contains("Maja Zielinska"), "{}", said(&app));
}

#[test]
fn a_call_about_nobody_is_kept_listed_narrowed_and_taken_back() {
    let mut app = school();
    press(&mut app, "4 c p");
    type_in(&mut app, "-");
    assert!(
        form(&app).title.contains("about nobody"),
        "{}",
        form(&app).title
    );
    press(&mut app, "tab");
    type_in(&mut app, "Governors: SEND link visit");
    fill(&mut app, "about", "pol");
    press(&mut app, "enter");
    let kept = contact(&app, 1);
    assert_eq!((kept.topic, kept.pupils.len()), (Some(Topic::Policy), 0));
    assert_eq!(kept.visibility, Visibility::Internal);
    assert!(
        said(&app).contains("about nobody: policy"),
        "{}",
        said(&app)
    );
    press(&mut app, "3");
    let shown = |app: &mut App, filter: &str| {
        press(app, "/ ctrl-u");
        type_in(app, filter);
        press(app, "enter");
        app.state().diary.rows().len()
    };
    for (filter, want) in [
        ("pupil:none", 1),
        ("about:policy", 1),
        ("about:staff", 0),
        ("govern about:policy", 1),
        ("zzz about:policy", 0),
        ("govern", 1),
    ] {
        assert_eq!(shown(&mut app, filter), want, "{filter}");
    }
    assert_eq!(app.store().unwrap().check().unwrap(), []);
    press(&mut app, "u");
    assert_eq!(app.store().unwrap().diary(None).unwrap(), []);
    press(&mut app, "U");
    assert_eq!(contact(&app, 1).topic, Some(Topic::Policy));
    assert_eq!(app.store().unwrap().check().unwrap(), []);
}

#[test]
fn an_entry_about_nobody_can_be_put_to_a_child_and_back() {
    let mut app = school();
    press(&mut app, "4 c n");
    type_in(&mut app, "-");
    press(&mut app, "tab");
    type_in(&mut app, "Visit");
    press(&mut app, "enter 3 e");
    assert_eq!(
        (text(&app, "pupils").as_str(), text(&app, "about").as_str()),
        ("-", "school")
    );
    fill(&mut app, "pupils", "aish");
    press(&mut app, "enter");
    assert!(
        form(&app).faults[0].contains("names a pupil"),
        "{:?}",
        form(&app).faults
    );
    fill(&mut app, "about", "");
    press(&mut app, "enter");
    let kept = contact(&app, 1);
    assert_eq!((kept.topic, kept.pupils.len()), (None, 1));
    press(&mut app, "e");
    fill(&mut app, "pupils", "-");
    press(&mut app, "enter");
    let kept = contact(&app, 1);
    assert_eq!((kept.topic, kept.pupils.len()), (Some(Topic::School), 0));
}

#[test]
fn a_line_without_a_name_says_about_whom_before_enter() {
    let line = |app: &App| match app.state().overlays.last() {
        Some(Overlay::Add(open)) => (
            open.about.as_ref().map(|(_, name)| name.clone()),
            open.nobody.clone(),
            open.sees,
        ),
        _ => panic!("no line"),
    };
    let mut app = school();
    press(&mut app, "a");
    type_in(&mut app, "call EP: panel day");
    let (about, nobody, sees) = line(&app);
    assert!(about.is_some_and(|name| name.contains("Aisha")) && nobody.is_none());
    assert_eq!(sees, Some(Visibility::Internal));
    press(&mut app, "ctrl-u");
    type_in(&mut app, "@-service call SALT: hours agreed > 1w write");
    let nobody = Some("about nobody: service".to_owned());
    assert_eq!(line(&app), (None, nobody, Some(Visibility::Internal)));
    press(&mut app, "enter");
    let kept = contact(&app, 1);
    assert_eq!((kept.topic, kept.pupils.len()), (Some(Topic::Service), 0));
    assert_eq!(kept.with.as_deref(), Some("SALT"));
    assert!(kept.follow_up.is_some());
    press(&mut app, "a");
    type_in(&mut app, "@- @aish note: x");
    press(&mut app, "enter");
    let Some(Overlay::Add(open)) = app.state().overlays.last() else {
        panic!("saved")
    };
    assert!(
        open.fault.as_ref().unwrap().contains("@-"),
        "{:?}",
        open.fault
    );
}

#[test]
fn a_line_with_no_child_in_front_is_about_nobody() {
    let mut app = school();
    press(&mut app, "3 a");
    type_in(&mut app, "meet: governors");
    press(&mut app, "enter");
    assert_eq!(contact(&app, 1).topic, Some(Topic::School));
    press(&mut app, "3 c p");
    assert_eq!(form(&app).kind, Kind::Contact);
    assert_eq!(form(&app).blanks[form(&app).focus].def.name, "pupils");
}

#[test]
fn a_child_on_file_is_asked_about_before_a_second_record_is_made() {
    let mut app = school();
    let pupils = |app: &App| app.store().unwrap().all_lines().unwrap().len();
    let before = pupils(&app);
    press(&mut app, "n");
    fill(&mut app, "surname", "ali");
    fill(&mut app, "forename", "Reuben");
    press(&mut app, "enter");
    assert!(
        form(&app).faults[0].contains("On file already: Reuben Ali"),
        "{:?}",
        form(&app).faults
    );
    press(&mut app, "enter enter");
    assert_eq!(
        pupils(&app),
        before,
        "a key held too long makes no second record"
    );
    press(&mut app, "tab enter");
    assert_eq!(pupils(&app), before + 1);
}

#[test]
fn adding_a_child_is_a_second_step_behind_who_was_nearly_found() {
    let mut app = school();
    press(&mut app, "f");
    type_in(&mut app, "zielinsak");
    let Some(Overlay::Finder(finder)) = app.state().overlays.last() else {
        panic!("no finder")
    };
    assert!(finder.adds() && finder.hits.len() == 1);
    press(&mut app, "enter");
    assert!(matches!(
        app.state().overlays.last(),
        Some(Overlay::Record(_))
    ));
    press(&mut app, "esc f");
    type_in(&mut app, "zielinsak");
    press(&mut app, "down enter");
    assert_eq!(form(&app).kind, Kind::Pupil);
}
